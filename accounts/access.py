"""Who may do what where: strangers get 404 (visible_to), a missing role 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from accounts.http import StaffRequest
from accounts.models import Dealership, GroupAdmin, Membership, Role, User

P = ParamSpec("P")
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


def has_role(user: User, dealership: Dealership, role: Role) -> bool:
    """Say whether a person has this role at a dealership, or a higher one."""
    held = role_at(user, dealership)
    return held is not None and _ORDER.index(held) >= _ORDER.index(role)


def require_role(user: User, dealership: Dealership, role: Role) -> None:
    """Raise PermissionDenied unless the person has this role there, or a higher one."""
    if not has_role(user, dealership, role):
        raise PermissionDenied


def at_least(role: Role) -> frozenset[Role]:
    """Return this role and the higher ones."""
    return frozenset(_ORDER[_ORDER.index(role) :])


def dealerships_as(user: User, roles: frozenset[Role]) -> list[Dealership]:
    """Return the dealerships where this person holds one of these roles."""
    return list(Dealership.objects.visible_to(user, roles=frozenset(role.value for role in roles)))


def dealership_as(user: User, public_id: UUID, role: Role) -> Dealership:
    """Return a dealership where this person has the role, or a higher one.

    Raises Http404 for a stranger's dealership, PermissionDenied for a missing role.
    """
    dealership: Dealership = get_object_or_404(
        Dealership.objects.visible_to(user).select_related("group"), public_id=public_id
    )
    require_role(user, dealership, role)
    return dealership


def role_somewhere(
    role: Role,
) -> Callable[
    [Callable[Concatenate[StaffRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Let in whoever has this role, or a higher one, at any dealership; send strangers to sign in.

    For pages over several dealerships; their rows still come through `visible_to(roles=…)`.
    """

    def decorate(
        view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            staff = cast(StaffRequest, request)
            roles = frozenset(each.value for each in at_least(role))
            if not Dealership.objects.visible_to(staff.user, roles=roles).exists():
                raise PermissionDenied
            return view(staff, *args, **kwargs)

        return cast(
            Callable[Concatenate[HttpRequest, P], HttpResponseBase], login_required(guarded)
        )

    return decorate


def needs_second_factor(user: User) -> bool:
    """Whether this person is an operator, or a manager or an admin anywhere."""
    leads = Membership.objects.filter(
        user=OuterRef("pk"), is_active=True, role__in=[Role.MANAGER, Role.ADMIN]
    )
    owns = GroupAdmin.objects.filter(user=OuterRef("pk"))
    return (
        user.is_staff
        or User.objects.filter(Q(Exists(leads)) | Q(Exists(owns)), pk=user.pk).exists()
    )
