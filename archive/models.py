"""Sealed transcripts with their files and reviews, their way to the CRM, and exports."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from accounts.access import ADMINS, MANAGERS
from accounts.clock import now
from accounts.models import Dealership, User
from messaging.models import Conversation, Message


class TranscriptQuerySet(models.QuerySet["Transcript"]):
    """Reads of transcripts."""

    def visible_to(self, user: User) -> TranscriptQuerySet:
        """Return the transcripts of the dealerships where this person works."""
        return self.filter(dealership__in=Dealership.objects.visible_to(user))

    def managed_by(self, user: User) -> TranscriptQuerySet:
        """Return the transcripts of the dealerships where this person is a manager or an admin."""
        roles = frozenset(role.value for role in MANAGERS)
        return self.filter(dealership__in=Dealership.objects.visible_to(user, roles=roles))

    def unreviewed(self) -> TranscriptQuerySet:
        """Return those on which no manager has written."""
        return self.filter(~models.Exists(Review.objects.filter(transcript=models.OuterRef("pk"))))


class Transcript(models.Model):
    """One closed episode of a conversation, sealed. Written by archive.sealing, once.

    Append-only: a trigger refuses UPDATE always, and DELETE unless the erasing entry stands in the
    same transaction. `sha256` is that of the JSON file and stands in the ledger at `ledger_index`;
    `note` is the same hash in a signed note. `closed_at` names the episode.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="transcripts")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="transcripts"
    )
    part = models.PositiveIntegerField()
    closed_at = models.DateTimeField()
    sealed_at = models.DateTimeField()
    first_message_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    inbound_count = models.PositiveIntegerField()
    outbound_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    ledger_index = models.PositiveBigIntegerField()
    note = models.TextField()

    objects = TranscriptQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "closed_at"], name="one_transcript_per_episode"
            ),
            models.UniqueConstraint(
                fields=["conversation", "part"], name="one_transcript_per_part"
            ),
        ]
        indexes = [models.Index(fields=["dealership", "-id"], name="transcript_recent")]

    @override
    def __str__(self) -> str:
        return f"transcript {self.public_id}"

    @property
    def message_count(self) -> int:
        """How many texts it holds, those that were refused or canceled included."""
        return self.inbound_count + self.outbound_count


class TranscriptFile(models.Model):
    """One form of a transcript, byte for byte. Append-only as Transcript."""

    class Format(models.TextChoices):
        JSON = "json", _("JSON")
        TEXT = "text", _("Text")
        PDF = "pdf", _("PDF")

    transcript = models.ForeignKey(Transcript, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=Format.choices)
    content = models.BinaryField()
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "format"], name="one_file_per_format")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.format} of {self.transcript_id}"


class SealedMessage(models.Model):
    """Which transcript holds a text: each is sealed at most once. Append-only as Transcript."""

    transcript = models.ForeignKey(Transcript, on_delete=models.PROTECT, related_name="sealed")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="seal")

    @override
    def __str__(self) -> str:
        return f"message {self.message_id} in {self.transcript_id}"


class TranscriptDelivery(models.Model):
    """One transcript on its way to one CRM address. Written by archive.crm.

    PENDING → SENT, or → FAILED when the attempts are used up or the mail server refuses for good.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    transcript = models.ForeignKey(Transcript, on_delete=models.PROTECT, related_name="deliveries")
    address = models.EmailField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["transcript", "address"], name="one_delivery_per_address"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="delivery_due", condition=Q(status="pending")
            )
        ]

    @override
    def __str__(self) -> str:
        return f"delivery {self.pk}"


class Review(models.Model):
    """What a manager said of a transcript. Kept: a second thought is a second review."""

    transcript = models.ForeignKey(Transcript, on_delete=models.PROTECT, related_name="reviews")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reviews")
    comment = models.TextField(blank=True)
    score = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(1, 5)), name="score_one_to_five"
            ),
            models.CheckConstraint(
                condition=~Q(comment="") | Q(score__isnull=False), name="review_says_something"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"review {self.pk}"


class ExportQuerySet(models.QuerySet["Export"]):
    """Reads of exports."""

    def visible_to(self, user: User) -> ExportQuerySet:
        """Return the exports of the dealerships where this person works."""
        return self.filter(dealership__in=Dealership.objects.visible_to(user))

    def administered_by(self, user: User) -> ExportQuerySet:
        """Return the exports of the dealerships where this person is an admin."""
        roles = frozenset(role.value for role in ADMINS)
        return self.filter(dealership__in=Dealership.objects.visible_to(user, roles=roles))

    def abandoned(self, before: datetime) -> ExportQuerySet:
        """Return those that wait, and those whose worker has not been heard since `before`."""
        return self.filter(
            Q(status=Export.Status.QUEUED) | Q(status=Export.Status.RUNNING, heard_at__lt=before)
        )


class Export(models.Model):
    """One dealership's archive as a ZIP. Written by archive.exports.

    QUEUED → RUNNING → COMPLETE or FAILED; a RUNNING one whose worker fell silent is taken again.
    `from_on` and `to_on` are days in the dealership's zone, both included. `sha256` is that of the
    manifest, which the ledger entry at `ledger_index` repeats.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        COMPLETE = "complete", _("Complete")
        FAILED = "failed", _("Failed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="exports")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="exports")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    counts = models.JSONField(default=dict)
    file = models.FileField(upload_to="exports/", blank=True)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    ledger_index = models.PositiveBigIntegerField(null=True, blank=True)
    failure = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim_token = models.UUIDField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["heard_at"],
                name="export_unfinished",
                condition=Q(status__in=["queued", "running"]),
            )
        ]

    @override
    def __str__(self) -> str:
        return f"export {self.public_id}"

    @property
    def is_under_way(self) -> bool:
        """Whether it will still change."""
        return self.status in {self.Status.QUEUED, self.Status.RUNNING}
