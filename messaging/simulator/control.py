"""The control interface at /simulator/api/: JSON in, JSON out (docs/simulator.md lists it).

For tests and for the page; the portal has no business here.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

from messaging.simulator import delivery, shapes
from messaging.simulator.carrier import (
    E164,
    Carrier,
    Received,
    RefusedError,
    Text,
    Upload,
    country_of,
    pretty,
)
from messaging.simulator.faults import Fault, FaultError
from messaging.simulator.store import Message, Number, Phone
from messaging.simulator.wire import Request, RequestError, Response, answer

STATIC = Path(__file__).parent / "static"
SAMPLES = {
    "car.jpg": "Trade-in, front",
    "dashboard.jpg": "Dashboard and mileage",
    "sticker.png": "Window sticker",
}
CONTENT_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif"}
MAX_UPLOADS = 10
MAX_AT_ONCE = 100
MAX_WAIT_SECONDS = 60.0
ANSWERABLE = ("stop", "help", "start")

Handler: TypeAlias = Callable[..., Response]


class ControlApi:
    """Answers those who hold the strings."""

    def __init__(self, carrier: Carrier) -> None:
        """Control a carrier."""
        self._carrier = carrier
        self._store = carrier.store
        number = r"(?P<number>\+\d{7,15})"
        self._routes: list[tuple[re.Pattern[str], dict[str, Handler]]] = [
            (re.compile("/simulator/api/" + pattern), handlers)
            for pattern, handlers in (
                ("", {"GET": self._index}),
                ("settings/", {"GET": self._settings, "POST": self._change_settings}),
                ("accounts/", {"POST": self._add_account}),
                ("numbers/", {"GET": self._numbers, "POST": self._add_numbers}),
                ("phones/", {"GET": self._phones, "POST": self._add_phone}),
                (f"phones/{number}/messages/", {"GET": self._phone_messages}),
                ("texts/", {"POST": self._text}),
                ("texts/at-once/", {"POST": self._texts_at_once}),
                (r"texts/(?P<sid>\w+)/deliver/", {"POST": self._deliver_again}),
                ("calls/", {"POST": self._call}),
                ("messages/", {"GET": self._messages}),
                ("requests/", {"GET": self._requests}),
                ("deliveries/", {"GET": self._deliveries}),
                (
                    "faults/",
                    {"GET": self._faults, "POST": self._add_fault, "DELETE": self._clear_faults},
                ),
                (r"faults/(?P<fault>\d+)/", {"DELETE": self._remove_fault}),
                ("callbacks/", {"GET": self._callbacks}),
                ("callbacks/release/", {"POST": self._release}),
                (
                    "blocks/",
                    {"GET": self._blocks, "POST": self._block, "DELETE": self._unblock},
                ),
                ("idle/", {"GET": self._idle}),
                ("changes/", {"GET": self._changes}),
                ("reset/", {"POST": self._reset}),
            )
        ]

    def handle(self, request: Request) -> Response:
        """Answer one request; a final slash may be left out."""
        path = request.path if request.path.endswith("/") else request.path + "/"
        for pattern, handlers in self._routes:
            found = pattern.fullmatch(path)
            if found is None:
                continue
            handler = handlers.get(request.method)
            if handler is None:
                return answer({"error": "method not allowed"}, status=405)
            try:
                return handler(request, **found.groupdict())
            except (RequestError, FaultError) as bad:
                return answer({"error": str(bad)}, status=400)
            except RefusedError as refusal:
                return answer({"error": "refused", "code": refusal.code}, status=400)
        return answer({"error": "not found"}, status=404)

    # The carrier

    def _index(self, _request: Request) -> Response:
        requests, _ = self._store.requests(limit=0)
        return answer(
            {
                "simulator": True,
                "accounts": self._store.accounts(),
                "numbers": len(self._store.numbers()),
                "requests": requests,
                "faults": len(self._carrier.faults.listed()),
                "held_callbacks": len(self._carrier.held_callbacks()),
                "settings": _settings_json(self._carrier),
            }
        )

    def _settings(self, _request: Request) -> Response:
        return answer(_settings_json(self._carrier))

    def _change_settings(self, request: Request) -> Response:
        self._carrier.change_settings(read_settings(request.json))
        return self._settings(request)

    def _add_account(self, request: Request) -> Response:
        sid, token = text(request.json, "sid"), text(request.json, "auth_token")
        if not re.fullmatch(r"AC\w+", sid) or not token:
            raise RequestError("sid: AC…, and auth_token")
        self._carrier.add_account(sid, auth_token=token)
        return answer({"sid": sid}, status=201)

    def _reset(self, request: Request) -> Response:
        self._carrier.reset(everything=flag(request.json, "everything"))
        return answer({"reset": True})

    def _idle(self, request: Request) -> Response:
        idle = self._carrier.scheduler.wait_idle(_seconds(request, "timeout", 10.0))
        return answer({"idle": idle})

    def _changes(self, request: Request) -> Response:
        version = _whole(request, "version", 0)
        now = self._carrier.changes.wait(version, _seconds(request, "timeout", 25.0))
        return answer({"version": version if now is None else now, "stopping": now is None})

    # Numbers and phones

    def _numbers(self, _request: Request) -> Response:
        return answer({"numbers": [_number_json(item) for item in self._store.numbers()]})

    def _add_numbers(self, request: Request) -> Response:
        several = request.json.get("numbers")
        items = several if isinstance(several, list) else [request.json]
        return answer(
            {"numbers": [_number_json(register_number(self._carrier, item)) for item in items]},
            status=201,
        )

    def _phones(self, _request: Request) -> Response:
        return answer(
            {
                "phones": [
                    {**dataclasses.asdict(phone), "messages": count}
                    for phone, count, _last in self._store.phones()
                ]
            }
        )

    def _add_phone(self, request: Request) -> Response:
        number = phone_number(request.json, "number")
        phone = Phone(
            number=number,
            name=text(request.json, "name") or pretty(number),
            city=text(request.json, "city"),
            state=text(request.json, "state"),
            zip=text(request.json, "zip"),
            country=text(request.json, "country") or country_of(number),
        )
        self._store.put_phone(phone, replace=True)
        self._carrier.changes.note()
        return answer(dataclasses.asdict(phone), status=201)

    def _phone_messages(self, request: Request, *, number: str) -> Response:
        thread = self._store.thread(
            number, dealership=request.first("number"), limit=_whole(request, "limit", 1000)
        )
        return answer({"messages": [_message_json(self._carrier, item) for item in thread]})

    # Texts and calls from a handset

    def _text(self, request: Request) -> Response:
        wanted = request.json
        times = whole(wanted, "deliver_times", 1)
        if not 0 <= times <= MAX_AT_ONCE:
            raise RequestError(f"deliver_times: 0 to {MAX_AT_ONCE}")
        return self._tell(self._carrier.receive(_read_text(wanted)), wanted, times=times)

    def _texts_at_once(self, request: Request) -> Response:
        several = request.json.get("texts")
        if not isinstance(several, list) or not 1 <= len(several) <= MAX_AT_ONCE:
            raise RequestError(f"texts: a list of 1 to {MAX_AT_ONCE}")
        if not all(isinstance(wanted, dict) for wanted in several):
            raise RequestError("texts: objects")
        received = [self._carrier.receive(_read_text(wanted)) for wanted in several]
        meeting = threading.Barrier(len(received))
        with ThreadPoolExecutor(len(received)) as pool:
            told = list(pool.map(lambda item: self._carrier.tell(item, meeting=meeting), received))
        return answer(
            {
                "texts": [
                    {
                        "sid": item.message.sid,
                        "known": item.known,
                        "params": item.params,
                        "deliveries": [_answer_json(one) for one in answers],
                    }
                    for item, answers in zip(received, told, strict=True)
                ]
            },
            status=201,
        )

    def _deliver_again(self, request: Request, *, sid: str) -> Response:
        received = self._carrier.again(sid, opt_out_type=text(request.json, "opt_out_type"))
        if received is None:
            return answer({"error": "no inbound text of this sid"}, status=404)
        return self._tell(received, request.json, times=whole(request.json, "deliver_times", 1))

    def _tell(self, received: Received, wanted: Mapping[str, object], *, times: int) -> Response:
        mode = text(wanted, "signature") or "right"
        if mode not in {"right", "wrong", "missing"}:
            raise RequestError("signature: right, wrong or missing")
        signature: delivery.SignatureMode = (
            "wrong" if mode == "wrong" else "missing" if mode == "missing" else "right"
        )
        same_instant, url = flag(wanted, "same_instant"), text(wanted, "url")
        described = {"sid": received.message.sid, "known": received.known}
        if not flag(wanted, "wait", default=True):
            self._carrier.scheduler.after(
                0,
                lambda: _ignore(
                    self._carrier.tell(
                        received,
                        times=times,
                        same_instant=same_instant,
                        signature=signature,
                        url=url,
                    )
                ),
            )
            return answer({**described, "params": received.params}, status=202)
        answers = self._carrier.tell(
            received, times=times, same_instant=same_instant, signature=signature, url=url
        )
        return answer(
            {
                **described,
                "params": received.params,
                "deliveries": [_answer_json(item) for item in answers],
            },
            status=201,
        )

    def _call(self, request: Request) -> Response:
        call = self._carrier.call(
            sender=phone_number(request.json, "from"), recipient=phone_number(request.json, "to")
        )
        return answer(
            {"sid": call.sid, "dialed": list(call.dialed), "delivery": _answer_json(call.answer)},
            status=201,
        )

    # What happened

    def _messages(self, request: Request) -> Response:
        found = self._store.messages(
            sender=_number_filter(request, "from"),
            recipient=_number_filter(request, "to"),
            limit=_whole(request, "limit", 1000),
        )
        return answer(
            {"messages": [_message_json(self._carrier, item) for item in reversed(found)]}
        )

    def _requests(self, request: Request) -> Response:
        count, found = self._store.requests(
            method=request.first("method").upper(),
            path=request.first("path"),
            sender=_number_filter(request, "from"),
            recipient=_number_filter(request, "to"),
            after_id=_whole(request, "after", 0),
            limit=_whole(request, "limit", 10_000),
        )
        return answer({"count": count, "requests": [dataclasses.asdict(item) for item in found]})

    def _deliveries(self, request: Request) -> Response:
        found = self._store.deliveries(
            kind=request.first("kind"),
            message_sid=request.first("sid"),
            after_id=_whole(request, "after", 0),
            limit=_whole(request, "limit", 10_000),
        )
        return answer({"deliveries": [dataclasses.asdict(item) for item in found]})

    # Faults, held callbacks, blocks

    def _faults(self, _request: Request) -> Response:
        return answer({"faults": [fault_json(item) for item in self._carrier.faults.listed()]})

    def _add_fault(self, request: Request) -> Response:
        fault = self._carrier.faults.add(request.json)
        self._carrier.changes.note()
        return answer(fault_json(fault), status=201)

    def _clear_faults(self, _request: Request) -> Response:
        removed = self._carrier.faults.remove(None)
        self._carrier.changes.note()
        return answer({"removed": removed})

    def _remove_fault(self, _request: Request, *, fault: str) -> Response:
        removed = self._carrier.faults.remove(int(fault))
        self._carrier.changes.note()
        return answer({"removed": removed}, status=200 if removed else 404)

    def _callbacks(self, _request: Request) -> Response:
        return answer({"held": self._carrier.held_callbacks()})

    def _release(self, request: Request) -> Response:
        released = self._carrier.release_callbacks(newest_first=flag(request.json, "newest_first"))
        return answer({"released": released})

    def _blocks(self, _request: Request) -> Response:
        return answer(
            {
                "blocks": [
                    {"scope": scope, "customer": customer}
                    for scope, customer in self._store.blocks()
                ]
            }
        )

    def _block(self, request: Request) -> Response:
        scope, customer = self._block_key(request)
        self._store.block(scope, customer=customer, at=self._carrier.now())
        self._carrier.changes.note()
        return answer({"scope": scope, "customer": customer}, status=201)

    def _unblock(self, request: Request) -> Response:
        scope, customer = self._block_key(request)
        removed = self._store.unblock(scope, customer=customer)
        self._carrier.changes.note()
        return answer({"removed": int(removed)}, status=200 if removed else 404)

    def _block_key(self, request: Request) -> tuple[str, str]:
        number = self._store.number(phone_number(request.json, "number"))
        if number is None:
            raise RequestError("number: not one of the dealerships' numbers")
        return number.service_sid or number.number, phone_number(request.json, "customer")


def register_number(carrier: Carrier, wanted: object) -> Number:
    """Register a dealership's number from its JSON form; raises RequestError.

    `{"number", "name", "messaging_service_sid", "account_sid", "answers", "sms_url", "voice_url"}`
    of which all but the first may be missing.
    """
    if not isinstance(wanted, dict):
        raise RequestError("a number is an object")
    number = phone_number(wanted, "number")
    account_sid = text(wanted, "account_sid")
    if account_sid and carrier.store.auth_token(account_sid) is None:
        raise RequestError("account_sid: unknown")
    carrier.add_number(
        number,
        name=text(wanted, "name"),
        account_sid=account_sid,
        service_sid=text(wanted, "messaging_service_sid"),
    )
    changes: dict[str, str | int | float | bytes | None] = {
        key: text(wanted, key) for key in ("sms_url", "voice_url") if key in wanted
    }
    if "answers" in wanted:
        answers = wanted["answers"]
        changes["answers"] = None if answers is None else "+".join(read_answers(answers))
    carrier.store.change_number(number, changes=changes)
    found = carrier.store.number(number)
    if found is None:
        raise RequestError("number: removed meanwhile")
    return found


def read_answers(value: object) -> tuple[str, ...]:
    """Read which words the carrier answers: `stop+help`, or a list; raises RequestError."""
    words = value.split("+") if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise RequestError("answers: such as stop+help")
    words = [word.strip().lower() for word in words if word.strip() not in {"", "none"}]
    unknown = set(words) - set(ANSWERABLE)
    if unknown:
        raise RequestError(f"answers: {'+'.join(ANSWERABLE)}, not {sorted(unknown)[0]}")
    return tuple(word for word in ANSWERABLE if word in words)


def read_settings(wanted: Mapping[str, object]) -> dict[str, object]:
    """Check changes of the carrier's settings; raises RequestError."""
    changes: dict[str, object] = {}
    for key, value in wanted.items():
        if key == "answers":
            changes[key] = read_answers(value)
        elif key in {"advanced_opt_out", "strict_numbers"}:
            changes[key] = flag(wanted, key)
        elif key in {"brand_status", "campaign_status", "tollfree_status"}:
            if not isinstance(value, str) or not re.fullmatch(r"[A-Z_]{1,40}", value):
                raise RequestError(f"{key}: capitals, as the carrier writes it")
            changes[key] = value
        elif key in {"sent_after_seconds", "delivered_after_seconds"}:
            if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
                raise RequestError(f"{key}: seconds")
            changes[key] = float(value)
        elif key == "webhook_retries":
            retries = whole(wanted, key, 1)
            if not 0 <= retries <= 5:
                raise RequestError("webhook_retries: 0 to 5")
            changes[key] = retries
        elif key == "webhook_base":
            base = text(wanted, key)
            if not re.fullmatch(r"https?://[^\s/]+", base.rstrip("/")):
                raise RequestError("webhook_base: like http://127.0.0.1:8000")
            changes[key] = base.rstrip("/")
        else:
            raise RequestError(f"unknown setting: {key}")
    return changes


def sample(name: str) -> Upload:
    """Load one of the sample pictures; raises RequestError."""
    if name not in SAMPLES:
        raise RequestError(f"media: one of {', '.join(SAMPLES)}")
    path = STATIC / name
    return Upload(content_type=CONTENT_TYPES[path.suffix], content=path.read_bytes())


def phone_number(wanted: Mapping[str, object], key: str) -> str:
    """Read an E.164 number; raises RequestError."""
    number = re.sub(r"[\s().-]", "", text(wanted, key))
    if not E164.fullmatch(number):
        raise RequestError(f"{key}: a number like +17175550142")
    return number


def text(wanted: Mapping[str, object], key: str) -> str:
    """Read a string, missing is empty; raises RequestError."""
    value = wanted.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RequestError(f"{key}: text")
    return value


def flag(wanted: Mapping[str, object], key: str, *, default: bool = False) -> bool:
    """Read true or false; raises RequestError."""
    value = wanted.get(key, default)
    if not isinstance(value, bool):
        raise RequestError(f"{key}: true or false")
    return value


def whole(wanted: Mapping[str, object], key: str, default: int) -> int:
    """Read a whole number; raises RequestError."""
    value = wanted.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise RequestError(f"{key}: a whole number")
    return value


def fault_json(fault: Fault) -> dict[str, object]:
    """Describe a fault as it was set, with the `times` that are left."""
    effects: dict[str, object] = {}
    for key in sorted(fault.keys):
        value = getattr(fault.effects, key)
        effects[key] = sorted(value) if isinstance(value, frozenset) else value
    return {
        "id": fault.id,
        "times": fault.times,
        "to": fault.to,
        "from": fault.sender,
        "on": fault.on,
        **effects,
    }


def _settings_json(carrier: Carrier) -> dict[str, object]:
    return {**dataclasses.asdict(carrier.settings), "answers": list(carrier.settings.answers)}


def _number_json(number: Number) -> dict[str, object]:
    return {
        "number": number.number,
        "name": number.name,
        "sid": number.sid,
        "account_sid": number.account_sid,
        "messaging_service_sid": number.service_sid,
        "answers": None if number.answers is None else list(number.answers),
        "sms_url": number.sms_url,
        "voice_url": number.voice_url,
    }


def _message_json(carrier: Carrier, message: Message) -> dict[str, object]:
    return {
        "sid": message.sid,
        "direction": message.direction,
        "from": message.sender,
        "to": message.recipient,
        "body": message.body,
        "status": message.status,
        "error_code": message.error_code,
        "messaging_service_sid": message.service_sid,
        "num_segments": message.num_segments,
        "media": [
            {
                "sid": item.sid,
                "content_type": item.content_type,
                "bytes": len(item.content or b""),
                "url": f"{carrier.settings.public_url}/media/{item.token}",
                "source_url": item.source_url,
            }
            for item in (carrier.store.media_of(message.sid) if message.num_media else ())
        ],
        "created": message.created,
        "sent": message.sent,
        "date_created": shapes.rfc2822(message.created),
    }


def _answer_json(item: delivery.Answer) -> dict[str, object]:
    return {
        "status": item.status,
        "body": item.body.decode("utf-8", "replace"),
        "error": item.error,
        "attempts": item.attempts,
        "seconds": item.seconds,
    }


def _read_text(wanted: Mapping[str, object]) -> Text:
    sid = text(wanted, "sid")
    if sid and not re.fullmatch(r"(SM|MM)\w{1,64}", sid):
        raise RequestError("sid: SM… or MM…")
    service_sid = wanted.get("messaging_service_sid")
    return Text(
        sender=phone_number(wanted, "from"),
        recipient=phone_number(wanted, "to"),
        body=text(wanted, "body"),
        uploads=_uploads(wanted.get("media")),
        service_sid=None if service_sid is None else text(wanted, "messaging_service_sid"),
        opt_out_type=text(wanted, "opt_out_type"),
        sid=sid,
        extra=_extra(wanted.get("extra")),
    )


def _uploads(wanted: object) -> tuple[Upload, ...]:
    if wanted is None:
        return ()
    if not isinstance(wanted, list) or len(wanted) > MAX_UPLOADS:
        raise RequestError(f"media: a list of at most {MAX_UPLOADS}")
    return tuple(_upload(item) for item in wanted)


def _upload(item: object) -> Upload:
    if isinstance(item, str):
        return sample(item)
    if not isinstance(item, dict):
        raise RequestError("media: names of samples, or objects with content_type and base64")
    content_type = text(item, "content_type")
    if not re.fullmatch(r"[\w.+-]+/[\w.+-]+", content_type):
        raise RequestError("content_type: like image/jpeg")
    try:
        content = base64.b64decode(text(item, "base64"), validate=True)
    except binascii.Error:
        raise RequestError("base64: not base64") from None
    return Upload(content_type=content_type, content=content)


def _extra(wanted: object) -> dict[str, str]:
    if wanted is None:
        return {}
    if not isinstance(wanted, dict) or not all(isinstance(item, str) for item in wanted.values()):
        raise RequestError("extra: an object of texts")
    return {str(key): str(value) for key, value in wanted.items()}


def _number_filter(request: Request, name: str) -> str:
    value = request.first(name)
    return "+" + value[1:] if value.startswith(" ") else value


def _whole(request: Request, name: str, default: int) -> int:
    value = request.first(name)
    if not value:
        return default
    if not value.isdigit():
        raise RequestError(f"{name}: a whole number")
    return int(value)


def _seconds(request: Request, name: str, default: float) -> float:
    try:
        return min(max(float(request.first(name) or default), 0.0), MAX_WAIT_SECONDS)
    except ValueError:
        raise RequestError(f"{name}: seconds") from None


def _ignore(_answers: object) -> None:
    """Let a job end with nothing."""
