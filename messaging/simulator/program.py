"""Starts and stops the simulator as a program of its own."""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from messaging.simulator.carrier import Carrier, Settings
from messaging.simulator.control import read_answers, register_number
from messaging.simulator.scheduler import Scheduler
from messaging.simulator.server import LOOPBACK_NAMES, CarrierServer, Faces
from messaging.simulator.store import Store
from messaging.simulator.wire import RequestError

WEBHOOK_THREADS = 24
STOP_GRACE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Options:
    """How to start; `state` None keeps everything in memory."""

    bind: str
    port: int
    state: Path | None
    account_sid: str
    auth_token: str
    webhook_base: str
    public_url: str = ""
    numbers: Path | None = None
    answers: tuple[str, ...] = ()
    advanced_opt_out: bool = False
    strict_numbers: bool = False
    sent_after_seconds: float = 0.05
    delivered_after_seconds: float = 0.15
    time_offset_seconds: int = 0


class OptionError(ValueError):
    """An option that makes no sense; its text names it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that the command and the program share."""
    parser.add_argument("--port", type=int, default=9000, help="0 takes any free port")
    parser.add_argument("--bind", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--public-url", default="", help="how the portal reaches the simulator")
    parser.add_argument("--state", type=Path, help="SQLite file; without it, nothing is kept")
    parser.add_argument("--account-sid", help="AC…, else TWILIO_ACCOUNT_SID")
    parser.add_argument("--auth-token", help="else TWILIO_AUTH_TOKEN")
    parser.add_argument("--webhook-base", help="the portal's base URL, else SITE_URL")
    parser.add_argument("--numbers", type=Path, help="JSON list of the dealerships' numbers")
    parser.add_argument("--answers", default="", help="words answered here, such as stop+help")
    parser.add_argument(
        "--advanced-opt-out", action="store_true", help="send OptOutType with keywords"
    )
    parser.add_argument(
        "--strict-numbers", action="store_true", help="refuse numbers that were not registered"
    )
    parser.add_argument("--sent-after", type=float, default=0.05, help="seconds until sent")
    parser.add_argument(
        "--delivered-after", type=float, default=0.15, help="seconds from sent to delivered"
    )


def read_options(
    parsed: Mapping[str, Any],
    *,
    account_sid: str,
    auth_token: str,
    webhook_base: str,
    time_offset_seconds: int = 0,
) -> Options:
    """Turn parsed arguments into options; the rest are defaults. Raises OptionError."""
    account_sid = parsed["account_sid"] or account_sid
    auth_token = parsed["auth_token"] or auth_token
    webhook_base = (parsed["webhook_base"] or webhook_base).rstrip("/")
    for name, value in (
        ("--account-sid", account_sid.startswith("AC")),
        ("--auth-token", auth_token),
        ("--webhook-base", webhook_base.startswith(("http://", "https://"))),
    ):
        if not value:
            raise OptionError(f"{name} is missing or not usable")
    if parsed["bind"] not in LOOPBACK_NAMES and not parsed["public_url"]:
        raise OptionError("--public-url is needed where --bind is not loopback")
    try:
        answers = read_answers(parsed["answers"])
    except RequestError as bad:
        raise OptionError(f"--{bad}") from None
    return Options(
        bind=parsed["bind"],
        port=parsed["port"],
        state=parsed["state"],
        account_sid=account_sid,
        auth_token=auth_token,
        webhook_base=webhook_base,
        public_url=parsed["public_url"].rstrip("/"),
        numbers=parsed["numbers"],
        answers=answers,
        advanced_opt_out=parsed["advanced_opt_out"],
        strict_numbers=parsed["strict_numbers"],
        sent_after_seconds=parsed["sent_after"],
        delivered_after_seconds=parsed["delivered_after"],
        time_offset_seconds=time_offset_seconds,
    )


def run(options: Options) -> None:
    """Serve until SIGTERM or SIGINT; prints where it listens as its first line.

    Raises OptionError for a numbers file or a port that cannot be used.
    """
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    _raise_file_limit()
    # Each connection has a thread; the default of 8 MB of stack each is for deeper programs.
    threading.stack_size(512 * 1024)
    try:
        server = CarrierServer((options.bind, options.port))
    except OSError as error:
        raise OptionError(f"--port {options.port}: {error.strerror}") from None
    here = f"http://{options.bind}:{server.server_port}"
    if options.state is not None:
        options.state.parent.mkdir(parents=True, exist_ok=True)
    store = Store(options.state)
    store.put_account(options.account_sid, auth_token=options.auth_token, name="Simulated account")
    scheduler = Scheduler(threads=WEBHOOK_THREADS)
    carrier = Carrier(
        store,
        account_sid=options.account_sid,
        scheduler=scheduler,
        settings=Settings(
            webhook_base=options.webhook_base,
            public_url=options.public_url or here,
            answers=options.answers,
            advanced_opt_out=options.advanced_opt_out,
            strict_numbers=options.strict_numbers,
            sent_after_seconds=options.sent_after_seconds,
            delivered_after_seconds=options.delivered_after_seconds,
            time_offset_seconds=options.time_offset_seconds,
        ),
    )
    carrier.add_demo_phones()
    if options.numbers is not None:
        _register_numbers(carrier, options.numbers)
    server.faces = Faces(carrier, stopping=stopping)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    serving.start()
    sys.stdout.write(f"listening on {here}\n")
    sys.stdout.flush()
    stopping.wait()
    server.shutdown()
    serving.join()
    server.server_close()
    carrier.changes.close()
    scheduler.stop(grace_seconds=STOP_GRACE_SECONDS)
    store.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m messaging.simulator",
        description="A carrier on loopback that speaks Twilio's API, and a customer's phone.",
    )
    add_arguments(parser)
    parsed = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(name)s %(levelname)s %(message)s")
    try:
        run(
            read_options(
                vars(parsed),
                account_sid=os.environ.get("TWILIO_ACCOUNT_SID", ""),
                auth_token=os.environ.get("TWILIO_AUTH_TOKEN", ""),
                webhook_base=os.environ.get("SITE_URL", ""),
                time_offset_seconds=int(os.environ.get("TIME_OFFSET_SECONDS") or 0),
            )
        )
    except OptionError as bad:
        sys.stderr.write(f"{bad}\n")
        return 2
    return 0


def _register_numbers(carrier: Carrier, path: Path) -> None:
    try:
        wanted = json.loads(path.read_text())
        for item in wanted if isinstance(wanted, list) else wanted["numbers"]:
            register_number(carrier, item)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise OptionError(f"--numbers {path.name}: {error}") from None


def _raise_file_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
