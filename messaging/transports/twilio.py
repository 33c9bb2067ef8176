"""Twilio over HTTP: the one file that talks to the carrier's message API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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
    Line,
    Listed,
    NotSent,
    NumberSetUp,
    Outgoing,
    Registration,
    Rejected,
    ServiceSetUp,
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
        with _failures_told_apart():
            message = self._client(account).messages.create(
                to=outgoing.to,
                body=outgoing.body,
                status_callback=outgoing.status_callback,
                **sender,
            )
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
        with _failures_told_apart():
            for message in client.messages.stream(
                date_sent_after=since - timedelta(days=1), page_size=100, limit=2000, **match
            ):
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

    def numbers(self, account: Account) -> list[NumberSetUp]:
        """Return every number of an account. Raises NotSent, Uncertain or Rejected."""
        with _failures_told_apart():
            return [
                NumberSetUp(
                    sid=item.sid or "",
                    number=item.phone_number or "",
                    sms_url=item.sms_url or "",
                    sms_method=item.sms_method or "POST",
                    sms_fallback_url=item.sms_fallback_url or "",
                    voice_url=item.voice_url or "",
                    voice_method=item.voice_method or "POST",
                    voice_fallback_url=item.voice_fallback_url or "",
                    applications=tuple(
                        kind
                        for kind, sid in (
                            ("sms", item.sms_application_sid),
                            ("voice", item.voice_application_sid),
                        )
                        if sid
                    ),
                )
                for item in self._client(account).incoming_phone_numbers.list(page_size=100)
            ]

    def services(self, account: Account) -> list[ServiceSetUp]:
        """Return every Messaging Service of an account with its numbers. Raises as `numbers`."""
        with _failures_told_apart():
            api = self._client(account).messaging.v1
            return [
                ServiceSetUp(
                    sid=item.sid or "",
                    inbound_url=item.inbound_request_url or "",
                    inbound_method=item.inbound_method or "POST",
                    fallback_url=item.fallback_url or "",
                    status_callback=item.status_callback or "",
                    asks_the_number=bool(item.use_inbound_webhook_on_number),
                    numbers=tuple(
                        number.phone_number or ""
                        for number in api.services(item.sid).phone_numbers.list(page_size=100)
                    ),
                )
                for item in api.services.list(page_size=100)
            ]

    def registrations(
        self, account: Account, *, service_sid: str = "", toll_free_sid: str = ""
    ) -> list[Registration]:
        """Return the brands of an account, or a service's campaigns, or a toll-free number's.

        Raises as `numbers`.
        """
        with _failures_told_apart():
            api = self._client(account).messaging.v1
            if service_sid:
                campaigns = api.services(service_sid).us_app_to_person.list(page_size=20)
                return [
                    Registration("campaign", item.sid or "", str(item.campaign_status or ""))
                    for item in campaigns
                ]
            if toll_free_sid:
                found = api.tollfree_verifications.list(
                    tollfree_phone_number_sid=toll_free_sid, page_size=20
                )
                return [
                    Registration("toll-free", item.sid or "", str(item.status or ""))
                    for item in found
                ]
            return [
                Registration("brand", item.sid or "", str(item.status or ""))
                for item in api.brand_registrations.list(page_size=20)
            ]

    def line_of(self, number: str, *, account: Account) -> Line:
        """Ask what kind of line a number (E.164) is; charged. Raises as `numbers`.

        Twilio Lookup v2, line type intelligence; not every account may ask about Canada (60601).
        """
        with _failures_told_apart():
            found = (
                self._client(account)
                .lookups.v2.phone_numbers(number)
                .fetch(fields="line_type_intelligence")
            )
        told = found.line_type_intelligence or {}
        return Line(is_valid=found.valid is not False, type=str(told.get("type") or ""))

    def change_number(self, account: Account, sid: str, **values: str) -> None:
        """Set URLs of a number, by the client's names of them. Raises as `numbers`."""
        with _failures_told_apart():
            self._client(account).incoming_phone_numbers(sid).update(**values)

    def change_service(self, account: Account, sid: str, **values: str | bool) -> None:
        """Set URLs of a Messaging Service, by the client's names. Raises as `numbers`."""
        with _failures_told_apart():
            self._client(account).messaging.v1.services(sid).update(**values)


@contextmanager
def _failures_told_apart() -> Iterator[None]:
    """Turn what the client raises into NotSent, Uncertain or Rejected."""
    try:
        yield
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


def _failure_of(error: TwilioRestException) -> Exception:
    if error.status == HTTP_TOO_MANY:
        return NotSent("too many requests")
    if error.status >= HTTP_SERVER_ERROR:
        return Uncertain(f"status {error.status}")
    return Rejected(str(error.code or ""))
