"""Proofs from stored tree nodes: an entry is in a checkpoint; one checkpoint grew from another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import Dealership
from consent import checkpoints, merkle
from consent.models import Checkpoint, ConsentEvent, LedgerNode


class NoProof(Exception):
    """There is no such entry, or no such checkpoint. `detail` says which, for people."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That one entry stands in a signed checkpoint; hashes are hex, nearest to the leaf first."""

    entry: ConsentEvent
    checkpoint: Checkpoint
    path: tuple[str, ...]
    holds: bool

    def as_json(self) -> dict[str, Any]:
        """Return the proof as the file that verify.py --proof reads."""
        return {
            "v": 1,
            "kind": "inclusion",
            "body": self.entry.body,
            "leaf_hash": self.entry.leaf_hash,
            "index": self.entry.index,
            "size": self.checkpoint.size,
            "path": list(self.path),
            "checkpoint": self.checkpoint.note,
            "verifier_key": checkpoints.key_of(self.checkpoint.note),
        }


@dataclass(frozen=True, slots=True)
class Consistency:
    """That the log of a later checkpoint begins with all of an earlier one's."""

    old: Checkpoint
    new: Checkpoint
    path: tuple[str, ...]
    holds: bool

    def as_json(self) -> dict[str, Any]:
        """Return the proof as the file that verify.py --proof reads."""
        return {
            "v": 1,
            "kind": "consistency",
            "old_size": self.old.size,
            "size": self.new.size,
            "path": list(self.path),
            "old_checkpoint": self.old.note,
            "checkpoint": self.new.note,
            "verifier_key": checkpoints.key_of(self.new.note),
            "old_verifier_key": checkpoints.key_of(self.old.note),
        }


def inclusion(dealership: Dealership, *, index: int, size: int | None = None) -> Inclusion:
    """Prove an entry's place in the checkpoint of `size`, or in the first one that covers it.

    Four queries whatever the ledger's length. Raises NoProof.
    """
    entry = ConsentEvent.objects.filter(dealership=dealership, index=index).first()
    if entry is None:
        raise NoProof(f"there is no entry {index}")
    point = _covering(dealership, index, size)
    path = _read(
        dealership,
        lambda read: merkle.read_inclusion_proof(index, size=point.size, read=read),
    )
    holds = merkle.verify_inclusion(
        merkle.leaf_hash(entry.body.encode()),
        index=index,
        size=point.size,
        proof=path,
        root_hash=bytes.fromhex(point.root_hash),
    )
    return Inclusion(entry, point, tuple(each.hex() for each in path), holds)


def _covering(dealership: Dealership, index: int, size: int | None) -> Checkpoint:
    points = Checkpoint.objects.filter(dealership=dealership, size__gt=index)
    if size is not None:
        points = points.filter(size=size)
    point = points.order_by("size").first()
    if point is None:
        raise NoProof("no checkpoint covers this entry yet: the next comes within the hour")
    return point


def consistency(dealership: Dealership, *, old_size: int, size: int) -> Consistency:
    """Prove that the checkpoint of `size` only added to that of `old_size`. Raises NoProof."""
    points = {
        point.size: point
        for point in Checkpoint.objects.filter(dealership=dealership, size__in=[old_size, size])
    }
    if old_size not in points or size not in points or old_size > size:
        raise NoProof("there is no such pair of checkpoints, the older one first")
    old, new = points[old_size], points[size]
    path = _read(
        dealership, lambda read: merkle.read_consistency_proof(old_size, size=size, read=read)
    )
    holds = merkle.verify_consistency(
        old_size=old_size,
        size=size,
        old_root=bytes.fromhex(old.root_hash),
        root_hash=bytes.fromhex(new.root_hash),
        proof=path,
    )
    return Consistency(old, new, tuple(each.hex() for each in path), holds)


def _read(dealership: Dealership, prove: Callable[[merkle.NodeReader], list[bytes]]) -> list[bytes]:
    """Make a proof from stored nodes: once dry, to learn which it needs, then from two queries."""
    wanted: set[tuple[int, int]] = set()

    def note(level: int, index: int) -> bytes:
        wanted.add((level, index))
        return bytes(merkle.HASH_BYTES)

    prove(note)
    known = _nodes(dealership, wanted)
    missing = wanted - known.keys()
    if missing:
        raise NoProof(f"the tree lacks {len(missing)} nodes: run fsck")
    return prove(lambda level, index: known[level, index])


def _nodes(dealership: Dealership, wanted: set[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    leaves = ConsentEvent.objects.filter(
        dealership=dealership, index__in=[index for level, index in wanted if level == 0]
    )
    found = {
        (0, index): bytes.fromhex(leaf) for index, leaf in leaves.values_list("index", "leaf_hash")
    }
    which = Q(pk__in=[])
    for level, index in wanted:
        if level:
            which |= Q(size=(index + 1) << level, level=level)
    for size, level, value in LedgerNode.objects.filter(which, dealership=dealership).values_list(
        "size", "level", "node_hash"
    ):
        found[level, (size >> level) - 1] = bytes.fromhex(value)
    return found
