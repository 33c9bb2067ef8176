"""Reads of the transcripts' list and page: filtered for a manager; the sealed words alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import Dealership, User
from archive.document import Entry, Line, TranscriptDocument
from archive.models import SealedMessage, Transcript, TranscriptQuerySet

PAGE = 25


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show; empty shows all. The days are of UTC, both included."""

    dealership: Dealership | None = None
    salesperson: User | None = None
    since: date | None = None
    until: date | None = None
    unreviewed: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One text or one consent entry of a transcript's page."""

    at: datetime
    starts_day: bool
    line: Line | None = None
    entry: Entry | None = None


def found_for(user: User, filters: Filters) -> TranscriptQuerySet:
    """Return the transcripts that a manager looks for, newest first."""
    found = Transcript.objects.managed_by(user)
    if filters.dealership:
        found = found.filter(dealership=filters.dealership)
    if filters.salesperson:
        wrote = SealedMessage.objects.filter(
            transcript=OuterRef("pk"), message__author=filters.salesperson
        )
        found = found.filter(Exists(wrote))
    if filters.since:
        found = found.filter(sealed_at__gte=datetime.combine(filters.since, time.min, UTC))
    if filters.until:
        after = filters.until + timedelta(days=1)
        found = found.filter(sealed_at__lt=datetime.combine(after, time.min, UTC))
    if filters.unreviewed:
        found = found.unreviewed()
    if filters.name:
        found = found.filter(conversation__contact__name__icontains=filters.name)
    return found.order_by("-pk")


def for_list(found: TranscriptQuerySet) -> QuerySet[Transcript]:
    """Add what a line of the list shows."""
    return found.select_related(
        "dealership", "conversation__contact", "conversation__assigned_to"
    ).annotate(review_count=Count("reviews"))


def neighbours(found: TranscriptQuerySet, transcript: Transcript) -> tuple[str, str]:
    """Return the ids of the next (older) and the previous (newer) one, "" at the ends."""
    next_one = found.filter(pk__lt=transcript.pk).order_by("-pk").first()
    previous = found.filter(pk__gt=transcript.pk).order_by("pk").first()
    return (
        str(next_one.public_id) if next_one else "",
        str(previous.public_id) if previous else "",
    )


def items_of(document: TranscriptDocument) -> Iterator[Item]:
    """Yield a transcript's texts and entries with the borders of days in the seller's zone."""
    day: date | None = None
    for thing in document.timeline():
        at = thing.received_at if isinstance(thing, Entry) else thing.at
        today = at.astimezone(document.zone).date()
        starts_day, day = today != day, today
        if isinstance(thing, Entry):
            yield Item(at, starts_day, entry=thing)
        else:
            yield Item(at, starts_day, line=thing)
