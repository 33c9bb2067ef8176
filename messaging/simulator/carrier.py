"""The carrier itself: takes texts from dealerships, carries texts from handsets, tells the portal.

It knows nothing of HTTP servers: `rest` and `control` translate requests into the calls below, and
`delivery` carries what it has to say to the portal.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

import defusedxml
import defusedxml.ElementTree

from messaging.simulator import delivery, keywords, parts, shapes
from messaging.simulator.faults import Effects, Faults
from messaging.simulator.scheduler import Scheduler
from messaging.simulator.store import Media, Message, Number, Phone, Service, Store

logger = logging.getLogger(__name__)

Poster = Callable[[threading.Barrier | None], delivery.Answer]
_loads: Callable[[str], dict[str, object]] = json.loads

# Limits of law page 4.6 and 4.9 (21617, 21623, 5 MB for a text with media).
MAX_BODY_UNITS = 1600
MAX_MEDIA = 10
MAX_MEDIA_BYTES = 5 * 1024 * 1024
# Scheduling, law page 4.8.
MIN_SCHEDULE_SECONDS = 300
MAX_SCHEDULE_SECONDS = 35 * 86400

E164 = re.compile(r"\+[1-9]\d{6,14}")
# Three digits, then seven, of which the fourth is not 0 or 1 (North American Numbering Plan).
NANP = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}")

CANADIAN_AREA_CODES = frozenset(
    re.findall(
        r"\d{3}",
        "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 "
        "438 450 460 468 474 506 514 519 537 548 568 579 581 584 587 604 613 639 647 672 683 705 "
        "709 742 753 778 780 782 807 819 825 867 873 879 902 905 942",
    )
)

DEMO_PHONES = (
    Phone("+17175550142", "Cora Bell", "Chambersburg", "PA", "17201", "US"),
    Phone("+13015550118", "Andre Watts", "Hagerstown", "MD", "21740", "US"),
    Phone("+13055550190", "Lucía Ramos", "Miami", "FL", "33101", "US"),
    Phone("+12135550111", "Priya Nair", "Los Angeles", "CA", "90012", "US"),
    Phone("+15145550177", "Luc Tremblay", "Montréal", "QC", "H2X 1Y4", "CA"),
    Phone("+14165550133", "Mei Chen", "Toronto", "ON", "M5V 2T6", "CA"),
)

_PAST: dict[str, Sequence[str]] = {
    "queued": ("scheduled",),
    "sent": ("accepted", "queued"),
    "failed": ("accepted", "queued", "sent"),
    "delivered": ("sent",),
    "undelivered": ("sent",),
    "canceled": ("scheduled",),
}


class RefusedError(Exception):
    """The carrier does not take a text; `code` is one of its error codes."""

    def __init__(self, code: int, *, status: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


@dataclass(frozen=True, slots=True)
class Settings:
    """How the carrier behaves when no fault is set; times in seconds."""

    webhook_base: str
    public_url: str
    answers: tuple[str, ...] = ()
    advanced_opt_out: bool = False
    strict_numbers: bool = False
    sent_after_seconds: float = 0.05
    delivered_after_seconds: float = 0.15
    webhook_retries: int = delivery.RETRIES
    time_offset_seconds: int = 0
    brand_status: str = "APPROVED"
    campaign_status: str = "VERIFIED"
    tollfree_status: str = "TWILIO_APPROVED"


@dataclass(frozen=True, slots=True)
class Order:
    """What a dealership asks the carrier to send."""

    recipient: str
    sender: str = ""
    service_sid: str = ""
    body: str = ""
    media_urls: tuple[str, ...] = ()
    status_callback: str = ""
    send_at: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on a handset."""

    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Text:
    """What a customer types into a handset.

    `service_sid` None means the service of the number, if it has one; `extra` are further
    parameters of the webhook.
    """

    sender: str
    recipient: str
    body: str = ""
    uploads: tuple[Upload, ...] = ()
    service_sid: str | None = None
    opt_out_type: str = ""
    sid: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Received:
    """A text that the carrier took from a handset; `params` are those of its webhook."""

    message: Message
    params: dict[str, str]
    known: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A telephone call to a dealership's number; `dialed` are the numbers it was put through to."""

    sid: str
    answer: delivery.Answer
    dialed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Callback:
    url: str
    params: dict[str, str]
    message_sid: str
    copies: int


class Changes:
    """A counter that grows with each change, for those who watch."""

    def __init__(self) -> None:
        self._version = 0
        self._closed = False
        self._condition = threading.Condition()

    def note(self) -> None:
        """Wake everybody who waits."""
        with self._condition:
            self._version += 1
            self._condition.notify_all()

    def wait(self, version: int, timeout_seconds: float) -> int | None:
        """Wait for a version past this one; the same one after the timeout, None at the end."""
        with self._condition:
            self._condition.wait_for(
                lambda: self._version > version or self._closed, timeout_seconds
            )
            return None if self._closed else self._version

    def close(self) -> None:
        """Send everybody home."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()


class Carrier:
    """One simulated carrier; every method is safe to call from any thread."""

    def __init__(
        self, store: Store, *, account_sid: str, scheduler: Scheduler, settings: Settings
    ) -> None:
        """Take over a store, and go on with the texts whose journey was cut off."""
        self.store = store
        self.account_sid = account_sid
        self.scheduler = scheduler
        self.settings = settings
        self.faults = Faults()
        self.changes = Changes()
        self._held: list[_Callback] = []
        self._held_lock = threading.Lock()
        for message in store.unfinished():
            self._resume(message)

    def now(self) -> float:
        """Return the carrier's time in POSIX seconds; the offset is the portal's own."""
        return time.time() + self.settings.time_offset_seconds

    def change_settings(self, changes: Mapping[str, object]) -> None:
        """Replace settings by name; the values are checked by the caller."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]  # by name

    # Who is who

    def add_account(self, sid: str, *, auth_token: str) -> None:
        """Add an account, or give a known one a new token."""
        self.store.put_account(sid, auth_token=auth_token, name="Account " + sid[-6:])

    def add_demo_phones(self) -> None:
        """Put a few handsets on the table."""
        for phone in DEMO_PHONES:
            self.store.put_phone(phone)
        self.changes.note()

    def add_number(
        self, number: str, *, name: str = "", account_sid: str = "", service_sid: str = ""
    ) -> Number:
        """Register a dealership's number, or change what is named of a known one."""
        account_sid = account_sid or self.account_sid
        if service_sid:
            self.store.put_service(
                service_sid, account_sid=account_sid, name=name or service_sid, at=self.now()
            )
        with self.store.transaction():
            self.store.put_number(
                number,
                sid=shapes.new_sid("PN"),
                account_sid=account_sid,
                name=name or pretty(number),
                at=self.now(),
            )
            changes: dict[str, str | int | float | bytes | None] = {
                "account_sid": account_sid,
                "service_sid": service_sid,
            }
            if name:
                changes["name"] = name
            self.store.change_number(number, changes=changes)
            found = self.store.number(number)
        self.changes.note()
        if found is None:
            raise LookupError("a number was removed while it was registered")
        return found

    def _adopt_number(self, number: str, *, account_sid: str) -> Number | None:
        found = self.store.number(number)
        if found is not None:
            return found
        if self.settings.strict_numbers:
            return None
        return self.add_number(number, account_sid=account_sid)

    def _adopt_phone(self, number: str) -> Phone:
        found = self.store.phone(number)
        if found is None:
            found = Phone(number, pretty(number), "", "", "", country_of(number))
            self.store.put_phone(found)
        return found

    # From a dealership to a handset

    def accept(self, account_sid: str, order: Order, *, effects: Effects | None = None) -> Message:
        """Take a text and start its journey; raises RefusedError and then has stored nothing."""
        effects = effects or Effects()
        number, service = self._sender_of(account_sid, order)
        self._check(order)
        send_at = self._send_at(order)
        if effects.error_code and not effects.is_delivery_verdict:
            raise RefusedError(effects.error_code)
        if self.store.is_blocked(_scope(number), customer=order.recipient):
            raise RefusedError(21610)
        self._adopt_phone(order.recipient)
        at = self.now()
        final = effects.final_status or ("undelivered" if effects.error_code else "delivered")
        plan = {
            "final_status": final,
            "error_code": effects.error_code if final in {"undelivered", "failed"} else None,
            "callbacks": sorted(effects.callbacks),
            "send_at": send_at,
        }
        message = self.store.add_message(
            sid=shapes.new_sid("MM" if order.media_urls else "SM"),
            account_sid=account_sid,
            direction="outbound-api",
            sender=number.number,
            recipient=order.recipient,
            body=order.body,
            status="scheduled" if send_at else "accepted" if service else "queued",
            service_sid=service.sid if service else "",
            num_segments=parts.count(order.body),
            num_media=len(order.media_urls),
            status_callback=order.status_callback or (service.status_callback if service else ""),
            plan=plan,
            at=at,
            sent=None,
        )
        if message is None:
            raise LookupError("a fresh SID was known already")
        for position, url in enumerate(order.media_urls):
            self.store.add_media(_pending_media(message.sid, position, url, at=at))
        if "before_answer" in effects.callbacks:
            self._send(message.sid, wait=True)
        else:
            self._resume(message)
        self.changes.note()
        return message

    def cancel(self, sid: str) -> Message | None:
        """Cancel a scheduled text; None if it is too late."""
        message = self.store.move_message(
            sid, status="canceled", coming_from=_PAST["canceled"], error_code=None, at=self.now()
        )
        self.changes.note()
        return message

    def _sender_of(self, account_sid: str, order: Order) -> tuple[Number, Service | None]:
        if not order.sender and not order.service_sid:
            raise RefusedError(21603)
        service = None
        if order.service_sid:
            service = self.store.service(order.service_sid)
            if service is None or service.account_sid != account_sid:
                raise RefusedError(21701)
        if order.sender:
            if not E164.fullmatch(order.sender):
                raise RefusedError(21606)
            number = self._adopt_number(order.sender, account_sid=account_sid)
            if number is None or number.account_sid != account_sid:
                raise RefusedError(21606)
            return number, service
        pool = self.store.numbers(account_sid, service_sid=order.service_sid)
        if not pool:
            raise RefusedError(21704)
        sticky = self.store.sticky_sender(order.service_sid, recipient=order.recipient)
        return next((item for item in pool if item.number == sticky), pool[0]), service

    def _check(self, order: Order) -> None:
        if not order.recipient:
            raise RefusedError(21604)
        if not E164.fullmatch(order.recipient):
            raise RefusedError(21211)
        if not order.recipient.startswith("+1"):
            raise RefusedError(21408)
        if not NANP.fullmatch(order.recipient):
            raise RefusedError(21211)
        if not order.body and not order.media_urls:
            raise RefusedError(21602)
        if len(order.body.encode("utf-16-le")) // 2 > MAX_BODY_UNITS:
            raise RefusedError(21617)
        if len(order.media_urls) > MAX_MEDIA:
            raise RefusedError(21623)
        if any(not _is_web(url) for url in order.media_urls):
            raise RefusedError(21620)
        if order.status_callback and not _is_web(order.status_callback):
            raise RefusedError(21609)

    def _send_at(self, order: Order) -> float | None:
        if not order.send_at:
            return None
        if not order.service_sid:
            raise RefusedError(35118)
        try:
            at = datetime.fromisoformat(order.send_at)
        except ValueError:
            raise RefusedError(35114) from None
        seconds = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
        if not MIN_SCHEDULE_SECONDS < seconds - self.now() <= MAX_SCHEDULE_SECONDS:
            raise RefusedError(35115)
        return seconds

    # The journey of a text: accepted or queued, sent, and what its plan says in the end

    def _resume(self, message: Message) -> None:
        plan = Plan.read(message)
        if message.status == "scheduled":
            wait = max(0.0, (plan.send_at or 0.0) - self.now())
            self.scheduler.after(wait, lambda: self._send(message.sid))
        elif message.status == "sent":
            if plan.final_status != "sent":
                self.scheduler.after(
                    self.settings.delivered_after_seconds, lambda: self._finish(message.sid)
                )
        else:
            self.scheduler.after(self.settings.sent_after_seconds, lambda: self._send(message.sid))

    def _send(self, sid: str, *, wait: bool = False) -> None:
        """Hand a text to the network, and go on to its end (at once if `wait`)."""
        self._move(sid, "queued")
        message = self.store.message(sid)
        if message is None:
            return
        plan = Plan.read(message)
        if not self._fetch_media(sid):
            # 11200: the file behind MediaUrl could not be had.
            plan = replace(plan, final_status="failed", error_code=11200)
        if plan.final_status == "failed":
            if self._move(sid, "failed", error_code=plan.error_code):
                self._call_back(message, status="failed", plan=plan)
            return
        if not self._move(sid, "sent", sent=self.now()):
            return
        if "reversed" not in plan.callbacks:
            self._call_back(message, status="sent", plan=plan)
        if plan.final_status == "sent":
            return
        if wait:
            self._finish(sid)
        else:
            self.scheduler.after(self.settings.delivered_after_seconds, lambda: self._finish(sid))

    def _finish(self, sid: str) -> None:
        message = self.store.message(sid)
        if message is None:
            return
        plan = Plan.read(message)
        if not self._move(sid, plan.final_status, error_code=plan.error_code):
            return
        self._call_back(message, status=plan.final_status, plan=plan)
        if "reversed" in plan.callbacks:
            self._call_back(message, status="sent", plan=plan)

    def _move(
        self, sid: str, status: str, *, error_code: int | None = None, sent: float | None = None
    ) -> bool:
        moved = self.store.move_message(
            sid,
            status=status,
            coming_from=_PAST[status],
            error_code=error_code,
            at=self.now(),
            sent=sent,
        )
        if moved:
            self.changes.note()
        return moved is not None

    def _fetch_media(self, sid: str) -> bool:
        budget = MAX_MEDIA_BYTES
        for item in self.store.media_of(sid):
            if item.content is not None:
                continue
            fetched = delivery.fetch(item.source_url, max_bytes=budget)
            if fetched is None:
                return False
            content, content_type = fetched
            budget -= len(content)
            self.store.fill_media(item.sid, content=content, content_type=content_type)
        return True

    # Status callbacks

    def _call_back(self, message: Message, *, status: str, plan: Plan) -> None:
        if not message.status_callback:
            return
        code = plan.error_code if status in {"undelivered", "failed"} else None
        callback = _Callback(
            url=message.status_callback,
            params=_callback_params(message, status=status, error_code=code, at=self.now()),
            message_sid=message.sid,
            copies=2 if "duplicated" in plan.callbacks else 1,
        )
        if "held" in plan.callbacks:
            with self._held_lock:
                self._held.append(callback)
            self.changes.note()
        else:
            self._post_callback(callback)

    def held_callbacks(self) -> list[dict[str, str]]:
        """List the parameters of the status callbacks that are held back."""
        with self._held_lock:
            return [callback.params for callback in self._held]

    def release_callbacks(self, *, newest_first: bool = False) -> int:
        """Deliver what was held back, one after the other; return how many there were."""
        with self._held_lock:
            held, self._held = self._held, []
        for callback in reversed(held) if newest_first else held:
            self._post_callback(callback)
        return len(held)

    def _post_callback(self, callback: _Callback) -> None:
        message = self.store.message(callback.message_sid)
        token = self.store.auth_token(callback.params["AccountSid"]) or ""

        def post(barrier: threading.Barrier | None) -> delivery.Answer:
            return delivery.post_signed(
                callback.url,
                params=callback.params,
                auth_token=token,
                retries=self.settings.webhook_retries,
                before_sending=_meet(barrier),
            )

        for answer in _at_once(callback.copies, post):
            self._note_delivery(
                "status",
                url=callback.url,
                sid=callback.message_sid,
                status=callback.params["MessageStatus"],
                answer=answer,
            )
        if message is None:
            logger.info("status callback of a deleted text sid=%s", callback.message_sid)

    def _note_delivery(
        self, kind: str, *, url: str, sid: str, status: str, answer: delivery.Answer
    ) -> None:
        self.store.add_delivery(
            at=self.now(),
            kind=kind,
            url=url,
            message_sid=sid,
            message_status=status,
            attempts=answer.attempts,
            status=answer.status,
            error=answer.error,
            seconds=answer.seconds,
        )
        if not answer.ok:
            logger.warning(
                "webhook not taken kind=%s sid=%s http=%s error=%s attempts=%s",
                kind,
                sid,
                answer.status,
                answer.error or "-",
                answer.attempts,
            )
        self.changes.note()

    # From a handset to a dealership

    def receive(self, text: Text) -> Received:
        """Take a text from a handset: store it, and answer it if it is a word for the carrier.

        The portal is told by `tell`. A SID that is known already is told again with its own words.
        Raises RefusedError if the dealership's number is not known and numbers are strict.
        """
        number = self._adopt_number(text.recipient, account_sid=self.account_sid)
        if number is None:
            raise RefusedError(21211)
        phone = self._adopt_phone(text.sender)
        at = self.now()
        service_sid = number.service_sid if text.service_sid is None else text.service_sid
        with self.store.transaction():
            stored = self.store.add_message(
                sid=text.sid or shapes.new_sid("MM" if text.uploads else "SM"),
                account_sid=number.account_sid,
                direction="inbound",
                sender=text.sender,
                recipient=text.recipient,
                body=text.body,
                status="received",
                service_sid=service_sid,
                num_segments=parts.count(text.body),
                num_media=len(text.uploads),
                status_callback="",
                plan={},
                at=at,
                sent=at,
            )
            if stored is not None:
                for position, upload in enumerate(text.uploads):
                    self.store.add_media(
                        Media(
                            sid=shapes.new_sid("ME"),
                            message_sid=stored.sid,
                            position=position,
                            content_type=upload.content_type,
                            content=upload.content,
                            source_url="",
                            token=secrets.token_urlsafe(24),
                            created=at,
                        )
                    )
        message = stored or self.store.message(text.sid)
        if message is None:
            raise LookupError("a text was deleted while it came in")
        word = keywords.keyword(message.body, number=number.number)
        opt_out_type = text.opt_out_type
        if self.settings.advanced_opt_out and word and not opt_out_type:
            opt_out_type = word.upper()
        if stored is not None and word:
            self._answer_word(word, number=number, phone=phone)
        self.changes.note()
        return Received(
            message=message,
            params=self._inbound_params(message, phone, opt_out_type, text.extra),
            known=stored is None,
        )

    def again(self, sid: str, *, opt_out_type: str = "") -> Received | None:
        """Take an inbound text that is stored already, to tell of it again."""
        message = self.store.message(sid)
        if message is None or message.outbound:
            return None
        phone = self._adopt_phone(message.sender)
        return Received(
            message=message,
            params=self._inbound_params(message, phone, opt_out_type, {}),
            known=True,
        )

    def tell(
        self,
        received: Received,
        *,
        times: int = 1,
        same_instant: bool = False,
        signature: delivery.SignatureMode = "right",
        url: str = "",
        meeting: threading.Barrier | None = None,
    ) -> list[delivery.Answer]:
        """Deliver a text's webhook, and carry what the portal's TwiML answers to the handset.

        `meeting` holds a single delivery back, connected, until the others at it are ready too.
        """
        message = received.message
        target, fallback = self._inbound_urls(message)
        target = url or target
        token = self.store.auth_token(message.account_sid) or ""

        def post(barrier: threading.Barrier | None) -> delivery.Answer:
            return delivery.post_signed(
                target,
                params=received.params,
                auth_token=token,
                retries=self.settings.webhook_retries,
                signature=signature,
                before_sending=_meet(barrier),
            )

        answers: list[delivery.Answer] = []
        for answer in (
            _at_once(times, post) if same_instant else (post(meeting) for _ in range(times))
        ):
            self._note_delivery(
                "inbound", url=target, sid=message.sid, status="received", answer=answer
            )
            if not answer.ok and fallback:
                answer = delivery.post_signed(
                    fallback,
                    params={**received.params, "ErrorCode": "11200", "ErrorUrl": target},
                    auth_token=token,
                    retries=self.settings.webhook_retries,
                )
                self._note_delivery(
                    "fallback", url=fallback, sid=message.sid, status="received", answer=answer
                )
            if answer.ok:
                self._carry_answer(message, answer)
            answers.append(answer)
        return answers

    def _inbound_urls(self, message: Message) -> tuple[str, str]:
        number = self.store.number(message.recipient)
        service = self.store.service(message.service_sid) if message.service_sid else None
        if service and service.inbound_url and not service.use_number_webhook:
            return service.inbound_url, service.fallback_url
        usual = self.settings.webhook_base + "/webhooks/twilio/inbound/"
        if number is None:
            return usual, ""
        return number.sms_url or usual, number.sms_fallback_url

    def _inbound_params(
        self, message: Message, phone: Phone, opt_out_type: str, extra: Mapping[str, str]
    ) -> dict[str, str]:
        params = {
            "ToCountry": country_of(message.recipient),
            "ToState": "",
            "ToCity": "",
            "ToZip": "",
            "SmsMessageSid": message.sid,
            "NumMedia": str(message.num_media),
            "FromZip": phone.zip,
            "FromState": phone.state,
            "FromCity": phone.city.upper(),
            "FromCountry": phone.country,
            "SmsSid": message.sid,
            "SmsStatus": "received",
            "Body": message.body,
            "To": message.recipient,
            "NumSegments": str(message.num_segments),
            "MessageSid": message.sid,
            "AccountSid": message.account_sid,
            "From": message.sender,
            "ApiVersion": shapes.API_VERSION,
            # The carrier adds parameters without notice (law page 4.1).
            "UnannouncedParameter": "new",
        }
        if message.service_sid:
            params["MessagingServiceSid"] = message.service_sid
        if opt_out_type:
            params["OptOutType"] = opt_out_type
        for item in self.store.media_of(message.sid):
            params[f"MediaContentType{item.position}"] = item.content_type
            params[f"MediaUrl{item.position}"] = (
                f"{self.settings.public_url}/{shapes.API_VERSION}/Accounts/{message.account_sid}"
                f"/Messages/{message.sid}/Media/{item.sid}"
            )
        return {**params, **extra}

    def _answer_word(self, word: keywords.Keyword, *, number: Number, phone: Phone) -> None:
        allowed = self.settings.answers if number.answers is None else number.answers
        if word not in allowed:
            return
        scope = _scope(number)
        if word == "stop" and not self.store.block(scope, customer=phone.number, at=self.now()):
            return
        if word == "start" and not self.store.unblock(scope, customer=phone.number):
            return
        if word == "help" and self.store.is_blocked(scope, customer=phone.number):
            return
        self._reply(
            number, recipient=phone.number, body=keywords.answer(word, number=number.number)
        )

    def _carry_answer(self, message: Message, answer: delivery.Answer) -> None:
        for verb in _verbs(answer):
            if verb.tag not in {"Message", "Sms"}:
                logger.info("TwiML verb not carried sid=%s", message.sid)
                continue
            body = "".join(
                [(verb.text or "").strip(), *(part.text or "" for part in verb.findall("Body"))]
            )
            media = tuple(part.text.strip() for part in verb.findall("Media") if part.text)
            number = self.store.number(verb.get("from") or message.recipient)
            recipient = verb.get("to") or message.sender
            if number is None or not (body or media):
                continue
            if self.store.is_blocked(_scope(number), customer=recipient):
                logger.warning("TwiML answer not carried: 21610 sid=%s", message.sid)
                continue
            self._reply(
                number,
                recipient=recipient,
                body=body,
                media_urls=media,
                status_callback=verb.get("statusCallback") or "",
            )

    def _reply(
        self,
        number: Number,
        *,
        recipient: str,
        body: str,
        media_urls: Sequence[str] = (),
        status_callback: str = "",
    ) -> None:
        at = self.now()
        message = self.store.add_message(
            sid=shapes.new_sid("MM" if media_urls else "SM"),
            account_sid=number.account_sid,
            direction="outbound-reply",
            sender=number.number,
            recipient=recipient,
            body=body,
            status="queued",
            service_sid="",
            num_segments=parts.count(body),
            num_media=len(media_urls),
            status_callback=status_callback if _is_web(status_callback) else "",
            plan={},
            at=at,
            sent=None,
        )
        if message is None:
            return
        for position, url in enumerate(media_urls):
            self.store.add_media(_pending_media(message.sid, position, url, at=at))
        self._resume(message)

    # Calls

    def call(self, *, sender: str, recipient: str) -> Call:
        """Ring a dealership's number from a handset; raises RefusedError as `receive` does."""
        number = self._adopt_number(recipient, account_sid=self.account_sid)
        if number is None:
            raise RefusedError(21211)
        phone = self._adopt_phone(sender)
        sid = shapes.new_sid("CA")
        url = number.voice_url or self.settings.webhook_base + "/webhooks/twilio/voice/"
        answer = delivery.post_signed(
            url,
            params={
                "AccountSid": number.account_sid,
                "ApiVersion": shapes.API_VERSION,
                "CallSid": sid,
                "CallStatus": "ringing",
                "Called": recipient,
                "Caller": sender,
                "Direction": "inbound",
                "From": sender,
                "FromCity": phone.city.upper(),
                "FromCountry": phone.country,
                "FromState": phone.state,
                "FromZip": phone.zip,
                "To": recipient,
                "ToCountry": country_of(recipient),
            },
            auth_token=self.store.auth_token(number.account_sid) or "",
            retries=self.settings.webhook_retries,
        )
        self._note_delivery("voice", url=url, sid=sid, status="ringing", answer=answer)
        return Call(sid=sid, answer=answer, dialed=_dialed(answer))

    # Housekeeping

    def reset(self, *, everything: bool = False) -> None:
        """Forget texts, blocks, logs, faults and what is under way."""
        self.scheduler.clear()
        self.faults.remove(None)
        with self._held_lock:
            self._held.clear()
        self.store.reset(everything=everything)
        self.changes.note()


@dataclass(frozen=True, slots=True)
class Plan:
    """How the journey of an accepted text goes on; stored with it, so that a restart keeps it."""

    final_status: str
    error_code: int | None
    callbacks: frozenset[str]
    send_at: float | None

    @classmethod
    def read(cls, message: Message) -> Plan:
        """Read the plan of a text; an empty one is a healthy journey."""
        stored = _loads(message.plan)
        code, send_at = stored.get("error_code"), stored.get("send_at")
        callbacks = stored.get("callbacks")
        return cls(
            final_status=str(stored.get("final_status") or "delivered"),
            error_code=code if isinstance(code, int) else None,
            callbacks=frozenset(callbacks if isinstance(callbacks, list) else ()),
            send_at=send_at if isinstance(send_at, float) else None,
        )


def pretty(number: str) -> str:
    """Write a North American number as people do."""
    if NANP.fullmatch(number):
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    return number


def country_of(number: str) -> str:
    """Return CA for a Canadian area code, US for the rest of +1, and nothing for others."""
    if not number.startswith("+1"):
        return ""
    return "CA" if number[2:5] in CANADIAN_AREA_CODES else "US"


def _scope(number: Number) -> str:
    # A stop holds for the number, or for the whole service where one is used (law page 4.5).
    return number.service_sid or number.number


def _is_web(url: str) -> bool:
    return re.fullmatch(r"https?://[^\s/?#]+\S*", url) is not None


def _pending_media(message_sid: str, position: int, url: str, *, at: float) -> Media:
    return Media(
        sid=shapes.new_sid("ME"),
        message_sid=message_sid,
        position=position,
        content_type="application/octet-stream",
        content=None,
        source_url=url,
        token=secrets.token_urlsafe(24),
        created=at,
    )


def _callback_params(
    message: Message, *, status: str, error_code: int | None, at: float
) -> dict[str, str]:
    params = {
        "AccountSid": message.account_sid,
        "ApiVersion": shapes.API_VERSION,
        "From": message.sender,
        "MessageSid": message.sid,
        "MessageStatus": status,
        "SmsSid": message.sid,
        "SmsStatus": status,
        "To": message.recipient,
    }
    if message.service_sid:
        params["MessagingServiceSid"] = message.service_sid
    if error_code is not None:
        params["ErrorCode"] = str(error_code)
        params["ErrorMessage"] = shapes.error_message(error_code) or ""
    if status in {"delivered", "undelivered"}:
        # YYMMDDhhmm without a zone (law page 4.4).
        params["RawDlrDoneDate"] = datetime.fromtimestamp(at, UTC).strftime("%y%m%d%H%M")
    return params


def _verbs(answer: delivery.Answer) -> list[Element]:
    if not answer.body.strip() or answer.content_type not in {"text/xml", "application/xml"}:
        return []
    try:
        root = defusedxml.ElementTree.fromstring(answer.body)
    except (ParseError, defusedxml.DefusedXmlException):
        # 12100: document parse failure.
        logger.warning("the portal's answer is no TwiML")
        return []
    return list(root) if root.tag == "Response" else []


def _dialed(answer: delivery.Answer) -> tuple[str, ...]:
    numbers: list[str] = []
    for verb in _verbs(answer) if answer.ok else []:
        if verb.tag == "Dial":
            numbers += [(verb.text or "").strip(), *((part.text or "").strip() for part in verb)]
    return tuple(number for number in numbers if number)


def _meet(barrier: threading.Barrier | None) -> Meeting | None:
    return None if barrier is None else Meeting(barrier)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Waits at a barrier; one that somebody left early does not hold the others."""

    barrier: threading.Barrier

    def __call__(self) -> None:
        """Wait for the others."""
        try:
            self.barrier.wait(delivery.CONNECT_SECONDS)
        except threading.BrokenBarrierError:
            return


def _at_once(copies: int, post: Poster) -> list[delivery.Answer]:
    """Run `post` so many times at the same instant."""
    if copies == 1:
        return [post(None)]
    barrier = threading.Barrier(copies) if copies else None
    answers: list[delivery.Answer] = []
    threads = [
        threading.Thread(target=lambda: answers.append(post(barrier)), daemon=True)
        for _ in range(copies)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
