"""Pure: the document as canonical JSON, the authoritative form, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

from archive.document import (
    Customer,
    Entry,
    File,
    Line,
    LocalTime,
    Permission,
    Reason,
    Report,
    Ruling,
    Seller,
    TranscriptDocument,
)
from consent import merkle

TYPE = "dealertext.transcript"
VERSION = 1


class NotATranscript(ValueError):
    """The bytes are not a transcript of a version that this portal reads."""


def build_json(document: TranscriptDocument) -> bytes:
    """Return the canonical JSON of a document: the bytes whose SHA-256 stands in the ledger.

    Keys sorted, no spaces, UTF-8; times in UTC with microseconds.
    """
    return merkle.canonical({"type": TYPE, "v": VERSION, **_plain_fields(document)})


def _plain_fields(value: Any) -> dict[str, object]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if is_dataclass(value):
        return _plain_fields(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def read_json(raw: bytes) -> TranscriptDocument:
    """Return the document that `build_json` wrote. Raises NotATranscript for anything else."""
    try:
        body = json.loads(raw)
        if body["type"] != TYPE or body["v"] != VERSION:
            raise NotATranscript("not a transcript of version 1")
        return _document(body)
    except (KeyError, TypeError, ValueError) as error:
        raise NotATranscript(type(error).__name__) from None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _moment_or_none(text: str | None) -> datetime | None:
    return _moment(text) if text else None


def _document(body: Mapping[str, Any]) -> TranscriptDocument:
    moments: dict[str, Any] = {
        key: _moment(body[key]) for key in ("opened_at", "closed_at", "sealed_at")
    }
    plain = ("id", "conversation", "part", "closed_by", "assigned_to", "our_number")
    return TranscriptDocument(
        **{key: body[key] for key in plain},
        **moments,
        seller=Seller(**body["seller"]),
        customer=Customer(**body["customer"]),
        permission=Permission(**body["permission"]),
        messages=tuple(_line(item) for item in body["messages"]),
        entries=tuple(_entry(item) for item in body["entries"]),
    )


def _line(body: Mapping[str, Any]) -> Line:
    return Line(
        **{
            **body,
            "at": _moment(body["at"]),
            "sent_at": _moment_or_none(body["sent_at"]),
            "ruling": _ruling(body["ruling"]) if body["ruling"] else None,
            "files": tuple(File(**item) for item in body["files"]),
            "reports": tuple(
                Report(**{**item, "received_at": _moment(item["received_at"])})
                for item in body["reports"]
            ),
        }
    )


def _ruling(body: Mapping[str, Any]) -> Ruling:
    return Ruling(
        **{
            **body,
            "reasons": tuple(Reason(**item) for item in body["reasons"]),
            "rules": tuple(body["rules"]),
            "local_times": tuple(LocalTime(**item) for item in body["local_times"]),
            "not_before": _moment_or_none(body["not_before"]),
            "decided_at": _moment(body["decided_at"]),
        }
    )


def _entry(body: Mapping[str, Any]) -> Entry:
    return Entry(
        **{
            **body,
            "recorded_at": _moment(body["recorded_at"]),
            "received_at": _moment(body["received_at"]),
        }
    )
