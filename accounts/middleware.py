"""Managers and admins set up a second factor before anything else, except in development."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.access import needs_second_factor
from accounts.api_errors import body_of
from accounts.models import User

#: What a person needs in order to set it up, and what knows no person. Not the API: there a
#: session without a second factor is refused too; a token is its own key and brings no session.
_FREE = (
    "/accounts/",
    "/static/",
    "/i18n/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/webhooks/",
    "/my/",
    "/join/",
)


def second_factor(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Send whoever needs a second factor and has none to its set-up page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not settings.MFA_REQUIRED_FOR_MANAGERS or request.path.startswith(_FREE):
            return get_response(request)
        user = request.user
        if not isinstance(user, User) or is_mfa_enabled(user) or not needs_second_factor(user):
            return get_response(request)
        if request.path.startswith("/api/"):
            detail = "Set up a second factor first."
            return JsonResponse(body_of("second_factor_required", detail), status=403)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("mfa_index")})
        return redirect("mfa_index")

    return middleware
