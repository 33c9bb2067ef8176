"""Any moment can be asked again (promise I8): each decision is what the portal says later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from accounts.dealerships import set_opt_out_scope
from accounts.models import DealerGroup, Dealership, User
from conftest import CORA_NUMBER, NORTH_NUMBER, SOUTH_NUMBER, make_contact, post_inbound
from consent import gate, revocation, tightening
from consent.decision import Purpose, Traffic
from consent.models import Decision, PhoneNumber
from messaging import conversations, outbound
from messaging.tests.conftest import Carrier, send_due

MORNING = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
LATER = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
ON_THE_DAY = datetime(2027, 1, 31, 0, 0, 1, tzinfo=UTC)
#: What a text's own words said: without the text nobody can say it again.
OF_THE_WORDS = {"words_are_an_offer"}
OWN = dict.fromkeys(tightening.FIELDS) | {"no_sundays": False}


def of_purpose(decision: Decision) -> dict[str, Any]:
    """Return what a purpose that only its own text knows was asked with."""
    if decision.purpose == Purpose.CONVERSATIONAL:
        return {}
    texted = decision.facts["last_inbound_at"]
    return {
        "traffic": Traffic(
            last_inbound_at=datetime.fromisoformat(texted) if texted else None,
            solicitations_24h=decision.facts["solicitations_24h"],
        )
    }


def check_every_decision(*, at_least: int) -> set[str]:
    """Ask again at the instant of each decision of the staff; return the outcomes met."""
    met = set()
    asked = Decision.objects.filter(purpose__in=["conversational", "informational", "promotional"])
    assert asked.count() >= at_least
    for decision in asked.order_by("pk"):
        phone = PhoneNumber.objects.get(
            dealership_id=decision.dealership_id, subject=decision.subject
        )
        past = gate.stood_at(
            phone,
            decision.decided_at,
            purpose=Purpose(decision.purpose),
            **of_purpose(decision),
        )
        verdict = past.standing.verdict
        said = (verdict.status, verdict.level, verdict.outcome, verdict.rule_pack)
        facts = decision.facts
        stored = (facts["status"], facts["level"], decision.outcome, decision.rule_pack)
        assert said == stored, decision.reasons
        told = [r["code"] for r in decision.reasons if r["code"] not in OF_THE_WORDS]
        assert [reason.code for reason in verdict.reasons] == told
        met.add(decision.outcome)
    return met


def ask(phone: PhoneNumber, **traffic: Any) -> Decision:
    return gate.ask(phone, purpose=Purpose.CONVERSATIONAL, traffic=Traffic(**traffic))


@pytest.mark.django_db(transaction=True)
def test_every_decision_of_real_texts_is_what_the_portal_says_later(
    carrier: Carrier, sal: User, ada: User, north: Dealership
) -> None:
    def text(body: str, purpose: Purpose = Purpose.CONVERSATIONAL) -> None:
        outbound.compose(conversation, body=body, purpose=purpose, acting_user=sal)
        send_due()

    with time_machine.travel(MORNING, tick=True) as clock:
        cora = make_contact(north)
        conversation = conversations.conversation_for(cora)
        text("Hello")
        outbound.ask_permission(cora, acting_user=sal)
        send_due()
        post_inbound(body="YES")
        send_due()
        text("Your Tacoma is here")
        text("Save 10% today", Purpose.PROMOTIONAL)
        clock.move_to(NIGHT)
        text("Good evening")
        post_inbound(body="Are you still open?")
        text("Yes, until nine")
        clock.move_to(NIGHT + timedelta(hours=12))
        tightening.tighten(
            north, values={**OWN, "opens_at": time(13), "closes_at": time(14)}, acting_user=ada
        )
        text("Only after one now")
        cora.contact.refresh_from_db()
        cora.contact.region, cora.contact.postal_code = "CA", "94105"
        cora.contact.save()
        text("Are you in California?")
        clock.move_to(NIGHT + timedelta(hours=13))
        post_inbound(body="STOP")
        send_due()
        text("Sorry")
        clock.shift(timedelta(hours=1))
        post_inbound(body="START")
        tightening.tighten(north, values=OWN, acting_user=ada)
        text("Welcome back")
    with time_machine.travel(LATER, tick=False):
        assert check_every_decision(at_least=9) == {"allow", "deny", "defer"}


@pytest.mark.django_db
def test_a_narrowed_stop_is_told_as_it_was_on_each_day(
    group: DealerGroup, north: Dealership, south: Dealership, ada: User
) -> None:
    with time_machine.travel(MORNING, tick=True) as clock:
        here, there = (make_contact(place) for place in (north, south))
        set_opt_out_scope(group, scope="dealership", reason="two brands", acting_user=ada)
        for number in (NORTH_NUMBER, SOUTH_NUMBER):
            post_inbound(to=number, from_=CORA_NUMBER, body="Is it still there?")
        clock.shift(timedelta(hours=1))
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="STOP")
        for phone in (here, there):
            ask(phone)
        clock.move_to(ON_THE_DAY)
        for phone in (here, there):
            assert ask(phone).outcome == "deny"
        clock.shift(timedelta(minutes=5))
        assert revocation.widen(limit=10) == 1
        ask(there)
        post_inbound(to=SOUTH_NUMBER, from_=CORA_NUMBER, body="START")
        for phone in (here, there):
            ask(phone)
        set_opt_out_scope(group, scope="group", reason="one", acting_user=ada)
    with time_machine.travel(LATER, tick=False):
        assert "allow" in check_every_decision(at_least=7) | {
            decision.outcome for decision in Decision.objects.all()
        }


@pytest.mark.django_db
def test_the_answer_names_the_rules_the_hours_and_the_own_rules_of_then(
    cora: PhoneNumber, sal: User, ada: User, north: Dealership
) -> None:
    client = APIClient()
    client.force_authenticate(sal)
    path = f"/api/v1/contacts/{cora.contact.public_id}/consent/"
    with time_machine.travel(LATER, tick=False) as clock:
        post_inbound(body="Is it still there?")
        clock.shift(timedelta(minutes=1))
        before = datetime.now(UTC)
        clock.shift(timedelta(minutes=1))
        tightening.tighten(north, values={**OWN, "opens_at": time(13)}, acting_user=ada)
        clock.shift(timedelta(minutes=1))
        then = client.get(path, {"as_of": before.isoformat()}).json()
        today = client.get(path).json()
        future = client.get(path, {"as_of": "2999-01-01T00:00:00Z"}).json()
    assert set(then) == {
        "status", "level", "reasons", "next", "entries",
        "as_of", "outcome", "rule_pack", "rules", "hours",
    }  # fmt: skip
    assert (then["status"], then["level"]) == ("customer_initiated", "conversational")
    assert then["outcome"] == "allow"
    assert then["rule_pack"]
    assert {rule["id"] for rule in then["rules"]} >= {"RULE-US-03", "RULE-US-15"}
    assert all(rule["citation"] for rule in then["rules"])
    assert {row["id"] for row in then["hours"]["rows"]} == {"US", "US-PA"}
    assert all(row["citation"] for row in then["hours"]["rows"])
    assert [zone["opens"] for zone in then["hours"]["zones"]] == ["09:00:00"]
    assert [zone["opens"] for zone in today["hours"]["zones"]] == ["13:00:00"]
    assert (then["hours"]["open"], today["hours"]["open"]) == (True, False)
    assert future == today


@pytest.mark.django_db
def test_before_the_portal_knew_a_number_it_knew_nothing(cora: PhoneNumber, sal: User) -> None:
    client = APIClient()
    client.force_authenticate(sal)
    path = f"/api/v1/contacts/{cora.contact.public_id}/consent/"
    then = client.get(path, {"as_of": "2001-01-01T15:00:00Z"}).json()
    assert (then["status"], then["level"], then["outcome"]) == ("unknown", "none", "deny")
    assert then["entries"] == []
    assert then["reasons"][0]["code"] == "no_permission"
    assert then["next"]["action"] == "record_basis"


@pytest.mark.django_db
def test_the_page_shows_why_and_takes_no_moment_to_come(
    cora: PhoneNumber, sal: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(sal)
    path = f"/consent/{cora.contact.public_id}/"
    page = client.get(f"{path}?as_of=2001-01-01T12:00").content.decode()
    for said in ("1 Jan 2001", "was not permitted", "has asked Cora", "RULE-CT-01", "Rule pack"):
        assert said in page, said
    assert "Dec 2998" not in client.get(f"{path}?as_of=2998-12-31T12:00").content.decode()
    for bad in ("junk", "0001-01-01T00:00:00%2B14:00", "0001-01-01T00:00"):
        answer = client.get(f"{path}?as_of={bad}")
        assert "This is not a day and time." in answer.content.decode(), bad


@pytest.mark.django_db
def test_looking_back_costs_the_same_for_one_and_for_twenty_decisions(
    cora: PhoneNumber, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        ask(cora)
    with django_assert_max_num_queries(9):
        gate.stood_at(
            cora, datetime.now(UTC) - timedelta(seconds=1), purpose=Purpose.CONVERSATIONAL
        )


@pytest.mark.django_db
def test_a_start_is_judged_by_the_scope_of_its_own_instant(
    group: DealerGroup, north: Dealership, south: Dealership, ada: User
) -> None:
    """The sister's stop stands when the group widens its scope after the START."""
    with time_machine.travel(MORNING - timedelta(days=5), tick=False):
        set_opt_out_scope(group, scope="dealership", reason="two brands", acting_user=ada)
        here, there = (make_contact(place) for place in (north, south))
    with time_machine.travel(MORNING, tick=False) as clock:
        for number in (SOUTH_NUMBER, NORTH_NUMBER):
            post_inbound(to=number, body="STOP")
        clock.shift(timedelta(hours=1))
        post_inbound(to=NORTH_NUMBER, body="START")
        clock.shift(timedelta(hours=1))
        group.refresh_from_db()
        set_opt_out_scope(group, scope="group", reason="one stop for all", acting_user=ada)
        clock.shift(timedelta(hours=1))
        ask_live = [
            gate.may_text(PhoneNumber.objects.get(pk=phone.pk), purpose=Purpose.CONVERSATIONAL)
            for phone in (here, there)
        ]
        moment = MORNING + timedelta(hours=3)
        clock.shift(timedelta(days=3))
        for phone, live in zip((here, there), ask_live, strict=True):
            then = gate.stood_at(
                PhoneNumber.objects.get(pk=phone.pk), moment, purpose=Purpose.CONVERSATIONAL
            )
            assert live.outcome == "deny"
            assert then.standing.verdict.outcome == live.outcome
            assert then.standing.verdict.reasons == live.reasons
