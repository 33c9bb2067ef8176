"""The main job in a real browser, over the real product: what people do and what they see."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dealertext.tests.browser.conftest import PHONE, OpenAs, Product, Watch, sign_in

pytestmark = pytest.mark.browser
MARIA, CORA, DANA, GREG = "+17175550121", "+17175550124", "+17175550123", "+17175550127"


def row(page: Page, name: str) -> object:
    return page.locator("#rows .row", has_text=name)


def open_conversation(page: Page, name: str) -> None:
    """Open a customer's conversation over the customers' page."""
    page.goto("/consent/")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Open the conversation").click()
    expect(page.locator("#conversation h1")).to_have_text(name)


def test_who_signs_in_lands_in_the_inbox_and_a_wrong_password_does_not(open_as: OpenAs) -> None:
    page = open_as()
    sign_in(page, "emily@keystone.example", "a wrong password")
    expect(page.get_by_role("alert")).to_be_visible()
    sign_in(page, "emily@keystone.example")
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    page.get_by_label("Account menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/inbox/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_the_whole_list_scrolls_in_its_own_pane(open_as: OpenAs) -> None:
    page = open_as("grace", "/inbox/?view=all")
    page.set_viewport_size({"width": 1440, "height": 600})
    last = page.locator("#rows .row").last
    expect(last).not_to_be_in_viewport()
    page.locator("#rows .row").first.hover()
    page.mouse.wheel(0, 6000)
    expect(last).to_be_in_viewport(ratio=0.9)
    expect(page.get_by_role("heading", name="Inbox")).to_be_in_viewport()
    for _ in range(page.locator("#rows .row").count()):
        page.keyboard.press("j")
    expect(last).to_be_focused()
    expect(page.get_by_role("heading", name="Inbox")).to_be_in_viewport()
    assert page.evaluate("document.querySelector('#main').scrollTop") == 0


def test_a_text_from_the_phone_appears_in_an_open_inbox_without_a_reload(
    open_as: OpenAs, product: Product
) -> None:
    inbox = open_as("emily", "/inbox/?view=all")
    inbox.evaluate("window.notReloaded = true")
    handset = open_as(path=product.handset("+17175550171"))
    handset.get_by_label("Text message").fill("Is the red Supra still on the lot?")
    handset.get_by_role("button", name="Send", exact=True).click()
    fresh = inbox.locator("#rows .row", has_text="Is the red Supra still on the lot?")
    expect(fresh).to_have_count(1)
    expect(fresh).to_contain_text("717-555-0171")
    expect(fresh).to_contain_text("0 min")
    assert inbox.evaluate("window.notReloaded") is True
    fresh.click()
    expect(inbox.locator("#thread .text--inbound .bubble")).to_have_text(
        "Is the red Supra still on the lot?"
    )
    handset.get_by_label("Text message").fill("And what is its price?")
    handset.get_by_role("button", name="Send", exact=True).click()
    expect(inbox.locator("#thread .text--inbound .bubble").last).to_have_text(
        "And what is its price?"
    )
    expect(inbox.locator("#announce")).to_have_text("And what is its price?")


def test_permission_text_and_stop_all_live(open_as: OpenAs, product: Product) -> None:
    page = open_as("emily")
    open_conversation(page, "Maria Alvarez")
    page.evaluate("window.notReloaded = true")
    composer = page.locator("#composer")
    expect(composer).to_contain_text("Nobody has asked Maria")
    expect(composer.locator("textarea")).to_have_count(0)

    composer.get_by_role("link", name="Ask permission").click()
    words = page.locator("dialog .phone-look p").inner_text()
    assert words.startswith("This is Emily Moore from Keystone Toyota of Chambersburg")
    page.get_by_role("button", name="Send this question").click()
    expect(composer).to_contain_text("asked and has not answered")
    expect(page.locator("#thread .fate").last).to_have_text("Delivered")
    assert product.bodies(MARIA) == [words]

    handset = open_as(path=product.handset(MARIA))
    expect(handset.locator("#thread")).to_contain_text("may I communicate with you via text?")
    handset.get_by_role("button", name="YES").click()
    box = page.get_by_label("Your text")
    expect(box).to_be_visible()
    expect(page.locator("#conv-head .pill")).to_have_text("Yes: answers & service")
    expect(page.locator("#thread .event").last).to_contain_text("YES received")

    box.fill("Hi Maria, the RAV4 is here. When can you come?")
    expect(page.locator("#meter")).to_have_text("114 left · 1 text")
    page.get_by_role("button", name="Send", exact=True).click()
    ours = page.locator(".text--outbound", has_text="the RAV4 is here")
    expect(ours).to_contain_text("Sending")
    expect(ours).to_contain_text("Delivered")
    expect(handset.locator("#thread")).to_contain_text("the RAV4 is here")

    handset.get_by_role("button", name="STOP").click()
    expect(composer).to_contain_text("Maria told us to stop texting.")
    expect(composer).to_contain_text("by texting START to 717-555-0100")
    expect(composer.get_by_role("link", name="Call Maria")).to_be_visible()
    expect(composer.locator("textarea")).to_have_count(0)
    expect(page.locator("#conv-head .pill")).to_contain_text("Stopped")
    assert page.evaluate("window.notReloaded") is True


def test_a_text_is_taken_back_within_its_seconds(open_as: OpenAs, product: Product) -> None:
    page = open_as("james")
    open_conversation(page, "Paul Nguyen")
    before = product.bodies("+17175550125")
    page.get_by_label("Your text").fill("See you at nine")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_label("Your text")).to_have_value("")
    page.locator(".notice--undo").get_by_role("button", name="Undo").click()
    taken = page.locator(".text--outbound", has_text="See you at nine")
    expect(taken).to_contain_text("Taken back, nothing was sent")
    expect(page.get_by_label("Your text")).to_have_value("See you at nine")
    expect(page.locator("#notices")).to_contain_text("Taken back. Nothing was sent.")
    page.wait_for_timeout(3000)  # longer than the hold
    assert product.bodies("+17175550125") == before
    expect(taken).to_contain_text("Taken back")


def test_an_offer_is_pointed_out_while_it_is_written(open_as: OpenAs) -> None:
    page = open_as("emily")
    open_conversation(page, "Cora Miller")
    box, said = page.get_by_label("Your text"), page.locator("#measure")
    offer = "0.9% APR on every Tacoma this weekend only, come in and save!"
    box.fill(offer)
    expect(said).to_contain_text("“0.9% APR” speaks of a rate")
    expect(said).to_contain_text("Cora agreed to answers and service texts, not to offers.")
    page.get_by_role("button", name="Send", exact=True).click()
    ours = page.locator(".text--outbound", has_text=offer)
    expect(ours).to_contain_text("Not sent.")
    expect(ours).to_contain_text("These words are an offer")
    box.fill("See you Saturday at two")
    expect(said).to_be_empty()
    box.fill("Book at bit.ly/3x")
    expect(said).to_contain_text("public shortener")
    box.fill(offer)
    said.get_by_role("link", name="Ask Cora for permission to send offers too.").click()
    expect(page.get_by_text("may we also text this number offers and ads")).to_be_visible()


def test_a_draft_outlives_a_reload_and_a_lost_connection(open_as: OpenAs, watch: Watch) -> None:
    watch.allowed += ["ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError"]
    page = open_as("emily")
    open_conversation(page, "Dana Whitman")
    page.get_by_label("Your text").fill("Yes, until eight")
    page.reload()
    expect(page.get_by_label("Your text")).to_have_value("Yes, until eight")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("Your text is kept here")
    expect(page.get_by_label("Your text")).to_have_value("Yes, until eight")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread .text--outbound", has_text="until eight")).to_contain_text(
        "Delivered"
    )
    page.reload()
    expect(page.get_by_label("Your text")).to_have_value("")


def test_the_keyboard_alone_is_enough(open_as: OpenAs, product: Product) -> None:
    product.text("+17175550172", "Do you open on Saturday?")
    page = open_as("emily", "/inbox/?view=unassigned")
    press = page.keyboard.press
    press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    ours = page.locator("#rows .row", has_text="Do you open on Saturday?")
    for _ in range(20):
        press("j")
        if ours.evaluate("el => el === document.activeElement"):
            break
    press("k")
    press("j")
    expect(ours).to_be_focused()
    assert ours.evaluate("el => getComputedStyle(el).outlineStyle") != "none"
    press("Enter")
    expect(page.locator("#conversation h1")).to_have_text("717-555-0172")
    press("r")
    expect(page.get_by_label("Your text")).to_be_focused()
    page.keyboard.type("We do, nine to five.")
    press("Control+Enter")
    sent = page.locator("#thread .text--outbound", has_text="nine to five")
    expect(sent).to_contain_text("Delivered")
    expect(page.get_by_label("Your text")).to_be_focused()
    expect(page.locator("#conv-head")).to_contain_text("Emily")  # answering made it hers
    press("Escape")
    press("e")
    expect(page.locator("#conv-head")).to_contain_text("Closed")

    product.text("+17175550172", "And on Sunday?")
    expect(page.locator("#conv-head").get_by_role("button", name="Close")).to_be_visible()
    expect(page.locator("#thread .bubble").last).to_have_text("And on Sunday?")


def test_a_phone_shows_one_pane_and_back_works(open_as: OpenAs) -> None:
    page = open_as("emily", "/inbox/?view=all", viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator("#rows .row", has_text="Cora Miller").tap()
    expect(page.locator("#conversation h1")).to_have_text("Cora Miller")
    expect(page.locator("#list")).to_be_hidden()
    expect(page.locator("#thread .bubble").last).to_be_in_viewport()
    send = page.get_by_role("button", name="Send", exact=True).bounding_box()
    assert send is not None
    assert send["height"] >= 48
    assert send["y"] + send["height"] <= PHONE["height"]
    page.get_by_label("Customer details").first.tap()
    expect(page.locator("#rail")).to_be_visible()
    page.get_by_label("Close the details").tap()
    expect(page.locator("#rail")).to_be_hidden()
    page.go_back()
    expect(page.locator("#list")).to_be_visible()
    expect(page.locator("#conversation")).to_be_hidden()


def test_the_main_job_works_without_script(open_as: OpenAs, product: Product) -> None:
    page = open_as("emily", java_script_enabled=False)
    page.goto("/inbox/")
    page.get_by_role("link", name="New customer").click()
    page.get_by_label("Name", exact=True).fill("Walter Nolan")
    page.get_by_label("Mobile number").fill("(717) 555-0173")
    page.get_by_text("Walk-in").click()
    page.get_by_role("button", name="Add the customer").click()
    page.get_by_role("button", name="Ask permission").click()
    composer = page.locator("#composer")
    expect(composer).to_contain_text("asked and has not answered")
    product.text("+17175550173", "Yes")
    page.reload()
    page.get_by_label("Your text").fill("Thanks, Walter. Shall I hold it for you?")
    page.get_by_role("button", name="Send", exact=True).click()
    sent = page.locator("#thread .text--outbound", has_text="Shall I hold it")
    expect(sent).to_be_visible()
    sent.get_by_role("button", name="Undo").click()
    expect(sent).to_contain_text("Taken back")
    product.text("+17175550173", "STOP")
    page.reload()
    expect(composer).to_contain_text("Walter told us to stop texting.")
    expect(page.get_by_label("Your text")).to_have_count(0)
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("#conv-head")).to_contain_text("Closed")


def test_a_search_says_nothing_in_the_address_and_back_returns_to_it(open_as: OpenAs) -> None:
    for script in (True, False):
        page = open_as("emily", "/inbox/?view=all", java_script_enabled=script)
        page.get_by_label("Search by name or number").press_sequentially("whitm")
        if not script:
            page.keyboard.press("Enter")
        rows = page.locator("#rows .row")
        expect(rows).to_have_count(1)
        expect(page).to_have_url(re.compile(r"/inbox/\?found=[\w-]{8}$"))
        rows.click()
        expect(page.locator("#conversation h1")).to_have_text("Dana Whitman")
        page.go_back()
        expect(rows).to_have_count(1)
        expect(page.get_by_label("Search by name or number")).to_have_value("whitm")


def test_a_stop_told_in_the_showroom_locks_the_box_of_every_colleague(
    open_as: OpenAs, product: Product
) -> None:
    product.text("+17175550174", "Do you have winter tires?")
    pages = [open_as(who, "/inbox/?view=all") for who in ("emily", "james")]
    for page in pages:
        page.locator("#rows .row", has_text="winter tires").click()
        expect(page.get_by_label("Your text")).to_be_visible()
    emily = pages[0]
    emily.get_by_role("link", name="Stop texting").click()
    dialog = emily.get_by_role("dialog")
    dialog.get_by_label("In person").check()
    dialog.get_by_label("What did they say?").fill("Please, no more texts")
    dialog.get_by_role("button", name="Stop all texts").click()
    for page in pages:
        expect(page.locator("#composer")).to_contain_text("told us to stop texting")
        expect(page.get_by_label("Your text")).to_have_count(0)
    assert product.bodies("+17175550174") == []  # nothing is texted about it


def test_a_manager_decides_what_may_have_been_a_stop(open_as: OpenAs) -> None:
    page = open_as("mona", "/inbox/?view=all")
    page.locator("#rows .row", has_text="Hank Porter").click()
    composer = page.locator("#composer")
    expect(composer).to_contain_text("This is annoying")
    composer.get_by_role("button", name="They did not").click()
    assert composer.get_by_label("Your reason").evaluate("el => el.matches(':invalid')")
    composer.get_by_label("Your reason").fill("He meant the road works")
    composer.get_by_role("button", name="They did not").click()
    expect(page.get_by_label("Your text")).to_be_visible()
    expect(page.locator("#thread .event").last).to_contain_text("A manager decided: no stop")
