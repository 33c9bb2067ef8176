"""The carrier's URLs, below /webhooks/."""

from __future__ import annotations

from django.urls import path

from messaging import webhooks

urlpatterns = [
    path("twilio/inbound/", webhooks.inbound_text, name="inbound"),
    path("twilio/status/", webhooks.status_callback, name="status"),
    path("twilio/voice/", webhooks.voice, name="voice"),
]
