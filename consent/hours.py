"""Pure: may a solicitation go to this number at this instant, and if not, when?

The house window of RULE-US-15 holds everywhere; a state of the rule pack (consent.packs) makes it
narrower, and so may a dealership for its own texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from consent import packs, phones, places, rules
from consent.packs import Row, Span, Week

#: No two places are closed together for longer, but for those that never open together.
HORIZON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Window:
    """Whether a solicitation may go at one instant.

    `opens_at` (aware, UTC): the instant asked about when open, else the next one at which every
    place weighed is open; where there is none in HORIZON_DAYS, the end of the horizon, at which the
    question is to be asked again. `zones` and `states`: all that were weighed. `local_times`: zone
    and local ISO 8601 time of the instant asked about. `pack` and `rows`: the version of the rule
    pack in use then, and the ids of its rows that were weighed. `cap`: solicitations to the number
    in 24 hours. `sources`: what told the place, "address" and "area_code". `months_after_no`: see
    packs.Row.
    """

    open: bool
    opens_at: datetime
    zones: tuple[str, ...]
    states: tuple[str, ...]
    local_times: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    pack: str
    rows: tuple[str, ...]
    cap: int
    sources: tuple[str, ...]
    months_after_no: int


@dataclass(frozen=True, slots=True)
class Tighter:
    """What a dealership asks of its own texts beyond the law; None and False: nothing more.

    Times are the recipient's local ones. A looser value has no effect: hours and caps only meet.
    """

    opens: time | None = None
    closes: time | None = None
    no_sundays: bool = False
    cap: int | None = None

    @property
    def week(self) -> Week:
        """The hours that the dealership permits itself."""
        span = (self.opens or time.min, self.closes or time.max)
        sunday = None if self.no_sundays else span
        return (span, span, span, span, span, span, sunday)


NOT_TIGHTER = Tighter()
_RULES = ("RULE-US-15", "RULE-US-16")
_QUARTER = 15 * 60  # seconds
#: ZoneInfo itself keeps eight zones; the ninth is read from the disk again each time.
_zone = cache(ZoneInfo)


@cache
def _closed(holidays: frozenset[tuple[str, str]], year: int) -> frozenset[date]:
    """Return the days of a year on which one of several laws permits nothing."""
    return frozenset().union(*(packs.closed_days(*which, year) for which in holidays))


@dataclass(frozen=True, slots=True)
class _Clock:
    """Hours that must hold, read on one zone's clock."""

    zone: str
    week: tuple[Span, ...]
    holidays: frozenset[tuple[str, str]] = frozenset()

    def span(self, day: date) -> Span:
        if self.holidays and day in _closed(self.holidays, day.year):
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
    """Where a recipient may be, and the clock of each zone, in their order; whatever the time."""

    clocks: tuple[_Clock, ...]
    zones: tuple[str, ...]
    states: tuple[str, ...]
    pack: str
    rows: tuple[str, ...]
    cap: int
    sources: tuple[str, ...]
    months_after_no: int

    def is_open(self, at: datetime) -> bool:
        return all(clock.is_open(at.astimezone(_zone(clock.zone))) for clock in self.clocks)


def window(number: str, *, state: str = "", zip: str = "", at: datetime) -> Window:  # noqa: A002
    """Say whether a solicitation may go to this number at `at`.

    `number` is E.164; `state` a state or province (code or name) and `zip` a ZIP or Canadian postal
    code of the customer's address, "" when unknown; `at` is aware. The address and the area code
    are both weighed: where they disagree, both must be open. Of a number that tells no place and
    has no address, and of one with a military address, every state and province must be open. The
    rules are those in use at `at`. Raises ValueError when `at` is naive.

    Law: RULE-US-15, RULE-US-16.
    """
    return weigh(number, region=state, postal_code=zip, at=at)


def weigh(
    number: str,
    *,
    region: str,
    postal_code: str,
    at: datetime,
    country: str = "",
    tighter: Tighter = NOT_TIGHTER,
    is_offer: bool = True,
) -> Window:
    """Do what `window` does, for a dealership that asks more of itself than the law.

    `country`: "US" or "CA" where it is known, else ""; where neither address nor area code tells a
    place in it, every place there must be open too.
    `is_offer`: False for a text that offers nothing; the days on which states permit no
    solicitation do not close to it, the hours do (docs/adr/0008-holidays-are-for-offers.md).
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("`at` must be aware: whose local time it is decides")
    instant = at.astimezone(UTC)
    era = packs.era_of(instant)
    area_code = phones.area_code_of(number)
    place = _place(area_code, region, postal_code, country, era, tighter, is_offer)
    offsets = _offsets(place.zones, int(instant.timestamp()) // _QUARTER)
    plain = instant.replace(tzinfo=None, microsecond=0)  # no hours begin between two seconds
    local = [plain + offset for _, offset, _ in offsets]
    is_open = all(map(_Clock.is_open, place.clocks, local))
    return Window(
        open=is_open,
        opens_at=instant if is_open else _next_opening(place, instant),
        zones=place.zones,
        states=place.states,
        local_times=tuple(
            [
                (zone, there.isoformat() + suffix)
                for (zone, _, suffix), there in zip(offsets, local, strict=True)
            ]
        ),
        rules=_RULES,
        pack=place.pack,
        rows=place.rows,
        cap=place.cap,
        sources=place.sources,
        months_after_no=place.months_after_no,
    )


@lru_cache(maxsize=16_384)
def _offsets(zones: tuple[str, ...], quarter: int) -> tuple[tuple[str, timedelta, str], ...]:
    """Return each zone's offset in one quarter of an hour, since 1970, and how ISO 8601 writes it.

    Clocks here change at full and half hours of UTC alone, so it holds for all of the quarter.
    """
    at = datetime.fromtimestamp(quarter * _QUARTER, UTC)
    return tuple(
        (zone, local.replace(tzinfo=None) - at.replace(tzinfo=None), local.isoformat()[19:])
        for zone, local in ((zone, at.astimezone(_zone(zone))) for zone in zones)
    )


def day_hours(
    number: str,
    *,
    region: str,
    postal_code: str,
    at: datetime,
    country: str = "",
    tighter: Tighter = NOT_TIGHTER,
) -> tuple[tuple[str, Span], ...]:
    """Return each zone weighed with the hours there on its local day at `at` (aware)."""
    instant = at.astimezone(UTC)
    area_code, era = phones.area_code_of(number), packs.era_of(instant)
    place = _place(area_code, region, postal_code, country, era, tighter)
    spans = {
        clock.zone: clock.span(instant.astimezone(_zone(clock.zone)).date())
        for clock in place.clocks
    }
    return tuple(sorted(spans.items()))


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
def _place(
    area_code: str,
    state: str,
    postal_code: str,
    country: str,
    era: int,
    tighter: Tighter = NOT_TIGHTER,
    is_offer: bool = True,
) -> _Place:
    """Return what an area code and an address tell; the same for all who share them."""
    weighed = _weighed(area_code, state, postal_code, country)
    rules_then = packs.era(era)
    rows = _rows_of(weighed, rules_then)
    clocks = _clocks(weighed, rules_then, tighter, keeps_holidays=is_offer)
    caps = [row.cap for row in rows.values() if row.cap is not None]
    caps += [rules.SOLICITATIONS_PER_24H]
    caps += [tighter.cap] if tighter.cap is not None else []
    told = {
        "address": _address(state, postal_code),
        "area_code": places.REGIONS_OF_AREA_CODE.get(area_code),
    }
    return _Place(
        clocks=tuple(sorted(clocks, key=lambda clock: clock.zone)),
        zones=tuple(sorted({clock.zone for clock in clocks})),
        states=tuple(sorted(weighed)),
        pack=rules_then.version,
        rows=tuple(sorted(rows)),
        cap=min(caps),
        sources=tuple(source for source, found in told.items() if found),
        months_after_no=max((row.months_after_no for row in rows.values()), default=0),
    )


def _country(region: str) -> str:
    return "CA" if region in places.PROVINCES else "US"


def _rows_of(weighed: Iterable[str], rules_then: packs.Era) -> dict[str, Row]:
    """Return the rows that hold in the regions weighed: each country's and each state's own."""
    found: dict[str, Row] = {}
    for region in weighed:
        country = _country(region)
        for key in (country, f"{country}-{region}"):
            if key in rules_then.rows:
                found[key] = rules_then.rows[key]
    return found


def tells_place(region: str, postal_code: str) -> bool:
    """Say whether a state or province (code or name) and a postal code tell where somebody is."""
    return bool(_address(region, postal_code))


def _weighed(
    area_code: str, state: str, postal_code: str, country: str
) -> dict[str, tuple[str, ...]]:
    """Return every region the recipient may be in, with the zones there."""
    address = _address(state, postal_code)
    of_number = _of_area_code(area_code)
    # An area code shared by two provinces is told apart by the address.
    of_number = {r: zones for r, zones in of_number.items() if r in address} or of_number
    if not address and not of_number:
        return {region: places.REGION_ZONES[region] for region in places.ANYWHERE}
    if country and not any(_country(region) == country for region in (*address, *of_number)):
        address |= {r: places.REGION_ZONES[r] for r in places.ANYWHERE if _country(r) == country}
    by_post, _ = places.place_of_postal_code(postal_code)
    return {
        region: _agreed(
            address.get(region, ()), of_number.get(region, ()), narrows=region != by_post
        )
        for region in (*address, *of_number)
    }


def _agreed(one: tuple[str, ...], other: tuple[str, ...], *, narrows: bool) -> tuple[str, ...]:
    """Return the zones of an address, and the number's too where the two disagree.

    `narrows`: the number tells which of a state's zones it is. No postal code is narrowed down by
    one: numbers move with their owners. Law: RULE-US-16.
    """
    shared = tuple(zone for zone in one if zone in other)
    if not shared:
        return tuple(dict.fromkeys((*one, *other)))
    return shared if narrows else one


def _address(state: str, postal_code: str) -> dict[str, tuple[str, ...]]:
    if places.is_military(state, postal_code):
        return {region: places.REGION_ZONES[region] for region in places.ANYWHERE}
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


def _clocks(
    weighed: dict[str, tuple[str, ...]],
    rules_then: packs.Era,
    tighter: Tighter,
    *,
    keeps_holidays: bool,
) -> tuple[_Clock, ...]:
    """Return one clock a zone: the hours that the house and every law there all permit."""
    clocks: dict[str, _Clock] = {}
    for region, zones in weighed.items():
        for zone in zones:
            _tighten(clocks, zone, rules_then.house)
            _tighten(clocks, zone, tighter.week)
        for row in _rows_of([region], rules_then).values():
            closes = row.holidays and keeps_holidays
            closed = frozenset({(row.holidays, row.state)} if closes else ())
            for zone in (*zones, *row.also_in):
                _tighten(clocks, zone, row.week, closed)
    return tuple(clocks.values())


def _tighten(
    clocks: dict[str, _Clock],
    zone: str,
    week: Week,
    closed: frozenset[tuple[str, str]] = frozenset(),
) -> None:
    held = clocks.get(zone) or _Clock(zone, week)
    met = tuple(_both(one, other) for one, other in zip(held.week, week, strict=True))
    clocks[zone] = _Clock(zone, met, held.holidays | closed)


def _both(one: Span, other: Span) -> Span:
    """Return the time of one day that two windows share; None: they share none."""
    if one is None or other is None:
        return None
    opens, closes = max(one[0], other[0]), min(one[1], other[1])
    return (opens, closes) if opens < closes else None
