"""Pure: what a number's ledger entries add up to. The state table is only a copy of this fold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from consent import rules
from consent.kinds import BASIS_KINDS, STOPPED, Kind, Status
from consent.levels import Level


@dataclass(frozen=True, slots=True)
class Entry:
    """The part of one ledger entry that the state depends on.

    `terms` is the entry's body without its frame: strings, integers, booleans and None only.
    """

    index: int
    kind: Kind
    received_at: datetime
    terms: dict[str, str | int | bool | None] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return one of the terms as text, "" when it is missing."""
        value = self.terms.get(key)
        return value if isinstance(value, str) else ""

    def instant(self, key: str) -> datetime | None:
        """Return one of the terms as an aware datetime, None when it is missing."""
        value = self.text(key)
        return datetime.fromisoformat(value) if value else None


@dataclass(frozen=True, slots=True)
class State:
    """Where one number stands at one dealership, as the ledger says; times are aware UTC."""

    status: Status = Status.UNKNOWN
    level: Level = Level.NONE
    basis: str = ""
    expires_at: datetime | None = None
    implied_until: datetime | None = None
    possession_proven_at: datetime | None = None
    requested_at: datetime | None = None
    request_level: str = ""
    basis_index: int | None = None
    asked_index: int | None = None
    asked_basis_index: int | None = None
    changed_at: datetime | None = None
    confirmed_level: str = ""
    held: dict[str, str] | None = None
    last_index: int = -1

    @property
    def is_stopped(self) -> bool:
        """Whether only the customer can open this number again."""
        return self.status in STOPPED

    @property
    def has_unused_basis(self) -> bool:
        """Whether there is a basis that no permission request was spent on (RULE-CT-02)."""
        return self.basis_index is not None and (
            self.asked_basis_index is None or self.basis_index > self.asked_basis_index
        )


def fold(entries: Iterable[Entry], state: State | None = None) -> State:
    """Return the state after these entries, in their order, beginning from `state`."""
    result = state or State()
    for entry in entries:
        result = replace(_after(result, entry), last_index=entry.index)
    return result


def effective(state: State, *, at: datetime) -> State:
    """Return the state as it counts at an instant: lapsed requests and exchanges have ended.

    An implied consent (Canada) opens only once possession of the handset is proven (design §8).
    """
    for status in (Status.CUSTOMER_INITIATED, Status.REQUESTED):
        if state.status is status and state.expires_at and at >= state.expires_at:
            state = _lapsed(state)
    if (
        state.status in {Status.UNKNOWN, Status.EXPIRED, Status.REQUESTED}
        and state.possession_proven_at is not None
        and state.implied_until is not None
        and at < state.implied_until
    ):
        state = replace(
            state, status=Status.IMPLIED, level=Level.INFORMATIONAL, expires_at=state.implied_until
        )
    return state


def _lapsed(state: State) -> State:
    """End a request, or an exchange; a question that is still open outlives the exchange."""
    if state.status is Status.CUSTOMER_INITIATED and state.requested_at is not None:
        return replace(
            state,
            status=Status.REQUESTED,
            level=Level.NONE,
            expires_at=state.requested_at + timedelta(days=rules.PERMISSION_EXPIRY_DAYS),
        )
    return replace(
        state, status=Status.EXPIRED, level=Level.NONE, expires_at=None, requested_at=None
    )


def _after(state: State, entry: Entry) -> State:
    if entry.kind in BASIS_KINDS:
        return _with_basis(state, entry)
    # A pause is lifted by a manager, the customer's START, or swallowed by a stop; all else waits.
    if state.status is Status.PAUSED and entry.kind not in {
        Kind.REVOKED,
        Kind.WRONG_NUMBER,
        Kind.CARRIER_BLOCKED,
        Kind.PAUSE_LIFTED,
        Kind.RESTORED_BY_CUSTOMER,
    }:
        return state
    if state.is_stopped and entry.kind not in {Kind.RESTORED_BY_CUSTOMER, Kind.WRONG_NUMBER}:
        return state
    match entry.kind:
        case Kind.OPT_IN_REQUESTED:
            return _requested(state, entry)
        case Kind.OPT_IN_REQUEST_FAILED:
            return _request_failed(state, entry)
        case Kind.OPT_IN_CONFIRMED:
            return _confirmed(state, entry)
        case Kind.DECLINED:
            return _declined(state, entry)
        case Kind.EXPIRED | Kind.EXCHANGE_ENDED:
            if state.status in {Status.REQUESTED, Status.CUSTOMER_INITIATED}:
                return replace(_lapsed(state), changed_at=entry.received_at)
            return state
        case Kind.CUSTOMER_TEXTED_FIRST | Kind.CUSTOMER_TEXTED_AGAIN:
            return _customer_texted(state, entry)
        case Kind.REVOKED | Kind.CARRIER_BLOCKED:
            return replace(_changed(state, entry, Status.REVOKED, Level.NONE), held=None)
        case Kind.WRONG_NUMBER:
            # Whoever holds the handset is another person: nothing of the old consent is kept.
            return State(
                status=Status.WRONG_NUMBER, changed_at=entry.received_at, basis=state.basis
            )
        case Kind.POSSIBLE_OPT_OUT:
            return _paused(state, entry)
        case Kind.PAUSE_LIFTED:
            return _unpaused(state, entry)
        case Kind.RESTORED_BY_CUSTOMER:
            return _restored(state, entry)
        case _:
            return state


def _changed(state: State, entry: Entry, status: Status, level: Level) -> State:
    return replace(state, status=status, level=level, expires_at=None, changed_at=entry.received_at)


def _with_basis(state: State, entry: Entry) -> State:
    implied = entry.instant("implied_until")
    if implied is None or (state.implied_until and state.implied_until > implied):
        implied = state.implied_until
    return replace(
        state,
        basis=entry.text("basis") or state.basis,
        basis_index=entry.index,
        implied_until=implied,
        changed_at=state.changed_at or entry.received_at,
    )


def _requested(state: State, entry: Entry) -> State:
    asked = replace(
        state,
        requested_at=entry.received_at,
        request_level=entry.text("level"),
        asked_index=entry.index,
        asked_basis_index=state.basis_index,
    )
    # Who may be answered already stays open while the question is out.
    if state.status in {Status.CUSTOMER_INITIATED, Status.CONFIRMED}:
        return asked
    return replace(
        asked,
        status=Status.REQUESTED,
        level=Level.NONE,
        expires_at=entry.received_at + timedelta(days=rules.PERMISSION_EXPIRY_DAYS),
        changed_at=entry.received_at,
    )


def _request_failed(state: State, entry: Entry) -> State:
    if state.asked_index != entry.terms.get("request_index"):
        return state
    undone = replace(
        state, requested_at=None, request_level="", asked_index=None, asked_basis_index=None
    )
    if state.status is Status.REQUESTED:
        return _changed(undone, entry, Status.UNKNOWN, Level.NONE)
    return undone


def _declined(state: State, entry: Entry) -> State:
    """A no to the question; whoever agreed to service texts and declines offers keeps those."""
    answered = replace(state, requested_at=None)
    if state.status is Status.CONFIRMED:
        return answered
    return _changed(answered, entry, Status.DECLINED, Level.NONE)


def _confirmed(state: State, entry: Entry) -> State:
    level = max(Level(entry.text("level")), state.level, key=lambda held: held.rank)
    return replace(
        _changed(state, entry, Status.CONFIRMED, level),
        possession_proven_at=state.possession_proven_at or entry.received_at,
        confirmed_level=level.value,
        requested_at=None,
    )


def _customer_texted(state: State, entry: Entry) -> State:
    texted = replace(
        state,
        possession_proven_at=state.possession_proven_at or entry.received_at,
        basis_index=entry.index,
    )
    if state.status is Status.CONFIRMED:
        return texted
    return replace(
        _changed(texted, entry, Status.CUSTOMER_INITIATED, Level.CONVERSATIONAL),
        expires_at=entry.received_at + timedelta(days=rules.CUSTOMER_INITIATED_DAYS),
    )


def _paused(state: State, entry: Entry) -> State:
    held = {
        "status": state.status.value,
        "level": state.level.value,
        "expires_at": state.expires_at.isoformat() if state.expires_at else "",
    }
    return replace(_changed(state, entry, Status.PAUSED, Level.NONE), held=held)


def _unpaused(state: State, entry: Entry) -> State:
    if state.status is not Status.PAUSED or state.held is None:
        return state
    expires_at = state.held["expires_at"]
    return replace(
        state,
        status=Status(state.held["status"]),
        level=Level(state.held["level"]),
        expires_at=datetime.fromisoformat(expires_at) if expires_at else None,
        changed_at=entry.received_at,
        held=None,
    )


def _restored(state: State, entry: Entry) -> State:
    """START or UNSTOP from the handset: back to the service texts agreed to before, or to answers.

    Offers are not restored: the word START was shown no advertising disclosure (RULE-US-01).
    """
    restored = replace(
        state,
        possession_proven_at=state.possession_proven_at or entry.received_at,
        basis_index=entry.index,
        held=None,
    )
    if state.confirmed_level:
        return replace(
            _changed(restored, entry, Status.CONFIRMED, Level.INFORMATIONAL),
            confirmed_level=Level.INFORMATIONAL.value,
        )
    return replace(
        _changed(restored, entry, Status.CUSTOMER_INITIATED, Level.CONVERSATIONAL),
        expires_at=entry.received_at + timedelta(days=rules.CUSTOMER_INITIATED_DAYS),
    )
