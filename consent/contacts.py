"""Contacts and how the dealership came by their numbers: the only writer of both."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.db import IntegrityError, transaction

from accounts.clock import now
from accounts.models import Dealership, User
from consent import ledger, phones, rules, suppressions
from consent.kinds import KIND_OF_BASIS, Basis, Kind
from consent.ledger import Json, Term
from consent.models import Contact, PhoneNumber, Suppression
from consent.subjects import subject_of

#: What each basis should come with (law §1.2, §2.5, §3.3, §3.7). Missing keys weaken the evidence
#: and are named; they are never a reason to refuse it.
EXPECTED_EVIDENCE: dict[Basis, tuple[str, ...]] = {
    Basis.WEB_FORM: ("url", "disclosure", "submitted_at", "ip", "user_agent"),
    Basis.PHONE_UP: ("called_at", "taken_by", "words"),
    Basis.WALK_IN: ("met_at", "taken_by", "words"),
    Basis.SIGNED_DOCUMENT: ("document", "signed_at", "disclosure"),
    Basis.EMAIL: ("received_at", "words"),
    Basis.LEAD_PROVIDER: ("provider", "consent_text", "submitted_at", "certificate"),
    Basis.EXISTING_CUSTOMER: ("purchased_on",),
    Basis.REFERRAL: ("referrer",),
    Basis.KEYWORD: ("words", "received_at"),
    Basis.IMPORT: ("source", "exported_at"),
}
_INQUIRIES = frozenset({Basis.WEB_FORM, Basis.PHONE_UP, Basis.WALK_IN, Basis.EMAIL, Basis.KEYWORD})


class NumberTaken(Exception):
    """The dealership has a contact with this number already."""

    def __init__(self, phone: PhoneNumber) -> None:
        super().__init__("this number is a contact of the dealership already")
        self.phone = phone


def missing_evidence(basis: Basis, evidence: dict[str, Json]) -> list[str]:
    """Return the expected keys that the evidence for a basis does not have."""
    return [key for key in EXPECTED_EVIDENCE[basis] if evidence.get(key) in (None, "", [], {})]


def add_contact(
    *,
    dealership: Dealership,
    name: str,
    number_e164: str,
    basis: Basis,
    evidence: dict[str, Json],
    acting_user: User | None,
    received_at: datetime | None = None,
    **details: str,
) -> PhoneNumber:
    """Store a new contact with its number, and the entry that says how the number was got.

    Raises NumberTaken when the dealership knows the number already.
    """
    with transaction.atomic():
        subject = subject_of(number_e164)
        row = suppressions.lock(group_id=dealership.group_id, subject=subject)
        phone = _new_phone(dealership, name, number_e164, subject, acting_user, details)
        record_basis(
            phone,
            basis=basis,
            evidence=evidence,
            acting_user=acting_user,
            received_at=received_at,
        )
        carry_suppression(phone, row)
    return phone


def contact_of_stranger(*, dealership: Dealership, number_e164: str, subject: str) -> PhoneNumber:
    """Store a contact without a name for a number that texted first; the caller holds its lock."""
    return _new_phone(dealership, "", number_e164, subject, None, {})


def _new_phone(
    dealership: Dealership,
    name: str,
    number_e164: str,
    subject: str,
    acting_user: User | None,
    details: dict[str, str],
) -> PhoneNumber:
    contact = Contact(dealership=dealership, name=name, created_by=acting_user, **details)
    try:
        with transaction.atomic():
            contact.save()
            return PhoneNumber.objects.create(
                contact=contact, dealership=dealership, number_e164=number_e164, subject=subject
            )
    except IntegrityError:
        taken = PhoneNumber.objects.filter(dealership=dealership, number_e164=number_e164).first()
        if taken is None:
            raise
        raise NumberTaken(taken) from None


def carry_suppression(phone: PhoneNumber, row: Suppression) -> None:
    """Write a stop that another dealership of the group received into this one's ledger.

    So that the ledger alone tells why this number may not be texted here (promise I8).
    """
    if row.is_active:
        ledger.append(
            Kind.REVOKED,
            dealership=phone.dealership,
            phone=phone,
            acting_user=None,
            received_at=row.suppressed_at,
            terms={"how": "group", "source": row.source},
        )


def record_basis(
    phone: PhoneNumber,
    *,
    basis: Basis,
    evidence: dict[str, Json],
    acting_user: User | None,
    received_at: datetime | None = None,
) -> None:
    """Append how the dealership got the number, with its evidence by value.

    Law: RULE-US-01, RULE-CA-01, RULE-CA-05.
    """
    basis = Basis(basis)
    moment = received_at or now()
    country = phone.contact.country or phones.country_of(phone.number_e164)
    terms: dict[str, Term] = {
        "basis": basis.value,
        "missing": ",".join(missing_evidence(basis, evidence)),
    }
    implied = _implied_until(basis, evidence, moment) if country == "CA" else None
    if implied is not None:
        terms["implied_until"] = implied.isoformat()
    ledger.append(
        KIND_OF_BASIS[basis],
        dealership=phone.dealership,
        phone=phone,
        acting_user=acting_user,
        received_at=moment,
        terms=terms,
        evidence={"number": phone.number_e164, "name": phone.contact.name, **evidence},
    )


def _implied_until(basis: Basis, evidence: dict[str, Json], moment: datetime) -> datetime | None:
    """Return when the implied consent of a Canadian relationship ends (CASL s.10(10)).

    A purchase or lease counts for 24 months, an inquiry for 6; a date in the evidence, if there is
    one, says from when.
    """
    if basis is Basis.EXISTING_CUSTOMER:
        start, months = evidence.get("purchased_on"), rules.CASL_PURCHASE_MONTHS
        if not start:
            return None
    elif basis in _INQUIRIES:
        start, months = None, rules.CASL_INQUIRY_MONTHS
    else:
        return None
    day = moment.date()
    if isinstance(start, str):
        try:
            day = date.fromisoformat(start[:10])
        except ValueError:
            return None
    return datetime.combine(rules.add_months(day, months), time.min, tzinfo=UTC)
