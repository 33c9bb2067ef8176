from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consent import hours, packs, phones, places, rules
from consent.hours import window

EASTERN = "America/New_York"
CENTRAL = "America/Chicago"
MOUNTAIN = "America/Denver"
ARIZONA = "America/Phoenix"
PACIFIC = "America/Los_Angeles"

PENNSYLVANIA = "+17175550100"
TEXAS = "+12145550100"
EL_PASO = "+19155550100"
ALABAMA = "+12055550100"
LOUISIANA = "+12255550100"
MISSISSIPPI = "+16015550100"
KENTUCKY = "+18595550100"
RHODE_ISLAND = "+14015550100"
CONNECTICUT = "+18605550100"
UTAH = "+18015550100"
NEW_JERSEY = "+12015550100"
PHOENIX = "+16025550100"
NORTH_ARIZONA = "+19285550100"
CALIFORNIA = "+12135550100"
PANHANDLE = "+18505550100"
SOUTH_DAKOTA = "+16055550100"
NEWFOUNDLAND = "+17095550100"
ST_JOHNS = "America/St_Johns"
TORONTO = "+14165550100"
VANCOUVER = "+16045550100"
TOLL_FREE = "+18005550100"


def local(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


# number, zone of the clock, local time, open?   (2026-11-23 is a Monday)
EDGES = [
    # the house window, Monday to Saturday
    (PENNSYLVANIA, EASTERN, "2026-11-23T08:59:59", False),
    (PENNSYLVANIA, EASTERN, "2026-11-23T09:00:00", True),
    (PENNSYLVANIA, EASTERN, "2026-11-23T19:59:59", True),
    (PENNSYLVANIA, EASTERN, "2026-11-23T20:00:00", False),
    (PENNSYLVANIA, EASTERN, "2026-11-28T09:00:00", True),
    # Sunday
    (PENNSYLVANIA, EASTERN, "2026-11-22T11:59:00", False),
    (PENNSYLVANIA, EASTERN, "2026-11-22T12:00:00", True),
    (PENNSYLVANIA, EASTERN, "2026-11-22T20:00:00", False),
    (TEXAS, CENTRAL, "2026-11-22T11:59:00", False),
    (TEXAS, CENTRAL, "2026-11-22T12:00:00", True),
    (ALABAMA, CENTRAL, "2026-11-22T14:00:00", False),
    (LOUISIANA, CENTRAL, "2026-11-22T14:00:00", False),
    (MISSISSIPPI, CENTRAL, "2026-11-22T14:00:00", False),
    # states
    (TEXAS, CENTRAL, "2026-11-23T08:59:00", False),
    (TEXAS, CENTRAL, "2026-11-23T09:00:00", True),
    (KENTUCKY, EASTERN, "2026-11-23T09:59:00", False),
    (KENTUCKY, EASTERN, "2026-11-23T10:00:00", True),
    (CONNECTICUT, EASTERN, "2026-11-23T19:59:00", True),
    (CONNECTICUT, EASTERN, "2026-11-23T20:00:00", False),
    (RHODE_ISLAND, EASTERN, "2026-11-23T17:59:00", True),
    (RHODE_ISLAND, EASTERN, "2026-11-23T18:00:00", False),
    (RHODE_ISLAND, EASTERN, "2026-11-28T09:59:00", False),
    (RHODE_ISLAND, EASTERN, "2026-11-28T10:00:00", True),
    (RHODE_ISLAND, EASTERN, "2026-11-28T17:00:00", False),
    (RHODE_ISLAND, EASTERN, "2026-11-29T12:30:00", False),
    (RHODE_ISLAND, EASTERN, "2026-11-29T17:00:00", False),
    (MISSISSIPPI, CENTRAL, "2026-11-23T09:00:00", True),
    (MISSISSIPPI, CENTRAL, "2026-11-23T19:59:00", True),
    (MISSISSIPPI, CENTRAL, "2026-11-23T20:00:00", False),
    # Texas: in the recipient's zone and in Central
    (EL_PASO, MOUNTAIN, "2026-11-23T08:59:00", False),
    (EL_PASO, MOUNTAIN, "2026-11-23T09:00:00", True),
    (EL_PASO, MOUNTAIN, "2026-11-23T19:59:00", True),
    (EL_PASO, MOUNTAIN, "2026-11-23T20:00:00", False),
    # holidays: Thanksgiving, and Independence Day observed on a Friday
    (ALABAMA, CENTRAL, "2026-11-26T12:00:00", False),
    (LOUISIANA, CENTRAL, "2026-11-26T12:00:00", False),
    (RHODE_ISLAND, EASTERN, "2026-11-26T12:00:00", False),
    (PENNSYLVANIA, EASTERN, "2026-11-26T12:00:00", False),
    (UTAH, MOUNTAIN, "2026-11-26T12:00:00", False),
    (PENNSYLVANIA, EASTERN, "2026-07-03T12:00:00", False),
    (PENNSYLVANIA, EASTERN, "2026-07-04T12:00:00", False),
    (NEW_JERSEY, EASTERN, "2026-11-26T12:00:00", True),
    (TORONTO, "America/Toronto", "2026-11-26T12:00:00", True),
    # Arizona keeps its clocks, the Navajo Nation does not: in summer both are weighed
    (PHOENIX, ARIZONA, "2026-07-06T09:00:00", True),
    (PHOENIX, ARIZONA, "2026-07-06T19:59:00", True),
    (PHOENIX, ARIZONA, "2026-12-07T09:00:00", True),
    (NORTH_ARIZONA, ARIZONA, "2026-07-06T08:59:00", False),
    (NORTH_ARIZONA, ARIZONA, "2026-07-06T09:00:00", True),
    (NORTH_ARIZONA, ARIZONA, "2026-07-06T19:00:00", False),
    (NORTH_ARIZONA, ARIZONA, "2026-12-07T19:59:00", True),
    # split area codes
    (PANHANDLE, EASTERN, "2026-11-23T09:59:00", False),
    (PANHANDLE, EASTERN, "2026-11-23T10:00:00", True),
    (PANHANDLE, EASTERN, "2026-11-23T19:59:00", True),
    (PANHANDLE, EASTERN, "2026-11-23T20:00:00", False),
    (SOUTH_DAKOTA, CENTRAL, "2026-11-23T09:59:00", False),
    (SOUTH_DAKOTA, CENTRAL, "2026-11-23T10:00:00", True),
    (SOUTH_DAKOTA, CENTRAL, "2026-11-23T20:00:00", False),
    # Newfoundland is half an hour off, Labrador is on Atlantic time
    (NEWFOUNDLAND, ST_JOHNS, "2026-11-23T09:29:00", False),
    (NEWFOUNDLAND, ST_JOHNS, "2026-11-23T09:30:00", True),
    (NEWFOUNDLAND, ST_JOHNS, "2026-11-23T19:59:00", True),
    (NEWFOUNDLAND, ST_JOHNS, "2026-11-23T20:00:00", False),
    # both changes of the clocks in 2026: 8 March and 1 November, both Sundays
    (PENNSYLVANIA, EASTERN, "2026-03-08T11:59:00", False),
    (PENNSYLVANIA, EASTERN, "2026-03-08T12:00:00", True),
    (PENNSYLVANIA, EASTERN, "2026-03-09T08:59:00", False),
    (PENNSYLVANIA, EASTERN, "2026-03-09T09:00:00", True),
    (PENNSYLVANIA, EASTERN, "2026-11-01T11:59:00", False),
    (PENNSYLVANIA, EASTERN, "2026-11-01T12:00:00", True),
    (PENNSYLVANIA, EASTERN, "2026-11-02T08:59:00", False),
    (PENNSYLVANIA, EASTERN, "2026-11-02T09:00:00", True),
]


@pytest.mark.parametrize(("number", "zone", "text", "is_open"), EDGES)
def test_hours_open_and_close_to_the_second(number, zone, text, is_open):
    at = local(zone, text)
    found = window(number, at=at)
    assert found.open is is_open
    assert (found.opens_at == at) is is_open
    assert found.opens_at.tzinfo is UTC


# number, state, zip, zone of the clock, local time, open?
ADDRESSES = [
    # address and area code disagree: both must be open
    (CALIFORNIA, "PA", "", EASTERN, "2026-11-23T11:59:00", False),
    (CALIFORNIA, "PA", "", EASTERN, "2026-11-23T12:00:00", True),
    (CALIFORNIA, "PA", "", EASTERN, "2026-11-23T20:00:00", False),
    (CALIFORNIA, "", "17201", EASTERN, "2026-11-23T20:00:00", False),
    (PENNSYLVANIA, "AL", "", CENTRAL, "2026-11-22T13:00:00", False),
    (ALABAMA, "PA", "", CENTRAL, "2026-11-22T13:00:00", False),
    # ZIP and state disagree: both
    (PENNSYLVANIA, "KY", "17201", EASTERN, "2026-11-23T09:59:00", False),
    (PENNSYLVANIA, "PA", "17201", EASTERN, "2026-11-23T09:00:00", True),
    # the ZIP tells which half of a split state, the area code of the same state does too
    (PANHANDLE, "FL", "32501", CENTRAL, "2026-11-23T09:00:00", True),
    (PANHANDLE, "FL", "33101", EASTERN, "2026-11-23T09:00:00", True),
    (PANHANDLE, "FL", "", EASTERN, "2026-11-23T09:30:00", False),
    (TEXAS, "TX", "", CENTRAL, "2026-11-23T09:00:00", True),
    (TEXAS, "TX", "79901", CENTRAL, "2026-11-23T09:30:00", False),
    # a postal code on the border of zones is narrowed down by no number: numbers move
    ("+15125550142", "TX", "79838", MOUNTAIN, "2026-11-23T08:30:00", False),
    ("+17025550142", "NV", "89883", MOUNTAIN, "2026-11-23T20:30:00", False),
    ("+15035550142", "OR", "97914", MOUNTAIN, "2026-11-23T20:30:00", False),
    ("+16025550142", "AZ", "86503", MOUNTAIN, "2026-07-20T20:30:00", False),
    # Cumberland County, Tennessee, keeps Central time
    ("+18655550142", "TN", "37723", CENTRAL, "2026-11-23T08:30:00", False),
    # a toll-free number tells no place: the address alone does
    (TOLL_FREE, "PA", "", EASTERN, "2026-11-23T09:00:00", True),
    (TOLL_FREE, "TN", "", EASTERN, "2026-11-23T09:30:00", False),
    (TOLL_FREE, "", "", EASTERN, "2026-11-23T13:59:00", False),
    (TOLL_FREE, "", "", EASTERN, "2026-11-23T14:00:00", True),
    (TOLL_FREE, "", "", EASTERN, "2026-11-23T18:00:00", False),
    # an address that tells nothing changes nothing
    (PENNSYLVANIA, "somewhere", "00000", EASTERN, "2026-11-23T09:00:00", True),
    # military post tells no place, and who gets it is not where the number is from
    (PENNSYLVANIA, "", "09012", EASTERN, "2026-11-23T13:59:00", False),
    (PENNSYLVANIA, "", "09012-1234", EASTERN, "2026-11-23T14:00:00", True),
    (PENNSYLVANIA, "ap", "", EASTERN, "2026-11-23T13:59:00", False),
    (PENNSYLVANIA, "PA", "34002", EASTERN, "2026-11-23T13:59:00", False),
    (PENNSYLVANIA, "", "96601", EASTERN, "2026-11-23T13:59:00", False),
    (PENNSYLVANIA, "", "96201", EASTERN, "2026-11-23T18:00:00", False),
    (PENNSYLVANIA, "", "09900", EASTERN, "2026-11-23T09:00:00", True),
]


@pytest.mark.parametrize(("number", "state", "zip_code", "zone", "text", "is_open"), ADDRESSES)
def test_address_and_area_code_are_weighed_together(number, state, zip_code, zone, text, is_open):
    assert window(number, state=state, zip=zip_code, at=local(zone, text)).open is is_open


def test_a_window_says_what_was_weighed():
    found = window(CALIFORNIA, zip="17201", at=local(EASTERN, "2026-11-23T22:00:00"))
    assert found.states == ("CA", "PA")
    assert found.zones == (PACIFIC, EASTERN)
    assert found.local_times == (
        (PACIFIC, "2026-11-23T19:00:00-08:00"),
        (EASTERN, "2026-11-23T22:00:00-05:00"),
    )
    assert found.opens_at == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert set(found.rules) <= set(rules.RULES)
    assert "RULE-US-15" in found.rules


@pytest.mark.parametrize(
    ("number", "zone", "text", "opens"),
    [
        (PENNSYLVANIA, EASTERN, "2026-11-23T22:00:00", "2026-11-24T09:00:00"),
        (PENNSYLVANIA, EASTERN, "2026-11-28T20:00:00", "2026-11-29T12:00:00"),
        (PENNSYLVANIA, EASTERN, "2026-11-25T20:00:00", "2026-11-27T09:00:00"),  # the first pack
        (PENNSYLVANIA, EASTERN, "2026-11-26T20:00:00", "2026-11-28T09:00:00"),
        (ALABAMA, CENTRAL, "2026-09-05T20:00:00", "2026-09-08T09:00:00"),  # over Labor Day
        (PENNSYLVANIA, EASTERN, "2026-03-07T23:00:00", "2026-03-08T12:00:00"),
        (PENNSYLVANIA, EASTERN, "2026-10-31T23:00:00", "2026-11-01T12:00:00"),
        (NEWFOUNDLAND, ST_JOHNS, "2026-11-23T21:00:00", "2026-11-24T09:30:00"),
    ],
)
def test_the_next_opening_is_named(number, zone, text, opens):
    assert window(number, at=local(zone, text)).opens_at == local(zone, opens)


def test_places_that_never_open_together_are_asked_again_later():
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    found = window(RHODE_ISLAND, zip="96910", at=at)
    assert not found.open
    assert found.opens_at == at + timedelta(days=hours.HORIZON_DAYS)


@pytest.mark.parametrize(
    ("number", "hours_behind"), [(VANCOUVER, 7), ("+14035550100", 6), ("+17805550100", 6)]
)
def test_british_columbia_and_alberta_no_longer_turn_their_clocks_back(number, hours_behind):
    """Since 2026 they keep UTC-7 and UTC-6; zone data older than that still turn them back."""
    midnight = datetime(2026, 12, 7, tzinfo=UTC) + timedelta(hours=hours_behind)
    for clock in (timedelta(hours=8, minutes=59), timedelta(hours=20)):
        assert not window(number, at=midnight + clock).open
    assert window(number, at=midnight + timedelta(hours=14)).open


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="aware"):
        window(PENNSYLVANIA, at=datetime(2026, 11, 23, 12))  # noqa: DTZ001


NUMBERS = st.sampled_from(
    [PENNSYLVANIA, TEXAS, EL_PASO, ALABAMA, RHODE_ISLAND, NORTH_ARIZONA, PANHANDLE, NEWFOUNDLAND,
     VANCOUVER, TOLL_FREE, "+18085550100", "+19075550100", "+15005550006", "+18675550100"]
)  # fmt: skip
STATES = st.sampled_from(["", "PA", "KY", "MS", "HI", "Alabama", "Québec", "NL", "??"])
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(deadline=None)
@given(NUMBERS, STATES, INSTANTS)
def test_the_next_opening_is_the_first(number, state, at):
    found = window(number, state=state, at=at)
    assert found.opens_at >= at
    assert found.zones
    assert found.states
    assert window(number, state=state, at=found.opens_at).open
    moment = at
    while not found.open and (moment := moment + timedelta(minutes=47)) < found.opens_at:
        assert not window(number, state=state, at=moment).open


@given(NUMBERS, STATES, INSTANTS)
def test_a_zone_is_open_when_the_house_and_every_state_there_permit_it(number, state, at):
    """The clocks of one zone are met into one: the same as asking each window in turn."""
    found = window(number, state=state, at=at)
    permitted = []
    for region, zones in hours._weighed(phones.area_code_of(number), state, "", "").items():
        era = packs.rows_in_force(at.date())
        house = packs.Row("US", era.house, "house", "H")
        rows = [(zones, house)]
        for key in ("CA" if region in places.PROVINCES else "US", f"US-{region}"):
            if row := era.rows.get(key):
                rows.append(((*zones, *row.also_in), row))
        for within, row in rows:
            for zone in within:
                local = at.astimezone(ZoneInfo(zone))
                span = row.span(local.date())
                permitted.append(span is not None and span[0] <= local.time() < span[1])
    assert found.open == all(permitted)


@settings(deadline=None)
@given(NUMBERS, STATES, INSTANTS)
def test_nothing_opens_outside_the_house_window_in_any_zone(number, state, at):
    found = window(number, state=state, at=at)
    for zone, text in found.local_times:
        moment = datetime.fromisoformat(text)
        assert moment == at.replace(microsecond=0)
        assert zone in found.zones
        if found.open:
            assert 9 <= moment.hour < (21 if "TX" in found.states else 20)


@given(NUMBERS, STATES, STATES, INSTANTS)
def test_knowing_another_address_never_opens_what_the_area_code_closes(number, one, other, at):
    """Of one state the address may choose among the area code's zones, never add hours."""
    if number in {TOLL_FREE, "+15005550006", "+18675550100"}:
        return  # they tell no place, or several
    if window(number, state=one, at=at).open:
        assert window(number, at=at).open or one in window(number, at=at).states


@pytest.mark.parametrize(
    ("code", "region", "zones"),
    [
        ("17201", "PA", {EASTERN}),
        ("17201-1234", "PA", {EASTERN}),
        (" 02903 ", "RI", {EASTERN}),
        ("79901", "TX", {MOUNTAIN}),
        ("79830", "TX", {CENTRAL, MOUNTAIN}),
        ("75201", "TX", {CENTRAL}),
        ("32401", "FL", {EASTERN, CENTRAL}),
        ("37402", "TN", {EASTERN}),
        ("37201", "TN", {CENTRAL}),
        ("46402", "IN", {CENTRAL}),
        ("46204", "IN", {EASTERN}),
        ("83814", "ID", {PACIFIC}),
        ("86001", "AZ", {ARIZONA, MOUNTAIN}),
        ("85001", "AZ", {ARIZONA}),
        ("20001", "DC", {EASTERN}),
        ("73301", "TX", {CENTRAL}),
        ("96799", "AS", {"Pacific/Pago_Pago"}),
        ("96813", "HI", {"Pacific/Honolulu"}),
        ("00901", "PR", {"America/Puerto_Rico"}),
        ("K1A 0B6", "ON", {"America/Toronto"}),
        ("h2x1y4", "QC", {"America/Toronto"}),
        ("A1C 5S7", "NL", {ST_JOHNS, "America/Halifax"}),
        ("X0A 0H0", "NU", {"America/Toronto", "America/Winnipeg", "America/Edmonton"}),
        ("X1A 2N2", "NT", {"America/Edmonton", "America/Regina"}),
        ("V6B 1A1", "BC", {"America/Vancouver", "America/Fort_Nelson"}),
        ("09012", "", set()),
        ("1720", "", set()),
        ("hello", "", set()),
        ("", "", set()),
    ],
)
def test_postal_codes_tell_region_and_zones(code, region, zones):
    found = places.place_of_postal_code(code)
    assert (found[0], set(found[1])) == (region, zones)


def test_every_zip_prefix_gives_zones_of_its_own_state():
    for prefix in range(1000):
        region, zones = places.place_of_postal_code(f"{prefix:03}01")
        assert bool(region) == bool(zones)
        assert set(zones) <= set(places.REGION_ZONES.get(region, ()))


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("PA", "PA"), ("pa", "PA"), (" Pa. ", "PA"), ("Pennsylvania", "PA"), ("US-PA", "PA"),
        ("North  Carolina", "NC"), ("Washington", "WA"), ("Washington D.C.", "DC"), ("D.C.", "DC"),
        ("Québec", "QC"), ("CA-ON", "ON"), ("ca", "CA"), ("Île-du-Prince-Édouard", "PE"),
        ("Bavaria", ""), ("", ""),
    ],
)  # fmt: skip
def test_regions_are_known_by_code_and_by_name(text, region):
    assert places.region_of_text(text) == region


@pytest.mark.parametrize(("region", "name"), [("NM", "New Mexico"), ("QC", "Quebec"), ("", "")])
def test_a_region_has_its_name(region, name):
    assert places.name_of(region) == name


@pytest.mark.parametrize(
    ("number", "where", "text", "lines"),
    [
        (PENNSYLVANIA, {}, "2026-11-23T22:00-05:00", [(EASTERN, "9-20")]),
        (PENNSYLVANIA, {}, "2026-11-22T08:00-05:00", [(EASTERN, "12-20")]),
        (PENNSYLVANIA, {}, "2026-11-26T12:00-05:00", [(EASTERN, "-")]),
        (ALABAMA, {"region": "PA"}, "2026-11-22T12:00-06:00", [(CENTRAL, "-"), (EASTERN, "12-20")]),
        (PENNSYLVANIA, {"postal_code": "02903"}, "2026-11-23T12:00-05:00", [(EASTERN, "9-18")]),
        # late in the evening it is tomorrow in the east already
        (CALIFORNIA, {"region": "PA"}, "2026-11-21T22:00-08:00", [(PACIFIC, "9-20"), (EASTERN, "12-20")]),
        (PENNSYLVANIA, {"tighter": hours.Tighter(closes=time(18))}, "2026-11-23T12:00-05:00", [(EASTERN, "9-18")]),
        (PENNSYLVANIA, {"tighter": hours.Tighter(no_sundays=True)}, "2026-11-22T12:00-05:00", [(EASTERN, "-")]),
    ],
)  # fmt: skip
def test_a_day_has_these_hours_in_each_zone(number, where, text, lines):
    wanted = {"region": "", "postal_code": "", **where}
    found = hours.day_hours(number, at=datetime.fromisoformat(text), **wanted)
    told = [(zone, f"{span[0].hour}-{span[1].hour}" if span else "-") for zone, span in found]
    assert sorted(told) == sorted(lines)
    assert [zone for zone, _ in found] == sorted(zone for zone, _ in found)
