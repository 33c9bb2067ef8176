"""The inbox and its search at two sizes of one dealership (BENCH_MILLION=1: a third)."""

from __future__ import annotations

import gzip
import os
import tempfile
import time
from statistics import median

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Dealership, User
from bench import export
from bench.stage import milliseconds, signed_in, timed
from messaging.models import Message

#: Conversations and messages of each size. So many conversations hold ten thousand ledger entries,
#: and ten times as many, for the export.
SIZES = {"10 k": (3_600, 10_000), "100 k": (36_000, 100_000)}
if os.environ.get("BENCH_MILLION") == "1":
    SIZES["1 million"] = (100_000, 1_000_000)
LOADS = 40


def run() -> None:
    """Print page time, bytes, queries and search time at each size, then the export's memory."""
    done = (0, 0)
    pages: list[float] = []
    for label, (conversations, messages) in SIZES.items():
        with tempfile.TemporaryFile("w") as quiet:
            call_command(
                "seed_demo",
                conversations=conversations - done[0],
                messages=messages - done[1],
                stdout=quiet,
            )
        done = (conversations, messages)
        client = signed_in(User.objects.get(email="seller0@volume.example"))
        pages.append(_page(client, label))
        _search(client, label)
        if label != "1 million":
            export.build(Dealership.objects.get(name="Volume Motors"))
    print(
        f"inbox: {pages[-1] / pages[0]:.2f} x the time at 10 k (ceiling 1.3)",
        flush=True,
    )
    export.compare()


def _get(client: Client, path: str) -> bytes:
    answer = client.get(path, secure=settings.SITE_IS_HTTPS, follow=True)
    assert answer.status_code == 200
    return answer.content


def _page(client: Client, label: str) -> float:
    path = "/inbox/?view=all"
    page = _get(client, path)
    times, work = [], []
    for _ in range(LOADS):
        began = time.process_time()
        times.append(timed(lambda: _get(client, path)))
        work.append(time.process_time() - began)
    with CaptureQueriesContext(connection) as asked:
        _get(client, path)
    print(
        f"inbox at {label} messages ({Message.objects.count()}): p50 {milliseconds(times)} "
        f"(ceiling 25; {milliseconds(work)} of it the web process's own), {len(asked)} queries, "
        f"{len(page) / 1000:.1f} kB of page, "
        f"{len(gzip.compress(page)) / 1000:.1f} kB as a proxy compresses it (ceiling 15)",
        flush=True,
    )
    return median(times)


def _search(client: Client, label: str) -> None:
    for words in ("Tundra Marsh", "heated seats leather towing", "717-555"):
        found = client.post("/inbox/", {"q": words}, secure=settings.SITE_IS_HTTPS)
        assert found.status_code == 302, found.status_code
        times = [timed(lambda path=found.url: _get(client, path)) for _ in range(10)]
        print(
            f"search at {label} for {words!r}: p50 {milliseconds(times)} (ceiling 60)", flush=True
        )
