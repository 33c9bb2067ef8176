"""The portal's routes, and the reference: a view that stores a text with one INSERT."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt


def bare(request: HttpRequest) -> HttpResponse:
    """Store the request's text with one INSERT: no signature, no reading, no second look."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_bare (sid, body) VALUES (%s, %s)",
            [request.POST["MessageSid"], request.POST["Body"]],
        )
    return HttpResponse("<Response/>", content_type="text/xml")


urlpatterns = [
    path("webhooks/bare/", csrf_exempt(bare)),  # beside ours, for the same middleware
    path("", include("dealertext.urls")),
]
