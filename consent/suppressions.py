"""The lock and the stop of one number in one group: the only writer of Suppression."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from accounts.models import DealerGroup, Dealership
from consent import rules
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
            RETURNING id, is_active, source, suppressed_at, lifted_at, narrowed_to,
                (xmax = 0)
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
        narrowed_to=row[5],
    )
    found.is_new = row[6]
    return found


def suppress(row: Suppression, *, source: str, at: datetime) -> None:
    """Bar every text to this number in the group; the caller holds the lock.

    Law: RULE-US-07, RULE-US-11.
    """
    if row.is_active:
        _said_again(row, source=source, at=at)
        return
    row.is_active, row.source, row.suppressed_at, row.narrowed_to = True, source, at, []
    row.save(update_fields=["is_active", "source", "suppressed_at", "narrowed_to"])


def _said_again(row: Suppression, *, source: str, at: datetime) -> None:
    """Note a stop beside the one that stands: the latest counts, and a customer's over a block."""
    if not source.startswith("carrier:"):
        row.source = source
    row.suppressed_at = max(at, row.suppressed_at or at)
    row.save(update_fields=["source", "suppressed_at"])


def narrow(row: Suppression, dealership: Dealership, *, source: str, at: datetime) -> None:
    """Bar every text to this number from one dealership; the caller holds the lock.

    The rest of the group follows on the day from which a narrowed scope no longer counts.
    """
    if dealership.pk in row.narrowed_to:
        _said_again(row, source=source, at=at)
        return
    row.narrowed_to, row.source, row.suppressed_at = [*row.narrowed_to, dealership.pk], source, at
    row.save(update_fields=["narrowed_to", "source", "suppressed_at"])


def was_narrowed(group: DealerGroup, *, at: datetime) -> bool:
    """Say whether a stop reached one dealership alone at an instant (aware), by the history."""
    versions = group.history.filter(history_date__lte=at).order_by("-history_date", "-history_id")
    then = versions.values_list("opt_out_scope", flat=True).first()
    return is_narrowed(DealerGroup(opt_out_scope=then or group.opt_out_scope))


def forget_narrowed(row: Suppression) -> None:
    """Leave the group's stop standing alone: it reaches the dealerships that were told too."""
    row.narrowed_to = []
    row.save(update_fields=["narrowed_to"])


def lift(row: Suppression, dealership: Dealership, *, at: datetime) -> None:
    """Lift a suppression on the customer's own START; the caller holds the lock.

    START opens the dealership that got it, and where a stop stands for others alone, no other.

    Law: RULE-US-11.
    """
    if not row.is_active and dealership.pk not in row.narrowed_to:
        return
    row.is_active, row.lifted_at = False, at
    row.narrowed_to = [pk for pk in row.narrowed_to if pk != dealership.pk]
    row.save(update_fields=["is_active", "lifted_at", "narrowed_to"])


def bars(row: Suppression, dealership: Dealership, *, at: datetime) -> bool:
    """Say whether this row bars texts from a dealership at an instant (aware)."""
    if row.is_active or not row.narrowed_to:
        return row.is_active
    return is_barred(
        is_active=False,
        narrowed_to=row.narrowed_to,
        dealership_pk=dealership.pk,
        is_narrowed=is_narrowed(dealership.group),
        at=at,
    )


def is_barred(
    *,
    is_active: bool,
    narrowed_to: list[int],
    dealership_pk: int,
    is_narrowed: bool,
    at: datetime,
) -> bool:
    """Say the same of a row's columns, for whoever reads many at once.

    Law: RULE-US-07, RULE-US-09.
    """
    if is_active or dealership_pk in narrowed_to:
        return True
    return bool(narrowed_to) and rules.reaches_group(is_narrowed=is_narrowed, at=at)


def is_narrowed(group: DealerGroup) -> bool:
    """Whether a group has narrowed its stops to the dealership that was told."""
    return group.opt_out_scope != DealerGroup.OptOutScope.GROUP


def is_active(*, group: DealerGroup, subject: str) -> bool:
    """Say whether the number is barred in the whole group."""
    return Suppression.objects.filter(group=group, subject=subject, is_active=True).exists()
