"""What entries add up to: relationships, lists, reassigned numbers, written consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from consent.kinds import Kind, Status
from consent.levels import Level
from consent.projection import (
    SAID_BY_NEW,
    Entry,
    State,
    dnc_status,
    effective,
    ends_soon,
    fold,
    relationship,
)

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


# --- each kind, with all that it leaves behind ---------------------------------------------------

BEGAN = NOON - timedelta(days=3)
WEEK = timedelta(days=7)
LEAD = entry(Kind.LEAD_RECEIVED, 0, at=BEGAN, basis="web_form")
KNOWN = State(
    basis="web_form", basis_index=0, changed_at=BEGAN, last_index=0, inquired_on=BEGAN.date()
)
ASK = entry(Kind.OPT_IN_REQUESTED, 1, level="informational")
ASKED = replace(
    KNOWN,
    status=Status.REQUESTED,
    expires_at=NOON + WEEK,
    requested_at=NOON,
    request_level="informational",
    asked_index=1,
    asked_basis_index=0,
    changed_at=NOON,
    last_index=1,
)
LATER = NOON + timedelta(hours=2)
CONFIRMED = replace(
    ASKED,
    status=Status.CONFIRMED,
    level=Level.INFORMATIONAL,
    expires_at=None,
    requested_at=None,
    possession_proven_at=LATER,
    verified_at=LATER,
    changed_at=LATER,
    confirmed_level="informational",
    last_index=2,
)
SAID_YES = [LEAD, ASK, entry(Kind.OPT_IN_CONFIRMED, 2, at=LATER, level="informational")]
TEXTED = replace(
    KNOWN,
    status=Status.CUSTOMER_INITIATED,
    level=Level.CONVERSATIONAL,
    expires_at=NOON + WEEK,
    possession_proven_at=NOON,
    verified_at=NOON,
    changed_at=NOON,
    basis_index=1,
    last_index=1,
)
FIRST = entry(Kind.CUSTOMER_TEXTED_FIRST, 1)
EVENING = NOON + timedelta(hours=9)


def then(kind: Kind, index: int, **terms: str | bool | int) -> Entry:
    return entry(kind, index, at=EVENING, **terms)


STOPPED: dict[str, Any] = {
    "status": Status.REVOKED,
    "level": Level.NONE,
    "expires_at": None,
    "inquired_on": None,
    "changed_at": EVENING,
    "stopped_at": EVENING,
}
CASES: list[tuple[str, list[Entry], State]] = [
    ("a lead", [LEAD], KNOWN),
    ("asked", [LEAD, ASK], ASKED),
    ("yes", SAID_YES, CONFIRMED),
    ("texted first", [LEAD, FIRST], TEXTED),
    (
        "asked while answered",
        [LEAD, FIRST, then(Kind.OPT_IN_REQUESTED, 2, level="promotional")],
        replace(
            TEXTED,
            requested_at=EVENING,
            request_level="promotional",
            asked_index=2,
            asked_basis_index=1,
            last_index=2,
        ),
    ),
    (
        "asked for offers after a yes",
        [*SAID_YES, then(Kind.OPT_IN_REQUESTED, 3, level="promotional")],
        replace(
            CONFIRMED,
            requested_at=EVENING,
            request_level="promotional",
            asked_index=3,
            last_index=3,
        ),
    ),
    (
        "the question could not be sent",
        [LEAD, ASK, then(Kind.OPT_IN_REQUEST_FAILED, 2, request_index=1)],
        replace(KNOWN, changed_at=EVENING, last_index=2),
    ),
    (
        "another question could not be sent",
        [LEAD, ASK, then(Kind.OPT_IN_REQUEST_FAILED, 2, request_index=0)],
        replace(ASKED, last_index=2),
    ),
    (
        "a question could not be sent while answered",
        [LEAD, FIRST, then(Kind.OPT_IN_REQUESTED, 2, level="informational"),
         then(Kind.OPT_IN_REQUEST_FAILED, 3, request_index=2)],
        replace(TEXTED, last_index=3),
    ),
    (
        "no",
        [LEAD, ASK, then(Kind.DECLINED, 2)],
        replace(ASKED, status=Status.DECLINED, expires_at=None, requested_at=None,
                changed_at=EVENING, verified_at=EVENING, last_index=2),
    ),
    (
        "no to offers",
        [*SAID_YES, then(Kind.OPT_IN_REQUESTED, 3, level="promotional"), then(Kind.DECLINED, 4)],
        replace(CONFIRMED, request_level="promotional", asked_index=3, verified_at=EVENING,
                last_index=4),
    ),
    (
        "no answer",
        [LEAD, ASK, then(Kind.EXPIRED, 2)],
        replace(ASKED, status=Status.EXPIRED, expires_at=None, requested_at=None,
                changed_at=EVENING, last_index=2),
    ),
    ("a lapse after a yes changes nothing", [*SAID_YES, then(Kind.EXPIRED, 3)],
     replace(CONFIRMED, last_index=3)),
    (
        "the exchange ended",
        [LEAD, FIRST, then(Kind.EXCHANGE_ENDED, 2)],
        replace(TEXTED, status=Status.EXPIRED, level=Level.NONE, expires_at=None,
                changed_at=EVENING, last_index=2),
    ),
    (
        "the exchange ended with the question open",
        [LEAD, FIRST, entry(Kind.OPT_IN_REQUESTED, 2, at=LATER, level="informational"),
         then(Kind.EXCHANGE_ENDED, 3)],
        replace(TEXTED, status=Status.REQUESTED, level=Level.NONE, requested_at=LATER,
                expires_at=LATER + WEEK, request_level="informational", asked_index=2,
                asked_basis_index=1, changed_at=EVENING, last_index=3),
    ),
    (
        "texted again",
        [LEAD, FIRST, then(Kind.CUSTOMER_TEXTED_AGAIN, 2)],
        replace(TEXTED, expires_at=EVENING + WEEK, changed_at=EVENING, verified_at=EVENING,
                basis_index=2, last_index=2),
    ),
    (
        "texted after a yes",
        [*SAID_YES, then(Kind.CUSTOMER_TEXTED_FIRST, 3)],
        replace(CONFIRMED, verified_at=EVENING, basis_index=3, last_index=3),
    ),
    (
        "yes while answered keeps when possession was proven",
        [LEAD, FIRST, then(Kind.OPT_IN_CONFIRMED, 2, level="informational")],
        replace(TEXTED, status=Status.CONFIRMED, level=Level.INFORMATIONAL, expires_at=None,
                confirmed_level="informational", verified_at=EVENING, changed_at=EVENING,
                last_index=2),
    ),
    (
        "a yes to less keeps what was agreed",
        [LEAD, entry(Kind.OPT_IN_CONFIRMED, 1, level="promotional"),
         then(Kind.OPT_IN_CONFIRMED, 2, level="informational")],
        replace(KNOWN, status=Status.CONFIRMED, level=Level.PROMOTIONAL, is_written=True,
                confirmed_level="promotional", possession_proven_at=NOON, verified_at=EVENING,
                changed_at=EVENING, last_index=2),
    ),
    ("stop", [*SAID_YES, then(Kind.REVOKED, 3)], replace(CONFIRMED, **STOPPED, last_index=3)),
    ("blocked", [*SAID_YES, then(Kind.CARRIER_BLOCKED, 3)],
     replace(CONFIRMED, **STOPPED, last_index=3)),
    (
        "wrong number",
        [*SAID_YES, then(Kind.WRONG_NUMBER, 3)],
        State(
            status=Status.WRONG_NUMBER,
            basis="web_form",
            changed_at=EVENING,
            stopped_at=EVENING,
            last_index=3,
        ),
    ),
    (
        "may have said stop",
        [*SAID_YES, then(Kind.POSSIBLE_OPT_OUT, 3)],
        replace(CONFIRMED, status=Status.PAUSED, level=Level.NONE, changed_at=EVENING,
                held={"status": "confirmed", "level": "informational", "expires_at": ""},
                last_index=3),
    ),
    (
        "did not say stop",
        [LEAD, FIRST, then(Kind.POSSIBLE_OPT_OUT, 2), then(Kind.PAUSE_LIFTED, 3)],
        replace(TEXTED, changed_at=EVENING, last_index=3),
    ),
    ("nothing was paused", [*SAID_YES, then(Kind.PAUSE_LIFTED, 3)],
     replace(CONFIRMED, last_index=3)),
    (
        "while paused nothing opens",
        [*SAID_YES, then(Kind.POSSIBLE_OPT_OUT, 3),
         then(Kind.OPT_IN_CONFIRMED, 4, level="promotional")],
        replace(CONFIRMED, status=Status.PAUSED, level=Level.NONE, changed_at=EVENING,
                held={"status": "confirmed", "level": "informational", "expires_at": ""},
                last_index=4),
    ),
    (
        "paused, then stopped",
        [*SAID_YES, then(Kind.POSSIBLE_OPT_OUT, 3), then(Kind.REVOKED, 4)],
        replace(CONFIRMED, **STOPPED, last_index=4),
    ),
    (
        "start after a stop",
        [*SAID_YES, then(Kind.REVOKED, 3), then(Kind.RESTORED_BY_CUSTOMER, 4)],
        replace(CONFIRMED, changed_at=EVENING, verified_at=EVENING, basis_index=4,
                inquired_on=None, stopped_at=EVENING, last_index=4),
    ),
    (
        "start after a stop brings no offers back",
        [LEAD, entry(Kind.OPT_IN_CONFIRMED, 1, level="promotional"), then(Kind.POSSIBLE_OPT_OUT, 2),
         then(Kind.RESTORED_BY_CUSTOMER, 3)],
        replace(KNOWN, status=Status.CONFIRMED, level=Level.INFORMATIONAL,
                confirmed_level="informational", possession_proven_at=NOON, verified_at=EVENING,
                changed_at=EVENING, basis_index=3, last_index=3),
    ),
    (
        "start of one who never agreed",
        [LEAD, ASK, entry(Kind.REVOKED, 2), then(Kind.RESTORED_BY_CUSTOMER, 3)],
        replace(ASKED, status=Status.CUSTOMER_INITIATED, level=Level.CONVERSATIONAL,
                expires_at=EVENING + WEEK, possession_proven_at=EVENING, verified_at=EVENING,
                changed_at=EVENING, basis_index=3, inquired_on=None, stopped_at=NOON,
                last_index=3),
    ),
    ("a yes lifts no stop", [*SAID_YES, then(Kind.REVOKED, 3),
                             then(Kind.OPT_IN_CONFIRMED, 4, level="promotional")],
     replace(CONFIRMED, **STOPPED, last_index=4)),
    ("a seal changes nothing", [*SAID_YES, then(Kind.TRANSCRIPT_SEALED, 3)],
     replace(CONFIRMED, last_index=3)),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "state"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_entries_add_up_to_this_state(entries: list[Entry], state: State) -> None:
    assert fold(entries) == state


@pytest.mark.parametrize(
    ("known", "new", "later"),
    [
        ("2027-05-01T00:00:00+00:00", "2026-12-01T00:00:00+00:00", "2027-05-01"),
        ("2026-12-01T00:00:00+00:00", "2027-05-01T00:00:00+00:00", "2027-05-01"),
        ("2026-12-01T00:00:00+00:00", "", "2026-12-01"),
    ],
)
def test_the_later_end_of_an_implied_consent_counts(known: str, new: str, later: str) -> None:
    first = entry(Kind.INQUIRED, 0, basis="phone_up", implied_until=known)
    state = fold([first, entry(Kind.INQUIRED, 1, basis="email", implied_until=new)])
    assert state.implied_until is not None
    assert state.implied_until.date().isoformat() == later
    assert (state.basis, state.basis_index) == ("email", 1)


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.EXPIRED, Status.REQUESTED])
def test_an_implied_consent_opens_until_its_last_moment(status: Status) -> None:
    ends = NOON + timedelta(days=40)
    state = State(status=status, implied_until=ends, possession_proven_at=NOON)
    opened = effective(state, country="CA", at=ends - timedelta(seconds=1))
    assert (opened.status, opened.level) == (Status.IMPLIED, Level.INFORMATIONAL)
    assert opened.expires_at == ends
    assert effective(state, country="CA", at=ends) == state
    assert (
        effective(replace(state, possession_proven_at=None), country="CA", at=NOON).status is status
    )


@pytest.mark.parametrize("status", [Status.DECLINED, Status.REVOKED, Status.PAUSED])
def test_an_implied_consent_opens_nothing_that_was_closed(status: Status) -> None:
    state = State(status=status, implied_until=NOON + timedelta(days=9), possession_proven_at=NOON)
    assert effective(state, country="CA", at=NOON) == state


def test_requests_and_exchanges_lapse_on_their_minute() -> None:
    assert effective(ASKED, country="CA", at=NOON + WEEK - timedelta(seconds=1)) == ASKED
    assert effective(ASKED, country="CA", at=NOON + WEEK).status is Status.EXPIRED
    assert effective(TEXTED, country="CA", at=NOON + WEEK - timedelta(seconds=1)) == TEXTED
    assert effective(TEXTED, country="CA", at=NOON + WEEK).status is Status.EXPIRED
    assert (
        effective(replace(CONFIRMED, expires_at=NOON), country="CA", at=EVENING).status
        is Status.CONFIRMED
    )


def test_an_exchange_that_lapses_with_an_old_question_lapses_altogether() -> None:
    state = replace(TEXTED, requested_at=NOON - timedelta(days=1))
    assert effective(state, country="CA", at=NOON + WEEK).status is Status.EXPIRED
    fresh = replace(TEXTED, requested_at=NOON + timedelta(days=1))
    assert effective(fresh, country="CA", at=NOON + WEEK).status is Status.REQUESTED


@pytest.mark.parametrize(("days", "left"), [(30, 30), (31, None), (0, None), (1, 1)])
def test_the_end_of_an_implied_consent_is_near_for_thirty_days(days: int, left: int | None) -> None:
    state = State(implied_until=NOON + timedelta(days=days))
    assert ends_soon(state, at=NOON) == left
    assert ends_soon(State(), at=NOON) is None
    assert ends_soon(state, at=NOON + timedelta(days=days)) is None


@pytest.mark.parametrize(
    ("status", "stopped"),
    [(Status.REVOKED, True), (Status.WRONG_NUMBER, True), (Status.PAUSED, False)],
)
def test_who_can_be_opened_by_the_customer_alone(status: Status, stopped: bool) -> None:
    assert State(status=status).is_stopped is stopped


@pytest.mark.parametrize(
    ("basis", "asked", "unused"),
    [(None, None, False), (3, None, True), (3, 3, False), (4, 3, True), (3, 4, False)],
)  # fmt: skip
def test_a_basis_is_spent_by_one_question(
    basis: int | None, asked: int | None, unused: bool
) -> None:
    assert State(basis_index=basis, asked_basis_index=asked).has_unused_basis is unused


def test_a_term_that_is_missing_reads_as_nothing() -> None:
    bare = entry(Kind.INQUIRED)
    assert (bare.text("basis"), bare.instant("implied_until"), bare.day("on")) == ("", None, None)
    assert entry(Kind.INQUIRED, basis=True).text("basis") == ""


def test_what_lists_say_of_a_number_outlives_its_owner() -> None:
    listed = entry(Kind.DNC_LISTED, 0, list_date="2026-11-10")
    asked = entry(Kind.RND_CHECKED, 1, answer="no", on="2026-11-11")
    state = fold([listed, asked, entry(Kind.WRONG_NUMBER, 2)])
    assert (state.dnc, state.dnc_list_on) == ("listed", date(2026, 11, 10))
    assert (state.rnd, state.rnd_on) == ("no", date(2026, 11, 11))


DECLINED = State(
    status=Status.DECLINED,
    changed_at=NOON - timedelta(days=1),
    implied_until=NOON + WEEK,
    basis_index=0,
    asked_basis_index=0,
)
EARLIER = NOON - timedelta(days=2)


def test_an_entry_from_before_acts_were_told_apart_folds_as_it_did_then() -> None:
    """Promise I8: what the ledger said of an instant it says for good."""
    no = entry(Kind.DECLINED, 1)
    assert fold([no], replace(DECLINED, status=Status.REQUESTED)).implied_until == NOON + WEEK
    again = fold([entry(Kind.INQUIRED, 1, EARLIER, basis="phone_up")], DECLINED)
    assert again.has_unused_basis


@pytest.mark.parametrize(
    ("terms", "at", "opens"),
    [
        ({"moment": "said"}, NOON, True),
        ({"moment": "said"}, EARLIER, False),
        ({"moment": "unsaid"}, NOON, False),
        ({"moment": "unread"}, NOON, False),
        ({"moment": "said", "repeats": True}, NOON, False),
        ({"repeats": True}, NOON, False),
    ],
)
def test_after_a_no_only_a_later_act_opens_the_question_again(
    terms: dict[str, Any], at: datetime, opens: bool
) -> None:
    state = fold([entry(Kind.INQUIRED, 1, at, basis="phone_up", **terms)], DECLINED)
    assert state.has_unused_basis is opens


@pytest.mark.parametrize("kind", [Kind.REVOKED, Kind.CARRIER_BLOCKED, Kind.WRONG_NUMBER])
def test_a_stop_ends_the_basis_where_its_entry_says_so(kind: Kind) -> None:
    """An entry from before it was said folds as it did (promise I8)."""
    known = State(basis="phone_up", basis_index=0)
    said: dict[str, Any] = {**SAID_BY_NEW[kind]}
    assert fold([entry(kind, 1, **said)], known).is_unbacked
    assert not fold([entry(kind, 1)], known).is_unbacked


STOPPED_NOW = State(status=Status.REVOKED, changed_at=NOON)


@pytest.mark.parametrize(
    ("terms", "counts"),
    [
        ({"moment": "said", "on": "2026-11-22"}, False),
        ({"moment": "said", "on": NOON.date().isoformat()}, False),
        ({"moment": "said", "on": (NOON + WEEK).date().isoformat()}, True),
        ({"moment": "said", "on": (NOON + WEEK).date().isoformat(), "repeats": True}, False),
        ({"on": "2026-11-22"}, True),  # from before the moment was noted (promise I8)
    ],
)
def test_during_a_stop_only_what_is_later_is_a_relationship_and_nothing_is_implied(
    terms: dict[str, Any], counts: bool
) -> None:
    """RULE-US-13, RULE-CA-01."""
    until = (NOON + 20 * WEEK).isoformat()
    bought = entry(Kind.PURCHASED, 1, NOON + 2 * WEEK, implied_until=until, **terms)
    state = fold([bought], STOPPED_NOW)
    assert (state.purchased_on is not None) is counts
    assert (state.implied_until is not None) is ("moment" not in terms)


def test_a_purchase_recorded_again_undoes_no_stop() -> None:
    terms: dict[str, Any] = {"basis": "existing_customer", "moment": "said", "on": "2026-10-01"}
    stop, start = entry(Kind.REVOKED, 1), entry(Kind.RESTORED_BY_CUSTOMER, 2)
    again = entry(Kind.PURCHASED, 3, repeats=True, **terms)
    restored = fold([entry(Kind.PURCHASED, 0, **terms), stop, start])
    assert restored.purchased_on is None
    assert fold([again], restored) == replace(restored, last_index=3)


def test_after_a_no_what_was_earlier_implies_nothing() -> None:
    """RULE-CA-01: an old purchase that is recorded now undoes no "no thanks"."""
    until: dict[str, Any] = {"implied_until": (NOON + 20 * WEEK).isoformat()}
    no = replace(DECLINED, implied_until=None)
    old = entry(Kind.PURCHASED, 1, moment="said", on="2026-10-01", **until)
    assert fold([old], no).implied_until is None
    later = (NOON + WEEK).date().isoformat()
    new = entry(Kind.PURCHASED, 1, NOON + WEEK, moment="said", on=later, **until)
    assert fold([new], no).implied_until is not None


def test_a_doubt_after_a_no_lets_no_earlier_act_open_the_question_again() -> None:
    terms = {"basis": "phone_up", "moment": "said"}
    doubt, lifted = entry(Kind.POSSIBLE_OPT_OUT, 1), entry(Kind.PAUSE_LIFTED, 3)
    earlier = fold([doubt, entry(Kind.INQUIRED, 2, EARLIER, **terms), lifted], DECLINED)
    assert not earlier.has_unused_basis
    later = entry(Kind.INQUIRED, 2, NOON + timedelta(minutes=1), **terms)
    assert fold([doubt, later, lifted], DECLINED).has_unused_basis


def test_a_no_ends_what_was_implied_where_its_entry_says_so() -> None:
    asked = replace(DECLINED, status=Status.REQUESTED)
    assert fold([entry(Kind.DECLINED, 1, ends_implied=True)], asked).implied_until is None
    keeps = replace(asked, status=Status.CONFIRMED)
    no = entry(Kind.DECLINED, 1, ends_implied=True)
    assert fold([no], keeps).implied_until == NOON + WEEK


@pytest.mark.parametrize(("country", "status"), [("CA", Status.IMPLIED), ("US", Status.UNKNOWN)])
def test_only_canada_knows_an_implied_consent(country: str, status: Status) -> None:
    state = State(implied_until=NOON + WEEK, possession_proven_at=NOON)
    assert effective(state, country=country, at=NOON).status is status


NO: dict[str, Any] = {"ends_implied": True}


def test_a_no_while_a_manager_decides_counts_when_the_pause_is_lifted() -> None:
    """RULE-CT-02, RULE-CA-01."""
    asked = replace(ASKED_OF_KNOWN, implied_until=NOON + WEEK)
    paused = [entry(Kind.POSSIBLE_OPT_OUT, 1), entry(Kind.DECLINED, 2, **NO)]
    state = fold([*paused, entry(Kind.PAUSE_LIFTED, 3)], asked)
    assert (state.status, state.level, state.implied_until) == (Status.DECLINED, Level.NONE, None)
    assert (state.requested_at, state.declined_at) == (None, NOON)
    agreed = replace(asked, status=Status.CONFIRMED, level=Level.INFORMATIONAL)
    state = fold([*paused, entry(Kind.PAUSE_LIFTED, 3)], agreed)
    assert (state.status, state.level) == (Status.CONFIRMED, Level.INFORMATIONAL)
    assert state.declined_level == "promotional"
    older = fold([paused[0], entry(Kind.DECLINED, 2), entry(Kind.PAUSE_LIFTED, 3)], asked)
    assert older.status is Status.REQUESTED  # as it was folded before (promise I8)


ASKED_OF_KNOWN = State(
    status=Status.REQUESTED,
    basis="phone_up",
    basis_index=0,
    asked_basis_index=0,
    asked_index=0,
    requested_at=NOON,
    request_level="promotional",
)


@pytest.mark.parametrize(("level", "kept"), [("informational", "promotional"), ("promotional", "")])
def test_a_no_is_remembered_until_a_yes_to_the_same(level: str, kept: str) -> None:
    state = fold([entry(Kind.DECLINED, 1, **NO)], ASKED_OF_KNOWN)
    assert (state.declined_at, state.declined_level) == (NOON, "promotional")
    texted = fold([entry(Kind.CUSTOMER_TEXTED_FIRST, 2)], state)
    assert texted.declined_level == "promotional"
    said_yes = fold([entry(Kind.OPT_IN_CONFIRMED, 3, level=level)], texted)
    assert (said_yes.declined_level, said_yes.declined_at is not None) == (kept, bool(kept))


def test_a_stop_that_is_told_again_is_lifted_only_by_a_later_start() -> None:
    stopped = State(status=Status.REVOKED, changed_at=NOON)
    again = entry(Kind.REVOKED, 1, NOON + timedelta(hours=2), repeats=True)
    assert fold([again], stopped).changed_at == NOON + timedelta(hours=2)
    earlier = replace(again, received_at=NOON - WEEK)
    assert fold([earlier], stopped).changed_at == NOON
    assert fold([entry(Kind.REVOKED, 1, NOON + WEEK)], stopped).changed_at == NOON


FULL = State(
    status=Status.CONFIRMED,
    level=Level.PROMOTIONAL,
    basis="phone_up",
    basis_index=2,
    implied_until=NOON + WEEK,
    possession_proven_at=NOON,
    confirmed_level="promotional",
    purchased_on=date(2026, 1, 1),
    inquired_on=date(2026, 1, 1),
    names_dealer=True,
    verified_at=NOON,
    is_written=True,
    is_unbacked=True,
    declined_at=NOON,
    declined_level="promotional",
    dnc="listed",
    dnc_list_on=date(2026, 11, 1),
    rnd="no",
    rnd_on=date(2026, 11, 2),
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.CONFIRMED, Status.UNKNOWN),
        (Status.REQUESTED, Status.UNKNOWN),
        (Status.DECLINED, Status.DECLINED),
        (Status.PAUSED, Status.REVOKED),
        (Status.REVOKED, Status.REVOKED),
        (Status.WRONG_NUMBER, Status.WRONG_NUMBER),
    ],
)
def test_an_erasure_keeps_what_forbids_and_nothing_that_allows(
    before: Status, after: Status
) -> None:
    """RULE-US-04."""
    state = fold([entry(Kind.ERASED, 9, EVENING)], replace(FULL, status=before))
    assert state == State(
        status=after,
        changed_at=EVENING,
        declined_at=NOON,
        declined_level="promotional",
        dnc="listed",
        dnc_list_on=date(2026, 11, 1),
        rnd="no",
        rnd_on=date(2026, 11, 2),
        last_index=9,
    )


def test_while_a_manager_decides_a_no_changes_what_is_held_and_nothing_that_is_shown() -> None:
    doubt = fold([entry(Kind.POSSIBLE_OPT_OUT, 1)], ASKED_OF_KNOWN)
    state = fold([entry(Kind.DECLINED, 2, EVENING, **NO)], doubt)
    assert (state.status, state.level, state.changed_at) == (Status.PAUSED, Level.NONE, NOON)
    assert (state.declined_at, state.verified_at) == (EVENING, EVENING)
    assert state.held == {"status": "declined", "level": "none", "expires_at": ""}
    again = fold([entry(Kind.DECLINED, 3, **NO)], replace(doubt, held=None))
    assert again == replace(doubt, held=None, last_index=3)


def test_a_basis_of_before_the_stop_stays_without_ground_and_a_later_one_is_one() -> None:
    """RULE-CA-04."""
    stopped = State(
        status=Status.REVOKED, changed_at=NOON, basis="phone_up", is_unbacked=True, basis_index=0
    )
    on = {"moment": "said", "basis": "walk_in"}
    for day, unbacked in (("2026-11-01", True), ((NOON + WEEK).date().isoformat(), False)):
        told: dict[str, Any] = {**on, "on": day}
        state = fold([entry(Kind.INQUIRED, 1, NOON + 2 * WEEK, **told)], stopped)
        assert state.is_unbacked is unbacked
        assert (state.inquired_on is None) is unbacked
        assert (state.basis, state.basis_index) == ("walk_in", 1)
    told = {**on, "on": "2026-11-01", "unbacked": True}
    assert fold([entry(Kind.INQUIRED, 1, **told)], State()).is_unbacked


# --- what a stop ended stays ended ---------------------------------------------------------------

FAR = (NOON + timedelta(days=700)).isoformat()


def day_of(days: int) -> str:
    return (NOON + timedelta(days=days)).date().isoformat()


def on_day(kind: Kind, index: int, days: int, **terms: Any) -> Entry:
    return Entry(index, kind, NOON + timedelta(days=days), terms)


@pytest.mark.parametrize("stop", [Kind.REVOKED, Kind.CARRIER_BLOCKED, Kind.WRONG_NUMBER])
@pytest.mark.parametrize("typed", ["before START", "after START"])
@pytest.mark.parametrize(("bought", "counts"), [(5, False), (10, False), (15, True)])
def test_what_came_before_a_stop_opens_nothing_whenever_it_is_typed(
    stop: Kind, typed: str, bought: int, counts: bool
) -> None:
    def purchase(index: int, days: int) -> Entry:
        return on_day(
            Kind.PURCHASED, index, days, on=day_of(bought), moment="said", implied_until=FAR
        )

    back = on_day(Kind.RESTORED_BY_CUSTOMER, 2, 20)
    entries = [on_day(stop, 0, 10), back, purchase(3, 25)]
    if typed == "before START":
        entries = [on_day(stop, 0, 10), purchase(1, 18), back]
    state = fold(entries)
    assert (state.purchased_on is not None) is counts
    assert (state.implied_until is not None) is (counts and typed == "after START")
    assert state.stopped_at == NOON + timedelta(days=10)


def test_what_is_said_after_a_start_counts_on_the_day_of_the_stop_too() -> None:
    later = NOON + timedelta(hours=2)
    stopped = [on_day(Kind.REVOKED, 0, 0), Entry(1, Kind.RESTORED_BY_CUSTOMER, later, {})]
    asked: dict[str, Any] = {"basis": "phone_up", "moment": "said"}
    assert fold([*stopped, Entry(2, Kind.INQUIRED, later, asked)]).inquired_on == NOON.date()
    early = Entry(2, Kind.INQUIRED, NOON - timedelta(hours=1), asked)
    assert fold([*stopped, early]).inquired_on is None


@pytest.mark.parametrize(("bought", "counts"), [(5, False), (10, False), (12, True)])
def test_a_stop_told_again_ends_what_came_since_the_first(bought: int, counts: bool) -> None:
    again: dict[str, Any] = {"repeats": True, "how": "text"}
    state = fold(
        [
            on_day(Kind.REVOKED, 0, 1),
            on_day(Kind.PURCHASED, 1, 13, on=day_of(bought), moment="said"),
            on_day(Kind.INQUIRED, 2, bought, basis="phone_up", moment="said"),
            on_day(Kind.REVOKED, 3, 10, **again),
            on_day(Kind.RESTORED_BY_CUSTOMER, 4, 20),
        ]
    )
    assert (state.purchased_on is not None) is counts
    assert (state.inquired_on is not None) is counts
    assert state.stopped_at == NOON + timedelta(days=10)


def test_a_stop_told_again_late_moves_nothing_back() -> None:
    again = on_day(Kind.REVOKED, 1, 3, repeats=True)
    assert fold([on_day(Kind.REVOKED, 0, 8), again]).stopped_at == NOON + timedelta(days=8)


def test_an_erased_stop_still_says_when_it_was() -> None:
    erased = on_day(Kind.ERASED, 1, 12)
    state = fold([on_day(Kind.REVOKED, 0, 8), erased, on_day(Kind.RESTORED_BY_CUSTOMER, 2, 20)])
    assert state.stopped_at == NOON + timedelta(days=8)


@pytest.mark.parametrize("second", ["informational", "conversational", ""])
def test_a_second_no_forgets_no_no_to_more(second: str) -> None:
    state = fold(
        [
            on_day(Kind.OPT_IN_REQUESTED, 0, 0, level="promotional"),
            on_day(Kind.DECLINED, 1, 1, ends_implied=True),
            on_day(Kind.OPT_IN_REQUESTED, 2, 2, level=second),
            on_day(Kind.DECLINED, 3, 3, ends_implied=True),
            on_day(Kind.OPT_IN_CONFIRMED, 4, 5, level="informational"),
        ]
    )
    assert (state.declined_level, state.declined_at) == ("promotional", NOON + timedelta(days=3))
    agreed = on_day(Kind.OPT_IN_CONFIRMED, 5, 6, level="promotional")
    assert fold([agreed], state).declined_level == ""


def test_what_is_typed_late_is_no_new_act_to_ask_for() -> None:
    entries = [
        on_day(Kind.REVOKED, 0, 10),
        on_day(Kind.RESTORED_BY_CUSTOMER, 1, 20),
        on_day(Kind.OPT_IN_REQUESTED, 2, 21, level="informational"),
    ]
    for bought, is_new in ((5, False), (15, True)):
        late = on_day(Kind.PURCHASED, 3, 25, on=day_of(bought), moment="said")
        assert fold([*entries, late]).has_unused_basis is is_new


@pytest.mark.parametrize("texted", [False, True])
def test_a_question_that_never_went_out_while_paused_may_be_asked_after_it(texted: bool) -> None:
    first = [LEAD, *([entry(Kind.CUSTOMER_TEXTED_FIRST, 1)] if texted else [])]
    asked = [*first, entry(Kind.OPT_IN_REQUESTED, 2, level="informational")]
    paused = [*asked, entry(Kind.POSSIBLE_OPT_OUT, 3)]
    gone = entry(Kind.OPT_IN_REQUEST_FAILED, 4, request_index=2)
    state = fold([*paused, gone])
    assert state.status is Status.PAUSED
    lifted = fold([entry(Kind.PAUSE_LIFTED, 5)], state)
    assert lifted.has_unused_basis
    assert lifted.requested_at is None
    before = fold([*first, entry(Kind.PAUSE_LIFTED, 5)])
    assert (lifted.status, lifted.level) == (before.status, before.level)
    assert not fold([*paused, entry(Kind.PAUSE_LIFTED, 5)]).has_unused_basis


@pytest.mark.parametrize(
    ("moment", "day", "counts"),
    [
        ("unsaid", None, False),
        ("unread", None, False),
        ("anybody", None, False),
        ("said", None, True),
        ("anybody", 3, True),
    ],
)
def test_an_inquiry_whose_day_nobody_knows_comes_after_no_no(
    moment: str, day: int | None, counts: bool
) -> None:
    told: dict[str, Any] = {"moment": moment, **({} if day is None else {"on": day_of(day)})}
    state = fold(
        [
            on_day(Kind.OPT_IN_REQUESTED, 0, 0, level="informational"),
            on_day(Kind.DECLINED, 1, 1, ends_implied=True),
            on_day(Kind.CUSTOMER_TEXTED_FIRST, 2, 2),
            on_day(Kind.INQUIRED, 3, 6, basis="phone_up", **told),
        ]
    )
    assert (state.inquired_on is not None) is counts


def test_a_question_that_a_stop_held_back_is_not_spent_after_the_start() -> None:
    state = fold(
        [
            on_day(Kind.CUSTOMER_TEXTED_FIRST, 0, 0),
            on_day(Kind.OPT_IN_REQUESTED, 1, 0, level="informational"),
            on_day(Kind.REVOKED, 2, 1),
            on_day(Kind.OPT_IN_REQUEST_FAILED, 3, 1, request_index=1),
        ]
    )
    assert (state.status, state.requested_at) == (Status.REVOKED, None)
    assert fold([on_day(Kind.RESTORED_BY_CUSTOMER, 4, 2)], state).requested_at is None
