"""What kind of line a number is, and who was asked. A landline is never texted."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.clock import now
from consent.models import Contact, PhoneNumber

LineType = PhoneNumber.LineType
#: Older numbers are not looked up by themselves when a dealership begins to look up.
LOOKED_UP_WITHIN = timedelta(days=7)


def mark(phone: PhoneNumber, line_type: LineType, *, why: str) -> None:
    """Note what a number was found to be; the history says why."""
    phone.line_type = line_type
    phone._change_reason = why
    phone.save(update_fields=["line_type"])


def heard_from(phone: PhoneNumber) -> None:
    """Note that a text came from a number that was said to receive none: it does."""
    if phone.line_type in {LineType.LANDLINE, LineType.INVALID}:
        mark(phone, LineType.MOBILE, why="it texted us")


def claim_look_up(phone_pk: int, *, at: datetime) -> PhoneNumber | None:
    """Return a number for the one worker that may ask about it; None for every other.

    No join in it: Django would put the whole condition into a subquery, which PostgreSQL does not
    ask again once it has waited for the other worker, and both would claim.
    """
    known = Contact.objects.filter(erased_at=None)
    claimed = PhoneNumber.objects.filter(
        pk=phone_pk, looked_up_at=None, line_type=LineType.UNKNOWN, contact__in=known
    ).update(looked_up_at=at)
    if not claimed:
        return None
    return PhoneNumber.objects.select_related("dealership").get(pk=phone_pk)


def release_look_up(phone: PhoneNumber) -> None:
    """Let the carrier be asked again: it did not answer."""
    PhoneNumber.objects.filter(pk=phone.pk).update(looked_up_at=None)


def note_look_up(phone: PhoneNumber, line_type: LineType) -> bool:
    """Note what the carrier's look-up says; False where the line became known meanwhile.

    What a failed delivery has shown is never overwritten.
    """
    with transaction.atomic():
        row = PhoneNumber.objects.select_for_update(of=("self",)).get(pk=phone.pk)
        if row.line_type != LineType.UNKNOWN:
            return False
        mark(row, line_type, why="carrier look-up")
    return True


def not_looked_up(*, limit: int) -> list[int]:
    """Return new numbers of which the carrier was not asked yet."""
    new = PhoneNumber.objects.filter(
        line_type=LineType.UNKNOWN,
        looked_up_at=None,
        created_at__gt=now() - LOOKED_UP_WITHIN,
        contact__erased_at=None,
    )
    return list(new.order_by("pk").values_list("pk", flat=True)[:limit])
