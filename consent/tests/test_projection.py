"""What entries add up to: relationships, lists, reassigned numbers, written consent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from consent.kinds import Kind, Status
from consent.levels import Level
from consent.projection import Entry, State, dnc_status, fold, relationship

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
TODAY = NOON.date()


def entry(kind: Kind, index: int = 0, at: datetime = NOON, **terms: str | bool | int) -> Entry:
    return Entry(index, kind, at, dict(terms))


def test_a_purchase_counts_from_its_day_for_eighteen_calendar_months() -> None:
    state = fold([entry(Kind.PURCHASED, basis="existing_customer", on="2025-08-31")])
    assert relationship(state) == ("purchase", date(2027, 2, 28))


def test_a_purchase_without_a_day_starts_no_clock() -> None:
    assert relationship(fold([entry(Kind.PURCHASED, basis="existing_customer")])) == ("", None)


def test_a_day_that_has_not_come_yet_counts_as_today() -> None:
    state = fold([entry(Kind.PURCHASED, basis="existing_customer", on="2030-01-01")])
    assert state.purchased_on == TODAY


def test_an_inquiry_counts_for_three_months_and_the_longer_relationship_wins() -> None:
    inquired = fold([entry(Kind.INQUIRED, basis="phone_up")])
    assert relationship(inquired) == ("inquiry", date(2027, 2, 24))
    both = fold([entry(Kind.PURCHASED, 1, basis="existing_customer", on="2025-06-01")], inquired)
    assert relationship(both) == ("inquiry", date(2027, 2, 24))
    later = fold([entry(Kind.PURCHASED, 1, basis="existing_customer", on="2025-09-01")], inquired)
    assert relationship(later) == ("purchase", date(2027, 3, 1))


def test_an_older_purchase_does_not_shorten_the_relationship() -> None:
    first = fold([entry(Kind.PURCHASED, basis="existing_customer", on="2026-05-01")])
    after = fold([entry(Kind.PURCHASED, 1, basis="existing_customer", on="2024-05-01")], first)
    assert after.purchased_on == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("terms", "counts"),
    [
        ({"basis": "web_form"}, True),
        ({"basis": "lead_provider"}, False),
        ({"basis": "lead_provider", "names_dealer": False}, False),
        ({"basis": "lead_provider", "names_dealer": True}, True),
    ],
)
def test_a_bought_lead_is_an_inquiry_only_where_it_names_this_dealer(
    terms: dict[str, Any], counts: bool
) -> None:
    state = fold([entry(Kind.LEAD_RECEIVED, **terms)])
    assert (state.inquired_on == TODAY) is counts


def test_a_stop_ends_the_relationship_and_the_implied_consent() -> None:
    known = [
        entry(Kind.PURCHASED, basis="existing_customer", on="2026-05-01"),
        entry(Kind.INQUIRED, 1, basis="phone_up", implied_until="2027-05-01T00:00:00+00:00"),
        entry(Kind.REVOKED, 2),
    ]
    state = fold(known)
    assert relationship(state) == ("", None)
    assert state.implied_until is None


def test_of_two_lists_the_newer_counts_and_of_the_same_day_the_one_that_forbids() -> None:
    listed = entry(Kind.DNC_LISTED, 1, list_date="2026-11-10")
    same = entry(Kind.DNC_CLEARED, 2, list_date="2026-11-10")
    older = entry(Kind.DNC_CLEARED, 2, list_date="2026-11-01")
    newer = entry(Kind.DNC_CLEARED, 2, list_date="2026-11-11")
    assert fold([listed, same]).dnc == fold([listed, older]).dnc == "listed"
    assert fold([same, listed]).dnc == "listed"
    assert fold([listed, newer]).dnc == "not_listed"


def test_the_registry_is_known_for_31_days_a_listing_until_it_is_cleared() -> None:
    cleared = fold([entry(Kind.DNC_CLEARED, list_date="2026-11-01")])
    assert dnc_status(cleared, on=date(2026, 12, 2)) == "not_listed"
    assert dnc_status(cleared, on=date(2026, 12, 3)) == "unknown"
    listed = fold([entry(Kind.DNC_LISTED, list_date="2026-11-01")])
    assert dnc_status(listed, on=date(2027, 12, 3)) == "listed"
    assert dnc_status(State(), on=TODAY) == "unknown"


def test_a_list_is_no_newer_than_the_day_it_came() -> None:
    state = fold([entry(Kind.DNC_CLEARED, list_date="2027-11-01")])
    assert state.dnc_list_on == TODAY


def test_a_list_that_comes_after_a_stop_is_kept_and_opens_nothing() -> None:
    state = fold([entry(Kind.REVOKED), entry(Kind.DNC_CLEARED, 1, list_date="2026-11-01")])
    assert state.status is Status.REVOKED
    assert state.dnc == "not_listed"


YES = entry(Kind.OPT_IN_CONFIRMED, level="promotional")


def test_a_reassigned_number_keeps_nothing_of_the_old_consent() -> None:
    state = fold([YES, entry(Kind.RND_CHECKED, 1, answer="yes", consent_on="2026-11-24")])
    assert (state.status, state.level) == (Status.WRONG_NUMBER, Level.NONE)
    assert not state.is_written
    assert (state.rnd, state.rnd_on) == ("yes", TODAY)


def test_a_reassignment_without_a_day_asked_about_counts() -> None:
    assert fold([YES, entry(Kind.RND_CHECKED, 1, answer="yes")]).status is Status.WRONG_NUMBER


def test_a_reassignment_before_the_handset_answered_is_about_somebody_else() -> None:
    state = fold([YES, entry(Kind.RND_CHECKED, 1, answer="yes", consent_on="2026-11-23")])
    assert state.status is Status.CONFIRMED


@pytest.mark.parametrize("answer", ["no", "no_data"])
def test_other_answers_are_kept_and_change_nothing(answer: str) -> None:
    state = fold([YES, entry(Kind.RND_CHECKED, 1, answer=answer, on="2026-11-20")])
    assert state.status is Status.CONFIRMED
    assert (state.rnd, state.rnd_on) == (answer, date(2026, 11, 20))


def test_a_stop_stays_a_stop_when_the_number_was_reassigned() -> None:
    state = fold([entry(Kind.REVOKED), entry(Kind.RND_CHECKED, 1, answer="yes")])
    assert state.status is Status.REVOKED


@pytest.mark.parametrize(
    ("terms", "written"),
    [
        ({"level": "promotional"}, True),
        ({"level": "promotional", "is_written": False}, False),
        ({"level": "informational"}, False),
    ],
)
def test_only_a_written_yes_to_offers_is_written(terms: dict[str, Any], written: bool) -> None:
    assert fold([entry(Kind.OPT_IN_CONFIRMED, **terms)]).is_written is written


@pytest.mark.parametrize(
    "kind",
    [
        Kind.OPT_IN_CONFIRMED,
        Kind.CUSTOMER_TEXTED_FIRST,
        Kind.CUSTOMER_TEXTED_AGAIN,
        Kind.DECLINED,
        Kind.RESTORED_BY_CUSTOMER,
    ],
)
def test_each_word_from_the_handset_is_a_sign_of_life(kind: Kind) -> None:
    later = NOON + timedelta(hours=1)
    state = fold([YES, entry(kind, 1, at=later, level="informational")])
    assert state.verified_at == later
