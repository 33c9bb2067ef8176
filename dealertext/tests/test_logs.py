"""Nothing personal in a log line, whoever wrote it (promise I7): real processes, real output."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
import redis
from celery import current_app
from django.conf import settings
from django.db import DataError, IntegrityError, connection, transaction

from accounts.models import ApiToken, Dealership, User
from conftest import (
    CORA_NUMBER,
    NORTH_NUMBER,
    inbound_params,
    make_contact,
    post_inbound,
    signed,
)
from consent.decision import Purpose
from consent.models import PhoneNumber
from dealertext import embedded, logs
from dealertext.tests.conftest import ROOT, free_port
from messaging import broker, conversations, outbound
from messaging.models import Conversation
from messaging.tests.conftest import Carrier
from messaging.tests.test_faults import child_env

NAME = "Cora Miller"
WORDS = "my wife left me, stop asking"


@pytest.mark.parametrize(
    "text",
    [
        "+17175550142",
        "to=%2B17175550142&x=1",
        "call 717-555-0142 now",
        "(717) 555-0142",
        "1 717.555.0142",
        "17175550142",
        "'7175550142'",
        "cora.miller+cars@mail.example.com",
        'x\nDETAIL:  Key (name)=(Cora Miller) already exists.\nand "Cora" Miller',
        "IntegrityError('x\\nDETAIL:  Failing row contains (1, Cora Miller).')",
        "LINE 1: SELECT 'Cora Miller'",
        'invalid input syntax for type uuid: "Cora Miller"',
    ],
)
def test_scrubbing_takes_out(text: str) -> None:
    left = logs.scrub(text)
    for part in ("555", "0142", "Cora", "cora", "Miller", "mail.example"):
        assert part not in left


@pytest.mark.parametrize(
    "text",
    [
        "sent message=1234567890 decision=98765",
        "2026-11-25 22:27:03,730 took 1764109623.5 s",
        "2026-11-25T22:28:00.868554Z",
        "job 550e8400-e29b-41d4-a716-446655440000",
        "SM0123456789abcdef0123456789abcdef",
        "sha256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "http://127.0.0.1:8000/inbox/",
        "at 0x7f0123456789",
        "PostgreSQL 18.6, 1,234,567 rows",
    ],
)
def test_scrubbing_leaves(text: str) -> None:
    assert logs.scrub(text) == text


@pytest.mark.django_db
def test_a_database_error_is_told_by_its_names_alone() -> None:
    with connection.cursor() as cursor, pytest.raises(DataError) as bad_value, transaction.atomic():
        cursor.execute("SELECT %s::uuid", [NAME])
    assert logs.message_of(bad_value.value) == "sqlstate=22P02"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE people (name text CONSTRAINT one_name UNIQUE)")
        with pytest.raises(IntegrityError) as twice, transaction.atomic():
            cursor.execute("INSERT INTO people VALUES (%s), (%s)", [NAME, NAME])
    told = logs.format_error((type(twice.value), twice.value, twice.value.__traceback__))
    assert "constraint=one_name table=people duplicate key" in told
    assert "psycopg.errors.UniqueViolation" in told
    assert "test_logs.py" in told
    assert "Cora" not in told


def test_an_errors_quoted_words_and_locals_are_not_told() -> None:
    body = WORDS
    try:
        try:
            raise KeyError(body)
        except KeyError as error:
            raise ValueError(f"cannot read {body!r} of 'Contact'") from error
    except ValueError as error:
        told = logs.format_error((type(error), error, error.__traceback__))
    assert "cannot read [words] of 'Contact'" in told
    assert WORDS not in told
    assert "KeyError" in told


def test_both_kinds_of_loggers_are_scrubbed(capfd: pytest.CaptureFixture[str]) -> None:
    code = (
        "import django; django.setup(); import logging, structlog, threading;"
        f"logging.getLogger('django').error('to %s', '{CORA_NUMBER}');"
        f"structlog.get_logger('x').error('to', number='{CORA_NUMBER}',"
        f" deep=[{{'a': '{CORA_NUMBER}'}}]);"
        f"t = threading.Thread(target=lambda: int('{WORDS}')); t.start(); t.join();"
        f"raise RuntimeError('{CORA_NUMBER}')"
    )
    for debug in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "DEBUG": debug, "DJANGO_SETTINGS_MODULE": "dealertext.settings"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr.count("[number]") == 4, done.stderr
        assert "[words]" in done.stderr
        assert_nothing_personal(done.stdout + done.stderr)


def assert_nothing_personal(output: str) -> None:
    for part in (CORA_NUMBER[1:], CORA_NUMBER[2:], "Cora", "Miller", "my wife"):
        assert part not in output, output


@contextmanager
def one_for_all(table: str, column: str) -> Iterator[None]:
    """Let a real insert break a real constraint."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNIQUE INDEX only_one_{column} ON {table} ({column})")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX only_one_{column}")


@contextmanager
def process(argv: list[str], log: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as file:
        child = subprocess.Popen(
            argv,
            cwd=ROOT,
            env={**env, "DJANGO_SETTINGS_MODULE": "dealertext.settings", "PYTHONUNBUFFERED": "1"},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def servers(port: int) -> dict[str, list[str]]:
    """Return the two web servers as docker-compose.yml and make run start them."""
    return {
        "gunicorn": [
            *(sys.executable, "-m", "gunicorn", "dealertext.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "2"),
            "--no-control-socket",
        ],
        "uvicorn": [
            *(sys.executable, "-m", "uvicorn", "dealertext.asgi:application"),
            *("--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--lifespan", "off"),
        ],
    }


def ask(port: int, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        client.request(method, path, body, {"Host": "testserver", **headers})
        answer = client.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        client.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("server", "debug"), [("gunicorn", "0"), ("uvicorn", "1")])
def test_a_real_request_that_breaks_a_constraint_logs_no_row(
    server: str, debug: str, tmp_path: Path, cora: PhoneNumber, sal: User, other: Dealership
) -> None:
    make_contact(other, number="+17175550177", name="Somebody Else")
    port, log = free_port(), tmp_path / "web.log"
    headers = {
        "Authorization": f"Token {ApiToken.issue(sal)}",
        "Content-Type": "application/json",
    }
    contact = {
        "dealership": str(cora.dealership.public_id),
        "basis": "web_form",
        "evidence": {"comment": WORDS},
    }
    env = {**child_env("http://127.0.0.1:9"), "DEBUG": debug, "TIME_OFFSET_SECONDS": "0"}
    with (
        one_for_all("consent_contact", "name"),
        one_for_all("consent_phonenumber", "number_e164"),
        process(servers(port)[server], log, env),
    ):
        assert embedded.wait_until(
            lambda: ask(port, "GET", "/healthz", "", {})[0] == 200, seconds=60
        )
        said = [
            ask(port, "POST", "/api/v1/contacts/?near=717-555-0142", json.dumps(body), headers)
            for body in (
                {**contact, "name": NAME, "number": "+17175550178"},
                {**contact, "name": "New Name", "number": "+17175550177"},
            )
        ]
        path = "/webhooks/twilio/inbound/"
        params = inbound_params(to=NORTH_NUMBER, from_="+17175550177", body=WORDS)
        said.append(
            ask(
                port,
                "POST",
                path,
                urlencode(params),
                {
                    "X-Twilio-Signature": signed(path, params),
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
        )
    output = log.read_text()
    assert [status for status, _ in said] == [500, 500, 500], output
    assert "only_one_name" in output
    assert output.count("constraint=only_one_number_e164") >= 2
    assert "UniqueViolation" in output
    assert_nothing_personal(output)
    assert "5550177" not in output
    assert "New Name" not in output
    if debug == "0":
        assert_nothing_personal("".join(page for _, page in said))


@pytest.mark.django_db(transaction=True)
def test_a_real_task_that_breaks_a_constraint_logs_no_row(
    carrier: Carrier, tmp_path: Path, north: Dealership, other: Dealership
) -> None:
    make_contact(other, number=CORA_NUMBER, name=NAME)
    carrier.post(
        "texts/", {"from": CORA_NUMBER, "to": NORTH_NUMBER, "body": WORDS, "deliver_times": 0}
    )
    log = tmp_path / "worker.log"
    queue = f"test-{os.getpid()}"
    argv = [
        *(sys.executable, "-m", "celery", "-A", "dealertext", "worker", "-Q", queue),
        *("--concurrency", "1", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
    ]
    with (
        one_for_all("consent_phonenumber", "number_e164"),
        process(argv, log, child_env(carrier.url)),
    ):
        current_app.send_task("messaging.tasks.reconcile", queue=queue)
        assert embedded.wait_until(lambda: "UniqueViolation" in log.read_text(), seconds=60), (
            log.read_text()
        )
    output = log.read_text()
    assert "constraint=only_one_number_e164" in output
    assert_nothing_personal(output)


@pytest.mark.django_db(transaction=True)
def test_the_broker_and_its_listeners_see_ids_alone(north: Dealership, sal: User) -> None:
    """What really lies in Redis after a customer's texts, an answer, a request and a stop."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.flushdb()
    broker.ask_again()
    with client.pubsub(ignore_subscribe_messages=True) as heard:  # type: ignore[no-untyped-call]  # redis
        heard.psubscribe("*")
        heard.get_message(timeout=1)
        post_inbound(body=WORDS, NumMedia="1", MediaUrl0="http://carrier.example/ME1")
        conversation = Conversation.objects.get()
        conversation.phone.contact.name = NAME
        conversation.phone.contact.save()
        outbound.compose(
            conversation, body="Hello Cora", purpose=Purpose.CONVERSATIONAL, acting_user=sal
        )
        conversations.close(conversation, acting_user=sal)
        post_inbound(body="STOP")
        published = []
        while message := heard.get_message(timeout=0.5):
            published.append(message["data"].decode())
    tasks = [
        json.loads(each)
        for queue in ("urgent", "default", "bulk")
        for each in client.lrange(queue, 0, -1)
    ]
    bodies = [json.loads(base64.b64decode(task["body"])) for task in tasks]
    names = {task["headers"]["task"] for task in tasks}
    assert {"messaging.tasks.send_message", "messaging.tasks.refuse_pending"} <= names
    assert "messaging.tasks.fetch_media" in names
    for args, kwargs, _ in bodies:
        assert all(type(arg) is int for arg in args)
        assert kwargs == {}
    assert len(published) > 3
    for line in published:
        assert re.fullmatch(r"(conversation|message|consent) [0-9a-f-]{36}", line)
    everything = b"".join(client.dump(key) or b"" for key in client.keys("*")).decode("latin-1")
    assert_nothing_personal(everything + json.dumps(tasks) + json.dumps(bodies))
    client.flushdb()
