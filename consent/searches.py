"""What people search for: kept in their session, named in addresses by a key that says nothing.

Names and numbers would else stand in URLs, histories and access logs (promise I7).
"""

from __future__ import annotations

import secrets

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.clock import now
from accounts.http import StaffRequest
from accounts.models import Dealership, User

KEY = "searches"
NAME = "name"
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


def keep_name(request: StaffRequest, name: str) -> None:
    """Keep a customer's name to look for, until another is."""
    request.session[NAME] = name


def name_of(request: StaffRequest) -> str:
    """Return the customer's name that was looked for last, "" for none."""
    return str(request.session.get(NAME, ""))


def forget(dealership: Dealership) -> None:
    """Drop what the staff of a dealership's group searched for: it may name who is erased."""
    staff = User.objects.filter(
        Q(memberships__dealership__group=dealership.group_id)
        | Q(group_admins__group=dealership.group_id)
    )
    keys = {str(pk) for pk in staff.values_list("pk", flat=True)}
    for row in Session.objects.filter(expire_date__gt=now()).iterator():
        kept = row.get_decoded()
        if kept.get(SESSION_KEY) in keys and (kept.keys() & {KEY, NAME}):
            store = SessionStore(row.session_key)
            for key in (KEY, NAME):
                store.pop(key, None)
            store.save()


def answer_post(request: StaffRequest, route: str, **more: str) -> HttpResponseRedirect:
    """Answer a posted search: go to the list that shows what was found, and to `more` of it."""
    asked = {PARAMETER: keep(request, request.POST.get("q", "")), **more}
    query = urlencode({name: value for name, value in asked.items() if value})
    return HttpResponseRedirect(f"{reverse(route)}{'?' if query else ''}{query}")
