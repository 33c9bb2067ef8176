"""Pure: telephone numbers: reading what people type, and where a number's owner may be."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import NumberParseException

from consent import places

#: Toll-free area codes of the North American Numbering Plan in use, read 2026-11-23.
TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
ONLY_US_AND_CANADA = "Only numbers of the United States and Canada can be texted."
_E164 = re.compile(r"\+1([2-9]\d\d)([2-9]\d\d)(\d{4})")
_EXTENSION = re.compile(
    r"(?i)(?:;ext=|\b(?:ext(?:ension|n)?|poste)\b|(?<![a-z])x|#)[\s.:]*\d{1,7}\s*$"
)
_SEVEN_DIGITS = 7
_TEN_DIGITS = 10


class BadNumber(ValueError):
    """What was typed cannot be texted.

    `code` is for programs, `detail` one sentence for people; neither repeats the number.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def parse(raw: str, *, country: str = "US") -> str:
    """Return what somebody typed as an E.164 number ("+17175550100").

    `country` ("US" or "CA") is where a number without a country code is dialled from. Numbers set
    aside for fiction (555-01xx) pass. Raises BadNumber: what is no number, has an extension, is not
    of the United States (its territories included) or Canada, or is a premium number.

    Law: RULE-CA-05.
    """
    text = _plain(raw)
    if not text:
        raise BadNumber("empty", "Type a phone number.")
    if _EXTENSION.search(text):
        raise BadNumber("extension", "A number with an extension cannot be texted.")
    if any(char.isalpha() for char in text):
        raise BadNumber("letters", "Write the number in digits only: there are letters in it.")
    digits = re.sub(r"\D", "", text)
    if not digits or re.search(r"[^\d\s()+.,/*\-]", text):
        raise BadNumber("not_a_number", "This is not a phone number.")
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException as error:
        raise _unreadable(error, digits) from error
    if number.country_code != 1:
        raise BadNumber("not_us_or_canada", ONLY_US_AND_CANADA)
    return _checked(phonenumbers.national_significant_number(number))


def found_in(raw: str, *, country: str = "US") -> tuple[str, ...]:
    """Return every number that can be texted in a text that holds more than one number, as E.164.

    For lists of stops, where "717-555-0100 x12 (cell)" must stop that number. Each once.
    """
    text = unicodedata.normalize("NFKC", raw)
    matcher = phonenumbers.PhoneNumberMatcher(
        text, country, leniency=phonenumbers.Leniency.POSSIBLE
    )
    found = []
    for match in matcher:
        number = phonenumbers.PhoneNumber(
            country_code=match.number.country_code, national_number=match.number.national_number
        )
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        try:
            found.append(parse(e164, country=country))
        except BadNumber:
            continue
    return tuple(dict.fromkeys(found))


def _plain(raw: str) -> str:
    """Return the text in plain digits and signs, without a tel: prefix and invisible characters."""
    text = unicodedata.normalize("NFKC", raw)
    text = "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Cc"})
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text).strip()
    return re.sub(r"(?i)^tel:", "", text).strip()


def _unreadable(error: NumberParseException, digits: str) -> BadNumber:
    match error.error_type:
        case NumberParseException.TOO_LONG:
            return _too_long(digits)
        case NumberParseException.INVALID_COUNTRY_CODE:
            return BadNumber("not_us_or_canada", ONLY_US_AND_CANADA)
        case _ if len(digits) < _TEN_DIGITS:
            return _too_short(digits)
        case _:
            return BadNumber("not_a_number", "This is not a phone number.")


def _too_short(digits: str) -> BadNumber:
    if len(digits) == _SEVEN_DIGITS:
        return BadNumber("no_area_code", "The area code is missing.")
    return BadNumber(
        "too_short", f"The number is too short: it has {len(digits)} digits instead of ten."
    )


def _too_long(digits: str) -> BadNumber:
    return BadNumber(
        "too_long", f"The number is too long: it has {len(digits)} digits instead of ten."
    )


def _checked(digits: str) -> str:
    """Return a national number of the plan as E.164, or say what is wrong with it."""
    if len(digits) < _TEN_DIGITS:
        raise _too_short(digits)
    if len(digits) > _TEN_DIGITS:
        raise _too_long(digits)
    area, exchange = digits[:3], digits[3:6]
    if area[0] in "01":
        raise BadNumber("area_code", f"There is no area code {area}: none begins with {area[0]}.")
    if exchange[0] in "01":
        raise BadNumber(
            "exchange", f"The three digits after the area code cannot begin with {exchange[0]}."
        )
    if area == "900":
        raise BadNumber("premium", "A premium-rate number (900) cannot be texted.")
    number = "+1" + digits
    if area in TOLL_FREE or country_of(number):
        return number
    if _country_known_to_plan(number):
        raise BadNumber("not_us_or_canada", ONLY_US_AND_CANADA)
    raise BadNumber("area_code", f"There is no area code {area} in the United States or Canada.")


def _country_known_to_plan(number: str) -> str:
    """Return the ISO country that Google's data knows for the number, "" for none."""
    return phonenumbers.region_code_for_number(phonenumbers.parse(number, None)) or ""


def area_code_of(number: str) -> str:
    """Return the three digits of an E.164 number's area code, "" for a number of another plan."""
    match = _E164.fullmatch(number)
    return match.group(1) if match else ""


def country_of(number: str) -> str:
    """Return "US", "CA", or "" for a toll-free number and for one that is of neither.

    Territories of the United States count as US. Law: RULE-CA-05.
    """
    area = area_code_of(number)
    if not area or area in TOLL_FREE or area == "900":
        return ""
    regions = places.REGIONS_OF_AREA_CODE.get(area)
    if regions:
        return "CA" if regions[0] in places.PROVINCES else "US"
    # an area code younger than our table, or one without a place (5XX, 6XX)
    country = _country_known_to_plan(number)
    return country if country in {"US", "CA"} else ""


def country_at(number: str, *, country: str, region: str, postal_code: str) -> str:
    """Return the country whose law holds: the address's if it has one, else the area code's.

    Said outright it is what was said. Where a region or a postal code speaks for Canada it is
    Canada, whatever the area code: the stricter law for the question. Law: RULE-CA-05.
    """
    if country:
        return country
    found = {places.place_of_postal_code(postal_code)[0], places.region_of_text(region)} - {""}
    if found & set(places.PROVINCES):
        return "CA"
    return country_of(number) or ("US" if found else "")


def is_toll_free(number: str) -> bool:
    """Say whether the number is toll-free: it may be answered anywhere in the US and Canada."""
    return area_code_of(number) in TOLL_FREE


def regions_of(number: str) -> tuple[str, ...]:
    """Return the states or provinces that share the number's area code, () when it has no place."""
    return places.REGIONS_OF_AREA_CODE.get(area_code_of(number), ())


def region_of(number: str) -> str:
    """Return the state or province code, "" where the area code names none or more than one."""
    regions = regions_of(number)
    return regions[0] if len(regions) == 1 else ""


def time_zones(number: str) -> tuple[str, ...]:
    """Return every zone (IANA name) the number may be in, by its area code.

    Toll-free numbers and numbers without a place give every zone of the states and Canada.

    Law: RULE-US-16.
    """
    return places.zones_of_area_code(area_code_of(number))


def mask(number: str) -> str:
    """Return what may stand in a log: the last four digits, "…0100"."""
    return "…" + number[-4:]


def pretty(number: str) -> str:
    """Return the number as people here write it, "717-555-0100"; anything else unchanged."""
    match = _E164.fullmatch(number)
    return "-".join(match.groups()) if match else number
