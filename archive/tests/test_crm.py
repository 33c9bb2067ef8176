"""Mails to the CRM, received by a real SMTP server on loopback."""

from __future__ import annotations

import logging
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from accounts import mailing
from accounts.clock import now
from archive import crm, tasks
from archive.models import TranscriptDelivery
from archive.tests.conftest import make_transcript


@pytest.fixture
def delivery(with_crm, cora, sal) -> TranscriptDelivery:
    make_transcript(cora, sal)
    return TranscriptDelivery.objects.get()


def test_the_crm_gets_the_words_and_the_pdf(smtp, delivery):
    assert crm.deliver(delivery.pk) == "sent"
    (mail,) = smtp.mails
    assert mail["Subject"] == "Text conversation with Cora Miller"
    assert mail["To"] == "crm@dealer.example"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Is the Civic still there? 🚗" in body.get_content()
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    words = PdfReader(BytesIO(attached.get_content())).pages[0].extract_text()
    assert "Is the Civic still there?" in words
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.error_code) == ("sent", 1, "")


def test_it_is_sent_once(smtp, delivery):
    assert crm.deliver(delivery.pk) == "sent"
    assert crm.deliver(delivery.pk) == "busy"
    assert len(smtp.mails) == 1


def test_a_repetition_after_a_crash_has_the_same_message_id(smtp, delivery):
    crm.deliver(delivery.pk)
    TranscriptDelivery.objects.update(status="pending", next_attempt_at=now())
    crm.deliver(delivery.pk)
    first, second = smtp.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_while_one_worker_tries_no_other_does(smtp, delivery):
    lease = now() + mailing.LEASE
    TranscriptDelivery.objects.update(attempts=1, next_attempt_at=lease)
    assert crm.deliver(delivery.pk) == "busy"
    assert crm.due_ids(limit=5) == []
    assert smtp.mails == []


def test_a_server_that_is_busy_is_tried_again_ever_later(smtp, delivery, caplog):
    smtp.answer = "451 later, crm@dealer.example"
    waits = []
    for attempt in range(len(mailing.RETRY_MINUTES)):
        TranscriptDelivery.objects.update(next_attempt_at=now())
        assert crm.deliver(delivery.pk) == "pending"
        delivery.refresh_from_db()
        assert delivery.attempts == attempt + 1
        waits.append((delivery.next_attempt_at - now()).total_seconds() / 60)
    assert waits == pytest.approx(mailing.RETRY_MINUTES, abs=0.2)
    assert delivery.error_code == "SMTPDataError 451"
    TranscriptDelivery.objects.update(next_attempt_at=now())
    assert crm.deliver(delivery.pk) == "failed"
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("mail.")]
    assert ours
    assert not any("crm@dealer.example" in line for line in ours)
    delivery.refresh_from_db()
    smtp.answer = "250 OK"
    crm.send_again(delivery)
    assert crm.deliver(delivery.pk) == "sent"


def test_a_refusal_for_good_is_not_repeated(smtp, delivery):
    smtp.answer = "550 no such box"
    assert crm.deliver(delivery.pk) == "failed"
    assert crm.due_ids(limit=5) == []


def test_no_server_at_all_is_tried_again(settings, delivery):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert crm.deliver(delivery.pk) == "pending"
    delivery.refresh_from_db()
    assert delivery.error_code == "ConnectionRefusedError"


def test_an_address_that_is_none_fails_for_good(smtp, delivery):
    TranscriptDelivery.objects.update(address="crm@")
    assert crm.deliver(delivery.pk) == "failed"
    assert smtp.mails == []


def test_a_name_cannot_become_a_header(smtp, with_crm, cora, sal):
    cora.contact.name = "Cora\r\nBcc: victim@example.com"
    cora.contact.save()
    make_transcript(cora, sal)
    assert crm.deliver(TranscriptDelivery.objects.get().pk) == "sent"
    (mail,) = smtp.mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Text conversation with Cora Bcc: victim@example.com"


def test_the_sweep_wakes_for_what_is_due(
    delivery, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    woken: list[tuple[object, ...]] = []
    monkeypatch.setattr(
        "celery.app.base.Celery.send_task",
        lambda self, name, args, **options: woken.append((name, *args)),
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.sweep_undelivered() == 1
    assert woken == [("archive.tasks.deliver", delivery.pk)]
    with caplog.at_level(logging.INFO):
        TranscriptDelivery.objects.update(next_attempt_at=now() + timedelta(minutes=1))
    assert tasks.sweep_undelivered() == 0
