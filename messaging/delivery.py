"""What becomes of a sent text: settled claims, status callbacks, coded failures. Forward only."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime

from django.db import transaction

from accounts.clock import now
from consent import lines, opt_in, revocation, suppressions
from consent.decision import Purpose
from consent.kinds import Kind
from consent.lines import LineType
from consent.models import PhoneNumber
from messaging import conversations, failures, wake
from messaging.models import Conversation, DeliveryEvent, Message
from messaging.outbound import ask_after_first_answer

logger = logging.getLogger(__name__)
S = Message.Status
# Law §4.4: never back; never from one end to another, but undelivered → delivered.
RANK = {
    "accepted": 0,
    "scheduled": 0,
    "queued": 1,
    "sending": 2,
    "sent": 3,
    "delivered": 4,
    "undelivered": 4,
    "failed": 4,
    "canceled": 4,
    "read": 5,
}
_OURS = {
    "delivered": S.DELIVERED,
    "read": S.DELIVERED,
    "undelivered": S.UNDELIVERED,
    "failed": S.FAILED,
    "canceled": S.FAILED,
}
_ENDS_BADLY = frozenset({"undelivered", "failed", "canceled"})


def record_status(
    *,
    sid: str,
    status: str,
    error_code: str,
    hinted: uuid.UUID | None,
    received_at: datetime,
    account_sid: str | None = None,
) -> DeliveryEvent | None:
    """Store one status callback once, and move its message on if it is known already.

    A callback that comes before our own commit of the SID is kept: the hint of its URL lets it
    settle the message, or `became_sent` picks it up later. `account_sid`: the carrier account that
    signed it, which moves its own dealerships' messages alone. Returns None for one seen before.
    """
    with transaction.atomic():
        event, is_new = DeliveryEvent.objects.get_or_create(
            sid=sid,
            status=status,
            defaults={
                "error_code": error_code,
                "hinted_message": hinted,
                "received_at": received_at,
            },
        )
        if not is_new:
            return None
        message = _message_of(sid, hinted)
        if message is not None and account_sid not in {None, message.dealership.account_sid}:
            message = None
        if message is not None:
            _lock_number(message.conversation)
            message = Message.objects.select_for_update().get(pk=message.pk)
            if message.carrier_sid is None:
                became_sent(message, sid=sid, carrier_status="")
            else:
                apply_events(message)
    return event


def _message_of(sid: str, hinted: uuid.UUID | None) -> Message | None:
    known = Message.objects.select_related("conversation__phone__dealership", "dealership")
    message = known.filter(carrier_sid=sid).first()
    if message is None and hinted is not None:
        message = known.filter(
            public_id=hinted,
            carrier_sid=None,
            status__in=[S.SENDING, S.UNKNOWN],
            call_started_at__isnull=False,
        ).first()
    return message


def _lock_number(conversation: Conversation) -> None:
    phone = conversation.phone
    suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)


def became_sent(message: Message, *, sid: str, carrier_status: str) -> None:
    """Settle a claimed message as SENT under its SID, then apply what was kept for that SID.

    The caller holds the number's lock and the message's. Nothing happens unless the message is
    SENDING or UNKNOWN.
    """
    if message.status not in {S.SENDING, S.UNKNOWN} or message.carrier_sid is not None:
        return
    message.carrier_sid = sid
    message.status = S.SENT
    message.sent_at = message.call_started_at or now()
    message.carrier_status = carrier_status if carrier_status in RANK else ""
    message.failure = ""
    message.save(update_fields=["carrier_sid", "status", "sent_at", "carrier_status", "failure"])
    Conversation.objects.filter(pk=message.conversation_id).update(
        last_outbound_at=message.sent_at, updated_at=now()
    )
    ask_after_first_answer(message)
    apply_events(message)
    _settled(message)


def apply_events(message: Message) -> None:
    """Move a sent message on to the furthest status that the carrier told, under its locks."""
    events = list(DeliveryEvent.objects.filter(sid=message.carrier_sid).order_by("pk"))
    DeliveryEvent.objects.filter(sid=message.carrier_sid, message=None).update(message=message)
    before = message.status
    for event in sorted(events, key=lambda e: (RANK.get(e.status, -1), e.pk)):
        _advance(message, event)
    if message.status != before:
        wake.screens(message.dealership_id, "message", message.public_id)


def _advance(message: Message, event: DeliveryEvent) -> None:
    rank = RANK.get(event.status)
    if rank is None:
        return
    held = RANK.get(message.carrier_status, -1)
    late_receipt = message.carrier_status == "undelivered" and event.status == "delivered"
    if rank <= held and not late_receipt:
        return
    message.carrier_status = event.status
    fields = ["carrier_status"]
    ours = _OURS.get(event.status)
    if ours is not None and message.status in {S.SENT, S.UNDELIVERED}:
        message.status = ours
        message.carrier_error = event.error_code if event.status in _ENDS_BADLY else ""
        message.failure = (
            failures.of_carrier(event.error_code).code if event.status in _ENDS_BADLY else ""
        )
        fields += ["status", "carrier_error", "failure"]
    message.save(update_fields=fields)
    if event.status in _ENDS_BADLY:
        consequences(message, event.error_code)


def became_failed(message: Message, *, carrier_code: str) -> None:
    """Settle a claimed message as FAILED: the carrier said no. The caller holds the locks."""
    message.status = S.FAILED
    message.failure = failures.of_carrier(carrier_code).code
    message.carrier_error = carrier_code
    message.save(update_fields=["status", "failure", "carrier_error"])
    consequences(message, carrier_code)
    _settled(message)


def consequences(message: Message, carrier_code: str) -> None:
    """Draw what a carrier's error says about the number. The caller holds the number's lock.

    21610 becomes a suppression with its true source, never "the customer said STOP" (law §4.6).
    """
    phone = PhoneNumber.objects.select_related("dealership__group", "contact").get(
        pk=message.conversation.phone_id
    )
    if carrier_code in failures.LANDLINE_CODES | failures.INVALID_CODES:
        landline = carrier_code in failures.LANDLINE_CODES
        line_type = LineType.LANDLINE if landline else LineType.INVALID
        lines.mark(phone, line_type, why=f"carrier error {carrier_code}")
    if carrier_code in failures.BLOCKED_CODES:
        revocation.revoke(
            phone,
            how="carrier",
            words="",
            acting_user=None,
            reason=f"carrier_{carrier_code}",
            evidence={"source": "carrier_or_platform", "carrier_code": carrier_code},
            kind=Kind.CARRIER_BLOCKED,
        )
    else:
        question_unsent(message)
    conversations.set_owed(message.conversation)


def question_unsent(message: Message) -> None:
    """Give the basis back where the permission question never reached the customer.

    The caller holds the number's lock.
    """
    if message.purpose == Purpose.PERMISSION_REQUEST and message.caused_by is not None:
        opt_in.request_failed(
            message.conversation.phone,
            request_index=message.caused_by.index,
            reason=message.failure,
        )


def _settled(message: Message) -> None:
    wake.screens(message.dealership_id, "message", message.public_id)
    conversation = message.conversation
    conversation.refresh_from_db(fields=["status"])
    if conversation.status == Conversation.Status.CLOSED:
        conversations.finish_close(conversation)
