"""What was sealed cannot be changed, and not removed but by an erasure (design §8)."""

from __future__ import annotations

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from accounts.clock import now
from accounts.models import Dealership
from archive.models import SealedMessage, Transcript, TranscriptFile
from archive.tests.conftest import make_transcript
from consent.models import ConsentEvent

TABLES = ("archive_sealedmessage", "archive_transcriptfile", "archive_transcript")


@pytest.mark.parametrize("model", [Transcript, TranscriptFile, SealedMessage])
def test_the_orm_can_neither_change_nor_remove(transcript, model):
    row = model.objects.order_by("pk").first()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(id=row.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_portals_own_role_can_do_neither_in_sql(transcript, app_role, table, statement):
    with pytest.raises(psycopg.Error):
        app_role.execute(statement.format(table))
    app_role.rollback()
    assert app_role.execute(f"SELECT count(*) FROM {table}").fetchone() != (0,)


def append_raw(cursor, dealership: Dealership, kind: str) -> int:
    """Insert an entry as the ledger does, in the caller's transaction; return its key."""
    cursor.execute(
        """
        INSERT INTO consent_consentevent
            (dealership_id, index, kind, subject, recorded_at, received_at, body, leaf_hash)
        VALUES (%s, (SELECT count(*) + 1000 FROM consent_consentevent), %s, '', %s, %s, '{}', '')
        RETURNING id
        """,
        [dealership.pk, kind, now(), now()],
    )
    (pk,) = cursor.fetchone()
    return int(pk)


def delete_all(cursor, erasing: str) -> None:
    cursor.execute("SELECT set_config('dealertext.erasing', %s, true)", [erasing])
    for table in TABLES:
        cursor.execute(f"DELETE FROM {table}")


def test_an_erasure_whose_entry_stands_in_the_same_transaction_may_remove(transcript, north):
    with transaction.atomic(), connection.cursor() as cursor:
        delete_all(cursor, str(append_raw(cursor, north, "ERASED")))
    assert not Transcript.objects.exists()


def test_the_entry_may_stand_in_a_savepoint(transcript, north):
    with transaction.atomic(), connection.cursor() as cursor:
        with transaction.atomic():
            pk = append_raw(cursor, north, "ERASED")
        with transaction.atomic():
            delete_all(cursor, str(pk))
    assert not Transcript.objects.exists()


@pytest.mark.parametrize("kind", ["REVOKED", "ARCHIVE_EXPORTED"])
def test_an_entry_of_another_kind_does_not_open_it(transcript, north, kind):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        delete_all(cursor, str(append_raw(cursor, north, kind)))
    assert Transcript.objects.exists()


def test_an_erasure_of_another_dealership_does_not_open_it(transcript, other):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        delete_all(cursor, str(append_raw(cursor, other, "ERASED")))
    assert Transcript.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_erasing_entry_of_an_earlier_transaction_does_not_open_it(cora, sal, north):
    make_transcript(cora, sal)
    with connection.cursor() as cursor:
        pk = append_raw(cursor, north, "ERASED")
    assert ConsentEvent.objects.filter(pk=pk).exists()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        delete_all(cursor, str(pk))
    assert Transcript.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "-1", "1; DROP TABLE archive_transcript", "9" * 30])
def test_nonsense_in_the_setting_does_not_open_it(transcript, value):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        delete_all(cursor, value)
    assert Transcript.objects.exists()


def test_an_erasure_may_not_change_either(transcript, north: Dealership):
    with transaction.atomic(), connection.cursor() as cursor:
        pk = append_raw(cursor, north, "ERASED")
        cursor.execute("SELECT set_config('dealertext.erasing', %s, true)", [str(pk)])
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("UPDATE archive_transcript SET sha256 = 'forged'")
