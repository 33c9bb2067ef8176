"""What the door needs of a carrier, and the three ways in which a call can go wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Account:
    """The carrier account that one call is made with."""

    sid: str
    token: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text for the carrier: E.164 numbers, the whole text, the callback's public URL."""

    to: str
    from_number: str
    messaging_service_sid: str
    body: str
    status_callback: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The carrier took the text: its SID and first status."""

    sid: str
    status: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One text as the carrier's own list shows it; `media_urls` for inbound ones."""

    sid: str
    direction: str
    to: str
    from_number: str
    body: str
    status: str
    error_code: str
    sent_at: datetime | None
    media_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberSetUp:
    """Where the carrier turns to about one number; `sid` is the carrier's id of it.

    `applications`: the SIDs of applications that stand above the URLs ("sms", "voice").
    """

    sid: str
    number: str
    sms_url: str
    sms_method: str
    sms_fallback_url: str
    voice_url: str
    voice_method: str
    voice_fallback_url: str
    applications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceSetUp:
    """Where the carrier turns to about one Messaging Service, and the numbers in it (E.164).

    `asks_the_number`: inbound texts go to the number's own URL, not to `inbound_url`.
    """

    sid: str
    inbound_url: str
    inbound_method: str
    fallback_url: str
    status_callback: str
    asks_the_number: bool
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registration:
    """What the carriers know of a sender: `kind` is brand, campaign or toll-free."""

    kind: str
    sid: str
    status: str


@dataclass(frozen=True, slots=True)
class Line:
    """What the carrier knows of a number: `type` in its own word, "" where it tells none."""

    is_valid: bool
    type: str


class NotSent(Exception):
    """The carrier cannot have accepted it (no connection, or 429): it may be tried again."""


class Uncertain(Exception):
    """The carrier may have accepted it (timeout, reset, 5xx): never sent again without a person."""


class Rejected(Exception):
    """The carrier answered no. `code` is its own error code, "" if it gave none."""

    def __init__(self, code: str) -> None:
        super().__init__(f"rejected code={code}")
        self.code = code


class Transport(Protocol):
    """A carrier's API."""

    def send(self, outgoing: Outgoing, *, account: Account) -> Accepted:
        """Hand over one text, once. Raises NotSent, Uncertain or Rejected."""
        ...

    def sent_to(self, *, to: str, since: datetime, account: Account) -> Iterable[Listed]:
        """Return the texts to a customer that the carrier holds since an instant (aware)."""
        ...

    def received_by(self, *, number: str, since: datetime, account: Account) -> Iterable[Listed]:
        """Return the texts that one of our numbers received since an instant (aware)."""
        ...
