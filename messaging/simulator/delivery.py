"""Webhooks as the carrier delivers them: signed, timed, retried only when no connection was made.

Law: RULE-TW-01 (the defaults of law page 4.3: connect 5 s, 15 s in all, one retry, policy `ct`).
"""

from __future__ import annotations

import http.client
import ssl
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from twilio.request_validator import RequestValidator

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0
RETRIES = 1
MAX_ANSWER_BYTES = 64 * 1024

SignatureMode = Literal["right", "wrong", "missing"]


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the fragment of a webhook URL asks for (`#rc=3&rp=ct,rt,5xx`)."""

    connect_seconds: float = CONNECT_SECONDS
    total_seconds: float = TOTAL_SECONDS
    retries: int = RETRIES
    policy: frozenset[str] = frozenset({"ct"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `status` None means none did, and `error` says why.

    `error` is one of "", connect, timeout, reset, url.
    """

    status: int | None
    body: bytes
    content_type: str
    error: str
    attempts: int
    seconds: float

    @property
    def ok(self) -> bool:
        """Say whether the portal took it."""
        return self.status is not None and 200 <= self.status < 300


def split_overrides(url: str, *, retries: int = RETRIES) -> tuple[str, Overrides]:
    """Return the URL that is requested and signed, and the overrides of its fragment."""
    parts = urlsplit(url)
    wanted = dict(parse_qsl(parts.fragment))
    policy = frozenset(filter(None, wanted.get("rp", "ct").split(",")))
    if "all" in policy:
        policy = frozenset({"ct", "rt", "4xx", "5xx"})
    overrides = Overrides(
        connect_seconds=_bounded(wanted.get("ct"), CONNECT_SECONDS * 1000, 100, 10_000) / 1000,
        total_seconds=_bounded(wanted.get("tt"), TOTAL_SECONDS * 1000, 100, 15_000) / 1000,
        retries=int(_bounded(wanted.get("rc"), retries, 0, 5)),
        policy=policy,
    )
    return urlunsplit(parts._replace(fragment="")), overrides


def post_signed(
    url: str,
    *,
    params: Mapping[str, str],
    auth_token: str,
    retries: int = RETRIES,
    signature: SignatureMode = "right",
    before_sending: Callable[[], None] | None = None,
) -> Answer:
    """Deliver one webhook, with the retries that its URL allows; raises nothing.

    `before_sending` runs after the connection stands and before the first byte leaves, so that
    several deliveries can be let go at the same instant.
    """
    try:
        target, overrides = split_overrides(url, retries=retries)
    except ValueError:
        return Answer(None, b"", "", error="url", attempts=0, seconds=0.0)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
        "Connection": "close",
    }
    if signature != "missing":
        token = auth_token if signature == "right" else auth_token + "-wrong"
        headers["X-Twilio-Signature"] = RequestValidator(token).compute_signature(
            target, dict(params)
        )
    body = urlencode(params).encode()
    started = time.monotonic()
    attempt = 0
    while True:
        attempt += 1
        status, content, content_type, error = _post_once(
            target,
            body=body,
            headers=headers,
            overrides=overrides,
            before_sending=before_sending if attempt == 1 else None,
        )
        if attempt > overrides.retries or not _retriable(status, error, overrides):
            return Answer(
                status=status,
                body=content,
                content_type=content_type,
                error=error,
                attempts=attempt,
                seconds=time.monotonic() - started,
            )


def fetch(url: str, *, max_bytes: int) -> tuple[bytes, str] | None:
    """Fetch a file for a text from the portal: content and type, or None if it cannot be had."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    connection = _connection(parts.scheme, parts.netloc, CONNECT_SECONDS)
    if connection is None:
        return None
    try:
        connection.request("GET", _path(url), headers={"User-Agent": "TwilioProxy/1.1"})
        response = connection.getresponse()
        content = response.read(max_bytes + 1)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    if response.status != 200 or len(content) > max_bytes:
        return None
    content_type = response.headers.get_content_type()
    return content, content_type


def _post_once(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    overrides: Overrides,
    before_sending: Callable[[], None] | None,
) -> tuple[int | None, bytes, str, str]:
    parts = urlsplit(url)
    deadline = time.monotonic() + overrides.total_seconds
    connection = _connection(parts.scheme, parts.netloc, overrides.connect_seconds)
    if connection is None:
        return None, b"", "", "url"
    try:
        try:
            connection.connect()
        except OSError:
            return None, b"", "", "connect"
        finally:
            if before_sending:
                before_sending()
        try:
            connection.sock.settimeout(max(0.01, deadline - time.monotonic()))
            connection.request("POST", _path(url), body=body, headers=dict(headers))
            response = connection.getresponse()
            content = response.read(MAX_ANSWER_BYTES)
        except TimeoutError:
            return None, b"", "", "timeout"
        except (OSError, http.client.HTTPException):
            return None, b"", "", "reset"
        return response.status, content, response.headers.get_content_type(), ""
    finally:
        connection.close()


def _retriable(status: int | None, error: str, overrides: Overrides) -> bool:
    if error == "connect":
        return "ct" in overrides.policy
    if error in {"timeout", "reset"}:
        return "rt" in overrides.policy
    return status is not None and f"{status // 100}xx" in overrides.policy


def _connection(
    scheme: str, netloc: str, timeout_seconds: float
) -> http.client.HTTPConnection | None:
    try:
        if scheme == "https" and netloc:
            return http.client.HTTPSConnection(
                netloc, timeout=timeout_seconds, context=ssl.create_default_context()
            )
        if scheme == "http" and netloc:
            return http.client.HTTPConnection(netloc, timeout=timeout_seconds)
    except (ValueError, http.client.InvalidURL):
        return None
    return None


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _bounded(text: str | None, default: float, low: float, high: float) -> float:
    try:
        value = float(text) if text is not None else default
    except ValueError:
        value = default
    return min(max(value, low), high)
