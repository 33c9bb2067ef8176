"""What messaging does when the ledger grew: it only wakes screens and workers."""

from __future__ import annotations

from django.conf import settings
from django.dispatch import receiver

from consent.kinds import BASIS_KINDS, Kind
from consent.signals import entry_appended
from messaging import realtime, wake

_STOPS = frozenset({Kind.REVOKED, Kind.WRONG_NUMBER, Kind.CARRIER_BLOCKED, Kind.POSSIBLE_OPT_OUT})


@receiver(entry_appended)
def wake_for_entry(
    sender: object,
    *,
    dealership_id: int,
    group_id: int,
    phone_pk: int | None,
    contact: str,
    kind: str,
    **_: object,
) -> None:
    """Refresh the screens of a number's dealership; refuse what waits for a number that stopped."""
    if phone_pk is None:
        return  # an entry of the dealership, or of a number that is nobody's contact
    realtime.publish(dealership_id, ("consent", contact))
    if settings.TWILIO_LOOKUP and kind in BASIS_KINDS:
        wake.worker("messaging.tasks.look_up_line", phone_pk, queue="bulk")
    if kind in _STOPS:
        wake.worker("messaging.tasks.refuse_pending", group_id, phone_pk, queue="urgent")
