"""What every page knows of the person who looks at it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.access import ADMINS, MANAGERS, dealerships_as
from accounts.models import Dealership, Membership, User


def portal(request: HttpRequest) -> dict[str, object]:
    """Return where a person works and as what, the undo seconds and the simulator's place.

    `dealerships`, `memberships`, `is_manager` and `is_admin` (anywhere) are asked of the database
    only where a page reads them.
    """
    places: dict[str, object] = {
        "site_url": settings.SITE_URL,
        "undo_seconds": settings.UNDO_SECONDS,
        "has_simulator": bool(settings.SIMULATOR_URL),
        "simulator_url": f"{settings.SIMULATOR_URL}/simulator/" if settings.SIMULATOR_URL else "",
    }
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return places
    person: User = user

    def memberships() -> list[Membership]:
        return list(
            Membership.objects.filter(
                user=person, is_active=True, dealership__is_active=True
            ).select_related("dealership")
        )

    def dealerships() -> list[Dealership]:
        return list(Dealership.objects.visible_to(person))

    def is_manager() -> bool:
        return bool(dealerships_as(person, MANAGERS))

    def is_admin() -> bool:
        return bool(dealerships_as(person, ADMINS))

    return {
        **places,
        "memberships": SimpleLazyObject(memberships),
        "dealerships": SimpleLazyObject(dealerships),
        "is_manager": SimpleLazyObject(is_manager),
        "is_admin": SimpleLazyObject(is_admin),
    }
