"""Consent's jobs: expire what lapsed, publish checkpoints, check the ledger every night."""

from __future__ import annotations

import logging

from celery import shared_task

from accounts.clock import now
from consent import checkpoints, ledger
from consent.opt_in import expire

logger = logging.getLogger(__name__)
BATCH = 500


@shared_task(queue="default")
def expire_due() -> int:
    """Write the end of requests and exchanges that lapsed; returns how many ended."""
    return sum(expire(pk) for pk in ledger.lapsed_state_ids(now(), limit=BATCH))


@shared_task(queue="bulk")
def publish_checkpoints() -> int:
    """Sign the head of each ledger that grew since its last checkpoint."""
    return checkpoints.publish_all()


@shared_task(queue="bulk")
def check_ledger() -> int:
    """Run fsck; what it finds is logged as an error, by entry number alone."""
    report = ledger.fsck()
    for damage in report.damages:
        logger.error("ledger=%s entry=%s %s", damage.dealership, damage.index, damage.problem)
    return len(report.damages)
