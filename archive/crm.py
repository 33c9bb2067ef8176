"""Mails of sealed transcripts to a dealership's own CRM: at least once, under one Message-ID."""

from __future__ import annotations

import logging
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F

from accounts import mailing
from accounts.clock import now
from archive.formats.json import read_json
from archive.models import Transcript, TranscriptDelivery, TranscriptFile
from messaging.erasing import ERASED

logger = logging.getLogger(__name__)
#: By which a mail in a folder is known to belong to a transcript (the demo's list of mails).
HEADER = "X-Dealertext-Transcript"


def due_ids(*, limit: int) -> list[int]:
    """Return the deliveries whose time has come."""
    return list(
        TranscriptDelivery.objects.filter(
            status=TranscriptDelivery.Status.PENDING, next_attempt_at__lte=now()
        )
        .order_by("next_attempt_at")
        .values_list("pk", flat=True)[:limit]
    )


def deliver(delivery_pk: int) -> str:
    """Try one delivery if it is due; returns its status, "busy" when it is not ours to try.

    The row is leased first and no transaction is open while the mail server is spoken to. Killed
    after the server's 250 and before our commit, the mail goes again under the same Message-ID.
    """
    moment = now()
    leased = TranscriptDelivery.objects.filter(
        pk=delivery_pk,
        status=TranscriptDelivery.Status.PENDING,
        next_attempt_at__lte=moment,
    ).update(attempts=F("attempts") + 1, next_attempt_at=moment + mailing.LEASE)
    if not leased:
        return "busy"
    delivery = TranscriptDelivery.objects.select_related("transcript").get(pk=delivery_pk)
    try:
        build_mail(delivery).send()
    except mailing.FAILURES as error:
        return _failed(delivery, error)
    TranscriptDelivery.objects.filter(pk=delivery_pk).update(
        status=TranscriptDelivery.Status.SENT, sent_at=now(), error_code=""
    )
    logger.info("delivered delivery=%s attempts=%s", delivery_pk, delivery.attempts)
    return TranscriptDelivery.Status.SENT.value


def send_again(delivery: TranscriptDelivery) -> None:
    """Let a person start the attempts of a failed delivery over."""
    TranscriptDelivery.objects.filter(
        pk=delivery.pk, status=TranscriptDelivery.Status.FAILED
    ).exclude(error_code=ERASED).update(
        status=TranscriptDelivery.Status.PENDING, attempts=0, next_attempt_at=now(), error_code=""
    )


def build_mail(delivery: TranscriptDelivery) -> EmailMessage:
    """Return the mail: the text form as its body, the PDF attached."""
    transcript = delivery.transcript
    files = {file.format: bytes(file.content) for file in transcript.files.all()}
    document = read_json(files[TranscriptFile.Format.JSON])
    # A name may hold anything a person typed: no line break may become a header.
    name = " ".join(document.customer.name.split()) or "a customer"
    mail = EmailMessage(
        subject=f"Text conversation with {name}",
        body=files[TranscriptFile.Format.TEXT].decode(),
        to=[delivery.address],
        headers={
            "Message-ID": message_id(transcript, delivery),
            "Date": format_datetime(transcript.sealed_at),
            HEADER: str(transcript.public_id),
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach(
        f"transcript-{transcript.public_id}.pdf",
        files[TranscriptFile.Format.PDF],
        "application/pdf",
    )
    return mail


def message_id(transcript: Transcript, delivery: TranscriptDelivery) -> str:
    """Return the one Message-ID of a delivery, by which a mail server knows a repetition."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<transcript-{transcript.public_id}.{delivery.pk}@{host}>"


def _failed(delivery: TranscriptDelivery, error: Exception) -> str:
    code, tried = mailing.code_of(error), delivery.attempts
    final = mailing.is_final(error, attempts=tried)
    status = TranscriptDelivery.Status.FAILED if final else TranscriptDelivery.Status.PENDING
    TranscriptDelivery.objects.filter(pk=delivery.pk).update(
        status=status, error_code=code, next_attempt_at=now() + mailing.wait_after(tried)
    )
    # The server's own words hold the address: the code alone is logged.
    logger.warning("not delivered delivery=%s attempts=%s error=%s", delivery.pk, tried, code)
    return status.value
