"""What every benchmark stands on: a fresh database, one dealership, customers, a client."""

from __future__ import annotations

import os
import socket
import tempfile
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from subprocess import Popen
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from twilio.request_validator import RequestValidator

from accounts.models import User
from consent import ledger
from consent.kinds import Kind
from consent.models import PhoneNumber

HOOK = "/webhooks/twilio/inbound/"
BARE = "/webhooks/bare/"
NUMBER = "+17175550100"
#: Customers who texted first and then said yes.
PHONES = [f"+1717556{n:04d}" for n in range(1000, 1050)]
EMAIL = "bench@example.com"
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def prepare() -> User:
    """Make the tables, the dealership and its customers; return a salesperson."""
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryFile("w") as quiet:
        call_command(
            "create_dealership", group="Bench", name="Bench Motors", street="1 Main St",
            city="Chambersburg", region="PA", country="US", timezone="America/New_York",
            number=[f"{NUMBER},mps=1000"], care_phone="+17175550199",
            staff=[f"{EMAIL}:Bea Bench:salesperson:password-for-bench"], stdout=quiet,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, sid text, body text)")
    settings.ROOT_URLCONF = "bench.urls"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    for phone in PHONES:
        client.post(**webhook(phone))
    for row in PhoneNumber.objects.filter(number_e164__in=PHONES).select_related("dealership"):
        ledger.append(
            Kind.OPT_IN_CONFIRMED, dealership=row.dealership, phone=row, acting_user=None,
            terms={"level": "informational"},
        )  # fmt: skip
    return User.objects.get(email=EMAIL)


def signed_in(user: User) -> Client:
    """Return a browser's client signed in as this person."""
    client = Client()
    client.force_login(user, backend=_BACKEND)
    return client


def params(phone: str, body: str = "What is the price of the blue one?") -> dict[str, str]:
    """Return the form of one ordinary text."""
    return {
        "MessageSid": f"SM{uuid.uuid4().hex}",
        "AccountSid": settings.TWILIO_ACCOUNT_SID,
        "To": NUMBER,
        "From": phone,
        "Body": body,
        "NumMedia": "0",
    }


def signature(form: dict[str, str]) -> str:
    """Return the carrier's signature of a form for our hook."""
    validator = RequestValidator(settings.TWILIO_AUTH_TOKEN)
    return str(validator.compute_signature(f"{settings.SITE_URL}{HOOK}", form))


def webhook(phone: str, *, to: str = HOOK) -> dict[str, Any]:
    """Return the arguments of a signed post of one ordinary text, encoded as the carrier does."""
    form = params(phone)
    return {
        "path": to,
        "data": urllib.parse.urlencode(form),
        "content_type": "application/x-www-form-urlencoded",
        "headers": {"X-Twilio-Signature": signature(form)},
    }


def timed(call: Callable[[], object]) -> float:
    """Return how long one call takes, in seconds."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def milliseconds(times: list[float]) -> str:
    """Return the median for people."""
    return f"{median(times) * 1000:.2f} ms"


def free_port() -> int:
    """Return a port of loopback that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(*command: str, **env: str) -> Iterator[Popen[bytes]]:
    """Run a child of ours for as long as the block."""
    child = Popen(command, env={**os.environ, **env})
    try:
        yield child
    finally:
        child.terminate()
        child.wait(15)
