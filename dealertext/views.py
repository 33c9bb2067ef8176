"""Is it alive, is it ready: for supervisors and load balancers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.api_errors import body_of

#: An answer that comes later is of no use to who asks.
READY_SECONDS = 1.8
_PING_SECONDS = 1.2
# A host that swallows packets holds a thread until the system gives up: never more than these.
_checks = ThreadPoolExecutor(max_workers=6, thread_name_prefix="readyz")


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_GET
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, broker and a worker can be reached, else 503 and which cannot.

    Always within two seconds: what has not answered by then cannot be reached.
    """
    asked = {
        name: _checks.submit(_holds, check)
        for name, check in (("database", _database), ("broker", _broker), ("worker", _worker))
    }
    wait(asked.values(), timeout=READY_SECONDS)
    found = {name: each.done() and each.result() for name, each in asked.items()}
    for each in asked.values():
        each.cancel()
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever a client raises, the answer is no
        return False


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()  # this thread's own
    return True


def _broker() -> bool:
    token = secrets.token_hex(8)
    cache.set("readyz", token, 10)
    return cache.get("readyz") is not None


def _worker() -> bool:
    """Ask the workers over the broker; the first that answers is enough."""
    return bool(current_app.control.ping(timeout=_PING_SECONDS, limit=1))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours: the API in its own shape, pages with 500.html."""
    if request.path.startswith("/api/"):
        return JsonResponse(body_of("server_error", "The portal failed. Try again."), status=500)
    return defaults.server_error(request)


@require_GET
def simulator(request: HttpRequest) -> HttpResponseRedirect:
    """Open the customer's phone, where there is a simulator."""
    if not settings.SIMULATOR_URL:
        raise Http404
    return HttpResponseRedirect(f"{settings.SIMULATOR_URL}/simulator/")
