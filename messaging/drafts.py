"""Reads of a text while it is written: its cost, the permission its words need, what to mend."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.clock import now
from consent import gate
from consent.answers import Weighed
from consent.decision import STAFF_PURPOSES, Action, Outcome, Purpose, Verdict
from consent.levels import Level
from consent.wording import FLAGS, check
from messaging import segments
from messaging.models import Conversation
from messaging.outbound import MAX_CHARACTERS, weigh_words
from messaging.traffic import traffic_for

#: The portal says itself who is texting where the law wants it said (messaging.identification).
_SHOWN = FLAGS - {"no_identification"}
_ASKS = {Action.ASK_FOR_OFFERS: Level.PROMOTIONAL, Action.ASK_PERMISSION: Level.INFORMATIONAL}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the composer says of the words in it.

    `offer`: why the words are an offer though it was not sent as one, "" when they are none.
    `refused`: why that offer may not go, "" when it may. `next`: what may be done instead; `asks`:
    the level of the permission to ask for, where that is it. `warnings`: what to mend.
    """

    size: segments.Segments
    too_long: bool
    offer: str
    refused: str
    next: str
    asks: str
    warnings: tuple[str, ...]


def look_at(conversation: Conversation, body: str, *, purpose: str) -> Draft:
    """Return what there is to say of words that are being written; writes nothing.

    `purpose` is what stands in the form: anything unknown is an answer. No query for words that are
    no offer.
    """
    declared = Purpose(purpose) if purpose in STAFF_PURPOSES else Purpose.CONVERSATIONAL
    words = body[:MAX_CHARACTERS]
    weighed = weigh_words(conversation, words, declared=declared, at=now())
    verdict = _verdict(conversation, weighed, declared)
    following = verdict.next if verdict else None
    asks = _ASKS.get(following.action) if following else None
    return Draft(
        size=segments.count(words),
        too_long=len(body) > MAX_CHARACTERS,
        offer=weighed.reason.text if weighed.reason and weighed.purpose is not declared else "",
        refused=verdict.reasons[0].text if verdict else "",
        next=following.text if following else "",
        asks=asks.value if asks else "",
        warnings=tuple(sign.text for sign in check(words).reasons if sign.code in _SHOWN),
    )


def _verdict(conversation: Conversation, weighed: Weighed, declared: Purpose) -> Verdict | None:
    """Return the gate's refusal of words that are more than they were called; None without one."""
    if weighed.purpose is declared:
        return None
    verdict = gate.may_text(
        conversation.phone,
        purpose=weighed.purpose,
        traffic=traffic_for(conversation, at=now()),
        our_number=conversation.number.number_e164,
    )
    return verdict if verdict.outcome is Outcome.DENY else None
