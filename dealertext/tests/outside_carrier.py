"""A carrier as somebody else would write it: from Twilio's public API alone, nothing of ours.

It keeps each call it gets, answers as it is told, signs its webhooks, and imports no project code.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from typing_extensions import override

Pairs = list[tuple[str, str]]
_MESSAGES = re.compile(r"/2010-04-01/Accounts/(AC\w{32})/Messages\.json")


def signature_of(url: str, pairs: Pairs, *, token: str) -> str:
    """Return X-Twilio-Signature: HMAC-SHA1 over the URL and each name with its distinct values."""
    told = url + "".join(f"{name}{value}" for name, value in sorted(set(pairs)))
    return base64.b64encode(hmac.new(token.encode(), told.encode(), hashlib.sha1).digest()).decode()


@dataclass(slots=True)
class Text:
    """One text that the carrier holds; `sent_at` in seconds since 1970."""

    sid: str
    to: str
    from_number: str
    body: str
    callback: str
    direction: str
    sent_at: float
    status: str = "queued"

    def shown(self, account: str) -> dict[str, Any]:
        """Return Twilio's JSON of it."""
        date = formatdate(self.sent_at).replace("-0000", "+0000")
        return {
            "account_sid": account,
            "api_version": "2010-04-01",
            "body": self.body,
            "date_created": date,
            "date_sent": date,
            "date_updated": date,
            "direction": self.direction,
            "error_code": None,
            "error_message": None,
            "from": self.from_number,
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": "1",
            "price": None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {},
            "to": self.to,
            "uri": f"/2010-04-01/Accounts/{account}/Messages/{self.sid}.json",
        }


@dataclass
class OutsideCarrier:
    """A carrier on a port of its own.

    `calls`: every send that reached it, the refused ones too. `held`: what it accepted, and what
    customers sent. `answers`: how the next sends to a number end, one each, then as usual: "429",
    "500", "drop" (accepted, then the line is cut), "early" (the callback comes before the answer).
    """

    account: str = "AC" + "0123456789abcdef" * 2
    token: str = "a-token-of-the-outside"
    calls: list[dict[str, str]] = field(default_factory=list)
    held: list[Text] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    strangers: int = 0

    def __post_init__(self) -> None:
        self.lock = threading.Condition()
        carrier = self

        class Handler(_Handler):
            owner = carrier

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()

    def bodies(self, to: str) -> list[str]:
        """Return the words of each send to a number that reached the carrier, oldest first."""
        with self.lock:
            return [call["Body"] for call in self.calls if call["To"] == to]

    def wait_for(self, to: str, count: int, *, seconds: float = 20) -> list[str]:
        """Return the sends to a number as soon as there are so many, else what there is."""
        with self.lock:
            self.lock.wait_for(lambda: len(self.bodies(to)) >= count, timeout=seconds)
            return self.bodies(to)

    def accept(self, form: dict[str, str]) -> Text:
        """Hold one text."""
        text = Text(
            sid="SM" + secrets.token_hex(16),
            to=form["To"],
            from_number=form.get("From", ""),
            body=form["Body"],
            callback=form.get("StatusCallback", ""),
            direction="outbound-api",
            sent_at=time.time(),
        )
        with self.lock:
            self.held.append(text)
        return text

    def call_back(self, text: Text, status: str) -> int:
        """Tell the portal what became of a text; the HTTP status of its answer."""
        text.status = status
        pairs = [
            ("SmsSid", text.sid),
            ("SmsStatus", status),
            ("MessageStatus", status),
            ("To", text.to),
            ("MessageSid", text.sid),
            ("AccountSid", self.account),
            ("From", text.from_number),
            ("ApiVersion", "2010-04-01"),
        ]
        return self.post(text.callback, pairs)

    def text(
        self, site: str, *, sender: str, to: str, body: str, forged: bool = False, sid: str = ""
    ) -> int:
        """Deliver a customer's text to the portal; the HTTP status of its answer."""
        pairs = self.inbound(sender=sender, to=to, body=body, sid=sid)
        url = f"{site}/webhooks/twilio/inbound/"
        return self.post(url, pairs, signature="Zm9yZ2VkIHNpZ25hdHVyZSE=" if forged else None)

    def inbound(self, *, sender: str, to: str, body: str, sid: str = "") -> Pairs:
        """Return the form of a customer's text, with a parameter that nobody has heard of."""
        sid = sid or "SM" + secrets.token_hex(16)
        return [
            ("ToCountry", "US"),
            ("SmsMessageSid", sid),
            ("NumMedia", "0"),
            ("SmsSid", sid),
            ("SmsStatus", "received"),
            ("Body", body),
            ("To", to),
            ("NumSegments", "1"),
            ("MessageSid", sid),
            ("AccountSid", self.account),
            ("From", sender),
            ("ApiVersion", "2010-04-01"),
            ("NewSinceYesterday", "a+b & c=é 😀"),
        ]

    def post(self, url: str, pairs: Pairs, *, signature: str | None = None) -> int:
        """Post a signed form."""
        signed = signature_of(url, pairs, token=self.token) if signature is None else signature
        request = urllib.request.Request(
            url,
            urlencode(pairs).encode(),
            {
                "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
                "X-Twilio-Signature": signed,
                "I-Twilio-Idempotency-Token": secrets.token_hex(8),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


class _Handler(BaseHTTPRequestHandler):
    owner: OutsideCarrier
    protocol_version = "HTTP/1.1"

    @override
    def log_message(self, *_: object) -> None:
        """Be silent."""

    def do_POST(self) -> None:
        """Take a send."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self._is_stranger():
            return
        form = dict(parse_qsl(raw, keep_blank_values=True))
        with self.owner.lock:
            self.owner.calls.append(form)
            self.owner.lock.notify_all()
            planned = self.owner.answers.get(form["To"], [])
            how = planned.pop(0) if planned else ""
        if how in {"429", "500"}:
            self._answer(int(how), {"code": 20429, "message": "Not now", "status": int(how)})
            return
        text = self.owner.accept(form)
        if how == "drop":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if how == "early":
            self.owner.call_back(text, "delivered")
        self._answer(201, text.shown(self.owner.account))
        if how != "early":
            threading.Thread(target=self._deliver, args=(text,), daemon=True).start()

    def do_GET(self) -> None:
        """List the texts to or from a number, newest first, on one page."""
        if self._is_stranger():
            return
        asked = parse_qs(urlsplit(self.path).query)
        with self.owner.lock:
            found = [
                text.shown(self.owner.account)
                for text in reversed(self.owner.held)
                if text.to in asked.get("To", [text.to])
                and text.from_number in asked.get("From", [text.from_number])
            ]
        self._answer(200, {"messages": found, "next_page_uri": None, "page": 0, "page_size": 100})

    def _deliver(self, text: Text) -> None:
        for status in ("sent", "delivered"):
            self.owner.call_back(text, status)

    def _is_stranger(self) -> bool:
        wanted = base64.b64encode(f"{self.owner.account}:{self.owner.token}".encode()).decode()
        path = _MESSAGES.fullmatch(urlsplit(self.path).path)
        known = self.headers.get("Authorization") == f"Basic {wanted}"
        if known and path and path[1] == self.owner.account:
            return False
        self.owner.strangers += 1
        self._answer(404 if known else 401, {"code": 20404 if known else 20003, "message": "No"})
        return True

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


def main(url: str, form: str) -> None:
    """Post one form ten times at the same instant; prints the status of each answer."""
    carrier = OutsideCarrier()
    pairs = [(name, value) for name, value in json.loads(form)]
    barrier = threading.Barrier(10)
    statuses: list[int] = []

    def one() -> None:
        barrier.wait()
        statuses.append(carrier.post(url, pairs))

    threads = [threading.Thread(target=one) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(" ".join(map(str, statuses)))


if __name__ == "__main__":
    main(*sys.argv[1:])
