"""Texts, conversations and permission requests over /api/v1/, as other programs use them."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.urls import include, path
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from rest_framework.test import APIClient

from accounts.models import Dealership, User
from conftest import CORA_NUMBER, make_contact, post_inbound
from consent.models import Decision, PhoneNumber
from messaging.models import Conversation, Message
from messaging.tests.conftest import Carrier, send_due

Api = Callable[[User], APIClient]
NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
MESSAGE_KEYS = {
    "id",
    "conversation",
    "contact",
    "direction",
    "purpose",
    "body",
    "appended",
    "segments",
    "media",
    "status",
    "failure",
    "failure_text",
    "decision",
    "author",
    "created_at",
    "not_before",
    "sent_at",
    "carrier_sid",
}
CONVERSATION_KEYS = {
    "id",
    "contact",
    "dealership",
    "assigned_to",
    "status",
    "owed_since",
    "last_message",
    "updated_at",
}
DECISION_KEYS = {
    "id",
    "outcome",
    "reasons",
    "rule_pack",
    "local_times",
    "not_before",
    "ledger_size",
    "decided_at",
}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield


def ask(client: APIClient, phone: PhoneNumber, **body: Any) -> Any:
    return client.post(f"/api/v1/contacts/{phone.contact.public_id}/ask-permission/", body)


def text(
    client: APIClient, phone: PhoneNumber, body: str = "Your Tacoma is here", **more: Any
) -> Any:
    headers = more.pop("headers", None)
    return client.post(
        "/api/v1/messages/",
        {
            "contact": str(phone.contact.public_id),
            "body": body,
            "purpose": "informational",
            **more,
        },
        headers=headers,
    )


@pytest.fixture
def agreed(carrier: Carrier, api: Api, cora: PhoneNumber, sal: User) -> PhoneNumber:
    """Cora said YES to the standard wording."""
    assert ask(api(sal), cora).status_code == 202
    send_due()
    post_inbound(body="YES")
    send_due()
    return cora


def test_locked_box_is_409_with_all_that_explains_it(
    carrier: Carrier, api: Api, cora: PhoneNumber, sal: User
) -> None:
    answer = text(api(sal), cora)
    assert answer.status_code == 409
    error = answer.json()["error"]
    assert error["code"] == "not_allowed"
    assert error["fields"] == {}
    assert error["reasons"][0].keys() == {"code", "text", "rule"}
    assert error["next"]["action"] == "ask_permission"
    assert error["decision"].keys() == DECISION_KEYS
    assert error["id"] == error["decision"]["id"] == str(Decision.objects.get().public_id)
    assert error["decision"]["outcome"] == "deny"
    stored = api(sal).get(f"/api/v1/messages/{error['message']}/").json()
    assert (stored["status"], stored["failure"]) == ("refused", error["reasons"][0]["code"])
    assert stored["failure_text"] == error["reasons"][0]["text"]


def test_ask_then_yes_then_text_then_stop(
    carrier: Carrier, api: Api, cora: PhoneNumber, sal: User
) -> None:
    client = api(sal)
    asked = ask(client, cora)
    assert asked.status_code == 202, asked.json()
    assert asked.json().keys() == {"message", "consent"}
    assert asked.json()["consent"]["status"] == "requested"
    twice = ask(client, cora)
    assert twice.status_code == 409
    assert twice.json()["error"]["reasons"][0]["code"] == "already_asked"
    assert twice.json()["error"]["next"]["action"] == "wait"
    send_due()
    question = client.get(f"/api/v1/messages/{asked.json()['message']}/").json()
    assert (question["purpose"], question["status"]) == ("permission_request", "sent")
    post_inbound(body="YES")
    send_due()
    consent = client.get(f"/api/v1/contacts/{cora.contact.public_id}/consent/").json()
    assert (consent["status"], consent["level"]) == ("confirmed", "informational")

    sent = text(client, cora)
    assert sent.status_code == 202
    assert sent.json().keys() == MESSAGE_KEYS
    assert sent.json()["decision"].keys() == DECISION_KEYS
    assert (sent.json()["status"], sent.json()["decision"]["outcome"]) == ("queued", "allow")
    send_due()
    later = client.get(f"/api/v1/messages/{sent.json()['id']}/").json()
    assert later["status"] == "sent"
    assert later["carrier_sid"].startswith("SM")
    assert later["sent_at"]
    assert carrier.bodies(CORA_NUMBER)[-1].startswith("Your Tacoma is here")

    offer = text(client, cora, purpose="promotional")
    assert offer.status_code == 409
    assert offer.json()["error"]["next"]["action"] == "ask_for_offers"

    post_inbound(body="STOP")
    send_due()
    count = len(carrier.bodies(CORA_NUMBER))
    refused = text(client, cora, purpose="conversational")
    assert refused.json()["error"]["reasons"][0]["code"] == "revoked"
    assert ask(client, cora).json()["error"]["reasons"][0]["code"] == "revoked"
    send_due()
    assert len(carrier.bodies(CORA_NUMBER)) == count


def test_revoke_by_api_sends_nothing_and_bars_what_waits(
    carrier: Carrier, api: Api, agreed: PhoneNumber, sal: User
) -> None:
    client = api(sal)
    waiting = text(client, agreed, send_at="2026-11-24T15:00:00-05:00").json()
    assert waiting["status"] == "held"
    count = len(carrier.bodies(CORA_NUMBER))
    path_ = f"/api/v1/contacts/{agreed.contact.public_id}/revoke/"
    assert client.post(path_, {"how": "in_person", "words": "no"}).status_code == 200
    with time_machine.travel(NOON.replace(hour=20, minute=1), tick=True):
        send_due()
        assert client.get(f"/api/v1/messages/{waiting['id']}/").json()["status"] == "refused"
    assert len(carrier.bodies(CORA_NUMBER)) == count


def test_scheduled_text_can_be_taken_back_once(
    api: Api, agreed: PhoneNumber, sal: User, carrier: Carrier
) -> None:
    client = api(sal)
    held = text(client, agreed, send_at="2026-11-24T20:00:00Z").json()
    assert held["not_before"].startswith("2026-11-24T20:00:00")
    cancel = f"/api/v1/messages/{held['id']}/cancel/"
    assert client.post(cancel).json()["status"] == "canceled"
    assert client.post(cancel).status_code == 200
    gone = text(client, agreed).json()
    send_due()
    late = client.post(f"/api/v1/messages/{gone['id']}/cancel/")
    assert (late.status_code, late.json()["error"]["code"]) == (409, "too_late")


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"body": ""}, "empty", "body"),
        ({"body": " \n"}, "empty", "body"),
        ({"body": "x" * 1601}, "too_long", "body"),
        ({"body": None}, "invalid", "body"),
        ({"body": "a\u0000"}, "invalid", "body"),
        ({"purpose": "help_reply"}, "invalid", "purpose"),
        ({"purpose": "x"}, "invalid", "purpose"),
        ({"purpose": None}, "invalid", "purpose"),
        ({"send_at": "2026-11-25T10:00:00"}, "invalid", "send_at"),
        ({"send_at": "2026-11-01T10:00:00Z"}, "bad_time", "send_at"),
        ({"send_at": "2027-11-01T10:00:00Z"}, "bad_time", "send_at"),
    ],
)
def test_bad_text_is_422(
    api: Api, cora: PhoneNumber, sal: User, fields: dict[str, Any], code: str, field: str
) -> None:
    answer = text(api(sal), cora, **fields)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert (error["code"], list(error["fields"])) == (code, [field])
    assert not Message.objects.exists()


@pytest.mark.parametrize("body", ["  two blanks before", "tail \n", "é 👍", "{person} %s <b>"])
def test_body_goes_out_first_and_unchanged(
    carrier: Carrier, api: Api, agreed: PhoneNumber, sal: User, body: str
) -> None:
    sent = text(api(sal), agreed, body=body).json()
    assert sent["body"] == body
    send_due()
    assert carrier.bodies(CORA_NUMBER)[-1].startswith(body)


@pytest.mark.parametrize("person", ["sal", "mona", "ada"])
def test_every_member_may_text(
    carrier: Carrier, api: Api, agreed: PhoneNumber, person: str, request: Any
) -> None:
    assert text(api(request.getfixturevalue(person)), agreed).status_code == 202


def test_bad_level_is_422(api: Api, cora: PhoneNumber, sal: User) -> None:
    assert ask(api(sal), cora, level="conversational").status_code == 422
    assert ask(api(sal), cora, level="promotional").status_code == 202


def test_strangers_get_404_before_validation(
    carrier: Carrier, api: Api, agreed: PhoneNumber, sal: User, stan: User
) -> None:
    conversation = Conversation.objects.get()
    message = Message.objects.latest("pk")
    client = api(stan)
    assert text(client, agreed, body="", purpose="?").status_code == 404
    assert client.post("/api/v1/messages/", {"contact": str(uuid.uuid4())}).status_code == 404
    assert client.post("/api/v1/messages/", {"contact": "x"}).status_code == 404
    assert client.post("/api/v1/messages/", {}).status_code == 422
    assert ask(client, agreed, level="?").status_code == 404
    base = f"/api/v1/conversations/{conversation.public_id}/"
    one = f"/api/v1/messages/{message.public_id}/"
    for where in (base, f"{base}messages/", one):
        assert client.get(where).status_code == 404
    for where in (f"{base}close/", f"{base}assign/", f"{one}cancel/"):
        assert client.post(where, {"user": 1}).status_code == 404
    for where in ("conversations", "messages"):
        assert client.get(f"/api/v1/{where}/").json()["results"] == []
        for name, value in (
            ("contact", agreed.contact.public_id),
            ("dealership", agreed.dealership.public_id),
        ):
            assert client.get(f"/api/v1/{where}/?{name}={value}").status_code == 404


def test_conversation_and_its_texts_newest_first(
    carrier: Carrier, api: Api, agreed: PhoneNumber, sal: User
) -> None:
    client = api(sal)
    post_inbound(body="Is it still there?")
    (conversation,) = client.get("/api/v1/conversations/").json()["results"]
    assert conversation.keys() == CONVERSATION_KEYS
    assert conversation["contact"].keys() == {"id", "name", "number", "consent"}
    assert conversation["contact"]["number"] == CORA_NUMBER
    assert conversation["contact"]["consent"]["status"] == "confirmed"
    assert conversation["dealership"] == str(agreed.dealership.public_id)
    assert conversation["last_message"]["body"] == "Is it still there?"
    assert conversation["owed_since"]
    base = f"/api/v1/conversations/{conversation['id']}/"
    assert client.get(base).json() == conversation
    page = client.get(f"{base}messages/?page_size=3").json()
    assert page.keys() == {"next", "previous", "results"}
    newest, *_ = page["results"]
    assert newest.keys() == MESSAGE_KEYS
    assert (newest["direction"], newest["purpose"]) == ("inbound", None)
    assert (newest["status"], newest["media"], newest["decision"]) == ("received", [], None)
    rest = client.get(page["next"]).json()
    bodies = [m["body"] for m in page["results"] + rest["results"]]
    assert bodies[0] == "Is it still there?"
    assert bodies[2] == "YES"
    assert bodies[3].startswith("This is Emily Moore")
    assert rest["next"] is None
    everything = client.get("/api/v1/messages/").json()["results"]
    assert [m["body"] for m in everything] == bodies
    assert client.get("/api/v1/messages/?direction=inbound").json()["results"][1]["body"] == "YES"
    for junk in ("junk", "cD1hYmM=", "cD0lMDA=", "bz0tMQ=="):
        for where in ("conversations", "messages", "contacts"):
            answer = client.get(f"/api/v1/{where}/?cursor={junk}")
            assert answer.status_code in {200, 404}, (where, junk)
    for query in ("status=%00", "direction=%00", "status=x"):
        assert client.get(f"/api/v1/messages/?{query}").json()["results"] == []
    assert client.get("/api/v1/conversations/?status=%00").json()["results"] == []


def test_assign_and_close(
    carrier: Carrier, api: Api, agreed: PhoneNumber, sal: User, mona: User, stan: User
) -> None:
    client = api(sal)
    post_inbound(body="Is it still there?")
    base = f"/api/v1/conversations/{Conversation.objects.get().public_id}/"
    given = client.post(f"{base}assign/", {"user": str(mona.public_id)})
    assert (given.status_code, given.json()["assigned_to"]) == (200, str(mona.public_id))
    assert client.get("/api/v1/conversations/?assigned_to=me").json()["results"] == []
    assert len(api(mona).get("/api/v1/conversations/?assigned_to=me").json()["results"]) == 1
    for somebody in (str(stan.public_id), str(uuid.uuid4())):
        refused = client.post(f"{base}assign/", {"user": somebody})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "not_a_member")
    assert client.post(f"{base}assign/", {}).status_code == 422
    assert client.post(f"{base}assign/", {"user": None}).json()["assigned_to"] is None
    assert len(client.get("/api/v1/conversations/?owed=true").json()["results"]) == 1
    closed = client.post(f"{base}close/").json()
    assert closed.keys() == CONVERSATION_KEYS
    assert (closed["status"], closed["owed_since"]) == ("closed", None)
    assert client.post(f"{base}close/").status_code == 200
    assert client.get("/api/v1/conversations/?status=open").json()["results"] == []
    assert client.get("/api/v1/conversations/?owed=true").json()["results"] == []


def test_lists_ask_a_constant_number_of_queries(
    api: Api, north: Dealership, sal: User, django_assert_num_queries: Any
) -> None:
    client = api(sal)
    post_inbound(body="hi", from_="+17175550300")
    with django_assert_num_queries(7):
        assert len(client.get("/api/v1/conversations/").json()["results"]) == 1
    with django_assert_num_queries(3):
        assert len(client.get("/api/v1/messages/").json()["results"]) == 1
    for i in range(1, 20):
        post_inbound(body="hi", from_=f"+171755503{i:02}")
    with django_assert_num_queries(7):
        assert len(client.get("/api/v1/conversations/").json()["results"]) == 20
    with django_assert_num_queries(3):
        assert len(client.get("/api/v1/messages/").json()["results"]) == 20


def test_keyed_text_sent_by_many_at_once_goes_out_once(
    carrier: Carrier, api: Api, agreed: PhoneNumber, sal: User
) -> None:
    clients = [api(sal) for _ in range(5)]
    start = threading.Barrier(len(clients))
    answers: list[Any] = []

    def send(client: APIClient) -> None:
        start.wait(10)
        answers.append(text(client, agreed, headers={"Idempotency-Key": "one"}))
        connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    send_due()
    assert sum(b.startswith("Your Tacoma") for b in carrier.bodies(CORA_NUMBER)) == 1


def test_keyed_refusal_is_stored_once_and_answered_alike(
    api: Api, cora: PhoneNumber, sal: User
) -> None:
    client, headers = api(sal), {"Idempotency-Key": "no"}
    first = text(client, cora, headers=headers)
    again = text(client, cora, headers=headers)
    assert (first.status_code, again.status_code) == (409, 409)
    assert first.json() == again.json()
    assert Message.objects.filter(status=Message.Status.REFUSED).count() == 1
    asked = [
        client.post(f"/api/v1/contacts/{cora.contact.public_id}/ask-permission/", headers=headers)
        for _ in range(2)
    ]
    assert [a.status_code for a in asked] == [202, 202]
    assert asked[0].json() == asked[1].json()


def test_dealership_without_a_number_says_so(
    api: Api, north: Dealership, sal: User, cora: PhoneNumber
) -> None:
    north.numbers.update(is_active=False)
    for answer in (text(api(sal), cora), ask(api(sal), cora)):
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_number")


def test_contact_of_another_dealership_of_the_group_stays_apart(
    api: Api, north: Dealership, south: Dealership, sal: User, ada: User
) -> None:
    there = make_contact(south, number="+14165550199", name="Toni")
    assert text(api(sal), there).status_code == 404
    assert text(api(ada), there).status_code == 409


# --- the description -----------------------------------------------------------------------------


def _schema() -> Any:
    GENERATOR_STATS.reset()
    patterns = [path("api/", include("dealertext.api"))]
    maker: Any = SchemaGenerator
    return maker(patterns=patterns).get_schema(public=True)


def test_description_has_no_warnings_and_every_endpoint_a_summary(capsys: Any) -> None:
    schema = _schema()
    check: Any = validate_schema
    check(schema)
    assert capsys.readouterr().err == ""
    operations = [
        (where, verb, operation)
        for where, verbs in schema["paths"].items()
        for verb, operation in verbs.items()
    ]
    assert len(operations) >= 20
    assert [where for where, verb, o in operations if not o.get("summary")] == []
    names = [o["operationId"] for _, _, o in operations]
    assert len(names) == len(set(names))


def test_schema_and_docs_are_for_staff(api: Api, client: Any, sal: User) -> None:
    assert client.get("/api/schema/").status_code == 401
    assert api(sal).get("/api/schema/").status_code == 200
    client.force_login(sal)
    page = client.get("/api/docs/")
    assert page.status_code == 200
    assert b"cdn" not in page.content
    script = client.get("/api/docs/?script=")
    assert script.status_code == 200
