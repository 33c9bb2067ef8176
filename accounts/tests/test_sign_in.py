"""Sign-in, lock-out, second factor, API keys, one's profile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient

from accounts import allauth_adapter, tokens
from accounts.access import needs_second_factor
from accounts.models import ApiToken, Dealership, User

SignedIn = Callable[[User], Client]
LOGIN = "/accounts/login/"
PASSWORD = "password-for-tests"


@pytest.fixture(autouse=True)
def _forget_rates() -> Iterator[None]:
    """Begin with no failed sign-ins counted."""
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


def test_a_person_signs_in_by_mail_address_in_any_spelling(sal: User) -> None:
    client = Client()
    answer = sign_in(client, "SAL@example.com")
    assert (answer.status_code, answer["Location"]) == (302, "/inbox/")
    assert client.get("/profile/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(sal: User) -> None:
    pages = []
    for email in ("sal@example.com", "nobody@example.com"):
        answer = sign_in(Client(), email, "wrong")
        assert answer.status_code == 200
        content = answer.content.decode().replace(email, "")
        pages.append(re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken": )[^>]*', "", content))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("email", ["sal@example.com", "nobody@example.com"])
def test_the_fifth_failure_locks_the_address_out(sal: User, email: str) -> None:
    client = Client()
    statuses = [sign_in(client, email, "wrong").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    cache.clear()  # allauth's own counter; the lock below is axes', in the database
    answer = sign_in(client, email)
    assert answer.status_code == 429
    assert b"Too many attempts" in answer.content
    assert client.get("/profile/").status_code == 302


def test_the_lock_does_not_keep_others_out(sal: User, mona: User) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, "sal@example.com", "wrong")
    assert sign_in(client, "mona@example.com").status_code == 302


def test_an_ended_account_cannot_sign_in(sal: User) -> None:
    sal.is_active = False
    sal.save(update_fields=["is_active"])
    client = Client()
    sign_in(client, "sal@example.com")
    assert client.get("/profile/").status_code == 302


def test_nobody_signs_up(db: None) -> None:
    made = {"email": "x@example.com", "password1": "a quite long password"}
    assert b"Accounts are given" in Client().get("/accounts/signup/").content
    Client().post("/accounts/signup/", made)
    assert not User.objects.exists()


def test_a_forgotten_password_says_the_same_to_everybody(
    sal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(allauth_adapter, "request_password_link", asked.append)
    answers = [
        Client().post("/accounts/password/reset/", {"email": email})
        for email in ("sal@example.com", "nobody@example.com")
    ]
    assert {(a.status_code, a["Location"]) for a in answers} == {
        (302, "/accounts/password/reset/done/")
    }
    assert asked == [sal.pk]


# --- second factor --------------------------------------------------------------------------------


def test_managers_admins_and_operators_need_a_second_factor(
    sal: User, mona: User, ada: User, db: None
) -> None:
    operator = User.objects.create_superuser("op@example.com", PASSWORD, name="Op")
    assert [needs_second_factor(user) for user in (sal, mona, ada, operator)] == [
        False,
        True,
        True,
        True,
    ]


def test_a_manager_without_one_comes_no_further_than_its_set_up(
    settings: Any, mona: User, signed_in: SignedIn
) -> None:
    settings.MFA_REQUIRED_FOR_MANAGERS = True
    client = signed_in(mona)
    for path in ("/inbox/", "/staff/", "/profile/", "/events/", "/admin/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/"), path
    assert client.get("/accounts/2fa/").status_code == 200
    fragment = client.get("/inbox/", headers={"HX-Request": "true"})
    assert fragment["HX-Redirect"] == "/accounts/2fa/"
    refused = client.get("/api/v1/me/")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "second_factor_required")


def test_a_salesperson_and_a_token_need_none(
    settings: Any, sal: User, mona: User, signed_in: SignedIn, api: Callable[[User], APIClient]
) -> None:
    settings.MFA_REQUIRED_FOR_MANAGERS = True
    assert signed_in(sal).get("/profile/").status_code == 200
    assert api(mona).get("/api/v1/me/").status_code == 200


def code_of(secret: str) -> str:
    _, current, _ = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, current)))


@pytest.mark.parametrize(("late", "status"), [(29, 302), (31, 302), (61, 200)])
def test_a_code_typed_as_its_half_minute_ends_still_counts(
    settings: Any, mona: User, late: int, status: int
) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 16, 0, tzinfo=UTC), tick=False) as clock:
        client = Client()
        sign_in(client, "mona@example.com")
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
        code = code_of(secret)
        clock.shift(late)
        assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == status


def test_a_manager_sets_one_up_and_signs_in_with_it(settings: Any, mona: User) -> None:
    settings.MFA_REQUIRED_FOR_MANAGERS = True
    client = Client()
    sign_in(client, "mona@example.com")
    confirm = client.get("/accounts/2fa/totp/activate/")["Location"]
    assert confirm.startswith("/accounts/reauthenticate/")
    assert client.get(confirm).status_code == 200
    page = client.post(confirm, {"password": PASSWORD}, follow=True)
    assert page.status_code == 200
    secret = page.context["form"].secret
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/profile/").status_code == 200
    again = Client()
    cache.clear()  # a code counts once
    answer = sign_in(again, "mona@example.com")
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert again.get("/profile/").status_code == 302
    assert b"code" in again.get("/accounts/2fa/authenticate/").content
    again.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert again.get("/profile/").status_code == 200


def test_the_operators_admin_has_no_door_past_the_second_factor(db: None) -> None:
    answer = Client().get("/admin/login/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)


def test_the_pages_of_the_second_factor_open(mona: User) -> None:
    client = Client()
    sign_in(client, "mona@example.com")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=mona, type=Authenticator.Type.TOTP, data={"secret": secret})
    for path in ("", "totp/deactivate/", "webauthn/", "webauthn/add/", "recovery-codes/generate/"):
        answer = client.get(f"/accounts/2fa/{path}")
        assert answer.status_code == 200, path
        assert b'class="card' in answer.content, path


# --- keys and profile -----------------------------------------------------------------------------


def test_a_key_is_shown_once_and_works(sal: User, signed_in: SignedIn) -> None:
    client = signed_in(sal)
    answer = client.post("/profile/token/issue/")
    assert "no-store" in answer["Cache-Control"]
    key = answer.context["token"]
    assert key in answer.content.decode()
    assert key not in client.get("/profile/").content.decode()
    assert APIClient().get("/api/v1/me/", headers={"Authorization": f"Token {key}"}).data[
        "email"
    ] == ("sal@example.com")


def test_a_new_key_ends_the_old_and_an_ended_key_is_401(sal: User, signed_in: SignedIn) -> None:
    old = tokens.replace_token(sal)
    new = tokens.replace_token(sal)
    client = APIClient()

    def status(key: str) -> int:
        answer = client.get("/api/v1/me/", headers={"Authorization": f"Token {key}"})
        return int(answer.status_code)

    assert (status(old), status(new), status("x"), status("a b")) == (401, 200, 401, 401)
    signed_in(sal).post("/profile/token/revoke/")
    assert status(new) == 401
    assert ApiToken.objects.count() == 2


def test_the_key_of_an_ended_account_is_401(sal: User) -> None:
    key = tokens.replace_token(sal)
    sal.is_active = False
    sal.save(update_fields=["is_active"])
    answer = APIClient().get("/api/v1/me/", headers={"Authorization": f"Token {key}"})
    assert answer.status_code == 401


def test_the_profile_names_places_and_roles(
    mona: User, north: Dealership, signed_in: SignedIn
) -> None:
    content = signed_in(mona).get("/profile/").content.decode()
    assert north.name in content
    assert "Manager" in content


def test_signing_in_puts_no_notice_over_the_inbox(sal: User, client: Client) -> None:
    answer = client.post(LOGIN, {"login": sal.email, "password": "password-for-tests"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/inbox/"
    assert list(answer.context["messages"]) == []


def test_a_page_speaks_the_language_it_says_it_does(sal: User, signed_in: SignedIn) -> None:
    client = signed_in(sal)
    for code in ("fr", "es"):
        client.post("/i18n/setlang/", {"language": code, "next": "/profile/"})
        page = client.get("/profile/", headers={"Accept-Language": code}).content.decode()
        spoken = code if "API key" not in page else "en"
        assert f'lang="{spoken}"' in page
    assert ('name="language"' in page) is (len(settings.LANGUAGES) > 1)


def test_no_page_is_shown_to_who_is_not_signed_in(db: None) -> None:
    for path in ("/profile/", "/staff/"):
        assert Client().get(path)["Location"] == f"{LOGIN}?next={path}"
