"""Pure: the document as PDF, for people and for the CRM.

The PDF's own fonts know the letters of Western Europe and no more; any other character, such as an
emoji, is written out with its code point and Unicode name, so that nothing is lost silently.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from fpdf import FPDF, XPos, YPos
from fpdf.util import Padding
from typing_extensions import override

from archive.document import Entry, Line, TranscriptDocument
from archive.formats.text import (
    HOW_TO_CHECK,
    facts_of,
    file_texts,
    moment_text,
    ruling_text,
    state_text,
)

ENCODING = "windows-1252"
UNPRINTABLE = (
    "Characters that this paper form cannot show, such as emoji, are written as [U+code NAME]; the "
    "JSON has them as they were sent."
)
_FONT = "Helvetica"
_GREY = (95, 95, 95)
_CUSTOMER = (240, 240, 240)
_STAFF = (222, 235, 250)


def printable(text: str) -> str:
    """Return the text with every character that the fonts lack written as [U+code NAME]."""
    return "".join(char if _is_printable(char) else _named(char) for char in text)


def _is_printable(char: str) -> bool:
    if char == "\n":
        return True
    if unicodedata.category(char) in {"Cc", "Cf"}:
        return False
    try:
        char.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True


def _named(char: str) -> str:
    if char in "\t\r":
        return " "
    name = unicodedata.name(char, "")
    return f"[U+{ord(char):04X} {name}]" if name else f"[U+{ord(char):04X}]"


class _Paper(FPDF):
    """A4 pages whose foot says which transcript they belong to."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self.foot = foot
        self.core_fonts_encoding = ENCODING
        self.set_auto_page_break(auto=True, margin=18)
        self.set_margins(16, 14)

    @override
    def footer(self) -> None:
        self.set_y(-12)
        self.set_font(_FONT, size=7)
        self.set_text_color(*_GREY)
        self.cell(0, 4, f"{self.foot} - page {self.page_no()} of {{nb}}", align="C")

    def put(self, text: str, *, size: float = 9, style: str = "", grey: bool = False) -> None:
        """Write one paragraph over the whole width."""
        self.block(text, size=size, style=style, grey=grey)

    def block(
        self,
        text: str,
        *,
        size: float,
        style: str = "",
        grey: bool = False,
        fill: tuple[int, int, int] | None = None,
        indent: float = 0,
    ) -> None:
        """Write one paragraph, on a coloured ground and pushed to the right if asked."""
        self.set_font(_FONT, style=style, size=size)
        self.set_text_color(*(_GREY if grey else (0, 0, 0)))
        if fill:
            self.set_fill_color(*fill)
        self.set_x(self.l_margin + indent)
        self.multi_cell(
            self.epw - indent,
            size * 0.47,
            printable(text),
            fill=fill is not None,
            align="L",
            padding=Padding(1.2, 1.2, 1.2, 1.2) if fill else 0,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )


def build_pdf(document: TranscriptDocument, *, sha256: str) -> bytes:
    """Return the transcript as a PDF; the same document gives the same bytes.

    `sha256` is that of the transcript's JSON and stands on the last page.
    """
    paper = _Paper(f"Transcript {document.id}")
    paper.set_creation_date(document.sealed_at)
    paper.set_title(f"Transcript {document.id}")
    paper.set_producer("dealertext")
    paper.set_lang("en")
    paper.add_page()
    paper.put("Text conversation", size=17, style="B")
    paper.ln(1)
    for label, value in facts_of(document):
        paper.put(f"{label}: {value}")
    _write_talk(paper, document)
    _write_entries(paper, document)
    paper.ln(4)
    paper.put("How to check", size=12, style="B")
    paper.put(HOW_TO_CHECK)
    paper.put(UNPRINTABLE)
    paper.put(f"SHA-256 of the JSON: {sha256}")
    return bytes(paper.output())


def _write_talk(paper: _Paper, document: TranscriptDocument) -> None:
    day = ""
    for item in document.timeline():
        moment = item.received_at if isinstance(item, Entry) else item.at
        local = moment.astimezone(document.zone)
        if (today := f"{local:%A, %-d %B %Y}") != day:
            day = today
            paper.ln(4)
            paper.put(day, size=12, style="B")
        paper.ln(2)
        if isinstance(item, Entry):
            said = f"{local:%H:%M:%S %Z} - {item.text} (ledger entry {item.index})"
            paper.put(said, size=8, style="I", grey=True)
        else:
            _write_line(paper, document, item, time=f"{local:%H:%M:%S %Z}")


def _write_line(paper: _Paper, document: TranscriptDocument, line: Line, *, time: str) -> None:
    indent = 0.0 if line.is_inbound else 24.0
    look: dict[str, Any] = {"indent": indent, "fill": _CUSTOMER if line.is_inbound else _STAFF}
    paper.block(f"{time}  {document.speaker(line)}", size=9, style="B", indent=indent)
    paper.block(line.full_text or "(no words)", size=10, **look)
    for note in (state_text(line), ruling_text(line), *file_texts(line)):
        if note:
            paper.block(note, size=7, grey=True, indent=indent)


def _write_entries(paper: _Paper, document: TranscriptDocument) -> None:
    paper.ln(4)
    paper.put("Consent ledger entries of this number", size=12, style="B")
    for entry in document.entries:
        by = f" by {entry.actor}" if entry.actor else ""
        moment = moment_text(entry.received_at, document.zone)
        paper.ln(1)
        paper.put(f"{entry.index}  {entry.kind}{by}  {moment}", size=8)
        if entry.words:
            paper.block(f'"{entry.words}"', size=8, indent=8)
        paper.put(f"leaf {entry.leaf_hash}", size=7, grey=True)
