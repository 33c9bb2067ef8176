"""The webhook of one text against the bare view: same process, same middleware, in turns."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.stage import BARE, PHONES, milliseconds, timed, webhook

ROUNDS = 300
FLOOR = 0.35


def run() -> None:
    """Print the webhook's rate over the bare view's, for the ordinary text and the two others."""
    strangers = [f"+1814{n:07d}" for n in range(2_000_000, 2_000_000 + ROUNDS)]
    ordinary = "an ordinary text, of a customer who said yes"
    _compare(ordinary, PHONES, counted=PHONES[0], floor=f" (floor {FLOOR})")
    _compare("a stranger's first text", strangers, counted="+18145550100")
    _compare("a text in an exchange, with its ledger entry", strangers, counted=strangers[0])


def _compare(what: str, phones: Sequence[str], *, counted: str, floor: str = "") -> None:
    client = Client()

    def post(request: dict[str, object]) -> float:
        return timed(lambda: _checked(client, request))

    bare, ours = [], []
    for n in range(ROUNDS):
        phone = phones[n % len(phones)]
        bare.append(post(webhook(phone, to=BARE)))
        ours.append(post(webhook(phone)))
    print(
        f"webhook, {what}: {median(bare) / median(ours):.2f} x the rate of a bare one-INSERT view"
        f"{floor}; {milliseconds(ours)} against {milliseconds(bare)}, {_trips(client, counted)}",
        flush=True,
    )


def _checked(client: Client, request: dict[str, object]) -> None:
    assert client.post(**request).status_code == 200  # type: ignore[arg-type]  # built in stage


def _trips(client: Client, phone: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        client.post(**webhook(phone))
    trips = len(asked)
    return f"{trips} round trip{'s' if trips > 1 else ''} to the database"
