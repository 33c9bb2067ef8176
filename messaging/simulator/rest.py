"""The carrier's REST API, as Twilio's client calls it: /2010-04-01/… and /v1/….

Each request is noted in the log of arrivals before anything else happens to it, so that a test can
count exactly what reached the carrier.
"""

from __future__ import annotations

import hmac
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from urllib.parse import unquote

from messaging.simulator import shapes
from messaging.simulator.carrier import Carrier, Order, RefusedError
from messaging.simulator.faults import Effects, Target
from messaging.simulator.store import Message, Number
from messaging.simulator.wire import Request, Response, answer, redirect

DEFAULT_PAGE_SIZE = 50
MAX_PAGE_SIZE = 1000
TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})

Handler: TypeAlias = Callable[..., Response]


class RestApi:
    """Answers what a carrier's customer may ask."""

    def __init__(self, carrier: Carrier, *, stopping: threading.Event) -> None:
        """Serve a carrier; `stopping` ends the delays of faults."""
        self._carrier = carrier
        self._store = carrier.store
        self._stopping = stopping
        account = rf"/{shapes.API_VERSION}/Accounts/(?P<account>AC[0-9a-zA-Z]+)"
        sid = "[A-Z]{2}[0-9a-zA-Z]{1,64}"
        self._routes: list[tuple[re.Pattern[str], dict[str, Handler]]] = [
            (re.compile(pattern), handlers)
            for pattern, handlers in (
                (rf"{account}(?:\.json)?", {"GET": self._account}),
                (
                    rf"{account}/Messages(?:\.json)?",
                    {"GET": self._messages, "POST": self._create_message},
                ),
                (
                    rf"{account}/Messages/(?P<sid>{sid})(?:\.json)?",
                    {
                        "GET": self._message,
                        "POST": self._change_message,
                        "DELETE": self._delete_message,
                    },
                ),
                (
                    rf"{account}/Messages/(?P<sid>{sid})/Media(?:\.json)?",
                    {"GET": self._media_list},
                ),
                (
                    rf"{account}/Messages/(?P<sid>{sid})/Media/(?P<media>ME\w+?)(?P<json>\.json)?",
                    {"GET": self._media},
                ),
                (
                    rf"{account}/IncomingPhoneNumbers(?:\.json)?",
                    {"GET": self._numbers, "POST": self._buy_number},
                ),
                (
                    rf"{account}/IncomingPhoneNumbers/(?P<sid>{sid})(?:\.json)?",
                    {"GET": self._number, "POST": self._change_number},
                ),
                ("/v1/Services", {"GET": self._services}),
                (r"/v2/PhoneNumbers/(?P<number>[^/]+)", {"GET": self._line}),
                (
                    rf"/v1/Services/(?P<sid>{sid})",
                    {"GET": self._service, "POST": self._change_service},
                ),
                (rf"/v1/Services/(?P<sid>{sid})/PhoneNumbers", {"GET": self._service_numbers}),
                (rf"/v1/Services/(?P<sid>{sid})/Compliance/Usa2p", {"GET": self._campaigns}),
                ("/v1/Tollfree/Verifications", {"GET": self._tollfree}),
                ("/v1/a2p/BrandRegistrations", {"GET": self._brands}),
            )
        ]

    def handle(self, request: Request) -> Response:
        """Note a request, answer it, and note what became of it."""
        account_sid = self._authorized(request)
        request_id = self._store.add_request(
            at=self._carrier.now(),
            method=request.method,
            path=request.path,
            query=request.query,
            params=request.form,
            authorized=account_sid is not None,
        )
        self._carrier.changes.note()
        effects, taken = Effects(), list[int]()
        message_sid = ""
        if account_sid is None:
            response = answer(
                shapes.error(20003),
                status=401,
                headers={"WWW-Authenticate": 'Basic realm="Twilio API"'},
            )
        else:
            sends = request.method == "POST" and "/Messages" in request.path
            on: Target = "send" if sends else "read"
            effects, taken = self._carrier.faults.take(
                on=on,
                to=request.field("To") or request.first("To"),
                sender=request.field("From") or request.first("From"),
            )
            response, message_sid = self._with_effects(request, account_sid, effects)
        outcome = {
            "": "answered",
            "before": "dropped_before_accept",
            "after": "dropped_after_accept",
            "middle": "dropped_mid_answer",
        }[response.drop]
        self._store.finish_request(
            request_id,
            outcome=outcome,
            status=response.status if response.drop in {"", "middle"} else None,
            message_sid=message_sid,
            faults=taken,
            at=self._carrier.now(),
        )
        return response

    def public_media(self, request: Request, token: str) -> Response:
        """Serve a file at the address to which its authenticated address redirects.

        It is signed by its own name: as with the real storage, an Authorization header that
        was carried along is an error.
        """
        if "Authorization" in request.headers:
            return Response(
                status=400,
                body=b"Only one auth mechanism allowed",
                content_type="text/plain; charset=utf-8",
            )
        media = self._store.media(token=token)
        if media is None or media.content is None:
            return answer(shapes.error(20404), status=404)
        return Response(
            body=media.content,
            content_type=media.content_type,
            headers={"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"},
        )

    def _authorized(self, request: Request) -> str | None:
        """Return the account whose SID and token came along, if it may see this path."""
        given = request.basic_auth()
        if given is None:
            return None
        sid, token = given
        known = self._store.auth_token(sid)
        if known is None or not hmac.compare_digest(known.encode(), token.encode()):
            return None
        named = re.match(rf"/{shapes.API_VERSION}/Accounts/(AC\w+)", request.path)
        return sid if named is None or named.group(1) == sid else None

    def _with_effects(
        self, request: Request, account_sid: str, effects: Effects
    ) -> tuple[Response, str]:
        """Answer a request with what its faults do to it; the SID is that of an accepted text."""
        if effects.delay_seconds and effects.delay_before_accept:
            self._stopping.wait(effects.delay_seconds)
        if effects.drop_before_accept:
            return Response(drop="before"), ""
        message_sid = ""
        if effects.status is not None and not effects.accepted:
            response = _http_error(effects)
        else:
            response, message_sid = self._route(request, account_sid, effects)
            if effects.status is not None:
                response = _http_error(effects)
        if effects.delay_seconds and not effects.delay_before_accept:
            self._stopping.wait(effects.delay_seconds)
        if effects.drop_after_accept:
            return Response(drop="after"), message_sid
        if effects.drop_mid_answer:
            return (
                Response(
                    status=response.status,
                    body=response.body,
                    content_type=response.content_type,
                    drop="middle",
                ),
                message_sid,
            )
        return response, message_sid

    def _route(self, request: Request, account_sid: str, effects: Effects) -> tuple[Response, str]:
        for pattern, handlers in self._routes:
            found = pattern.fullmatch(request.path)
            if found is None:
                continue
            handler = handlers.get(request.method)
            if handler is None:
                return answer(shapes.error(20004), status=405), ""
            if handler == self._create_message:
                return self._take_message(request, account_sid, effects)
            names = {name: value for name, value in found.groupdict().items() if name != "account"}
            return handler(request, account_sid, **names), ""
        return _not_found(request), ""

    # Account

    def _account(self, _request: Request, account_sid: str) -> Response:
        return answer(
            {
                "auth_token": "",
                "date_created": shapes.rfc2822(self._carrier.now()),
                "date_updated": shapes.rfc2822(self._carrier.now()),
                "friendly_name": "Simulated account",
                "owner_account_sid": account_sid,
                "sid": account_sid,
                "status": "active",
                "subresource_uris": {},
                "type": "Full",
                "uri": f"/{shapes.API_VERSION}/Accounts/{account_sid}.json",
            }
        )

    # Messages

    def _create_message(self, request: Request, account_sid: str) -> Response:
        return self._take_message(request, account_sid, Effects())[0]

    def _take_message(
        self, request: Request, account_sid: str, effects: Effects
    ) -> tuple[Response, str]:
        order = Order(
            recipient=request.field("To"),
            sender=request.field("From"),
            service_sid=request.field("MessagingServiceSid"),
            body=request.field("Body"),
            media_urls=tuple(request.form.get("MediaUrl", ())),
            status_callback=request.field("StatusCallback"),
            send_at=request.field("SendAt") if request.field("ScheduleType") == "fixed" else "",
        )
        try:
            message = self._carrier.accept(account_sid, order, effects=effects)
        except RefusedError as refusal:
            error = shapes.error(refusal.code, status=refusal.status)
            return answer(error, status=_status(error)), ""
        return answer(shapes.message(message), status=201), message.sid

    def _messages(self, request: Request, account_sid: str) -> Response:
        try:
            sent_from, sent_before = _sent_between(request)
            page_size = _whole(request.first("PageSize"), DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)
            page = _whole(request.first("Page") or "0", 0, 10**9, low=0)
            token = request.first("PageToken")
            below_id = int(token.removeprefix("PA")) if token else None
        except ValueError:
            return answer(shapes.error(20001, message="Bad request parameter"), status=400)
        found = self._store.messages(
            account_sid=account_sid,
            sender=_address(request.first("From")),
            recipient=_address(request.first("To")),
            sent_from=sent_from,
            sent_before=sent_before,
            below_id=below_id,
            limit=page_size + 1,
        )
        more = len(found) > page_size
        found = found[:page_size]
        return answer(
            shapes.page_2010(
                "messages",
                [shapes.message(message) for message in found],
                path=request.path,
                query=request.query,
                page=page,
                page_size=page_size,
                next_token=f"PA{found[-1].id}" if more else None,
            )
        )

    def _message(self, request: Request, account_sid: str, *, sid: str) -> Response:
        message = self._owned(account_sid, sid)
        return answer(shapes.message(message)) if message else _not_found(request)

    def _change_message(self, request: Request, account_sid: str, *, sid: str) -> Response:
        message = self._owned(account_sid, sid)
        if message is None:
            return _not_found(request)
        if request.field("Status") == "canceled":
            message = self._carrier.cancel(sid)
            if message is None:
                error = shapes.error(30409, status=409, message="The text is no longer scheduled")
                return answer(error, status=409)
        elif "Body" in request.form and not request.field("Body"):
            self._store.redact_message(sid, at=self._carrier.now())
            message = self._store.message(sid)
        return answer(shapes.message(message)) if message else _not_found(request)

    def _delete_message(self, request: Request, account_sid: str, *, sid: str) -> Response:
        if self._owned(account_sid, sid) is None:
            return _not_found(request)
        self._store.delete_message(sid)
        self._carrier.changes.note()
        return Response(status=204)

    def _owned(self, account_sid: str, sid: str) -> Message | None:
        message = self._store.message(sid)
        return message if message and message.account_sid == account_sid else None

    # Media

    def _media_list(self, request: Request, account_sid: str, *, sid: str) -> Response:
        if self._owned(account_sid, sid) is None:
            return _not_found(request)
        items = [shapes.media(item, account_sid=account_sid) for item in self._store.media_of(sid)]
        return answer(
            shapes.page_2010(
                "media_list",
                items,
                path=request.path,
                query=request.query,
                page=0,
                page_size=DEFAULT_PAGE_SIZE,
                next_token=None,
            )
        )

    def _media(
        self, request: Request, account_sid: str, *, sid: str, media: str, json: str | None
    ) -> Response:
        item = self._store.media(sid=media)
        if item is None or item.message_sid != sid or self._owned(account_sid, sid) is None:
            return _not_found(request)
        if json:
            return answer(shapes.media(item, account_sid=account_sid))
        return redirect(f"{self._carrier.settings.public_url}/media/{item.token}", status=307)

    # Numbers

    def _numbers(self, request: Request, account_sid: str) -> Response:
        wanted = request.first("PhoneNumber")
        items = [
            shapes.incoming_number(number)
            for number in self._store.numbers(account_sid)
            if not wanted or _matches(number, wanted)
        ]
        return answer(
            shapes.page_2010(
                "incoming_phone_numbers",
                items,
                path=request.path,
                query=request.query,
                page=0,
                page_size=max(DEFAULT_PAGE_SIZE, len(items)),
                next_token=None,
            )
        )

    def _buy_number(self, request: Request, account_sid: str) -> Response:
        wanted = request.field("PhoneNumber")
        if not re.fullmatch(r"\+1\d{10}", wanted):
            return answer(shapes.error(21421, message="PhoneNumber is invalid"), status=400)
        if self._store.number(wanted) is not None:
            return answer(shapes.error(21422, message="PhoneNumber is not available"), status=400)
        number = self._carrier.add_number(
            wanted, name=request.field("FriendlyName"), account_sid=account_sid
        )
        self._store.change_number(wanted, changes=_number_changes(request))
        return answer(shapes.incoming_number(self._store.number(wanted) or number), status=201)

    def _number(self, request: Request, account_sid: str, *, sid: str) -> Response:
        number = self._number_by_sid(account_sid, sid)
        return answer(shapes.incoming_number(number)) if number else _not_found(request)

    def _change_number(self, request: Request, account_sid: str, *, sid: str) -> Response:
        number = self._number_by_sid(account_sid, sid)
        if number is None:
            return _not_found(request)
        self._store.change_number(number.number, changes=_number_changes(request))
        self._carrier.changes.note()
        return answer(shapes.incoming_number(self._store.number(number.number) or number))

    def _number_by_sid(self, account_sid: str, sid: str) -> Number | None:
        return next((item for item in self._store.numbers(account_sid) if item.sid == sid), None)

    # Messaging Services and registration

    def _line(self, request: Request, account_sid: str, *, number: str) -> Response:
        """Say what kind of line a number is: its last four digits tell (shapes.LINES)."""
        base_url = self._carrier.settings.public_url
        return answer(shapes.line(unquote(number), request.first("Fields"), base_url=base_url))

    def _services(self, request: Request, account_sid: str) -> Response:
        base_url = self._carrier.settings.public_url
        items = [
            shapes.service(item, base_url=base_url) for item in self._store.services(account_sid)
        ]
        return answer(shapes.page_v1("services", items, url=base_url + request.path))

    def _service(self, request: Request, account_sid: str, *, sid: str) -> Response:
        found = self._store.service(sid)
        if found is None or found.account_sid != account_sid:
            return _not_found(request)
        return answer(shapes.service(found, base_url=self._carrier.settings.public_url))

    def _change_service(self, request: Request, account_sid: str, *, sid: str) -> Response:
        found = self._store.service(sid)
        if found is None or found.account_sid != account_sid:
            return _not_found(request)
        changes: dict[str, str | int | float | bytes | None] = {
            column: request.field(name)
            for name, column in (
                ("FriendlyName", "name"),
                ("InboundRequestUrl", "inbound_url"),
                ("FallbackUrl", "fallback_url"),
                ("StatusCallback", "status_callback"),
            )
            if name in request.form
        }
        if "UseInboundWebhookOnNumber" in request.form:
            changes["use_number_webhook"] = int(
                request.field("UseInboundWebhookOnNumber").lower() == "true"
            )
        self._store.change_service(sid, changes=changes)
        return self._service(request, account_sid, sid=sid)

    def _service_numbers(self, request: Request, account_sid: str, *, sid: str) -> Response:
        base_url = self._carrier.settings.public_url
        items = [
            shapes.service_number(item, base_url=base_url)
            for item in self._store.numbers(account_sid, service_sid=sid)
        ]
        return answer(shapes.page_v1("phone_numbers", items, url=base_url + request.path))

    def _campaigns(self, request: Request, account_sid: str, *, sid: str) -> Response:
        found = self._store.service(sid)
        base_url = self._carrier.settings.public_url
        owned = found is not None and found.account_sid == account_sid
        status = self._carrier.settings.campaign_status
        items = [shapes.campaign(found, status, base_url=base_url)] if found and owned else []
        return answer(shapes.page_v1("compliance", items, url=base_url + request.path))

    def _tollfree(self, request: Request, account_sid: str) -> Response:
        settings = self._carrier.settings
        wanted = request.first("TollfreePhoneNumberSid")
        items = [
            shapes.tollfree_verification(number, settings.tollfree_status)
            for number in self._store.numbers(account_sid)
            if number.number[2:5] in TOLL_FREE and wanted in {"", number.sid}
        ]
        url = settings.public_url + request.path
        return answer(shapes.page_v1("verifications", items, url=url))

    def _brands(self, request: Request, account_sid: str) -> Response:
        settings = self._carrier.settings
        items = [shapes.brand(account_sid, settings.brand_status, base_url=settings.public_url)]
        return answer(shapes.page_v1("data", items, url=settings.public_url + request.path))


def _http_error(effects: Effects) -> Response:
    status = effects.status or 500
    code = effects.error_code or {429: 20429, 503: 20503}.get(status, 20500)
    return answer(shapes.error(code, status=status), status=status)


def _status(error: dict[str, object]) -> int:
    status = error["status"]
    return status if isinstance(status, int) else 400


def _not_found(request: Request) -> Response:
    return answer(
        shapes.error(20404, message=f"The requested resource {request.path} was not found"),
        status=404,
    )


def _sent_between(request: Request) -> tuple[float | None, float | None]:
    """Read Twilio's DateSent filters: both ends are inclusive, and a bare date is a whole day."""
    low: float | None = None
    high: float | None = None
    for name in ("DateSent", "DateSent>"):
        if request.first(name):
            low = max(low or 0.0, _instant(request.first(name)).timestamp())
    for name in ("DateSent", "DateSent<"):
        text = request.first(name)
        if text:
            whole_day = name == "DateSent" or len(text) == len("2026-01-31")
            end = _instant(text) + (timedelta(days=1) if whole_day else timedelta(seconds=1))
            high = end.timestamp() if high is None else min(high, end.timestamp())
    return low, high


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _whole(text: str, default: int, high: int, *, low: int = 1) -> int:
    return min(max(int(text), low), high) if text else default


def _address(text: str) -> str:
    # A plus sign that was not escaped arrives as a blank.
    return "+" + text[1:] if text.startswith(" ") else text


def _matches(number: Number, wanted: str) -> bool:
    pattern = re.escape(_address(wanted)).replace(r"\*", ".*")
    return re.search(pattern, number.number) is not None


def _number_changes(request: Request) -> dict[str, str | int | float | bytes | None]:
    return {
        column: request.field(name)
        for name, column in (
            ("FriendlyName", "name"),
            ("SmsUrl", "sms_url"),
            ("SmsFallbackUrl", "sms_fallback_url"),
            ("VoiceUrl", "voice_url"),
            ("VoiceFallbackUrl", "voice_fallback_url"),
            ("StatusCallback", "status_callback"),
        )
        if name in request.form
    }
