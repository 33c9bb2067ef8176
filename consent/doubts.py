"""What customers wrote that may have been a stop, since sending to them went off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from django.db.models import Max

from consent import ledger
from consent.kinds import Kind
from consent.models import ConsentEvent, PhoneNumber

_ENDS = (
    Kind.PAUSE_LIFTED,
    Kind.RESTORED_BY_CUSTOMER,
    Kind.REVOKED,
    Kind.WRONG_NUMBER,
    Kind.CARRIER_BLOCKED,
    Kind.ERASED,
)


@dataclass(frozen=True, slots=True)
class Doubts:
    """The doubtful texts that wait for one decision: all words, a line each.

    `last_index`: the ledger's index of the latest, -1 for none; a decision names it, so that
    nobody decides on a text that they were not shown. `is_own`: whether one of them came to this
    dealership, and not to another of the group alone.
    """

    words: str = ""
    last_index: int = -1
    is_own: bool = False


def of(phone: PhoneNumber) -> Doubts:
    """Return what waits for a decision on one number: one query."""
    return of_each([phone])[phone.pk]


def last_said_at(phone: PhoneNumber) -> datetime | None:
    """Return when the latest doubtful text was said, of those that wait and those that were."""
    told = ledger.entries_of(phone).filter(kind=Kind.POSSIBLE_OPT_OUT)
    said_at: datetime | None = told.aggregate(last=Max("received_at"))["last"]
    return said_at


def of_each(phones: Iterable[PhoneNumber]) -> dict[int, Doubts]:
    """Return what waits, by the numbers' keys: one query, however many they are."""
    phones = list(phones)
    found: dict[tuple[int, str], list[ConsentEvent]] = {}
    for entry in (
        ConsentEvent.objects.filter(
            dealership__in={phone.dealership_id for phone in phones},
            subject__in={phone.subject for phone in phones},
            kind__in=(Kind.POSSIBLE_OPT_OUT, *_ENDS),
        )
        .select_related("evidence")
        .order_by("-index")
    ):
        found.setdefault((entry.dealership_id, entry.subject), []).append(entry)
    return {
        phone.pk: _doubts(found.get((phone.dealership_id, phone.subject), [])) for phone in phones
    }


def _doubts(latest_first: list[ConsentEvent]) -> Doubts:
    waiting = list(takewhile(lambda one: one.kind == Kind.POSSIBLE_OPT_OUT, latest_first))
    if not waiting:
        return Doubts()
    told = [getattr(entry, "evidence", None) for entry in reversed(waiting)]
    return Doubts(
        words="\n".join(str(evidence.data.get("words", "")) for evidence in told if evidence),
        last_index=waiting[0].index,
        is_own=any(ledger.terms_of(entry).get("how") != "group" for entry in waiting),
    )
