"""Every page of every role: readable by all, whole on a phone, quiet in the console, light."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from dealertext.tests.browser.conftest import DESK, PHONE, OpenAs, Product

pytestmark = pytest.mark.browser
AXE = Axe()
#: Pages of which one stands for all of its kind; conversations differ with the consent.
MANY = {"messaging:conversation": 12}
#: What is no page, or leaves the portal's own pages.
NO_PAGES = re.compile(r"^(admin|api|simulator|archive:(file|export_file|export)|mfa_download|set_)")
ROLES = {
    "": {"account_login", "account_reset_password"},
    "emily": {"messaging:inbox", "messaging:conversation", "messaging:ask", "messaging:card"}
    | {"consent:contacts", "consent:new", "consent:contact", "consent:revoke", "consent:number"},
    "mona": {"archive:transcripts", "archive:transcript", "archive:reports", "archive:evidence"},
    "grace": {"archive:exports", "accounts:staff", "accounts:dealership_staff"}
    | {"accounts:settings"},
    "stan@blueridge.example": {"messaging:inbox", "consent:contacts"},
}


def route_of(path: str) -> str:
    """Return the name of a path's route, "" for what is no page of ours."""
    try:
        name = resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
    return "" if NO_PAGES.match(name) else name


def links(page: Page) -> list[str]:
    """Return where the page leads, folded parts included."""
    found = page.evaluate("[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.href)")
    return [re.sub(r"^https?://[^/]+", "", href).partition("#")[0] for href in found]


def check(page: Page, where: str) -> list[str]:
    """Return what axe finds and what hangs out of the window, at both widths in both schemes."""
    wrong: list[str] = []
    for size in (DESK, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            full = size is PHONE and scheme == "light"
            rules = {} if full else {"runOnly": ["color-contrast"]}
            found = AXE.run(page, options={"resultTypes": ["violations"], **rules})
            wrong += [
                f"{where} {size['width']} {scheme}: {each['id']} {node['target']}"
                for each in found.response["violations"]
                for node in each["nodes"]
            ]
        extra = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if extra > 0:
            wrong.append(f"{where}: {extra} px wider than {size['width']}")
    return wrong


@pytest.mark.parametrize("who", ROLES)
def test_every_page_is_accessible_and_whole(open_as: OpenAs, who: str) -> None:
    page = open_as(who, reduced_motion="reduce")
    waiting = ["/inbox/?view=all"] if who else ["/accounts/login/"]
    seen: dict[str, int] = {}
    known: set[str] = set()
    wrong: list[str] = []
    while waiting:
        path = waiting.pop(0)
        route = route_of(path)
        if not route or path in known or seen.get(route, 0) >= MANY.get(route, 1):
            continue
        known.add(path)
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.goto(path)
        if urlsplit(page.url).path != urlsplit(path).path:
            waiting.insert(0, page.url.partition(page.url.split("/")[2])[2])
            continue
        seen[route] = seen.get(route, 0) + 1
        waiting += links(page)
        wrong += check(page, f"{route} as {who or 'nobody'}")
    assert wrong == []
    assert ROLES[who] - seen.keys() == set()


def test_the_first_load_is_light(open_as: OpenAs, product: Product) -> None:
    page = open_as("emily")
    sizes: dict[str, int] = {}
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    urls: dict[str, str] = {}
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
    assert sum(sizes.values()) <= 150_000, {urls[key]: size for key, size in sizes.items()}
