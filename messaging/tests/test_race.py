"""STOP against a queued text, from two processes, on two rooftops of one group (promise I2)."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
import redis
import time_machine
from django.conf import settings as django_settings
from django.db import connection, transaction

from accounts.models import Dealership, User
from conftest import SOUTH_NUMBER, make_contact
from consent import ledger
from consent.decision import Purpose
from consent.kinds import Kind
from messaging import conversations, dispatch, inbound, outbound
from messaging.models import Message
from messaging.tests.test_faults import ROOT, child_env

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
#: Who halts first, and at which boundary of the lock (race_child).
MODES = [
    (first, boundary)
    for boundary in ("before_lock", "locked", "decided")
    for first in ("sender", "stopper")
]
pytestmark = pytest.mark.django_db(transaction=True)


def race(
    north: Dealership, south: Dealership, sal: User, *, tries: int, unlocked: bool
) -> tuple[Counter[str], int]:
    """Run the race; return the outcomes, and how many claims came after the stop committed."""
    bus = redis.Redis.from_url(django_settings.REDIS_URL, socket_timeout=90)
    bus.flushdb()
    roles = ("sender", "stopper")
    env = {**child_env("http://127.0.0.1:9"), "DJANGO_SETTINGS_MODULE": "dealertext.settings"}
    extra = ["unlocked"] if unlocked else []
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "messaging.tests.race_child", role, *extra], cwd=ROOT, env=env
        )
        for role in roles
    ]
    outcomes: Counter[str] = Counter()
    late = 0
    try:
        for _ in roles:
            assert bus.blpop(["race:ready"], timeout=30)
        for n in range(tries):
            task = _one_try(north, south, sal, n)
            for role in roles:
                bus.rpush(f"race:{role}", json.dumps(task))
            results = {role: _result(bus, role) for role in roles}
            status = Message.objects.values_list("status", flat=True).get(pk=task["message"])
            outcomes[status] += 1
            claimed, stopped_at = results["sender"]["claimed"], results["stopper"]["at"]
            assert claimed == (status == Message.Status.SENDING)
            claim_locked_last, is_stopped = _last_lock(task["message"])
            assert is_stopped, "the stop is lost"
            if claimed and (results["sender"]["at"] > stopped_at or claim_locked_last):
                late += 1
    finally:
        for role in roles:
            bus.rpush(f"race:{role}", json.dumps({"over": True}))
        for child in children:
            child.wait(30)
    return outcomes, late


def _result(bus: Any, role: str) -> dict[str, Any]:
    found = bus.blpop([f"race:result:{role}"], timeout=30)
    assert found, f"the {role} did not answer"
    answer: dict[str, Any] = json.loads(found[1])
    return answer


def _last_lock(message_pk: int) -> tuple[bool, bool]:
    """Whether the claim took the lock last, by transaction ids, not by a clock; and the stop.

    Each lock writes a version of the suppression's row: the newest is the claim's own if, and only
    if, whoever else locked it did so before.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT suppression.xmin = message.xmin, suppression.is_active
            FROM messaging_message message
            JOIN messaging_conversation conversation ON conversation.id = message.conversation_id
            JOIN consent_phonenumber phone ON phone.id = conversation.phone_id
            JOIN consent_suppression suppression ON suppression.subject = phone.subject
            WHERE message.id = %s
            """,
            [message_pk],
        )
        ((is_claims_own, is_active),) = cursor.fetchall()
    return bool(is_claims_own), bool(is_active)


def _one_try(north: Dealership, south: Dealership, sal: User, n: int) -> dict[str, Any]:
    number = f"+1717555{2000 + n}"
    phones = [make_contact(dealership, number=number) for dealership in (north, south)]
    for phone in phones:
        ledger.append(
            Kind.OPT_IN_CONFIRMED,
            dealership=phone.dealership,
            phone=phone,
            acting_user=None,
            terms={"level": "informational"},
        )
    message = outbound.compose(
        conversations.conversation_for(phones[0]),
        body="Your car is ready",
        purpose=Purpose.INFORMATIONAL,
        acting_user=sal,
    )
    return {
        "id": n,
        "first": MODES[n % len(MODES)][0],
        "boundary": MODES[n % len(MODES)][1],
        "message": message.pk,
        "sid": f"SM{uuid.uuid4().hex}",
        "to": SOUTH_NUMBER,
        "from": number,
    }


@pytest.mark.parametrize(
    "tries", [50, pytest.param(1000, marks=pytest.mark.attack)], ids=["short", "long"]
)
def test_no_text_is_claimed_after_a_stop_committed(
    north: Dealership, south: Dealership, sal: User, settings: Any, tries: int
) -> None:
    settings.UNDO_SECONDS = 0
    with time_machine.travel(NOON, tick=True):
        outcomes, late = race(north, south, sal, tries=tries, unlocked=False)
    assert late == 0
    assert outcomes["sending"] >= 0.3 * tries, outcomes
    assert outcomes["refused"] >= 0.3 * tries, outcomes
    assert sum(outcomes.values()) == tries


def test_the_race_is_lost_when_the_lock_is_taken_out(
    north: Dealership, south: Dealership, sal: User, settings: Any
) -> None:
    settings.UNDO_SECONDS = 0
    with time_machine.travel(NOON, tick=True):
        _, late = race(north, south, sal, tries=15, unlocked=True)
    assert late > 0


def test_the_transaction_ids_tell_who_locked_last(
    north: Dealership, south: Dealership, sal: User, settings: Any
) -> None:
    settings.UNDO_SECONDS = 0
    with time_machine.travel(NOON, tick=True):
        task = _one_try(north, south, sal, 0)
        with transaction.atomic():
            assert dispatch.claim_message(task["message"]) is not None
    assert _last_lock(task["message"]) == (True, False)
    inbound.receive(
        inbound.Arrival(sid=task["sid"], to=task["to"], from_number=task["from"], body="STOP"),
        params={"MessageSid": task["sid"]},
    )
    assert _last_lock(task["message"]) == (False, True)
