"""Stops of every kind, and the customer's own way back. What was revoked, only they lift."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.clock import now
from accounts.models import DealerGroup, User
from consent import ledger, suppressions
from consent.kinds import Kind, Status
from consent.ledger import Json, Term
from consent.models import ConsentEvent, PhoneNumber, Suppression

#: The ways outside texting in which a customer may tell us to stop (47 CFR 64.1200(a)(11)).
CHANNELS = ("in_person", "phone_call", "voicemail", "email", "letter", "web", "other")


class NotPaused(Exception):
    """There is no possible opt-out to decide on."""


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
    suppression: Suppression | None = None,
) -> ConsentEvent | None:
    """Record a stop at once: no text claimed after this commits goes out (promise I2).

    `how`: "text" or one of CHANNELS; `words`: what the customer said. Reaches every dealership of
    the group that knows the number, unless the group narrowed its scope. `suppression`: the locked
    row, if the caller holds it. Returns the entry of this dealership, None when the number was
    stopped here already.

    Law: RULE-US-05, RULE-US-06, RULE-US-07, RULE-US-09, RULE-US-10.
    """
    with transaction.atomic():
        group = phone.dealership.group
        row = suppression or suppressions.lock(group_id=group.pk, subject=phone.subject)
        moment = received_at or now()
        everywhere = group.opt_out_scope == DealerGroup.OptOutScope.GROUP
        if everywhere:
            suppressions.suppress(row, source=f"{how}:{reason or kind.value.lower()}", at=moment)
        here: ConsentEvent | None = None
        for other in _reached(phone, everywhere=everywhere):
            if ledger.current_state(other).is_stopped:
                continue
            is_here = other.pk == phone.pk
            terms: dict[str, Term] = {
                "how": how if is_here else "group",
                "reason": reason,
                "scope": group.opt_out_scope,
            }
            entry = ledger.append(
                kind if is_here else Kind.REVOKED,
                dealership=other.dealership,
                phone=other,
                acting_user=acting_user,
                received_at=moment,
                terms=terms,
                evidence={"words": words, "number": other.number_e164, **(evidence or {})},
            )
            if is_here:
                here = entry
    return here


def _reached(phone: PhoneNumber, *, everywhere: bool) -> list[PhoneNumber]:
    """Return the rows that a stop reaches, in the order in which ledger heads are locked."""
    if not everywhere:
        return [phone]
    return list(
        PhoneNumber.objects.filter(
            subject=phone.subject, dealership__group=phone.dealership.group_id
        )
        .select_related("dealership__group", "contact")
        .order_by("dealership_id")
    )


def restore(
    phone: PhoneNumber,
    *,
    words: str,
    received_at: datetime,
    evidence: dict[str, Json],
    suppression: Suppression,
) -> ConsentEvent:
    """Lift a stop because the customer texted START or UNSTOP from the handset.

    Opens this dealership alone: a consent never crosses to another one.

    Law: RULE-US-11, RULE-CT-01.
    """
    with transaction.atomic():
        suppressions.lift(suppression, at=received_at)
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
    """Switch sending off because the customer may have said stop; a manager decides (RULE-US-06).

    Returns None where sending is off already.
    """
    with transaction.atomic():
        state = ledger.current_state(phone)
        if state.is_stopped or state.status is Status.PAUSED:
            return None
        return ledger.append(
            Kind.POSSIBLE_OPT_OUT,
            dealership=phone.dealership,
            phone=phone,
            acting_user=None,
            received_at=received_at,
            evidence={"words": words, "number": phone.number_e164, **evidence},
        )


def resolve_pause(
    phone: PhoneNumber, *, opted_out: bool, reason: str, acting_user: User
) -> ConsentEvent | None:
    """Let a manager say what a possible opt-out was; a reason is required either way.

    Raises NotPaused when nothing waits, ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a reason is required")
    with transaction.atomic():
        row = suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)
        state = ledger.current_state(phone)
        if state.status is not Status.PAUSED:
            raise NotPaused
        if opted_out:
            return revoke(
                phone,
                how="text",
                words=reason,
                acting_user=acting_user,
                received_at=state.changed_at,
                reason="possible_opt_out",
                suppression=row,
            )
        return ledger.append(
            Kind.PAUSE_LIFTED,
            dealership=phone.dealership,
            phone=phone,
            acting_user=acting_user,
            evidence={"reason": reason},
        )
