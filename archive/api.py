"""Transcripts, exports and erasures, for other programs."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from typing_extensions import override

from accounts.access import require_role
from accounts.api import ActionView, NewestFirst, as_id, dealership_of, id_in, object_of, user_of
from accounts.api_errors import ApiError
from accounts.models import Dealership, Role
from archive import downloads, erasing, exports
from archive.models import Export, Transcript, TranscriptFile, TranscriptQuerySet
from consent.api import DEALERSHIP, ERRORS, KEY, PAGE, ErrorOut, contact_for
from consent.models import Contact, ErasureReason
from messaging.models import Conversation

_READ = {401: ErrorOut, 404: ErrorOut}


# --- what goes out -------------------------------------------------------------------------------


class TranscriptFilesOut(serializers.Serializer[dict[str, Any]]):
    """Where the forms of a transcript are."""

    text = serializers.URLField()
    json = serializers.URLField()
    pdf = serializers.URLField()


class TranscriptOut(serializers.Serializer[dict[str, Any]]):
    """A sealed episode of a conversation."""

    id = serializers.UUIDField()
    conversation = serializers.UUIDField()
    dealership = serializers.UUIDField()
    part = serializers.IntegerField(help_text="1 for the first episode of a conversation.")
    sha256 = serializers.CharField(help_text="Of the JSON file; the ledger entry has it too.")
    sealed_at = serializers.DateTimeField()
    files = TranscriptFilesOut()
    ledger_index = serializers.IntegerField()
    messages = serializers.IntegerField()


class TranscriptPageOut(serializers.Serializer[dict[str, Any]]):
    """A page of transcripts, newest first."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = TranscriptOut(many=True)


class ExportOut(serializers.Serializer[dict[str, Any]]):
    """An export as it stands now."""

    id = serializers.UUIDField()
    dealership = serializers.UUIDField()
    status = serializers.CharField(help_text="queued, running, complete or failed")
    progress = serializers.IntegerField(help_text="0 to 100")
    url = serializers.URLField(allow_null=True, help_text="The ZIP, once it is complete.")
    sha256 = serializers.CharField(
        allow_null=True, help_text="Of the manifest inside; the ledger entry has it too."
    )
    size_bytes = serializers.IntegerField(allow_null=True)
    ledger_index = serializers.IntegerField(allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    created_at = serializers.DateTimeField()


class ExportPageOut(serializers.Serializer[dict[str, Any]]):
    """A page of exports, newest first."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ExportOut(many=True)


class ExportIn(serializers.Serializer[dict[str, Any]]):
    """What to export: days in the dealership's zone, both included; left out, everything."""

    dealership = serializers.UUIDField()
    from_ = serializers.DateField(required=False, allow_null=True)
    to = serializers.DateField(required=False, allow_null=True)

    @override
    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["from"] = fields.pop("from_")  # "from" cannot be a name in Python
        return fields


class ExportAskedOut(serializers.Serializer[dict[str, Any]]):
    """The export that will be built."""

    id = serializers.UUIDField()


def _link(name: str, **names: object) -> str:
    return settings.SITE_URL + reverse(name, kwargs=names)


def fields_of_transcript(transcript: Transcript) -> dict[str, Any]:
    """Return a transcript as the API shows it; conversation and dealership are loaded."""
    files = {
        form: _link("api-transcript-file", transcript_id=transcript.public_id, form=form)
        for form in ("text", "json", "pdf")
    }
    return {
        "id": transcript.public_id,
        "conversation": transcript.conversation.public_id,
        "dealership": transcript.dealership.public_id,
        "part": transcript.part,
        "sha256": transcript.sha256,
        "sealed_at": transcript.sealed_at,
        "files": files,
        "ledger_index": transcript.ledger_index,
        "messages": transcript.message_count,
    }


def fields_of_export(export: Export) -> dict[str, Any]:
    """Return an export as the API shows it; the dealership is loaded."""
    is_complete = export.status == Export.Status.COMPLETE
    return {
        "id": export.public_id,
        "dealership": export.dealership.public_id,
        "status": export.status,
        "progress": export.progress,
        "url": _link("api-export-file", export_id=export.public_id) if is_complete else None,
        "sha256": export.sha256 or None,
        "size_bytes": export.size_bytes,
        "ledger_index": export.ledger_index,
        "counts": export.counts,
        "created_at": export.created_at,
    }


# --- transcripts ---------------------------------------------------------------------------------


def _transcripts(request: Request) -> TranscriptQuerySet:
    """Whoever may read the conversation may read its transcript: every member of the dealership."""
    found = Transcript.objects.visible_to(user_of(request))
    return found.select_related("conversation", "dealership")


class TranscriptsView(APIView):
    """All transcripts."""

    @extend_schema(
        operation_id="transcripts_list",
        summary="Sealed conversations, newest first",
        parameters=[DEALERSHIP, OpenApiParameter("conversation", OpenApiTypes.UUID), *PAGE],
        responses={200: TranscriptPageOut, **_READ},
    )
    def get(self, request: Request) -> Response:
        rows, asked = _transcripts(request), request.query_params
        if value := asked.get("dealership"):
            rows = rows.filter(dealership=dealership_of(request, value))
        if value := asked.get("conversation"):
            mine = Conversation.objects.visible_to(user_of(request))
            rows = rows.filter(conversation=get_object_or_404(mine, public_id=as_id(value)))
        pages = NewestFirst()
        found = pages.paginate_queryset(rows, request, view=self) or []
        shown = [TranscriptOut(fields_of_transcript(row)).data for row in found]
        return pages.get_paginated_response(shown)


class TranscriptView(APIView):
    """One transcript."""

    @extend_schema(
        operation_id="transcripts_read",
        summary="One sealed conversation",
        responses={200: TranscriptOut, **_READ},
    )
    def get(self, request: Request, transcript_id: uuid.UUID) -> Response:
        found = get_object_or_404(_transcripts(request), public_id=transcript_id)
        return Response(TranscriptOut(fields_of_transcript(found)).data)


class TranscriptFileView(APIView):
    """One form of a transcript, byte for byte."""

    @extend_schema(
        operation_id="transcripts_file",
        summary="A transcript as text, JSON or PDF",
        parameters=[
            OpenApiParameter("form", str, OpenApiParameter.PATH, enum=TranscriptFile.Format.values)
        ],
        responses={200: OpenApiTypes.BINARY, **_READ},
    )
    def get(self, request: Request, transcript_id: uuid.UUID, form: str) -> HttpResponse:
        found = get_object_or_404(_transcripts(request), public_id=transcript_id)
        return downloads.transcript_file(found, form)


# --- exports -------------------------------------------------------------------------------------


def _export_for(request: Request, export_id: uuid.UUID) -> Export:
    """Return an export: 404 for strangers, 403 for whoever is not an admin there."""
    rows = Export.objects.visible_to(user_of(request)).select_related("dealership")
    export = get_object_or_404(rows, public_id=export_id)
    require_role(user_of(request), export.dealership, Role.ADMIN)
    return export


class ExportsView(ActionView[Dealership]):
    """All exports, and asking for one."""

    @extend_schema(
        operation_id="exports_list",
        summary="The exports of the dealerships that you administer, newest first",
        parameters=PAGE,
        responses={200: ExportPageOut, 401: ErrorOut},
    )
    def get(self, request: Request) -> Response:
        rows = Export.objects.administered_by(user_of(request)).select_related("dealership")
        pages = NewestFirst()
        found = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response([ExportOut(fields_of_export(x)).data for x in found])

    @extend_schema(
        operation_id="exports_create",
        summary="Ask for a dealership's archive as one ZIP that proves itself",
        parameters=[KEY],
        request=ExportIn,
        responses={202: ExportAskedOut, 403: ErrorOut, **ERRORS},
    )
    @override
    def post(self, request: Request, **names: Any) -> Response:
        return super().post(request, **names)

    @override
    def find(self, request: Request, **names: Any) -> Dealership:
        dealership = dealership_of(request, id_in(request.data, "dealership"))
        require_role(user_of(request), dealership, Role.ADMIN)
        return dealership

    @override
    def act(self, request: Request, target: Dealership) -> Response:
        asked = ExportIn(data=object_of(request.data))
        asked.is_valid(raise_exception=True)
        try:
            export = exports.request_export(
                target,
                acting_user=user_of(request),
                from_on=asked.validated_data.get("from"),
                to_on=asked.validated_data.get("to"),
            )
        except ValueError as error:
            raise ApiError(422, "bad_range", f"{error}.".capitalize()) from None
        return Response(ExportAskedOut({"id": export.public_id}).data, status=202)


class ExportView(APIView):
    """One export."""

    @extend_schema(
        operation_id="exports_read",
        summary="How far an export is, and where it lies",
        responses={200: ExportOut, 403: ErrorOut, **_READ},
    )
    def get(self, request: Request, export_id: uuid.UUID) -> Response:
        return Response(ExportOut(fields_of_export(_export_for(request, export_id))).data)


@extend_schema_view(
    get=extend_schema(
        operation_id="exports_file",
        summary="The ZIP",
        responses={200: OpenApiTypes.BINARY, 403: ErrorOut, 409: ErrorOut, **_READ},
    )
)
class ExportFileView(APIView):
    """The ZIP of one export."""

    def get(self, request: Request, export_id: uuid.UUID) -> FileResponse:
        export = _export_for(request, export_id)
        if export.status != Export.Status.COMPLETE:
            raise ApiError(409, "not_ready", "This export is not complete.", status=export.status)
        return downloads.export_file(export)


# --- erasures ------------------------------------------------------------------------------------


class ErasureIn(serializers.Serializer[dict[str, Any]]):
    """Why a person's data goes: chosen, not written, so that it can say nothing personal."""

    reason = serializers.ChoiceField(choices=ErasureReason.values)


class ErasedOut(serializers.Serializer[dict[str, Any]]):
    """What is left of a contact."""

    id = serializers.UUIDField()
    erased_at = serializers.DateTimeField()


class ErasureView(ActionView[Contact]):
    """Destroy what is held of a person; it cannot be undone."""

    @extend_schema(
        operation_id="contacts_erase",
        summary="Erase a person's data for good; ledger, proofs and the stop stay",
        parameters=[KEY],
        request=ErasureIn,
        responses={200: ErasedOut, 403: ErrorOut, **ERRORS},
    )
    @override
    def post(self, request: Request, **names: Any) -> Response:
        return super().post(request, **names)

    @override
    def find(self, request: Request, **names: Any) -> Contact:
        contact = contact_for(request, names["contact_id"])
        require_role(user_of(request), contact.dealership, Role.ADMIN)
        return contact

    @override
    def act(self, request: Request, target: Contact) -> Response:
        asked = ErasureIn(data=object_of(request.data))
        asked.is_valid(raise_exception=True)
        reason = ErasureReason(asked.validated_data["reason"])
        try:
            erasing.erase(target, reason=reason, acting_user=user_of(request))
        except erasing.OnHold:
            raise ApiError(409, "on_hold", "A legal hold forbids it.") from None
        except erasing.OnItsWay:
            raise ApiError(409, "on_its_way", "A text is just going out: try again.") from None
        except erasing.ListUnderWay:
            raise ApiError(
                409, "list_under_way", "A list is being imported here: try again after it."
            ) from None
        target.refresh_from_db(fields=["erased_at"])
        erased = {"id": target.public_id, "erased_at": target.erased_at}
        return Response(ErasedOut(erased).data)


urlpatterns = [
    path("contacts/<uuid:contact_id>/erase/", ErasureView.as_view(), name="api-contact-erase"),
    path("transcripts/", TranscriptsView.as_view(), name="api-transcripts"),
    path("transcripts/<uuid:transcript_id>/", TranscriptView.as_view(), name="api-transcript"),
    path(
        "transcripts/<uuid:transcript_id>/file/<str:form>/",
        TranscriptFileView.as_view(),
        name="api-transcript-file",
    ),
    path("exports/", ExportsView.as_view(), name="api-exports"),
    path("exports/<uuid:export_id>/", ExportView.as_view(), name="api-export"),
    path("exports/<uuid:export_id>/file/", ExportFileView.as_view(), name="api-export-file"),
]
