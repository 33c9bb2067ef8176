"""The lock and the stop of one number in one group: the only writer of Suppression."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from accounts.models import DealerGroup
from consent.models import Suppression


def lock(*, group_id: int, subject: str) -> Suppression:
    """Lock the row that orders stops and claims of one number, making it if it is not there.

    Must run inside a transaction, before any other lock is taken. The ledger's head comes last.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a suppression is locked inside a transaction")
    with connection.cursor() as cursor:
        # One round trip for "there or not, locked now": DO UPDATE locks the row it meets.
        cursor.execute(
            """
            INSERT INTO consent_suppression (group_id, subject, is_active, source)
            VALUES (%s, %s, false, '')
            ON CONFLICT (group_id, subject) DO UPDATE SET subject = EXCLUDED.subject
            RETURNING id, is_active, source, suppressed_at, lifted_at, (xmax = 0)
            """,
            [group_id, subject],
        )
        row = cursor.fetchone()
    found = Suppression(
        pk=row[0],
        group_id=group_id,
        subject=subject,
        is_active=row[1],
        source=row[2],
        suppressed_at=row[3],
        lifted_at=row[4],
    )
    found.is_new = row[5]
    return found


def suppress(row: Suppression, *, source: str, at: datetime) -> None:
    """Bar every text to this number in the group; the caller holds the lock.

    Law: RULE-US-07, RULE-US-11.
    """
    if row.is_active:
        return
    row.is_active, row.source, row.suppressed_at = True, source, at
    row.save(update_fields=["is_active", "source", "suppressed_at"])


def lift(row: Suppression, *, at: datetime) -> None:
    """Lift a suppression on the customer's own START; the caller holds the lock.

    Law: RULE-US-11.
    """
    if not row.is_active:
        return
    row.is_active, row.lifted_at = False, at
    row.save(update_fields=["is_active", "lifted_at"])


def is_active(*, group: DealerGroup, subject: str) -> bool:
    """Say whether the number is barred in this group."""
    return Suppression.objects.filter(group=group, subject=subject, is_active=True).exists()
