"""What leaves in a log line: ids, never a number, a name or a word of a text (promise I7).

Our own lines name primary keys. What others write does not keep that rule: a database error quotes
the row it refused ("Key (number_e164)=(+1…) already exists"), a mail error the address. So every
event is scrubbed on its way out, whoever made it, and errors are told by class, place and the
names of constraints.
"""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import threading
import traceback
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any

import psycopg
from django.db import Error as DjangoDatabaseError

logger = logging.getLogger(__name__)

#: The signed part of a customer's own link opens their page.
_LINK = re.compile(r"(/my/)[^/\s\"'?]+")
_NUMBER = re.compile(
    r"(?:\+|%2B)\d{8,15}"  # E.164, also in a URL
    r"|(?<![\w.+-])\(\d{3}\)\s?\d{3}[\s.-]?\d{4}(?![\w-])"  # (717) 555-0142
    r"|(?<![\w.+-])(?:1[\s.-]?)?\d{3}[\s.-]\d{3}[\s.-]\d{4}(?![\w-])"  # 717-555-0142
    r"|(?<![\w.+-])1?[2-9]\d{9}(?![\w-])",  # 7175550142; seconds since 1970 begin with 1
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
#: PostgreSQL quotes rows after these words; what follows may have any number of lines.
_DETAIL = re.compile(r"(?:DETAIL|CONTEXT|LINE \d+):.*", re.DOTALL)
_BAD_VALUE = re.compile(r"(invalid input (?:syntax|value) for [^:]*:).*", re.DOTALL)
#: A quoted piece of an error's message that is no identifier or path: most likely a value.
_QUOTED = re.compile(
    r"""["'\u201c\u2018](?![\w.:/<>\[\]*-]*["'\u201d\u2019])(?:\\.|[^\\])*?["'\u201d\u2019]""",
    re.DOTALL,
)
#: Class 22 of SQLSTATE (data exception): the message itself quotes the value.
_DATA_EXCEPTION = "22"
_LONGEST_MESSAGE = 500

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def scrub(text: str) -> str:
    """Return a text without numbers, mail addresses and what PostgreSQL quotes of a row."""
    text = _BAD_VALUE.sub(r"\1 [removed]", _DETAIL.sub("[detail removed]", text))
    return _EMAIL.sub("[address]", _NUMBER.sub("[number]", text))


def scrub_event(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """Scrub every text of an event: a processor of structlog, the last before the renderer."""
    return {key: _scrubbed(value) for key, value in event.items()}


def _scrubbed(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {scrub(str(key)): _scrubbed(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [_scrubbed(each) for each in value]
    return scrub(str(value))


def hide_links(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Blank the tokens of customers' links in every text of a log entry."""
    for key, value in event.items():
        if isinstance(value, str) and "/my/" in value:
            event[key] = _LINK.sub(r"\1[token]", value)
    return event


def format_error(exc_info: ExcInfo) -> str:
    """Return a traceback whose messages hold no values of a row and no quoted words.

    Local variables never are in it.
    """
    return "\n".join(_told(exc_info[1], set()))


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _told(before, seen)
        yield "\n... and then:\n"
    yield "Traceback (most recent call last):"
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    yield f"{type(error).__module__}.{type(error).__qualname__}: {message_of(error)}"
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _told(each, seen)


def message_of(error: BaseException) -> str:
    """Return what an error says, as far as it may be written down."""
    if isinstance(error, DjangoDatabaseError) and isinstance(error.__cause__, psycopg.Error):
        error = error.__cause__
    if isinstance(error, psycopg.Error) and error.sqlstate:
        names = (("constraint", error.diag.constraint_name), ("table", error.diag.table_name))
        told = [f"sqlstate={error.sqlstate}", *(f"{k}={v}" for k, v in names if v)]
        if not error.sqlstate.startswith(_DATA_EXCEPTION):
            told.append(scrub(error.diag.message_primary or ""))
        return " ".join(told)
    return scrub(_QUOTED.sub("[words]", str(error)))[:_LONGEST_MESSAGE]


def configure(config: dict[str, Any]) -> None:
    """Configure logging (settings.LOGGING_CONFIG); errors that nobody catches become lines too."""
    logging.config.dictConfig(config)
    # A line that cannot be formatted is not printed with its arguments.
    logging.raiseExceptions = False
    sys.excepthook = _on_uncaught
    threading.excepthook = _on_uncaught_in_thread
    sys.unraisablehook = _on_unraisable


def _on_uncaught(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, where)
        return
    logger.critical("uncaught", exc_info=(kind, error, where))


def _on_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        logger.critical(
            "uncaught in a thread", exc_info=(args.exc_type, args.exc_value, args.exc_traceback)
        )


def _on_unraisable(args: sys.UnraisableHookArgs) -> None:
    if args.exc_value is not None:
        logger.error(
            "error while cleaning up", exc_info=(args.exc_type, args.exc_value, args.exc_traceback)
        )
