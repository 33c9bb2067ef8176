"""What a question rests on: asked anew when it leaves, and asked again only after a new act."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from accounts.models import Dealership, User
from conftest import make_contact, post_inbound
from consent import contacts, disclosures, gate, ledger, phones
from consent.decision import Outcome, Purpose
from consent.disclosures import P, Variant
from consent.forms import DetailsForm
from consent.grounds import GROUNDS_IN_CANADA
from consent.kinds import Basis, Kind, Status
from consent.levels import Level
from consent.models import PhoneNumber
from consent.projection import relationship
from messaging import conversations, dispatch, outbound
from messaging.models import Message

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
TORONTO, NEWFOUNDLAND, PENNSYLVANIA = "+14165550142", "+17095550142", "+17175550142"


def contact(north: Dealership, number: str, basis: Basis, **evidence: Any) -> PhoneNumber:
    return contacts.add_contact(
        dealership=north,
        name="Cora",
        number_e164=number,
        basis=basis,
        evidence=evidence,
        acting_user=None,
    )


def may_ask(phone: PhoneNumber) -> tuple[str, str]:
    verdict = gate.may_text(phone, purpose=Purpose.PERMISSION_REQUEST)
    return verdict.outcome.value, verdict.reasons[0].code


def listed(phone: PhoneNumber) -> None:
    ledger.append(
        Kind.DNC_LISTED,
        dealership=phone.dealership,
        phone=phone,
        acting_user=None,
        terms={"list_date": "2026-11-20", "list": "x"},
    )


def asked(phone: PhoneNumber, sal: User) -> Message:
    message = outbound.ask_permission(phone, acting_user=sal)
    dispatch.claim_message(message.pk)
    Message.objects.filter(pk=message.pk).update(status="sent")
    return message


def test_question_whose_ground_lapsed_overnight_stays_here(north: Dealership, sal: User) -> None:
    """RULE-CA-01: recomputed when it leaves, not when it was asked."""
    with time_machine.travel(datetime(2026, 11, 24, 23, 40, tzinfo=UTC), tick=False):
        phone = contact(
            north, NEWFOUNDLAND, Basis.EXISTING_CUSTOMER, purchased_on="2024-11-25", deal="purchase"
        )
        message = outbound.ask_permission(phone, acting_user=sal)
        assert message.status == "held"
    with time_machine.travel(datetime(2026, 11, 25, 13, 0, tzinfo=UTC), tick=False):
        assert dispatch.claim_message(message.pk) is None
        assert ledger.current_state(phone).status is Status.UNKNOWN  # it never was asked
    message.refresh_from_db()
    assert (message.status, message.failure) == ("refused", "no_ground_in_canada")


def test_question_to_a_number_listed_overnight_stays_here(north: Dealership, sal: User) -> None:
    with time_machine.travel(datetime(2026, 11, 25, 1, 30, tzinfo=UTC), tick=False):
        phone = contact(north, PENNSYLVANIA, Basis.REFERRAL, referrer="Ann Lee")
        message = outbound.ask_permission(phone, acting_user=sal)
        listed(phone)
    with time_machine.travel(datetime(2026, 11, 25, 15, 0, tzinfo=UTC), tick=False):
        assert dispatch.claim_message(message.pk) is None
    message.refresh_from_db()
    assert (message.status, message.failure) == ("refused", "dnc_listed")


@pytest.mark.parametrize(
    "said", ["2023-01-10", "2023-01-10T10:00:00", "2023-01-10T10:00:00Z", "01/10/2023"]
)
def test_an_inquiry_counts_from_its_own_day_however_it_is_written(
    north: Dealership, said: str
) -> None:
    with time_machine.travel(NOON, tick=False):
        phone = contact(north, TORONTO, Basis.WEB_FORM, submitted_at=said)
        state = ledger.current_state(phone)
        assert state.implied_until is None or state.implied_until < NOON
        ends_on = relationship(state)[1]
        assert ends_on is None or ends_on < NOON.date()
        there = contact(north, PENNSYLVANIA, Basis.WEB_FORM, submitted_at=said)
        listed(there)
        assert may_ask(there) == ("deny", "dnc_listed")


@pytest.mark.parametrize(
    ("deal", "counts"),
    [("purchase", True), ("lease", True), ("service", True), ("inquiry", False), ("quote", False)],
)
def test_only_a_deal_that_the_law_knows_opens_a_window(
    north: Dealership, deal: str, counts: bool
) -> None:
    with time_machine.travel(NOON, tick=False):
        phone = contact(
            north, TORONTO, Basis.EXISTING_CUSTOMER, purchased_on="2025-06-01", deal=deal
        )
        state = ledger.current_state(phone)
        assert (state.implied_until is not None) is counts
        assert (state.purchased_on is not None) is counts


def test_what_was_implied_ends_with_the_no(north: Dealership, sal: User) -> None:
    with time_machine.travel(NOON, tick=False):
        phone = contact(
            north, TORONTO, Basis.EXISTING_CUSTOMER, purchased_on="2026-10-20", deal="purchase"
        )
        asked(phone, sal)
        post_inbound(from_=TORONTO, body="No thanks, not interested")
        assert ledger.current_state(phone).status is Status.DECLINED
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        post_inbound(from_=TORONTO, body="where is my licence plate?")
    with time_machine.travel(NOON + timedelta(days=20), tick=False):
        phone = PhoneNumber.objects.get(pk=phone.pk)
        verdict = gate.may_text(phone, purpose=Purpose.INFORMATIONAL)
        assert verdict.outcome is Outcome.DENY
        message = outbound.compose(
            conversations.conversation_for(phone),
            body="Your winter tires are in storage and ready.",
            purpose=Purpose.INFORMATIONAL,
            acting_user=sal,
        )
        assert message.status == "refused"


def test_an_implied_consent_counts_only_where_its_law_holds(north: Dealership) -> None:
    with time_machine.travel(NOON, tick=False):
        phone = contact(
            north, TORONTO, Basis.EXISTING_CUSTOMER, purchased_on="2026-10-20", deal="purchase"
        )
        post_inbound(from_=TORONTO, body="is it ready?")
    with time_machine.travel(NOON + timedelta(days=20), tick=False):
        phone = PhoneNumber.objects.get(pk=phone.pk)
        assert gate.may_text(phone, purpose=Purpose.INFORMATIONAL).outcome is Outcome.ALLOW
        type(phone.contact).objects.update(country="US")
        phone = PhoneNumber.objects.get(pk=phone.pk)
        assert gate.may_text(phone, purpose=Purpose.INFORMATIONAL).outcome is Outcome.DENY


def test_an_old_inquiry_is_no_ground_for_who_turns_out_to_be_in_canada(north: Dealership) -> None:
    with time_machine.travel(NOON, tick=False):
        phone = contact(
            north, PENNSYLVANIA, Basis.WEB_FORM, submitted_at="2023-01-09T10:00:00-05:00"
        )
        type(phone.contact).objects.update(country="CA")
        phone = PhoneNumber.objects.get(pk=phone.pk)
        assert may_ask(phone) == ("deny", "no_ground_in_canada")


def test_the_same_recorded_again_is_no_new_act(north: Dealership, sal: User) -> None:
    """RULE-CT-02: one question per basis, and no reminder without a new act of the customer."""
    with time_machine.travel(NOON, tick=False):
        phone = contact(north, PENNSYLVANIA, Basis.WEB_FORM, url="https://dealer.example/lead")
        asked(phone, sal)
        same: tuple[dict[str, Any], ...] = ({"url": "https://dealer.example/lead"}, {})
        for evidence in same:
            contacts.record_basis(phone, basis=Basis.WEB_FORM, evidence=evidence, acting_user=sal)
            assert may_ask(phone) == ("deny", "already_asked")
        contacts.record_basis(
            phone, basis=Basis.WALK_IN, evidence={"met_at": NOON.isoformat()}, acting_user=sal
        )
        assert may_ask(phone)[0] == "allow"


@pytest.mark.django_db(transaction=True)
def test_the_same_basis_recorded_by_two_at_once_is_one_new_act(north: Dealership) -> None:
    phone = contact(north, PENNSYLVANIA, Basis.REFERRAL, referrer="Ann Lee")
    start = threading.Barrier(4)

    def record() -> None:
        start.wait(10)
        contacts.record_basis(
            phone, basis=Basis.WALK_IN, evidence={"met_at": NOON.isoformat()}, acting_user=None
        )
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(record) for _ in range(4)]:
            future.result(30)
    entries = ledger.entries_of(phone).filter(kind=Kind.INQUIRED)
    repeats = [json.loads(entry.body).get("repeats", False) for entry in entries]
    assert repeats == [False, True, True, True]


@pytest.mark.parametrize(
    ("basis", "evidence", "outcome"),
    [
        (Basis.EXISTING_CUSTOMER, {}, "deny"),
        (Basis.EXISTING_CUSTOMER, {"purchased_on": "2026-11-24"}, "deny"),
        (Basis.EXISTING_CUSTOMER, {"purchased_on": "2026-11-25"}, "allow"),
        (Basis.WALK_IN, {"met_at": "2026-11-24T09:00:00-05:00"}, "deny"),
        (Basis.WALK_IN, {"met_at": "soon"}, "deny"),
        (Basis.WALK_IN, {"met_at": "2026-11-25T09:00:00-05:00"}, "allow"),
    ],
)
def test_after_a_no_only_a_later_act_lets_ask_again(
    north: Dealership, sal: User, basis: Basis, evidence: dict[str, Any], outcome: str
) -> None:
    with time_machine.travel(NOON, tick=False):
        phone = contact(north, PENNSYLVANIA, Basis.WEB_FORM, url="https://dealer.example/lead")
        asked(phone, sal)
        post_inbound(from_=PENNSYLVANIA, body="No thanks")
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        contacts.record_basis(phone, basis=basis, evidence=evidence, acting_user=sal)
        assert may_ask(phone)[0] == outcome


@pytest.mark.parametrize(
    ("number", "country", "region", "postal_code", "law"),
    [
        (PENNSYLVANIA, "", "", "", "US"),
        (PENNSYLVANIA, "", "ON", "", "CA"),
        (PENNSYLVANIA, "", "", "M5V 2T6", "CA"),
        (PENNSYLVANIA, "", "Ontario", "M5V 2T6", "CA"),
        (PENNSYLVANIA, "US", "ON", "", "US"),
        (TORONTO, "", "", "", "CA"),
        (TORONTO, "", "NY", "10001", "CA"),
        ("+18005550142", "", "NY", "", "US"),
        ("+18005550142", "", "", "", ""),
        (PENNSYLVANIA, "MX", "", "", "MX"),
    ],
)
def test_the_address_tells_the_country_and_in_doubt_it_is_canada(
    number: str, country: str, region: str, postal_code: str, law: str
) -> None:
    """RULE-CA-05."""
    found = phones.country_at(number, country=country, region=region, postal_code=postal_code)
    assert found == law


def test_another_country_is_refused(north: Dealership) -> None:
    with time_machine.travel(NOON, tick=False):
        phone = contact(north, PENNSYLVANIA, Basis.WEB_FORM, url="u")
        type(phone.contact).objects.update(country="MX")
        phone = PhoneNumber.objects.get(pk=phone.pk)
        assert may_ask(phone) == ("deny", "country_unsupported")


def test_the_grounds_in_canada_are_these() -> None:
    assert {
        Basis.WEB_FORM,
        Basis.PHONE_UP,
        Basis.WALK_IN,
        Basis.EMAIL,
        Basis.KEYWORD,
        Basis.SIGNED_DOCUMENT,
        Basis.REFERRAL,
    } == GROUNDS_IN_CANADA


@pytest.mark.parametrize(
    ("basis", "evidence", "outcome"),
    [
        (Basis.REFERRAL, {}, "deny"),
        (Basis.REFERRAL, {"referrer": "Ann Lee"}, "allow"),
        (Basis.SIGNED_DOCUMENT, {"signed_at": "2026-11-01T10:00:00-05:00"}, "deny"),
    ],
)
def test_a_ground_in_canada_needs_its_fields(
    north: Dealership, basis: Basis, evidence: dict[str, Any], outcome: str
) -> None:
    """RULE-CA-04."""
    with time_machine.travel(NOON, tick=False):
        assert may_ask(contact(north, TORONTO, basis, **evidence))[0] == outcome


@pytest.mark.parametrize(
    ("number", "referrer", "language", "said"),
    [
        (TORONTO, " Ann  Lee ", "en", "We text you because Ann Lee referred you to us."),
        (TORONTO, "Ann Lee", "fr", "Nous vous écrivons parce que Ann Lee vous a dirigé vers nous."),
        (TORONTO, "Ann Lee", "es", "Le escribimos porque Ann Lee nos recomendó con usted."),
        (PENNSYLVANIA, "Ann Lee", "en", ""),
    ],
)
def test_a_question_after_a_referral_names_who_referred(
    north: Dealership, sal: User, number: str, referrer: str, language: str, said: str
) -> None:
    """RULE-CA-04: SOR/2013-221 s.4; the preview, the text and the ledger say the same."""
    with time_machine.travel(NOON, tick=False):
        phone = contact(north, number, Basis.REFERRAL, referrer=referrer)
        phone.contact.language = language
        phone.contact.save()
        shown = outbound.preview_permission(phone, level=Level.INFORMATIONAL, acting_user=sal)
        message = outbound.ask_permission(phone, acting_user=sal)
    assert message.caused_by is not None
    assert message.body == shown == message.caused_by.evidence.data["text"]
    assert message.body.endswith(said)
    assert ("Ann Lee" in message.body) is bool(said)


@pytest.mark.parametrize("referrer", ["0% APR on all Tacomas this weekend", "x" * 121, " \n "])
def test_what_is_no_name_refers_nobody(north: Dealership, referrer: str) -> None:
    with time_machine.travel(NOON, tick=False):
        phone = contact(north, TORONTO, Basis.REFERRAL, referrer=referrer)
        assert may_ask(phone) == ("deny", "no_ground_in_canada")
    assert contacts.referrer_of(phone) == ""


def test_after_another_basis_nobody_is_named(north: Dealership, sal: User) -> None:
    with time_machine.travel(NOON, tick=False):
        phone = contact(north, TORONTO, Basis.REFERRAL, referrer="Ann Lee")
        contacts.record_basis(phone, basis=Basis.WALK_IN, evidence={}, acting_user=sal)
        assert "Ann Lee" not in outbound.ask_permission(phone, acting_user=sal).body


def test_in_canada_the_former_holders_basis_is_no_ground_to_ask_the_next(
    north: Dealership, sal: User
) -> None:
    """RULE-CA-04, RULE-US-14."""
    with time_machine.travel(NOON, tick=False):
        phone = contact(north, TORONTO, Basis.PHONE_UP)
        post_inbound(body="wrong number", from_=TORONTO)
        assert ledger.current_state(phone).status is Status.WRONG_NUMBER
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        post_inbound(body="START", from_=TORONTO)
        assert may_ask(phone)[0] == "allow"  # they texted: the exchange is the ground
    with time_machine.travel(NOON + timedelta(days=8), tick=False):
        assert may_ask(phone) == ("deny", "no_ground_in_canada")
        contacts.record_basis(phone, basis=Basis.WALK_IN, evidence={}, acting_user=sal)
        assert may_ask(phone)[0] == "allow"


_ASK = (
    "{person} at {dealership}. {what} Reply YES or NO. {care_phone}. Msg freq varies, rates may "
    "apply. STOP to end. {end}"
)


@pytest.mark.parametrize(
    ("what", "end", "fault"),
    [
        ("OK to text you offers?", "Not a condition of any purchase.", ""),
        ("OK to text you offers?", "Mint condition service.", "not a condition"),
        ("OK to text you offers?", "Purchase of any vehicle is a condition.", "not a condition"),
        ("OK to text you?", "Not a condition of any purchase.", "offers are texted"),
    ],
)
def test_a_yes_to_offers_is_asked_for_in_the_words_of_the_law(
    what: str, end: str, fault: str
) -> None:
    """47 CFR 64.1200(f)(9): RULE-US-01."""
    body = _ASK.replace("{what}", what).replace("{end}", end)
    variant = Variant(P.PERMISSION_REQUEST, "en", Level.PROMOTIONAL, "")
    if not fault:
        disclosures.check_wording(variant, body)
        return
    with pytest.raises(disclosures.BadWording, match=fault):
        disclosures.check_wording(variant, body)


@pytest.mark.parametrize(
    ("end", "fits"), [("You can withdraw.", True), ("You cannot withdraw.", False)]
)
def test_in_canada_it_says_that_consent_can_be_withdrawn(end: str, fits: bool) -> None:
    body = _ASK.replace("{what}", "OK to text you? {street}").replace("{end}", end)
    variant = Variant(P.PERMISSION_REQUEST, "en", Level.INFORMATIONAL, "CA")
    if fits:
        disclosures.check_wording(variant, body)
        return
    with pytest.raises(disclosures.BadWording, match="withdrawn"):
        disclosures.check_wording(variant, body)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("I agree that Fitzgerald Auto Mall may text me", True),
        ("FITZGERALD AUTOMALL", True),
        ("I agree that AutoBuyers.com and partners may contact me", False),
        ("Anfitzgerald Auto Mall", False),
    ],
)
def test_the_words_decide_whom_a_consent_names(north: Dealership, words: str, named: bool) -> None:
    with time_machine.travel(NOON, tick=False):
        phone = contact(
            north, PENNSYLVANIA, Basis.LEAD_PROVIDER, consent_text=words, names_seller="yes"
        )
        assert ledger.current_state(phone).names_dealer is named


def test_a_third_party_proves_a_spoken_consent_only_with_the_words(north: Dealership) -> None:
    phone = make_contact(north)
    told: dict[str, Any] = {"verified_by": "x", "verification": "y"}
    for evidence, proven in ((told, False), ({**told, "script": "May we text you?"}, True)):
        entry = contacts.record_verbal(
            phone, basis=Basis.PHONE_UP, evidence=evidence, acting_user=None
        )
        assert contacts.is_proven(entry) is proven


@pytest.mark.parametrize(
    ("field", "value", "fits"),
    [
        ("region", "pa", True),
        ("region", "ZZ", False),
        ("country", "CA", True),
        ("country", "MX", False),
    ],
)
def test_an_address_that_tells_no_hours_is_not_kept(
    north: Dealership, field: str, value: str, fits: bool
) -> None:
    told = {"name": "Cora", "language": "en", field: value}
    form = DetailsForm(told, instance=make_contact(north).contact)
    assert form.is_valid() is fits
    assert (field in form.errors) is not fits
