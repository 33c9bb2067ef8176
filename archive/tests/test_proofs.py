"""Proofs as the portal serves them, checked by two programs that share no code with it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import Dealership, User
from archive import verify_export
from conftest import make_contact
from consent import checking, checkpoints, ledger, proofs
from consent.kinds import Kind
from consent.models import Checkpoint, ConsentEvent, LedgerNode, PhoneNumber


# RFC 6962 section 2.1 word for word: definitions, no cleverness.
def mth(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def grow(place: Dealership, to: int) -> list[bytes]:
    while (size := ConsentEvent.objects.filter(dealership=place).count()) < to:
        ledger.append(Kind.ARCHIVE_EXPORTED, dealership=place, acting_user=None, terms={"n": size})
    return [
        hashlib.sha256(b"\x00" + body.encode()).digest()
        for body in ConsentEvent.objects.filter(dealership=place)
        .order_by("index")
        .values_list("body", flat=True)
    ]


@pytest.mark.django_db
def test_every_proof_up_to_forty_entries_holds_in_the_other_program(north: Dealership) -> None:
    points: list[Checkpoint] = []
    leaves: list[bytes] = []
    for size in range(1, 41):
        leaves = grow(north, size)
        point = checkpoints.publish(north)
        assert point is not None
        assert point.root_hash == mth(leaves).hex()
        points.append(point)
    for point in points[::3] + points[-2:]:
        for index in range(point.size):
            proof = proofs.inclusion(north, index=index, size=point.size)
            assert proof.holds
            path = [bytes.fromhex(each) for each in proof.path]
            root = verify_export.root_from(leaves[index], index, point.size, path)
            assert root == mth(leaves[: point.size])
    for old in points:
        grown = proofs.consistency(north, old_size=old.size, size=40)
        assert grown.holds
        path = [bytes.fromhex(each) for each in grown.path]
        roots = verify_export.roots_from(old.size, 40, path, bytes.fromhex(old.root_hash))
        assert roots == (mth(leaves[: old.size]), mth(leaves))


@pytest.mark.django_db
def test_a_proof_costs_the_same_queries_in_a_long_ledger(
    north: Dealership, django_assert_num_queries: Callable[..., Any]
) -> None:
    grow(north, 3)
    checkpoints.publish(north)
    for size in (7, 70):
        grow(north, size)
        checkpoints.publish(north)
        with django_assert_num_queries(4):
            proofs.inclusion(north, index=1, size=size)
        with django_assert_num_queries(3):
            proofs.consistency(north, old_size=3, size=size)


def told(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = Path(verify_export.__file__)
    return subprocess.run(
        [sys.executable, "-I", str(script), "--proof", str(path), *options],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db
def test_the_offline_verifier_checks_what_the_api_gives(
    north: Dealership, sal: User, api: Callable[[User], APIClient], tmp_path: Path
) -> None:
    grow(north, 6)
    checkpoints.publish(north)
    grow(north, 13)
    checkpoints.publish(north)
    base = f"/api/v1/dealerships/{north.public_id}/ledger"
    listed = api(sal).get(f"{base}/checkpoints/").json()
    assert [each["size"] for each in listed["results"]] == [13, 6]
    for name, query in (("inclusion", "?index=4"), ("consistency", "?old_size=6&size=13")):
        proof = api(sal).get(f"{base}/{name}/{query}").json()
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(proof))
        assert told(file, "--key", listed["verifier_key"]).returncode == 0
        for key, value in (
            ("path", [*proof["path"][:-1], "00" * 32]),
            ("path", proof["path"][:-1]),
            ("checkpoint", proof["checkpoint"].replace("13", "14").replace("\n6\n", "\n7\n")),
            ("size", proof["size"] + 1),
        ):
            file.write_text(json.dumps({**proof, key: value}))
            assert told(file).returncode == 1, (name, key)
        file.write_text(json.dumps(proof))
        other = "x+00000000+" + listed["verifier_key"].split("+", 2)[2]
        assert told(file, "--key", other).returncode == 1
    changed = api(sal).get(f"{base}/inclusion/?index=4").json()
    changed["body"] = changed["body"].replace('"n":4', '"n":5')
    file.write_text(json.dumps(changed))
    assert "does not lead to the checkpoint's root" in told(file).stdout


@pytest.mark.django_db
def test_what_is_not_there_is_said_and_a_stranger_learns_nothing(
    north: Dealership, sal: User, stan: User, api: Callable[[User], APIClient]
) -> None:
    grow(north, 2)
    base = f"/api/v1/dealerships/{north.public_id}/ledger"
    answer = api(sal).get(f"{base}/inclusion/?index=1")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_proof")
    assert api(sal).get(f"{base}/inclusion/?index=99").status_code == 404
    assert api(sal).get(f"{base}/inclusion/?index=x").status_code == 422
    assert api(sal).get(f"{base}/consistency/?old_size=1&size=2").status_code == 404
    for path in ("checkpoints/", "inclusion/?index=0", "consistency/?old_size=1&size=2"):
        assert api(stan).get(f"{base}/{path}").status_code == 404


@pytest.mark.django_db
def test_the_page_shows_the_proof_and_hands_it_out(
    cora: PhoneNumber, sal: User, stan: User, signed_in: Callable[[User], Client], tmp_path: Path
) -> None:
    url = f"/consent/{cora.contact.public_id}/entries/0/"
    assert "Not yet" in signed_in(sal).get(url).content.decode()
    checkpoints.publish(cora.dealership)
    page = signed_in(sal).get(url).content.decode()
    assert "Proven" in page
    file = tmp_path / "proof.json"
    file.write_bytes(signed_in(sal).get(url, {"format": "json"}).content)
    assert told(file).returncode == 0
    assert signed_in(stan).get(url).status_code == 404
    other = make_contact(cora.dealership, number="+17175550199", name="Dora")
    assert signed_in(sal).get(f"/consent/{other.contact.public_id}/entries/0/").status_code == 404


# --- attacks -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_tree_nodes_cannot_be_changed_or_removed(north: Dealership) -> None:
    grow(north, 8)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerNode.objects.update(node_hash="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerNode.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE consent_ledgernode SET node_hash = 'x'",
        "DELETE FROM consent_ledgernode",
        "TRUNCATE consent_ledgernode",
    ],
)
def test_the_portals_own_role_cannot_either(
    north: Dealership, app_role: psycopg.Connection[Any], attack: str
) -> None:
    grow(north, 4)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_role.execute(attack)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("attack", "index", "problem"),
    [
        (
            (
                "UPDATE consent_consentevent SET body = replace(body, '\"n\":3', '\"n\":9') "
                "WHERE index = 3"
            ),
            3,
            "its body does not match its hash",
        ),
        ("DELETE FROM consent_consentevent WHERE index = 5", 5, "is missing"),
        (
            (
                "UPDATE consent_consentevent a SET body = b.body, leaf_hash = b.leaf_hash "
                "FROM consent_consentevent b WHERE a.index + b.index = 5 AND a.index IN (2, 3)"
            ),
            2,
            "its column index does not match its body",
        ),
        (
            "UPDATE consent_ledgernode SET node_hash = repeat('0', 64) WHERE size = 6",
            5,
            "its tree node of level 1 differs",
        ),
        ("DELETE FROM consent_ledgernode WHERE size = 4 AND level = 2", 3, "level 2 differs"),
        (
            (
                "INSERT INTO consent_ledgernode (dealership_id, size, level, node_hash) "
                "SELECT dealership_id, 99, 1, repeat('0', 64) FROM consent_ledgerhead"
            ),
            9,
            "beyond the last entry",
        ),
    ],
)
def test_fsck_names_the_first_entry_that_an_owner_touched(
    north: Dealership, attack: str, index: int, problem: str
) -> None:
    grow(north, 9)
    assert checking.fsck([north]).damages == ()
    tables = ("consent_consentevent", "consent_ledgernode")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        cursor.execute(attack)
    (damage,) = checking.fsck([north]).damages
    assert damage.index == index
    assert problem in damage.problem
