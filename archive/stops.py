"""The report of stops: received, in force, by what means, how long it took, who confirmed it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import JSONField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.cells import safe_cell
from accounts.models import Dealership, User
from archive.reports import Scope, spell
from consent import clocks, ledger, phones, revocation
from consent.decision import Purpose
from consent.kinds import Kind
from consent.models import ConsentEvent, PhoneNumber
from consent.presentation import how_words
from messaging.models import Message

KINDS = [Kind.REVOKED.value, Kind.WRONG_NUMBER.value, Kind.CARRIER_BLOCKED.value]
CHUNK = 500
COLUMNS = (
    "dealership",
    "ledger_index",
    "number",
    "customer",
    "how",
    "received_at",
    "effective_at",
    "honoured_in_seconds",
    "last_day_of_the_law",
    "in_time",
    "recorded_by",
    "confirmation_by",
    "confirmed_at",
)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop as the report shows it; `confirmation_by` is "portal", "carrier" or "".

    `is_measured`: whether it was told to us. One that an earlier system took came in by a list: how
    soon that system honoured it, nobody here knows.
    """

    index: int
    place: str
    zone: str
    contact: str
    customer: str
    number: str
    how: str
    words: str
    who: str
    received_at: datetime
    effective_at: datetime
    took_seconds: float
    took: str
    honour_by: date
    is_in_time: bool
    is_measured: bool
    confirmation_by: str
    confirmation: str
    confirmed_at: datetime | None


def entries_in(scope: Scope) -> QuerySet[ConsentEvent]:
    """Return the stops that customers gave in this scope, newest first; not their copies."""
    return (
        ConsentEvent.objects.filter(
            dealership__in=scope.dealership_pks, kind__in=KINDS, recorded_at__gte=scope.since
        )
        .annotate(terms=Cast("body", JSONField()))
        .annotate(how=KT("terms__how"))
        .exclude(how="group")
        .select_related("dealership", "evidence")
        .order_by("-recorded_at", "-pk")
    )


def stops_of(entries: Iterable[ConsentEvent]) -> list[Stop]:
    """Return the lines for these entries: three queries more, however many they are."""
    entries = list(entries)
    terms = {entry.pk: ledger.terms_of(entry) for entry in entries}
    actors = {str(term["actor"]) for term in terms.values() if term.get("actor")}
    people = {str(u.public_id): u.name for u in User.objects.filter(public_id__in=actors)}
    known = {
        (phone.dealership_id, phone.subject): phone
        for phone in PhoneNumber.objects.filter(
            subject__in={entry.subject for entry in entries},
            dealership__in={entry.dealership_id for entry in entries},
        ).select_related("contact")
    }
    sent = {
        message.caused_by_id: message
        for message in Message.objects.filter(
            caused_by__in=entries, purpose=Purpose.STOP_CONFIRMATION
        )
    }
    return [
        _stop(
            entry,
            terms[entry.pk],
            who=people.get(str(terms[entry.pk].get("actor")), ""),
            phone=known.get((entry.dealership_id, entry.subject)),
            confirmation=sent.get(entry.pk),
        )
        for entry in entries
    ]


def _stop(
    entry: ConsentEvent,
    terms: dict[str, Any],
    *,
    who: str,
    phone: PhoneNumber | None,
    confirmation: Message | None,
) -> Stop:
    place: Dealership = entry.dealership
    evidence = getattr(entry, "evidence", None)
    told = evidence.data if evidence else {}
    number = phone.number_e164 if phone else str(told.get("number", ""))
    country = revocation.country_of(phone, number=number, dealership=place)
    zone = {"timezone": place.timezone, "country": country}
    took = (entry.recorded_at - entry.received_at).total_seconds()
    by, words, at = _confirmation(terms, confirmation)
    return Stop(
        index=entry.index,
        place=place.name,
        zone=place.timezone,
        contact=str(phone.contact.public_id) if phone else "",
        customer=phone.contact.name if phone else "",
        number=phones.pretty(number) if number else "",
        how=how_words(str(terms.get("how", ""))),
        words=str(told.get("words", "")),
        who=who,
        received_at=entry.received_at,
        effective_at=entry.recorded_at,
        took_seconds=took,
        took=spell(took),
        honour_by=clocks.honour_by(entry.received_at, **zone),
        is_in_time=clocks.is_in_time(entry.received_at, entry.recorded_at, **zone),
        is_measured=terms.get("how") != "import",
        confirmation_by=by,
        confirmation=words,
        confirmed_at=at,
    )


def _confirmation(
    terms: dict[str, Any], message: Message | None
) -> tuple[str, str, datetime | None]:
    """Return by whom a stop was confirmed, in words, and when we did: RULE-US-08, RULE-TW-03."""
    if terms.get("confirmation_by") == "carrier":
        return "carrier", _("the carrier"), None
    if message is None:
        return "", _("nobody: no text was due"), None
    if message.sent_at:
        return "portal", _("the portal"), message.sent_at
    return "", _("not yet: %(state)s") % {"state": message.get_status_display()}, None


def csv_lines(scope: Scope) -> Iterator[str]:
    """Yield the report as CSV, line by line, with cells that no spreadsheet runs as a formula."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    found = entries_in(scope).iterator(CHUNK)
    while chunk := list(islice(found, CHUNK)):
        for stop in stops_of(chunk):
            yield writer.writerow([safe_cell(value) for value in _cells(stop)])


def _cells(stop: Stop) -> Sequence[object]:
    return (
        stop.place,
        stop.index,
        stop.number,
        stop.customer,
        stop.how,
        stop.received_at,
        stop.effective_at,
        round(stop.took_seconds, 3) if stop.is_measured else None,
        stop.honour_by if stop.is_measured else None,
        ("yes" if stop.is_in_time else "no") if stop.is_measured else "not measured",
        stop.who,
        stop.confirmation_by,
        stop.confirmed_at,
    )


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line
