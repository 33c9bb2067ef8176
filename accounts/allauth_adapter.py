"""Sign-in through django-allauth: staff only, no public sign-up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from typing_extensions import override


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped base class
    """Accounts are made by a dealership's admin."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
