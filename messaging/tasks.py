"""Messaging's jobs. Each takes primary keys, may run twice or be killed at any line, and every one
of them is also found by a sweep: the row is the queue, the broker only wakes.

Whoever wakes them names the queue (Celery's `queue` of a task is deprecated)."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task

from accounts.clock import now
from accounts.models import Dealership
from consent.models import PhoneNumber
from messaging import conversations, dispatch, lookups, media, wake
from messaging import reconcile as carrier
from messaging.models import Attachment, Conversation, Message

logger = logging.getLogger(__name__)
BATCH = 500


@shared_task(time_limit=120)
def send_message(message_pk: int) -> str:
    """Send one due text through the one door."""
    return dispatch.send(message_pk)


@shared_task(time_limit=60)
def refuse_pending(group_id: int, phone_pk: int) -> int:
    """Refuse at once what waits for a number that was just stopped."""
    subject = PhoneNumber.objects.values_list("subject", flat=True).get(pk=phone_pk)
    return dispatch.refuse_pending(group_id=group_id, subject=subject)


@shared_task(time_limit=60)
def look_up_line(phone_pk: int) -> str:
    """Ask the carrier what kind of line a new number is."""
    return lookups.look_up(phone_pk)


@shared_task(time_limit=60)
def sweep_look_ups() -> int:
    """Wake a worker for every new number of which nobody asked the carrier."""
    keys = lookups.waiting(limit=BATCH)
    for pk in keys:
        wake.worker("messaging.tasks.look_up_line", pk, queue="bulk")
    return len(keys)


@shared_task(time_limit=60)
def sweep_due() -> int:
    """Wake a worker for every text whose time has come and that nobody took."""
    moment = now()
    due = Message.objects.due(moment - timedelta(seconds=1)).values_list("pk", "author_id")[:BATCH]
    for pk, author_id in due:
        wake.sender(pk, urgent=author_id is None)
    return len(due)


@shared_task(time_limit=60)
def sweep_stale_claims() -> int:
    """Settle what dead workers left behind, and refuse what stops have overtaken."""
    return dispatch.release_stale_claims() + dispatch.refuse_stopped(limit=BATCH)


@shared_task(time_limit=300)
def reconcile() -> dict[str, int]:
    """Ask the carrier about UNKNOWN texts and missed inbound ones."""
    report = carrier.reconcile()
    return {"settled": report.settled, "found_inbound": report.found_inbound}


@shared_task(time_limit=120)
def close_idle() -> int:
    """Close the conversations in which nobody said a word for the dealership's limit."""
    closed = 0
    for dealership in Dealership.objects.order_by("pk"):
        silent_since = now() - timedelta(hours=dealership.idle_close_hours)
        idle = Conversation.objects.open().filter(
            dealership=dealership, last_message_at__lt=silent_since
        )
        for conversation in idle.order_by("last_message_at")[:BATCH]:
            closed += conversations.close(conversation, acting_user=None)
    unfinished = Conversation.objects.filter(
        status=Conversation.Status.CLOSED, phone__state__status="customer_initiated"
    )
    for conversation in unfinished[:BATCH]:
        conversations.finish_close(conversation)
    return closed


@shared_task(time_limit=120)
def fetch_media(attachment_pk: int) -> str:
    """Fetch one picture or file of a customer's text."""
    return media.fetch(attachment_pk)


@shared_task(time_limit=60)
def sweep_media() -> int:
    """Fetch what nobody fetched."""
    waiting = Attachment.objects.filter(
        status=Attachment.Status.PENDING, next_attempt_at__lte=now()
    ).values_list("pk", flat=True)[:BATCH]
    for pk in waiting:
        wake.worker("messaging.tasks.fetch_media", pk, queue="default")
    return len(waiting)
