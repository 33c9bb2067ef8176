"""What each basis should be recorded with, and how strong that makes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import Dealership, User
from conftest import CORA_NUMBER, make_contact
from consent import bases, contacts, ledger
from consent.bases import Strength
from consent.kinds import Basis, Kind
from consent.models import ConsentEvent, Disclosure, PhoneNumber

SignedIn = Callable[[User], Client]


def full(basis: Basis) -> dict[str, Any]:
    """Return evidence that lacks nothing and has nothing against it."""
    good = {"act": "box_ticked", "deal": "lease"}
    return {
        key: good.get(key, "yes" if bases.FIELDS[key].against else "2026-11-02")
        for key in bases.WANTED[basis].keys
    }


@pytest.mark.parametrize("basis", Basis)
def test_every_basis_is_strong_only_with_all_of_its_evidence(basis: Basis) -> None:
    evidence = full(basis)
    assert bases.missing(bases.wanted(basis), evidence) == []
    assert (
        bases.strength(bases.wanted(basis), [], bases.flaws(bases.wanted(basis), evidence))
        is Strength.STRONG
    )
    for key in bases.WANTED[basis].keys:
        less = {k: v for k, v in evidence.items() if k != key}
        core = key in bases.WANTED[basis].core
        # Provider's words may also come as the disclosure; nothing else stands in for a key.
        assert bases.missing(bases.wanted(basis), less) == [key]
        assert bases.strength(bases.wanted(basis), [key]) is (
            Strength.WEAK if core else Strength.PARTIAL
        )
    assert bases.missing(bases.wanted(basis), {}) == list(bases.WANTED[basis].keys)


@pytest.mark.parametrize("basis", Basis)
def test_every_field_names_the_law_that_asks_for_it(basis: Basis) -> None:
    for key in bases.WANTED[basis].keys:
        assert bases.FIELDS[key].law


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("certificate", "xxTrustedFormCertUrl"),
        ("certificate", "leadid_token"),
        ("certificate", "universal_leadid"),
        ("ip", "ip_address"),
        ("purchased_on", "sold_on"),
    ],
)
def test_other_programs_names_for_a_field_count(key: str, name: str) -> None:
    assert bases.value_of(key, {name: "x"}) == "x"
    assert bases.value_of(key, {name: ""}) is None


@pytest.mark.parametrize(
    ("seller", "words", "named"),
    [
        ("Fitzgerald Auto Mall", "I agree that FITZGERALD  Auto-Mall may text me", True),
        ("Garage Léa", "J'accepte que garage lea m'envoie des textos", True),
        ("Fitzgerald Auto Mall", "I agree that our partners may text me", False),
        ("", "anything", False),
    ],
)
def test_a_wording_names_the_seller_or_does_not(seller: str, words: str, named: bool) -> None:
    assert bases.names(seller, words) is named


def last_entry(phone: PhoneNumber) -> ConsentEvent:
    return ledger.entries_of(phone).select_related("evidence").reverse()[0]


def test_the_entry_is_bound_to_the_words_shown(north: Dealership, cora: PhoneNumber) -> None:
    words = "Fitzgerald Auto Mall may text me. Not a condition of purchase."
    contacts.record_basis(
        cora, basis=Basis.WEB_FORM, evidence={"disclosure": words}, acting_user=None
    )
    terms = ledger.terms_of(last_entry(cora))
    assert terms["disclosure_sha256"] == bases.sha256_of(words)
    assert terms["names_dealer"] is True


def test_a_version_named_by_its_id_is_copied_in(cora: PhoneNumber, other: Dealership) -> None:
    mine = Disclosure.objects.create(
        dealership=cora.dealership,
        purpose="permission_request",
        language="en",
        version=7,
        body="Words of seven",
        sha256=bases.sha256_of("Words of seven"),
    )
    contacts.record_basis(
        cora,
        basis=Basis.KEYWORD,
        evidence={"disclosure": str(mine.public_id)},
        acting_user=None,
    )
    entry = last_entry(cora)
    assert ledger.terms_of(entry)["disclosure_version"] == 7
    assert entry.evidence.data["disclosure_words"] == "Words of seven"
    theirs = Disclosure.objects.create(
        dealership=other, purpose="permission_request", language="en", version=1, body="x"
    )
    contacts.record_basis(
        cora,
        basis=Basis.KEYWORD,
        evidence={"disclosure": str(theirs.public_id)},
        acting_user=None,
    )
    assert "disclosure" not in ledger.terms_of(last_entry(cora))


def test_a_lead_that_names_others_says_so(north: Dealership) -> None:
    phone = make_contact(north, basis=Basis.LEAD_PROVIDER)
    for words, named in (("Our partners may text you.", False), (f"{north.name} may.", True)):
        contacts.record_basis(
            phone,
            basis=Basis.LEAD_PROVIDER,
            evidence={"consent_text": words},
            acting_user=None,
        )
        entry = last_entry(phone)
        assert ledger.terms_of(entry)["names_dealer"] is named
        assert entry.evidence.data["names_seller"] == ("yes" if named else "no")
        assert ("names_seller" in str(ledger.terms_of(entry)["flaws"])) is not named


@time_machine.travel(datetime(2026, 11, 24, 15, tzinfo=UTC), tick=False)
def test_when_it_happened_is_what_the_evidence_says(cora: PhoneNumber) -> None:
    for said, received in (
        ("2026-11-20T10:00:00-05:00", datetime(2026, 11, 20, 15, tzinfo=UTC)),
        ("2027-01-01T00:00:00Z", datetime(2026, 11, 24, 15, tzinfo=UTC)),  # has not come
        ("2026-11-20T10:00:00", datetime(2026, 11, 20, 15, tzinfo=UTC)),  # the dealership's zone
        ("2026-11-20", datetime(2026, 11, 20, 5, tzinfo=UTC)),  # the beginning of the day
        ("last week", datetime(2026, 11, 24, 15, tzinfo=UTC)),
    ):
        contacts.record_basis(
            cora, basis=Basis.EMAIL, evidence={"received_at": said}, acting_user=None
        )
        assert last_entry(cora).received_at == received


@pytest.mark.parametrize(
    ("deal", "day", "told"),
    [
        ("lease", "2026-10-31", ("lease", "2026-10-31")),
        ("service", "2026-10-31", ("service", "2026-10-31")),
        ("barter", "2026-10-31", ("", None)),
        ("inquiry", "2026-10-31", ("inquiry", None)),
        ("lease", "2099-01-01", ("lease", None)),
        ("lease", "soon", ("lease", None)),
    ],
)
def test_a_deal_is_entered_with_its_kind_and_day(
    cora: PhoneNumber, deal: str, day: str, told: tuple[str, str | None]
) -> None:
    entry = contacts.record_basis(
        cora,
        basis=Basis.EXISTING_CUSTOMER,
        evidence={"deal": deal, "purchased_on": day},
        acting_user=None,
    )
    assert entry.kind == Kind.PURCHASED
    terms = ledger.terms_of(entry)
    assert (terms["deal"], terms.get("on")) == told


def test_api_names_what_is_missing_and_how_strong_that_is(
    api: Callable[[User], APIClient], sal: User, cora: PhoneNumber
) -> None:
    path = f"/api/v1/contacts/{cora.contact.public_id}/evidence/"
    odd = {"called_at": "2026-11-20T10:00:00Z", "words": "Yes, text me", "unheard_of": {"x": [1]}}
    answer = api(sal).post(path, {"basis": "phone_up", "evidence": odd})
    assert answer.status_code == 201
    assert (answer.json()["missing"], answer.json()["strength"]) == (["taken_by"], "partial")
    assert last_entry(cora).evidence.data["unheard_of"] == {"x": [1]}
    answer = api(sal).post(path, {"basis": "walk_in"})
    assert answer.json()["strength"] == "weak"
    assert answer.json()["missing"] == ["met_at", "words", "taken_by", "place"]


def test_the_page_names_what_is_missing(
    signed_in: SignedIn, sal: User, north: Dealership, stan: User
) -> None:
    phone = make_contact(north)
    url = f"/consent/{phone.contact.public_id}/"
    page = signed_in(sal).get(url).content.decode()
    assert "How we got the number" in page
    assert "Not on file" in page
    assert "Browser" in page
    answer = signed_in(sal).post(
        f"{url}basis/",
        {
            "basis": "signed_document",
            "evidence_document": "Deal 77",
            "evidence_signed_at": "2026-11-02T10:00",
            "evidence_disclosure": "Fitzgerald Auto Mall may text me",
            "evidence_not_a_condition": "no",
        },
    )
    assert answer.status_code == 302
    entry = last_entry(phone)
    assert entry.kind == Kind.DOCUMENT_SIGNED
    # Times are of the dealership's zone.
    assert entry.received_at == datetime(2026, 11, 2, 15, tzinfo=UTC)
    page = signed_in(sal).get(url).content.decode()
    assert "Speaks against us" in page
    assert signed_in(stan).post(f"{url}basis/", {"basis": "email"}).status_code == 404


def test_a_form_offers_each_field_for_the_bases_that_want_it(
    signed_in: SignedIn, sal: User, cora: PhoneNumber
) -> None:
    page = signed_in(sal).get(f"/consent/{cora.contact.public_id}/basis/").content.decode()
    spoken = {"script", "proof", "verified_by", "verification"}  # a form of their own
    for key, field in bases.FIELDS.items():
        if bases.used_by(key):
            assert f'name="evidence_{key}"' in page, key
            assert 'data-for="' + " ".join(bases.used_by(key)) + '"' in page
        else:
            assert not field.is_asked or key in spoken
    assert CORA_NUMBER not in page.split("csrfmiddlewaretoken")[1]
