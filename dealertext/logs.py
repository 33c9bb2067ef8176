"""What no log may hold: the signed part of a customer's own link opens their page (promise I7)."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

_LINK = re.compile(r"(/my/)[^/\s\"'?]+")


def hide_links(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Blank the tokens of customers' links in every text of a log entry."""
    for key, value in event.items():
        if isinstance(value, str) and "/my/" in value:
            event[key] = _LINK.sub(r"\1[token]", value)
    return event
