"""Pure: the hours in which a text that solicits may arrive, everywhere the number may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from consent import phones

Hours = tuple[time, time] | None  # None: no text on that day


@dataclass(frozen=True, slots=True)
class Window:
    """Whether a solicitation may arrive at an instant, and on what that rests.

    `opens_at` (aware, UTC) is the instant itself when open, else the first one at which every
    zone and state weighed is open. `local_times` holds (zone, ISO local time).
    """

    open: bool
    opens_at: datetime
    zones: tuple[str, ...]
    states: tuple[str, ...]
    local_times: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateHours:
    """The permitted hours of one state, local time: Monday to Friday, Saturday, Sunday.

    Source and agreement as in law §1.9, read 2026-11-23.
    """

    weekdays: Hours
    saturday: Hours
    sunday: Hours
    holidays: bool  # whether texts are permitted on public holidays
    source: str
    agreement: str


def _h(opens: int, closes: int) -> Hours:
    return time(opens), time(closes)


# RULE-US-15: the window where no state says otherwise, stricter than 47 CFR 64.1200(c)(1).
DEFAULT = StateHours(_h(9, 20), _h(9, 20), _h(12, 20), True, "RULE-US-15", "H")
# A state's row is met with the default: the later opening, the earlier closing (strictest wins).
STATES: dict[str, StateHours] = {
    "AL": StateHours(_h(8, 20), _h(8, 20), None, False, "dropcowboy 2025-11; clickpoint", "M"),
    "CT": StateHours(_h(9, 20), _h(9, 20), _h(9, 20), True, "dropcowboy; referrizer", "M"),
    "FL": StateHours(_h(8, 20), _h(8, 20), _h(8, 20), True, "Fla. Stat. 501.616(6)", "H"),
    "IL": StateHours(_h(9, 21), _h(9, 21), _h(9, 21), True, "usestello; clickpoint", "L"),
    "KY": StateHours(_h(10, 21), _h(10, 21), _h(10, 21), True, "KRS 367.46955", "M"),
    "LA": StateHours(_h(8, 20), _h(8, 20), None, False, "dropcowboy; dnc.com", "M"),
    "MD": StateHours(_h(8, 20), _h(8, 20), _h(8, 20), True, "Stop the Spam Calls Act", "H"),
    "MA": StateHours(_h(8, 20), _h(8, 20), _h(8, 20), True, "M.G.L. c.159C", "M"),
    "MI": StateHours(_h(9, 21), _h(9, 21), _h(9, 21), True, "dropcowboy; usestello", "M"),
    "MN": StateHours(_h(9, 21), _h(9, 21), _h(9, 21), True, "dropcowboy; usestello", "M"),
    "MS": StateHours(_h(8, 20), _h(8, 20), None, True, "dropcowboy; dnc.com (Central)", "M"),
    "NJ": StateHours(_h(8, 20), _h(8, 20), _h(8, 20), True, "referrizer", "L"),
    "NM": StateHours(_h(9, 21), _h(9, 21), _h(9, 21), True, "dropcowboy", "L"),
    "NV": StateHours(_h(9, 20), _h(9, 20), _h(9, 20), True, "dropcowboy", "L"),
    "OK": StateHours(_h(8, 20), _h(8, 20), _h(8, 20), True, "OTSA, 2022-11-01", "H"),
    "OR": StateHours(_h(8, 20), _h(8, 20), _h(8, 20), True, "HB 3865, 2026-01-01", "H"),
    "PA": StateHours(_h(8, 21), _h(8, 21), _h(8, 21), False, "dropcowboy", "L"),
    "RI": StateHours(_h(9, 18), _h(10, 17), _h(10, 17), False, "referrizer; dropcowboy", "L"),
    "TX": StateHours(_h(9, 21), _h(9, 21), _h(12, 21), True, "SB 140, 2025-09-01", "H"),
    "UT": StateHours(_h(8, 21), _h(8, 21), _h(8, 21), False, "dnc.com", "L"),
    "VA": StateHours(_h(8, 21), _h(8, 21), _h(8, 21), True, "SB 1339, 2026-01-01", "H"),
    "WA": StateHours(_h(8, 20), _h(8, 20), _h(8, 20), True, "HB 1497, 2022-06-09", "M-H"),
}
_E, _C, _M, _P = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
_EAST = ("CT", "DC", "DE", "GA", "MA", "MD", "ME", "NC", "NH", "NJ", "NY", "OH", "PA", "RI")
_EAST += ("SC", "VA", "VT", "WV")
#: Every zone a state or province is in; where a state is split, all of them must be open.
ZONES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_EAST, (_E,)),
    **dict.fromkeys(("AL", "AR", "IA", "IL", "LA", "MN", "MO", "MS", "OK", "WI"), (_C,)),
    **dict.fromkeys(("CO", "MT", "NM", "UT", "WY"), (_M,)),
    **dict.fromkeys(("CA", "WA"), (_P,)),
    **dict.fromkeys(("FL", "IN", "KY", "TN"), (_E, _C)),
    "MI": (_E, "America/Menominee"),
    **dict.fromkeys(("KS", "NE", "ND", "SD", "TX"), (_C, _M)),
    **dict.fromkeys(("ID", "OR"), (_M, _P)),
    "NV": (_P, _M),
    "AZ": ("America/Phoenix", _M),  # the Navajo Nation keeps daylight saving time
    "AK": ("America/Anchorage", "America/Adak"),
    "HI": ("Pacific/Honolulu",),
    "NL": ("America/St_Johns", "America/Goose_Bay"),
    **dict.fromkeys(("NB", "NS", "PE"), ("America/Halifax",)),
    "QC": ("America/Toronto", "America/Blanc-Sablon"),
    "ON": ("America/Toronto", "America/Winnipeg"),
    "MB": ("America/Winnipeg",),
    "SK": ("America/Regina", "America/Edmonton"),
    "AB": ("America/Edmonton",),
    "BC": ("America/Vancouver", "America/Edmonton"),
    "YT": ("America/Whitehorse",),
    "NT": ("America/Yellowknife",),
    "NU": ("America/Iqaluit", "America/Winnipeg", "America/Edmonton"),
}
# USPS: the state of each three-digit ZIP prefix, as ranges (public allocation, read 2026-11-23).
_ZIP: tuple[tuple[int, int, str], ...] = (
    (5, 5, "NY"), (10, 27, "MA"), (28, 29, "RI"), (30, 38, "NH"), (39, 49, "ME"), (50, 54, "VT"),
    (55, 55, "MA"), (56, 59, "VT"), (60, 69, "CT"), (70, 89, "NJ"), (100, 149, "NY"),
    (150, 196, "PA"), (197, 199, "DE"), (200, 200, "DC"), (201, 201, "VA"), (202, 205, "DC"),
    (206, 219, "MD"), (220, 246, "VA"), (247, 268, "WV"), (270, 289, "NC"), (290, 299, "SC"),
    (300, 319, "GA"), (320, 349, "FL"), (350, 369, "AL"), (370, 385, "TN"), (386, 397, "MS"),
    (398, 399, "GA"), (400, 427, "KY"), (430, 459, "OH"), (460, 479, "IN"), (480, 499, "MI"),
    (500, 528, "IA"), (530, 549, "WI"), (550, 567, "MN"), (570, 577, "SD"), (580, 588, "ND"),
    (590, 599, "MT"), (600, 629, "IL"), (630, 658, "MO"), (660, 679, "KS"), (680, 693, "NE"),
    (700, 714, "LA"), (716, 729, "AR"), (730, 749, "OK"), (750, 799, "TX"), (800, 816, "CO"),
    (820, 831, "WY"), (832, 838, "ID"), (840, 847, "UT"), (850, 865, "AZ"), (870, 884, "NM"),
    (885, 885, "TX"), (889, 898, "NV"), (900, 961, "CA"), (967, 968, "HI"), (970, 979, "OR"),
    (980, 994, "WA"), (995, 999, "AK"),
)  # fmt: skip


def state_of_zip(code: str) -> str:
    """Return the state of a US ZIP code, "" when it is none."""
    digits = code.strip()[:3]
    if not (digits.isdigit() and len(digits) == 3):  # noqa: PLR2004 - a ZIP prefix
        return ""
    prefix = int(digits)
    return next((state for low, high, state in _ZIP if low <= prefix <= high), "")


def window(number: str, *, state: str = "", zip: str = "", at: datetime) -> Window:  # noqa: A002
    """Say whether a solicitation may arrive at this number at `at` (aware).

    Address and area code are both weighed, and every zone and state that either allows must be
    open. Raises ValueError for a time without a zone.

    Law: RULE-US-15, RULE-US-16.
    """
    if at.tzinfo is None:
        raise ValueError("at must be an aware datetime")
    places = _places(number, state.upper(), zip)
    at = at.astimezone(UTC)
    zones = tuple(dict.fromkeys(zone for zone, _ in places))
    local_times = tuple(
        (zone, at.astimezone(_zone(zone)).isoformat(timespec="minutes")) for zone in zones
    )
    states = tuple(sorted({place for _, place in places if place}))
    is_open = all(_is_open(zone, place, at) for zone, place in places)
    opens_at = at if is_open else _opening(places, at)
    applied = ("RULE-US-15", "RULE-US-16") if len(places) > 1 else ("RULE-US-15",)
    return Window(is_open, opens_at, zones, states, local_times, applied)


@lru_cache(maxsize=4096)
def _places(number: str, state: str, code: str) -> tuple[tuple[str, str], ...]:
    """Return every (zone, state) in which the number's owner may be."""
    address = {place for place in (state, state_of_zip(code)) if place in ZONES}
    found = {(zone, place) for place in address for zone in ZONES[place]}
    if not (phones.is_toll_free(number) and address):
        regions = phones.regions_of(number)
        for zone in phones.time_zones(number):
            homes = [place for place in regions if zone in ZONES.get(place, ())]
            found |= {(zone, place) for place in homes or regions or ("",)}
    return tuple(sorted(found))


@lru_cache(maxsize=128)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _is_open(zone: str, state: str, at: datetime) -> bool:
    local = at.astimezone(_zone(zone))
    hours = hours_on(state, local.date())
    return hours is not None and hours[0] <= local.time() < hours[1]


@lru_cache(maxsize=8192)
def hours_on(state: str, day: date) -> Hours:
    """Return the permitted hours of a state on a local day: the stricter of its row and the default."""
    rows = [DEFAULT, STATES[state]] if state in STATES else [DEFAULT]
    opens, closes = time.min, time.max
    for row in rows:
        hours = row.weekdays
        if day.weekday() == 5:  # noqa: PLR2004 - Saturday
            hours = row.saturday
        elif day.weekday() == 6:  # noqa: PLR2004 - Sunday
            hours = row.sunday
        if hours is None or (not row.holidays and is_holiday(day)):
            return None
        opens, closes = max(opens, hours[0]), min(closes, hours[1])
    return (opens, closes) if opens < closes else None


def _opening(places: tuple[tuple[str, str], ...], at: datetime) -> datetime:
    """Return the first instant after `at` at which all places are open: an opening of one of them."""
    starts = set()
    for zone, state in places:
        today = at.astimezone(_zone(zone)).date()
        for ahead in range(12):
            hours = hours_on(state, today + timedelta(days=ahead))
            if hours is not None:
                local = datetime.combine(
                    today + timedelta(days=ahead), hours[0], tzinfo=_zone(zone)
                )
                starts.add(local.astimezone(UTC))
    for start in sorted(starts):
        if start > at and all(_is_open(zone, state, start) for zone, state in places):
            return start
    return at + timedelta(days=12)


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    """Return the US federal holidays of a year (5 U.S.C. 6103) with the days they are observed."""
    last_monday_of_may = date(year, 5, 31) - timedelta(days=date(year, 5, 31).weekday())
    fixed = [date(year, 1, 1), date(year, 6, 19), date(year, 7, 4), date(year, 11, 11)]
    fixed += [date(year, 12, 25), date(year + 1, 1, 1)]
    observed = {
        day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0)) for day in fixed
    }
    floating = {
        _nth(year, 1, 0, 3),
        _nth(year, 2, 0, 3),
        last_monday_of_may,
        _nth(year, 9, 0, 1),
        _nth(year, 10, 0, 2),
        _nth(year, 11, 3, 4),
    }
    return frozenset(set(fixed) | observed | floating)


def is_holiday(day: date) -> bool:
    """Say whether a day is a US federal holiday, or the day one is observed."""
    return day in _holidays(day.year)
