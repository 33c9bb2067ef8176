"""Numbers that the carrier says are no mobiles are marked, shown, and not texted again."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import Dealership, User
from conftest import CORA_NUMBER, make_contact, post_inbound, signed
from consent import gate, lines
from consent.decision import Purpose
from consent.models import ConsentState, PhoneNumber
from messaging import dispatch, lookups, outbound, tasks, wake
from messaging.models import Conversation, Message
from messaging.tests.conftest import Carrier


@pytest.fixture
def waiting(carrier: Carrier, north: Dealership, sal: User) -> Message:
    """A text about to leave, to a customer who texted first."""
    post_inbound(body="Is the Tacoma still there?")
    return outbound.compose(
        Conversation.objects.get(),
        body="Yes it is",
        purpose=Purpose.CONVERSATIONAL,
        acting_user=sal,
    )


def check(phone: PhoneNumber, line: str, page: str) -> None:
    phone.refresh_from_db()
    assert phone.line_type == line
    verdict = gate.may_text(phone, purpose=Purpose.CONVERSATIONAL)
    assert (verdict.outcome, verdict.reasons[0].code) == ("deny", "not_textable")
    assert str(phone.get_line_type_display()) in page


@pytest.mark.parametrize(("code", "line"), [(21614, "landline"), (21211, "invalid")])
def test_a_number_refused_at_once_is_marked(
    carrier: Carrier,
    waiting: Message,
    signed_in: Callable[[User], Client],
    sal: User,
    code: int,
    line: str,
) -> None:
    carrier.post("faults/", {"error_code": code, "times": 1})
    dispatch.send(waiting.pk)
    phone = PhoneNumber.objects.get(number_e164=CORA_NUMBER)
    url = f"/consent/{phone.contact.public_id}/"
    check(phone, line, signed_in(sal).get(url).content.decode())


@pytest.mark.parametrize(("code", "line"), [("30006", "landline"), ("30005", "invalid")])
def test_a_number_that_a_callback_reports_is_marked(
    carrier: Carrier,
    waiting: Message,
    signed_in: Callable[[User], Client],
    sal: User,
    code: str,
    line: str,
) -> None:
    dispatch.send(waiting.pk)
    waiting.refresh_from_db()
    params = {
        "MessageSid": waiting.carrier_sid or "",
        "MessageStatus": "undelivered",
        "ErrorCode": code,
        "AccountSid": settings.TWILIO_ACCOUNT_SID,
    }
    path = f"/webhooks/twilio/status/?m={waiting.public_id}"
    answer = Client().post(path, params, headers={"X-Twilio-Signature": signed(path, params)})
    assert answer.status_code == 204
    phone = PhoneNumber.objects.get(number_e164=CORA_NUMBER)
    url = f"/consent/{phone.contact.public_id}/"
    check(phone, line, signed_in(sal).get(url).content.decode())


@pytest.mark.parametrize(
    ("ending", "line", "outcome"),
    [
        ("0161", "landline", "not_textable"),
        ("0162", "voip", "no_permission"),
        ("0163", "voip", "no_permission"),
        ("0164", "landline", "not_textable"),
        ("0165", "invalid", "not_textable"),
        ("0166", "mobile", "no_permission"),
    ],
)
def test_a_new_number_is_looked_up_once_if_the_dealer_wants_it(
    carrier: Carrier, north: Dealership, settings: Any, ending: str, line: str, outcome: str
) -> None:
    settings.TWILIO_LOOKUP = True
    phone = make_contact(north, number=f"+1717555{ending}")
    assert lookups.waiting(limit=9) == [phone.pk]
    assert tasks.look_up_line(phone.pk) == line
    assert lookups.waiting(limit=9) == []
    phone.refresh_from_db()
    assert phone.looked_up_at is not None
    verdict = gate.may_text(phone, purpose=Purpose.CONVERSATIONAL)
    assert (verdict.outcome, verdict.reasons[0].code) == ("deny", outcome)
    assert phone.history.first().history_change_reason == "carrier look-up"
    asked = carrier.get("requests/")["requests"]
    assert tasks.look_up_line(phone.pk) == line
    assert carrier.get("requests/")["requests"] == asked  # it is charged


def test_nobody_is_looked_up_unless_the_dealer_says_so(
    carrier: Carrier, north: Dealership, settings: Any
) -> None:
    phone = make_contact(north, number="+17175550161")
    assert settings.TWILIO_LOOKUP is False
    assert tasks.look_up_line(phone.pk) == "off"
    assert lookups.waiting(limit=9) == []
    assert carrier.get("requests/")["requests"] == []


def test_a_carrier_that_does_not_answer_is_asked_again_and_one_that_refuses_is_not(
    carrier: Carrier, north: Dealership, settings: Any
) -> None:
    settings.TWILIO_LOOKUP = True
    phone = make_contact(north, number="+17175550161")
    for fault in ({"status": 500}, {"status": 429}, {"drop_before_accept": True}):
        carrier.post("faults/", {**fault, "on": "read", "times": 1})
        assert tasks.look_up_line(phone.pk) == "later"
        assert lookups.waiting(limit=9) == [phone.pk]
    carrier.post("faults/", {"status": 404, "on": "read", "times": 1})
    assert tasks.look_up_line(phone.pk) == "unknown"
    assert lookups.waiting(limit=9) == []
    phone.refresh_from_db()
    assert phone.line_type == "unknown"


def test_what_a_delivery_has_shown_stands_above_a_look_up(north: Dealership, settings: Any) -> None:
    phone = make_contact(north, number="+17175550166")
    lines.mark(phone, lines.LineType.LANDLINE, why="carrier error 21614")
    assert not lines.note_look_up(phone, lines.LineType.MOBILE)
    phone.refresh_from_db()
    assert phone.line_type == "landline"


@pytest.mark.parametrize("line", [lines.LineType.LANDLINE, lines.LineType.INVALID])
def test_a_number_that_texts_us_receives_texts_whatever_was_said_of_it(
    cora: PhoneNumber, line: PhoneNumber.LineType
) -> None:
    """Error 30006 also means that the carrier could not be reached that day."""
    post_inbound(body="Is it there?")
    ConsentState.objects.update(status="confirmed", level="informational", requested_at=None)
    lines.mark(cora, line, why="carrier error 30006")
    post_inbound(body="Thank you, see you on Monday then")
    cora.refresh_from_db()
    assert cora.line_type == "mobile"
    assert cora.history.latest().history_change_reason == "it texted us"
    assert gate.may_text(cora, purpose=Purpose.INFORMATIONAL).outcome != "deny"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_ask_once(carrier: Carrier, north: Dealership, settings: Any) -> None:
    settings.TWILIO_LOOKUP = True
    phone = make_contact(north, number="+17175550161")
    carrier.post("faults/", {"delay_seconds": 0.5, "on": "read", "times": 2})

    def ask() -> None:
        tasks.look_up_line(phone.pk)
        connection.close()

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(carrier.get("requests/")["requests"]) == 1
    phone.refresh_from_db()
    assert phone.line_type == "landline"


@pytest.mark.django_db(transaction=True)
def test_a_new_contact_wakes_the_worker_that_looks_up(
    north: Dealership, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[tuple[str, tuple[int, ...]]] = []
    monkeypatch.setattr(wake, "worker", lambda task, *args, **_: woken.append((task, args)))
    make_contact(north, number="+17175550161")
    settings.TWILIO_LOOKUP = True
    phone = make_contact(north, number="+17175550162")
    assert woken == [("messaging.tasks.look_up_line", (phone.pk,))]
