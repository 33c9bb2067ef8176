"""The ledger only grows (I5), names its first damage, and rebuilds any state (I8)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import Dealership, User
from consent import checking, checkpoints, ledger, merkle, revocation
from consent.kinds import Kind, Status
from consent.levels import Level
from consent.models import Checkpoint, ConsentEvent, ConsentState, Evidence, PhoneNumber
from consent.projection import effective

SECOND = "SELECT id FROM consent_consentevent WHERE index = 1"
T0 = datetime(2026, 11, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def confirm(phone: PhoneNumber, level: Level = Level.INFORMATIONAL) -> ConsentEvent:
    return ledger.append(
        Kind.OPT_IN_CONFIRMED,
        dealership=phone.dealership,
        phone=phone,
        acting_user=None,
        terms={"level": level.value},
        evidence={"words": "YES"},
    )


def behind_the_triggers(sql: str, args: list[Any]) -> None:
    """Change a row as the database's owner would who switches the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, args)
        cursor.execute("SET session_replication_role = origin")


@pytest.mark.parametrize(
    ("model", "change"), [(ConsentEvent, {"kind": "DECLINED"}), (Evidence, {"data": {}})]
)
def test_orm_update_and_delete_are_refused(cora: PhoneNumber, model: Any, change: Any) -> None:
    confirm(cora)
    row = model.objects.order_by("pk").last()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()
    if model is Evidence:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            row.delete()


def test_checkpoint_cannot_be_changed(cora: PhoneNumber) -> None:
    point = checkpoints.publish(cora.dealership)
    assert point is not None
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Checkpoint.objects.filter(pk=point.pk).update(size=99)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE consent_consentevent SET kind = 'DECLINED'",
        "DELETE FROM consent_consentevent",
        "TRUNCATE consent_consentevent CASCADE",
        "UPDATE consent_evidence SET data = '{}'",
        "ALTER TABLE consent_consentevent DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ],
)
def test_the_portals_own_role_cannot_change_the_ledger(
    cora: PhoneNumber, app_role: psycopg.Connection[Any], sql: str
) -> None:
    with pytest.raises(psycopg.Error):
        app_role.execute(sql)
    app_role.rollback()
    assert checking.fsck().damages == ()


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        (
            "UPDATE consent_consentevent SET body = replace(body, 'info', 'promo') WHERE index = 1",
            "body does not match its hash",
        ),
        ("UPDATE consent_consentevent SET kind = 'DECLINED' WHERE index = 1", "column kind"),
        (f"DELETE FROM consent_evidence WHERE entry_id IN ({SECOND})", "evidence is missing"),
        (
            f"UPDATE consent_evidence SET data = '{{}}' WHERE entry_id IN ({SECOND})",
            "does not match its commitment",
        ),
    ],
)
def test_fsck_names_the_altered_entry(cora: PhoneNumber, sql: str, problem: str) -> None:
    confirm(cora)
    confirm(cora)
    behind_the_triggers(sql, [])
    (damage,) = checking.fsck().damages
    assert (damage.index, problem in damage.problem) == (1, True)


def test_fsck_names_a_missing_entry_and_a_rewritten_tail(cora: PhoneNumber) -> None:
    confirm(cora)
    confirm(cora)
    behind_the_triggers("DELETE FROM consent_evidence WHERE entry_id IN (SELECT id FROM "
                        "consent_consentevent WHERE index = 2)", [])  # fmt: skip
    behind_the_triggers("DELETE FROM consent_consentevent WHERE index = 2", [])
    (damage,) = checking.fsck().damages
    assert damage.index == 2


def test_fsck_names_a_state_that_the_ledger_does_not_say(cora: PhoneNumber) -> None:
    ConsentState.objects.filter(phone=cora).update(status="confirmed", level="promotional")
    (damage,) = checking.fsck().damages
    assert "state of number" in damage.problem
    ledger.rebuild(cora)
    assert checking.fsck().damages == ()


def test_states_that_differ_are_rebuilt_by_a_command(
    cora: PhoneNumber, capsys: pytest.CaptureFixture[str]
) -> None:
    ConsentState.objects.filter(phone=cora).update(inquired_on=None, status="confirmed")
    call_command("rebuild_states")
    assert capsys.readouterr().out == "1 states rebuilt\n"
    assert ledger.current_state(cora) == ledger.project(cora)
    call_command("rebuild_states")
    assert capsys.readouterr().out == "0 states rebuilt\n"


def test_checkpoint_verifies_with_the_public_key_alone(cora: PhoneNumber) -> None:
    point = checkpoints.publish(cora.dealership)
    assert point is not None
    assert checkpoints.verify_note(point.note, checkpoints.verifier_key())
    assert not checkpoints.verify_note(
        point.note.replace("\n1\n", "\n2\n"), checkpoints.verifier_key()
    )
    leaves = [
        bytes.fromhex(leaf)
        for leaf in ConsentEvent.objects.order_by("index").values_list("leaf_hash", flat=True)
    ]
    assert merkle.root(leaves).hex() == point.root_hash
    assert checkpoints.publish(cora.dealership) is None


def test_state_as_of_any_instant_is_what_was_known_then(cora: PhoneNumber) -> None:
    known = []
    for step in range(3):
        with time_machine.travel(T0 + timedelta(days=30 + step), tick=False):
            if step == 1:
                confirm(cora)
            if step == 2:
                # told later than it happened: what was known yesterday does not change
                revocation.revoke(
                    cora,
                    how="phone_call",
                    words="stop",
                    acting_user=None,
                    received_at=T0 + timedelta(days=30),
                )
            known.append((T0 + timedelta(days=30 + step), ledger.current_state(cora)))
    for moment, state in known:
        assert ledger.state_as_of(cora, moment) == state
    assert [state.status for _, state in known] == [
        Status.UNKNOWN,
        Status.CONFIRMED,
        Status.REVOKED,
    ]


def test_projection_from_empty_equals_the_table(cora: PhoneNumber, sal: User) -> None:
    confirm(cora)
    revocation.pause(cora, words="enough", received_at=T0, evidence={})
    revocation.resolve_pause(cora, opted_out=False, reason="meant the price", acting_user=sal)
    assert ledger.project(cora) == ledger.current_state(cora)
    assert ledger.current_state(cora).status is Status.CONFIRMED


def test_unknown_kind_and_unplain_terms_are_refused(north: Dealership) -> None:
    with pytest.raises(ValueError, match="NONSENSE"):
        ledger.append("NONSENSE", dealership=north, acting_user=None)  # type: ignore[arg-type]
    with pytest.raises(ledger.LedgerError):
        ledger.append(
            Kind.REVOKED,
            dealership=north,
            acting_user=None,
            terms={"price": 1.5},  # type: ignore[dict-item]  # the mistake under test
        )
    assert not ConsentEvent.objects.exists()


def test_lapses_without_a_sweep(cora: PhoneNumber) -> None:
    ledger.append(
        Kind.OPT_IN_REQUESTED,
        dealership=cora.dealership,
        phone=cora,
        acting_user=None,
        received_at=T0,
        terms={"level": "informational"},
    )
    state = ledger.current_state(cora)
    assert (
        effective(state, country="CA", at=T0 + timedelta(days=7, seconds=-1)).status
        is Status.REQUESTED
    )
    assert effective(state, country="CA", at=T0 + timedelta(days=7)).status is Status.EXPIRED


def test_the_portals_own_role_can_append_and_nothing_more(
    cora: PhoneNumber, app_role: psycopg.Connection[Any]
) -> None:
    (count,) = app_role.execute("SELECT count(*) FROM consent_consentevent").fetchone() or (0,)
    assert count == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_role.execute("DELETE FROM consent_consentevent")
