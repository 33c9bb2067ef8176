"""Sign-in through django-allauth: staff only, no public sign-up, mail sent by workers."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest
from typing_extensions import override

from accounts.http import client_ip
from accounts.staff import request_password_link


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped base class
    """Accounts are made by a dealership's admin."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)


class PasswordLinkForm(ResetPasswordForm):  # type: ignore[misc]  # untyped base class
    """Asks a worker to mail the link.

    The answer comes as fast for an unknown address as for a known one, so that nobody learns from
    the time it takes who works here.
    """

    @override
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        for user in self.users:
            request_password_link(user.pk)
        return str(self.cleaned_data["email"])
