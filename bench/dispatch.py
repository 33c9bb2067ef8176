"""Texts handed over by a real worker by real HTTP, against empty tasks in the same worker."""

from __future__ import annotations

import sys
import threading
from statistics import median

import redis
from django.conf import settings

from accounts.models import User
from bench.stage import free_port, process
from bench.worker import MARKS, QUEUE
from consent.decision import Purpose
from dealertext.celery import app
from messaging import outbound
from messaging.models import Conversation, Message

TEXTS = 150
TURNS = 3


def run(user: User) -> None:
    """Print the rate of sends over the rate of empty tasks: one worker process, in turns."""
    settings.UNDO_SECONDS = 0
    port = free_port()
    celery = ("-m", "celery", "-A", "bench.worker", "worker", "-Q", QUEUE, "--concurrency", "1")
    options = ("--loglevel", "ERROR", "--without-gossip", "--without-mingle")
    carrier = f"http://127.0.0.1:{port}"
    with (
        process(sys.executable, "-m", "bench.carrier", str(port)),
        process(sys.executable, *celery, *options, TWILIO_API_BASE_URL=carrier, UNDO_SECONDS="0"),
    ):
        _seconds([("bench.empty", ())] * TEXTS)  # warm
        _seconds([("messaging.tasks.send_message", (pk,)) for pk in _queued(user, 20)])
        ratios, rates = [], []
        for _ in range(TURNS):
            empty = _seconds([("bench.empty", ())] * TEXTS)
            keys = _queued(user, TEXTS)
            sends = _seconds([("messaging.tasks.send_message", (pk,)) for pk in keys])
            sent = Message.objects.filter(pk__in=keys, status="sent").count()
            assert sent == TEXTS, f"{sent} of {TEXTS} were sent"
            ratios.append(empty / sends)
            rates.append((TEXTS / sends, TEXTS / empty))
    ours, theirs = (median(each) for each in zip(*rates, strict=True))
    print(
        f"dispatch: {median(ratios):.2f} x the rate of an empty Celery task (floor 0.5); "
        f"{ours:.0f}/s against {theirs:.0f}/s",
        flush=True,
    )


def _queued(user: User, count: int) -> list[int]:
    talks = list(Conversation.objects.filter(dealership__name="Bench Motors")[:50])
    return [
        outbound.compose(
            talks[n % len(talks)],
            body=f"It is still here, number {n}.",
            purpose=Purpose.CONVERSATIONAL,
            acting_user=user,
        ).pk
        for n in range(count)
    ]


def _seconds(tasks: list[tuple[str, tuple[int, ...]]]) -> float:
    """Return how long the one worker needs for these tasks, by its own clock."""
    broker = redis.Redis.from_url(settings.REDIS_URL)
    broker.delete(MARKS)
    app.send_task("bench.mark", queue=QUEUE)
    for name, args in tasks:
        app.send_task(name, args=args, queue=QUEUE)
    app.send_task("bench.mark", queue=QUEUE)
    for _ in range(1200):
        marks = broker.lrange(MARKS, 0, -1)
        if len(marks) == 2:
            return float(marks[1]) - float(marks[0])
        threading.Event().wait(0.1)
    raise RuntimeError("the worker did not finish")
