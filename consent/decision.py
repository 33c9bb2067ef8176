"""Pure: may this text go to this number now? The one decision of the product (promise I1).

No Django, no I/O, no clock: whatever is known stands in Facts. The answer names its reasons, the
legal rules that it applied and, where the time is wrong, the first instant at which it is right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from consent import hours, phones, rules
from consent.kinds import Basis, Status
from consent.levels import Level, allows
from consent.projection import State, dnc_status, effective, ends_soon, relationship


class Purpose(StrEnum):
    """Why a text is sent; people choose among the first three, the rest are the portal's own."""

    CONVERSATIONAL = "conversational"
    INFORMATIONAL = "informational"
    PROMOTIONAL = "promotional"
    PERMISSION_REQUEST = "permission_request"
    CLARIFICATION = "clarification"
    CONFIRMATION = "confirmation"
    STOP_CONFIRMATION = "stop_confirmation"
    HELP_REPLY = "help_reply"


STAFF_PURPOSES = frozenset({Purpose.CONVERSATIONAL, Purpose.INFORMATIONAL, Purpose.PROMOTIONAL})
#: What hours and places bind; the portal's answers to the customer's own word are free of them.
_SOLICITING = STAFF_PURPOSES | {Purpose.PERMISSION_REQUEST}
#: Texts that ask for permission or repeat the question: YES counts as an answer to these alone.
PERMISSION_QUESTIONS = frozenset({Purpose.PERMISSION_REQUEST, Purpose.CLARIFICATION})
#: In Canada a text that asks for permission is itself commercial (CASL s.1(3)): it needs a ground.
GROUNDS_IN_CANADA = frozenset(
    {
        Basis.WEB_FORM,
        Basis.PHONE_UP,
        Basis.WALK_IN,
        Basis.EMAIL,
        Basis.KEYWORD,
        Basis.SIGNED_DOCUMENT,
        Basis.EXISTING_CUSTOMER,
        Basis.REFERRAL,
    }
)


class Outcome(StrEnum):
    """The three answers."""

    ALLOW = "allow"
    DENY = "deny"
    DEFER = "defer"


class Action(StrEnum):
    """The one legal next act that a person is offered."""

    ASK_PERMISSION = "ask_permission"
    LET_CUSTOMER_TEXT = "let_customer_text"
    CALL = "call"
    WAIT = "wait"
    ASK_FOR_OFFERS = "ask_for_offers"
    RECORD_BASIS = "record_basis"
    RESOLVE_PAUSE = "resolve_pause"
    CORRECT_NUMBER = "correct_number"
    ADD_ADDRESS = "add_address"
    SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code for programs, a sentence for people, the id of the legal rule."""

    code: str
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """What may lawfully be done instead."""

    action: Action
    text: str


@dataclass(frozen=True, slots=True)
class Traffic:
    """What messaging knows of the number; consent never reads upward.

    `last_inbound_at`: the customer's last text (aware). `answers`: what the text being sent answers
    ("opt_out" or "help", from the customer, received at `answered_at`). `stop_confirmations`: those
    already sent for that revocation. `solicitations_24h`: promotional texts in the last 24 hours.
    `answered_since_texting`: whether staff answered the customer's first text already.
    """

    last_inbound_at: datetime | None = None
    answers: str = ""
    answered_at: datetime | None = None
    stop_confirmations: int = 0
    solicitations_24h: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the decision may look at.

    `country`: "US", "CA" or "" when it cannot be told. `request_index`: the ledger index of the
    permission request that the text carries, None while it is only being considered.
    `verify_days`: after so long without a sign of life from the handset it is to be verified again;
    None where the dealership has set no limit.
    """

    now: datetime
    purpose: Purpose
    number: str
    state: State
    is_suppressed: bool
    country: str
    region: str = ""
    postal_code: str = ""
    seller_is_active: bool = True
    is_textable_line: bool = True
    request_level: Level = Level.INFORMATIONAL
    request_index: int | None = None
    customer: str = "the customer"
    our_number: str = ""
    traffic: Traffic = Traffic()
    verify_days: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, its reasons, and what it rests on; times are aware, UTC."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    next: Next | None
    rules: tuple[str, ...]
    rule_pack: str
    local_times: tuple[tuple[str, str], ...] = ()
    not_before: datetime | None = None
    status: Status = Status.UNKNOWN
    level: Level = Level.NONE


def decide(facts: Facts) -> Verdict:
    """Say whether one text may go to one number now.

    Returns ALLOW, DENY with at least one Reason, or DEFER with `not_before` (aware, UTC): the
    hours are wrong in at least one zone the number may be in. Raises nothing: what is not known
    is a DENY.

    Law: RULE-US-03, RULE-US-08, RULE-US-11, RULE-US-13, RULE-US-14, RULE-US-15, RULE-US-16,
    RULE-US-17, RULE-US-18, RULE-US-19, RULE-CT-01, RULE-CT-02, RULE-CA-01, RULE-CA-04,
    RULE-CA-05 (docs/legal.md).
    """
    state = effective(facts.state, at=facts.now)
    verdict = _barred(facts) or _by_purpose(facts, state)
    changes = _in_hours(facts, verdict) if verdict.outcome is Outcome.ALLOW else {}
    return replace(verdict, status=state.status, level=state.level, **changes)


def _deny(code: str, text: str, rule: str, action: Next | None) -> Verdict:
    return Verdict(
        Outcome.DENY, (Reason(code, text, rule),), action, (rule,) if rule else (), rules.RULE_PACK
    )


def _allow(code: str, text: str, *applied: str) -> Verdict:
    return Verdict(Outcome.ALLOW, (Reason(code, text, applied[0]),), None, applied, rules.RULE_PACK)


def _call(facts: Facts) -> Next:
    return Next(Action.CALL, f"Call {facts.customer}, if calling is permitted.")


def _only_customer(facts: Facts) -> Next:
    to = f" to {phones.pretty(facts.our_number)}" if facts.our_number else ""
    return Next(
        Action.LET_CUSTOMER_TEXT, f"Only {facts.customer} can undo it, by texting START{to}."
    )


def _barred(facts: Facts) -> Verdict | None:
    """What bars every text whatever its purpose; None when nothing does."""
    if not facts.seller_is_active:
        return _deny("seller_inactive", "This dealership is switched off.", "", None)
    if not facts.country and not phones.is_toll_free(facts.number):
        return _deny(
            "country_unsupported",
            "Only numbers of the United States and Canada can be texted.",
            "RULE-CA-05",
            None,
        )
    if not facts.is_textable_line:
        return _deny(
            "not_textable",
            "The carrier says that this number cannot receive texts.",
            "",
            Next(Action.CORRECT_NUMBER, "Correct the number, or call."),
        )
    if (
        phones.is_toll_free(facts.number)
        and not (facts.region or facts.postal_code)
        and facts.purpose in _SOLICITING
    ):
        return _deny(
            "location_unknown",
            "A toll-free number tells nothing of where its owner is: add the address first.",
            "RULE-US-16",
            Next(Action.ADD_ADDRESS, "Add the customer's address."),
        )
    return None


def _by_purpose(facts: Facts, state: State) -> Verdict:
    if facts.purpose is Purpose.STOP_CONFIRMATION:
        return _stop_confirmation(facts)
    if facts.purpose is Purpose.HELP_REPLY:
        return _help_reply(facts)
    stopped = _stopped(facts, state)
    if stopped is not None:
        return stopped
    if facts.purpose is Purpose.PERMISSION_REQUEST:
        return _permission_request(facts, state)
    if facts.purpose is Purpose.CLARIFICATION:
        if state.status is Status.REQUESTED or state.requested_at is not None:
            return _allow("clarifies", "Repeats the open question once.", "RULE-CT-02")
        return _deny("nothing_asked", "There is no open question to repeat.", "RULE-CT-02", None)
    if facts.purpose is Purpose.CONFIRMATION:
        if state.status is Status.CONFIRMED:
            return _allow("confirms", "Confirms the opt-in.", "RULE-US-19")
        return _deny("not_confirmed", "There is no opt-in to confirm.", "RULE-CT-01", None)
    return _staff_text(facts, state)


def _stopped(facts: Facts, state: State) -> Verdict | None:
    if state.status is Status.WRONG_NUMBER:
        reassigned = state.rnd == "yes"
        return _deny(
            "reassigned" if reassigned else "wrong_number",
            "The Reassigned Numbers Database says that this number has changed hands."
            if reassigned
            else f"Whoever has this number says it is not {facts.customer}'s.",
            "RULE-US-14",
            Next(Action.CORRECT_NUMBER, "Correct the number."),
        )
    if facts.is_suppressed or state.status is Status.REVOKED:
        return _deny(
            "revoked",
            f"{_capital(facts.customer)} told us to stop texting.",
            "RULE-US-11",
            _only_customer(facts),
        )
    if state.status is Status.PAUSED:
        return _deny(
            "possible_opt_out",
            f"{_capital(facts.customer)} may have asked us to stop. Sending is off until a manager "
            "decides.",
            "RULE-US-06",
            Next(Action.RESOLVE_PAUSE, "A manager reads the words and decides, with a reason."),
        )
    return None


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _stop_confirmation(facts: Facts) -> Verdict:
    """The single confirmation after a revocation: within five minutes, once, never later."""
    traffic = facts.traffic
    if traffic.answers != "opt_out" or traffic.answered_at is None:
        return _deny("no_stop", "There is no stop to confirm.", "RULE-US-08", None)
    if traffic.stop_confirmations:
        return _deny("already_confirmed", "The stop was confirmed already.", "RULE-US-08", None)
    limit = timedelta(minutes=rules.STOP_CONFIRMATION_MINUTES)
    if facts.now - traffic.answered_at > limit:
        return _deny(
            "too_late", "More than five minutes have passed since the stop.", "RULE-US-08", None
        )
    return _allow("confirms_stop", "The one confirmation of a stop.", "RULE-US-08", "RULE-US-19")


def _help_reply(facts: Facts) -> Verdict:
    """An answer to the customer's own HELP, whatever their subscription (law §2.2)."""
    traffic = facts.traffic
    if traffic.answers != "help" or traffic.answered_at is None:
        return _deny("no_help", "Nobody asked for help.", "RULE-US-19", None)
    if facts.now - traffic.answered_at > timedelta(minutes=rules.HELP_REPLY_MINUTES):
        return _deny("too_late", "The request for help is too old to answer.", "RULE-US-19", None)
    return _allow("helps", "Answers the customer's HELP.", "RULE-US-19")


def _permission_request(facts: Facts, state: State) -> Verdict:
    if facts.request_index is not None:
        if facts.request_index == state.asked_index and state.requested_at is not None:
            return _allow("asks", "Asks for permission, once for this basis.", "RULE-CT-02")
        return _deny("superseded", "The question is no longer open.", "RULE-CT-02", None)
    if state.status is Status.CONFIRMED and allows(state.level, facts.request_level):
        return _deny("already_confirmed", "Permission is already given.", "RULE-CT-01", None)
    if not state.basis and state.possession_proven_at is None:
        return _deny(
            "no_basis",
            "Nobody has recorded how the dealership got this number.",
            "RULE-CT-01",
            Next(Action.RECORD_BASIS, "Record how you got the number."),
        )
    asks_for_more = (
        state.status is Status.CONFIRMED and state.request_level != facts.request_level.value
    )
    if not state.has_unused_basis and not asks_for_more:
        waiting = state.status is Status.REQUESTED
        return _deny(
            "already_asked",
            f"{_capital(facts.customer)} was asked already"
            + (" and has not answered." if waiting else "."),
            "RULE-CT-02",
            Next(Action.WAIT, "Wait for the answer, or call instead.")
            if waiting
            else Next(
                Action.RECORD_BASIS,
                "Ask again only after a new act of the customer: record it, or let them text you.",
            ),
        )
    if (missing := _ground_missing(facts, state)) is not None:
        return missing
    grounds = ("RULE-CA-04",) if facts.country == "CA" else ("RULE-US-13",)
    return _allow("may_ask", "One permission request for this basis.", "RULE-CT-02", *grounds)


def _ground_missing(facts: Facts, state: State) -> Verdict | None:
    """Refuse an ask that rests on nothing; None where there is a ground.

    Whoever texted or said yes has invited the question. In Canada the question is commercial
    itself; in the United States a bought number carries no consent of ours, and a number on the Do
    Not Call registry needs a relationship.
    """
    first = Next(Action.LET_CUSTOMER_TEXT, "Let the customer text you first.")
    if facts.country == "CA" and not _has_ground_in_canada(facts, state):
        return _deny(
            "no_ground_in_canada",
            "In Canada a text that asks for permission needs a live business relationship, an "
            "inquiry or a referral.",
            "RULE-CA-04",
            first,
        )
    invited = state.status in {Status.CUSTOMER_INITIATED, Status.CONFIRMED, Status.IMPLIED}
    if facts.country == "CA" or invited or _is_related(facts, state):
        return None
    if state.basis == Basis.IMPORT and state.possession_proven_at is None:
        return _deny(
            "no_ground",
            "An imported number alone is no ground to ask: nothing shows that the customer gave it "
            "to this dealership.",
            "RULE-CT-01",
            first,
        )
    if state.basis == Basis.LEAD_PROVIDER and not state.names_dealer:
        return _deny(
            "lead_not_for_us",
            "The consent that came with this lead does not name this dealership, and consent "
            "cannot be handed on.",
            "RULE-CT-01",
            first,
        )
    if state.dnc == "listed":
        return _deny(
            "dnc_listed",
            "The number is on the Do Not Call registry, and no purchase or inquiry is recent "
            "enough to ask.",
            "RULE-US-13",
            first,
        )
    return None


def _is_related(facts: Facts, state: State) -> bool:
    """Say whether an established business relationship is live at the moment (RULE-US-13)."""
    _, until = relationship(state)
    return until is not None and facts.now.astimezone(UTC).date() < until


def _has_ground_in_canada(facts: Facts, state: State) -> bool:
    if state.possession_proven_at is not None and state.status is Status.CUSTOMER_INITIATED:
        return True
    if state.implied_until is not None:
        return facts.now < state.implied_until
    return state.basis in GROUNDS_IN_CANADA and state.basis != Basis.EXISTING_CUSTOMER


def _staff_text(facts: Facts, state: State) -> Verdict:
    needed = Level(facts.purpose.value)
    is_offer = needed is Level.PROMOTIONAL
    unrelated = _unrelated(facts, state) if is_offer else None
    if allows(state.level, needed):
        if unrelated is not None:
            return unrelated
        if _is_unverified(facts, state):
            return _deny(
                "not_verified",
                f"{_capital(facts.customer)} has not texted from this number for longer than this "
                "dealership allows: it may have changed hands.",
                "RULE-US-14",
                Next(Action.LET_CUSTOMER_TEXT, "Let them text you, or check the number again."),
            )
        over = facts.traffic.solicitations_24h >= rules.SOLICITATIONS_PER_24H
        if is_offer and over:
            return _deny(
                "cap_reached",
                f"{rules.SOLICITATIONS_PER_24H} offers went to this number in the last 24 hours.",
                "RULE-US-17",
                Next(Action.WAIT, "Wait until tomorrow."),
            )
        applied = ("RULE-US-13", "RULE-US-17") if is_offer else ()
        return _warned(
            facts,
            state,
            _allow(
                f"level_{state.level.value}",
                _HELD_TEXT.get(state.status, "Permitted."),
                "RULE-US-03",
                *applied,
            ),
        )
    verdict = _level_missing(facts, state)
    if unrelated is None:
        return verdict
    return replace(
        verdict,
        reasons=(*verdict.reasons, *unrelated.reasons),
        rules=_union(verdict.rules, unrelated.rules),
    )


def _unrelated(facts: Facts, state: State) -> Verdict | None:
    """Refuse an offer that neither a written consent, a relationship nor the registry permits."""
    if facts.country == "CA" or state.is_written or _is_related(facts, state):
        return None
    status = dnc_status(state, on=facts.now.astimezone(UTC).date())
    if status == "not_listed":
        return None
    text = (
        "The number is on the Do Not Call registry"
        if status == "listed"
        else "It is not known whether the number is on the Do Not Call registry"
    )
    return _deny(
        f"dnc_{status}",
        f"{text}, there is no written consent to offers, and no purchase or inquiry is recent "
        "enough.",
        "RULE-US-13",
        Next(Action.ASK_FOR_OFFERS, f"Ask {facts.customer} for permission to send offers."),
    )


def _is_unverified(facts: Facts, state: State) -> bool:
    """Say whether the handset has been silent for longer than the dealership allows.

    An answer "no" of the Reassigned Numbers Database counts as a sign of life on its day.
    """
    if facts.verify_days is None:
        return False
    signs = [moment for moment in (state.verified_at, facts.traffic.last_inbound_at) if moment]
    days = [moment.astimezone(UTC).date() for moment in signs]
    if state.rnd == "no" and state.rnd_on is not None:
        days.append(state.rnd_on)
    oldest = facts.now.astimezone(UTC).date() - timedelta(days=facts.verify_days)
    return max(days, default=oldest) <= oldest


def _warned(facts: Facts, state: State, verdict: Verdict) -> Verdict:
    """Add that an implied consent is about to end, so that a YES is asked for in time."""
    days = ends_soon(state, at=facts.now) if state.status is Status.IMPLIED else None
    if days is None:
        return verdict
    text = f"The implied consent ends in {days} days: ask for a YES before."
    return replace(
        verdict,
        reasons=(*verdict.reasons, Reason("implied_ends_soon", text, "RULE-CA-01")),
        rules=_union(verdict.rules, ("RULE-CA-01",)),
    )


_HELD_TEXT = {
    Status.CONFIRMED: "The customer said yes to these texts.",
    Status.CUSTOMER_INITIATED: "The customer texted first and is being answered.",
    Status.IMPLIED: "An implied consent is live and possession of the handset is proven.",
}


def _level_missing(facts: Facts, state: State) -> Verdict:
    who = facts.customer
    ask = Next(Action.ASK_PERMISSION, f"Ask {who} for permission.")
    may_ask = _permission_request(
        replace(facts, purpose=Purpose.PERMISSION_REQUEST, request_index=None), state
    )
    match state.status:
        case Status.REQUESTED:
            return _deny(
                "awaiting_answer",
                f"{_capital(who)} was asked and has not answered YES.",
                "RULE-CT-01",
                Next(Action.WAIT, "Wait for YES, or call instead."),
            )
        case Status.DECLINED:
            return _deny("declined", f"{_capital(who)} said no.", "RULE-CT-01", _call(facts))
        case Status.CONFIRMED:
            return _deny(
                "level_too_low",
                f"{_capital(who)} agreed to answers and service texts, not to offers.",
                "RULE-US-03",
                Next(Action.ASK_FOR_OFFERS, f"Ask {who} for permission to send offers too."),
            )
        case Status.CUSTOMER_INITIATED | Status.IMPLIED:
            return _deny(
                "level_too_low",
                f"{_capital(who)} may be answered, but has not agreed to other texts.",
                "RULE-US-03",
                ask if may_ask.outcome is Outcome.ALLOW else may_ask.next,
            )
        case Status.EXPIRED:
            code, text = "expired", f"The permission asked of {who} has lapsed without a YES."
        case _:
            code, text = "no_permission", f"Nobody has asked {who} for permission yet."
    return _deny(
        code, text, "RULE-CT-01", ask if may_ask.outcome is Outcome.ALLOW else may_ask.next
    )


def _in_hours(facts: Facts, verdict: Verdict) -> dict[str, Any]:
    """Return what the hours change: the recipient's local times; a text put off where not now."""
    window = hours.window(facts.number, state=facts.region, zip=facts.postal_code, at=facts.now)
    found: dict[str, Any] = {"local_times": window.local_times}
    if facts.purpose not in _SOLICITING:
        return found | {"rules": _union(verdict.rules, ("RULE-US-19",))}
    if window.open:
        return found | {"rules": _union(verdict.rules, window.rules)}
    last = facts.traffic.last_inbound_at
    is_reply = last is not None and facts.now - last <= timedelta(
        minutes=rules.REPLY_EXEMPTION_MINUTES
    )
    if is_reply and facts.purpose is not Purpose.PROMOTIONAL:
        return found | {
            "reasons": (
                *verdict.reasons,
                Reason("direct_reply", "Answers a text received within the hour.", "RULE-US-18"),
            ),
            "rules": _union(verdict.rules, ("RULE-US-18",)),
        }
    return found | {
        "outcome": Outcome.DEFER,
        "not_before": window.opens_at,
        "reasons": (
            Reason(
                "quiet_hours",
                "It is outside the permitted hours where the customer may be.",
                window.rules[0] if window.rules else "RULE-US-15",
            ),
        ),
        "rules": _union(verdict.rules, window.rules),
        "next": Next(Action.SCHEDULE, "It goes out when the hours begin."),
    }


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
