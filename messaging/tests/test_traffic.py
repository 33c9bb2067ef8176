"""What messaging tells the decision: offers in the last 24 hours, per dealership and number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.models import Dealership
from conftest import CORA_NUMBER, make_contact, post_inbound
from consent.decision import Purpose
from consent.models import PhoneNumber
from messaging import conversations
from messaging.models import Message
from messaging.traffic import traffic_for

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
DAY = timedelta(hours=24)
pytestmark = pytest.mark.django_db


def text(
    phone: PhoneNumber, ago: timedelta, *, purpose: str = "promotional", status: str = "delivered"
) -> None:
    conversation = conversations.conversation_for(phone)
    Message.objects.create(
        dealership=phone.dealership,
        conversation=conversation,
        direction=Message.Direction.OUTBOUND,
        purpose=purpose,
        status=status,
        body="x",
        created_at=NOON - ago,
        claimed_at=NOON - ago,
    )


def offers(phone: PhoneNumber) -> int:
    return traffic_for(conversations.conversation_for(phone), at=NOON).solicitations_24h


def test_offers_of_the_last_24_hours_count(cora: PhoneNumber) -> None:
    text(cora, DAY - timedelta(seconds=1))
    text(cora, timedelta(0))
    assert offers(cora) == 2
    text(cora, DAY)
    text(cora, timedelta(hours=1), purpose=Purpose.INFORMATIONAL)
    text(cora, timedelta(hours=1), status="refused")
    assert offers(cora) == 2


def test_an_offer_whose_fate_is_unknown_counts(cora: PhoneNumber) -> None:
    text(cora, timedelta(hours=1), status="unknown")
    assert offers(cora) == 1


def test_another_dealerships_offers_are_its_own(cora: PhoneNumber, other: Dealership) -> None:
    text(make_contact(other, number=CORA_NUMBER), timedelta(hours=1))
    assert offers(cora) == 0


@pytest.mark.parametrize(
    ("body", "is_message"),
    [
        ("Is it ready?", True),
        ("Liked \u201cYour car is ready\u201d", False),
        ("I'm driving and will see your message later.", False),
        ("Out of office until Monday", False),
    ],
)
def test_a_tapback_or_a_machine_opens_no_night(
    cora: PhoneNumber, body: str, is_message: bool
) -> None:
    """RULE-US-18: a direct reply answers a message of the customer."""
    with time_machine.travel(NOON, tick=False):
        post_inbound(body="Is the Camry there?")
        post_inbound(body="STOP")
        post_inbound(body="START")
    conversation = conversations.conversation_for(cora)
    with time_machine.travel(NOON + DAY, tick=False):
        post_inbound(body=body)
    traffic = traffic_for(conversation, at=NOON + DAY + timedelta(minutes=1))
    assert traffic.last_inbound_at == NOON + DAY
    assert (traffic.last_said_at == NOON + DAY) is is_message
