"""Pure: a consent state as people see it: a word, a shape and a tone, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consent.kinds import Kind, Status
from consent.levels import Level
from consent.projection import State, effective


@dataclass(frozen=True, slots=True)
class Pill:
    """What a list shows of a number: `tone` names a colour of the style sheet."""

    shape: str
    text: str
    tone: str


_PILLS: dict[Status, Pill] = {
    Status.UNKNOWN: Pill("○", "No permission yet", "grey"),
    Status.REQUESTED: Pill("◐", "Asked, waiting", "amber"),
    Status.CUSTOMER_INITIATED: Pill("◔", "Answering", "blue"),
    Status.IMPLIED: Pill("◔", "Implied", "blue"),
    Status.CONFIRMED: Pill("●", "Yes: answers & service", "blue"),
    Status.DECLINED: Pill("■", "Said no", "grey"),
    Status.EXPIRED: Pill("○", "Lapsed", "grey"),
    Status.PAUSED: Pill("⚠", "May have said stop", "alarm"),
    Status.REVOKED: Pill("■", "Stopped", "red"),
    Status.WRONG_NUMBER: Pill("■", "Not their number", "red"),
}


def pill_of(state: State, *, at: datetime) -> Pill:
    """Return how a state looks at an instant (aware)."""
    now = effective(state, at=at)
    if now.status is Status.CONFIRMED and now.level is Level.PROMOTIONAL:
        return Pill("●", "Yes: all texts", "green")
    if now.status is Status.IMPLIED and now.expires_at:
        return Pill("◔", f"Until {now.expires_at:%-d %b %Y}", "blue")
    if now.status in {Status.DECLINED, Status.REVOKED} and now.changed_at:
        pill = _PILLS[now.status]
        return Pill(pill.shape, f"{pill.text} {now.changed_at:%-d %b}", pill.tone)
    return _PILLS[now.status]


ENTRY_WORDS: dict[Kind, str] = {
    Kind.LEAD_RECEIVED: "Lead received",
    Kind.INQUIRED: "The customer inquired",
    Kind.PURCHASED: "The customer bought",
    Kind.DOCUMENT_SIGNED: "Document signed",
    Kind.VERBAL_CONSENT_RECORDED: "Verbal consent recorded",
    Kind.REFERRED: "Referred by somebody",
    Kind.IMPORTED: "Imported",
    Kind.OPT_IN_REQUESTED: "Permission asked",
    Kind.OPT_IN_REQUEST_FAILED: "The permission text could not be sent",
    Kind.OPT_IN_CONFIRMED: "YES received",
    Kind.DECLINED: "NO received",
    Kind.EXPIRED: "Lapsed without an answer",
    Kind.CUSTOMER_TEXTED_FIRST: "The customer texted first",
    Kind.CUSTOMER_TEXTED_AGAIN: "The customer texted again",
    Kind.EXCHANGE_ENDED: "The exchange ended",
    Kind.REVOKED: "Told us to stop",
    Kind.WRONG_NUMBER: "Wrong number",
    Kind.CARRIER_BLOCKED: "Blocked by the carrier",
    Kind.POSSIBLE_OPT_OUT: "May have said stop",
    Kind.PAUSE_LIFTED: "A manager decided: no stop",
    Kind.RESTORED_BY_CUSTOMER: "The customer texted START",
    Kind.TRANSCRIPT_SEALED: "Transcript sealed",
    Kind.ARCHIVE_EXPORTED: "Archive exported",
}
