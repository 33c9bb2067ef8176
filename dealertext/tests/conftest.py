"""The whole stack as child processes: what `make run` starts, on a port and a state of its own."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dealertext import embedded
from messaging.tests.conftest import carrier, carrier_process

__all__ = ["Run", "carrier", "carrier_process", "free_port", "state"]

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Run:
    """One supervisor as a child of the test."""

    def __init__(self, state: Path, **more: str) -> None:
        self.state = state
        self.port = free_port()
        unset = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SITE_URL", "ALLOWED_HOSTS"}
        unset |= {"EMAIL_URL", "TEST_APP_ROLE", *embedded.new_secrets()}
        environment = {key: value for key, value in os.environ.items() if key not in unset}
        settings = {"STATE_DIR": str(state), "PORT": str(self.port), "DEMO": "0", **more}
        self.environment = {**environment, **settings}
        self.process: subprocess.Popen[str] = subprocess.Popen(
            [sys.executable, "-m", "dealertext.supervisor"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def end(self, signum: signal.Signals | None = None) -> str:
        """Signal it, and return the rest of what it said."""
        if signum:
            self.process.send_signal(signum)
        return self.process.communicate(timeout=90)[0]

    def wait_until_ready(self) -> str:
        """Read its lines up to the one that says ready; the test fails if it ends before."""
        assert self.process.stdout
        said: list[str] = []
        for line in self.process.stdout:
            said.append(line)
            if line.startswith("inbox"):
                return "".join(said)
        raise AssertionError("".join(said))

    def pids(self) -> dict[str, int]:
        files = (self.state / "pids").glob("*.pid")
        return {file.stem: embedded.read_pid(file) for file in files}

    def readyz(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()


@pytest.fixture
def state() -> Iterator[Path]:
    """A state directory with a short path, and no process left in it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="dt-", dir="/tmp"))
    folder.chmod(0o755)
    path = folder / "state"
    yield path
    for file in (path / "pids").glob("*.pid"):
        for mark in (f"{embedded.MARK}={path}", f"{path}/postgres/data"):
            embedded.end_orphan(embedded.read_pid(file), mark=mark, signum=signal.SIGKILL)
    subprocess.run(["rm", "-rf", str(folder)], check=True)
