"""Pure: the clock of a revocation: by when the law wants it honoured, and how long it took."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from consent import packs, rules

_SATURDAY = 5


def honour_by(received_at: datetime, *, timezone: str, country: str) -> date:
    """Return the last day on which a stop received at an instant (aware) may come into force.

    Counted from the day after, in the dealership's zone, without Saturdays, Sundays and, for a
    customer in the United States, the federal holidays. `country`: the customer's. For Canada no
    holiday is left out: the day found is then never too late.

    Law: RULE-US-10; 47 CFR 64.1200(a)(10), CASL s.11(3).
    """
    day = received_at.astimezone(ZoneInfo(timezone)).date()
    left = rules.REVOCATION_BUSINESS_DAYS
    while left:
        day += timedelta(days=1)
        is_holiday = country == "US" and day in packs.closed_days("federal", "", day.year)
        if day.weekday() < _SATURDAY and not is_holiday:
            left -= 1
    return day


def is_in_time(
    received_at: datetime, effective_at: datetime, *, timezone: str, country: str
) -> bool:
    """Say whether a stop came into force by the last day that the law leaves."""
    last = honour_by(received_at, timezone=timezone, country=country)
    return effective_at.astimezone(ZoneInfo(timezone)).date() <= last
