"""Pure: the card that lets a customer text first: a QR code that opens their texting app."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

import qrcode
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from messaging.join_words import CARD

_FONT = "Helvetica"
_ENCODING = "windows-1252"  # what the PDF's own fonts know


def texting_link(number_e164: str, *, words: str) -> str:
    """Return a link that opens a text to a number with words in it, on iPhones and on Android."""
    return f"sms:{number_e164}?&body={quote(words)}"


def _code(content: str) -> qrcode.QRCode:
    code = qrcode.QRCode(border=2, box_size=16, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(content)
    code.make(fit=True)
    return code


def qr_path(content: str) -> tuple[int, str]:
    """Return the side of a QR code in modules and the SVG path of its dark ones."""
    matrix = _code(content).get_matrix()
    dark = [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return len(matrix), "".join(dark)


def qr_png(content: str) -> bytes:
    """Return a QR code as a PNG, 16 pixels a module."""
    out = BytesIO()
    _code(content).make_image().save(out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on the printed card; `keyword`, `privacy` and `page` may be empty."""

    seller: str
    address: str
    number: str
    keyword: str
    care_phone: str
    privacy: str
    page: str
    languages: tuple[str, ...]


def build_pdf(card: Printed, *, link: str) -> bytes:
    """Return the card as one page of US Letter, to stand on a desk or hang on a wall."""
    pdf = FPDF(format="letter")
    pdf.set_title(_printable(card.seller))
    pdf.set_margin(22)
    pdf.set_auto_page_break(False)
    pdf.add_page()
    _line(pdf, card.seller, size=30, style="B")
    _line(pdf, card.address, size=12)
    _draw(pdf, link, width=88)
    for language in card.languages:
        words = CARD[language]
        _line(
            pdf, words["do" if card.keyword else "do_plain"].format(keyword=card.keyword), size=15
        )
    _line(pdf, card.number, size=34, style="B")
    for language in card.languages:
        small = CARD[language]["small"].format(care_phone=card.care_phone)
        _line(pdf, small, size=9)
    for address in filter(None, (card.page, card.privacy)):
        _line(pdf, address, size=8)
    return bytes(pdf.output())


def _draw(pdf: FPDF, content: str, *, width: float) -> None:
    """Draw the code's dark modules as squares: sharp at any size, and no picture to decode."""
    matrix = _code(content).get_matrix()
    module = width / len(matrix)
    left, top = (pdf.w - width) / 2, pdf.get_y() + 6
    pdf.set_fill_color(0)
    for y, row in enumerate(matrix):
        for x, is_dark in enumerate(row):
            if is_dark:
                pdf.rect(left + x * module, top + y * module, module, module, style="F")
    pdf.set_y(top + width + 6)


def _line(pdf: FPDF, text: str, *, size: int, style: str = "") -> None:
    pdf.set_font(_FONT, style, size)
    pdf.multi_cell(
        0,
        size * 0.48,
        _printable(text),
        align=Align.C,
        new_x=XPos.LMARGIN,
        new_y=YPos.NEXT,
    )
    pdf.ln(2)


def _printable(text: str) -> str:
    return text.encode(_ENCODING, "replace").decode(_ENCODING)
