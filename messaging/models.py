"""Conversations, messages, and what the carrier told us about them."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from accounts.clock import now
from accounts.models import CarrierNumber, Dealership, User
from consent.decision import Purpose
from consent.models import ConsentEvent, Contact, Decision, PhoneNumber


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Reads of conversations."""

    def visible_to(self, user: User) -> ConversationQuerySet:
        """Return the conversations of the dealerships where this person works."""
        return self.filter(dealership__in=Dealership.objects.visible_to(user))

    def open(self) -> ConversationQuerySet:
        """Return the conversations that have not ended."""
        return self.filter(status=Conversation.Status.OPEN)

    def owed(self) -> ConversationQuerySet:
        """Return those where a customer waits, the longest wait first."""
        return self.open().filter(owed_since__isnull=False).order_by("owed_since", "pk")


class Conversation(models.Model):
    """One customer's number and one number of the dealership. Written by inbound and outbound.

    `status`: OPEN → CLOSED (by staff, or idle) → OPEN again on the customer's next text.
    `owed_since` is when the customer began to wait for an answer; empty when nobody waits.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(
        Dealership, on_delete=models.PROTECT, related_name="conversations"
    )
    number = models.ForeignKey(
        CarrierNumber, on_delete=models.PROTECT, related_name="conversations"
    )
    phone = models.ForeignKey(PhoneNumber, on_delete=models.PROTECT, related_name="conversations")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="conversations")
    assigned_to = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="conversations"
    )
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    owed_since = models.DateTimeField(null=True, blank=True)
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    last_outbound_at = models.DateTimeField(null=True, blank=True)
    last_message_at = models.DateTimeField(default=now)
    last_text = models.CharField(max_length=160, blank=True)
    last_direction = models.CharField(max_length=8, blank=True)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField(default=now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-last_message_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["number", "phone"], name="one_conversation_per_pair")
        ]
        indexes = [
            models.Index(fields=["dealership", "-last_message_at", "-id"], name="conv_recent"),
            models.Index(
                fields=["dealership", "owed_since", "id"],
                name="conv_owed",
                condition=Q(status="open", owed_since__isnull=False),
            ),
            models.Index(fields=["last_message_at"], name="conv_idle", condition=Q(status="open")),
        ]

    @override
    def __str__(self) -> str:
        return f"conversation {self.public_id}"


class MessageQuerySet(models.QuerySet["Message"]):
    """Reads of messages."""

    def visible_to(self, user: User) -> MessageQuerySet:
        """Return the messages of the dealerships where this person works."""
        return self.filter(dealership__in=Dealership.objects.visible_to(user))

    def due(self, at: datetime) -> MessageQuerySet:
        """Return the outgoing messages that wait and whose time has come."""
        return self.filter(
            status__in=[Message.Status.QUEUED, Message.Status.HELD], not_before__lte=at
        ).order_by("not_before", "pk")


class Message(models.Model):
    """One text, in or out. `status` is written by outbound and delivery alone, forward only.

    compose ─┬─ REFUSED (the gate said no, then or at the moment of sending)
             └─ QUEUED ⇄ HELD (undo hold, schedule or quiet hours: `not_before`)
                  ├─ CANCELED (undone before the claim)
                  └─ SENDING (claimed) ─┬─ SENT ─┬─ DELIVERED
                         │              │        └─ UNDELIVERED (→ DELIVERED)
                         │              ├─ FAILED (the carrier refused it, coded)
                         │              └─ UNKNOWN (the carrier may have it) ─ reconcile → SENT …
                         └─ QUEUED again, only while no call has begun, or no connection, or a 429
    in: RECEIVED
    """

    class Direction(models.TextChoices):
        INBOUND = "inbound", _("from the customer")
        OUTBOUND = "outbound", _("to the customer")

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        QUEUED = "queued", _("Queued")
        HELD = "held", _("Scheduled")
        SENDING = "sending", _("Sending")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        UNDELIVERED = "undelivered", _("Not delivered")
        FAILED = "failed", _("Failed")
        REFUSED = "refused", _("Refused")
        UNKNOWN = "unknown", _("Not known if sent")
        CANCELED = "canceled", _("Canceled")

    PENDING = frozenset({Status.QUEUED, Status.HELD})
    #: May have reached the customer: what "the last text we sent" looks at.
    OUT = frozenset(
        {Status.SENDING, Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.UNKNOWN}
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="messages")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="messages"
    )
    direction = models.CharField(max_length=8, choices=Direction.choices)
    purpose = models.CharField(
        max_length=24, choices=[(p.value, p.value) for p in Purpose], blank=True
    )
    status = models.CharField(max_length=12, choices=Status.choices)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    caused_by = models.ForeignKey(
        ConsentEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    in_reply_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    #: Names one press of "Send": the same press posted twice is one text.
    press = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=now)

    # message content
    body = models.TextField(blank=True)
    appended = models.TextField(
        blank=True, help_text=_("Identification and opt-out words the law wants after the body.")
    )
    segments = models.PositiveSmallIntegerField(default=1)
    classification = models.JSONField(null=True, blank=True)  # inbound only: kind, reason, language

    # sending (outgoing only)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    not_before = models.DateTimeField(null=True, blank=True)
    scheduled = models.BooleanField(default=False)  # a person chose the time
    claim_token = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    call_started_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    carrier_sid = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - unique
    carrier_status = models.CharField(max_length=24, blank=True)
    failure = models.CharField(max_length=32, blank=True)  # coded: messaging.failures
    carrier_error = models.CharField(max_length=12, blank=True)  # the carrier's own code

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["carrier_sid"],
                name="one_message_per_sid",
                condition=Q(carrier_sid__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["author", "press"],
                name="one_text_per_press",
                condition=Q(press__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["caused_by", "purpose"],
                name="one_text_per_entry_and_purpose",
                condition=Q(caused_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["in_reply_to", "purpose"],
                name="one_automatic_answer_per_text",
                condition=Q(in_reply_to__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "-id"], name="message_thread"),
            GinIndex(SearchVector("body", config="simple"), name="message_words"),
            models.Index(
                fields=["not_before"],
                name="message_due",
                condition=Q(status__in=["queued", "held"]),
            ),
            models.Index(
                fields=["claimed_at"],
                name="message_unsettled",
                condition=Q(status__in=["sending", "unknown"]),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"message {self.public_id}"

    @property
    def full_text(self) -> str:
        """What the handset shows: the body, then what the law wants after it."""
        return f"{self.body}\n{self.appended}" if self.appended else self.body


class Attachment(models.Model):
    """One picture or file of a text. Written by inbound (PENDING) and media (the rest)."""

    class Status(models.TextChoices):
        PENDING = "pending", _("being fetched")
        STORED = "stored", _("stored")
        REFUSED = "refused", _("refused")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    source_url = models.URLField(max_length=500, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size_bytes = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.FileField(upload_to="attachments/%Y/%m/", blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    reason = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["message", "position"]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="one_attachment_per_place")
        ]

    @override
    def __str__(self) -> str:
        return f"attachment {self.public_id}"


class WebhookReceipt(models.Model):
    """One signed request of the carrier, raw, as it came. Written by inbound and delivery, once.

    An inbound text is unique on its SID. What could not be routed to a dealership keeps its place
    here with `routed` off.
    """

    kind = models.CharField(max_length=12)
    sid = models.CharField(max_length=64)
    status = models.CharField(max_length=24, blank=True)
    params = models.JSONField()
    routed = models.BooleanField(default=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sid", "kind", "status"], name="one_receipt_per_event")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DeliveryEvent(models.Model):
    """One status callback. Unique on SID and status; may come before our own commit of the SID."""

    sid = models.CharField(max_length=64)
    status = models.CharField(max_length=24)
    error_code = models.CharField(max_length=12, blank=True)
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="delivery_events"
    )
    hinted_message = models.UUIDField(null=True, blank=True)  # ?m= of the callback's URL
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sid", "status"], name="one_event_per_status")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.status} {self.pk}"


class TurnedAway(models.Model):
    """How many sign-ups of a day a dealership's public page turned away, its limit being used up.

    Nothing is kept of who they were. `on`: the day in the dealership's zone. Written by joining.
    """

    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "turned away"
        constraints = [
            models.UniqueConstraint(fields=["dealership", "on"], name="one_count_of_a_day")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.count} on {self.on}"
