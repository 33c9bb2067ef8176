"""The operator's view of the archive: read-only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from typing_extensions import override

from accounts.admin import ReadOnlyAdmin
from archive.models import Export, Review, Transcript, TranscriptDelivery, TranscriptFile


@admin.register(Transcript)
class TranscriptAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "dealership", "part", "sealed_at", "ledger_index"]
    list_filter = ["dealership"]
    list_select_related = ["dealership"]


@admin.register(TranscriptFile)
class TranscriptFileAdmin(ReadOnlyAdmin):
    list_display = ["transcript", "format", "size_bytes", "sha256"]
    exclude = ["content"]
    list_select_related = ["transcript"]

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("content")


@admin.register(TranscriptDelivery)
class TranscriptDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["pk", "transcript", "status", "attempts", "next_attempt_at", "error_code"]
    list_filter = ["status"]
    list_select_related = ["transcript"]


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["pk", "transcript", "author", "score", "created_at"]
    list_select_related = ["transcript", "author"]


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "dealership", "requested_by", "status", "progress", "created_at"]
    exclude = ["file"]  # there is no address for it: its page hands it out, to its admins
    list_filter = ["status", "dealership"]
    list_select_related = ["dealership", "requested_by"]
