"""Typed requests of signed-in staff."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class StaffRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User
    htmx: HtmxDetails
