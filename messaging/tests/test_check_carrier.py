"""`check_carrier` against the simulator, over real HTTP, with two accounts."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from accounts.encryption import encrypt
from accounts.models import CarrierNumber, Dealership
from conftest import NORTH_NUMBER, OTHER_NUMBER, SOUTH_NUMBER
from messaging.simulator.delivery import split_overrides
from messaging.tests.conftest import Carrier

OWN_SID, OWN_TOKEN = "AC" + "b" * 32, "t" * 32
SERVICE = "MG" + "c" * 32
INBOUND = "http://testserver/webhooks/twilio/inbound/"
VOICE = "http://testserver/webhooks/twilio/voice/"
pytestmark = pytest.mark.django_db(transaction=True)


def run(*words: str) -> tuple[int, str]:
    """Run the command; return its exit code and what it said."""
    out = StringIO()
    try:
        call_command("check_carrier", *words, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def at_carrier(carrier: Carrier, number: str) -> dict[str, Any]:
    found = [item for item in carrier.get("numbers/")["numbers"] if item["number"] == number]
    return dict(found[0])


def test_numbers_that_lead_nowhere_are_named_and_fixed(
    carrier: Carrier, north: Dealership, south: Dealership
) -> None:
    carrier.post("numbers/", {"numbers": [{"number": NORTH_NUMBER}, {"number": SOUTH_NUMBER}]})
    code, said = run()
    assert code == 1
    for number in (NORTH_NUMBER, SOUTH_NUMBER):
        for what in ("URL of texts", "URL of calls", "fallback of texts", "fallback of calls"):
            assert f"PROBLEM {number} " in said
            assert f"the {what} is not set" in said
    assert "--fix sets what can be set" in said

    code, said = run("--fix")
    assert (code, "8 fixed" in said) == (0, True), said
    there = at_carrier(carrier, NORTH_NUMBER)
    assert there["sms_url"] == f"{INBOUND}#rc=3&rp=ct,rt,5xx"
    assert there["voice_url"] == VOICE
    assert run() == (0, run()[1])
    assert "leads to our webhooks" in run()[1]


def test_what_it_sets_is_what_the_carrier_reads_as_retries() -> None:
    url, found = split_overrides(f"{INBOUND}#rc=3&rp=ct,rt,5xx")
    assert url == INBOUND
    assert found.retries == 3
    assert {"ct", "rt", "5xx"} <= set(found.policy)


def test_a_number_that_leads_elsewhere_or_has_no_retries(
    carrier: Carrier, north: Dealership
) -> None:
    carrier.post(
        "numbers/",
        {"number": NORTH_NUMBER, "sms_url": INBOUND, "voice_url": "https://old.example/v?a=b"},
    )
    code, said = run()
    assert code == 1
    assert "the URL of texts has no retries (it should end in #rc=3&rp=ct,rt,5xx)" in said
    assert f"the URL of calls leads to https://old.example/v, not to {VOICE}" in said


def test_a_number_that_the_account_does_not_have_cannot_be_fixed(
    carrier: Carrier, north: Dealership
) -> None:
    code, said = run("--fix")
    assert code == 1
    assert f"PROBLEM {NORTH_NUMBER} (Fitzgerald Auto Mall): is not a number of this" in said


def test_an_account_of_its_own_is_asked_with_its_own_token(
    carrier: Carrier, north: Dealership, other: Dealership
) -> None:
    carrier.post("accounts/", {"sid": OWN_SID, "auth_token": OWN_TOKEN})
    carrier.post(
        "numbers/",
        {"numbers": [{"number": NORTH_NUMBER}, {"number": OTHER_NUMBER, "account_sid": OWN_SID}]},
    )
    other.carrier_account_sid, other.carrier_auth_token = OWN_SID, encrypt(OWN_TOKEN)
    other.save()
    code, said = run("--fix")
    assert code == 0, said
    assert at_carrier(carrier, OTHER_NUMBER)["sms_url"].startswith(INBOUND)
    other.carrier_auth_token = encrypt("wrong")
    other.save()
    code, said = run()
    assert code == 1
    # The one account does not keep the others from being checked.
    assert f"PROBLEM account {OWN_SID}: could not be asked" in said
    assert f"{NORTH_NUMBER} (Fitzgerald Auto Mall): leads to our webhooks" in said


def test_a_messaging_service_is_checked_in_place_of_its_numbers(
    carrier: Carrier, north: Dealership
) -> None:
    carrier.post("numbers/", {"number": NORTH_NUMBER, "messaging_service_sid": SERVICE})
    CarrierNumber.objects.update(messaging_service_sid=SERVICE)
    code, said = run()
    assert code == 1
    assert f"PROBLEM service {SERVICE}: the callback is not set" in said
    code, said = run("--fix")
    assert code == 0, said
    code, said = run()
    assert code == 0, said
    assert f"campaign QE{'c' * 32} is VERIFIED" in said
    assert "brand BN" in said


def test_a_service_that_only_one_side_knows(carrier: Carrier, north: Dealership) -> None:
    carrier.post("numbers/", {"number": NORTH_NUMBER})
    CarrierNumber.objects.update(messaging_service_sid=SERVICE)
    code, said = run("--fix")
    assert code == 1
    assert f"we text through {SERVICE}; the carrier has it in no service" in said


@pytest.mark.parametrize(
    ("state", "code", "told"),
    [("VERIFIED", 0, "is VERIFIED"), ("IN_PROGRESS", 0, "may block"), ("FAILED", 1, "is FAILED")],
)
def test_the_registration_is_told(
    carrier: Carrier, north: Dealership, state: str, code: int, told: str
) -> None:
    carrier.post("settings/", {"campaign_status": state})
    carrier.post("numbers/", {"number": NORTH_NUMBER, "messaging_service_sid": SERVICE})
    CarrierNumber.objects.update(messaging_service_sid=SERVICE)
    found, said = run("--fix")
    carrier.post("settings/", {"campaign_status": "VERIFIED"})
    assert (found, told in said) == (code, True), said


def test_a_toll_free_numbers_verification_is_told(carrier: Carrier, north: Dealership) -> None:
    carrier.post("numbers/", {"number": "+18335550100"})
    CarrierNumber.objects.update(number_e164="+18335550100", kind=CarrierNumber.Kind.TOLL_FREE)
    carrier.post("settings/", {"tollfree_status": "TWILIO_REJECTED"})
    code, said = run("--fix")
    carrier.post("settings/", {"tollfree_status": "TWILIO_APPROVED"})
    assert code == 1
    assert "is TWILIO_REJECTED" in said


def test_a_carrier_that_is_away_is_said_in_one_line(
    carrier: Carrier, north: Dealership, settings: Any
) -> None:
    settings.TWILIO_API_BASE_URL = "http://127.0.0.1:9"
    code, said = run()
    assert code == 1
    assert (
        f"account {django_settings.TWILIO_ACCOUNT_SID}: could not be asked (no connection)" in said
    )


def test_a_fixed_number_brings_its_texts_to_the_portal(
    carrier: Carrier, north: Dealership, live_server: Any, settings: Any
) -> None:
    """The carrier's own next text goes where the command pointed it."""
    settings.SITE_URL = live_server.url
    carrier.post("numbers/", {"number": NORTH_NUMBER, "sms_url": "http://127.0.0.1:9/gone"})
    assert run("--fix")[0] == 0
    told = carrier.post("texts/", {"from": "+17175550155", "to": NORTH_NUMBER, "body": "hello"})
    assert [item["status"] for item in told["deliveries"]] == [200]
