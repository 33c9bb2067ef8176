"""Policies and trainings are kept with who, what, when and the paper (47 CFR 64.1200(d))."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Dealership, User
from conftest import photo
from consent import checking, ledger, records
from consent.kinds import Kind
from consent.models import ConsentEvent, HouseRecord

SignedIn = Callable[[User], Client]


def test_an_admin_keeps_a_training_with_people_and_paper(
    signed_in: SignedIn, ada: User, sal: User, mona: User, north: Dealership
) -> None:
    client = signed_in(ada)
    assert "Nothing is kept yet" in client.get("/records/").content.decode()
    answer = client.post(
        "/records/",
        {
            "dealership": str(north.public_id),
            "sort": "training",
            "title": "Stops and quiet hours",
            "begins_on": "2026-10-01",
            "people": [str(sal.public_id), str(mona.public_id)],
            "paper": SimpleUploadedFile("list.jpg", photo(), "image/jpeg"),
        },
    )
    assert answer.status_code == 302
    record = HouseRecord.objects.get()
    assert {person.name for person in record.people.all()} == {sal.name, mona.name}
    entry = ConsentEvent.objects.get(kind=Kind.TRAINING_RECORDED)
    assert ledger.terms_of(entry)["document_sha256"] == record.document.sha256  # type: ignore[union-attr]
    assert entry.evidence.data["people"] == [sal.name, mona.name] or entry.evidence.data[
        "people"
    ] == [mona.name, sal.name]
    page = client.get("/records/").content.decode()
    assert "Stops and quiet hours" in page
    assert f"/consent/documents/{record.document.public_id}/" in page  # type: ignore[union-attr]
    assert checking.fsck().damages == ()


def test_what_was_in_force_on_a_day_can_be_told(north: Dealership, ada: User) -> None:
    old, new = (
        records.keep(
            north,
            sort=HouseRecord.Sort.POLICY,
            title=title,
            begins_on=begins_on,
            acting_user=ada,
        )
        for title, begins_on in (("v1", date(2026, 1, 1)), ("v2", date(2026, 6, 1)))
    )
    records.end(old, ends_on=date(2026, 6, 1), acting_user=ada)
    for day, titles in (
        (date(2025, 12, 31), set()),
        (date(2026, 1, 1), {"v1"}),
        (date(2026, 5, 31), {"v1"}),
        (date(2026, 6, 1), {"v2"}),
    ):
        assert {r.title for r in HouseRecord.objects.in_force_on(day)} == titles, day
    assert ConsentEvent.objects.filter(kind=Kind.POLICY_RECORDED).count() == 3
    for wrong in (old, new):
        with pytest.raises(ValueError, match="cannot end"):
            records.end(wrong, ends_on=date(2026, 5, 1), acting_user=ada)


@pytest.mark.parametrize(
    "change",
    [
        {"begins_on": "2099-01-01"},
        {"title": ""},
        {"paper": SimpleUploadedFile("a.pdf", b"<script>", "application/pdf")},
    ],
)
def test_a_bad_record_comes_back_with_the_form(
    signed_in: SignedIn, ada: User, north: Dealership, change: dict[str, Any]
) -> None:
    sent = {
        "dealership": str(north.public_id),
        "sort": "training",
        "title": "T",
        "begins_on": "2026-10-01",
    }
    answer = signed_in(ada).post("/records/", {**sent, **change})
    assert answer.status_code == 422
    assert HouseRecord.objects.count() == 0


def test_records_are_for_admins_of_the_dealership_alone(
    signed_in: SignedIn, ada: User, mona: User, stan: User, north: Dealership, other: Dealership
) -> None:
    record = records.keep(
        north,
        sort=HouseRecord.Sort.POLICY,
        title="Secret",
        begins_on=date(2026, 1, 1),
        acting_user=ada,
    )
    url = f"/records/{record.public_id}/end/"
    assert signed_in(stan).post(url, {"ends_on": "2026-02-01"}).status_code == 404
    assert signed_in(mona).post(url, {"ends_on": "2026-02-01"}).status_code == 403
    assert signed_in(mona).get("/records/").status_code == 403
    sent = {
        "dealership": str(other.public_id),
        "sort": "policy",
        "title": "T",
        "begins_on": "2026-10-01",
    }
    assert signed_in(ada).post("/records/", sent).status_code == 422
    assert signed_in(ada).post(url, {"ends_on": "2026-02-01"}).status_code == 302
    record.refresh_from_db()
    assert record.ends_on == date(2026, 2, 1)


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_asks_the_same_number_of_questions(
    signed_in: SignedIn,
    ada: User,
    sal: User,
    north: Dealership,
    count: int,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for i in range(count):
        records.keep(
            north,
            sort=HouseRecord.Sort.TRAINING,
            title=f"T{i}",
            begins_on=date(2026, 1, 1),
            people=[sal],
            paper=photo(size=(40 + i, 30)),
            acting_user=ada,
        )
    client = signed_in(ada)
    client.get("/records/")
    with django_assert_num_queries(14):
        assert client.get("/records/").status_code == 200
