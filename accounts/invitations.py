"""Mail with a link to choose a password: for who is new, and for who forgot."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User


def password_link(user: User) -> str:
    """Return the address where this person can choose a password, once, for three days."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
    return f"{settings.SITE_URL}{path}"


def send_password_link(user_pk: int, *, invited: bool) -> bool:
    """Mail a person their link; False for nobody, or for a person who may not sign in."""
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if user is None:
        return False
    kind = "invitation" if invited else "password_link"
    context = {"user": user, "link": password_link(user), "site_url": settings.SITE_URL}
    send_mail(
        render_to_string(f"accounts/mail/{kind}_subject.txt", context).strip(),
        render_to_string(f"accounts/mail/{kind}.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )
    return True
