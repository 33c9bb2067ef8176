"""The Celery application: queues urgent (replies), default, bulk (exports, archives)."""

from __future__ import annotations

import os
from datetime import timedelta

import redis
from celery import Celery
from celery.signals import setup_logging
from kombu.transport import redis as transport
from typing_extensions import override

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dealertext.settings")


class _Channel(transport.Channel):
    """A channel that says so when it is used after its connection was closed.

    A worker that loses Redis while it holds tasks closes its channel twice; the second time kombu
    5.7 meets `None.hostname`, an AttributeError, and the worker ends, with what its children were
    doing, instead of connecting again. A connection error is what it expects there.
    """

    @override
    def _connparams(self, asynchronous: bool = False) -> dict[str, object]:
        if self.connection.client is None:
            raise redis.ConnectionError("the connection is closed")
        params: dict[str, object] = super()._connparams(asynchronous=asynchronous)  # type: ignore[no-untyped-call]  # kombu has no types
        return params


transport.Transport.Channel = _Channel

app = Celery("dealertext")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect  # type: ignore[untyped-decorator]  # celery has no types
def _keep_our_logging(**_: object) -> None:
    """Leave logging as Django's settings made it: Celery's own handlers do not scrub."""


# Every sweep finds its work in the database: nothing depends on what the broker remembers.
app.conf.beat_schedule = {
    "sweep-due-messages": {
        "task": "messaging.tasks.sweep_due",
        "schedule": timedelta(seconds=10),
        "options": {"queue": "urgent", "expires": 10},
    },
    "sweep-look-ups": {
        "task": "messaging.tasks.sweep_look_ups",
        "schedule": timedelta(minutes=10),
        "options": {"queue": "bulk", "expires": 600},
    },
    "sweep-stale-claims": {
        "task": "messaging.tasks.sweep_stale_claims",
        "schedule": timedelta(seconds=20),
        "options": {"queue": "urgent", "expires": 20},
    },
    "reconcile-with-carrier": {
        "task": "messaging.tasks.reconcile",
        "schedule": timedelta(minutes=1),
        "options": {"queue": "default", "expires": 60},
    },
    "expire-permission": {
        "task": "consent.tasks.expire_due",
        "schedule": timedelta(minutes=1),
        "options": {"queue": "default", "expires": 60},
    },
    "widen-stops": {
        "task": "consent.tasks.widen_stops",
        "schedule": timedelta(minutes=5),
        "options": {"queue": "default", "expires": 300},
    },
    "close-idle-conversations": {
        "task": "messaging.tasks.close_idle",
        "schedule": timedelta(minutes=1),
        "options": {"queue": "default", "expires": 60},
    },
    "fetch-media": {
        "task": "messaging.tasks.sweep_media",
        "schedule": timedelta(seconds=30),
        "options": {"queue": "default", "expires": 30},
    },
    "seal-closed-conversations": {
        "task": "archive.tasks.sweep_unsealed",
        "schedule": timedelta(seconds=30),
        "options": {"queue": "bulk", "expires": 30},
    },
    "deliver-transcripts": {
        "task": "archive.tasks.sweep_undelivered",
        "schedule": timedelta(minutes=1),
        "options": {"queue": "bulk", "expires": 60},
    },
    "build-exports": {
        "task": "archive.tasks.sweep_exports",
        "schedule": timedelta(seconds=30),
        "options": {"queue": "bulk", "expires": 30},
    },
    "delete-erased-files": {
        "task": "archive.tasks.sweep_erased_files",
        "schedule": timedelta(hours=1),
        "options": {"queue": "bulk", "expires": 3600},
    },
    "publish-checkpoints": {
        "task": "consent.tasks.publish_checkpoints",
        "schedule": timedelta(hours=1),
        "options": {"queue": "bulk", "expires": 3600},
    },
    "stamp-checkpoints": {
        "task": "consent.tasks.stamp_checkpoints",
        "schedule": timedelta(minutes=1),
        "options": {"queue": "bulk", "expires": 60},
    },
    "mail-checkpoints": {
        "task": "consent.tasks.mail_checkpoints",
        "schedule": timedelta(minutes=1),
        "options": {"queue": "bulk", "expires": 60},
    },
    "check-certificates": {
        "task": "consent.tasks.sweep_certificates",
        "schedule": timedelta(minutes=1),
        "options": {"queue": "default", "expires": 60},
    },
    "work-through-lists": {
        "task": "consent.tasks.sweep_imports",
        "schedule": timedelta(seconds=30),
        "options": {"queue": "bulk", "expires": 30},
    },
    "check-ledger": {
        "task": "archive.tasks.check_ledger",
        "schedule": timedelta(days=1),
        "options": {"queue": "bulk", "expires": 3600},
    },
}
