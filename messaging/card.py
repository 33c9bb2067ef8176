"""Pure: the card that lets a customer text first: a QR code that opens their texting app."""

from __future__ import annotations

from urllib.parse import quote

import qrcode


def texting_link(number_e164: str, *, words: str) -> str:
    """Return a link that opens a text to a number with words in it, on iPhones and on Android."""
    return f"sms:{number_e164}?&body={quote(words)}"


def qr_path(content: str) -> tuple[int, str]:
    """Return the side of a QR code in modules and the SVG path of its dark ones."""
    code = qrcode.QRCode(border=2, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(content)
    code.make(fit=True)
    matrix = code.get_matrix()
    dark = [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return len(matrix), "".join(dark)
