"""Managers and admins set up a second factor before anything else, except in development."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from accounts.access import needs_second_factor
from accounts.models import User

_FREE = ("/accounts/", "/static/", "/healthz", "/readyz", "/webhooks/", "/api/")


def second_factor(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Send whoever needs a second factor and has none to its set-up page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not settings.MFA_REQUIRED_FOR_MANAGERS or request.path.startswith(_FREE):
            return get_response(request)
        user = request.user
        if isinstance(user, User) and needs_second_factor(user) and not is_mfa_enabled(user):
            if request.headers.get("HX-Request"):
                return HttpResponse(status=204, headers={"HX-Redirect": "/accounts/2fa/"})
            return redirect("mfa_index")
        return get_response(request)

    return middleware
