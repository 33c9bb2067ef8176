"""The top floor: settings, URLs and processes. It knows every app; no app knows it."""

from __future__ import annotations

from dealertext.celery import app as celery_app

__all__ = ["celery_app"]
