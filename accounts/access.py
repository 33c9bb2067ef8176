"""Who may do what where: strangers get 404 (visible_to), a missing role 403."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.models import Dealership, GroupAdmin, Membership, Role, User

_ORDER = [Role.SALESPERSON, Role.MANAGER, Role.ADMIN]
MANAGERS = frozenset({Role.MANAGER, Role.ADMIN})
ADMINS = frozenset({Role.ADMIN})


def role_at(user: User, dealership: Dealership) -> Role | None:
    """Return a person's role at a dealership; whoever administers its group is an admin."""
    if GroupAdmin.objects.filter(user=user, group=dealership.group_id).exists():
        return Role.ADMIN
    role = (
        Membership.objects.filter(user=user, dealership=dealership, is_active=True)
        .values_list("role", flat=True)
        .first()
    )
    return Role(role) if role else None


def require_role(user: User, dealership: Dealership, role: Role) -> None:
    """Raise PermissionDenied unless the person has this role there, or a higher one."""
    held = role_at(user, dealership)
    if held is None or _ORDER.index(held) < _ORDER.index(role):
        raise PermissionDenied


def dealerships_as(user: User, roles: frozenset[Role]) -> list[Dealership]:
    """Return the dealerships where this person holds one of these roles."""
    return list(Dealership.objects.visible_to(user, roles=frozenset(role.value for role in roles)))


def needs_second_factor(user: User) -> bool:
    """Whether this person is a manager or an admin anywhere."""
    return (
        user.is_staff
        or GroupAdmin.objects.filter(user=user).exists()
        or Membership.objects.filter(
            user=user, is_active=True, role__in=[Role.MANAGER, Role.ADMIN]
        ).exists()
    )
