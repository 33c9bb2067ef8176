"""The API: each app's part under /api/v1/, its description at /api/schema/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
