"""`make bench`: the webhook against a bare INSERT view, the inbox at two sizes, live updates."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
import uuid
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dealertext.settings")
os.environ["DEBUG"] = "0"

import django

django.setup()

from accounts.models import User  # noqa: E402
from consent import ledger  # noqa: E402
from consent.kinds import Kind  # noqa: E402
from consent.models import PhoneNumber  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt  # noqa: E402
from messaging.models import Conversation, Message  # noqa: E402
from twilio.request_validator import RequestValidator  # noqa: E402

ROUNDS = 400


def bare(request: HttpRequest) -> HttpResponse:
    """The reference: a view that stores the request's text with one INSERT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_bare (sid, body) VALUES (%s, %s)",
            [request.POST["MessageSid"], request.POST["Body"]],
        )
    return HttpResponse("<Response/>", content_type="text/xml")


urlpatterns = [path("bare/", csrf_exempt(bare)), path("", include("dealertext.urls"))]


def rate(requests: list[dict[str, Any]]) -> float:
    """Return how many requests a second one process answers, all middleware included."""
    client = Client()
    began = time.perf_counter()
    for request in requests:
        assert client.post(**request).status_code == 200
    return len(requests) / (time.perf_counter() - began)


def webhook_requests(
    number: str, phones: list[str], *, to: str = "/webhooks/twilio/inbound/"
) -> list[dict[str, Any]]:
    """Return signed webhooks of ordinary texts."""
    validator = RequestValidator(settings.TWILIO_AUTH_TOKEN)
    hook = "/webhooks/twilio/inbound/"
    found: list[dict[str, Any]] = []
    for n in range(ROUNDS):
        params = {
            "MessageSid": f"SM{uuid.uuid4().hex}",
            "AccountSid": settings.TWILIO_ACCOUNT_SID,
            "To": number,
            "From": phones[n % len(phones)],
            "Body": f"What is the price of number {n}?",
            "NumMedia": "0",
        }
        signature = validator.compute_signature(f"{settings.SITE_URL}{hook}", params)
        found.append({"path": to, "data": params, "headers": {"X-Twilio-Signature": signature}})
    return found


def webhook(number: str, phones: list[str]) -> None:
    """Print the webhook's rate over the bare view's, in turns within one process."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, sid text, body text)")
    ratios, ours_all, bare_all = [], [], []
    for _ in range(5):
        reference = rate(webhook_requests(number, phones, to="/bare/"))
        ours = rate(webhook_requests(number, phones))
        ratios.append(ours / reference)
        ours_all.append(ours)
        bare_all.append(reference)
    print(
        f"webhook: ratio {statistics.median(ratios):.2f} to a bare one-INSERT view "
        f"({statistics.median(ours_all):.0f}/s against {statistics.median(bare_all):.0f}/s; "
        f"floor 0.35)"
    )


def inbox(user: User, label: str) -> float:
    """Print the inbox page's median time, size and queries; return the median in seconds."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    times = []
    for _ in range(30):
        began = time.perf_counter()
        answer = client.get("/inbox/?view=all", secure=settings.SITE_IS_HTTPS)
        times.append(time.perf_counter() - began)
        assert answer.status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get("/inbox/?view=all", secure=settings.SITE_IS_HTTPS)
    p50 = statistics.median(times)
    print(
        f"inbox at {label} messages: p50 {p50 * 1000:.1f} ms, {len(captured)} queries, "
        f"{len(answer.content) / 1000:.1f} kB"
    )
    return p50


def decision() -> None:
    """Print the cost of a decision against one json.dumps of the same facts."""
    import dataclasses  # noqa: PLC0415
    import timeit  # noqa: PLC0415
    from datetime import UTC, datetime  # noqa: PLC0415

    from consent.decision import Facts, Purpose, decide  # noqa: PLC0415
    from consent.kinds import Status  # noqa: PLC0415
    from consent.levels import Level  # noqa: PLC0415
    from consent.projection import State  # noqa: PLC0415

    noon, night = datetime(2026, 11, 24, 17, tzinfo=UTC), datetime(2026, 11, 24, 4, tzinfo=UTC)
    held = {"basis": "web_form", "basis_index": 0, "is_written": True}
    confirmed = State(status=Status.CONFIRMED, level=Level.PROMOTIONAL, **held)
    cases: dict[str, dict[str, Any]] = {
        "allowed": {},
        "an offer": {"purpose": Purpose.PROMOTIONAL},
        "outside the hours": {"now": night},
        "two states": {"region": "TX", "postal_code": "79901"},
        "every state": {"number": "+18005550142", "region": "??"},
        "stopped": {"is_suppressed": True},
        "a question": {"purpose": Purpose.PERMISSION_REQUEST, "state": State(**held)},
    }
    for name, more in cases.items():
        facts = Facts(
            **{
                "now": noon,
                "purpose": Purpose.INFORMATIONAL,
                "number": "+17175550142",
                "state": confirmed,
                "is_suppressed": False,
                "country": "US",
                **more,
            }
        )
        plain = dataclasses.asdict(facts)
        # The best of forty: what other processes take from both is no part of either.
        often = {"number": 300, "repeat": 40}
        dumps = min(timeit.repeat(lambda p=plain: json.dumps(p, default=str), **often))
        ours = min(timeit.repeat(lambda f=facts: decide(f), **often))
        print(f"decide() {name:18} {ours / dumps:4.1f} x one json.dumps of its facts (goal 3)")


def screen(user: User, number: str, phone: str) -> None:
    """Print how long a customer's text takes to another browser's stream, over real HTTP."""
    port = 18765
    env = {**os.environ, "ALLOWED_HOSTS": "*", "DATABASE_POOL": "10"}
    server = subprocess.Popen(
        [
            sys.executable, "-m", "uvicorn", "dealertext.asgi:application", "--port", str(port),
            "--log-level", "critical",
        ],
        env=env,
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=1)
                break
            except OSError:
                threading.Event().wait(0.1)
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = f"sessionid={client.cookies['sessionid'].value}"
        stream = urllib.request.urlopen(
            urllib.request.Request(f"{base}/events/", headers={"Cookie": cookie}), timeout=30
        )
        arrived: dict[str, float] = {}
        seen = threading.Event()

        def listen() -> None:
            for line in stream:
                if line.startswith(b"event: message"):
                    arrived["at"] = time.perf_counter()
                    seen.set()

        threading.Thread(target=listen, daemon=True).start()
        threading.Event().wait(1)
        path = "/webhooks/twilio/inbound/"
        validator = RequestValidator(settings.TWILIO_AUTH_TOKEN)
        waits = []
        for n in range(200):
            params: dict[str, str] = {
                "MessageSid": f"SM{uuid.uuid4().hex}",
                "AccountSid": settings.TWILIO_ACCOUNT_SID,
                "To": number,
                "From": phone,
                "Body": f"Question {n}?",
            }
            request = urllib.request.Request(
                f"{base}{path}",
                data=urllib.parse.urlencode(params).encode(),
                headers={
                    "X-Twilio-Signature": validator.compute_signature(
                        f"{settings.SITE_URL}{path}", params
                    )
                },
            )
            seen.clear()
            began = time.perf_counter()
            urllib.request.urlopen(request, timeout=10).read()
            if seen.wait(5):
                waits.append(arrived["at"] - began)
        waits.sort()
        print(
            f"text -> other browser's stream: p50 {waits[len(waits) // 2] * 1000:.0f} ms, "
            f"p99 {waits[int(len(waits) * 0.99) - 1] * 1000:.0f} ms over {len(waits)} (floor 300)"
        )
    finally:
        server.kill()
        server.wait(10)


def main() -> None:
    """Run all of it on a fresh database."""
    call_command("migrate", verbosity=0)
    number = "+17175550100"
    with tempfile.TemporaryFile("w") as quiet:
        call_command(
            "create_dealership", group="Bench", name="Bench Motors", street="1 Main St",
            city="Chambersburg", region="PA", country="US", timezone="America/New_York",
            number=[f"{number},mps=1000"], care_phone="+17175550199",
            staff=["bench@example.com:Bea Bench:salesperson:password-for-bench"], stdout=quiet,
        )  # fmt: skip
    user = User.objects.get(email="bench@example.com")
    phones = [f"+1717556{n:04d}" for n in range(1000, 1050)]
    settings.ROOT_URLCONF = "bench.__main__"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.ALLOWED_HOSTS = ["*"]
    rate(webhook_requests(number, phones))
    for phone in PhoneNumber.objects.filter(number_e164__in=phones):
        ledger.append(
            Kind.OPT_IN_CONFIRMED, dealership=phone.dealership, phone=phone, acting_user=None,
            terms={"level": "informational"},
        )  # fmt: skip
    decision()
    webhook(number, phones)
    screen(user, number, phones[0])
    grow(user, 10_000)
    small = inbox(user, "10k")
    grow(user, 100_000)
    large = inbox(user, "100k")
    print(f"inbox: ratio {large / small:.2f} between 100k and 10k messages (floor 1.3)")


def grow(user: User, total: int) -> None:
    """Add conversations and messages of one dealership up to a total, in bulk."""
    first = Conversation.objects.select_related("phone", "number").first()
    assert first is not None
    missing = total - Message.objects.count()
    dealership = first.dealership
    per = 10
    from consent.models import ConsentState, Contact  # noqa: PLC0415
    from consent.subjects import subject_of  # noqa: PLC0415

    start = PhoneNumber.objects.count()
    count = max(0, missing // per)
    contacts = Contact.objects.bulk_create(
        [Contact(dealership=dealership, name=f"Customer {start + n}") for n in range(count)], 2000
    )
    numbers = [
        f"+1{610 + (start + n) // 1_000_000}{2_000_000 + start + n:07d}" for n in range(count)
    ]
    rows = PhoneNumber.objects.bulk_create(
        [
            PhoneNumber(contact=c, dealership=dealership, number_e164=x, subject=subject_of(x))
            for c, x in zip(contacts, numbers, strict=True)
        ],
        2000,
    )
    ConsentState.objects.bulk_create([ConsentState(phone=row) for row in rows], 2000)
    talks = Conversation.objects.bulk_create(
        [
            Conversation(
                dealership=dealership, number=first.number, phone=row, contact=c,
                last_text="Is the Tacoma still there?", last_direction="inbound",
            )
            for row, c in zip(rows, contacts, strict=True)
        ],
        2000,
    )  # fmt: skip
    batch: list[Any] = []
    for talk in talks:
        batch += [
            Message(
                dealership=dealership, conversation=talk, direction="inbound", status="received",
                body="Is the Tacoma still there?",
            )
            for _ in range(per)
        ]  # fmt: skip
    Message.objects.bulk_create(batch, 5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
