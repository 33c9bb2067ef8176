"""Pure: how many SMS segments a text takes: 3GPP TS 23.038 alphabets, counted as carriers bill."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: One unit each: the GSM 7 bit default alphabet (its 128th position is the escape).
GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Two units each, the escape and the character: the extension table.
GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
#: Characters a carrier's webhook or API takes in one text (Twilio 21617, read 2026-11-23).
MAX_CHARACTERS = 1600

# TW-DOC "what SMS character limit", read 2026-11-23: 140 octets, less 6 for the header that joins
# parts.
_GSM_SINGLE, _GSM_PART = 160, 153
_UCS_SINGLE, _UCS_PART = 70, 67


class Encoding(StrEnum):
    """How the text travels."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Segments:
    """The size of one text.

    `units`: septets (GSM-7) or 16-bit code units (UCS-2). `parts`: the units in each segment.
    `left`: units that still fit into the last segment, or into the first where there is none yet.
    `forces_ucs2`: the characters, each once in their order, that GSM-7 does not have.
    """

    encoding: Encoding
    units: int
    segments: int
    parts: tuple[int, ...]
    left: int
    forces_ucs2: tuple[str, ...]


def count(body: str) -> Segments:
    """Return how many segments a text takes; the empty text takes none.

    One character outside GSM-7 (a curly quote, an emoji) turns the whole text into UCS-2. Neither
    an escape pair nor a surrogate pair is split across parts, so a part may be one unit short.
    """
    foreign = tuple(dict.fromkeys(char for char in body if not _is_gsm(char)))
    if foreign:
        encoding, single, part = Encoding.UCS_2, _UCS_SINGLE, _UCS_PART
        widths = [2 if char > "\uffff" else 1 for char in body]
    else:
        encoding, single, part = Encoding.GSM_7, _GSM_SINGLE, _GSM_PART
        widths = [2 if char in GSM_EXTENSION else 1 for char in body]
    units = sum(widths)
    if units <= single:
        parts: tuple[int, ...] = (units,) if units else ()
        return Segments(encoding, units, len(parts), parts, single - units, foreign)
    parts = _filled(widths, part)
    return Segments(encoding, units, len(parts), parts, part - parts[-1], foreign)


def _is_gsm(char: str) -> bool:
    return char in GSM_BASIC or char in GSM_EXTENSION


def _filled(widths: list[int], limit: int) -> tuple[int, ...]:
    """Return how full each part is when characters are put in one after the other."""
    parts = [0]
    for width in widths:
        if parts[-1] + width > limit:
            parts.append(0)
        parts[-1] += width
    return tuple(parts)
