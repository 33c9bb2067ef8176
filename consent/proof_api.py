"""Papers and recordings of a contact, for other programs."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import user_of
from accounts.api_errors import ApiError
from consent import documents, uploads
from consent.api import ERRORS, contact_for, phone_of
from consent.models import Document
from consent.uploads import Sort


class DocumentIn(serializers.Serializer[dict[str, Any]]):
    """A file: a paper (PDF, JPEG, PNG) or a recording (WAV, MP3, M4A, OGG, FLAC)."""

    file = serializers.FileField()
    sort = serializers.ChoiceField(choices=[s.value for s in Sort], default=Sort.PAPER.value)


class DocumentOut(serializers.Serializer[dict[str, Any]]):
    """A file as it was kept. Its id goes into evidence, as `file` or `proof`."""

    id = serializers.UUIDField()
    sort = serializers.CharField()
    content_type = serializers.CharField()
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField()


def fields_of(document: Document) -> dict[str, Any]:
    """Return what DocumentOut shows."""
    return {
        "id": document.public_id,
        "sort": document.sort,
        "content_type": document.content_type,
        "size_bytes": document.size_bytes,
        "sha256": document.sha256,
    }


class ContactDocumentsView(APIView):
    """Upload to a contact. The same bytes again are the same document."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="contacts_documents_create",
        summary="Keep a paper or a recording; evidence then names it by its id",
        request={"multipart/form-data": DocumentIn},
        responses={201: DocumentOut, **ERRORS},
    )
    def post(self, request: Request, contact_id: uuid.UUID) -> Response:
        phone = phone_of(contact_for(request, contact_id))
        asked = DocumentIn(data=request.data)
        asked.is_valid(raise_exception=True)
        sort = Sort(asked.validated_data["sort"])
        file = asked.validated_data["file"]
        try:
            if file.size > uploads.largest(sort):
                raise uploads.Refused(uploads.Reason.TOO_LARGE)
            document = documents.store(
                file.read(),
                sort=sort,
                dealership=phone.dealership,
                phone=phone,
                acting_user=user_of(request),
            )
        except uploads.Refused as error:
            text = f"The file is not taken: {error.reason.value}."
            raise ApiError(422, "bad_file", text, fields={"file": [text]}) from None
        return Response(DocumentOut(fields_of(document)).data, status=201)


class DocumentView(APIView):
    """One document."""

    @extend_schema(
        operation_id="documents_read",
        summary="What is kept of a document; the file itself is a page of the portal",
        responses={200: DocumentOut, 401: OpenApiTypes.OBJECT, 404: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request, document_id: uuid.UUID) -> Response:
        rows = Document.objects.visible_to(user_of(request)).defer("content")
        return Response(DocumentOut(fields_of(get_object_or_404(rows, public_id=document_id))).data)


urlpatterns = [
    path(
        "contacts/<uuid:contact_id>/documents/",
        ContactDocumentsView.as_view(),
        name="api-contact-documents",
    ),
    path("documents/<uuid:document_id>/", DocumentView.as_view(), name="api-document"),
]
