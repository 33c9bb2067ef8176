"""decide() against one json.dumps of the same facts."""

from __future__ import annotations

import dataclasses
import json
import timeit
from datetime import UTC, datetime

from consent.decision import Facts, Purpose, decide
from consent.kinds import Status
from consent.levels import Level
from consent.projection import State

_KNOWN = State(basis="web_form", basis_index=0, is_written=True)
_DAY = Facts(
    now=datetime(2026, 11, 24, 17, tzinfo=UTC),
    purpose=Purpose.INFORMATIONAL,
    number="+17175550142",
    state=dataclasses.replace(_KNOWN, status=Status.CONFIRMED, level=Level.PROMOTIONAL),
    is_suppressed=False,
    country="US",
)
_change = dataclasses.replace
CASES = {
    "allowed": _DAY,
    "an offer": _change(_DAY, purpose=Purpose.PROMOTIONAL),
    "outside the hours": _change(_DAY, now=datetime(2026, 11, 24, 4, tzinfo=UTC)),
    "two states": _change(_DAY, region="TX", postal_code="79901"),
    "every state": _change(_DAY, number="+18005550142", region="AE"),
    "two countries": _change(_DAY, region="ON", country="CA"),
    "stopped": _change(_DAY, is_suppressed=True),
    "a question": _change(_DAY, purpose=Purpose.PERMISSION_REQUEST, state=_KNOWN),
}
CALLS, TURNS = 300, 40


def run() -> None:
    """Print the ratio for each case."""
    for name, facts in CASES.items():
        print(
            f"decide() {name:18} {_ratio(facts):4.1f} x one json.dumps of its facts (ceiling 3)",
            flush=True,
        )


def _ratio(facts: Facts) -> float:
    """Return the best of many turns of each: what other processes take is no part of either."""
    plain = dataclasses.asdict(facts)
    dumps = timeit.repeat(lambda: json.dumps(plain, default=str), number=CALLS, repeat=TURNS)
    ours = timeit.repeat(lambda: decide(facts), number=CALLS, repeat=TURNS)
    return min(ours) / min(dumps)
