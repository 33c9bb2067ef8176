"""Whom a request comes from: only as many proxies are believed as there are."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client, RequestFactory
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle

from accounts.http import client_ip
from accounts.models import User

PROXY, CUSTOMER, FORGED = "10.0.0.1", "203.0.113.7", "198.51.100.9"


@pytest.mark.parametrize(
    ("trusted", "header", "expected"),
    [
        (0, CUSTOMER, PROXY),
        (0, "", PROXY),
        (1, CUSTOMER, CUSTOMER),
        (1, f"{FORGED}, {CUSTOMER}", CUSTOMER),
        (1, f"{FORGED},{FORGED} , {CUSTOMER} ", CUSTOMER),
        (2, f"{FORGED}, {CUSTOMER}, 10.0.0.2", CUSTOMER),
        (2, CUSTOMER, PROXY),  # it came around the outer proxy
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, "2001:db8:0:0::7", "2001:db8::7"),
    ],
)
def test_the_client_is_who_the_outermost_proxy_of_ours_saw(
    settings: Any, trusted: int, header: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = trusted
    headers = {"X-Forwarded-For": header} if header else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=PROXY)
    assert client_ip(request) == expected
    assert get_adapter().get_client_ip(request) == expected


def fail_five_times(address: str) -> int:
    client = Client(REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": address})
    for _ in range(5):
        answer = client.post("/accounts/login/", {"login": "sal@example.com", "password": "wrong"})
    return answer.status_code


def sign_in_from(address: str) -> int:
    client = Client(REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": address})
    answer = client.post(
        "/accounts/login/", {"login": "sal@example.com", "password": "password-for-tests"}
    )
    return answer.status_code


@pytest.mark.django_db
def test_behind_a_proxy_the_lock_falls_on_the_attackers_address_alone(
    settings: Any, sal: User
) -> None:
    settings.TRUSTED_PROXIES = 1
    cache.clear()
    assert fail_five_times(f"{FORGED}, {CUSTOMER}") == 429
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {CUSTOMER}
    cache.clear()
    assert sign_in_from(CUSTOMER) == 429
    assert sign_in_from("192.0.2.44") == 302


@pytest.mark.django_db
def test_without_a_proxy_a_forged_header_does_not_slip_the_lock(settings: Any, sal: User) -> None:
    settings.TRUSTED_PROXIES = 0
    cache.clear()
    assert fail_five_times(CUSTOMER) == 429
    cache.clear()
    assert sign_in_from("192.0.2.44") == 429


def test_the_apis_throttle_believes_as_many_proxies(settings: Any) -> None:
    """The framework's own reading, which counts alike."""
    assert settings.REST_FRAMEWORK["NUM_PROXIES"] == settings.TRUSTED_PROXIES
    request = RequestFactory().get("/", headers={"X-Forwarded-For": FORGED}, REMOTE_ADDR=PROXY)
    assert UserRateThrottle().get_ident(Request(request)) == PROXY
