"""The report of stops: each number in it comes from real rows."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.test import Client

from accounts.clock import now
from accounts.models import CarrierNumber, Dealership, User
from conftest import NORTH_NUMBER, make_contact, post_inbound
from consent import revocation
from consent.kinds import Kind
from messaging.models import Message
from messaging.tests.conftest import Carrier, carrier, carrier_process, send_due  # noqa: F401

PAGE = "/reports/stops/"


def page_of(client: Client, **query: str) -> str:
    return client.get(PAGE, query).content.decode()


@pytest.mark.django_db
def test_a_late_voicemail_shows_its_clock_and_that_nobody_confirmed_it(
    north: Dealership, sal: User, mona: User, signed_in: Callable[[User], Client]
) -> None:
    phone = make_contact(north, name="=HYPERLINK(1)")
    revocation.revoke(
        phone,
        how="voicemail",
        words="no more",
        acting_user=sal,
        received_at=now() - timedelta(days=30),
    )
    page = page_of(signed_in(mona))
    for shown in ("Voicemail", "Emily Moore", "30 days", "too late", "nobody: no text was due"):
        assert shown in page, shown
    lines = b"".join(signed_in(mona).get(PAGE, {"format": "csv"}).streaming_content).decode()  # type: ignore[attr-defined]
    (row,) = csv.DictReader(StringIO(lines))
    assert row["customer"] == "'=HYPERLINK(1)"
    assert row["in_time"] == "no"
    assert row["recorded_by"] == "Emily Moore"
    assert float(row["honoured_in_seconds"]) == pytest.approx(30 * 86_400, abs=60)


@pytest.mark.django_db
def test_a_stop_of_the_earlier_system_is_not_measured(
    north: Dealership, mona: User, signed_in: Callable[[User], Client]
) -> None:
    """How soon that system honoured it, nobody here knows: it was not late here."""
    phone = make_contact(north)
    revocation.revoke_number(
        north,
        number_e164=phone.number_e164,
        how="import",
        words="STOP",
        acting_user=mona,
        received_at=datetime(2019, 5, 1, tzinfo=UTC),
    )
    client = signed_in(mona)
    page = page_of(client)
    assert "not measured" in page
    assert "too late" not in page
    lines = b"".join(client.get(PAGE, {"format": "csv"}).streaming_content).decode()  # type: ignore[attr-defined]
    (row,) = csv.DictReader(StringIO(lines))
    assert (row["in_time"], row["honoured_in_seconds"], row["last_day_of_the_law"]) == (
        "not measured",
        "",
        "",
    )
    assert (
        "the law gave until"
        not in client.get(f"/consent/{phone.contact.public_id}/").content.decode()
    )


@pytest.mark.django_db
def test_it_says_who_confirmed_a_stop_by_text(
    north: Dealership,
    mona: User,
    signed_in: Callable[[User], Client],
    carrier: Carrier,  # noqa: F811
) -> None:
    make_contact(north)
    post_inbound(body="please stop texting me")
    send_due()
    assert Message.objects.get(purpose="stop_confirmation").status == Message.Status.SENT
    page = page_of(signed_in(mona))
    assert "the portal" in page
    assert "the carrier" not in page

    CarrierNumber.objects.filter(number_e164=NORTH_NUMBER).update(carrier_answers=["stop"])
    make_contact(north, number="+17175550178")
    post_inbound(from_="+17175550178", body="STOP")
    assert "the carrier" in page_of(signed_in(mona))
    assert Message.objects.filter(purpose="stop_confirmation").count() == 1


@pytest.mark.django_db
def test_the_report_shows_a_stranger_nothing_and_costs_the_same_for_twenty(
    north: Dealership,
    other: Dealership,
    mona: User,
    sal: User,
    signed_in: Callable[[User], Client],
    django_assert_num_queries: Callable[..., object],
) -> None:
    foreign = make_contact(other, number="+12155550199", name="Foreign Customer")
    revocation.revoke(foreign, how="email", words="x", acting_user=None)
    client = signed_in(mona)
    for many in (1, 20):
        while (count := north.entries.filter(kind=Kind.REVOKED).count()) < many:
            phone = make_contact(north, number=f"+171755503{count:02d}")
            revocation.revoke(phone, how="email", words="x", acting_user=sal)
        with django_assert_num_queries(12):  # type: ignore[attr-defined]
            page = page_of(client)
        assert page.count("#timeline") == many
        assert "Foreign" not in page
    assert client.get(PAGE, {"dealership": str(other.public_id)}).status_code == 404
