"""Rules of the register that no other quick test holds from the webhook or the ledger on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Dealership, User
from archive.document import Customer, Permission, Seller, TranscriptDocument
from archive.formats.adf import build_adf
from conftest import CORA_NUMBER, make_contact, post_inbound
from consent import contacts, gate, ledger, opt_in, revocation
from consent.bases import flaws, wanted
from consent.decision import STAFF_PURPOSES, Outcome, Purpose
from consent.kinds import Basis, Kind, Status
from consent.levels import Level
from consent.models import ConsentEvent, Disclosure, Evidence, PhoneNumber
from messaging import conversations, delivery, dispatch, outbound
from messaging.models import Message, WebhookReceipt

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
pytestmark = pytest.mark.django_db
DOCUMENT = TranscriptDocument(
    id="t",
    conversation="c",
    closed_by="",
    sealed_at=NOON,
    assigned_to="",
    our_number="+17175550100",
    part=1,
    seller=Seller("d", "North", "1 Main St", "X", "PA", "17201", "US", "America/New_York", "+1717"),
    customer=Customer("k", "Cora", CORA_NUMBER, "en", "Camry", ""),
    permission=Permission("confirmed", "informational", "web_form"),
    opened_at=NOON,
    closed_at=NOON,
    messages=(),
    entries=(),
)


def asked(phone: PhoneNumber, sal: User, level: Level = Level.INFORMATIONAL) -> ConsentEvent:
    wording, text = outbound.permission_text(phone, level=level, person=sal.name)
    return opt_in.request(phone, level=level, disclosure=wording, text=text, acting_user=sal)


def said_yes(phone: PhoneNumber, sal: User, at: datetime = NOON) -> ConsentEvent:
    return opt_in.confirm(
        phone, question=asked(phone, sal), words="YES", received_at=at, evidence={"sid": "SM1"}
    )


def test_a_consent_keeps_words_version_hash_number_seller_and_act(
    cora: PhoneNumber, sal: User
) -> None:
    yes = said_yes(cora, sal)
    question = ConsentEvent.objects.get(kind=Kind.OPT_IN_REQUESTED)
    terms, evidence = ledger.terms_of(question), Evidence.objects.get(entry=question).data
    wording = Disclosure.objects.get()
    assert terms.get("disclosure") == str(wording.public_id)
    assert terms.get("disclosure_sha256") == wording.sha256
    assert terms.get("disclosure_version") == wording.version
    shown = outbound.permission_text(cora, level=Level.INFORMATIONAL, person=sal.name)[1]
    assert evidence.get("text") == shown
    assert (evidence.get("number"), evidence.get("seller")) == (CORA_NUMBER, cora.dealership.name)
    assert ledger.terms_of(yes)["disclosure_sha256"] == wording.sha256
    assert ledger.terms_of(yes)["request_index"] == question.index
    assert Evidence.objects.get(entry=yes).data["words"] == "YES"


def test_a_box_that_was_ticked_beforehand_speaks_against_the_consent() -> None:
    want = wanted(Basis.WEB_FORM)
    assert "act" in flaws(want, {"act": "box_preset"})
    assert "act" not in flaws(want, {"act": "box_ticked"})


def test_a_stop_holds_ten_years_later_for_a_contact_of_then(north: Dealership, sal: User) -> None:
    with time_machine.travel(NOON, tick=False):
        revocation.revoke_number(
            north, number_e164=CORA_NUMBER, how="letter", words="no texts", acting_user=sal
        )
    with time_machine.travel(NOON + timedelta(days=3652), tick=False):
        phone = make_contact(north)
        verdict = gate.may_text(phone, purpose=Purpose.CONVERSATIONAL)
    assert verdict.reasons[0].code == "revoked"
    assert ledger.current_state(phone).status is Status.REVOKED


@pytest.mark.parametrize("how", revocation.CHANNELS)
def test_a_stop_by_any_way_bars_every_text(cora: PhoneNumber, sal: User, how: str) -> None:
    said_yes(cora, sal)
    revocation.revoke(cora, how=how, words="no more texts", acting_user=sal, received_at=NOON)
    for purpose in (*STAFF_PURPOSES, Purpose.PERMISSION_REQUEST, Purpose.CONFIRMATION):
        assert gate.may_text(cora, purpose=purpose, at=NOON).reasons[0].code == "revoked"
    entry = ConsentEvent.objects.get(kind=Kind.REVOKED)
    assert ledger.terms_of(entry)["how"] == how
    assert ledger.terms_of(entry)["actor"] == str(sal.public_id)


def test_a_stop_reaches_every_dealership_of_the_seller(
    cora: PhoneNumber, south: Dealership, sal: User
) -> None:
    there = make_contact(south, number=CORA_NUMBER)
    revocation.revoke(cora, how="text", words="STOP", acting_user=None)
    verdict = gate.may_text(there, purpose=Purpose.PERMISSION_REQUEST, at=NOON)
    assert verdict.reasons[0].code == "revoked"
    assert ledger.current_state(there).status is Status.REVOKED


def test_a_stop_is_read_before_the_open_question(cora: PhoneNumber, sal: User) -> None:
    asked(cora, sal)
    post_inbound(body="STOP")
    assert ledger.current_state(cora).status is Status.REVOKED


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("please quit texting me about this", Status.REVOKED),
        ("rwmove me from all you lists", Status.REVOKED),
    ],
)
def test_free_words_that_mean_stop_bind_at_once(
    cora: PhoneNumber, sal: User, body: str, status: Status
) -> None:
    said_yes(cora, sal)
    post_inbound(body=body)
    assert ledger.current_state(cora).status is status


def test_what_may_be_a_stop_switches_sending_off_until_a_manager_decides(
    cora: PhoneNumber, sal: User
) -> None:
    said_yes(cora, sal)
    revocation.pause(cora, words="hm, stop?", received_at=NOON, evidence={})
    assert gate.may_text(cora, purpose=Purpose.INFORMATIONAL, at=NOON).outcome is Outcome.DENY
    with pytest.raises(ValueError, match="reason"):
        revocation.resolve_pause(cora, opted_out=False, reason=" ", acting_user=sal)
    revocation.resolve_pause(cora, opted_out=False, reason="about the bus stop", acting_user=sal)
    assert gate.may_text(cora, purpose=Purpose.INFORMATIONAL, at=NOON).outcome is Outcome.ALLOW


def test_the_carriers_word_for_a_stop_counts(cora: PhoneNumber, sal: User) -> None:
    said_yes(cora, sal)
    post_inbound(body="ok then", OptOutType="STOP")
    assert ledger.current_state(cora).status is Status.REVOKED


@pytest.mark.parametrize(("body", "confirmations"), [("STOP", 0), ("opt out", 1)])
def test_where_the_carrier_answered_the_stop_the_portal_adds_nothing(
    cora: PhoneNumber, sal: User, body: str, confirmations: int
) -> None:
    cora.dealership.numbers.update(carrier_answers=["stop"])
    post_inbound(body=body)
    found = Message.objects.filter(purpose=Purpose.STOP_CONFIRMATION)
    assert found.count() == confirmations


def test_one_webhook_twice_is_one_text_and_one_receipt(cora: PhoneNumber) -> None:
    codes = []
    for _ in range(2):
        with suppress(IntegrityError), transaction.atomic():
            codes.append(post_inbound(body="Is it there?", sid="SM" + "7" * 32).status_code)
    assert codes == [200, 200]
    assert Message.objects.count() == WebhookReceipt.objects.count() == 1


def test_the_country_is_the_addresss_else_the_area_codes(north: Dealership) -> None:
    torontonian = make_contact(north, number="+14165550142", basis=Basis.LEAD_PROVIDER)
    ask = gate.may_text(torontonian, purpose=Purpose.PERMISSION_REQUEST, at=NOON)
    assert ask.reasons[0].rule == "RULE-CA-04"
    moved = make_contact(north, number="+17175550143", basis=Basis.LEAD_PROVIDER, country="CA")
    ask = gate.may_text(moved, purpose=Purpose.PERMISSION_REQUEST, at=NOON)
    assert ask.reasons[0].rule == "RULE-CA-04"


@pytest.mark.parametrize(
    ("basis", "evidence", "until"),
    [
        (Basis.EXISTING_CUSTOMER, {"purchased_on": "2026-02-28"}, "2028-02-28"),
        (Basis.PHONE_UP, {}, "2027-05-24"),
    ],
)
def test_an_implied_consent_ends_after_calendar_months(
    south: Dealership, basis: Basis, evidence: dict[str, Any], until: str
) -> None:
    phone = contacts.add_contact(
        dealership=south,
        name="Luc",
        number_e164="+14165550142",
        basis=basis,
        evidence=evidence,
        acting_user=None,
        received_at=NOON,
    )
    found = ledger.current_state(phone).implied_until
    assert found is not None
    assert found.date().isoformat() == until
    ask: dict[str, Any] = {"purpose": Purpose.PERMISSION_REQUEST}
    before, on = found - timedelta(hours=6), found + timedelta(hours=17)
    assert gate.may_text(phone, at=before, **ask).outcome is not Outcome.DENY
    assert gate.may_text(phone, at=on, **ask).reasons[0].code == "no_ground_in_canada"


def test_a_certificate_opens_nothing(north: Dealership) -> None:
    phone = contacts.add_contact(
        dealership=north,
        name="Cora",
        number_e164=CORA_NUMBER,
        basis=Basis.LEAD_PROVIDER,
        evidence={"certificate": "https://cert.trustedform.com/abc", "consent_text": north.name},
        acting_user=None,
    )
    verdict = gate.may_text(phone, purpose=Purpose.CONVERSATIONAL, at=NOON)
    assert verdict.reasons[0].code == "no_permission"
    kept = Evidence.objects.get(entry__kind=Kind.LEAD_RECEIVED).data
    assert kept["certificate"] == "https://cert.trustedform.com/abc"


def test_evidence_is_not_thrown_away(cora: PhoneNumber) -> None:
    with suppress(DatabaseError), transaction.atomic():
        Evidence.objects.filter(entry__kind=Kind.LEAD_RECEIVED).delete()
    assert Evidence.objects.filter(entry__kind=Kind.LEAD_RECEIVED).count() == 1


@pytest.mark.parametrize(("level", "given"), [("none", False), ("informational", True)])
def test_a_crm_learns_the_permission_and_never_gets_a_stopped_number(
    level: str, given: bool
) -> None:
    document = replace(DOCUMENT, permission=Permission("revoked", level, "web_form"))
    adf = build_adf(document, sha256="0" * 64).decode()
    assert ("<phone" in adf) is given
    assert "revoked" in adf
    assert level in adf


def test_what_waits_is_asked_again_when_it_falls_due(cora: PhoneNumber, sal: User) -> None:
    with time_machine.travel(NOON, tick=False):
        said_yes(cora, sal)
        waiting = outbound.compose(
            conversations.conversation_for(cora),
            body="It is ready",
            purpose=Purpose.INFORMATIONAL,
            acting_user=sal,
            send_at=NOON + timedelta(hours=2),
        )
        revocation.revoke(cora, how="phone_call", words="no", acting_user=sal)
    assert waiting.status == Message.Status.HELD
    with time_machine.travel(NOON + timedelta(hours=3), tick=False):
        assert dispatch.claim_message(waiting.pk) is None
    waiting.refresh_from_db()
    assert (waiting.status, waiting.failure) == (Message.Status.REFUSED, "revoked")


def test_the_carriers_block_is_a_stop_of_its_own_source(cora: PhoneNumber, sal: User) -> None:
    said_yes(cora, sal)
    text = outbound.compose(
        conversations.conversation_for(cora),
        body="It is ready",
        purpose=Purpose.CONVERSATIONAL,
        acting_user=sal,
    )
    delivery.consequences(text, "21610")
    assert ConsentEvent.objects.filter(kind=Kind.CARRIER_BLOCKED).count() == 1
    assert gate.may_text(cora, purpose=Purpose.CONVERSATIONAL, at=NOON).reasons[0].code == "revoked"
