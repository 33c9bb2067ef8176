"""The carrier simulator as its users meet it: real processes, real HTTP, Twilio's own client."""

from __future__ import annotations

import base64
import concurrent.futures
import contextlib
import http.client
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from django.core.management import CommandError, call_command
from playwright.sync_api import Browser
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client  # noqa: TID251  # the simulator must satisfy the real client
from typing_extensions import override

from messaging.simulator import keywords, parts
from messaging.simulator.delivery import split_overrides
from messaging.simulator.faults import FaultError, build_fault

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "AC" + "5" * 32
TOKEN = "a-token-of-the-tests"
CORA = "+17175550142"
NORTH = "+17172640100"
SOUTH = "+17172640200"
TOLL_FREE = "+18885550100"
SERVICE = "MG" + "7" * 32
DEADLINE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook as the portal's stand-in saw it."""

    path: str
    params: dict[str, str]
    signed: bool
    idempotency_token: str
    at: float


@dataclass(slots=True)
class Portal:
    """A stand-in for the portal: takes webhooks, checks their signatures, answers as told."""

    url: str
    hooks: list[Hook] = field(default_factory=list)
    status: int = 200
    answer: bytes = b"<Response/>"
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    during: Callable[[], None] | None = None

    def of(self, path: str) -> list[Hook]:
        """The webhooks that came to a path."""
        return [hook for hook in list(self.hooks) if hook.path.split("?")[0] == path]

    def statuses(self) -> list[str]:
        """The statuses that were told, in the order of their arrival."""
        return [hook.params["MessageStatus"] for hook in self.of("/status/")]


@contextlib.contextmanager
def running_portal() -> Iterator[Portal]:
    portal = Portal(url="")

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            params = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
            portal.hooks.append(
                Hook(
                    path=self.path,
                    params=params,
                    signed=RequestValidator(TOKEN).validate(
                        portal.url + self.path,
                        params,
                        self.headers.get("X-Twilio-Signature", ""),
                    ),
                    idempotency_token=self.headers["I-Twilio-Idempotency-Token"],
                    at=time.monotonic(),
                )
            )
            if portal.during:
                portal.during()
            self.reply(portal.status, "text/xml", portal.answer)

        def do_GET(self) -> None:
            content_type, content = portal.files.get(self.path, ("text/plain", b""))
            self.reply(200 if content else 404, content_type, content)

        def reply(self, status: int, content_type: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        @override
        def log_message(self, *_arguments: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        request_queue_size = 512

    server = Server(("127.0.0.1", 0), Handler)
    portal.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class CarrierHttp(TwilioHttpClient):  # type: ignore[misc]  # untyped base class
    """Twilio's HTTP client, sent to the simulator instead."""

    def __init__(self, base: str, *, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self.base = urllib.parse.urlsplit(base)

    @override
    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        asked = urllib.parse.urlsplit(url)
        url = urllib.parse.urlunsplit(asked._replace(scheme="http", netloc=self.base.netloc))
        return super().request(method, url, *args, **kwargs)


@dataclass(slots=True)
class Simulator:
    """A running simulator and the ways to speak to it."""

    process: subprocess.Popen[str]
    url: str

    def client(self, *, token: str = TOKEN, sid: str = ACCOUNT, timeout: float = 15) -> Client:
        return Client(sid, token, http_client=CarrierHttp(self.url, timeout=timeout))

    def send(self, body: str = "Hello", **kwargs: Any) -> Any:
        return self.client().messages.create(**{"to": CORA, "from_": NORTH, "body": body, **kwargs})

    def api(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        status, answer = self.raw(method, "/simulator/api/" + path, body)
        assert status < 400, answer
        return answer

    def raw(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> tuple[int, dict[str, Any]]:
        answer = requests.request(method, self.url + path, json=body, timeout=70)
        return answer.status_code, answer.json()

    def fault(self, **wanted: Any) -> dict[str, Any]:
        return self.api("POST", "faults/", wanted)

    def text(self, body: str = "Hi", **wanted: Any) -> dict[str, Any]:
        return self.api("POST", "texts/", {"from": CORA, "to": NORTH, "body": body, **wanted})

    def idle(self) -> None:
        assert self.api("GET", "idle/?timeout=20")["idle"]

    def thread(self, number: str = NORTH) -> list[dict[str, Any]]:
        query = urllib.parse.urlencode({"number": number})
        found: list[dict[str, Any]] = self.api("GET", f"phones/{CORA}/messages/?{query}")[
            "messages"
        ]
        return found

    def arrivals(self, **match: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.api(
            "GET", "requests/?" + urllib.parse.urlencode({"method": "POST", **match})
        )["requests"]
        return found

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(15)


@contextlib.contextmanager
def running_simulator(
    webhook_base: str, *arguments: str, env: dict[str, str] | None = None
) -> Iterator[Simulator]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "messaging.simulator",
            *("--port", "0", "--account-sid", ACCOUNT, "--auth-token", TOKEN),
            *("--webhook-base", webhook_base, "--sent-after", "0.01"),
            *("--delivered-after", "0.02", *arguments),
        ],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **(env or {})},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        first_line = process.stdout.readline()
        found = re.fullmatch(r"listening on (http://127\.0\.0\.1:\d+)\n", first_line)
        assert found, first_line
        yield Simulator(process, found.group(1))
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(15)
        process.stdout.close()


@pytest.fixture(scope="module")
def shared_portal() -> Iterator[Portal]:
    with running_portal() as portal:
        yield portal


@pytest.fixture(scope="module")
def shared_simulator(shared_portal: Portal) -> Iterator[Simulator]:
    with running_simulator(shared_portal.url) as simulator:
        yield simulator


@pytest.fixture
def portal(shared_portal: Portal) -> Portal:
    shared_portal.hooks.clear()
    shared_portal.files.clear()
    shared_portal.status, shared_portal.answer = 200, b"<Response/>"
    shared_portal.during = None
    return shared_portal


@pytest.fixture
def simulator(shared_simulator: Simulator, portal: Portal) -> Simulator:
    shared_simulator.api("POST", "reset/", {"everything": True})
    shared_simulator.idle()
    portal.hooks.clear()
    shared_simulator.api(
        "POST",
        "settings/",
        {
            "answers": [],
            "advanced_opt_out": False,
            "strict_numbers": False,
            "webhook_base": portal.url,
        },
    )
    shared_simulator.api("POST", "numbers/", {"number": NORTH, "name": "North"})
    return shared_simulator


def wait_for(ask: Callable[[], object], *, what: str) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        if ask():
            return
        threading.Event().wait(0.02)
    raise AssertionError(f"never came: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# The REST API


def test_a_text_is_accepted_queued_and_in_the_end_delivered(simulator: Simulator) -> None:
    message = simulator.send("Your car is ready")
    assert re.fullmatch(r"SM[0-9a-f]{32}", message.sid)
    assert (message.status, message.error_code, message.direction) == (
        "queued",
        None,
        "outbound-api",
    )
    assert (message.from_, message.to, message.body) == (NORTH, CORA, "Your car is ready")
    assert message.date_sent is None
    assert abs(message.date_created - datetime.now(UTC)) < timedelta(seconds=10)
    simulator.idle()
    fetched = simulator.client().messages(message.sid).fetch()
    assert fetched.status == "delivered"
    assert fetched.date_sent is not None
    assert [item["body"] for item in simulator.thread()] == ["Your car is ready"]


def test_a_messaging_service_accepts_and_chooses_the_sender_later(simulator: Simulator) -> None:
    for number in (NORTH, SOUTH):
        simulator.api(
            "POST",
            "numbers/",
            {"number": number, "name": "North", "messaging_service_sid": SERVICE},
        )
    client = simulator.client()
    message = client.messages.create(to=CORA, messaging_service_sid=SERVICE, body="Hi")
    assert (message.status, message.from_, message.num_segments) == ("accepted", None, "0")
    assert message.messaging_service_sid == SERVICE
    simulator.idle()
    assert client.messages(message.sid).fetch().from_ == NORTH
    # The sender sticks to the customer.
    simulator.send("From the other", from_=SOUTH, messaging_service_sid=SERVICE)
    sticky = client.messages.create(to=CORA, messaging_service_sid=SERVICE, body="Again")
    simulator.idle()
    assert client.messages(sticky.sid).fetch().from_ == SOUTH


def test_texts_are_listed_newest_first_filtered_and_paged(simulator: Simulator) -> None:
    client = simulator.client()
    for index in range(7):
        simulator.send(f"north {index}")
    simulator.send("south", from_=SOUTH)
    simulator.text("inbound")
    simulator.idle()
    found = client.messages.list(to=CORA, from_=NORTH, page_size=3)
    assert [message.body for message in found] == [f"north {index}" for index in range(6, -1, -1)]
    assert [message.body for message in client.messages.list(to=CORA, from_=SOUTH)] == ["south"]
    assert [message.direction for message in client.messages.list(to=NORTH)] == ["inbound"]
    assert len(client.messages.list(limit=4, page_size=2)) == 4
    page = client.messages.page(page_size=5)
    assert len(list(page)) == 5
    assert len(list(page.next_page())) == 4


def test_texts_are_filtered_by_the_time_they_were_sent(simulator: Simulator) -> None:
    simulator.send("now")
    simulator.idle()
    messages, now = simulator.client().messages, datetime.now(UTC)
    hour = timedelta(hours=1)
    assert len(messages.list(date_sent_after=now - hour)) == 1
    assert messages.list(date_sent_after=now + hour) == []
    assert len(messages.list(date_sent_before=now + hour)) == 1
    assert messages.list(date_sent_before=now - hour) == []
    assert len(messages.list(date_sent=now.date())) == 1
    assert messages.list(date_sent=now.date() - timedelta(days=1)) == []
    assert len(messages.list(date_sent_after=now - hour, date_sent_before=now + hour)) == 1


def test_a_text_that_is_not_sent_yet_is_found_by_time_all_the_same(portal: Portal) -> None:
    with running_simulator(portal.url, "--sent-after", "60") as slow:
        slow.send("accepted a moment ago")
        since = datetime.now(UTC) - timedelta(minutes=5)
        (found,) = slow.client().messages.list(to=CORA, date_sent_after=since)
        assert (found.status, found.date_sent) == ("queued", None)


@pytest.mark.parametrize(
    ("token", "sid"), [("wrong", ACCOUNT), (TOKEN, "AC" + "9" * 32), ("", ACCOUNT)]
)
def test_who_is_not_the_account_is_refused(simulator: Simulator, token: str, sid: str) -> None:
    with pytest.raises(TwilioRestException) as refused:
        simulator.client(token=token or "-", sid=sid).messages.create(
            to=CORA, from_=NORTH, body="Hi"
        )
    assert (refused.value.status, refused.value.code) == (401, 20003)
    assert simulator.thread() == []
    (arrival,) = simulator.arrivals()
    assert arrival["authorized"] is False


def test_an_account_does_not_see_what_another_has(simulator: Simulator) -> None:
    other, other_token = "AC" + "8" * 32, "another-token"
    simulator.api("POST", "accounts/", {"sid": other, "auth_token": other_token})
    simulator.api("POST", "numbers/", {"number": SOUTH, "account_sid": other})
    sid = simulator.send("Mine").sid
    client = simulator.client(sid=other, token=other_token)
    assert client.messages.list() == []
    with pytest.raises(TwilioRestException) as refused:
        client.messages(sid).fetch()
    assert refused.value.code == 20404
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=CORA, from_=NORTH, body="Not my number")
    assert refused.value.code == 21606


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"to": "+1717555"}, 21211),
        ({"to": "7175550142"}, 21211),
        ({"to": "+17171550142"}, 21211),
        ({"to": "+33612345678"}, 21408),
        ({"body": None}, 21602),
        ({"from_": None}, 21603),
        ({"from_": "North"}, 21606),
        ({"status_callback": "status"}, 21609),
        ({"body": "x" * 1601}, 21617),
        ({"media_url": ["no url"]}, 21620),
        ({"media_url": [f"http://127.0.0.1/{n}" for n in range(11)]}, 21623),
        ({"from_": None, "messaging_service_sid": "MG" + "0" * 32}, 21701),
        ({"schedule_type": "fixed", "send_at": datetime(2020, 1, 1, tzinfo=UTC)}, 35118),
    ],
)
def test_a_bad_order_is_refused_with_the_carriers_code(
    simulator: Simulator, wanted: dict[str, Any], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        simulator.send(**wanted)
    assert (refused.value.code, refused.value.status) == (code, 400)
    assert simulator.thread() == []


def test_the_json_of_an_error_is_twilios(simulator: Simulator) -> None:
    answer = requests.post(
        f"{simulator.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        data={"To": "1", "From": NORTH, "Body": "Hi"},
        auth=(ACCOUNT, TOKEN),
        timeout=10,
    )
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message", "more_info", "status"}
    assert answer.json()["code"] == 21211


def test_strict_numbers_refuse_what_was_not_registered(simulator: Simulator) -> None:
    simulator.send("adopted", from_=SOUTH)
    simulator.api("POST", "settings/", {"strict_numbers": True})
    with pytest.raises(TwilioRestException) as refused:
        simulator.send("unknown", from_="+17172640300")
    assert refused.value.code == 21606


def test_a_scheduled_text_can_be_canceled(simulator: Simulator) -> None:
    simulator.api("POST", "numbers/", {"number": NORTH, "messaging_service_sid": SERVICE})
    wanted: dict[str, Any] = {"messaging_service_sid": SERVICE, "schedule_type": "fixed"}
    with pytest.raises(TwilioRestException) as refused:
        simulator.send(send_at=datetime.now(UTC) + timedelta(seconds=60), **wanted)
    assert refused.value.code == 35115
    message = simulator.send(send_at=datetime.now(UTC) + timedelta(hours=1), **wanted)
    assert message.status == "scheduled"
    assert simulator.client().messages(message.sid).update(status="canceled").status == "canceled"


def test_texts_can_be_redacted_and_deleted(simulator: Simulator) -> None:
    sid = simulator.send("Secret").sid
    simulator.idle()
    assert simulator.client().messages(sid).update(body="").body == ""
    assert simulator.client().messages(sid).delete()
    with pytest.raises(TwilioRestException) as gone:
        simulator.client().messages(sid).fetch()
    assert gone.value.status == 404


def test_numbers_are_looked_up_and_pointed_at_webhooks(
    simulator: Simulator, portal: Portal
) -> None:
    client = simulator.client()
    (number,) = client.incoming_phone_numbers.list(phone_number=NORTH)
    assert (number.sms_url, number.voice_url, number.friendly_name) == ("", "", "North")
    number.update(
        sms_url=portal.url + "/own/inbound/#rc=0",
        sms_fallback_url=portal.url + "/own/fallback/",
        voice_url=portal.url + "/own/voice/",
        status_callback=portal.url + "/own/status/",
    )
    changed = client.incoming_phone_numbers(number.sid).fetch()
    assert changed.sms_url.endswith("/own/inbound/#rc=0")
    assert changed.voice_url.endswith("/own/voice/")
    simulator.text("To my own address")
    (hook,) = portal.hooks
    # The fragment overrides the connection; it is neither requested nor signed.
    assert (hook.path, hook.signed) == ("/own/inbound/", True)


def test_services_and_their_registration_can_be_read(simulator: Simulator) -> None:
    simulator.api(
        "POST",
        "numbers/",
        {"number": NORTH, "name": "North", "messaging_service_sid": SERVICE},
    )
    services = simulator.client().messaging.v1.services
    (service,) = services.list()
    assert (service.sid, service.us_app_to_person_registered) == (SERVICE, True)
    assert [item.phone_number for item in services(SERVICE).phone_numbers.list()] == [NORTH]
    (campaign,) = services(SERVICE).us_app_to_person.list()
    assert campaign.campaign_status == "VERIFIED"
    changed = services(SERVICE).update(inbound_request_url="http://127.0.0.1:1/in/")
    assert changed.inbound_request_url == "http://127.0.0.1:1/in/"
    assert simulator.client().api.accounts(ACCOUNT).fetch().status == "active"


# What the portal is told


def test_a_customers_text_arrives_as_a_signed_form(simulator: Simulator, portal: Portal) -> None:
    answer = simulator.text("Is it still there? é 😀", extra={"Surprise": "yes"})
    (hook,) = portal.of("/webhooks/twilio/inbound/")
    assert hook.signed
    assert hook.idempotency_token
    params = hook.params
    assert params["MessageSid"] == params["SmsSid"] == params["SmsMessageSid"] == answer["sid"]
    assert (params["From"], params["To"], params["Body"]) == (
        CORA,
        NORTH,
        "Is it still there? é 😀",
    )
    assert (params["NumMedia"], params["NumSegments"], params["SmsStatus"]) == (
        "0",
        "1",
        "received",
    )
    assert params["AccountSid"] == ACCOUNT
    assert params["Surprise"] == "yes"
    assert "UnannouncedParameter" in params
    assert "OptOutType" not in params
    assert "MessagingServiceSid" not in params
    assert params["FromCountry"] == "US"
    assert answer["deliveries"][0]["status"] == 200
    (listed,) = simulator.client().messages.list(to=NORTH)
    assert (listed.sid, listed.status, listed.direction) == (answer["sid"], "received", "inbound")


def test_a_number_of_a_service_names_the_service(simulator: Simulator, portal: Portal) -> None:
    simulator.api("POST", "numbers/", {"number": NORTH, "messaging_service_sid": SERVICE})
    simulator.text()
    assert portal.hooks[0].params["MessagingServiceSid"] == SERVICE
    simulator.text(messaging_service_sid="MG" + "1" * 32, opt_out_type="STOP")
    assert portal.hooks[1].params["MessagingServiceSid"] == "MG" + "1" * 32
    assert portal.hooks[1].params["OptOutType"] == "STOP"
    assert all(hook.signed for hook in portal.hooks)


@pytest.mark.parametrize("signature", ["wrong", "missing"])
def test_a_forged_webhook_can_be_made(simulator: Simulator, portal: Portal, signature: str) -> None:
    simulator.text("forged", signature=signature)
    assert [hook.signed for hook in portal.hooks] == [False]


def test_the_same_text_can_be_told_many_times_at_the_same_instant(
    simulator: Simulator, portal: Portal
) -> None:
    answer = simulator.text("Twice", deliver_times=5, same_instant=True)
    assert len(answer["deliveries"]) == 5
    assert {hook.params["MessageSid"] for hook in portal.hooks} == {answer["sid"]}
    assert len(simulator.thread()) == 1
    again = simulator.api("POST", f"texts/{answer['sid']}/deliver/", {"deliver_times": 2})
    assert again["known"] is True
    assert len(portal.hooks) == 7
    assert len({hook.idempotency_token for hook in portal.hooks}) == 7


def test_different_texts_arrive_at_the_same_instant(simulator: Simulator, portal: Portal) -> None:
    meeting = threading.Barrier(3)
    portal.during = lambda: (meeting.wait(10), None)[1]
    texts = [{"from": CORA, "to": NORTH, "body": body} for body in ("YES", "STOP", "HELP")]
    told = simulator.api("POST", "texts/at-once/", {"texts": texts})["texts"]
    assert sorted(hook.params["Body"] for hook in portal.hooks) == ["HELP", "STOP", "YES"]
    assert [item["deliveries"][0]["status"] for item in told] == [200, 200, 200]
    assert len({item["sid"] for item in told}) == 3


def test_a_text_with_a_known_sid_is_told_with_its_own_words(
    simulator: Simulator, portal: Portal
) -> None:
    sid = "SM" + "a" * 32
    simulator.text("first", sid=sid)
    assert simulator.text("second", sid=sid)["known"] is True
    assert [hook.params["Body"] for hook in portal.hooks] == ["first", "first"]


def test_a_text_that_the_portal_is_never_told_of_is_listed_all_the_same(
    simulator: Simulator, portal: Portal
) -> None:
    lost = simulator.text("STOP", deliver_times=0)
    assert portal.hooks == []
    (listed,) = simulator.client().messages.list(to=NORTH)
    assert (listed.sid, listed.body) == (lost["sid"], "STOP")


def test_status_callbacks_say_sent_and_then_delivered(simulator: Simulator, portal: Portal) -> None:
    message = simulator.send(status_callback=portal.url + "/status/?m=41&x=%20y")
    simulator.idle()
    assert portal.statuses() == ["sent", "delivered"]
    sent, delivered = portal.of("/status/")
    assert sent.signed
    assert delivered.signed
    assert sent.path == "/status/?m=41&x=%20y"
    assert delivered.params["MessageSid"] == delivered.params["SmsSid"] == message.sid
    assert delivered.params["SmsStatus"] == "delivered"
    assert re.fullmatch(r"\d{10}", delivered.params["RawDlrDoneDate"])
    assert "RawDlrDoneDate" not in sent.params
    assert "ErrorCode" not in delivered.params


def test_nothing_is_retried_but_a_failure_to_connect(simulator: Simulator, portal: Portal) -> None:
    portal.status = 500
    (refused,) = simulator.text()["deliveries"]
    assert (refused["status"], refused["attempts"]) == (500, 1)
    assert len(portal.hooks) == 1
    simulator.api("POST", "settings/", {"webhook_base": f"http://127.0.0.1:{free_port()}"})
    (down,) = simulator.text()["deliveries"]
    assert (down["status"], down["error"], down["attempts"]) == (None, "connect", 2)


def test_a_portal_that_is_down_harms_nobody(simulator: Simulator, portal: Portal) -> None:
    for _ in range(5):
        simulator.send(status_callback=f"http://127.0.0.1:{free_port()}/status/")
    simulator.idle()
    assert {item["status"] for item in simulator.thread()} == {"delivered"}
    failed = simulator.api("GET", "deliveries/?kind=status")["deliveries"]
    assert {(item["status"], item["error"]) for item in failed} == {(None, "connect")}
    simulator.text("Still alive")
    assert portal.hooks[-1].params["Body"] == "Still alive"


def test_the_fallback_is_asked_when_the_first_address_fails(
    simulator: Simulator, portal: Portal
) -> None:
    (number,) = simulator.client().incoming_phone_numbers.list()
    dead = f"http://127.0.0.1:{free_port()}/in/"
    number.update(sms_url=dead, sms_fallback_url=portal.url + "/fallback/")
    (answer,) = simulator.text("Help me")["deliveries"]
    assert answer["status"] == 200
    (hook,) = portal.of("/fallback/")
    assert hook.signed
    assert (hook.params["ErrorCode"], hook.params["ErrorUrl"]) == ("11200", dead)


def test_twiml_messages_reach_the_handset(simulator: Simulator, portal: Portal) -> None:
    portal.answer = (
        b"<?xml version='1.0'?><Response><Message>Plain &amp; simple</Message>"
        b"<Message><Body>In a body</Body></Message></Response>"
    )
    simulator.text("Hi")
    simulator.idle()
    assert [item["body"] for item in simulator.thread()] == [
        "Hi",
        "Plain & simple",
        "In a body",
    ]
    portal.answer = b"<Response><Mess"
    simulator.text("Again")
    assert len(simulator.thread()) == 4


def test_a_call_is_put_through_to_whom_the_portal_names(
    simulator: Simulator, portal: Portal
) -> None:
    portal.answer = b"<Response><Dial><Number>+17172640999</Number></Dial></Response>"
    call = simulator.api("POST", "calls/", {"from": CORA, "to": NORTH})
    assert call["dialed"] == ["+17172640999"]
    (hook,) = portal.of("/webhooks/twilio/voice/")
    assert hook.signed
    assert (hook.params["CallStatus"], hook.params["CallSid"]) == ("ringing", call["sid"])


def test_overrides_in_the_fragment_are_read() -> None:
    url, overrides = split_overrides("https://a.example/x/?y=1#rc=3&rp=ct,rt,5xx&ct=2000")
    assert url == "https://a.example/x/?y=1"
    assert (overrides.retries, overrides.connect_seconds) == (3, 2.0)
    assert overrides.policy == {"ct", "rt", "5xx"}


def test_a_retry_policy_in_the_fragment_is_kept(simulator: Simulator, portal: Portal) -> None:
    portal.status = 503
    answer = simulator.text(url=portal.url + "/own/#rc=2&rp=5xx")
    assert answer["deliveries"][0]["attempts"] == 3
    assert len({hook.idempotency_token for hook in portal.hooks}) == 1


# Media


def test_a_photo_is_served_behind_authentication_and_a_redirect(
    simulator: Simulator, portal: Portal
) -> None:
    content = b"\x89PNG not really"
    upload = {"content_type": "image/png", "base64": base64.b64encode(content).decode()}
    sid = simulator.text("", media=["car.jpg", upload])["sid"]
    params = portal.hooks[0].params
    assert sid.startswith("MM")
    assert (params["NumMedia"], params["MediaContentType0"]) == ("2", "image/jpeg")
    url = params["MediaUrl1"]
    assert requests.get(url, timeout=10).status_code == 401
    first = requests.get(url, auth=(ACCOUNT, TOKEN), timeout=10, allow_redirects=False)
    assert first.status_code == 307
    location = first.headers["Location"]
    second = requests.get(location, timeout=10)
    assert (second.content, second.headers["Content-Type"]) == (content, "image/png")
    # The storage behind the redirect refuses credentials that were carried along.
    assert requests.get(location, auth=(ACCOUNT, TOKEN), timeout=10).status_code == 400
    listed = simulator.client().messages(sid).media.list()
    assert [item.content_type for item in listed] == ["image/jpeg", "image/png"]


def test_media_of_the_portal_is_fetched_or_the_text_fails(
    simulator: Simulator, portal: Portal
) -> None:
    portal.files["/m/sticker.png"] = ("image/png", b"a picture")
    simulator.send("With", media_url=[portal.url + "/m/sticker.png"])
    simulator.send(
        "Without",
        media_url=[portal.url + "/m/gone.png"],
        status_callback=portal.url + "/status/",
    )
    simulator.idle()
    with_it, without = simulator.thread()
    assert (with_it["status"], with_it["media"][0]["bytes"]) == ("delivered", 9)
    assert (without["status"], without["error_code"]) == ("failed", 11200)
    assert portal.statuses() == ["failed"]


# Faults


@pytest.mark.parametrize(
    ("fault", "accepted", "outcome"),
    [
        ({"drop_after_accept": True}, 1, "dropped_after_accept"),
        ({"drop_before_accept": True}, 0, "dropped_before_accept"),
        ({"drop_mid_answer": True}, 1, "dropped_mid_answer"),
    ],
)
def test_a_connection_can_be_reset(
    simulator: Simulator, fault: dict[str, Any], accepted: int, outcome: str
) -> None:
    simulator.fault(**fault)
    with pytest.raises(requests.RequestException):
        simulator.send("Lost?")
    simulator.idle()
    assert len(simulator.thread()) == accepted
    (arrival,) = simulator.arrivals()
    assert arrival["outcome"] == outcome
    assert bool(arrival["message_sid"]) is bool(accepted)
    assert arrival["params"]["Body"] == ["Lost?"]
    # A fault is used up.
    simulator.send("Healthy")
    assert len(simulator.arrivals()) == 2


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_http_error_can_be_answered(
    simulator: Simulator, status: int, *, accepted: bool
) -> None:
    simulator.fault(status=status, accepted=accepted)
    with pytest.raises(TwilioRestException) as refused:
        simulator.send("Refused?")
    assert refused.value.status == status
    assert len(simulator.thread()) == int(accepted)


def test_an_answer_can_come_late(simulator: Simulator) -> None:
    simulator.fault(delay_seconds=1)
    with pytest.raises(requests.Timeout):
        simulator.client(timeout=0.3).messages.create(to=CORA, from_=NORTH, body="Slow")
    assert len(simulator.thread()) == 1
    assert simulator.arrivals()[0]["outcome"] == "pending"


def test_faults_count_down_and_join(simulator: Simulator) -> None:
    simulator.fault(error_code=21610, times=2)
    simulator.fault(status=500, times=1, to="+13015550118")
    codes = []
    for _ in range(3):
        try:
            simulator.send()
            codes.append(0)
        except TwilioRestException as error:
            codes.append(error.code)
    assert codes == [21610, 21610, 0]
    (left,) = simulator.api("GET", "faults/")["faults"]
    assert left["to"] == "+13015550118"
    with pytest.raises(TwilioRestException):
        simulator.send(to="+13015550118")
    assert simulator.api("GET", "faults/")["faults"] == []
    simulator.fault(callbacks="held", times=None)
    simulator.fault(drop_after_accept=True)
    with pytest.raises(requests.RequestException):
        simulator.send()
    assert len(simulator.api("GET", "faults/")["faults"]) == 1
    assert len(simulator.arrivals()[-1]["faults"]) == 2
    assert simulator.api("DELETE", "faults/")["removed"] == 1


def test_a_fault_for_one_customer_stays_until_it_is_removed(simulator: Simulator) -> None:
    fault = simulator.fault(error_code=21614, to=CORA)
    for _ in range(3):
        with pytest.raises(TwilioRestException) as refused:
            simulator.send()
        assert refused.value.code == 21614
    simulator.send(to="+13015550118")
    simulator.api("DELETE", f"faults/{fault['id']}/")
    simulator.send()


def test_questions_can_fail_too(simulator: Simulator) -> None:
    simulator.fault(status=503, on="read")
    simulator.send()
    with pytest.raises(TwilioRestException):
        simulator.client().messages("SM" + "0" * 32).fetch()
    assert len(simulator.client().messages.list()) == 1


@pytest.mark.parametrize(
    ("fault", "statuses", "code"),
    [
        ({"error_code": 30003}, ["sent", "undelivered"], "30003"),
        ({"final_status": "failed", "error_code": 30034}, ["failed"], "30034"),
        ({"final_status": "sent"}, ["sent"], ""),
        ({"callbacks": "reversed"}, ["delivered", "sent"], ""),
        (
            {"callbacks": ["reversed"], "final_status": "undelivered", "error_code": 30006},
            ["undelivered", "sent"],
            "30006",
        ),
    ],
)
def test_the_journey_can_go_wrong(
    simulator: Simulator,
    portal: Portal,
    fault: dict[str, Any],
    statuses: list[str],
    code: str,
) -> None:
    simulator.fault(**fault)
    sid = simulator.send(status_callback=portal.url + "/status/").sid
    simulator.idle()
    assert portal.statuses() == statuses
    codes = [hook.params.get("ErrorCode", "") for hook in portal.of("/status/")]
    assert set(codes) - {""} == ({code} if code else set())
    assert str(simulator.client().messages(sid).fetch().error_code or "") == code


def test_callbacks_can_come_twice_at_once(simulator: Simulator, portal: Portal) -> None:
    simulator.fault(callbacks="duplicated")
    simulator.send(status_callback=portal.url + "/status/")
    simulator.idle()
    assert portal.statuses() == ["sent", "sent", "delivered", "delivered"]


def test_callbacks_can_come_before_the_answer(simulator: Simulator, portal: Portal) -> None:
    simulator.fault(callbacks="before_answer")
    message = simulator.send(status_callback=portal.url + "/status/")
    told_before = portal.statuses()
    assert told_before == ["sent", "delivered"]
    assert {hook.params["MessageSid"] for hook in portal.hooks} == {message.sid}
    assert message.status == "queued"
    (arrival,) = simulator.arrivals()
    assert arrival["outcome"] == "answered"


def test_callbacks_are_held_until_they_are_released(simulator: Simulator, portal: Portal) -> None:
    simulator.fault(callbacks="held")
    sid = simulator.send(status_callback=portal.url + "/status/").sid
    simulator.idle()
    assert portal.hooks == []
    # The carrier knows better than it says.
    assert simulator.client().messages(sid).fetch().status == "delivered"
    held = simulator.api("GET", "callbacks/")["held"]
    assert [item["MessageStatus"] for item in held] == ["sent", "delivered"]
    assert simulator.api("POST", "callbacks/release/", {"newest_first": True})["released"] == 2
    assert portal.statuses() == ["delivered", "sent"]


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"explode": True},
        {"status": 200},
        {"status": "500"},
        {"times": 0, "status": 500},
        {"final_status": "read"},
        {"callbacks": ["lost"]},
        {"delay_seconds": -1},
        {"drop_after_accept": 1},
        {"error_code": 5, "on": "send"},
        {"status": 500, "on": "never"},
        {"status": 500, "to": 7},
    ],
)
def test_a_fault_without_sense_is_refused(wanted: dict[str, Any]) -> None:
    with pytest.raises(FaultError):
        build_fault(wanted, fault_id=1)


# The words that a carrier answers


def test_the_carrier_answers_nothing_unless_told_to(simulator: Simulator) -> None:
    simulator.text("STOP")
    simulator.idle()
    simulator.send("Still allowed")
    simulator.idle()
    assert [item["body"] for item in simulator.thread()] == ["STOP", "Still allowed"]


def test_stop_is_answered_and_blocks_until_start(simulator: Simulator, portal: Portal) -> None:
    simulator.api("POST", "settings/", {"answers": "stop+help+start"})
    simulator.text(" Stop ")
    assert portal.hooks[0].params["Body"] == " Stop "
    assert "OptOutType" not in portal.hooks[0].params
    with pytest.raises(TwilioRestException) as refused:
        simulator.send()
    assert (refused.value.code, refused.value.status) == (21610, 400)
    # The block is between these two numbers only.
    simulator.send(from_=SOUTH)
    # A second STOP, a HELP while blocked, and words around a keyword are not answered.
    for body in ("STOP", "HELP", "stop please"):
        simulator.text(body)
    simulator.text("yes")
    simulator.idle()
    answers = [item for item in simulator.thread() if item["direction"] == "outbound-reply"]
    assert ["unsubscribed" in item["body"] for item in answers] == [True, False]
    assert "re-subscribed" in answers[1]["body"]
    simulator.send("Allowed again")
    assert len(portal.of("/webhooks/twilio/inbound/")) == 5


def test_a_service_blocks_for_all_its_numbers(simulator: Simulator) -> None:
    simulator.api("POST", "settings/", {"answers": ["stop"]})
    for number in (NORTH, SOUTH):
        simulator.api("POST", "numbers/", {"number": number, "messaging_service_sid": SERVICE})
    simulator.text("REVOKE")
    with pytest.raises(TwilioRestException) as refused:
        simulator.send(from_=SOUTH)
    assert refused.value.code == 21610


def test_yes_does_not_lift_a_toll_free_block(simulator: Simulator) -> None:
    number = {"number": TOLL_FREE, "name": "Toll-free", "answers": "stop+start"}
    simulator.api("POST", "numbers/", number)
    simulator.text("STOP", to=TOLL_FREE)
    simulator.text("YES", to=TOLL_FREE)
    with pytest.raises(TwilioRestException):
        simulator.send(from_=TOLL_FREE)
    simulator.text("UNSTOP", to=TOLL_FREE)
    simulator.send(from_=TOLL_FREE)
    assert "NETWORK MSG" in simulator.thread(TOLL_FREE)[1]["body"]


def test_the_kind_of_word_is_told_only_when_advanced(simulator: Simulator, portal: Portal) -> None:
    simulator.api("POST", "settings/", {"advanced_opt_out": True})
    for body in ("stop", "INFO", "unstop", "hello"):
        simulator.text(body)
    assert [hook.params.get("OptOutType") for hook in portal.hooks] == [
        "STOP",
        "HELP",
        "START",
        None,
    ]


def test_a_block_can_be_set_without_any_word(simulator: Simulator) -> None:
    key = {"number": NORTH, "customer": CORA}
    simulator.api("POST", "blocks/", key)
    with pytest.raises(TwilioRestException) as refused:
        simulator.send()
    assert refused.value.code == 21610
    assert simulator.api("GET", "blocks/")["blocks"] == [{"scope": NORTH, "customer": CORA}]
    simulator.api("DELETE", "blocks/", key)
    simulator.send()


@pytest.mark.parametrize(
    ("body", "number", "word"),
    [
        ("STOP", NORTH, "stop"),
        ("optout", NORTH, "stop"),
        ("opt out", NORTH, None),
        ("stop.", NORTH, None),
        ("Yes", NORTH, "start"),
        ("info", NORTH, "help"),
        ("QUIT", TOLL_FREE, None),
        ("stop", TOLL_FREE, "stop"),
        ("yes", TOLL_FREE, None),
        ("", NORTH, None),
    ],
)
def test_keywords_are_single_words(body: str, number: str, word: str | None) -> None:
    assert keywords.keyword(body, number=number) == word


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("é" * 160, 1),
        ("“" + "a" * 69, 1),
        ("“" + "a" * 70, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_parts_are_counted_as_networks_do(body: str, count: int) -> None:
    assert parts.count(body) == count


# The program


def test_a_second_start_keeps_phones_texts_and_blocks(tmp_path: Path, portal: Portal) -> None:
    state = tmp_path / "deep" / "carrier.sqlite3"
    with running_simulator(portal.url, "--state", str(state), "--answers", "stop") as first:
        first.api("POST", "phones/", {"number": "+13015550199", "name": "Zoë"})
        first.send("Before")
        first.text("STOP")
        first.idle()
        assert first.stop() == 0
    with running_simulator(portal.url, "--state", str(state)) as second:
        names = {item["name"] for item in second.api("GET", "phones/")["phones"]}
        assert {"Zoë", "Cora Bell"} <= names
        assert [item["body"] for item in second.thread()][:2] == ["Before", "STOP"]
        assert len(second.arrivals()) == 1
        with pytest.raises(TwilioRestException) as refused:
            second.send("After")
        assert refused.value.code == 21610
        assert second.stop(signal.SIGINT) == 0


def test_a_journey_that_was_cut_off_goes_on_after_a_start(tmp_path: Path, portal: Portal) -> None:
    state = ("--state", str(tmp_path / "carrier.sqlite3"))
    with running_simulator(portal.url, *state, "--sent-after", "60") as first:
        sid = first.send("Under way", status_callback=portal.url + "/status/").sid
        first.process.kill()
        first.process.wait(15)
    with running_simulator(portal.url, *state) as second:
        second.idle()
        assert second.client().messages(sid).fetch().status == "delivered"
    assert portal.statuses() == ["sent", "delivered"]


def test_it_stops_at_once_though_the_portal_hangs(portal: Portal) -> None:
    hang = threading.Event()
    portal.during = lambda: (hang.wait(30), None)[1]
    try:
        with running_simulator(portal.url) as simulator:
            simulator.text("Hello?", wait=False)
            wait_for(lambda: portal.hooks, what="the webhook that hangs")
            started = time.monotonic()
            assert simulator.stop() == 0
            assert time.monotonic() - started < 10
    finally:
        hang.set()


def test_numbers_come_from_a_file(tmp_path: Path, portal: Portal) -> None:
    path = tmp_path / "numbers.json"
    path.write_text(
        json.dumps([{"number": NORTH, "name": "North", "messaging_service_sid": SERVICE}])
    )
    with running_simulator(portal.url, "--numbers", str(path)) as simulator:
        (number,) = simulator.api("GET", "numbers/")["numbers"]
        assert (number["name"], number["messaging_service_sid"]) == ("North", SERVICE)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--account-sid", "SM1"), "--account-sid"),
        (("--webhook-base", "portal"), "--webhook-base"),
        (("--answers", "maybe"), "--answers"),
        (("--numbers", "/nowhere.json"), "--numbers"),
        (("--bind", "192.0.2.1"), "--public-url"),
    ],
)
def test_a_bad_option_stops_the_start_with_one_line(arguments: tuple[str, ...], words: str) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "messaging.simulator", "--port", "0", "--account-sid"),
            *(ACCOUNT, "--auth-token", TOKEN, "--webhook-base", "http://127.0.0.1:1"),
            *arguments,
        ],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_server_needs_nothing_of_django() -> None:
    code = (
        "import sys, messaging.simulator.program as p; "
        "sys.exit(any(n == 'django' or n.startswith(('django.', 'dealertext', 'consent')) "
        "for n in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_command_refuses_to_run_beside_real_customers(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = False
    monkeypatch.delenv("SIMULATOR", raising=False)
    with pytest.raises(CommandError, match="SIMULATOR=1"):
        call_command("simulator", port=0)


def test_thousands_of_texts_at_once_are_each_taken_once(
    simulator: Simulator, portal: Portal
) -> None:
    total, threads = 2000, 32
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    headers = {
        "Authorization": "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode(),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    netloc = urllib.parse.urlsplit(simulator.url).netloc

    def send_some(worker: int) -> set[str]:
        connection = http.client.HTTPConnection(netloc, timeout=60)
        sids = set()
        for index in range(worker, total, threads):
            form = {"To": CORA, "From": NORTH, "Body": f"number {index}"}
            connection.request("POST", path, urllib.parse.urlencode(form), headers)
            sids.add(json.load(connection.getresponse())["sid"])
        connection.close()
        return sids

    started = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        sids = set().union(*pool.map(send_some, range(threads)))
    seconds = time.monotonic() - started
    sys.stdout.write(f"{total / seconds:.0f} texts a second\n")
    assert len(sids) == total
    assert simulator.api("GET", "requests/?limit=1")["count"] == total
    bodies = {item["body"] for item in simulator.api("GET", "messages/?limit=3000")["messages"]}
    assert len(bodies) == total
    simulator.idle()


def test_many_connections_at_the_same_instant_are_all_served(simulator: Simulator) -> None:
    count = 300
    barrier = threading.Barrier(count)

    def ask() -> int:
        barrier.wait(30)
        return requests.get(simulator.url + "/simulator/api/", timeout=30).status_code

    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        futures = [pool.submit(ask) for _ in range(count)]
        assert {future.result() for future in futures} == {200}


# The page


def page(simulator: Simulator, **query: str) -> requests.Response:
    return requests.get(simulator.url + "/simulator/", params=query, timeout=10)


def test_what_people_type_is_never_markup(simulator: Simulator) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)> \"'&"
    simulator.text(attack)
    simulator.send(attack)
    simulator.api("POST", "phones/", {"number": "+13015550199", "name": "<b onclick='x'>Zoë</b>"})
    simulator.api("POST", "numbers/", {"number": SOUTH, "name": "</option><script>"})
    shown = page(simulator, phone=CORA, number=NORTH, note="<script>")
    assert "<script>alert" not in shown.text
    assert "<img src=x" not in shown.text
    assert "<b onclick" not in shown.text
    assert "</option><script>" not in shown.text
    assert shown.text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|<[^>]*\s(style|on\w+)=", shown.text)


def test_the_page_works_without_script(simulator: Simulator, portal: Portal) -> None:
    hidden = {"phone": CORA, "number": NORTH}

    def post(path: str, **form: str) -> requests.Response:
        return requests.post(
            f"{simulator.url}/simulator/{path}/", data={**hidden, **form}, timeout=10
        )

    assert "YES" in post("send", body="YES").text
    simulator.idle()
    assert portal.hooks[0].params["Body"] == "YES"
    assert "delivered" in page(simulator, **hidden).text
    assert "Write something" in post("send", body="  ").text
    post("send", body="", media="car.jpg")
    simulator.idle()
    picture = re.search(r'src="(/simulator/media/[^"]+)"', page(simulator, **hidden).text)
    assert picture
    shown = requests.get(simulator.url + picture.group(1), timeout=10)
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert "(301) 555-0188" in post("phones", new_number="301 555 0188", new_name="").text
    assert "not a number" in post("phones", new_number="12", new_name="").text
    assert "Accept, then hang up" in post("faults", fault="drop-after", times="3").text
    assert simulator.api("GET", "faults/")["faults"][0]["times"] == 3
    assert "The carrier is healthy" in post("faults/clear").text
    post("settings", answers="stop", advanced_opt_out="1")
    settings = simulator.api("GET", "settings/")
    assert (settings["answers"], settings["advanced_opt_out"]) == (["stop"], True)
    portal.answer = b"<Response><Dial>+17172640999</Dial></Response>"
    assert "connected to (717) 264-0999" in post("call").text


def test_failed_texts_say_why(simulator: Simulator, portal: Portal) -> None:
    simulator.fault(error_code=30007)
    simulator.send("Spam?")
    portal.status = 403
    simulator.text("Refused?")
    simulator.idle()
    text = page(simulator, phone=CORA, number=NORTH).text
    assert "undelivered (30007): Message filtered" in text
    assert "the portal answered 403" in text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
    ],
)
def test_another_web_page_cannot_pull_the_strings(
    simulator: Simulator, headers: dict[str, str]
) -> None:
    for path in ("/simulator/send/", "/simulator/api/reset/", "/simulator/api/texts/"):
        answer = requests.post(
            simulator.url + path, data={"body": "x"}, headers=headers, timeout=10
        )
        assert answer.status_code == 403


def test_an_unknown_path_is_404_and_a_file_outside_is_not_served(simulator: Simulator) -> None:
    for path in ("/simulator/nothing/", "/simulator/static/../page.py", "/simulator/media/x"):
        assert requests.get(simulator.url + path, timeout=10).status_code == 404
    netloc = urllib.parse.urlsplit(simulator.url).netloc
    connection = http.client.HTTPConnection(netloc, timeout=10)
    connection.request("GET", "/simulator/static/..%2fpage.py")
    assert connection.getresponse().status == 404
    connection.close()


def test_watchers_hear_of_each_change(simulator: Simulator) -> None:
    netloc = urllib.parse.urlsplit(simulator.url).netloc
    connection = http.client.HTTPConnection(netloc, timeout=10)
    connection.request("GET", "/simulator/events/")
    events = connection.getresponse()
    assert events.headers["Content-Type"] == "text/event-stream"
    lines = (line for line in iter(events.readline, b"") if line.startswith(b"data:"))
    first = int(next(lines).split()[1])
    simulator.text("News")
    assert int(next(lines).split()[1]) > first
    connection.close()


@pytest.mark.browser
def test_a_text_appears_on_the_phone_without_reloading(
    simulator: Simulator, portal: Portal, browser: Browser
) -> None:
    simulator.text("First")
    tab = browser.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    problems: list[str] = []
    tab.on("console", lambda line: problems.append(line.text))
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.goto(simulator.url + "/simulator/")
    tab.wait_for_selector("#live.on")
    simulator.send("Live <b>words</b>")
    tab.wait_for_selector(".theirs >> text=Live <b>words</b>")
    tab.fill("#body", "Typed on the phone")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".mine >> text=Typed on the phone")
    wait_for(
        lambda: [hook for hook in portal.hooks if hook.params["Body"] == "Typed on the phone"],
        what="the typed text at the portal",
    )
    tab.click("button.chip:text-is('STOP')")
    tab.wait_for_selector(".mine >> text=STOP")
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    found = Axe().run(tab).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []
    assert problems == []
    tab.close()
