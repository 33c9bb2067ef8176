"""What every part of the API shares, and who one is: /api/v1/me/ and /api/v1/dealerships/."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, TypeVar

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.db import DataError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from typing_extensions import override

from accounts.api_errors import ApiError
from accounts.idempotency import answer_once
from accounts.models import Dealership, GroupAdmin, Role, User

T = TypeVar("T")
#: A zone's "+" that a URL turned into a blank.
_BLANK_FOR_PLUS = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?) (\d\d:?\d\d)")


class NewestFirst(CursorPagination):
    """Pages that stay steady while new rows come in: {"next", "previous", "results"}."""

    page_size = 50
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering = "-pk"

    @override
    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """Return one page. Raises NotFound for a cursor that we did not hand out."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValueError, ValidationError, DataError):
            raise NotFound("Invalid cursor") from None


class ActionView(APIView, Generic[T]):
    """A POST in its fixed order: find (404 for strangers), then the key, then validate and act."""

    def find(self, request: Request, **names: Any) -> T:
        """Return what the request is about. Raises Http404 for what this person may not see."""
        raise NotImplementedError

    def act(self, request: Request, target: T) -> Response:
        """Validate the body, do the one thing, answer."""
        raise NotImplementedError

    def post(self, request: Request, **names: Any) -> Response:
        """Answer a POST, once for each Idempotency-Key."""
        try:
            body = request.body  # before request.data, which would use up the stream
        except RequestDataTooBig:
            raise ApiError(413, "too_large", "The body is too large.") from None
        target = self.find(request, **names)
        act = partial(self.act, request, target)
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return act()
        return answer_once(
            user_of(request), key=key, path=request.get_full_path(), body=body, act=act
        )


class AwareDateTimeField(serializers.DateTimeField):
    """An instant: ISO 8601 with its zone. A time without one is refused, not guessed."""

    @override
    def to_internal_value(self, value: Any) -> datetime:
        moment = read_instant(value) if isinstance(value, str) else None
        if moment is None:
            raise serializers.ValidationError(
                "Write an ISO 8601 time with its zone, 2026-11-24T12:00:00-05:00."
            )
        return moment


@extend_schema_field(OpenApiTypes.OBJECT)
class ObjectField(serializers.JSONField):
    """A JSON object of any keys."""

    @override
    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise serializers.ValidationError("Must be a JSON object.")
        return data


def read_instant(text: str) -> datetime | None:
    """Return an ISO 8601 time with a zone, in UTC; None for anything else.

    The year 1, which programs write for "no date", is none. A blank where a "+" stood (a URL that
    was not quoted) still counts.
    """
    text = text.strip()
    if match := _BLANK_FOR_PLUS.fullmatch(text):
        text = f"{match.group(1)}+{match.group(2)}"
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo and moment.year > 1 else None
    except (ValueError, OverflowError):
        return None


def user_of(request: Request) -> User:
    """Return the member of staff who asks; the permission class let nobody else in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def object_of(data: Any) -> Mapping[str, Any]:
    """Return the body as an object. Raises ApiError 422 for a list, a string or nothing."""
    if not isinstance(data, Mapping):
        raise ApiError(422, "invalid", "The body must be a JSON object.")
    return data


def id_in(data: Any, name: str) -> uuid.UUID:
    """Return the id under a key of the body: 422 when it is missing, 404 when it is none."""
    value = object_of(data).get(name)
    if value in (None, ""):
        raise serializers.ValidationError({name: ["This field is required."]})
    return as_id(value)


def as_id(value: object) -> uuid.UUID:
    """Return a public id. Raises Http404: what is no id names nothing."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        raise Http404 from None


def dealership_of(request: Request, value: object) -> Dealership:
    """Return a dealership where this person works. Raises Http404 for any other."""
    return get_object_or_404(
        Dealership.objects.visible_to(user_of(request)), public_id=as_id(value)
    )


# --- who one is, and where -----------------------------------------------------------------------


class DealershipOut(serializers.Serializer[dict[str, Any]]):
    """A dealership as its people see it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    group = serializers.CharField()
    street = serializers.CharField()
    city = serializers.CharField()
    region = serializers.CharField()
    postal_code = serializers.CharField()
    country = serializers.CharField()
    timezone = serializers.CharField()
    care_phone = serializers.CharField()
    numbers = serializers.ListField(child=serializers.CharField())
    role = serializers.CharField(help_text="salesperson, manager or admin")


class DealershipPageOut(serializers.Serializer[dict[str, Any]]):
    """A page of dealerships."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = DealershipOut(many=True)


class MeOut(serializers.Serializer[dict[str, Any]]):
    """The person the token belongs to."""

    id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()
    dealerships = DealershipOut(many=True)


def _dealerships_of(user: User) -> list[dict[str, Any]]:
    """Return all dealerships of one person with the role there; four queries."""
    owned = set(GroupAdmin.objects.filter(user=user).values_list("group_id", flat=True))
    roles = dict(
        user.memberships.filter(is_active=True).values_list("dealership_id", "role"),
    )
    rows = Dealership.objects.visible_to(user).select_related("group").prefetch_related("numbers")
    return [
        {
            "id": row.public_id,
            "name": row.name,
            "group": row.group.name,
            "street": row.street,
            "city": row.city,
            "region": row.region,
            "postal_code": row.postal_code,
            "country": row.country,
            "timezone": row.timezone,
            "care_phone": row.care_phone,
            "numbers": [number.number_e164 for number in row.numbers.all() if number.is_active],
            "role": Role.ADMIN.value if row.group_id in owned else roles[row.pk],
        }
        for row in rows
    ]


class MeView(APIView):
    """Who am I."""

    @extend_schema(operation_id="me", summary="The person behind the token", responses={200: MeOut})
    def get(self, request: Request) -> Response:
        user = user_of(request)
        out = {
            "id": user.public_id,
            "email": user.email,
            "name": user.name,
            "dealerships": _dealerships_of(user),
        }
        return Response(MeOut(out).data)


class DealershipsView(APIView):
    """Where I work."""

    @extend_schema(
        operation_id="dealerships_list",
        summary="The dealerships where you work",
        responses={200: DealershipPageOut},
    )
    def get(self, request: Request) -> Response:
        page = {"next": None, "previous": None, "results": _dealerships_of(user_of(request))}
        return Response(DealershipPageOut(page).data)


class DealershipView(APIView):
    """One of them."""

    @extend_schema(
        operation_id="dealerships_read",
        summary="One dealership",
        responses={200: DealershipOut},
    )
    def get(self, request: Request, dealership_id: uuid.UUID) -> Response:
        for row in _dealerships_of(user_of(request)):
            if row["id"] == dealership_id:
                return Response(DealershipOut(row).data)
        raise Http404


urlpatterns = [
    path("me/", MeView.as_view(), name="api-me"),
    path("dealerships/", DealershipsView.as_view(), name="api-dealerships"),
    path("dealerships/<uuid:dealership_id>/", DealershipView.as_view(), name="api-dealership"),
]
