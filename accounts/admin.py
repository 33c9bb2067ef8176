"""The operator's admin: rows are ended, never deleted; histories are read-only."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from typing_extensions import override

from accounts.models import (
    ApiToken,
    CarrierNumber,
    DealerGroup,
    Dealership,
    GroupAdmin,
    Membership,
    User,
)

admin.site.unregister(Group)  # roles are memberships


class KeptAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """Rows that are never deleted."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    @override
    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # as above
    """Rows to look at: no add, no change, no delete, no actions, whoever asks.

    Their one writer is an action of the portal; an operator who corrects them by hand would make
    the ledger and the tables tell two stories.
    """

    actions = None
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    #: Such tables grow to millions of rows: no count of them all.
    show_full_result_count = False

    @override
    def get_exclude(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        """Leave files out: there is no address for them, their own pages hand them out."""
        files = [f.name for f in self.opts.fields if isinstance(f, models.FileField)]
        return [*(super().get_exclude(request, obj) or ()), *files]

    @override
    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Leave the bytes of papers and transcripts where they are."""
        binary = [f.name for f in self.opts.fields if isinstance(f, models.BinaryField)]
        return super().get_queryset(request).defer(*binary)

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def register_the_rest(app_label: str) -> None:
    """Show the tables of an app that nobody described, read-only too."""
    for model in apps.get_app_config(app_label).get_models():
        is_history = hasattr(model, "instance_type")
        if not is_history and not admin.site.is_registered(model):
            admin.site.register(model, ReadOnlyAdmin)


class KeptHistoryAdmin(KeptAdmin, SimpleHistoryAdmin):  # type: ignore[misc]  # untyped base class
    """Rows that are never deleted, with their history."""


class NewStaffForm(BaseUserCreationForm):  # type: ignore[type-arg]  # as above
    """A user with a password, made by an operator."""

    class Meta:
        model = User
        fields = ("email", "name")


class StaffForm(UserChangeForm):  # type: ignore[type-arg]  # as above
    """What an operator may change of a user."""

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_staff", "is_superuser")


@admin.register(User)
class StaffAdmin(KeptAdmin, UserAdmin):  # type: ignore[type-arg]  # as above
    """People: deactivated, never deleted."""

    form = StaffForm
    add_form = NewStaffForm
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    readonly_fields = ("public_id", "last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name", "password", "public_id")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Times"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "password1", "password2")}),)


@admin.register(DealerGroup)
class DealerGroupAdmin(KeptAdmin):
    """Owners of dealerships."""

    list_display = ("name", "opt_out_scope")
    readonly_fields = ("public_id",)


@admin.register(Dealership)
class DealershipAdmin(KeptHistoryAdmin):
    """Legal sellers. The carrier's tokens are set on the settings page, and shown nowhere."""

    list_display = ("name", "group", "city", "region", "country", "is_active")
    list_filter = ("is_active", "country", "group")
    search_fields = ("name", "city")
    exclude = ("carrier_auth_token", "carrier_next_auth_token")
    readonly_fields = ("public_id", "created_at", "carrier_account_sid")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Keep a dealership in its group: the stops that bind it are the group's."""
        return (*self.readonly_fields, "group") if obj else self.readonly_fields


@admin.register(CarrierNumber)
class CarrierNumberAdmin(KeptAdmin):
    """Numbers that dealerships text from."""

    list_display = ("number_e164", "dealership", "kind", "segments_per_second", "is_active")
    list_filter = ("is_active", "kind")
    readonly_fields = ("public_id",)


@admin.register(Membership)
class MembershipAdmin(KeptHistoryAdmin):
    """Who works where, in which role."""

    list_display = ("user", "dealership", "role", "is_active")
    list_filter = ("role", "is_active")
    list_select_related = ("user", "dealership")
    autocomplete_fields = ("user",)
    readonly_fields = ("public_id", "created_at")


@admin.register(GroupAdmin)
class GroupAdminAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # as above
    """Who administers every dealership of a group; may be taken away."""

    list_display = ("user", "group")
    list_select_related = ("user", "group")
    autocomplete_fields = ("user",)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Keys for the API: hashes, to look at."""

    list_display = ("user", "created_at", "revoked_at")
    list_select_related = ("user",)
    fields = readonly_fields = ("user", "created_at", "revoked_at")
