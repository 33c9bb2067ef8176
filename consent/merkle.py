"""Pure: canonical bytes and the Merkle tree of RFC 6962 (RFC 9162 section 2.1), over SHA-256.

A log is a list of leaf hashes, oldest first. Whoever holds one root can be shown that an entry is
in the log (inclusion) and that a later log only added to it (consistency).

`leaves` are always leaf hashes, never the entries; every hash is 32 bytes. A frontier is the list
of the roots of the full subtrees that cover the log, largest first: one for each 1 bit of its size.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence

HASH_BYTES = 32
#: Deeper nesting than this is refused, before it exhausts the stack of whoever verifies it.
MAX_DEPTH = 64

#: Reads the root of a full subtree: `level` (0 for leaves) and `index` counted on that level.
NodeReader = Callable[[int, int], bytes]


def canonical(body: Mapping[str, object]) -> bytes:
    """Return the one byte string that stands for a JSON object.

    Keys in the order of their code points, no spaces, UTF-8, nothing escaped that need not be.
    Raises TypeError for anything but str, int, bool, None, list and dict (a float has no canonical
    form), ValueError for a lone surrogate and for nesting deeper than MAX_DEPTH.
    """
    plain = dict(body)
    _check(plain, depth=0)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _check(value: object, *, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH}")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key is {type(key).__name__}, not str")
            _check(key, depth=depth + 1)
            _check(item, depth=depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth=depth + 1)
    elif isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:  # whose own message would carry the text
            raise ValueError("a text has a lone surrogate") from None
    elif value is not None and not isinstance(value, int):
        raise TypeError(f"{type(value).__name__} has no canonical form")


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry: SHA-256(0x00 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root of the log; of the empty log, SHA-256 of nothing."""
    return frontier_root(frontier_of(leaves))


def frontier_of(leaves: Iterable[bytes]) -> list[bytes]:
    """Return the frontier of a log, in one pass."""
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        frontier = frontier_append(frontier, size, leaf)
    return frontier


def frontier_append(frontier: Sequence[bytes], size: int, leaf: bytes) -> list[bytes]:
    """Return the frontier after one more leaf; `size` is the log's size before it. O(log n).

    Raises ValueError when the frontier is not one of a log of that size.
    """
    if len(frontier) != size.bit_count():
        raise ValueError(f"{len(frontier)} hashes are no frontier of {size} leaves")
    grown = [*frontier, leaf]
    while size & 1:  # each trailing 1 bit of the size is a full subtree that this leaf completes
        right = grown.pop()
        grown.append(node_hash(grown.pop(), right))
        size >>= 1
    return grown


def filled_nodes(frontier: Sequence[bytes], size: int, leaf: bytes) -> list[tuple[int, int, bytes]]:
    """Return the nodes that a new leaf fills, (level, index, hash), the leaf itself first.

    Kept in a table, they answer a NodeReader: proofs then need no scan of the log.
    """
    nodes = [(0, size, leaf)]
    level, index, value = 0, size, leaf
    for left in reversed(frontier):
        if not index & 1:
            break
        level, index, value = level + 1, index >> 1, node_hash(left, value)
        nodes.append((level, index, value))
    return nodes


def frontier_root(frontier: Sequence[bytes]) -> bytes:
    """Return the root of the log that has this frontier."""
    if not frontier:
        return hashlib.sha256().digest()
    result = frontier[-1]
    for left in reversed(frontier[:-1]):
        result = node_hash(left, result)
    return result


def node_reader(leaves: Sequence[bytes]) -> NodeReader:
    """Return a reader that computes full subtrees from the leaves."""

    def read(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return node_hash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1))

    return read


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the hashes that lead from leaf `index` to the root, nearest first.

    Raises IndexError when there is no such leaf.
    """
    return read_inclusion_proof(index, size=len(leaves), read=node_reader(leaves))


def read_inclusion_proof(index: int, *, size: int, read: NodeReader) -> list[bytes]:
    """Return an inclusion proof in a log of `size` leaves, from stored nodes. O(log² n) reads.

    Raises IndexError when there is no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a log of {size}")
    return _path(index, 0, size, read)


def _path(index: int, start: int, end: int, read: NodeReader) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, read), _subtree(middle, end, read)]
    return [*_path(index, middle, end, read), _subtree(start, middle, read)]


def consistency_proof(old_size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the hashes that show the first `old_size` leaves to be a beginning of this log.

    Empty when the sizes are equal or the old log is empty. Raises ValueError when the old log is
    the larger.
    """
    return read_consistency_proof(old_size, size=len(leaves), read=node_reader(leaves))


def read_consistency_proof(old_size: int, *, size: int, read: NodeReader) -> list[bytes]:
    """Return a consistency proof up to `size` leaves, from stored nodes. O(log² n) reads.

    Raises ValueError when the old log is the larger.
    """
    if not 0 <= old_size <= size:
        raise ValueError(f"no log of {size} leaves began with {old_size}")
    if old_size in {0, size}:
        return []
    return _growth(old_size, 0, size, read, is_whole=True)


def _growth(old_end: int, start: int, end: int, read: NodeReader, *, is_whole: bool) -> list[bytes]:
    """RFC 9162 2.1.4.1; `is_whole`: the old log fills this subtree, so its root is known."""
    if old_end == end:
        return [] if is_whole else [_subtree(start, end, read)]
    middle = start + _split(end - start)
    if old_end <= middle:
        inner = _growth(old_end, start, middle, read, is_whole=is_whole)
        return [*inner, _subtree(middle, end, read)]
    inner = _growth(old_end, middle, end, read, is_whole=False)
    return [*inner, _subtree(start, middle, read)]


def _split(size: int) -> int:
    """Return the largest power of two below `size` (which is 2 or more)."""
    return 1 << ((size - 1).bit_length() - 1)


def _subtree(start: int, end: int, read: NodeReader) -> bytes:
    """Return the root over the leaves from start up to, not including, end."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return read(level, start >> level)
    middle = start + _split(size)
    return node_hash(_subtree(start, middle, read), _subtree(middle, end, read))


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root_hash: bytes
) -> bool:
    """Say whether the proof leads from this leaf to that root (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes([leaf, root_hash, *proof]):
        return False
    position, last = index, size - 1
    result = leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            result = node_hash(sibling, result)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and result == root_hash


def verify_consistency(
    *, old_size: int, size: int, old_root: bytes, root_hash: bytes, proof: Sequence[bytes]
) -> bool:
    """Say whether the log with `old_root` is a beginning of the one with `root_hash`.

    RFC 9162 2.1.4.2.
    """
    if not 0 <= old_size <= size or not _are_hashes([old_root, root_hash, *proof]):
        return False
    if old_size == size:
        return not proof and old_root == root_hash
    if old_size == 0:  # an empty log begins every log
        return not proof and old_root == frontier_root([])
    # a full subtree is its own first hash: the proof leaves it out
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    position, last = old_size - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and old == old_root and new == root_hash


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
