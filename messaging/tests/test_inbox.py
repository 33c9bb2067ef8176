"""The inbox: what it shows, to whom, with how many queries."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Dealership, User
from conftest import CORA_NUMBER, make_contact, post_inbound
from consent.decision import Purpose
from consent.models import ConsentEvent, PhoneNumber
from messaging import conversations, outbound
from messaging.models import Conversation, Message
from messaging.tests.conftest import Carrier, send_due

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture
def desk(sal: User) -> Client:
    client = Client()
    client.force_login(sal, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def talk(number: str, body: str = "Is the Tacoma still there?") -> Conversation:
    post_inbound(body=body, from_=number)
    return Conversation.objects.get(phone__number_e164=number)


def test_a_text_of_a_stranger_appears_owed(desk: Client, north: Dealership) -> None:
    talk("+17175550177", "<script>alert(1)</script> is it there?")
    page = desk.get("/inbox/?view=owed").content.decode()
    assert "717-555-0177" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("count", [1, 20])
def test_inbox_page_costs_the_same_queries_for_one_and_twenty(
    desk: Client, north: Dealership, django_assert_num_queries: Any, count: int
) -> None:
    for n in range(count):
        talk(f"+1717555{1000 + n}")
    desk.get("/inbox/")
    with django_assert_num_queries(9):
        answer = desk.get("/inbox/")
    assert len(answer.content) < 17_000


def test_every_page_of_the_desk_answers(desk: Client, cora: PhoneNumber, sal: User) -> None:
    conversation = conversations.conversation_for(cora)
    for url in (
        "/inbox/?view=mine",
        f"/inbox/{conversation.public_id}/",
        f"/inbox/{conversation.public_id}/ask/",
        "/consent/",
        "/consent/new/",
        f"/consent/{cora.contact.public_id}/?as_of=2026-11-24T12:00",
    ):
        answer = desk.get(url)
        assert answer.status_code == 200, url
        assert b"Cora" in answer.content or "new" in url or b"Emily" in answer.content, url


def test_asking_and_sending_through_the_pages(
    carrier: Carrier, desk: Client, cora: PhoneNumber
) -> None:
    conversation = conversations.conversation_for(cora)
    page = f"/inbox/{conversation.public_id}/"
    shown = desk.get(f"{page}ask/").content.decode()
    desk.post(f"{page}ask/")
    send_due()
    (question,) = carrier.bodies(CORA_NUMBER)
    assert question.split("?")[0] in shown
    post_inbound(body="YES")
    send_due()
    assert "textarea" in desk.get(page).content.decode()
    desk.post(f"{page}send/", {"body": "Your car is ready", "purpose": "informational"})
    send_due()
    assert carrier.bodies(CORA_NUMBER)[-1].startswith("Your car is ready")


def test_locked_composer_says_why_and_offers_one_act(desk: Client, cora: PhoneNumber) -> None:
    conversation = conversations.conversation_for(cora)
    page = desk.get(f"/inbox/{conversation.public_id}/").content.decode()
    assert "Nobody has asked Cora for permission yet." in page
    assert page.count("Ask permission") == 1
    assert "<textarea" not in page


def test_empty_and_too_long_texts_are_refused_with_words(desk: Client, north: Dealership) -> None:
    conversation = talk("+17175550177")
    for body in ("", "   ", "x" * 1601):
        desk.post(f"/inbox/{conversation.public_id}/send/", {"body": body})
    assert not Message.objects.filter(direction="outbound").exists()


def test_refused_words_are_kept_where_there_is_no_script(desk: Client, north: Dealership) -> None:
    conversation = talk("+17175550177")
    words = {"body": "See you <at> five", "send_at": "2020-01-01T10:00"}
    answer = desk.post(f"/inbox/{conversation.public_id}/send/", words)
    assert answer.status_code == 422
    assert "See you &lt;at&gt; five</textarea>" in answer.content.decode()
    assert "This time has passed." in answer.content.decode()


def test_undo_takes_a_text_back(desk: Client, north: Dealership, settings: Any) -> None:
    settings.UNDO_SECONDS = 5
    conversation = talk("+17175550177")
    desk.post(f"/inbox/{conversation.public_id}/send/", {"body": "Yes it is"})
    message = Message.objects.get(direction="outbound")
    desk.post(reverse("messaging:cancel", args=[message.public_id]))
    message.refresh_from_db()
    conversation.refresh_from_db()
    assert message.status == Message.Status.CANCELED
    assert conversation.owed_since is not None


def test_a_stranger_sees_nothing_and_gets_404(stan: User, cora: PhoneNumber) -> None:
    conversation = conversations.conversation_for(cora)
    client = Client()
    client.force_login(stan, backend="allauth.account.auth_backends.AuthenticationBackend")
    for url in ("/inbox/", "/consent/"):
        assert b"Miller" not in client.post(url, {"q": "Cora"}, follow=True).content
    for url in (
        f"/inbox/{conversation.public_id}/",
        f"/inbox/{conversation.public_id}/ask/",
        f"/consent/{cora.contact.public_id}/",
    ):
        assert client.get(url).status_code == 404, url
    for url in ("send/", "ask/", "assign/", "close/"):
        assert client.post(f"/inbox/{conversation.public_id}/{url}").status_code == 404, url
    for url in ("basis/", "revoke/", "resolve/"):
        assert client.post(f"/consent/{cora.contact.public_id}/{url}").status_code == 404, url


def test_off_channel_stop_holds_at_once(desk: Client, north: Dealership, sal: User) -> None:
    conversation = talk("+17175550177")
    contact = conversation.contact
    desk.post(f"/consent/{contact.public_id}/revoke/", {"how": "in_person", "words": "no texts"})
    refused = outbound.compose(
        conversation,
        body="hello",
        purpose="conversational",  # type: ignore[arg-type]  # as a form gives it
        acting_user=sal,
    )
    assert refused.failure == "revoked"
    assert ConsentEvent.objects.filter(kind="REVOKED").count() == 1


def test_only_managers_decide_on_a_possible_opt_out(
    desk: Client, north: Dealership, mona: User
) -> None:
    conversation = talk("+17175550177")
    talk("+17175550177", "too many texts")
    contact = conversation.contact
    body = {"opted_out": "no", "reason": "meant the ads on TV"}
    assert desk.post(f"/consent/{contact.public_id}/resolve/", body).status_code == 403
    boss = Client()
    boss.force_login(mona, backend="allauth.account.auth_backends.AuthenticationBackend")
    boss.post(f"/consent/{contact.public_id}/resolve/", {"opted_out": "no", "reason": ""})
    assert not ConsentEvent.objects.filter(kind="PAUSE_LIFTED").exists()
    page = boss.get(f"/inbox/{conversation.public_id}/").content.decode()
    seen = re.findall(r'name="seen" value="([0-9]+)"', page)
    assert len(seen) == 1
    talk("+17175550177", "I mean it, so many texts")
    again = boss.post(f"/consent/{contact.public_id}/resolve/", {**body, "seen": seen[0]})
    assert not ConsentEvent.objects.filter(kind="PAUSE_LIFTED").exists()  # there is one more now
    assert again.status_code == 422
    page = again.content.decode()
    assert "They wrote again since" in page
    assert 'value="meant the ads on TV"' in page
    assert "too many texts<br>I mean it" in page
    seen = re.findall(r'name="seen" value="([0-9]+)"', page)
    boss.post(f"/consent/{contact.public_id}/resolve/", {**body, "seen": seen[0]})
    assert ConsentEvent.objects.filter(kind="PAUSE_LIFTED").exists()


def test_new_customer_form_keeps_input_and_names_the_mistake(
    desk: Client, north: Dealership, cora: PhoneNumber
) -> None:
    fields = {"dealership": str(north.public_id), "name": "=cmd()", "basis": "walk_in"}
    answer = desk.post("/consent/new/", {**fields, "number": "12"})
    assert answer.status_code == 422
    assert b"=cmd()" in answer.content
    answer = desk.post("/consent/new/", {**fields, "number": CORA_NUMBER})
    assert b"customer already" in answer.content
    answer = desk.post("/consent/new/", {**fields, "number": "(717) 555-0188"})
    assert answer.status_code == 302
    assert make_contact(north, number="+17175550189").contact.name == "Cora Miller"


def test_the_same_press_posted_twice_is_one_text(
    desk: Client, north: Dealership, carrier: Carrier
) -> None:
    conversation = talk(CORA_NUMBER)
    url = reverse("messaging:send", args=[conversation.public_id])
    page = desk.get(reverse("messaging:conversation", args=[conversation.public_id]))
    press = page.context["composer"].press
    for body in ("Yes it is", "Yes it is", "Come and see it"):
        assert desk.post(url, {"body": body, "press": press}).status_code == 302
    send_due()
    sent = carrier.bodies(CORA_NUMBER)
    assert (sent.count("Yes it is"), sent.count("Come and see it")) == (1, 1)


def test_eight_connections_posting_one_press_store_one_text(
    desk: Client, north: Dealership, sal: User
) -> None:
    conversation = talk(CORA_NUMBER)
    press = uuid.uuid4()

    def send() -> int:
        try:
            return outbound.compose(
                conversation,
                body="Yes it is",
                purpose=Purpose.CONVERSATIONAL,
                acting_user=sal,
                press=press,
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        stored = {job.result() for job in [pool.submit(send) for _ in range(8)]}
    assert len(stored) == Message.objects.filter(direction="outbound").count() == 1


@pytest.mark.parametrize("url", ["/inbox/", "/consent/"])
@pytest.mark.parametrize("words", ["Cora Mil", "717555", "0142"])
def test_words_to_search_for_stay_out_of_the_address(
    desk: Client, cora: PhoneNumber, north: Dealership, url: str, words: str
) -> None:
    conversations.conversation_for(cora)
    conversations.conversation_for(make_contact(north, number="+12155550199", name="Dora Hill"))
    gone = desk.post(url, {"q": words})
    assert gone.status_code == 302
    assert re.fullmatch(rf"{url}\?found=[\w-]{{8}}", gone["Location"])
    for _ in range(2):  # going back to it finds it again
        page = desk.get(gone["Location"]).content.decode()
        assert "Cora Miller" in page
        assert "Dora Hill" not in page
        assert f'value="{words}"' in page
    again = desk.post(url, {"q": words}, headers={"HX-Request": "true"}, follow=True)
    assert again.redirect_chain == [(gone["Location"], 302)]
    assert desk.post(url, {"q": " "})["Location"] == url
    assert "Dora Hill" in desk.get(f"{url}?found=somebodys").content.decode()


def test_a_search_pages_and_offers_what_it_did_not_find_as_a_customer(
    desk: Client, north: Dealership
) -> None:
    for each in range(30):
        conversations.conversation_for(
            make_contact(north, number=f"+1215555{each:04d}", name=f"Zoe {each}")
        )
    for url, more in (("/inbox/", "after"), ("/consent/", "before")):
        page = desk.post(url, {"q": "Zoe"}, follow=True).content.decode()
        (link,) = re.findall(rf'href="({url}[^"]*{more}=[^"]+)"', page)
        assert "Zoe" not in link
        second = desk.get(link.replace("&amp;", "&")).content.decode()
        assert "Zoe" in second
        none = desk.post(url, {"q": "484-555-0133"}, follow=True).content.decode()
        (link,) = re.findall(r'href="(/consent/new/\?found=[^"]+)"', none)
        assert 'value="484-555-0133"' in desk.get(link).content.decode()


def test_search_finds_names_numbers_and_words_of_texts(desk: Client, north: Dealership) -> None:
    make_contact(north, number="+17175550143", name="Nora Quill")
    post_inbound(from_="+17175550143", body="Has the roof rack for the Tundra come in?")
    post_inbound(from_="+17175550144", body="Hello")

    page = desk.post("/inbox/", {"q": "roof tundra"}, follow=True).content.decode()
    assert "Nora Quill" in page
    assert "717-555-0144" not in page
    page = desk.post("/inbox/", {"q": "quil"}, follow=True).content.decode()
    assert "Nora Quill" in page
    page = desk.post("/inbox/", {"q": "555-0144"}, follow=True).content.decode()
    assert "Nora Quill" not in page
    page = desk.post("/inbox/", {"q": "roof submarine"}, follow=True).content.decode()
    assert "Nora Quill" not in page


@pytest.mark.parametrize("count", [1, 20])
def test_search_costs_the_same_queries_for_one_and_twenty(
    desk: Client, north: Dealership, django_assert_num_queries: Any, count: int
) -> None:
    for n in range(count):
        post_inbound(from_=f"+1717555{n:04d}", body="Is the Tundra there?")
    address = desk.post("/inbox/", {"q": "tundra"}).headers["Location"]
    desk.get(address)
    with django_assert_num_queries(11):
        assert desk.get(address).status_code == 200


def test_search_stays_in_the_persons_dealerships(
    stan: User, north: Dealership, signed_in: Any
) -> None:
    post_inbound(body="Is the Tundra there?")
    page = signed_in(stan).post("/inbox/", {"q": "tundra"}, follow=True).content.decode()
    assert "Tundra there" not in page
