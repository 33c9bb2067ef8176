"""How far a stop reaches: the group, or one dealership until the day that ends narrowing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.dealerships import set_opt_out_scope
from accounts.models import DealerGroup, Dealership, User
from conftest import (
    CORA_NUMBER,
    NORTH_NUMBER,
    SOUTH_NUMBER,
    make_contact,
    make_dealership,
    post_inbound,
)
from consent import checking, gate, ledger, revocation, rules, suppressions, tasks
from consent.decision import Outcome, Purpose
from consent.kinds import Kind, Status
from consent.models import PhoneNumber, Suppression
from messaging import dispatch, outbound
from messaging.models import Conversation, Message

BEFORE = datetime(2027, 1, 30, 23, 59, 59, tzinfo=UTC)
ON_THE_DAY = datetime(2027, 1, 31, 0, 0, 0, tzinfo=UTC)


@pytest.fixture
def narrow(group: DealerGroup, ada: User) -> DealerGroup:
    assert set_opt_out_scope(group, scope="dealership", reason="two brands", acting_user=ada)
    group.refresh_from_db()
    return group


@pytest.fixture
def both(narrow: DealerGroup, north: Dealership, south: Dealership) -> tuple[PhoneNumber, ...]:
    """Cora at both dealerships, being answered by each, stopped at North on a December day."""
    phones = tuple(make_contact(place) for place in (north, south))
    with time_machine.travel(datetime(2026, 12, 1, 15, tzinfo=UTC), tick=False):
        for number in (NORTH_NUMBER, SOUTH_NUMBER):
            post_inbound(to=number, from_=CORA_NUMBER, body="Is it still there?")
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="STOP")
    return phones


def reason(phone: PhoneNumber, at: datetime) -> str:
    verdict = gate.may_text(phone, purpose=Purpose.CONVERSATIONAL, at=at)
    return "" if verdict.outcome is not Outcome.DENY else verdict.reasons[0].code


@pytest.mark.parametrize(
    ("narrowed", "at", "whole"),
    [(True, BEFORE, False), (True, ON_THE_DAY, True), (False, BEFORE, True)],
)
def test_the_day_is_data_and_its_edge_is_midnight_utc(
    narrowed: bool, at: datetime, whole: bool
) -> None:
    assert ON_THE_DAY.date() == rules.REVOKE_ALL_ON
    assert rules.reaches_group(is_narrowed=narrowed, at=at) is whole


@pytest.mark.django_db
def test_a_narrowed_stop_reaches_the_group_on_the_day_though_no_task_ran(
    both: tuple[PhoneNumber, ...],
) -> None:
    here, there = both
    assert reason(here, datetime(2026, 12, 2, 15, tzinfo=UTC)) == "revoked"
    assert reason(there, datetime(2026, 12, 2, 15, tzinfo=UTC)) == ""
    assert reason(there, BEFORE) != "revoked"
    assert reason(there, ON_THE_DAY) == "revoked"
    row = Suppression.objects.get(subject=here.subject)
    assert (row.is_active, row.narrowed_to) == (False, [here.dealership_id])


@pytest.mark.django_db
def test_a_text_that_waits_over_the_day_is_refused_at_the_claim(
    both: tuple[PhoneNumber, ...], sal: User
) -> None:
    conversation = Conversation.objects.get(phone=both[1])
    waiting = Message.objects.create(
        dealership=conversation.dealership,
        conversation=conversation,
        direction="outbound",
        purpose=Purpose.CONVERSATIONAL,
        status=Message.Status.HELD,
        author=sal,
        body="Still here",
        not_before=ON_THE_DAY,
    )
    with time_machine.travel(ON_THE_DAY + timedelta(hours=15), tick=False):
        assert dispatch.claim_message(waiting.pk) is None
    waiting.refresh_from_db()
    assert (waiting.status, waiting.failure) == (Message.Status.REFUSED, "revoked")


@pytest.mark.django_db
def test_the_sweep_writes_old_stops_into_each_ledger_once(both: tuple[PhoneNumber, ...]) -> None:
    _here, there = both
    with time_machine.travel(BEFORE, tick=False):
        assert tasks.widen_stops() == 0
    with time_machine.travel(ON_THE_DAY, tick=False):
        assert tasks.widen_stops() == 1
        assert tasks.widen_stops() == 0
    entry = ledger.entries_of(there).last()
    assert entry is not None
    terms = ledger.terms_of(entry)
    assert (entry.kind, terms["how"], terms["reason"]) == (Kind.REVOKED, "group", "revoke_all")
    assert Suppression.objects.get(subject=there.subject).is_active
    assert checking.fsck().damages == ()


@pytest.mark.django_db
def test_start_opens_the_dealership_that_got_it_and_no_other(
    both: tuple[PhoneNumber, ...],
) -> None:
    here, there = both
    with time_machine.travel(datetime(2027, 2, 3, 15, tzinfo=UTC), tick=False):
        post_inbound(to=SOUTH_NUMBER, from_=CORA_NUMBER, body="START")
        assert ledger.current_state(there).status is Status.CUSTOMER_INITIATED
        assert reason(there, datetime(2027, 2, 3, 15, 1, tzinfo=UTC)) == ""
        assert reason(here, datetime(2027, 2, 3, 15, 1, tzinfo=UTC)) == "revoked"
        post_inbound(to=SOUTH_NUMBER, from_=CORA_NUMBER, body="STOP")
        for phone in both:
            assert ledger.current_state(phone).status is Status.REVOKED


@pytest.mark.django_db
def test_start_under_a_narrowed_scope_leaves_the_other_stop_standing(
    both: tuple[PhoneNumber, ...],
) -> None:
    here, there = both
    with time_machine.travel(datetime(2026, 12, 3, 15, tzinfo=UTC), tick=False):
        post_inbound(to=SOUTH_NUMBER, from_=CORA_NUMBER, body="STOP")
    with time_machine.travel(datetime(2026, 12, 3, 15, 1, tzinfo=UTC), tick=False):
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="START")
        assert reason(here, datetime(2026, 12, 3, 15, 2, tzinfo=UTC)) == ""
        assert reason(there, datetime(2026, 12, 3, 15, 2, tzinfo=UTC)) == "revoked"
    row = Suppression.objects.get(subject=here.subject)
    assert row.narrowed_to == [there.dealership_id]
    assert reason(here, ON_THE_DAY) == "revoked"


@pytest.mark.django_db
def test_a_narrowed_stop_leaves_the_other_dealerships_question_waiting(
    narrow: DealerGroup, cora: PhoneNumber, south: Dealership, sal: User
) -> None:
    there = make_contact(south)
    with time_machine.travel(datetime(2026, 12, 1, 4, tzinfo=UTC), tick=False):  # at night
        waiting = outbound.ask_permission(there, acting_user=sal)
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="STOP")
        assert dispatch.refuse_pending(group_id=narrow.pk, subject=cora.subject) == 0
        waiting.refresh_from_db()
        assert waiting.status == Message.Status.HELD
        post_inbound(to=SOUTH_NUMBER, from_=CORA_NUMBER, body="STOP")
        assert dispatch.refuse_pending(group_id=narrow.pk, subject=cora.subject) == 1
        waiting.refresh_from_db()
        assert (waiting.status, waiting.failure) == (Message.Status.REFUSED, "revoked")


@pytest.mark.django_db
def test_widening_the_group_again_counts_at_once(
    both: tuple[PhoneNumber, ...], narrow: DealerGroup, ada: User
) -> None:
    set_opt_out_scope(narrow, scope="group", reason="one stop for all", acting_user=ada)
    assert reason(both[1], datetime(2026, 12, 2, 15, tzinfo=UTC)) == "revoked"


@pytest.mark.django_db
def test_a_new_contact_elsewhere_meets_the_old_stop_after_the_day(
    narrow: DealerGroup, north: Dealership, south: Dealership, sal: User
) -> None:
    here = make_contact(north)
    revocation.revoke(here, how="email", words="stop", acting_user=sal)
    with time_machine.travel(ON_THE_DAY, tick=False):
        there = make_contact(south)
        assert ledger.current_state(there).status is Status.REVOKED
        row = Suppression.objects.get(subject=here.subject)
        assert suppressions.bars(row, south, at=ON_THE_DAY)


@pytest.mark.django_db
def test_only_the_groups_admins_set_it_and_the_history_says_who_and_why(
    group: DealerGroup,
    north: Dealership,
    ada: User,
    mona: User,
    stan: User,
    signed_in: Callable[[User], Client],
) -> None:
    url = f"/stops/scope/{group.public_id}/"
    for person, code in ((mona, 403), (stan, 404)):
        assert signed_in(person).post(url, {"scope": "dealership"}).status_code == code
    client = signed_in(ada)
    assert client.post(url, {"scope": "dealership", "reason": " "}).status_code == 422
    group.refresh_from_db()
    assert group.opt_out_scope == "group"
    client.post(url, {"scope": "dealership", "reason": "Two brands, two sellers"})
    group.refresh_from_db()
    assert group.opt_out_scope == "dealership"
    page = client.get(url).content.decode()
    for said in ("Ada Fitz", "Two brands, two sellers", "31 Jan 2027"):
        assert said in page, said


@pytest.mark.django_db
def test_a_carriers_block_is_listed_with_its_true_source(
    north: Dealership, ada: User, mona: User, signed_in: Callable[[User], Client]
) -> None:
    phone = make_contact(north, name="Blocked Person")
    revocation.revoke(
        phone,
        how="carrier",
        words="",
        acting_user=None,
        reason="carrier_21610",
        evidence={"source": "carrier_or_platform", "carrier_code": "21610"},
        kind=Kind.CARRIER_BLOCKED,
    )
    page = signed_in(ada).get("/stops/carrier/").content.decode()
    assert "Blocked Person" in page
    assert "21610" in page
    assert signed_in(mona).get("/stops/carrier/").status_code == 403
    timeline = signed_in(ada).get(f"/consent/{phone.contact.public_id}/").content.decode()
    assert "Blocked by the carrier" in timeline
    assert "carrier_or_platform" in timeline
    assert "told us to stop texting" not in timeline


@pytest.mark.django_db
def test_the_sweep_reads_an_index_of_the_narrowed_stops_alone(
    both: tuple[PhoneNumber, ...],
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE consent_suppression")
        cursor.execute("SET LOCAL enable_seqscan = off")
    with time_machine.travel(ON_THE_DAY, tick=False), CaptureQueriesContext(connection) as ran:
        assert tasks.widen_stops() == 1
    sweep = ran[0]["sql"]
    assert "narrowed_to" in sweep
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sweep}")
        assert "narrowed_stops" in str(cursor.fetchall())  # by an index or a bitmap scan


@pytest.mark.django_db
def test_the_page_says_that_no_stop_narrows_to_one_number(
    group: DealerGroup, north: Dealership, ada: User, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(ada).get(f"/stops/scope/{group.public_id}/").content.decode()
    assert "A stop never holds for one texting number" in page
    assert page.count('name="scope"') == 2


@pytest.mark.parametrize("how", ["the day of the law", "an admin widens"])
def test_a_narrowed_stop_that_came_to_reach_the_group_binds_who_adds_the_number_after_start(
    narrow: DealerGroup, cora: PhoneNumber, ada: User, how: str
) -> None:
    """START at one dealership opens no other: also where the stop was of that one at first."""
    start_at = datetime(2027, 3, 1, 16, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 12, 1, 15, tzinfo=UTC), tick=False):
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="STOP")
    if how == "an admin widens":
        start_at = datetime(2026, 12, 3, 16, tzinfo=UTC)
        with time_machine.travel(datetime(2026, 12, 2, 15, tzinfo=UTC), tick=False):
            set_opt_out_scope(narrow, scope="group", reason="one brand", acting_user=ada)
    with time_machine.travel(start_at, tick=False):
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="START")
        assert ledger.current_state(cora).status is Status.CUSTOMER_INITIATED
        third = make_contact(make_dealership(narrow, "Third", "+17175550190"))
        assert ledger.current_state(third).status is Status.REVOKED
    assert checking.fsck().damages == ()


def test_a_narrowed_stop_that_was_lifted_before_binds_no_other(
    narrow: DealerGroup, cora: PhoneNumber
) -> None:
    for hour, words in ((15, "STOP"), (16, "START")):
        with time_machine.travel(datetime(2026, 12, 1, hour, tzinfo=UTC), tick=False):
            post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body=words)
    with time_machine.travel(datetime(2027, 3, 1, 16, tzinfo=UTC), tick=False):
        third = make_contact(make_dealership(narrow, "Third", "+17175550190"))
        assert ledger.current_state(third).status is Status.UNKNOWN


def test_a_start_after_a_stop_that_was_told_again_while_narrow_opens_its_dealership(
    group: DealerGroup, cora: PhoneNumber, south: Dealership, ada: User
) -> None:
    """What stood for one alone is part of the group's stop once it reaches the group."""
    sister = make_contact(south)
    noon = datetime(2026, 12, 1, 17, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as clock:
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="STOP")
        clock.shift(60)
        set_opt_out_scope(group, scope="dealership", reason="two brands", acting_user=ada)
        clock.shift(60)
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="STOP please")
        clock.shift(60)
        set_opt_out_scope(group, scope="group", reason="one brand", acting_user=ada)
        clock.shift(60)
        post_inbound(to=SOUTH_NUMBER, from_=CORA_NUMBER, body="START")
        clock.shift(1)
        at = noon + timedelta(seconds=240)
        for phone, outcome in ((sister, Outcome.ALLOW), (cora, Outcome.DENY)):
            fresh = PhoneNumber.objects.get(pk=phone.pk)
            assert gate.may_text(fresh, purpose=Purpose.CONVERSATIONAL).outcome is outcome
            then = gate.stood_at(fresh, at, purpose=Purpose.CONVERSATIONAL)
            assert then.standing.verdict.outcome is outcome
    assert checking.fsck().damages == ()
