"""Twilio over HTTP: the one file that talks to the carrier's message API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from typing_extensions import override
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from messaging.transports.base import (
    Accepted,
    Account,
    Listed,
    NotSent,
    Outgoing,
    Rejected,
    Uncertain,
)

#: What must never reach a log: the client's own logging of requests is off (settings.LOGGING).
REDACT_KEYS = ("To", "From", "Body", "MediaUrl")
HTTP_TOO_MANY = 429
HTTP_SERVER_ERROR = 500


class _CarrierHttp(TwilioHttpClient):  # type: ignore[misc]  # untyped base class
    """Twilio's HTTP client with a time limit, no retries, and the base URL of the environment."""

    def __init__(self, *, base_url: str, timeout: int) -> None:
        super().__init__(timeout=timeout, max_retries=None)
        self._base = urlsplit(base_url) if base_url else None

    @override
    def request(self, method: str, url: str, **kwargs: Any) -> Response:
        if self._base:
            parts = urlsplit(url)
            url = urlunsplit((self._base.scheme, self._base.netloc, *parts[2:]))
        return super().request(method, url, **kwargs)


@lru_cache(maxsize=256)
def _client(sid: str, token: str, base_url: str, timeout: int) -> Client:
    return Client(sid, token, http_client=_CarrierHttp(base_url=base_url, timeout=timeout))


def _never_connected(error: requests.ConnectionError) -> bool:
    """Whether the connection failed before a byte of the request could leave."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


class TwilioTransport:
    """Twilio, or a simulator that speaks its API (TWILIO_API_BASE_URL)."""

    def _client(self, account: Account) -> Client:
        return _client(
            account.sid,
            account.token,
            settings.TWILIO_API_BASE_URL,
            settings.TWILIO_TIMEOUT_SECONDS,
        )

    def send(self, outgoing: Outgoing, *, account: Account) -> Accepted:
        """Hand over one text, once. Raises NotSent, Uncertain or Rejected."""
        sender = (
            {"messaging_service_sid": outgoing.messaging_service_sid}
            if outgoing.messaging_service_sid
            else {"from_": outgoing.from_number}
        )
        try:
            message = self._client(account).messages.create(
                to=outgoing.to,
                body=outgoing.body,
                status_callback=outgoing.status_callback,
                **sender,
            )
        except requests.ConnectionError as error:
            if _never_connected(error):
                raise NotSent("no connection") from None
            raise Uncertain("connection lost") from None
        except requests.RequestException:
            raise Uncertain("no answer") from None
        except TwilioRestException as error:
            raise _failure_of(error) from None
        except (TwilioException, ValueError, KeyError):
            raise Uncertain("unreadable answer") from None
        if not message.sid:
            raise Uncertain("an answer without a SID")
        return Accepted(sid=message.sid, status=str(message.status or ""))

    def sent_to(self, *, to: str, since: datetime, account: Account) -> Iterable[Listed]:
        """Return the texts to a customer that the carrier holds since an instant (aware)."""
        return self._list(account, since, to=to)

    def received_by(self, *, number: str, since: datetime, account: Account) -> Iterable[Listed]:
        """Return the texts that one of our numbers received since an instant (aware)."""
        for listed in self._list(account, since, to=number):
            if listed.direction == "inbound":
                yield listed

    def _list(self, account: Account, since: datetime, **match: str) -> Iterator[Listed]:
        client = self._client(account)
        # The carrier's DateSent filter counts whole days in UTC.
        found = client.messages.stream(
            date_sent_after=since - timedelta(days=1), page_size=100, limit=2000, **match
        )
        for message in found:
            if message.date_sent and message.date_sent < since:
                continue
            yield Listed(
                sid=message.sid,
                direction=str(message.direction),
                to=message.to or "",
                from_number=message.from_ or "",
                body=message.body or "",
                status=str(message.status),
                error_code=str(message.error_code or ""),
                sent_at=message.date_sent,
            )


def _failure_of(error: TwilioRestException) -> Exception:
    if error.status == HTTP_TOO_MANY:
        return NotSent("too many requests")
    if error.status >= HTTP_SERVER_ERROR:
        return Uncertain(f"status {error.status}")
    return Rejected(str(error.code or ""))
