"""What the menu tells of stops."""

from __future__ import annotations

from django import template

from accounts.models import User
from consent import doubtful

register = template.Library()


@register.simple_tag
def doubtful_count(user: User) -> int:
    """Return how many possible opt-outs wait for this person's decision: one query."""
    return doubtful.waiting_for(user).order_by().count()
