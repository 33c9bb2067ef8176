"""An offer goes as one whatever its sender calls it; an answer to a question goes out unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from conftest import CORA_NUMBER, post_inbound
from consent.models import Decision, PhoneNumber
from messaging import conversations
from messaging.models import Conversation, Message
from messaging.tests.conftest import Carrier, send_due

Api = Callable[[User], APIClient]
OFFER = "0.9% APR on every Tacoma this weekend only, come in and save $2,000!"
PRICE = "Yes it is. The price is $24,995 before tax, want to see it today?"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    """Ask on a Tuesday at noon: at night a question waits for the hours."""
    with time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC), tick=True):
        yield


def send(client: APIClient, body: str, *, purpose: str = "conversational") -> tuple[int, Any]:
    contact = str(PhoneNumber.objects.get(number_e164=CORA_NUMBER).contact.public_id)
    answer = client.post(
        "/api/v1/messages/",
        {"contact": contact, "body": body, "purpose": purpose},
        format="json",
    )
    return answer.status_code, answer.json()


@pytest.fixture
def agreed(carrier: Carrier, api: Api, cora: PhoneNumber, sal: User) -> APIClient:
    """Cora said YES to answers and service texts; returns Sal's client."""
    client = api(sal)
    client.post(f"/api/v1/contacts/{cora.contact.public_id}/ask-permission/", format="json")
    send_due()
    post_inbound(body="YES")
    send_due()
    return client


@pytest.mark.parametrize("purpose", ["conversational", "informational"])
def test_an_offer_is_refused_under_any_name(agreed: APIClient, purpose: str) -> None:
    status, body = send(agreed, OFFER, purpose=purpose)
    assert status == 409
    reasons = {reason["code"]: reason for reason in body["error"]["reasons"]}
    assert reasons["level_too_low"]["rule"] == "RULE-US-03"
    assert "“0.9% APR” speaks of a rate" in reasons["words_are_an_offer"]["text"]
    assert body["error"]["next"]["action"] == "ask_for_offers"
    refused = Message.objects.get(status="refused")
    assert (refused.purpose, refused.body) == ("promotional", OFFER)
    assert Decision.objects.get(messages=refused).outcome == "deny"


def test_a_price_nobody_asked_for_is_an_offer(agreed: APIClient) -> None:
    status, body = send(agreed, "The 2021 Tacoma is $34,995", purpose="informational")
    assert (status, body["error"]["code"]) == (409, "not_allowed")


def test_a_service_text_and_small_talk_go_out(carrier: Carrier, agreed: APIClient) -> None:
    for body, purpose in (
        ("Your Tacoma is ready for pickup, we are open until 6", "informational"),
        ("Sure, see you Saturday at 2", "conversational"),
        ("Your total for today is $186.42", "informational"),
    ):
        assert send(agreed, body, purpose=purpose)[0] == 202, body
    send_due()
    assert carrier.bodies(CORA_NUMBER)[-1] == "Your total for today is $186.42"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How much is the 2019 Civic?", "It is $24,995"),
        ("Is the Civic still there?", PRICE),
        ("what would payments be", "About $389/mo for 72 months at 5.9% APR with 3k down"),
        ("any specials on trucks?", OFFER),
        (
            "C'est combien la Civic?",
            "Elle est à 21 995 $ plus taxes, on peut vous faire 389 $ par mois",
        ),
        ("Cuánto cuesta la Tacoma?", "La Tacoma cuesta $24,995, se la dejo en 24 mil"),
    ],
)
def test_the_answer_to_a_first_question_goes_out_unchanged(
    carrier: Carrier, api: Api, cora: PhoneNumber, sal: User, question: str, answer: str
) -> None:
    post_inbound(body=question)
    status, body = send(api(sal), answer)
    assert status == 202, body
    assert (body["purpose"], body["body"]) == ("conversational", answer)
    send_due()
    assert carrier.bodies(CORA_NUMBER)[0].startswith(answer)


def test_an_offer_beside_the_answer_is_refused(
    carrier: Carrier, api: Api, cora: PhoneNumber, sal: User
) -> None:
    post_inbound(body="Is the Civic still there?")
    status, body = send(api(sal), f"Yes it is. {OFFER}")
    assert status == 409
    assert body["error"]["reasons"][0]["rule"] == "RULE-US-03"
    assert body["error"]["next"]["action"] == "ask_permission"


def test_an_offer_goes_out_as_one_where_offers_are_permitted(
    carrier: Carrier, api: Api, cora: PhoneNumber, sal: User
) -> None:
    client = api(sal)
    url = f"/api/v1/contacts/{cora.contact.public_id}/ask-permission/"
    client.post(url, {"level": "promotional"}, format="json")
    send_due()
    post_inbound(body="YES")
    send_due()
    status, body = send(client, OFFER, purpose="informational")
    assert status == 202, body
    assert body["purpose"] == "promotional"
    assert body["appended"]
    send_due()
    decision = Message.objects.get(body=OFFER).decision
    assert decision is not None
    assert "words_are_an_offer" in {reason["code"] for reason in decision.reasons}


def test_the_composer_warns_while_the_words_are_written(
    agreed: APIClient, signed_in: Callable[[User], Client], cora: PhoneNumber, sal: User
) -> None:
    url = f"/inbox/{conversations.conversation_for(cora).public_id}/measure/"
    desk = signed_in(sal)
    page = desk.post(url, {"body": OFFER, "purpose": "informational"}).content.decode()
    assert "“0.9% APR” speaks of a rate" in page
    assert "not to offers" in page
    assert "?level=promotional" in page
    page = desk.post(url, {"body": "Hi {{name}}, see bit.ly/x"}).content.decode()
    assert "not filled in" in page
    assert "public shortener" in page
    assert "hint" not in desk.post(url, {"body": "Your car is ready"}).content.decode()
    assert not Message.objects.filter(status="refused").exists()


def test_a_refused_offer_says_in_the_thread_what_was_wrong(
    agreed: APIClient, signed_in: Callable[[User], Client], sal: User
) -> None:
    send(agreed, OFFER)
    conversation = Conversation.objects.get()
    page = signed_in(sal).get(f"/inbox/{conversation.public_id}/").content.decode()
    assert "These words are an offer" in page


def test_the_check_by_api(api: Api, sal: User) -> None:
    answer = api(sal).post("/api/v1/wording/", {"body": OFFER}, format="json")
    assert answer.status_code == 200
    told = answer.json()
    assert told["level"] == "promotional"
    rate = next(sign for sign in told["reasons"] if sign["code"] == "rate")
    assert OFFER[rate["start"] : rate["end"]] == "0.9% APR"
    assert api(sal).post("/api/v1/wording/", {"body": ""}, format="json").status_code == 422
