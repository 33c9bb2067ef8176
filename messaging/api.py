"""Texts, conversations and permission requests, for other programs."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from typing_extensions import override

from accounts.api import (
    ActionView,
    AwareDateTimeField,
    NewestFirst,
    as_id,
    dealership_of,
    id_in,
    object_of,
    user_of,
)
from accounts.api_errors import ApiError
from accounts.models import User
from consent.api import (
    DEALERSHIP,
    ERRORS,
    KEY,
    PAGE,
    ConsentOut,
    ContactAction,
    DecisionOut,
    ErrorOut,
    NotAllowedOut,
    consent_of,
    consents_of,
    contact_for,
    fields_of_decision,
    phone_of,
    refusal,
)
from consent.decision import Purpose
from consent.levels import Level
from consent.models import PhoneNumber
from messaging import conversations, explaining, failures, outbound
from messaging.models import Conversation, Message

_STAFF = [
    Purpose.CONVERSATIONAL.value,
    Purpose.INFORMATIONAL.value,
    Purpose.PROMOTIONAL.value,
]


# --- what goes out -------------------------------------------------------------------------------


class MediaOut(serializers.Serializer[dict[str, Any]]):
    """One picture or file of a text."""

    id = serializers.UUIDField()
    content_type = serializers.CharField()
    size_bytes = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField()
    status = serializers.CharField(help_text="pending, stored or refused")


class MessageOut(serializers.Serializer[dict[str, Any]]):
    """One text."""

    id = serializers.UUIDField()
    conversation = serializers.UUIDField()
    contact = serializers.UUIDField()
    direction = serializers.CharField(help_text="inbound or outbound")
    purpose = serializers.CharField(allow_null=True, help_text="null for the customer's own texts")
    body = serializers.CharField()
    appended = serializers.CharField(
        help_text="What the law wants after the body: it goes out on a line of its own."
    )
    segments = serializers.IntegerField()
    media = MediaOut(many=True)
    status = serializers.CharField(help_text=", ".join(Message.Status.values))
    failure = serializers.CharField(allow_null=True, help_text="A code; null when nothing failed.")
    failure_text = serializers.CharField(allow_null=True)
    decision = DecisionOut(allow_null=True)
    author = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    not_before = serializers.DateTimeField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    carrier_sid = serializers.CharField(allow_null=True)


class MessagePageOut(serializers.Serializer[dict[str, Any]]):
    """A page of texts, newest first."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = MessageOut(many=True)


class PartnerOut(serializers.Serializer[dict[str, Any]]):
    """The customer of a conversation."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    number = serializers.CharField()
    consent = ConsentOut()


class ConversationOut(serializers.Serializer[dict[str, Any]]):
    """One conversation."""

    id = serializers.UUIDField()
    contact = PartnerOut()
    dealership = serializers.UUIDField()
    assigned_to = serializers.UUIDField(allow_null=True)
    status = serializers.CharField(help_text="open or closed")
    owed_since = serializers.DateTimeField(
        allow_null=True, help_text="Since when the customer waits for an answer."
    )
    last_message = MessageOut(allow_null=True)
    updated_at = serializers.DateTimeField()


class ConversationPageOut(serializers.Serializer[dict[str, Any]]):
    """A page of conversations, the latest text first."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ConversationOut(many=True)


class AskedOut(serializers.Serializer[dict[str, Any]]):
    """A permission request on its way."""

    message = serializers.UUIDField()
    consent = ConsentOut()


def _messages() -> QuerySet[Message]:
    """Return texts with all that MessageOut shows; two queries for any count."""
    return Message.objects.select_related(
        "conversation__contact", "decision", "author"
    ).prefetch_related("attachments")


def fields_of_message(message: Message) -> dict[str, Any]:
    """Return what MessageOut shows of a text."""
    return {
        "id": message.public_id,
        "conversation": message.conversation.public_id,
        "contact": message.conversation.contact.public_id,
        "direction": message.direction,
        "purpose": message.purpose or None,
        "body": message.body,
        "appended": message.appended,
        "segments": message.segments,
        "media": [
            {
                "id": file.public_id,
                "content_type": file.content_type,
                "size_bytes": file.size_bytes,
                "sha256": file.sha256,
                "status": file.status,
            }
            for file in message.attachments.all()
        ],
        "status": message.status,
        "failure": message.failure or None,
        "failure_text": _failure_text(message),
        "decision": fields_of_decision(message.decision) if message.decision else None,
        "author": message.author.public_id if message.author else None,
        "created_at": message.created_at,
        "not_before": message.not_before,
        "sent_at": message.sent_at,
        "carrier_sid": message.carrier_sid,
    }


def _failure_text(message: Message) -> str | None:
    if not message.failure:
        return None
    if text := failures.describe(message.failure):
        return text
    for reason in message.decision.reasons if message.decision else ():
        if reason["code"] == message.failure:
            return str(reason["text"])
    return message.failure


def _conversations(user: User) -> QuerySet[Conversation]:
    latest = Message.objects.filter(conversation=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    return (
        Conversation.objects.visible_to(user)
        .select_related("dealership", "contact", "phone", "assigned_to")
        .annotate(latest_pk=Subquery(latest))
    )


def _fields_of_conversations(rows: Sequence[Conversation]) -> list[dict[str, Any]]:
    """Return what ConversationOut shows of each; five queries for any count."""
    consents = consents_of({row.phone_id: row.phone for row in rows}.values())
    keys = [getattr(row, "latest_pk", None) for row in rows]
    latest = {m.pk: m for m in _messages().filter(pk__in=[key for key in keys if key])}
    return [
        {
            "id": row.public_id,
            "contact": {
                "id": row.contact.public_id,
                "name": row.contact.name,
                "number": row.phone.number_e164,
                "consent": consents[row.phone_id],
            },
            "dealership": row.dealership.public_id,
            "assigned_to": row.assigned_to.public_id if row.assigned_to else None,
            "status": row.status,
            "owed_since": row.owed_since,
            "last_message": fields_of_message(latest[key]) if key in latest else None,
            "updated_at": row.updated_at,
        }
        for row, key in zip(rows, keys, strict=True)
    ]


# --- what comes in -------------------------------------------------------------------------------


class MessageIn(serializers.Serializer[dict[str, Any]]):
    """A text to send."""

    contact = serializers.UUIDField()
    body = serializers.CharField(trim_whitespace=False, allow_blank=True)
    purpose = serializers.ChoiceField(choices=_STAFF)
    send_at = AwareDateTimeField(required=False, allow_null=True)


class AskIn(serializers.Serializer[dict[str, Any]]):
    """A permission request."""

    level = serializers.ChoiceField(
        choices=[Level.INFORMATIONAL.value, Level.PROMOTIONAL.value],
        required=False,
        default=Level.INFORMATIONAL.value,
    )


class AssignIn(serializers.Serializer[dict[str, Any]]):
    """Whose conversation it shall be."""

    user = serializers.UUIDField(allow_null=True)


# --- texts ---------------------------------------------------------------------------------------


@extend_schema_view(
    post=extend_schema(
        operation_id="messages_create",
        summary="Send a text, now or later",
        description=(
            "The gate is asked now and again at the moment of sending. `body` goes out first and "
            "unchanged."
        ),
        parameters=[KEY],
        request=MessageIn,
        responses={202: MessageOut, 409: NotAllowedOut, **ERRORS},
    )
)
class MessagesView(ActionView[PhoneNumber]):
    """All texts."""

    @extend_schema(
        operation_id="messages_list",
        summary="The texts of your dealerships, newest first",
        parameters=[
            OpenApiParameter("contact", OpenApiTypes.UUID),
            OpenApiParameter("conversation", OpenApiTypes.UUID),
            DEALERSHIP,
            OpenApiParameter("status", str),
            OpenApiParameter("direction", str),
            *PAGE,
        ],
        responses={200: MessagePageOut, 401: ErrorOut, 404: ErrorOut},
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        rows = _messages().visible_to(user_of(request))  # type: ignore[attr-defined]
        if value := asked.get("contact"):
            rows = rows.filter(conversation__contact=contact_for(request, value))
        if value := asked.get("conversation"):
            rows = rows.filter(conversation=_conversation_for(request, value))
        if value := asked.get("dealership"):
            rows = rows.filter(dealership=dealership_of(request, value))
        known = {"status": Message.Status.values, "direction": Message.Direction.values}
        for name, values in known.items():
            if value := asked.get(name):
                rows = rows.filter(**{name: value}) if value in values else rows.none()
        return _page_of_messages(rows, request, self)

    @override
    def find(self, request: Request, **names: Any) -> PhoneNumber:
        return phone_of(contact_for(request, id_in(request.data, "contact")))

    @override
    def act(self, request: Request, target: PhoneNumber) -> Response:
        asked = MessageIn(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        try:
            message = outbound.compose(
                conversations.conversation_for(target),
                body=data["body"],
                purpose=Purpose(data["purpose"]),
                acting_user=user_of(request),
                send_at=data.get("send_at"),
            )
        except outbound.BadText as error:
            field = "send_at" if error.code == "bad_time" else "body"
            raise _bad(error, field) from None
        except conversations.NoNumber:
            raise _no_number() from None
        if message.status == Message.Status.REFUSED and message.decision:
            raise refusal(message.decision, message=str(message.public_id))
        return Response(_one_message(message), status=202)


def _bad(error: outbound.BadText, field: str) -> ApiError:
    return ApiError(422, error.code, error.detail, fields={field: [error.detail]})


def _no_number() -> ApiError:
    return ApiError(409, "no_number", "The dealership has no number to text from.")


def _one_message(message: Message) -> Any:
    return MessageOut(fields_of_message(_messages().get(pk=message.pk))).data


def _page_of_messages(rows: QuerySet[Message], request: Request, view: APIView) -> Response:
    pages = NewestFirst()
    found = pages.paginate_queryset(rows, request, view=view) or []
    shown = [MessageOut(fields_of_message(message)).data for message in found]
    return pages.get_paginated_response(shown)


def _message_for(request: Request, message_id: object) -> Message:
    rows = Message.objects.visible_to(user_of(request)).select_related("conversation")
    return get_object_or_404(rows, public_id=as_id(message_id))


class MessageView(APIView):
    """One text."""

    @extend_schema(
        operation_id="messages_read",
        summary="One text, as it stands now",
        responses={200: MessageOut, 401: ErrorOut, 404: ErrorOut},
    )
    def get(self, request: Request, message_id: uuid.UUID) -> Response:
        return Response(_one_message(_message_for(request, message_id)))


@extend_schema_view(
    post=extend_schema(
        operation_id="messages_cancel",
        summary="Take back a text that has not gone out",
        parameters=[KEY],
        request=None,
        responses={200: MessageOut, 409: ErrorOut, **ERRORS},
    )
)
class CancelView(ActionView[Message]):
    """Undo."""

    @override
    def find(self, request: Request, **names: Any) -> Message:
        return _message_for(request, names["message_id"])

    @override
    def act(self, request: Request, target: Message) -> Response:
        if not outbound.cancel(target, acting_user=user_of(request)):
            target.refresh_from_db(fields=["status"])
            if target.status != Message.Status.CANCELED:
                raise ApiError(
                    409,
                    "too_late",
                    "Only a text that waits can be taken back.",
                    status=target.status,
                )
        return Response(_one_message(target))


class ExplainView(APIView):
    """Why one text was sent or refused."""

    @extend_schema(
        operation_id="messages_explain",
        summary="The full record behind one text: entries, wording, rules, local times, proofs",
        responses={200: dict[str, Any], 401: ErrorOut, 404: ErrorOut},
    )
    def get(self, request: Request, message_id: uuid.UUID) -> Response:
        message = get_object_or_404(explaining.explainable(user_of(request)), public_id=message_id)
        record = explaining.explain(message)
        return Response(explaining.fields_of_explanation(record))


# --- permission ----------------------------------------------------------------------------------


@extend_schema_view(
    post=extend_schema(
        operation_id="contacts_ask_permission",
        summary="Ask the customer for permission, by the standard wording",
        parameters=[KEY],
        request=AskIn,
        responses={202: AskedOut, 409: NotAllowedOut, **ERRORS},
    )
)
class AskPermissionView(ContactAction):
    """The first half of the double opt-in."""

    @override
    def act(self, request: Request, target: PhoneNumber) -> Response:
        asked = AskIn(data=object_of(request.data))
        asked.is_valid(raise_exception=True)
        try:
            message = outbound.ask_permission(
                target,
                acting_user=user_of(request),
                level=Level(asked.validated_data["level"]),
            )
        except outbound.NotAllowed as error:
            raise refusal(error.decision) from None
        except outbound.BadText as error:
            raise _bad(error, "level") from None
        except conversations.NoNumber:
            raise _no_number() from None
        out = {"message": message.public_id, "consent": consent_of(target)}
        return Response(AskedOut(out).data, status=202)


# --- conversations -------------------------------------------------------------------------------


class _LatestFirst(NewestFirst):
    ordering = ("-last_message_at", "-pk")  # type: ignore[assignment]  # a tuple is taken too


def _conversation_for(request: Request, conversation_id: object) -> Conversation:
    return get_object_or_404(_conversations(user_of(request)), public_id=as_id(conversation_id))


def _one_conversation(request: Request, conversation: Conversation) -> Response:
    fresh = _conversations(user_of(request)).get(pk=conversation.pk)
    return Response(ConversationOut(_fields_of_conversations([fresh])[0]).data)


class ConversationsView(APIView):
    """All conversations."""

    @extend_schema(
        operation_id="conversations_list",
        summary="The conversations of your dealerships, the latest text first",
        parameters=[
            DEALERSHIP,
            OpenApiParameter("contact", OpenApiTypes.UUID),
            OpenApiParameter("status", str, enum=["open", "closed"]),
            OpenApiParameter("owed", bool, description="true: only where a customer waits."),
            OpenApiParameter("assigned_to", str, description="A user's id, `me` or `nobody`."),
            *PAGE,
        ],
        responses={200: ConversationPageOut, 401: ErrorOut, 404: ErrorOut},
    )
    def get(self, request: Request) -> Response:
        user, asked = user_of(request), request.query_params
        rows = _conversations(user)
        if value := asked.get("dealership"):
            rows = rows.filter(dealership=dealership_of(request, value))
        if value := asked.get("contact"):
            rows = rows.filter(contact=contact_for(request, value))
        if value := asked.get("status"):
            known = value in Conversation.Status.values
            rows = rows.filter(status=value) if known else rows.none()
        if (value := asked.get("owed")) is not None:
            rows = rows.filter(owed_since__isnull=value.lower() not in {"true", "1", "yes"})
        if value := asked.get("assigned_to"):
            rows = _assigned(rows, value, user)
        pages = _LatestFirst()
        found = pages.paginate_queryset(rows, request, view=self) or []
        shown = [ConversationOut(row).data for row in _fields_of_conversations(found)]
        return pages.get_paginated_response(shown)


def _assigned(rows: QuerySet[Conversation], value: str, user: User) -> QuerySet[Conversation]:
    if value == "me":
        return rows.filter(assigned_to=user)
    if value == "nobody":
        return rows.filter(assigned_to=None)
    return rows.filter(assigned_to__public_id=as_id(value))


class ConversationView(APIView):
    """One conversation."""

    @extend_schema(
        operation_id="conversations_read",
        summary="One conversation",
        responses={200: ConversationOut, 401: ErrorOut, 404: ErrorOut},
    )
    def get(self, request: Request, conversation_id: uuid.UUID) -> Response:
        found = _conversation_for(request, conversation_id)
        return Response(ConversationOut(_fields_of_conversations([found])[0]).data)


class ConversationMessagesView(APIView):
    """What was said."""

    @extend_schema(
        operation_id="conversations_messages",
        summary="The texts of one conversation, newest first",
        parameters=PAGE,
        responses={200: MessagePageOut, 401: ErrorOut, 404: ErrorOut},
    )
    def get(self, request: Request, conversation_id: uuid.UUID) -> Response:
        conversation = _conversation_for(request, conversation_id)
        return _page_of_messages(_messages().filter(conversation=conversation), request, self)


class ConversationAction(ActionView[Conversation]):
    """A POST about one conversation."""

    @override
    def find(self, request: Request, **names: Any) -> Conversation:
        return _conversation_for(request, names["conversation_id"])


@extend_schema_view(
    post=extend_schema(
        operation_id="conversations_close",
        summary="End a conversation; it is sealed soon after",
        parameters=[KEY],
        request=None,
        responses={200: ConversationOut, **ERRORS},
    )
)
class CloseView(ConversationAction):
    """The end. Closing what is closed changes nothing."""

    @override
    def act(self, request: Request, target: Conversation) -> Response:
        conversations.close(target, acting_user=user_of(request))
        return _one_conversation(request, target)


@extend_schema_view(
    post=extend_schema(
        operation_id="conversations_assign",
        summary="Give a conversation to a colleague, or to nobody",
        parameters=[KEY],
        request=AssignIn,
        responses={200: ConversationOut, **ERRORS},
    )
)
class AssignView(ConversationAction):
    """Whose it is."""

    @override
    def act(self, request: Request, target: Conversation) -> Response:
        asked = AssignIn(data=request.data)
        asked.is_valid(raise_exception=True)
        chosen = asked.validated_data["user"]
        to = User.objects.filter(public_id=chosen, is_active=True).first() if chosen else None
        try:
            if chosen and to is None:
                raise ValueError
            conversations.assign(target, to=to, acting_user=user_of(request))
        except ValueError:
            text = "Nobody with this id works at the dealership."
            raise ApiError(422, "not_a_member", text, fields={"user": [text]}) from None
        return _one_conversation(request, target)


urlpatterns = [
    path("messages/", MessagesView.as_view(), name="api-messages"),
    path("messages/<uuid:message_id>/", MessageView.as_view(), name="api-message"),
    path("messages/<uuid:message_id>/explain/", ExplainView.as_view(), name="api-message-explain"),
    path("messages/<uuid:message_id>/cancel/", CancelView.as_view(), name="api-message-cancel"),
    path(
        "contacts/<uuid:contact_id>/ask-permission/",
        AskPermissionView.as_view(),
        name="api-contact-ask-permission",
    ),
    path("conversations/", ConversationsView.as_view(), name="api-conversations"),
    path(
        "conversations/<uuid:conversation_id>/", ConversationView.as_view(), name="api-conversation"
    ),
    path(
        "conversations/<uuid:conversation_id>/messages/",
        ConversationMessagesView.as_view(),
        name="api-conversation-messages",
    ),
    path(
        "conversations/<uuid:conversation_id>/close/",
        CloseView.as_view(),
        name="api-conversation-close",
    ),
    path(
        "conversations/<uuid:conversation_id>/assign/",
        AssignView.as_view(),
        name="api-conversation-assign",
    ),
]
