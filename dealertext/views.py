"""Is it alive, is it ready: for supervisors and load balancers."""

from __future__ import annotations

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_GET


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, broker and a worker can be reached, else 503 and which cannot."""
    checks = {"database": _database(), "broker": _broker()}
    checks["worker"] = checks["broker"] and _worker()
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return False
    return True


def _broker() -> bool:
    try:
        cache.set("readyz", 1, 10)
    except Exception:
        return False
    return True


def _worker() -> bool:
    try:
        return bool(current_app.control.ping(timeout=1.0, limit=1))
    except Exception:
        return False


@require_GET
def simulator(request: HttpRequest) -> HttpResponseRedirect:
    """Open the customer's phone, where there is a simulator."""
    if not settings.SIMULATOR_URL:
        raise Http404
    return HttpResponseRedirect(f"{settings.SIMULATOR_URL}/simulator/")
