"""Whom a failed sign-in is counted against, for django-axes."""

from __future__ import annotations

from django.http import HttpRequest


def account_of(request: HttpRequest | None, credentials: dict[str, str] | None) -> str | None:
    """Return the address that was tried, in one spelling; unknown ones are locked out just alike.

    django-allauth passes it as `email`, Django's admin as `username`.
    """
    tried = credentials or {}
    address = tried.get("email") or tried.get("username") or tried.get("login")
    if not address and request is not None:
        address = request.POST.get("login") or request.POST.get("username")
    return address.strip().lower() if address else None
