"""Keys for the API: one person's own, shown once, stored hashed."""

from __future__ import annotations

from django.db import transaction

from accounts.clock import now
from accounts.models import ApiToken, User


def replace_token(user: User) -> str:
    """Return a new key for this person; every key of before ends."""
    with transaction.atomic():
        revoke_tokens(user)
        return ApiToken.issue(user)


def revoke_tokens(user: User) -> int:
    """End every key of this person; returns how many there were."""
    return ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=now())
