"""The cast, the factories and the guards of every test."""

from __future__ import annotations

import io
import ipaddress
import os
import socket
import uuid
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from PIL import Image
from rest_framework.test import APIClient
from twilio.request_validator import RequestValidator

from accounts.models import (
    ApiToken,
    CarrierNumber,
    DealerGroup,
    Dealership,
    GroupAdmin,
    Membership,
    Role,
    User,
)
from consent import contacts
from consent.kinds import Basis
from consent.models import PhoneNumber

CHROMIUM = "/usr/bin/chromium"
NORTH_NUMBER = "+17175550100"
SOUTH_NUMBER = "+14165550110"
OTHER_NUMBER = "+12155550120"
CORA_NUMBER = "+17175550142"
_connect = socket.socket.connect


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long tests to `make attack`; want Chromium where CI does."""
    attacking = os.environ.get("ATTACK") == "1"
    for item in items:
        if item.get_closest_marker("attack") and not attacking:
            item.add_marker(pytest.mark.skip(reason="the long version: make attack"))
        if item.get_closest_marker("browser"):
            # Playwright's loop is on this thread, beside the ORM of the fixtures.
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        if item.get_closest_marker("browser") and not Path(CHROMIUM).exists():
            if os.environ.get("CI"):
                pytest.exit("CI needs Chromium for the browser tests", returncode=1)
            item.add_marker(pytest.mark.skip(reason="no Chromium here"))


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach beyond this machine."""

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            host = address[0]
            try:
                inside = ipaddress.ip_address(host).is_loopback
            except ValueError:
                inside = host == "localhost"
            if not inside:
                raise AssertionError(f"a test tried to reach {host}")
        return _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _plain_static(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MFA_REQUIRED_FOR_MANAGERS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True


def make_dealership(group: DealerGroup, name: str, number: str, **fields: Any) -> Dealership:
    """Store a dealership with one fast number that the carrier does not answer for."""
    values = {
        "street": "1 Main St",
        "city": "Chambersburg",
        "region": "PA",
        "country": "US",
        "timezone": "America/New_York",
        "care_phone": "+17175550199",
        **fields,
    }
    dealership = Dealership.objects.create(group=group, name=name, **values)
    CarrierNumber.objects.create(
        dealership=dealership, number_e164=number, segments_per_second=1000, carrier_answers=[]
    )
    return dealership


def make_user(
    email: str, name: str, dealership: Dealership | None = None, role: Role | None = None
) -> User:
    """Store a member of staff; the password is `password-for-tests`."""
    user = User.objects.create_user(email, "password-for-tests", name=name)
    if dealership is not None:
        Membership.objects.create(user=user, dealership=dealership, role=role or Role.SALESPERSON)
    return user


def make_contact(
    dealership: Dealership,
    *,
    number: str = CORA_NUMBER,
    name: str = "Cora Miller",
    basis: Basis = Basis.WEB_FORM,
    **details: Any,
) -> PhoneNumber:
    """Store a contact with a number and a basis."""
    return contacts.add_contact(
        dealership=dealership,
        name=name,
        number_e164=number,
        basis=basis,
        evidence={"url": "https://dealer.example/lead"},
        acting_user=None,
        **details,
    )


def photo(colour: str = "white", size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a JPEG as a phone's camera makes it."""
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG")
    return target.getvalue()


@pytest.fixture
def group(db: None) -> DealerGroup:
    return DealerGroup.objects.create(name="Fitzgerald")


@pytest.fixture
def north(group: DealerGroup) -> Dealership:
    return make_dealership(group, "Fitzgerald Auto Mall", NORTH_NUMBER)


@pytest.fixture
def south(group: DealerGroup) -> Dealership:
    return make_dealership(
        group,
        "Fitzgerald Toronto",
        SOUTH_NUMBER,
        city="Toronto",
        region="ON",
        country="CA",
        timezone="America/Toronto",
    )


@pytest.fixture
def other(db: None) -> Dealership:
    return make_dealership(DealerGroup.objects.create(name="Rival"), "Rival Motors", OTHER_NUMBER)


@pytest.fixture
def sal(north: Dealership) -> User:
    return make_user("sal@example.com", "Emily Moore", north)


@pytest.fixture
def mona(north: Dealership) -> User:
    return make_user("mona@example.com", "Mona Reyes", north, Role.MANAGER)


@pytest.fixture
def ada(group: DealerGroup) -> User:
    user = make_user("ada@example.com", "Ada Fitz")
    GroupAdmin.objects.create(user=user, group=group)
    return user


@pytest.fixture
def stan(other: Dealership) -> User:
    return make_user("stan@example.com", "Stan Stranger", other)


@pytest.fixture
def cora(north: Dealership) -> PhoneNumber:
    return make_contact(north)


@pytest.fixture
def api() -> Callable[[User], APIClient]:
    """Return an API client signed in as a person."""

    def client_of(user: User) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {ApiToken.issue(user)}")
        return client

    return client_of


def signed(path: str, params: dict[str, str], token: str | None = None) -> str:
    """Return the carrier's signature of a form post to one of our paths."""
    validator = RequestValidator(token or django_settings.TWILIO_AUTH_TOKEN)
    return str(validator.compute_signature(f"{django_settings.SITE_URL}{path}", params))


def inbound_params(
    *, to: str, from_: str, body: str, sid: str = "", **extra: str
) -> dict[str, str]:
    """Return the form that the carrier posts for one text."""
    sid = sid or f"SM{uuid.uuid4().hex}"
    return {
        "MessageSid": sid,
        "SmsSid": sid,
        "AccountSid": django_settings.TWILIO_ACCOUNT_SID,
        "From": from_,
        "To": to,
        "Body": body,
        "NumMedia": "0",
        "ApiVersion": "2010-04-01",
        **extra,
    }


def post_inbound(
    *, to: str = NORTH_NUMBER, from_: str = CORA_NUMBER, body: str, sid: str = "", **extra: str
) -> Any:
    """Post one signed text as the carrier does."""
    params = inbound_params(to=to, from_=from_, body=body, sid=sid, **extra)
    path = "/webhooks/twilio/inbound/"
    return Client().post(path, params, headers={"X-Twilio-Signature": signed(path, params)})


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Return a browser's client signed in as a person."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def app_role(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection to the test database as the portal's own role, one statement at a time.

    The role has no DDL, no TRUNCATE, and no UPDATE or DELETE on the ledger (promise I5).
    """
    parts = connection.get_connection_params()
    with psycopg.connect(
        dbname=parts["dbname"],
        host=parts.get("host"),
        port=parts.get("port"),
        user=os.environ.get("TEST_APP_ROLE", "dealertext_app"),
        autocommit=True,
    ) as conn:
        yield conn


@pytest.fixture
def as_app_role(app_role: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """Return what `app_role` returns."""
    return app_role


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start Debian's Chromium for the tests marked `browser`, which talks to nobody."""
    return {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


class MailServer:
    """Keeps what it is given; `answer` is what it says to the data."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
        return self.answer


@pytest.fixture
def smtp(settings: Any) -> Iterator[MailServer]:
    """Return a real SMTP server on loopback that all mail goes to."""
    server = MailServer()
    with socket.socket() as probe:  # the controller cannot be asked for "any" port
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_TIMEOUT = 5
    yield server
    controller.stop()
