"""The record behind one text: only what the ledger had when the gate was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from accounts.clock import now
from accounts.models import Dealership, User
from conftest import SOUTH_NUMBER, make_contact, post_inbound
from consent import checkpoints, contacts, correction, ledger
from consent.decision import Purpose
from consent.kinds import Basis, Kind
from consent.models import PhoneNumber
from messaging import explaining, outbound
from messaging.models import Message
from messaging.tests.conftest import Carrier, send_due


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    """Ask on a Tuesday at noon: at night a question waits for the hours."""
    with time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC), tick=True):
        yield


def a_text(phone: PhoneNumber, person: User, body: str = "Your car is ready") -> Message:
    conversation = Message.objects.latest("pk").conversation
    return outbound.compose(
        conversation, body=body, purpose=Purpose.INFORMATIONAL, acting_user=person
    )


@pytest.fixture
def sent(cora: PhoneNumber, sal: User, carrier: Carrier) -> Message:
    """A text that went out on a YES, and a stop that came after it."""
    outbound.ask_permission(cora, acting_user=sal)
    send_due()
    post_inbound(body="Yes please")
    send_due()
    message = a_text(cora, sal)
    send_due()
    post_inbound(body="STOP")
    checkpoints.publish(cora.dealership)
    return message


@pytest.mark.django_db
def test_it_tells_what_was_known_then_and_nothing_later(sent: Message, sal: User) -> None:
    record = explaining.explain(explaining.explainable(sal).get(pk=sent.pk))
    assert record.allowed
    kinds = [ground.kind.value for ground in record.grounds]
    assert "REVOKED" not in kinds
    assert kinds[:3] == ["OPT_IN_CONFIRMED", "OPT_IN_REQUESTED", "LEAD_RECEIVED"]
    yes = record.grounds[0]
    assert yes.said == "Yes please"
    assert "may I communicate with you via text?" in yes.shown
    assert record.state.status.value == "confirmed"
    assert record.grounds[1].disclosure is not None
    assert all(ground.proof and ground.proof.holds for ground in record.grounds)
    assert {rule.id for rule in record.rules} >= {"RULE-US-03"}
    assert next(step.who for step in record.steps) == "Emily Moore"
    assert [step.at for step in record.steps] == sorted(step.at for step in record.steps)


@pytest.mark.django_db
def test_a_refusal_is_explained_too(
    sent: Message, sal: User, signed_in: Callable[[User], Client]
) -> None:
    refused = a_text(sent.conversation.phone, sal, "Are you there?")
    assert refused.status == Message.Status.REFUSED
    page = signed_in(sal).get(f"/messages/{refused.public_id}/explain/").content.decode()
    for said in ("Why was this refused?", "told us to stop", "RULE-US-11", "Told us to stop"):
        assert said in page, said


@pytest.mark.django_db
def test_the_page_and_the_api_say_the_same(
    sent: Message,
    sal: User,
    signed_in: Callable[[User], Client],
    api: Callable[[User], APIClient],
) -> None:
    told: dict[str, Any] = api(sal).get(f"/api/v1/messages/{sent.public_id}/explain/").json()
    assert told["allowed"] is True
    assert told["entries"][0]["said"] == "Yes please"
    assert told["entries"][0]["proof"]["index"] == told["entries"][0]["index"]
    assert told["decision"]["ledger_size"] > told["entries"][0]["index"]
    page = signed_in(sal).get(f"/messages/{sent.public_id}/explain/").content.decode()
    assert "Why was this allowed?" in page
    for rule in told["rules"]:
        assert rule["citation"].split(";")[0] in page
    bubble = signed_in(sal).get(f"/inbox/{sent.conversation.public_id}/").content.decode()
    assert f"/messages/{sent.public_id}/explain/" in bubble


@pytest.mark.django_db
def test_a_stranger_and_an_inbound_text_have_no_explanation(
    sent: Message, sal: User, stan: User, signed_in: Callable[[User], Client]
) -> None:
    inbound = Message.objects.filter(direction="inbound").latest("pk")
    assert signed_in(stan).get(f"/messages/{sent.public_id}/explain/").status_code == 404
    assert signed_in(sal).get(f"/messages/{inbound.public_id}/explain/").status_code == 404


@pytest.mark.django_db
def test_what_a_decision_saw_is_rebuilt_from_its_ledger_size(sent: Message) -> None:
    phone = sent.conversation.phone
    record = explaining.explain(Message.objects.select_related("decision").get(pk=sent.pk))
    assert record.decision is not None
    then = record.state
    assert then.status.value == record.decision.facts["status"]
    assert ledger.current_state(phone).status.value == "revoked"


@pytest.mark.django_db
def test_what_decided_is_shown_and_proven_however_much_came_after(
    sent: Message, cora: PhoneNumber, sal: User
) -> None:
    post_inbound(body="START")
    for number in range(explaining.MOST_ENTRIES + 5):
        contacts.record_basis(
            cora, basis=Basis.PHONE_UP, evidence={"note": str(number)}, acting_user=sal
        )
    terms = {"list_date": "2026-11-20"}
    ledger.append(
        Kind.DNC_LISTED, dealership=cora.dealership, phone=cora, acting_user=sal, terms={**terms}
    )
    for number in range(explaining.MOST_ENTRIES + 5):
        contacts.record_basis(
            cora, basis=Basis.WALK_IN, evidence={"note": str(number)}, acting_user=sal
        )
    checkpoints.publish(cora.dealership)
    record = explaining.explain(a_text(cora, sal))
    assert record.allowed
    grounds = {ground.kind: ground for ground in record.grounds}
    for kind in (Kind.OPT_IN_CONFIRMED, Kind.RESTORED_BY_CUSTOMER, Kind.DNC_LISTED):
        proof = grounds[kind].proof
        assert proof is not None
        assert proof.holds
    assert grounds[Kind.OPT_IN_CONFIRMED].said == "Yes please"
    assert len(record.grounds) + record.left_out == ledger.entries_of(cora).count()
    assert record.left_out > explaining.MOST_ENTRIES


@pytest.mark.django_db
def test_a_text_that_waits_for_the_morning_is_not_called_allowed(
    sent: Message, cora: PhoneNumber, sal: User, signed_in: Callable[[User], Client]
) -> None:
    post_inbound(body="START")
    with time_machine.travel(datetime(2026, 11, 25, 4, tzinfo=UTC), tick=True):
        waits = a_text(cora, sal)
        assert waits.status == Message.Status.HELD
        record = explaining.explain(waits)
        assert (record.allowed, record.held) == (False, True)
        page = signed_in(sal).get(f"/messages/{waits.public_id}/explain/").content.decode()
    assert "Why was this put off?" in page
    assert "Allowed" not in page


@pytest.mark.django_db
def test_what_a_text_rested_on_is_told_after_the_person_was_erased(
    sent: Message, cora: PhoneNumber, sal: User
) -> None:
    """The subject of then is the decision's: the number's own row has another now."""
    PhoneNumber.objects.filter(pk=cora.pk).update(subject="0" * 64)
    record = explaining.explain(explaining.explainable(sal).get(pk=sent.pk))
    assert record.state.status.value == "confirmed"
    assert record.grounds[0].kind is Kind.OPT_IN_CONFIRMED
    assert record.grounds[0].proof is not None


@pytest.mark.django_db
def test_it_tells_the_standing_that_counted_and_not_one_that_had_lapsed(
    cora: PhoneNumber, sal: User, carrier: Carrier, api: Callable[[User], APIClient]
) -> None:
    post_inbound(body="Is the Camry there?")
    with time_machine.travel(datetime(2027, 3, 24, 17, tzinfo=UTC), tick=True):
        refused = a_text(cora, sal)
        told = api(sal).get(f"/api/v1/messages/{refused.public_id}/explain/").json()
    assert refused.status == Message.Status.REFUSED
    assert told["state"] == {"status": "expired", "level": "none"}


@pytest.mark.django_db
def test_the_purchase_that_opened_an_implied_consent_is_shown_and_proven(
    south: Dealership, ada: User, carrier: Carrier
) -> None:
    number = "+14165550142"
    phone = make_contact(south, number=number, basis=Basis.PHONE_UP)
    bought = contacts.record_basis(
        phone,
        basis=Basis.EXISTING_CUSTOMER,
        evidence={"purchased_on": "2026-11-01", "deal": "purchase", "reference": "x"},
        acting_user=ada,
    )
    post_inbound(to=SOUTH_NUMBER, from_=number, body="Hi")
    with time_machine.travel(datetime(2027, 6, 15, 17, tzinfo=UTC), tick=True):
        for count in range(explaining.MOST_ENTRIES + 5):
            contacts.record_basis(
                phone, basis=Basis.REFERRAL, evidence={"note": str(count)}, acting_user=ada
            )
        checkpoints.publish(south)
        allowed = a_text(phone, ada)
        record = explaining.explain(explaining.explainable(ada).get(pk=allowed.pk))
    assert record.allowed
    assert record.state.status.value == "implied"
    (ground,) = (each for each in record.grounds if each.index == bought.index)
    assert ground.proof is not None
    assert record.left_out


@pytest.mark.django_db
@pytest.mark.parametrize("erased", [False, True])
def test_what_it_links_to_is_there_after_a_correction_and_not_offered_after_an_erasure(
    sent: Message, sal: User, cora: PhoneNumber, signed_in: Callable[[User], Client], erased: bool
) -> None:
    correction.correct_number(
        cora.contact,
        number_e164="+17175550177",
        basis=Basis.PHONE_UP,
        evidence={},
        acting_user=sal,
    )
    if erased:
        cora.contact.erased_at = now()
        cora.contact.save()
    page = signed_in(sal).get(f"/messages/{sent.public_id}/explain/").content.decode()
    assert "Proven by the checkpoint" in page
    links = set(re.findall(r'href="(/consent/[^"]*/entries/[^"]*)"', page))
    assert bool(links) is not erased
    assert all(signed_in(sal).get(link).status_code == 200 for link in links)
