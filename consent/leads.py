"""Leads: taken in with their evidence, their certificates checked by a worker. Never consent.

Law: RULE-CT-01, RULE-PF-01; law §2.5 (a consent is not transferable).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.clock import now
from accounts.models import Dealership, User
from consent import (
    adf,
    bases,
    certificates,
    contacts,
    ledger,
    places,
    suppressions,
    waking,
)
from consent.certificates import Answer, Asked
from consent.kinds import STOP_KINDS, Basis, Kind
from consent.lead_risk import Certificate
from consent.ledger import Json
from consent.models import ConsentEvent, Evidence, Lead, PhoneNumber
from consent.subjects import subject_of

logger = logging.getLogger(__name__)
RETRY_SECONDS = (60, 600, 3600, 6 * 3600)
#: A worker that died while it asked is replaced after this long.
CLAIM_SECONDS = 120
BASES = frozenset({Basis.LEAD_PROVIDER, Basis.WEB_FORM})
#: The source of bought leads that name none.
NOT_NAMED = "not named"


@dataclass(frozen=True, slots=True)
class Given:
    """One lead as it came, in the portal's words. `details`: fields of a contact."""

    number_e164: str
    name: str
    basis: Basis
    evidence: dict[str, Json]
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it. `lead` is None for one that came before."""

    phone: PhoneNumber
    created: bool
    lead: Lead | None


def basis_of(evidence: Mapping[str, Json]) -> Basis:
    """Return the basis of a lead whose sender does not say it.

    The dealership's own form only where the lead shows its page, its words and its time; else it
    is a bought one, of a provider who may not be named.
    """
    form = bases.wanted(Basis.WEB_FORM)
    is_weak = bases.strength(form, bases.missing(form, evidence)) is bases.Strength.WEAK
    is_bought = is_weak or bases.value_of("provider", evidence) is not None
    return Basis.LEAD_PROVIDER if is_bought else Basis.WEB_FORM


def take_in(dealership: Dealership, given: Given, *, acting_user: User | None) -> Taken:
    """Store the lead's contact, or add its evidence to the one who has the number.

    The same lead of the same provider sent again adds nothing: it is no new act of the customer.
    """
    subject = subject_of(given.number_e164)
    # A known contact keeps its own details: what this lead says of them stays with the lead.
    evidence = {**given.details, **given.evidence, "name_given": given.name}
    with transaction.atomic():
        suppressions.lock(group_id=dealership.group_id, subject=subject)
        stopped = _had_opted_out(dealership, subject)
        try:
            phone = contacts.add_contact(
                dealership=dealership,
                name=given.name,
                number_e164=given.number_e164,
                basis=given.basis,
                evidence=evidence,
                acting_user=acting_user,
                received_at=None,
                paper=None,
                terms=None,
                **given.details,
            )
            created = True
        except contacts.NumberTaken as taken:
            rows = PhoneNumber.objects.select_related("contact__dealership", "dealership__group")
            phone, created = rows.get(pk=taken.phone.pk), False
            if _is_known(phone, evidence):
                return Taken(phone, created, None)
            contacts.record_basis(
                phone, basis=given.basis, evidence=evidence, acting_user=acting_user
            )
        lead = _store(phone, _latest(phone), had_opted_out=stopped)
    return Taken(phone, created, lead)


def add_contact(*, basis: Basis, **given: Any) -> PhoneNumber:
    """Do what contacts.add_contact does; a bought lead that was written down is a Lead too."""
    with transaction.atomic():
        phone = contacts.add_contact(basis=basis, **given)
        _note_bought(phone, basis)
    return phone


def record_basis(phone: PhoneNumber, *, basis: Basis, **given: Any) -> ConsentEvent:
    """Do what contacts.record_basis does; a bought lead that was written down is a Lead too."""
    with transaction.atomic():
        entry = contacts.record_basis(phone, basis=basis, **given)
        _note_bought(phone, basis)
    return entry


def _note_bought(phone: PhoneNumber, basis: Basis) -> None:
    if basis == Basis.LEAD_PROVIDER:
        suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)
        stopped = _had_opted_out(phone.dealership, phone.subject)
        _store(phone, _latest(phone), had_opted_out=stopped)


def _had_opted_out(dealership: Dealership, subject: str) -> bool:
    """Say whether a stop of this number stands in a ledger of the group, lifted since or not."""
    return ConsentEvent.objects.filter(
        dealership__group=dealership.group_id, subject=subject, kind__in=STOP_KINDS
    ).exists()


def _latest(phone: PhoneNumber) -> ConsentEvent:
    return ledger.entries_of(phone).filter(kind=Kind.LEAD_RECEIVED).reverse()[0]


def _is_known(phone: PhoneNumber, evidence: dict[str, Json]) -> bool:
    told = {key: evidence[key] for key in ("lead_id", "provider") if evidence.get(key)}
    return (
        "lead_id" in told
        and Evidence.objects.filter(
            entry__in=ledger.entries_of(phone), data__contains=told
        ).exists()
    )


def _store(phone: PhoneNumber, entry: ConsentEvent, *, had_opted_out: bool) -> Lead:
    """Keep the named facts of a lead, from which its risk is counted."""
    evidence, terms = entry.evidence.data, ledger.terms_of(entry)
    words = contacts.words_shown(Basis(str(terms["basis"])), evidence)
    nobody = NOT_NAMED if terms["basis"] == Basis.LEAD_PROVIDER else ""
    token = token_of(evidence)
    lead = Lead.objects.create(
        dealership=phone.dealership,
        phone=phone,
        entry=entry,
        provider=_spelled(phone.dealership, str(bases.value_of("provider", evidence) or nobody)),
        has_consent_text=bool(words),
        names_dealer=terms.get("names_dealer") is True if words else None,
        submitted_at=_submitted_at(phone, evidence),
        had_opted_out=had_opted_out,
        vendor=certificates.vendor_of(token),
        certificate=_first_standing(token),
        received_at=entry.recorded_at,
        next_check_at=entry.recorded_at,
    )
    if lead.certificate == Certificate.PENDING:
        waking.worker("consent.tasks.check_certificate", lead.pk, queue="default")
    return lead


def _spelled(dealership: Dealership, provider: str) -> str:
    """Return a provider's name as it was first written here: "bad site" is "Bad Site"."""
    name = " ".join(provider.split())[:120]
    known = Lead.objects.filter(dealership=dealership, provider__iexact=name).order_by("pk")
    return known.values_list("provider", flat=True).first() or name


def _first_standing(token: str) -> Certificate:
    if not token:
        return Certificate.NONE
    vendor = certificates.vendor_of(token)
    if not vendor:
        return Certificate.MALFORMED
    return Certificate.PENDING if certificates.has_account(vendor) else Certificate.UNVERIFIED


def token_of(evidence: Mapping[str, Json]) -> str:
    """Return the lead's certificate as it was sent, one that a vendor knows before any other."""
    field = bases.FIELDS["certificate"]
    folded = {key.casefold(): value for key, value in evidence.items()}
    sent = [
        str(folded[name]).strip() for name in (field.key, *field.other_names) if folded.get(name)
    ]
    known = [token for token in sent if certificates.vendor_of(token)]
    # One that can be asked about before any other.
    known.sort(key=lambda token: not certificates.has_account(certificates.vendor_of(token)))
    return next(iter((*known, *sent)), "")


def _submitted_at(phone: PhoneNumber, evidence: dict[str, Json]) -> datetime | None:
    said = bases.value_of("submitted_at", evidence)
    moment = bases.moment_of(said, zone=phone.dealership.timezone)
    return moment if moment is not None and moment <= now() else None


# --- certificates --------------------------------------------------------------------------------


def unchecked_ids(*, limit: int) -> list[int]:
    """Return the leads whose certificate is due to be asked about."""
    due = Lead.objects.filter(certificate=Certificate.PENDING, next_check_at__lte=now())
    return list(due.order_by("next_check_at").values_list("pk", flat=True)[:limit])


def check_certificate(lead_pk: int) -> str:
    """Ask the vendor about one lead's certificate; returns where it stands then. May run twice."""
    claimed = Lead.objects.filter(
        pk=lead_pk, certificate=Certificate.PENDING, next_check_at__lte=now()
    ).update(next_check_at=now() + timedelta(seconds=CLAIM_SECONDS), attempts=F("attempts") + 1)
    if not claimed:
        return "busy"
    lead = Lead.objects.select_related("phone__contact", "dealership", "entry__evidence").get(
        pk=lead_pk
    )
    evidence: dict[str, Json] = lead.entry.evidence.data
    asked = Asked(
        number_e164=lead.phone.number_e164,
        email=str(bases.value_of("sender", evidence) or ""),
        seller=lead.dealership.name,
        provider=str(bases.value_of("provider", evidence) or "")[:120],
        reference=str(lead.public_id),
    )
    token = token_of(evidence)
    if not certificates.has_account(certificates.vendor_of(token)):
        Lead.objects.filter(pk=lead.pk).update(certificate=Certificate.UNVERIFIED)
        return Certificate.UNVERIFIED.value  # the account was taken away meanwhile
    try:
        answer = certificates.check(token, asked)
    except certificates.TryLater:
        return _later(lead)
    return _keep(lead, answer)


def _later(lead: Lead) -> str:
    if lead.attempts > len(RETRY_SECONDS):
        Lead.objects.filter(pk=lead.pk).update(certificate=Certificate.UNVERIFIED)
        return Certificate.UNVERIFIED.value
    delay = timedelta(seconds=RETRY_SECONDS[lead.attempts - 1])
    Lead.objects.filter(pk=lead.pk).update(next_check_at=now() + delay)
    logger.info("certificate later lead=%s attempt=%s", lead.pk, lead.attempts)
    return Certificate.PENDING.value


def _keep(lead: Lead, answer: Answer) -> str:
    """Append what the vendor said, once, and where the certificate stands."""
    with transaction.atomic():
        mine = Lead.objects.select_for_update().get(pk=lead.pk)
        if mine.certificate != Certificate.PENDING:
            return mine.certificate
        mine.certificate, mine.checked_at = answer.result, now()
        mine.save(update_fields=["certificate", "checked_at"])
        ledger.append(
            Kind.CERTIFICATE_CHECKED,
            dealership=lead.dealership,
            phone=lead.phone,
            acting_user=None,
            terms={
                "vendor": answer.vendor,
                "result": answer.result.value,
                "lead_index": lead.entry.index,
            },
            evidence={"answer": contacts.plain(answer.said), "number": lead.phone.number_e164},
        )
    return answer.result.value


# --- ADF -----------------------------------------------------------------------------------------


def vendor_of(user: User, lead: adf.Lead) -> Dealership | None:
    """Return the dealership a lead is for: by our id, by its name, or the only one there is."""
    mine = list(Dealership.objects.visible_to(user))
    for dealership in mine:
        if lead.vendor_id == str(dealership.public_id):
            return dealership
    named = [d for d in mine if d.name.casefold() == lead.vendor_name.casefold()]
    if len(named) == 1:
        return named[0]
    return mine[0] if len(mine) == 1 and not lead.vendor_name else None


def fields_of_adf(lead: adf.Lead) -> dict[str, object]:
    """Return a lead by the API's keys; an address that does not fit the fields stays evidence."""
    country = places.country_of_text(lead.country)
    is_here = country in {"", "US", "CA"}  # elsewhere "BC" is no British Columbia
    region = places.region_of_text(lead.region) if is_here else ""
    fits: dict[str, object] = {
        "name": lead.name[:120],
        "number": lead.number,
        "provider": lead.provider[:120],
        "street": lead.street[:200],
        "city": lead.city[:80],
        "region": region,
        "postal_code": lead.postal_code[:12],
        "country": country,
        "vehicle": lead.vehicle[:120],
        "stock_number": lead.stock_number[:40],
        "evidence": {"format": "ADF", **_address(lead), **lead.evidence},
    }
    return {key: value for key, value in fits.items() if value or key == "number"}


def _address(lead: adf.Lead) -> dict[str, object]:
    """Return the address as it was sent, whatever of it fits a customer's fields."""
    told = {
        "street": lead.street,
        "city": lead.city,
        "region": lead.region,
        "postal_code": lead.postal_code,
        "country": lead.country,
    }
    told = {key: value for key, value in told.items() if value}
    return {"address": told} if told else {}
