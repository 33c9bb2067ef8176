"""One side of the race of a stop against a claim: a process of its own, told by Redis what to do.

`python -m messaging.tests.race_child sender|stopper [unlocked]`. A try names who is `first` and at
which boundary of the lock it halts: before_lock, locked (the row is held, nothing is read), decided
(the gate has answered, or the stop is written; nothing is committed). There it waits until the
other side stands before the same lock. `unlocked` takes the lock out, to prove that the test would
notice.
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
from accounts.prepared import Statement
from consent import gate, ledger, suppressions
from consent.models import Suppression
from messaging import arrivals, dispatch, inbound

ROLE = sys.argv[1]
BUS = redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=90)
UNLOCKED = "unlocked" in sys.argv
# Without the lock the other side can go on to its end, so it is waited for; with it, it never can.
HALT_SECONDS = 1.0 if UNLOCKED else 0.03
LONGEST_SECONDS = 10
task: dict[str, Any] = {}
passed: set[str] = set()
take_lock, ask, append = suppressions.lock, gate.ask, ledger.append
take_text = arrivals.meet


def signal(name: str) -> None:
    """Tell the other side that a boundary was reached."""
    BUS.rpush(f"race:{task['id']}:{name}", 1)


def wait_for(name: str, seconds: float = LONGEST_SECONDS) -> bool:
    """Wait until the other side has signalled; False when it did not."""
    return BUS.blpop([f"race:{task['id']}:{name}"], timeout=seconds) is not None


def boundary(name: str) -> None:
    """Halt here, once a try, if this side is first and this is its boundary."""
    if task["first"] != ROLE or task["boundary"] != name or name in passed:
        return
    passed.add(name)
    signal("reached")
    assert wait_for("knocked")
    if name != "before_lock":  # there both go on at the same instant
        wait_for("done", HALT_SECONDS)


def lock(*, group_id: int, subject: str) -> Suppression:
    """Take the lock, or only read the row, with a boundary on either side."""
    boundary("before_lock")
    if task["first"] != ROLE and "knocked" not in passed:
        passed.add("knocked")
        signal("knocked")
    if UNLOCKED:
        row, _ = Suppression.objects.get_or_create(group_id=group_id, subject=subject)
    else:
        row = take_lock(group_id=group_id, subject=subject)
    boundary("locked")
    return row


def meet(**kwargs: Any) -> arrivals.Met:
    """Meet a text: its statement takes the stopper's lock, with a boundary on either side."""
    boundary("before_lock")
    if task["first"] != ROLE and "knocked" not in passed:
        passed.add("knocked")
        signal("knocked")
    met = take_text(**kwargs)
    boundary("locked")
    return met


def without_lock(statement: Statement) -> Statement:
    """Return the statement that reads the number's row and does not lock it."""
    reading = Statement("read_number", "")
    prepared = statement.preparation.removeprefix("PREPARE lock_number AS ")
    assert "FOR UPDATE OF suppression" in prepared
    reading.preparation = f"PREPARE read_number AS {prepared}".replace(
        "FOR UPDATE OF suppression", ""
    )
    reading.call = statement.call.replace("lock_number", "read_number")
    return reading


def ask_then_halt(*args: Any, **kwargs: Any) -> Any:
    """The sender's last boundary: the gate has answered, the claim is not written yet."""
    decision = ask(*args, **kwargs)
    boundary("decided")
    return decision


def append_then_halt(*args: Any, **kwargs: Any) -> Any:
    """The stopper's last boundary: the stop is written, not committed."""
    entry = append(*args, **kwargs)
    boundary("decided")
    return entry


suppressions.lock = lock
arrivals.meet = meet
if UNLOCKED:
    arrivals.LOCK_NUMBER = without_lock(arrivals.LOCK_NUMBER)
gate.ask = ask_then_halt
ledger.append = append_then_halt


def send() -> dict[str, Any]:
    """Claim one message; say whether it was claimed, and the last instant before the commit."""
    with transaction.atomic():
        claim = dispatch.claim_message(task["message"])
        before_commit = time.monotonic()
    return {"claimed": claim is not None, "at": before_commit}


def stop() -> dict[str, Any]:
    """Receive a STOP at the other rooftop; say the first instant after its commit."""
    arrival = inbound.Arrival(
        sid=task["sid"], to=task["to"], from_number=task["from"], body="stop texting me"
    )
    inbound.receive(arrival, params={"MessageSid": task["sid"]})
    return {"at": time.monotonic()}


def take_part() -> dict[str, Any]:
    """Do this side's deed; the second side begins when the first has reached its boundary."""
    passed.clear()
    if task["first"] != ROLE:
        assert wait_for("reached")
    answer = send() if ROLE == "sender" else stop()
    signal("done")
    return answer


connection.ensure_connection()
BUS.rpush("race:ready", ROLE)
while found := BUS.blpop([f"race:{ROLE}"], timeout=60):
    task = json.loads(found[1])
    if task.get("over"):
        break
    BUS.rpush(f"race:result:{ROLE}", json.dumps(take_part()))
