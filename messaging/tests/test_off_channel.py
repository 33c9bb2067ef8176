"""How many steps it takes to record a stop that came outside texting: the law's clock runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client
from typing_extensions import override

from accounts.models import User
from consent import ledger
from consent.kinds import Kind, Status
from consent.models import PhoneNumber, Suppression
from messaging import conversations


class Form(HTMLParser):
    """The fields of the one form that posts to an address: names, values, which are required."""

    def __init__(self, html: str, *, action: str) -> None:
        super().__init__()
        self.action = action
        self.is_inside = False
        self.hidden: dict[str, str] = {}
        self.required: dict[str, list[str]] = {}
        self.buttons = 0
        self.feed(html)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.is_inside = found.get("action") == self.action
        elif not self.is_inside:
            return
        elif tag == "button":
            self.buttons += 1
        elif found.get("type") == "hidden":
            self.hidden[str(found["name"])] = found.get("value") or ""
        elif "required" in found:
            assert "checked" not in found, "nobody said how: nothing is chosen for them"
            self.required.setdefault(str(found["name"]), []).append(found.get("value") or "")

    @override
    def handle_endtag(self, tag: str) -> None:
        self.is_inside = self.is_inside and tag != "form"


def links_to(html: str, address: str) -> list[str]:
    return [unescape(link) for link in re.findall(rf'href="({re.escape(address)}[^"]*)"', html)]


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["inbox", "customer"])
@pytest.mark.parametrize("how", ["in_person", "voicemail", "email"])
def test_one_click_one_field_and_one_press_record_a_stop(
    cora: PhoneNumber, sal: User, signed_in: Callable[[User], Client], start: str, how: str
) -> None:
    client = signed_in(sal)
    page = f"/consent/{cora.contact.public_id}/"
    address = f"{page}revoke/"
    if start == "inbox":
        page = f"/inbox/{conversations.conversation_for(cora).public_id}/"
    links = links_to(client.get(page).content.decode(), address)
    assert len(links) == 1
    form = Form(client.get(links[0]).content.decode(), action=address)
    assert list(form.required) == ["how"]
    assert how in form.required["how"]
    assert form.buttons == 1
    answer = client.post(address, {**form.hidden, "how": how})
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert ledger.current_state(cora).status is Status.REVOKED
    assert Suppression.objects.get(subject=cora.subject).is_active
    entry = ledger.entries_of(cora).get(kind=Kind.REVOKED)
    assert ledger.terms_of(entry)["how"] == how


@pytest.mark.django_db
def test_how_it_came_must_be_said(
    cora: PhoneNumber, sal: User, signed_in: Callable[[User], Client]
) -> None:
    address = f"/consent/{cora.contact.public_id}/revoke/"
    answer = signed_in(sal).post(address, {"words": "Please stop"})
    assert answer.status_code == 422
    assert "Please stop" in answer.content.decode()
    assert not ledger.current_state(cora).is_stopped


@pytest.mark.django_db
def test_a_number_of_nobody_needs_the_number_and_how(
    sal: User, north: object, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(sal)
    page = client.get("/consent/").content.decode()
    assert len(links_to(page, "/stops/new/")) >= 1
    form = Form(client.get("/stops/new/").content.decode(), action="/stops/new/")
    assert sorted(form.required) == ["how", "number"]
    assert form.buttons == 1
    client.post("/stops/new/", {**form.hidden, "number": "717 555 0177", "how": "voicemail"})
    assert Suppression.objects.get().is_active
