"""Checks of what people upload: by its bytes and by reading it, never by its name or its word."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import tinytag
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MAX_PAPER_BYTES = 15_000_000
MAX_RECORDING_BYTES = 30_000_000
MAX_PIXELS = 60_000_000  # a phone's largest picture; a bomb has more
MAX_PAGES = 300
#: More than a contract of many pages has; what has more is not looked through.
MAX_OBJECTS = 100_000
#: What a paper never needs: scripts, programs to start, files inside the file.
_ACTIVE = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA"}
    | {"/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Movie", "/Rendition"}
)


class Sort(StrEnum):
    """What may be uploaded where."""

    PAPER = "paper"  # a PDF or a photo
    RECORDING = "recording"  # sound


class Reason(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_TYPE = "unknown_type"
    DAMAGED = "damaged"
    LOCKED = "locked"
    ACTIVE = "active_content"


class Refused(Exception):
    """A file that is not taken; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file is by its own bytes. `extent`: pages, pixels across or whole seconds."""

    content_type: str
    ending: str
    extent: int


def largest(sort: Sort) -> int:
    """Return how many bytes a file may have."""
    return MAX_RECORDING_BYTES if sort is Sort.RECORDING else MAX_PAPER_BYTES


def check(content: bytes, sort: Sort) -> Checked:
    """Return what the file is, having read all of it. Raises Refused."""
    if not content:
        raise Refused(Reason.EMPTY)
    if len(content) > largest(sort):
        raise Refused(Reason.TOO_LARGE)
    if sort is Sort.RECORDING:
        return _recording(content)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _picture(content, "JPEG", "image/jpeg", "jpg")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(content, "PNG", "image/png", "png")
    raise Refused(Reason.UNKNOWN_TYPE)


def _picture(content: bytes, name: str, content_type: str, ending: str) -> Checked:
    """Decode every pixel: what cannot be shown is no evidence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of a decompression bomb
            with Image.open(io.BytesIO(content), formats=[name]) as picture:
                width, height = picture.size
                if width * height > MAX_PIXELS:
                    raise Refused(Reason.TOO_LARGE)
                picture.load()
    except Image.DecompressionBombError as error:
        raise Refused(Reason.TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning) as error:
        raise Refused(Reason.DAMAGED) from error
    return Checked(content_type, ending, width)


def _pdf(content: bytes) -> Checked:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Refused(Reason.LOCKED)
        pages = len(reader.pages)
        if not 1 <= pages <= MAX_PAGES:
            raise Refused(Reason.DAMAGED)
        if _is_active(reader.trailer):
            raise Refused(Reason.ACTIVE)
    except Refused:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(Reason.DAMAGED) from error
    return Checked("application/pdf", "pdf", pages)


def _is_active(trailer: Any) -> bool:
    """Walk everything that the document reaches, and say whether some of it would act."""
    waiting: list[Any] = [trailer]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            if len(seen) > MAX_OBJECTS:
                raise Refused(Reason.TOO_LARGE)
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            action = found.get("/S")
            if isinstance(action, IndirectObject):
                action = action.get_object()
            if _ACTIVE & set(found) or action in _ACTIVE:
                return True
            waiting.extend(value for _key, value in found.items())
        elif isinstance(found, ArrayObject):
            waiting.extend(found)
    return False


#: The thriftiest speech has twice as many.
_LEAST_BYTES_A_SECOND = 250
#: What a recording may be, by the first bytes: (offset, bytes, content type, ending).
_SOUNDS: tuple[tuple[int, bytes, str, str], ...] = (
    (8, b"WAVE", "audio/wav", "wav"),
    (0, b"ID3", "audio/mpeg", "mp3"),
    (0, b"\xff\xfb", "audio/mpeg", "mp3"),
    (0, b"\xff\xf3", "audio/mpeg", "mp3"),
    (0, b"\xff\xf2", "audio/mpeg", "mp3"),
    (0, b"OggS", "audio/ogg", "ogg"),
    (0, b"fLaC", "audio/flac", "flac"),
    (4, b"ftyp", "audio/mp4", "m4a"),
)


def _recording(content: bytes) -> Checked:
    found = next((x for x in _SOUNDS if content[x[0] : x[0] + len(x[1])] == x[1]), None)
    if found is None:
        raise Refused(Reason.UNKNOWN_TYPE)
    _offset, _magic, content_type, ending = found
    try:
        sound = tinytag.TinyTag.get(
            filename=f"recording.{ending}", file_obj=io.BytesIO(content), tags=False
        )
    except (tinytag.TinyTagException, OSError, ValueError, IndexError, KeyError) as error:
        raise Refused(Reason.DAMAGED) from error
    # Less than a second says nothing; no duration means that there is no sound in it.
    if not sound.duration or sound.duration < 1:
        raise Refused(Reason.DAMAGED)
    if len(content) < _LEAST_BYTES_A_SECOND * sound.duration:
        raise Refused(Reason.DAMAGED)  # its header promises more than is there
    return Checked(content_type, ending, int(sound.duration))
