"""A missing or bad variable stops the start with one line that names it; defaults are safe."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from dealertext import env

ROOT: Path = settings.BASE_DIR
REQUIRED = (
    "SECRET_KEY",
    "SITE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "LEDGER_SIGNING_KEY",
    "SUPPRESSION_HASH_KEY",
    "FIELD_ENCRYPTION_KEY",
    "EMAIL_URL",
)


def start(tmp_path: Path, code: str = "pass", /, **changed: str | None) -> tuple[int, str, str]:
    """Import the settings in a process of its own; return exit code, stdout and stderr."""
    environment = {**os.environ, "STATE_DIR": str(tmp_path)}
    for name, value in changed.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    done = subprocess.run(
        [sys.executable, "-c", f"from dealertext import settings as s; {code}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.strip(), done.stderr.strip()


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_variable_is_named_in_one_line(tmp_path: Path, name: str) -> None:
    changed: dict[str, str | None] = {name: None}
    code, out, error = start(tmp_path, "pass", **changed)
    assert code == 1
    assert out == ""
    assert error.startswith(f"dealertext cannot start: {name} ")
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("DEBUG", "maybe"),
        ("SITE_URL", "text.example.com"),
        ("SITE_URL", "https://text.example.com/path"),
        ("DATABASE_URL", "no url"),
        ("REDIS_URL", "amqp://localhost"),
        ("TWILIO_API_BASE_URL", "localhost:9000"),
        ("LEDGER_SIGNING_KEY", "nokeyid"),
        ("LEDGER_SIGNING_KEY", "key:c2hvcnQ="),
        ("SUPPRESSION_HASH_KEY", "xyz"),
        ("FIELD_ENCRYPTION_KEY", "short"),
        ("EMAIL_URL", "ftp://mail"),
        ("TIMESTAMP_URL", "ftp://stamps"),
        ("TRUSTED_PROXIES", "-1"),
        ("UNDO_SECONDS", "soon"),
        ("UNDO_SECONDS", "-1"),
        ("CONN_MAX_AGE", "99999"),
    ],
)
def test_a_bad_variable_is_named_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    code, _, error = start(tmp_path, **{name: value})
    assert code == 1
    assert error.startswith(f"dealertext cannot start: {name} "), error
    assert len(error.splitlines()) == 1
    assert value not in error.partition(name)[2] or name not in {
        "SECRET_KEY",
        "LEDGER_SIGNING_KEY",
        "SUPPRESSION_HASH_KEY",
        "FIELD_ENCRYPTION_KEY",
    }


def test_the_clock_is_shifted_only_in_development(tmp_path: Path) -> None:
    code, _, error = start(
        tmp_path, DEBUG="0", SITE_URL="https://text.example.com", TIME_OFFSET_SECONDS="60"
    )
    assert code == 1
    assert "TIME_OFFSET_SECONDS" in error
    assert start(tmp_path, DEBUG="1", TIME_OFFSET_SECONDS="60")[0] == 0


def test_plain_http_is_refused_outside_development(tmp_path: Path) -> None:
    code, _, error = start(tmp_path, DEBUG="0", SITE_URL="http://text.example.com")
    assert code == 1
    assert error.startswith("dealertext cannot start: SITE_URL ")


def test_production_is_safe_by_default(tmp_path: Path) -> None:
    code, out, error = start(
        tmp_path,
        "print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        " s.SECURE_HSTS_SECONDS > 0, s.MFA_REQUIRED_FOR_MANAGERS, s.ALLOWED_HOSTS,"
        " repr(s.SIMULATOR_URL))",
        DEBUG=None,
        SITE_URL="https://text.example.com",
        ALLOWED_HOSTS=None,
        SIMULATOR=None,
        TWILIO_API_BASE_URL="",
    )
    assert (code, error) == (0, "")
    assert out == "False True True True True True ['text.example.com'] ''"


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("f" * 40 + "\n", encoding="utf-8")
    code, out, _ = start(
        tmp_path, "print(s.SECRET_KEY)", SECRET_KEY=None, SECRET_KEY_FILE=str(secret)
    )
    assert (code, out) == (0, "f" * 40)
    code, _, error = start(tmp_path, SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "none"))
    assert code == 1
    assert "SECRET_KEY_FILE" in error


def test_what_make_run_generated_is_read_and_what_is_set_wins(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("# generated\nUNDO_SECONDS=17\nAPI_RATE=1/s\n", encoding="utf-8")
    code, out, _ = start(tmp_path, "print(s.UNDO_SECONDS)", UNDO_SECONDS=None, API_RATE="2/s")
    assert (code, out) == (0, "17")


def test_without_a_state_directory_that_of_the_checkout_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".state").mkdir()
    (tmp_path / ".state" / "env").write_text("FROM_THE_CHECKOUT=yes\n", encoding="utf-8")
    monkeypatch.setattr(env, "ROOT", tmp_path)
    monkeypatch.delenv("STATE_DIR", raising=False)
    monkeypatch.setenv("FROM_THE_CHECKOUT", "")  # so that it is taken back after the test
    monkeypatch.delenv("FROM_THE_CHECKOUT")
    env.load_state_env()
    assert os.environ["FROM_THE_CHECKOUT"] == "yes"


def test_the_example_lists_every_variable() -> None:
    listed = {
        line.partition("=")[0]
        for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    assert set(REQUIRED) <= listed
    source = (ROOT / "dealertext" / "settings.py").read_text(encoding="utf-8")
    for reader in ("envstr(", "envint(", "envbool(", "envlist("):
        for part in source.split(reader)[1:]:
            name = part.lstrip().removeprefix('"').partition('"')[0]
            if name.isupper():
                assert name in listed, name


def test_every_variable_of_the_example_is_read_by_somebody() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)
    assert len(listed) == len(set(listed))
    python = "".join(
        (ROOT / "dealertext" / name).read_text(encoding="utf-8")
        for name in ("settings.py", "env.py", "supervisor.py")
    )
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    unread = [name for name in listed if f'"{name}"' not in python and f"${{{name}" not in compose]
    assert unread == []


def test_database_ends_a_transaction_that_its_worker_forgot() -> None:
    asked = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SHOW idle_in_transaction_session_timeout")
    print(cursor.fetchone()[0])
"""
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "dealertext.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "30s"
