"""Reads of the stops that nobody plainly gave: possible opt-outs, and what the carrier blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.access import ADMINS, MANAGERS
from accounts.clock import now
from accounts.models import Dealership, User
from consent import doubts, ledger, phones
from consent.kinds import Kind, Status
from consent.models import ConsentEvent, ConsentState, Contact, PhoneNumber
from consent.presentation import waited


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may have been a stop: whose, in which words, and how long it waits.

    `last_index`: see doubts.Doubts.last_index.
    """

    contact: Contact
    number: str
    words: str
    last_index: int
    since: datetime | None
    wait: str
    place: str


def waiting_for(user: User) -> QuerySet[ConsentState]:
    """Return the paused numbers of the dealerships where this person decides, longest first."""
    places = Dealership.objects.visible_to(user, roles=frozenset(role.value for role in MANAGERS))
    return (
        ConsentState.objects.filter(status=Status.PAUSED, phone__dealership__in=places)
        .select_related("phone__contact", "phone__dealership")
        .order_by("changed_at", "pk")
    )


def doubts_of(states: Iterable[ConsentState]) -> list[Doubt]:
    """Return the lines of a page: one query more, whatever its length."""
    states = list(states)
    waiting = doubts.of_each(state.phone for state in states)
    moment = now()
    return [
        Doubt(
            contact=state.phone.contact,
            number=phones.pretty(state.phone.number_e164),
            words=waiting[state.phone_id].words,
            last_index=waiting[state.phone_id].last_index,
            since=state.changed_at,
            wait=waited(state.changed_at, at=moment) if state.changed_at else "",
            place=state.phone.dealership.name,
        )
        for state in states
    ]


@dataclass(frozen=True, slots=True)
class Block:
    """One number that the carrier or platform blocks; nobody heard the customer say stop."""

    contact: Contact | None
    number: str
    code: str
    at: datetime
    place: str
    zone: str


def carrier_blocks_for(user: User) -> QuerySet[ConsentEvent]:
    """Return the blocks at the dealerships that this person administers, newest first."""
    places = Dealership.objects.visible_to(user, roles=frozenset(role.value for role in ADMINS))
    return (
        ConsentEvent.objects.filter(kind=Kind.CARRIER_BLOCKED, dealership__in=places)
        .select_related("dealership", "evidence")
        .order_by("-recorded_at", "-pk")
    )


def blocks_of(entries: Iterable[ConsentEvent]) -> list[Block]:
    """Return the lines of a page: one query more, whatever its length."""
    entries = list(entries)
    known = {
        (phone.dealership_id, phone.subject): phone
        for phone in PhoneNumber.objects.filter(
            subject__in={entry.subject for entry in entries},
            dealership__in={entry.dealership_id for entry in entries},
        ).select_related("contact")
    }
    return [_block(entry, known.get((entry.dealership_id, entry.subject))) for entry in entries]


def _block(entry: ConsentEvent, phone: PhoneNumber | None) -> Block:
    reason = str(ledger.terms_of(entry).get("reason") or "")
    return Block(
        contact=phone.contact if phone else None,
        number=phones.pretty(phone.number_e164) if phone else "",
        code=reason.removeprefix("carrier_"),
        at=entry.recorded_at,
        place=entry.dealership.name,
        zone=entry.dealership.timezone,
    )
