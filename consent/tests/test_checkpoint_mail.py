"""Checkpoints leave the house by mail, to a real SMTP server on loopback."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from accounts import mailing
from accounts.clock import now
from accounts.models import DealerGroup, Dealership, GroupAdmin, Role, User
from conftest import MailServer, make_contact, make_user
from consent import checkpoint_mail, checkpoints, tasks
from consent.models import Checkpoint, CheckpointDelivery, PhoneNumber


@pytest.fixture
def admins(north: Dealership, group: DealerGroup) -> list[User]:
    """Who must get it, among people who must not."""
    amy = make_user("amy@example.com", "Amy Admin", north, Role.ADMIN)
    ada = make_user("ada@example.com", "Ada Fitz")
    GroupAdmin.objects.create(user=ada, group=group)
    gone = make_user("gone@example.com", "Gone Long", north, Role.ADMIN)
    gone.is_active = False
    gone.save()
    make_user("mona@example.com", "Mona Reyes", north, Role.MANAGER)
    return [ada, amy]


def note_in(mail: Any) -> str:
    (attached,) = mail.iter_attachments()
    return bytes(attached.get_content()).decode()


def test_each_admin_gets_each_new_checkpoint(
    smtp: MailServer, cora: PhoneNumber, admins: list[User]
) -> None:
    assert tasks.publish_checkpoints() == 1
    assert tasks.mail_checkpoints() == 2
    assert sorted(mail["To"] for mail in smtp.mails) == ["ada@example.com", "amy@example.com"]
    point = Checkpoint.objects.get()
    for mail in smtp.mails:
        assert mail["Subject"] == "Ledger checkpoint 1 of Fitzgerald Auto Mall"
        assert note_in(mail) == point.note
        assert checkpoints.verify_note(note_in(mail), checkpoints.verifier_key())
        body = mail.get_body(("plain",))
        assert body is not None
        assert point.note.strip() in body.get_content().replace("\r\n", "\n")
        assert checkpoints.verifier_key() in body.get_content()
        assert mail["X-Dealertext-Checkpoint"] == f"{checkpoints.origin_of(cora.dealership)} 1"

    assert (tasks.publish_checkpoints(), tasks.mail_checkpoints()) == (0, 0)  # nothing grew
    make_contact(cora.dealership, number="+17175550143", name="Next Person")
    assert (tasks.publish_checkpoints(), tasks.mail_checkpoints()) == (1, 2)
    assert smtp.mails[-1]["Subject"] == "Ledger checkpoint 2 of Fitzgerald Auto Mall"


def test_nothing_personal_is_in_the_mail(
    smtp: MailServer, cora: PhoneNumber, admins: list[User]
) -> None:
    tasks.publish_checkpoints()
    tasks.mail_checkpoints()
    for mail in smtp.mails:
        for word in (cora.number_e164, "7175550142", "Cora", "Miller", cora.subject):
            assert word not in mail.as_string()


def test_a_configured_address_stands_in_for_the_admins(
    smtp: MailServer, cora: PhoneNumber, admins: list[User]
) -> None:
    cora.dealership.checkpoint_addresses = "witness@counsel.example\nwitness@counsel.example\n"
    cora.dealership.save()
    tasks.publish_checkpoints()
    assert tasks.mail_checkpoints() == 1
    assert [mail["To"] for mail in smtp.mails] == ["witness@counsel.example"]


def test_a_mail_server_that_is_away_gets_it_later_and_once(
    smtp: MailServer, cora: PhoneNumber, admins: list[User]
) -> None:
    smtp.answer = "451 later"
    tasks.publish_checkpoints()
    assert tasks.mail_checkpoints() == 0
    assert set(CheckpointDelivery.objects.values_list("status", "error_code")) == {
        ("pending", "SMTPDataError 451")
    }
    smtp.answer = "250 OK"
    assert tasks.mail_checkpoints() == 0  # a minute has not passed
    CheckpointDelivery.objects.update(next_attempt_at=now())
    assert tasks.mail_checkpoints() == 2
    assert tasks.mail_checkpoints() == 0
    assert len(smtp.mails) == 2


def test_while_one_worker_tries_no_other_does(
    smtp: MailServer, cora: PhoneNumber, admins: list[User]
) -> None:
    tasks.publish_checkpoints()
    CheckpointDelivery.objects.update(attempts=1, next_attempt_at=now() + mailing.LEASE)
    pk = CheckpointDelivery.objects.values_list("pk", flat=True)[0]
    assert checkpoint_mail.deliver(pk) == "busy"
    assert smtp.mails == []


def test_a_refusal_for_good_is_not_repeated(
    smtp: MailServer, cora: PhoneNumber, admins: list[User]
) -> None:
    smtp.answer = "550 no such box"
    tasks.publish_checkpoints()
    tasks.mail_checkpoints()
    assert set(CheckpointDelivery.objects.values_list("status", flat=True)) == {"failed"}


def test_the_ledger_still_checks_out(cora: PhoneNumber, admins: list[User]) -> None:
    tasks.publish_checkpoints()
    call_command("fsck")
