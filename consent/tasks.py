"""Consent's jobs: expire what lapsed, sign and mail checkpoints, check the ledger each night."""

from __future__ import annotations

from celery import shared_task

from accounts.clock import now
from consent import (
    checkpoint_mail,
    checkpoints,
    importing,
    leads,
    ledger,
    revocation,
    timestamps,
    waking,
)
from consent.opt_in import expire

BATCH = 500
#: Each may wait out the mail server's timeout.
MAILS = 10
STAMPS = 20


@shared_task
def expire_due() -> int:
    """Write the end of requests and exchanges that lapsed; returns how many ended."""
    return sum(expire(pk) for pk in ledger.lapsed_state_ids(now(), limit=BATCH))


@shared_task
def widen_stops() -> int:
    """Write narrowed stops into the whole group once they reach it; returns how many numbers."""
    return revocation.widen(limit=BATCH)


@shared_task
def publish_checkpoints() -> int:
    """Sign the head of each ledger that grew since its last checkpoint."""
    return checkpoints.publish_all()


@shared_task(time_limit=300)
def stamp_checkpoints() -> int:
    """Have the newest checkpoints stamped by an outside authority, if there is one."""
    return timestamps.stamp_newest(limit=STAMPS)


@shared_task(time_limit=300)
def mail_checkpoints() -> int:
    """Mail what no mail server took yet; returns how many were sent."""
    due = checkpoint_mail.due_ids(limit=MAILS)
    return sum(checkpoint_mail.deliver(pk) == "sent" for pk in due)


@shared_task(time_limit=60)
def sweep_imports() -> int:
    """Wake a worker for every list that waits or lost its worker."""
    waiting = importing.unfinished_ids(limit=BATCH)
    for pk in waiting:
        waking.worker("consent.tasks.run_import", pk, queue="bulk")
    return len(waiting)


# Ten hours: a million rows take their time; a dead worker is noticed by its silence.
@shared_task(time_limit=36_000)
def run_import(import_pk: int) -> str:
    """Work through one list."""
    return importing.run(import_pk)


@shared_task(time_limit=60)
def sweep_certificates() -> int:
    """Wake a worker for every certificate that is due to be asked about."""
    due = leads.unchecked_ids(limit=BATCH)
    for pk in due:
        waking.worker("consent.tasks.check_certificate", pk, queue="default")
    return len(due)


@shared_task(time_limit=60)
def check_certificate(lead_pk: int) -> str:
    """Ask a vendor about one lead's certificate."""
    return leads.check_certificate(lead_pk)
