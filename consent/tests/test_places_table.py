"""Where numbers and postal codes are: each row of the tables, as it was reviewed."""

from __future__ import annotations

from pathlib import Path

from consent import places

TABLE = Path(__file__).parent / "places.tsv"


def _rows() -> list[str]:
    """Return every area code and ZIP prefix, with its regions and the zones there."""
    rows = [
        "\t".join(("area", code, " ".join(regions), " ".join(places.zones_of_area_code(code))))
        for code, regions in sorted(places.REGIONS_OF_AREA_CODE.items())
    ]
    for prefix in range(1000):
        region, zones = places.place_of_postal_code(f"{prefix:03d}01")
        rows.append("\t".join(("zip", f"{prefix:03d}", region, " ".join(zones))))
    for letter in "ABCEGHJKLMNPRSTVXY":
        region, zones = places.place_of_postal_code(f"{letter}1A 1A1")
        rows.append("\t".join(("postal", letter, region, " ".join(zones))))
    return rows


def test_each_place_is_where_it_was_reviewed_to_be() -> None:
    """A changed row is looked at, and written by python -m consent.tests.test_places_table."""
    assert _rows() == TABLE.read_text(encoding="utf-8").splitlines()


def test_every_region_has_a_zone_and_a_number_or_a_postal_code() -> None:
    named = {region for codes in places.REGIONS_OF_AREA_CODE.values() for region in codes}
    assert set(places.REGION_ZONES) - named <= {"MP", "AS", "GU", "VI"} | named
    assert all(places.REGION_ZONES.values())


if __name__ == "__main__":
    TABLE.write_text("".join(f"{row}\n" for row in _rows()), encoding="utf-8")
