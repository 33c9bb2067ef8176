"""Pure: the windows that a customer's dealings open, and how long each still stands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from consent import rules
from consent.projection import State


@dataclass(frozen=True, slots=True)
class Window:
    """One window. It holds on the days before `until`; `opened` is None where that is not known.

    `source`: "purchase" (also a lease or a service visit), "inquiry" or "implied" (Canada).
    `days_left` is 0 once it has lapsed, `share` what is left of it in percent.
    """

    source: str
    rule: str
    opened: date | None
    until: date
    days_left: int
    share: int

    @property
    def is_live(self) -> bool:
        """Whether it still holds."""
        return self.days_left > 0

    @property
    def is_near(self) -> bool:
        """Whether it ends within 30 days."""
        return 0 < self.days_left <= rules.CASL_WARNING_DAYS


def windows_of(state: State, *, country: str, at: datetime, zone: str) -> list[Window]:
    """Return the windows of a number at an instant (aware), the longest first.

    They end when the gate ends them: days are counted in UTC, an implied consent to the instant.
    `zone`: the dealership's, in whose days the end is shown. In Canada the implied consent,
    elsewhere the established business relationship, in calendar months.

    Law: RULE-US-13, RULE-CA-01.
    """
    found = []
    if country == "CA":
        if state.implied_until is not None:
            until = state.implied_until.astimezone(ZoneInfo(zone)).date()
            left = math.ceil((state.implied_until - at) / timedelta(days=1))
            found.append(_window("implied", "RULE-CA-01", None, until, left))
    else:
        for source, opened, months in (
            ("purchase", state.purchased_on, rules.EBR_PURCHASE_MONTHS),
            ("inquiry", state.inquired_on, rules.EBR_INQUIRY_MONTHS),
        ):
            if opened is not None:
                until = rules.add_months(opened, months)
                left = (until - at.astimezone(UTC).date()).days
                found.append(_window(source, "RULE-US-13", opened, until, left))
    return sorted(found, key=lambda window: window.until, reverse=True)


def _window(source: str, rule: str, opened: date | None, until: date, left: int) -> Window:
    left = max(0, left)
    whole = (until - opened).days if opened else 2 * 365
    return Window(source, rule, opened, until, left, min(100, left * 100 // max(whole, 1)))
