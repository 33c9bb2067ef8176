"""Purchases, leases, visits and inquiries open windows that are counted in calendar months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import Dealership, User
from conftest import make_contact
from consent import contacts, ledger, revocation
from consent.decision import Facts, Outcome, Purpose, decide
from consent.kinds import Basis, Kind
from consent.models import PhoneNumber
from consent.projection import State
from consent.windows import windows_of

SignedIn = Callable[[User], Client]
ZONE = "America/New_York"


@pytest.mark.parametrize(
    ("rule", "state", "country", "on", "left", "near"),
    [
        # 18 calendar months, to the day; the last day of a short month
        ("RULE-US-13", State(purchased_on=date(2025, 5, 25)), "US", date(2026, 11, 24), 1, True),
        ("RULE-US-13", State(purchased_on=date(2025, 5, 25)), "US", date(2026, 11, 25), 0, False),
        ("RULE-US-13", State(purchased_on=date(2025, 8, 31)), "US", date(2027, 2, 27), 1, True),
        ("RULE-US-13", State(purchased_on=date(2026, 5, 1)), "US", date(2027, 10, 1), 31, False),
        ("RULE-US-13", State(purchased_on=date(2026, 5, 1)), "US", date(2027, 10, 2), 30, True),
        # 3 months from an inquiry
        ("RULE-US-13", State(inquired_on=date(2026, 11, 30)), "US", date(2027, 2, 27), 1, True),
        ("RULE-US-13", State(inquired_on=date(2026, 11, 30)), "US", date(2027, 2, 28), 0, False),
        # Canada: what the entry says
        (
            "RULE-CA-01",
            State(implied_until=datetime(2027, 5, 1, 4, tzinfo=UTC)),
            "CA",
            date(2027, 4, 1),
            30,
            True,
        ),
        (
            "RULE-CA-01",
            State(implied_until=datetime(2027, 5, 1, 4, tzinfo=UTC)),
            "CA",
            date(2027, 5, 1),
            0,
            False,
        ),
    ],
)
def test_a_window_counts_calendar_months(
    rule: str, state: State, country: str, on: date, left: int, near: bool
) -> None:
    at = datetime.combine(on, time(12), tzinfo=UTC)
    (window,) = windows_of(state, country=country, at=at, zone=ZONE)
    assert (window.rule, window.days_left, window.is_near) == (rule, left, near)
    assert window.is_live is (left > 0)


def test_each_country_has_its_own_windows() -> None:
    state = State(purchased_on=date(2026, 1, 1), implied_until=datetime(2028, 1, 1, tzinfo=UTC))
    today = datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert [w.source for w in windows_of(state, country="US", at=today, zone=ZONE)] == ["purchase"]
    assert [w.source for w in windows_of(state, country="CA", at=today, zone=ZONE)] == ["implied"]
    assert windows_of(State(), country="US", at=today, zone=ZONE) == []


@pytest.mark.parametrize("minutes", [-1, 0, 1])
@pytest.mark.parametrize("zone", ["America/Vancouver", "America/St_Johns"])
def test_page_and_gate_agree_on_the_last_minute(zone: str, minutes: int) -> None:
    """RULE-CA-01, RULE-US-13: whatever day it is at the dealership."""
    end = datetime(2027, 5, 3, tzinfo=UTC)
    at = end + timedelta(minutes=minutes)
    more: dict[str, Any] = {"now": at, "purpose": Purpose.PERMISSION_REQUEST}
    implied = State(basis="existing_customer", basis_index=0, implied_until=end)
    bought = State(basis="import", basis_index=0, purchased_on=date(2025, 11, 3))
    for country, number, state in (
        ("CA", "+14165550142", implied),
        ("US", "+17175550142", bought),
    ):
        (window,) = windows_of(state, country=country, at=at, zone=zone)
        facts = Facts(number=number, country=country, state=state, is_suppressed=False, **more)
        assert window.is_live is (minutes < 0)
        assert (decide(facts).outcome is not Outcome.DENY) is window.is_live


@time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("deal", "day", "shown"),
    [
        ("purchase", "2025-06-20", "26 days left"),
        ("lease", "2026-11-01", "524 days left"),
        ("service", "2025-05-24", "Lapsed"),
    ],
)
def test_a_purchase_lease_or_visit_is_counted_down_on_the_page(
    signed_in: SignedIn, sal: User, cora: PhoneNumber, deal: str, day: str, shown: str
) -> None:
    client = signed_in(sal)
    url = f"/consent/{cora.contact.public_id}/"
    form = client.get(f"{url}basis/?basis=existing_customer").content.decode()
    assert "checked" in form.split('value="existing_customer"')[1].split(">")[0]
    told = {
        "basis": "existing_customer",
        "evidence_deal": deal,
        "evidence_purchased_on": day,
        "evidence_reference": "RO 4711",
    }
    assert client.post(f"{url}basis/", told).status_code == 302
    entry = ledger.entries_of(cora).reverse()[0]
    assert entry.kind == Kind.PURCHASED
    assert ledger.terms_of(entry)["deal"] == deal
    assert ledger.current_state(cora).purchased_on == date.fromisoformat(day)
    assert shown in client.get(url).content.decode()


@time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC), tick=False)
def test_a_day_that_has_not_come_is_refused_by_the_form(
    signed_in: SignedIn, sal: User, cora: PhoneNumber
) -> None:
    url = f"/consent/{cora.contact.public_id}/basis/"
    late = {"basis": "existing_customer", "evidence_purchased_on": "2026-11-25"}
    assert signed_in(sal).post(url, late).status_code == 422
    today = {"basis": "existing_customer", "evidence_purchased_on": "2026-11-24"}
    assert signed_in(sal).post(url, today).status_code == 302


@time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC), tick=False)
def test_a_visit_in_canada_restarts_two_years_and_a_stop_ends_them(
    signed_in: SignedIn, api: Callable[[User], APIClient], ada: User, south: Dealership
) -> None:
    phone = make_contact(south, number="+14165550142", basis=Basis.LEAD_PROVIDER)
    path = f"/api/v1/contacts/{phone.contact.public_id}/evidence/"
    for day in ("2025-01-10", "2026-03-15", "2024-12-01"):  # the longest counts
        told = {"deal": "service", "purchased_on": day}
        answer = api(ada).post(path, {"basis": "existing_customer", "evidence": told})
        assert answer.status_code == 201
    until = ledger.current_state(phone).implied_until
    assert until is not None
    assert until.date() == date(2028, 3, 15)
    url = f"/consent/{phone.contact.public_id}/"
    assert "Implied consent (Canada)" in signed_in(ada).get(url).content.decode()
    revocation.revoke(phone, how="in_person", words="stop", acting_user=ada)
    assert "a stop ended it" in signed_in(ada).get(url).content.decode()


@time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC), tick=False)
def test_an_inquiry_by_telephone_counts_from_the_call(north: Dealership) -> None:
    phone = make_contact(north, basis=Basis.IMPORT)
    assert ledger.current_state(phone).inquired_on is None
    contacts.record_basis(
        phone,
        basis=Basis.PHONE_UP,
        evidence={"called_at": "2026-10-02T10:00:00-04:00"},
        acting_user=None,
    )
    assert ledger.current_state(phone).inquired_on == date(2026, 10, 2)


def test_lists_are_shown_with_their_day(
    signed_in: SignedIn, sal: User, cora: PhoneNumber, north: Dealership
) -> None:
    url = f"/consent/{cora.contact.public_id}/"
    assert "Not known" in signed_in(sal).get(url).content.decode()
    ledger.append(
        Kind.DNC_LISTED,
        dealership=north,
        phone=cora,
        acting_user=None,
        terms={"list_date": "2026-11-20", "list": "national"},
    )
    page = signed_in(sal).get(url).content.decode()
    assert "Do Not Call registry" in page
    assert "Listed" in page
    assert "20 Nov 2026" in page
