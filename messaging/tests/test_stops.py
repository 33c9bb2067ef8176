"""Stops and doubts that come by text, and what lifts them: the customer's last word counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine

from accounts.models import Dealership, User
from conftest import (
    CORA_NUMBER,
    NORTH_NUMBER,
    SOUTH_NUMBER,
    inbound_params,
    make_contact,
    make_dealership,
    post_inbound,
)
from consent import checking, contacts, doubts, gate, ledger, revocation, suppressions
from consent.decision import Purpose
from consent.kinds import Basis, Kind, Status
from consent.models import PhoneNumber, Suppression
from consent.projection import relationship
from messaging import inbound, outbound
from messaging.models import Message
from messaging.tests.conftest import Carrier, send_due

pytestmark = pytest.mark.django_db
DOUBT = "so many texts"


def text(body: str, to: str = NORTH_NUMBER, **extra: str) -> None:
    assert post_inbound(to=to, from_=CORA_NUMBER, body=body, **extra).status_code == 200


def status(phone: PhoneNumber) -> Status:
    return ledger.current_state(phone).status


@pytest.mark.parametrize("before", ["STOP", DOUBT])
def test_a_yes_that_the_carrier_calls_start_lifts_neither_stop_nor_pause(
    cora: PhoneNumber, before: str
) -> None:
    """RULE-US-11: of the carrier's words only START and UNSTOP are the customer's way back."""
    text("Is the Camry there?")
    text(before)
    stood = status(cora)
    assert stood in {Status.REVOKED, Status.PAUSED}
    text("YES", OptOutType="START")
    assert status(cora) is stood
    text("Unstop", OptOutType="START")
    assert gate.may_text(cora, purpose=Purpose.CONVERSATIONAL).outcome != "deny"


@pytest.mark.parametrize(
    "words", ["why do you keep texting me", "who is this and why do you keep texting me"]
)
def test_a_doubt_that_is_a_question_too_is_answered_and_pauses(
    cora: PhoneNumber, words: str
) -> None:
    """RULE-US-06."""
    text("Is the Camry there?")
    text(words)
    assert Message.objects.filter(purpose=Purpose.HELP_REPLY).count() == 1
    assert status(cora) is Status.PAUSED


@pytest.mark.parametrize("again", ["by text", "by voicemail, without words"])
def test_a_start_found_late_does_not_undo_the_stop_said_after_it(
    cora: PhoneNumber, sal: User, again: str
) -> None:
    """The customer's last word counts: STOP, START, whose webhook was lost, a stop."""
    start = datetime(2026, 11, 23, 15, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        text("STOP")
    with time_machine.travel(start + timedelta(minutes=120), tick=False):
        if again == "by text":
            text("STOP")
        else:
            revocation.revoke(cora, how="voicemail", words="", acting_user=sal)
    with time_machine.travel(start + timedelta(hours=4), tick=False):
        found = inbound.Arrival(
            sid="SM77",
            to=NORTH_NUMBER,
            from_number=CORA_NUMBER,
            body="START",
            sent_at=start + timedelta(minutes=60),
        )
        params = inbound_params(to=NORTH_NUMBER, from_=CORA_NUMBER, body="START", sid="SM77")
        assert inbound.receive(found, params=params)
        assert status(cora) is Status.REVOKED
        assert suppressions.is_active(group=cora.dealership.group, subject=cora.subject)
        text("START")
        assert status(cora) is Status.CUSTOMER_INITIATED
    assert checking.fsck().damages == ()


def test_the_customers_own_stop_is_recorded_beside_a_carriers_block(cora: PhoneNumber) -> None:
    revocation.revoke(
        cora,
        how="carrier",
        words="",
        acting_user=None,
        reason="carrier_21610",
        kind=Kind.CARRIER_BLOCKED,
    )
    text("Please stop texting me, I mean it")
    entry = ledger.entries_of(cora).last()
    assert entry is not None
    assert entry.kind == Kind.REVOKED
    assert entry.evidence.data["words"] == "Please stop texting me, I mean it"
    assert not Message.objects.filter(purpose=Purpose.STOP_CONFIRMATION).exists()
    verdict = gate.may_text(cora, purpose=Purpose.CONVERSATIONAL)
    assert "told us to stop" in verdict.reasons[0].text
    assert Suppression.objects.get(subject=cora.subject).source == "text:phrase"


def test_a_second_stop_in_words_is_kept_and_one_without_words_is_not(
    cora: PhoneNumber, sal: User
) -> None:
    for how, words in (
        ("in_person", "no texts"),
        ("in_person", "no texts"),
        ("voicemail", ""),
        ("letter", "my lawyer says"),
        ("customer_page", "Stop all texts"),
        ("customer_page", "Stop all texts"),
    ):
        revocation.revoke(cora, how=how, words=words, acting_user=sal)
    stops = ledger.entries_of(cora).filter(kind=Kind.REVOKED)
    told = [entry.evidence.data["words"] for entry in stops]
    assert told == ["no texts", "my lawyer says", "Stop all texts"]


def test_start_at_one_dealership_opens_no_sister_that_adds_the_number_later(
    cora: PhoneNumber, south: Dealership
) -> None:
    """RULE-CT-01: a consent never crosses to another seller."""
    text("STOP")
    text("START")
    assert status(cora) is Status.CUSTOMER_INITIATED
    sister = make_contact(south)
    assert status(sister) is Status.REVOKED
    assert gate.may_text(sister, purpose=Purpose.PERMISSION_REQUEST).outcome == "deny"
    text("START", to=SOUTH_NUMBER)
    assert status(sister) is Status.CUSTOMER_INITIATED
    assert status(cora) is Status.CUSTOMER_INITIATED
    assert checking.fsck().damages == ()


def test_a_doubt_pauses_the_group_and_one_decision_opens_it_again(
    cora: PhoneNumber, south: Dealership, mona: User
) -> None:
    """RULE-US-06, RULE-US-07: nobody goes on texting while a manager reads."""
    sister = make_contact(south)
    for number in (NORTH_NUMBER, SOUTH_NUMBER):
        text("Is the Camry there?", to=number)
    text(DOUBT)
    assert [status(phone) for phone in (cora, sister)] == [Status.PAUSED] * 2
    third = make_contact(make_dealership(cora.dealership.group, "Third", "+17175550190"))
    assert status(third) is Status.PAUSED
    revocation.resolve_pause(cora, opted_out=False, reason="of the ads", acting_user=mona)
    assert [status(phone) for phone in (cora, sister)] == [Status.CUSTOMER_INITIATED] * 2
    assert status(third) is Status.UNKNOWN
    assert checking.fsck().damages == ()


def test_a_sisters_own_doubt_outlives_the_decision_on_another(
    cora: PhoneNumber, south: Dealership, mona: User
) -> None:
    sister = make_contact(south)
    text(DOUBT)
    text("too many texts", to=SOUTH_NUMBER)
    assert doubts.of(sister).words.splitlines() == [DOUBT, "too many texts"]
    revocation.resolve_pause(cora, opted_out=False, reason="of the ads", acting_user=mona)
    assert status(sister) is Status.PAUSED
    assert status(cora) is Status.UNKNOWN


def test_nobody_says_no_stop_of_a_text_they_were_not_shown(cora: PhoneNumber, mona: User) -> None:
    text(DOUBT)
    shown = doubts.of(cora)
    text("too many texts")
    decide = partial(revocation.resolve_pause, cora, reason="of the ads", acting_user=mona)
    with pytest.raises(revocation.Unread):
        decide(opted_out=False, seen=shown.last_index)
    assert status(cora) is Status.PAUSED
    decide(opted_out=True, seen=shown.last_index)
    entry = ledger.entries_of(cora).last()
    assert entry is not None
    assert entry.evidence.data["words"] == f"{DOUBT}\ntoo many texts"


def test_a_doubt_said_to_a_stopped_dealership_pauses_the_sister_they_came_back_to(
    cora: PhoneNumber, south: Dealership
) -> None:
    sister = make_contact(south)
    text("STOP")
    text("START", to=SOUTH_NUMBER)
    assert status(sister) is Status.CUSTOMER_INITIATED
    text(DOUBT)
    assert [status(phone) for phone in (cora, sister)] == [Status.REVOKED, Status.PAUSED]
    assert doubts.of(sister).words == DOUBT


def test_a_start_found_late_lifts_no_doubt_that_came_after_it(cora: PhoneNumber) -> None:
    noon = datetime(2026, 11, 23, 17, tzinfo=UTC)
    for hours, words in ((0, "Is the Camry there?"), (1, DOUBT), (3, "too many texts")):
        with time_machine.travel(noon + timedelta(hours=hours), tick=False):
            text(words)
    with time_machine.travel(noon + timedelta(hours=5), tick=False):
        for said_at, left in ((2, Status.PAUSED), (4, Status.CUSTOMER_INITIATED)):
            sid = f"SM{said_at:032d}"
            late = inbound.Arrival(
                sid=sid,
                to=NORTH_NUMBER,
                from_number=CORA_NUMBER,
                body="START",
                sent_at=noon + timedelta(hours=said_at),
            )
            params = inbound_params(to=NORTH_NUMBER, from_=CORA_NUMBER, body="START", sid=sid)
            assert inbound.receive(late, params=params)
            assert status(cora) is left


def test_a_third_dealership_waits_for_every_doubt_of_the_group(
    cora: PhoneNumber, south: Dealership, mona: User, ada: User
) -> None:
    third = make_contact(make_dealership(cora.dealership.group, "Third", "+17175550190"))
    sister = make_contact(south)
    text("too many texts", to=SOUTH_NUMBER)
    text(DOUBT)
    revocation.resolve_pause(cora, opted_out=False, reason="of the ads", acting_user=mona)
    assert [status(phone) for phone in (sister, third)] == [Status.PAUSED] * 2
    revocation.resolve_pause(sister, opted_out=False, reason="of the ads", acting_user=ada)
    assert [status(phone) for phone in (cora, sister, third)] == [Status.UNKNOWN] * 3


@pytest.mark.parametrize("before", ["STOP", DOUBT])
def test_heads_are_locked_in_one_order_when_a_stranger_is_known_to_the_group(
    cora: PhoneNumber, south: Dealership, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two numbers at once, each known at the other dealership, would wait for each other."""
    text(before)
    order: list[str] = []
    lock_heads, append = ledger.lock_heads, ledger.append

    def all_heads(*given: Any) -> None:
        order.append("all")
        lock_heads(*given)

    def one_head(*given: Any, **more: Any) -> Any:
        order.append("one")
        return append(*given, **more)

    monkeypatch.setattr(ledger, "lock_heads", all_heads)
    monkeypatch.setattr(ledger, "append", one_head)
    text("STOP", to=SOUTH_NUMBER)
    assert order[0] == "all"
    assert "one" in order


def test_a_question_that_a_doubt_held_back_may_be_asked_once_it_was_no_stop(
    cora: PhoneNumber, sal: User, mona: User, carrier: Carrier
) -> None:
    with time_machine.travel(datetime(2026, 12, 1, 17, tzinfo=UTC), tick=True):
        outbound.ask_permission(cora, acting_user=sal)
        text(DOUBT)
        send_due()
        assert Message.objects.get(purpose=Purpose.PERMISSION_REQUEST).status in {
            Message.Status.CANCELED,
            Message.Status.REFUSED,
        }
        assert carrier.bodies(CORA_NUMBER) == []
        revocation.resolve_pause(cora, opted_out=False, reason="of the ads", acting_user=mona)
        fresh = PhoneNumber.objects.get(pk=cora.pk)
        assert gate.may_text(fresh, purpose=Purpose.PERMISSION_REQUEST).outcome == "allow"


def test_a_stop_told_again_ends_what_came_since_at_a_sister_too(
    cora: PhoneNumber, south: Dealership, sal: User
) -> None:
    sister = make_contact(south)
    start = datetime(2026, 12, 1, 16, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        text("STOP")
        clock.shift(timedelta(days=5))
        contacts.record_basis(
            sister,
            basis=Basis.EXISTING_CUSTOMER,
            evidence={"purchased_on": "2026-12-06", "deal": "purchase"},
            acting_user=sal,
        )
        before = ledger.entries_of(sister).count()
        clock.shift(timedelta(days=5))
        text("STOP, I said")
        assert ledger.entries_of(sister).count() == before + 1
        text("STOP now")
        assert ledger.entries_of(sister).count() == before + 1  # nothing is left to end
        clock.shift(timedelta(days=10))
        text("START", to=SOUTH_NUMBER)
    assert relationship(ledger.current_state(sister)) == ("", None)
    assert checking.fsck().damages == ()


def test_a_text_found_late_opens_nothing_that_a_later_no_closed(
    cora: PhoneNumber, sal: User, carrier: Carrier
) -> None:
    noon = datetime(2026, 12, 1, 17, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as clock:
        outbound.ask_permission(cora, acting_user=sal)
        send_due()
        clock.shift(timedelta(hours=2))
        text("No thanks")
        assert status(cora) is Status.DECLINED
        clock.shift(timedelta(hours=2))
        for hours, words in (
            (1, "which Camry do you mean?"),
            (1, "YES"),
            (3, "Is it still there?"),
        ):
            sid = f"SM{len(words):032d}"
            late = inbound.Arrival(
                sid=sid,
                to=NORTH_NUMBER,
                from_number=CORA_NUMBER,
                body=words,
                sent_at=noon + timedelta(hours=hours),
            )
            params = inbound_params(to=NORTH_NUMBER, from_=CORA_NUMBER, body=words, sid=sid)
            assert inbound.receive(late, params=params)
            later = hours > 2
            assert status(cora) is (Status.CUSTOMER_INITIATED if later else Status.DECLINED)
