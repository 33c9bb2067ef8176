"""A carrier on loopback for the tests: the real simulator in its own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings

from accounts.clock import now
from messaging import dispatch
from messaging.models import Message


@dataclass
class Carrier:
    """The running simulator: its address and its control API."""

    url: str

    def get(self, path: str) -> Any:
        """Read from the control API."""
        with urllib.request.urlopen(f"{self.url}/simulator/api/{path}", timeout=10) as answer:
            return json.load(answer)

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Tell the control API something."""
        request = urllib.request.Request(
            f"{self.url}/simulator/api/{path}",
            data=json.dumps(body or {}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def bodies(self, to: str) -> list[str]:
        """Return what the carrier accepted for a customer's number, oldest first."""
        return [m["body"] for m in self.get(f"messages/?to={to.replace('+', '%2B')}")["messages"]]


@pytest.fixture(scope="session")
def carrier_process() -> Iterator[str]:
    """Start one simulator for the session; it calls no webhooks that nobody hears."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "messaging.simulator",
            "--port",
            "0",
            "--account-sid",
            django_settings.TWILIO_ACCOUNT_SID,
            "--auth-token",
            django_settings.TWILIO_AUTH_TOKEN,
            "--webhook-base",
            "http://127.0.0.1:9",
        ],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    yield line.split("listening on ")[1].strip()
    process.terminate()
    process.wait(10)


@pytest.fixture
def carrier(carrier_process: str, settings: Any) -> Carrier:
    """Return the carrier, forgetful of earlier tests, with the portal pointed at it."""
    settings.TWILIO_API_BASE_URL = carrier_process
    settings.UNDO_SECONDS = 0
    found = Carrier(carrier_process)
    found.post("reset/", {"everything": True})
    return found


def send_due() -> None:
    """Do what workers do: send every text whose time has come, until none is left."""
    for _ in range(20):
        due = list(Message.objects.due(now()).values_list("pk", flat=True))
        if not due:
            return
        for pk in due:
            dispatch.send(pk)
