"""The settings of a dealership: details, numbers, its own carrier account."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.encryption import decrypt
from accounts.models import CarrierNumber, Dealership, User
from conftest import NORTH_NUMBER, OTHER_NUMBER

SignedIn = Callable[[User], Client]
DETAILS = {
    "street": "2 Main St",
    "city": "Chambersburg",
    "region": "pa",
    "postal_code": "17201",
    "timezone": "America/New_York",
    "care_phone": "(717) 555-0198",
    "privacy_url": "https://dealer.example/privacy",
    "terms_url": "",
    "crm_addresses": "crm@dealer.example, second@dealer.example",
    "idle_close_hours": "48",
}


@pytest.fixture
def settings_page(ada: User, north: Dealership, signed_in: SignedIn) -> tuple[Client, str]:
    return signed_in(ada), f"/dealerships/{north.public_id}/"


def test_details_are_stored_as_customers_and_machines_need_them(
    settings_page: tuple[Client, str], north: Dealership, ada: User
) -> None:
    client, path = settings_page
    assert client.get(path).status_code == 200
    assert client.post(path, DETAILS).status_code == 302
    north.refresh_from_db()
    assert (north.region, north.care_phone) == ("PA", "+17175550198")
    assert north.crm_address_list == ["crm@dealer.example", "second@dealer.example"]
    latest = north.history.first()
    assert (latest.history_user, latest.history_change_reason) == (ada, "settings")


def test_the_seller_cannot_be_renamed_here(
    settings_page: tuple[Client, str], north: Dealership
) -> None:
    client, path = settings_page
    client.post(path, {**DETAILS, "name": "Somebody Else", "country": "CA", "is_active": ""})
    north.refresh_from_db()
    assert (north.name, north.country, north.is_active) == ("Fitzgerald Auto Mall", "US", True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("care_phone", "555"),
        ("region", "Penn"),
        ("region", "ZZ"),
        ("timezone", "Mars/Olympus"),
        ("crm_addresses", "not an address"),
        ("idle_close_hours", "0"),
        ("privacy_url", "javascript:alert(1)"),
        *(("join_keyword", word) for word in ("STOP", "yes", "SURE", "Agree", "HELP", "NADA")),
        ("join_keyword", "ALERTS"),  # reads as a possible stop
    ],
)
def test_a_bad_detail_comes_back_with_its_error(
    settings_page: tuple[Client, str], north: Dealership, field: str, value: str
) -> None:
    client, path = settings_page
    answer = client.post(path, {**DETAILS, field: value})
    assert answer.status_code == 422
    assert b"errorlist" in answer.content
    north.refresh_from_db()
    assert north.street == "1 Main St"


def test_the_carriers_tokens_are_encrypted_and_never_shown(
    settings_page: tuple[Client, str], north: Dealership
) -> None:
    client, path = settings_page
    given = {"sid": "AC" + "1" * 32, "token": "first-secret", "next_token": ""}
    assert client.post(f"{path}carrier/", given).status_code == 302
    north.refresh_from_db()
    assert "first-secret" not in north.carrier_auth_token
    assert decrypt(north.carrier_auth_token) == "first-secret"
    client.post(f"{path}carrier/", {**given, "token": "", "next_token": "second-secret"})
    north.refresh_from_db()
    assert decrypt(north.carrier_auth_token) == "first-secret"
    assert decrypt(north.carrier_next_auth_token) == "second-secret"
    content = client.get(path).content.decode()
    assert "secret" not in content
    assert north.carrier_auth_token not in content
    assert not any(hasattr(row, "carrier_auth_token") for row in north.history.all())
    client.post(f"{path}carrier/", {"sid": "", "token": "", "next_token": ""})
    north.refresh_from_db()
    assert (north.carrier_account_sid, north.carrier_auth_token) == ("", "")


def test_an_account_needs_its_token(settings_page: tuple[Client, str], north: Dealership) -> None:
    client, path = settings_page
    assert client.post(f"{path}carrier/", {"sid": "AC1", "token": ""}).status_code == 422
    north.refresh_from_db()
    assert north.carrier_account_sid == ""


def test_a_number_is_added_and_changed(
    settings_page: tuple[Client, str], north: Dealership
) -> None:
    client, path = settings_page
    new = {
        "new-number_e164": "(888) 555-0123",
        "new-segments_per_second": "3",
        "new-carrier_answers": ["stop"],
        "new-messaging_service_sid": "",
    }
    assert client.post(f"{path}numbers/add/", new).status_code == 302
    number = CarrierNumber.objects.get(number_e164="+18885550123")
    assert (number.kind, number.carrier_answers) == ("toll_free", ["stop"])
    prefix = str(number.public_id)
    changed = {f"{prefix}-segments_per_second": "10", f"{prefix}-is_active": ""}
    assert client.post(f"/numbers/{prefix}/", changed).status_code == 302
    number.refresh_from_db()
    assert (number.segments_per_second, number.is_active, number.carrier_answers) == (
        Decimal(10),
        False,
        [],
    )


@pytest.mark.parametrize("number", ["12", NORTH_NUMBER, OTHER_NUMBER])
def test_a_number_that_is_none_or_in_use_is_refused(
    settings_page: tuple[Client, str], other: Dealership, number: str
) -> None:
    client, path = settings_page
    new = {"new-number_e164": number, "new-segments_per_second": "1"}
    answer = client.post(f"{path}numbers/add/", new)
    assert answer.status_code == 422
    assert b"Rival" not in answer.content


def test_a_strangers_number_and_settings_do_not_exist(
    ada: User, other: Dealership, signed_in: SignedIn
) -> None:
    client = signed_in(ada)
    theirs = CarrierNumber.objects.get(dealership=other)
    assert client.get(f"/dealerships/{other.public_id}/").status_code == 404
    assert client.post(f"/numbers/{theirs.public_id}/", {}).status_code == 404
    for path in ("carrier/", "numbers/add/"):
        assert client.post(f"/dealerships/{other.public_id}/{path}", {}).status_code == 404


def test_only_admins_see_settings(
    sal: User, mona: User, north: Dealership, signed_in: SignedIn, settings: Any
) -> None:
    for person in (sal, mona):
        answer = signed_in(person).get(f"/dealerships/{north.public_id}/")
        assert answer.status_code == 403
        assert b"Your role does not allow it" in answer.content
