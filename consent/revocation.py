"""Stops of every kind, and the customer's own way back. What was revoked, only they lift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.clock import now
from accounts.models import DealerGroup, Dealership, User
from consent import doubts, ledger, phones, rules, suppressions
from consent.kinds import STOP_KINDS, Kind, Status
from consent.ledger import Json, Term
from consent.models import ConsentEvent, PhoneNumber, Suppression
from consent.subjects import subject_of

#: The ways outside texting in which a customer may tell us to stop (47 CFR 64.1200(a)(11)).
CHANNELS = ("in_person", "phone_call", "voicemail", "email", "letter", "web", "other")


class NotPaused(Exception):
    """There is no possible opt-out to decide on."""


class Unread(Exception):
    """A doubtful text came that whoever decides was not shown."""


def revoke(
    phone: PhoneNumber,
    *,
    how: str,
    words: str,
    acting_user: User | None,
    received_at: datetime | None = None,
    reason: str = "",
    evidence: dict[str, Json] | None = None,
    kind: Kind = Kind.REVOKED,
    confirmation_by: str = "",
    suppression: Suppression | None = None,
    reaches_group: bool = False,
) -> ConsentEvent | None:
    """Record a stop at once: no text claimed after this commits goes out (promise I2).

    `how`: "text" or one of CHANNELS; `words`: what the customer said. Reaches every dealership of
    the group that knows the number, unless the group narrowed its scope. `confirmation_by`: who
    confirms it to the customer, "portal" or "carrier", "" for nobody. `suppression`: the locked
    row, if the caller holds it. `reaches_group`: it was told to the group, however narrowed.
    Told again in words, it is recorded again: the customer's last word counts. A number that was
    erased meanwhile is stopped under its keyed hash. Returns the entry of this dealership, None
    when the number was stopped here already.

    Law: RULE-US-05, RULE-US-06, RULE-US-07, RULE-US-09, RULE-US-10, RULE-TW-03.
    """
    group = phone.dealership.group
    with transaction.atomic():
        row = suppression or suppressions.lock(group_id=group.pk, subject=phone.subject)
        known: PhoneNumber | None = phone
        if (
            suppression is None
            and not PhoneNumber.objects.filter(pk=phone.pk, subject=phone.subject).exists()
        ):
            known = None  # an erasure held the lock
        return _stop(
            row,
            _Here(phone.dealership, phone.number_e164, phone.subject, known),
            kind=kind,
            received_at=received_at or now(),
            acting_user=acting_user,
            terms={"how": how, "reason": reason, "confirmation_by": confirmation_by},
            evidence={"words": words, **(evidence or {})},
            reaches_group=reaches_group,
        )


def revoke_number(
    dealership: Dealership,
    *,
    number_e164: str,
    how: str,
    words: str,
    acting_user: User,
    received_at: datetime | None = None,
    evidence: dict[str, Json] | None = None,
) -> PhoneNumber | None:
    """Record a stop for a number that nobody need know: who is no contact may tell us to stop too.

    Without a contact the entry stands in this dealership's ledger under the number's keyed hash,
    and binds whoever adds the number later. Returns the number's row, None if there is no contact.

    Law: RULE-US-07, RULE-US-10.
    """
    subject = subject_of(number_e164)
    with transaction.atomic():
        row = suppressions.lock(group_id=dealership.group_id, subject=subject)
        phone = (
            PhoneNumber.objects.select_related("contact", "dealership__group")
            .filter(dealership=dealership, number_e164=number_e164)
            .first()
        )
        _stop(
            row,
            _Here(dealership, number_e164, subject, phone),
            kind=Kind.REVOKED,
            received_at=received_at or now(),
            acting_user=acting_user,
            terms={"how": how, "reason": "", "confirmation_by": ""},
            evidence={"words": words, **(evidence or {})},
        )
    return phone


def country_of(phone: PhoneNumber | None, *, number: str, dealership: Dealership) -> str:
    """Return whose business days count for a stop: the customer's, else the dealership's."""
    known = phone.country if phone is not None else phones.country_of(number)
    return known or dealership.country


@dataclass(frozen=True, slots=True)
class _Here:
    """The number that was stopped, at the dealership that was told; `phone` if it is a contact."""

    dealership: Dealership
    number_e164: str
    subject: str
    phone: PhoneNumber | None


def _stop(
    row: Suppression,
    here: _Here,
    *,
    kind: Kind,
    received_at: datetime,
    acting_user: User | None,
    terms: dict[str, Term],
    evidence: dict[str, Json],
    reaches_group: bool = False,
) -> ConsentEvent | None:
    """Suppress, and append the stop to each ledger that it reaches; the row is locked."""
    group = here.dealership.group
    is_narrowed = suppressions.is_narrowed(group) and not reaches_group
    everywhere = rules.reaches_group(is_narrowed=is_narrowed, at=now())
    source = f"{terms['how']}:{terms['reason'] or kind.value.lower()}"
    if everywhere:
        suppressions.suppress(row, source=source, at=received_at)
    else:
        suppressions.narrow(row, here.dealership, source=source, at=received_at)
    found: ConsentEvent | None = None
    reached = [
        (dealership, phone, ledger.state_of_subject(dealership, here.subject))
        for dealership, phone in _reached(here, everywhere=everywhere)
    ]
    stands = any(state.is_stopped for to, _, state in reached if to.pk == here.dealership.pk)
    says_more = not stands or _says_more(here, str(terms["how"]), evidence["words"])
    for dealership, phone, state in reached:
        is_here = dealership.pk == here.dealership.pk
        is_again = state.is_stopped
        # A sister that is stopped already learns of it where it ends what came there since.
        ends_more = state.purchased_on is not None or state.inquired_on is not None
        if is_again and not (says_more and (is_here or ends_more)):
            continue
        said: dict[str, Term] = terms if is_here else {"how": "group", "reason": terms["reason"]}
        if is_again:
            said = {**said, "repeats": True}
        entry = ledger.append(
            kind if is_here else Kind.REVOKED,
            dealership=dealership,
            phone=phone,
            subject=here.subject,
            acting_user=acting_user,
            received_at=received_at,
            terms={
                **said,
                "scope": "group" if everywhere else "dealership",
            },
            evidence={"number": here.number_e164, **evidence},
        )
        if is_here and not is_again:
            found = entry
    return found


def _says_more(here: _Here, how: str, words: Json) -> bool:
    """Say whether a stop beside one that stands is the customer's word, and not one press twice."""
    if not words or how == "text":
        return bool(words)
    last = (
        ConsentEvent.objects.filter(
            dealership=here.dealership, subject=here.subject, kind__in=STOP_KINDS
        )
        .select_related("evidence")
        .order_by("index")
        .last()
    )
    told = getattr(last, "evidence", None)
    return (
        last is None
        or told is None
        or told.data.get("words") != words
        or (ledger.terms_of(last).get("how") != how)
    )


def _reached(here: _Here, *, everywhere: bool) -> list[tuple[Dealership, PhoneNumber | None]]:
    """Return the dealerships that a stop reaches, in the order in which ledger heads are locked."""
    reached: list[tuple[Dealership, PhoneNumber | None]] = [(here.dealership, here.phone)]
    if everywhere:
        others = (
            PhoneNumber.objects.filter(
                subject=here.subject, dealership__group=here.dealership.group_id
            )
            .exclude(dealership=here.dealership)
            .select_related("dealership__group", "contact")
        )
        reached += [(other.dealership, other) for other in others]
    return sorted(reached, key=lambda pair: pair[0].pk)


def restore(
    phone: PhoneNumber,
    *,
    words: str,
    received_at: datetime,
    evidence: dict[str, Json],
    suppression: Suppression,
) -> ConsentEvent:
    """Lift a stop because the customer texted START or UNSTOP from the handset.

    Opens this dealership alone: a consent never crosses to another one. The caller holds the lock
    of the number and, before any entry, the heads of the group's ledgers.

    Law: RULE-US-11, RULE-CT-01.
    """
    with transaction.atomic():
        _widen(suppression)  # else the START of one dealership would open others with it
        suppressions.lift(suppression, phone.dealership, at=received_at)
        return ledger.append(
            Kind.RESTORED_BY_CUSTOMER,
            dealership=phone.dealership,
            phone=phone,
            acting_user=None,
            received_at=received_at,
            evidence={"words": words, "number": phone.number_e164, **evidence},
        )


def pause(
    phone: PhoneNumber, *, words: str, received_at: datetime, evidence: dict[str, Json]
) -> ConsentEvent | None:
    """Switch sending off because the customer may have said stop; a manager decides.

    Reaches as far as a stop would. A doubt beside one that waits is recorded too; where the number
    is stopped already nothing is. The number's lock is held. Returns this dealership's entry.

    Law: RULE-US-06, RULE-US-07.
    """
    group = phone.dealership.group
    everywhere = rules.reaches_group(is_narrowed=suppressions.is_narrowed(group), at=now())
    here = _Here(phone.dealership, phone.number_e164, phone.subject, phone)
    found: ConsentEvent | None = None
    with transaction.atomic():
        for dealership, other in _reached(here, everywhere=everywhere):
            if ledger.state_of_subject(dealership, phone.subject).is_stopped:
                continue
            is_here = dealership.pk == phone.dealership_id
            entry = ledger.append(
                Kind.POSSIBLE_OPT_OUT,
                dealership=dealership,
                phone=other,
                acting_user=None,
                received_at=received_at,
                terms={} if is_here else {"how": "group"},
                evidence={"words": words, "number": phone.number_e164, **evidence},
            )
            found = entry if is_here else found
    return found


def resolve_pause(
    phone: PhoneNumber,
    *,
    opted_out: bool,
    reason: str,
    acting_user: User,
    seen: int | None = None,
) -> ConsentEvent | None:
    """Let a manager say what a possible opt-out was; a reason is required either way.

    `seen`: the ledger's index of the latest doubtful text that the manager was shown, None where
    nobody was shown any. That it was no stop opens the dealerships of the group too at which
    nothing else is in doubt. Raises NotPaused when nothing waits, Unread when "no stop" is said of
    a text that came since, ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a reason is required")
    with transaction.atomic():
        row = suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)
        state = ledger.current_state(phone)
        if state.status is not Status.PAUSED:
            raise NotPaused
        waiting = doubts.of(phone)
        if opted_out:
            return revoke(
                phone,
                how="text",
                words=waiting.words,
                acting_user=acting_user,
                received_at=state.changed_at,
                reason="possible_opt_out",
                evidence={"reason": reason},
                suppression=row,
            )
        if seen is not None and waiting.last_index > seen:
            raise Unread
        return _lift_pause(phone, reason=reason, acting_user=acting_user, is_own=waiting.is_own)


def _lift_pause(
    phone: PhoneNumber, *, reason: str, acting_user: User, is_own: bool
) -> ConsentEvent | None:
    """Append that it was no stop: here, and where only this dealership's doubts are in the way."""
    here = _Here(phone.dealership, phone.number_e164, phone.subject, phone)
    reached = [other for _, other in _reached(here, everywhere=is_own) if other is not None]
    waiting = doubts.of_each(reached)
    # What a third one waits for may be the copy of a doubt that somebody else has yet to decide.
    undecided = any(waiting[other.pk].is_own for other in reached if other.pk != phone.pk)
    found: ConsentEvent | None = None
    for other in reached:
        is_here = other.pk == phone.pk
        if not is_here and (undecided or waiting[other.pk].last_index < 0):
            continue
        entry = ledger.append(
            Kind.PAUSE_LIFTED,
            dealership=other.dealership,
            phone=other,
            acting_user=acting_user,
            terms={} if is_here else {"how": "group"},
            evidence={"reason": reason},
        )
        found = entry if is_here else found
    return found


def widen(*, limit: int) -> int:
    """Write stops that stood for one dealership into the whole group, once they reach it.

    The gate honours them from that instant; this makes each ledger tell why (promise I8). Returns
    how many numbers there were.
    """
    waiting = Suppression.objects.filter(is_active=False).exclude(narrowed_to=[])
    narrowed = Q(group__opt_out_scope=DealerGroup.OptOutScope.DEALERSHIP)
    if not rules.reaches_group(is_narrowed=True, at=now()):
        waiting = waiting.exclude(narrowed)
    found = list(waiting.order_by("pk").values_list("group_id", "subject")[:limit])
    for group_id, subject in found:
        with transaction.atomic():
            _widen(suppressions.lock(group_id=group_id, subject=subject))
    return len(found)


def _widen(row: Suppression) -> None:
    """Make a stop of one dealership one of the group, if it reaches the group now; it is locked."""
    if not row.narrowed_to:
        return
    group = DealerGroup.objects.get(pk=row.group_id)
    if not rules.reaches_group(is_narrowed=suppressions.is_narrowed(group), at=now()):
        return
    if row.is_active:  # stands in every ledger already
        suppressions.forget_narrowed(row)
        return
    suppressions.suppress(row, source=row.source, at=row.suppressed_at or now())
    phones = PhoneNumber.objects.filter(subject=row.subject, dealership__group=group)
    for phone in phones.select_related("dealership__group", "contact").order_by("dealership_id"):
        if not ledger.current_state(phone).is_stopped:
            ledger.append(
                Kind.REVOKED,
                dealership=phone.dealership,
                phone=phone,
                acting_user=None,
                received_at=row.suppressed_at,
                terms={"how": "group", "reason": "revoke_all", "scope": "group"},
            )
