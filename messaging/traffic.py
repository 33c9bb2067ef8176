"""What messaging knows of a number, as the value that the gate wants."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from consent import rules
from consent.answers import Asked, asked_in
from consent.decision import Purpose, Traffic
from messaging.models import Conversation, Message

#: More of the customer's texts than these do not change what they ask for.
_TEXTS_READ = 20
#: Why a text of the customer is none to us: a gesture, or a machine's.
GESTURES = ("tapback", "auto_reply")
_ANSWERS = {Purpose.STOP_CONFIRMATION: "opt_out", Purpose.HELP_REPLY: "help"}


def traffic_for(
    conversation: Conversation, *, at: datetime, message: Message | None = None
) -> Traffic:
    """Return the rolling counts of one number, and what `message` answers. Two queries at most."""
    since = at - timedelta(hours=rules.SOLICITATIONS_WINDOW_HOURS)
    of_number = Message.objects.filter(conversation__phone=conversation.phone_id)
    said = Q(direction=Message.Direction.INBOUND, created_at__gt=since)
    recent = of_number.filter(said | Q(claimed_at__gt=since)).aggregate(
        solicitations=Count("pk", filter=Q(purpose=Purpose.PROMOTIONAL, status__in=Message.OUT)),
        said=Max("created_at", filter=said & ~Q(classification__reason__in=GESTURES)),
    )
    sent = of_number.filter(direction=Message.Direction.OUTBOUND, status__in=Message.OUT)
    last_inbound_at = Conversation.objects.filter(phone=conversation.phone_id).aggregate(
        last=Max("last_inbound_at")
    )["last"]
    answers = _ANSWERS.get(Purpose(message.purpose), "") if message else ""
    answered_at = confirmations = None
    if message and answers and message.in_reply_to:
        answered_at = message.in_reply_to.created_at
        confirmations = (
            sent.filter(purpose=Purpose.STOP_CONFIRMATION, created_at__gte=answered_at)
            .exclude(pk=message.pk)
            .count()
        )
    return Traffic(
        last_inbound_at=last_inbound_at,
        last_said_at=recent["said"],
        answers=answers,
        answered_at=answered_at,
        stop_confirmations=confirmations or 0,
        solicitations_24h=recent["solicitations"],
    )


def asked_lately(conversation: Conversation, *, at: datetime) -> Asked:
    """Return what the customer's own texts ask for, in the exchange that is live at `at`. A query.

    Law: RULE-US-03; an exchange ends as in RULE-CT-01 (rules.CUSTOMER_INITIATED_DAYS).
    """
    since = at - timedelta(days=rules.CUSTOMER_INITIATED_DAYS)
    return asked_in(
        Message.objects.filter(
            conversation__phone=conversation.phone_id,
            direction=Message.Direction.INBOUND,
            created_at__gt=since,
        )
        .order_by("-created_at")
        .values_list("body", flat=True)[:_TEXTS_READ]
    )


def last_text_sent(conversation: Conversation) -> Message | None:
    """Return the last text from the dealership that may have reached this customer.

    YES counts only as an answer to it (design §5).
    """
    return (
        Message.objects.filter(
            conversation__phone=conversation.phone_id,
            direction=Message.Direction.OUTBOUND,
            status__in=Message.OUT,
        )
        .select_related("caused_by")
        .order_by("-claimed_at", "-pk")
        .first()
    )
