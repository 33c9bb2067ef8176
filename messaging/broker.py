"""One attempt at the broker, and then silence for a while: no request waits for it twice.

What is lost is only a wake-up: the sweeps find the rows, and a page re-reads on reconnecting.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from prometheus_client import Counter

logger = logging.getLogger(__name__)
NOT_WOKEN = Counter("dealertext_wake_failures_total", "Wake-ups the broker did not take", ["task"])
#: After a failure this process asks the broker for nothing so long. A broker that hangs, instead of
#: refusing, then costs a webhook one socket timeout, not one for each of its wake-ups.
SILENCE_SECONDS = 3.0
_lock = threading.Lock()
_silent_until = 0.0  # of time.monotonic()


def attempt(what: str, call: Callable[[], object]) -> bool:
    """Call once, unless the broker failed a moment ago; errors are swallowed and counted."""
    global _silent_until  # noqa: PLW0603 - what this process knows of its broker
    if time.monotonic() < _silent_until:
        NOT_WOKEN.labels(what).inc()
        return False
    try:
        call()
    except Exception as error:  # whatever the client raises
        with _lock:
            _silent_until = time.monotonic() + SILENCE_SECONDS
        NOT_WOKEN.labels(what).inc()
        logger.warning("broker not reached for=%s error=%s", what, type(error).__name__)
        return False
    return True


def ask_again() -> None:
    """End the silence (tests; a process that knows better)."""
    global _silent_until  # noqa: PLW0603 - as above
    _silent_until = 0.0
