"""Papers and recordings: checked by their bytes, kept as they came, handed out as attachments."""

from __future__ import annotations

import hashlib
import io
import math
import struct
import uuid
import wave
import zlib
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from fpdf import FPDF
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from rest_framework.test import APIClient

from accounts.models import Dealership, User
from conftest import make_contact, photo
from consent import checking, contacts, documents, gate, ledger, uploads
from consent.decision import Outcome, Purpose
from consent.disclosures import Variant
from consent.kinds import Basis, Kind
from consent.ledger import Json
from consent.levels import Level
from consent.models import ConsentEvent, Disclosure, Document, PhoneNumber
from consent.uploads import Reason, Sort

SignedIn = Callable[[User], Client]


def paper(pages: int = 1) -> bytes:
    """Return a PDF as an office prints it."""
    document = FPDF()
    for _ in range(pages):
        document.add_page()
        document.set_font("Helvetica", size=12)
        document.cell(0, 10, "I agree that Fitzgerald Auto Mall may text me.")
    return bytes(document.output())


def recording(seconds: float = 2) -> bytes:
    """Return a WAV as a telephone system makes it."""
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        tone = (int(9000 * math.sin(i / 6)) for i in range(int(8000 * seconds)))
        sound.writeframes(b"".join(struct.pack("<h", value) for value in tone))
    return target.getvalue()


def mp3() -> bytes:
    """Return a hundred frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 2.6 seconds of silence."""
    return (b"\xff\xfb\x90\x64" + b"\x00" * 413) * 100


def flac() -> bytes:
    """Return a FLAC stream that says it has two seconds at 8 kHz, one channel, 16 bits."""
    rate_and_length = (8000 << 44) | (0 << 41) | (15 << 36) | 16_000
    info = (
        struct.pack(">HH", 4096, 4096) + bytes(6) + rate_and_length.to_bytes(8, "big") + bytes(16)
    )
    return b"fLaC" + b"\x80\x00\x00\x22" + info + b"\xff\xf8" * 400


def with_script() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(paper()))
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('hello')"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(script)
    return written(writer)


def with_file_inside() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(paper()))
    writer.add_attachment("run.exe", b"MZ")
    return written(writer)


def that_starts_programs() -> bytes:
    """Return a PDF whose action names its kind elsewhere in the file."""
    writer = PdfWriter(clone_from=io.BytesIO(paper()))
    kind = writer._add_object(NameObject("/Launch"))
    action = DictionaryObject({NameObject("/S"): kind})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    return written(writer)


def locked() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(paper()))
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def png_bomb() -> bytes:
    """Return a small file that says it has 900 million pixels."""
    target = io.BytesIO()
    Image.new("1", (8, 8)).save(target, "PNG")
    raw = bytearray(target.getvalue())
    raw[16:24] = struct.pack(">II", 30_000, 30_000)
    raw[29:33] = struct.pack(">I", zlib.crc32(raw[12:29]))
    return bytes(raw)


@pytest.mark.parametrize(
    ("content", "sort", "content_type"),
    [
        (paper(2), Sort.PAPER, "application/pdf"),
        (photo(), Sort.PAPER, "image/jpeg"),
        (recording(), Sort.RECORDING, "audio/wav"),
        (mp3(), Sort.RECORDING, "audio/mpeg"),
        (flac(), Sort.RECORDING, "audio/flac"),
    ],
)
def test_a_file_is_known_by_its_bytes(content: bytes, sort: Sort, content_type: str) -> None:
    found = uploads.check(content, sort)
    assert (found.content_type, found.extent > 0) == (content_type, True)


@pytest.mark.parametrize(
    ("content", "sort", "reason"),
    [
        (b"", Sort.PAPER, Reason.EMPTY),
        (b"<script>alert(1)</script>", Sort.PAPER, Reason.UNKNOWN_TYPE),
        (b"GIF89a<script>", Sort.PAPER, Reason.UNKNOWN_TYPE),
        (b"PK\x03\x04word", Sort.PAPER, Reason.UNKNOWN_TYPE),
        (b"<svg onload=alert(1)>", Sort.PAPER, Reason.UNKNOWN_TYPE),
        (b"%PDF-1.7\n<script>alert(1)</script>", Sort.PAPER, Reason.DAMAGED),
        (photo()[:200], Sort.PAPER, Reason.DAMAGED),
        (b"\xff\xd8\xff" + b"no picture" * 9, Sort.PAPER, Reason.DAMAGED),
        (png_bomb(), Sort.PAPER, Reason.TOO_LARGE),
        (paper()[:300], Sort.PAPER, Reason.DAMAGED),
        (with_script(), Sort.PAPER, Reason.ACTIVE),
        (with_file_inside(), Sort.PAPER, Reason.ACTIVE),
        (that_starts_programs(), Sort.PAPER, Reason.ACTIVE),
        (recording(60)[:44], Sort.RECORDING, Reason.DAMAGED),
        (locked(), Sort.PAPER, Reason.LOCKED),
        (recording(), Sort.PAPER, Reason.UNKNOWN_TYPE),
        (paper(), Sort.RECORDING, Reason.UNKNOWN_TYPE),
        (recording(0.4), Sort.RECORDING, Reason.DAMAGED),
        (recording()[:20], Sort.RECORDING, Reason.DAMAGED),
        (b"ID3" + b"\x00" * 500, Sort.RECORDING, Reason.DAMAGED),
        (b"\x00\x00\x00\x18ftypM4A " + b"\x00" * 500, Sort.RECORDING, Reason.DAMAGED),
        (b"OggS" + b"\x00" * 500, Sort.RECORDING, Reason.DAMAGED),
        (b"fLaC" + b"\x00" * 500, Sort.RECORDING, Reason.DAMAGED),
        (photo() + b"\x00" * uploads.MAX_PAPER_BYTES, Sort.PAPER, Reason.TOO_LARGE),
    ],
)
def test_what_is_no_paper_or_recording_is_refused(
    content: bytes, sort: Sort, reason: Reason
) -> None:
    with pytest.raises(uploads.Refused) as refused:
        uploads.check(content, sort)
    assert refused.value.reason is reason


def last_entry(phone: PhoneNumber) -> ConsentEvent:
    return ledger.entries_of(phone).select_related("evidence").reverse()[0]


def url_of(phone: PhoneNumber, tail: str = "") -> str:
    return f"/consent/{phone.contact.public_id}/{tail}"


def test_a_signed_paper_is_joined_to_number_and_wording(
    signed_in: SignedIn, sal: User, cora: PhoneNumber
) -> None:
    content = paper()
    answer = signed_in(sal).post(
        url_of(cora, "basis/"),
        {
            "basis": "signed_document",
            "evidence_file": SimpleUploadedFile("Cora.html", content, "text/html"),
            "evidence_document": "Deal 77",
            "evidence_signed_at": "2026-11-02T10:00",
            "evidence_disclosure": "Fitzgerald Auto Mall may text me",
        },
    )
    assert answer.status_code == 302
    kept = Document.objects.get()
    assert (bytes(kept.content), kept.phone, kept.created_by) == (content, cora, sal)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    entry = last_entry(cora)
    terms = ledger.terms_of(entry)
    assert entry.kind == Kind.DOCUMENT_SIGNED
    assert terms["document_sha256"] == kept.sha256
    assert terms["document"] == str(kept.public_id)
    assert terms["disclosure_sha256"]
    assert "file" not in str(terms["missing"])
    assert entry.evidence.data["number"] == cora.number_e164
    page = signed_in(sal).get(url_of(cora)).content.decode()
    assert f"/consent/documents/{kept.public_id}/" in page
    assert "2 Nov 2026, 10:00 EST" in page  # the dealership's time, as people write it
    assert page.count(str(kept.public_id)) == page.count(f"/documents/{kept.public_id}/")


def test_a_photo_from_the_camera_counts_as_the_paper(
    signed_in: SignedIn, sal: User, cora: PhoneNumber
) -> None:
    camera = SimpleUploadedFile("image.jpg", photo(), "image/jpeg")
    signed_in(sal).post(
        url_of(cora, "basis/"), {"basis": "signed_document", "evidence_photo": camera}
    )
    assert Document.objects.get().content_type == "image/jpeg"
    page = signed_in(sal).get(url_of(cora, "basis/")).content.decode()
    assert 'capture="environment"' in page


def test_a_bad_file_comes_back_with_the_form_and_loses_nothing(
    signed_in: SignedIn, sal: User, cora: PhoneNumber
) -> None:
    before = ConsentEvent.objects.count()
    answer = signed_in(sal).post(
        url_of(cora, "basis/"),
        {
            "basis": "signed_document",
            "evidence_file": SimpleUploadedFile("a.pdf", b"<script>", "application/pdf"),
            "evidence_document": "Deal 77",
        },
    )
    assert answer.status_code == 422
    assert "This kind of file is not taken." in answer.content.decode()
    assert 'value="Deal 77"' in answer.content.decode()
    assert (ConsentEvent.objects.count(), Document.objects.count()) == (before, 0)


def test_a_file_is_handed_out_as_an_attachment_that_runs_nothing(
    signed_in: SignedIn, sal: User, stan: User, cora: PhoneNumber
) -> None:
    kept = documents.store(
        paper(), sort=Sort.PAPER, dealership=cora.dealership, phone=cora, acting_user=sal
    )
    url = f"/consent/documents/{kept.public_id}/"
    answer = signed_in(sal).get(url)
    assert answer.content == paper_of(kept)
    assert answer["Content-Disposition"] == f'attachment; filename="paper-{kept.public_id}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert signed_in(stan).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def paper_of(document: Document) -> bytes:
    return bytes(Document.objects.get(pk=document.pk).content)


def test_the_same_bytes_are_kept_once_for_a_number(cora: PhoneNumber) -> None:
    content = photo()
    kept = [
        documents.store(
            content, sort=Sort.PAPER, dealership=cora.dealership, phone=cora, acting_user=None
        )
        for _ in range(2)
    ]
    assert kept[0].pk == kept[1].pk


def test_the_orm_can_neither_change_nor_remove_a_document(cora: PhoneNumber) -> None:
    kept = documents.store(
        photo(), sort=Sort.PAPER, dealership=cora.dealership, phone=cora, acting_user=None
    )
    kept.sha256 = "0" * 64
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.delete()
    erasing = "SELECT set_config('dealertext.erasing', '1', true); DELETE FROM consent_document"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(erasing)
    assert Document.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_document SET content = 'x'",
        "DELETE FROM consent_document",
        "TRUNCATE consent_document CASCADE",
    ],
)
def test_the_portals_own_role_can_do_neither_in_sql(
    cora: PhoneNumber, app_role: psycopg.Connection[Any], statement: str
) -> None:
    documents.store(
        photo(), sort=Sort.PAPER, dealership=cora.dealership, phone=cora, acting_user=None
    )
    with pytest.raises(psycopg.Error):
        app_role.execute(statement)
    assert app_role.execute("SELECT count(*) FROM consent_document").fetchone() == (1,)


VERBAL = {
    "basis": "phone_up",
    "said_at": "2026-11-02T10:00",
    "script": "May Fitzgerald Auto Mall text you? You can stop at any time.",
    "words": "Yes, sure",
}


@pytest.mark.parametrize(
    ("more", "proven", "proof"),
    [
        ({}, False, ""),
        ({"verified_by": "CallCheck Inc."}, False, ""),
        ({"verified_by": "CallCheck Inc.", "verification": "V-9"}, True, "third_party"),
        ({"recording": True}, True, "recording"),
    ],
)
def test_a_spoken_yes_is_proven_by_a_recording_or_a_third_party(
    signed_in: SignedIn,
    sal: User,
    cora: PhoneNumber,
    more: dict[str, Any],
    proven: bool,
    proof: str,
) -> None:
    if more.get("recording"):
        more = {"recording": SimpleUploadedFile("call.wav", recording(), "audio/wav")}
    client = signed_in(sal)
    assert client.post(url_of(cora, "verbal/"), {**VERBAL, **more}).status_code == 302
    entry = last_entry(cora)
    terms = ledger.terms_of(entry)
    assert entry.kind == Kind.VERBAL_CONSENT_RECORDED
    assert (terms["proven"], terms["proof"]) == (proven, proof)
    assert ("proof" in str(terms["missing"])) is not proven
    assert entry.evidence.data["script"] == VERBAL["script"]
    assert entry.evidence.data["taken_by"] == sal.name
    # It opens nothing by itself (RULE-CT-01).
    assert ledger.current_state(cora).level == "none"
    assert ("Unproven" in client.get(url_of(cora)).content.decode()) is not proven


def test_a_spoken_yes_takes_no_other_file_and_no_future_time(
    signed_in: SignedIn, sal: User, stan: User, cora: PhoneNumber
) -> None:
    fake = SimpleUploadedFile("call.wav", photo(), "audio/wav")
    bad = {**VERBAL, "recording": fake}
    assert signed_in(sal).post(url_of(cora, "verbal/"), bad).status_code == 422
    late = {**VERBAL, "said_at": "2099-01-01T10:00"}
    assert signed_in(sal).post(url_of(cora, "verbal/"), late).status_code == 422
    assert signed_in(stan).post(url_of(cora, "verbal/"), VERBAL).status_code == 404
    assert Document.objects.count() == 0


def test_api_keeps_a_file_and_evidence_names_it(
    api: Callable[[User], APIClient], sal: User, stan: User, cora: PhoneNumber, north: Dealership
) -> None:
    path = f"/api/v1/contacts/{cora.contact.public_id}/documents/"
    file = SimpleUploadedFile("x.bin", recording(), "application/octet-stream")
    sent = {"file": file, "sort": "recording"}
    answer = api(sal).post(path, sent, format="multipart")
    assert answer.status_code == 201, answer.json()
    kept = answer.json()
    assert kept["content_type"] == "audio/wav"
    assert kept["sha256"] == hashlib.sha256(recording()).hexdigest()
    evidence = {"script": "May we?", "words": "Yes", "called_at": "2026-11-02T10:00:00Z"}
    more = f"/api/v1/contacts/{cora.contact.public_id}/evidence/"
    for proof, proven in ((kept["id"], True), ("somewhere", False)):
        told = {"basis": "phone_up", "evidence": {**evidence, "proof": proof, "taken_by": "Em"}}
        answer = api(sal).post(more, told)
        assert answer.status_code == 201, answer.json()
        assert ledger.terms_of(last_entry(cora))["proven"] is proven
        assert answer.json()["strength"] == ("strong" if proven else "weak")
    assert api(sal).get(f"/api/v1/documents/{kept['id']}/").json() == kept
    assert api(stan).get(f"/api/v1/documents/{kept['id']}/").status_code == 404
    file.seek(0)
    assert api(stan).post(path, sent, format="multipart").status_code == 404
    bad = {"file": SimpleUploadedFile("x.pdf", b"<html>")}
    answer = api(sal).post(path, bad, format="multipart")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_file")


@pytest.mark.parametrize("key", ["file", "proof"])
def test_a_recording_is_no_signed_paper(south: Dealership, key: str) -> None:
    """RULE-CA-04: in Canada a signature is a ground to ask only with its paper."""
    phone = make_contact(south, number="+14165550142", basis=Basis.IMPORT)
    sound = documents.store(
        recording(), sort=Sort.RECORDING, dealership=south, phone=phone, acting_user=None
    )
    evidence: dict[str, Json] = {"file": "nonsense", key: str(sound.public_id)}
    entry = contacts.record_basis(
        phone, basis=Basis.SIGNED_DOCUMENT, evidence=evidence, acting_user=None
    )
    assert "file" in str(ledger.terms_of(entry)["missing"])
    assert gate.may_text(phone, purpose=Purpose.PERMISSION_REQUEST).outcome is Outcome.DENY


def test_a_wording_that_is_not_ours_is_missing(cora: PhoneNumber, other: Dealership) -> None:
    variant = Variant(Disclosure.Purpose.WEB_FORM, "en", Level.INFORMATIONAL)
    theirs = Disclosure.objects.create(
        dealership=other, purpose=variant.purpose, language="en", level="informational", body="x",
        version=1, sha256="x",
    )  # fmt: skip
    for named in (str(theirs.public_id), str(uuid.uuid4())):
        entry = contacts.record_basis(
            cora, basis=Basis.SIGNED_DOCUMENT, evidence={"disclosure": named}, acting_user=None
        )
        assert "disclosure" in str(ledger.terms_of(entry)["missing"]).split(",")


@pytest.mark.parametrize("witness", [" ", "-", "n/a", "Nobody", "FITZGERALD auto mall"])
def test_no_witness_is_none(cora: PhoneNumber, witness: str) -> None:
    told: dict[str, Json] = {"script": "May we?", "verification": "12", "verified_by": witness}
    entry = contacts.record_verbal(cora, basis=Basis.PHONE_UP, evidence=told, acting_user=None)
    assert not contacts.is_proven(entry)


def test_a_file_of_another_number_proves_nothing(cora: PhoneNumber, north: Dealership) -> None:
    second = contacts.add_contact(
        dealership=north,
        name="Dora",
        number_e164="+17175550143",
        basis=Basis.WALK_IN,
        evidence={},
        acting_user=None,
    )
    theirs = documents.store(
        photo(), sort=Sort.PAPER, dealership=north, phone=second, acting_user=None
    )
    entry = contacts.record_basis(
        cora,
        basis=Basis.SIGNED_DOCUMENT,
        evidence={"file": str(theirs.public_id)},
        acting_user=None,
    )
    assert "file" in str(ledger.terms_of(entry)["missing"])
    assert "document" not in ledger.terms_of(entry)


@pytest.mark.parametrize(
    ("attack", "problem"),
    [
        ("UPDATE consent_document SET content = 'forged'", "does not match its hash"),
        ("DELETE FROM consent_document", "is missing"),
    ],
)
def test_fsck_names_the_entry_whose_document_was_altered(
    cora: PhoneNumber, attack: str, problem: str
) -> None:
    entry = contacts.record_basis(
        cora, basis=Basis.SIGNED_DOCUMENT, evidence={}, acting_user=None, paper=photo()
    )
    assert checking.fsck().damages == ()
    with connection.cursor() as cursor:  # as the owner of the tables, who can do anything
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE consent_document DISABLE TRIGGER append_only")
        cursor.execute(attack)
        cursor.execute("ALTER TABLE consent_document ENABLE TRIGGER append_only")
    (damage,) = checking.fsck().damages
    assert damage.index == entry.index
    assert problem in damage.problem
