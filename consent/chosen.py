"""Which of their dealerships a person looks at: the one chosen for this session, else all."""

from __future__ import annotations

from accounts.http import StaffRequest
from accounts.models import Dealership

KEY = "dealership"


def dealerships_shown(request: StaffRequest) -> list[Dealership]:
    """Return the dealerships whose rows a page shows; one query, never a stranger's."""
    places = list(Dealership.objects.visible_to(request.user))
    chosen = request.session.get(KEY, "")
    return [place for place in places if str(place.public_id) == chosen] or places


def choose(request: StaffRequest, public_id: str) -> bool:
    """Remember a dealership for this session, "" for all; False when it is none of theirs."""
    if not public_id:
        request.session.pop(KEY, None)
        return True
    known = {str(place.public_id) for place in Dealership.objects.visible_to(request.user)}
    if public_id in known:
        request.session[KEY] = public_id
    return public_id in known
