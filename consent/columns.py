"""Pure: what columns a list that is imported may have, and what each of its rows says."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from consent import bases, phones
from consent.bases import Strength, gettext_noop
from consent.kinds import Basis


class ListSort(StrEnum):
    """What a list is of."""

    OPT_OUTS = "opt_outs"
    CONSENTS = "consents"
    DNC = "dnc"
    RND = "rnd"


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a list may tell. `names`: parts of headers by which it is guessed."""

    key: str
    label: str
    names: tuple[str, ...]
    is_needed: bool = False


_NUMBER = Column(
    "number",
    gettext_noop("Phone number"),
    ("number", "phone", "mobile", "cell", "telephone", "telefono", "numero"),
    is_needed=True,
)
COLUMNS: dict[ListSort, tuple[Column, ...]] = {
    ListSort.OPT_OUTS: (
        _NUMBER,
        Column(
            "opted_out_at",
            gettext_noop("When they opted out"),
            ("opt out date", "opted out at", "opted out on", "date", "stop", "when"),
        ),
        Column(
            "is_out",
            gettext_noop("Opted out: yes or no"),
            ("opted out", "opt out", "optout", "unsub", "dnc", "do not"),
        ),
        Column("words", gettext_noop("What they said"), ("word", "message", "text", "body")),
        Column("how", gettext_noop("In which way"), ("how", "channel", "source", "method")),
    ),
    ListSort.CONSENTS: (
        _NUMBER,
        Column("name", gettext_noop("Name"), ("name", "customer", "contact")),
        Column("basis", gettext_noop("How they were won"), ("basis", "method", "channel", "type")),
        Column(
            "obtained_on",
            gettext_noop("Day of the consent"),
            ("consent date", "consented", "opt in date", "opted in", "date"),
        ),
        Column(
            "consent_text",
            gettext_noop("Words they agreed to"),
            ("disclosure", "consent text", "wording", "language", "terms"),
        ),
        Column("words", gettext_noop("What they said"), ("reply", "words", "said", "body")),
        Column("url", gettext_noop("Page with the form"), ("url", "page", "site")),
        Column("ip", gettext_noop("IP address"), ("ip",)),
        Column("document", gettext_noop("Document"), ("document", "file", "deal")),
        Column("region", gettext_noop("State or province"), ("state", "province", "region")),
        Column("postal_code", gettext_noop("ZIP or postal code"), ("zip", "postal")),
    ),
    ListSort.DNC: (
        _NUMBER,
        Column("status", gettext_noop("Listed or not"), ("status", "listed", "dnc", "result")),
    ),
    ListSort.RND: (
        _NUMBER,
        Column(
            "answer",
            gettext_noop("Answer: yes, no or no data"),
            ("answer", "result", "reassigned", "disconnected", "status"),
            is_needed=True,
        ),
        Column(
            "consent_on",
            gettext_noop("Day asked about"),
            ("consent", "date", "contact"),
            is_needed=True,
        ),
    ),
}


class BadRow(ValueError):
    """A row that says nothing that can be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says. `told`: its cells by column key, without empty ones.

    `moment`: when it happened, if the row says so readably; `note` says what was not readable.
    `others`: more numbers of a row that stops them all.
    """

    number_e164: str
    told: dict[str, str]
    moment: datetime | None = None
    note: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """One row: its last line's number, its cells (None if unreadable), and the lines it took."""

    line: int
    cells: list[str] | None
    taken: list[str]


def rows_of(text: Iterable[str], delimiter: str, *, blank: bool = False) -> Iterator[Read]:
    """Yield the rows of a CSV file, the header first; with `blank`, those without a word too."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in text:
            taken.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter)
    while True:
        taken.clear()
        try:
            cells = [cell.replace("\x00", "\ufffd") for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            yield Read(reader.line_num, None, list(taken))
            continue
        if blank or any(cell.strip() for cell in cells):
            yield Read(reader.line_num, cells, list(taken))


#: The registry's flag is not the customer's: its "no" says nothing of a stop.
_REGISTRY = re.compile(r"\b(?:national|federal|state|registry|ftc|litigator)\b")


def guess(sort: ListSort, header: Sequence[str]) -> dict[str, int]:
    """Return for each column the place in the header that most likely holds it."""
    plain = [re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip() for name in header]
    found: dict[str, int] = {}
    for column in COLUMNS[sort]:
        for name in column.names:
            places = [
                i
                for i, words in enumerate(plain)
                if _has(words, name)
                and i not in found.values()
                and not (column.key == "is_out" and _REGISTRY.search(words))
            ]
            if places:
                found[column.key] = places[0]
                break
    return found


def _has(words: str, name: str) -> bool:
    """Say whether a header holds a name at the beginning of a word."""
    return re.search(rf"\b{name}", words) is not None


def lacking(sort: ListSort, mapping: Mapping[str, int]) -> list[Column]:
    """Return the columns without which the list says nothing, and that the mapping lacks."""
    return [c for c in COLUMNS[sort] if c.is_needed and c.key not in mapping]


def read(
    sort: ListSort,
    mapping: Mapping[str, int],
    cells: Sequence[str],
    *,
    country: str,
    zone: str,
    now: datetime,
) -> Row:
    """Return what one row says. Raises BadRow.

    `country` and `zone` are the dealership's. A moment that cannot be read spoils no opt-out.
    """
    told = {
        key: cells[place].strip()
        for key, place in mapping.items()
        if place < len(cells) and cells[place].strip()
    }
    typed = told.get("number", "")
    others: tuple[str, ...] = ()
    try:
        number = phones.parse(typed, country=country)
    except phones.BadNumber as error:
        # A stop counts however untidily its number is written.
        found = phones.found_in(typed, country=country) if sort is ListSort.OPT_OUTS else ()
        if not found:
            raise BadRow(error.detail) from None
        number, *rest = sorted(found)  # locked in one order, whichever row names them
        others = tuple(rest)
    match sort:
        case ListSort.OPT_OUTS:
            return replace(_opt_out(number, told, country, zone, now), others=others)
        case ListSort.CONSENTS:
            return _consent(number, told, country, zone, now)
        case ListSort.DNC:
            told["status"] = _status(told.get("status", "listed"))
            return Row(number, told)
        case ListSort.RND:
            return _reassigned(number, told, country, now)


def _opt_out(number: str, told: dict[str, str], country: str, zone: str, now: datetime) -> Row:
    flag = told.get("is_out", "")
    said = told.get("opted_out_at", "") or ("" if flag.casefold() in _DID | _DID_NOT else flag)
    moment = moment_of(said, country=country, zone=zone) if said else None
    if moment is not None and moment > now:
        moment = None
    note = "The date was not readable; it counts from today." if said and moment is None else ""
    return Row(number, told, moment, note)


def _consent(number: str, told: dict[str, str], country: str, zone: str, now: datetime) -> Row:
    said = told.get("obtained_on", "")
    moment = moment_of(said, country=country, zone=zone) if said else None
    if said and (moment is None or moment > now):
        told = {key: value for key, value in told.items() if key != "obtained_on"}
        return Row(number, told, None, f"The date “{said}” was not readable and proves nothing.")
    if moment is not None:
        told = {**told, "obtained_on": moment.date().isoformat()}
    return Row(number, told, moment)


_DID = frozenset(
    {"yes", "y", "true", "1", "x", "opted out", "opted_out", "opt out", "unsubscribed"}
)
_DID_NOT = frozenset({"no", "n", "false", "0", "opted in", "opted_in", "opt in", "subscribed"})


def says_no(row: Row) -> bool:
    """Say whether a row of a list of opt-outs is of somebody who did not opt out."""
    return row.told.get("is_out", "").casefold() in _DID_NOT


_LISTED = frozenset({"listed", "yes", "y", "true", "1", "dnc", "on", "do not call"})
_CLEAR = frozenset({"not listed", "not_listed", "no", "n", "false", "0", "clear", "clean", "off"})


def _status(said: str) -> str:
    plain = said.strip().casefold()
    if plain in _LISTED:
        return "listed"
    if plain in _CLEAR:
        return "not_listed"
    raise BadRow("Listed or not? Write yes or no.")


_ANSWERS = {
    "yes": "yes",
    "y": "yes",
    "true": "yes",
    "no": "no",
    "n": "no",
    "false": "no",
    "no data": "no_data",
    "no_data": "no_data",
    "nodata": "no_data",
}


def _reassigned(number: str, told: dict[str, str], country: str, now: datetime) -> Row:
    answer = _ANSWERS.get(told.get("answer", "").casefold())
    if answer is None:
        raise BadRow("The answer must be yes, no or no data.")
    asked = moment_of(told.get("consent_on", ""), country=country, zone="UTC")
    if asked is None or asked > now:
        raise BadRow("The day asked about is missing or not readable.")
    return Row(number, {**told, "answer": answer, "consent_on": asked.date().isoformat()})


_SLASHES = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}):(\d\d)(?::\d\d)? ?([ap]m)?)?", re.I
)


def moment_of(said: str, *, country: str, zone: str) -> datetime | None:
    """Return an aware moment, None where the text is not readable beyond doubt.

    ISO 8601 everywhere; in the US also month/day/year. What has no zone is of `zone`.
    """
    said = said.strip()
    parts = _SLASHES.fullmatch(said) if country == "US" else None
    if parts is not None:
        month, day, year = (int(parts.group(i)) for i in (1, 2, 3))
        hour, minute = int(parts.group(4) or 0), int(parts.group(5) or 0)
        half = (parts.group(6) or "").lower()
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        said = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"
    return bases.moment_of(said, zone=zone)


def reach(row: Row) -> Basis:
    """Return the basis that a row's evidence reaches: what it claims, if the core of it is there.

    Law: RULE-CT-01; law §2.5.
    """
    said = re.sub(r"[^a-z]+", "_", row.told.get("basis", "").casefold()).strip("_")
    if said not in set(Basis):
        return Basis.IMPORT
    want = bases.wanted(Basis(said))
    evidence = evidence_of(row, Basis(said))
    lacks = bases.missing(want, evidence)
    if bases.strength(want, lacks) is Strength.WEAK:
        return Basis.IMPORT
    return Basis(said)


def evidence_of(row: Row, basis: Basis) -> dict[str, str]:
    """Return a consent's row as evidence of a basis, under the names that the basis uses."""
    evidence = {k: v for k, v in row.told.items() if k not in {"number", "name", "basis"}}
    keys = bases.WANTED[basis].keys
    if "disclosure" in keys and "consent_text" in evidence:
        evidence["disclosure"] = evidence["consent_text"]
    when = next((k for k in keys if bases.FIELDS[k].shape is bases.Shape.MOMENT), "")
    if row.moment is not None and when and when != "exported_at":
        evidence[when] = row.moment.isoformat()
    return evidence
