"""What goes out compressed, and what must not."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import CarrierNumber, Dealership, User
from conftest import post_inbound

ZIPPED = {"Accept-Encoding": "gzip"}


def test_a_full_inbox_is_at_most_15_000_bytes_on_the_wire(
    north: Dealership, sal: User, signed_in: Callable[[User], Client]
) -> None:
    for n in range(25):
        post_inbound(body=f"Is number {n} still there?", from_=f"+1717555{2000 + n}")
    answer = signed_in(sal).get("/inbox/?view=all", headers=ZIPPED)
    assert answer["Content-Encoding"] == "gzip"
    assert "Is number 0 still there?" in gzip.decompress(answer.content).decode()
    assert len(answer.content) <= 15_000


def test_files_and_webhooks_keep_their_length(
    north: Dealership, sal: User, signed_in: Callable[[User], Client]
) -> None:
    number = CarrierNumber.objects.get()
    card = signed_in(sal).get(
        reverse("messaging:card_pdf", args=[number.public_id]), headers=ZIPPED
    )
    assert card.status_code == 200
    assert "Content-Encoding" not in card
    assert "Content-Encoding" not in post_inbound(body="hello")
