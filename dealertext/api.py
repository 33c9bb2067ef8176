"""The API: each app's part under /api/v1/, its description at /api/schema/ and /api/docs/."""

from __future__ import annotations

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import Http404
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from typing_extensions import override


@extend_schema(exclude=True)
class NothingHereView(APIView):
    """Answer in the API's own shape where no route is: 401 without a token, else 404."""

    @override
    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404

    def get(self, request: Request) -> Response:
        """Never reached: `initial` has answered."""
        raise Http404


# The page brings one inline style element; its scripts come from our own files.
_docs = csp_update({"style-src": [UNSAFE_INLINE]})(
    SpectacularSwaggerSplitView.as_view(url_name="api-schema")
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include("accounts.api")),
    path("v1/", include("consent.api")),
    path("v1/", include("consent.lead_api")),
    path("v1/", include("consent.proof_api")),
    path("v1/", include("consent.wording_api")),
    path("v1/", include("consent.ledger_api")),
    path("v1/", include("messaging.api")),
    path("v1/", include("archive.api")),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", _docs, name="api-docs"),
    re_path(r"^v1/.*$", NothingHereView.as_view()),
]
