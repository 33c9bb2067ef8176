"""`manage.py create_dealership`: the contract of the set-up without the pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from accounts.models import (
    ApiToken,
    CarrierNumber,
    DealerGroup,
    Dealership,
    Membership,
    Role,
    User,
)

GIVEN = {
    "--group": "Keystone",
    "--name": "Keystone Toyota",
    "--street": "1 Lincoln Way",
    "--city": "Chambersburg",
    "--region": "PA",
    "--country": "US",
    "--timezone": "America/New_York",
    "--care-phone": "+17175550199",
}
EMILY = "emily@example.com:Emily Moore:salesperson:a:colon in it"


def words(*more: str, **changed: str) -> list[str]:
    given = {**GIVEN, **{f"--{key.replace('_', '-')}": value for key, value in changed.items()}}
    return [part for pair in given.items() for part in pair] + list(more)


def run(*more: str, **changed: str) -> dict[str, Any]:
    out = StringIO()
    call_command("create_dealership", *words(*more, **changed), stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


@pytest.mark.django_db
def test_a_first_run_prints_ids_numbers_and_tokens() -> None:
    answer = run("--number", "+17175550100,mps=2.5,carrier_answers=stop+help", "--staff", EMILY)
    dealership = Dealership.objects.get()
    assert answer["dealership"] == str(dealership.public_id)
    assert answer["group"] == str(DealerGroup.objects.get().public_id)
    assert answer["numbers"] == ["+17175550100"]
    (person,) = answer["staff"]
    assert (person["email"], person["role"]) == ("emily@example.com", "salesperson")
    assert User.objects.get().check_password("a:colon in it")
    number = CarrierNumber.objects.get()
    assert (float(number.segments_per_second), number.carrier_answers) == (2.5, ["stop", "help"])


@pytest.mark.django_db
def test_tokens_are_stored_hashed_and_printed_once() -> None:
    (first,) = run("--staff", EMILY)["staff"]
    stored = ApiToken.objects.get().token_hash
    assert first["token"]
    assert first["token"] not in stored
    assert stored == ApiToken.hash_of(first["token"])
    (second,) = run("--staff", EMILY)["staff"]
    assert second["token"] is None
    (third,) = run("--staff", EMILY, "--new-tokens")["staff"]
    assert third["token"] not in {None, first["token"]}


@pytest.mark.django_db
def test_a_rerun_changes_what_changed_and_nothing_else() -> None:
    first = run("--number", "+17175550100", "--staff", EMILY)
    history = Dealership.objects.get().history.count()
    assert {**run("--number", "+17175550100", "--staff", EMILY), "staff": []} == {
        **first,
        "staff": [],
    }
    assert Dealership.objects.get().history.count() == history
    run("--staff", EMILY.replace("salesperson", "manager"), street="2 Lincoln Way")
    assert Dealership.objects.get().street == "2 Lincoln Way"
    assert Dealership.objects.get().history.count() == history + 1
    assert Membership.objects.get().role == Role.MANAGER
    assert CarrierNumber.objects.count() == User.objects.count() == 1


@pytest.mark.django_db
def test_a_second_dealership_joins_the_same_group() -> None:
    assert run()["group"] == run(name="Keystone Ford")["group"]
    assert Dealership.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("base_url", "answers"), [("", ["stop", "help"]), ("http://127.0.0.1:1", [])]
)
def test_the_words_the_carrier_answers_depend_on_the_carrier(
    settings: Any, base_url: str, answers: list[str]
) -> None:
    settings.TWILIO_API_BASE_URL = base_url
    run("--number", "+17175550100")
    assert CarrierNumber.objects.get().carrier_answers == answers


@pytest.mark.django_db
def test_the_kind_of_a_number_is_seen() -> None:
    run("--number", "+18885550100", "--number", f"+17175550100,service=MG{'a' * 32}")
    kinds = dict(CarrierNumber.objects.values_list("number_e164", "kind"))
    assert kinds == {"+18885550100": "toll_free", "+17175550100": "messaging_service"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "changed", "line"),
    [
        (["--number", "717-555-0100"], {}, "--number 717-555-0100: must be +1"),
        (["--number", "+17175550100,mps=fast"], {}, "mps must be a number"),
        (["--number", "+17175550100,mps=0"], {}, "mps must be between"),
        (["--number", "+17175550100,mps=nan"], {}, "mps must be"),
        (["--number", "+17175550100,carrier_answers=yes"], {}, "no word group 'yes'"),
        (["--number", "+17175550100,speed=1"], {}, "no option 'speed'"),
        (["--number", "+17175550100,service=MG1"], {}, "service must be MG"),
        (["--staff", "emily@example.com:Emily"], {}, "--staff: must be"),
        (["--staff", "emily:Emily:salesperson:x"], {}, "is not an e-mail address"),
        (["--staff", "emily@example.com:Emily:boss:x"], {}, "the role must be one of"),
        (["--staff", "emily@example.com:Emily:admin:"], {}, "the password is empty"),
        (["--staff", EMILY, "--staff", f"{'x' * 300}@a.com:E:admin:x"], {}, "--email"),
        ([], {"timezone": "Mars/Olympus"}, "there is no such zone"),
        ([], {"care_phone": "none"}, "--care-phone none"),
        ([], {"region": "Penn"}, "--region Penn: must be two letters"),
        ([], {"region": "ZZ"}, "--region ZZ: must be two letters"),
        ([], {"country": "MX"}, "invalid choice"),
        ([], {"name": "x" * 121}, "--name"),
    ],
)
def test_bad_input_is_named_and_nothing_is_stored(
    more: list[str], changed: dict[str, str], line: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        run(*more, **changed)
    assert line in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not DealerGroup.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_number_of_another_dealership_stores_nothing() -> None:
    run("--number", "+17175550100")
    with pytest.raises(CommandError, match="belongs to another dealership"):
        run("--number", "+17175550101", "--number", "+17175550100", name="Keystone Ford")
    assert Dealership.objects.count() == CarrierNumber.objects.count() == 1


@pytest.mark.parametrize("more", [["--number", "12"], ["--what"], []])
def test_the_command_line_answers_bad_input_with_one_line_and_exit_1(more: list[str]) -> None:
    args = words(*more) if more else ["--group", "Keystone"]
    done = subprocess.run(
        [sys.executable, str(django_settings.BASE_DIR / "manage.py"), "create_dealership", *args],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
