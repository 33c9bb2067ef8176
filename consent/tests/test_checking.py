"""What the check of the ledgers finds beside altered entries, and what it does not cry over."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.clock import now
from accounts.models import DealerGroup, Dealership, User
from conftest import make_contact, make_dealership
from consent import (
    checking,
    checkpoints,
    gate,
    ledger,
    merkle,
    proofs,
    revocation,
    suppressions,
)
from consent.decision import Purpose
from consent.kinds import Kind
from consent.models import ConsentEvent, LedgerHead, PhoneNumber, Suppression


def grow(place: Dealership, count: int) -> None:
    for number in range(count):
        ledger.append(
            Kind.ARCHIVE_EXPORTED, dealership=place, acting_user=None, terms={"n": number}
        )


def as_owner(*statements: str) -> None:
    """Do what nobody but the database's owner can: the triggers are off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


def problem_of(place: Dealership, **more: Any) -> str:
    (damage,) = checking.fsck([place], **more).damages
    return damage.problem


@pytest.mark.django_db
def test_the_signed_note_is_read_and_not_only_the_column_beside_it(north: Dealership) -> None:
    """Who rewrites a ledger, and cannot sign, is found out by what was signed."""
    grow(north, 3)
    point = checkpoints.publish(north)
    assert point is not None
    other = checkpoints.build_note(
        origin=checkpoints.origin_of(north), size=3, root=bytes(merkle.HASH_BYTES)
    )
    forged = _signed_by_a_stranger(north, bytes.fromhex(point.root_hash))
    for note, problem in (
        (other, "the note of the checkpoint of size 3 says something else"),
        ("nonsense", "the note of the checkpoint of size 3 says something else"),
        (forged, "no known key signed the checkpoint of size 3"),
    ):
        as_owner(f"UPDATE consent_checkpoint SET note = '{note}'")
        assert problem_of(north) == problem


def _signed_by_a_stranger(place: Dealership, root: bytes) -> str:
    text = f"{checkpoints.origin_of(place)}\n3\n{base64.b64encode(root).decode()}\n"
    signature = bytes(4) + Ed25519PrivateKey.generate().sign(text.encode())
    return f"{text}\n— ledger-1 {base64.b64encode(signature).decode()}\n"


@pytest.mark.django_db
def test_what_a_former_key_signed_stays_signed(north: Dealership, settings: Any) -> None:
    grow(north, 3)
    checkpoints.publish(north)
    former = checkpoints.verifier_key()
    settings.LEDGER_SIGNING_KEY = f"ledger-2:{base64.b64encode(bytes(range(32))).decode()}"
    assert problem_of(north) == "no known key signed the checkpoint of size 3"
    settings.LEDGER_FORMER_KEYS = [former]
    assert checking.fsck([north]).damages == ()
    assert proofs.inclusion(north, index=1).as_json()["verifier_key"] == former
    grow(north, 1)
    checkpoints.publish(north)
    told = proofs.consistency(north, old_size=3, size=4).as_json()
    assert told["old_verifier_key"] == former
    assert told["verifier_key"] == checkpoints.verifier_key() != former


@pytest.mark.django_db
def test_a_rewritten_tail_is_named_by_a_checkpoint_that_was_mailed_out(
    north: Dealership, tmp_path: Path
) -> None:
    """Who holds the signing key can sign the new tail; what is in another's mailbox stays."""
    grow(north, 4)
    point = checkpoints.publish(north)
    assert point is not None
    mailed = tmp_path / "mailed.txt"
    mailed.write_text(point.note, encoding="utf-8", newline="\r\n")
    call_command("fsck", checkpoint=[str(mailed)], stdout=io.StringIO())
    as_owner(
        "DELETE FROM consent_consentevent",
        "DELETE FROM consent_ledgernode",
        "DELETE FROM consent_ledgerhead",
        "DELETE FROM consent_checkpointdelivery",
        "DELETE FROM consent_checkpoint",
    )
    grow(north, 3)
    ledger.append(Kind.ARCHIVE_EXPORTED, dealership=north, acting_user=None, terms={"n": 7})
    checkpoints.publish(north)
    assert checking.fsck([north]).damages == ()
    assert problem_of(north, notes=[point.note]) == "the checkpoint of size 4 differs"
    with pytest.raises(SystemExit):
        call_command("fsck", checkpoint=[str(mailed)], stdout=io.StringIO())
    mailed.write_text("nothing of ours\n", encoding="utf-8")
    with pytest.raises(CommandError, match="no checkpoint of a ledger that is kept here"):
        call_command("fsck", checkpoint=[str(mailed)], stdout=io.StringIO())


@pytest.mark.django_db
def test_an_entry_that_says_it_was_recorded_earlier_is_named(north: Dealership) -> None:
    """The portal's own role can set the clock of the ledger back, but not unseen."""
    grow(north, 2)
    long_ago = now() - timedelta(days=90)
    LedgerHead.objects.update(last_recorded_at=long_ago)
    with time_machine.travel(long_ago, tick=False):
        grow(north, 1)
    (damage,) = checking.fsck([north]).damages
    assert damage.index == 2
    assert "before the entry ahead of it" in damage.problem


@pytest.mark.django_db
def test_a_tail_that_decisions_saw_is_missed(cora: PhoneNumber, north: Dealership) -> None:
    before = LedgerHead.objects.values("size", "frontier", "last_recorded_at").get()
    revocation.revoke(cora, how="text", words="STOP", acting_user=None)
    gate.ask(cora, purpose=Purpose.CONVERSATIONAL)
    size = before["size"]
    as_owner(
        f"DELETE FROM consent_evidence WHERE entry_id IN "
        f"(SELECT id FROM consent_consentevent WHERE index >= {size})",
        f"DELETE FROM consent_consentevent WHERE index >= {size}",
        f"DELETE FROM consent_ledgernode WHERE size > {size}",
    )
    LedgerHead.objects.update(**before)
    Suppression.objects.all().delete()
    ledger.rebuild(cora)
    assert problem_of(north) == f"a decision saw {size + 1} entries"


@pytest.mark.django_db
def test_a_stop_whose_suppression_is_gone_is_named(
    cora: PhoneNumber, north: Dealership, south: Dealership, sal: User
) -> None:
    make_contact(south)
    entry = revocation.revoke(cora, how="email", words="no", acting_user=sal)
    assert entry is not None
    assert checking.fsck().damages == ()
    Suppression.objects.all().delete()
    first, _other = checking.fsck().damages
    assert (first.index, first.problem) == (
        entry.index,
        "its stop is not kept: the suppression is gone",
    )


@pytest.mark.django_db(transaction=True)
def test_it_cries_over_nothing_while_others_append(
    north: Dealership,
) -> None:
    """Each ledger is read as of one instant, however many entries come meanwhile."""
    grow(north, 30)
    is_over = Event()

    def append_on() -> None:
        try:
            while not is_over.is_set():
                make_contact(north, number=f"+1717555{1000 + ConsentEvent.objects.count()}")
                checkpoints.publish(north)
        finally:
            connection.close()

    thread = Thread(target=append_on)
    thread.start()
    try:
        reports = [checking.fsck() for _ in range(25)]
    finally:
        is_over.set()
        thread.join(30)
    assert [report.damages for report in reports] == [()] * 25
    assert reports[-1].entries > reports[0].entries


@pytest.mark.django_db
def test_one_broken_head_keeps_no_other_dealership_from_its_checkpoint(
    north: Dealership, south: Dealership
) -> None:
    third = make_dealership(north.group, "Third", "+17175550190")
    for place in (north, south, third):
        grow(place, 1)
    LedgerHead.objects.filter(pk=south.pk).update(frontier=["not hex"])
    with pytest.raises(ValueError, match="hex"):
        checkpoints.publish_all()
    assert [place.checkpoints.count() for place in (north, south, third)] == [1, 0, 1]


@pytest.mark.django_db
def test_a_second_stop_needs_its_own_suppression(
    cora: PhoneNumber, north: Dealership, sal: User
) -> None:
    revocation.revoke(cora, how="email", words="no", acting_user=sal)
    with transaction.atomic():
        row = suppressions.lock(group_id=north.group_id, subject=cora.subject)
        ledger.lock_heads(north.group_id)
        revocation.restore(cora, words="START", received_at=now(), evidence={}, suppression=row)
    again = revocation.revoke(cora, how="email", words="no again", acting_user=sal)
    assert again is not None
    assert checking.fsck().damages == ()
    Suppression.objects.all().delete()
    (damage,) = checking.fsck().damages
    assert (damage.index, damage.problem) == (
        again.index,
        "its stop is not kept: the suppression is gone",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE consent_evidence SET salt = 'zz'", "its evidence does not match"),
        ("UPDATE consent_consentevent SET body = 'x' WHERE kind = 'ERASED'", "its body does not"),
        ("UPDATE consent_checkpoint SET root_hash = 'zz'", "size 3 is no hash"),
    ],
)
def test_damage_that_is_not_even_well_formed_is_named_and_the_next_ledger_read(
    cora: PhoneNumber, north: Dealership, south: Dealership, statement: str, said: str
) -> None:
    ledger.append(
        Kind.ERASED,
        dealership=north,
        subject="0" * 64,
        acting_user=None,
        received_at=now(),
        terms={"reason": "request", "first": 9, "last": 9},
    )
    grow(north, 1)
    grow(south, 2)
    checkpoints.publish(north)
    assert checking.fsck().damages == ()
    as_owner(statement)
    report = checking.fsck()
    (damage,) = report.damages
    assert said in damage.problem
    assert report.ledgers == Dealership.objects.count()
    assert report.entries >= 2


@pytest.mark.django_db
def test_a_narrowed_stop_that_was_lost_for_one_dealership_is_named(
    cora: PhoneNumber, north: Dealership, south: Dealership, sal: User
) -> None:
    group = north.group
    group.opt_out_scope = DealerGroup.OptOutScope.DEALERSHIP
    group.save()
    for phone in (cora, make_contact(south)):
        fresh = PhoneNumber.objects.select_related("dealership__group", "contact").get(pk=phone.pk)
        revocation.revoke(fresh, how="email", words="no", acting_user=sal)
    assert checking.fsck().damages == ()
    Suppression.objects.update(narrowed_to=[south.pk])
    (damage,) = checking.fsck().damages
    assert damage.dealership == str(north.public_id)
    assert damage.problem == "its stop is not kept: the suppression is gone"
