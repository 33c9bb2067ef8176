from __future__ import annotations

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from consent import rules
from consent.rules import add_months


def test_every_rule_stands_under_its_own_id_with_a_source_and_a_reading():
    for rule_id, rule in rules.RULES.items():
        assert rule.id == rule_id
        assert re.fullmatch(r"RULE-(US|CT|CA|TW|PF)-\d\d", rule_id)
        assert rule.title
        assert rule.citation
        assert rule.reading.endswith(".")


def test_no_rule_is_missing_from_its_series():
    counts = {"US": 19, "CT": 4, "CA": 5, "TW": 6, "PF": 2}
    expected = {f"RULE-{area}-{n:02}" for area, last in counts.items() for n in range(1, last + 1)}
    assert set(rules.RULES) == expected


def test_the_carriers_words_are_all_stop_words_of_ours():
    assert {word.casefold() for word in rules.TWILIO_STOP_WORDS} <= rules.STOP_WORDS
    assert {word.casefold() for word in rules.TWILIO_HELP_WORDS} <= rules.HELP_WORDS
    assert "OPT OUT" not in rules.TWILIO_STOP_WORDS


def test_yes_does_not_lift_a_stop():
    assert "yes" not in rules.START_WORDS


def test_months_are_calendar_months():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 8, 31), 18) == date(2028, 2, 29)
    assert add_months(date(2026, 11, 23), 3) == date(2027, 2, 23)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 240))
def test_adding_months_never_leaves_the_month(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_a_narrowed_stop_reaches_the_group_from_the_day_of_revoke_all() -> None:
    last = datetime(2027, 1, 30, 23, 59, 59, 999999, tzinfo=UTC)
    first = datetime(2027, 1, 31, tzinfo=UTC)
    assert rules.reaches_group(is_narrowed=False, at=last)
    assert not rules.reaches_group(is_narrowed=True, at=last)
    assert rules.reaches_group(is_narrowed=True, at=first)
    assert rules.reaches_group(is_narrowed=False, at=first)
