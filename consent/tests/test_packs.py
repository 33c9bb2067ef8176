"""The rule packs, row by row against a transcription of their own, and at the edges of each day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from consent import hours, packs, places, rules
from consent.packs import PACKS, Pack, Row

# id; weekdays; Saturday; Sunday; holidays; cap; texts; agreement; in force from; also; months
TABLE = """
US    8-21   8-21   8-21   -        -  yes  H  -           -        0
CA    0-24   0-24   0-24   -        -  yes  H  -           -        0
US-AL 8-20   8-20   -      state    -  ?    M  -           -        0
US-AZ 8-21   8-21   8-21   -        -  yes  M  -           -        0
US-CT 9-20   9-20   9-20   -        -  yes  M  2023-10-01  -        0
US-FL 8-20   8-20   8-20   -        3  yes  H  -           -        0
US-IL 9-21   9-21   9-21   -        -  ?    L  -           -        0
US-KY 10-21  10-21  10-21  -        -  ?    M  -           -        0
US-LA 8-20   8-20   -      state    -  ?    M  -           -        0
US-MD 8-20   8-20   8-20   -        3  yes  H  2024-01-01  -        0
US-MA 8-20   8-20   8-20   -        -  ?    M  -           -        0
US-GA 8-21   8-21   8-21   -        -  ?    U  -           -        0
US-NC 8-21   8-21   8-21   -        -  ?    U  -           -        0
US-NY 8-21   8-21   8-21   -        -  ?    U  -           -        0
US-SC 8-21   8-21   8-21   -        -  ?    U  -           -        0
US-MI 9-21   9-21   9-21   -        -  ?    M  -           -        0
US-MN 9-21   9-21   9-21   -        -  ?    M  -           -        0
US-MS 8-20   8-20   -      -        -  ?    M  -           Central  0
US-NM 9-21   9-21   9-21   -        -  ?    L  -           -        0
US-NV 9-20   9-20   9-20   -        -  ?    L  -           -        0
US-NJ 8-20   8-20   8-20   -        -  ?    L  -           -        0
US-OK 8-20   8-20   8-20   -        3  yes  H  2022-11-01  -        0
US-OR 8-20   8-20   8-20   -        3  yes  H  2026-01-01  -        0
US-PA 8-21   8-21   8-21   state    -  ?    L  -           -        0
US-RI 9-18   10-17  -      state    -  ?    L  -           -        0
US-TX 9-21   9-21   12-21  -        -  yes  H  2025-09-01  Central  0
US-UT 8-21   8-21   8-21   state    -  ?    L  -           -        0
US-VA 8-21   8-21   8-21   -        -  yes  H  2026-01-01  -        0
US-WA 8-20   8-20   8-20   -        -  yes  M-H 2022-06-09  -        12
"""
LINES = [line.split() for line in TABLE.strip().splitlines()]
TODAY = date(2026, 11, 28)
ROWS = packs.rows_in_force(TODAY).rows
MONDAY = date(2026, 11, 23)


def span(text: str) -> packs.Span:
    if text == "-":
        return None
    opens, closes = (int(hour) for hour in text.split("-"))
    return time(opens), time.max if closes == 24 else time(closes)


def test_every_row_of_the_table_is_in_the_pack_and_no_other() -> None:
    assert set(ROWS) == {line[0] for line in LINES}
    assert len(ROWS) == len(LINES) == len(PACKS[-1].rows)


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_a_row_says_what_the_law_page_says(line: list[str]) -> None:
    key, weekdays, saturday, sunday, closed, cap, texts, agreement, since, also, months = line
    row = ROWS[key]
    assert row.week == (*(span(weekdays),) * 5, span(saturday), span(sunday))
    assert row.holidays == closed.strip("-")
    assert row.cap == (None if cap == "-" else int(cap))
    assert bool(row.cap_on) is (row.cap is not None)
    assert row.covers_texts is (True if texts == "yes" else None)
    assert row.agreement == agreement
    assert row.effective_on == (None if since == "-" else date.fromisoformat(since))
    assert row.until is None
    assert row.also_in == ((places.CENTRAL,) if also == "Central" else ())
    assert row.months_after_no == int(months)
    assert row.reviewed_on == date(2026, 11, 23)
    assert row.source
    assert row.state in places.STATES | {""}


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
@pytest.mark.parametrize("day", [MONDAY + timedelta(days=n) for n in range(3)] + [
    date(2026, 11, 28), date(2026, 11, 29)])  # fmt: skip
def test_a_row_opens_and_closes_to_the_minute(line: list[str], day: date) -> None:
    expected = span(line[1 if day.weekday() < 5 else 2 if day.weekday() == 5 else 3])
    row = ROWS[line[0]]
    clock = hours._Clock("America/Chicago", row.week, frozenset({(row.holidays, row.state)}))
    if expected is None:
        assert not any(clock.is_open(datetime.combine(day, time(h))) for h in range(24))
        return
    opens, closes = (datetime.combine(day, edge) for edge in expected)
    minute = timedelta(minutes=1)
    assert clock.is_open(opens)
    assert clock.is_open(closes - minute)
    assert not clock.is_open(closes)
    if opens.time() != time.min:
        assert not clock.is_open(opens - minute)


# a state's own holidays, which the federation does not keep
@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("US-AL", date(2027, 4, 26)),  # Confederate Memorial Day
        ("US-LA", date(2027, 3, 26)),  # Good Friday
        ("US-RI", date(2027, 8, 9)),  # Victory Day
        ("US-UT", date(2027, 7, 23)),  # Pioneer Day, observed
        ("US-PA", date(2027, 7, 5)),  # Independence Day, observed
        ("US-AL", date(2026, 12, 25)),
        ("US-LA", date(2027, 1, 1)),
        ("US-RI", date(2026, 11, 26)),
        ("US-UT", date(2026, 11, 26)),
        ("US-PA", date(2026, 11, 26)),
        ("US-PA", date(2026, 11, 27)),  # the day after Thanksgiving
    ],
)
def test_a_holiday_is_closed(key: str, day: date) -> None:
    assert ROWS[key].span(day) is None
    assert ROWS["US-FL"].span(day) is not None


def test_a_working_day_is_open_and_a_states_holiday_closes_that_state_alone() -> None:
    assert ROWS["US-AL"].span(date(2026, 11, 27)) is not None
    assert ROWS["US-PA"].span(date(2027, 8, 9)) is not None


@pytest.mark.parametrize(
    ("year", "some"),
    [
        (2026, {date(2026, 1, 19), date(2026, 5, 25), date(2026, 7, 3), date(2026, 11, 26)}),
        (2027, {date(2027, 6, 18), date(2027, 7, 5), date(2027, 12, 24), date(2027, 12, 31)}),
        (2023, {date(2023, 1, 1), date(2023, 1, 2), date(2023, 11, 10), date(2023, 2, 20)}),
        (2028, {date(2028, 1, 1), date(2028, 10, 9), date(2028, 9, 4), date(2028, 11, 11)}),
    ],
)
def test_federal_holidays_and_their_observance(year: int, some: set[date]) -> None:
    found = packs.closed_days("federal", "", year)
    assert some <= found <= packs.closed_days("state", "AL", year)
    assert {day.year for day in found} == {year}
    assert packs.closed_days("", "AL", year) == frozenset()


# --- the house window ---------------------------------------------------------------------------


def test_the_house_window_lies_inside_the_federal_one() -> None:
    weekday, sunday = (time(9), time(20)), (time(12), time(20))
    assert PACKS[-1].house == (*(weekday,) * 6, sunday)
    assert ROWS["US"].week == ((time(8), time(21)),) * 7


# --- days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [line for line in LINES if line[8] != "-"], ids=lambda row: row[0])
def test_a_law_binds_from_its_day(line: list[str]) -> None:
    since = date.fromisoformat(line[8])
    assert line[0] in packs.rows_in_force(since).rows
    assert line[0] not in packs.rows_in_force(since - timedelta(days=1)).rows
    noon = datetime.combine(since, time(12), tzinfo=UTC)
    assert line[0] in packs.era(packs.era_of(noon)).rows
    assert line[0] not in packs.era(packs.era_of(noon - timedelta(days=1))).rows


def test_a_text_of_last_year_is_judged_by_the_rules_of_last_year() -> None:
    portland, at = "+15035550100", datetime(2025, 12, 31, 18, tzinfo=UTC)
    assert hours.window(portland, at=at).rows == ("US",)
    assert hours.window(portland, at=at + timedelta(days=1)).rows == ("US", "US-OR")


def test_a_law_that_ends_binds_on_its_last_day_wherever_in_america_it_still_is() -> None:
    row = Row("US-ME", ROWS["US-RI"].week, "test", "H", until=date(2026, 6, 30))
    assert row.is_in_force(date(2026, 7, 1))
    assert not row.is_in_force(date(2026, 7, 2))
    pack = Pack("test", date(2026, 1, 1), PACKS[-1].house, (row,))
    assert packs.boundaries((pack,)) == (date(2026, 1, 1), date(2026, 7, 2))


def test_a_past_day_is_asked_of_the_pack_that_was_in_use_then() -> None:
    old = replace(PACKS[0], version="old", rows=PACKS[0].rows[:1], in_use_from=date(2026, 1, 1))
    new = replace(PACKS[0], version="new", in_use_from=date(2026, 7, 1))
    then = packs.rows_in_force(date(2026, 6, 30), (old, new))
    assert (then.version, list(then.rows)) == ("old", ["US"])
    assert packs.rows_in_force(date(2026, 7, 1), (old, new)).version == "new"
    assert packs.pack_in_use(date(2020, 1, 1), (old, new)) is old
    assert {date(2026, 1, 1), date(2026, 7, 1)} <= set(packs.boundaries((old, new)))


def test_a_decision_of_before_is_asked_of_the_first_reading() -> None:
    first, new = packs.rows_in_force(date(2026, 11, 26)), packs.rows_in_force(date(2026, 11, 27))
    assert (first.version, new.version) == ("2026.11.2", "2026.11.3")
    changed = {key for key, row in new.rows.items() if first.rows.get(key) != row}
    assert changed == {"US-PA", "US-RI", "US-WA", "US-GA", "US-NC", "US-NY", "US-SC"}
    assert first.rows["US-PA"].span(date(2026, 11, 27)) is not None
    assert first.rows["US-RI"].span(date(2026, 11, 29)) == (time(10), time(17))
    assert first.rows["US-WA"].agreement == "M"


def test_the_newest_pack_is_the_one_that_decisions_name() -> None:
    assert PACKS[-1].version == rules.RULE_PACK == "2026.11.3"
    assert PACKS[-1].in_use_from == date(2026, 11, 27)
    assert len({pack.version for pack in PACKS}) == len(PACKS)
    assert list(PACKS) == sorted(PACKS, key=lambda pack: pack.in_use_from)


# --- caps and what a dealership asks of itself --------------------------------------------------

FLORIDA, PENNSYLVANIA, TORONTO = "+13055550100", "+17175550100", "+14165550100"
NOON = datetime(2026, 11, 30, 17, tzinfo=UTC)


def test_the_lowest_cap_that_may_apply_holds_and_a_dealership_may_lower_it() -> None:
    def cap(number: str, tighter: hours.Tighter = hours.NOT_TIGHTER) -> int:
        return hours.weigh(number, region="", postal_code="", at=NOON, tighter=tighter).cap

    assert cap(FLORIDA) == cap(PENNSYLVANIA) == cap(TORONTO) == 3
    assert cap(FLORIDA, hours.Tighter(cap=1)) == 1
    assert cap(FLORIDA, hours.Tighter(cap=0)) == 0
    assert cap(FLORIDA, hours.Tighter(cap=9)) == 3


def test_a_state_may_cap_lower_than_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "SOLICITATIONS_PER_24H", 5)
    hours._place.cache_clear()
    try:
        assert hours.window(FLORIDA, at=NOON).cap == 3
        assert hours.window(PENNSYLVANIA, at=NOON).cap == 5
        assert hours.window(PENNSYLVANIA, zip="33101", at=NOON).cap == 3
    finally:
        hours._place.cache_clear()


@pytest.mark.parametrize(
    ("tighter", "text", "is_open"),
    [
        (hours.Tighter(opens=time(10)), "2026-11-23T09:59", False),
        (hours.Tighter(opens=time(10)), "2026-11-23T10:00", True),
        (hours.Tighter(closes=time(18)), "2026-11-23T17:59", True),
        (hours.Tighter(closes=time(18)), "2026-11-23T18:00", False),
        (hours.Tighter(no_sundays=True), "2026-11-22T13:00", False),
        (hours.Tighter(no_sundays=True), "2026-11-23T13:00", True),
        # a looser value has no effect
        (hours.Tighter(opens=time(6), closes=time(23)), "2026-11-23T08:59", False),
        (hours.Tighter(opens=time(6), closes=time(23)), "2026-11-23T20:00", False),
        (hours.Tighter(opens=time(6), closes=time(23)), "2026-11-22T11:59", False),
    ],
)
def test_a_dealership_narrows_the_hours_and_never_widens_them(
    tighter: hours.Tighter, text: str, is_open: bool
) -> None:
    at = datetime.fromisoformat(text + "-05:00")
    found = hours.weigh(PENNSYLVANIA, region="", postal_code="", at=at, tighter=tighter)
    assert found.open is is_open


@pytest.mark.parametrize(
    ("number", "region", "zip_code", "rows", "sources"),
    [
        (PENNSYLVANIA, "", "", ("US", "US-PA"), ("area_code",)),
        (PENNSYLVANIA, "AL", "", ("US", "US-AL", "US-PA"), ("address", "area_code")),
        (TORONTO, "", "", ("CA",), ("area_code",)),
        ("+18005550100", "", "94105", ("US",), ("address",)),
        ("+12135550100", "", "", ("US",), ("area_code",)),
        (TORONTO, "RI", "", ("CA", "US", "US-RI"), ("address", "area_code")),
    ],
)
def test_a_window_names_the_rows_it_weighed_and_what_told_the_place(
    number: str, region: str, zip_code: str, rows: tuple[str, ...], sources: tuple[str, ...]
) -> None:
    found = hours.window(number, state=region, zip=zip_code, at=NOON)
    assert (found.rows, found.sources, found.pack) == (rows, sources, "2026.11.3")


def test_a_number_that_tells_no_place_weighs_every_row() -> None:
    found = hours.window("+18005550100", at=NOON)
    assert set(found.rows) == set(ROWS)
    assert found.sources == ()


def test_only_washington_forbids_to_ask_again_after_a_no() -> None:
    assert hours.window("+12065550100", at=NOON).months_after_no == 12
    assert hours.window(PENNSYLVANIA, zip="98101", at=NOON).months_after_no == 12
    assert hours.window(PENNSYLVANIA, at=NOON).months_after_no == 0
