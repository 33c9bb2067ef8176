"""The operator's view of the archive: read-only."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin, register_the_rest
from archive.models import Export, Review, Transcript, TranscriptDelivery, TranscriptFile


@admin.register(Transcript)
class TranscriptAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "dealership", "part", "sealed_at", "ledger_index"]
    list_filter = ["dealership"]
    list_select_related = ["dealership"]


@admin.register(TranscriptFile)
class TranscriptFileAdmin(ReadOnlyAdmin):
    list_display = ["transcript", "format", "size_bytes", "sha256"]
    list_select_related = ["transcript"]


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
    list_filter = ["status", "dealership"]
    list_select_related = ["dealership", "requested_by"]


register_the_rest("archive")
