"""The worker of the dispatch benchmark: the portal's tasks, an empty one, a mark of the time."""

from __future__ import annotations

import time

import redis
from django.conf import settings

from dealertext.celery import app

QUEUE = "bench"
MARKS = "bench:marks"


@app.task(name="bench.empty")
def empty() -> None:
    """Do nothing."""


@app.task(name="bench.mark")
def mark() -> None:
    """Note when the queue came to this."""
    redis.Redis.from_url(settings.REDIS_URL).rpush(MARKS, time.time())
