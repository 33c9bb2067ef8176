"""The customer's own page: the link in HELP replies, what it tells, and the stop it takes."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from accounts.clock import now
from accounts.models import DealerGroup, Dealership, User
from conftest import CORA_NUMBER, NORTH_NUMBER, SOUTH_NUMBER, make_contact, post_inbound
from consent import contacts, disclosures, gate, ledger, own_page, revocation
from consent.decision import Outcome, Purpose
from consent.disclosures import Variant
from consent.kinds import Basis, Kind, Status
from consent.ledger import Json
from consent.levels import Level
from consent.models import Disclosure, PhoneNumber, Suppression
from messaging import dispatch, outbound, segments
from messaging.models import Message
from messaging.tests.conftest import Carrier, send_due


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    """Ask on a Tuesday at noon: at night a question waits for the hours."""
    with time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC), tick=True):
        yield


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def path_of(phone: PhoneNumber) -> str:
    return "/" + own_page.link_of(phone).split("/", 3)[3]


def opted_in(phone: PhoneNumber, person: User) -> None:
    outbound.ask_permission(phone, acting_user=person)
    send_due()
    post_inbound(body="YES")


@pytest.mark.django_db
def test_help_brings_a_link_that_names_nobody(cora: PhoneNumber, carrier: Carrier) -> None:
    post_inbound(body="HELP")
    send_due()
    (text,) = carrier.bodies(CORA_NUMBER)
    (link,) = re.findall(r"https?://\S+/my/\S+/", text)
    for secret in (CORA_NUMBER[2:], "Cora", "Miller", str(cora.public_id)):
        assert secret not in link
    page = Client().get("/" + link.split("/", 3)[3])
    assert page.status_code == 200
    assert "Fitzgerald Auto Mall" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_key_to_the_page_is_the_customers_alone(
    cora: PhoneNumber, carrier: Carrier, sal: User, signed_in: Callable[[User], Client]
) -> None:
    """Else staff could press there, and the ledger would say that the customer did."""
    post_inbound(body="HELP")
    send_due()
    (text,) = carrier.bodies(CORA_NUMBER)
    (token,) = re.findall(r"/my/(\S+)/", text)
    kept = Message.objects.get(purpose=Purpose.HELP_REPLY)
    assert own_page.without_link(text) == kept.full_text
    assert segments.count(text).segments == kept.segments
    talk = kept.conversation.public_id
    for told in (
        kept.full_text,
        signed_in(sal).get(f"/inbox/{talk}/").content.decode(),
        signed_in(sal).get(f"/api/v1/conversations/{talk}/messages/").content.decode(),
    ):
        assert token not in told


@pytest.mark.django_db
def test_it_shows_what_was_agreed_when_and_in_which_words(
    cora: PhoneNumber, sal: User, carrier: Carrier
) -> None:
    opted_in(cora, sal)
    page = Client().get(path_of(cora)).content.decode()
    assert "You said yes" in page
    assert "may I communicate with you via text?" in page
    assert '<blockquote class="quote">YES</blockquote>' in page
    for hidden in ("Cora", CORA_NUMBER, "555-0142", "5550142"):
        assert hidden not in page
    assert "42" in page  # the last two digits


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["said", "looked up", "not reassigned"])
def test_who_has_the_number_now_learns_nothing_of_who_had_it(
    cora: PhoneNumber, sal: User, carrier: Carrier, how: str
) -> None:
    """RULE-US-14."""
    opted_in(cora, sal)
    if how == "said":
        post_inbound(body="wrong number, I am not Cora")
    else:
        ledger.append(
            Kind.RND_CHECKED,
            dealership=cora.dealership,
            phone=cora,
            acting_user=None,
            terms={
                "answer": "yes" if how == "looked up" else "no",
                "consent_on": now().date().isoformat(),
                "on": now().date().isoformat(),
            },
        )
    page = Client().get(path_of(cora)).content.decode()
    assert ("You said yes" in page) is (how == "not reassigned")
    assert ("may I communicate with you via text?" in page) is (how == "not reassigned")


@pytest.mark.django_db
def test_the_stop_reaches_as_far_as_the_page_says(north: Dealership, south: Dealership) -> None:
    """RULE-US-07: though the group narrowed what is told to one dealership."""
    DealerGroup.objects.update(opt_out_scope=DealerGroup.OptOutScope.DEALERSHIP)
    for number in (NORTH_NUMBER, SOUTH_NUMBER):
        post_inbound(to=number, body="Is it there?")
    here, there = PhoneNumber.objects.order_by("dealership__name")
    assert {here.dealership, there.dealership} == {north, south}
    assert "for every dealership of the group" in Client().get(path_of(here)).content.decode()
    Client().post(path_of(here))
    for phone in (here, there):
        assert gate.may_text(phone, purpose=Purpose.CONVERSATIONAL).outcome is Outcome.DENY
        assert ledger.current_state(phone).status is Status.REVOKED


@pytest.mark.django_db
def test_staffs_words_are_not_the_customers(cora: PhoneNumber, sal: User, mona: User) -> None:
    notes = {"called_at": "2026-11-24T10:00:00-05:00", "text": "Sounded drunk"}
    contacts.record_basis(cora, basis=Basis.PHONE_UP, evidence=dict(notes), acting_user=sal)
    revocation.revoke(cora, how="in_person", words="Shouted at Emily", acting_user=mona)
    page = Client().get(path_of(cora)).content.decode()
    assert "Sounded drunk" not in page
    assert "Shouted at Emily" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["id", "tcpa_disclosure", "script"])
def test_the_words_that_were_read_are_shown_however_they_were_recorded(
    cora: PhoneNumber, north: Dealership, sal: User, key: str
) -> None:
    variant = Variant(Disclosure.Purpose.WEB_FORM, "en", Level.INFORMATIONAL)
    wording = disclosures.current(north, variant)
    if key == "script":
        contacts.record_verbal(
            cora, basis=Basis.PHONE_UP, evidence={"script": "May we text you?"}, acting_user=sal
        )
    else:
        evidence: dict[str, Json] = {"tcpa_disclosure": "May we text you?"}
        if key == "id":
            evidence = {"disclosure": str(wording.public_id)}
        basis = Basis.WEB_FORM if key == "id" else Basis.LEAD_PROVIDER
        contacts.record_basis(cora, basis=basis, evidence=evidence, acting_user=sal)
    page = Client().get(path_of(cora)).content.decode()
    assert str(wording.public_id) not in page
    words = "text messages from Fitzgerald Auto Mall" if key == "id" else "May we text you?"
    assert words in page


@pytest.mark.django_db
def test_many_sign_ups_push_no_yes_off_the_page(
    cora: PhoneNumber, sal: User, carrier: Carrier
) -> None:
    opted_in(cora, sal)
    for i in range(60):
        contacts.record_basis(
            cora, basis=Basis.WEB_FORM, evidence={"url": str(i)}, acting_user=None
        )
    page = Client().get(path_of(cora)).content.decode()
    assert "You said yes" in page
    assert page.count("We received your number") == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("NO", "You said no: we do not text you."),
        ("please, I may want to end all this", "You get no texts from us."),
        ("", "We wait for your answer"),
    ],
)
def test_it_says_where_the_customer_stands(
    cora: PhoneNumber, sal: User, carrier: Carrier, told: str, said: str
) -> None:
    outbound.ask_permission(cora, acting_user=sal)
    send_due()
    if told == "NO":
        post_inbound(body=told)
    elif told:
        revocation.pause(cora, words=told, received_at=now(), evidence={})
    assert said in Client().get(path_of(cora)).content.decode()


@pytest.mark.django_db
def test_after_very_many_looks_the_stop_is_still_there(cora: PhoneNumber) -> None:
    looks = [Client().get(path_of(cora)) for _ in range(301)]
    assert looks[0].content.decode().count("We received your number") == 1
    assert looks[-1].status_code == 200
    assert "We received your number" not in looks[-1].content.decode()
    assert "Stop all texts" in looks[-1].content.decode()


@pytest.mark.django_db
def test_it_may_not_be_kept_listed_or_told_on(cora: PhoneNumber) -> None:
    page = Client().get(path_of(cora))
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]
    assert not page.cookies
    assert "<script" not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_what_looks_at_links_stops_nothing(cora: PhoneNumber, method: str) -> None:
    for query in ("", "?stop=1", "?l=fr&amp;x=POST"):
        getattr(Client(), method)(path_of(cora) + query)
    assert not ledger.entries_of(cora).filter(kind=Kind.REVOKED).exists()


@pytest.mark.django_db
def test_one_press_stops_the_whole_group_and_what_waits(
    cora: PhoneNumber, south: Dealership, sal: User, carrier: Carrier
) -> None:
    there = make_contact(south)
    opted_in(cora, sal)
    send_due()
    conversation = Message.objects.latest("pk").conversation
    waiting = outbound.compose(
        conversation,
        body="Come by",
        purpose=Purpose.CONVERSATIONAL,
        acting_user=sal,
        send_at=now() + timedelta(seconds=30),
    )
    answer = Client(enforce_csrf_checks=True).post(
        path_of(cora), headers={"User-Agent": "Handset/1"}
    )
    assert answer.status_code == 302
    assert "Done. You get no more texts" in Client().get(answer["Location"]).content.decode()
    entry = ledger.entries_of(cora).last()
    assert entry is not None
    assert (entry.kind, ledger.terms_of(entry)["how"]) == (Kind.REVOKED, "customer_page")
    assert entry.evidence.data["user_agent"] == "Handset/1"
    assert Suppression.objects.get(subject=cora.subject).is_active
    for phone in (cora, there):
        assert gate.may_text(phone, purpose=Purpose.CONVERSATIONAL).outcome is Outcome.DENY
    before = len(carrier.bodies(CORA_NUMBER))
    with time_machine.travel(now() + timedelta(minutes=2), tick=False):
        assert dispatch.send(waiting.pk) == Message.Status.REFUSED
        send_due()
    assert len(carrier.bodies(CORA_NUMBER)) == before
    Client().post(path_of(cora))
    assert ledger.entries_of(cora).filter(kind=Kind.REVOKED).count() == 1


@pytest.mark.django_db
def test_a_link_ends_and_a_forged_one_tells_nothing(cora: PhoneNumber) -> None:
    good = path_of(cora)
    with time_machine.travel(now() + timedelta(days=own_page.LINK_DAYS, minutes=1)):
        late = Client().get(good)
        assert Client().post(good).status_code == 404
    head, stamp, mac = good.strip("/").split("/")[1].split(".")
    forged = [
        f"/my/{head}.{stamp}.{mac[:-2]}AA/",
        f"/my/{'A' * 22}.{stamp}.{mac}/",
        f"/my/{cora.public_id}/",
        "/my/x/",
        "/my/....../",
    ]
    bodies = {Client().get(path).content for path in forged} | {late.content}
    assert len(bodies) == 1  # whoever guesses learns nothing from the answer
    assert all(Client().get(path).status_code == 404 for path in forged)
    assert ledger.current_state(cora).status is not Status.REVOKED


@pytest.mark.django_db
def test_guessing_is_slowed_and_a_stop_never_is(cora: PhoneNumber) -> None:
    codes = [Client().get(f"/my/guess{n}/").status_code for n in range(40)]
    assert codes[0] == 404
    assert codes[-1] == 429
    assert Client().post(path_of(cora)).status_code == 302
    assert ledger.current_state(cora).status is Status.REVOKED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Arrêter tous les textos"), ("es", "Detener todos los mensajes")]
)
def test_it_speaks_the_customers_language(north: Dealership, language: str, said: str) -> None:
    phone = make_contact(north, language=language)
    page = Client().get(path_of(phone)).content.decode()
    assert said in page
    assert f'<html lang="{language}">' in page
    assert "Stop all texts" in Client().get(path_of(phone) + "?l=en").content.decode()


def test_the_token_reaches_no_log(settings: Any) -> None:
    line = dict(settings.LOGGING["formatters"]["line"])
    formatter = line.pop("()")(**line)
    record = logging.makeLogRecord({"msg": "Not Found: %s", "args": ("/my/abc.1x.DEF_-/",)})
    told = formatter.format(record)
    assert "abc.1x" not in told
    assert "/my/[token]/" in told


@pytest.mark.django_db
def test_the_page_costs_the_same_for_two_entries_and_for_twenty(
    cora: PhoneNumber, django_assert_num_queries: Callable[..., object]
) -> None:
    for many in (2, 20):
        while ledger.entries_of(cora).count() < many:
            post_inbound(body="Is it there?")
            ledger.append(
                Kind.INQUIRED,
                dealership=cora.dealership,
                phone=cora,
                acting_user=None,
                terms={"basis": "walk_in"},
            )
        with django_assert_num_queries(4):  # type: ignore[attr-defined]
            Client().get(path_of(cora))
