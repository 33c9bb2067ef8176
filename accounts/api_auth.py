"""API sign-in: `Authorization: Token …`, looked up by its hash."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from typing_extensions import override

from accounts.models import ApiToken, User

_PARTS = 2


class StaffTokenAuthentication(BaseAuthentication):
    """A staff member's token."""

    @override
    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"token":
            return None
        if len(parts) != _PARTS:
            raise AuthenticationFailed("The token is malformed.")
        row = (
            ApiToken.objects.select_related("user")
            .filter(token_hash=ApiToken.hash_of(parts[1].decode(errors="replace")), revoked_at=None)
            .first()
        )
        if row is None or not row.user.is_active:
            raise AuthenticationFailed("The token is not valid.")
        return row.user, row

    @override
    def authenticate_header(self, request: Request) -> str:
        return "Token"


class IsStaffMember(BasePermission):
    """A signed-in, active member of staff."""

    @override
    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.user, User) and request.user.is_active


class _TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped
    target_class = "accounts.api_auth.StaffTokenAuthentication"
    name = "token"

    @override
    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <your token>`",
        }
