"""Checkpoints leave the house: each is mailed to who keeps it, so that no later hand can redo it.

At least once, under one Message-ID. A mail holds sizes and hashes, nothing personal.
"""

from __future__ import annotations

import logging
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts import mailing
from accounts.clock import now
from consent import checkpoints
from consent.models import CheckpointDelivery, CheckpointTimestamp

logger = logging.getLogger(__name__)
#: By which a mail program can file the mails.
HEADER = "X-Dealertext-Checkpoint"


def due_ids(*, limit: int) -> list[int]:
    """Return the deliveries whose time has come."""
    return list(
        CheckpointDelivery.objects.filter(
            status=CheckpointDelivery.Status.PENDING, next_attempt_at__lte=now()
        )
        .order_by("next_attempt_at")
        .values_list("pk", flat=True)[:limit]
    )


def deliver(delivery_pk: int) -> str:
    """Try one delivery if it is due; returns its status, "busy" when it is not ours to try.

    The row is leased first and no transaction is open while the mail server is spoken to.
    """
    moment = now()
    rows = CheckpointDelivery.objects.filter(pk=delivery_pk)
    leased = rows.filter(
        status=CheckpointDelivery.Status.PENDING, next_attempt_at__lte=moment
    ).update(attempts=F("attempts") + 1, next_attempt_at=moment + mailing.LEASE)
    if not leased:
        return "busy"
    delivery = rows.select_related("checkpoint__dealership").get()
    try:
        build_mail(delivery).send()
    except mailing.FAILURES as error:
        return _failed(delivery, error)
    rows.update(status=CheckpointDelivery.Status.SENT, sent_at=now(), error_code="")
    return CheckpointDelivery.Status.SENT.value


def build_mail(delivery: CheckpointDelivery) -> EmailMessage:
    """Return the mail: what it is for in plain words, the signed note below and attached."""
    point = delivery.checkpoint
    name = " ".join(point.dealership.name.split())
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    origin = checkpoints.origin_of(point.dealership)
    mail = EmailMessage(
        subject=_("Ledger checkpoint %(size)s of %(dealership)s")
        % {"size": point.size, "dealership": name},
        body=render_to_string(
            "consent/mail/checkpoint.txt",
            {"point": point, "dealership": name, "key": checkpoints.key_of(point.note)},
        ),
        to=[delivery.address],
        headers={
            "Message-ID": f"<checkpoint-{point.pk}.{delivery.pk}@{host}>",
            "Date": format_datetime(point.created_at),
            HEADER: f"{origin} {point.size}",
            "Auto-Submitted": "auto-generated",
        },
    )
    # Not as text: mail turns its line ends, and the signature covers them.
    mail.attach(f"checkpoint-{point.size}.txt", point.note.encode(), "application/octet-stream")
    stamp = CheckpointTimestamp.objects.filter(checkpoint=point).first()
    if stamp is not None:
        mail.attach(
            f"checkpoint-{point.size}.tsr", bytes(stamp.response), "application/timestamp-reply"
        )
    return mail


def _failed(delivery: CheckpointDelivery, error: Exception) -> str:
    code, tried = mailing.code_of(error), delivery.attempts
    final = mailing.is_final(error, attempts=tried)
    status = CheckpointDelivery.Status.FAILED if final else CheckpointDelivery.Status.PENDING
    CheckpointDelivery.objects.filter(pk=delivery.pk).update(
        status=status, error_code=code, next_attempt_at=now() + mailing.wait_after(tried)
    )
    logger.warning("not mailed checkpoint delivery=%s error=%s", delivery.pk, code)
    return status.value
