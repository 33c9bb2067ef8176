"""Whatever happens at two dealerships, the ledgers rebuild every state, and stops hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Dealership, User
from conftest import CORA_NUMBER, make_contact
from consent import checking, contacts, gate, ledger, opt_in, revocation, suppressions
from consent.decision import STAFF_PURPOSES, Outcome, Purpose, Traffic
from consent.kinds import Basis, Kind, Status
from consent.levels import Level
from consent.models import ConsentState, Decision, Disclosure, PhoneNumber
from consent.projection import effective

START = datetime(2026, 11, 23, 15, tzinfo=UTC)
DEEDS = ("basis", "list", "ask", "yes", "no", "hear", "stop", "start", "doubt", "lift", "jump")
STEP = st.tuples(st.sampled_from(DEEDS), st.booleans(), st.integers(0, 9))
few = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
many = settings(few, max_examples=400)


class World:
    """One customer at two dealerships, and what may happen to them there."""

    def __init__(self, north: Dealership, south: Dealership, sal: User) -> None:
        self.sal, self.now = sal, START
        self.phones = [make_contact(place, number=CORA_NUMBER) for place in (north, south)]
        self.questions: dict[int, Any] = {}
        self.stopped = False
        self.wording = Disclosure.objects.create(
            purpose=Disclosure.Purpose.PERMISSION_REQUEST, language="en", version=999,
            level="informational", body="?", sha256="0" * 64,
        )  # fmt: skip

    def do(self, deed: str, there: bool, which: int) -> None:
        phone = self.phones[there]
        heard: dict[str, Any] = {"words": "x", "received_at": self.now, "evidence": {"sid": "SM"}}
        question = self.questions.get(phone.pk)
        match deed:
            case "basis":
                basis = list(Basis)[which]
                contacts.record_basis(phone, basis=basis, evidence={}, acting_user=self.sal)
            case "list":
                kind = (Kind.DNC_LISTED, Kind.DNC_CLEARED, Kind.RND_CHECKED)[which % 3]
                terms: dict[str, Any] = {
                    "list_date": "2026-11-20",
                    "answer": ("yes", "no")[which % 2],
                }
                ledger.append(
                    kind, dealership=phone.dealership, phone=phone, acting_user=None, terms=terms
                )
            case "ask":
                self.questions[phone.pk] = opt_in.request(
                    phone, level=Level.INFORMATIONAL, disclosure=self.wording, text="?",
                    acting_user=self.sal,
                )  # fmt: skip
            case "yes" if question and not self.stopped:
                opt_in.confirm(phone, question=question, **heard)
            case "no" if question and not self.stopped:
                opt_in.decline(phone, question=question, **heard)
            case "hear":
                opt_in.customer_texted(phone, **heard)
            case "stop":
                kind = (Kind.REVOKED, Kind.WRONG_NUMBER, Kind.CARRIER_BLOCKED)[which % 3]
                revocation.revoke(phone, how="text", words="x", acting_user=None, kind=kind)
                self.stopped = True
            case "start" if self.stopped:
                row = suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)
                revocation.restore(phone, suppression=row, **heard)
                self.stopped = False
            case "doubt":
                revocation.pause(phone, **heard)
            case "lift" if ledger.current_state(phone).status is Status.PAUSED:
                revocation.resolve_pause(
                    phone, opted_out=which > 7, reason="read it", acting_user=self.sal
                )
                self.stopped = self.stopped or which > 7
            case "jump":
                self.now += timedelta(hours=(1, 5, 26, 24 * 8, 24 * 100)[which % 5])
            case _:
                pass

    def check(self) -> None:
        for phone in self.phones:
            assert ledger.current_state(phone) == ledger.project(phone)
            for purpose in sorted(STAFF_PURPOSES):
                verdict = gate.may_text(phone, purpose=purpose, at=self.now)
                assert not (self.stopped and verdict.outcome is Outcome.ALLOW)
        assert checking.fsck().damages == ()


def the_gate_would_say_it_again(here: World, decision: Decision) -> None:
    """A stored decision is what the gate says of its instant later on (promise I8)."""
    (phone,) = (each for each in here.phones if each.dealership_id == decision.dealership_id)
    past = gate.stood_at(phone, decision.decided_at, purpose=Purpose.CONVERSATIONAL)
    verdict = past.standing.verdict
    assert {
        "status": verdict.status.value,
        "level": verdict.level.value,
        "outcome": verdict.outcome.value,
        "reasons": [reason.code for reason in verdict.reasons],
        "rules": list(verdict.rules),
        "rule_pack": verdict.rule_pack,
    } == {
        "status": decision.facts["status"],
        "level": decision.facts["level"],
        "outcome": decision.outcome,
        "reasons": [reason["code"] for reason in decision.reasons],
        "rules": decision.rules,
        "rule_pack": decision.rule_pack,
    }


def holds(world: Callable[[], World], steps: list[tuple[str, bool, int]]) -> None:
    with transaction.atomic(), time_machine.travel(START, tick=False) as clock:
        here = world()
        seen: list[tuple[datetime, Any]] = []
        for step in steps:
            here.do(*step)
            here.now += timedelta(seconds=1)
            clock.move_to(here.now)
            seen.append((here.now, ledger.current_state(here.phones[0])))
            for phone in here.phones:
                texted = ledger.current_state(phone).verified_at
                traffic = Traffic(last_inbound_at=texted, last_said_at=texted)
                gate.ask(phone, purpose=Purpose.CONVERSATIONAL, at=here.now, traffic=traffic)
            clock.shift(timedelta(seconds=1))
        here.check()
        for moment, state in seen[:: max(1, len(seen) // 4)]:
            assert ledger.state_as_of(here.phones[0], moment) == state
            assert effective(state, country="CA", at=moment).last_index == state.last_index
        for decision in Decision.objects.order_by("pk"):
            the_gate_would_say_it_again(here, decision)
        transaction.set_rollback(True)


@pytest.mark.django_db
@few
@given(steps=st.lists(STEP, max_size=18))
def test_the_ledgers_rebuild_whatever_happened(
    north: Dealership, south: Dealership, sal: User, steps: list[tuple[str, bool, int]]
) -> None:
    holds(lambda: World(north, south, sal), steps)


@pytest.mark.attack
@pytest.mark.django_db
@many
@given(steps=st.lists(STEP, max_size=60))
def test_the_ledgers_rebuild_whatever_happened_long(
    north: Dealership, south: Dealership, sal: User, steps: list[tuple[str, bool, int]]
) -> None:
    holds(lambda: World(north, south, sal), steps)


@pytest.mark.django_db
def test_the_check_notices_a_state_that_the_ledger_does_not_say(
    north: Dealership, south: Dealership, sal: User
) -> None:
    world = World(north, south, sal)
    ConsentState.objects.filter(phone__in=PhoneNumber.objects.all()).update(level="promotional")
    with pytest.raises(AssertionError):
        world.check()
