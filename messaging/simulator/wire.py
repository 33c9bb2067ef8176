"""Requests and responses between the HTTP server and the simulator's faces."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message as Headers


class RequestError(ValueError):
    """A request of the wrong shape; its text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request; `query` and `form` keep every value in the order sent."""

    method: str
    path: str
    query: dict[str, list[str]]
    form: dict[str, list[str]]
    json: dict[str, object]
    headers: Headers

    def first(self, name: str) -> str:
        """Return the first value of a query parameter, or nothing."""
        return "".join(self.query.get(name, ())[:1])

    def field(self, name: str) -> str:
        """Return the first value of a form field, or nothing."""
        return "".join(self.form.get(name, ())[:1])

    def basic_auth(self) -> tuple[str, str] | None:
        """Return user and password of HTTP basic authentication, or None."""
        scheme, _, encoded = self.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            user, colon, password = base64.b64decode(encoded).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return (user, password) if colon else None


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP response.

    `drop` resets the connection: before the first byte, or in the middle of the body. `stream` is
    sent piece by piece until it ends, and the connection with it.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    drop: str = ""
    stream: Iterator[bytes] | None = None


def answer(value: object, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer with JSON."""
    return Response(
        status=status,
        body=json.dumps(value, ensure_ascii=False).encode(),
        content_type="application/json; charset=utf-8",
        headers=headers or {},
    )


def redirect(location: str, *, status: int = 303) -> Response:
    """Send the client elsewhere."""
    return Response(status=status, content_type="text/plain", headers={"Location": location})
