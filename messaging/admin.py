"""The operator's view of messaging: to look at, never to correct."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin, register_the_rest
from messaging.models import Attachment, Conversation, DeliveryEvent, Message, WebhookReceipt


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "dealership", "status", "assigned_to", "last_message_at"]
    list_filter = ["status", "dealership"]
    list_select_related = ["dealership", "assigned_to"]


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "dealership", "direction", "purpose", "status", "created_at"]
    list_filter = ["direction", "status", "dealership"]
    list_select_related = ["dealership"]
    ordering = ["-pk"]


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "content_type", "size_bytes", "status", "reason"]
    list_filter = ["status"]


@admin.register(WebhookReceipt)
class WebhookReceiptAdmin(ReadOnlyAdmin):
    list_display = ["sid", "kind", "status", "routed", "received_at"]
    list_filter = ["kind", "routed"]
    ordering = ["-pk"]


@admin.register(DeliveryEvent)
class DeliveryEventAdmin(ReadOnlyAdmin):
    list_display = ["sid", "status", "error_code", "received_at"]
    list_filter = ["status"]
    ordering = ["-pk"]


register_the_rest("messaging")
