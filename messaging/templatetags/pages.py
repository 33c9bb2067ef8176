"""What every template may use: icons of the sprite, and the portal's clock."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.clock import now
from consent import phones
from consent.presentation import clock

register = template.Library()
register.filter("pretty", phones.pretty)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Return one icon, hidden from screen readers: the words beside it say what it means."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def clock_now() -> str:
    """Return the portal's time in ISO 8601, so that clocks in the browser agree with it."""
    return now().isoformat(timespec="milliseconds")


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter(expects_localtime=True)
def oclock(moment: datetime) -> str:
    """Return the time of day of an instant, "8:40 pm", in the zone that the page is shown in."""
    return clock(moment)
