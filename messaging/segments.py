"""Pure: how many segments a text is billed as (Twilio, what-sms-character-limit, 2025-12-09)."""

from __future__ import annotations

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape and a character: two septets
_GSM_ONE, _GSM_PART = 160, 153
_UCS_ONE, _UCS_PART = 70, 67


@dataclass(frozen=True, slots=True)
class Segments:
    """How a text travels: `units` are septets for GSM-7, UTF-16 code units for UCS-2."""

    encoding: str
    units: int
    segments: int


def count(body: str) -> Segments:
    """Return encoding, units and segments of a text; an empty one has no segment."""
    if all(c in _BASIC or c in _EXTENDED for c in body):
        widths = [2 if c in _EXTENDED else 1 for c in body]
        return Segments("GSM-7", sum(widths), _parts(widths, _GSM_ONE, _GSM_PART))
    widths = [2 if ord(c) > 0xFFFF else 1 for c in body]
    return Segments("UCS-2", sum(widths), _parts(widths, _UCS_ONE, _UCS_PART))


def _parts(widths: list[int], one: int, part: int) -> int:
    """Fill parts in turn: an escape pair or a surrogate pair is never cut in two."""
    if not widths:
        return 0
    if sum(widths) <= one:
        return 1
    parts, used = 1, 0
    for width in widths:
        if used + width > part:
            parts, used = parts + 1, 0
        used += width
    return parts
