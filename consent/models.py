"""Contacts, the ledger and its projection, wording versions, decisions and suppressions."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from typing_extensions import override

from accounts.access import ADMINS
from accounts.clock import now
from accounts.models import DealerGroup, Dealership, User
from consent import phones
from consent.columns import ListSort
from consent.kinds import Basis, Kind, Status
from consent.lead_risk import Certificate
from consent.levels import Level
from consent.uploads import Sort


class ErasureReason(models.TextChoices):
    """Why a person's data was erased: chosen, not written, so that it can say nothing personal."""

    REQUEST = "request", _("The person asked for it")
    AGE = "age", _("The time for which it must be kept is over")
    MISTAKE = "mistake", _("It should never have been recorded")


class ContactQuerySet(models.QuerySet["Contact"]):
    """Reads of contacts."""

    def visible_to(self, user: User) -> ContactQuerySet:
        """Return the contacts of the dealerships where this person works, but the erased ones."""
        return self.filter(dealership__in=Dealership.objects.visible_to(user), erased_at=None)

    def erased_for(self, user: User) -> ContactQuerySet:
        """Return what is left of the erased contacts of the dealerships where this person works."""
        return self.filter(
            dealership__in=Dealership.objects.visible_to(user), erased_at__isnull=False
        )


class Contact(models.Model):
    """A customer as one dealership knows them. Written by consent.contacts and consent.erasing.

    `is_on_hold`: a dispute wants the records kept; nothing of it may be erased. An erased contact
    is a tombstone: who erased it, when and why, and no word about the person.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(
        max_length=2,
        default="en",
        choices=[("en", _("English")), ("fr", _("French")), ("es", _("Spanish"))],
    )
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(_("state or province"), max_length=2, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, blank=True)
    vehicle = models.CharField(_("vehicle of interest"), max_length=120, blank=True)
    stock_number = models.CharField(max_length=40, blank=True)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=now)
    is_on_hold = models.BooleanField(_("legal hold"), default=False, db_default=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    erasure_reason = models.CharField(
        max_length=10,
        choices=ErasureReason.choices,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    history = HistoricalRecords()
    _change_reason: str
    _history_user: User

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="contact_name_parts")]

    @override
    def __str__(self) -> str:
        return f"contact {self.public_id}"


class PhoneNumber(models.Model):
    """A number of one contact at one dealership. Written by consent.contacts and consent.lines.

    `looked_up_at`: when the carrier was asked what line it is, if it was.
    """

    class LineType(models.TextChoices):
        UNKNOWN = "unknown", _("not looked up")
        MOBILE = "mobile", _("mobile")
        VOIP = "voip", _("internet line")
        LANDLINE = "landline", _("landline")
        INVALID = "invalid", _("not in service")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="phones")
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="phones")
    number_e164 = models.CharField(max_length=16)
    subject = models.CharField(max_length=64, editable=False)
    line_type = models.CharField(max_length=10, choices=LineType.choices, default=LineType.UNKNOWN)
    looked_up_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    history = HistoricalRecords()
    _change_reason: str

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["subject"], name="phone_subject"),
            GinIndex(OpClass("number_e164", name="gin_trgm_ops"), name="phone_number_parts"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dealership", "number_e164"], name="one_number_per_dealership"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"number {self.public_id}"

    @property
    def country(self) -> str:
        """Whose law holds: "US", "CA", or what the address names; "" where nothing tells."""
        where = self.contact
        return phones.country_at(
            self.number_e164,
            country=where.country,
            region=where.region,
            postal_code=where.postal_code,
        )


class Suppression(models.Model):
    """The lock and the stop of one number in one group. Outlives contacts (RULE-US-04: 10 years).

    The row exists before the first text; whoever claims a message or records a revocation locks it
    first, so the database orders the two. Written by consent.suppressions alone.
    """

    group = models.ForeignKey(DealerGroup, on_delete=models.PROTECT, related_name="suppressions")
    subject = models.CharField(max_length=64)
    is_active = models.BooleanField(default=False)
    source = models.CharField(max_length=40, blank=True)
    suppressed_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    #: Where a stop stands alone, by the dealership's key, while the group has narrowed its scope.
    narrowed_to = ArrayField(models.BigIntegerField(), default=list, blank=True, db_default=[])
    #: Whether the lock that read this row made it: then nothing was ever heard of the number.
    is_new = False

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "subject"], name="one_suppression_per_number")
        ]
        indexes = [
            # What consent.revocation.widen looks for every few minutes among all the locks.
            models.Index(
                "id",
                name="narrowed_stops",
                condition=models.Q(is_active=False) & ~models.Q(narrowed_to=[]),
            )
        ]

    @override
    def __str__(self) -> str:
        return f"suppression {self.pk}"


class Disclosure(models.Model):
    """One version of a wording that customers read. A change is a new version, never an edit."""

    class Purpose(models.TextChoices):
        PERMISSION_REQUEST = "permission_request", _("Permission request")
        CLARIFICATION = "clarification", _("Clarification")
        CONFIRMATION = "confirmation", _("Confirmation")
        STOP_CONFIRMATION = "stop_confirmation", _("Stop confirmation")
        HELP_REPLY = "help_reply", _("Help reply")
        WEB_FORM = "web_form", _("Box of the sign-up page")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(
        Dealership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="disclosures",
        help_text=_("Empty: the wording of every dealership that has none of its own."),
    )
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    level = models.CharField(max_length=16, choices=[(x.value, x.value) for x in Level], blank=True)
    language = models.CharField(max_length=2)
    country = models.CharField(max_length=2, blank=True)
    version = models.PositiveIntegerField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=now)
    history = HistoricalRecords()
    _change_reason: str

    class Meta:
        ordering = ["purpose", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["dealership", "purpose", "level", "language", "country", "version"],
                name="one_disclosure_version",
                nulls_distinct=False,
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.purpose} {self.language} v{self.version}"


class DealershipRules(models.Model):
    """What a dealership asks of its own texts beyond the law. Written by consent.tightening.

    Empty: nothing more than the law. Times are the customer's local ones.
    """

    dealership = models.OneToOneField(
        Dealership, on_delete=models.PROTECT, primary_key=True, related_name="own_rules"
    )
    opens_at = models.TimeField(_("First text of a day, not before"), null=True, blank=True)
    closes_at = models.TimeField(_("Last text of a day, before"), null=True, blank=True)
    no_sundays = models.BooleanField(_("No texts on Sundays"), default=False)
    cap = models.PositiveSmallIntegerField(
        _("Offers to one customer in 24 hours, at most"), null=True, blank=True
    )
    reply_minutes = models.PositiveSmallIntegerField(
        _("Minutes in which an answer counts as a direct reply"), null=True, blank=True
    )
    verify_days = models.PositiveSmallIntegerField(
        _("Days of silence after which a number must be verified again"), null=True, blank=True
    )
    history = HistoricalRecords()
    _change_reason: str
    _history_user: User

    @override
    def __str__(self) -> str:
        return f"rules of {self.dealership_id}"


class LedgerHead(models.Model):
    """The end of one dealership's ledger: locked last, always. Written by consent.ledger."""

    dealership = models.OneToOneField(
        Dealership, on_delete=models.PROTECT, primary_key=True, related_name="ledger_head"
    )
    size = models.PositiveBigIntegerField(default=0)
    frontier = models.JSONField(default=list)
    last_recorded_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return f"ledger of {self.dealership_id}"


class LedgerNode(models.Model):
    """One filled inner node of a dealership's Merkle tree: proofs read these and scan nothing.

    A node of `level` (1 above the leaves) is filled by entry number `size`: it is the root over the
    2^level entries before it. Append-only. Written by consent.ledger.
    """

    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveBigIntegerField()
    level = models.PositiveSmallIntegerField()
    node_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dealership", "size", "level"], name="one_ledger_node")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dealership_id} @ {self.size} ^ {self.level}"


class ConsentEvent(models.Model):
    """One ledger entry: append-only, contiguous index per dealership. Written by ledger.append().

    `body` is the canonical JSON that `leaf_hash` covers; the other columns repeat parts of it so
    that they can be indexed, and fsck compares them. Personal data stands in Evidence, of which
    the body holds a salted commitment.
    """

    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="entries")
    index = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=32, choices=[(k.value, k.value) for k in Kind])
    subject = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField()
    received_at = models.DateTimeField()
    body = models.TextField()
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["dealership", "index"]
        indexes = [models.Index(fields=["dealership", "subject", "index"], name="entry_by_subject")]
        constraints = [
            models.UniqueConstraint(fields=["dealership", "index"], name="one_entry_per_index")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dealership_id}/{self.index} {self.kind}"


class Evidence(models.Model):
    """The personal side of one entry: words, number, address. Copied by value, erasable by law.

    `commitment` in the entry's body is SHA-256(salt ‖ canonical JSON of `data`).
    """

    entry = models.OneToOneField(ConsentEvent, on_delete=models.PROTECT, related_name="evidence")
    salt = models.CharField(max_length=64)
    data = models.JSONField()

    @override
    def __str__(self) -> str:
        return f"evidence of {self.entry_id}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Reads of documents."""

    def visible_to(self, user: User) -> DocumentQuerySet:
        """Return the documents of the dealerships where this person works."""
        return self.filter(dealership__in=Dealership.objects.visible_to(user))


class Document(models.Model):
    """A paper or a recording as it was uploaded, byte for byte. Append-only; written by documents.

    The entry that rests on it holds its id and SHA-256. `phone` is empty for a dealership's own
    papers. `extent`: pages, pixels across or whole seconds.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="documents")
    phone = models.ForeignKey(
        PhoneNumber, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    sort = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Sort])
    content = models.BinaryField()
    content_type = models.CharField(max_length=40)
    ending = models.CharField(max_length=5)
    size_bytes = models.PositiveIntegerField()
    extent = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dealership", "phone", "sha256"],
                name="one_document_per_content",
                nulls_distinct=False,
            )
        ]

    @override
    def __str__(self) -> str:
        return f"document {self.public_id}"

    @property
    def filename(self) -> str:
        """The name under which it is handed out; it names nobody."""
        return f"{self.sort}-{self.public_id}.{self.ending}"


class HouseRecordQuerySet(models.QuerySet["HouseRecord"]):
    """Reads of the house's own records."""

    def visible_to(self, user: User) -> HouseRecordQuerySet:
        """Return the records of the dealerships where this person works."""
        return self.filter(dealership__in=Dealership.objects.visible_to(user))

    def administered_by(self, user: User) -> HouseRecordQuerySet:
        """Return the records of the dealerships where this person is an admin."""
        roles = frozenset(role.value for role in ADMINS)
        return self.filter(dealership__in=Dealership.objects.visible_to(user, roles=roles))

    def in_force_on(self, day: date) -> HouseRecordQuerySet:
        """Return the policies in force on a day, and the trainings held by then."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gt=day), begins_on__lte=day)


class HouseRecord(models.Model):
    """A written policy, or a training of staff, with its day and its paper. Written by records.

    47 CFR 64.1200(d)(1)-(2) wants both; counsel asks what was in force that day (law §5.2(12)).
    A policy holds from `begins_on` until the day before `ends_on`; a training was on `begins_on`.
    """

    class Sort(models.TextChoices):
        POLICY = "policy", _("Policy")
        TRAINING = "training", _("Training")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(
        Dealership, on_delete=models.PROTECT, related_name="house_records"
    )
    sort = models.CharField(max_length=8, choices=Sort.choices)
    title = models.CharField(max_length=200)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    people = models.ManyToManyField(User, blank=True, related_name="+")
    note = models.TextField(blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entry = models.OneToOneField(ConsentEvent, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)

    objects = HouseRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-begins_on", "-pk"]

    @override
    def __str__(self) -> str:
        return f"{self.sort} {self.public_id}"


class LeadQuerySet(models.QuerySet["Lead"]):
    """Reads of leads."""

    def visible_to(self, user: User) -> LeadQuerySet:
        """Return the leads of the dealerships where this person works."""
        return self.filter(dealership__in=Dealership.objects.visible_to(user))


class Lead(models.Model):
    """The named facts of one lead; its words stand in its entry's evidence. Written by leads.

    `names_dealer` is empty where no consent words came. A PENDING certificate is asked about by a
    worker when `next_check_at` has come.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="leads")
    phone = models.ForeignKey(PhoneNumber, on_delete=models.PROTECT, related_name="leads")
    entry = models.OneToOneField(ConsentEvent, on_delete=models.PROTECT, related_name="lead")
    provider = models.CharField(max_length=120, blank=True)
    has_consent_text = models.BooleanField()
    names_dealer = models.BooleanField(null=True)
    submitted_at = models.DateTimeField(null=True)
    had_opted_out = models.BooleanField()
    vendor = models.CharField(max_length=12, blank=True)
    certificate = models.CharField(
        max_length=10, choices=[(c.value, c.value) for c in Certificate], default=Certificate.NONE
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_check_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    objects = LeadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["dealership", "provider"], name="lead_source"),
            models.Index(
                fields=["next_check_at"],
                name="lead_unchecked",
                condition=models.Q(certificate="pending"),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"lead {self.public_id}"


class ListImportQuerySet(models.QuerySet["ListImport"]):
    """Reads of imports."""

    def visible_to(self, user: User) -> ListImportQuerySet:
        """Return the imports of the dealerships where this person works."""
        return self.filter(dealership__in=Dealership.objects.visible_to(user))

    def administered_by(self, user: User) -> ListImportQuerySet:
        """Return the imports of the dealerships where this person is an admin."""
        roles = frozenset(role.value for role in ADMINS)
        return self.filter(dealership__in=Dealership.objects.visible_to(user, roles=roles))

    def abandoned(self, before: datetime) -> ListImportQuerySet:
        """Return those that wait, and those whose worker has not been heard since `before`."""
        return self.filter(
            models.Q(status=ListImport.Status.QUEUED)
            | models.Q(status=ListImport.Status.RUNNING, heard_at__lt=before)
        )


class ListImport(models.Model):
    """A list that came in as CSV, and how far a worker is with it. Written by consent.importing.

    UPLOADED → QUEUED → RUNNING → COMPLETE or FAILED, and again: a dry run, then the import.
    `mapping`: place in `header` by column key. `list_on`: the day of the list. `is_done`: whether
    it was ever imported, not only tried.
    """

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Waits for you")
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        COMPLETE = "complete", _("Complete")
        FAILED = "failed", _("Failed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="imports")
    sort = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ListSort])
    source = models.CharField(max_length=120)
    list_on = models.DateField(null=True, blank=True)
    file = models.FileField(upload_to="imports/")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    encoding = models.CharField(max_length=12)
    delimiter = models.CharField(max_length=1)
    header = models.JSONField(default=list)
    rows = models.PositiveIntegerField()
    mapping = models.JSONField(default=dict)
    is_dry_run = models.BooleanField(default=True)
    is_done = models.BooleanField(default=False)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.UPLOADED)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    report = models.FileField(upload_to="imports/", blank=True)
    failure = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim_token = models.UUIDField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ListImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["heard_at"],
                name="import_unfinished",
                condition=models.Q(status__in=["queued", "running"]),
            )
        ]

    @override
    def __str__(self) -> str:
        return f"import {self.public_id}"

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it, or will."""
        return self.status in {self.Status.QUEUED, self.Status.RUNNING}

    @property
    def percent(self) -> int:
        """How far the worker is."""
        return min(100, self.done * 100 // max(self.rows, 1))


class ConsentState(models.Model):
    """The projection of the ledger for one number at one dealership. Written by consent.ledger.

    `consent.projection.fold` makes it from the entries; the table is only its copy.
    """

    phone = models.OneToOneField(PhoneNumber, on_delete=models.PROTECT, related_name="state")
    status = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in Status], default=Status.UNKNOWN
    )
    level = models.CharField(
        max_length=16, choices=[(x.value, x.value) for x in Level], default=Level.NONE
    )
    basis = models.CharField(max_length=20, choices=[(b.value, b.value) for b in Basis], blank=True)
    expires_at = models.DateTimeField(null=True)
    implied_until = models.DateTimeField(null=True)
    possession_proven_at = models.DateTimeField(null=True)
    requested_at = models.DateTimeField(null=True)
    request_level = models.CharField(max_length=16, blank=True)
    basis_index = models.BigIntegerField(null=True)
    asked_index = models.BigIntegerField(null=True)
    asked_basis_index = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField(null=True)
    confirmed_level = models.CharField(max_length=16, blank=True)
    held = models.JSONField(null=True)
    last_index = models.BigIntegerField(default=-1)
    purchased_on = models.DateField(null=True)
    inquired_on = models.DateField(null=True)
    names_dealer = models.BooleanField(default=False)
    dnc = models.CharField(max_length=10, blank=True)
    dnc_list_on = models.DateField(null=True)
    rnd = models.CharField(max_length=10, blank=True)
    rnd_on = models.DateField(null=True)
    verified_at = models.DateTimeField(null=True)
    is_written = models.BooleanField(default=False)
    is_unbacked = models.BooleanField(default=False, db_default=False)
    declined_at = models.DateTimeField(null=True)
    declined_level = models.CharField(max_length=16, blank=True, default="", db_default="")
    stopped_at = models.DateTimeField(null=True)
    history = HistoricalRecords()
    _change_reason: str

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="state_expires"),
            # Few wait at any time: the badge on every manager's page counts them.
            models.Index(
                fields=["phone"], name="state_paused", condition=models.Q(status="paused")
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"state of {self.phone_id}: {self.status}"


class Decision(models.Model):
    """One answer of the gate, stored with the message or the refused attempt. Written by gate."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64)
    purpose = models.CharField(max_length=24)
    outcome = models.CharField(max_length=8)
    reasons = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    rule_pack = models.CharField(max_length=20)
    local_times = models.JSONField(default=list)
    not_before = models.DateTimeField(null=True)
    next_action = models.JSONField(null=True)
    facts = models.JSONField(default=dict)
    ledger_size = models.PositiveBigIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject", "decided_at"], name="decision_subject")]

    @override
    def __str__(self) -> str:
        return f"{self.outcome} {self.public_id}"


class Checkpoint(models.Model):
    """A signed head of one dealership's ledger (C2SP signed note, Ed25519). Append-only."""

    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.PositiveBigIntegerField()
    root_hash = models.CharField(max_length=64)
    note = models.TextField()
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["dealership", "-size"]
        constraints = [
            models.UniqueConstraint(fields=["dealership", "size"], name="one_checkpoint_per_size")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dealership_id} @ {self.size}"


class CheckpointTimestamp(models.Model):
    """What an outside authority answered about one checkpoint (RFC 3161, DER), byte for byte.

    Append-only. Written by consent.timestamps alone.
    """

    checkpoint = models.OneToOneField(
        Checkpoint, on_delete=models.PROTECT, related_name="timestamp"
    )
    authority = models.URLField(max_length=200)
    response = models.BinaryField()
    stamped_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"time-stamp of checkpoint {self.checkpoint_id}"


class CheckpointDelivery(models.Model):
    """One checkpoint on its way out of the house by mail. Written by consent.checkpoints (the row,
    with its checkpoint) and consent.checkpoint_mail.

    PENDING → SENT, or → FAILED when the attempts are used up or the mail server refuses for good.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="deliveries")
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
                fields=["checkpoint", "address"], name="one_mail_per_checkpoint_and_address"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="checkpoint_mail_due",
                condition=models.Q(status="pending"),
            )
        ]

    @override
    def __str__(self) -> str:
        return f"delivery {self.pk} of checkpoint {self.checkpoint_id}"
