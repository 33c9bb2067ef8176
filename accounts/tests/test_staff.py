"""The staff page: who may add, change and end whom; somebody remains admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from celery import current_app
from django.core import mail
from django.test import Client

from accounts import staff
from accounts.invitations import password_link, send_password_link
from accounts.models import Dealership, GroupAdmin, Membership, Role, User
from conftest import make_dealership, make_user

SignedIn = Callable[[User], Client]


@pytest.fixture
def boss(north: Dealership) -> User:
    return make_user("boss@example.com", "Bo Boss", north, Role.ADMIN)


def member(user: User, dealership: Dealership) -> Membership:
    return Membership.objects.get(user=user, dealership=dealership)


def test_an_admin_adds_a_person_who_is_mailed_a_link(
    signed_in: SignedIn,
    boss: User,
    north: Dealership,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    asked: list[tuple[str, list[Any]]] = []
    monkeypatch.setattr(
        current_app, "send_task", lambda name, args, **_: asked.append((name, args))
    )
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in(boss).post(
            f"/staff/{north.public_id}/",
            {"name": "Nina New", "email": "Nina@Example.com", "role": "salesperson"},
        )
    assert answer.status_code == 302
    nina = User.objects.get(email="nina@example.com")
    assert not nina.has_usable_password()
    assert member(nina, north).role == Role.SALESPERSON
    assert asked == [("accounts.tasks.send_password_link", [nina.pk, True])]
    history = member(nina, north).history.get()
    assert (history.history_user, history.history_change_reason) == (boss, "added")


def test_the_mailed_link_lets_a_person_choose_a_password(sal: User) -> None:
    sal.set_unusable_password()
    sal.save(update_fields=["password"])
    assert send_password_link(sal.pk, invited=True)
    (letter,) = mail.outbox
    assert letter.to == ["sal@example.com"]
    link = next(line for line in letter.body.splitlines() if "/password/reset/key/" in line)
    client = Client()
    form = client.get(link, follow=True)
    assert form.status_code == 200
    chosen = {"password1": "a quite long password", "password2": "a quite long password"}
    client.post(form.redirect_chain[-1][0], chosen)
    sal.refresh_from_db()
    assert sal.check_password("a quite long password")
    assert b"no longer works" in Client().get(link, follow=True).content


def test_no_link_is_mailed_to_who_may_not_sign_in(sal: User) -> None:
    sal.is_active = False
    sal.save(update_fields=["is_active"])
    assert not send_password_link(sal.pk, invited=False)
    assert not send_password_link(10**9, invited=False)
    assert mail.outbox == []


def test_the_link_is_built_from_the_public_address(sal: User, settings: Any) -> None:
    settings.SITE_URL = "https://text.example.com"
    link = password_link(sal)
    assert link.startswith("https://text.example.com/accounts/password/reset/key/")
    key = link.rstrip("/").rsplit("/", 1)[1].split("-", 1)[1]
    assert default_token_generator.check_token(sal, key)


def test_an_account_that_exists_is_used_as_it_is(boss: User, north: Dealership, stan: User) -> None:
    password = stan.password
    staff.add_member(
        north, email="STAN@example.com", name="Changed", role=Role.MANAGER, acting_user=boss
    )
    stan.refresh_from_db()
    assert (stan.name, stan.password) == ("Stan Stranger", password)
    with pytest.raises(staff.AlreadyMember):
        staff.add_member(
            north, email="stan@example.com", name="", role=Role.ADMIN, acting_user=boss
        )


def test_the_page_says_that_a_person_works_here_already(
    signed_in: SignedIn, boss: User, sal: User, north: Dealership
) -> None:
    answer = signed_in(boss).post(
        f"/staff/{north.public_id}/",
        {"name": "Emily", "email": "sal@example.com", "role": "manager"},
    )
    assert answer.status_code == 422
    assert b"works here already" in answer.content
    assert member(sal, north).role == Role.SALESPERSON


def test_ending_keeps_the_person_and_takes_the_dealership_away(
    signed_in: SignedIn, boss: User, sal: User, north: Dealership
) -> None:
    row = member(sal, north)
    signed_in(boss).post(f"/staff/members/{row.public_id}/end/")
    assert not Dealership.objects.visible_to(sal).exists()
    assert User.objects.filter(pk=sal.pk, is_active=True).exists()
    assert signed_in(sal).get(f"/staff/{north.public_id}/").status_code == 404
    signed_in(boss).post(f"/staff/members/{row.public_id}/resume/")
    assert list(Dealership.objects.visible_to(sal)) == [north]


def test_the_last_admin_stays(signed_in: SignedIn, boss: User, north: Dealership) -> None:
    row = member(boss, north)
    client = signed_in(boss)
    for path, data in (("end", {}), ("role", {"role": "salesperson"})):
        answer = client.post(f"/staff/members/{row.public_id}/{path}/", data, follow=True)
        assert b"Somebody must remain admin" in answer.content
    row.refresh_from_db()
    assert (row.role, row.is_active) == ("admin", True)


def test_another_admin_or_a_group_admin_lets_the_last_one_go(
    boss: User, north: Dealership, group: Any
) -> None:
    ada = make_user("ada@example.com", "Ada Fitz")
    GroupAdmin.objects.create(user=ada, group=group)
    staff.end_membership(member(boss, north), acting_user=ada)
    assert not member(boss, north).is_active


def test_an_admin_who_cannot_sign_in_does_not_count(boss: User, north: Dealership) -> None:
    gone = make_user("gone@example.com", "Gone", north, Role.ADMIN)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    with pytest.raises(staff.LastAdmin):
        staff.change_role(member(boss, north), role=Role.MANAGER, acting_user=boss)


def test_a_salesperson_and_a_manager_keep_no_staff(
    signed_in: SignedIn, sal: User, mona: User, boss: User, north: Dealership
) -> None:
    row = member(boss, north)
    for person in (sal, mona):
        client = signed_in(person)
        assert client.get("/staff/").status_code == 403
        assert client.get(f"/staff/{north.public_id}/").status_code == 403
        assert client.post(f"/staff/members/{row.public_id}/end/").status_code == 403


def test_a_strangers_staff_does_not_exist(
    signed_in: SignedIn, boss: User, north: Dealership, other: Dealership, sal: User
) -> None:
    stranger = make_user("x@example.com", "X", other, Role.ADMIN)
    client = signed_in(stranger)
    assert client.get(f"/staff/{north.public_id}/").status_code == 404
    for act in ("end", "resume", "invite", "role"):
        path = f"/staff/members/{member(sal, north).public_id}/{act}/"
        assert client.post(path, {"role": "admin"}).status_code == 404
    assert b"Fitzgerald" not in client.get("/staff/", follow=True).content


def test_the_staff_page_asks_as_many_queries_for_one_as_for_twenty(
    signed_in: SignedIn, boss: User, north: Dealership, django_assert_num_queries: Any
) -> None:
    client = signed_in(boss)
    path = f"/staff/{north.public_id}/"
    client.get(path)
    counts = []
    for number in (0, 20):
        for each in range(number):
            make_user(f"s{each}@example.com", f"S {each}", north)
        with django_assert_num_queries(12, exact=False) as asked:
            client.get(path)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_group_admin_chooses_among_dealerships(
    signed_in: SignedIn, ada: User, north: Dealership, south: Dealership
) -> None:
    page = signed_in(ada).get("/staff/")
    assert north.name.encode() in page.content
    assert south.name.encode() in page.content
    assert signed_in(ada).get(f"/staff/{south.public_id}/").status_code == 200


def test_two_dealerships_of_one_name_in_two_groups_do_not_meet(
    ada: User, other: Dealership
) -> None:
    twin = make_dealership(other.group, "Fitzgerald Auto Mall", "+12155550121")
    assert twin not in Dealership.objects.visible_to(ada)
