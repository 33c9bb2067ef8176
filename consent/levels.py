"""Pure: the levels of consent, in their order (RULE-US-03)."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """What may be said: none < conversational < informational < promotional."""

    NONE = "none"
    CONVERSATIONAL = "conversational"
    INFORMATIONAL = "informational"
    PROMOTIONAL = "promotional"

    @property
    def rank(self) -> int:
        """The place in the order, 0 for none."""
        return _ORDER[self]


_ORDER = {level: rank for rank, level in enumerate(Level)}


def allows(held: Level, needed: Level) -> bool:
    """Say whether the level held reaches the level a text needs.

    Law: RULE-US-03.
    """
    return held.rank >= needed.rank
