"""Pure: where a number or an address may be: regions, time zones, area codes, ZIP prefixes.

Every table errs on the wide side: whoever may live in two zones is given both (RULE-US-16).
Compiled from the public numbering plan, the USPS three-digit prefixes and the time zone boundaries
of 49 CFR part 71; read 2026-11-23.
"""

from __future__ import annotations

import re
import unicodedata

EASTERN = "America/New_York"
CENTRAL = "America/Chicago"
MOUNTAIN = "America/Denver"
ARIZONA = "America/Phoenix"
PACIFIC = "America/Los_Angeles"
ALASKA = "America/Anchorage"
ALEUTIAN = "America/Adak"
HAWAII = "Pacific/Honolulu"
CARIBBEAN = "America/Puerto_Rico"
CHAMORRO = "Pacific/Guam"
SAMOA = "Pacific/Pago_Pago"

_AREA_CODES_OF = {
    "AL": "205 251 256 334 483 659 938",
    "AK": "907",
    "AZ": "480 520 602 623 928",
    "AR": "327 479 501 870",
    "CA": "209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 "
    "669 707 714 738 747 760 805 818 820 831 837 840 858 909 916 925 949 951",
    "CO": "303 719 720 748 970 983",
    "CT": "203 475 860 959",
    "DC": "202 771",
    "DE": "302",
    "FL": "239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 "
    "954",
    "GA": "229 404 470 478 678 706 762 770 912 943",
    "HI": "808",
    "IA": "319 515 563 641 712",
    "ID": "208 986",
    "IL": "217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872",
    "IN": "219 260 317 463 574 765 812 930",
    "KS": "316 620 785 913",
    "KY": "270 364 502 606 859",
    "LA": "225 318 337 457 504 985",
    "MA": "339 351 413 508 617 774 781 857 978",
    "MD": "227 240 301 410 443 667",
    "ME": "207",
    "MI": "231 248 269 313 517 586 616 679 734 810 906 947 989",
    "MN": "218 320 507 612 651 763 924 952",
    "MO": "235 314 417 557 573 636 660 816 975",
    "MS": "228 471 601 662 769",
    "MT": "406",
    "NC": "252 336 472 704 743 828 910 919 980 984",
    "ND": "701",
    "NE": "308 402 531",
    "NH": "603",
    "NJ": "201 551 609 640 732 848 856 862 908 973",
    "NM": "505 575",
    "NV": "702 725 775",
    "NY": "212 315 329 332 347 363 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934",
    "OH": "216 220 234 283 326 330 380 419 436 440 513 567 614 740 937",
    "OK": "405 539 572 580 918",
    "OR": "458 503 541 971",
    "PA": "215 223 267 272 412 445 484 570 582 610 717 724 814 835 878",
    "RI": "401",
    "SC": "803 821 839 843 854 864",
    "SD": "605",
    "TN": "423 615 629 729 731 865 901 931",
    "TX": "210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 "
    "915 936 940 945 956 972 979",
    "UT": "385 435 801",
    "VA": "276 434 540 571 686 703 757 804 826 948",
    "VT": "802",
    "WA": "206 253 360 425 509 564",
    "WI": "262 274 353 414 534 608 715 920",
    "WV": "304 681",
    "WY": "307",
    # territories of the United States: the Communications Act counts them as states (47 USC 153)
    "PR": "787 939",
    "VI": "340",
    "GU": "671",
    "MP": "670",
    "AS": "684",
    "AB": "368 403 587 780 825",
    "BC": "236 250 257 604 672 778",
    "MB": "204 431 584",
    "NB": "428 506",
    "NL": "709 879",
    "NS": "782 902",
    "NT": "867",
    "NU": "867",
    "ON": "226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 807 905 942",
    "PE": "782 902",
    "QC": "263 273 354 367 418 438 450 468 514 579 581 819 873",
    "SK": "306 474 639",
    "YT": "867",
}


def _regions_by_area_code() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for region, codes in _AREA_CODES_OF.items():
        for code in codes.split():
            found[code] = (*found.get(code, ()), region)
    return found


#: Area code → the states, provinces or territories that use it.
REGIONS_OF_AREA_CODE = _regions_by_area_code()

#: Region → every time zone that some of its people live in.
#: British Columbia (2026-03-09, UTC-7), Alberta (2026-06-18, UTC-6) and the Northwest Territories
#: (2026-08-21, UTC-6) no longer change their clocks. Zone databases older than 2026d do not know it
#: all, so the fixed offset stands beside the zone: either database gives a window that is right.
REGION_ZONES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV".split(),  # noqa: SIM905
        (EASTERN,),
    ),
    **dict.fromkeys("AL AR IA IL LA MN MO MS OK WI".split(), (CENTRAL,)),  # noqa: SIM905
    **dict.fromkeys("CO MT NM UT WY".split(), (MOUNTAIN,)),  # noqa: SIM905
    **dict.fromkeys("FL IN KY MI TN".split(), (EASTERN, CENTRAL)),  # noqa: SIM905
    **dict.fromkeys("KS ND NE SD TX".split(), (CENTRAL, MOUNTAIN)),  # noqa: SIM905
    "AK": (ALASKA, ALEUTIAN),
    "AZ": (ARIZONA, MOUNTAIN),  # the Navajo Nation changes its clocks
    "CA": (PACIFIC,),
    "HI": (HAWAII,),
    "ID": (MOUNTAIN, PACIFIC),
    "NV": (PACIFIC, MOUNTAIN),  # West Wendover, Jackpot
    "OR": (PACIFIC, MOUNTAIN),  # Malheur County
    "WA": (PACIFIC,),
    "PR": (CARIBBEAN,),
    "VI": (CARIBBEAN,),
    "GU": (CHAMORRO,),
    "MP": (CHAMORRO,),
    "AS": (SAMOA,),
    "AB": ("America/Edmonton", "America/Regina"),
    "BC": ("America/Vancouver", "America/Fort_Nelson", "America/Edmonton", "America/Regina"),
    "MB": ("America/Winnipeg",),
    "NB": ("America/Halifax",),
    "NL": ("America/St_Johns", "America/Halifax"),  # Labrador keeps Atlantic time
    "NS": ("America/Halifax",),
    "NT": ("America/Edmonton", "America/Regina"),
    "NU": ("America/Toronto", "America/Winnipeg", "America/Edmonton"),
    "ON": ("America/Toronto", "America/Winnipeg"),
    "PE": ("America/Halifax",),
    "QC": ("America/Toronto", "America/Halifax"),  # the Magdalen Islands
    "SK": ("America/Regina", "America/Edmonton"),  # Lloydminster
    "YT": ("America/Whitehorse",),
}
TERRITORIES = frozenset({"PR", "VI", "GU", "MP", "AS"})
PROVINCES = frozenset(
    {"AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"}
)
STATES = frozenset(REGION_ZONES) - TERRITORIES - PROVINCES

#: Where somebody may be of whom nothing is known: the states, the District of Columbia and Canada.
#: The territories are left out: in the Pacific it is night whenever the rest may be texted.
ANYWHERE = tuple(sorted(STATES | PROVINCES))
ALL_ZONES = tuple(sorted({zone for region in ANYWHERE for zone in REGION_ZONES[region]}))

_EAST_AND_CENTRAL = (EASTERN, CENTRAL)
_CENTRAL_AND_MOUNTAIN = (CENTRAL, MOUNTAIN)
#: Area codes that span fewer zones than their region does; the others span all of the region's.
_ZONES_OF_AREA_CODE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("260 317 463 765 502 859 865".split(), (EASTERN,)),  # noqa: SIM905
    **dict.fromkeys("615 629 731 901 931".split(), (CENTRAL,)),  # noqa: SIM905
    **dict.fromkeys(
        [
            code
            for code in _AREA_CODES_OF["FL"].split() + _AREA_CODES_OF["MI"].split()
            if code not in {"448", "850", "906"}
        ],
        (EASTERN,),
    ),
    **dict.fromkeys([code for code in _AREA_CODES_OF["TX"].split() if code != "915"], (CENTRAL,)),
    "915": (MOUNTAIN,),
    "316": (CENTRAL,),
    "913": (CENTRAL,),
    "402": (CENTRAL,),
    "531": (CENTRAL,),
    **dict.fromkeys("480 520 602 623".split(), (ARIZONA,)),  # noqa: SIM905
    "702": (PACIFIC,),
    "725": (PACIFIC,),
    "503": (PACIFIC,),
    "971": (PACIFIC,),
    "604": ("America/Vancouver", "America/Fort_Nelson"),
    **dict.fromkeys(
        [code for code in _AREA_CODES_OF["ON"].split() if code != "807"], ("America/Toronto",)
    ),
    **dict.fromkeys(
        [code for code in _AREA_CODES_OF["QC"].split() if code not in {"367", "418", "581"}],
        ("America/Toronto",),
    ),
}


def zones_of_area_code(code: str) -> tuple[str, ...]:
    """Return every time zone of an area code (three digits); all zones when it is not known."""
    if code in _ZONES_OF_AREA_CODE:
        return _ZONES_OF_AREA_CODE[code]
    regions = REGIONS_OF_AREA_CODE.get(code, ())
    zones = (zone for region in regions for zone in REGION_ZONES[region])
    return tuple(dict.fromkeys(zones)) or ALL_ZONES


_NAMES = {
    "alabama": "AL",
    "alaska": "AK",
    "arizona": "AZ",
    "arkansas": "AR",
    "california": "CA",
    "colorado": "CO",
    "connecticut": "CT",
    "delaware": "DE",
    "district of columbia": "DC",
    "washington dc": "DC",
    "florida": "FL",
    "georgia": "GA",
    "hawaii": "HI",
    "idaho": "ID",
    "illinois": "IL",
    "indiana": "IN",
    "iowa": "IA",
    "kansas": "KS",
    "kentucky": "KY",
    "louisiana": "LA",
    "maine": "ME",
    "maryland": "MD",
    "massachusetts": "MA",
    "michigan": "MI",
    "minnesota": "MN",
    "mississippi": "MS",
    "missouri": "MO",
    "montana": "MT",
    "nebraska": "NE",
    "nevada": "NV",
    "new hampshire": "NH",
    "new jersey": "NJ",
    "new mexico": "NM",
    "new york": "NY",
    "north carolina": "NC",
    "north dakota": "ND",
    "ohio": "OH",
    "oklahoma": "OK",
    "oregon": "OR",
    "pennsylvania": "PA",
    "rhode island": "RI",
    "south carolina": "SC",
    "south dakota": "SD",
    "tennessee": "TN",
    "texas": "TX",
    "utah": "UT",
    "vermont": "VT",
    "virginia": "VA",
    "washington": "WA",
    "west virginia": "WV",
    "wisconsin": "WI",
    "wyoming": "WY",
    "puerto rico": "PR",
    "virgin islands": "VI",
    "us virgin islands": "VI",
    "guam": "GU",
    "northern mariana islands": "MP",
    "american samoa": "AS",
    "alberta": "AB",
    "british columbia": "BC",
    "colombie britannique": "BC",
    "manitoba": "MB",
    "new brunswick": "NB",
    "nouveau brunswick": "NB",
    "newfoundland": "NL",
    "newfoundland and labrador": "NL",
    "terre neuve et labrador": "NL",
    "nova scotia": "NS",
    "nouvelle ecosse": "NS",
    "northwest territories": "NT",
    "territoires du nord ouest": "NT",
    "nunavut": "NU",
    "ontario": "ON",
    "prince edward island": "PE",
    "ile du prince edouard": "PE",
    "quebec": "QC",
    "saskatchewan": "SK",
    "yukon": "YT",
    "nf": "NL",
    "pq": "QC",
}


def region_of_text(text: str) -> str:
    """Return the code of a state, province or territory written as a code or in full, else ""."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    plain = re.sub(r"^(?:us|ca)-(?=[a-z]{2}$)", "", plain.strip())  # ISO 3166-2
    plain = " ".join(re.sub(r"[.']", "", plain).replace("-", " ").split())
    code = plain.upper()
    return code if code in REGION_ZONES else _NAMES.get(plain, "")


def name_of(region: str) -> str:
    """Return the English name of a state, province or territory, "" when there is none."""
    return next((name.title() for name, code in _NAMES.items() if code == region), "")


_COUNTRY_NAMES = {
    **dict.fromkeys(("us", "usa", "united states", "united states of america"), "US"),
    **dict.fromkeys(("pr", "vi", "gu", "mp", "as"), "US"),  # territories of the United States
    **dict.fromkeys(("ca", "can", "canada"), "CA"),
}
#: A country that was named and that nobody can read (ISO 3166 keeps it free for such use).
NOWHERE = "ZZ"


def country_of_text(text: str) -> str:
    """Return "US" or "CA", another country's two letters, NOWHERE for other words, "" for none."""
    plain = " ".join(text.replace(".", "").split()).casefold()
    if not plain:
        return ""
    is_code = len(plain) == 2 and plain.isascii() and plain.isalpha()
    return _COUNTRY_NAMES.get(plain, plain.upper() if is_code else NOWHERE)


#: Military and diplomatic post (APO, FPO, DPO): whoever gets it may be anywhere.
_MILITARY_ZIP = re.compile(r"(?:09[0-8]|340|96[2-6])\d\d(?:-?\d{4})?")
_MILITARY_STATES = frozenset({"AA", "AE", "AP"})
#: USPS three-digit prefixes by state; military ones tell no place.
_ZIP_PREFIXES = (
    "NY 005 100-149|PR 006-007 009|VI 008|MA 010-027 055|RI 028-029|NH 030-038|ME 039-049|"
    "VT 050-054 056-059|CT 060-069|NJ 070-089|PA 150-196|DE 197-199|DC 200 202-205 569|"
    "VA 201 220-246|MD 206-219|WV 247-268|NC 270-289|SC 290-299|GA 300-319 398-399|"
    "FL 320-339 341-349|AL 350-369|TN 370-385|MS 386-397|KY 400-427|OH 430-459|IN 460-479|"
    "MI 480-499|IA 500-528|WI 530-549|MN 550-567|SD 570-577|ND 580-588|MT 590-599|IL 600-629|"
    "MO 630-658|KS 660-679|NE 680-693|LA 700-714|AR 716-729|OK 730-732 734-749|"
    "TX 733 750-799 885|CO 800-816|WY 820-831|ID 832-838|UT 840-847|AZ 850-865|NM 870-884|"
    "NV 889-898|CA 900-961|HI 967-968|GU 969|OR 970-979|WA 980-994|AK 995-999"
)
#: Prefixes in split states that lie in fewer zones than their state: E, C, M, P or A (Arizona).
_ZIP_ZONES = (
    "E 320-323 326-349 460-462 466-474 478 400 402-418 480-497 374-376 378-379|"
    "C 325 464 477 420-424 370-372 380-384 660-676 679 580-584 680-689 570-573 750-797 733|"
    "M 693 577 799 885 832-834 837|P 838 889-897 970-978|A 850-858 861-864|N 996-999"
)
_ZONE_LETTERS = {"E": EASTERN, "C": CENTRAL, "M": MOUNTAIN, "P": PACIFIC, "A": ARIZONA, "N": ALASKA}


def _expand(table: str) -> dict[str, str]:
    """Return prefix → label for a table "LABEL 010-012 020|LABEL …"."""
    found: dict[str, str] = {}
    for row in table.split("|"):
        label, *spans = row.split()
        for span in spans:
            first, _, last = span.partition("-")
            for prefix in range(int(first), int(last or first) + 1):
                found[f"{prefix:03}"] = label
    return found


_REGION_OF_ZIP = _expand(_ZIP_PREFIXES)
_ZONE_OF_ZIP = _expand(_ZIP_ZONES)
_REGION_OF_LETTER = {
    **dict.fromkeys("GHJ", "QC"),
    **dict.fromkeys("KLMNP", "ON"),
    "A": "NL",
    "B": "NS",
    "C": "PE",
    "E": "NB",
    "R": "MB",
    "S": "SK",
    "T": "AB",
    "V": "BC",
    "Y": "YT",
}
_ZIP = re.compile(r"\d{5}(?:-?\d{4})?")
_POSTAL_CODE = re.compile(r"[A-Z]\d[A-Z](?:\d[A-Z]\d)?")


def place_of_postal_code(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the region of a ZIP or Canadian postal code and every zone it may be in.

    ("", ()) for what is neither, and for military addresses, which tell no place.
    """
    code = "".join(text.split()).upper()
    if _ZIP.fullmatch(code):
        region = "AS" if code.startswith("96799") else _REGION_OF_ZIP.get(code[:3], "")
        letter = _ZONE_OF_ZIP.get(code[:3]) if region else None
        zones = (_ZONE_LETTERS[letter],) if letter else REGION_ZONES.get(region, ())
        return region, zones
    if _POSTAL_CODE.fullmatch(code.replace("-", "")):
        return _place_in_canada(code)
    return "", ()


def is_military(region: str, postal_code: str) -> bool:
    """Say whether an address is one of military or diplomatic post, which tells no place."""
    if region.strip().upper() in _MILITARY_STATES:
        return True
    return _MILITARY_ZIP.fullmatch("".join(postal_code.split())) is not None


def _place_in_canada(code: str) -> tuple[str, tuple[str, ...]]:
    if code[0] == "X":
        region = "NU" if code[1:3] in {"0A", "0B", "0C"} else "NT"
        return region, REGION_ZONES[region]
    region = _REGION_OF_LETTER.get(code[0], "")
    zones = REGION_ZONES.get(region, ())
    if code[0] in "KLMNHJ":  # the west of Ontario has P, the east of Quebec G
        zones = ("America/Toronto",)
    elif code[0] == "V" and code[1] not in "01":  # V0 and V1 have the Kootenays and Peace River
        zones = ("America/Vancouver", "America/Fort_Nelson")
    return region, zones
