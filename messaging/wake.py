"""Waking workers and screens after commit: one attempt each, errors swallowed and counted.

The row is the queue. A broker that is down must not turn a stored webhook into a 500 (design §8);
the sweeps find what nobody woke.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from celery import current_app
from django.db import transaction

from accounts.clock import now
from messaging import broker, realtime


def worker(task: str, *args: int, queue: str, not_before: datetime | None = None) -> None:
    """Ask a worker, after commit, to run a task by name on a row."""
    transaction.on_commit(
        partial(_enqueue, task, args, queue=queue, not_before=not_before), robust=True
    )


def _enqueue(task: str, args: tuple[int, ...], *, queue: str, not_before: datetime | None) -> None:
    countdown = max(0.0, (not_before - now()).total_seconds()) if not_before else 0.0
    if countdown > LONGEST_COUNTDOWN_SECONDS:
        return  # the sweep comes for it: tasks with a far ETA run twice on Redis
    send = partial(
        current_app.send_task,
        task,
        args=args,
        queue=queue,
        countdown=countdown or None,
        retry=False,
    )
    broker.attempt(task, send)


LONGEST_COUNTDOWN_SECONDS = 60.0


def sender(message_pk: int, *, urgent: bool, not_before: datetime | None = None) -> None:
    """Wake a worker to send one message when its time has come."""
    worker(
        "messaging.tasks.send_message",
        message_pk,
        queue="urgent" if urgent else "default",
        not_before=not_before,
    )


def screens(dealership_id: int, event: realtime.Event, public_id: object) -> None:
    """Tell the browsers of a dealership, after commit, that something changed: its id alone."""
    screens_of_text(dealership_id, (event, public_id))


def screens_of_text(dealership_id: int, *changes: tuple[realtime.Event, object]) -> None:
    """Tell the browsers, after commit, of several changes at once."""
    told = [(event, str(public_id)) for event, public_id in changes]
    transaction.on_commit(partial(realtime.publish, dealership_id, *told), robust=True)
