"""One side of the race of a stop against a claim: a process of its own, told by Redis what to do.

`python -m messaging.tests.race_child sender|stopper [unlocked]`. Both sides halt at their lock
boundaries, so that each order is met again and again; `unlocked` takes the lock out, to prove that
the test would notice.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import django

django.setup()

import redis
from django.db import connection, transaction
from consent import gate, ledger, suppressions
from consent.models import Suppression
from messaging import dispatch, inbound

ROLE = sys.argv[1]
BUS = redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=90)
# Without the lock the other side can come, so it is waited for; with it, it never does.
HALT_SECONDS = 1.0 if "unlocked" in sys.argv else 0.03
task: dict[str, Any] = {}


def signal(name: str) -> None:
    """Tell the other side that a boundary was reached."""
    BUS.rpush(f"race:{task['id']}:{name}", 1)


def halt_until(name: str, seconds: float = HALT_SECONDS) -> None:
    """Wait a moment for the other side; with the lock in place it often cannot come."""
    BUS.blpop([f"race:{task['id']}:{name}"], timeout=seconds)


def without_a_lock(*, group_id: int, subject: str) -> Suppression:
    """Read the row as `suppressions.lock` does, and lock nothing."""
    row, _ = Suppression.objects.get_or_create(group_id=group_id, subject=subject)
    return row


if "unlocked" in sys.argv:
    suppressions.lock = without_a_lock

ask, append = gate.ask, ledger.append


def ask_then_halt(*args: Any, **kwargs: Any) -> Any:
    """The sender's boundary: the gate has answered, the claim is not written yet."""
    decision = ask(*args, **kwargs)
    signal("asked")
    if task["mode"] == "sender_first":
        halt_until("stopped")
    return decision


def append_then_halt(*args: Any, **kwargs: Any) -> Any:
    """The stopper's boundary: the stop is written, not committed."""
    entry = append(*args, **kwargs)
    signal("appended")
    if task["mode"] == "stopper_first":
        halt_until("claimed")
    return entry


gate.ask = ask_then_halt
ledger.append = append_then_halt


def send() -> dict[str, Any]:
    """Claim one message; say whether it was claimed, and the last instant before the commit."""
    if task["mode"] == "stopper_first":
        halt_until("appended", 5)
    with transaction.atomic():
        claim = dispatch.claim_message(task["message"])
        before_commit = time.monotonic()
    signal("claimed")
    return {"claimed": claim is not None, "at": before_commit}


def stop() -> dict[str, Any]:
    """Receive a STOP at the other rooftop; say the first instant after its commit."""
    if task["mode"] == "sender_first":
        halt_until("asked", 5)
    arrival = inbound.Arrival(
        sid=task["sid"], to=task["to"], from_number=task["from"], body="stop texting me"
    )
    inbound.receive(arrival, params={"MessageSid": task["sid"]})
    after_commit = time.monotonic()
    signal("stopped")
    return {"at": after_commit}


connection.ensure_connection()
BUS.rpush("race:ready", ROLE)
while found := BUS.blpop([f"race:{ROLE}"], timeout=60):
    task = json.loads(found[1])
    if task.get("over"):
        break
    BUS.rpush(f"race:result:{ROLE}", json.dumps(send() if ROLE == "sender" else stop()))
