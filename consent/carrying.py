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
    if row.is_new:
        return
    ledger.catch_up(phone)
    barred = suppressions.bars(row, phone.dealership, at=now()) or _reached_group(phone, row)
    if barred and not ledger.current_state(phone).is_stopped:
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
    )
    if told.filter(dealership=phone.dealership_id).exists():
        return False  # this ledger tells itself where the number stands here
    return any(ledger.terms_of(entry).get("scope") == "group" for entry in told)


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
        ledger.append(
            Kind.POSSIBLE_OPT_OUT,
            dealership=phone.dealership,
            phone=phone,
            acting_user=None,
            received_at=paused.changed_at,
            terms={"how": "group"},
            evidence={"words": doubts.of(paused.phone).words, "number": phone.number_e164},
        )
