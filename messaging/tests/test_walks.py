"""The two walks of the design, through the webhook and the real carrier API over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from accounts.models import Dealership, User
from conftest import CORA_NUMBER, make_contact, post_inbound
from consent import checking, gate, ledger, revocation
from consent.decision import Purpose
from consent.kinds import Status
from consent.models import Contact, PhoneNumber
from messaging import conversations, outbound, tasks
from messaging.models import Conversation, Message
from messaging.tests.conftest import Carrier, send_due

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _at_noon() -> object:
    with time_machine.travel(NOON, tick=True):
        yield


def confirmed(phone: PhoneNumber, sal: User) -> Conversation:
    message = outbound.ask_permission(phone, acting_user=sal)
    send_due()
    post_inbound(body="YES")
    send_due()
    return message.conversation


def test_double_opt_in_from_web_lead_to_stop(
    carrier: Carrier, cora: PhoneNumber, sal: User
) -> None:
    conversation = conversations.conversation_for(cora)
    refused = outbound.compose(
        conversation, body="Hi Cora", purpose=Purpose.CONVERSATIONAL, acting_user=sal
    )
    assert refused.status == Message.Status.REFUSED
    assert refused.decision is not None
    assert (refused.decision.next_action or {})["action"] == "ask_permission"
    outbound.ask_permission(cora, acting_user=sal)
    send_due()
    (question,) = carrier.bodies(CORA_NUMBER)
    assert question.startswith(
        "This is Emily Moore from Fitzgerald Auto Mall in Chambersburg, may I communicate with you "
        "via text?"
    )
    assert post_inbound(body="Yep, go ahead").status_code == 200
    send_due()
    assert ledger.current_state(cora).status is Status.CONFIRMED
    assert len(carrier.bodies(CORA_NUMBER)) == 2
    sent = outbound.compose(
        conversation, body="Your Tacoma is here", purpose=Purpose.INFORMATIONAL, acting_user=sal
    )
    send_due()
    sent.refresh_from_db()
    assert sent.status == Message.Status.SENT, sent.failure
    assert carrier.bodies(CORA_NUMBER)[2].startswith("Your Tacoma is here")
    waiting = outbound.compose(
        conversation,
        body="later",
        purpose=Purpose.INFORMATIONAL,
        acting_user=sal,
        send_at=NOON.replace(hour=20),
    )
    post_inbound(body="please stop texting me")
    send_due()
    assert len(carrier.bodies(CORA_NUMBER)) == 4  # the one stop confirmation
    after = outbound.compose(
        conversation, body="wait", purpose=Purpose.CONVERSATIONAL, acting_user=sal
    )
    assert (after.status, after.failure) == (Message.Status.REFUSED, "revoked")
    with time_machine.travel(NOON.replace(hour=20, minute=1), tick=True):
        send_due()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.failure) == (Message.Status.REFUSED, "revoked")
    post_inbound(body="YES")
    post_inbound(body="stop")
    send_due()
    assert len(carrier.bodies(CORA_NUMBER)) == 4
    assert ledger.current_state(cora).status is Status.REVOKED
    assert checking.fsck().damages == ()


def test_customer_texts_first_is_answered_then_asked(
    carrier: Carrier, north: Dealership, sal: User
) -> None:
    stranger = "+17175550177"
    post_inbound(body="Is the Tacoma still there?", from_=stranger)
    phone = PhoneNumber.objects.get(number_e164=stranger)
    conversation = Conversation.objects.get(phone=phone)
    assert conversation.owed_since is not None
    assert Contact.objects.count() == 1
    outbound.compose(
        conversation,
        body="Yes! Do you want to drive it?",
        purpose=Purpose.CONVERSATIONAL,
        acting_user=sal,
    )
    conversation.refresh_from_db()
    assert conversation.owed_since is None
    assert conversation.assigned_to == sal
    send_due()
    answer, question = carrier.bodies(stranger)
    assert answer == "Yes! Do you want to drive it?"
    assert "Emily Moore from Fitzgerald Auto Mall" in question
    post_inbound(body="YES", from_=stranger)
    send_due()
    assert ledger.current_state(phone).status is Status.CONFIRMED
    assert len(carrier.bodies(stranger)) == 3


def test_yes_to_the_salespersons_own_question_is_no_opt_in(
    carrier: Carrier, north: Dealership, sal: User
) -> None:
    stranger = "+17175550177"
    post_inbound(body="Is the Tacoma still there?", from_=stranger)
    phone = PhoneNumber.objects.get(number_e164=stranger)
    conversation = Conversation.objects.get(phone=phone)
    for body in ("Yes it is", "Do you want to drive it?"):
        outbound.compose(conversation, body=body, purpose=Purpose.CONVERSATIONAL, acting_user=sal)
        send_due()
    assert carrier.bodies(stranger)[-1] == "Do you want to drive it?"
    post_inbound(body="yes", from_=stranger)
    assert ledger.current_state(phone).status is Status.CUSTOMER_INITIATED


def test_unclear_answer_gets_one_clarification_and_a_question_opens_the_box(
    carrier: Carrier, cora: PhoneNumber, sal: User, north: Dealership
) -> None:
    outbound.ask_permission(cora, acting_user=sal)
    send_due()
    post_inbound(body="hmm maybe")
    send_due()
    post_inbound(body="maybe")
    send_due()
    assert len(carrier.bodies(CORA_NUMBER)) == 2
    post_inbound(body="yes")
    assert ledger.current_state(cora).status is Status.CONFIRMED

    dana = make_contact(north, number="+17175550143", name="Dana")
    outbound.ask_permission(dana, acting_user=sal)
    send_due()
    post_inbound(body="Do you still have the blue Tacoma?", from_="+17175550143")
    send_due()
    assert len(carrier.bodies("+17175550143")) == 1
    assert ledger.current_state(dana).status is Status.CUSTOMER_INITIATED


def test_start_lifts_a_stop_and_yes_does_not(
    carrier: Carrier, cora: PhoneNumber, sal: User
) -> None:
    confirmed(cora, sal)
    post_inbound(body="STOP")
    post_inbound(body="YES")
    assert ledger.current_state(cora).status is Status.REVOKED
    post_inbound(body="START")
    state = ledger.current_state(cora)
    assert (state.status, state.level) == (Status.CONFIRMED, "informational")


def test_group_stop_reaches_the_other_rooftop(
    carrier: Carrier, cora: PhoneNumber, south: Dealership, sal: User
) -> None:
    elsewhere = make_contact(south)
    confirmed(cora, sal)
    post_inbound(body="STOP")
    assert ledger.current_state(elsewhere).status is Status.REVOKED
    assert checking.fsck().damages == ()


def test_same_webhook_twice_is_one_message(cora: PhoneNumber) -> None:
    for _ in range(2):
        assert post_inbound(body="hello", sid="SM" + "a" * 32).status_code == 200
    assert Message.objects.count() == 1


def test_forged_signature_stores_nothing(cora: PhoneNumber, client: object) -> None:
    answer = client.post(  # type: ignore[attr-defined]
        "/webhooks/twilio/inbound/",
        {"MessageSid": "SM1", "Body": "YES"},
        headers={"X-Twilio-Signature": "forged"},
    )
    assert answer.status_code == 403
    assert not Message.objects.exists()


@pytest.mark.parametrize("words", ["STOP", "lose my number", "No"])
def test_who_may_not_be_answered_does_not_wait(
    carrier: Carrier, cora: PhoneNumber, sal: User, words: str
) -> None:
    conversation = outbound.ask_permission(cora, acting_user=sal).conversation
    send_due()
    post_inbound(body="Is the Tacoma still there?")
    conversation.refresh_from_db()
    assert conversation.owed_since is not None
    outbound.ask_permission(cora, acting_user=sal)
    send_due()
    post_inbound(body=words)
    tasks.refuse_pending(cora.dealership.group_id, cora.pk)
    conversation.refresh_from_db()
    assert conversation.owed_since is None


def test_a_no_with_a_doubt_is_still_a_no_when_the_pause_is_lifted(
    carrier: Carrier, cora: PhoneNumber, sal: User, mona: User
) -> None:
    """RULE-CT-02."""
    outbound.ask_permission(cora, acting_user=sal)
    send_due()
    post_inbound(body="No thanks, too many texts")
    assert ledger.current_state(cora).status is Status.PAUSED
    revocation.resolve_pause(cora, opted_out=False, reason="only a no", acting_user=mona)
    assert ledger.current_state(cora).status is Status.DECLINED
    verdict = gate.may_text(cora, purpose=Purpose.CONVERSATIONAL)
    assert verdict.reasons[0].code == "declined"


def test_what_waited_when_they_said_stop_stays_unsent_after_a_quick_start(
    carrier: Carrier, cora: PhoneNumber, sal: User
) -> None:
    """Promise I2, though no worker ran between the two."""
    later = outbound.compose(
        confirmed(cora, sal),
        body="Your car is ready",
        purpose=Purpose.INFORMATIONAL,
        acting_user=sal,
        send_at=NOON.replace(hour=20),
    )
    post_inbound(body="STOP")
    post_inbound(body="START")
    assert ledger.current_state(cora).status is Status.CONFIRMED
    later.refresh_from_db()
    assert (later.status, later.failure) == (Message.Status.REFUSED, "revoked")
