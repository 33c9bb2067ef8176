"""The page at /simulator/: a customer's phone in the browser, and the switches of the carrier.

Plain HTML that works without script: each form is a POST that ends in a redirect. With script, the
page listens at /simulator/events/ and takes over the parts that changed. What people typed is text
and never markup: everything goes through `html.escape`, and the policy forbids inline script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlencode, urlsplit

from messaging.simulator import keywords, shapes
from messaging.simulator.carrier import Carrier, RefusedError, Text, country_of, pretty
from messaging.simulator.control import (
    ANSWERABLE,
    CONTENT_TYPES,
    SAMPLES,
    STATIC,
    phone_number,
    read_answers,
    sample,
)
from messaging.simulator.faults import Fault, FaultError
from messaging.simulator.store import ApiRequest, Delivery, Media, Message, Number, Phone
from messaging.simulator.wire import Request, RequestError, Response, answer, redirect

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
STATIC_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    **CONTENT_TYPES,
}
# Pictures that a browser may show in place; anything else is handed over as a download.
SHOWN_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
QUICK_REPLIES = ("YES", "NO", "STOP", "HELP", "START")
HEARTBEAT_SECONDS = 15.0
NOTES = {
    "empty": "Write something or choose a photo first.",
    "number": "That is not a number of the US or Canada, such as +1 717 555 0142.",
    "fault": "That fault makes no sense.",
    "unknown": "The carrier does not know that dealership number.",
}

# What the panel offers: a name, what it does, and the fault (docs/simulator.md).
FAULTS: dict[str, tuple[str, str, dict[str, object]]] = {
    "drop-after": (
        "Accept, then hang up",
        "The text is delivered, but the portal never hears that it was accepted.",
        {"drop_after_accept": True},
    ),
    "drop-before": (
        "Hang up before accepting",
        "The text is lost, and the portal cannot know.",
        {"drop_before_accept": True},
    ),
    "429": ("Too many requests (429)", "Not accepted; may be tried again.", {"status": 429}),
    "500": ("Server error (500)", "Not accepted, but the portal cannot know.", {"status": 500}),
    "503-accepted": (
        "Unavailable (503), yet accepted",
        "The text is delivered in spite of the error.",
        {"status": 503, "accepted": True},
    ),
    "slow": ("Slow answer (5 s)", "The answer takes five seconds.", {"delay_seconds": 5}),
    "21610": ("Unsubscribed (21610)", "Refused at once.", {"error_code": 21610}),
    "21614": ("Not a mobile (21614)", "Refused at once.", {"error_code": 21614}),
    "30003": ("Unreachable phone (30003)", "Accepted, then undelivered.", {"error_code": 30003}),
    "30007": ("Filtered as spam (30007)", "Accepted, then undelivered.", {"error_code": 30007}),
    "reversed": (
        "Callbacks in reverse",
        "Delivered is told before sent.",
        {"callbacks": "reversed"},
    ),
    "duplicated": ("Callbacks twice", "Each is told twice at once.", {"callbacks": "duplicated"}),
    "early": (
        "Callbacks before the answer",
        "The portal is told of a text whose number it does not know yet.",
        {"callbacks": "before_answer"},
    ),
    "held": ("Callbacks held back", "Until they are released.", {"callbacks": "held"}),
}


class Page:
    """Draws the phone and takes what people do with it."""

    def __init__(self, carrier: Carrier) -> None:
        """Show a carrier."""
        self._carrier = carrier
        self._store = carrier.store

    def handle(self, request: Request) -> Response:
        """Answer one request of a browser."""
        path = request.path.removeprefix("/simulator").strip("/")
        if request.method == "POST":
            return self._post(request, path)
        if request.method != "GET":
            return answer({"error": "method not allowed"}, status=405)
        if path == "":
            return self._phone_page(request)
        if path == "events":
            return self._events()
        if path.startswith("static/"):
            return _static(path.removeprefix("static/"))
        if path.startswith("media/"):
            return self._media(path.removeprefix("media/"))
        return Response(
            status=404, body=b"Not found", content_type="text/plain", headers=dict(HEADERS)
        )

    # What people do

    def _post(self, request: Request, path: str) -> Response:
        back = {"phone": request.field("phone"), "number": request.field("number")}
        try:
            if path == "send":
                self._send(request)
            elif path == "call":
                back["dialed"] = self._call(request)
            elif path == "phones":
                back["phone"] = self._add_phone(request)
            elif path == "faults":
                back["panel"] = "open"
                self._set_fault(request)
            elif path == "faults/clear":
                back["panel"] = "open"
                self._carrier.faults.remove(None)
                self._carrier.changes.note()
            elif path == "callbacks/release":
                back["panel"] = "open"
                self._carrier.release_callbacks()
            elif path == "settings":
                back["panel"] = "open"
                self._change_settings(request)
            else:
                return answer({"error": "not found"}, status=404)
        except EmptyTextError:
            back["note"] = "empty"
        except FaultError:
            back["note"] = "fault"
        except RequestError:
            back["note"] = "number"
        except RefusedError:
            back["note"] = "unknown"
        return redirect(_address(back))

    def _send(self, request: Request) -> None:
        uploads = tuple(sample(name) for name in request.form.get("media", ()) if name)
        body = request.field("body").replace("\r\n", "\n").strip()
        if not body and not uploads:
            raise EmptyTextError
        received = self._carrier.receive(
            Text(
                sender=phone_number({"phone": request.field("phone")}, "phone"),
                recipient=phone_number({"number": request.field("number")}, "number"),
                body=body,
                uploads=uploads,
            )
        )
        self._carrier.scheduler.after(0, lambda: _ignore(self._carrier.tell(received)))

    def _call(self, request: Request) -> str:
        call = self._carrier.call(
            sender=phone_number({"phone": request.field("phone")}, "phone"),
            recipient=phone_number({"number": request.field("number")}, "number"),
        )
        return call.dialed[0] if call.dialed else "nobody"

    def _add_phone(self, request: Request) -> str:
        typed = re.sub(r"[\s().-]", "", request.field("new_number"))
        if re.fullmatch(r"1?[2-9]\d{9}", typed):
            typed = "+1" + typed[-10:]
        number = phone_number({"number": typed}, "number")
        self._store.put_phone(
            Phone(
                number=number,
                name=request.field("new_name").strip()[:60] or pretty(number),
                city="",
                state="",
                zip="",
                country=country_of(number),
            ),
            replace=True,
        )
        self._carrier.changes.note()
        return number

    def _set_fault(self, request: Request) -> None:
        _, _, fault = FAULTS.get(request.field("fault"), ("", "", {}))
        times = request.field("times")
        wanted: dict[str, object] = {**fault}
        if request.field("only_this_phone"):
            wanted["to"] = request.field("phone")
        wanted["times"] = None if times == "always" else int(times) if times.isdigit() else 1
        self._carrier.faults.add(wanted)
        self._carrier.changes.note()

    def _change_settings(self, request: Request) -> None:
        self._carrier.change_settings(
            {
                "answers": read_answers(list(request.form.get("answers", ()))),
                "advanced_opt_out": bool(request.field("advanced_opt_out")),
            }
        )
        self._carrier.changes.note()

    # What people see

    def _events(self) -> Response:
        return Response(
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
            stream=self._watch(),
        )

    def _watch(self) -> Iterator[bytes]:
        version = self._carrier.changes.wait(-1, 0) or 0
        yield f"retry: 1000\nid: {version}\ndata: {version}\n\n".encode()
        while True:
            latest = self._carrier.changes.wait(version, HEARTBEAT_SECONDS)
            if latest is None:
                return
            if latest == version:
                yield b": still here\n\n"
            else:
                version = latest
                yield f"id: {version}\ndata: {version}\n\n".encode()

    def _media(self, token: str) -> Response:
        media = self._store.media(token=token)
        if media is None or media.content is None:
            return Response(status=404, content_type="text/plain", headers=dict(HEADERS))
        shown = media.content_type in SHOWN_TYPES
        headers = {**HEADERS, "Cache-Control": "private, max-age=3600"}
        if not shown:
            headers["Content-Disposition"] = "attachment"
        return Response(
            body=media.content,
            content_type=media.content_type if shown else "application/octet-stream",
            headers=headers,
        )

    def _phone_page(self, request: Request) -> Response:
        phones = self._store.phones()
        numbers = self._store.numbers()
        known = {phone.number: phone for phone, _, _ in phones}
        phone = known.get(_plus(request.first("phone"))) or (phones[0][0] if phones else None)
        number = next(
            (item for item in numbers if item.number == _plus(request.first("number"))), None
        )
        if number is None and phone is not None:
            number = self._usual_number(phone, numbers)
        body = "".join(
            (
                _top(self._carrier),
                '<main class="room">',
                _people(phones, phone, number),
                self._handset(phone, number, numbers, request),
                self._panel(phone, number, is_open=request.first("panel") == "open"),
                "</main>",
            )
        )
        title = f"{phone.name} · Carrier simulator" if phone else "Carrier simulator"
        return Response(
            body=_document(title, body).encode(),
            content_type="text/html; charset=utf-8",
            headers=dict(HEADERS),
        )

    def _usual_number(self, phone: Phone, numbers: list[Number]) -> Number | None:
        """The dealership that this handset last talked with, or the first."""
        latest = self._store.thread(phone.number, limit=1)
        talked = latest[0].dealership if latest else ""
        return next((item for item in numbers if item.number == talked), None) or (
            numbers[0] if numbers else None
        )

    def _handset(
        self, phone: Phone | None, number: Number | None, numbers: list[Number], request: Request
    ) -> str:
        if phone is None:
            return '<section class="phone"><p class="empty">Add a handset to begin.</p></section>'
        note = NOTES.get(request.first("note"), "")
        dialed = request.first("dialed")
        if dialed:
            note = (
                "The call was connected to nobody."
                if not re.fullmatch(r"\+\d{7,15}", _plus(dialed))
                else f"The call was connected to {pretty(_plus(dialed))}."
            )
        if number is None:
            return (
                f'<section class="phone" aria-label="Phone of {escape(phone.name)}">'
                f'<div class="screen">{_screen_bar(phone)}<p class="empty">No dealership has a '
                "number here yet. One appears when a dealership sends its first text, or when "
                "its number is registered at <code>/simulator/api/numbers/</code>.</p>"
                "</div></section>"
            )
        thread = self._store.thread(phone.number, dealership=number.number)
        bubbles = "".join(self._bubble(message) for message in thread)
        empty = (
            ""
            if thread
            else '<div class="empty" id="nothing">No texts yet. Write one, or send one from the '
            "portal.</div>"
        )
        shown_note = f'<p class="note" role="status">{escape(note)}</p>' if note else ""
        return (
            f'<section class="phone" aria-label="Phone of {escape(phone.name)}">'
            f'<div class="screen">{_screen_bar(phone)}'
            f"{_number_chooser(phone, number, numbers)}"
            f'<div class="thread" id="thread" role="log" aria-live="polite" tabindex="0" '
            f'aria-label="Texts between {escape(phone.name)} and {escape(number.name)}" '
            f'data-live="list" data-thread="{escape(phone.number)} {escape(number.number)}">'
            f"{bubbles}{empty}</div>{shown_note}"
            f"{_quick_replies(phone, number)}{_composer(phone, number)}</div></section>"
        )

    def _bubble(self, message: Message) -> str:
        mine = not message.outbound
        state, trouble = (
            _told(self._store.last_delivery(message.sid)) if mine else _carried(message)
        )
        classes = " ".join(
            (
                "bubble",
                "mine" if mine else "theirs",
                *(("trouble",) if trouble else ()),
                *(("carrier",) if message.direction == "outbound-reply" else ()),
            )
        )
        media = "".join(
            _picture(item)
            for item in (self._store.media_of(message.sid) if message.num_media else ())
        )
        body = f'<p class="words" dir="auto">{_linked(message.body)}</p>' if message.body else ""
        parts = f" · {message.num_segments} parts" if message.num_segments > 1 else ""
        who = "You" if mine else "Dealership"
        return (
            f'<div class="{classes}" id="t-{escape(message.sid)}">'
            f'<span class="hidden">{who}: </span>{media}{body}'
            f'<p class="state">{_time(message.created)} · <span>{escape(state)}</span>{parts}</p>'
            "</div>"
        )

    def _panel(self, phone: Phone | None, number: Number | None, *, is_open: bool) -> str:
        hidden = _hidden(phone, number)
        faults = self._carrier.faults.listed()
        held = len(self._carrier.held_callbacks())
        settings = self._carrier.settings
        requests, deliveries = self._store.latest(12)
        options = "".join(
            f'<option value="{key}">{escape(name)}</option>' for key, (name, _, _) in FAULTS.items()
        )
        meanings = "".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(what)}</dd></div>"
            for name, what, _ in FAULTS.values()
        )
        active = "".join(f"<li>{escape(_describe(fault))}</li>" for fault in faults)
        checks = "".join(
            f'<label class="check"><input type="checkbox" name="answers" value="{word}"'
            f"{' checked' if word in settings.answers else ''}> {word.upper()}</label>"
            for word in ANSWERABLE
        )
        advanced = " checked" if settings.advanced_opt_out else ""
        blocked = "".join(
            f"<li>{escape(pretty(customer))} from {escape(pretty(scope))}</li>"
            for scope, customer in self._store.blocks()
        )
        badge = f'<span class="badge">{len(faults)}</span>' if faults else ""
        clear = (
            f'<form method="post" action="/simulator/faults/clear/">{hidden}'
            '<button class="quiet">Remove all faults</button></form>'
            if faults
            else ""
        )
        release = (
            f'<form method="post" action="/simulator/callbacks/release/">{hidden}'
            f'<button class="quiet">Release {held} held callbacks</button></form>'
            if held
            else ""
        )
        return (
            '<aside class="carrier" aria-label="The carrier">'
            f'<details class="fold" id="faults"{" open" if is_open or faults or held else ""}>'
            f'<summary>Faults <span id="fault-count" data-live="all">{badge}</span></summary>'
            f'<form method="post" action="/simulator/faults/">{hidden}'
            f'<label for="fault">What shall go wrong</label>'
            f'<select id="fault" name="fault">{options}</select>'
            '<div class="row"><label for="times">How often</label>'
            '<select id="times" name="times"><option value="1">next text</option>'
            '<option value="3">next 3 texts</option><option value="10">next 10 texts</option>'
            '<option value="always">until removed</option></select></div>'
            '<label class="check"><input type="checkbox" name="only_this_phone" value="1"> '
            "Only for this phone</label><button>Set the fault</button></form>"
            f'<div id="active-faults" data-live="all">'
            f'<ul class="plain">{active or "<li>The carrier is healthy.</li>"}</ul>'
            f"{clear}{release}</div>"
            f'<details class="sub"><summary>What each fault does</summary><dl>{meanings}</dl>'
            "</details></details>"
            '<details class="fold"><summary>Words the carrier answers itself</summary>'
            f'<form method="post" action="/simulator/settings/">{hidden}'
            f'<fieldset><legend class="hidden">Words</legend><div class="row">{checks}</div>'
            f'<label class="check"><input type="checkbox" name="advanced_opt_out" value="1"'
            f"{advanced}> Tell the portal the kind (OptOutType)</label></fieldset>"
            "<button>Keep</button></form>"
            f'<div id="blocks" data-live="all"><h3>Blocked at the carrier</h3><ul class="plain">'
            f"{blocked or '<li>Nobody.</li>'}</ul></div></details>"
            '<details class="fold" open><summary>Traffic</summary>'
            '<div id="traffic" data-live="all"><h3>To the carrier</h3><ul class="plain traffic">'
            f"{''.join(map(_request_line, requests)) or '<li>Nothing yet.</li>'}</ul>"
            '<h3>To the portal</h3><ul class="plain traffic">'
            f"{''.join(map(_delivery_line, deliveries)) or '<li>Nothing yet.</li>'}</ul></div>"
            "</details></aside>"
        )


class EmptyTextError(ValueError):
    """A text without words or pictures."""


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<link rel="icon" href="/simulator/static/icon.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="/simulator/static/phone.css">'
        '<script src="/simulator/static/phone.js" defer></script></head>'
        f"<body>{body}</body></html>"
    )


def _top(carrier: Carrier) -> str:
    base = carrier.settings.webhook_base
    return (
        '<header class="top"><h1>Carrier simulator</h1>'
        '<p class="live" id="live" role="status">Reload to see news</p>'
        f'<p class="portal">Portal: <a href="{escape(base)}" rel="noreferrer">'
        f"{escape(urlsplit(base).netloc)}</a></p></header>"
    )


def _people(
    phones: list[tuple[Phone, int, Message | None]], current: Phone | None, number: Number | None
) -> str:
    items = "".join(
        _person(phone, last, is_current=current is not None and phone.number == current.number)
        for phone, _count, last in phones
    )
    hidden = _hidden(current, number)
    return (
        '<nav class="people" aria-label="Handsets"><h2>Handsets</h2>'
        f'<ul id="people" data-live="all">{items}</ul>'
        '<details class="fold add"><summary>Add a handset</summary>'
        f'<form method="post" action="/simulator/phones/">{hidden}'
        '<label for="new-number">Phone number</label>'
        '<input id="new-number" name="new_number" type="tel" inputmode="tel" required '
        'autocomplete="off" placeholder="+1 717 555 0123">'
        '<label for="new-name">Name</label>'
        '<input id="new-name" name="new_name" autocomplete="off" maxlength="60">'
        "<button>Add</button></form></details></nav>"
    )


def _person(phone: Phone, last: Message | None, *, is_current: bool) -> str:
    initials = "".join(word[0] for word in re.findall(r"\w+", phone.name)[:2]).upper()
    place = ", ".join(filter(None, (phone.city, phone.state)))
    preview = (last.body or "Photo") if last else place or phone.country
    tint = sum(map(ord, phone.number)) % 6
    current = ' aria-current="page"' if is_current else ""
    return (
        f'<li><a class="person" href="{escape(_address({"phone": phone.number}))}"{current}>'
        f'<span class="face tint-{tint}" aria-hidden="true">{escape(initials)}</span>'
        f'<span class="name">{escape(phone.name)}</span>'
        f'<span class="sub">{escape(pretty(phone.number))}</span>'
        f'<span class="sub preview" dir="auto">{escape(preview[:80])}</span></a></li>'
    )


def _screen_bar(phone: Phone) -> str:
    place = ", ".join(filter(None, (phone.city, phone.state)))
    detail = " · ".join(filter(None, (pretty(phone.number), place)))
    return (
        f'<div class="screen-bar"><h2>{escape(phone.name)}</h2>'
        f'<p class="sub">{escape(detail)}</p></div>'
    )


def _number_chooser(phone: Phone, number: Number, numbers: list[Number]) -> str:
    options = "".join(
        f'<option value="{escape(item.number)}"'
        f"{' selected' if item.number == number.number else ''}>"
        f"{escape(item.name)} · {escape(pretty(item.number))}"
        f"{' · toll-free' if keywords.is_toll_free(item.number) else ''}</option>"
        for item in numbers
    )
    return (
        '<div class="chooser"><form method="get" action="/simulator/" id="choose-number">'
        f'<input type="hidden" name="phone" value="{escape(phone.number)}">'
        '<label class="hidden" for="number">Dealership</label>'
        f'<select id="number" name="number">{options}</select>'
        '<button class="quiet" id="open-number">Open</button></form>'
        f'<form method="post" action="/simulator/call/">{_hidden(phone, number)}'
        '<button class="quiet" title="Call this number" aria-label="Call this number">'
        '<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true"><path fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linejoin="round" d="M5 3h4l2 5-2.5 1.5a11 '
        '11 0 0 0 6 6L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2"/></svg>'
        "</button></form></div>"
    )


def _quick_replies(phone: Phone, number: Number) -> str:
    buttons = "".join(
        f'<button class="chip" name="body" value="{word}">{word}</button>' for word in QUICK_REPLIES
    )
    return (
        '<form class="chips" method="post" action="/simulator/send/" data-quiet '
        f'aria-label="Quick replies">{_hidden(phone, number)}{buttons}</form>'
    )


def _composer(phone: Phone, number: Number) -> str:
    photos = "".join(
        f'<label class="photo"><input type="checkbox" name="media" value="{name}">'
        f'<img src="/simulator/static/{name}" alt="" width="84" height="63" loading="lazy">'
        f"<span>{escape(title)}</span></label>"
        for name, title in SAMPLES.items()
    )
    return (
        '<form class="composer" id="composer" method="post" action="/simulator/send/" data-quiet>'
        f"{_hidden(phone, number)}"
        '<details class="photos"><summary aria-label="Attach photos" title="Attach photos">'
        '<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linejoin="round" d="M3 7h4l2-3h6l2 3h4v13'
        'H3zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8"/></svg></summary>'
        f'<fieldset class="strip"><legend>Photos on this phone</legend>{photos}</fieldset>'
        "</details>"
        '<label class="hidden" for="body">Text message</label>'
        '<textarea id="body" name="body" rows="1" maxlength="1600" placeholder="Text message" '
        'dir="auto"></textarea><button class="send">Send</button></form>'
    )


def _hidden(phone: Phone | None, number: Number | None) -> str:
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in (
            ("phone", phone.number if phone else ""),
            ("number", number.number if number else ""),
        )
    )


def _told(delivery: Delivery | None) -> tuple[str, bool]:
    """Say what became of a handset's own text, and whether that is trouble."""
    if delivery is None:
        return "sent, portal not told yet", False
    if delivery.status is None:
        reason = {"connect": "is not there", "timeout": "took too long", "reset": "hung up"}
        return f"sent, but the portal {reason.get(delivery.error, 'cannot be reached')}", True
    if 200 <= delivery.status < 300:
        return "delivered", False
    return f"sent, but the portal answered {delivery.status}", True


def _carried(message: Message) -> tuple[str, bool]:
    """Say what became of a dealership's text, and whether that is trouble."""
    if message.status in {"undelivered", "failed"}:
        code = f" ({message.error_code})" if message.error_code else ""
        why = shapes.error_message(message.error_code)
        return f"{message.status}{code}{': ' + why if why else ''}", True
    if message.status in {"accepted", "queued"}:
        return "on its way", False
    return message.status, False


def _picture(item: Media) -> str:
    address = f"/simulator/media/{escape(item.token)}"
    if item.content is None:
        return '<p class="words">A file is on its way…</p>'
    if item.content_type in SHOWN_TYPES:
        return f'<a href="{address}"><img class="picture" src="{address}" alt="Photo"></a>'
    return f'<p class="words"><a href="{address}">File ({escape(item.content_type)})</a></p>'


def _describe(fault: Fault) -> str:
    """Name a fault as the panel does, or by its keys if it was set elsewhere."""
    wanted = {key: getattr(fault.effects, key) for key in fault.keys}
    name = next((name for name, _, effects in FAULTS.values() if _same(effects, wanted)), "")
    name = name or ", ".join(sorted(key.replace("_", " ") for key in fault.keys))
    times = "until removed" if fault.times is None else f"{fault.times} more"
    return f"{name} · {times}{' · ' + pretty(fault.to) if fault.to else ''}"


def _same(effects: Mapping[str, object], wanted: Mapping[str, object]) -> bool:
    return {
        key: frozenset({value}) if key == "callbacks" else value for key, value in effects.items()
    } == dict(wanted)


def _request_line(item: ApiRequest) -> str:
    to = "".join(item.params.get("To", ())[:1])
    what = "text" + (f" to {pretty(to)}" if to else "") if item.method == "POST" else "question"
    outcome = (
        f"answered {item.status}" if item.outcome == "answered" else item.outcome.replace("_", " ")
    )
    return f"<li>{_time(item.at)} <b>{escape(what)}</b> {escape(outcome)}</li>"


def _delivery_line(item: Delivery) -> str:
    outcome = f"answered {item.status}" if item.status else item.error
    bad = "" if item.status and 200 <= item.status < 300 else ' class="bad"'
    return (
        f"<li{bad}>{_time(item.at)} <b>{escape(item.kind)} {escape(item.message_status)}</b> "
        f"{escape(outcome)} · {round(item.seconds * 1000)} ms</li>"
    )


def _time(at: float) -> str:
    moment = datetime.fromtimestamp(at, UTC)
    return f'<time datetime="{moment.isoformat()}">{moment:%H:%M} UTC</time>'


def _linked(body: str) -> str:
    """Escape a text and make its web addresses links."""
    pieces: list[str] = []
    end = 0
    for found in re.finditer(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]", body):
        address = escape(found.group())
        pieces.append(escape(body[end : found.start()]))
        pieces.append(
            f'<a href="{address}" target="_blank" rel="noopener noreferrer nofollow">{address}</a>'
        )
        end = found.end()
    pieces.append(escape(body[end:]))
    return "".join(pieces)


def _address(query: Mapping[str, str]) -> str:
    kept = {key: value for key, value in query.items() if value}
    return "/simulator/" + (f"?{urlencode(kept)}" if kept else "")


def _plus(number: str) -> str:
    return "+" + number[1:] if number.startswith(" ") else number


def _static(name: str) -> Response:
    path = STATIC / name
    if path.parent != STATIC or path.suffix not in STATIC_TYPES or not path.is_file():
        return Response(status=404, content_type="text/plain", headers=dict(HEADERS))
    return Response(
        body=path.read_bytes(),
        content_type=STATIC_TYPES[path.suffix],
        headers={**HEADERS, "Cache-Control": "no-cache"},
    )


def _ignore(_answers: object) -> None:
    """Let a job end with nothing."""
