"""Pages and API answers go out compressed: on a lot with a weak signal the bytes are the wait."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from typing_extensions import override

_WORDS = ("text/html", "application/json")


class CompressPages(GZipMiddleware):
    """Compress what is text and whole; leave streams (live events) and files (their length) alone.

    Django pads each answer by a random length, so that its size tells nothing of what it holds
    (BREACH).
    """

    @override
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_words = response.get("Content-Type", "").startswith(_WORDS)
        if response.streaming or not is_words:
            return response
        return super().process_response(request, response)
