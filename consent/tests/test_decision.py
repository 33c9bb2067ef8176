"""The one decision, row by row: state, purpose, outcome, reason, next act, rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent import packs
from consent.decision import Action, Facts, Outcome, Purpose, Reason, Traffic, decide
from consent.hours import Tighter
from consent.kinds import Kind, Status
from consent.levels import Level
from consent.projection import Entry, State, effective, fold

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 4, tzinfo=UTC)
P, S, L = Purpose, Status, Level
KNOWN = State(status=S.UNKNOWN, basis="web_form", basis_index=0)


def facts(state: State, purpose: Purpose, **more: Any) -> Facts:
    values: dict[str, Any] = {
        "now": NOON,
        "number": "+17175550142",
        "is_suppressed": False,
        "country": "US",
        "customer": "Cora",
        **more,
    }
    return Facts(state=state, purpose=purpose, **values)


def held(status: Status, level: Level = L.NONE, **more: Any) -> State:
    return replace(KNOWN, status=status, level=level, **more)


CONFIRMED = held(S.CONFIRMED, L.INFORMATIONAL)
OFFERS = held(S.CONFIRMED, L.PROMOTIONAL, is_written=True)
SPOKEN = held(S.CONFIRMED, L.PROMOTIONAL)
TODAY = NOON.date()
SAID_NO = replace(
    held(S.DECLINED, changed_at=NOON - timedelta(days=30)), basis_index=2, asked_basis_index=0
)
SEATTLE = {"number": "+12065550142"}
LEAD = replace(KNOWN, basis="lead_provider")
LISTED: dict[str, Any] = {"dnc": "listed", "dnc_list_on": TODAY}
EXCHANGE = held(S.CUSTOMER_INITIATED, L.CONVERSATIONAL, expires_at=NOON + timedelta(days=1))
ASKED = held(
    S.REQUESTED,
    requested_at=NOON - timedelta(days=1),
    expires_at=NOON + timedelta(days=6),
    asked_index=1,
    asked_basis_index=0,
)
TABLE: list[tuple[str, State, Purpose, dict[str, Any], Outcome, str, str]] = [
    # rule, state, purpose, further facts, outcome, reason, next act
    ("RULE-CT-01", KNOWN, P.CONVERSATIONAL, {}, Outcome.DENY, "no_permission", "ask_permission"),
    ("RULE-CT-01", State(), P.PERMISSION_REQUEST, {}, Outcome.DENY, "no_basis", "record_basis"),
    ("RULE-CT-02", KNOWN, P.PERMISSION_REQUEST, {}, Outcome.ALLOW, "may_ask", ""),
    ("RULE-CT-02", ASKED, P.PERMISSION_REQUEST, {}, Outcome.DENY, "already_asked", "wait"),
    ("RULE-CT-01", ASKED, P.INFORMATIONAL, {}, Outcome.DENY, "awaiting_answer", "wait"),
    ("RULE-CT-02", ASKED, P.PERMISSION_REQUEST, {"request_index": 1}, Outcome.ALLOW, "asks", ""),
    ("RULE-CT-02", ASKED, P.PERMISSION_REQUEST, {"request_index": 9}, Outcome.DENY, "superseded", ""),
    ("RULE-US-03", CONFIRMED, P.CONVERSATIONAL, {}, Outcome.ALLOW, "level_informational", ""),
    ("RULE-US-03", CONFIRMED, P.PROMOTIONAL, {}, Outcome.DENY, "level_too_low", "ask_for_offers"),
    ("RULE-US-03", EXCHANGE, P.CONVERSATIONAL, {}, Outcome.ALLOW, "level_conversational", ""),
    ("RULE-US-03", EXCHANGE, P.INFORMATIONAL, {}, Outcome.DENY, "level_too_low", "ask_permission"),
    ("RULE-CT-01", held(S.DECLINED), P.CONVERSATIONAL, {}, Outcome.DENY, "declined", "call"),
    ("RULE-US-11", held(S.REVOKED), P.CONVERSATIONAL, {}, Outcome.DENY, "revoked", "let_customer_text"),
    ("RULE-US-11", CONFIRMED, P.INFORMATIONAL, {"is_suppressed": True}, Outcome.DENY, "revoked", "let_customer_text"),
    ("RULE-US-06", held(S.PAUSED), P.CONVERSATIONAL, {}, Outcome.DENY, "possible_opt_out", "resolve_pause"),
    ("RULE-US-14", held(S.WRONG_NUMBER), P.CONVERSATIONAL, {}, Outcome.DENY, "wrong_number", "correct_number"),
    ("RULE-US-15", CONFIRMED, P.INFORMATIONAL, {"now": NIGHT}, Outcome.DEFER, "quiet_hours", "schedule"),
    ("RULE-US-15", KNOWN, P.PERMISSION_REQUEST, {"now": NIGHT}, Outcome.DEFER, "quiet_hours", "schedule"),
    ("RULE-US-18", CONFIRMED, P.CONVERSATIONAL, {"now": NIGHT, "traffic": Traffic(last_said_at=NIGHT - timedelta(minutes=60))}, Outcome.ALLOW, "level_informational", ""),
    ("RULE-US-15", CONFIRMED, P.CONVERSATIONAL, {"now": NIGHT, "traffic": Traffic(last_said_at=NIGHT - timedelta(minutes=61))}, Outcome.DEFER, "quiet_hours", "schedule"),
    ("RULE-US-19", CONFIRMED, P.CONFIRMATION, {"now": NIGHT}, Outcome.ALLOW, "confirms", ""),
    ("RULE-US-17", OFFERS, P.PROMOTIONAL, {"traffic": Traffic(solicitations_24h=2)}, Outcome.ALLOW, "level_promotional", ""),
    ("RULE-US-17", OFFERS, P.PROMOTIONAL, {"traffic": Traffic(solicitations_24h=3)}, Outcome.DENY, "cap_reached", "wait"),
    ("RULE-US-08", held(S.REVOKED), P.STOP_CONFIRMATION, {"traffic": Traffic(answers="opt_out", answered_at=NOON - timedelta(minutes=5))}, Outcome.ALLOW, "confirms_stop", ""),
    ("RULE-US-08", held(S.REVOKED), P.STOP_CONFIRMATION, {"traffic": Traffic(answers="opt_out", answered_at=NOON - timedelta(minutes=5, seconds=1))}, Outcome.DENY, "too_late", ""),
    ("RULE-US-08", held(S.REVOKED), P.STOP_CONFIRMATION, {"traffic": Traffic(answers="opt_out", answered_at=NOON, stop_confirmations=1)}, Outcome.DENY, "already_confirmed", ""),
    ("RULE-US-08", held(S.REVOKED), P.STOP_CONFIRMATION, {}, Outcome.DENY, "no_stop", ""),
    ("RULE-US-19", held(S.REVOKED), P.HELP_REPLY, {"traffic": Traffic(answers="help", answered_at=NOON), "now": NOON}, Outcome.ALLOW, "helps", ""),
    ("RULE-US-16", CONFIRMED, P.INFORMATIONAL, {"number": "+18005550142"}, Outcome.DENY, "location_unknown", "add_address"),
    ("RULE-CA-04", replace(KNOWN, basis="lead_provider"), P.PERMISSION_REQUEST, {"country": "CA", "number": "+14165550142"}, Outcome.DENY, "no_ground_in_canada", "let_customer_text"),
    ("RULE-CA-04", replace(KNOWN, implied_until=NOON + timedelta(days=1)), P.PERMISSION_REQUEST, {"country": "CA", "number": "+14165550142"}, Outcome.ALLOW, "may_ask", ""),
    ("RULE-CA-04", replace(KNOWN, implied_until=NOON), P.PERMISSION_REQUEST, {"country": "CA", "number": "+14165550142"}, Outcome.DENY, "no_ground_in_canada", "let_customer_text"),
    ("RULE-CA-05", CONFIRMED, P.INFORMATIONAL, {"country": ""}, Outcome.DENY, "country_unsupported", ""),
    ("RULE-CT-01", replace(KNOWN, basis="import"), P.PERMISSION_REQUEST, {}, Outcome.DENY, "no_ground", "let_customer_text"),
    ("RULE-CT-01", LEAD, P.PERMISSION_REQUEST, {}, Outcome.DENY, "lead_not_for_us", "let_customer_text"),
    ("RULE-CT-02", replace(LEAD, names_dealer=True), P.PERMISSION_REQUEST, {}, Outcome.ALLOW, "may_ask", ""),
    ("RULE-US-13", replace(LEAD, purchased_on=date(2025, 5, 25)), P.PERMISSION_REQUEST, {}, Outcome.ALLOW, "may_ask", ""),
    ("RULE-US-13", replace(KNOWN, **LISTED), P.PERMISSION_REQUEST, {}, Outcome.DENY, "dnc_listed", "let_customer_text"),
    ("RULE-US-13", replace(KNOWN, **LISTED, inquired_on=date(2026, 8, 25)), P.PERMISSION_REQUEST, {}, Outcome.ALLOW, "may_ask", ""),
    ("RULE-US-13", replace(KNOWN, **LISTED, inquired_on=date(2026, 8, 24)), P.PERMISSION_REQUEST, {}, Outcome.DENY, "dnc_listed", "let_customer_text"),
    ("RULE-US-13", replace(EXCHANGE, **LISTED), P.PERMISSION_REQUEST, {}, Outcome.ALLOW, "may_ask", ""),
    ("", CONFIRMED, P.CONVERSATIONAL, {"seller_is_active": False}, Outcome.DENY, "seller_inactive", ""),
    ("", CONFIRMED, P.CONVERSATIONAL, {"is_textable_line": False}, Outcome.DENY, "not_textable", "correct_number"),
    ("RULE-US-16", CONFIRMED, P.PERMISSION_REQUEST, {"number": "+18005550142"}, Outcome.DENY, "location_unknown", "add_address"),
    ("RULE-US-03", CONFIRMED, P.INFORMATIONAL, {"number": "+18005550142", "region": "PA", "country": ""}, Outcome.ALLOW, "level_informational", ""),
    ("RULE-US-03", CONFIRMED, P.INFORMATIONAL, {"number": "+18005550142", "postal_code": "17201"}, Outcome.ALLOW, "level_informational", ""),
    ("RULE-US-19", CONFIRMED, P.CONFIRMATION, {"number": "+18005550142"}, Outcome.ALLOW, "confirms", ""),
    ("RULE-CT-02", ASKED, P.CLARIFICATION, {"now": NIGHT}, Outcome.ALLOW, "clarifies", ""),
    ("RULE-CT-02", held(S.CUSTOMER_INITIATED, L.CONVERSATIONAL, requested_at=NOON), P.CLARIFICATION, {}, Outcome.ALLOW, "clarifies", ""),
    ("RULE-CT-02", CONFIRMED, P.CLARIFICATION, {}, Outcome.DENY, "nothing_asked", ""),
    ("RULE-CT-01", ASKED, P.CONFIRMATION, {}, Outcome.DENY, "not_confirmed", ""),
    ("RULE-CT-01", CONFIRMED, P.PERMISSION_REQUEST, {}, Outcome.DENY, "already_confirmed", ""),
    ("RULE-CT-02", replace(CONFIRMED, request_level="informational"), P.PERMISSION_REQUEST, {"request_level": L.PROMOTIONAL}, Outcome.ALLOW, "may_ask", ""),
    ("RULE-CT-02", replace(CONFIRMED, request_level="promotional", asked_basis_index=0), P.PERMISSION_REQUEST, {"request_level": L.PROMOTIONAL}, Outcome.DENY, "already_asked", "record_basis"),
    ("RULE-CT-02", ASKED, P.PERMISSION_REQUEST, {"request_index": 1, "now": NOON + timedelta(days=7)}, Outcome.DENY, "superseded", ""),
    ("RULE-CT-01", held(S.EXPIRED), P.CONVERSATIONAL, {}, Outcome.DENY, "expired", "ask_permission"),
    ("RULE-CT-01", State(), P.CONVERSATIONAL, {}, Outcome.DENY, "no_permission", "record_basis"),
    ("RULE-US-03", replace(EXCHANGE, asked_basis_index=0), P.INFORMATIONAL, {}, Outcome.DENY, "level_too_low", "record_basis"),
    ("RULE-US-11", held(S.REVOKED), P.CONVERSATIONAL, {"our_number": "+17175550100"}, Outcome.DENY, "revoked", "let_customer_text"),
    ("RULE-US-11", held(S.REVOKED), P.CONVERSATIONAL, {"customer": "the customer"}, Outcome.DENY, "revoked", "let_customer_text"),
    ("RULE-US-19", KNOWN, P.HELP_REPLY, {}, Outcome.DENY, "no_help", ""),
    ("RULE-US-19", KNOWN, P.HELP_REPLY, {"traffic": Traffic(answers="opt_out", answered_at=NOON)}, Outcome.DENY, "no_help", ""),
    ("RULE-US-19", KNOWN, P.HELP_REPLY, {"traffic": Traffic(answers="help", answered_at=NOON - timedelta(minutes=60))}, Outcome.ALLOW, "helps", ""),
    ("RULE-US-19", KNOWN, P.HELP_REPLY, {"traffic": Traffic(answers="help", answered_at=NOON - timedelta(minutes=60, seconds=1))}, Outcome.DENY, "too_late", ""),
    ("RULE-US-08", held(S.REVOKED), P.STOP_CONFIRMATION, {"traffic": Traffic(answers="help", answered_at=NOON)}, Outcome.DENY, "no_stop", ""),
    ("RULE-US-08", held(S.REVOKED), P.STOP_CONFIRMATION, {"traffic": Traffic(answers="opt_out")}, Outcome.DENY, "no_stop", ""),
    ("RULE-CA-04", replace(KNOWN, basis="existing_customer"), P.PERMISSION_REQUEST, {"country": "CA", "number": "+14165550142"}, Outcome.DENY, "no_ground_in_canada", "let_customer_text"),
    ("RULE-CA-04", replace(KNOWN, basis="referral"), P.PERMISSION_REQUEST, {"country": "CA", "number": "+14165550142"}, Outcome.ALLOW, "may_ask", ""),
    ("RULE-CA-04", replace(EXCHANGE, basis="import", possession_proven_at=NOON), P.PERMISSION_REQUEST, {"country": "CA", "number": "+14165550142"}, Outcome.ALLOW, "may_ask", ""),
    ("RULE-CA-04", held(S.EXPIRED, basis="import", possession_proven_at=NOON), P.PERMISSION_REQUEST, {"country": "CA", "number": "+14165550142"}, Outcome.DENY, "no_ground_in_canada", "let_customer_text"),
    ("RULE-CT-02", held(S.EXPIRED, basis="import", possession_proven_at=NOON), P.PERMISSION_REQUEST, {}, Outcome.ALLOW, "may_ask", ""),
    ("RULE-US-13", SPOKEN, P.PROMOTIONAL, {"country": "CA", "number": "+14165550142"}, Outcome.ALLOW, "level_promotional", ""),
    ("RULE-US-14", replace(CONFIRMED, rnd="no", rnd_on=TODAY - timedelta(days=90)), P.INFORMATIONAL, {"verify_days": 90}, Outcome.DENY, "not_verified", "let_customer_text"),
    ("RULE-US-14", CONFIRMED, P.INFORMATIONAL, {"verify_days": 90}, Outcome.DENY, "not_verified", "let_customer_text"),
    # Washington: nobody is asked again within twelve months of a no, unless they buy or inquire
    ("RULE-CT-02", replace(SAID_NO, changed_at=NOON - timedelta(days=364)), P.PERMISSION_REQUEST, SEATTLE, Outcome.DENY, "declined_lately", "record_basis"),
    ("RULE-CT-02", replace(SAID_NO, changed_at=NOON - timedelta(days=365)), P.PERMISSION_REQUEST, SEATTLE, Outcome.ALLOW, "may_ask", ""),
    ("RULE-CT-02", replace(SAID_NO, inquired_on=TODAY - timedelta(days=29)), P.PERMISSION_REQUEST, SEATTLE, Outcome.ALLOW, "may_ask", ""),
    ("RULE-CT-02", replace(SAID_NO, inquired_on=TODAY - timedelta(days=30)), P.PERMISSION_REQUEST, SEATTLE, Outcome.DENY, "declined_lately", "record_basis"),
    ("RULE-CT-02", replace(SAID_NO, purchased_on=TODAY - timedelta(days=29)), P.PERMISSION_REQUEST, SEATTLE, Outcome.ALLOW, "may_ask", ""),
    ("RULE-CT-02", SAID_NO, P.PERMISSION_REQUEST, {"region": "WA"}, Outcome.DENY, "declined_lately", "record_basis"),
    ("RULE-CT-02", SAID_NO, P.PERMISSION_REQUEST, {}, Outcome.ALLOW, "may_ask", ""),
    # what a dealership asks of itself
    ("RULE-US-17", OFFERS, P.PROMOTIONAL, {"traffic": Traffic(solicitations_24h=1), "tighter": Tighter(cap=1)}, Outcome.DENY, "cap_reached", "wait"),
    ("RULE-US-15", CONFIRMED, P.INFORMATIONAL, {"tighter": Tighter(opens=time(13))}, Outcome.DEFER, "quiet_hours", "schedule"),
    ("RULE-US-18", CONFIRMED, P.CONVERSATIONAL, {"now": NIGHT, "reply_minutes": 10, "traffic": Traffic(last_said_at=NIGHT - timedelta(minutes=10))}, Outcome.ALLOW, "level_informational", ""),
    ("RULE-US-15", CONFIRMED, P.CONVERSATIONAL, {"now": NIGHT, "reply_minutes": 10, "traffic": Traffic(last_said_at=NIGHT - timedelta(minutes=11))}, Outcome.DEFER, "quiet_hours", "schedule"),
    ("RULE-US-15", OFFERS, P.PROMOTIONAL, {"now": NIGHT, "traffic": Traffic(last_said_at=NIGHT)}, Outcome.DEFER, "quiet_hours", "schedule"),
    # offers without a written consent: the registry and the relationship decide
    ("RULE-US-13", SPOKEN, P.PROMOTIONAL, {}, Outcome.DENY, "dnc_unknown", "ask_for_offers"),
    ("RULE-US-13", replace(SPOKEN, **LISTED), P.PROMOTIONAL, {}, Outcome.DENY, "dnc_listed", "ask_for_offers"),
    ("RULE-US-13", replace(OFFERS, **LISTED), P.PROMOTIONAL, {}, Outcome.ALLOW, "level_promotional", ""),
    ("RULE-US-13", replace(SPOKEN, dnc="not_listed", dnc_list_on=TODAY - timedelta(days=31)), P.PROMOTIONAL, {}, Outcome.ALLOW, "level_promotional", ""),
    ("RULE-US-13", replace(SPOKEN, dnc="not_listed", dnc_list_on=TODAY - timedelta(days=32)), P.PROMOTIONAL, {}, Outcome.DENY, "dnc_unknown", "ask_for_offers"),
    ("RULE-US-13", replace(SPOKEN, purchased_on=date(2025, 5, 25)), P.PROMOTIONAL, {}, Outcome.ALLOW, "level_promotional", ""),
    ("RULE-US-13", replace(SPOKEN, purchased_on=date(2025, 5, 24)), P.PROMOTIONAL, {}, Outcome.DENY, "dnc_unknown", "ask_for_offers"),
    ("RULE-US-13", replace(SPOKEN, inquired_on=date(2026, 8, 25)), P.PROMOTIONAL, {}, Outcome.ALLOW, "level_promotional", ""),
    ("RULE-US-13", replace(SPOKEN, inquired_on=date(2026, 8, 24)), P.PROMOTIONAL, {}, Outcome.DENY, "dnc_unknown", "ask_for_offers"),
    ("RULE-US-13", replace(CONFIRMED, **LISTED), P.PROMOTIONAL, {}, Outcome.DENY, "level_too_low", "ask_for_offers"),
    ("RULE-US-14", held(S.WRONG_NUMBER, rnd="yes"), P.CONVERSATIONAL, {}, Outcome.DENY, "reassigned", "correct_number"),
    ("RULE-US-14", replace(CONFIRMED, verified_at=NOON - timedelta(days=90)), P.INFORMATIONAL, {"verify_days": 90}, Outcome.DENY, "not_verified", "let_customer_text"),
    ("RULE-US-03", replace(CONFIRMED, verified_at=NOON - timedelta(days=89)), P.INFORMATIONAL, {"verify_days": 90}, Outcome.ALLOW, "level_informational", ""),
    ("RULE-US-03", replace(CONFIRMED, rnd="no", rnd_on=TODAY - timedelta(days=89)), P.INFORMATIONAL, {"verify_days": 90}, Outcome.ALLOW, "level_informational", ""),
    ("RULE-US-14", replace(CONFIRMED, rnd="no_data", rnd_on=TODAY), P.INFORMATIONAL, {"verify_days": 90}, Outcome.DENY, "not_verified", "let_customer_text"),
    ("RULE-US-03", CONFIRMED, P.INFORMATIONAL, {"verify_days": 90, "traffic": Traffic(last_inbound_at=NOON - timedelta(days=1))}, Outcome.ALLOW, "level_informational", ""),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "state", "purpose", "more", "outcome", "reason", "act"), TABLE)
def test_row(
    rule: str,
    state: State,
    purpose: Purpose,
    more: dict[str, Any],
    outcome: Outcome,
    reason: str,
    act: str,
) -> None:
    verdict = decide(facts(state, purpose, **more))
    assert verdict.outcome is outcome
    assert verdict.reasons[0].code == reason
    assert (verdict.next.action if verdict.next else "") == act
    assert rule in verdict.rules or not rule
    counts = effective(state, country="CA", at=more.get("now", NOON))
    assert (verdict.status, verdict.level) == (counts.status, counts.level)
    assert verdict.rule_pack == packs.pack_in_use(more.get("now", NOON).date()).version
    assert bool(verdict.local_times) is bool(verdict.rows)


def test_a_lapsed_exchange_closes_and_an_open_question_outlives_it() -> None:
    lapsed = replace(EXCHANGE, expires_at=NOON)
    assert decide(facts(lapsed, P.CONVERSATIONAL)).outcome is Outcome.DENY
    asked = replace(lapsed, requested_at=NOON - timedelta(days=1))
    assert effective(asked, country="CA", at=NOON).status is S.REQUESTED


def test_implied_opens_only_once_possession_is_proven() -> None:
    implied = replace(KNOWN, implied_until=NOON + timedelta(days=30))
    canada = {"country": "CA", "number": "+14165550142"}
    assert decide(facts(implied, P.CONVERSATIONAL, **canada)).outcome is Outcome.DENY
    proven = replace(implied, possession_proven_at=NOON - timedelta(days=9))
    assert decide(facts(proven, P.CONVERSATIONAL, **canada)).outcome is Outcome.ALLOW


# rule, number, state and ZIP of the address, local clock, outcome   (2026-11-23 is a Monday)
EDGES: list[tuple[str, str, dict[str, str], str, Outcome]] = [
    # a minute before and after, Sunday, a holiday, both changes of the clocks
    ("RULE-US-15", "+17175550142", {}, "2026-11-23T08:59-05:00", Outcome.DEFER),
    ("RULE-US-15", "+17175550142", {}, "2026-11-23T09:00-05:00", Outcome.ALLOW),
    ("RULE-US-15", "+17175550142", {}, "2026-11-23T19:59-05:00", Outcome.ALLOW),
    ("RULE-US-15", "+17175550142", {}, "2026-11-23T20:00-05:00", Outcome.DEFER),
    ("RULE-US-15", "+17175550142", {}, "2026-11-22T11:59-05:00", Outcome.DEFER),
    ("RULE-US-15", "+17175550142", {}, "2026-11-22T12:00-05:00", Outcome.ALLOW),
    ("RULE-US-15", "+17175550142", {}, "2026-11-26T08:59-05:00", Outcome.DEFER),  # a holiday
    ("RULE-US-15", "+17175550142", {}, "2026-11-26T12:00-05:00", Outcome.ALLOW),
    ("RULE-US-15", "+12055550142", {}, "2026-11-22T14:00-06:00", Outcome.DEFER),
    ("RULE-US-15", "+17175550142", {}, "2026-03-07T09:00-05:00", Outcome.ALLOW),
    ("RULE-US-15", "+17175550142", {}, "2026-03-09T08:59-04:00", Outcome.DEFER),
    ("RULE-US-15", "+17175550142", {}, "2026-03-09T09:00-04:00", Outcome.ALLOW),
    ("RULE-US-15", "+17175550142", {}, "2026-11-02T08:59-05:00", Outcome.DEFER),
    ("RULE-US-15", "+17175550142", {}, "2026-11-02T09:00-05:00", Outcome.ALLOW),
    # Arizona keeps its clocks; Newfoundland's are half an hour off
    ("RULE-US-15", "+16025550142", {}, "2026-07-06T08:59-07:00", Outcome.DEFER),
    ("RULE-US-15", "+16025550142", {}, "2026-07-06T09:00-07:00", Outcome.ALLOW),
    ("RULE-US-15", "+16025550142", {}, "2026-12-07T19:59-07:00", Outcome.ALLOW),
    ("RULE-US-15", "+17095550142", {}, "2026-11-23T09:29-03:30", Outcome.DEFER),
    ("RULE-US-15", "+17095550142", {}, "2026-11-23T09:30-03:30", Outcome.ALLOW),
    # split states: both zones, until the address tells
    ("RULE-US-16", "+14235550142", {}, "2026-11-23T09:59-05:00", Outcome.DEFER),  # Tennessee
    ("RULE-US-16", "+14235550142", {}, "2026-11-23T10:00-05:00", Outcome.ALLOW),
    ("RULE-US-16", "+14235550142", {"postal_code": "37402"}, "2026-11-23T09:00-05:00", Outcome.ALLOW),
    ("RULE-US-16", "+16155550142", {}, "2026-11-23T09:00-06:00", Outcome.ALLOW),
    ("RULE-US-16", "+12705550142", {}, "2026-11-23T10:00-05:00", Outcome.DEFER),  # Kentucky, 10:00
    ("RULE-US-16", "+12705550142", {}, "2026-11-23T10:59-05:00", Outcome.DEFER),
    ("RULE-US-16", "+12705550142", {}, "2026-11-23T11:00-05:00", Outcome.ALLOW),
    ("RULE-US-16", "+18505550142", {}, "2026-11-23T19:59-05:00", Outcome.ALLOW),  # panhandle
    ("RULE-US-16", "+18505550142", {}, "2026-11-23T20:00-05:00", Outcome.DEFER),
    ("RULE-US-16", "+18505550142", {"postal_code": "32501"}, "2026-11-23T19:59-06:00", Outcome.ALLOW),
    ("RULE-US-16", "+17015550142", {}, "2026-11-23T09:59-06:00", Outcome.DEFER),  # North Dakota
    ("RULE-US-16", "+17015550142", {}, "2026-11-23T10:00-06:00", Outcome.ALLOW),
    ("RULE-US-16", "+12085550142", {}, "2026-11-23T09:59-07:00", Outcome.DEFER),  # Idaho
    ("RULE-US-16", "+12085550142", {"postal_code": "83702"}, "2026-11-23T09:00-07:00", Outcome.ALLOW),
    ("RULE-US-16", "+15415550142", {}, "2026-11-23T09:00-08:00", Outcome.ALLOW),  # Oregon
    ("RULE-US-16", "+15415550142", {}, "2026-11-23T19:00-08:00", Outcome.DEFER),
    # address and area code disagree: both must be open
    ("RULE-US-16", "+12135550142", {"region": "PA"}, "2026-11-23T11:59-05:00", Outcome.DEFER),
    ("RULE-US-16", "+12135550142", {"region": "PA"}, "2026-11-23T12:00-05:00", Outcome.ALLOW),
    ("RULE-US-16", "+12135550142", {"region": "PA"}, "2026-11-23T20:00-05:00", Outcome.DEFER),
    ("RULE-US-16", "+17175550142", {"region": "RI"}, "2026-11-23T17:59-05:00", Outcome.ALLOW),
    ("RULE-US-16", "+17175550142", {"region": "RI"}, "2026-11-23T18:00-05:00", Outcome.DEFER),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "number", "where", "clock", "outcome"), EDGES)
def test_edge(rule: str, number: str, where: dict[str, str], clock: str, outcome: Outcome) -> None:
    country = "CA" if number.startswith("+1709") else "US"
    now = datetime.fromisoformat(clock)
    verdict = decide(
        facts(CONFIRMED, P.INFORMATIONAL, number=number, country=country, now=now, **where)
    )
    assert verdict.outcome is outcome
    assert rule in verdict.rules
    if outcome is Outcome.DEFER:
        assert verdict.not_before is not None
        assert verdict.not_before > now


@pytest.mark.parametrize(
    ("number", "clock"),
    [("+17175550142", "2026-11-26T12:00-05:00"), ("+12055550142", "2027-04-26T12:00-05:00")],
)
def test_a_holiday_closes_to_offers_and_to_what_asks_for_them(number: str, clock: str) -> None:
    """RULE-US-15: Thanksgiving in Pennsylvania, Confederate Memorial Day in Alabama."""
    there: dict[str, Any] = {"number": number, "now": datetime.fromisoformat(clock)}
    for_offers = facts(CONFIRMED, P.PERMISSION_REQUEST, request_level=L.PROMOTIONAL, **there)
    for closed in (facts(OFFERS, P.PROMOTIONAL, **there), for_offers):
        verdict = decide(closed)
        assert (verdict.outcome, verdict.reasons[0].code) == (Outcome.DEFER, "quiet_hours")
        assert verdict.not_before is not None
        assert verdict.not_before.date() > there["now"].date()
    for asked in (
        facts(CONFIRMED, P.INFORMATIONAL, **there),
        facts(KNOWN, P.PERMISSION_REQUEST, **there),
    ):
        assert decide(asked).outcome is Outcome.ALLOW


#: What people read of each row of the table, and the rules it names; one line a row.
VERDICTS = Path(__file__).with_name("verdicts.txt")


def told(row: tuple[Any, ...]) -> str:
    _, state, purpose, more, *_ = row
    verdict = decide(facts(state, purpose, **more))
    reasons = " ".join(f"[{reason.rule}] {reason.text}" for reason in verdict.reasons)
    then = f" > {verdict.next.text}" if verdict.next else ""
    return f"{verdict.outcome} {' '.join(verdict.rules)}: {reasons}{then}"


def test_people_read_these_words() -> None:
    lines = VERDICTS.read_text(encoding="utf-8").splitlines()
    assert [told(row) for row in TABLE] == lines


def test_a_decision_names_the_pack_the_rows_and_what_told_the_place() -> None:
    verdict = decide(facts(CONFIRMED, P.INFORMATIONAL, region="AL"))
    assert verdict.rule_pack == "2026.11.2"
    assert verdict.rows == ("US", "US-AL", "US-PA")
    assert verdict.sources == ("address", "area_code")
    assert [zone for zone, _ in verdict.local_times] == ["America/Chicago", "America/New_York"]
    assert decide(facts(held(S.REVOKED), P.INFORMATIONAL)).rule_pack == verdict.rule_pack


def test_an_offer_says_that_the_registry_forbids_it_beside_the_level_that_is_missing() -> None:
    verdict = decide(facts(replace(CONFIRMED, **LISTED), P.PROMOTIONAL))
    assert [reason.code for reason in verdict.reasons] == ["level_too_low", "dnc_listed"]


@pytest.mark.parametrize(("days", "warned"), [(31, False), (30, True), (1, True)])
def test_an_implied_consent_that_ends_soon_says_so(days: int, warned: bool) -> None:
    state = replace(KNOWN, implied_until=NOON + timedelta(days=days), possession_proven_at=NOON)
    verdict = decide(facts(state, P.CONVERSATIONAL, country="CA", number="+14165550142"))
    assert verdict.outcome is Outcome.ALLOW
    said = [(reason.code, reason.text, reason.rule) for reason in verdict.reasons[1:]]
    text = f"The implied consent ends in {days} days: ask for a YES before."
    assert said == ([("implied_ends_soon", text, "RULE-CA-01")] if warned else [])
    assert ("RULE-CA-01" in verdict.rules) is warned
    assert verdict.rules[0] == "RULE-US-03"


EVENTS = st.lists(
    st.tuples(st.sampled_from(list(Kind)), st.integers(0, 9), st.sampled_from(list(Level)[2:])),
    max_size=14,
)


@given(EVENTS, st.sampled_from(list(P)), st.integers(0, 20))
def test_no_history_reaches_a_text_after_a_stop_or_above_its_level(
    events: list[tuple[Kind, int, Level]], purpose: Purpose, days: int
) -> None:
    at = NOON - timedelta(days=30)
    entries, stopped = [], False
    for index, (kind, gap, level) in enumerate(events):
        at += timedelta(days=gap)
        entries.append(Entry(index, kind, at, {"level": level.value, "basis": "web_form"}))
        if kind in {Kind.REVOKED, Kind.CARRIER_BLOCKED, Kind.WRONG_NUMBER}:
            stopped = True
        elif kind is Kind.RESTORED_BY_CUSTOMER:
            stopped = False
    state = fold(entries)
    verdict = decide(facts(state, purpose, now=at + timedelta(days=days)))
    if stopped:
        assert verdict.outcome is Outcome.DENY
    if verdict.outcome is not Outcome.DENY and purpose in {P.INFORMATIONAL, P.PROMOTIONAL}:
        assert verdict.level.rank >= Level(purpose.value).rank
        assert state.confirmed_level or state.implied_until


def test_every_next_act_is_offered_somewhere() -> None:
    offered = {act for *_, act in TABLE if act}
    assert {action.value for action in Action} - offered == set()


CANADIAN_BY_ADDRESS = {"country": "CA", "region": "ON", "number": "+17175550142"}
AMERICAN_BY_ADDRESS = {"country": "US", "region": "NY", "number": "+14165550142"}


@pytest.mark.parametrize(
    ("state", "where", "code"),
    [
        # the address's law permits both, the area code's neither
        (replace(KNOWN, **LISTED, inquired_on=TODAY - timedelta(days=120)), CANADIAN_BY_ADDRESS,
         "dnc_listed"),
        (replace(KNOWN, basis="existing_customer"), AMERICAN_BY_ADDRESS, "no_ground_in_canada"),
    ],
)  # fmt: skip
def test_where_address_and_area_code_are_in_two_countries_both_laws_must_allow(
    state: State, where: dict[str, str], code: str
) -> None:
    """RULE-CA-05, RULE-US-16: the strictest rule that may apply wins."""
    verdict = decide(facts(state, P.PERMISSION_REQUEST, **where))
    assert (verdict.outcome, verdict.reasons[0].code) == (Outcome.DENY, code)


def test_what_canada_implies_permits_nothing_to_an_american_number() -> None:
    """RULE-CA-01, RULE-CA-05."""
    implied = held(
        S.EXPIRED,
        implied_until=NOON + timedelta(days=60),
        possession_proven_at=NOON - timedelta(days=9),
    )
    assert decide(facts(implied, P.INFORMATIONAL, country="CA", number="+14165550142")).outcome is (
        Outcome.ALLOW
    )
    assert decide(facts(implied, P.INFORMATIONAL, **CANADIAN_BY_ADDRESS)).outcome is Outcome.DENY


def test_a_country_alone_weighs_every_place_in_it() -> None:
    """RULE-US-16: 09:05 in New York is 06:05 in Vancouver."""
    morning = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
    only = {"number": "+17175550142", "now": morning}
    assert decide(facts(CONFIRMED, P.INFORMATIONAL, **only)).outcome is Outcome.ALLOW
    verdict = decide(facts(CONFIRMED, P.INFORMATIONAL, country="CA", **only))
    assert verdict.outcome is Outcome.DEFER
    assert {zone for zone, _ in verdict.local_times} > {"America/Vancouver", "America/New_York"}
    assert "CA" in verdict.rows
    there = decide(facts(CONFIRMED, P.INFORMATIONAL, country="CA", region="NS", **only))
    assert there.outcome is Outcome.ALLOW


@pytest.mark.parametrize("where", [{"region": "XX"}, {"postal_code": "94x05"}])
def test_an_address_that_nobody_can_read_tells_no_place(where: dict[str, str]) -> None:
    """RULE-US-16."""
    verdict = decide(facts(LEAD, P.PERMISSION_REQUEST, number="+18005550142", country="", **where))
    assert (verdict.outcome, verdict.reasons[0].code) == (Outcome.DENY, "location_unknown")


def test_a_no_to_offers_is_not_asked_again_by_way_of_service_texts() -> None:
    """RULE-CT-02, and Washington's twelve months (law 1.9)."""
    state = replace(
        CONFIRMED,
        request_level="informational",
        declined_at=NOON - timedelta(days=30),
        declined_level="promotional",
        asked_basis_index=0,
    )
    for_offers = {"request_level": L.PROMOTIONAL}
    verdict = decide(facts(state, P.PERMISSION_REQUEST, **for_offers))
    assert (verdict.outcome, verdict.reasons[0].code) == (Outcome.DENY, "already_asked")
    later = replace(state, basis_index=7, inquired_on=TODAY - timedelta(days=40))
    assert decide(facts(later, P.PERMISSION_REQUEST, **for_offers)).outcome is Outcome.ALLOW
    verdict = decide(facts(later, P.PERMISSION_REQUEST, **for_offers, **SEATTLE))
    assert verdict.reasons[0].code == "declined_lately"
    bought = replace(later, purchased_on=TODAY - timedelta(days=3))
    assert decide(facts(bought, P.PERMISSION_REQUEST, **for_offers, **SEATTLE)).outcome is (
        Outcome.ALLOW
    )


def test_washingtons_twelve_months_end_with_no_mere_word_of_the_customer() -> None:
    said_no = fold(
        [
            Entry(1, Kind.DECLINED, NOON - timedelta(days=30), {"ends_implied": True}),
            Entry(2, Kind.CUSTOMER_TEXTED_FIRST, NOON - timedelta(days=29)),
        ],
        ASKED,
    )
    assert said_no.has_unused_basis
    lapsed = effective(said_no, at=NOON, country="US")
    assert decide(facts(lapsed, P.PERMISSION_REQUEST)).outcome is Outcome.ALLOW
    verdict = decide(facts(lapsed, P.PERMISSION_REQUEST, **SEATTLE))
    assert verdict.reasons[0].code == "declined_lately"


def test_who_said_no_lately_is_refused_by_the_rows_that_were_weighed() -> None:
    said_no = replace(KNOWN, declined_at=NOON - timedelta(days=30))
    verdict = decide(facts(said_no, P.PERMISSION_REQUEST, **SEATTLE))
    assert (verdict.reasons[0].code, verdict.rules) == ("declined_lately", ("RULE-CT-02",))
    assert "US-WA" in verdict.rows
    assert verdict.sources
    assert verdict.local_times


def test_both_laws_are_named_where_both_allow_and_the_refusing_ones_state_is_told() -> None:
    asked: dict[str, Any] = {"inquired_on": TODAY, "implied_until": NOON + timedelta(days=90)}
    both = decide(facts(replace(KNOWN, **asked), P.PERMISSION_REQUEST, **CANADIAN_BY_ADDRESS))
    assert both.outcome is Outcome.ALLOW
    assert {"RULE-US-13", "RULE-CA-04"} <= set(both.rules)
    assert len(both.rules) == len(set(both.rules))
    implied = held(S.EXPIRED, implied_until=NOON + timedelta(days=9), possession_proven_at=NOON)
    told = decide(facts(implied, P.INFORMATIONAL, **CANADIAN_BY_ADDRESS))
    assert (told.status, told.level, told.rule_pack) == (S.EXPIRED, L.NONE, both.rule_pack)
    assert (told.local_times, told.rows) == ((), ())
    alone = decide(facts(KNOWN, P.PERMISSION_REQUEST, country="US", number="+18005550142",
                         region="PA"))  # fmt: skip
    assert "RULE-CA-04" not in alone.rules


OFFERED = Reason("words_are_an_offer", "These words offer something.", "RULE-US-03")


@pytest.mark.parametrize("now", [NOON, NIGHT])
def test_what_the_words_say_stands_beside_the_answer_where_anything_may_be_sent(
    now: datetime,
) -> None:
    for state, purpose in ((OFFERS, P.PROMOTIONAL), (CONFIRMED, P.PROMOTIONAL)):
        plain = decide(facts(state, purpose, now=now))
        told = decide(facts(state, purpose, now=now, words=OFFERED))
        assert told.outcome is plain.outcome
        assert told.reasons == (*plain.reasons, OFFERED)
        assert set(told.rules) == {*plain.rules, "RULE-US-03"}
        assert len(told.rules) == len(set(told.rules))
    silent = decide(facts(held(S.REVOKED), P.PROMOTIONAL, words=OFFERED))
    assert OFFERED not in silent.reasons


def test_a_no_binds_until_twelve_months_are_over_to_the_day() -> None:
    """RULE-CT-02 and Washington: counted from the no, by the calendar."""
    said_no = replace(
        CONFIRMED, request_level="informational", basis_index=7, asked_basis_index=0,
        declined_level="promotional",
    )  # fmt: skip
    for days, outcome in ((364, Outcome.DENY), (365, Outcome.ALLOW)):
        state = replace(said_no, declined_at=NOON - timedelta(days=days))
        verdict = decide(facts(state, P.PERMISSION_REQUEST, request_level=L.PROMOTIONAL, **SEATTLE))
        assert verdict.outcome is outcome, days
    on_the_day = replace(
        said_no, declined_at=NOON - timedelta(days=30), purchased_on=TODAY - timedelta(days=30)
    )
    verdict = decide(
        facts(on_the_day, P.PERMISSION_REQUEST, request_level=L.PROMOTIONAL, **SEATTLE)
    )
    assert verdict.reasons[0].code == "declined_lately"
    assert "RULE-CT-02" in verdict.rules


def test_no_question_is_offered_that_the_other_countrys_law_refuses() -> None:
    """A bought lead with a Toronto number and a Buffalo address: RULE-CA-04 wants a basis."""
    lead = replace(LEAD, names_dealer=True)
    at: dict[str, Any] = {"number": "+14165550142", "country": "US", "region": "NY"}
    question = decide(facts(lead, P.PERMISSION_REQUEST, **at))
    assert question.outcome is Outcome.DENY
    refused = decide(facts(lead, P.INFORMATIONAL, **at))
    assert refused.next is None or refused.next.action is not Action.ASK_PERMISSION
    alone = decide(facts(lead, P.INFORMATIONAL, number="+17165550142", region="NY"))
    assert alone.next is not None
    assert alone.next.action is Action.ASK_PERMISSION
