from __future__ import annotations

import hashlib
import json
import threading
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection, connections
from pypdf import PdfReader

from accounts.clock import now
from accounts.models import Dealership, User
from archive import sealing, tasks
from archive.formats.json import build_json, read_json
from archive.models import SealedMessage, Transcript, TranscriptDelivery, TranscriptFile
from archive.sealing import Outcome
from archive.tests.conftest import add_inbound, add_outbound, make_closed
from conftest import make_contact
from consent import checking, checkpoints, ledger
from consent.kinds import Kind
from consent.models import ConsentEvent, PhoneNumber
from messaging import conversations
from messaging.models import Attachment, Conversation, Message


def bytes_of(transcript: Transcript, form: str) -> bytes:
    return bytes(transcript.files.get(format=form).content)


def test_the_ledger_has_the_hash_of_the_json_file(transcript):
    entry = ConsentEvent.objects.get(
        dealership=transcript.dealership, index=transcript.ledger_index
    )
    digest = hashlib.sha256(bytes_of(transcript, "json")).hexdigest()
    assert entry.kind == Kind.TRANSCRIPT_SEALED
    assert ledger.terms_of(entry)["sha256"] == digest == transcript.sha256
    assert checking.fsck().damages == ()


def test_the_json_is_canonical_and_reads_back_to_the_same_document(transcript):
    raw = bytes_of(transcript, "json")
    document = read_json(raw)
    assert build_json(document) == raw
    body = json.loads(raw)
    assert [m["body"] for m in body["messages"]] == [
        "Is the Civic still there? 🚗",
        "Yes, come by today.",
    ]
    assert body["messages"][1]["ruling"]["outcome"] == "allow"
    assert body["messages"][1]["author"] == "Emily Moore"
    kinds = [entry["kind"] for entry in body["entries"]]
    assert kinds[:2] == ["LEAD_RECEIVED", "CUSTOMER_TEXTED_FIRST"]


def test_the_pdf_opens_and_has_the_words_and_names_what_it_cannot_show(transcript):
    reader = PdfReader(BytesIO(bytes_of(transcript, "pdf")))
    words = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "Is the Civic still there? [U+1F697 AUTOMOBILE]" in words
    assert "Yes, come by today." in words
    assert "Cora Miller" in words
    assert transcript.sha256 in words.replace(" ", "")


def test_the_text_sets_the_customers_words_off_so_that_they_cannot_pass_for_ours(cora, sal):
    forged = "hello\n10:00:00 EST  Emily Moore:\n    | I promise you a free car"
    make_closed(cora, sal, words=forged)
    assert sealing.seal(Conversation.objects.get().pk) is Outcome.SEALED
    text = bytes_of(Transcript.objects.get(), "text").decode()
    assert "    | 10:00:00 EST  Emily Moore:" in text
    assert "\n10:00:00 EST  Emily Moore:" not in text


@pytest.mark.parametrize(
    "body",
    [
        "",
        "💬" * 600,
        "\u202eevil\u202c",
        "عربى 中文 ไทย",
        "a\x07b\tc\r\nd\u2028e\x85f",
        "x" * 1600,
        "\ufdfa" * 200,
        "“curly” \u2013 dash €5 œ",
        "{nb} <b>&amp;</b> **bold** %s",
    ],
)
def test_no_words_can_break_a_form(cora, sal, body):
    conversation = make_closed(cora, sal, words=body)
    assert sealing.seal(conversation.pk) is Outcome.SEALED
    transcript = Transcript.objects.get()
    assert read_json(bytes_of(transcript, "json")).messages[0].body == body
    assert len(PdfReader(BytesIO(bytes_of(transcript, "pdf"))).pages) >= 1


def test_the_same_document_gives_the_same_bytes(transcript):
    document = read_json(bytes_of(transcript, "json"))
    first, second = sealing.build_files(document), sealing.build_files(document)
    assert first == second
    assert first["pdf"] == bytes_of(transcript, "pdf")


def test_sealing_twice_makes_one_transcript(closed):
    assert sealing.seal(closed.pk) is Outcome.SEALED
    assert sealing.seal(closed.pk) is Outcome.ALREADY
    assert Transcript.objects.count() == 1
    assert ConsentEvent.objects.filter(kind=Kind.TRANSCRIPT_SEALED).count() == 1


def test_an_open_conversation_and_an_empty_one_are_not_sealed(cora, sal):
    conversation = conversations.conversation_for(cora)
    add_outbound(conversation, "never left", author=sal, status="refused")
    assert sealing.seal(conversation.pk) is Outcome.NOTHING
    conversations.close(conversation, acting_user=sal)
    assert sealing.seal(conversation.pk) is Outcome.NOTHING
    assert sealing.unsealed_conversation_ids(limit=10) == []


@pytest.mark.parametrize("status", ["queued", "held", "sending"])
def test_a_text_on_its_way_is_waited_for(closed, sal, status):
    message = add_outbound(closed, "still on its way", author=sal)
    conversations.close(closed, acting_user=sal)
    Message.objects.filter(pk=message.pk).update(status=status)
    assert sealing.seal(closed.pk) is Outcome.WAITING
    Message.objects.filter(pk=message.pk).update(status="delivered")
    assert sealing.seal(closed.pk) is Outcome.SEALED


def test_receipts_reconciliation_and_pictures_are_waited_for_but_not_for_ever(closed, sal):
    message = Message.objects.filter(direction="outbound").get()
    picture = Attachment.objects.create(message=message, position=0)
    moment = now()
    for fields in (
        {"status": "sent", "sent_at": moment},
        {"status": "unknown", "claimed_at": moment},
        {"status": "delivered", "created_at": moment},
    ):
        Message.objects.filter(pk=message.pk).update(**fields)
        assert sealing.seal(closed.pk) is Outcome.WAITING
    picture.status = Attachment.Status.STORED
    picture.sha256 = "ab" * 32
    picture.save()
    Message.objects.filter(pk=message.pk).update(
        status="unknown", claimed_at=moment - timedelta(minutes=11)
    )
    assert sealing.seal(closed.pk) is Outcome.SEALED
    document = read_json(bytes_of(Transcript.objects.get(), "json"))
    assert document.messages[1].status == "unknown"
    assert document.messages[1].files[0].sha256 == "ab" * 32


def test_a_reopened_conversation_gets_a_further_transcript_of_the_later_texts(transcript, cora):
    conversation = transcript.conversation
    add_inbound(conversation, "One more thing")
    conversation.refresh_from_db()
    assert conversation.status == Conversation.Status.OPEN
    assert sealing.seal(conversation.pk) is Outcome.NOTHING
    conversations.close(conversation, acting_user=None)
    assert sealing.unsealed_conversation_ids(limit=10) == [conversation.pk]
    assert sealing.seal(conversation.pk) is Outcome.SEALED
    second = Transcript.objects.latest("pk")
    document = read_json(bytes_of(second, "json"))
    assert (second.part, document.part) == (2, 2)
    assert [m.body for m in document.messages] == ["One more thing"]
    assert sealing.unsealed_conversation_ids(limit=10) == []
    assert SealedMessage.objects.count() == 3


def test_a_text_that_committed_late_is_in_the_next_transcript(transcript, sal):
    late = add_outbound(transcript.conversation, "late", author=sal)
    first = SealedMessage.objects.order_by("message_id").first()
    assert first is not None
    conversations.close(transcript.conversation, acting_user=None)
    assert sealing.seal(transcript.conversation_id) is Outcome.SEALED
    assert SealedMessage.objects.get(message=late).transcript.part == 2


def test_what_changes_while_the_files_are_written_is_not_sealed_over(closed, sal, monkeypatch):
    build = sealing.build_files

    def meanwhile(document):
        Message.objects.filter(direction="outbound").update(status="undelivered")
        return build(document)

    monkeypatch.setattr(sealing, "build_files", meanwhile)
    assert sealing.seal(closed.pk) is Outcome.WAITING
    assert not Transcript.objects.exists()
    monkeypatch.undo()
    assert sealing.seal(closed.pk) is Outcome.SEALED
    document = read_json(bytes_of(Transcript.objects.get(), "json"))
    assert document.messages[1].status == "undelivered"


class Killed(BaseException):
    """Stands for a process that ends in the middle."""


@pytest.mark.parametrize(
    "model",
    [Transcript, TranscriptFile, SealedMessage, TranscriptDelivery],
    ids=lambda m: m.__name__,
)
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_write_it_leaves_nothing_behind(with_crm, cora, sal, monkeypatch, model):
    conversation = make_closed(cora, sal)
    size = ConsentEvent.objects.count()

    def die(*args, **kwargs):
        raise Killed

    name = "create" if model in {Transcript, TranscriptDelivery} else "bulk_create"
    monkeypatch.setattr(type(model.objects), name, die)
    with pytest.raises(Killed):
        sealing.seal(conversation.pk)
    monkeypatch.undo()
    assert not Transcript.objects.exists()
    assert ConsentEvent.objects.count() == size
    assert sealing.seal(conversation.pk) is Outcome.SEALED
    assert checking.fsck().damages == ()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_transcript(with_crm, cora, sal):
    conversation = make_closed(cora, sal)
    workers = 4
    start = threading.Barrier(workers)
    outcomes: list[Outcome] = []

    def work() -> None:
        start.wait()
        try:
            outcomes.append(sealing.seal(conversation.pk))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == [Outcome.ALREADY] * (workers - 1) + [Outcome.SEALED]
    assert Transcript.objects.count() == 1
    assert TranscriptDelivery.objects.count() == 1
    assert ConsentEvent.objects.filter(kind=Kind.TRANSCRIPT_SEALED).count() == 1


def test_the_sweep_finds_what_nobody_woke(closed, django_capture_on_commit_callbacks, monkeypatch):
    woken: list[tuple[object, ...]] = []
    monkeypatch.setattr(
        "celery.app.base.Celery.send_task",
        lambda self, name, args, **options: woken.append((name, *args)),
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.sweep_unsealed() == 1
    assert ("archive.tasks.seal_conversation", closed.pk, tasks.LOOKS) in woken
    assert tasks.seal_conversation(closed.pk) == "sealed"
    assert tasks.sweep_unsealed() == 0


def test_the_number_of_queries_does_not_grow_with_the_conversation(
    north, sal, django_assert_max_num_queries
):
    def texts(count: int, number: str) -> Conversation:
        phone = make_contact(north, number=number)
        conversation = conversations.conversation_for(phone)
        for _ in range(count):
            add_inbound(conversation, "hello")
        conversations.close(conversation, acting_user=sal)
        return conversation

    counts = []
    for count, number in ((1, "+17175550151"), (20, "+17175550152")):
        conversation = texts(count, number)
        with django_assert_max_num_queries(60) as seen:
            assert sealing.seal(conversation.pk) is Outcome.SEALED
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_verify_finds_nothing_wrong_with_a_good_transcript(transcript, north):
    report = sealing.verify(transcript)
    assert report.holds, report
    checkpoints.publish(north)
    report = sealing.verify(transcript)
    assert report.holds, report
    assert any("in that checkpoint" in check.name for check in report.checks)


def test_verify_names_a_file_that_was_changed_behind_the_portals_back(transcript):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE archive_transcriptfile DISABLE TRIGGER sealed")
        cursor.execute(
            "UPDATE archive_transcriptfile SET content = %s WHERE format = 'text'", [b"forged"]
        )
        cursor.execute("ALTER TABLE archive_transcriptfile ENABLE TRIGGER sealed")
    report = sealing.verify(transcript)
    assert [check.name for check in report.checks if not check.holds] == [
        "The TEXT file has the hash of the entry"
    ]


def test_a_crm_mail_is_prepared_for_each_address(north: Dealership, cora: PhoneNumber, sal: User):
    north.crm_addresses = "one@crm.example\n\n two@crm.example\none@crm.example"
    north.save()
    conversation = make_closed(cora, sal)
    assert sealing.seal(conversation.pk) is Outcome.SEALED
    assert set(TranscriptDelivery.objects.values_list("address", flat=True)) == {
        "one@crm.example",
        "two@crm.example",
    }
