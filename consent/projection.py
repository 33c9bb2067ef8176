"""Pure: what a number's ledger entries add up to. The state table is only a copy of this fold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from consent import rules
from consent.kinds import BASIS_KINDS, LIST_KINDS, STOPPED, Basis, Kind, Status
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

    def day(self, key: str) -> date | None:
        """Return one of the terms as a day, None when it is missing."""
        value = self.text(key)
        return date.fromisoformat(value) if value else None


#: What the ledger has a new entry say beside its writer's terms, so that those from before it was
#: said fold as they did then (promise I8): a stop, and another holder, end the basis too.
SAID_BY_NEW: dict[Kind, dict[str, bool]] = {
    kind: {"ends_basis": True}
    for kind in (Kind.REVOKED, Kind.CARRIER_BLOCKED, Kind.WRONG_NUMBER, Kind.RND_CHECKED)
}


@dataclass(frozen=True, slots=True)
class State:
    """Where one number stands at one dealership, as the ledger says; times are aware UTC.

    `purchased_on`, `inquired_on`: the latest of each, from which the relationship is counted.
    `names_dealer`: whether the latest basis, if it is a bought lead, brought a consent that names
    this seller. `dnc` ("listed", "not_listed", "") with the day of the list; `rnd` ("yes", "no",
    "no_data", "") with the day of the query. `verified_at`: the last sign of life from the handset.
    `is_unbacked`: whether the latest basis lacks what makes it a ground in Canada.
    `declined_at`, `declined_level`: the last no, and the most that was ever refused, until a YES
    to it. `stopped_at`: the last stop, which ended what was before it, also after a START.
    `is_written`: whether offers were agreed to in writing, as 47 CFR 64.1200(f)(9) wants.
    """

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
    purchased_on: date | None = None
    inquired_on: date | None = None
    names_dealer: bool = False
    dnc: str = ""
    dnc_list_on: date | None = None
    rnd: str = ""
    rnd_on: date | None = None
    verified_at: datetime | None = None
    is_written: bool = False
    is_unbacked: bool = False
    declined_at: datetime | None = None
    declined_level: str = ""
    stopped_at: datetime | None = None

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


def effective(state: State, *, at: datetime, country: str) -> State:
    """Return the state as it counts at an instant: lapsed requests and exchanges have ended.

    An implied consent opens only in Canada, whose law knows it, and only once possession of the
    handset is proven (design §8). `country`: where the customer is (PhoneNumber.country).
    """
    for status in (Status.CUSTOMER_INITIATED, Status.REQUESTED):
        if state.status is status and state.expires_at and at >= state.expires_at:
            state = _lapsed(state)
    if (
        country == "CA"
        and state.status in {Status.UNKNOWN, Status.EXPIRED, Status.REQUESTED}
        and state.possession_proven_at is not None
        and state.implied_until is not None
        and at < state.implied_until
    ):
        state = replace(
            state, status=Status.IMPLIED, level=Level.INFORMATIONAL, expires_at=state.implied_until
        )
    return state


def relationship(state: State) -> tuple[str, date | None]:
    """Return the established business relationship: "purchase" or "inquiry", and its last day + 1.

    ("", None) when there is none. It holds on the days before the one returned; of two the one
    that lasts longer counts.

    Law: RULE-US-13.
    """
    bought = state.purchased_on and rules.add_months(state.purchased_on, rules.EBR_PURCHASE_MONTHS)
    asked = state.inquired_on and rules.add_months(state.inquired_on, rules.EBR_INQUIRY_MONTHS)
    if bought and (asked is None or bought >= asked):
        return "purchase", bought
    return ("inquiry", asked) if asked else ("", None)


def dnc_status(state: State, *, on: date) -> str:
    """Return "listed", "not_listed" or "unknown" as the registry's data count on a day.

    That a number is not listed counts for 31 days; a listing counts until a newer list clears it.

    Law: RULE-US-13; 47 CFR 64.1200(c)(2)(i).
    """
    if state.dnc == "not_listed" and state.dnc_list_on is not None:
        is_fresh = (on - state.dnc_list_on).days <= rules.DNC_DATA_DAYS
        return "not_listed" if is_fresh else "unknown"
    return state.dnc or "unknown"


def ends_soon(state: State, *, at: datetime) -> int | None:
    """Return in how many days an implied consent ends, None when that is more than 30 away.

    Law: RULE-CA-01.
    """
    if state.implied_until is None or not at < state.implied_until:
        return None
    days = (state.implied_until - at).days
    return days if days <= rules.CASL_WARNING_DAYS else None


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
    if entry.kind in LIST_KINDS:
        return _listed(state, entry)
    if entry.kind is Kind.ERASED:
        return _erased(state, entry)
    # A pause is lifted by a manager, the customer's START, or swallowed by a stop; a no, and a
    # question that never went out, count for when it is lifted, all else waits.
    if state.status is Status.PAUSED and entry.kind is Kind.DECLINED:
        is_told = entry.terms.get("ends_implied") is True
        return _while_paused(state, entry, _declined) if is_told else state
    if state.status is Status.PAUSED and entry.kind is Kind.OPT_IN_REQUEST_FAILED:
        return _while_paused(state, entry, _request_failed)
    if state.status is Status.PAUSED and entry.kind not in {
        Kind.REVOKED,
        Kind.WRONG_NUMBER,
        Kind.CARRIER_BLOCKED,
        Kind.PAUSE_LIFTED,
        Kind.RESTORED_BY_CUSTOMER,
    }:
        return state
    if state.is_stopped and entry.kind not in {
        Kind.RESTORED_BY_CUSTOMER,
        Kind.WRONG_NUMBER,
        Kind.OPT_IN_REQUEST_FAILED,
    }:
        return _stopped_again(state, entry)
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
            return _revoked(state, entry)
        case Kind.WRONG_NUMBER:
            return _not_theirs(state, entry)
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
    """Take what brought the number; what was recorded before changes nothing when typed again."""
    if entry.terms.get("repeats") is True:
        return state
    moment, received_on = entry.text("moment"), entry.received_at.date()
    day = min(entry.day("on") or received_on, received_on)
    is_new = _is_new_act(state, entry)
    # An entry from before `moment` was noted counts as it did then (promise I8). What is recorded
    # during a stop implies nothing, for a second stop leaves no entry to end it, and counts for a
    # relationship only where it is later than the stop.
    during_stop = bool(moment) and state.is_stopped
    is_past = bool(moment) and _is_before_stop(state, entry, day)
    counts = is_new and not during_stop and not is_past
    is_old_news = is_past and not state.is_stopped  # no new act since the START
    implied = entry.instant("implied_until") if counts else None
    if implied is None or (state.implied_until and state.implied_until > implied):
        implied = state.implied_until
    basis = entry.text("basis")
    names_dealer = entry.terms.get("names_dealer") is True
    is_bought = entry.kind is Kind.PURCHASED and bool(entry.text("on"))
    is_inquiry = moment != "unread" and (
        entry.kind is Kind.INQUIRED
        or (entry.kind is Kind.LEAD_RECEIVED and (basis == Basis.WEB_FORM or names_dealer))
    )
    # Of an inquiry whose day nobody knows it cannot be said that it came after a no.
    is_placed = is_new or entry.day("on") is not None or moment == "said"
    return replace(
        state,
        basis=basis or state.basis,
        basis_index=entry.index if is_new and not is_old_news else state.basis_index,
        implied_until=implied,
        # A purchase without a day starts no clock.
        purchased_on=_later(state.purchased_on, day, is_bought and not is_past),
        inquired_on=_later(state.inquired_on, day, is_inquiry and not is_past and is_placed),
        names_dealer=names_dealer,
        is_unbacked=entry.terms.get("unbacked") is True or (is_past and state.is_unbacked),
        changed_at=state.changed_at or entry.received_at,
    )


def _is_before_stop(state: State, entry: Entry, day: date) -> bool:
    """Say whether the last stop ended what is recorded here, however late somebody types it.

    Within the stop's own day only the hour of what was said after a START tells.
    """
    stopped_at = state.stopped_at or (state.changed_at if state.is_stopped else None)
    if stopped_at is None:
        return False
    if not state.is_stopped and entry.day("on") is None:
        return entry.received_at <= stopped_at
    return day <= stopped_at.date()


def _is_new_act(state: State, entry: Entry) -> bool:
    """Say whether a basis lets the question be asked again (RULE-CT-02).

    After a no only what its own day or hour shows to be later does.
    An entry from before this was noted counts as it did then (promise I8).
    """
    moment = entry.text("moment")
    said_no = Status.DECLINED in {state.status, (state.held or {}).get("status")}
    no_at = state.declined_at or (state.changed_at if said_no else None)
    if not moment or no_at is None:
        return True
    day = entry.day("on")
    if day is not None:
        return day > no_at.date()
    return moment == "said" and entry.received_at > no_at


def _later(known: date | None, day: date, counts: bool) -> date | None:
    """Return the later of two days; the new one only where it counts."""
    if not counts:
        return known
    return day if known is None else max(known, day)


def _listed(state: State, entry: Entry) -> State:
    """Take what a list says: of two lists the newer, of the same day the one that forbids."""
    if entry.kind is Kind.RND_CHECKED:
        return _reassignment(state, entry)
    received_on = entry.received_at.date()
    day = min(entry.day("list_date") or received_on, received_on)
    is_listed = entry.kind is Kind.DNC_LISTED
    known = state.dnc_list_on
    if known is not None and (day < known or (day == known and not is_listed)):
        return state
    return replace(state, dnc="listed" if is_listed else "not_listed", dnc_list_on=day)


def _reassignment(state: State, entry: Entry) -> State:
    """Take an answer of the Reassigned Numbers Database.

    "yes" is about the day asked about: where the handset answered later, the one who has it now
    did. Else nothing of the old consent is kept. Law: RULE-US-14.
    """
    known = replace(
        state, rnd=entry.text("answer"), rnd_on=entry.day("on") or entry.received_at.date()
    )
    asked_about = entry.day("consent_on")
    answered_since = (
        state.verified_at is not None
        and asked_about is not None
        and asked_about < state.verified_at.date()
    )
    if known.rnd != "yes" or answered_since or state.is_stopped:
        return known
    return _not_theirs(known, entry)


def _ends_basis(entry: Entry) -> bool:
    """Say whether the basis is no ground any more either."""
    return entry.terms.get("ends_basis") is True


def _not_theirs(state: State, entry: Entry) -> State:
    """Whoever holds the handset is another person: nothing of the old consent is kept.

    The basis tells how the number came, but it is no ground to ask whoever has it now.
    """
    return State(
        status=Status.WRONG_NUMBER,
        changed_at=entry.received_at,
        stopped_at=_latest(state.stopped_at, entry.received_at),
        basis=state.basis,
        is_unbacked=_ends_basis(entry),
        dnc=state.dnc,
        dnc_list_on=state.dnc_list_on,
        rnd=state.rnd,
        rnd_on=state.rnd_on,
    )


def _erased(state: State, entry: Entry) -> State:
    """Keep what forbids and nothing that allows: the proof of what allowed is destroyed.

    A stop stays a stop and a no a no; a doubt that nobody can settle any more becomes a stop.
    Law: RULE-US-04.
    """
    status = Status.UNKNOWN
    if state.is_stopped or state.status is Status.DECLINED:
        status = state.status
    elif state.status is Status.PAUSED:
        status = Status.REVOKED
    return State(
        status=status,
        changed_at=entry.received_at,
        stopped_at=state.stopped_at,
        declined_at=state.declined_at,
        declined_level=state.declined_level,
        dnc=state.dnc,
        dnc_list_on=state.dnc_list_on,
        rnd=state.rnd,
        rnd_on=state.rnd_on,
    )


def _revoked(state: State, entry: Entry) -> State:
    """A stop ends the relationship too: 47 CFR 64.1200(f)(5)(i), CASL s.11."""
    return replace(
        _changed(state, entry, Status.REVOKED, Level.NONE),
        held=None,
        stopped_at=_latest(state.stopped_at, entry.received_at),
        implied_until=None,
        purchased_on=None,
        inquired_on=None,
        is_unbacked=state.is_unbacked or _ends_basis(entry),
        is_written=False,
    )


def _stopped_again(state: State, entry: Entry) -> State:
    """A stop told once more ends what came since, and only a START after it lifts it."""
    if entry.kind is not Kind.REVOKED or entry.terms.get("repeats") is not True:
        return state
    said_at = _latest(state.changed_at, entry.received_at)
    last_day = said_at.date()
    return replace(
        state,
        changed_at=said_at,
        stopped_at=_latest(state.stopped_at, said_at),
        purchased_on=_only_after(state.purchased_on, last_day),
        inquired_on=_only_after(state.inquired_on, last_day),
        is_unbacked=True,
    )


def _latest(known: datetime | None, moment: datetime) -> datetime:
    return moment if known is None else max(known, moment)


def _only_after(known: date | None, last_day: date) -> date | None:
    return known if known is not None and known > last_day else None


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
    """A no to the question; whoever agreed to service texts and declines offers keeps those.

    What was implied ends with it, as a consent does that is withdrawn (CASL s.11), where the entry
    says so: an older one leaves what the portal then knew (promise I8).
    """
    answered = replace(state, requested_at=None, verified_at=entry.received_at)
    ends = entry.terms.get("ends_implied") is True
    if ends:
        refused = max(
            state.declined_level, state.request_level, key=lambda level: Level(level or "none").rank
        )
        answered = replace(answered, declined_at=entry.received_at, declined_level=refused)
    if state.status is Status.CONFIRMED:
        return answered
    return replace(
        _changed(answered, entry, Status.DECLINED, Level.NONE),
        implied_until=None if ends else state.implied_until,
    )


def _while_paused(state: State, entry: Entry, change: Callable[[State, Entry], State]) -> State:
    """Change what is held for after the pause, while a manager decides."""
    if state.held is None:
        return state
    after = change(replace(state, status=Status(state.held["status"])), entry)
    kept = state.held if after.status.value == state.held["status"] else _held(after)
    return replace(
        after, status=Status.PAUSED, level=Level.NONE, changed_at=state.changed_at, held=kept
    )


def _confirmed(state: State, entry: Entry) -> State:
    given = Level(entry.text("level"))
    level = max(given, state.level, key=lambda held: held.rank)
    is_written = given is Level.PROMOTIONAL and entry.terms.get("is_written") is not False
    said_no = bool(state.declined_level) and Level(state.declined_level).rank > given.rank
    return replace(
        _changed(state, entry, Status.CONFIRMED, level),
        declined_at=state.declined_at if said_no else None,
        declined_level=state.declined_level if said_no else "",
        possession_proven_at=state.possession_proven_at or entry.received_at,
        confirmed_level=level.value,
        requested_at=None,
        verified_at=entry.received_at,
        is_written=state.is_written or is_written,
    )


def _customer_texted(state: State, entry: Entry) -> State:
    texted = replace(
        state,
        possession_proven_at=state.possession_proven_at or entry.received_at,
        basis_index=entry.index,
        verified_at=entry.received_at,
    )
    if state.status is Status.CONFIRMED:
        return texted
    return replace(
        _changed(texted, entry, Status.CUSTOMER_INITIATED, Level.CONVERSATIONAL),
        expires_at=entry.received_at + timedelta(days=rules.CUSTOMER_INITIATED_DAYS),
    )


def _paused(state: State, entry: Entry) -> State:
    return replace(_changed(state, entry, Status.PAUSED, Level.NONE), held=_held(state))


def _held(state: State) -> dict[str, str]:
    return {
        "status": state.status.value,
        "level": state.level.value,
        "expires_at": state.expires_at.isoformat() if state.expires_at else "",
    }


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
        verified_at=entry.received_at,
        is_written=False,
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
