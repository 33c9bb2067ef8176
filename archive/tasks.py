"""The archive's jobs: seal, mail, export; whoever wakes them names the bulk queue.

The row is what counts, not the broker: each job may run twice or be killed at any line, and the
sweeps find what nobody woke.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task

from accounts.clock import now
from archive import checking, crm, erasing, exports, sealing
from messaging import wake

logger = logging.getLogger(__name__)
BATCH = 200
#: A seal that has to wait looks again itself a few times; then the sweep does.
LOOKS = 6
LOOK_AGAIN_SECONDS = 5


@shared_task(time_limit=60)
def sweep_unsealed() -> int:
    """Wake a worker for every closed conversation that has no transcript yet."""
    waiting = sealing.unsealed_conversation_ids(limit=BATCH)
    for pk in waiting:
        wake.worker("archive.tasks.seal_conversation", pk, LOOKS, queue="bulk")
    return len(waiting)


@shared_task(time_limit=120)
def seal_conversation(conversation_pk: int, looks: int = 0) -> str:
    """Seal one closed conversation once none of its texts is on the way."""
    outcome = sealing.seal(conversation_pk)
    if outcome is sealing.Outcome.WAITING and looks < LOOKS:
        later = now() + timedelta(seconds=LOOK_AGAIN_SECONDS)
        name = "archive.tasks.seal_conversation"
        wake.worker(name, conversation_pk, looks + 1, queue="bulk", not_before=later)
    return outcome.value


@shared_task(time_limit=60)
def sweep_undelivered() -> int:
    """Wake a worker for every transcript whose mail is due."""
    due = crm.due_ids(limit=BATCH)
    for pk in due:
        wake.worker("archive.tasks.deliver", pk, queue="bulk")
    return len(due)


@shared_task(time_limit=120)
def deliver(delivery_pk: int) -> str:
    """Mail one transcript to one CRM address."""
    return crm.deliver(delivery_pk)


@shared_task(time_limit=60)
def sweep_exports() -> int:
    """Wake a worker for every export that waits or lost its worker."""
    waiting = exports.unfinished_ids(limit=BATCH)
    for pk in waiting:
        wake.worker("archive.tasks.build_export", pk, queue="bulk")
    return len(waiting)


# Ten hours: a million texts take minutes, pictures longer; a dead worker is noticed by its silence.
@shared_task(time_limit=36_000)
def build_export(export_pk: int) -> str:
    """Build one export."""
    return exports.build(export_pk)


@shared_task(time_limit=300)
def sweep_erased_files() -> int:
    """Delete the files of erased customers that are still there."""
    return erasing.sweep_files()


# Ten hours: a nightly walk over every entry must not end at the limit of a short task.
@shared_task(time_limit=36_000)
def check_ledger() -> int:
    """Run fsck; what it finds is logged as an error, by entry number alone."""
    report = checking.fsck()
    for damage in report.damages:
        logger.error("ledger=%s entry=%s %s", damage.dealership, damage.index, damage.problem)
    return len(report.damages)
