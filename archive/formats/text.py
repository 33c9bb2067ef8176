"""Pure: the document as plain text, for a CRM's note field and for people."""

from __future__ import annotations

from datetime import datetime, tzinfo

from archive.document import Entry, Line, TranscriptDocument
from consent import phones

#: What a person may do to check the paper against the ledger; both paper forms say it.
HOW_TO_CHECK = (
    "This is a reading copy. The JSON file of this transcript is the authoritative record; its "
    "SHA-256 is given here and stands in the dealership's append-only consent ledger. "
    "docs/verifying.md tells how to check it without the portal."
)


def build_text(document: TranscriptDocument, *, sha256: str) -> bytes:
    """Return the transcript as UTF-8 text; `sha256` is that of its JSON.

    Every line of a text is set off by a bar, so that no customer's words can pass for ours.
    """
    lines = [*_head(document), "", *_talk(document), "", *_permission(document), ""]
    lines += ["How to check", "------------", HOW_TO_CHECK, f"SHA-256 of the JSON: {sha256}"]
    return ("\n".join(lines) + "\n").encode()


def facts_of(document: TranscriptDocument) -> list[tuple[str, str]]:
    """Return what stands above a transcript as (label, value) pairs, times in the seller's zone."""
    seller, customer, zone = document.seller, document.customer, document.zone
    place = " ".join(filter(None, [seller.region, seller.postal_code, seller.country]))
    vehicle = " ".join(filter(None, [customer.vehicle, customer.stock_number]))
    permission = document.permission
    pairs = [
        ("Dealership", f"{seller.name}, {seller.street}, {seller.city}, {place}"),
        ("Dealership's number", phones.pretty(document.our_number)),
        ("Customer", customer.name or "(no name)"),
        ("Customer's number", phones.pretty(customer.number)),
        ("Vehicle", vehicle),
        ("Assigned to", document.assigned_to),
        ("Wrote to the customer", ", ".join(document.staff)),
        ("Began", moment_text(document.opened_at, zone)),
        ("Ended", moment_text(document.closed_at, zone)),
        ("Closed by", document.closed_by or "nobody: it was idle"),
        ("Sealed", moment_text(document.sealed_at, zone)),
        (
            "Permission when sealed",
            f"{permission.status}, level {permission.level}"
            + (f", basis {permission.basis}" if permission.basis else ""),
        ),
        ("Transcript", f"{document.id}, part {document.part} of conversation"),
        ("Conversation", document.conversation),
        ("Times", f"{seller.timezone}; the JSON has them in UTC"),
    ]
    return [(label, value) for label, value in pairs if value]


def moment_text(moment: datetime, zone: tzinfo) -> str:
    """Return an instant as "Mon 2 Mar 2026, 10:14:03 EST"."""
    return f"{moment.astimezone(zone):%a %-d %b %Y, %H:%M:%S %Z}"


def ruling_text(line: Line) -> str:
    """Return why an outgoing text was allowed or refused, in one sentence; "" where none stands."""
    ruling = line.ruling
    if ruling is None:
        return ""
    reasons = " ".join(r.text + (f" ({r.rule})" if r.rule else "") for r in ruling.reasons)
    times = ", ".join(f"{local.time} {local.zone}" for local in ruling.local_times)
    local = f" Customer's local time: {times}." if times else ""
    return f"Gate: {ruling.outcome}. {reasons}{local} Rule pack {ruling.rule_pack}."


def state_text(line: Line) -> str:
    """Return what became of a text, with its carrier's id."""
    words = "" if line.is_inbound else f"{line.status_text}. "
    purpose = f"Purpose: {line.purpose.replace('_', ' ')}. " if line.purpose else ""
    carrier = f"Carrier's id: {line.carrier_sid}." if line.carrier_sid else ""
    error = f" Carrier's error: {line.carrier_error}." if line.carrier_error else ""
    return f"{words}{purpose}{carrier}{error}".replace("..", ".").strip()


def file_texts(line: Line) -> list[str]:
    """Return one line for each picture or file."""
    return [
        f"File {file.position + 1}: {file.content_type or 'unknown type'}, "
        + (f"SHA-256 {file.sha256}" if file.sha256 else file.status)
        for file in line.files
    ]


def _head(document: TranscriptDocument) -> list[str]:
    pairs = facts_of(document)
    width = max(len(label) for label, _ in pairs) + 2
    return [
        "Text conversation",
        "=================",
        *(f"{label + ':':<{width}}{value}" for label, value in pairs),
    ]


def _talk(document: TranscriptDocument) -> list[str]:
    lines: list[str] = ["Conversation", "------------"]
    day = ""
    for item in document.timeline():
        moment = item.received_at if isinstance(item, Entry) else item.at
        local = moment.astimezone(document.zone)
        if (today := f"{local:%A, %-d %B %Y}") != day:
            day = today
            lines += ["", f"== {day} =="]
        if isinstance(item, Entry):
            lines += ["", f"{local:%H:%M:%S %Z}  -- {item.text} (ledger entry {item.index})"]
        else:
            lines += ["", f"{local:%H:%M:%S %Z}  {document.speaker(item)}:"]
            lines += [f"    | {part}" for part in item.full_text.splitlines() or [""]]
            notes = [state_text(item), ruling_text(item), *file_texts(item)]
            lines += [f"    {note}" for note in notes if note]
    return lines


def _permission(document: TranscriptDocument) -> list[str]:
    lines = ["Consent ledger entries of this number", "-------------------------------------"]
    for entry in document.entries:
        by = f" by {entry.actor}" if entry.actor else ""
        moment = moment_text(entry.received_at, document.zone)
        lines.append(f"{entry.index}  {entry.kind}{by}  {moment}")
        if entry.words:
            lines += [f"    | {part}" for part in entry.words.splitlines()]
        lines.append(f"    leaf {entry.leaf_hash}")
    return lines
