"""A dealership's archive as one ZIP that proves itself without the portal (verify.py inside).

Rows are read in batches by key and written as they come: memory does not grow with their number.
"""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from pathlib import Path
from time import monotonic
from typing import IO, TypeVar
from zoneinfo import ZoneInfo

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Max, Min, Model, Prefetch, Q, QuerySet

from accounts.clock import now
from accounts.models import Dealership, User
from archive import verify_export
from archive.models import Export, SealedMessage, Transcript
from archive.package import Package
from consent import checkpoints, ledger
from consent.kinds import Kind
from consent.models import (
    Checkpoint,
    ConsentEvent,
    ConsentState,
    Decision,
    Disclosure,
    Document,
    Evidence,
    HouseRecord,
    PhoneNumber,
)
from consent.projection import effective
from messaging import wake
from messaging.models import Attachment, Message

logger = logging.getLogger(__name__)
Row = TypeVar("Row", bound=Model)
BATCH = 1000
#: Transcripts carry their files: few at a time.
TRANSCRIPT_BATCH = 20
MAX_ATTEMPTS = 3
#: A worker tells that it lives at least this often; silent for longer, its export is taken again.
HEARTBEAT_SECONDS = 1.0
SILENT_SECONDS = 120
VERSION = 1


FOLDER = "exports"


class ClaimLost(Exception):
    """Another worker took this export over."""


def request_export(
    dealership: Dealership,
    *,
    acting_user: User,
    from_on: date | None = None,
    to_on: date | None = None,
) -> Export:
    """Store the wish for an export and wake a worker for it.

    `from_on` and `to_on`: days in the dealership's zone, both included. Raises ValueError when they
    are the wrong way round.
    """
    if from_on and to_on and from_on > to_on:
        raise ValueError("the first day is after the last one")
    export = Export.objects.create(
        dealership=dealership, requested_by=acting_user, from_on=from_on, to_on=to_on
    )
    wake.worker("archive.tasks.build_export", export.pk, queue="bulk")
    return export


def unfinished_ids(*, limit: int) -> list[int]:
    """Return the exports that wait for a worker."""
    silent = now() - timedelta(seconds=SILENT_SECONDS)
    found = Export.objects.abandoned(silent).order_by("pk")
    return list(found.values_list("pk", flat=True)[:limit])


def build(export_pk: int) -> str:
    """Build one export if it waits; returns its status, "busy" when another worker has it.

    Killed at any line, it is begun again by the sweep; after MAX_ATTEMPTS it is FAILED.
    """
    export = _claim(export_pk)
    if export is None:
        return "busy"
    _clear(export)
    if export.attempts > MAX_ATTEMPTS:
        return _end(export, Export.Status.FAILED, failure="gave_up")
    try:
        with tempfile.TemporaryFile() as target:
            digest, counts = _write(export, target)
            size_bytes = target.tell()
            target.seek(0)
            _store(export, File(target), size_bytes, digest, counts)
    except ClaimLost:
        return "busy"
    except Exception as error:
        logger.exception("export failed export=%s error=%s", export.pk, type(error).__name__)
        status = Export.Status.FAILED if export.attempts >= MAX_ATTEMPTS else Export.Status.QUEUED
        return _end(export, status, failure=type(error).__name__[:60])
    logger.info("exported export=%s bytes=%s", export.pk, size_bytes)
    return Export.Status.COMPLETE.value


def _claim(export_pk: int) -> Export | None:
    moment = now()
    silent = moment - timedelta(seconds=SILENT_SECONDS)
    token = uuid.uuid4()
    taken = (
        Export.objects.abandoned(silent)
        .filter(pk=export_pk)
        .update(
            status=Export.Status.RUNNING,
            claim_token=token,
            heard_at=moment,
            progress=0,
            attempts=F("attempts") + 1,
        )
    )
    if not taken:
        return None
    return Export.objects.select_related("dealership", "requested_by").get(
        pk=export_pk, claim_token=token
    )


def _clear(export: Export) -> None:
    """Delete what an earlier attempt left that died between the file and the row."""
    if default_storage.exists(FOLDER):
        for name in default_storage.listdir(FOLDER)[1]:
            if name.startswith(str(export.public_id)):
                default_storage.delete(f"{FOLDER}/{name}")


def _end(export: Export, status: Export.Status, *, failure: str) -> str:
    Export.objects.filter(pk=export.pk, claim_token=export.claim_token).update(
        status=status,
        failure=failure,
        finished_at=now() if status == Export.Status.FAILED else None,
    )
    return status.value


def _store(
    export: Export, content: File[bytes], size_bytes: int, digest: str, counts: dict[str, int]
) -> None:
    """Keep the ZIP, append the ledger entry, and only then call the export complete.

    The ledger's head is locked first, as by an erasure, so that the database orders the two.
    """
    # A name of its own for each attempt: a lost claim's file is never the new one's.
    stored = default_storage.save(f"{FOLDER}/{export.public_id}.{export.attempts}.zip", content)
    try:
        with transaction.atomic():
            _complete(export, stored, size_bytes, digest, counts)
    except BaseException:
        default_storage.delete(stored)
        raise


def _complete(
    export: Export, stored: str, size_bytes: int, digest: str, counts: dict[str, int]
) -> None:
    entry = ledger.append(
        Kind.ARCHIVE_EXPORTED,
        dealership=export.dealership,
        acting_user=export.requested_by,
        terms={
            "export": str(export.public_id),
            "manifest_sha256": digest,
            "size_bytes": size_bytes,
            "from": str(export.from_on or ""),
            "to": str(export.to_on or ""),
        },
    )
    mine = Export.objects.select_for_update().get(pk=export.pk)
    if mine.claim_token != export.claim_token:
        raise ClaimLost
    mine.file.name = stored
    mine.status = Export.Status.COMPLETE
    mine.progress, mine.failure = 100, ""
    mine.counts, mine.size_bytes, mine.sha256 = counts, size_bytes, digest
    mine.ledger_index, mine.finished_at = entry.index, now()
    mine.save()


class _Progress:
    """Counts rows, tells the table about once a second, and notices when the claim is lost."""

    def __init__(self, export: Export, total: int) -> None:
        self.export = export
        self.total = max(total, 1)
        self.done = 0
        self.told_at = monotonic()

    def each(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows, counting them."""
        for row in rows:
            self.step()
            yield row

    def step(self) -> None:
        """Count one row."""
        self.done += 1
        moment = monotonic()
        if moment - self.told_at >= HEARTBEAT_SECONDS:
            self.told_at = moment
            self.tell()

    def tell(self) -> None:
        """Write how far it is. Raises ClaimLost."""
        percent = min(99, self.done * 99 // self.total)
        mine = Export.objects.filter(pk=self.export.pk, claim_token=self.export.claim_token)
        if not mine.update(progress=percent, heard_at=now()):
            raise ClaimLost


class _Range:
    """The days of an export as instants; None is open."""

    def __init__(self, export: Export) -> None:
        zone = ZoneInfo(export.dealership.timezone)
        self.since = (
            datetime.combine(export.from_on, time.min, zone).astimezone(UTC)
            if export.from_on
            else None
        )
        self.until = (
            datetime.combine(export.to_on + timedelta(days=1), time.min, zone).astimezone(UTC)
            if export.to_on
            else None
        )

    def of(self, field: str) -> Q:
        """Return the condition that a moment lies within the days."""
        condition = Q()
        if self.since:
            condition &= Q(**{f"{field}__gte": self.since})
        if self.until:
            condition &= Q(**{f"{field}__lt": self.until})
        return condition


def _batches(rows: QuerySet[Row], *, key: str = "pk", size: int = BATCH) -> Iterator[Row]:
    """Yield rows by a unique key, some at a time; those that come in meanwhile are left out."""
    ends = rows.order_by().aggregate(first=Min(key), last=Max(key))
    if ends["last"] is None:
        return
    read = attrgetter(key.replace("__", "."))
    after, last = ends["first"] - 1, ends["last"]
    rows = rows.order_by(key).filter(**{f"{key}__lte": last})
    while after < last:
        batch = list(rows.filter(**{f"{key}__gt": after})[:size])
        if not batch:
            return
        after = read(batch[-1])
        yield from batch
        del batch  # never two batches at once


class _Rows:
    """What goes into one export, as query sets."""

    def __init__(self, export: Export, *, ledger_size: int) -> None:
        dealership, span = export.dealership, _Range(export)
        self.dealership = dealership
        self.phones = PhoneNumber.objects.filter(dealership=dealership)
        self.entries = ConsentEvent.objects.filter(dealership=dealership, index__lt=ledger_size)
        self.evidence = Evidence.objects.filter(
            entry__dealership=dealership, entry__index__lt=ledger_size
        )
        self.messages = Message.objects.filter(span.of("created_at"), dealership=dealership)
        self.decisions = Decision.objects.filter(span.of("decided_at"), dealership=dealership)
        self.attachments = Attachment.objects.filter(
            span.of("message__created_at"), message__dealership=dealership
        )
        # One that is sealed while this is written has its entry beyond the checkpoint.
        self.transcripts = Transcript.objects.filter(
            span.of("sealed_at"), dealership=dealership, ledger_index__lt=ledger_size
        )
        self.documents = Document.objects.filter(dealership=dealership)
        self.house_records = HouseRecord.objects.filter(dealership=dealership)
        self.disclosures = Disclosure.objects.filter(Q(dealership=dealership) | Q(dealership=None))

    def counts(self) -> dict[str, int]:
        """Return how many rows of each there are."""
        return {
            "contacts": self.phones.count(),
            "entries": self.entries.count(),
            "evidence": self.evidence.count(),
            "messages": self.messages.count(),
            "decisions": self.decisions.count(),
            "attachments": self.attachments.count(),
            "transcripts": self.transcripts.count(),
            "disclosures": self.disclosures.count(),
            "documents": self.documents.count(),
            "house_records": self.house_records.count(),
        }


def _write(export: Export, target: IO[bytes]) -> tuple[str, dict[str, int]]:
    """Write the ZIP; return the SHA-256 of its manifest and the counts."""
    dealership = export.dealership
    checkpoints.publish(dealership)
    point = Checkpoint.objects.filter(dealership=dealership).order_by("-size").first()
    rows = _Rows(export, ledger_size=point.size if point else 0)
    counts = rows.counts()
    progress = _Progress(export, sum(counts.values()) + counts["entries"])
    package = Package(target, at=export.created_at)
    try:
        package.put("README.txt", _readme(export, counts).encode())
        package.put("verify.py", Path(verify_export.__file__).read_bytes())
        if point:
            package.put("checkpoint.txt", point.note.encode())
        _write_ledger(package, rows, progress)
        _write_people(package, rows, progress)
        _write_messages(package, rows, progress)
        counts["files_missing"] = _write_media(package, rows, progress)
        _write_transcripts(package, rows, progress)
        _write_documents(package, rows, progress)
        counts["files"] = package.files
        digest, _ = package.finish(
            _manifest(export, counts, point),
            sign=lambda digest, files: checkpoints.build_note(
                origin=f"{checkpoints.origin_of(dealership)}/exports/{export.public_id}",
                size=files,
                root=bytes.fromhex(digest),
            ),
        )
    finally:
        package.close()
    return digest, counts


def _manifest(
    export: Export, counts: dict[str, int], point: Checkpoint | None
) -> dict[str, object]:
    return {
        "type": "dealertext.export",
        "v": VERSION,
        "id": str(export.public_id),
        "dealership": {
            "id": str(export.dealership.public_id),
            "name": export.dealership.name,
            "timezone": export.dealership.timezone,
        },
        "requested_by": export.requested_by.name,
        "requested_at": export.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "from": str(export.from_on) if export.from_on else None,
        "to": str(export.to_on) if export.to_on else None,
        "counts": counts,
        "ledger": {
            "size": point.size if point else 0,
            "root": point.root_hash if point else hashlib.sha256().hexdigest(),
            "verifier_key": checkpoints.verifier_key(),
            "former_keys": list(checkpoints.verifier_keys()[1:]),
        },
    }


def _write_ledger(package: Package, rows: _Rows, progress: _Progress) -> None:
    def entries() -> Iterator[ConsentEvent]:
        return progress.each(_batches(rows.entries, key="index"))

    package.put_objects(
        "entries.jsonl",
        ({"index": e.index, "leaf_hash": e.leaf_hash, "body": e.body} for e in entries()),
    )
    names = _Names()
    package.put_table(
        "entries.csv",
        ("index", "kind", "recorded_at", "received_at", "subject", "by", "terms", "leaf_hash"),
        (
            (
                e.index,
                e.kind,
                e.recorded_at,
                e.received_at,
                e.subject,
                names.of(str(json.loads(e.body).get("actor") or "")),
                json.dumps(_own_terms(e), ensure_ascii=False, sort_keys=True),
                e.leaf_hash,
            )
            for e in entries()
        ),
    )
    package.put_objects(
        "evidence.jsonl",
        (
            {"index": e.entry.index, "salt": e.salt, "data": e.data}
            for e in progress.each(
                _batches(rows.evidence.select_related("entry"), key="entry__index")
            )
        ),
    )


def _own_terms(entry: ConsentEvent) -> dict[str, ledger.Term]:
    frame = {"actor", "evidence"}
    return {k: v for k, v in ledger.terms_of(entry).items() if k not in frame}


class _Names:
    """The names of staff by their public id; as many as work there, however many entries."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {"": ""}

    def of(self, public_id: str) -> str:
        """Return a person's name, "" for the portal itself."""
        if public_id not in self.known:
            person = User.objects.filter(public_id=public_id).first()
            self.known[public_id] = person.name if person else public_id
        return self.known[public_id]


def _write_people(package: Package, rows: _Rows, progress: _Progress) -> None:
    phones = rows.phones.select_related("contact", "state")
    package.put_table(
        "contacts.csv",
        (
            *("contact", "name", "number", "subject", "language", "street", "city", "region"),
            *("postal_code", "country", "vehicle", "stock_number", "created_at"),
            *("status", "level", "basis", "since"),
        ),
        (_contact_row(phone) for phone in progress.each(_batches(phones))),
    )
    package.put_table(
        "disclosures.csv",
        (
            *("disclosure", "of", "purpose", "level", "language", "country", "version"),
            *("created_at", "sha256", "body"),
        ),
        (
            (
                d.public_id,
                "dealership" if d.dealership_id else "house",
                d.purpose,
                d.level,
                d.language,
                d.country,
                d.version,
                d.created_at,
                d.sha256,
                d.body,
            )
            for d in progress.each(_batches(rows.disclosures))
        ),
    )


def _contact_row(phone: PhoneNumber) -> tuple[object, ...]:
    contact = phone.contact
    row: ConsentState | None = getattr(phone, "state", None)
    state = effective(ledger.state_of(row), at=now(), country=phone.country)
    return (
        contact.public_id,
        contact.name,
        phone.number_e164,
        phone.subject,
        contact.language,
        contact.street,
        contact.city,
        contact.region,
        contact.postal_code,
        contact.country,
        contact.vehicle,
        contact.stock_number,
        contact.created_at,
        state.status.value,
        state.level.value,
        state.basis,
        state.changed_at,
    )


def _write_messages(package: Package, rows: _Rows, progress: _Progress) -> None:
    messages = rows.messages.select_related(
        "conversation__phone",
        "conversation__contact",
        "conversation__number",
        "author",
        "decision",
        "caused_by",
        "seal__transcript",
    )
    zone = ZoneInfo(rows.dealership.timezone)
    package.put_table(
        "messages.csv",
        (
            *("message", "created_at", "local_time", "direction", "contact", "name", "number"),
            *("our_number", "by", "purpose", "status", "body", "appended", "segments", "sent_at"),
            *("carrier_sid", "carrier_status", "carrier_error", "failure", "read_as", "read_why"),
            *("decision", "because_of_entry", "conversation", "transcript"),
        ),
        (_message_row(message, zone) for message in progress.each(_batches(messages))),
    )
    package.put_objects(
        "decisions.jsonl",
        (_decision_object(decision) for decision in progress.each(_batches(rows.decisions))),
    )


def _message_row(message: Message, zone: ZoneInfo) -> tuple[object, ...]:
    conversation = message.conversation
    read = message.classification or {}
    seal: SealedMessage | None = getattr(message, "seal", None)
    return (
        message.public_id,
        message.created_at,
        message.created_at.astimezone(zone).isoformat(timespec="seconds"),
        message.direction,
        conversation.contact.public_id,
        conversation.contact.name,
        conversation.phone.number_e164,
        conversation.number.number_e164,
        message.author.name if message.author else "",
        message.purpose,
        message.status,
        message.body,
        message.appended,
        message.segments,
        message.sent_at,
        message.carrier_sid,
        message.carrier_status,
        message.carrier_error,
        message.failure,
        read.get("kind"),
        read.get("reason"),
        message.decision.public_id if message.decision else None,
        message.caused_by.index if message.caused_by else None,
        conversation.public_id,
        seal.transcript.public_id if seal else None,
    )


def _decision_object(decision: Decision) -> dict[str, object]:
    return {
        "id": str(decision.public_id),
        "subject": decision.subject,
        "purpose": decision.purpose,
        "outcome": decision.outcome,
        "reasons": decision.reasons,
        "rules": decision.rules,
        "rule_pack": decision.rule_pack,
        "local_times": decision.local_times,
        "not_before": decision.not_before.isoformat() if decision.not_before else None,
        "next": decision.next_action,
        "facts": decision.facts,
        "ledger_size": decision.ledger_size,
        "decided_at": decision.decided_at.isoformat(),
    }


def _write_media(package: Package, rows: _Rows, progress: _Progress) -> int:
    """Write the list of pictures and files, then the files; return how many could not be read."""
    attachments = rows.attachments.select_related("message")
    package.put_table(
        "attachments.csv",
        ("attachment", "message", "position", "content_type", "size_bytes", "sha256", "status"),
        (
            (
                a.public_id,
                a.message.public_id,
                a.position,
                a.content_type,
                a.size_bytes,
                a.sha256,
                a.reason or a.status,
            )
            for a in _batches(attachments)
        ),
    )
    missing = 0
    for attachment in progress.each(_batches(rows.attachments)):
        if attachment.status != Attachment.Status.STORED:
            continue
        try:
            content = attachment.file.open("rb")
        except OSError:
            missing += 1
            continue
        with content:
            name = f"media/{attachment.public_id}{Path(attachment.file.name or '').suffix}"
            package.put_file(name, content)
    return missing


def _write_transcripts(package: Package, rows: _Rows, progress: _Progress) -> None:
    endings = {"json": "json", "text": "txt", "pdf": "pdf"}
    transcripts = rows.transcripts.prefetch_related("files")
    for transcript in progress.each(_batches(transcripts, size=TRANSCRIPT_BATCH)):
        for file in transcript.files.all():
            name = f"transcripts/{transcript.public_id}.{endings[file.format]}"
            package.put(name, bytes(file.content))


def _write_documents(package: Package, rows: _Rows, progress: _Progress) -> None:
    """Write signed papers, recordings, policies and trainings: lists, then the files."""
    without_bytes = rows.documents.select_related("phone__contact", "created_by").defer("content")
    package.put_table(
        "documents.csv",
        (
            *("document", "sort", "contact", "number", "content_type", "size_bytes", "sha256"),
            *("by", "created_at"),
        ),
        (
            (
                d.public_id,
                d.sort,
                d.phone.contact.public_id if d.phone else None,
                d.phone.number_e164 if d.phone else None,
                d.content_type,
                d.size_bytes,
                d.sha256,
                d.created_by.name if d.created_by else None,
                d.created_at,
            )
            for d in _batches(without_bytes)
        ),
    )
    package.put_table(
        "policies_and_training.csv",
        ("record", "sort", "title", "begins_on", "ends_on", "people", "note", "document", "entry"),
        (
            (
                r.public_id,
                r.sort,
                r.title,
                r.begins_on,
                r.ends_on,
                "; ".join(person.name for person in r.people.all()),
                r.note,
                r.document.public_id if r.document else None,
                r.entry.index,
            )
            for r in progress.each(
                _batches(
                    rows.house_records.select_related("entry").prefetch_related(
                        "people", Prefetch("document", Document.objects.defer("content"))
                    )
                )
            )
        ),
    )
    for document in progress.each(_batches(rows.documents, size=1)):
        package.put(f"documents/{document.filename}", bytes(document.content))


_README = """Archive of {dealership}
requested by {person} on {day}; texts, decisions and transcripts: {days}

contacts.csv       the customers, their numbers, and where permission stands
entries.jsonl      the consent ledger, one entry a line: "body" is the exact text that was hashed
entries.csv        the same for reading
evidence.jsonl     the words, numbers and documents' hashes that entries commit to
messages.csv       every text in and out, what became of it, and why it was allowed or refused
decisions.jsonl    every answer of the gate, refusals included: reasons, rules, local times
disclosures.csv    every version of the wordings that customers were shown
attachments.csv    pictures and files of texts, with their hashes; the files stand in media/
documents.csv      signed papers and recordings, with their hashes; the files stand in documents/
policies_and_training.csv  written policies and trainings of staff, with their days
transcripts/       sealed conversations: .json is the record, .txt and .pdf are to read
checkpoint.txt     the signed head of the ledger (C2SP signed note, Ed25519)
manifest.json      every file with its SHA-256; manifest-note.txt signs it
verify.py          checks all of it

How to check
  python3 verify.py            in the unpacked folder; nothing else is needed, no network
Ask the dealership for its public key on another way than this archive and pass it with --key.
The ledger is always exported whole: a permission given before the first day still counts after it,
and the root of the ledger can only be computed from all its entries. "subject" is a keyed hash of
the number; contacts.csv has number and subject side by side.

In CSV files a cell that a spreadsheet would take for a formula (= + - @, tabs, line ends) begins
with an apostrophe that is not part of the value; telephone numbers do too. Times are UTC unless the
column says local.

{counts}
"""


def _readme(export: Export, counts: dict[str, int]) -> str:
    return _README.format(
        dealership=export.dealership.name,
        person=export.requested_by.name,
        day=f"{export.created_at:%Y-%m-%d %H:%M} UTC",
        days=f"{export.from_on or 'from the beginning'} to {export.to_on or 'this day'}",
        counts="\n".join(f"{number:>9}  {name}" for name, number in counts.items()),
    )
