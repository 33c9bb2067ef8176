"""Typed requests of signed-in staff, and the address that a request comes from."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class StaffRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User
    htmx: HtmxDetails


def client_ip(request: HttpRequest) -> str:
    """Return the address a request comes from, "" when there is none (a unix socket).

    Each proxy appends to X-Forwarded-For whom it was asked by, so behind TRUSTED_PROXIES of them
    the entry that many places from the right is the outermost one's word. What stands further to
    the left anybody can write; with TRUSTED_PROXIES=0 the header is not read at all.
    """
    peer = str(request.META.get("REMOTE_ADDR") or "")
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if not 0 < settings.TRUSTED_PROXIES <= len(hops):
        return peer
    try:
        return str(ipaddress.ip_address(hops[-settings.TRUSTED_PROXIES].strip()))
    except ValueError:
        return peer
