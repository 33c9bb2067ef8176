"""The portal's one clock. TIME_OFFSET_SECONDS (development only) shifts it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings


def now() -> datetime:
    """Return this instant: aware, UTC, shifted by TIME_OFFSET_SECONDS."""
    return datetime.now(UTC) + timedelta(seconds=settings.TIME_OFFSET_SECONDS)
