"""Each number of the rules against a copy of its own: a changed hour, cap, month or word fails.

The tests of the decision show that the numbers act; this one, that they are the law's. Change both
only with a source.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from consent import packs, rules
from consent.packs import PACKS, Row
from consent.tests import test_packs

NUMBERS: dict[str, Any] = {
    "READ_ON": date(2026, 11, 23),
    "DEFAULT_OPENS": time(9),
    "DEFAULT_CLOSES": time(20),
    "DEFAULT_SUNDAY_OPENS": time(12),
    "DEFAULT_SUNDAY_CLOSES": time(20),
    "FEDERAL_OPENS": time(8),
    "FEDERAL_CLOSES": time(21),
    "REPLY_EXEMPTION_MINUTES": 60,
    "SOLICITATIONS_PER_24H": 3,
    "SOLICITATIONS_WINDOW_HOURS": 24,
    "SILENCE_DAYS": 30,
    "STOP_CONFIRMATION_MINUTES": 5,
    "STOP_CONFIRMATIONS": 1,
    "HELP_REPLY_MINUTES": 60,
    "REVOCATION_BUSINESS_DAYS": 10,
    "SUPPRESSION_YEARS": 10,
    "RECORD_YEARS": 5,
    "REVOKE_ALL_ON": date(2027, 1, 31),
    "PERMISSION_EXPIRY_DAYS": 7,
    "CUSTOMER_INITIATED_DAYS": 7,
    "EBR_PURCHASE_MONTHS": 18,
    "EBR_INQUIRY_MONTHS": 3,
    "CASL_PURCHASE_MONTHS": 24,
    "CASL_INQUIRY_MONTHS": 6,
    "CASL_WARNING_DAYS": 30,
    "CASL_CONTACT_VALID_DAYS": 60,
    "DNC_DATA_DAYS": 31,
    "RND_USEFUL_FROM": date(2021, 1, 27),
}
WORDS: dict[str, str] = {
    "FCC_STOP_WORDS": "stop|quit|end|revoke|opt out|cancel|unsubscribe",
    "CTIA_STOP_WORDS": "stop|stopall|stop all|unsubscribe|cancel|end|quit",
    "OTHER_STOP_WORDS": "revoke|optout|opt out|opt-out|remove|arret|td|stop2quit|unsub",
    "HELP_WORDS": "help|info|aide|ayuda",
    "START_WORDS": "start|unstop",
    "TWILIO_STOP_WORDS": "STOP|STOPALL|UNSUBSCRIBE|CANCEL|END|QUIT|REVOKE|OPTOUT",
    "TWILIO_START_WORDS": "START|YES|UNSTOP",
    "TWILIO_TOLL_FREE_START_WORDS": "START|UNSTOP",
    "TWILIO_HELP_WORDS": "HELP|INFO",
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_the_laws(name: str) -> None:
    assert getattr(rules, name) == NUMBERS[name]


@pytest.mark.parametrize("name", WORDS)
def test_the_words_are_the_laws(name: str) -> None:
    assert getattr(rules, name) == frozenset(WORDS[name].split("|"))


def test_every_number_and_word_of_the_rules_is_copied_here() -> None:
    plain = (int, date, time, frozenset)
    found = {
        name for name in vars(rules) if name.isupper() and isinstance(vars(rules)[name], plain)
    }
    assert found - {"STOP_WORDS"} == NUMBERS.keys() | WORDS.keys()
    assert rules.STOP_WORDS == (
        rules.FCC_STOP_WORDS | rules.CTIA_STOP_WORDS | rules.OTHER_STOP_WORDS
    )


# --- break every row, and see that the table of test_packs notices -------------------------------


def _other(value: Any, name: str) -> list[Any]:
    """Return small changes of one value of a row."""
    minute = timedelta(minutes=1)
    match name:
        case "week":
            changed = []
            for day, span in enumerate(value):
                for other in (None, (time(7), time(22)), span and (span[1], span[1])):
                    if other != span:
                        changed.append((*value[:day], other, *value[day + 1 :]))
            return changed
        case "cap":
            return [value + 1, value - 1, None] if value else [3]
        case "months_after_no":
            return [value + 1, value - 1]
        case "holidays":
            return [each for each in ("", "federal", "state") if each != value]
        case "effective_on":
            return (
                [value + timedelta(days=1), value - timedelta(days=1), None]
                if value
                else [date(2026, 1, 1)]
            )
        case "until":
            return [date(2030, 1, 1)]
        case "reviewed_on":
            return [value + minute * 1440]
        case "also_in":
            return [("America/Denver",), ()] if value else [("America/Chicago",)]
        case "covers_texts":
            return [None if value else True, False]
        case "agreement":
            return [each for each in "HMLU" if each != value]
        case "source":
            return [""]
        case _:
            return []


BROKEN = [
    (line, replace(test_packs.ROWS[line[0]], **{field.name: other}))
    for line in test_packs.LINES
    for field in fields(Row)
    for other in _other(getattr(test_packs.ROWS[line[0]], field.name), field.name)
    if other != getattr(test_packs.ROWS[line[0]], field.name)
]


def test_no_row_can_be_changed_in_any_value_without_a_test_that_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unnoticed = []
    for line, row in BROKEN:
        monkeypatch.setitem(test_packs.ROWS, row.id, row)
        try:
            test_packs.test_a_row_says_what_the_law_page_says(line)
        except AssertionError:
            pass
        else:
            unnoticed.append(row)
        monkeypatch.undo()
    assert unnoticed == []
    assert len(BROKEN) > 800


@pytest.mark.parametrize("row", PACKS[-1].rows, ids=lambda row: row.id)
def test_no_row_can_be_taken_out_without_a_test_that_fails(
    row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(test_packs.ROWS, row.id)
    with pytest.raises(AssertionError):
        test_packs.test_every_row_of_the_table_is_in_the_pack_and_no_other()


def test_a_days_hours_of_the_house_are_the_tables_too() -> None:
    assert packs.rows_in_force(date(2026, 11, 25)).house == PACKS[-1].house
