"""Waking a worker after commit: the row is the queue, and the sweeps find what nobody woke."""

from __future__ import annotations

from functools import partial

from celery import current_app
from django.db import transaction


def worker(task: str, pk: int, *, queue: str) -> None:
    """Ask a worker, after commit, to run a task by name on a row; a dead broker fails nothing."""
    transaction.on_commit(
        partial(current_app.send_task, task, args=(pk,), queue=queue, retry=False), robust=True
    )
