"""What messaging does when the ledger grew: it only wakes screens and workers."""

from __future__ import annotations

from django.dispatch import receiver

from consent.kinds import Kind
from consent.models import PhoneNumber
from consent.signals import entry_appended
from messaging import realtime, wake

_STOPS = frozenset({Kind.REVOKED, Kind.WRONG_NUMBER, Kind.CARRIER_BLOCKED, Kind.POSSIBLE_OPT_OUT})


@receiver(entry_appended)
def wake_for_entry(
    sender: object, *, dealership_id: int, subject: str, kind: str, **_: object
) -> None:
    """Refresh the screens of a number's dealership; refuse what waits for a number that stopped."""
    if not subject:
        return
    phone = (
        PhoneNumber.objects.select_related("contact", "dealership")
        .filter(dealership=dealership_id, subject=subject)
        .first()
    )
    if phone is None:
        return
    realtime.publish(dealership_id, "consent", str(phone.contact.public_id))
    if kind in _STOPS:
        wake.worker(
            "messaging.tasks.refuse_pending", phone.dealership.group_id, phone.pk, queue="urgent"
        )
