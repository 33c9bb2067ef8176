"""Who is texting, and how to stop: what is appended to a text, and when (RULE-US-12)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from consent.decision import Purpose
from messaging.identification import Seller, build_identification

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
SELLER = Seller("Fitzgerald Auto Mall", "1 Main St", "Chambersburg", "PA", "+17175550199")
FULL = "Emily Moore, Fitzgerald Auto Mall, 717-555-0199. Reply STOP to opt out."
P = Purpose
WEEK_AGO, SECOND = NOON - timedelta(days=7), timedelta(seconds=1)


def appended(purpose: Purpose, **more: Any) -> str:
    values: dict[str, Any] = {
        "seller": SELLER,
        "person": "Emily Moore",
        "country": "US",
        "language": "en",
        "last_outbound_at": NOON - timedelta(days=1),
        "last_inbound_at": None,
        "at": NOON,
        **more,
    }
    return build_identification(purpose=purpose, **values)


@pytest.mark.parametrize(
    ("purpose", "more", "text"),
    [
        (P.INFORMATIONAL, {"last_outbound_at": None}, FULL),
        (P.CONVERSATIONAL, {"last_outbound_at": None}, FULL),
        (P.INFORMATIONAL, {}, ""),
        (P.INFORMATIONAL, {"last_outbound_at": NOON - timedelta(days=30)}, ""),
        (P.INFORMATIONAL, {"last_outbound_at": NOON - timedelta(days=30, seconds=1)}, FULL),
        (P.PROMOTIONAL, {}, FULL),
        (P.PROMOTIONAL, {"last_outbound_at": NOON - timedelta(days=31)}, FULL),
        # an answer to the customer's own text needs none, an offer does
        (P.CONVERSATIONAL, {"last_outbound_at": None, "last_inbound_at": NOON}, ""),
        (P.PROMOTIONAL, {"last_inbound_at": NOON}, FULL),
        (P.CONVERSATIONAL, {"last_inbound_at": WEEK_AGO, "last_outbound_at": None}, ""),
        (P.CONVERSATIONAL, {"last_inbound_at": WEEK_AGO - SECOND, "last_outbound_at": None}, FULL),
    ],
)  # fmt: skip
def test_who_is_texting_is_said_first_and_after_thirty_days(
    purpose: Purpose, more: dict[str, Any], text: str
) -> None:
    assert appended(purpose, **more) == text


@pytest.mark.parametrize(
    ("language", "stop"),
    [("en", "Reply STOP"), ("fr", "Répondez ARRET"), ("es", "Responda STOP"), ("de", "Reply STOP")],
)
def test_in_canada_every_commercial_text_carries_the_address_and_the_way_out(
    language: str, stop: str
) -> None:
    text = appended(P.INFORMATIONAL, country="CA", language=language)
    start = "Emily Moore, Fitzgerald Auto Mall, 1 Main St, Chambersburg PA, 717-555-0199. "
    assert text.startswith(start + stop)
