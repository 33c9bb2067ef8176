from __future__ import annotations

import hashlib
import json
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent import merkle

SIZES = range(34)
#: The eight entries of the Certificate Transparency test suite, and the roots of its first n.
CT_ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves_of(size: int) -> list[bytes]:
    return [merkle.leaf_hash(str(i).encode()) for i in range(size)]


def root_by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = root_by_definition(leaves[:split]), root_by_definition(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("size", range(len(CT_ROOTS)))
def test_roots_are_those_of_certificate_transparency(size):
    leaves = [merkle.leaf_hash(entry) for entry in CT_ENTRIES[:size]]
    assert merkle.root(leaves).hex() == CT_ROOTS[size]


def test_a_known_inclusion_proof_is_produced():
    leaves = [merkle.leaf_hash(entry) for entry in CT_ENTRIES]
    assert [node.hex() for node in merkle.inclusion_proof(0, leaves)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


@pytest.mark.parametrize("size", SIZES)
def test_roots_and_frontiers_follow_the_definition(size):
    leaves = leaves_of(size)
    frontier = merkle.frontier_of(leaves)
    assert len(frontier) == size.bit_count()
    assert merkle.frontier_root(frontier) == merkle.root(leaves) == root_by_definition(leaves)


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proven_and_nothing_else_is(size):
    leaves = leaves_of(size)
    root = merkle.root(leaves)
    for index, leaf in enumerate(leaves):
        proof = merkle.inclusion_proof(index, leaves)
        for other in range(-1, size + 1):
            proven = merkle.verify_inclusion(
                leaf, index=other, size=size, proof=proof, root_hash=root
            )
            assert proven == (other == index)


@pytest.mark.parametrize("size", SIZES)
def test_every_beginning_is_consistent_and_nothing_else_is(size):
    leaves = leaves_of(size)
    roots = [merkle.root(leaves[:n]) for n in range(size + 1)]
    for old_size in range(size + 1):
        proof = merkle.consistency_proof(old_size, leaves)
        for claimed in range(size + 1):
            proven = merkle.verify_consistency(
                old_size=old_size,
                size=size,
                old_root=roots[claimed],
                root_hash=roots[size],
                proof=proof,
            )
            assert proven == (claimed == old_size)


@pytest.mark.parametrize("size", [1, 2, 7, 8, 33])
def test_stored_nodes_give_the_same_proofs_as_the_leaves(size):
    leaves = leaves_of(size)
    stored: dict[tuple[int, int], bytes] = {}
    frontier: list[bytes] = []
    for count, leaf in enumerate(leaves):
        for level, index, value in merkle.filled_nodes(frontier, count, leaf):
            assert stored.setdefault((level, index), value) == value
        frontier = merkle.frontier_append(frontier, count, leaf)

    def read(level: int, index: int) -> bytes:
        return stored[level, index]

    for n in range(size + 1):
        assert merkle.read_consistency_proof(n, size=size, read=read) == merkle.consistency_proof(
            n, leaves
        )
    for index in range(size):
        assert merkle.read_inclusion_proof(index, size=size, read=read) == merkle.inclusion_proof(
            index, leaves
        )


def test_what_is_not_there_has_no_proof():
    leaves = leaves_of(5)
    for index in (-1, 5):
        with pytest.raises(IndexError):
            merkle.inclusion_proof(index, leaves)
    for old_size in (-1, 6):
        with pytest.raises(ValueError, match="no log of 5 leaves"):
            merkle.consistency_proof(old_size, leaves)
    with pytest.raises(ValueError, match="no frontier"):
        merkle.frontier_append([], 3, leaves[0])


def test_an_entry_cannot_pass_for_an_inner_node():
    left, right = leaves_of(2)
    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)


@st.composite
def tampered(draw: st.DrawFn, hashes: list[bytes]) -> list[bytes]:
    """One change to a proof: a bit, a missing hash, a doubled one, two swapped, one too many."""
    changed = list(hashes)
    how = draw(st.sampled_from(["flip", "drop", "double", "swap", "extend", "cut"]))
    if how == "extend" or not changed:
        return [*changed, draw(st.binary(min_size=32, max_size=32))]
    at = draw(st.integers(0, len(changed) - 1))
    if how == "flip":
        bit = draw(st.integers(0, 255))
        flipped = int.from_bytes(changed[at], "big") ^ (1 << bit)
        changed[at] = flipped.to_bytes(32, "big")
    elif how == "drop":
        del changed[at]
    elif how == "double":
        changed.insert(at, changed[at])
    elif how == "swap" and len(changed) > 1:
        other = (at + 1) % len(changed)
        changed[at], changed[other] = changed[other], changed[at]
    else:
        changed[at] = changed[at][:31]
    return changed


@given(st.data(), st.integers(1, 200))
def test_a_tampered_inclusion_proof_proves_nothing(data, size):
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, leaves)
    root = merkle.root(leaves)
    assert merkle.verify_inclusion(
        leaves[index], index=index, size=size, proof=proof, root_hash=root
    )
    bad = data.draw(tampered(proof))
    assert not merkle.verify_inclusion(
        leaves[index], index=index, size=size, proof=bad, root_hash=root
    )
    assert not merkle.verify_inclusion(
        merkle.leaf_hash(b"forged"), index=index, size=size, proof=proof, root_hash=root
    )


@given(st.data(), st.integers(2, 200))
def test_a_rewritten_log_is_consistent_with_nothing(data, size):
    leaves = leaves_of(size)
    old_size = data.draw(st.integers(1, size - 1))
    old_root = merkle.root(leaves[:old_size])
    proof = merkle.consistency_proof(old_size, leaves)
    root = merkle.root(leaves)
    claim = {"old_size": old_size, "size": size}
    assert merkle.verify_consistency(**claim, old_root=old_root, root_hash=root, proof=proof)
    bad = data.draw(tampered(proof))
    assert not merkle.verify_consistency(**claim, old_root=old_root, root_hash=root, proof=bad)
    altered = list(leaves)
    altered[data.draw(st.integers(0, old_size - 1))] = merkle.leaf_hash(b"forged")
    assert not merkle.verify_consistency(
        **claim,
        old_root=old_root,
        root_hash=merkle.root(altered),
        proof=merkle.consistency_proof(old_size, altered),
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), JSON, max_size=5), st.randoms())
def test_canonical_bytes_read_back_and_do_not_depend_on_order(body, random):
    raw = merkle.canonical(body)
    assert json.loads(raw) == body
    keys = list(body)
    random.shuffle(keys)
    assert merkle.canonical({key: body[key] for key in keys}) == raw
    assert merkle.canonical(json.loads(raw)) == raw


def test_canonical_bytes_are_written_out():
    body = types.MappingProxyType({"é": ["ñ", 1, True, None], "a b": {"z": '\n"', "B": -7}})
    assert merkle.canonical(body) == '{"a b":{"B":-7,"z":"\\n\\""},"é":["ñ",1,true,null]}'.encode()


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), (1, 2), b"x", {1}, object(), {1: "a"}, [{"a": 0.5}]]
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        merkle.canonical({"key": value})


def test_lone_surrogates_and_bottomless_nesting_are_refused():
    for body in ({"k": "\ud83d"}, {"\udc00": 1}):
        with pytest.raises(ValueError, match="surrogate"):
            merkle.canonical(body)
    nest: dict[str, object] = {}
    for _ in range(10_000):
        nest = {"n": nest}
    with pytest.raises(ValueError, match="nested"):
        merkle.canonical(nest)
