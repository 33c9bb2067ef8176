"""One shape for every error of the API: {"error": {"code", "detail", "fields", …}}."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response


class ApiError(exceptions.APIException):
    """An error with its own status, code and further keys."""

    def __init__(self, status_code: int, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail, code)
        self.status_code = status_code
        self.error_code = code
        self.text = detail
        self.more = more


def body_of(code: str, detail: str, **more: Any) -> dict[str, Any]:
    """Return the body of an error answer."""
    return {"error": {"code": code, "detail": detail, "fields": {}, **more}}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception of a view into the one shape; None leaves it to Django (a 500)."""
    if isinstance(error, Http404):
        return Response(body_of("not_found", "There is no such thing."), status=404)
    if isinstance(error, PermissionDenied):
        return Response(body_of("forbidden", "Your role does not allow this."), status=403)
    if isinstance(error, ApiError):
        return Response(
            body_of(error.error_code, error.text, **error.more), status=error.status_code
        )
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"body": error.detail}
        return Response(
            body_of("invalid", "Some fields are missing or wrong.", fields=fields),
            status=status.HTTP_422_UNPROCESSABLE_ENTITY,
        )
    if not isinstance(error, exceptions.APIException):
        return None
    headers = {}
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        headers["WWW-Authenticate"] = "Token"
        error.status_code = status.HTTP_401_UNAUTHORIZED
    wait = getattr(error, "wait", None)
    if wait:
        headers["Retry-After"] = str(int(wait) + 1)
    code = str(getattr(error.detail, "code", error.default_code))
    return Response(body_of(code, str(error.detail)), status=error.status_code, headers=headers)
