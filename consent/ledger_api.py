"""The ledger's checkpoints and proofs, for whoever checks them with a program of their own."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import user_of
from accounts.api_errors import ApiError
from accounts.models import Dealership
from consent import checkpoints, proofs
from consent.api import ErrorOut
from consent.models import Checkpoint

MOST = 100
_ANSWERS: dict[int, Any] = {401: ErrorOut, 404: ErrorOut, 422: ErrorOut}


class CheckpointOut(serializers.Serializer[Any]):
    """One signed head: `note` is a C2SP signed note."""

    size = serializers.IntegerField()
    root_hash = serializers.CharField()
    note = serializers.CharField()
    created_at = serializers.DateTimeField()


class CheckpointsOut(serializers.Serializer[Any]):
    """The newest checkpoints, and the key they are signed with."""

    verifier_key = serializers.CharField()
    results = CheckpointOut(many=True)


class InclusionIn(serializers.Serializer[Any]):
    """Which entry, in which checkpoint (empty: the first that covers it)."""

    index = serializers.IntegerField(min_value=0, max_value=2**62)
    size = serializers.IntegerField(min_value=1, max_value=2**62, required=False)


class ConsistencyIn(serializers.Serializer[Any]):
    """The sizes of two checkpoints."""

    old_size = serializers.IntegerField(min_value=1, max_value=2**62)
    size = serializers.IntegerField(min_value=1, max_value=2**62)


def _place(request: Request, dealership_id: uuid.UUID) -> Dealership:
    found: Dealership = get_object_or_404(
        Dealership.objects.visible_to(user_of(request)), public_id=dealership_id
    )
    return found


def _proven(make: Any) -> Response:
    try:
        return Response(make().as_json())
    except proofs.NoProof as error:
        raise ApiError(404, "no_proof", error.detail) from None


class CheckpointsView(APIView):
    """Signed heads of one dealership's ledger."""

    @extend_schema(
        operation_id="ledger_checkpoints",
        summary="The newest signed checkpoints of a dealership's ledger",
        responses={200: CheckpointsOut, 401: ErrorOut, 404: ErrorOut},
    )
    def get(self, request: Request, dealership_id: uuid.UUID) -> Response:
        place = _place(request, dealership_id)
        points = Checkpoint.objects.filter(dealership=place).order_by("-size")[:MOST]
        out = {"verifier_key": checkpoints.verifier_key(), "results": points}
        return Response(CheckpointsOut(out).data)


class InclusionView(APIView):
    """That an entry is in a checkpoint."""

    @extend_schema(
        operation_id="ledger_inclusion_proof",
        summary="Prove that an entry stands in a signed checkpoint (RFC 9162 2.1.3)",
        parameters=[
            OpenApiParameter("index", int, required=True),
            OpenApiParameter("size", int),
        ],
        responses={200: dict[str, Any], **_ANSWERS},
    )
    def get(self, request: Request, dealership_id: uuid.UUID) -> Response:
        place = _place(request, dealership_id)
        asked = InclusionIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return _proven(lambda: proofs.inclusion(place, **asked.validated_data))


class ConsistencyView(APIView):
    """That one checkpoint grew from another."""

    @extend_schema(
        operation_id="ledger_consistency_proof",
        summary="Prove that a checkpoint only added to an earlier one (RFC 9162 2.1.4)",
        parameters=[
            OpenApiParameter("old_size", int, required=True),
            OpenApiParameter("size", int, required=True),
        ],
        responses={200: dict[str, Any], **_ANSWERS},
    )
    def get(self, request: Request, dealership_id: uuid.UUID) -> Response:
        place = _place(request, dealership_id)
        asked = ConsistencyIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return _proven(lambda: proofs.consistency(place, **asked.validated_data))


_BASE = "dealerships/<uuid:dealership_id>/ledger"
urlpatterns = [
    path(f"{_BASE}/checkpoints/", CheckpointsView.as_view(), name="api-checkpoints"),
    path(f"{_BASE}/inclusion/", InclusionView.as_view(), name="api-inclusion"),
    path(f"{_BASE}/consistency/", ConsistencyView.as_view(), name="api-consistency"),
]
