"""The demo dealership: every state of consent, made by the real actions, once."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.clock import now
from accounts.models import Dealership, User
from consent import checking, ledger
from consent.kinds import Status
from consent.levels import Level
from consent.models import ConsentEvent, PhoneNumber
from consent.projection import effective
from messaging.models import Conversation, Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _alone(settings: Any, tmp_path: Path) -> None:
    settings.DEBUG = True
    settings.SIMULATOR_URL = ""
    settings.STATE_DIR = tmp_path


def demo() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_there_is_a_customer_in_every_state_of_consent() -> None:
    shift = now()
    demo()
    moment = now()
    assert abs((moment - shift).total_seconds()) < 120  # the clock was set right again
    states = [
        effective(ledger.current_state(phone), country="CA", at=moment)
        for phone in PhoneNumber.objects.all()
    ]
    found = Counter(state.status for state in states)
    assert set(found) == set(Status), found
    confirmed = {state.level for state in states if state.status is Status.CONFIRMED}
    assert confirmed == {Level.INFORMATIONAL, Level.PROMOTIONAL}


def test_the_ledger_of_the_demo_stands_and_every_text_has_its_decision() -> None:
    demo()
    assert checking.fsck().damages == ()
    sent = Message.objects.filter(direction="outbound")
    assert sent.exists()
    assert not sent.filter(decision=None).exists()
    assert set(sent.values_list("status", flat=True)) == {"delivered"}
    assert not Message.objects.due(now()).exists()
    assert Conversation.objects.owed().count() >= 2
    assert Conversation.objects.filter(status="closed").count() == 2


def test_a_second_run_adds_nothing_and_prints_the_same() -> None:
    first = demo()
    counts = (ConsentEvent.objects.count(), Message.objects.count(), User.objects.count())
    assert demo() == first
    assert counts == (ConsentEvent.objects.count(), Message.objects.count(), User.objects.count())


def test_the_logins_that_are_printed_work() -> None:
    printed = demo()
    assert "emily@keystone.example" in printed
    password = printed.splitlines()[0].rsplit(" ", 1)[1]
    assert all(user.check_password(password) for user in User.objects.all())
    emily, grace, stan = (
        User.objects.get(email__startswith=name) for name in ("emily", "grace", "stan")
    )
    assert Dealership.objects.visible_to(emily).count() == 1
    assert Dealership.objects.visible_to(grace).count() == 2
    assert {d.name for d in Dealership.objects.visible_to(stan)} == {"Blue Ridge Honda"}


def test_a_chosen_password_counts_on_a_later_run_too(monkeypatch: pytest.MonkeyPatch) -> None:
    demo()
    monkeypatch.setenv("DEMO_PASSWORD", "chosen by the operator")
    demo()
    assert User.objects.get(email="emily@keystone.example").check_password("chosen by the operator")


def test_the_simulator_is_told_of_the_numbers_by_a_file(settings: Any, tmp_path: Path) -> None:
    settings.SIMULATOR_URL = "http://127.0.0.1:1"  # nobody listens: no reason to fail
    assert "open http" in demo()
    items = json.loads((tmp_path / "simulator-numbers.json").read_text(encoding="utf-8"))
    assert "+17175550100" in {item["number"] for item in items}


def test_a_portal_in_production_gets_no_demo_data(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG=1"):
        demo()
    settings.SIMULATOR_URL = "http://127.0.0.1:1"
    with pytest.raises(CommandError, match="DEMO_PASSWORD"):
        demo()
    assert not User.objects.exists()
