"""Sealing closed conversations, exactly once each episode, and checking a seal again."""

from __future__ import annotations

import hashlib
import json
import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.clock import now
from archive import snapshot
from archive.document import TranscriptDocument
from archive.formats.json import build_json
from archive.formats.pdf import build_pdf
from archive.formats.text import build_text
from archive.models import SealedMessage, Transcript, TranscriptDelivery, TranscriptFile
from consent import checkpoints, ledger, merkle, proofs
from consent.kinds import Kind
from consent.models import Checkpoint, ConsentEvent
from messaging import wake
from messaging.models import Attachment, Conversation, Message

logger = logging.getLogger(__name__)
#: The carrier's delivery receipt usually comes within seconds: it should stand in the transcript.
RECEIPT_SECONDS = 10
#: How long a seal waits for reconciliation, and for pictures that are still being fetched.
PATIENCE_MINUTES = 10


class Outcome(StrEnum):
    """What seal() did."""

    SEALED = "sealed"
    ALREADY = "already"
    WAITING = "waiting"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: what, whether it holds, and what was seen."""

    name: str
    holds: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SealReport:
    """The checks of one transcript, in the order in which they were made."""

    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether every check held."""
        return all(check.holds for check in self.checks)


def unsealed_conversation_ids(*, limit: int) -> list[int]:
    """Return the closed conversations whose last episode has texts and no transcript."""
    said = Message.objects.filter(conversation=OuterRef("pk"), seal=None).exclude(
        status__in=snapshot.NOT_SAID
    )
    sealed = Transcript.objects.filter(conversation=OuterRef("pk"), closed_at=OuterRef("closed_at"))
    return list(
        Conversation.objects.filter(
            ~Exists(sealed),
            Exists(said),
            status=Conversation.Status.CLOSED,
            closed_at__isnull=False,
        )
        .order_by("closed_at")
        .values_list("pk", flat=True)[:limit]
    )


def seal(conversation_pk: int) -> Outcome:
    """Seal the closed episode of one conversation: files, ledger entry, mails to the CRM.

    One transaction stores all of it, so a process that is killed leaves nothing behind, and whoever
    comes second finds it done. WAITING while a text is on its way, or when the conversation changed
    meanwhile: the sweep comes again.
    """
    sealed_at = now()
    conversation = _conversation(conversation_pk)
    if conversation is None or conversation.status != Conversation.Status.CLOSED:
        return Outcome.NOTHING
    if _is_sealed(conversation):
        return Outcome.ALREADY
    messages = snapshot.unsealed_messages(conversation)
    if not messages.exclude(status__in=snapshot.NOT_SAID).exists():
        return Outcome.NOTHING
    if _must_wait(messages, sealed_at):
        return Outcome.WAITING
    public_id = uuid.uuid4()
    part = Transcript.objects.filter(conversation=conversation).count() + 1
    take = partial(snapshot.take, public_id=public_id, part=part, sealed_at=sealed_at)
    document = take(conversation)
    # Writing a PDF takes long beside a row lock that webhooks wait for: it is done outside, and
    # what was read is compared under the lock.
    files = build_files(document)
    with transaction.atomic():
        Conversation.objects.select_for_update(no_key=True).get(pk=conversation_pk)
        again = _conversation(conversation_pk)
        if again is None or again.closed_at != conversation.closed_at:
            return Outcome.WAITING
        if _is_sealed(again):
            return Outcome.ALREADY
        if take(again) != document:
            return Outcome.WAITING
        transcript = _store(again, document, files, public_id=public_id)
    logger.info("sealed transcript=%s entry=%s", transcript.pk, transcript.ledger_index)
    return Outcome.SEALED


def build_files(document: TranscriptDocument) -> dict[str, bytes]:
    """Return every form of a transcript that is sealed, by format."""
    raw = build_json(document)
    sha256 = hashlib.sha256(raw).hexdigest()
    return {
        TranscriptFile.Format.JSON: raw,
        TranscriptFile.Format.TEXT: build_text(document, sha256=sha256),
        TranscriptFile.Format.PDF: build_pdf(document, sha256=sha256),
    }


def _conversation(pk: int) -> Conversation | None:
    return (
        Conversation.objects.select_related(
            "dealership", "number", "phone", "contact", "assigned_to", "closed_by"
        )
        .filter(pk=pk)
        .first()
    )


def _is_sealed(conversation: Conversation) -> bool:
    if conversation.closed_at is None:
        return False
    return Transcript.objects.filter(
        conversation=conversation, closed_at=conversation.closed_at
    ).exists()


def _must_wait(messages: QuerySet[Message], moment: datetime) -> bool:
    """Say whether a text is on its way, or its end is still likely to be learnt."""
    patience = moment - timedelta(minutes=PATIENCE_MINUTES)
    receipt = moment - timedelta(seconds=RECEIPT_SECONDS)
    status = Message.Status
    fetching = Attachment.objects.filter(message=OuterRef("pk"), status=Attachment.Status.PENDING)
    return messages.filter(
        Q(status__in=Message.PENDING | {status.SENDING})
        | Q(status=status.SENT, sent_at__gt=receipt)
        | Q(status=status.UNKNOWN, claimed_at__gt=patience)
        | Q(Exists(fetching), created_at__gt=patience)
    ).exists()


def _store(
    conversation: Conversation,
    document: TranscriptDocument,
    files: dict[str, bytes],
    *,
    public_id: uuid.UUID,
) -> Transcript:
    """Append the entry and store the transcript; the ledger's head is locked here, last."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    sha256 = hashes[TranscriptFile.Format.JSON]
    note = checkpoints.build_note(
        origin=note_origin(document),
        size=len(document.messages),
        root=bytes.fromhex(sha256),
    )
    rows = {str(message.public_id): message for message in snapshot.unsealed_messages(conversation)}
    entry = ledger.append(
        Kind.TRANSCRIPT_SEALED,
        dealership=conversation.dealership,
        phone=conversation.phone,
        acting_user=None,
        terms={
            "transcript": document.id,
            "conversation": document.conversation,
            "part": document.part,
            "messages": len(document.messages),
            "sha256": sha256,
            "sha256_text": hashes[TranscriptFile.Format.TEXT],
            "sha256_pdf": hashes[TranscriptFile.Format.PDF],
        },
    )
    inbound = sum(message.is_inbound for message in document.messages)
    transcript = Transcript.objects.create(
        public_id=public_id,
        dealership=conversation.dealership,
        conversation=conversation,
        part=document.part,
        closed_at=document.closed_at,
        sealed_at=document.sealed_at,
        first_message_at=min(message.at for message in document.messages),
        last_message_at=max(message.at for message in document.messages),
        inbound_count=inbound,
        outbound_count=len(document.messages) - inbound,
        sha256=sha256,
        ledger_index=entry.index,
        note=note,
    )
    TranscriptFile.objects.bulk_create(
        TranscriptFile(
            transcript=transcript,
            format=name,
            content=content,
            size_bytes=len(content),
            sha256=hashes[name],
        )
        for name, content in files.items()
    )
    SealedMessage.objects.bulk_create(
        SealedMessage(transcript=transcript, message=rows[message.id])
        for message in document.messages
    )
    addresses = dict.fromkeys(conversation.dealership.crm_address_list)
    for address in addresses:
        delivery = TranscriptDelivery.objects.create(transcript=transcript, address=address)
        wake.worker("archive.tasks.deliver", delivery.pk, queue="bulk")
    return transcript


def note_origin(document: TranscriptDocument) -> str:
    """Return the first line of a transcript's signed note."""
    return f"dealertext/{document.seller.id}/transcripts/{document.id}"


# --- checking it again ---------------------------------------------------------------------------


def verify(transcript: Transcript, *, is_erased: bool = False) -> SealReport:
    """Check a transcript against its files, its ledger entry and the signed checkpoints.

    An erased one has no files. Writes nothing and raises nothing: what is wrong stands in the
    report.
    """
    files = {file.format: file for file in transcript.files.all()}
    entry = (
        ConsentEvent.objects.filter(
            dealership=transcript.dealership_id, index=transcript.ledger_index
        )
        .order_by("pk")
        .first()
    )
    terms = ledger.terms_of(entry) if entry else {}
    checks = [
        *_check_entry(transcript, entry, terms),
        *([] if is_erased else _check_files(files, terms)),
        *_check_note(transcript),
    ]
    if entry is not None:
        checks += _check_checkpoint(entry)
    return SealReport(tuple(checks))


def _check_entry(
    transcript: Transcript, entry: ConsentEvent | None, terms: dict[str, ledger.Term]
) -> list[Check]:
    return [
        Check(
            f"The ledger has the seal at entry {transcript.ledger_index}",
            entry is not None
            and entry.kind == Kind.TRANSCRIPT_SEALED
            and terms.get("transcript") == str(transcript.public_id),
        ),
        Check(
            "The entry matches its own hash",
            entry is not None
            and merkle.leaf_hash(entry.body.encode()).hex() == entry.leaf_hash
            and json.loads(entry.body).get("index") == transcript.ledger_index,
            entry.leaf_hash if entry else "",
        ),
    ]


def _check_files(files: dict[str, TranscriptFile], terms: dict[str, ledger.Term]) -> list[Check]:
    checks = []
    for name, term in (("json", "sha256"), ("text", "sha256_text"), ("pdf", "sha256_pdf")):
        file = files.get(name)
        seen = hashlib.sha256(bytes(file.content)).hexdigest() if file else ""
        holds = bool(file) and seen == terms.get(term)
        checks.append(Check(f"The {name.upper()} file has the hash of the entry", holds, seen))
    return checks


def _check_note(transcript: Transcript) -> list[Check]:
    signed = checkpoints.signer_of(transcript.note) is not None
    return [Check("The seal's note is signed with the portal's key", signed)]


def _check_checkpoint(entry: ConsentEvent) -> list[Check]:
    point = (
        Checkpoint.objects.filter(dealership=entry.dealership_id, size__gt=entry.index)
        .order_by("size")
        .first()
    )
    if point is None:
        return []  # the next checkpoint comes within the hour
    signed = checkpoints.signer_of(point.note) is not None
    checks = [Check(f"The checkpoint of size {point.size} is signed", signed)]
    try:
        proven = proofs.inclusion(entry.dealership, index=entry.index, size=point.size).holds
    except proofs.NoProof:
        proven = False
    return [*checks, Check("The entry is in that checkpoint", proven, point.root_hash)]
