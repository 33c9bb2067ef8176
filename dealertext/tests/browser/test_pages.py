"""Every page of every role: readable by all, whole on a phone, quiet in the console, light."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page, expect

from dealertext.tests.browser.conftest import DESK, PHONE, OpenAs, Watch

pytestmark = pytest.mark.browser
AXE = Axe().axe_script
RUN_AXE = """axe.run({resultTypes: ['violations']}).then(found => found.violations.flatMap(
    each => each.nodes.map(node => each.id + ' ' + node.target)))"""
#: What is too small for a thumb in the sun: words under 16 px, and what is pressed under 48 px.
SMALL = """() => {
  const main = document.querySelector('main');
  const shown = el => el.getClientRects().length && !el.closest('.visually-hidden');
  const name = el => `${el.tagName}.${el.className} ${el.textContent.trim().slice(0, 30)}`;
  const found = [];
  const words = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const el = words.currentNode.parentElement;
    if (!words.currentNode.textContent.trim() || !shown(el)) continue;
    if (el.closest('pre, code, kbd')) continue;
    if (parseFloat(getComputedStyle(el).fontSize) < 16) found.push(`small words: ${name(el)}`);
  }
  const pressed = 'button, select, textarea, summary, input:not([type=hidden]), .button, .row, ' +
    '.person, .back, .tabs a';
  for (const el of main.querySelectorAll(pressed)) {
    const target = ['checkbox', 'radio'].includes(el.type) ? el.closest('label') : el;
    if (shown(el) && target.getBoundingClientRect().height < 47.5) found.push(`low: ${name(el)}`);
  }
  return found;
}"""
SIZES = ((DESK, "light"), (PHONE, "light"), (PHONE, "dark"), (DESK, "dark"))
#: No pages of ours, or files.
NO_PAGES = re.compile(r"(admin|api|simulator|mfa_download)|archive:(file|export_file|export)$")
#: Who looks at what, and at least these routes; whoever sees the most comes first.
ROLES = {
    "grace": {"archive:exports", "archive:transcripts", "archive:transcript", "archive:mail"}
    | {"archive:reports", "archive:evidence", "accounts:staff", "accounts:dealership_staff"}
    | {"accounts:settings", "accounts:profile", "account_change_password", "mfa_index"}
    | {"messaging:inbox", "messaging:conversation", "messaging:card", "consent:contacts"}
    | {"consent:new", "consent:contact", "consent:revoke", "consent:number", "consent:basis"},
    "mona": {"messaging:inbox", "archive:transcripts", "archive:reports"},
    "emily": {"messaging:conversation", "messaging:ask", "consent:contact"},
    "stan@blueridge.example": {"messaging:inbox", "consent:contacts"},
    "": {"account_login", "account_reset_password"},
}
#: The salesperson sees customers in every state of consent; of other pages one stands for all.
MANY = {("emily", "messaging:conversation"): 12}


def route_of(path: str) -> str:
    """Return the name of a path's route, "" for what is no page of ours."""
    try:
        name = resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
    return "" if NO_PAGES.match(name) else name


def links(page: Page) -> list[str]:
    """Return where the page leads, folded parts included."""
    found = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
    here = page.evaluate("location.origin")
    ours = (href.removeprefix(here) for href in found if href.startswith(f"{here}/"))
    return [path.partition("#")[0] for path in ours]


def check(page: Page, where: str, sizes: object = SIZES) -> list[str]:
    """Return what axe finds and what hangs out of the window, at each width in each scheme."""
    wrong: list[str] = []
    page.evaluate(AXE)
    for size, scheme in sizes:  # type: ignore[attr-defined]
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        at = f"{where} {size['width']} {scheme}"
        wrong += [f"{at}: {found}" for found in page.evaluate(RUN_AXE)]
        if size is PHONE and scheme == "light":
            wrong += [f"{at}: {found}" for found in page.evaluate(SMALL)]
        extra = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong += [f"{at}: {extra} px too wide"] if extra > 0 else []
    return wrong


def went(page: Page, path: str) -> bool:
    """Open a path, and say whether it is a page rather than a file."""
    try:
        page.goto(path)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return False
    return True


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """Name the routes that some role was shown in every size and scheme."""
    return set()


@pytest.mark.parametrize("who", ROLES)
def test_every_page_is_accessible_and_whole(open_as: OpenAs, who: str, looked_at: set[str]) -> None:
    page = open_as(who, reduced_motion="reduce")
    waiting = ["/inbox/?view=all"] if who else ["/accounts/login/"]
    seen: Counter[str] = Counter()
    known: set[str] = set()
    wrong: list[str] = []
    while waiting:
        path = waiting.pop(0)
        route = route_of(path)
        if not route or path in known or seen[route] >= MANY.get((who, route), 1):
            continue
        known.add(path)
        if not went(page, path):
            continue
        if urlsplit(page.url).path != urlsplit(path).path:
            waiting.insert(0, page.url.removeprefix("http://").partition("/")[2].join(("/", "")))
            continue
        seen[route] += 1
        waiting += links(page)
        sizes = SIZES[2:3] if route in looked_at else SIZES
        wrong += check(page, f"{route} as {who or 'nobody'}", sizes)
        looked_at.add(route)
    assert wrong == []
    assert ROLES[who] - seen.keys() == set()


@pytest.mark.parametrize("path", ["/inbox/00000000-0000-4000-8000-000000000000/", "/reports/"])
def test_a_refusal_is_a_page_too(open_as: OpenAs, watch: Watch, production: str, path: str) -> None:
    watch.allowed += ["the server responded with a status of 40"]
    page = open_as("emily", base_url=production)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status in {403, 404}
    assert check(page, path) == []
    page.get_by_role("link", name="Inbox").last.click()
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()


def test_a_broken_portal_says_so_in_a_page_that_needs_none_of_it(open_as: OpenAs) -> None:
    page = open_as()
    body = render_to_string("500.html")
    page.route("**/broken/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("/broken/")
    expect(page.get_by_role("heading", name="Something broke")).to_be_visible()
    assert check(page, "500") == []


def test_the_first_load_is_light(open_as: OpenAs, production: str) -> None:
    page = open_as("emily", base_url=production)
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    urls: dict[str, str] = {}
    sizes: dict[str, int] = {}
    client.on(
        "Network.responseReceived",
        lambda event: urls.update({event["requestId"]: event["response"]["url"]}),
    )
    client.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto("/inbox/")
    expect(page.locator("#rows .row").first).to_be_visible()
    page.wait_for_load_state("load")
    told = {urls[key].rpartition("/")[2] or "inbox": size for key, size in sizes.items()}
    assert len(told) >= 5, told
    assert sum(sizes.values()) <= 150_000, told
