"""`make run`: what it generates, what it refuses in one line, and what it keeps alive and ends."""

from __future__ import annotations

import importlib
import os
import re
import shlex
import shutil
import signal
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
import yaml

from dealertext import embedded, supervisor
from dealertext.celery import app
from dealertext.embedded import StartError
from dealertext.supervisor import Options, portal_launches, portal_values, read_options
from dealertext.tests.conftest import Run, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
OPTIONS = Options(host="127.0.0.1", port=8000, state=Path("/x/.state"), demo=True)


# --- options and generated values ----------------------------------------------------------------


def test_options_have_defaults_and_an_absolute_state() -> None:
    options = read_options({})
    assert (options.host, options.port, options.demo) == ("127.0.0.1", 8000, True)
    assert options.state == Path.cwd() / ".state"
    assert not read_options({"DEMO": "0"}).demo


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "8000.5", "٣"])
def test_a_bad_port_is_named(port: str) -> None:
    with pytest.raises(StartError, match="PORT must be between 1 and 65535"):
        read_options({"PORT": port})


def values(
    *, stored: Mapping[str, str], outside: Mapping[str, str], port: int = 8000
) -> dict[str, str]:
    return portal_values(
        Options(host="127.0.0.1", port=port, state=Path("/x/.state"), demo=True),
        stored=stored,
        outside=outside,
        servers={"REDIS_URL": "unix:///x/valkey.sock?db=0"},
        simulator_port=9001,
    )


def test_secrets_are_made_once_and_addresses_follow_the_port() -> None:
    first = values(stored={}, outside={})
    again = values(stored=first, outside={}, port=8001)
    assert set(embedded.new_secrets()) <= set(first)
    assert {key for key in first if first[key] != again[key]} == {"SITE_URL"}
    assert again["SITE_URL"] == "http://127.0.0.1:8001"


def test_what_is_set_outside_is_not_written_and_no_stored_secret_is_lost() -> None:
    first = values(stored={}, outside={})
    outside = {"SITE_URL": "https://x.example", "REDIS_URL": "redis://x", "SECRET_KEY": "s" * 50}
    again = values(stored=first, outside=outside)
    assert "SITE_URL" not in again
    assert "REDIS_URL" not in again
    assert again["SECRET_KEY"] == first["SECRET_KEY"]
    assert "SECRET_KEY" not in values(stored={}, outside=outside)


def test_the_env_file_is_private_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "env"
    path.write_text("OLD=1\n")
    path.chmod(0o644)
    wanted = {"A": "b=c", "LEDGER_SIGNING_KEY": "ledger-1:abc=="}
    supervisor.write_env_file(path, wanted)
    assert supervisor.read_env_file(path) == wanted
    assert path.stat().st_mode & 0o777 == 0o600
    assert supervisor.read_env_file(tmp_path / "none") == {}


def test_a_full_disk_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"full: \d+ MB are free, \d+ MB are needed"):
        supervisor.check_space(tmp_path, needed_bytes=2**62)


def test_a_disk_that_fills_up_during_the_start_is_told_as_the_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: object) -> None:
        raise StartError("the migrations failed: it said nothing")

    monkeypatch.setattr(supervisor.Supervisor, "_start", fail)
    options = Options(host="127.0.0.1", port=8000, state=tmp_path, demo=False)
    signals: Any = None
    with pytest.raises(StartError, match="it said nothing"):
        supervisor.Supervisor(options, signals).run()
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=12_000))
    with pytest.raises(StartError, match=r"the disk with .* is full: 0 MB are free"):
        supervisor.Supervisor(options, signals).run()


# --- the same processes in development and production --------------------------------------------


def services() -> dict[str, dict[str, Any]]:
    loaded = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return dict(loaded["services"])


def queues_of(words: list[str]) -> set[str]:
    return set(words[words.index("-Q") + 1].split(","))


def test_compose_runs_the_workers_of_make_run() -> None:
    launches = {
        launch.name: list(launch.argv)
        for launch in portal_launches(OPTIONS, environment={}, simulator_port=9001)
    }
    defined = services()
    assert set(launches) <= set(defined)
    used = {
        entry["options"]["queue"] for entry in app.conf.beat_schedule.values() if "options" in entry
    }
    served: set[str] = set()
    for name in supervisor.WORKERS:
        queues = queues_of(launches[name])
        assert queues_of(shlex.split(defined[name]["command"])) == queues
        assert not served & queues
        served |= queues
    assert used <= served
    assert "default" in served


def test_every_scheduled_job_exists() -> None:
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled
    assert not scheduled - set(app.tasks)


def words_of(service: dict[str, Any]) -> list[str]:
    """Return a command as compose runs it when nothing is set in .env."""
    return shlex.split(re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", service["command"]))


def without(words: list[str], *options: str) -> list[str]:
    """Return the words without some options and their values."""
    kept = list(words)
    for option in options:
        at = kept.index(option)
        del kept[at : at + 2]
    return kept


def test_compose_starts_each_process_as_make_run_does() -> None:
    """Word for word; but for paths, addresses, and the web server of production."""
    launches = {
        launch.name: list(launch.argv[2:])  # without `python -m`
        for launch in portal_launches(OPTIONS, environment={}, simulator_port=9001)
    }
    defined = services()
    for name in supervisor.WORKERS:
        assert words_of(defined[name]) == launches[name]
    assert without(words_of(defined["beat"]), "--schedule") == without(
        launches["beat"], "--schedule"
    )
    where = ("--host", "--port")
    assert sorted(without(words_of(defined["events"]), *where)) == sorted(
        without(launches["web"], *where)
    )
    assert words_of(defined["web"])[:2] == ["gunicorn", "dealertext.wsgi:application"]
    assert set(launches) == {"simulator", "web", *supervisor.WORKERS, "beat"}


def test_compose_has_what_production_needs() -> None:
    defined = services()
    assert {"web", "events", "worker", "worker-bulk", "beat", "migrate", "proxy"} <= set(defined)
    assert defined["postgres"]["image"] == "postgres:17"
    assert defined["valkey"]["image"].startswith("valkey/valkey:")
    # Nothing but the proxy is reachable, and PostgreSQL writes no row into its log.
    assert [name for name in defined if "ports" in defined[name]] == ["proxy"]
    own = words_of(defined["postgres"])
    for option in ("log_min_messages", "log_min_error_statement", "log_error_verbosity"):
        assert f"{option}={embedded.LASTING_SETTINGS[option]}" in own
    script = (ROOT / "docker" / "postgres-init.sh").read_text(encoding="utf-8")
    for role in (embedded.APP_ROLE, embedded.OWNER_ROLE):
        assert f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE" in script
    assert f"CREATE DATABASE {embedded.DATABASE} OWNER {embedded.OWNER_ROLE};" in script
    assert f"GRANT CONNECT ON DATABASE {embedded.DATABASE} TO {embedded.APP_ROLE};" in script
    assert "GRANT ALL" not in script
    for name in ("web", "events", *supervisor.WORKERS, "beat"):
        environment = defined[name]["environment"]
        assert embedded.APP_ROLE in environment["DATABASE_URL"]
        assert environment["TRUSTED_PROXIES"] == "1"
        assert defined[name]["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }


def test_every_volume_of_compose_is_used() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for volume in yaml.safe_load(text)["volumes"]:
        assert f"- {volume}:/" in text, volume


def test_every_compose_service_starts_something_that_exists() -> None:
    programs = {"gunicorn": "dealertext.wsgi", "uvicorn": "dealertext.asgi"}
    for name, service in services().items():
        assert "healthcheck" in service, name
        words = shlex.split(service.get("command", ""))
        if service["image"] != "dealertext":
            assert ":" in service["image"], name  # a version, not whatever is newest
            continue
        if words[0] in programs:
            module, _, attribute = words[1].partition(":")
            assert module == programs[words[0]]
            assert callable(getattr(importlib.import_module(module), attribute))
        elif words[0] == "celery":
            assert words[1:3] == ["-A", "dealertext"]
            assert words[3] in {"worker", "beat"}
        else:
            assert words[:2] == ["python", "manage.py"]
            found = list(ROOT.glob(f"*/management/commands/{words[2]}.py"))
            assert len(found) == 1, name


def test_compose_lists_every_password_in_the_example() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    listed = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text)) <= set(listed)


def test_only_migrate_gets_the_owner_of_the_tables() -> None:
    for name, service in services().items():
        url = service.get("environment", {}).get("DATABASE_OWNER_URL", "")
        assert bool(url) == (name == "migrate"), name


# --- real processes -------------------------------------------------------------------------------


def test_a_port_in_use_is_one_line(state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = Run(state, PORT=str(port))
        said = run.end()
    assert said == (
        f"dealertext cannot start: port {port} on 127.0.0.1 is in use: choose another with PORT=\n"
    )
    assert run.process.returncode == 1
    assert run.pids() == {}


def test_twilio_itself_needs_an_account(state: Path) -> None:
    run = Run(state, TWILIO_API_BASE_URL="")
    assert run.end() == (
        "dealertext cannot start: TWILIO_API_BASE_URL is empty,"
        " so Twilio itself needs TWILIO_ACCOUNT_SID\n"
    )


def test_a_database_of_ones_own_that_is_away_is_one_line_without_its_password(state: Path) -> None:
    port = free_port()
    url = f"postgresql://someone:hidden-word@127.0.0.1:{port}/x"
    run = Run(state, DATABASE_URL=url)
    said = run.end()
    (told,) = (line for line in said.splitlines() if line.startswith("dealertext cannot start"))
    assert "DATABASE_URL" in told
    assert "refused" in told
    assert "hidden-word" not in said
    assert "Traceback" not in said
    assert not (state / "postgres" / "data").exists()


def test_another_kind_of_database_is_refused_without_its_password(state: Path) -> None:
    said = Run(state, DATABASE_URL="mysql://someone:hidden-word@127.0.0.1/x").end()
    assert "dealertext cannot start: DATABASE_URL must be like postgresql://" in said
    assert "hidden-word" not in said


@pytest.mark.stack
def test_the_stack_starts_heals_and_stops_as_a_whole(state: Path) -> None:
    run = Run(state)
    said = run.wait_until_ready()
    assert f"http://127.0.0.1:{run.port}/inbox/" in said
    assert run.readyz() == 200
    names = {"postgres", "valkey", "web", "worker", "worker-bulk", "beat", "simulator"}
    assert set(run.pids()) == {*names, "supervisor"}

    second = Run(state)
    assert second.end() == (
        f"dealertext cannot start: another make run (pid {run.process.pid}) uses {state}:"
        " stop it, or choose another STATE_DIR=\n"
    )

    old = run.pids()
    for name in ("worker", "postgres", "valkey"):
        os.kill(old[name], signal.SIGKILL)
    assert embedded.wait_until(
        lambda: run.readyz() == 200 and not {*old.values()} & {run.pids()["worker"]}, seconds=60
    )
    living = run.pids()
    started = time.monotonic()
    told = run.end(signal.SIGTERM)
    assert time.monotonic() - started < 12
    assert "worker ended (killed by SIGKILL); starting it again" in told
    assert run.process.returncode == 0
    assert [name for name, pid in living.items() if embedded.is_running(pid)] == []
    assert run.pids() == {}


@pytest.mark.stack
def test_a_killed_supervisor_leaves_nothing_and_the_next_start_keeps_the_data(state: Path) -> None:
    run = Run(state)
    run.wait_until_ready()
    env = supervisor.read_env_file(state / "env")
    with psycopg.connect(env["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    redis.Redis.from_url(env["REDIS_URL"]).set("kept", "yes")
    # The append-only file is written once a second; a kill of the server itself could lose that.
    pids = run.pids()
    run.end(signal.SIGKILL)
    if sys.platform == "linux":
        assert embedded.wait_until(
            lambda: not any(embedded.is_running(pid) for pid in pids.values()), seconds=20
        )
    assert "postgres" in run.pids()  # the files of the dead are still there

    again = Run(state)
    again.wait_until_ready()
    after = supervisor.read_env_file(state / "env")
    changed = {key for key in env if env[key] != after[key]}
    assert {"SITE_URL"} <= changed <= {"SITE_URL", "TWILIO_API_BASE_URL"}
    with psycopg.connect(after["DATABASE_OWNER_URL"]) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    with psycopg.connect(after["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("dealertext_app",)
        assert connection.execute("SELECT count(*) FROM django_migrations").fetchone() != (0,)
    assert redis.Redis.from_url(after["REDIS_URL"]).get("kept") == b"yes"
    again.end(signal.SIGINT)
    assert again.process.returncode == 0
