"""A customer's text until another browser shows it: on its stream, and on its screen."""

from __future__ import annotations

import math
import sys
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from accounts.models import User
from bench.stage import HOOK, PHONES, free_port, params, process, signature, signed_in

TEXTS = 200
TEXTS_ON_SCREEN = 100
CHROMIUM = "/usr/bin/chromium"
#: Ends when the list shows the words, with the time of that mutation; null after five seconds.
_SHOWN = """
words => new Promise(done => {
  const look = () => {
    if (!document.querySelector("#rows").textContent.includes(words)) return;
    watch.disconnect();
    done(performance.timeOrigin + performance.now());
  };
  const watch = new MutationObserver(look);
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  setTimeout(() => done(null), 5000);
})
"""


def run(user: User) -> None:
    """Print p50 and p99 from the post of the webhook to the event on an open stream, and to the
    words in the list of an open inbox in Chromium. A text that is not seen counts as endless.
    """
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    server = (sys.executable, "-m", "uvicorn", "dealertext.asgi:application")
    options = ("--port", str(port), "--log-level", "critical", "--timeout-graceful-shutdown", "1")
    # DEBUG: no static files are collected here, and the browser wants the script.
    with process(*server, *options, ALLOWED_HOSTS="*", DATABASE_POOL="10", DEBUG="1"):
        _wait_for(base)
        session = signed_in(user).cookies["sessionid"].value
        stream = urllib.request.urlopen(
            urllib.request.Request(f"{base}/events/", headers={"Cookie": f"sessionid={session}"}),
            timeout=30,
        )
        _tell("stream", _measure(base, stream))
        if not Path(CHROMIUM).exists():
            print("text -> other browser's screen: not measured, no Chromium here", flush=True)
            return
        with sync_playwright() as started:
            browser = started.chromium.launch(
                executable_path=CHROMIUM,
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            context = browser.new_context()
            context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
            page = context.new_page()
            page.goto(f"{base}/inbox/?view=all")
            _tell("screen", [_until_shown(page, base, n) for n in range(TEXTS_ON_SCREEN)])
            browser.close()


def _tell(where: str, waits: list[float]) -> None:
    waits.sort()
    middle, late = waits[len(waits) // 2], waits[math.ceil(len(waits) * 0.99) - 1]
    print(
        f"text -> other browser's {where}: p50 {middle * 1000:.0f} ms, p99 {late * 1000:.0f} ms "
        f"over {len(waits)} (ceiling 300)",
        flush=True,
    )


def _until_shown(page: Page, base: str, n: int) -> float:
    words = f"Is number {n} still on the lot?"
    began = [0.0]

    def post() -> None:
        began[0] = time.time()
        urllib.request.urlopen(_webhook(base, PHONES[n % len(PHONES)], words), timeout=10).read()

    threading.Timer(0.1, post).start()
    shown = page.evaluate(_SHOWN, words)
    return math.inf if shown is None else shown / 1000 - began[0]


def _webhook(base: str, phone: str, words: str) -> urllib.request.Request:
    form = params(phone, words)
    return urllib.request.Request(
        f"{base}{HOOK}",
        data=urllib.parse.urlencode(form).encode(),
        headers={"X-Twilio-Signature": signature(form)},
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
        request = _webhook(base, PHONES[n % len(PHONES)], f"What is the price of number {n}?")
        seen.clear()
        began = time.perf_counter()
        urllib.request.urlopen(request, timeout=10).read()
        waits.append(arrived[0] - began if seen.wait(5) else math.inf)
    return waits
