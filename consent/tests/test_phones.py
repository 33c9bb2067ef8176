from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import timezone

from consent import phones, places
from consent.phones import BadNumber

ALL_AREA_CODES = sorted(places.REGIONS_OF_AREA_CODE)


@pytest.mark.parametrize(
    "raw",
    [
        "(717) 555-0100",
        "717.555.0100",
        "717/555/0100",
        " 717 555 0100 ",
        "717\t555\t0100",
        "1-717-555-0100",
        "+1 717 555 0100",
        "+17175550100",
        "0111 717 555 0100",
        "tel:+1-717-555-0100",
        "7175550100,",
        "\uff17\uff11\uff17\uff15\uff15\uff15\uff10\uff11\uff10\uff10",
        "\u202a+1 717\u2011555\u20110100\u202c",
        "717\u2013555\u20130100",
        "717\u00a0555\u00a00100",
    ],
)
def test_what_people_type_becomes_e164(raw):
    assert phones.parse(raw) == "+17175550100"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "empty"),
        (" \u200b ", "empty"),
        ("call me", "letters"),
        ("717-555-CARS", "letters"),
        ("!!!", "not_a_number"),
        ("\U0001f4de 717-555-0100", "not_a_number"),
        ("+", "not_a_number"),
        ("911", "too_short"),
        ("717-555-010", "too_short"),
        ("555-0100", "no_area_code"),
        ("717-555-01001", "too_long"),
        ("717 555 0100 / 717 555 0101", "too_long"),
        ("717-555-0100 x12", "extension"),
        ("7175550100x12", "extension"),
        ("717-555-0100 ext. 4", "extension"),
        ("717-555-0100 poste 4", "extension"),
        ("717-555-0100 #4", "extension"),
        ("7175550100;ext=3", "extension"),
        ("117-555-0100", "area_code"),
        ("017-555-0100", "area_code"),
        ("999-555-0100", "area_code"),
        ("700-555-0100", "area_code"),
        ("717-155-0100", "exchange"),
        ("717-055-0100", "exchange"),
        ("900-555-0100", "premium"),
        ("876-555-0100", "not_us_or_canada"),
        ("809-555-0100", "not_us_or_canada"),
        ("+1 242 555 0100", "not_us_or_canada"),
        ("+44 20 7946 0958", "not_us_or_canada"),
        ("011 52 55 5555 0100", "not_us_or_canada"),
    ],
)
def test_what_cannot_be_texted_is_refused_with_its_reason(raw, code):
    with pytest.raises(BadNumber) as refusal:
        phones.parse(raw)
    assert refusal.value.code == code
    assert refusal.value.detail.endswith(".")
    assert "5550100" not in str(refusal.value)


def test_a_foreign_number_is_told_who_can_be_texted():
    with pytest.raises(BadNumber, match="Only numbers of the United States and Canada"):
        phones.parse("+33 1 70 18 99 00")


@given(
    area=st.sampled_from(ALL_AREA_CODES),
    exchange=st.integers(200, 999),
    line=st.integers(0, 9999),
    shape=st.sampled_from(["({}) {}-{}", "{}{}{}", "+1{}{}{}", "1 {} {} {}", "{}.{}.{}"]),
    country=st.sampled_from(["US", "CA"]),
)
def test_every_number_of_a_known_area_code_is_read(area, exchange, line, shape, country):
    number = phones.parse(shape.format(area, exchange, f"{line:04}"), country=country)
    assert number == f"+1{area}{exchange}{line:04}"
    assert phones.country_of(number) in {"US", "CA"}
    assert phones.time_zones(number)
    assert phones.parse(phones.pretty(number)) == number
    assert phones.parse(number) == number


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(raw):
    try:
        number = phones.parse(raw)
    except BadNumber:
        return
    assert phones.country_of(number) or phones.is_toll_free(number)


@pytest.mark.parametrize(
    ("number", "country", "region"),
    [
        ("+17175550100", "US", "PA"),
        ("+12025550100", "US", "DC"),
        ("+14165550100", "CA", "ON"),
        ("+17095550100", "CA", "NL"),
        ("+19025550100", "CA", ""),
        ("+18675550100", "CA", ""),
        ("+17875550100", "US", "PR"),
        ("+14715550100", "US", "MS"),
        ("+15005550006", "US", ""),
        ("+18005550100", "", ""),
        ("+18765550100", "", ""),
        ("+442079460958", "", ""),
        ("nonsense", "", ""),
    ],
)
def test_country_and_region_come_from_the_area_code(number, country, region):
    assert phones.country_of(number) == country
    assert phones.region_of(number) == region


def test_an_area_code_shared_by_two_provinces_names_both():
    assert set(phones.regions_of("+19025550100")) == {"NS", "PE"}
    assert phones.regions_of("+18005550100") == ()


@pytest.mark.parametrize("area", sorted(phones.TOLL_FREE))
def test_toll_free_numbers_may_be_anywhere(area):
    number = phones.parse(f"{area}-555-0100")
    assert phones.is_toll_free(number)
    assert phones.time_zones(number) == places.ALL_ZONES


@pytest.mark.parametrize(
    ("number", "zones"),
    [
        ("+17175550100", {"America/New_York"}),
        ("+12145550100", {"America/Chicago"}),
        ("+19155550100", {"America/Denver"}),
        ("+18505550100", {"America/New_York", "America/Chicago"}),
        ("+13055550100", {"America/New_York"}),
        ("+16055550100", {"America/Chicago", "America/Denver"}),
        ("+16025550100", {"America/Phoenix"}),
        ("+19285550100", {"America/Phoenix", "America/Denver"}),
        ("+17095550100", {"America/St_Johns", "America/Halifax"}),
        ("+18085550100", {"Pacific/Honolulu"}),
        ("+16715550100", {"Pacific/Guam"}),
    ],
)
def test_split_area_codes_name_every_zone(number, zones):
    assert set(phones.time_zones(number)) == zones


def test_unknown_area_codes_may_be_anywhere():
    assert phones.time_zones("+15005550006") == places.ALL_ZONES


@pytest.mark.parametrize("area", ALL_AREA_CODES)
def test_the_tables_agree_with_googles_data(area):
    """Where Google knows an area code, the country is the same and our zones are no fewer."""
    number = f"+1{area}5550100"
    parsed = phonenumbers.parse(number, None)
    country = phonenumbers.region_code_for_number(parsed)
    if country is None:
        return  # younger than Google's data
    assert phones.country_of(number) == ("US" if country in places.TERRITORIES else country)
    if area in {"689", "474"}:
        return  # Orlando is not on Central time, nor is Saskatchewan: Google's data are wrong
    theirs = set(timezone.time_zones_for_geographical_number(parsed))
    same_clock = {
        "America/Boise": "America/Denver",
        "America/North_Dakota/Center": "America/Chicago",
        "America/Puerto_Rico": "America/Halifax" if area == "879" else "America/Puerto_Rico",
        "America/Fort_Nelson": "America/Whitehorse" if area == "867" else "America/Fort_Nelson",
        "Pacific/Saipan": "Pacific/Guam",
        "America/St_Thomas": "America/Puerto_Rico",
    }
    assert {same_clock.get(zone, zone) for zone in theirs} <= set(phones.time_zones(number))


def test_logs_and_pages_show_numbers_each_in_their_way():
    assert phones.mask("+17175550100") == "…0100"
    assert phones.pretty("+17175550100") == "717-555-0100"
    assert phones.pretty("STOP") == "STOP"
