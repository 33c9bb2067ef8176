"""Pure: may a solicitation go to this number at this instant, and if not, when?

The table of states is data: each row says where it was read, how well the sources agreed and when
it was last reviewed. The house window of RULE-US-15 holds everywhere; a state makes it narrower.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from consent import phones, places, rules

#: Opening and closing time of one day, local; None: no solicitation that day.
Span = tuple[time, time] | None
#: Monday to Sunday.
Week = tuple[Span, Span, Span, Span, Span, Span, Span]

#: No two places are closed together for longer, but for those that never open together.
HORIZON_DAYS = 14


@dataclass(frozen=True, slots=True)
class StateHours:
    """What one state permits; local time, from the opening minute up to, not including, closing.

    `also_in`: zones in which the state's hours must hold besides the recipient's own. `agreement`:
    how well the sources agreed: H, M, L, or U for unsettled.
    """

    state: str
    week: Week
    is_closed_on_holidays: bool
    source: str
    agreement: str
    reviewed_on: date
    note: str = ""
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Whether a solicitation may go at one instant.

    `opens_at` (aware, UTC): the instant asked about when open, else the next one at which every
    place weighed is open; where there is none in HORIZON_DAYS, the end of the horizon, at which the
    question is to be asked again. `zones` and `states`: all that were weighed. `local_times`: zone
    and local ISO 8601 time of the instant asked about.
    """

    open: bool
    opens_at: datetime
    zones: tuple[str, ...]
    states: tuple[str, ...]
    local_times: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]


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


_FEDERAL: Week = ((rules.FEDERAL_OPENS, rules.FEDERAL_CLOSES),) * 7
_REVIEWED = rules.READ_ON

#: Where sources disagreed the stricter reading stands. Law: RULE-US-15.
STATE_HOURS = (
    StateHours(
        "AL",
        _but_sunday(8, 20),
        True,
        "dropcowboy.com, Nov 2025; clickpoint, Jul 2025",
        "M",
        _REVIEWED,
        "a statute on calls; whether it reaches texts was not checked",
    ),
    StateHours(
        "AZ",
        _FEDERAL,
        False,
        "insideprivacy.com",
        "M",
        _REVIEWED,
        "HB 2498: no text to a number on the DNC list without consent",
    ),
    StateHours(
        "CT",
        _every_day(9, 20),
        False,
        "dropcowboy.com; referrizer.com; usestello; clickpoint says 9-21",
        "M",
        _REVIEWED,
        "SB 1058 (1 Oct 2023)",
    ),
    StateHours(
        "FL",
        _every_day(8, 20),
        False,
        "Fla. Stat. 501.616(6), 501.059; flsenate.gov; lawserver.com; buckleyfirm.com",
        "H",
        _REVIEWED,
    ),
    StateHours(
        "IL",
        _every_day(9, 21),
        False,
        "dropcowboy.com says 8-21; usestello, clickpoint 9-21",
        "L",
        _REVIEWED,
        "9:00 seems tied to prerecorded calls",
    ),
    StateHours(
        "KY",
        _every_day(10, 21),
        False,
        "KRS 367.46955; dropcowboy.com; usestello; clickpoint",
        "M",
        _REVIEWED,
    ),
    StateHours(
        "LA",
        _but_sunday(8, 20),
        True,
        "dropcowboy.com; dnc.com",
        "M",
        _REVIEWED,
        "prior consent exempt",
    ),
    StateHours(
        "MD",
        _every_day(8, 20),
        False,
        "Stop the Spam Calls Act (1 Jan 2024); wmar2news.com; dropcowboy.com",
        "H",
        _REVIEWED,
    ),
    StateHours(
        "MA",
        _every_day(8, 20),
        False,
        "M.G.L. c.159C; 201 CMR 12; dropcowboy.com; usestello; clickpoint",
        "M",
        _REVIEWED,
    ),
    StateHours(
        "MI",
        _every_day(9, 21),
        False,
        "dropcowboy.com; usestello",
        "M",
        _REVIEWED,
        "whether it reaches texts was not checked",
    ),
    StateHours(
        "MN",
        _every_day(9, 21),
        False,
        "dropcowboy.com; usestello",
        "M",
        _REVIEWED,
        "whether it reaches texts was not checked",
    ),
    StateHours(
        "NM",
        _every_day(9, 21),
        False,
        "dropcowboy.com",
        "L",
        _REVIEWED,
        "whether it reaches texts was not checked",
    ),
    StateHours(
        "MS",
        _but_sunday(8, 20),
        False,
        "dropcowboy.com; dnc.com",
        "M",
        _REVIEWED,
        "Central time whatever the recipient's; existing relationship exempt",
        also_in=(places.CENTRAL,),
    ),
    StateHours("NV", _every_day(9, 20), False, "dropcowboy.com", "L", _REVIEWED),
    StateHours("NJ", _every_day(8, 20), False, "referrizer.com", "L", _REVIEWED),
    StateHours(
        "OK",
        _every_day(8, 20),
        False,
        "OTSA (1 Nov 2022); dnc.com; eflo.net; dinsmore.com; gryphon.ai",
        "H",
        _REVIEWED,
        "exemption of an existing relationship disputed",
    ),
    StateHours(
        "OR",
        _every_day(8, 20),
        False,
        "HB 3865 (1 Jan 2026); postscript.io; jdsupra.com; citizenportal.ai",
        "H",
        _REVIEWED,
        "replies to the customer's own message exempt",
    ),
    StateHours(
        "PA",
        _FEDERAL,
        True,
        "dropcowboy.com",
        "L",
        _REVIEWED,
        "the row in the source looked corrupt",
    ),
    StateHours(
        "RI",
        _week(_hours(9, 18), _hours(10, 17), _hours(10, 17)),
        True,
        "referrizer.com; dropcowboy.com",
        "L",
        _REVIEWED,
        "Sunday unclear",
    ),
    StateHours(
        "TX",
        _week(_hours(9, 21), _hours(9, 21), _hours(12, 21)),
        False,
        "SB 140 (1 Sep 2025); simpletexting.com; bassberry.com; desertcreativegroup; mslawgroup",
        "H",
        _REVIEWED,
        "recipient's zone or Central: unsettled, so both",
        also_in=(places.CENTRAL,),
    ),
    StateHours("UT", _FEDERAL, True, "dnc.com", "L", _REVIEWED, "prior consent exempt"),
    StateHours(
        "VA",
        _every_day(8, 21),
        False,
        "SB 1339 (1 Jan 2026); mwcllc.com; mondaq.com 1738886",
        "H",
        _REVIEWED,
        "prior consent lifts it",
    ),
    StateHours(
        "WA",
        _every_day(8, 20),
        False,
        "HB 1497 (9 Jun 2022); dinsmore.com; manatt.com; eflo.net",
        "M",
        _REVIEWED,
    ),
)
HOURS_OF_STATE = {row.state: row for row in STATE_HOURS}
DEFAULT_WEEK = _week(
    (rules.DEFAULT_OPENS, rules.DEFAULT_CLOSES),
    (rules.DEFAULT_OPENS, rules.DEFAULT_CLOSES),
    (rules.DEFAULT_SUNDAY_OPENS, rules.DEFAULT_SUNDAY_CLOSES),
)
_RULES = ("RULE-US-15", "RULE-US-16")
#: ZoneInfo itself keeps eight zones; the ninth is read from the disk again each time.
_zone = cache(ZoneInfo)


@dataclass(frozen=True, slots=True)
class _Clock:
    """Hours that must hold, read on one zone's clock."""

    zone: str
    week: tuple[Span, ...]
    is_closed_on_holidays: bool

    def span(self, day: date) -> Span:
        if self.is_closed_on_holidays and day in federal_holidays(day.year):
            return None
        return self.week[day.weekday()]

    def is_open(self, local: datetime) -> bool:
        """Say whether these hours permit an instant, given on this clock's zone."""
        span = self.span(local.date())
        return span is not None and span[0] <= local.time() < span[1]

    def openings(self, day: date) -> Iterator[datetime]:
        """Yield the instants (UTC) of this clock's openings, from the day before to the horizon."""
        zone = _zone(self.zone)
        for n in range(-1, HORIZON_DAYS + 2):
            local = day + timedelta(days=n)
            if span := self.span(local):
                yield datetime.combine(local, span[0], tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Where a recipient may be, and every clock that must then be open; whatever the time."""

    clocks: tuple[_Clock, ...]
    zones: tuple[str, ...]
    states: tuple[str, ...]

    def is_open(self, at: datetime) -> bool:
        return all(clock.is_open(at.astimezone(_zone(clock.zone))) for clock in self.clocks)


def window(number: str, *, state: str = "", zip: str = "", at: datetime) -> Window:  # noqa: A002
    """Say whether a solicitation may go to this number at `at`.

    `number` is E.164; `state` a state or province (code or name) and `zip` a ZIP or Canadian postal
    code of the customer's address, "" when unknown; `at` is aware. The address and the area code
    are both weighed: where they disagree, both must be open. Of a number that tells no place and
    has no address, every state and province must be open. Raises ValueError when `at` is naive.

    Law: RULE-US-15, RULE-US-16.
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("`at` must be aware: whose local time it is decides")
    instant = at.astimezone(UTC)
    place = _place(phones.area_code_of(number), state, zip)
    local = {zone: instant.astimezone(_zone(zone)) for zone in place.zones}
    is_open = all(clock.is_open(local[clock.zone]) for clock in place.clocks)
    return Window(
        open=is_open,
        opens_at=instant if is_open else _next_opening(place, instant),
        zones=place.zones,
        states=place.states,
        local_times=tuple((zone, t.isoformat(timespec="seconds")) for zone, t in local.items()),
        rules=_RULES,
    )


def _next_opening(place: _Place, at: datetime) -> datetime:
    """Return the first instant after `at` when all are open: always the opening of one of them."""
    later = (instant for instant in _openings(place, at.date()) if instant > at)
    return next(later, at + timedelta(days=HORIZON_DAYS))


@lru_cache(maxsize=16_384)
def _openings(place: _Place, day: date) -> tuple[datetime, ...]:
    """Return the instants around a UTC day, and up to the horizon, at which a place opens."""
    instants = sorted({instant for clock in place.clocks for instant in clock.openings(day)})
    return tuple(instant for instant in instants if place.is_open(instant))


@lru_cache(maxsize=16_384)
def _place(area_code: str, state: str, postal_code: str) -> _Place:
    """Return what an area code and an address tell; the same for all who share them."""
    weighed = _weighed(area_code, state, postal_code)
    clocks = _clocks(weighed)
    zones = tuple(sorted({clock.zone for clock in clocks}))
    return _Place(clocks, zones, tuple(sorted(weighed)))


def _weighed(area_code: str, state: str, postal_code: str) -> dict[str, tuple[str, ...]]:
    """Return every region the recipient may be in, with the zones there."""
    address = _address(state, postal_code)
    of_number = _of_area_code(area_code)
    # An area code shared by two provinces is told apart by the address.
    of_number = {r: zones for r, zones in of_number.items() if r in address} or of_number
    if not address and not of_number:
        return {region: places.REGION_ZONES[region] for region in places.ANYWHERE}
    return {
        region: _agreed(address.get(region, ()), of_number.get(region, ()))
        for region in (*address, *of_number)
    }


def _agreed(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Return the zones that both sources name; where they disagree, or one is silent, all named."""
    return tuple(zone for zone in one if zone in other) or tuple(dict.fromkeys((*one, *other)))


def _address(state: str, postal_code: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    region, zones = places.place_of_postal_code(postal_code)
    if region:
        found[region] = zones
    region = places.region_of_text(state)
    if region:
        found.setdefault(region, places.REGION_ZONES[region])
    return found


def _of_area_code(area_code: str) -> dict[str, tuple[str, ...]]:
    zones = places.zones_of_area_code(area_code)
    return {
        region: tuple(zone for zone in places.REGION_ZONES[region] if zone in zones)
        for region in places.REGIONS_OF_AREA_CODE.get(area_code, ())
    }


def _clocks(weighed: dict[str, tuple[str, ...]]) -> tuple[_Clock, ...]:
    """Return one clock a zone: the hours that the house window and every state's own all permit."""
    clocks: dict[str, _Clock] = {}
    for region, zones in weighed.items():
        row = HOURS_OF_STATE.get(region)
        for zone in zones:
            _tighten(clocks, zone, DEFAULT_WEEK, is_closed_on_holidays=False)
        if row is not None:
            for zone in (*zones, *row.also_in):
                _tighten(clocks, zone, row.week, is_closed_on_holidays=row.is_closed_on_holidays)
    return tuple(clocks.values())


def _tighten(
    clocks: dict[str, _Clock], zone: str, week: Week, *, is_closed_on_holidays: bool
) -> None:
    held = clocks.get(zone) or _Clock(zone, week, False)
    met = tuple(_both(one, other) for one, other in zip(held.week, week, strict=True))
    clocks[zone] = _Clock(zone, met, held.is_closed_on_holidays or is_closed_on_holidays)


def _both(one: Span, other: Span) -> Span:
    """Return the time of one day that two windows share; None: they share none."""
    if one is None or other is None:
        return None
    opens, closes = max(one[0], other[0]), min(one[1], other[1])
    return (opens, closes) if opens < closes else None


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """Return the legal holidays of the United States in a year, and the days they are observed on.

    A holiday on a Saturday is observed on the Friday before, on a Sunday on the Monday after: both
    days count. 5 USC 6103, read 2026-11-23; states' own holidays are not in it.
    """
    fixed = [
        date(year, 1, 1),
        date(year, 6, 19),
        date(year, 7, 4),
        date(year, 11, 11),
        date(year, 12, 25),
    ]
    moving = [
        _nth_weekday(year, 1, 0, 3),  # Martin Luther King
        _nth_weekday(year, 2, 0, 3),  # Washington
        _nth_weekday(year, 6, 0, 1) - timedelta(weeks=1),  # Memorial Day: the last Monday of May
        _nth_weekday(year, 9, 0, 1),  # Labor Day
        _nth_weekday(year, 10, 0, 2),  # Columbus
        _nth_weekday(year, 11, 3, 4),  # Thanksgiving
    ]
    new_year = date(year + 1, 1, 1)  # when a Saturday, observed on the last day of this year
    observed = {_observed(day) for day in (*fixed, new_year)}
    return frozenset({*fixed, *moving, *(day for day in observed if day.year == year)})


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=nth - 1)


def _observed(day: date) -> date:
    saturday, sunday = 5, 6
    if day.weekday() == saturday:
        return day - timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == sunday else day
