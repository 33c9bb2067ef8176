"""What a dealership asks of its own texts: stricter than the law, never looser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import Dealership, User
from consent import packs, rules
from consent.hours import NOT_TIGHTER, Tighter
from consent.models import DealershipRules

FIELDS = ("opens_at", "closes_at", "no_sundays", "cap", "reply_minutes", "verify_days")
#: Longer than this no number is trusted without a sign of life, where a limit is set at all.
MAX_VERIFY_DAYS = 3650


class Looser(ValueError):
    """A value that permits what the law or the house window does not; a message for each field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("looser than the law")
        self.errors = errors


def check_tighter(values: Mapping[str, Any]) -> None:
    """Raise Looser naming each field whose value is looser than the rules in use.

    Law: RULE-US-15, RULE-US-17, RULE-US-18.
    """
    house = packs.pack_in_use(now().date()).house[0]
    opens, closes = house or (time.min, time.max)
    own_opens, own_closes = values.get("opens_at"), values.get("closes_at")
    errors: dict[str, str] = {}
    if own_opens is not None and own_opens < opens:
        errors["opens_at"] = _("Not before %(hour)s: that is the earliest anywhere.") % {
            "hour": f"{opens:%H:%M}"
        }
    if own_closes is not None and own_closes > closes:
        errors["closes_at"] = _("Not after %(hour)s: that is the latest anywhere.") % {
            "hour": f"{closes:%H:%M}"
        }
    if not errors and (own_opens or opens) >= (own_closes or closes):
        errors["closes_at"] = _("No time is left between the first text and the last.")
    for field, most in (
        ("cap", rules.SOLICITATIONS_PER_24H),
        ("reply_minutes", rules.REPLY_EXEMPTION_MINUTES),
        ("verify_days", MAX_VERIFY_DAYS),
    ):
        value = values.get(field)
        if value is not None and value > most:
            errors[field] = _("At most %(n)s.") % {"n": most}
    if values.get("verify_days") == 0:
        errors["verify_days"] = _("At least 1, or empty for no limit.")
    if errors:
        raise Looser(errors)


def tighten(dealership: Dealership, *, values: Mapping[str, Any], acting_user: User) -> list[str]:
    """Store what a dealership asks of itself; return the fields that changed. Raises Looser."""
    check_tighter(values)
    row = DealershipRules.objects.filter(dealership=dealership).first()
    row = row or DealershipRules(dealership=dealership)
    changed = [key for key in FIELDS if getattr(row, key) != values[key]]
    for key in changed:
        setattr(row, key, values[key])
    if changed:
        row._change_reason = "own rules"
        row._history_user = acting_user
        row.save()
    return changed


def tighter_of(row: DealershipRules | None) -> Tighter:
    """Return what the decision makes of a dealership's own rules."""
    if row is None:
        return NOT_TIGHTER
    return Tighter(opens=row.opens_at, closes=row.closes_at, no_sundays=row.no_sundays, cap=row.cap)


def reply_minutes_of(row: DealershipRules | None) -> int:
    """Return for how long an answer counts as a direct reply (RULE-US-18)."""
    if row is None or row.reply_minutes is None:
        return rules.REPLY_EXEMPTION_MINUTES
    return row.reply_minutes
