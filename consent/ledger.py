"""The consent ledger: append, project, read as of any moment, check. The only writer of entries."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from accounts import prepared
from accounts.clock import now
from accounts.models import Dealership, User
from accounts.prepared import Statement
from accounts.rows import Row
from consent import merkle
from consent.kinds import Basis, Kind, Status
from consent.levels import Level
from consent.models import (
    ConsentEvent,
    ConsentState,
    LedgerHead,
    PhoneNumber,
)
from consent.projection import SAID_BY_NEW, Entry, State, fold
from consent.signals import entry_appended

Term = str | int | bool | None
#: What may stand in evidence: JSON without floats.
Json = Term | list["Json"] | dict[str, "Json"]
FRAME = frozenset({"v", "log", "index", "kind", "subject", "recorded_at", "received_at"})


class LedgerError(Exception):
    """An entry that cannot be appended: an unknown kind or a term that is not plain data."""


class ErasedMeanwhile(LedgerError):
    """The number was erased between the reading and the writing: nothing is written of it."""


def append(
    kind: Kind,
    *,
    dealership: Dealership,
    acting_user: User | None,
    subject: str = "",
    phone: PhoneNumber | None = None,
    received_at: datetime | None = None,
    terms: dict[str, Term] | None = None,
    evidence: dict[str, Json] | None = None,
) -> ConsentEvent:
    """Append one entry and project the number's state, in the caller's transaction or its own.

    `terms` stand readable in the entry and may hold nothing personal; `evidence` (words, numbers,
    addresses) stands beside it, and the entry holds a salted commitment. `received_at` is when it
    happened (default: now). Whoever also locks a suppression locks it before calling this.
    Raises LedgerError for a kind that is not registered or terms that are not plain data, and
    ErasedMeanwhile.
    """
    kind = Kind(kind)
    told = _told({**SAID_BY_NEW.get(kind, {}), **(terms or {})}, evidence)
    subject = phone.subject if phone else subject
    contact = str(phone.contact.public_id) if phone else ""
    # No savepoint: what can be refused was refused above, before anything is locked.
    with transaction.atomic(savepoint=False):
        recorded_at = now()
        head, held = _locked_head(dealership, phone)
        if head.last_recorded_at and head.last_recorded_at > recorded_at:
            recorded_at = head.last_recorded_at
        raw = merkle.canonical(
            {
                "v": 1,
                "log": str(dealership.public_id),
                "index": head.size,
                "kind": kind.value,
                "subject": subject,
                "recorded_at": stamp(recorded_at),
                "received_at": stamp(received_at or recorded_at),
                "actor": str(acting_user.public_id) if acting_user else "",
                "evidence": told.commitment,
                **told.terms,
            }
        )
        leaf = merkle.leaf_hash(raw)
        entry = ConsentEvent(
            dealership=dealership,
            index=head.size,
            kind=kind.value,
            subject=subject,
            recorded_at=recorded_at,
            received_at=received_at or recorded_at,
            body=raw.decode(),
            leaf_hash=leaf.hex(),
        )
        frontier = [bytes.fromhex(x) for x in head.frontier]
        filled = merkle.filled_nodes(frontier, head.size, leaf)[1:]
        frontier = merkle.frontier_append(frontier, head.size, leaf)
        written: dict[str, Any] = {
            **_ENTRY.values(entry),
            "salt": told.salt,
            "data": json.dumps(told.evidence),
            "frontier": json.dumps([x.hex() for x in frontier]),
            "nodes": json.dumps([[level, value.hex()] for level, _index, value in filled]),
        }
        statements = [_APPEND]
        if phone is not None:
            written |= _projected(phone, entry, held, acting_user)
            statements.append(_PROJECT)
        with connection.cursor() as cursor:
            prepared.execute(cursor, written, *statements)
            entry.pk = cursor.fetchone()[0]
        entry._state.adding = False
        transaction.on_commit(
            partial(
                entry_appended.send_robust,
                sender=ConsentEvent,
                dealership_id=dealership.pk,
                group_id=dealership.group_id,
                subject=subject,
                phone_pk=phone.pk if phone else None,
                contact=contact,
                index=entry.index,
                kind=kind.value,
            ),
            robust=True,
        )
    return entry


@dataclass(frozen=True, slots=True)
class _Told:
    """What an entry says beside its frame, checked; `commitment` is "" without evidence."""

    terms: dict[str, Term]
    evidence: dict[str, Json]
    salt: str
    commitment: str


def _told(terms: dict[str, Term], evidence: dict[str, Json] | None) -> _Told:
    if overlap := (FRAME | {"actor", "evidence"}) & terms.keys():
        raise LedgerError(f"terms may not replace {sorted(overlap)}")
    try:
        merkle.canonical(terms)
    except (TypeError, ValueError) as error:
        raise LedgerError(str(error)) from error
    if not evidence:
        return _Told(terms, {}, "", "")
    salt = secrets.token_hex(16)
    return _Told(terms, evidence, salt, commitment(salt, evidence))


_ENTRY, _STATE = Row(ConsentEvent), Row(ConsentState)
#: Locks the end of the ledger, making it if this is the first entry.
_LOCK_HEAD = Statement(
    "lock_head",
    """
    INSERT INTO consent_ledgerhead (dealership_id, size, frontier)
    VALUES (%(dealership)s, 0, '[]'::jsonb)
    ON CONFLICT (dealership_id) DO UPDATE SET size = consent_ledgerhead.size
    RETURNING size, frontier, last_recorded_at
    """,
)
#: Read once the head is locked: whoever held it may have written this state.
_READ_STATE = Statement(
    "read_state",
    f"""
    SELECT phone.subject, {_STATE.columns("state")}
      FROM consent_phonenumber phone
      LEFT JOIN consent_consentstate state ON state.phone_id = phone.id
     WHERE phone.id = %(phone)s
    """,  # noqa: S608 - the names of our own models
)
_APPEND = Statement(
    "append_entry",
    f"""
    WITH entry AS ({_ENTRY.insertion()} RETURNING id),
    beside AS (
        INSERT INTO consent_evidence (entry_id, salt, data)
        SELECT id, %(salt)s, %(data)s FROM entry WHERE %(salt)s::varchar <> ''
    ),
    filled AS (
        INSERT INTO consent_ledgernode (dealership_id, size, level, node_hash)
        SELECT %(dealership_id)s, %(index)s + 1, (node ->> 0)::int, node ->> 1
          FROM jsonb_array_elements(%(nodes)s::jsonb) AS node
    )
    UPDATE consent_ledgerhead SET
        size = %(index)s + 1, frontier = %(frontier)s, last_recorded_at = %(recorded_at)s
    WHERE dealership_id = %(dealership_id)s
    RETURNING (SELECT id FROM entry)
    """,  # noqa: S608 - the names of our own models
)
_PROJECT = Statement("project_state", _STATE.recorded(_STATE.upsertion("phone_id")))


def _locked_head(
    dealership: Dealership, phone: PhoneNumber | None = None
) -> tuple[LedgerHead, ConsentState | None]:
    """Lock the end of the ledger and read the number's state: one round trip."""
    held = None
    with connection.cursor() as cursor:
        if phone is None:
            prepared.execute(cursor, {"dealership": dealership.pk}, _LOCK_HEAD)
        else:
            params = {"dealership": dealership.pk, "phone": phone.pk}
            prepared.execute(cursor, params, _LOCK_HEAD, _READ_STATE)
        size, frontier, last_recorded_at = cursor.fetchone()
        if cursor.nextset() and (row := cursor.fetchone()):
            known, *state = row
            if phone is not None and known != phone.subject:
                raise ErasedMeanwhile("the number was erased since it was read")
            held = _STATE.read(iter(state))
    frontier = json.loads(frontier) if isinstance(frontier, str) else frontier
    head = LedgerHead(
        dealership_id=dealership.pk, size=size, frontier=frontier, last_recorded_at=last_recorded_at
    )
    return head, held


def lock_heads(group_id: int) -> None:
    """Lock the ends of a group's ledgers in the order in which a stop locks them.

    For a transaction that appends to its own before the others'.
    """
    heads = LedgerHead.objects.select_for_update().filter(dealership__group=group_id)
    list(heads.order_by("dealership_id").values_list("pk"))


def stamp(moment: datetime) -> str:
    """Return an aware instant as bodies write it: UTC, microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def commitment(salt: str, evidence: dict[str, Json]) -> str:
    """Return the hex SHA-256 that binds an entry to its evidence without telling it."""
    return hashlib.sha256(bytes.fromhex(salt) + merkle.canonical(evidence)).hexdigest()


def _entry_of(event: ConsentEvent) -> Entry:
    body = json.loads(event.body)
    return Entry(
        index=event.index,
        kind=Kind(event.kind),
        received_at=event.received_at,
        terms={key: value for key, value in body.items() if key not in FRAME},
    )


# --- the projection ------------------------------------------------------------------------------


def state_of(row: ConsentState | None) -> State:
    """Return the pure state that a row of the table copies; no row is the empty state."""
    if row is None:
        return State()
    return State(
        status=Status(row.status),
        level=Level(row.level),
        basis=Basis(row.basis).value if row.basis else "",
        expires_at=row.expires_at,
        implied_until=row.implied_until,
        possession_proven_at=row.possession_proven_at,
        requested_at=row.requested_at,
        request_level=row.request_level,
        basis_index=row.basis_index,
        asked_index=row.asked_index,
        asked_basis_index=row.asked_basis_index,
        changed_at=row.changed_at,
        confirmed_level=row.confirmed_level,
        held=row.held,
        last_index=row.last_index,
        purchased_on=row.purchased_on,
        inquired_on=row.inquired_on,
        names_dealer=row.names_dealer,
        dnc=row.dnc,
        dnc_list_on=row.dnc_list_on,
        rnd=row.rnd,
        rnd_on=row.rnd_on,
        verified_at=row.verified_at,
        is_written=row.is_written,
        is_unbacked=row.is_unbacked,
        declined_at=row.declined_at,
        declined_level=row.declined_level,
        stopped_at=row.stopped_at,
    )


def current_state(phone: PhoneNumber) -> State:
    """Return the number's state as the table has it now: one query."""
    return state_of(ConsentState.objects.filter(phone=phone).first())


def state_of_subject(dealership: Dealership, subject: str) -> State:
    """Return where a number stands at a dealership that may have no contact for it.

    One query where there is a contact, two where there is none: then the entries alone tell.
    """
    row = ConsentState.objects.filter(phone__dealership=dealership, phone__subject=subject).first()
    if row is not None:
        return state_of(row)
    events = ConsentEvent.objects.filter(dealership=dealership, subject=subject).order_by("index")
    return fold(_entry_of(event) for event in events)


def _projected(
    phone: PhoneNumber, event: ConsentEvent, held: ConsentState | None, acting_user: User | None
) -> dict[str, Any]:
    """Return the state after an entry, and its history, as _PROJECT writes them."""
    state = fold([_entry_of(event)], state_of(held))
    columns = {field.name: getattr(state, field.name) for field in fields(state)}
    return {
        **_STATE.values(ConsentState(phone=phone, **columns)),
        "history_date": now(),
        "history_change_reason": f"{event.kind} {event.index}"[:100],
        "history_type": "~" if held else "+",
        "history_user_id": acting_user.pk if acting_user else None,
    }


def project(phone: PhoneNumber) -> State:
    """Return the number's state folded from the ledger alone, from its first entry."""
    return fold(_entry_of(event) for event in entries_of(phone))


def rebuild(phone: PhoneNumber) -> State:
    """Write the state folded from the ledger over whatever the table says, and return it."""
    state = project(phone)
    row = ConsentState.objects.filter(phone=phone).first() or ConsentState(phone=phone)
    for name, value in asdict(state).items():
        setattr(row, name, value)
    row._change_reason = "rebuilt from the ledger"
    row.save()
    return state


def rebuild_stale(dealership: Dealership) -> int:
    """Write the folded state over each that differs from it; return how many did."""
    numbers = PhoneNumber.objects.filter(dealership=dealership).select_related("state")
    stale = [
        phone.pk
        for phone, state in folded(dealership, numbers.order_by("subject").iterator(2000))
        if state_of(getattr(phone, "state", None)) != state
    ]
    for phone in PhoneNumber.objects.filter(pk__in=stale).select_related("dealership"):
        with transaction.atomic():
            _locked_head(phone.dealership)  # no entry comes between the reading and the writing
            rebuild(phone)
    return len(stale)


def catch_up(phone: PhoneNumber) -> None:
    """Give a new contact's number the state of entries that were written before it was one."""
    if entries_of(phone).exists():
        rebuild(phone)


def entries_of(phone: PhoneNumber, *, as_of: datetime | None = None) -> QuerySet[ConsentEvent]:
    """Return the number's entries in their order, those recorded up to `as_of` if it is given."""
    found = ConsentEvent.objects.filter(
        dealership_id=phone.dealership_id, subject=phone.subject
    ).order_by("index")
    return found.filter(recorded_at__lte=as_of) if as_of else found


def state_as_of(phone: PhoneNumber, moment: datetime) -> State:
    """Return what the portal knew of the number at a past instant (promise I8), not yet lapsed.

    Pass it to `projection.effective(…, at=moment)` for the lapses by that instant.
    """
    return fold(_entry_of(event) for event in entries_of(phone, as_of=moment))


def entries_at_size(dealership_id: int, subject: str, size: int) -> QuerySet[ConsentEvent]:
    """Return what a decision could know of a number when the ledger had `size` entries.

    By the subject that the decision names: a number that was erased since has another.
    """
    return ConsentEvent.objects.filter(
        dealership_id=dealership_id, subject=subject, index__lt=size
    ).order_by("index")


def along(events: Iterable[ConsentEvent]) -> Iterator[tuple[ConsentEvent, State]]:
    """Yield each entry with the state after it, from a number's first entry on."""
    state = State()
    for event in events:
        state = fold([_entry_of(event)], state)
        yield event, state


def terms_of(event: ConsentEvent) -> dict[str, Term]:
    """Return the readable terms of an entry, without its frame."""
    return _entry_of(event).terms


def lapsed_state_ids(moment: datetime, *, limit: int) -> list[int]:
    """Return the states whose request or exchange has run out but is not yet written as ended."""
    return list(
        ConsentState.objects.filter(
            status__in=[Status.REQUESTED, Status.CUSTOMER_INITIATED], expires_at__lte=moment
        )
        .order_by("expires_at")
        .values_list("pk", flat=True)[:limit]
    )


def folded(
    dealership: Dealership, phones: Iterator[PhoneNumber]
) -> Iterator[tuple[PhoneNumber, State]]:
    """Yield each number with its folded state: a merge of two streams ordered by subject."""
    events = (
        ConsentEvent.objects.filter(~Q(subject=""), dealership=dealership)
        .order_by("subject", "index")
        .iterator(2000)
    )
    event = next(events, None)
    for phone in phones:
        while event is not None and event.subject < phone.subject:
            event = next(events, None)
        state = State()
        while event is not None and event.subject == phone.subject:
            state = replace(fold([_entry_of(event)], state))
            event = next(events, None)
        yield phone, state
