"""Every list asks the database as often for twenty rows as for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.clock import now
from accounts.models import ApiToken, Dealership, Role, User
from archive import exports
from archive.tests.conftest import make_transcript
from conftest import make_contact, make_user, post_inbound
from consent import revocation
from consent.models import ConsentEvent, PhoneNumber
from messaging.models import Conversation

PAGES = (
    "/inbox/?view=all",
    "/inbox/?view=closed",
    "/consent/",
    "/consent/?state=stopped",
    "/consent/rules/",
    "/stops/possible/",
    "/stops/possible/badge/",
    "/transcripts/",
    "/exports/",
    "/reports/",
    "/reports/stops/",
    "/records/",
    "/imports/",
    "/leads/sources/",
)
API = (
    "/api/v1/me/",
    "/api/v1/dealerships/",
    "/api/v1/contacts/",
    "/api/v1/conversations/",
    "/api/v1/transcripts/",
    "/api/v1/exports/",
)


def fill(north: Dealership, sal: User, ada: User, rows: Iterable[int]) -> None:
    """Store so many of each: customers who texted, stopped, may have stopped; and what is left."""
    for n in rows:
        make_transcript(make_contact(north, number=f"+1717555{n:04d}"), sal)
        post_inbound(from_=f"+1717556{n:04d}", body="Is the Tundra there?")
        stopped = make_contact(north, number=f"+1717557{n:04d}")
        revocation.revoke(
            stopped, how="phone", words="Stop", acting_user=sal, received_at=now(), reason="told"
        )
        doubtful = make_contact(north, number=f"+1717558{n:04d}")
        revocation.pause(doubtful, words="enough already", received_at=now(), evidence={})
        exports.request_export(north, acting_user=ada)
        make_user(f"seller{n}@example.com", f"Seller {n}", north, Role.SALESPERSON)


def asked(get: Callable[[str], Any], paths: Iterable[str]) -> dict[str, int]:
    """Return how many queries each list takes, once all that is read once has been read."""
    counts = {}
    for path in paths:
        get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = get(path)
        assert answer.status_code in {200, 405}, (path, answer.status_code)
        counts[path] = len(captured)
    return counts


@pytest.mark.django_db
def test_lists_cost_the_same_for_one_row_and_for_twenty(
    north: Dealership, sal: User, ada: User
) -> None:
    browser, api = Client(), APIClient()
    browser.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    api.credentials(HTTP_AUTHORIZATION=f"Token {ApiToken.issue(ada)}")

    pages = (*PAGES, f"/staff/{north.public_id}/")

    def all_of_them() -> dict[str, int]:
        return asked(browser.get, pages) | asked(api.get, API)

    fill(north, sal, ada, range(1))
    one = all_of_them()
    fill(north, sal, ada, range(1, 20))
    assert all_of_them() == one


@pytest.mark.django_db
def test_threads_cost_the_same_for_one_text_and_for_twenty(
    north: Dealership, sal: User, ada: User
) -> None:
    browser, api = Client(), APIClient()
    browser.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    api.credentials(HTTP_AUTHORIZATION=f"Token {ApiToken.issue(ada)}")
    post_inbound(body="Is the Tundra there?")
    talk = Conversation.objects.get()
    pages = (f"/inbox/{talk.public_id}/", f"/consent/{talk.contact.public_id}/")
    answers = (
        f"/api/v1/conversations/{talk.public_id}/messages/",
        f"/api/v1/contacts/{talk.contact.public_id}/consent/",
    )
    one = asked(browser.get, pages) | asked(api.get, answers)
    for _ in range(19):
        post_inbound(body="And the price?")
    assert ConsentEvent.objects.count() == 20
    assert PhoneNumber.objects.count() == 1
    assert asked(browser.get, pages) | asked(api.get, answers) == one
