"""Pure: the rule packs: hours, holidays and caps of each state as dated, cited data.

A pack has a version and a day since when the portal goes by it; a row has the days between which
its law binds. The readings are engineering readings, where sources disagreed the stricter one, and
no legal advice. Law: RULE-US-15, RULE-US-17.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Literal

import holidays

from consent import places, rules

#: Opening and closing time of one day, local; None: no solicitation that day.
Span = tuple[time, time] | None
#: Monday to Sunday.
Week = tuple[Span, Span, Span, Span, Span, Span, Span]


@dataclass(frozen=True, slots=True)
class Row:
    """What one state, or a whole country, permits.

    `week`: local times, from the opening minute up to, not including, the closing one. `holidays`:
    closed on none, on the federal ones, or on the state's own besides. `cap`: solicitations to a
    number in 24 hours, None without one; `cap_on`: on what they are counted. `covers_texts`: None
    where it was not checked. `agreement`: how well the sources agreed: H, M, L, between two of
    them ("M-H"), or U for unsettled, and for a state of which nothing was read.
    `also_in`: zones in which the hours must hold besides the recipient's own. `months_after_no`:
    so long nobody is asked again who said no, unless they buy or inquire. The law binds from
    `effective_on` (None: long since) to `until` (None: still), both included.
    """

    id: str
    week: Week
    source: str
    agreement: str
    holidays: Literal["", "federal", "state"] = ""
    cap: int | None = None
    cap_on: str = ""
    covers_texts: bool | None = None
    note: str = ""
    also_in: tuple[str, ...] = ()
    months_after_no: int = 0
    effective_on: date | None = None
    until: date | None = None
    reviewed_on: date = rules.READ_ON

    @property
    def state(self) -> str:
        """The state, "" for a whole country."""
        return self.id[3:]

    def is_in_force(self, day: date) -> bool:
        """Say whether the law binds on a day of UTC: its last day ends in America a day later."""
        return (self.effective_on is None or self.effective_on <= day) and (
            self.until is None or day <= self.until + timedelta(days=1)
        )

    def span(self, day: date) -> Span:
        """Return the hours of one local day."""
        if day in closed_days(self.holidays, self.state, day.year):
            return None
        return self.week[day.weekday()]


@dataclass(frozen=True, slots=True)
class Pack:
    """Every row, and the house window that holds everywhere; the portal's own from a day on."""

    version: str
    in_use_from: date
    house: Week
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Era:
    """The rules of one stretch of days: a pack's rows that bind then, by their ids."""

    version: str
    house: Week
    rows: dict[str, Row]


@cache
def closed_days(which: str, state: str, year: int) -> frozenset[date]:
    """Return the holidays of a year and the days they are observed on, "federal" or "state".

    From the package `holidays` (5 USC 6103 and each state's own); a state's are added to the
    federal ones.
    """
    if not which:
        return frozenset()
    days = set(holidays.country_holidays("US", years=year))
    if which == "state":
        days |= set(holidays.country_holidays("US", subdiv=state, years=year))
    return frozenset(days)


def _hours(opens: int, closes: int) -> Span:
    return time(opens), time(closes)


def _week(weekdays: Span, saturday: Span, sunday: Span) -> Week:
    return (weekdays, weekdays, weekdays, weekdays, weekdays, saturday, sunday)


def _every_day(opens: int, closes: int) -> Week:
    span = _hours(opens, closes)
    return _week(span, span, span)


def _but_sunday(opens: int, closes: int) -> Week:
    span = _hours(opens, closes)
    return _week(span, span, None)


_ALWAYS: Week = _week((time.min, time.max), (time.min, time.max), (time.min, time.max))
#: The source of a state of which nothing was read.
NOT_RESEARCHED = "not researched"
_SAME_SUBJECT = "the same subject, whatever number texts"
_ROWS = (
    Row(
        "US",
        _week(*((rules.FEDERAL_OPENS, rules.FEDERAL_CLOSES),) * 3),
        "47 CFR 64.1200(c)(1)",
        "H",
        covers_texts=True,
        note="whether an invitation lifts it is unsettled (King v. Bon Charge; EIA petition)",
    ),
    Row(
        "CA",
        _ALWAYS,
        "CASL, S.C. 2010 c.23: no rule on hours was found",
        "H",
        covers_texts=True,
        note="the house window holds; CRTC hours concern voice and fax",
    ),
    Row(
        "US-AL",
        _but_sunday(8, 20),
        "dropcowboy.com, Nov 2025; clickpoint, Jul 2025",
        "M",
        holidays="state",
        note="a statute on calls",
    ),
    Row(
        "US-AZ",
        _week(*((rules.FEDERAL_OPENS, rules.FEDERAL_CLOSES),) * 3),
        "insideprivacy.com",
        "M",
        covers_texts=True,
        note="HB 2498: no text to a number on the Do Not Call registry without consent",
    ),
    Row(
        "US-CT",
        _every_day(9, 20),
        "SB 1058; dropcowboy.com; referrizer.com; usestello; clickpoint says 9-21",
        "M",
        covers_texts=True,
        effective_on=date(2023, 10, 1),
    ),
    Row(
        "US-FL",
        _every_day(8, 20),
        "Fla. Stat. 501.616(6), 501.059; flsenate.gov; lawserver.com; buckleyfirm.com",
        "H",
        cap=3,
        cap_on=_SAME_SUBJECT,
        covers_texts=True,
        note="the area code is presumed to tell the place",
    ),
    Row(
        "US-IL",
        _every_day(9, 21),
        "dropcowboy.com says 8-21; usestello, clickpoint 9-21",
        "L",
        note="9:00 seems tied to prerecorded calls",
    ),
    Row(
        "US-KY",
        _every_day(10, 21),
        "KRS 367.46955; dropcowboy.com; usestello; clickpoint",
        "M",
    ),
    Row(
        "US-LA",
        _but_sunday(8, 20),
        "dropcowboy.com; dnc.com",
        "M",
        holidays="state",
        note="prior consent exempt",
    ),
    Row(
        "US-MD",
        _every_day(8, 20),
        "Stop the Spam Calls Act; wmar2news.com; dropcowboy.com",
        "H",
        cap=3,
        cap_on="the same subject",
        covers_texts=True,
        effective_on=date(2024, 1, 1),
    ),
    Row(
        "US-MA",
        _every_day(8, 20),
        "M.G.L. c.159C; 201 CMR 12; dropcowboy.com; usestello; clickpoint",
        "M",
    ),
    Row("US-MI", _every_day(9, 21), "dropcowboy.com; usestello", "M"),
    Row("US-MN", _every_day(9, 21), "dropcowboy.com; usestello", "M"),
    Row("US-NM", _every_day(9, 21), "dropcowboy.com", "L"),
    Row(
        "US-MS",
        _but_sunday(8, 20),
        "dropcowboy.com; dnc.com",
        "M",
        note="Central time whatever the recipient's; existing relationship exempt",
        also_in=(places.CENTRAL,),
    ),
    Row("US-NV", _every_day(9, 20), "dropcowboy.com", "L"),
    Row("US-NJ", _every_day(8, 20), "referrizer.com", "L"),
    Row(
        "US-OK",
        _every_day(8, 20),
        "OTSA; dnc.com; eflo.net; dinsmore.com; gryphon.ai",
        "H",
        cap=3,
        cap_on="the same subject",
        covers_texts=True,
        note="exemption of an existing relationship disputed (U)",
        effective_on=date(2022, 11, 1),
    ),
    Row(
        "US-OR",
        _every_day(8, 20),
        "HB 3865; postscript.io; jdsupra.com; citizenportal.ai",
        "H",
        cap=3,
        cap_on="every solicitation, unless they bought within 18 months",
        covers_texts=True,
        note="replies to the customer's own message exempt",
        effective_on=date(2026, 1, 1),
    ),
    Row(
        "US-PA",
        _week(*((rules.FEDERAL_OPENS, rules.FEDERAL_CLOSES),) * 3),
        "dropcowboy.com",
        "L",
        holidays="state",
        note="the row in the source looked corrupt",
    ),
    Row(
        "US-RI",
        _week(_hours(9, 18), _hours(10, 17), None),
        "referrizer.com; dropcowboy.com",
        "L",
        holidays="state",
        note="Sunday unclear, so none",
    ),
    Row(
        "US-TX",
        _week(_hours(9, 21), _hours(9, 21), _hours(12, 21)),
        "SB 140; simpletexting.com; bassberry.com; desertcreativegroup; mslawgroup",
        "H",
        covers_texts=True,
        note="recipient's zone or Central: unsettled (U), so both",
        also_in=(places.CENTRAL,),
        effective_on=date(2025, 9, 1),
    ),
    Row(
        "US-UT",
        _week(*((rules.FEDERAL_OPENS, rules.FEDERAL_CLOSES),) * 3),
        "dnc.com",
        "L",
        holidays="state",
        note="prior consent exempt",
    ),
    Row(
        "US-VA",
        _every_day(8, 21),
        "SB 1339; mwcllc.com; mondaq.com 1738886",
        "H",
        covers_texts=True,
        note="prior consent lifts the hours; a stop is honoured for ten years (RULE-US-04)",
        effective_on=date(2026, 1, 1),
    ),
    Row(
        "US-WA",
        _every_day(8, 20),
        "HB 1497; dinsmore.com; manatt.com; eflo.net",
        "M-H",
        covers_texts=True,
        note="after a no, no contact for 12 months unless they buy or inquire",
        months_after_no=12,
        effective_on=date(2022, 6, 9),
    ),
    *(
        Row(
            f"US-{state}",
            _week(*((rules.FEDERAL_OPENS, rules.FEDERAL_CLOSES),) * 3),
            NOT_RESEARCHED,
            "U",
            note="no source was read: the house window and the federal hours hold",
        )
        for state in ("GA", "NC", "NY", "SC")
    ),
)
#: What the first pack read otherwise; of the states not researched it said nothing.
_READ_FIRST: dict[str, dict[str, Any]] = {
    "US-PA": {"holidays": "federal"},
    "US-RI": {
        "week": _week(_hours(9, 18), _hours(10, 17), _hours(10, 17)),
        "note": "Sunday unclear",
    },
    "US-WA": {"agreement": "M"},
}
_FIRST_ROWS = tuple(
    replace(row, **_READ_FIRST.get(row.id, {})) for row in _ROWS if row.source != NOT_RESEARCHED
)
_HOUSE = _week(
    (rules.DEFAULT_OPENS, rules.DEFAULT_CLOSES),
    (rules.DEFAULT_OPENS, rules.DEFAULT_CLOSES),
    (rules.DEFAULT_SUNDAY_OPENS, rules.DEFAULT_SUNDAY_CLOSES),
)

#: Every pack the portal ever went by, in order. A change of the law is a new row with its days; a
#: change of our reading is a new pack, so that an old decision can be asked again (promise I8).
PACKS = (
    Pack("2026.11.2", rules.READ_ON, _HOUSE, _FIRST_ROWS),
    Pack(rules.RULE_PACK, date(2026, 11, 27), _HOUSE, _ROWS),
)


def pack_in_use(day: date, packs: tuple[Pack, ...] = PACKS) -> Pack:
    """Return the pack the portal went by on a day; the first one for the days before it."""
    return packs[max(0, bisect_right([pack.in_use_from for pack in packs], day) - 1)]


def rows_in_force(day: date, packs: tuple[Pack, ...] = PACKS) -> Era:
    """Return the rules of a day: the pack in use then, and its rows whose law binds then."""
    pack = pack_in_use(day, packs)
    return Era(pack.version, pack.house, {row.id: row for row in pack.rows if row.is_in_force(day)})


def boundaries(packs: tuple[Pack, ...] = PACKS) -> tuple[date, ...]:
    """Return the days on which the rules change, in order."""
    days = {pack.in_use_from for pack in packs}
    for row in (row for pack in packs for row in pack.rows):
        days |= {row.effective_on} if row.effective_on else set()
        days |= {row.until + timedelta(days=2)} if row.until else set()
    return tuple(sorted(days))


_BOUNDARIES = boundaries()


def era_of(at: datetime) -> int:
    """Return which stretch of days between two changes of the rules an instant (UTC) falls in."""
    return bisect_right(_BOUNDARIES, at.date())


@cache
def era(number: int) -> Era:
    """Return the rules of one stretch: what held on its first day."""
    return rows_in_force(_BOUNDARIES[number - 1] if number else date.min)
