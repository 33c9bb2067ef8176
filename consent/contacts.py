"""Contacts and how the dealership came by their numbers: the only writer of both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.clock import now
from accounts.models import Dealership, User
from consent import bases, carrying, disclosures, documents, ledger, rules, suppressions
from consent.kinds import INQUIRIES, KIND_OF_BASIS, Basis, Kind
from consent.ledger import Json, Term
from consent.levels import Level
from consent.models import (
    ConsentEvent,
    Contact,
    Disclosure,
    Document,
    Evidence,
    PhoneNumber,
)
from consent.subjects import subject_of
from consent.uploads import Sort
from consent.wording import check

DEEPEST = 32
#: The `moment` of what anybody may have typed on a public page: it opens no window by itself, and
#: is no new act after a no.
ANYBODY = "anybody"
#: A contact's name, or that of who referred them, in characters.
LONGEST_NAME = 120
#: A moment without a zone may seem to lie ahead by so much.
ZONES_APART = timedelta(hours=14)
#: What people write where nobody confirmed.
_NOBODY = frozenset({"na", "none", "nobody", "no", "noone", "us", "me", "self", "unknown", "tbd"})


class TooDeep(ValueError):
    """Evidence that is nested absurdly."""


def plain(value: dict[str, Any]) -> dict[str, Json]:
    """Return free JSON as the ledger can hold it: nothing is dropped.

    A fraction becomes its decimal text (it has no one form to hash); a character that the database
    cannot store becomes U+FFFD. Raises TooDeep.
    """
    return {_plain_text(key): _plain(item, 1) for key, item in value.items()}


def _plain(value: Any, depth: int) -> Json:
    if depth > DEEPEST:
        raise TooDeep
    if isinstance(value, dict):
        return {_plain_text(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, float):
        return repr(value)
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)


def _plain_text(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


class NumberTaken(Exception):
    """The dealership has a contact with this number already."""

    def __init__(self, phone: PhoneNumber) -> None:
        super().__init__("this number is a contact of the dealership already")
        self.phone = phone


def add_contact(
    *,
    dealership: Dealership,
    name: str,
    number_e164: str,
    basis: Basis,
    evidence: dict[str, Json],
    acting_user: User | None,
    received_at: datetime | None = None,
    paper: bytes | None = None,
    terms: dict[str, Term] | None = None,
    **details: str,
) -> PhoneNumber:
    """Store a new contact with its number, and the entry that says how the number was got.

    Raises NumberTaken when the dealership knows the number already.
    """
    with transaction.atomic():
        subject = subject_of(number_e164)
        row = suppressions.lock(group_id=dealership.group_id, subject=subject)
        phone = _new_phone(dealership, name, number_e164, subject, acting_user, details)
        carrying.carry(phone, row)
        record_basis(
            phone,
            basis=basis,
            evidence=evidence,
            acting_user=acting_user,
            received_at=received_at,
            paper=paper,
            terms=terms,
        )
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


def record_basis(
    phone: PhoneNumber,
    *,
    basis: Basis,
    evidence: dict[str, Json],
    acting_user: User | None,
    received_at: datetime | None = None,
    paper: bytes | None = None,
    terms: dict[str, Term] | None = None,
) -> ConsentEvent:
    """Append how the dealership got the number, with its evidence by value.

    `received_at`: when it happened, if the evidence itself does not say so. `paper`: a PDF or photo
    to keep with it. `terms`: more that the entry states. What the evidence lacks, or has against
    it, is named in the entry; a `file` in it counts only if it is a document of this number.
    Raises uploads.Refused for a paper that is none.

    Law: RULE-US-01, RULE-US-13, RULE-CA-01, RULE-CA-05.
    """
    with transaction.atomic():
        # Of two that record the same at once, the second finds the first (RULE-CT-02).
        suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)
        if paper is not None:
            kept = documents.store(
                paper,
                sort=Sort.PAPER,
                dealership=phone.dealership,
                phone=phone,
                acting_user=acting_user,
            )
            evidence = {**evidence, "file": str(kept.public_id)}
        return _record(
            phone,
            KIND_OF_BASIS[Basis(basis)],
            basis=Basis(basis),
            want=bases.wanted(Basis(basis)),
            evidence=evidence,
            acting_user=acting_user,
            received_at=received_at,
            terms=terms or {},
        )


def record_verbal(
    phone: PhoneNumber,
    *,
    basis: Basis,
    evidence: dict[str, Json],
    acting_user: User | None,
    recording: bytes | None = None,
) -> ConsentEvent:
    """Append a consent by word of mouth: the script read, who, when, and what proves it.

    `basis`: phone_up or walk_in. Proven by a recording (given here, or as `proof` the id of a
    recording of this number) or by an independent third party (`verified_by` and their
    `verification`); else the entry says that it is not (CRTC 2012-548).
    Raises uploads.Refused for a recording that is none.

    Law: RULE-US-01, RULE-CT-01.
    """
    with transaction.atomic():
        if recording is not None:
            kept = documents.store(
                recording,
                sort=Sort.RECORDING,
                dealership=phone.dealership,
                phone=phone,
                acting_user=acting_user,
            )
            evidence = {**evidence, "proof": str(kept.public_id)}
        proof = _proof_of(phone, evidence)
        if proof == "third_party":
            evidence = {**evidence, "proof": str(bases.value_of("verification", evidence))}
        return _record(
            phone,
            Kind.VERBAL_CONSENT_RECORDED,
            basis=basis,
            want=bases.wanted(basis, is_verbal=True),
            evidence=evidence,
            acting_user=acting_user,
            received_at=None,
            terms={"proven": bool(proof), "proof": proof},
        )


def _proof_of(phone: PhoneNumber, evidence: dict[str, Json]) -> str:
    """Return what proves a spoken consent: "recording", "third_party", "" for nothing."""
    kept = documents.of_phone(phone, bases.value_of("proof", evidence))
    if kept is not None and kept.sort == Sort.RECORDING:
        return "recording"
    told = [
        re.sub(r"\W+", "", str(bases.value_of(key, evidence) or ""))
        for key in ("verified_by", "verification", "script")
    ]
    witness = told[0].casefold()
    ours = {re.sub(r"\W+", "", phone.dealership.name).casefold()}
    return "third_party" if all(told) and witness not in _NOBODY | ours else ""


def is_proven(entry: ConsentEvent) -> bool:
    """Say whether the entry of a spoken consent has its proof."""
    return ledger.terms_of(entry).get("proven") is True


def _record(
    phone: PhoneNumber,
    kind: Kind,
    *,
    basis: Basis,
    want: bases.Want,
    evidence: dict[str, Json],
    acting_user: User | None,
    received_at: datetime | None,
    terms: dict[str, Term],
) -> ConsentEvent:
    present = now()
    told, told_at = _happened_at(want, evidence, present, phone.dealership)
    moment = received_at or told_at or present
    evidence = _with_what_it_shows(want, evidence, phone.dealership)
    document = _attached(phone, want, evidence)
    disclosed = _disclosure_terms(want, evidence, phone.dealership)
    lacks = bases.missing(want, evidence)
    for key, is_there in (
        ("file", document is not None),
        ("proof", terms.get("proven") is not False),
        (_words_key(want), bool(disclosed)),
    ):
        if key in want.keys and key not in lacks and not is_there:
            lacks.append(key)
    stated: dict[str, Term] = {
        "basis": basis.value,
        "missing": ",".join(lacks),
        "flaws": ",".join(bases.flaws(want, evidence)),
        **disclosed,
        **(documents.terms_of(document) if document else {}),
        **_dealing_terms(basis, evidence, moment),
        **terms,
    }
    day = bases.day_of(stated.get("on"))
    is_dated = received_at is not None or told_at is not None
    stated.setdefault("moment", "said" if is_dated else "unread" if told else "unsaid")
    if _is_unbacked(basis, evidence, document):
        stated["unbacked"] = True
    if _was_recorded(phone, kind, basis, evidence):
        stated["repeats"] = True
    opens = phone.country == "CA" and stated["moment"] not in {"unread", ANYBODY}
    opens = opens and "repeats" not in stated
    implied = _implied_until(basis, day, moment) if opens else None
    if implied is not None:
        stated["implied_until"] = implied.isoformat()
    return ledger.append(
        kind,
        dealership=phone.dealership,
        phone=phone,
        acting_user=acting_user,
        received_at=moment,
        terms=stated,
        evidence={
            # Whose entry it is, is not the sender's to say.
            **{f"sent_{k}" if k in {"number", "name"} else k: v for k, v in evidence.items()},
            "number": phone.number_e164,
            "name": phone.contact.name,
        },
    )


def _attached(phone: PhoneNumber, want: bases.Want, evidence: dict[str, Json]) -> Document | None:
    """Return the document of this number that the evidence names, if it is what is wanted."""
    if "file" in want.keys:
        paper = documents.of_phone(phone, bases.value_of("file", evidence))
        return paper if paper is not None and paper.sort == Sort.PAPER else None
    return documents.of_phone(phone, bases.value_of("proof", evidence))


def _dealing_terms(basis: Basis, evidence: dict[str, Json], moment: datetime) -> dict[str, Term]:
    """Return what the windows of a relationship and a lead's ground are computed from."""
    if basis in {Basis.LEAD_PROVIDER, Basis.WEB_FORM}:
        named = str(bases.value_of("names_seller", evidence) or "")
        shown = bool(words_shown(basis, evidence))  # a claim without its words shows nothing
        return {"names_dealer": shown and named.casefold() == "yes"}
    if basis is not Basis.EXISTING_CUSTOMER:
        return {}
    day = bases.day_of(bases.value_of("purchased_on", evidence))
    deal = _deal(evidence)
    if day is None or day > moment.date() or deal in {"", bases.Deal.INQUIRY}:
        return {"deal": deal}
    return {"deal": deal, "on": day.isoformat()}


def _happened_at(
    want: bases.Want, evidence: dict[str, Json], present: datetime, dealership: Dealership
) -> tuple[bool, datetime | None]:
    """Return whether the evidence says when, and the moment, if it can be read and has come.

    A moment without a zone is the dealership's own time, or of a program that counts in another:
    a few hours ahead it is now. A bare day is its beginning.
    """
    told = False
    for key in want.keys:
        if bases.FIELDS[key].shape is not bases.Shape.MOMENT or key == "exported_at":
            continue
        value = bases.value_of(key, evidence)
        told = told or value is not None
        moment = bases.moment_of(value, zone=dealership.timezone)
        if moment is not None and moment <= present + ZONES_APART:
            return True, min(moment, present)
    return told, None


def words_shown(basis: Basis, evidence: Mapping[str, Json]) -> str:
    """Return the words that the customer was shown, "" where the evidence has none to read.

    Of a wording of ours, named by its id, its words are in the evidence.
    """
    words = bases.value_of(_words_key(bases.wanted(basis)), evidence)
    if not isinstance(words, str):
        return ""
    return str(evidence.get("disclosure_words") or "") if is_id(words) else words


def _is_unbacked(basis: Basis, evidence: dict[str, Json], document: Document | None) -> bool:
    """Say whether a basis lacks what makes it a ground in Canada.

    A referral needs who referred them (SOR/2013-221 s.4), a signature the paper (CRTC 2012-548).
    """
    if basis is Basis.REFERRAL:
        return not _referrer(evidence)
    return basis is Basis.SIGNED_DOCUMENT and document is None


def _referrer(evidence: dict[str, Json]) -> str:
    """Return who referred the customer; "" for what is no name: a customer would read it."""
    name = " ".join(str(bases.value_of("referrer", evidence) or "").split())
    is_name = len(name) <= LONGEST_NAME and check(name).level is not Level.PROMOTIONAL
    return name if is_name else ""


def referrer_of(phone: PhoneNumber) -> str:
    """Return the full name of who referred this number, "" if it came otherwise. Two queries.

    Law: RULE-CA-04; SOR/2013-221 s.4.
    """
    state = ledger.current_state(phone)
    if state.basis != Basis.REFERRAL or state.basis_index is None:
        return ""
    entry = ledger.entries_of(phone).filter(index=state.basis_index)
    held = Evidence.objects.filter(entry__in=entry).first()
    return _referrer(held.data) if held is not None else ""


def _was_recorded(phone: PhoneNumber, kind: Kind, basis: Basis, evidence: dict[str, Json]) -> bool:
    """Say whether the same was recorded before: typed again it is no new act of the customer."""
    earlier = Evidence.objects.filter(
        entry__in=ledger.entries_of(phone).filter(kind=kind), data__contains=evidence
    )
    return any(
        ledger.terms_of(one.entry).get("basis") == basis.value
        for one in earlier.select_related("entry")
    )


def _words_key(want: bases.Want) -> str:
    """Return under which key the words stand that the customer was shown, or heard."""
    return next((k for k in ("consent_text", "script") if k in want.keys), "disclosure")


def _with_what_it_shows(
    want: bases.Want, evidence: dict[str, Json], dealership: Dealership
) -> dict[str, Json]:
    """Add whether the words shown name this dealership, where that can be read off them.

    Then the words decide, whatever the sender says of them.
    """
    if "names_seller" not in want.keys:
        return evidence
    words = bases.value_of(_words_key(want), evidence)
    if not isinstance(words, str) or is_id(words):
        return evidence
    return {**evidence, "names_seller": "yes" if bases.names(dealership.name, words) else "no"}


def _disclosure_terms(
    want: bases.Want, evidence: dict[str, Json], dealership: Dealership
) -> dict[str, Term]:
    """Bind the entry to the wording shown: to one of our versions by its id, else by its hash.

    The words of a version named by id are copied into the evidence.
    """
    words = bases.value_of(_words_key(want), evidence)
    if not isinstance(words, str):
        return {}
    if is_id(words):
        shown = Disclosure.objects.filter(
            Q(dealership=dealership) | Q(dealership=None), public_id=words
        ).first()
        if shown is None:
            return {}
        evidence["disclosure_words"] = disclosures.render(shown, dealership, person="")
        return {
            "disclosure": str(shown.public_id),
            "disclosure_version": shown.version,
            "disclosure_sha256": shown.sha256,
        }
    return {"disclosure_sha256": bases.sha256_of(words)}


def is_id(words: str) -> bool:
    """Whether a text is the public id of one of our wordings rather than words."""
    try:
        return bool(UUID(words))
    except ValueError:
        return False


def _deal(evidence: dict[str, Json]) -> str:
    """Return what the customer did: unsaid a purchase, of another name nothing that counts."""
    said = str(bases.value_of("deal", evidence) or bases.Deal.PURCHASE).casefold()
    return said if said in set(bases.Deal) else ""


def _implied_until(basis: Basis, day: date | None, moment: datetime) -> datetime | None:
    """Return when the implied consent of a Canadian relationship ends (CASL s.10(10)).

    A purchase, lease or service counts for 24 months from its day, without a day not at all; an
    inquiry counts for 6 from when it came.
    """
    if basis is Basis.EXISTING_CUSTOMER:
        if day is None:
            return None
        start, months = day, rules.CASL_PURCHASE_MONTHS
    elif basis in INQUIRIES:
        start, months = moment.date(), rules.CASL_INQUIRY_MONTHS
    else:
        return None
    return datetime.combine(rules.add_months(start, months), time.min, tzinfo=UTC)
