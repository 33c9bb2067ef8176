"""What every page knows of the person who looks at it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from accounts.access import ADMINS, MANAGERS, dealerships_as
from accounts.models import User


def portal(request: HttpRequest) -> dict[str, object]:
    """Return `is_manager`, `is_admin` (anywhere), the undo seconds and the simulator's place."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"undo_seconds": settings.UNDO_SECONDS}
    managed = dealerships_as(user, MANAGERS)
    return {
        "undo_seconds": settings.UNDO_SECONDS,
        "has_simulator": bool(settings.SIMULATOR_URL),
        "is_manager": bool(managed),
        "is_admin": bool(managed) and bool(dealerships_as(user, ADMINS)),
    }
