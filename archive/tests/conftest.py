"""Conversations with something in them, stored as messaging stores them."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.clock import now
from accounts.models import Dealership, User
from archive import sealing
from archive.exports import build, request_export
from archive.models import Export, Transcript
from consent import gate, opt_in
from consent.decision import Purpose
from consent.models import PhoneNumber
from messaging import conversations
from messaging.models import Conversation, Message
from messaging.traffic import traffic_for

_sids = itertools.count(1)


def add_inbound(
    conversation: Conversation, body: str, *, at: datetime | None = None, owed: bool = True
) -> Message:
    """Store one text of the customer."""
    message = Message.objects.create(
        dealership=conversation.dealership,
        conversation=conversation,
        direction=Message.Direction.INBOUND,
        status=Message.Status.RECEIVED,
        body=body,
        carrier_sid=f"SM{next(_sids):032x}",
        created_at=at or now(),
        classification={"kind": "none", "reason": "", "language": "en", "owed": owed},
    )
    conversation.refresh_from_db()
    conversations.note_text(conversation, message)
    return message


def add_outbound(
    conversation: Conversation,
    body: str,
    *,
    author: User | None,
    at: datetime | None = None,
    status: str = "delivered",
    purpose: Purpose = Purpose.CONVERSATIONAL,
) -> Message:
    """Store one text of the dealership with the gate's answer to it."""
    moment = at or now()
    message = Message.objects.create(
        dealership=conversation.dealership,
        conversation=conversation,
        direction=Message.Direction.OUTBOUND,
        purpose=purpose,
        status=status,
        author=author,
        body=body,
        appended="Fitzgerald Auto Mall",
        decision=gate.ask(
            conversation.phone,
            purpose=purpose,
            traffic=traffic_for(conversation, at=moment),
            at=moment,
        ),
        carrier_sid=f"SM{next(_sids):032x}",
        created_at=moment,
        claimed_at=moment,
        sent_at=moment,
    )
    conversation.refresh_from_db()
    if status != "refused":
        conversations.note_text(conversation, message)
    return message


def make_closed(
    phone: PhoneNumber, author: User, *, words: str = "Is the Civic still there? 🚗", ago: int = 60
) -> Conversation:
    """Store a closed conversation of two texts; the customer wrote first, `ago` minutes back."""
    conversation = conversations.conversation_for(phone)
    at = now() - timedelta(minutes=ago)
    opt_in.customer_texted(phone, words=words, received_at=at, evidence={})
    add_inbound(conversation, words, at=at)
    add_outbound(conversation, "Yes, come by today.", author=author, at=at + timedelta(minutes=5))
    conversations.close(conversation, acting_user=author)
    conversation.refresh_from_db()
    return conversation


def make_transcript(phone: PhoneNumber, author: User, **details: Any) -> Transcript:
    """Store and seal a closed conversation."""
    conversation = make_closed(phone, author, **details)
    assert sealing.seal(conversation.pk) is sealing.Outcome.SEALED
    return Transcript.objects.filter(conversation=conversation).latest("pk")


@pytest.fixture
def closed(cora: PhoneNumber, sal: User) -> Conversation:
    return make_closed(cora, sal)


@pytest.fixture
def transcript(cora: PhoneNumber, sal: User) -> Transcript:
    return make_transcript(cora, sal)


@pytest.fixture
def with_crm(north: Dealership) -> Dealership:
    north.crm_addresses = "crm@dealer.example"
    north.save()
    return north


@pytest.fixture
def shelf(tmp_path: Path, settings: Any) -> Path:
    """Keep stored files in a folder of this test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media")},
        },
    }
    return tmp_path


def built(dealership: Dealership, user: User, **days: Any) -> Export:
    """Return a complete export."""
    export = request_export(dealership, acting_user=user, **days)
    assert build(export.pk) == "complete"
    export.refresh_from_db()
    return export
