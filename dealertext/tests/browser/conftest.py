"""The whole product for the browser tests: started once, as `make run` starts it, with the demo.

Nothing here reaches into the portal: people act in Chromium, customers on the simulator's phone.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dealertext.embedded import wait_until
from dealertext.supervisor import read_env_file
from dealertext.tests.conftest import Run, free_port

PASSWORD = "keystone-demo"
TOYOTA = "+17175550100"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
#: A Tuesday noon in Pennsylvania and in Ontario: no hours forbid a text.
NOON = datetime(2026, 10, 6, 16, 5, tzinfo=UTC)
expect.set_options(timeout=10_000)


@dataclass
class Product:
    """The running portal with its carrier; `kept` holds who is signed in, by e-mail address."""

    url: str
    carrier: str
    environment: dict[str, str]
    kept: dict[str, Any] = field(default_factory=dict)

    def ask_carrier(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Read from the simulator's control interface, or tell it something."""
        request = urllib.request.Request(
            f"{self.carrier}/simulator/api/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def text(self, customer: str, body: str) -> None:
        """Let a customer text the dealership in Chambersburg; the webhook was answered 200."""
        sent = self.ask_carrier("texts/", {"from": customer, "to": TOYOTA, "body": body})
        assert [each["status"] for each in sent["deliveries"]] == [200]

    def bodies(self, customer: str) -> list[str]:
        """Return what the carrier took for a customer's number, oldest first."""
        found = self.ask_carrier(f"messages/?to={quote(customer)}")["messages"]
        return [message["body"] for message in found]

    def handset(self, customer: str) -> str:
        """Return the address of a customer's phone."""
        self.ask_carrier("phones/", {"number": customer, "name": "Handset"})
        return f"{self.carrier}/simulator/?phone={quote(customer)}&number={quote(TOYOTA)}"


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """Start the supervisor in a state directory of its own, its clock at a Tuesday noon."""
    folder = Path(tempfile.mkdtemp(prefix="dt-", dir="/tmp"))
    folder.chmod(0o755)
    state = folder / "state"
    offset = int((NOON - datetime.now(UTC)).total_seconds())
    run = Run(state, DEMO="1", UNDO_SECONDS="2", TIME_OFFSET_SECONDS=str(offset))
    try:
        run.wait_until_ready()
        environment = read_env_file(state / "env")
        yield Product(
            f"http://127.0.0.1:{run.port}", environment["TWILIO_API_BASE_URL"], environment
        )
    finally:
        run.process.send_signal(signal.SIGTERM)
        run.end(signal.SIGTERM)  # the second one hurries: nobody keeps these data
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def production(product: Product) -> Iterator[str]:
    """Serve the same data as production does: DEBUG off, files compressed; return its address."""
    with tempfile.TemporaryDirectory(prefix="dt-") as static:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            **product.environment,
            "DEBUG": "0",
            "SIMULATOR": "0",
            "SITE_URL": url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "STATIC_ROOT": static,
        }
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"],
            check=True,
            env=environment,
        )
        gunicorn = [sys.executable, "-m", "gunicorn", "dealertext.wsgi:application"]
        with subprocess.Popen(
            [
                *(*gunicorn, "--bind", f"127.0.0.1:{port}", "--threads", "4"),
                *("--no-control-socket", "--graceful-timeout", "1"),
            ],
            env=environment,
            stderr=subprocess.DEVNULL,
        ) as server:
            try:
                assert wait_until(lambda: _answers(port), seconds=30)
                yield url
            finally:
                server.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Watch:
    """What went wrong in the pages of one test: errors of scripts, of the policy, of loading."""

    seen: list[str] = field(default_factory=list)
    #: Words in a complaint that this test provokes.
    allowed: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.on("page", self._listen)

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.seen.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: (
                self.seen.append(f"{page.url}: {said.type} {said.text} {said.location}")
                if said.type in {"error", "warning"}
                else None
            ),
        )

    def complaints(self) -> list[str]:
        """Return what nobody allowed."""
        return [each for each in self.seen if not any(words in each for words in self.allowed)]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fail a test in whose pages the console complained."""
    found = Watch()
    yield found
    assert found.complaints() == []


OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(product: Product, browser: Browser, watch: Watch) -> Iterator[OpenAs]:
    """Return a function that opens a page as one of the demo's people, or as nobody."""
    contexts: list[BrowserContext] = []

    def opened(who: str = "", path: str = "", **more: Any) -> Page:
        email = f"{who}@keystone.example" if who and "@" not in who else who
        if email and email not in product.kept:
            product.kept[email] = _signed_in(product, browser, email)
        context = browser.new_context(
            storage_state=product.kept.get(email),
            **{
                "base_url": product.url,
                "viewport": DESK,
                "locale": "en-US",
                "timezone_id": "America/New_York",
                **more,
            },
        )
        contexts.append(context)
        watch.over(context)
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def _signed_in(product: Product, browser: Browser, email: str) -> Any:
    with browser.new_context(base_url=product.url) as context:
        page = context.new_page()
        sign_in(page, email)
        expect(page).to_have_url(f"{product.url}/inbox/")
        return context.storage_state()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill the form on the page to sign in."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
