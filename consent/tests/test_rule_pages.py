"""What a dealership asks of itself, and the pages on which the rules are looked up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Dealership, User
from conftest import make_dealership
from consent import gate, packs, tightening
from consent.decision import Outcome, Purpose, Traffic
from consent.kinds import Kind
from consent.ledger import append
from consent.models import DealershipRules, PhoneNumber
from consent.tightening import Looser, tighten

NOTHING: dict[str, Any] = dict.fromkeys(tightening.FIELDS) | {"no_sundays": False}
#: A Monday, 9:30 in Pennsylvania.
MORNING = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
RULES_PAGE = "/consent/rules/"
PAGE_QUERIES = 7


def asked(**values: Any) -> dict[str, Any]:
    return NOTHING | values


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"opens_at": time(8, 59)}, "opens_at", "09:00"),
        ({"closes_at": time(20, 1)}, "closes_at", "20:00"),
        ({"opens_at": time(15), "closes_at": time(15)}, "closes_at", "No time is left"),
        ({"opens_at": time(20)}, "closes_at", "No time is left"),
        ({"closes_at": time(9)}, "closes_at", "No time is left"),
        ({"cap": 4}, "cap", "At most 3"),
        ({"reply_minutes": 61}, "reply_minutes", "At most 60"),
        ({"verify_days": 0}, "verify_days", "At least 1"),
        ({"verify_days": 3651}, "verify_days", "At most 3650"),
    ],
)
def test_a_looser_value_is_refused_by_name(
    north: Dealership, ada: User, values: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Looser) as refused:
        tighten(north, values=asked(**values), acting_user=ada)
    assert set(refused.value.errors) == {field}
    assert words in refused.value.errors[field]
    assert not DealershipRules.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"opens_at": time(9), "closes_at": time(20), "cap": 3, "reply_minutes": 60},
        {"opens_at": time(10), "closes_at": time(10, 1), "cap": 0, "reply_minutes": 0},
        {"verify_days": 1},
        {"verify_days": 3650},
    ],
)
def test_what_is_as_strict_or_stricter_is_stored(
    north: Dealership, ada: User, values: dict[str, Any]
) -> None:
    tighten(north, values=asked(**values), acting_user=ada)
    row = DealershipRules.objects.get()
    assert {key: getattr(row, key) for key in values} == values


def test_each_change_is_kept_with_who_made_it(north: Dealership, ada: User) -> None:
    assert tighten(north, values=asked(cap=1), acting_user=ada) == ["cap"]
    assert tighten(north, values=asked(cap=1), acting_user=ada) == []
    assert tighten(north, values=asked(no_sundays=True), acting_user=ada) == ["no_sundays", "cap"]
    found = DealershipRules.history.filter(dealership=north)
    assert [(row.cap, row.no_sundays, row.history_user) for row in found] == [
        (None, True, ada),
        (1, False, ada),
    ]


def yes(phone: PhoneNumber, level: str = "promotional") -> None:
    append(
        Kind.OPT_IN_CONFIRMED,
        dealership=phone.dealership,
        phone=phone,
        acting_user=None,
        received_at=MORNING,
        terms={"level": level},
    )


@pytest.mark.parametrize(
    ("values", "traffic", "outcome", "code"),
    [
        ({}, Traffic(), Outcome.ALLOW, "level_promotional"),
        ({"opens_at": time(10)}, Traffic(), Outcome.DEFER, "quiet_hours"),
        ({"cap": 1}, Traffic(solicitations_24h=1), Outcome.DENY, "cap_reached"),
    ],
)
def test_the_gate_goes_by_what_the_dealership_asks_of_itself(
    cora: PhoneNumber,
    ada: User,
    values: dict[str, Any],
    traffic: Traffic,
    outcome: Outcome,
    code: str,
) -> None:
    tighten(cora.dealership, values=asked(**values), acting_user=ada)
    yes(cora)
    decision = gate.ask(cora, purpose=Purpose.PROMOTIONAL, traffic=traffic, at=MORNING)
    assert decision.outcome == outcome
    assert decision.reasons[0]["code"] == code
    assert decision.facts["own_rules"]["cap"] == values.get("cap")


def test_a_number_that_was_silent_too_long_is_to_be_verified(cora: PhoneNumber, ada: User) -> None:
    yes(cora)
    later = datetime(2026, 12, 23, 16, tzinfo=UTC)
    ask: dict[str, Any] = {"purpose": Purpose.CONVERSATIONAL, "at": later}
    assert gate.ask(cora, **ask).outcome == Outcome.ALLOW
    tighten(cora.dealership, values=asked(verify_days=30), acting_user=ada)
    assert gate.ask(cora, **ask).reasons[0]["code"] == "not_verified"
    heard = Traffic(last_inbound_at=datetime(2026, 12, 1, tzinfo=UTC))
    assert gate.ask(cora, traffic=heard, **ask).outcome == Outcome.ALLOW


def test_minutes_of_a_direct_reply_can_be_fewer(cora: PhoneNumber, ada: User) -> None:
    yes(cora)
    night = datetime(2026, 11, 24, 4, tzinfo=UTC)
    heard = Traffic(last_said_at=datetime(2026, 11, 24, 3, 30, tzinfo=UTC))
    ask: dict[str, Any] = {"purpose": Purpose.CONVERSATIONAL, "traffic": heard, "at": night}
    assert gate.ask(cora, **ask).outcome == Outcome.ALLOW
    tighten(cora.dealership, values=asked(reply_minutes=29), acting_user=ada)
    assert gate.ask(cora, **ask).outcome == Outcome.DEFER


# --- the pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("dealerships", [1, 20])
def test_the_table_of_rules_shows_every_row_with_its_source_in_as_many_queries(
    north: Dealership,
    ada: User,
    signed_in: Callable[[User], Client],
    django_assert_num_queries: Any,
    dealerships: int,
) -> None:
    for n in range(1, dealerships):
        make_dealership(north.group, f"Number {n}", f"+1717555{n:04d}")
    client = signed_in(ada)
    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get(RULES_PAGE)
    text = page.content.decode()
    assert text.count("Rules of ") == dealerships
    for row in packs.PACKS[-1].rows:
        assert f'id="{row.id}"' in text
    assert "HB 3865" in text
    assert "Rule pack 2026.11.3" in text


def test_a_past_day_shows_the_rows_that_bound_then(
    north: Dealership, sal: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(sal)
    assert 'id="US-OR"' not in client.get(RULES_PAGE, {"on": "2025-12-31"}).content.decode()
    assert 'id="US-OR"' in client.get(RULES_PAGE, {"on": "2026-01-01"}).content.decode()
    assert client.get(RULES_PAGE, {"on": "soon"}).status_code == 200


@time_machine.travel(MORNING, tick=False)
def test_the_hours_of_a_number_are_told_for_every_zone_it_may_be_in(
    north: Dealership, sal: User, ada: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(sal)
    page = client.post(RULES_PAGE, {"number": "717-555-0142", "state": "Texas"})
    text = " ".join(page.content.decode().split())
    assert page.status_code == 200
    assert "Closed now" in text
    assert "America/New_York" in text
    assert "today 9:00 am - 8:00 pm; now 9:30 am" in text
    assert "now 8:30 am" in text
    assert "PA, TX" in text
    tighten(north, values=asked(closes_at=time(18)), acting_user=ada)
    text = client.post(RULES_PAGE, {"number": "717-555-0142"}).content.decode()
    assert "9:00 am - 6:00 pm" in text
    assert "own rules are included" in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"number": "12"}, "too short"),
        ({"number": "717-555-0142", "state": "Bavaria"}, "no such state"),
        ({"number": "717-555-0142", "postal_code": "94x05"}, "no such ZIP"),
        ({}, "required"),
    ],
)
def test_what_cannot_be_looked_up_says_why(
    north: Dealership,
    sal: User,
    signed_in: Callable[[User], Client],
    data: dict[str, str],
    words: str,
) -> None:
    page = signed_in(sal).post(RULES_PAGE, data)
    assert page.status_code == 422
    assert words in page.content.decode()


def test_an_admin_tightens_on_a_page_that_keeps_what_was_typed(
    north: Dealership, ada: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(ada)
    url = reverse("consent:own_rules", args=[north.public_id])
    refused = client.post(url, {"opens_at": "07:00", "cap": "2"})
    assert refused.status_code == 422
    assert "Not before 09:00" in refused.content.decode()
    assert 'value="07:00"' in refused.content.decode()
    saved = client.post(url, {"opens_at": "10:00", "cap": "2"}, follow=True).content.decode()
    assert 'value="10:00"' in saved
    assert "Ada Fitz" in saved
    assert DealershipRules.objects.get().cap == 2
    assert url in client.get(reverse("accounts:settings", args=[north.public_id])).content.decode()
    assert url in client.get(RULES_PAGE).content.decode()
