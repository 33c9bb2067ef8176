"""Rows → TranscriptDocument: everything that one closed episode of a conversation rests on."""

from __future__ import annotations

import json
import uuid
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from archive.document import (
    Customer,
    Entry,
    File,
    Line,
    LocalTime,
    Permission,
    Reason,
    Report,
    Ruling,
    Seller,
    TranscriptDocument,
)
from consent import ledger
from consent.models import Decision, Evidence, PhoneNumber
from consent.projection import effective
from messaging import failures
from messaging.models import Attachment, Conversation, DeliveryEvent, Message

#: What never was on its way to anybody: kept in a transcript, no reason to make one.
NOT_SAID = frozenset({Message.Status.REFUSED, Message.Status.CANCELED})


def unsealed_messages(conversation: Conversation) -> QuerySet[Message]:
    """Return the conversation's texts that no transcript holds, in the order of their storing."""
    return Message.objects.filter(conversation=conversation, seal=None).order_by("pk")


def take(
    conversation: Conversation, *, public_id: uuid.UUID, part: int, sealed_at: datetime
) -> TranscriptDocument:
    """Return the closed conversation's texts since its last transcript as a document.

    The number of queries does not depend on how many texts there are. Raises ValueError for a
    conversation that is open.
    """
    if conversation.closed_at is None:
        raise ValueError("an open conversation has no transcript")
    phone = PhoneNumber.objects.select_related("contact", "dealership", "state").get(
        pk=conversation.phone_id
    )
    return TranscriptDocument(
        id=str(public_id),
        conversation=str(conversation.public_id),
        part=part,
        opened_at=conversation.opened_at,
        closed_at=conversation.closed_at,
        closed_by=conversation.closed_by.name if conversation.closed_by else "",
        sealed_at=sealed_at,
        assigned_to=conversation.assigned_to.name if conversation.assigned_to else "",
        our_number=conversation.number.number_e164,
        seller=_seller(phone),
        customer=_customer(phone),
        permission=_permission(phone, sealed_at),
        messages=tuple(_line(message) for message in _full(unsealed_messages(conversation))),
        entries=_entries(phone),
    )


def _seller(phone: PhoneNumber) -> Seller:
    dealership = phone.dealership
    return Seller(
        id=str(dealership.public_id),
        name=dealership.name,
        street=dealership.street,
        city=dealership.city,
        region=dealership.region,
        postal_code=dealership.postal_code,
        country=dealership.country,
        timezone=dealership.timezone,
        care_phone=dealership.care_phone,
    )


def _customer(phone: PhoneNumber) -> Customer:
    contact = phone.contact
    return Customer(
        id=str(contact.public_id),
        name=contact.name,
        number=phone.number_e164,
        language=contact.language,
        vehicle=contact.vehicle,
        stock_number=contact.stock_number,
    )


def _permission(phone: PhoneNumber, at: datetime) -> Permission:
    state = effective(ledger.state_of(getattr(phone, "state", None)), at=at, country=phone.country)
    return Permission(status=state.status.value, level=state.level.value, basis=state.basis)


def _full(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.select_related("author", "decision", "caused_by").prefetch_related(
        "attachments", Prefetch("delivery_events", DeliveryEvent.objects.order_by("pk"))
    )


def _line(message: Message) -> Line:
    read = message.classification or {}
    return Line(
        id=str(message.public_id),
        direction=message.direction,
        at=message.created_at,
        author=message.author.name if message.author else "",
        purpose=message.purpose,
        body=message.body,
        appended=message.appended,
        segments=message.segments,
        status=message.status,
        failure=message.failure,
        failure_text=failures.describe(message.failure),
        sent_at=message.sent_at,
        carrier_sid=message.carrier_sid or "",
        carrier_status=message.carrier_status,
        carrier_error=message.carrier_error,
        read_as=str(read.get("kind") or ""),
        read_why=str(read.get("reason") or ""),
        language=str(read.get("language") or ""),
        because_of_entry=message.caused_by.index if message.caused_by else None,
        ruling=ruling_of(message.decision) if message.decision else None,
        files=tuple(_file(attachment) for attachment in message.attachments.all()),
        reports=tuple(
            Report(event.status, event.error_code, event.received_at)
            for event in message.delivery_events.all()
        ),
    )


def ruling_of(decision: Decision) -> Ruling:
    """Return a stored decision as the document holds it."""
    return Ruling(
        id=str(decision.public_id),
        outcome=decision.outcome,
        reasons=tuple(
            Reason(str(r.get("code", "")), str(r.get("text", "")), str(r.get("rule", "")))
            for r in decision.reasons
        ),
        rules=tuple(str(rule) for rule in decision.rules),
        rule_pack=decision.rule_pack,
        local_times=tuple(
            LocalTime(str(t.get("zone", "")), str(t.get("time", ""))) for t in decision.local_times
        ),
        not_before=decision.not_before,
        ledger_size=decision.ledger_size,
        decided_at=decision.decided_at,
    )


def _file(attachment: Attachment) -> File:
    return File(
        position=attachment.position,
        content_type=attachment.content_type,
        size_bytes=attachment.size_bytes,
        sha256=attachment.sha256,
        status=attachment.reason or attachment.status,
    )


def _entries(phone: PhoneNumber) -> tuple[Entry, ...]:
    events = list(ledger.entries_of(phone).select_related("evidence"))
    actors = {str(json.loads(event.body).get("actor") or "") for event in events} - {""}
    names = {
        str(public_id): name
        for public_id, name in User.objects.filter(public_id__in=actors).values_list(
            "public_id", "name"
        )
    }
    entries = []
    for event in events:
        evidence: Evidence | None = getattr(event, "evidence", None)
        entries.append(
            Entry(
                index=event.index,
                kind=event.kind,
                recorded_at=event.recorded_at,
                received_at=event.received_at,
                actor=names.get(str(json.loads(event.body).get("actor") or ""), ""),
                leaf_hash=event.leaf_hash,
                body=event.body,
                salt=evidence.salt if evidence else "",
                evidence=evidence.data if evidence else {},
            )
        )
    return tuple(entries)
