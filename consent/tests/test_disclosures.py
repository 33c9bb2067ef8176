"""Wordings: what each must hold, whose is in force, and the pages on which admins keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Dealership, User
from conftest import make_contact
from consent import disclosures
from consent.disclosures import BadWording, ChangedMeanwhile, Variant, check_wording
from consent.levels import Level
from consent.models import Disclosure

P = Disclosure.Purpose
ASK = Variant(P.PERMISSION_REQUEST, "en", Level.INFORMATIONAL)
OFFERS = Variant(P.PERMISSION_REQUEST, "en", Level.PROMOTIONAL)
CANADA = Variant(P.PERMISSION_REQUEST, "en", Level.INFORMATIONAL, "CA")
STOPPED = Variant(P.STOP_CONFIRMATION, "en")
OWN = (
    "{person} at {dealership} here. OK to text you? Reply YES or NO. Call {care_phone}. Msg freq "
    "varies. Msg & data rates may apply. HELP for help, STOP to opt out."
)


@pytest.mark.parametrize("variant", list(disclosures.variants()), ids=str)
def test_every_house_wording_holds_what_it_must(variant: Variant) -> None:
    check_wording(variant, disclosures.house_wording(variant))


@pytest.mark.parametrize(
    ("variant", "removed", "fault"),
    [
        (ASK, "{person}", "{person}"),
        (ASK, "{dealership}", "{dealership}"),
        (ASK, "{care_phone}", "{care_phone}"),
        (ASK, "YES", "YES"),
        (ASK, "NO", "NO"),
        (ASK, "STOP", "STOP"),
        (ASK, "rates", "rates"),
        (ASK, "freq", "often"),
        (OFFERS, "condition", "condition"),
        (CANADA, "{street}", "{street}"),
        (CANADA, "withdraw", "withdrawn"),
        (Variant(P.CONFIRMATION, "fr"), "ARRET", "ARRET"),
        (Variant(P.HELP_REPLY, "es"), "STOP", "STOP"),
        (STOPPED, "{dealership}", "{dealership}"),
    ],
)
def test_a_wording_without_what_the_law_wants_is_refused(
    variant: Variant, removed: str, fault: str
) -> None:
    body = disclosures.house_wording(variant).replace(removed, "…")
    with pytest.raises(BadWording, match=fault):
        check_wording(variant, body)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("", "Write the words"),
        (OWN + " {price}", "{price}"),
        (OWN + " {dealership.group}", "dealership.group"),
        (OWN + " {person!r}", "person"),
        (OWN + " {", "braces"),
        (OWN + "x" * 700, "At most 700"),
    ],
)
def test_bad_input_is_named(body: str, fault: str) -> None:
    with pytest.raises(BadWording, match=fault):
        check_wording(ASK, body)


def test_a_stop_confirmation_holds_no_offer() -> None:
    words = "{dealership}: you are opted out. Come back for 20% off all SUVs this weekend only!"
    with pytest.raises(BadWording, match="offer"):
        check_wording(STOPPED, words)


def test_the_newest_own_wording_is_in_force_until_the_house_wording_returns(
    north: Dealership, ada: User
) -> None:
    house = disclosures.current(north, ASK)
    first = disclosures.publish(north, ASK, body=OWN, after=0, acting_user=ada)
    assert disclosures.current(north, ASK) == first
    with pytest.raises(ChangedMeanwhile):
        disclosures.publish(north, ASK, body=OWN + " Bye.", after=0, acting_user=ada)
    disclosures.return_to_house(north, ASK, after=1, acting_user=ada)
    assert disclosures.current(north, ASK) == house
    assert disclosures.own_in_force(north) == {}


@pytest.mark.parametrize(
    ("place", "number", "is_canadian"),
    [
        ("north", "+17175550142", False),
        ("north", "+14165550142", True),
        ("south", "+17175550142", True),
    ],
)
def test_a_question_to_or_from_canada_carries_the_particulars(
    request: pytest.FixtureRequest, place: str, number: str, is_canadian: bool
) -> None:
    phone = make_contact(request.getfixturevalue(place), number=number)
    body = disclosures.question_for(phone, level=Level.INFORMATIONAL).body
    assert ("withdraw consent" in body and "{street}" in body) is is_canadian


def test_an_admin_publishes_a_wording_and_sees_what_is_missing(
    signed_in: Callable[[User], Client], ada: User, north: Dealership
) -> None:
    desk = signed_in(ada)
    url = reverse("consent:wording", args=[north.public_id, "permission_request.informational.en"])
    page = desk.get(url).content.decode()
    assert "This is Ada Fitz from Fitzgerald Auto Mall in Chambersburg" in page
    refused = desk.post(url, {"body": "May I text you?", "after": "0"})
    assert refused.status_code == 422
    assert "May I text you?" in refused.content.decode()
    assert "It must say that rates may apply." in refused.content.decode()
    assert desk.post(url, {"body": OWN, "after": "0"}).status_code == 302
    late = desk.post(url, {"body": OWN + " Bye.", "after": "0"})
    assert late.status_code == 422
    assert "Somebody else changed" in late.content.decode()
    page = desk.get(url).content.decode()
    assert "Ada Fitz at Fitzgerald Auto Mall here." in page
    assert desk.post(url, {"house": "1", "after": "1"}).status_code == 302
    assert "This is Ada Fitz from" in desk.get(url).content.decode()
    assert desk.get(url.replace("informational", "nonsense")).status_code == 404


@pytest.mark.parametrize("count", [0, 20])
def test_the_list_costs_the_same_queries_for_any_number_of_versions(
    signed_in: Callable[[User], Client],
    ada: User,
    north: Dealership,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    for n in range(count):
        disclosures.publish(north, ASK, body=f"{OWN} {n}", after=n, acting_user=ada)
    desk = signed_in(ada)
    url = reverse("consent:wordings", args=[north.public_id])
    desk.get(url)
    with django_assert_num_queries(9):
        page = desk.get(url).content.decode()
    assert ("own, v20" in page) is (count == 20)
