"""The operator's view of the archive: read-only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from typing_extensions import override

from archive.models import Export, Review, Transcript, TranscriptDelivery, TranscriptFile


class _ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """No add, no change, no delete, no actions."""

    actions = None

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Transcript)
class TranscriptAdmin(_ReadOnly):
    list_display = ["public_id", "dealership", "part", "sealed_at", "ledger_index"]
    list_filter = ["dealership"]
    list_select_related = ["dealership"]


@admin.register(TranscriptFile)
class TranscriptFileAdmin(_ReadOnly):
    list_display = ["transcript", "format", "size_bytes", "sha256"]
    exclude = ["content"]
    list_select_related = ["transcript"]

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("content")


@admin.register(TranscriptDelivery)
class TranscriptDeliveryAdmin(_ReadOnly):
    list_display = ["pk", "transcript", "status", "attempts", "next_attempt_at", "error_code"]
    list_filter = ["status"]
    list_select_related = ["transcript"]


@admin.register(Review)
class ReviewAdmin(_ReadOnly):
    list_display = ["pk", "transcript", "author", "score", "created_at"]
    list_select_related = ["transcript", "author"]


@admin.register(Export)
class ExportAdmin(_ReadOnly):
    list_display = ["public_id", "dealership", "requested_by", "status", "progress", "created_at"]
    list_filter = ["status", "dealership"]
    list_select_related = ["dealership", "requested_by"]
