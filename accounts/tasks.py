"""What workers do for accounts. The broker sees ids alone."""

from __future__ import annotations

from celery import shared_task

from accounts import invitations


@shared_task(
    autoretry_for=(OSError,), retry_backoff=30, retry_kwargs={"max_retries": 5}, time_limit=60
)
def send_password_link(user_pk: int, invited: bool) -> bool:
    """Mail one person the link to choose a password; tried again while the mail host is away."""
    return invitations.send_password_link(user_pk, invited=invited)
