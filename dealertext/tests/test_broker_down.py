"""Redis is away: webhooks store and answer, nothing waits for it, and everything follows later."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from accounts.models import Dealership
from dealertext import embedded, supervisor
from dealertext.cache import ForgivingRedisCache
from dealertext.tests.conftest import ROOT, Run
from messaging import realtime
from messaging.models import Message
from messaging.tests.test_faults import child_env

OURS = "+17175550100"
ANNA, BEN, STRANGER = "+17175550141", "+17175550142", "+17175550143"


class Broker:
    """A Valkey of the test's own, which can be taken away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = embedded.Valkey(embedded.find_valkey(), folder, folder, lasting=True)
        self._process: subprocess.Popen[bytes] | None = None
        self.url = self._server.url

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._server.remove_stale_locks()
        with (self._folder / "valkey.log").open("ab") as log:
            self._process = embedded.spawn(self._server.launch(), output=log)
        assert embedded.wait_until(self._server.is_ready, seconds=20)

    def kill(self) -> None:
        """Take it away without warning."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None


@pytest.fixture
def broker(state: Path) -> Iterator[Broker]:
    folder = state.parent / "valkey"
    folder.mkdir()
    own = Broker(folder)
    own.start()
    yield own
    own.kill()


class Portal:
    """The API of a running stack, and its carrier, over HTTP."""

    def __init__(self, run: Run) -> None:
        self.env = supervisor.read_env_file(run.state / "env")
        self._base = f"http://127.0.0.1:{run.port}/api/v1/"
        self._token = ""

    def set_up(self, run: Run) -> str:
        """Make a dealership with one number that the carrier does not answer for; its id."""
        done = subprocess.run(
            [
                *(sys.executable, "manage.py", "create_dealership", "--group", "Fitzgerald"),
                *("--name", "Fitzgerald Auto Mall", "--street", "1 Main St"),
                *("--city", "Chambersburg", "--region", "PA", "--country", "US"),
                *("--timezone", "America/New_York", "--care-phone", "+17175550199"),
                *("--number", f"{OURS},mps=100,carrier_answers=none"),
                *("--staff", "emily@example.com:Emily Moore:salesperson:a-long-password"),
            ],
            cwd=ROOT,
            env={**run.environment, **self.env, "STATE_DIR": str(run.state)},
            capture_output=True,
            text=True,
            check=True,
        )
        told = json.loads(done.stdout)
        self._token = told["staff"][0]["token"]
        return str(told["dealership"])

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Call the API; the test fails on an error."""
        request = urllib.request.Request(
            self._base + path,
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"Token {self._token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def status_of(self, message: dict[str, Any]) -> str:
        return str(self.ask("GET", f"messages/{message['id']}/")["status"])

    def carrier(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Call the simulator's control interface."""
        request = urllib.request.Request(
            f"{self.env['TWILIO_API_BASE_URL']}/simulator/api/{path}",
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def texts_to(self, number: str) -> list[str]:
        """Return what reached a handset, oldest first."""
        found = self.carrier(f"messages/?to={number.replace('+', '%2B')}")["messages"]
        return [item["body"] for item in found]

    def text(self, number: str, body: str) -> dict[str, Any]:
        """Text the dealership from a handset; how the one webhook went."""
        told = self.carrier("texts/", {"from": number, "to": OURS, "body": body})
        (delivery,) = told["deliveries"]
        return dict(delivery)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.env["DATABASE_URL"]) as connection:
            return connection.execute(query).fetchall()


def until(holds: Callable[[], bool], *, seconds: float = 45) -> None:
    assert embedded.wait_until(holds, seconds=seconds, wait=lambda _: embedded.pause(0.2))


def noon_offset() -> str:
    """Return the seconds from now to a Tuesday noon in Pennsylvania, when anybody may be texted."""
    return str(
        round((datetime(2026, 11, 24, 17, 0, tzinfo=UTC) - datetime.now(UTC)).total_seconds())
    )


@pytest.mark.stack
def test_what_came_while_redis_was_away_follows_when_it_returns(
    state: Path, broker: Broker
) -> None:
    run = Run(
        state, REDIS_URL=broker.url, TIME_OFFSET_SECONDS=noon_offset(), UNDO_SECONDS="20", DEBUG="1"
    )
    try:
        run.wait_until_ready()
        portal = Portal(run)
        dealership = portal.set_up(run)

        anna = portal.ask(
            "POST",
            "contacts/",
            {
                "dealership": dealership,
                "name": "Anna Berg",
                "number": ANNA,
                "basis": "web_form",
                "evidence": {"url": "https://dealer.example/lead"},
            },
        )
        portal.ask("POST", f"contacts/{anna['id']}/ask-permission/", {})
        until(lambda: len(portal.texts_to(ANNA)) == 1)
        assert portal.text(BEN, "Is the Tacoma still there?")["status"] == 200
        (ben,) = (
            item["contact"]
            for item in portal.ask("GET", "conversations/")["results"]
            if item["contact"]["number"] == BEN
        )
        soon, tomorrow = (
            portal.ask(
                "POST",
                "messages/",
                {"contact": ben["id"], "body": body, "purpose": "conversational", **more},
            )
            for body, more in (
                ("Yes it is", {}),
                ("Come and see it", {"send_at": _tomorrow(portal)}),
            )
        )
        assert portal.status_of(soon) in {"queued", "held"}
        workers = {name: pid for name, pid in run.pids().items() if "worker" in name}

        broker.kill()
        deliveries = [
            portal.text(STRANGER, "Do you have a blue Civic?"),
            portal.text(ANNA, "YES"),
            portal.text(BEN, "STOP"),
        ]
        assert [(item["status"], item["attempts"]) for item in deliveries] == [(200, 1)] * 3
        assert run.readyz() == 503
        # Stored, read and acted on while the broker is still away; the API answers too.
        state_of = portal.ask("GET", f"contacts/{ben['id']}/consent/")
        assert state_of["status"] == "revoked"
        assert portal.ask("GET", f"contacts/{anna['id']}/consent/")["status"] == "confirmed"
        assert portal.rows(
            "SELECT count(*) FROM messaging_message WHERE body = 'Do you have a blue Civic?'"
        ) == [(1,)]
        assert len(portal.texts_to(ANNA)) == 1

        broker.start()
        until(lambda: run.readyz() == 200)
        until(lambda: len(portal.texts_to(ANNA)) == 2)
        until(lambda: len(portal.texts_to(BEN)) == 1)
        until(lambda: portal.status_of(soon) == portal.status_of(tomorrow) == "refused")
        # The same workers: they found the broker again by themselves.
        assert {name: run.pids()[name] for name in workers} == workers
        # And the flow goes on: a word of the stranger's wakes the worker at once.
        answer = portal.ask(
            "POST", "messages/", {"contact": anna["id"], "body": "Hi", "purpose": "informational"}
        )
        until(lambda: portal.status_of(answer) in {"sent", "delivered"})
        _, confirmation, hello = portal.texts_to(ANNA)
        assert "STOP" in confirmation
        assert hello.startswith("Hi")
        (stop_confirmation,) = portal.texts_to(BEN)
        assert "Yes it is" not in stop_confirmation
        delays = portal.rows(
            "SELECT extract(epoch FROM out.sent_at - entry.recorded_at)::float FROM"
            " messaging_message out JOIN consent_consentevent entry ON entry.id = out.caused_by_id"
            " WHERE out.purpose = 'stop_confirmation'"
        )
        assert [delay <= 300 for (delay,) in delays] == [True]  # RULE-US-08
    finally:
        run.end(signal.SIGTERM)


def _tomorrow(portal: Portal) -> str:
    offset = timedelta(seconds=int(noon_offset()))
    return (datetime.now(UTC) + offset + timedelta(days=1)).isoformat()


THREE_WEBHOOKS = """
import django
django.setup()
from conftest import post_inbound
from messaging import broker
broker.SILENCE_SECONDS = 600  # however slow this machine is
for body in ("STOP", "START", "hello"):
    print(post_inbound(body=body).status_code)
"""


class Hole:
    """A broker that takes connections and never says a word: the worst way to be away."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.taken: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while True:
            try:
                self.taken.append(self._listener.accept()[0])
            except OSError:
                return

    def close(self) -> None:
        self._listener.close()
        for each in self.taken:
            each.close()


@pytest.fixture
def hole() -> Iterator[Hole]:
    made = Hole()
    yield made
    made.close()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_hangs_costs_three_webhooks_one_attempt(
    hole: Hole, north: Dealership
) -> None:
    """Each of them wakes workers and screens several times: one connection is made for all.

    That it ends at all shows the socket's time limit; how long that is stands in the settings.
    """
    environment = child_env(
        "http://127.0.0.1:9",
        REDIS_URL=f"redis://127.0.0.1:{hole.port}/0",
        DJANGO_SETTINGS_MODULE="dealertext.settings",
    )
    done = subprocess.run(
        [sys.executable, "-c", THREE_WEBHOOKS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == ["200"] * 3, done.stderr
    assert len(hole.taken) == 1
    assert Message.objects.filter(direction="inbound").count() == 3


def test_every_wait_for_redis_on_the_way_of_a_request_is_bounded() -> None:
    """One attempt at each, and a time limit on each socket."""
    broker_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    assert broker_options["max_retries"] == 0
    assert broker_options["socket_timeout"] + broker_options["socket_connect_timeout"] <= 3
    assert settings.CELERY_TASK_PUBLISH_RETRY is False
    client = realtime._client(settings.REDIS_URL)
    pool = client.connection_pool.connection_kwargs
    assert pool["socket_timeout"] + pool["socket_connect_timeout"] <= 2
    retry = client.get_retry()
    assert retry is not None
    assert retry._retries == 0
    caches: Any = settings.CACHES
    options = caches["default"]["OPTIONS"]
    assert options["socket_timeout"] + options["socket_connect_timeout"] <= 2


def test_without_redis_the_cache_counts_as_empty() -> None:
    away = ForgivingRedisCache("redis://127.0.0.1:9/0", {"OPTIONS": {"socket_connect_timeout": 1}})
    away.set("a", 1)
    assert away.get("a", "nothing") == "nothing"
    assert away.add("a", 1) is True
    assert away.delete("a") is False
    assert away.incr("a") == 1
