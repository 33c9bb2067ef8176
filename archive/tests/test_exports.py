from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import subprocess
import sys
import tracemalloc
import warnings
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.cells import safe_cell
from accounts.clock import now
from accounts.models import Role
from archive import erasing, exports, sealing
from archive.exports import build, request_export
from archive.models import Export, Transcript
from archive.tests.conftest import add_inbound, built, make_closed, make_transcript
from conftest import (
    CORA_NUMBER,
    NORTH_NUMBER,
    make_contact,
    make_user,
    photo,
    post_inbound,
)
from consent import checking, checkpoints, contacts, ledger, merkle
from consent.kinds import Basis, Kind
from consent.models import ConsentEvent, ErasureReason, Evidence, LedgerHead, PhoneNumber
from consent.tests.test_checking import as_owner
from messaging import conversations
from messaging.models import Attachment, Message

FORMULA = '=HYPERLINK("http://evil.example","x")'


def saved(export: Export, folder: Path) -> Path:
    path = folder / "export.zip"
    with export.file.open("rb") as content:
        path.write_bytes(content.read())
    return path


def unpacked(path: Path) -> Path:
    folder = path.parent / "unpacked"
    with zipfile.ZipFile(path) as package:
        package.extractall(folder)
    return folder


def run_verify(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script that the export ships, with plain Python: isolated, without our packages."""
    script = path / "verify.py" if path.is_dir() else path.parent / "verify.py"
    if not path.is_dir():
        with zipfile.ZipFile(path) as package:
            script.write_bytes(package.read("verify.py"))
    return subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(path), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def export(transcript, ada, north, shelf) -> Export:
    return built(north, ada)


def table(path: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as package:
        return list(csv.DictReader(io.StringIO(package.read(name).decode(), newline="")))


def test_the_zip_has_everything_and_verifies_with_plain_python(export, shelf, north):
    path = saved(export, shelf)
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = set(package.namelist())
    public_id = Transcript.objects.get().public_id
    assert names == {
        "README.txt",
        "verify.py",
        "checkpoint.txt",
        "contacts.csv",
        "entries.csv",
        "entries.jsonl",
        "evidence.jsonl",
        "messages.csv",
        "decisions.jsonl",
        "disclosures.csv",
        "attachments.csv",
        "documents.csv",
        "policies_and_training.csv",
        f"transcripts/{public_id}.json",
        f"transcripts/{public_id}.txt",
        f"transcripts/{public_id}.pdf",
        "manifest.json",
        "manifest-note.txt",
    }
    for target in (path, unpacked(path)):
        result = run_verify(target)
        assert result.returncode == 0, result.stdout + result.stderr
        assert "The export holds." in result.stdout
        assert export.sha256 in result.stdout


def test_the_ledger_says_who_took_what(export, ada, north):
    entry = ConsentEvent.objects.get(dealership=north, index=export.ledger_index)
    terms = ledger.terms_of(entry)
    assert entry.kind == Kind.ARCHIVE_EXPORTED
    assert terms["manifest_sha256"] == export.sha256
    assert terms["export"] == str(export.public_id)
    assert terms["actor"] == str(ada.public_id)
    assert checking.fsck().damages == ()


def test_the_key_may_come_from_elsewhere_and_must_be_the_right_one(export, shelf):
    path = saved(export, shelf)
    assert run_verify(path, "--key", checkpoints.verifier_key()).returncode == 0
    name, _, encoded = checkpoints.verifier_key().split("+", 2)
    forged = f"{name}+00000000+{encoded}"
    assert run_verify(path, "--key", forged).returncode == 1


@pytest.mark.parametrize(
    "name",
    [
        "entries.jsonl",
        "entries.csv",
        "evidence.jsonl",
        "messages.csv",
        "contacts.csv",
        "checkpoint.txt",
        "manifest.json",
        "README.txt",
        "*.pdf",
        "*.json",
    ],
)
def test_one_changed_byte_is_found(export, shelf, name):
    folder = unpacked(saved(export, shelf))
    path = next(iter((folder / "transcripts").glob(name)), folder / name)
    raw = bytearray(path.read_bytes())
    place = len(raw) // 2
    raw[place] = raw[place] ^ 1
    path.write_bytes(bytes(raw))
    result = run_verify(folder)
    assert result.returncode != 0
    assert path.name in result.stdout or "cannot be read" in result.stdout


def test_one_changed_byte_of_the_packed_zip_is_found(export, shelf):
    path = saved(export, shelf)
    with zipfile.ZipFile(path) as package:
        info = package.getinfo("entries.jsonl")
        start = info.header_offset + len(info.filename) + 60
    raw = bytearray(path.read_bytes())
    raw[start] ^= 1
    path.write_bytes(bytes(raw))
    assert run_verify(path).returncode != 0


def test_a_forger_who_repairs_the_hashes_fails_at_the_signature(export, shelf):
    folder = unpacked(saved(export, shelf))
    lines = (folder / "entries.jsonl").read_text().splitlines()
    row = json.loads(lines[0])
    row["body"] = row["body"].replace("web_form", "walk_in")
    row["leaf_hash"] = hashlib.sha256(b"\x00" + row["body"].encode()).hexdigest()
    (folder / "entries.jsonl").write_text("\n".join([json.dumps(row), *lines[1:]]) + "\n")
    note = (folder / "manifest-note.txt").read_text()
    resign(folder)
    (folder / "manifest-note.txt").write_text(note)  # which a forger cannot write
    result = run_verify(folder)
    assert result.returncode == 1
    assert "manifest.json: was changed after it was signed" in result.stdout
    assert "do not have the root" in result.stdout


def resign(folder: Path) -> None:
    """Do what somebody can who holds the signing key: list, hash and sign what is there now."""
    manifest = json.loads((folder / "manifest.json").read_text())
    listing = hashlib.sha256()
    for item in manifest["files"]:
        raw = (folder / item["name"]).read_bytes()
        item["sha256"], item["bytes"] = hashlib.sha256(raw).hexdigest(), len(raw)
        listing.update(f"{item['sha256']}  {item['name']}\n".encode())
    manifest["list_sha256"] = listing.hexdigest()
    raw = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(raw)
    note = checkpoints.build_note(
        origin=f"dealertext/{manifest['dealership']['id']}/exports/{manifest['id']}",
        size=len(manifest["files"]),
        root=hashlib.sha256(raw).digest(),
    )
    (folder / "manifest-note.txt").write_text(note)


def test_the_ledger_holds_evidence_papers_and_every_file_of_a_transcript(
    cora, transcript, ada, north, shelf
):
    contacts.record_basis(
        cora, basis=Basis.SIGNED_DOCUMENT, evidence={}, acting_user=ada, paper=photo()
    )
    folder = unpacked(saved(built(north, ada), shelf))
    resign(folder)
    assert run_verify(folder).returncode == 0, run_verify(folder).stdout
    (paper,) = (folder / "documents").glob("*")
    (pdf,) = (folder / "transcripts").glob("*.pdf")
    lines = (folder / "evidence.jsonl").read_text().splitlines(keepends=True)
    for path, raw, problem in (
        (paper, b"another paper", "is not the document of the entry"),
        (pdf, b"%PDF another", "is not what the ledger sealed"),
        (folder / "evidence.jsonl", "".join(lines[1:]).encode(), "no erasure names it"),
    ):
        kept = path.read_bytes()
        path.write_bytes(raw)
        resign(folder)
        result = run_verify(folder)
        assert result.returncode == 1
        assert problem in result.stdout
        path.write_bytes(kept)


def test_a_name_that_is_in_the_zip_twice_is_found(export, shelf):
    """Which of the two an unpacker takes is its own affair."""
    path = saved(export, shelf)
    with zipfile.ZipFile(path) as package:
        genuine = package.read("messages.csv")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("messages.csv", genuine)
    result = run_verify(path)
    assert result.returncode == 1
    assert "messages.csv: is in it more than once" in result.stdout


def test_an_export_begins_with_what_was_mailed_out(transcript, ada, north, shelf, tmp_path):
    point = checkpoints.publish(north)
    assert point is not None
    mailed = tmp_path / "mailed.txt"
    mailed.write_text(point.note, newline="\r\n")
    path = saved(built(north, ada), shelf)
    result = run_verify(path, "--checkpoint", str(mailed), "--key", checkpoints.verifier_key())
    assert result.returncode == 0, result.stdout
    other = checkpoints.build_note(
        origin=checkpoints.origin_of(north), size=point.size, root=bytes(32)
    )
    mailed.write_text(other)
    result = run_verify(path, "--checkpoint", str(mailed))
    assert result.returncode == 1
    assert "the ledger does not begin with those entries" in result.stdout


def test_an_export_after_a_rotation_holds_with_both_keys(transcript, ada, north, shelf, settings):
    checkpoints.publish(north)
    former = checkpoints.verifier_key()
    settings.LEDGER_SIGNING_KEY = f"ledger-2:{base64.b64encode(bytes(range(32))).decode()}"
    settings.LEDGER_FORMER_KEYS = [former]
    path = saved(built(north, ada), shelf)
    assert run_verify(path).returncode == 0
    both = ("--key", former, "--key", checkpoints.verifier_key())
    assert run_verify(path, *both).returncode == 0
    assert run_verify(path, *both[:2]).returncode == 1
    assert sealing.verify(transcript).holds


def test_a_file_added_or_taken_away_is_found(export, shelf):
    folder = unpacked(saved(export, shelf))
    (folder / "added.txt").write_text("hello")
    assert "added.txt: is not in the manifest" in run_verify(folder).stdout
    (folder / "added.txt").unlink()
    (folder / "messages.csv").unlink()
    result = run_verify(folder)
    assert result.returncode == 1
    assert "messages.csv: is missing" in result.stdout


@pytest.mark.parametrize(
    ("given", "cell"),
    [
        (FORMULA, "'" + FORMULA),
        ("+17175550142", "'+17175550142"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\n=1", "'\n'=1"),
        ("hi;=1+1;x", "hi;'=1+1;x"),
        ("hi;  @SUM(A1)", "hi;  '@SUM(A1)"),
        ("hi\t+1", "hi\t'+1"),
        ("one; two", "one; two"),
        ("  =1+1", "'  =1+1"),
        ("\uff1d1", "'\uff1d1"),
        ('plain, "quoted" = fine', 'plain, "quoted" = fine'),
        (None, ""),
        (3, "3"),
    ],
)
def test_no_cell_is_a_formula(given, cell):
    assert safe_cell(given) == cell


def test_a_customer_named_like_a_formula_stays_a_name(north, ada, sal, shelf):
    phone = make_contact(north, name=FORMULA)
    make_closed(phone, sal, words="=cmd|' /C calc'!A0")
    path = saved(built(north, ada), shelf)
    assert table(path, "contacts.csv")[0]["name"] == f"'{FORMULA}"
    (message, _) = table(path, "messages.csv")
    assert message["body"].startswith("'=cmd")
    for name in ("contacts.csv", "messages.csv", "entries.csv", "disclosures.csv"):
        for row in table(path, name):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert run_verify(path).returncode == 0


def test_days_limit_texts_but_never_the_ledger(north, ada, cora, sal, shelf):
    make_transcript(cora, sal)
    day = now().date() - timedelta(days=3)
    path = saved(built(north, ada, from_on=day - timedelta(days=1), to_on=day), shelf)
    assert table(path, "messages.csv") == []
    assert len(table(path, "entries.csv")) == ConsentEvent.objects.count() - 1  # the export's own
    assert run_verify(path).returncode == 0
    path = saved(built(north, ada, from_on=day), shelf)
    assert len(table(path, "messages.csv")) == 2


def test_another_dealerships_rows_are_not_in_it(transcript, other, stan, ada, north, shelf):
    stranger = make_contact(other, number="+12155550199", name="Strange Person")
    make_closed(stranger, stan, words="secret of the rival")
    path = saved(built(north, ada), shelf)
    with zipfile.ZipFile(path) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert b"secret of the rival" not in everything
    assert b"Strange Person" not in everything
    assert b"2155550199" not in everything


def test_pictures_are_packed_and_missing_ones_counted(north, ada, cora, sal, shelf):
    make_closed(cora, sal)
    message = Message.objects.filter(direction="inbound").get()
    for position in (0, 1):
        picture = Attachment(
            message=message,
            position=position,
            content_type="image/png",
            status=Attachment.Status.STORED,
            sha256=hashlib.sha256(b"png").hexdigest(),
        )
        picture.file.save("x.png", ContentFile(b"png"))
    assert picture.file.name
    default_storage.delete(picture.file.name)
    export = built(north, ada)
    assert export.counts["files_missing"] == 1
    path = saved(export, shelf)
    with zipfile.ZipFile(path) as package:
        media = [name for name in package.namelist() if name.startswith("media/")]
        assert [package.read(name) for name in media] == [b"png"]
    assert len(table(path, "attachments.csv")) == 2


def test_an_empty_dealership_can_be_exported(north, ada, shelf):
    path = saved(built(north, ada), shelf)
    assert run_verify(path).returncode == 0


def test_a_second_worker_leaves_it_alone_and_a_silent_one_is_replaced(north, ada, shelf):
    export = request_export(north, acting_user=ada)
    Export.objects.filter(pk=export.pk).update(status="running", heard_at=now(), attempts=1)
    assert exports.unfinished_ids(limit=5) == []
    assert build(export.pk) == "busy"
    Export.objects.filter(pk=export.pk).update(heard_at=now() - timedelta(seconds=121))
    assert exports.unfinished_ids(limit=5) == [export.pk]
    assert build(export.pk) == "complete"
    assert build(export.pk) == "busy"


def test_a_worker_that_lost_its_claim_stores_nothing(north, ada, shelf, monkeypatch):
    export = request_export(north, acting_user=ada)
    write = exports._write

    def slow(mine, target):
        Export.objects.filter(pk=mine.pk).update(claim_token=None)
        return write(mine, target)

    monkeypatch.setattr(exports, "_write", slow)
    assert build(export.pk) == "busy"
    assert not ConsentEvent.objects.filter(kind=Kind.ARCHIVE_EXPORTED).exists()


def test_no_file_is_left_of_an_attempt_that_failed_or_died(north, ada, shelf, monkeypatch):
    export = request_export(north, acting_user=ada)

    def killed(*_args):
        raise KeyboardInterrupt

    def broken(*_args):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(exports, "_complete", broken)
        assert build(export.pk) == "queued"
    assert not list(shelf.rglob("*.zip"))
    with monkeypatch.context() as patch:
        patch.setattr(exports, "_complete", killed)
        patch.setattr(default_storage, "delete", lambda _name: None)
        with pytest.raises(KeyboardInterrupt):
            build(export.pk)
    assert len(list(shelf.rglob("*.zip"))) == 1
    Export.objects.filter(pk=export.pk).update(status="queued", attempts=3)
    assert build(export.pk) == "failed"
    assert not list(shelf.rglob("*.zip"))


def test_what_fails_three_times_is_failed(north, ada, shelf, monkeypatch):
    export = request_export(north, acting_user=ada)

    def broken(mine, target):
        raise OSError("disk full")

    monkeypatch.setattr(exports, "_write", broken)
    assert [build(export.pk) for _ in range(3)] == ["queued", "queued", "failed"]
    export.refresh_from_db()
    assert (export.failure, export.progress) == ("OSError", 0)
    assert exports.unfinished_ids(limit=5) == []


def test_progress_is_told_while_it_is_written(north, ada, cora, sal, shelf, monkeypatch):
    make_transcript(cora, sal)
    monkeypatch.setattr(exports, "HEARTBEAT_SECONDS", 0)
    told: list[int] = []
    tell = exports._Progress.tell

    def spy(self):
        tell(self)
        told.append(Export.objects.get(pk=self.export.pk).progress)

    monkeypatch.setattr(exports._Progress, "tell", spy)
    built(north, ada)
    assert told == sorted(told)
    assert told[-1] >= 90
    assert len(set(told)) > 3


def test_the_days_must_be_the_right_way_round(north, ada):
    with pytest.raises(ValueError, match="after"):
        request_export(
            north, acting_user=ada, from_on=now().date(), to_on=now().date() - timedelta(days=1)
        )


def fill_ledger(dealership, count: int) -> None:
    """Append many small entries quickly, as ledger.append() would have."""
    head, _ = LedgerHead.objects.get_or_create(dealership=dealership)
    frontier = [bytes.fromhex(x) for x in head.frontier]
    rows = []
    for index in range(head.size, head.size + count):
        body = {
            "v": 1,
            "log": str(dealership.public_id),
            "index": index,
            "kind": "IMPORTED",
            "subject": "",
            "recorded_at": "2026-01-01T00:00:00.000000+00:00",
            "received_at": "2026-01-01T00:00:00.000000+00:00",
            "actor": "",
            "evidence": "",
        }
        raw = merkle.canonical(body)
        leaf = merkle.leaf_hash(raw)
        frontier = merkle.frontier_append(frontier, index, leaf)
        rows.append(
            ConsentEvent(
                dealership=dealership,
                index=index,
                kind="IMPORTED",
                recorded_at="2026-01-01T00:00:00Z",
                received_at="2026-01-01T00:00:00Z",
                body=raw.decode(),
                leaf_hash=leaf.hex(),
            )
        )
    ConsentEvent.objects.bulk_create(rows, batch_size=1000)
    LedgerHead.objects.filter(pk=head.pk).update(
        size=head.size + count, frontier=[x.hex() for x in frontier]
    )


def peak_of(dealership, user) -> int:
    export = request_export(dealership, acting_user=user)
    tracemalloc.start()
    assert build(export.pk) == "complete"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_entries(north, ada, shelf):
    fill_ledger(north, 2500)
    first = peak_of(north, ada)
    fill_ledger(north, 6000)
    assert peak_of(north, ada) < first * 1.2


def test_the_number_of_queries_grows_only_with_the_batches(
    north, ada, sal, shelf, django_assert_max_num_queries
):
    counts = []
    for number in range(2):
        for place in range(1 if number == 0 else 19):
            phone = make_contact(north, number=f"+1717555{1000 + number * 100 + place}")
            conversation = conversations.conversation_for(phone)
            add_inbound(conversation, "hello")
            conversations.close(conversation, acting_user=sal)
            assert sealing.seal(conversation.pk) == "sealed"
        with django_assert_max_num_queries(90) as seen:
            built(north, ada)
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 1
    assert Evidence.objects.count() >= 20


def test_a_conversation_sealed_while_an_export_is_written_is_left_for_the_next(
    cora, sal, ada, north, shelf, monkeypatch
):
    talk = make_closed(cora, sal)
    write = exports._write_messages

    def slowly(*given):
        assert sealing.seal(talk.pk) is sealing.Outcome.SEALED
        return write(*given)

    monkeypatch.setattr(exports, "_write_messages", slowly)
    found = run_verify(saved(built(north, ada), shelf))
    assert found.returncode == 0, found.stdout
    monkeypatch.undo()
    found = run_verify(saved(built(north, ada), shelf))
    assert found.returncode == 0, found.stdout
    assert "checked 1 transcripts" in found.stdout


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM archive_transcriptfile WHERE format = 'pdf'", ".pdf: is missing, and no"),
        ("DELETE FROM archive_transcriptfile", ".json: is missing, and no erasure names it"),
        ("DELETE FROM consent_document", "of entry 1: is missing, and no erasure names it"),
    ],
)
def test_what_the_ledger_names_and_the_export_lacks_is_found(
    cora, sal, ada, north, shelf, statement, said
):
    contacts.record_basis(
        cora, basis=Basis.SIGNED_DOCUMENT, evidence={"note": "x"}, acting_user=sal, paper=photo()
    )
    make_transcript(cora, sal)
    assert run_verify(saved(built(north, ada), shelf)).returncode == 0
    as_owner(statement)
    found = run_verify(saved(built(north, ada), shelf))
    assert found.returncode == 1
    assert said in found.stdout
    days = built(north, ada, from_on=now().date() + timedelta(days=2))
    assert ("transcripts/" in run_verify(saved(days, shelf)).stdout) is False


def test_a_mailed_checkpoint_may_lie_in_the_unpacked_folder(transcript, ada, north, shelf):
    folder = unpacked(saved(built(north, ada), shelf))
    (folder / "mailed.txt").write_text(north.checkpoints.latest("pk").note)
    command = [sys.executable, "verify.py", "--checkpoint", "mailed.txt"]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
    found = subprocess.run(command[:2], cwd=folder, capture_output=True, text=True, check=False)
    assert "mailed.txt: is not in the manifest" in found.stdout


def test_a_stranger_who_is_erased_twice_breaks_no_export(north, ada, shelf):
    boss = make_user("boss@example.com", "Bo Boss", north, Role.ADMIN)
    for words in ("HELP", "Is the Civic there?"):
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body=words)
        Message.objects.filter(status="sending").update(status="sent")
        contact = PhoneNumber.objects.get(number_e164=CORA_NUMBER).contact
        assert erasing.erase(contact, reason=ErasureReason.REQUEST, acting_user=boss)
    found = run_verify(saved(built(north, ada), shelf))
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    "value", ["a\t\t=1+1", "x;\t=1+1", 'a;"=1+1&";b', "x\n=1+1", "a; =1+1", "a;\u00a0=1+1"]
)
def test_no_cell_is_a_formula_wherever_a_program_ends_cells(value):
    out = io.StringIO()
    csv.writer(out).writerow(["first", safe_cell(value), "last"])
    for separator in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(out.getvalue()), delimiter=separator):
            assert not any(cell.lstrip(' "').startswith("=") for cell in row), row
