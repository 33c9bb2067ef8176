"""Customers who sign themselves up: nothing they do opts them in before the YES from the phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from accounts.clock import now
from accounts.limits import neighbourhood_of
from accounts.models import Dealership, User
from conftest import CORA_NUMBER, NORTH_NUMBER, SOUTH_NUMBER, make_contact, post_inbound
from consent import disclosures, gate, ledger, own_page, revocation
from consent.decision import Outcome, Purpose
from consent.disclosures import Variant
from consent.kinds import Kind, Status
from consent.levels import Level
from consent.models import ConsentEvent, Contact, Disclosure, PhoneNumber
from consent.replies import ReplyKind, classify
from messaging import card, join_views, outbound
from messaging.models import Message
from messaging.tests.conftest import Carrier, send_due

HANDSET = {"User-Agent": "Handset/1"}


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


def page_of(place: Dealership) -> str:
    return f"/join/{place.public_id}/"


def sent(place: Dealership, language: str = "en", **changes: Any) -> Any:
    """Open the page as a browser does, and post what it holds."""
    client = Client(enforce_csrf_checks=True)
    path = f"{page_of(place)}?l={language}"
    page = client.get(path).content.decode()
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|shown)" value="([^"]+)"', page))
    form = {
        **hidden,
        "name": "Nora Nguyen",
        "number": "(717) 555-0142",
        "informational": "1",
        "leave_empty": "",
        **changes,
    }
    return client.post(path, {k: v for k, v in form.items() if v is not None}, headers=HANDSET)


def the_number() -> PhoneNumber:
    return PhoneNumber.objects.select_related("contact", "dealership").get(number_e164=CORA_NUMBER)


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_box_is_ticked_beforehand_and_each_level_has_its_own(north: Dealership) -> None:
    page = Client().get(page_of(north))
    html = page.content.decode()
    assert re.findall(r'type="checkbox"\s+id="id_(\w+)"', html) == ["informational", "promotional"]
    assert not re.search(r"<input[^>]*type=\"checkbox\"[^>]*checked", html)
    assert "not a condition of any purchase" in html
    assert "noindex" in page["X-Robots-Tag"]
    assert "<script" not in html


@pytest.mark.django_db
def test_a_sign_up_records_what_was_read_and_asks_for_the_yes(
    north: Dealership, carrier: Carrier
) -> None:
    answer = sent(north)
    assert answer.status_code == 302
    phone = the_number()
    lead = ledger.entries_of(phone).get(kind=Kind.LEAD_RECEIVED)
    told = lead.evidence.data
    wording = disclosures.current(
        north, Variant(Disclosure.Purpose.WEB_FORM, "en", Level.INFORMATIONAL)
    )
    words = disclosures.render(wording, north, person="")
    assert [(box["level"], box["ticked"]) for box in told["boxes"]] == [
        ("informational", True),
        ("promotional", False),
    ]
    assert told["boxes"][0]["words"] == told["disclosure"] == words
    assert told["boxes"][0]["disclosure"] == str(wording.public_id)
    assert (told["ip"], told["user_agent"]) == ("127.0.0.1", "Handset/1")
    assert told["url"].endswith(page_of(north))
    assert ledger.terms_of(lead)["missing"] == ""
    assert "Nora" not in lead.body
    assert gate.may_text(phone, purpose=Purpose.INFORMATIONAL).outcome is Outcome.DENY
    send_due()
    (text,) = carrier.bodies(CORA_NUMBER)
    assert "the online team from Fitzgerald Auto Mall" in text
    post_inbound(body="YES")
    state = ledger.current_state(phone)
    assert (state.status, state.level) == (Status.CONFIRMED, Level.INFORMATIONAL)


@pytest.mark.django_db
def test_the_offers_box_asks_the_question_about_offers(north: Dealership, carrier: Carrier) -> None:
    sent(north, promotional="1")
    send_due()
    assert "offers and ads" in carrier.bodies(CORA_NUMBER)[0]
    post_inbound(body="YES")
    assert ledger.current_state(the_number()).level is Level.PROMOTIONAL


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "question"), [("fr", "Puis-je communiquer"), ("es", "comunicarme con usted")]
)
@pytest.mark.parametrize("is_known", [False, True])
def test_it_asks_in_the_language_of_the_page(
    north: Dealership, carrier: Carrier, language: str, question: str, is_known: bool
) -> None:
    if is_known:
        make_contact(north, number=CORA_NUMBER)
    sent(north, language)
    send_due()
    assert question in carrier.bodies(CORA_NUMBER)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"informational": None}, "Tick at least one box."),
        ({"number": "12"}, "not a mobile number"),
        ({"name": " "}, "tell us your name"),
        ({"shown": "forged"}, "open for too long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    north: Dealership, wrong: dict[str, Any], said: str
) -> None:
    answer = sent(north, promotional=None, **wrong)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert said in html
    assert wrong.get("number", "(717) 555-0142") in html
    assert not ConsentEvent.objects.exists()


@pytest.mark.django_db
def test_a_page_that_was_open_too_long_is_read_again(north: Dealership) -> None:
    client = Client()
    hidden = dict(
        re.findall(r'name="(shown)" value="([^"]+)"', client.get(page_of(north)).content.decode())
    )
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        form = {**hidden, "name": "N", "number": CORA_NUMBER, "informational": "1"}
        assert client.post(page_of(north), form).status_code == 422
    assert not Contact.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_signs_up_and_stops_on_both_pages(
    live_server: Any, north: Dealership, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}{page_of(north)}")
    page.fill("#id_name", "Nora Nguyen")
    page.fill("#id_number", "717-555-0142")
    page.check("#id_informational")
    page.click("button[type=submit]")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    phone = the_number()
    page.goto(f"{live_server.url}/{own_page.link_of(phone).split('/', 3)[3]}")
    page.click("button[type=submit]")
    expect(page.get_by_text("You get no more texts from us.")).to_be_visible()
    assert ledger.current_state(phone).status is Status.REVOKED


# --- abuse ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_known_unknown_stopped_and_robots_get_the_same_answer(
    north: Dealership, sal: User, carrier: Carrier
) -> None:
    stopped = make_contact(north, number="+17175550171")
    revocation.revoke(stopped, how="email", words="stop", acting_user=sal)
    make_contact(north, number="+17175550172", name="Known Already")
    answers = [
        sent(north, number=number) for number in ("+17175550171", "+17175550172", "+17175550173")
    ] + [sent(north, number="+17175550174", leave_empty="Robots Inc")]
    assert len({(a.status_code, a["Location"]) for a in answers}) == 1
    pages = {Client().get(a["Location"]).content for a in answers}
    assert len(pages) == 1
    send_due()
    assert carrier.bodies("+17175550171") == []
    assert not PhoneNumber.objects.filter(number_e164="+17175550174").exists()
    assert Contact.objects.get(phones__number_e164="+17175550172").name == "Known Already"
    assert ledger.current_state(stopped).status is Status.REVOKED


@pytest.mark.django_db
def test_a_strangers_number_is_asked_once_however_often_it_is_typed(
    north: Dealership, south: Dealership, carrier: Carrier
) -> None:
    for place in (north, south, north, north, south):
        sent(place)
        cache.clear()  # as if each came from another address on another day
    send_due()
    assert len(carrier.bodies(CORA_NUMBER)) == 1


@pytest.mark.django_db
def test_an_address_and_a_number_can_be_tried_only_so_often(
    north: Dealership, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [
        sent(north, number=f"+1717555{n:04d}").status_code
        for n in range(100, 100 + join_views.TRIES_PER_ADDRESS_AND_HOUR + 1)
    ]
    assert codes == [302] * join_views.TRIES_PER_ADDRESS_AND_HOUR + [429]
    cache.clear()
    monkeypatch.setattr(join_views, "TRIES_PER_NUMBER_AND_DAY", 1)
    sent(north)
    sent(north)
    assert ledger.entries_of(the_number()).filter(kind=Kind.LEAD_RECEIVED).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "We could not sign you up today"),
        ("fr", "Nous n'avons pas pu vous inscrire"),
        ("es", "No pudimos inscribirlo hoy"),
    ],
)
def test_who_comes_on_a_full_day_is_told_so_and_the_manager_sees_how_many(
    north: Dealership,
    mona: User,
    signed_in: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    said: str,
) -> None:
    monkeypatch.setattr(join_views, "TRIES_PER_DEALERSHIP_AND_DAY", 1)
    assert "turned away" not in signed_in(mona).get("/reports/").content.decode()
    assert sent(north, language, number="+17175550101").status_code == 302
    for number in ("+17175550102", "+17175550103"):
        answer = sent(north, language, number=number)
        assert answer.status_code == 429
        assert said in unescape(answer.content.decode())
        assert not PhoneNumber.objects.filter(number_e164=number).exists()
    report = " ".join(signed_in(mona).get("/reports/").content.decode().split())
    assert "Sign-ups turned away: too many in a day</dt> <dd> <strong>2</strong>" in report


@pytest.mark.django_db
def test_a_page_that_is_off_does_not_exist(north: Dealership) -> None:
    Dealership.objects.filter(pk=north.pk).update(has_join_page=False)
    assert Client().get(page_of(north)).status_code == 404


# --- the keyword ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["JOIN", "join.", " Join! "])
def test_the_keyword_opens_the_exchange_and_asks_but_is_no_yes(
    north: Dealership, carrier: Carrier, words: str
) -> None:
    post_inbound(body=words)
    phone = the_number()
    state = ledger.current_state(phone)
    assert (state.status, state.level) == (Status.CUSTOMER_INITIATED, Level.CONVERSATIONAL)
    assert gate.may_text(phone, purpose=Purpose.INFORMATIONAL).outcome is Outcome.DENY
    question = Message.objects.get(purpose="permission_request")
    assert question.caused_by is not None
    assert question.caused_by.kind == Kind.OPT_IN_REQUESTED
    basis = ledger.entries_of(phone).get(kind=Kind.INQUIRED)
    assert ledger.terms_of(basis)["basis"] == "keyword"
    assert Message.objects.get(direction="inbound").conversation.owed_since is None
    send_due()
    post_inbound(body="yes")
    assert ledger.current_state(phone).level is Level.INFORMATIONAL


@pytest.mark.django_db
def test_the_keyword_again_does_not_ask_again_that_day(north: Dealership, carrier: Carrier) -> None:
    for _ in range(3):
        post_inbound(body="JOIN")
        send_due()
    assert len(carrier.bodies(CORA_NUMBER)) == 1


@pytest.mark.django_db
def test_the_keyword_lifts_no_stop(north: Dealership, carrier: Carrier) -> None:
    post_inbound(body="STOP")
    send_due()
    before = len(carrier.bodies(CORA_NUMBER))
    post_inbound(body="JOIN")
    send_due()
    assert ledger.current_state(the_number()).status is Status.REVOKED
    assert len(carrier.bodies(CORA_NUMBER)) == before


@pytest.mark.django_db
@pytest.mark.parametrize("keyword", ["STOP", "YES", "HELP"])
def test_a_badly_chosen_keyword_takes_no_meaning_from_a_word_of_law(
    north: Dealership, carrier: Carrier, keyword: str
) -> None:
    Dealership.objects.filter(pk=north.pk).update(join_keyword=keyword)
    post_inbound(body=keyword)
    assert not Message.objects.filter(purpose="permission_request").exists()
    expected = Status.REVOKED if keyword == "STOP" else None
    assert expected is None or ledger.current_state(the_number()).status is expected


@pytest.mark.django_db
def test_a_printed_word_is_nobodys_yes(north: Dealership, sal: User, carrier: Carrier) -> None:
    """RULE-CT-01: a keyword of before the settings refused it."""
    Dealership.objects.filter(pk=north.pk).update(join_keyword="AGREE")
    phone = make_contact(north)
    outbound.ask_permission(phone, acting_user=sal, level=Level.PROMOTIONAL)
    send_due()
    post_inbound(body="Agree")
    assert ledger.current_state(phone).status is Status.CUSTOMER_INITIATED
    post_inbound(body="I agree")
    assert ledger.current_state(phone).status is Status.CONFIRMED


@pytest.mark.django_db
def test_what_the_code_on_the_screen_writes_is_nobodys_yes(
    sal: User, signed_in: Callable[[User], Client], north: Dealership
) -> None:
    link = signed_in(sal).get("/inbox/card/").context["link"]
    words = parse_qs(link.split("&", 1)[1])["body"]
    assert sal.first_name in words[0]
    assert classify(words[0]).kind is ReplyKind.NONE
    assert not classify(words[0]).possible_opt_out


# --- what anybody may type ------------------------------------------------------------------------

TORONTO = "+14165550142"


def days_later(days: float) -> Any:
    cache.clear()
    return time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC) + timedelta(days=days))


@pytest.mark.django_db
@pytest.mark.parametrize("told", ["", "NO", "STOP"])
def test_in_canada_a_form_alone_opens_nothing(
    south: Dealership, carrier: Carrier, told: str
) -> None:
    """RULE-CA-01: whoever typed it, the handset did not say it."""
    post_inbound(to=SOUTH_NUMBER, from_=TORONTO, body="Is the red truck still there?")
    phone = PhoneNumber.objects.get(number_e164=TORONTO, dealership=south)
    if told == "NO":
        outbound.ask_who_signed_up(phone, level=Level.INFORMATIONAL)
        send_due()
    if told:
        post_inbound(to=SOUTH_NUMBER, from_=TORONTO, body=told)
    with days_later(40):
        sent(south, number=TORONTO, name="Some Stranger")
        send_due()
        if told == "STOP":
            post_inbound(to=SOUTH_NUMBER, from_=TORONTO, body="START")
    with days_later(50):
        verdict = gate.may_text(phone, purpose=Purpose.INFORMATIONAL)
        assert verdict.outcome is Outcome.DENY


@pytest.mark.django_db
def test_a_no_ends_the_questions_that_strangers_cause(north: Dealership, carrier: Carrier) -> None:
    """RULE-CT-02."""
    for week in range(8):
        with days_later(8 * week):
            sent(north, name="Mallory")
            send_due()
            if week == 0:
                post_inbound(body="NO")
                send_due()
    assert len([b for b in carrier.bodies(CORA_NUMBER) if "Reply YES or NO" in b]) == 1


@pytest.mark.django_db
def test_a_silent_number_is_asked_once_in_thirty_days(north: Dealership, carrier: Carrier) -> None:
    for day in (0, 8, 29, 31):
        with days_later(day):
            sent(north)
            send_due()
    assert len(carrier.bodies(CORA_NUMBER)) == 2


@pytest.mark.django_db
def test_who_said_yes_may_be_asked_for_offers_the_next_day(
    north: Dealership, carrier: Carrier
) -> None:
    sent(north)
    send_due()
    post_inbound(body="YES")
    with days_later(1):
        sent(north, promotional="1")
        sent(north, promotional="1")
        send_due()
    assert len([b for b in carrier.bodies(CORA_NUMBER) if "offers and ads" in b]) == 1


def box_of(html: str) -> str:
    found = re.search(r'<input type="checkbox"\s+id="id_informational"[^>]*>', html)
    assert found is not None
    return found[0]


@pytest.mark.django_db
def test_a_box_beside_words_that_were_not_read_is_empty(north: Dealership, ada: User) -> None:
    """RULE-US-02."""
    assert "checked" in box_of(sent(north, number="12").content.decode())
    with days_later(0):
        client = Client()
        page = client.get(page_of(north)).content.decode()
        shown = re.findall(r'name="shown" value="([^"]+)"', page)[0]
    form = {"shown": shown, "name": "N", "number": CORA_NUMBER, "informational": "1"}
    with days_later(2):
        assert "checked" not in box_of(client.post(page_of(north), form).content.decode())
    variant = Variant(Disclosure.Purpose.WEB_FORM, "en", Level.INFORMATIONAL)
    body = disclosures.house_wording(variant) + " By robots."
    disclosures.publish(north, variant, body=body, after=0, acting_user=ada)
    bad = client.post(page_of(north), {**form, "number": "12"}).content.decode()
    assert "By robots." in bad
    assert "checked" not in box_of(bad)


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["name", "place", "language"])
def test_the_words_recorded_are_the_words_that_were_read(
    north: Dealership, south: Dealership, change: str
) -> None:
    client = Client()
    page = client.get(page_of(north)).content.decode()
    shown = re.findall(r'name="shown" value="([^"]+)"', page)[0]
    form = {"shown": shown, "name": "N", "number": CORA_NUMBER, "informational": "1"}
    if change == "name":
        Dealership.objects.filter(pk=north.pk).update(name="Another Seller Inc")
    to = page_of(south if change == "place" else north)
    answer = client.post(f"{to}?l=fr" if change == "language" else to, form)
    if change != "language":
        assert answer.status_code == 422
        assert not Contact.objects.exists()
        return
    told = ledger.entries_of(the_number()).get(kind=Kind.LEAD_RECEIVED).evidence.data
    assert told["language"] == "en"
    assert told["disclosure"] in unescape(page)


def test_addresses_of_one_household_count_as_one() -> None:
    near = neighbourhood_of("2001:db8:1:2::5")
    assert near == neighbourhood_of("2001:db8:1:2:ffff::9") != neighbourhood_of("2001:db8:1:3::5")
    assert neighbourhood_of("::ffff:192.0.2.7") == neighbourhood_of("192.0.2.7") == "192.0.2.7"
    assert neighbourhood_of("") == ""


# --- the card ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_card_comes_as_a_picture_and_as_a_page_to_print(
    north: Dealership, sal: User, stan: User, signed_in: Callable[[User], Client]
) -> None:
    number = north.numbers.get()
    base = f"/inbox/card/{number.public_id}"
    png = signed_in(sal).get(f"{base}/png/")
    picture = Image.open(BytesIO(png.content))
    side, path = card.qr_path(card.texting_link(NORTH_NUMBER, words="JOIN"))
    assert picture.size == (side * 16, side * 16)
    dark = {tuple(map(int, xy)) for xy in re.findall(r"M(\d+) (\d+)h", path)}
    seen = {
        (x, y)
        for x in range(side)
        for y in range(side)
        if not picture.getpixel((x * 16 + 8, y * 16 + 8))
    }
    assert seen == dark
    pdf = signed_in(sal).get(f"{base}/pdf/")
    text = " ".join(PdfReader(BytesIO(pdf.content)).pages[0].extract_text().split())
    for said in ("Fitzgerald Auto Mall", "717-555-0100", "JOIN", "STOP", "rates may apply"):
        assert said in text, said
    assert len(PdfReader(BytesIO(pdf.content)).pages) == 1
    for form in ("png", "pdf"):
        assert signed_in(stan).get(f"{base}/{form}/").status_code == 404
