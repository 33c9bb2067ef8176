"""Crashes, doubt and twins: in once (I3), out once (I4), with real processes and real HTTP."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import redis
import time_machine
from celery import current_app
from django.conf import settings as django_settings
from django.db import connection, connections
from django.test import Client

from accounts.clock import now
from accounts.encryption import encrypt
from accounts.models import CarrierNumber, Dealership, User
from conftest import CORA_NUMBER, NORTH_NUMBER, inbound_params, post_inbound, signed
from consent import gate, ledger
from consent.decision import Outcome, Purpose
from consent.kinds import Kind, Status
from consent.models import ConsentEvent, PhoneNumber, Suppression
from messaging import conversations, delivery, dispatch, outbound, reconcile
from messaging.models import Conversation, DeliveryEvent, Message, WebhookReceipt
from messaging.tests.conftest import Carrier, send_due
from messaging.transports.base import Listed
from messaging.transports.twilio import TwilioTransport

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


def child_env(carrier_url: str, **extra: str) -> dict[str, str]:
    """Return the environment of a process that works on the test's database and carrier."""
    parts = connection.get_connection_params()
    url = f"postgresql://{parts['user']}@/{parts['dbname']}?host={parts['host']}"
    with connection.cursor() as cursor:  # the one clock that no test shifts
        cursor.execute("SELECT clock_timestamp()")
        # A little ahead, so that what is due here is due there.
        offset = round((now() - cursor.fetchone()[0]).total_seconds()) + 2
    return {
        **os.environ,
        "DATABASE_URL": url,
        "TWILIO_API_BASE_URL": carrier_url,
        "UNDO_SECONDS": "0",
        "DEBUG": "1",
        "TIME_OFFSET_SECONDS": str(offset),
        "PYTHONPATH": str(ROOT),
        **extra,
    }


@contextmanager
def celery_worker(
    carrier: Carrier, folder: Path, *, halt_at: str = "", ahead: int = 0, site_url: str = ""
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a real worker with two children; `halt_at` as in halting_worker, `ahead` in seconds."""
    env = child_env(carrier.url)
    env |= {
        "SITE_URL": site_url or django_settings.SITE_URL,
        "DJANGO_SETTINGS_MODULE": "dealertext.settings",
        "TIME_OFFSET_SECONDS": str(int(env["TIME_OFFSET_SECONDS"]) + ahead),
        "HALT_AT": halt_at,
        "HALT_FOLDER": str(folder),
    }
    argv = [
        *(sys.executable, "-m", "celery", "-A", "dealertext", "worker", "-Q", "urgent,default"),
        *("-I", "messaging.tests.halting_worker", "--concurrency", "2", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]
    with (folder / "worker.log").open("ab") as log:
        worker = subprocess.Popen(
            argv, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield worker
    finally:
        kill_nine(worker)


def kill_nine(worker: subprocess.Popen[bytes]) -> None:
    """Kill the whole worker, children and all, at once and without warning."""
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(10)


def until(holds: Callable[[], bool], *, told: Path, seconds: float = 60) -> None:
    """Wait for something that another process does; `told` is its log."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, told.read_text()
        threading.Event().wait(0.1)


def broker_forgets() -> None:
    """Empty the broker: what is done after this is found in the database."""
    redis.Redis.from_url(django_settings.REDIS_URL).flushdb()


def ask_worker(task: str, *args: int, queue: str = "default") -> None:
    current_app.send_task(f"messaging.tasks.{task}", args=args, queue=queue)


def killed_worker(
    carrier: Carrier, folder: Path, messages: list[Message], halt_at: str, site_url: str = ""
) -> None:
    """Let a worker take messages, wait until it halts in each, and kill -9 it."""
    broker_forgets()
    with celery_worker(carrier, folder, halt_at=halt_at, site_url=site_url) as worker:
        for message in messages:
            ask_worker("send_message", message.pk)
        until(
            lambda: len(list(folder.glob("[0-9a-f]*[0-9a-f]"))) == min(len(messages), 2),
            told=folder / "worker.log",
        )
        assert worker.poll() is None


@pytest.fixture
def opened(carrier: Carrier, north: Dealership, sal: User) -> Conversation:
    """A customer who texted first just now, so that staff may answer at any hour."""
    post_inbound(body="Is the Tacoma still there?")
    return Conversation.objects.get()


def answer(conversation: Conversation, sal: User, body: str = "Yes it is") -> Message:
    message = outbound.compose(
        conversation, body=body, purpose=Purpose.CONVERSATIONAL, acting_user=sal
    )
    assert message.status == Message.Status.QUEUED
    return message


def later(seconds: float) -> Any:
    return time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds), tick=True)


def test_killed_before_the_call_is_queued_again_and_sent_once(
    carrier: Carrier, opened: Conversation, sal: User, tmp_path: Path
) -> None:
    message = answer(opened, sal)
    killed_worker(carrier, tmp_path, [message], "before_call")
    message.refresh_from_db()
    assert message.status == Message.Status.SENDING
    with later(40):
        assert dispatch.release_stale_claims() == 1
        send_due()
    message.refresh_from_db()
    assert message.status == Message.Status.SENT
    assert carrier.bodies(CORA_NUMBER)[0] == "Yes it is"
    assert carrier.bodies(CORA_NUMBER).count("Yes it is") == 1


@pytest.mark.parametrize("line", ["after_accepted", "before_commit"])
def test_killed_after_the_carrier_accepted_is_settled_by_reconcile(
    carrier: Carrier, opened: Conversation, sal: User, tmp_path: Path, line: str
) -> None:
    message = answer(opened, sal)
    killed_worker(carrier, tmp_path, [message], line)
    with later(60):
        dispatch.release_stale_claims()
        message.refresh_from_db()
        assert message.status == Message.Status.UNKNOWN
        send_due()
        report = reconcile.reconcile()
    message.refresh_from_db()
    assert report.settled == 1
    assert message.status in {Message.Status.SENT, Message.Status.DELIVERED}
    assert carrier.bodies(CORA_NUMBER).count("Yes it is") == 1


def test_killed_after_the_fence_stays_unknown_and_is_never_sent_by_itself(
    carrier: Carrier, opened: Conversation, sal: User, tmp_path: Path
) -> None:
    message = answer(opened, sal)
    killed_worker(carrier, tmp_path, [message], "after_fence")
    with later(60):
        report = reconcile.reconcile()
        send_due()
    message.refresh_from_db()
    assert (report.left_unknown, message.status) == (1, Message.Status.UNKNOWN)
    assert carrier.bodies(CORA_NUMBER) == []
    with later(60):
        outbound.send_again(message, acting_user=sal)
        send_due()
    assert carrier.bodies(CORA_NUMBER)[0] == "Yes it is"


def test_a_whole_worker_killed_with_texts_in_flight_is_made_good_by_the_sweeps(
    carrier: Carrier, opened: Conversation, sal: User, tmp_path: Path
) -> None:
    """Two are claimed, one is still in the broker; then worker and broker are gone at once."""
    messages = [answer(opened, sal, f"answer {n}") for n in range(3)]
    killed_worker(carrier, tmp_path, messages, "before_call")
    states = Message.objects.filter(pk__in=[m.pk for m in messages])
    assert sorted(states.values_list("status", flat=True)) == ["queued", "sending", "sending"]
    broker_forgets()
    with celery_worker(carrier, tmp_path, ahead=60):
        ask_worker("sweep_stale_claims", queue="urgent")
        until(lambda: not states.filter(status="sending").exists(), told=tmp_path / "worker.log")
        ask_worker("sweep_due", queue="urgent")
        until(lambda: states.filter(sent_at=None).count() == 0, told=tmp_path / "worker.log")
    bodies = carrier.bodies(CORA_NUMBER)
    assert [bodies.count(message.body) for message in messages] == [1, 1, 1]


def test_callbacks_before_our_commit_settle_a_text_whose_worker_was_killed(
    carrier: Carrier,
    opened: Conversation,
    sal: User,
    live_server: Any,
    settings: Any,
    tmp_path: Path,
) -> None:
    """The carrier tells "delivered" while the worker has not written down that it was accepted."""
    settings.SITE_URL = live_server.url
    message = answer(opened, sal)
    killed_worker(carrier, tmp_path, [message], "after_accepted", live_server.url)
    until(lambda: bool(carrier.get("idle/?timeout=10")["idle"]), told=tmp_path / "worker.log")
    message.refresh_from_db()
    assert message.status == Message.Status.DELIVERED
    assert message.carrier_sid
    with later(60):
        reconcile.reconcile()
        send_due()
    message.refresh_from_db()
    assert message.status == Message.Status.DELIVERED
    assert carrier.bodies(CORA_NUMBER).count("Yes it is") == 1


def test_the_fate_of_an_answer_to_help_is_told_whatever_address_it_had(
    carrier: Carrier, opened: Conversation
) -> None:
    """The customer's own link is in the carrier's text, and not in ours."""
    carrier.post("faults/", {"drop_after_accept": True, "times": 1})
    post_inbound(body="HELP")
    send_due()
    kept = Message.objects.get(purpose=Purpose.HELP_REPLY)
    assert kept.status == Message.Status.UNKNOWN
    assert kept.full_text not in carrier.bodies(CORA_NUMBER)
    with later(60):
        reconcile.reconcile()
    kept.refresh_from_db()
    assert kept.status in {Message.Status.SENT, Message.Status.DELIVERED}


@pytest.mark.parametrize(
    ("fault", "status", "accepted"),
    [
        ({"drop_after_accept": True}, Message.Status.UNKNOWN, 1),
        ({"status": 500, "accepted": True}, Message.Status.UNKNOWN, 1),
        ({"status": 500, "accepted": False}, Message.Status.UNKNOWN, 0),
        ({"status": 429}, Message.Status.QUEUED, 0),
        ({"error_code": 21614}, Message.Status.FAILED, 0),
    ],
)
def test_every_carrier_fault_has_one_fate(
    carrier: Carrier,
    opened: Conversation,
    sal: User,
    fault: dict[str, Any],
    status: str,
    accepted: int,
) -> None:
    carrier.post("faults/", {**fault, "times": 1})
    message = answer(opened, sal)
    dispatch.send(message.pk)
    message.refresh_from_db()
    assert message.status == status
    assert carrier.bodies(CORA_NUMBER).count("Yes it is") == accepted


def test_no_carrier_at_all_is_tried_again(
    carrier: Carrier, opened: Conversation, sal: User, settings: Any
) -> None:
    settings.TWILIO_API_BASE_URL = "http://127.0.0.1:9"
    message = answer(opened, sal)
    dispatch.send(message.pk)
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Message.Status.QUEUED, 1)


def test_21610_becomes_a_suppression_with_its_true_source(
    carrier: Carrier, opened: Conversation, sal: User
) -> None:
    carrier.post("faults/", {"error_code": 21610, "times": 1})
    dispatch.send(answer(opened, sal).pk)
    row = Suppression.objects.get(is_active=True)
    assert row.source == "carrier:carrier_21610"
    assert ConsentEvent.objects.filter(kind=Kind.CARRIER_BLOCKED).count() == 1


def test_callback_before_our_commit_is_not_lost(
    carrier: Carrier, opened: Conversation, sal: User
) -> None:
    message = answer(opened, sal)
    claim = dispatch.claim_message(message.pk)
    assert claim is not None
    assert dispatch.begin_call(claim)
    sid = "SM" + "c" * 32
    delivery.record_status(
        sid=sid,
        status="delivered",
        error_code="",
        hinted=message.public_id,
        received_at=now(),
    )
    message.refresh_from_db()
    assert (message.status, message.carrier_sid) == (Message.Status.DELIVERED, sid)


def test_statuses_go_forward_only(carrier: Carrier, opened: Conversation, sal: User) -> None:
    message = answer(opened, sal)
    dispatch.send(message.pk)
    message.refresh_from_db()
    sid = message.carrier_sid or ""
    for status in ("delivered", "sent", "queued", "failed", "delivered"):
        path = f"/webhooks/twilio/status/?m={message.public_id}"
        params = {
            "MessageSid": sid,
            "MessageStatus": status,
            "AccountSid": django_settings.TWILIO_ACCOUNT_SID,
        }
        reply = Client().post(path, params, headers={"X-Twilio-Signature": signed(path, params)})
        assert reply.status_code == 204
    message.refresh_from_db()
    assert message.status == Message.Status.DELIVERED
    assert DeliveryEvent.objects.filter(sid=sid, status="delivered").count() == 1


def test_unknown_sid_is_a_2xx(north: Dealership) -> None:
    path = "/webhooks/twilio/status/?m=nonsense"
    params = {
        "MessageSid": "SM" + "d" * 32,
        "MessageStatus": "delivered",
        "AccountSid": django_settings.TWILIO_ACCOUNT_SID,
    }
    reply = Client().post(path, params, headers={"X-Twilio-Signature": signed(path, params)})
    assert reply.status_code == 204


def test_missed_stop_is_found_by_asking_the_carrier(
    carrier: Carrier, opened: Conversation, sal: User
) -> None:
    carrier.post(
        "texts/", {"from": CORA_NUMBER, "to": NORTH_NUMBER, "body": "STOP", "deliver_times": 0}
    )
    report = reconcile.reconcile()
    assert report.found_inbound == 1
    assert ledger.current_state(PhoneNumber.objects.get()).status is Status.REVOKED
    assert reconcile.reconcile().found_inbound == 0


def missed(carrier: Carrier, body: str, *, seconds_ago: int, monkeypatch: Any) -> None:
    """Let the carrier hold a text that a customer sent a while ago and no webhook brought."""
    carrier.post(
        "texts/", {"from": CORA_NUMBER, "to": NORTH_NUMBER, "body": body, "deliver_times": 0}
    )
    listed = TwilioTransport.received_by

    def earlier(self: TwilioTransport, **asked: Any) -> list[Listed]:
        return [
            replace(item, sent_at=now() - timedelta(seconds=seconds_ago))
            for item in listed(self, **asked)
        ]

    monkeypatch.setattr(TwilioTransport, "received_by", earlier)


def test_missed_start_that_is_older_than_the_stop_does_not_lift_it(
    carrier: Carrier, opened: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_inbound(body="STOP")
    missed(carrier, "START", seconds_ago=60, monkeypatch=monkeypatch)
    assert reconcile.reconcile().found_inbound == 1
    assert Suppression.objects.get().is_active
    assert ledger.current_state(PhoneNumber.objects.get()).status is Status.REVOKED


def test_missed_start_after_the_stop_lifts_it(
    carrier: Carrier, opened: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_inbound(body="STOP")
    with later(60):
        missed(carrier, "START", seconds_ago=1, monkeypatch=monkeypatch)
        reconcile.reconcile()
    assert not Suppression.objects.get().is_active


def test_missed_yes_counts_only_if_it_was_said_after_the_question(
    carrier: Carrier, opened: Conversation, sal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbound.ask_permission(opened.phone, acting_user=sal)
    send_due()
    missed(carrier, "YES", seconds_ago=60, monkeypatch=monkeypatch)
    assert reconcile.reconcile().found_inbound == 1
    assert ledger.current_state(opened.phone).status is not Status.CONFIRMED
    with later(300):
        missed(carrier, "yes!", seconds_ago=30, monkeypatch=monkeypatch)
        assert reconcile.reconcile().found_inbound == 1
    assert ledger.current_state(opened.phone).status is Status.CONFIRMED


def test_stop_found_late_is_not_confirmed_after_five_minutes(
    carrier: Carrier, opened: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    missed(carrier, "STOP", seconds_ago=400, monkeypatch=monkeypatch)
    reconcile.reconcile()
    send_due()
    assert Message.objects.get(purpose=Purpose.STOP_CONFIRMATION).failure == "too_late"
    assert carrier.bodies(CORA_NUMBER) == []


def test_another_dealerships_token_forges_nothing(
    north: Dealership, other: Dealership, cora: PhoneNumber, carrier: Carrier, sal: User
) -> None:
    other.carrier_account_sid = "AC" + "b" * 32
    other.carrier_auth_token = encrypt("their-own-token")
    other.save(update_fields=["carrier_account_sid", "carrier_auth_token"])
    params = inbound_params(to=NORTH_NUMBER, from_=CORA_NUMBER, body="YES")
    params["AccountSid"] = other.carrier_account_sid
    path = "/webhooks/twilio/inbound/"
    signature = signed(path, params, "their-own-token")
    reply = Client().post(path, params, headers={"X-Twilio-Signature": signature})
    assert reply.status_code == 403
    assert Message.objects.count() == WebhookReceipt.objects.count() == 0


def test_another_dealerships_callback_moves_nothing(
    carrier: Carrier, opened: Conversation, sal: User, other: Dealership
) -> None:
    message = answer(opened, sal)
    claim = dispatch.claim_message(message.pk)
    assert claim is not None
    assert dispatch.begin_call(claim)
    delivery.record_status(
        sid="SM" + "e" * 32,
        status="delivered",
        error_code="",
        hinted=message.public_id,
        account_sid="AC" + "b" * 32,
        received_at=now(),
    )
    message.refresh_from_db()
    assert (message.status, message.carrier_sid) == (Message.Status.SENDING, None)


POSTER = """
import sys, json, http.client, concurrent.futures as futures
host, port, path, body, signature, times = sys.argv[1:]
def post(_):
    c = http.client.HTTPConnection(host, int(port), timeout=30)
    c.request("POST", path, body, {"X-Twilio-Signature": signature,
              "Content-Type": "application/x-www-form-urlencoded"})
    return c.getresponse().status
with futures.ThreadPoolExecutor(10) as pool:
    print(json.dumps(list(pool.map(post, range(int(times))))))
"""


def test_same_webhook_twenty_times_at_once_from_two_processes_is_one_message(
    live_server: Any, north: Dealership, settings: Any
) -> None:
    params = inbound_params(to=NORTH_NUMBER, from_=CORA_NUMBER, body="hello")
    path = "/webhooks/twilio/inbound/"
    at = urlsplit(live_server.url)
    command = [
        sys.executable,
        "-c",
        POSTER,
        str(at.hostname),
        str(at.port),
        path,
        urlencode(params),
        signed(path, params),
        "10",
    ]
    posters = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = "".join(poster.communicate(timeout=60)[0] for poster in posters)
    assert answers.count("200") == 20
    assert Message.objects.count() == WebhookReceipt.objects.count() == 1


def test_pacing_hands_over_no_faster_than_the_numbers_rate(
    carrier: Carrier, opened: Conversation, sal: User
) -> None:
    CarrierNumber.objects.update(segments_per_second=1)
    first, second = answer(opened, sal, "one"), answer(opened, sal, "two")
    dispatch.send(first.pk)
    dispatch.send(second.pk)
    second.refresh_from_db()
    assert second.status == Message.Status.QUEUED
    assert second.not_before is not None
    assert second.not_before > now()
    assert "two" not in carrier.bodies(CORA_NUMBER)


def test_two_workers_on_one_message_make_one_call(
    carrier: Carrier, opened: Conversation, sal: User
) -> None:
    message = answer(opened, sal)
    code = (
        "import django; django.setup(); import sys; from messaging import dispatch; "
        "dispatch.send(int(sys.argv[1]))"
    )
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(message.pk)],
            cwd=ROOT,
            env={**child_env(carrier.url), "DJANGO_SETTINGS_MODULE": "dealertext.settings"},
        )
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.wait(60) == 0
    assert carrier.bodies(CORA_NUMBER).count("Yes it is") == 1
    connections.close_all()
    conversations.set_owed(opened)


def listing(monkeypatch: pytest.MonkeyPatch, what: str, *items: Listed) -> None:
    """Let the carrier answer a question with this list."""
    monkeypatch.setattr(TwilioTransport, what, lambda self, **asked: list(items))


def listed(body: str, *, sid: str = "SM" + "f" * 32, **fields: Any) -> Listed:
    values = {
        "direction": "inbound",
        "to": NORTH_NUMBER,
        "from_number": CORA_NUMBER,
        "status": "received",
        "error_code": "",
        "sent_at": now(),
        **fields,
    }
    return Listed(sid=sid, body=body, **values)


def test_stop_is_found_behind_a_text_that_cannot_be_stored(
    opened: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    unstorable = listed("hello", sid="SM" + "a" * 300, sent_at=now() - timedelta(seconds=5))
    listing(monkeypatch, "received_by", unstorable, listed("STOP"))
    report = reconcile.reconcile()
    assert (report.found_inbound, report.unreachable) == (1, 1)
    assert Suppression.objects.get().is_active


def test_same_words_to_another_customer_settle_nothing(
    carrier: Carrier, opened: Conversation, sal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier.post("faults/", {"status": 500, "accepted": False, "times": 1})
    message = answer(opened, sal)
    dispatch.send(message.pk)
    anothers = listed(
        "Yes it is",
        direction="outbound-api",
        to="+17175550177",
        from_number=NORTH_NUMBER,
        status="delivered",
    )
    listing(monkeypatch, "sent_to", anothers)  # a carrier that overlooks the filter
    with later(60):
        assert reconcile.settle_unknown(TwilioTransport()) == (0, 1, 0)
    message.refresh_from_db()
    assert (message.status, message.carrier_sid) == (Message.Status.UNKNOWN, None)


def test_carriers_block_is_not_told_as_the_customers_stop(
    carrier: Carrier, opened: Conversation, sal: User
) -> None:
    carrier.post("faults/", {"error_code": 21610, "times": 1})
    dispatch.send(answer(opened, sal).pk)
    verdict = gate.may_text(opened.phone, purpose=Purpose.CONVERSATIONAL)
    assert (verdict.outcome, verdict.reasons[0].code) == (Outcome.DENY, "revoked")
    assert verdict.reasons[0].text == "The carrier blocks texts to this number."


def test_text_with_a_sid_too_long_to_keep_is_a_400(north: Dealership) -> None:
    assert post_inbound(body="STOP", sid="SM" + "a" * 300).status_code == 400
