"""Pure: the numbers that dealerships text from: +1 and ten digits."""

from __future__ import annotations

import re

#: Area codes of toll-free numbers; the carrier treats their opt-out words apart (RULE-TW-04).
TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
#: Groups of words that a carrier may answer by itself.
WORD_GROUPS = frozenset({"stop", "help"})
_E164 = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}")
_SERVICE_SID = re.compile(r"MG[0-9a-fA-F]{32}")


def is_number(text: str) -> bool:
    """Say whether a text is a North American number in E.164: +1 and ten digits."""
    return _E164.fullmatch(text) is not None


def is_service_sid(text: str) -> bool:
    """Say whether a text is the SID of a Messaging Service."""
    return _SERVICE_SID.fullmatch(text) is not None


def is_toll_free(number_e164: str) -> bool:
    """Say whether a number's area code is a toll-free one."""
    return number_e164[2:5] in TOLL_FREE


def as_number(text: str) -> str:
    """Return a number as people write it, in E.164: "(717) 555-0100" is +17175550100.

    Raises ValueError for what is no North American number.
    """
    digits = re.sub(r"\D", "", text)
    number = f"+{digits}" if len(digits) == 11 else f"+1{digits}"
    if not is_number(number):
        raise ValueError("no North American number")
    return number
