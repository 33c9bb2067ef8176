"""The check of the ledgers: every hash, index, commitment, note and state derived again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q

from accounts.models import Dealership
from consent import checkpoints, ledger, merkle
from consent.kinds import STOP_KINDS, Kind
from consent.ledger import commitment, stamp, state_of, terms_of
from consent.models import (
    ConsentEvent,
    ConsentState,
    Decision,
    Document,
    Evidence,
    LedgerHead,
    LedgerNode,
    PhoneNumber,
    Suppression,
)


@dataclass(frozen=True, slots=True)
class Damage:
    """The first entry that fsck found wrong."""

    dealership: str
    index: int
    problem: str


@dataclass(frozen=True, slots=True)
class Report:
    """What fsck counted, and the first damage of each ledger."""

    ledgers: int
    entries: int
    states: int
    damages: tuple[Damage, ...]


def fsck(dealerships: Iterable[Dealership] | None = None, *, notes: Sequence[str] = ()) -> Report:
    """Derive every hash, index, commitment and state again and compare; writes nothing.

    Each ledger is read as it stood at one instant, while others append to it. `notes`: signed
    checkpoints that were kept outside, which the ledgers must still begin with. Raises ValueError
    for a note that says nothing of a ledger here, or that no known key signed.
    """
    places = {checkpoints.origin_of(dealership) for dealership in Dealership.objects.all()}
    for note in notes:
        said = checkpoints.read_note(note)
        if said is None or said.origin not in places:
            raise ValueError("this is no checkpoint of a ledger that is kept here")
        if checkpoints.signer_of(note) is None:
            raise ValueError(f"no known key signed the checkpoint of size {said.size}")
    ledgers = entries = states = 0
    damages: list[Damage] = []
    for dealership in dealerships if dealerships is not None else Dealership.objects.order_by("pk"):
        ledgers += 1
        with snapshot():
            size, damage = _check_ledger(dealership, notes)
            entries += size
            if damage is None:
                count, damage = _check_states(dealership)
                states += count
            damage = damage or _check_beside(dealership, size=size)
        if damage:
            damages.append(damage)
    return Report(ledgers, entries, states, tuple(damages))


@contextmanager
def snapshot() -> Iterator[None]:
    """Read all that follows as of one instant; within a transaction it is that one's matter."""
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        if not is_nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _check_ledger(dealership: Dealership, notes: Sequence[str]) -> tuple[int, Damage | None]:
    head = LedgerHead.objects.filter(pk=dealership.pk).first() or LedgerHead(dealership=dealership)
    name = str(dealership.public_id)
    frontier: list[bytes] = []
    expected = 0
    points = _Points(dealership, notes)
    if points.damage:
        return 0, points.damage
    erasures = Erasures(dealership)
    before: datetime | None = None
    nodes = LedgerNode.objects.filter(dealership=dealership).order_by("size", "level")
    stored = nodes.values_list("size", "level", "node_hash").iterator(2000)
    events = ConsentEvent.objects.filter(dealership=dealership).order_by("index")
    for event in events.select_related("evidence").iterator(2000):
        problem = _problem_of(event, name, expected, erasures)
        if before is not None and event.recorded_at < before:
            problem = problem or "it says that it was recorded before the entry ahead of it"
        if problem:
            return expected, Damage(name, expected, problem)
        before = event.recorded_at
        leaf = bytes.fromhex(event.leaf_hash)
        for level, _index, value in merkle.filled_nodes(frontier, expected, leaf)[1:]:
            if next(stored, None) != (expected + 1, level, value.hex()):
                return expected, _node_damage(name, expected, level)
        frontier = merkle.frontier_append(frontier, expected, leaf)
        expected += 1
        if points.differ(expected, merkle.frontier_root(frontier)):
            return expected, Damage(
                name, expected - 1, f"the checkpoint of size {expected} differs"
            )
    if head.size != expected:
        return expected, Damage(name, expected, f"the head says {head.size} entries")
    if [x.hex() for x in frontier] != head.frontier:
        return expected, Damage(name, max(expected - 1, 0), "the head's hashes differ")
    if points.largest > expected:
        return expected, Damage(name, expected, f"a checkpoint covers {points.largest} entries")
    if next(stored, None) is not None:
        return expected, Damage(name, expected, "there are tree nodes beyond the last entry")
    return expected, None


def _hash_of(text: str) -> bytes | None:
    """Return what hexadecimal digits stand for; None for what is none, as damage may leave it."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None


def _node_damage(name: str, index: int, level: int) -> Damage:
    """Say what a node that differs may mean, where every node before it was right."""
    pair = f", or the hash of entry {index - 1} or {index}" if level == 1 else ""
    return Damage(name, index, f"its tree node of level {level} differs{pair}")


class _Points:
    """The checkpoints of one ledger, those stored and those kept outside: size → roots.

    `damage`: the first of them that is not written as it should be.
    """

    def __init__(self, dealership: Dealership, notes: Sequence[str]) -> None:
        self._roots: dict[int, set[bytes]] = {}
        self.damage: Damage | None = None
        origin = checkpoints.origin_of(dealership)
        for point in dealership.checkpoints.order_by("size"):
            problem, root = "", _hash_of(point.root_hash)
            if root is not None:
                self._roots.setdefault(point.size, set()).add(root)
            if root is None:
                problem = f"the root of the checkpoint of size {point.size} is no hash"
            elif checkpoints.read_note(point.note) != checkpoints.Head(origin, point.size, root):
                problem = f"the note of the checkpoint of size {point.size} says something else"
            elif checkpoints.signer_of(point.note) is None:
                problem = f"no known key signed the checkpoint of size {point.size}"
            if problem and self.damage is None:
                self.damage = Damage(str(dealership.public_id), point.size - 1, problem)
        for note in notes:
            said = checkpoints.read_note(note)
            if said is not None and said.origin == origin:
                self._roots.setdefault(said.size, set()).add(said.root)

    @property
    def largest(self) -> int:
        """The entries that the latest checkpoint covers, 0 where there is none."""
        return max(self._roots, default=0)

    def differ(self, size: int, root: bytes) -> bool:
        """Whether a checkpoint of this size has another root."""
        return any(known != root for known in self._roots.get(size, ()))


class Erasures:
    """Which entries of one ledger may lack their evidence: those that a later ERASED one names."""

    def __init__(self, dealership: Dealership) -> None:
        self._spans: dict[str, list[tuple[int, int, int]]] = {}
        for event in ConsentEvent.objects.filter(
            ~Q(subject=""), dealership=dealership, kind=Kind.ERASED
        ):
            try:
                terms = terms_of(event)
            except ValueError:
                continue  # that entry is damaged, and is named when its turn comes
            first, last = terms.get("first"), terms.get("last")
            if isinstance(first, int) and isinstance(last, int):
                self._spans.setdefault(event.subject, []).append((first, last, event.index))

    def cover(self, event: ConsentEvent) -> bool:
        """Whether the evidence of an entry was lawfully destroyed."""
        return any(
            first <= event.index <= last and event.index < index
            for first, last, index in self._spans.get(event.subject, [])
        )


def _problem_of(event: ConsentEvent, log: str, expected: int, erasures: Erasures) -> str:
    """Return what is wrong with one entry, "" when nothing is."""
    if event.index != expected:
        return f"is missing: the next entry is {event.index}"
    if merkle.leaf_hash(event.body.encode()).hex() != event.leaf_hash:
        return "its body does not match its hash"
    try:
        body: dict[str, Any] = json.loads(event.body)
        canonical = merkle.canonical(body).decode()
    except (TypeError, ValueError):
        return "its body is not canonical JSON"
    if canonical != event.body:
        return "its body is not canonical JSON"
    columns = {
        "log": log,
        "index": event.index,
        "kind": event.kind,
        "subject": event.subject,
        "recorded_at": stamp(event.recorded_at),
        "received_at": stamp(event.received_at),
    }
    for key, value in columns.items():
        if body.get(key) != value:
            return f"its column {key} does not match its body"
    evidence: Evidence | None = getattr(event, "evidence", None)
    if evidence and (
        _hash_of(evidence.salt) is None
        or commitment(evidence.salt, evidence.data) != body.get("evidence")
    ):
        return "its evidence does not match its commitment"
    is_erased = erasures.cover(event)
    if evidence is None and body.get("evidence") and not is_erased:
        return "its evidence is missing"
    return _problem_of_document(body, is_erased=is_erased) if body.get("document") else ""


def _problem_of_document(body: dict[str, Any], *, is_erased: bool) -> str:
    """Hash the paper or recording that an entry rests on again."""
    kept = Document.objects.filter(public_id=body["document"]).first()
    if kept is None:
        return "" if is_erased else "its document is missing"
    if hashlib.sha256(kept.content).hexdigest() != body.get("document_sha256"):
        return "its document does not match its hash"
    return ""


def _check_states(dealership: Dealership) -> tuple[int, Damage | None]:
    """Compare the state table with the fold of the ledger, in one pass over each."""
    count = 0
    phones = PhoneNumber.objects.filter(dealership=dealership).select_related("state")
    for phone, state in ledger.folded(dealership, phones.order_by("subject").iterator(2000)):
        count += 1
        row: ConsentState | None = getattr(phone, "state", None)
        if state_of(row) != state:
            return count, Damage(
                str(dealership.public_id),
                state.last_index,
                f"the state of number {phone.public_id} is not what the ledger says",
            )
    return count, None


def _check_beside(dealership: Dealership, *, size: int) -> Damage | None:
    """Compare with the ledger what stands beside it: the decisions that read it, and the stops."""
    name = str(dealership.public_id)
    seen = Decision.objects.filter(dealership=dealership).aggregate(most=Max("ledger_size"))["most"]
    if seen is not None and seen > size:
        return Damage(name, size, f"a decision saw {seen} entries")
    of_subject = {"subject": OuterRef("subject")}
    kept = Suppression.objects.filter(
        Q(narrowed_to__contains=[dealership.pk]) | Q(is_active=True),
        group=dealership.group_id,
        **of_subject,
    )
    lifted = ConsentEvent.objects.filter(
        Q(recorded_at__gte=OuterRef("recorded_at")) | Q(received_at__gte=OuterRef("received_at")),
        dealership__group=dealership.group_id,
        kind=Kind.RESTORED_BY_CUSTOMER,
        **of_subject,
    )
    unguarded = (
        ConsentEvent.objects.filter(~Q(subject=""), dealership=dealership, kind__in=STOP_KINDS)
        .filter(~Exists(kept), ~Exists(lifted))
        .order_by("index")
        .first()
    )
    if unguarded is not None:
        return Damage(name, unguarded.index, "its stop is not kept: the suppression is gone")
    return None
