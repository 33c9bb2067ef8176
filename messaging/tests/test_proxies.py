"""Behind a proxy, and before a forger: webhooks are checked against SITE_URL alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from twilio.request_validator import RequestValidator

from accounts.models import Dealership
from conftest import CORA_NUMBER, NORTH_NUMBER, inbound_params
from messaging.models import Message, WebhookReceipt

PATH = "/webhooks/twilio/inbound/"
FORGED = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "X-Original-URL": "/x"}


def post(signed_for: str, **headers: str) -> Any:
    params = inbound_params(to=NORTH_NUMBER, from_=CORA_NUMBER, body="hello")
    signature = RequestValidator(django_settings.TWILIO_AUTH_TOKEN).compute_signature(
        f"{signed_for}{PATH}", params
    )
    return Client().post(PATH, params, headers={"X-Twilio-Signature": signature, **headers})


@pytest.mark.django_db
def test_the_public_url_comes_from_the_setting_whatever_a_request_says(
    settings: Any, north: Dealership
) -> None:
    settings.SITE_URL = "https://text.example.com"
    settings.SECURE_SSL_REDIRECT = True
    # The proxy ended TLS: what arrives is plain http, under an inner name.
    assert post("https://text.example.com", **FORGED).status_code == 200
    assert Message.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["https://evil.example", "http://testserver", "http://evil.example"]
)
def test_a_signature_for_the_url_of_the_headers_is_none(
    settings: Any, north: Dealership, url: str
) -> None:
    settings.SITE_URL = "https://text.example.com"
    assert post(url, **FORGED).status_code == 403
    assert WebhookReceipt.objects.count() == 0
