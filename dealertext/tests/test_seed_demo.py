"""Volume data: as many as asked for, the same every time, with a ledger that stands."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from consent import checking
from consent.models import PhoneNumber
from messaging.models import Conversation, Message

pytestmark = pytest.mark.django_db


def seed(conversations: int, messages: int) -> None:
    call_command(
        "seed_demo",
        "--conversations",
        str(conversations),
        "--messages",
        str(messages),
        stdout=StringIO(),
    )


def test_as_many_stand_there_as_were_asked_for_and_the_ledger_is_whole() -> None:
    seed(30, 100)
    assert (Conversation.objects.count(), Message.objects.count()) == (30, 100)
    report = checking.fsck()
    assert report.damages == ()
    assert report.states == 30
    lengths = Conversation.objects.annotate(n=Count("messages")).values_list("n", flat=True)
    assert set(lengths) == {3, 4}


def test_a_further_run_adds_to_the_same_ledger_and_list() -> None:
    seed(10, 20)
    seed(5, 5)
    assert (Conversation.objects.count(), Message.objects.count()) == (15, 25)
    assert checking.fsck().damages == ()


def test_the_states_differ_and_the_inbox_has_work() -> None:
    seed(200, 600)
    statuses = set(PhoneNumber.objects.values_list("state__status", flat=True))
    assert statuses == {"unknown", "declined", "confirmed", "revoked"}
    assert Conversation.objects.owed().exists()
    assert Conversation.objects.filter(status="closed").exists()
    read = Message.objects.filter(classification__isnull=False).values_list(
        "classification", flat=True
    )
    assert {type(each) for each in read} == {dict}


def test_impossible_numbers_are_refused() -> None:
    with pytest.raises(CommandError):
        seed(5, 4)
