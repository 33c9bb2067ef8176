"""Stops that people record or decide on, by page and by function, with real rows and requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.test import Client

from accounts.clock import now
from accounts.models import DealerGroup, Dealership, User
from conftest import make_contact, make_user
from consent import checking, clocks, doubtful, doubts, gate, ledger, revocation
from consent.decision import Outcome, Purpose
from consent.kinds import Basis, Kind, Status
from consent.models import ConsentEvent, Contact, PhoneNumber, Suppression
from consent.subjects import subject_of

STRANGER = "+17175550177"
WORDS = "I think I am done with these"


def pause(phone: PhoneNumber, words: str = WORDS) -> None:
    revocation.pause(phone, words=words, received_at=now(), evidence={})


def outcome(phone: PhoneNumber) -> Outcome:
    return gate.may_text(phone, purpose=Purpose.CONVERSATIONAL).outcome


# --- possible opt-outs ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_queue_quotes_the_words_to_managers_alone(
    cora: PhoneNumber, sal: User, mona: User, stan: User, signed_in: Callable[[User], Client]
) -> None:
    pause(cora)
    page = signed_in(mona).get("/stops/possible/")
    assert WORDS in page.content.decode()
    assert 'class="count count--owed">1<' in page.content.decode()
    for person in (sal, stan):
        refused = signed_in(person).get("/stops/possible/")
        assert refused.status_code == 403
        assert WORDS not in refused.content.decode()


@pytest.mark.django_db
def test_a_manager_of_another_group_sees_nothing_of_it(
    cora: PhoneNumber, other: Dealership, signed_in: Callable[[User], Client]
) -> None:
    pause(cora)
    rival = make_user("max@example.com", "Max Rival", other, "manager")  # type: ignore[arg-type]
    page = signed_in(rival).get("/stops/possible/").content.decode()
    assert WORDS not in page
    assert "Cora" not in page
    address = f"/consent/{cora.contact.public_id}/resolve/"
    assert signed_in(rival).post(address, {"opted_out": "no", "reason": "x"}).status_code == 404
    assert ledger.current_state(cora).status is Status.PAUSED


@pytest.mark.django_db
@pytest.mark.parametrize("decided", ["yes", "no"])
def test_a_decision_needs_a_reason_and_writes_an_entry(
    cora: PhoneNumber, mona: User, signed_in: Callable[[User], Client], decided: str
) -> None:
    pause(cora)
    address = f"/consent/{cora.contact.public_id}/resolve/"
    client = signed_in(mona)
    body = {"opted_out": decided, "seen": doubts.of(cora).last_index}
    again = client.post(address, {**body, "reason": "  ", "next": "/stops/possible/"})
    assert again.status_code == 422
    assert "Say why" in again.content.decode()
    assert 'value="/stops/possible/"' in again.content.decode()
    assert ledger.current_state(cora).status is Status.PAUSED
    client.post(address, {**body, "reason": "Read it twice", "next": "/stops/possible/"})
    entry = ledger.entries_of(cora).last()
    assert entry is not None
    assert entry.evidence.data["reason"] == "Read it twice"
    if decided == "yes":
        assert entry.kind == Kind.REVOKED
        assert entry.evidence.data["words"] == WORDS
        assert Suppression.objects.get(subject=cora.subject).is_active
    else:
        assert entry.kind == Kind.PAUSE_LIFTED
        assert ledger.current_state(cora).status is Status.UNKNOWN
    assert not doubtful.waiting_for(mona).exists()


@pytest.mark.django_db
def test_the_queue_costs_the_same_for_one_and_for_twenty(
    north: Dealership,
    mona: User,
    signed_in: Callable[[User], Client],
    django_assert_num_queries: Callable[..., object],
) -> None:
    client = signed_in(mona)
    for many in (1, 20):
        while Contact.objects.count() < many:
            pause(make_contact(north, number=f"+171755502{Contact.objects.count():02d}"))
        with django_assert_num_queries(10):  # type: ignore[attr-defined]
            assert client.get("/stops/possible/").content.decode().count(WORDS) == many


# --- off-channel ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_number_of_nobody_is_barred_and_stays_so_when_it_becomes_a_contact(
    north: Dealership, sal: User, signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(sal).post(
        "/stops/new/",
        {
            "number": "(717) 555-0177",
            "how": "voicemail",
            "words": "Take me off your list",
            "dealership": str(north.public_id),
        },
    )
    assert answer.status_code == 302
    assert not Contact.objects.exists()
    entry = ConsentEvent.objects.get()
    assert (entry.kind, entry.subject) == (Kind.REVOKED, subject_of(STRANGER))
    assert STRANGER not in entry.body
    assert entry.evidence.data == {"number": STRANGER, "words": "Take me off your list"}
    phone = make_contact(north, number=STRANGER, basis=Basis.WALK_IN)
    assert outcome(phone) is Outcome.DENY
    assert ledger.current_state(phone).status is Status.REVOKED
    assert checking.fsck([north]).damages == ()


@pytest.mark.django_db
def test_a_narrowed_group_keeps_a_strangers_stop_where_it_was_told(
    group: DealerGroup, north: Dealership, south: Dealership, sal: User
) -> None:
    DealerGroup.objects.filter(pk=group.pk).update(opt_out_scope="dealership")
    north.refresh_from_db()
    revocation.revoke_number(
        Dealership.objects.select_related("group").get(pk=north.pk),
        number_e164=STRANGER,
        how="in_person",
        words="no texts",
        acting_user=sal,
    )
    phone = make_contact(north, number=STRANGER)
    assert outcome(phone) is Outcome.DENY
    assert checking.fsck([north]).damages == ()


@pytest.mark.django_db
def test_a_known_number_stops_in_every_dealership_of_the_group(
    north: Dealership, south: Dealership, sal: User, signed_in: Callable[[User], Client]
) -> None:
    there = make_contact(south, number=STRANGER)
    here = make_contact(north, number=STRANGER)
    yesterday = now() - timedelta(days=1)
    answer = signed_in(sal).post(
        "/stops/new/",
        {
            "number": STRANGER,
            "how": "email",
            "words": "Please stop",
            "received_at": yesterday.astimezone(UTC).strftime("%Y-%m-%dT%H:%M"),
            "dealership": str(north.public_id),
        },
    )
    assert answer["Location"] == f"/consent/{here.contact.public_id}/"
    for phone, how in ((here, "email"), (there, "group")):
        entry = ledger.entries_of(phone).last()
        assert entry is not None
        assert (entry.kind, ledger.terms_of(entry)["how"]) == (Kind.REVOKED, how)
        assert entry.recorded_at - entry.received_at > timedelta(hours=12)
        assert outcome(phone) is Outcome.DENY


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"number": "12"}, {"how": ""}, {"how": "smoke"}, {"received_at": "2999-01-01T10:00"}],
)
def test_a_bad_stop_loses_nothing_of_what_was_typed(
    north: Dealership, sal: User, signed_in: Callable[[User], Client], wrong: dict[str, str]
) -> None:
    typed = {
        "number": STRANGER,
        "how": "email",
        "words": "Please stop",
        "dealership": str(north.public_id),
    }
    answer = signed_in(sal).post("/stops/new/", {**typed, **wrong})
    assert answer.status_code == 422
    if "words" not in wrong:
        assert "Please stop" in answer.content.decode()
    assert not ConsentEvent.objects.exists()


@pytest.mark.django_db
def test_a_stop_for_a_strangers_dealership_is_refused(
    other: Dealership, sal: User, signed_in: Callable[[User], Client]
) -> None:
    typed = {
        "number": STRANGER,
        "how": "email",
        "words": "Please stop",
        "dealership": str(other.public_id),
    }
    assert signed_in(sal).post("/stops/new/", typed).status_code == 422
    assert not ConsentEvent.objects.exists()


# --- the clock -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "country", "last"),
    [
        # A Wednesday evening; Thanksgiving (26 Nov) does not count in the United States.
        ("2026-11-25T18:00:00-05:00", "US", "2026-12-10"),
        ("2026-11-25T18:00:00-05:00", "CA", "2026-12-09"),
        # A Saturday: the first day is Monday.
        ("2026-06-06T12:00:00-04:00", "US", "2026-06-22"),  # Juneteenth falls on Friday 19 June
        # Late on Friday in New York is Saturday in UTC: the dealership's day counts.
        ("2026-08-07T23:30:00-04:00", "US", "2026-08-21"),
    ],
)
def test_ten_business_days_are_counted_in_the_dealerships_zone(
    received: str, country: str, last: str
) -> None:
    moment = datetime.fromisoformat(received)
    zone = "America/New_York"
    assert clocks.honour_by(moment, timezone=zone, country=country) == date.fromisoformat(last)


@pytest.mark.django_db
def test_the_business_days_are_those_of_the_customers_country(
    north: Dealership, cora: PhoneNumber
) -> None:
    """RULE-US-10, CASL s.11(3): a Canadian's ten days know no Thanksgiving in November."""
    of = partial(revocation.country_of, dealership=north)
    assert of(cora, number="") == "US"
    assert of(None, number="+14165550142") == "CA"
    cora.contact.region = "ON"
    assert of(cora, number="") == "CA"
    assert of(None, number="+18005550142") == "US"


def test_the_last_day_is_still_in_time_and_the_next_is_not() -> None:
    received = datetime(2026, 8, 7, 12, tzinfo=UTC)
    zone = {"timezone": "America/New_York", "country": "US"}
    assert clocks.is_in_time(received, datetime(2026, 8, 22, 3, 59, tzinfo=UTC), **zone)
    assert not clocks.is_in_time(received, datetime(2026, 8, 22, 4, 0, tzinfo=UTC), **zone)
