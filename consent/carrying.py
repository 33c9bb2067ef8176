"""What a group knows of a number, brought to a dealership that adds it: stops, and doubts."""

from __future__ import annotations

from accounts.clock import now
from consent import doubts, ledger, rules, suppressions
from consent.kinds import STOP_KINDS, Kind, Status
from consent.models import ConsentEvent, ConsentState, PhoneNumber, Suppression


def carry(phone: PhoneNumber, row: Suppression) -> None:
    """Bring a new contact's number to where it stands already; call it before anything is recorded.

    A stop that was told here before the number was a contact holds; one that another dealership of
    the group received is written into this one's ledger, so that the ledger alone tells why the
    number may not be texted here (promise I8), also where START has lifted it elsewhere since: that
    opened the other dealership alone (docs/adr/0004).
    """
    ledger.catch_up(phone)
    if row.is_new:  # but for what this ledger says itself nobody in the group knows the number
        return
    barred = suppressions.bars(row, phone.dealership, at=now()) or _reached_group(phone, row)
    if barred and not ledger.current_state(phone).is_stopped:
        ledger.lock_heads(row.group_id)  # what the caller does next may write into several
        ledger.append(
            Kind.REVOKED,
            dealership=phone.dealership,
            phone=phone,
            acting_user=None,
            received_at=row.suppressed_at,
            terms={"how": "group", "source": row.source},
        )
    _carry_doubt(phone)


def _reached_group(phone: PhoneNumber, row: Suppression) -> bool:
    """Say whether a stop was the whole group's, and START lifted it elsewhere, never here."""
    if row.lifted_at is None:
        return False
    told = ConsentEvent.objects.filter(
        dealership__group=row.group_id,
        subject=phone.subject,
        kind__in=(*STOP_KINDS, Kind.RESTORED_BY_CUSTOMER),
    ).order_by("pk")
    is_narrowed = suppressions.was_narrowed(phone.dealership.group, at=row.lifted_at)
    widened = rules.reaches_group(is_narrowed=is_narrowed, at=row.lifted_at)
    reached = False
    for entry in told:
        if entry.dealership_id == phone.dealership_id:
            reached = False  # from here on this ledger tells itself where the number stands
        elif entry.kind in STOP_KINDS:
            reached = reached or widened or ledger.terms_of(entry).get("scope") == "group"
    return reached


def _carry_doubt(phone: PhoneNumber) -> None:
    """Keep sending off where a doubt of the group waits for a manager (RULE-US-06)."""
    group = phone.dealership.group
    elsewhere = ConsentState.objects.filter(
        status=Status.PAUSED, phone__subject=phone.subject, phone__dealership__group=group
    ).exclude(phone=phone)
    paused = elsewhere.select_related("phone").first()
    is_narrowed = suppressions.is_narrowed(group)
    if paused is None or not rules.reaches_group(is_narrowed=is_narrowed, at=now()):
        return
    if not ledger.current_state(phone).is_stopped:
        ledger.lock_heads(group.pk)
        ledger.append(
            Kind.POSSIBLE_OPT_OUT,
            dealership=phone.dealership,
            phone=phone,
            acting_user=None,
            received_at=paused.changed_at,
            terms={"how": "group"},
            evidence={"words": doubts.of(paused.phone).words, "number": phone.number_e164},
        )
