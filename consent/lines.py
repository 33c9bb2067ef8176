"""What kind of line a number is: the only writer of it. A landline is never texted."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.clock import now
from consent.models import PhoneNumber

LineType = PhoneNumber.LineType
#: Older numbers are not looked up by themselves when a dealership begins to look up.
LOOKED_UP_WITHIN = timedelta(days=7)


def mark(phone: PhoneNumber, line_type: LineType, *, why: str) -> None:
    """Note what a number was found to be; the history says why."""
    phone.line_type = line_type
    phone._change_reason = why
    phone.save(update_fields=["line_type"])


def note_look_up(phone: PhoneNumber, line_type: LineType, *, at: datetime) -> bool:
    """Note what the carrier's look-up says; False where the line became known meanwhile.

    What a failed delivery has shown is never overwritten.
    """
    with transaction.atomic():
        row = PhoneNumber.objects.select_for_update(of=("self",)).get(pk=phone.pk)
        if row.line_type != LineType.UNKNOWN or row.looked_up_at:
            return False
        row.looked_up_at, row.line_type = at, line_type
        row._change_reason = "carrier look-up"
        row.save(update_fields=["line_type", "looked_up_at"])
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
