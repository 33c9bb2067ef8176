"""Reads of one number's past: its ledger entries in plain words, and the changes of its records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from consent import bases, clocks, ledger
from consent.bases import Strength
from consent.kinds import STOP_KINDS, Basis, Kind
from consent.models import ConsentEvent, Contact, Disclosure, PhoneNumber
from consent.presentation import (
    BASIS_WORDS,
    ENTRY_WORDS,
    Pill,
    how_words,
    shape_of,
    strength_pill,
    tone_of,
    waited,
)

MAX_ENTRIES = 200
MAX_CHANGES = 30
#: What a person reads elsewhere on the line, or what only a machine reads.
_NOT_SHOWN = frozenset(
    {
        "actor",
        "evidence",
        "disclosure",
        "disclosure_version",
        "disclosure_sha256",
        "missing",
        "flaws",
        "names_dealer",
        "deal",
        "document",
        "document_type",
        "document_bytes",
        "import",
        "row_hash",
        "basis",
        "how",
        "moment",
        "repeats",
        "unbacked",
        "ends_implied",
        "ends_basis",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the timeline shows it: what, who, when received and recorded, and on what."""

    index: int
    words: str
    about: str
    tone: str
    shape: str
    who: str
    received_at: datetime
    recorded_at: datetime
    disclosure: Disclosure | None
    document: str
    terms: list[tuple[str, str]]
    evidence: list[tuple[str, str]]
    strength: Pill | None
    missing: list[str]
    flaws: list[str]
    leaf_hash: str
    clock: str = ""


def lines_of(phone: PhoneNumber) -> list[Line]:
    """Return the number's entries, newest first: three queries."""
    entries = list(
        ledger.entries_of(phone)
        .select_related("evidence", "dealership")
        .order_by("-index")[:MAX_ENTRIES]
    )
    terms = [ledger.terms_of(entry) for entry in entries]
    people = {
        str(user.public_id): user.name
        for user in User.objects.filter(
            public_id__in={str(term["actor"]) for term in terms if term.get("actor")}
        )
    }
    shown = {str(term["disclosure"]) for term in terms if term.get("disclosure")}
    disclosures = {str(d.public_id): d for d in Disclosure.objects.filter(public_id__in=shown)}
    return [
        _line(
            entry,
            term,
            who=people.get(str(term.get("actor")), ""),
            disclosure=disclosures.get(str(term.get("disclosure"))),
            country=phone.country or phone.dealership.country,
        )
        for entry, term in zip(entries, terms, strict=True)
    ]


def _line(
    entry: ConsentEvent,
    terms: dict[str, Any],
    *,
    who: str,
    disclosure: Disclosure | None,
    country: str,
) -> Line:
    kind = Kind(entry.kind)
    basis = str(terms.get("basis") or "")
    how = str(terms.get("how") or "")
    evidence = getattr(entry, "evidence", None)
    zone = ZoneInfo(entry.dealership.timezone)
    missing, flaws = _keys(terms.get("missing")), _keys(terms.get("flaws"))
    return Line(
        index=entry.index,
        words=ENTRY_WORDS[kind],
        about=str(BASIS_WORDS[Basis(basis)]) if basis else how_words(how),
        tone=tone_of(kind),
        shape=shape_of(kind),
        who=who,
        received_at=entry.received_at,
        recorded_at=entry.recorded_at,
        disclosure=disclosure,
        document=str(terms.get("document") or ""),
        terms=_pairs({key: terms[key] for key in terms if key not in _NOT_SHOWN}, zone=zone),
        evidence=_pairs(evidence.data, zone=zone, stored=terms.get("document")) if evidence else [],
        strength=_strength(terms),
        missing=[label(key) for key in missing],
        flaws=[label(key) for key in flaws],
        leaf_hash=entry.leaf_hash,
        clock=_clock(entry, country) if kind in STOP_KINDS else "",
    )


def _keys(value: object) -> list[str]:
    return [key for key in str(value or "").split(",") if key]


def weight_of(terms: dict[str, Any]) -> dict[str, Any]:
    """Return the keys that a basis lacks and its strength, from the terms of its entry."""
    missing = _keys(terms.get("missing"))
    want = bases.wanted(Basis(str(terms["basis"])), is_verbal="proven" in terms)
    return {
        "missing": missing,
        "strength": bases.strength(want, missing, _keys(terms.get("flaws"))).value,
    }


def _strength(terms: dict[str, Any]) -> Pill | None:
    if not terms.get("basis"):
        return None
    if terms.get("proven") is False:
        return Pill("ring", _("Unproven"), "red")
    return strength_pill(Strength(weight_of(terms)["strength"]))


def _clock(entry: ConsentEvent, country: str) -> str:
    """Return how long a stop took to come into force, and how long it might have taken.

    "" for one that an earlier system took: how soon that honoured it, nobody here knows.
    """
    if ledger.terms_of(entry).get("how") == "import":
        return ""
    place = entry.dealership
    last = clocks.honour_by(entry.received_at, timezone=place.timezone, country=country)
    return _("In force after %(took)s; the law gave until %(day)s.") % {
        "took": waited(entry.received_at, at=entry.recorded_at),
        "day": date_format(last, "j M Y"),
    }


def _pairs(
    values: dict[str, Any], *, zone: ZoneInfo, stored: object = None
) -> list[tuple[str, str]]:
    """Return names and values; not the id of the stored file, which the line links to."""
    return [
        (label(key), _shown(key, value, zone) or _plain(value))
        for key, value in values.items()
        if value not in (None, "", [], stored)
    ]


def _shown(key: str, value: object, zone: ZoneInfo) -> str:
    """Return a moment as people read it, the words of what was chosen from a list, or ""."""
    field = bases.FIELDS.get(key)
    if field is None:
        return ""
    if field.shape is bases.Shape.MOMENT:
        return _moment(str(value), zone)
    found = dict(field.choices).get(str(value), "")
    return _(found) if found else ""


def _moment(said: str, zone: ZoneInfo) -> str:
    """Return an ISO moment in the dealership's zone, "" for what is none."""
    moment = bases.moment_of(said, zone=zone.key)
    if moment is None:
        return ""
    return date_format(moment.astimezone(zone), "j M Y, H:i T")


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{label(key)}: {_plain(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(inner) for inner in value)
    return str(value)


def label(key: str) -> str:
    """Return a key of the evidence as people read it: "fax_number" → "Fax number"."""
    if known := bases.FIELDS.get(key):
        return _(known.noun or known.label)
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a customer's record: who, when, and what became what."""

    at: datetime
    who: str
    fields: list[tuple[str, str, str]]


def changes_of(contact: Contact) -> list[Change]:
    """Return the latest changes of the customer's own record, newest first: one query."""
    versions = list(contact.history.select_related("history_user")[: MAX_CHANGES + 1])
    changes = []
    for newer, older in pairwise(versions):
        delta = newer.diff_against(older)
        fields = [
            (label(change.field), str(change.old or "-"), str(change.new or "-"))
            for change in delta.changes
        ]
        who = newer.history_user.name if newer.history_user else _("the portal")
        if fields:
            changes.append(Change(newer.history_date, who, fields))
    return changes
