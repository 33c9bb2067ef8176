"""Pure: a conversation as plain data. `archive.snapshot` fills it, `archive.formats` write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from consent.kinds import Kind

#: What may stand in evidence: JSON without floats.
Json = str | int | bool | None | list["Json"] | dict[str, "Json"]

INBOUND = "inbound"
# In English whatever the reader's language: a sealed form must not depend on who looks.
_KIND_WORDS: dict[str, str] = {
    Kind.LEAD_RECEIVED: "Lead received",
    Kind.INQUIRED: "The customer inquired",
    Kind.PURCHASED: "The customer bought",
    Kind.DOCUMENT_SIGNED: "Document signed",
    Kind.VERBAL_CONSENT_RECORDED: "Verbal consent recorded",
    Kind.REFERRED: "The customer was referred",
    Kind.IMPORTED: "Number imported",
    Kind.DNC_LISTED: "On the Do Not Call registry",
    Kind.DNC_CLEARED: "Not on the Do Not Call registry",
    Kind.RND_CHECKED: "Reassigned Numbers Database asked",
    Kind.OPT_IN_REQUESTED: "Permission asked",
    Kind.OPT_IN_REQUEST_FAILED: "The permission text could not be sent",
    Kind.OPT_IN_CONFIRMED: "YES received",
    Kind.DECLINED: "NO received",
    Kind.EXPIRED: "The request or exchange lapsed",
    Kind.CUSTOMER_TEXTED_FIRST: "The customer texted first",
    Kind.CUSTOMER_TEXTED_AGAIN: "The customer texted again",
    Kind.EXCHANGE_ENDED: "The exchange ended",
    Kind.REVOKED: "The customer told us to stop",
    Kind.WRONG_NUMBER: "Wrong number",
    Kind.CARRIER_BLOCKED: "Blocked by the carrier",
    Kind.POSSIBLE_OPT_OUT: "The customer may have said stop",
    Kind.PAUSE_LIFTED: "A manager decided that it was no stop",
    Kind.RESTORED_BY_CUSTOMER: "The customer texted START",
    Kind.TRANSCRIPT_SEALED: "Transcript sealed",
    Kind.ARCHIVE_EXPORTED: "Archive exported",
}
STATUS_WORDS = {
    "received": "Received",
    "queued": "Queued",
    "held": "Scheduled",
    "sending": "Sending",
    "sent": "Sent",
    "delivered": "Delivered",
    "undelivered": "Not delivered",
    "failed": "Failed",
    "refused": "Refused: it did not leave",
    "unknown": "Not known if sent",
    "canceled": "Canceled: it did not leave",
}
#: The portal's own texts have no author; nobody may take them for a person's.
PORTAL = "Sent by the portal"


@dataclass(frozen=True, slots=True)
class Seller:
    """The dealership as it stood when the transcript was sealed."""

    id: str
    name: str
    street: str
    city: str
    region: str
    postal_code: str
    country: str
    timezone: str
    care_phone: str


@dataclass(frozen=True, slots=True)
class Customer:
    """The contact and the one number of theirs that this conversation is with (E.164)."""

    id: str
    name: str
    number: str
    language: str
    vehicle: str
    stock_number: str


@dataclass(frozen=True, slots=True)
class Permission:
    """Where the number stood when the transcript was sealed, in the words of the ledger."""

    status: str
    level: str
    basis: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the gate answered so: `rule` is an id of the legal register."""

    code: str
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class LocalTime:
    """The time of day in one zone where the customer may have been."""

    zone: str
    time: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """The gate's stored answer for one outgoing text; `ledger_size` is what it had seen."""

    id: str
    outcome: str
    reasons: tuple[Reason, ...]
    rules: tuple[str, ...]
    rule_pack: str
    local_times: tuple[LocalTime, ...]
    not_before: datetime | None
    ledger_size: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A picture or file of a text, by hash; `sha256` is empty where it could not be fetched."""

    position: int
    content_type: str
    size_bytes: int | None
    sha256: str
    status: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the carrier said of one text."""

    status: str
    error_code: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One text. `body` is what was typed, `appended` what the portal added for the law."""

    id: str
    direction: str
    at: datetime
    author: str
    purpose: str
    body: str
    appended: str
    segments: int
    status: str
    failure: str
    failure_text: str
    sent_at: datetime | None
    carrier_sid: str
    carrier_status: str
    carrier_error: str
    read_as: str
    read_why: str
    language: str
    because_of_entry: int | None
    ruling: Ruling | None
    files: tuple[File, ...]
    reports: tuple[Report, ...]

    @property
    def full_text(self) -> str:
        """What the handset showed."""
        return f"{self.body}\n{self.appended}" if self.appended else self.body

    @property
    def is_inbound(self) -> bool:
        """Whether the customer wrote it."""
        return self.direction == INBOUND

    @property
    def status_text(self) -> str:
        """The status in plain words, with what went wrong."""
        words = STATUS_WORDS.get(self.status, self.status)
        return f"{words}. {self.failure_text}" if self.failure_text else words


@dataclass(frozen=True, slots=True)
class Entry:
    """One ledger entry of the number: `leaf_hash` is SHA-256(0x00 ‖ `body`).

    `salt` and `evidence` open the commitment in the body; both are empty where it has none.
    """

    index: int
    kind: str
    recorded_at: datetime
    received_at: datetime
    actor: str
    leaf_hash: str
    body: str
    salt: str
    evidence: dict[str, Json]

    @property
    def text(self) -> str:
        """What happened, in plain words."""
        return _KIND_WORDS.get(self.kind, self.kind)

    @property
    def words(self) -> str:
        """What the customer said, "" where the entry rests on no words."""
        said = self.evidence.get("words")
        return said if isinstance(said, str) else ""


@dataclass(frozen=True, slots=True)
class TranscriptDocument:
    """One closed episode of a conversation: what was said, and by what right.

    `part` counts the transcripts of a conversation from 1; `entries` are all of the number's, so
    that the document stands alone; `messages` are in the order in which they were stored.
    """

    id: str
    conversation: str
    part: int
    opened_at: datetime
    closed_at: datetime
    closed_by: str
    sealed_at: datetime
    assigned_to: str
    our_number: str
    seller: Seller
    customer: Customer
    permission: Permission
    messages: tuple[Line, ...]
    entries: tuple[Entry, ...]

    @property
    def staff(self) -> tuple[str, ...]:
        """Who wrote to the customer, in the order of their first text."""
        return tuple(dict.fromkeys(m.author for m in self.messages if m.author))

    @property
    def zone(self) -> tzinfo:
        """The dealership's zone, in which people read the times; UTC where it is not known."""
        try:
            return ZoneInfo(self.seller.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            return UTC

    def speaker(self, line: Line) -> str:
        """Return who wrote a text, as a reader should see it."""
        if line.is_inbound:
            return self.customer.name or self.customer.number
        return line.author or PORTAL

    def timeline(self) -> Iterator[Line | Entry]:
        """Yield texts and consent entries as they happened; at the same instant the entry is first.

        Entries older than this part's first text stand only in `entries`, except in part 1.
        """
        since = min((m.at for m in self.messages), default=self.sealed_at)
        shown = [e for e in self.entries if self.part == 1 or e.received_at >= since]
        moments: list[tuple[datetime, int, int, Line | Entry]] = [
            (e.received_at, 0, e.index, e) for e in shown
        ]
        moments += [(m.at, 1, place, m) for place, m in enumerate(self.messages)]
        for *_, item in sorted(moments, key=lambda row: row[:3]):
            yield item
