"""The ordinary text: one statement, the same rows as the long way, and nothing where it is not."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from accounts.clock import now
from accounts.models import Dealership
from conftest import CORA_NUMBER, NORTH_NUMBER, inbound_params, make_contact, post_inbound
from consent import ledger, revocation, suppressions
from consent.kinds import Kind, Status
from consent.models import ConsentEvent, ConsentState, PhoneNumber, Suppression
from messaging import inbound, ordinary
from messaging.models import Attachment, Conversation, Message, WebhookReceipt

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "Is the blue Tacoma still there?"


def confirm(phone: PhoneNumber) -> None:
    ledger.append(
        Kind.OPT_IN_CONFIRMED,
        dealership=phone.dealership,
        phone=phone,
        acting_user=None,
        terms={"level": "informational"},
    )


@pytest.fixture
def talk(cora: PhoneNumber) -> Conversation:
    """A customer who has texted before and said yes."""
    post_inbound(body=QUESTION)
    confirm(cora)
    return Conversation.objects.get()


def store(**other: Any) -> bool:
    """Offer one text to the one statement, past the reader of words."""
    given: dict[str, Any] = {
        "sid": f"SM{uuid.uuid4().hex}",
        "to": NORTH_NUMBER,
        "from_number": CORA_NUMBER,
        "account_sid": django_settings.TWILIO_ACCOUNT_SID,
        "body": QUESTION,
        "classification": {"owed": True},
        "params": {},
        "received_at": now(),
        **other,
    }
    return ordinary.store(**given)


def everything() -> list[int]:
    tables = (WebhookReceipt, Message, ConsentEvent, Conversation, PhoneNumber, Suppression)
    return [table.objects.count() for table in tables]


def test_an_ordinary_text_is_one_round_trip(talk: Conversation) -> None:
    assert post_inbound(body=QUESTION).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert post_inbound(body=QUESTION).status_code == 200
    assert len(asked) == 1, [query["sql"] for query in asked]
    assert Message.objects.count() == 3


def test_a_text_in_an_exchange_is_seven_round_trips(cora: PhoneNumber) -> None:
    """One that finds it is not ordinary, BEGIN, what is known, the text, head, entry, COMMIT."""
    post_inbound(body=QUESTION)
    with CaptureQueriesContext(connection) as asked:
        assert post_inbound(body=QUESTION).status_code == 200
    assert len(asked) == 7, [query["sql"] for query in asked]
    assert ConsentEvent.objects.filter(kind=Kind.CUSTOMER_TEXTED_AGAIN).count() == 1


def test_both_ways_write_the_same_rows(talk: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> list[dict[str, Any]]:
        talk.refresh_from_db()
        message = model_to_dict(Message.objects.latest("pk"))
        receipt = model_to_dict(WebhookReceipt.objects.latest("pk"))
        return [
            {key: value for key, value in row.items() if key not in own}
            for row, own in (
                (message, {"id", "created_at", "carrier_sid"}),
                (receipt, {"id", "sid", "received_at", "params"}),
                (model_to_dict(talk), {"last_message_at", "last_inbound_at", "updated_at"}),
            )
        ]

    close = {"status": "closed", "closed_at": now(), "owed_since": None}
    Conversation.objects.update(**close)
    post_inbound(body="Would 9:30 tomorrow do? 100%")
    quick = rows()
    monkeypatch.setattr(inbound, "_asks_nothing", lambda *_: False)
    owed_since, opened_at = talk.owed_since, talk.opened_at
    Conversation.objects.update(**close)
    post_inbound(body="Would 9:30 tomorrow do? 100%")
    slow = rows()
    assert talk.owed_since
    assert owed_since
    assert talk.owed_since > owed_since
    assert talk.opened_at > opened_at
    for row in (quick[2], slow[2]):
        assert row.pop("owed_since")
        assert row.pop("opened_at")
    assert quick == slow
    assert quick[2]["status"] == "open"


def test_a_late_text_moves_nothing_back_and_the_wait_keeps_its_beginning(
    talk: Conversation,
) -> None:
    talk.refresh_from_db()
    before = (talk.last_message_at, talk.last_inbound_at, talk.updated_at, talk.owed_since)
    assert store(received_at=now() - timedelta(hours=3))
    talk.refresh_from_db()
    after = (talk.last_message_at, talk.last_inbound_at, talk.updated_at, talk.owed_since)
    assert after == before


def test_the_same_text_twice_is_stored_once(talk: Conversation) -> None:
    for _ in range(2):
        assert post_inbound(body=QUESTION, sid="SM1").status_code == 200
    assert Message.objects.filter(carrier_sid="SM1").count() == 1
    assert not store(sid="SM1")


def test_eight_twins_at_the_same_instant_are_one_text(talk: Conversation) -> None:
    barrier, answers = threading.Barrier(8), []

    def post() -> None:
        try:
            barrier.wait(10)
            answers.append(post_inbound(body=QUESTION, sid="SM1").status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert answers == [200] * 8
    assert Message.objects.filter(carrier_sid="SM1").count() == 1


def test_a_text_waits_for_the_stop_that_holds_the_number(talk: Conversation) -> None:
    def post() -> None:
        try:
            post_inbound(body=QUESTION, sid="SM1")
        finally:
            connection.close()

    texting = threading.Thread(target=post)
    with transaction.atomic():
        row = suppressions.lock(group_id=talk.dealership.group_id, subject=talk.phone.subject)
        texting.start()
        texting.join(0.5)
        assert texting.is_alive()
        suppressions.suppress(row, source="test", at=now())
    texting.join(30)
    assert Message.objects.filter(carrier_sid="SM1").count() == 1


def ask_for_offers(phone: PhoneNumber) -> None:
    ledger.append(
        Kind.OPT_IN_REQUESTED,
        dealership=phone.dealership,
        phone=phone,
        acting_user=None,
        terms={"level": "promotional"},
    )


def stop(phone: PhoneNumber) -> None:
    revocation.revoke(
        phone, how="phone", words="Stop", acting_user=None, received_at=now(), reason="test"
    )


def suppress(phone: PhoneNumber) -> None:
    Suppression.objects.update(is_active=True)


def pause(phone: PhoneNumber) -> None:
    revocation.pause(phone, words="enough", received_at=now(), evidence={})


def own_account(phone: PhoneNumber) -> None:
    Dealership.objects.update(carrier_account_sid="ACother")


@pytest.mark.parametrize(
    "becomes", [ask_for_offers, stop, suppress, pause, own_account], ids=lambda f: f.__name__
)
def test_the_one_statement_writes_nothing_where_more_is_to_be_read(
    talk: Conversation, becomes: Callable[[PhoneNumber], None]
) -> None:
    assert store()
    becomes(talk.phone)
    before = everything()
    assert not store()
    assert everything() == before


def test_the_dealerships_keyword_is_not_ordinary(talk: Conversation) -> None:
    before = everything()
    assert not store(body=" Join! ")
    assert everything() == before
    assert store(body="May I join you?")


@pytest.mark.parametrize(
    "other",
    [
        {"to": "+17175550999"},
        {"from_number": "+17175550998"},
        {"from_number": "garbage"},
        {"account_sid": "ACother"},
        {"account_sid": ""},
    ],
)
def test_the_one_statement_writes_nothing_for_whom_it_does_not_know(
    talk: Conversation, other: dict[str, str]
) -> None:
    before = everything()
    assert not store(**other)
    assert everything() == before


def test_who_has_not_said_yes_is_not_ordinary(cora: PhoneNumber) -> None:
    post_inbound(body=QUESTION)
    assert ConsentState.objects.get().status == Status.CUSTOMER_INITIATED
    assert not store()


def test_a_number_without_a_conversation_or_a_lock_is_not_ordinary(
    talk: Conversation, south: Dealership
) -> None:
    here = make_contact(south, number="+17175550143")
    confirm(here)
    assert not store(to="+14165550110", from_number="+17175550143")
    Suppression.objects.all().delete()
    assert not store()
    assert post_inbound(body=QUESTION).status_code == 200  # the long way makes the row again
    assert store()


@pytest.mark.parametrize(
    ("body", "extra", "status"),
    [
        ("Stop", {}, Status.REVOKED),
        ("please quit texting me", {}, Status.REVOKED),
        (QUESTION, {"OptOutType": "STOP"}, Status.REVOKED),
        ("wrong number, this is not Cora", {}, Status.WRONG_NUMBER),
    ],
)
def test_a_stop_is_never_ordinary(
    talk: Conversation, body: str, extra: dict[str, str], status: Status
) -> None:
    post_inbound(body=body, **extra)
    assert ConsentState.objects.get().status == status


def test_media_help_and_a_found_text_go_the_long_way(talk: Conversation) -> None:
    media = {"NumMedia": "1", "MediaUrl0": "http://127.0.0.1:9/a", "MediaContentType0": "image/png"}
    post_inbound(body=QUESTION, **media)
    assert Attachment.objects.count() == 1
    post_inbound(body="HELP")
    assert Message.objects.filter(purpose="help_reply").count() == 1
    params = inbound_params(to=NORTH_NUMBER, from_=CORA_NUMBER, body=QUESTION, sid="SM1")
    found = inbound.Arrival(sid="SM1", to=NORTH_NUMBER, from_number=CORA_NUMBER, body=QUESTION)
    assert inbound.receive(found, params=params)
    assert not inbound.receive(found, params=params)


def test_words_keep_their_percent_signs_quotes_and_nuls(talk: Conversation) -> None:
    body = "100% sure? 'It''s' \\ %s %(body)s \u0000 \U0001f697"
    post_inbound(body=body)
    assert Message.objects.latest("pk").body == body.replace("\x00", "")


def test_a_new_column_has_its_default_by_either_way(talk: Conversation) -> None:
    """The columns of both statements come from the model: none is forgotten."""
    post_inbound(body=QUESTION)
    message = Message.objects.latest("pk")
    plain = Message()
    for field in Message._meta.concrete_fields:
        if field.name in {"attempts", "scheduled", "failure", "appended", "purpose", "author"}:
            assert getattr(message, field.attname) == getattr(plain, field.attname)
    assert isinstance(message.created_at, datetime)
