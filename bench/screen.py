"""A customer's text until another browser's stream says so, over real HTTP."""

from __future__ import annotations

import sys
import threading
import time
import urllib.parse
import urllib.request

from accounts.models import User
from bench.stage import HOOK, PHONES, free_port, params, process, signature, signed_in

TEXTS = 200


def run(user: User) -> None:
    """Print p50 and p99 from the post of the webhook to the event on the open stream."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    server = (sys.executable, "-m", "uvicorn", "dealertext.asgi:application")
    options = ("--port", str(port), "--log-level", "critical", "--timeout-graceful-shutdown", "1")
    with process(*server, *options, ALLOWED_HOSTS="*", DATABASE_POOL="10"):
        _wait_for(base)
        cookie = f"sessionid={signed_in(user).cookies['sessionid'].value}"
        stream = urllib.request.urlopen(
            urllib.request.Request(f"{base}/events/", headers={"Cookie": cookie}), timeout=30
        )
        waits = sorted(_measure(base, stream))
    print(
        f"text -> other browser's stream: p50 {waits[len(waits) // 2] * 1000:.0f} ms, "
        f"p99 {waits[int(len(waits) * 0.99) - 1] * 1000:.0f} ms over {len(waits)} of {TEXTS} "
        f"(ceiling 300)",
        flush=True,
    )


def _wait_for(base: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{base}/healthz", timeout=1)
        except OSError:
            threading.Event().wait(0.1)
        else:
            return
    raise RuntimeError("the web process did not come up")


def _measure(base: str, stream: object) -> list[float]:
    seen = threading.Event()
    arrived = [0.0]

    def listen() -> None:
        for line in stream:  # type: ignore[attr-defined]  # an open HTTP response
            if line.startswith(b"event: message"):
                arrived[0] = time.perf_counter()
                seen.set()

    threading.Thread(target=listen, daemon=True).start()
    threading.Event().wait(1)
    waits = []
    for n in range(TEXTS):
        form = params(PHONES[n % len(PHONES)])
        request = urllib.request.Request(
            f"{base}{HOOK}",
            data=urllib.parse.urlencode(form).encode(),
            headers={"X-Twilio-Signature": signature(form)},
        )
        seen.clear()
        began = time.perf_counter()
        urllib.request.urlopen(request, timeout=10).read()
        if seen.wait(5):
            waits.append(arrived[0] - began)
    return waits
