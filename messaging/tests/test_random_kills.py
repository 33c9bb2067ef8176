"""Workers killed with -9 at any moment: each text reaches the carrier at most once (promise I4)."""

from __future__ import annotations

import random
import threading
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from conftest import CORA_NUMBER
from messaging.models import Conversation, Message
from messaging.tests.conftest import Carrier
from messaging.tests.test_faults import (
    answer,
    ask_worker,
    broker_forgets,
    celery_worker,
    kill_nine,
    opened,
    until,
)

__all__ = ["opened"]
pytestmark = pytest.mark.django_db(transaction=True)
S = Message.Status
ENDED = {S.SENT, S.DELIVERED, S.UNKNOWN}
#: How long after a text began to move the worker lives; a carrier's answer takes 0.2 s.
LONGEST_SECONDS = 0.5


@pytest.mark.parametrize(
    ("kills", "texts"),
    [(2, 12), pytest.param(25, 200, marks=pytest.mark.attack)],
    ids=["short", "long"],
)
def test_workers_killed_at_any_moment_send_each_text_at_most_once(
    carrier: Carrier,
    opened: Conversation,
    sal: User,
    tmp_path: Path,
    kills: int,
    texts: int,
) -> None:
    messages = [answer(opened, sal, f"answer number {n}") for n in range(texts)]
    rows = Message.objects.filter(pk__in=[message.pk for message in messages])
    carrier.post("faults/", {"delay_seconds": 0.2, "times": None})
    log, ahead, chance = tmp_path / "worker.log", 0, random.Random(kills)
    hit = 0
    for _ in range(kills):
        broker_forgets()
        still = rows.filter(status=S.QUEUED).count()
        if not still:
            break
        with celery_worker(carrier, tmp_path, ahead=ahead) as worker:
            for task in ("sweep_stale_claims", "sweep_due"):
                ask_worker(task, queue="urgent")
            until(
                lambda still=still: rows.filter(status=S.QUEUED).count() < still,  # type: ignore[misc]  # lambda
                told=log,
            )
            threading.Event().wait(chance.uniform(0, LONGEST_SECONDS))
            kill_nine(worker)
        hit += rows.filter(status=S.SENDING).exists()
        ahead += 60  # what the dead one claimed is stale for the next
    with celery_worker(carrier, tmp_path, ahead=ahead):
        for task in ("sweep_stale_claims", "sweep_due"):
            ask_worker(task, queue="urgent")
        until(lambda: not rows.exclude(status__in=ENDED).exists(), told=log, seconds=180)
        ask_worker("reconcile")
        until(lambda: _is_settled(carrier, rows), told=log, seconds=90)
    assert hit, "no kill met a text on its way"
    bodies = carrier.bodies(CORA_NUMBER)
    for row in rows:
        assert bodies.count(row.body) == (0 if row.status == S.UNKNOWN else 1), row.status
    assert rows.filter(status=S.UNKNOWN).count() <= 2 * kills  # two children, one text each


def _is_settled(carrier: Carrier, rows: Any) -> bool:
    """Whether every text that the carrier holds is known to us as sent."""
    held = set(carrier.bodies(CORA_NUMBER))
    unknown = rows.filter(status=S.UNKNOWN).values_list("body", flat=True)
    return not held & set(unknown)
