"""The inbox, the live stream and the carrier's webhooks."""

from __future__ import annotations

from django.urls import include, path

from messaging import realtime

app_name = "messaging"
urlpatterns = [
    path("webhooks/", include("messaging.webhook_urls")),
    path("events/", realtime.events, name="events"),
]
