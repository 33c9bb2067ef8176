"""Pure: what the decision looks at and what it answers, as values; see consent.decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consent import rules
from consent.hours import NOT_TIGHTER, Tighter
from consent.kinds import Status
from consent.levels import Level
from consent.projection import State


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

    `last_inbound_at`: the last text from the handset (aware). `last_said_at`: the last of a day
    that was a message to us, no tapback and no automatic reply. `answers`: what the text being sent
    answers ("opt_out" or "help", from the customer, received at `answered_at`).
    `stop_confirmations`: those already sent for that revocation. `solicitations_24h`: promotional
    texts in the last 24 hours.
    """

    last_inbound_at: datetime | None = None
    last_said_at: datetime | None = None
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
    None where the dealership has set no limit. `reply_minutes`: for so long after the customer's
    text an answer is a direct reply. `tighter`: what the dealership asks of itself beyond the law.
    `words`: what the text's words say about its purpose, where they say more than its sender did.
    `suppressed_by`: how the stop came ("text:keyword", "carrier:carrier_21610"), "" if not known.
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
    reply_minutes: int = rules.REPLY_EXEMPTION_MINUTES
    tighter: Tighter = NOT_TIGHTER
    words: Reason | None = None
    suppressed_by: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, its reasons, and what it rests on; times are aware, UTC.

    `rows`: the rows of the rule pack that were weighed; `sources`: what told the place ("address",
    "area_code"); both empty where no hours had to be looked at.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    next: Next | None
    rules: tuple[str, ...]
    rule_pack: str
    local_times: tuple[tuple[str, str], ...] = ()
    not_before: datetime | None = None
    status: Status = Status.UNKNOWN
    level: Level = Level.NONE
    rows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def deny(code: str, text: str, rule: str, action: Next | None) -> Verdict:
    """Return a refusal with its one reason."""
    return Verdict(
        Outcome.DENY, (Reason(code, text, rule),), action, (rule,) if rule else (), rules.RULE_PACK
    )


def allow(code: str, text: str, *applied: str) -> Verdict:
    """Return a permission, with the ids of the rules it rests on."""
    return Verdict(Outcome.ALLOW, (Reason(code, text, applied[0]),), None, applied, rules.RULE_PACK)


def union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """Return both, each item once, in their order."""
    return tuple(dict.fromkeys((*first, *second)))


def capital(name: str) -> str:
    """Return a name as it begins a sentence."""
    return name[:1].upper() + name[1:]
