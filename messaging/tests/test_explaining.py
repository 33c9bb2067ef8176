"""The record behind one text: only what the ledger had when the gate was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from conftest import post_inbound
from consent import checkpoints, ledger
from consent.decision import Purpose
from consent.models import PhoneNumber
from messaging import explaining, outbound
from messaging.models import Message
from messaging.tests.conftest import Carrier, send_due


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    """Ask on a Tuesday at noon: at night a question waits for the hours."""
    with time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC), tick=True):
        yield


def a_text(phone: PhoneNumber, person: User, body: str = "Your car is ready") -> Message:
    conversation = Message.objects.latest("pk").conversation
    return outbound.compose(
        conversation, body=body, purpose=Purpose.INFORMATIONAL, acting_user=person
    )


@pytest.fixture
def sent(cora: PhoneNumber, sal: User, carrier: Carrier) -> Message:
    """A text that went out on a YES, and a stop that came after it."""
    outbound.ask_permission(cora, acting_user=sal)
    send_due()
    post_inbound(body="Yes please")
    send_due()
    message = a_text(cora, sal)
    send_due()
    post_inbound(body="STOP")
    checkpoints.publish(cora.dealership)
    return message


@pytest.mark.django_db
def test_it_tells_what_was_known_then_and_nothing_later(sent: Message, sal: User) -> None:
    record = explaining.explain(explaining.explainable(sal).get(pk=sent.pk))
    assert record.allowed
    kinds = [ground.kind.value for ground in record.grounds]
    assert "REVOKED" not in kinds
    assert kinds[:3] == ["OPT_IN_CONFIRMED", "OPT_IN_REQUESTED", "LEAD_RECEIVED"]
    yes = record.grounds[0]
    assert yes.said == "Yes please"
    assert "may I communicate with you via text?" in yes.shown
    assert record.state.status.value == "confirmed"
    assert record.grounds[1].disclosure is not None
    assert all(ground.proof and ground.proof.holds for ground in record.grounds)
    assert {rule.id for rule in record.rules} >= {"RULE-US-03"}
    assert next(step.who for step in record.steps) == "Emily Moore"
    assert [step.at for step in record.steps] == sorted(step.at for step in record.steps)


@pytest.mark.django_db
def test_a_refusal_is_explained_too(
    sent: Message, sal: User, signed_in: Callable[[User], Client]
) -> None:
    refused = a_text(sent.conversation.phone, sal, "Are you there?")
    assert refused.status == Message.Status.REFUSED
    page = signed_in(sal).get(f"/messages/{refused.public_id}/explain/").content.decode()
    for said in ("Why was this refused?", "told us to stop", "RULE-US-11", "Told us to stop"):
        assert said in page, said


@pytest.mark.django_db
def test_the_page_and_the_api_say_the_same(
    sent: Message,
    sal: User,
    signed_in: Callable[[User], Client],
    api: Callable[[User], APIClient],
) -> None:
    told: dict[str, Any] = api(sal).get(f"/api/v1/messages/{sent.public_id}/explain/").json()
    assert told["allowed"] is True
    assert told["entries"][0]["said"] == "Yes please"
    assert told["entries"][0]["proof"]["index"] == told["entries"][0]["index"]
    assert told["decision"]["ledger_size"] > told["entries"][0]["index"]
    page = signed_in(sal).get(f"/messages/{sent.public_id}/explain/").content.decode()
    assert "Why was this allowed?" in page
    for rule in told["rules"]:
        assert rule["citation"].split(";")[0] in page
    bubble = signed_in(sal).get(f"/inbox/{sent.conversation.public_id}/").content.decode()
    assert f"/messages/{sent.public_id}/explain/" in bubble


@pytest.mark.django_db
def test_a_stranger_and_an_inbound_text_have_no_explanation(
    sent: Message, sal: User, stan: User, signed_in: Callable[[User], Client]
) -> None:
    inbound = Message.objects.filter(direction="inbound").latest("pk")
    assert signed_in(stan).get(f"/messages/{sent.public_id}/explain/").status_code == 404
    assert signed_in(sal).get(f"/messages/{inbound.public_id}/explain/").status_code == 404


@pytest.mark.django_db
def test_what_a_decision_saw_is_rebuilt_from_its_ledger_size(sent: Message) -> None:
    phone = sent.conversation.phone
    sent.refresh_from_db()
    assert sent.decision is not None
    then = ledger.state_at_size(phone, sent.decision.ledger_size)
    assert then.status.value == sent.decision.facts["status"]
    assert ledger.current_state(phone).status.value == "revoked"
