"""Who works where: the only writer of memberships beside the set-up command. Nobody is deleted."""

from __future__ import annotations

import logging
from functools import partial

from celery import current_app
from django.db import transaction

from accounts.models import Dealership, GroupAdmin, Membership, Role, User

logger = logging.getLogger(__name__)


class LastAdmin(Exception):
    """The dealership would be left without an admin."""


class AlreadyMember(Exception):
    """This person works at the dealership already."""


def add_member(
    dealership: Dealership, *, email: str, name: str, role: Role, acting_user: User
) -> Membership:
    """Let a person work at a dealership; whoever is new is mailed a link to choose a password.

    An account that exists is used as it is: its name and password are its owner's.
    Raises AlreadyMember.
    """
    with transaction.atomic():
        _lock(dealership)
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            user = User.objects.create_user(email, None, name=name)
        membership = Membership.objects.filter(user=user, dealership=dealership).first()
        if membership is None:
            membership = Membership(user=user, dealership=dealership)
        elif membership.is_active:
            raise AlreadyMember
        membership.role, membership.is_active = role, True
        membership._change_reason = "added"
        membership._history_user = acting_user
        membership.save()
        if not user.has_usable_password():
            invite(membership)
    return membership


def change_role(membership: Membership, *, role: Role, acting_user: User) -> None:
    """Give a member another role. Raises LastAdmin."""
    with transaction.atomic():
        _lock(membership.dealership)
        if role is not Role.ADMIN:
            _check_not_last_admin(membership)
        _save(membership, "role", role.value, acting_user=acting_user)


def end_membership(membership: Membership, *, acting_user: User) -> None:
    """Stop a person's work at a dealership; what they wrote stays theirs. Raises LastAdmin."""
    with transaction.atomic():
        _lock(membership.dealership)
        _check_not_last_admin(membership)
        _save(membership, "is_active", False, acting_user=acting_user)


def resume_membership(membership: Membership, *, acting_user: User) -> None:
    """Let a person work at the dealership again, in the role of before."""
    _save(membership, "is_active", True, acting_user=acting_user)


def invite(membership: Membership) -> None:
    """Mail the member, after commit, a link to choose a password."""
    transaction.on_commit(
        partial(request_password_link, membership.user_id, invited=True), robust=True
    )


def request_password_link(user_pk: int, *, invited: bool = False) -> bool:
    """Ask a worker to mail a link; False when the broker is down. The mail is no part of the act:
    it can be asked for again."""
    try:
        current_app.send_task(
            "accounts.tasks.send_password_link", args=[user_pk, invited], retry=False
        )
    except Exception as error:  # whatever the client raises
        logger.warning("no link mailed user=%s error=%s", user_pk, type(error).__name__)
        return False
    return True


def _lock(dealership: Dealership) -> None:
    """Order the changes of one dealership: two admins cannot demote each other at once."""
    Dealership.objects.select_for_update().only("pk").get(pk=dealership.pk)


def _check_not_last_admin(membership: Membership) -> None:
    if membership.role != Role.ADMIN or not membership.is_active:
        return
    dealership = membership.dealership
    others = Membership.objects.filter(
        dealership=dealership, role=Role.ADMIN, is_active=True, user__is_active=True
    ).exclude(pk=membership.pk)
    owners = GroupAdmin.objects.filter(group=dealership.group_id, user__is_active=True)
    if not others.exists() and not owners.exists():
        raise LastAdmin


def _save(membership: Membership, field: str, value: str | bool, *, acting_user: User) -> None:
    if getattr(membership, field) == value:
        return
    setattr(membership, field, value)
    membership._change_reason = f"{field} {value}"
    membership._history_user = acting_user
    membership.save(update_fields=[field])
