"""Numbers that the carrier says are no mobiles are marked, shown, and not texted again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Dealership, User
from conftest import CORA_NUMBER, post_inbound, signed
from consent import gate
from consent.decision import Purpose
from consent.models import PhoneNumber
from messaging import dispatch, outbound
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
