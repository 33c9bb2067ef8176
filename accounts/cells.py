"""Pure: what may stand in a cell of a CSV file that people open in a spreadsheet."""

from __future__ import annotations

import re
from datetime import UTC, datetime

#: A cell that begins so is run as a formula by spreadsheet programs (CWE-1236); the last four are
#: the full-width forms, which some of them take for the plain ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

_PART = re.compile(r'([;\t\r\n][\s"]*)([=+\-@\uff1d\uff0b\uff0d\uff20])')


def safe_cell(value: object) -> str:
    """Return a value as text; one that a spreadsheet would take for a formula gets a "'" in front.

    So does each part after a semicolon, a tab or a line's end, quotes between them or not: where a
    comma is a decimal point, those end a cell or a row. Times are written in UTC, ISO 8601; None is
    empty.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    text = _PART.sub(r"\1'\2", str(value))
    if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA):
        return f"'{text}"
    return text
