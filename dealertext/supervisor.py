"""What `make run` runs: the embedded servers and every process of the portal, under one parent.

    python -m dealertext.supervisor

Reads PORT (8000), HOST (127.0.0.1), STATE_DIR (.state) and DEMO (1). Any other variable of
.env.example that is set is honoured: with DATABASE_URL, REDIS_URL or TWILIO_API_BASE_URL the
embedded PostgreSQL, Valkey or simulator is not started. What is missing is generated: secrets once,
addresses at each start. All of it stands in $STATE_DIR/env, which manage.py reads too.

The same processes run in production from docker-compose.yml.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import functools
import http.client
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import psycopg
import redis

from dealertext.embedded import (
    APP_ROLE,
    MARK,
    OWNER_ROLE,
    Launch,
    Places,
    Postgres,
    StartError,
    Valkey,
    die_with_parent,
    drop_libpq_environment,
    end_orphan,
    kill_group,
    new_secrets,
    read_pid,
    spawn,
    state_places,
    state_postgres,
    state_valkey,
    stop,
    telling_line_of,
    wait_until,
)

ROOT = Path(__file__).resolve().parent.parent

# Worker processes: name → (queues, concurrency). docker-compose.yml has the same.
WORKERS = {"worker": ("urgent,default", 2), "worker-bulk": ("bulk", 1)}
# A pool, because a kept connection for each thread exhausts PostgreSQL under ASGI.
WEB_DATABASE_POOL = "16"

MEGABYTE = 1024 * 1024
SPACE_FOR_NEW_STATE_BYTES = 200 * MEGABYTE
SPACE_FOR_OLD_STATE_BYTES = 50 * MEGABYTE
SPACE_TO_FAIL_OTHERWISE_BYTES = 2 * MEGABYTE
LOG_KEPT_BYTES = 5 * MEGABYTE
SERVER_SECONDS = 60.0
READY_SECONDS = 120.0
WEB_FAILURES_BEFORE_GIVING_UP = 3
SETTLED_SECONDS = 60.0
LONGEST_BACKOFF_SECONDS = 30.0
# Together below ten seconds; uvicorn itself waits three for open streams.
CHILD_STOP_SECONDS = 4.5
SIMULATOR_STOP_SECONDS = 1.5
SERVER_STOP_SECONDS = 3.0
HURRY_SECONDS = 0.3


class _StoppedError(Exception):
    """A signal asked the supervisor to stop."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who starts it chose; `state` is absolute, `demo` asks for demo data."""

    host: str
    port: int
    state: Path
    demo: bool


def read_options(environment: Mapping[str, str]) -> Options:
    """Read PORT, HOST, STATE_DIR and DEMO.

    Raises StartError naming the variable.
    """
    given = environment.get("PORT") or "8000"
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        raise StartError(f"PORT must be between 1 and 65535, not {given!r}")
    return Options(
        host=environment.get("HOST") or "127.0.0.1",
        port=int(given),
        state=Path(environment.get("STATE_DIR") or ".state").expanduser().absolute(),
        demo=environment.get("DEMO", "1").strip().lower() not in {"0", "false", "no", "off", ""},
    )


# --- $STATE_DIR/env ------------------------------------------------------------------------------


def read_env_file(path: Path) -> dict[str, str]:
    """Return the KEY=VALUE lines of a file, {} when it does not exist."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.strip().partition("=") for line in lines if not line.lstrip().startswith("#"))
    return {key: value for key, found, value in pairs if found and key}


def write_env_file(path: Path, values: Mapping[str, str]) -> None:
    """Replace the file in one step, readable by its owner only.

    Raises OSError.
    """
    half = path.with_name("env.new")
    half.unlink(missing_ok=True)
    lines = "".join(f"{key}={value}\n" for key, value in values.items())
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("# Written by make run; manage.py reads it. What is set outside wins.\n")
        file.write("# Keep the secrets: without them the data beside this file cannot be read.\n")
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)


def portal_values(
    options: Options,
    *,
    stored: Mapping[str, str],
    outside: Mapping[str, str],
    servers: Mapping[str, str],
    simulator_port: int | None,
) -> dict[str, str]:
    """Return what $STATE_DIR/env must hold: secrets from the first start, addresses of this one.

    `servers` are the URLs of the embedded servers in use. A variable that is set `outside` is not
    written, except that a secret stored earlier stays.
    """
    fresh = new_secrets()
    kept = {
        key: stored.get(key) or fresh[key] for key in fresh if key in stored or key not in outside
    }
    addresses = {
        "DEBUG": "1",
        "SITE_URL": f"http://127.0.0.1:{options.port}",
        "ALLOWED_HOSTS": "*",
        "EMAIL_URL": f"file://{options.state}/mail",
        **servers,
    }
    if simulator_port is not None:
        addresses["TWILIO_API_BASE_URL"] = f"http://127.0.0.1:{simulator_port}"
        addresses["SIMULATOR"] = "1"
    return {**kept, **{key: value for key, value in addresses.items() if key not in outside}}


# --- the processes --------------------------------------------------------------------------------


def portal_launches(
    options: Options, *, environment: Mapping[str, str], simulator_port: int | None
) -> list[Launch]:
    """Return the portal's own processes, in the order in which they start."""
    mark = f"{MARK}={options.state}"
    everywhere = {**environment, MARK: str(options.state), "PYTHONUNBUFFERED": "1"}
    celery = ("-m", "celery", "-A", "dealertext")

    def launch(name: str, *words: str, **more: str) -> Launch:
        return Launch(
            name=name,
            argv=(sys.executable, *words),
            environment={**everywhere, **more},
            folder=ROOT,
            mark=mark,
        )

    launches = []
    if simulator_port is not None:
        file = str(options.state / "simulator.sqlite3")
        numbers = options.state / "simulator-numbers.json"  # manage.py demo writes it
        launches.append(
            launch(
                "simulator",
                "manage.py",
                "simulator",
                "--port",
                str(simulator_port),
                "--state",
                file,
                *(("--numbers", str(numbers)) if numbers.exists() else ()),
            )
        )
    launches.append(
        launch(
            "web",
            *("-m", "uvicorn", "dealertext.asgi:application"),
            *("--host", options.host, "--port", str(options.port)),
            *("--timeout-graceful-shutdown", "3", "--no-access-log", "--lifespan", "off"),
            "--no-proxy-headers",  # accounts.http.client_ip reads them, and knows how many to trust
            DATABASE_POOL=environment.get("DATABASE_POOL", WEB_DATABASE_POOL),
        )
    )
    launches += [
        launch(
            name,
            *(*celery, "worker", "-Q", queues, "--concurrency", str(concurrency)),
            *("--hostname", f"{name}@%h", "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle"),
        )
        for name, (queues, concurrency) in WORKERS.items()
    ]
    schedule = str(options.state / "celerybeat-schedule")
    launches.append(
        launch("beat", *celery, "beat", "--schedule", schedule, "--loglevel", "WARNING")
    )
    return launches


@dataclass(slots=True)
class Child:
    """A process that is kept running; times are of time.monotonic().

    `left_behind` is the session of a process that died, in which its own children may live on.
    """

    launch: Launch
    log: Path
    pid_file: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    failures: int = 0
    left_behind: int = 0

    def start(self) -> None:
        """Start it and note its pid.

        Raises OSError.
        """
        with self.log.open("ab") as log:
            self.process = spawn(self.launch, output=log)
        self.started_at = time.monotonic()
        self.pid_file.write_text(f"{self.process.pid}\n", encoding="utf-8")

    def tend(self, now: float) -> str | None:
        """Start it again when it has ended and its time has come; return what is worth telling."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return None
            self.left_behind = self.process.pid
            self.process = None
            kill_group(self.left_behind, signal.SIGTERM)
            self.failures = 1 if now - self.started_at > SETTLED_SECONDS else self.failures + 1
            return self._plan_restart(now, f"ended ({_ending(code)})")
        if now < self.restart_at:
            return None
        if self.left_behind:
            kill_group(self.left_behind, signal.SIGKILL)
            self.left_behind = 0
        try:
            self.start()
        except OSError as error:
            self.failures += 1
            return self._plan_restart(now, f"cannot be started ({error.strerror})")
        return None

    def _plan_restart(self, now: float, what: str) -> str:
        delay = min(0.25 * 2**self.failures, LONGEST_BACKOFF_SECONDS)
        self.restart_at = now + delay
        return f"{self.launch.name} {what}; starting it again in {delay:g} s (log: {self.log})"

    def is_running(self) -> bool:
        """Say whether the process lives."""
        return self.process is not None and self.process.poll() is None


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    return f"killed by {signal.Signals(-code).name}" if -code in set(signal.Signals) else f"{-code}"


class _Signals:
    """Turns signals into a flag, and wakes whoever waits."""

    def __init__(self) -> None:
        self.asked = 0
        self._reader, writer = socket.socketpair()
        self._reader.setblocking(False)
        writer.setblocking(False)
        self._writer = writer  # kept: closing it would end the wake-ups
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._on_stop)
        signal.signal(signal.SIGCHLD, self._on_child)

    def wait(self, seconds: float) -> None:
        """Wait until a signal comes, at most so many seconds."""
        select.select([self._reader], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            self._reader.recv(4096)

    def check(self) -> None:
        """Raise _StoppedError if a stop was asked for."""
        if self.asked:
            raise _StoppedError

    def wait_and_check(self, seconds: float) -> None:
        """Wait, unless a stop was asked for."""
        self.check()
        self.wait(seconds)
        self.check()

    def _on_stop(self, _signum: int, _frame: FrameType | None) -> None:
        self.asked += 1

    def _on_child(self, _signum: int, _frame: FrameType | None) -> None:
        """Do nothing: the wake-up is what counts."""


def say(what: str, told: str) -> None:
    """Print one line of progress."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(f"{what:<11}{told}\n")
        sys.stdout.flush()


# --- what is asked before anything starts ---------------------------------------------------------


def check_port(host: str, port: int) -> None:
    """Make sure that the port can be listened on.

    Raises StartError.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except socket.gaierror:
        raise StartError(f"HOST={host} is not a known address") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartError(
                f"port {port} on {host} is in use: choose another with PORT="
            ) from None
        raise StartError(f"cannot listen on port {port} of {host}: {error.strerror}") from None


def free_port(wanted: Iterable[int]) -> int:
    """Return the first of the loopback ports that is free, else any free one."""
    for port in wanted:
        if 0 < port < 65536:
            with contextlib.suppress(StartError):
                check_port("127.0.0.1", port)
                return port
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def check_space(folder: Path, *, needed_bytes: int) -> None:
    """Make sure that the disk has room.

    Raises StartError.
    """
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise StartError(
            f"the disk with {folder} is full: {free // MEGABYTE} MB are free,"
            f" {needed_bytes // MEGABYTE} MB are needed (STATE_DIR= chooses another place)"
        )


def open_state(state: Path) -> bool:
    """Make the state directory and its folders; say whether there was one.

    Raises StartError, OSError.
    """
    known = (state / "env").exists()
    if not state.exists():
        state.mkdir(parents=True)
        # As root, PostgreSQL runs as `nobody`, who has to pass through.
        state.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if not os.access(state, os.R_OK | os.W_OK | os.X_OK):
        raise StartError(f"{state} belongs to another user: choose another folder with STATE_DIR=")
    for name in ("logs", "pids", "mail", "media"):
        (state / name).mkdir(mode=0o700, exist_ok=True)
    return known


@contextlib.contextmanager
def lock_state(state: Path) -> Iterator[None]:
    """Hold the state directory; the lock ends with the process, however that ends.

    Raises StartError when another supervisor holds it, OSError.
    """
    with (state / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = read_pid(state / "pids" / "supervisor.pid")
            raise StartError(
                f"another make run (pid {pid}) uses {state}: stop it, or choose another STATE_DIR="
            ) from None
        pid_file = state / "pids" / "supervisor.pid"
        pid_file.write_text(f"{os.getpid()}\n", encoding="utf-8")
        try:
            yield
        finally:
            pid_file.unlink(missing_ok=True)


def end_left_overs(state: Path, servers: Mapping[str, str]) -> int:
    """End what a killed supervisor left running; return how many processes that were.

    `servers` gives the marks of postgres and valkey; the rest carries the state directory.
    """
    ended = 0
    # The portal first: its servers must outlive it.
    files = sorted((state / "pids").glob("*.pid"), key=lambda path: path.stem in servers)
    for file in files:
        if file.stem != "supervisor":
            mark = servers.get(file.stem, f"{MARK}={state}")
            signum = signal.SIGINT if file.stem == "postgres" else signal.SIGTERM
            ended += end_orphan(read_pid(file), mark=mark, signum=signum)
            file.unlink(missing_ok=True)
    return ended


# --- the supervisor -------------------------------------------------------------------------------


@dataclass(slots=True)
class Supervisor:
    """Starts everything in order, keeps it running, and stops it in order."""

    options: Options
    signals: _Signals
    children: dict[str, Child] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        """Run until a signal asks to stop.

        Raises StartError, OSError; whatever was started is stopped then.
        """
        try:
            with contextlib.suppress(_StoppedError):
                self._start()
                while True:
                    self._tend()
                    self.signals.wait_and_check(0.5)
            say("stopping", "web, workers, servers; press Ctrl-C again to hurry")
        except StartError:
            # Whatever failed on a full disk failed because of it.
            check_space(self.options.state, needed_bytes=SPACE_TO_FAIL_OTHERWISE_BYTES)
            raise
        finally:
            self._stop()
        say("stopped", f"the data are kept in {self.options.state}")

    def _start(self) -> None:
        state = self.options.state
        check_space(state, needed_bytes=SPACE_FOR_OLD_STATE_BYTES)
        if not os.environ.get("DATABASE_URL"):
            drop_libpq_environment()
        places = self._open_places()
        check_port(self.options.host, self.options.port)
        outside = {key: value for key, value in os.environ.items() if value or key not in _NEEDED}
        stored = read_env_file(state / "env")
        simulator_port = self._simulator_port(outside, stored)
        servers = self._start_servers(places, outside)
        values = portal_values(
            self.options,
            stored=stored,
            outside=outside,
            servers=servers,
            simulator_port=simulator_port,
        )
        write_env_file(state / "env", values)
        self.environment = {**values, **outside, "STATE_DIR": str(state)}
        self._check_outside_servers(servers)
        self._prepare_portal()
        launches = portal_launches(
            self.options, environment=self.environment, simulator_port=simulator_port
        )
        for launch in launches:
            self._add(launch)
        say("processes", ", ".join(launch.name for launch in launches))
        self._wait_for_readiness()
        site = self.environment["SITE_URL"].rstrip("/")
        say("ready", f"{site}/  (Ctrl-C stops everything)")
        say("inbox", f"{site}/inbox/")
        if simulator_port is not None:
            say("phone", f"open {site}/simulator/ and text the dealership")

    def _simulator_port(self, outside: Mapping[str, str], stored: Mapping[str, str]) -> int | None:
        """Return the simulator's port, that of the last time if possible; None without one."""
        if "TWILIO_API_BASE_URL" not in outside:
            last = urlsplit(stored.get("TWILIO_API_BASE_URL", "")).port or 0
            wanted = (last, self.options.port + 1)
            return free_port(port for port in wanted if port != self.options.port)
        if not outside["TWILIO_API_BASE_URL"]:
            for key in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
                if not outside.get(key):
                    raise StartError(f"TWILIO_API_BASE_URL is empty, so Twilio itself needs {key}")
        return None

    def _open_places(self) -> Places:
        """Return the servers' folders, free of what a killed supervisor left running."""
        places = state_places(self.options.state)
        marks = {"postgres": str(places.data), "valkey": str(places.sockets / "valkey.sock")}
        if ended := end_left_overs(self.options.state, marks):
            say("clean-up", f"ended {ended} processes that an earlier run left behind")
        return places

    def _start_servers(self, places: Places, outside: Mapping[str, str]) -> dict[str, str]:
        """Start the embedded servers that nothing outside replaces; return their variables."""
        state = self.options.state
        urls: dict[str, str] = {}
        servers: list[Postgres | Valkey] = []
        told = []
        if "DATABASE_URL" not in outside:
            postgres = self._open_cluster(places)
            servers.append(postgres)
            urls["DATABASE_URL"] = postgres.url(APP_ROLE)
            urls["DATABASE_OWNER_URL"] = postgres.url(OWNER_ROLE)
            told.append(f"PostgreSQL {postgres.program.version}")
        if "REDIS_URL" not in outside:
            valkey = state_valkey(places)
            valkey.remove_stale_locks()
            servers.append(valkey)
            urls["REDIS_URL"] = valkey.url
            told.append("Valkey")
        for server in servers:
            self._add(server.launch())
        for server in servers:
            self._wait_for_server(server)
            if isinstance(server, Postgres):
                server.create_roles()
        if told:
            say("servers", f"{' and '.join(told)}, data in {state}")
        if places.home != state / "postgres" and "DATABASE_URL" not in outside:
            say("", f"the database lies in {places.home}, because `nobody` cannot reach {state}")
        return urls

    def _open_cluster(self, places: Places) -> Postgres:
        known = (places.data / "PG_VERSION").exists()
        needed = SPACE_FOR_OLD_STATE_BYTES if known else SPACE_FOR_NEW_STATE_BYTES
        check_space(places.home, needed_bytes=needed)
        postgres = state_postgres(places)
        self.signals.check()
        postgres.create_cluster()
        postgres.remove_stale_locks()
        self.signals.check()
        return postgres

    def _wait_for_server(self, server: Postgres | Valkey) -> None:
        child = self.children[server.launch().name]
        wait_until(
            lambda: not child.is_running() or server.is_ready(),
            seconds=SERVER_SECONDS,
            wait=self.signals.wait_and_check,
        )
        if not server.is_ready():
            raise StartError(f"{child.launch.name} did not start: {telling_line_of(child.log)}")

    def _check_outside_servers(self, embedded: Mapping[str, str]) -> None:
        """Make sure that servers which are not ours answer, before a command fails on them."""
        if "DATABASE_URL" not in embedded:
            try:
                psycopg.connect(self.environment["DATABASE_URL"], connect_timeout=10).close()
            except psycopg.ProgrammingError:  # its words repeat the URL, the password in it too
                raise StartError(
                    "DATABASE_URL must be like postgresql://user:password@host/database"
                ) from None
            except psycopg.Error as error:
                raise StartError(f"DATABASE_URL: {_one_line(error)}") from None
        if "REDIS_URL" not in embedded:
            try:
                with redis.Redis.from_url(
                    self.environment["REDIS_URL"], socket_connect_timeout=10, socket_timeout=10
                ) as connection:
                    connection.ping()
            except (redis.RedisError, ValueError) as error:
                raise StartError(f"REDIS_URL: {_one_line(error)}") from None

    def _prepare_portal(self) -> None:
        say("tables", "bringing the database up to date")
        if self._step("migrate", "--noinput"):
            raise StartError(f"the migrations failed: {self._told('migrate')}")
        if self.environment["DEBUG"].strip().lower() not in {"1", "true", "yes", "on"}:
            say("files", "collecting the static files")
            if self._step("collectstatic", "--noinput"):
                raise StartError(f"the static files failed: {self._told('collectstatic')}")
        if self.options.demo:
            say("demo", "a dealership to try (DEMO=0 leaves it out)")
            if self._step("demo", shown=True):
                say("", f"the demo data could not be made: {self._told('demo')}")

    def _step(self, command: str, *words: str, shown: bool = False) -> int:
        """Run one of manage.py's commands to its end; return its exit code."""
        log_path = self._log_of(command)
        with log_path.open("ab") as log:
            step = subprocess.Popen(  # noqa: S603 - our own commands
                [sys.executable, "manage.py", command, *words],
                stdin=subprocess.DEVNULL,
                stdout=None if shown else log,
                stderr=log,
                cwd=ROOT,
                env=self.environment,
                start_new_session=True,
                preexec_fn=functools.partial(die_with_parent, signal.SIGTERM),  # noqa: PLW1509 - prctl
            )
        try:
            while step.poll() is None:
                self._tend()
                self.signals.wait_and_check(0.2)
        finally:
            stop(step, signum=signal.SIGTERM, seconds=3)
        return step.returncode

    def _told(self, command: str) -> str:
        log = self._log_of(command)
        return f"{telling_line_of(log)} (log: {log})"

    def _log_of(self, name: str) -> Path:
        return self.options.state / "logs" / f"{name}.log"

    def _add(self, launch: Launch) -> None:
        log = self._log_of(launch.name)
        with contextlib.suppress(FileNotFoundError):
            if log.stat().st_size > LOG_KEPT_BYTES:
                log.rename(log.with_suffix(".log.1"))
        child = Child(launch, log, self.options.state / "pids" / f"{launch.name}.pid")
        self.children[launch.name] = child
        child.start()

    def _tend(self) -> None:
        now = time.monotonic()
        for child in self.children.values():
            if told := child.tend(now):
                say("", told)

    def _wait_for_readiness(self) -> None:
        web = self.children["web"]
        until = time.monotonic() + READY_SECONDS
        answer = ""
        while time.monotonic() < until:
            self._tend()
            if web.failures >= WEB_FAILURES_BEFORE_GIVING_UP:
                raise StartError(f"web does not start: {self._told('web')}")
            answer = self._ask_readyz()
            if not answer:
                return
            self.signals.wait_and_check(0.2)
        raise StartError(
            f"not ready after {READY_SECONDS:g} s: {answer} (logs: {self.options.state / 'logs'})"
        )

    def _ask_readyz(self) -> str:
        """Ask the portal whether all of it is up; return "" if so, else what it says."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.options.host, self.options.host)  # noqa: S104
        connection = http.client.HTTPConnection(host, self.options.port, timeout=5)
        name = urlsplit(self.environment["SITE_URL"]).netloc
        try:
            connection.request(
                "GET", "/readyz", headers={"Host": name, "Accept": "application/json"}
            )
            response = connection.getresponse()
            said = " ".join(response.read(2000).decode(errors="replace").split())
        except (OSError, http.client.HTTPException):
            return "web does not answer yet"
        finally:
            connection.close()
        return (
            ""
            if response.status == http.HTTPStatus.OK
            else f"/readyz says {response.status} {said[:200]}"
        )

    def _stop(self) -> None:
        """Stop first who makes work, then who does it, then the carrier, then the servers."""
        self._stop_group(["beat", "web", *WORKERS], seconds=CHILD_STOP_SECONDS)
        self._stop_group(["simulator"], seconds=SIMULATOR_STOP_SECONDS)
        self._stop_group(["valkey", "postgres"], seconds=SERVER_STOP_SECONDS)

    def _stop_group(self, names: Iterable[str], *, seconds: float) -> None:
        children = [self.children[name] for name in names if name in self.children]
        for child in children:
            if child.process is not None and child.is_running():
                child.process.send_signal(child.launch.stop_signal)
        until = time.monotonic() + seconds
        while any(child.is_running() for child in children) and time.monotonic() < until:
            if self.signals.asked > 1:
                until = min(until, time.monotonic() + HURRY_SECONDS)
            self.signals.wait(0.1)
        for child in children:
            if child.process is not None:
                # SIGQUIT: PostgreSQL ends at once and recovers at the next start.
                last = signal.SIGQUIT if child.launch.name == "postgres" else signal.SIGKILL
                stop(child.process, signum=last, seconds=1)
            child.pid_file.unlink(missing_ok=True)


# Set but empty, these are as good as not set; TWILIO_API_BASE_URL is not among them, for empty
# means Twilio itself.
_NEEDED = frozenset(
    {
        "ALLOWED_HOSTS",
        "DATABASE_OWNER_URL",
        "DATABASE_URL",
        "DEBUG",
        "EMAIL_URL",
        "REDIS_URL",
        "SITE_URL",
        *new_secrets(),
    }
)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def main(arguments: list[str]) -> int:
    """Run the supervisor; return the exit code. `--with-parent` stops it when its parent dies."""
    if "--with-parent" in arguments:
        die_with_parent(signal.SIGTERM)
    signals = _Signals()
    problem = ""
    try:
        options = read_options(os.environ)
        open_state(options.state)
        os.umask(0o077)  # the simulator's file and the media hold customers' words
        with lock_state(options.state):
            Supervisor(options, signals).run()
    except StartError as error:
        problem = str(error)
    except psycopg.Error as error:
        problem = f"the embedded PostgreSQL: {_one_line(error)}"
    except PermissionError as error:
        problem = f"{error.filename}: permission denied (does it belong to another user?)"
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            problem = "the disk is full: make room, or choose another place with STATE_DIR="
        else:
            problem = _one_line(error)
    if problem:
        sys.stderr.write(f"dealertext cannot start: {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
