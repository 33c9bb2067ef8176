"""The operator's view of consent: to look at, never to correct. Contacts change by their action."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin, register_the_rest
from consent.models import (
    Checkpoint,
    CheckpointDelivery,
    CheckpointTimestamp,
    ConsentEvent,
    ConsentState,
    Contact,
    DealershipRules,
    Decision,
    Disclosure,
    Document,
    Evidence,
    LedgerHead,
    PhoneNumber,
    Suppression,
)


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "dealership", "language", "created_at"]
    list_filter = ["dealership"]
    list_select_related = ["dealership"]


@admin.register(PhoneNumber)
class PhoneNumberAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "dealership", "line_type", "created_at"]
    list_filter = ["line_type", "dealership"]
    list_select_related = ["dealership"]


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    list_display = ["pk", "group", "is_active", "source", "suppressed_at", "lifted_at"]
    list_filter = ["is_active", "group"]
    list_select_related = ["group"]


@admin.register(ConsentState)
class ConsentStateAdmin(ReadOnlyAdmin):
    list_display = ["pk", "phone", "status", "level", "basis", "expires_at"]
    list_filter = ["status", "level"]
    list_select_related = ["phone"]


@admin.register(ConsentEvent)
class ConsentEventAdmin(ReadOnlyAdmin):
    list_display = ["dealership", "index", "kind", "received_at", "recorded_at", "leaf_hash"]
    list_filter = ["kind", "dealership"]
    list_select_related = ["dealership"]
    ordering = ["-pk"]


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ["pk", "entry"]
    list_select_related = ["entry"]


@admin.register(LedgerHead)
class LedgerHeadAdmin(ReadOnlyAdmin):
    list_display = ["dealership", "size", "last_recorded_at"]
    list_select_related = ["dealership"]


@admin.register(Checkpoint)
class CheckpointAdmin(ReadOnlyAdmin):
    list_display = ["dealership", "size", "root_hash", "created_at"]
    list_filter = ["dealership"]
    list_select_related = ["dealership"]


@admin.register(CheckpointDelivery)
class CheckpointDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["pk", "checkpoint", "status", "attempts", "next_attempt_at", "error_code"]
    list_filter = ["status"]
    list_select_related = ["checkpoint"]


@admin.register(CheckpointTimestamp)
class CheckpointTimestampAdmin(ReadOnlyAdmin):
    list_display = ["pk", "checkpoint", "authority", "stamped_at"]
    list_select_related = ["checkpoint"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "dealership", "purpose", "outcome", "rule_pack", "decided_at"]
    list_filter = ["outcome", "purpose", "dealership"]
    list_select_related = ["dealership"]


@admin.register(Disclosure)
class DisclosureAdmin(ReadOnlyAdmin):
    list_display = ["purpose", "language", "version", "dealership"]
    list_filter = ["purpose", "language"]
    list_select_related = ["dealership"]


@admin.register(DealershipRules)
class DealershipRulesAdmin(ReadOnlyAdmin):
    list_display = ["dealership"]
    list_select_related = ["dealership"]


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "dealership", "sort", "size_bytes", "sha256", "created_at"]
    list_filter = ["sort", "dealership"]
    list_select_related = ["dealership"]


register_the_rest("consent")
