"""Typed requests of signed-in staff."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class StaffRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User
    htmx: HtmxDetails


def client_ip(request: HttpRequest) -> str:
    """Return the address of whoever asks, as the trusted proxies tell it; "" when it is not known.

    The number of proxies is ALLAUTH_TRUSTED_PROXY_COUNT: the sign-in limits rest on it too.
    """
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""
