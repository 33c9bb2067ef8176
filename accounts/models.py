"""Staff, dealerships (the legal sellers) with their carrier numbers, and who may do what where."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from typing_extensions import override

from accounts.clock import now


class UserManager(BaseUserManager["User"]):
    """Make users by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a user with a hashed password; the address is kept in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a user of the Django admin (an operator of the portal, not of a dealership)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One person who works at a dealership. Deactivated, never deleted. Written by accounts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("full name"), max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("May open the operator's admin."))
    date_joined = models.DateTimeField(default=now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]

    @override
    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """The name a customer reads: everything up to the first blank."""
        return self.name.split(" ", 1)[0]


class DealerGroup(models.Model):
    """An owner of one or more dealerships; opt-outs reach across it. Written by accounts."""

    class OptOutScope(models.TextChoices):
        GROUP = "group", _("every dealership of the group")
        DEALERSHIP = "dealership", _("the dealership that was told")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)
    opt_out_scope = models.CharField(
        max_length=12, choices=OptOutScope.choices, default=OptOutScope.GROUP
    )
    history = HistoricalRecords()
    _change_reason: str
    _history_user: User

    class Meta:
        ordering = ["name"]

    @override
    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person may do at one dealership; each includes the ones before it."""

    SALESPERSON = "salesperson", _("Salesperson")
    MANAGER = "manager", _("Manager")
    ADMIN = "admin", _("Admin")


def _lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class DealershipQuerySet(models.QuerySet["Dealership"]):
    """Reads of dealerships."""

    def visible_to(self, user: User, *, roles: frozenset[str] | None = None) -> DealershipQuerySet:
        """Return the dealerships where this person works (with one of `roles`, if given)."""
        member = Membership.objects.filter(user=user, is_active=True)
        if roles is not None:
            member = member.filter(role__in=roles)
        owned = GroupAdmin.objects.filter(user=user)
        # Subqueries, not joins: no row comes twice, so nothing has to be made distinct.
        return self.filter(
            Q(pk__in=member.values("dealership")) | Q(group__in=owned.values("group")),
            is_active=True,
        )


class Dealership(models.Model):
    """One legal seller, as the customer reads it. Written by accounts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(DealerGroup, on_delete=models.PROTECT, related_name="dealerships")
    name = models.CharField(_("name as the customer reads it"), max_length=120)
    street = models.CharField(max_length=200)
    city = models.CharField(max_length=80)
    region = models.CharField(_("state or province"), max_length=2)
    postal_code = models.CharField(max_length=12, blank=True)
    country = models.CharField(
        max_length=2, choices=[("US", _("United States")), ("CA", _("Canada"))]
    )
    timezone = models.CharField(max_length=64)
    care_phone = models.CharField(_("phone for help"), max_length=16)
    privacy_url = models.URLField(blank=True)
    terms_url = models.URLField(blank=True)
    crm_addresses = models.TextField(
        _("CRM addresses"), blank=True, help_text=_("One e-mail address a line.")
    )
    checkpoint_addresses = models.TextField(
        _("addresses for ledger checkpoints"),
        blank=True,
        help_text=_("One e-mail address a line; better outside this company. Empty: its admins."),
    )
    idle_close_hours = models.PositiveIntegerField(
        default=72, help_text=_("A conversation without a word for so long is closed and archived.")
    )
    has_join_page = models.BooleanField(
        _("public sign-up page"),
        default=True,
        help_text=_("Customers sign up there; the YES from their phone is still needed."),
    )
    join_keyword = models.CharField(
        _("sign-up keyword"),
        max_length=20,
        default="JOIN",
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9]{3,20}$")],
        help_text=_("Who texts this word is asked for permission at once. Empty: no such word."),
    )
    carrier_account_sid = models.CharField(max_length=64, blank=True)
    carrier_auth_token = models.TextField(blank=True, help_text=_("Encrypted."))
    carrier_next_auth_token = models.TextField(blank=True, help_text=_("Encrypted."))
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)
    history = HistoricalRecords(excluded_fields=["carrier_auth_token", "carrier_next_auth_token"])
    _change_reason: str
    _history_user: User

    objects = DealershipQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="one_dealership_name_per_group")
        ]

    @override
    def __str__(self) -> str:
        return self.name

    @property
    def account_sid(self) -> str:
        """The carrier account that its numbers belong to: its own, else the environment's."""
        return self.carrier_account_sid or settings.TWILIO_ACCOUNT_SID

    @property
    def crm_address_list(self) -> list[str]:
        """The CRM's e-mail addresses, without blank lines."""
        return _lines_of(self.crm_addresses)

    @property
    def checkpoint_address_list(self) -> list[str]:
        """Who keeps the ledger's checkpoints: the addresses set, else its and its group's admins.

        Sorted, each once.
        """
        if self.checkpoint_addresses.strip():
            return sorted(set(_lines_of(self.checkpoint_addresses)))
        admins = User.objects.filter(
            Q(
                memberships__dealership=self,
                memberships__role=Role.ADMIN,
                memberships__is_active=True,
            )
            | Q(group_admins__group=self.group_id),
            is_active=True,
        )
        return sorted(set(admins.values_list("email", flat=True)))


class CarrierNumber(models.Model):
    """A number (or Messaging Service) from which one dealership texts. Written by accounts;
    `next_send_at` by messaging's pacing alone."""

    class Kind(models.TextChoices):
        LONG_CODE = "long_code", _("Long code")
        TOLL_FREE = "toll_free", _("Toll-free")
        MESSAGING_SERVICE = "messaging_service", _("Messaging Service")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="numbers")
    number_e164 = models.CharField(max_length=16, unique=True)
    messaging_service_sid = models.CharField(
        max_length=64, blank=True, validators=[RegexValidator(r"^(MG[0-9a-fA-F]{32})?$")]
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.LONG_CODE)
    segments_per_second = models.DecimalField(max_digits=6, decimal_places=2, default=1)
    carrier_answers = models.JSONField(
        default=list, help_text=_("Word groups the carrier answers itself: stop, help.")
    )
    is_active = models.BooleanField(default=True)
    next_send_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return self.number_e164


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of memberships."""

    def visible_to(self, user: User) -> MembershipQuerySet:
        """Return the memberships at the dealerships where this person works."""
        return self.filter(dealership__in=Dealership.objects.visible_to(user))


class Membership(models.Model):
    """One person's role at one dealership. Written by accounts; ended, never deleted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    dealership = models.ForeignKey(Dealership, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)
    history = HistoricalRecords()
    _change_reason: str
    _history_user: User

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["dealership", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "dealership"], name="one_membership_per_person")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class GroupAdmin(models.Model):
    """A person who administers every dealership of a group. Written by accounts."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="group_admins")
    group = models.ForeignKey(DealerGroup, on_delete=models.PROTECT, related_name="admins")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="one_group_admin_per_person")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.user_id} admin"


class ApiToken(models.Model):
    """A staff member's key for the API, stored hashed. Written by accounts."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    @override
    def __str__(self) -> str:
        return f"token of {self.user_id}"

    @staticmethod
    def hash_of(token: str) -> str:
        """Return the hex SHA-256 of a token; tokens are 256 random bits, so no salt is needed."""
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def issue(cls, user: User) -> str:
        """Store a new token for this person and return it; it cannot be read again."""
        token = secrets.token_urlsafe(32)
        cls.objects.create(user=user, token_hash=cls.hash_of(token))
        return token


class IdempotentAnswer(models.Model):
    """The answer to one POST that came with an `Idempotency-Key`. Written by idempotency alone.

    The row is inserted in the transaction of the act itself: it stands exactly when the act does.
    Kept for a day (accounts.idempotency.KEPT_HOURS).
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    path = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status_code = models.PositiveSmallIntegerField(default=0)  # 0 while the act runs
    answer = models.TextField(blank=True)  # JSON, word for word
    created_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="idempotent_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["user", "key", "path"], name="one_answer_per_key")
        ]

    @override
    def __str__(self) -> str:
        return f"answer {self.pk}"
