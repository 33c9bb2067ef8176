"""The main job from outside: real processes, the public contract, a carrier that knows only Twilio.

Nothing here imports the product. What a test knows it learned from the contract of the outside: the
commands, the API, the pages' own forms and the carrier's side.
"""

from __future__ import annotations

import hashlib
import http.cookiejar
import itertools
import json
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from typing_extensions import override

from dealertext.tests import outside_carrier
from dealertext.tests.conftest import ROOT, Run, free_port
from dealertext.tests.outside_carrier import OutsideCarrier

OURS = "+17175550100"
RIVALS = "+15405550100"
#: Whenever the tests run, it is one in the afternoon of a Tuesday that is no holiday anywhere.
OFFSET = timedelta(
    seconds=round((datetime(2026, 11, 24, 18, 0, tzinfo=UTC) - datetime.now(UTC)).total_seconds())
)
_fresh = (f"+1717232{n:04d}" for n in itertools.count(1))
_pause = threading.Event().wait
pytestmark = pytest.mark.stack


class Mailbox(MessageHandler):
    """A mail server's memory."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Any] = []

    @override
    def handle_message(self, message: Any) -> None:
        self.mails.append(message)


class Outside:
    """What an integrator has: a URL, the printed tokens, a shell beside the portal, a carrier."""

    def __init__(self, run: Run, carrier: OutsideCarrier, mailbox: Mailbox) -> None:
        self.run, self.carrier, self.mailbox = run, carrier, mailbox
        self.url = f"http://127.0.0.1:{run.port}"
        self.dealership = ""
        self.tokens: dict[str, str] = {}

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            check=False,
            cwd=ROOT,
            env=self.run.environment,
            capture_output=True,
            text=True,
        )

    def set_up(self, group: str, name: str, number: str, *staff: str, mail: str = "") -> Any:
        """Run create_dealership as the contract has it; the JSON that it prints."""
        told = self.manage(
            *("create_dealership", "--group", group, "--name", name, "--street", "1 Main St"),
            *("--city", "Chambersburg", "--region", "PA", "--country", "US"),
            *("--timezone", "America/New_York", "--care-phone", "+17175550199"),
            *("--number", f"{number},mps=100"),
            *(word for person in staff for word in ("--staff", person)),
            *(("--crm-address", mail) if mail else ()),
        )
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)

    def call(
        self, method: str, path: str, body: Any = None, *, who: str = "emily"
    ) -> tuple[int, Any]:
        request = urllib.request.Request(
            path if path.startswith("http") else f"{self.url}/api/v1/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"}
            | ({"Authorization": f"Token {self.tokens[who]}"} if who else {}),
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                raw, status = answer.read(), int(answer.status)
        except urllib.error.HTTPError as error:
            raw, status = error.read(), error.code
        try:
            return status, json.loads(raw)
        except ValueError:
            return status, raw

    def consent(self, contact: str) -> Any:
        return self.call("GET", f"contacts/{contact}/")[1]["consent"]

    def lead(self, number: str) -> str:
        status, answer = self.call(
            "POST",
            "contacts/",
            {
                "dealership": self.dealership,
                "name": "Cora Miller",
                "number": number,
                "basis": "web_form",
                "evidence": {"url": "https://dealer.example/lead", "of its own": [1, None]},
            },
        )
        assert status == 201, answer
        return str(answer["id"])

    def say(self, contact: str, body: str, *, who: str = "emily", **more: str) -> tuple[int, Any]:
        wanted = {"contact": contact, "body": body, "purpose": "informational", **more}
        return self.call("POST", "messages/", wanted, who=who)

    def status_of(self, message: str) -> str:
        return str(self.call("GET", f"messages/{message}/")[1]["status"])

    def becomes(self, message: str, status: str, *, seconds: float = 20) -> bool:
        return until(lambda: self.status_of(message) == status, seconds=seconds)

    def text(self, sender: str, body: str, **more: Any) -> int:
        return self.carrier.text(self.url, sender=sender, to=OURS, body=body, **more)

    def opened(self) -> tuple[str, str]:
        """Return a fresh number and its contact, who was asked and said yes."""
        number = next(_fresh)
        contact = self.lead(number)
        assert self.call("POST", f"contacts/{contact}/ask-permission/", {})[0] == 202
        assert len(self.carrier.wait_for(number, 1)) == 1
        assert self.text(number, "YES") == 200
        assert len(self.carrier.wait_for(number, 2)) == 2
        return number, contact

    def contact_of(self, number: str) -> str:
        (found,) = self.call("POST", "contacts/search/", {"number": number})[1]["results"]
        return str(found["id"])

    def sign_in(self, email: str) -> Browser:
        return Browser(self.url, email)


class Browser:
    """A browser without script: cookies, and the forms that the pages hold."""

    def __init__(self, url: str, email: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)
        page = self.read("/accounts/login/")
        self.post("/accounts/login/", page, login=email, password="a-long-password")

    def read(self, path: str) -> str:
        with self._opener.open(self.url + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, action: str, page: str, **fields: str) -> str:
        """Send the form of a page that has this action, with its hidden fields."""
        (form,) = re.findall(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.S)
        hidden = dict(re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', form))
        request = urllib.request.Request(
            self.url + action,
            urlencode({**hidden, **fields}).encode(),
            {"Referer": self.url + action},
        )
        with self._opener.open(request, timeout=30) as answer:
            return str(answer.read().decode())


def until(holds: Callable[[], Any], *, seconds: float = 20) -> bool:
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        if holds():
            return True
        _pause(0.1)
    return bool(holds())


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    """One running portal, a mail server, and the outside carrier at TWILIO_API_BASE_URL."""
    carrier, mailbox = OutsideCarrier(), Mailbox()
    mail = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    mail.start()
    with tempfile.TemporaryDirectory(prefix="dt-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        run = Run(
            Path(folder) / "state",
            TWILIO_API_BASE_URL=carrier.url,
            TWILIO_ACCOUNT_SID=carrier.account,
            TWILIO_AUTH_TOKEN=carrier.token,
            EMAIL_URL=f"smtp://127.0.0.1:{mail.port}",
            TIME_OFFSET_SECONDS=str(round(OFFSET.total_seconds())),
            UNDO_SECONDS="0",
        )
        try:
            run.wait_until_ready()
            assert until(lambda: run.readyz() == 200, seconds=60)
            found = Outside(run, carrier, mailbox)
            words = "a-long-password"
            told = found.set_up(
                "Fitzgerald",
                "Fitzgerald Auto Mall",
                OURS,
                f"emily@fitz.example:Emily Moore:salesperson:{words}",
                f"mona@fitz.example:Mona Reyes:manager:{words}",
                f"ada@fitz.example:Ada Fitz:admin:{words}",
                mail="crm@fitz.example",
            )
            rival = found.set_up(
                "Rival", "Rival Motors", RIVALS, f"stan@rival.example:Stan:admin:{words}"
            )
            found.dealership = told["dealership"]
            for person in told["staff"] + rival["staff"]:
                found.tokens[person["email"].split("@")[0]] = person["token"]
            yield found
        finally:
            run.end(signal.SIGTERM)
            mail.stop()
            carrier.close()


@pytest.mark.parametrize("word", ["YES", "yes!", "Yep, go ahead", "Sí"])
def test_box_opens_at_a_yes_and_closes_at_stop(outside: Outside, word: str) -> None:
    number, carrier = next(_fresh), outside.carrier
    contact = outside.lead(number)
    status, refused = outside.say(contact, "Your Tacoma is here")
    assert (status, refused["error"]["code"]) == (409, "not_allowed")
    assert refused["error"]["reasons"]
    assert refused["error"]["next"]["action"] == "ask_permission"

    assert outside.call("POST", f"contacts/{contact}/ask-permission/", {})[0] == 202
    assert outside.call("POST", f"contacts/{contact}/ask-permission/", {})[0] == 409
    (question,) = carrier.wait_for(number, 1)
    assert all(part in question for part in ("Emily Moore", "Fitzgerald Auto Mall", "Chambersburg"))
    assert outside.consent(contact)["status"] == "requested"

    assert outside.text(number, word) == 200
    consent = outside.consent(contact)
    assert (consent["status"], consent["level"]) == ("confirmed", "informational")
    assert len(carrier.wait_for(number, 2)) == 2

    status, sent = outside.say(contact, "Your Tacoma is here")
    assert (status, sent["decision"]["outcome"]) == (202, "allow")
    assert outside.becomes(sent["id"], "delivered")
    assert outside.say(contact, "0% this week", purpose="promotional")[0] == 409

    assert outside.text(number, "STOP") == 200
    assert outside.consent(contact)["status"] == "revoked"
    for who in ("emily", "mona", "ada"):
        assert outside.say(contact, "Please come back", who=who)[0] == 409
        asked = outside.call("POST", f"contacts/{contact}/ask-permission/", {}, who=who)
        assert asked[0] == 409
    assert outside.text(number, "YES") == 200
    assert outside.consent(contact)["status"] == "revoked"
    texts = carrier.wait_for(number, 4)
    assert len(texts) == 4  # question, confirmation, the text, the one stop confirmation
    assert texts[2].startswith("Your Tacoma is here")


def test_nothing_that_was_waiting_goes_out_after_a_stop(outside: Outside) -> None:
    number, contact = outside.opened()
    later = (datetime.now(UTC) + OFFSET + timedelta(seconds=3)).isoformat()
    status, scheduled = outside.say(contact, "Scheduled", send_at=later)
    assert (status, scheduled["status"]) == (202, "held")
    outside.carrier.answers[number] = ["429"] * 5
    retried = outside.say(contact, "Tried again and again")[1]
    assert until(lambda: "Tried again and again" in outside.carrier.bodies(number))
    page = outside.sign_in("emily@fitz.example")
    thread = f"/inbox/{retried['conversation']}/"
    before = page.read(thread)

    outside.carrier.answers[number] = []
    tries = len(outside.carrier.bodies(number))
    assert outside.text(number, "STOP") == 200
    page.post(f"{thread}send/", before, body="From the page", purpose="conversational")
    assert outside.becomes(scheduled["id"], "refused")
    assert outside.becomes(retried["id"], "refused")
    _pause(4)
    after = outside.carrier.bodies(number)[tries:]
    assert len(after) == 1  # the confirmation of the stop alone
    assert not {"Scheduled", "From the page", "Tried again and again"} & set(after)
    assert f"{thread}send/" not in page.read(thread)
    shown = outside.call("GET", f"messages/{scheduled['id']}/")[1]
    assert shown["decision"]["reasons"][0]["code"] == "revoked"


def test_customer_who_texts_first_is_answered_then_asked(outside: Outside) -> None:
    number = next(_fresh)
    assert outside.text(number, "Is the blue Tacoma still there? 😀") == 200
    contact = outside.contact_of(number)
    assert outside.consent(contact)["status"] == "customer_initiated"
    assert outside.say(contact, "Yes it is. Drive it?", purpose="conversational")[0] == 202
    answer, question = outside.carrier.wait_for(number, 2)
    assert answer == "Yes it is. Drive it?"
    assert all(part in question for part in ("Emily Moore", "Fitzgerald Auto Mall"))
    own = outside.say(contact, "Shall I hold it?", purpose="conversational")[1]
    assert outside.becomes(own["id"], "delivered")
    assert outside.text(number, "yes") == 200
    assert outside.consent(contact)["status"] == "customer_initiated"

    number = next(_fresh)
    assert outside.text(number, "What is the RAV4?") == 200
    contact = outside.contact_of(number)
    outside.say(contact, "31,000", purpose="conversational")
    assert len(outside.carrier.wait_for(number, 2)) == 2
    query = f"messages/?contact={contact}&status=delivered"
    assert until(lambda: len(outside.call("GET", query)[1]["results"]) == 2)
    assert outside.text(number, "YES") == 200
    assert outside.consent(contact)["status"] == "confirmed"
    assert len(outside.carrier.wait_for(number, 3)) == 3


def test_same_text_twenty_times_at_once_is_one(outside: Outside) -> None:
    number = next(_fresh)
    pairs = outside.carrier.inbound(sender=number, to=OURS, body="Twenty?")
    url = f"{outside.url}/webhooks/twilio/inbound/"
    words = [sys.executable, outside_carrier.__file__, url, json.dumps(pairs)]
    posts = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [post.communicate(timeout=60)[0].split() for post in posts]
    assert answers == [["200"] * 10] * 2
    contact = outside.contact_of(number)
    assert len(outside.call("GET", f"messages/?contact={contact}")[1]["results"]) == 1


def test_forged_text_stores_nothing(outside: Outside) -> None:
    number = next(_fresh)
    assert outside.text(number, "Forged", forged=True) == 403
    assert outside.call("POST", "contacts/search/", {"number": number})[1]["results"] == []


def test_text_reaches_the_carrier_once_whatever_it_answers(outside: Outside) -> None:
    # how the carrier answers: (what is known at once, what it is in the end, whether it has it)
    fates = {
        "early": ("delivered", "delivered", True),
        "drop": ("unknown", "sent", True),
        "500": ("unknown", "unknown", False),
    }
    messages: dict[str, tuple[str, str]] = {}
    for how, (known, _, _) in fates.items():
        number, contact = outside.opened()
        outside.carrier.answers[number] = [how]
        message = outside.say(contact, f"Once, {how}")[1]["id"]
        assert outside.becomes(message, known), how
        messages[how] = (number, message)
    _pause(5.5)  # a younger call may still be answered: reconcile does not judge it
    assert outside.manage("reconcile").returncode == 0
    for how, (_, settled, accepted) in fates.items():
        number, message = messages[how]
        assert outside.status_of(message) == settled, how
        assert outside.carrier.bodies(number).count(f"Once, {how}") == 1
        held = [text.body for text in outside.carrier.held if text.to == number]
        assert held.count(f"Once, {how}") == accepted


def test_closed_conversation_is_sealed_proven_and_mailed(outside: Outside) -> None:
    _, contact = outside.opened()
    sent = outside.say(contact, "See you at five")[1]
    assert outside.becomes(sent["id"], "delivered")
    conversation = sent["conversation"]
    status, closed = outside.call("POST", f"conversations/{conversation}/close/", {})
    assert (status, closed["status"]) == (200, "closed")
    query = f"transcripts/?conversation={conversation}"
    assert until(lambda: outside.call("GET", query)[1]["results"])
    (transcript,) = outside.call("GET", query)[1]["results"]
    text, document, pdf = (
        outside.call("GET", transcript["files"][form]) for form in ("text", "json", "pdf")
    )
    assert b"See you at five" in text[1]
    assert document[0] == 200
    assert pdf[1].startswith(b"%PDF-")
    entries = {entry["index"]: entry for entry in outside.consent(contact)["entries"]}
    sealed = json.dumps(entries[transcript["ledger_index"]])
    assert transcript["sha256"] in sealed
    assert hashlib.sha256(pdf[1]).hexdigest() in sealed
    subject = "Text conversation with Cora Miller"
    assert until(lambda: subject in [mail["Subject"] for mail in outside.mailbox.mails])
    (mail,) = [mail for mail in outside.mailbox.mails if transcript["id"] in str(mail)][:1]
    assert mail["X-RcptTo"] == "crm@fitz.example"
    assert [part.get_payload(decode=True) for part in mail.walk()][-1] == pdf[1]


def test_stranger_finds_nothing(outside: Outside) -> None:
    _, contact = outside.opened()
    message = outside.say(contact, "Hello")[1]
    conversation = message["conversation"]
    asked: list[tuple[str, str, Any]] = [
        ("GET", f"contacts/{contact}/", None),
        ("GET", f"contacts/{contact}/consent/?as_of=nonsense", None),
        ("POST", f"contacts/{contact}/ask-permission/", {"level": "nonsense"}),
        ("POST", f"contacts/{contact}/evidence/", {}),
        ("POST", f"contacts/{contact}/revoke/", {}),
        ("POST", "messages/", {"contact": contact}),
        ("GET", f"messages/{message['id']}/", None),
        ("POST", f"messages/{message['id']}/cancel/", {}),
        ("GET", f"conversations/{conversation}/", None),
        ("GET", f"conversations/{conversation}/messages/", None),
        ("POST", f"conversations/{conversation}/close/", {}),
        ("POST", "contacts/", {"dealership": outside.dealership}),
        ("POST", "leads/", {"dealership": outside.dealership}),
        ("POST", "exports/", {"dealership": outside.dealership}),
    ]
    for method, path, body in asked:
        status, answer = outside.call(method, path, body, who="stan")
        assert (status, answer["error"]["code"]) == (404, "not_found"), path
        assert outside.call(method, path, body, who="")[0] == 401
    for name in ("contacts", "messages", "conversations", "transcripts", "exports"):
        answer = outside.call("GET", f"{name}/", who="stan")
        assert answer == (200, {"next": None, "previous": None, "results": []})
    page = outside.sign_in("stan@rival.example")
    for path in (f"/inbox/{conversation}/", f"/consent/{contact}/"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            page.read(path)
    for path in ("/inbox/", "/consent/", "/transcripts/", "/reports/"):
        assert "Cora" not in page.read(path)


def test_altered_entry_is_named(outside: Outside) -> None:
    """The last test of the file: the ledger is broken after it."""
    outside.opened()
    whole = outside.manage("fsck")
    assert whole.returncode == 0, whole.stdout
    lines = (outside.run.state / "env").read_text().splitlines()
    env = dict(line.split("=", 1) for line in lines if "=" in line)
    for word in ("UPDATE consent_consentevent SET kind = kind", "DELETE FROM consent_consentevent"):
        with (
            psycopg.connect(env["DATABASE_URL"]) as app,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            app.execute(word)
    with psycopg.connect(env["DATABASE_OWNER_URL"]) as owner:
        owner.execute("ALTER TABLE consent_consentevent DISABLE TRIGGER USER")
        owner.execute(
            """
            UPDATE consent_consentevent SET body = overlay(body PLACING '~' FROM 9)
            WHERE index = 1 AND dealership_id =
                (SELECT id FROM accounts_dealership WHERE public_id = %s)
            """,
            [outside.dealership],
        )
        owner.execute("ALTER TABLE consent_consentevent ENABLE TRIGGER USER")
    broken = outside.manage("fsck")
    assert broken.returncode == 1
    assert f"ledger {outside.dealership} entry 1" in broken.stdout + broken.stderr
