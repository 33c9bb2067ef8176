"""Stops and doubts that come by text, and what lifts them: the customer's last word counts."""

from __future__ import annotations

import pytest

from conftest import CORA_NUMBER, NORTH_NUMBER, post_inbound
from consent import gate, ledger
from consent.decision import Purpose
from consent.kinds import Status
from consent.models import PhoneNumber
from messaging.models import Message

pytestmark = pytest.mark.django_db
DOUBT = "ok maybe no more of these"


def text(body: str, to: str = NORTH_NUMBER, **extra: str) -> None:
    assert post_inbound(to=to, from_=CORA_NUMBER, body=body, **extra).status_code == 200


def status(phone: PhoneNumber) -> Status:
    return ledger.current_state(phone).status


@pytest.mark.parametrize("before", ["STOP", DOUBT])
def test_a_yes_that_the_carrier_calls_start_lifts_neither_stop_nor_pause(
    cora: PhoneNumber, before: str
) -> None:
    """RULE-US-11: of the carrier's words only START and UNSTOP are the customer's way back."""
    text("Is the Camry there?")
    text(before)
    stood = status(cora)
    assert stood in {Status.REVOKED, Status.PAUSED}
    text("YES", OptOutType="START")
    assert status(cora) is stood
    text("Unstop", OptOutType="START")
    assert gate.may_text(cora, purpose=Purpose.CONVERSATIONAL).outcome != "deny"


@pytest.mark.parametrize(
    "words", ["why do you keep texting me", "who is this and why do you keep texting me"]
)
def test_a_doubt_that_is_a_question_too_is_answered_and_pauses(
    cora: PhoneNumber, words: str
) -> None:
    """RULE-US-06."""
    text("Is the Camry there?")
    text(words)
    assert Message.objects.filter(purpose=Purpose.HELP_REPLY).count() == 1
    assert status(cora) is Status.PAUSED
