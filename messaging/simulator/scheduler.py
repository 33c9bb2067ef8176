"""Work that falls due later, done by a few threads; a job that fails is logged, never fatal."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

Job = Callable[[], None]


class Scheduler:
    """A heap of jobs and daemon threads that run them when they are due."""

    def __init__(self, *, threads: int) -> None:
        """Start the threads."""
        self._heap: list[tuple[float, int, Job]] = []
        self._order = itertools.count()
        lock = threading.Lock()
        # Apart, so that who waits for the end never takes a wake-up that is meant for a worker.
        self._changed = threading.Condition(lock)
        self._idle = threading.Condition(lock)
        self._running = 0
        self._stopped = False
        self._threads = [
            threading.Thread(target=self._work, name=f"carrier-{index}", daemon=True)
            for index in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def after(self, seconds: float, job: Job) -> None:
        """Run a job in `seconds`; after a stop it is dropped."""
        with self._changed:
            if self._stopped:
                return
            heapq.heappush(self._heap, (time.monotonic() + seconds, next(self._order), job))
            self._changed.notify()

    def clear(self) -> None:
        """Drop the jobs that did not start."""
        with self._changed:
            self._heap.clear()
            self._idle.notify_all()

    def wait_idle(self, timeout_seconds: float) -> bool:
        """Wait until nothing runs or waits; False if the time ran out."""
        with self._idle:
            return self._idle.wait_for(
                lambda: not self._heap and not self._running, timeout_seconds
            )

    def stop(self, *, grace_seconds: float) -> None:
        """Drop what waits and give what runs a moment to end."""
        with self._changed:
            self._stopped = True
            self._heap.clear()
            self._changed.notify_all()
        deadline = time.monotonic() + grace_seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _work(self) -> None:
        while True:
            job = self._next()
            if job is None:
                return
            try:
                job()
            except Exception:
                # The frames may hold a customer's words: the place is enough.
                logger.exception("a job of the carrier failed")
            finally:
                with self._changed:
                    self._running -= 1
                    if not self._heap and not self._running:
                        self._idle.notify_all()

    def _next(self) -> Job | None:
        with self._changed:
            while not self._stopped:
                wait = self._heap[0][0] - time.monotonic() if self._heap else None
                if wait is not None and wait <= 0:
                    self._running += 1
                    return heapq.heappop(self._heap)[2]
                self._changed.wait(wait)
        return None
