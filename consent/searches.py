"""What people search for: kept in their session, named in addresses by a key that says nothing.

Names and numbers would else stand in URLs, histories and access logs (promise I7).
"""

from __future__ import annotations

import secrets

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.http import StaffRequest

KEY = "searches"
PARAMETER = "found"
MOST_KEPT = 20
MAX_CHARACTERS = 60


def keep(request: StaffRequest, words: str) -> str:
    """Keep words to search for and return their key; "" for no words."""
    words = words.strip()[:MAX_CHARACTERS]
    if not words:
        return ""
    kept: dict[str, str] = request.session.get(KEY, {})
    for key, known in kept.items():
        if known == words:
            return key
    key = secrets.token_urlsafe(6)
    request.session[KEY] = dict([*kept.items(), (key, words)][-MOST_KEPT:])
    return key


def words_of(request: StaffRequest) -> str:
    """Return the words whose key stands in the address, "" without one or with an old one."""
    kept: dict[str, str] = request.session.get(KEY, {})
    return kept.get(request.GET.get(PARAMETER, ""), "")


def answer_post(request: StaffRequest, route: str, **more: str) -> HttpResponseRedirect:
    """Answer a posted search: go to the list that shows what was found, and to `more` of it."""
    asked = {PARAMETER: keep(request, request.POST.get("q", "")), **more}
    query = urlencode({name: value for name, value in asked.items() if value})
    return HttpResponseRedirect(f"{reverse(route)}{'?' if query else ''}{query}")
