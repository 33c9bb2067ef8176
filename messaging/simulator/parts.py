"""How many parts the network needs for a text (3GPP 23.038), counted apart from the portal."""

from __future__ import annotations

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")


def count(body: str) -> int:
    """Return the number of parts of a text, at least 1."""
    if all(letter in _BASIC or letter in _EXTENDED for letter in body):
        sizes, single, joined = [2 if letter in _EXTENDED else 1 for letter in body], 160, 153
    else:
        sizes, single, joined = [2 if ord(letter) > 0xFFFF else 1 for letter in body], 70, 67
    if sum(sizes) <= single:
        return 1
    parts, used = 1, 0
    for size in sizes:
        # A character of two units does not straddle two parts.
        if used + size > joined:
            parts, used = parts + 1, 0
        used += size
    return parts
