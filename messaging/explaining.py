"""The full record behind one text: why it was sent or refused, on what, by whom, and its fate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Dealership, User
from consent import ledger, proofs
from consent.decision import Outcome
from consent.kinds import BASIS_KINDS, LIST_KINDS, STOP_KINDS, Kind, Status
from consent.levels import Level
from consent.models import ConsentEvent, Decision, Disclosure
from consent.presentation import ENTRY_WORDS
from consent.projection import State
from consent.rules import RULES, Rule
from messaging import failures
from messaging.models import DeliveryEvent, Message

#: The entries on which a decision rests: what gave, changed or took the permission.
_COUNTS = (
    BASIS_KINDS
    | LIST_KINDS
    | STOP_KINDS
    | {
        Kind.CERTIFICATE_CHECKED,
        Kind.ERASED,
        Kind.OPT_IN_REQUESTED,
        Kind.OPT_IN_CONFIRMED,
        Kind.DECLINED,
        Kind.EXPIRED,
        Kind.CUSTOMER_TEXTED_FIRST,
        Kind.CUSTOMER_TEXTED_AGAIN,
        Kind.EXCHANGE_ENDED,
        Kind.POSSIBLE_OPT_OUT,
        Kind.PAUSE_LIFTED,
        Kind.RESTORED_BY_CUSTOMER,
    }
)
#: What opens a window of days or closes one: the entry that set each decides too.
_OPENS = ("implied_until", "purchased_on", "inquired_on", "declined_at", "stopped_at")
#: So many of the newest are shown, beside those that decided.
MOST_ENTRIES = 30
#: Proofs are made for the entries that decided, and for so many of the newest.
MOST_PROOFS = 5


@dataclass(frozen=True, slots=True)
class Ground:
    """One ledger entry that the decision knew: what happened, in which words, and its proof."""

    index: int
    kind: Kind
    words: str
    received_at: datetime
    recorded_at: datetime
    shown: str
    said: str
    disclosure: Disclosure | None
    proof: proofs.Inclusion | None
    leaf_hash: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to the text."""

    at: datetime
    what: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All of it. `state`: where the number stood, and counted, when it was decided (promise I8).

    `held`: it was put off to another hour, neither allowed nor refused. `left_out`: how many more
    entries there were then.
    """

    message: Message
    decision: Decision | None
    allowed: bool
    held: bool
    state: State
    left_out: int
    rules: tuple[Rule, ...]
    grounds: tuple[Ground, ...]
    steps: tuple[Step, ...]


def explainable(user: User) -> QuerySet[Message]:
    """Return the outgoing texts that this person may see, with what `explain` reads of them."""
    return (
        Message.objects.visible_to(user)
        .filter(direction=Message.Direction.OUTBOUND)
        .select_related(
            "conversation__phone__contact",
            "conversation__phone__dealership",
            "conversation__dealership",
            "author",
            "decision",
        )
    )


def explain(message: Message) -> Explanation:
    """Gather the record behind one outgoing text; reads only.

    `message` comes from `explainable`. The entries are those that the ledger had at the size that
    the decision saw, not what it has today.
    """
    decision = message.decision
    known = _known(message, decision)
    outcome = decision.outcome if decision else ""
    return Explanation(
        message=message,
        decision=decision,
        allowed=outcome == Outcome.ALLOW,
        held=outcome == Outcome.DEFER,
        state=known.state,
        left_out=known.left_out,
        rules=tuple(RULES[each] for each in (decision.rules if decision else ()) if each in RULES),
        grounds=tuple(_grounds(message.conversation.dealership, known)),
        steps=tuple(_steps(message)),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What the ledger knew: the state, the entries shown (newest first), which get a proof."""

    state: State
    entries: list[ConsentEvent]
    proven: frozenset[int]
    left_out: int


def _known(message: Message, decision: Decision | None) -> _Known:
    phone = message.conversation.phone
    found = ledger.entries_of(phone)
    if decision is not None:
        found = ledger.entries_at_size(
            decision.dealership_id, decision.subject, decision.ledger_size
        )
    state, decided, newest = State(), dict[str, int | None](), list[int]()
    for entry, after in ledger.along(found):
        if (after.status, after.level) != (state.status, state.level):
            decided["status"] = entry.index
        if entry.kind in LIST_KINDS | {Kind.OPT_IN_CONFIRMED}:
            decided[entry.kind] = entry.index
        for name in _OPENS:
            if getattr(after, name) not in {None, getattr(state, name)}:
                decided[name] = entry.index
        if entry.kind in _COUNTS:
            newest.append(entry.index)
        state = after
    newest.reverse()
    decided |= {"basis": state.basis_index, "asked": state.asked_index}
    deciding = {index for index in decided.values() if index is not None}
    shown = deciding | set(newest[:MOST_ENTRIES])
    entries = found.filter(index__in=shown).select_related("evidence").order_by("-index")
    return _Known(
        state=_counted(state, decision),
        entries=list(entries),
        proven=frozenset(deciding | set(newest[:MOST_PROOFS])),
        left_out=len(set(newest) - shown),
    )


def _counted(state: State, decision: Decision | None) -> State:
    """Return the state as it counted when it was decided: what lapsed by then, and where."""
    if decision is None:
        return State()
    told = decision.facts
    if "status" not in told:
        return state
    return replace(state, status=Status(told["status"]), level=Level(told["level"]))


def _grounds(dealership: Dealership, known: _Known) -> Iterable[Ground]:
    terms = [ledger.terms_of(entry) for entry in known.entries]
    ids = {str(term["disclosure"]) for term in terms if term.get("disclosure")}
    wordings = {str(d.public_id): d for d in Disclosure.objects.filter(public_id__in=ids)}
    for entry, term in zip(known.entries, terms, strict=True):
        evidence = getattr(entry, "evidence", None)
        told: dict[str, Any] = evidence.data if evidence else {}
        yield Ground(
            index=entry.index,
            kind=Kind(entry.kind),
            words=ENTRY_WORDS[Kind(entry.kind)],
            received_at=entry.received_at,
            recorded_at=entry.recorded_at,
            shown=_first(told, "question", "text", "disclosure", "consent_text"),
            said=_first(told, "words"),
            disclosure=wordings.get(str(term.get("disclosure"))),
            proof=_proof(dealership, entry) if entry.index in known.proven else None,
            leaf_hash=entry.leaf_hash,
        )


def _first(told: dict[str, Any], *keys: str) -> str:
    return next((str(told[key]) for key in keys if told.get(key)), "")


def _proof(dealership: Dealership, entry: ConsentEvent) -> proofs.Inclusion | None:
    try:
        return proofs.inclusion(dealership, index=entry.index)
    except proofs.NoProof:
        return None


def _steps(message: Message) -> list[Step]:
    author = message.author.name if message.author else _("the portal")
    steps = [Step(message.created_at, _("Written"), author)]
    if message.decision:
        steps.append(Step(message.decision.decided_at, _("The gate was asked"), _("the portal")))
    if message.claimed_at:
        steps.append(Step(message.claimed_at, _("Claimed to be sent"), _("the portal")))
    if message.sent_at:
        steps.append(Step(message.sent_at, _("Handed to the carrier"), _("the portal")))
    for event in DeliveryEvent.objects.filter(message=message):
        failed = f": {failures.of_carrier(event.error_code).text}" if event.error_code else ""
        steps.append(Step(event.received_at, f"{event.status}{failed}", _("the carrier")))
    return sorted(steps, key=lambda step: step.at)


def fields_of_explanation(record: Explanation) -> dict[str, Any]:
    """Return the record as the API gives it: plain JSON, times in ISO 8601."""
    message, decision = record.message, record.decision
    return {
        "message": str(message.public_id),
        "status": message.status,
        "purpose": message.purpose,
        "text": message.full_text,
        "author": message.author.name if message.author else None,
        "seller": message.conversation.dealership.name,
        "allowed": record.allowed,
        "held": record.held,
        "decision": None
        if decision is None
        else {
            "id": str(decision.public_id),
            "outcome": decision.outcome,
            "reasons": decision.reasons,
            "rule_pack": decision.rule_pack,
            "local_times": decision.local_times,
            "not_before": decision.not_before,
            "facts": decision.facts,
            "ledger_size": decision.ledger_size,
            "decided_at": decision.decided_at,
        },
        "rules": [
            {"id": rule.id, "title": rule.title, "citation": rule.citation, "reading": rule.reading}
            for rule in record.rules
        ],
        "state": {"status": record.state.status.value, "level": record.state.level.value},
        "entries": [
            {
                "index": ground.index,
                "kind": ground.kind.value,
                "received_at": ground.received_at,
                "recorded_at": ground.recorded_at,
                "shown": ground.shown,
                "said": ground.said,
                "disclosure": None
                if ground.disclosure is None
                else {
                    "id": str(ground.disclosure.public_id),
                    "version": ground.disclosure.version,
                    "language": ground.disclosure.language,
                    "body": ground.disclosure.body,
                    "sha256": ground.disclosure.sha256,
                },
                "leaf_hash": ground.leaf_hash,
                "proof": ground.proof.as_json() if ground.proof else None,
            }
            for ground in record.grounds
        ],
        "entries_left_out": record.left_out,
        "history": [{"at": step.at, "what": step.what, "who": step.who} for step in record.steps],
    }
