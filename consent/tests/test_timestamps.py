"""Checkpoints stamped by a real RFC 3161 authority: OpenSSL's, over HTTP on loopback."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from typing_extensions import override

from accounts.models import Dealership
from conftest import MailServer, make_contact
from consent import checkpoints, tasks, timestamps
from consent.models import Checkpoint, CheckpointTimestamp, PhoneNumber

CONFIG = """
[ca]
basicConstraints = critical, CA:TRUE
subjectKeyIdentifier = hash
[tsa]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[stamping]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["openssl", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of an authority and of the root that vouches for it."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here")
    folder = tmp_path_factory.mktemp("authority")
    (folder / "openssl.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    new = ("req", "-newkey", "rsa:2048", "-nodes")
    openssl(
        folder,
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem"),
        *("-subj", "/CN=Root", "-days", "3650"),
    )
    openssl(folder, *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Authority")
    openssl(
        folder,
        *("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key"),
        *("-CAcreateserial", "-out", "tsa.pem", "-days", "3650"),
        *("-extfile", "openssl.cnf", "-extensions", "tsa"),
    )
    return folder


class Authority:
    """Answers requests; `spoil` says how it misbehaves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked = 0
        self.spoil = ""
        self._kept = b""

    def answer(self, query: bytes) -> tuple[int, bytes]:
        """Return the status and the body for one query."""
        self.asked += 1
        if self.spoil == "away":
            return 503, b"later"
        if self.spoil == "nonsense":
            return 200, b"<html>hello</html>"
        if self.spoil == "endless":
            return 200, b"x" * 300_000
        if self.spoil == "replay":
            return 200, self._kept
        (self.folder / "query.tsq").write_bytes(query)
        openssl(
            self.folder,
            *("ts", "-reply", "-config", "openssl.cnf", "-section", "stamping"),
            *("-queryfile", "query.tsq", "-out", "reply.tsr"),
        )
        self._kept = (self.folder / "reply.tsr").read_bytes()
        return 200, self._kept


@pytest.fixture
def authority(authority_folder: Path, settings: Any) -> Iterator[Authority]:
    asked = Authority(authority_folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            status, body = asked.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/tsa"
    yield asked
    server.shutdown()
    server.server_close()


def test_a_checkpoint_is_stamped_and_anybody_can_check_it(
    authority: Authority, cora: PhoneNumber, tmp_path: Path
) -> None:
    point = checkpoints.publish(cora.dealership)
    assert point is not None
    assert tasks.stamp_checkpoints() == 1
    kept = CheckpointTimestamp.objects.get(checkpoint=point)
    assert kept.authority.startswith("http://127.0.0.1:")
    (tmp_path / "note.txt").write_text(point.note)
    (tmp_path / "note.tsr").write_bytes(bytes(kept.response))
    words = ("ts", "-verify", "-in", "note.tsr", "-CAfile", str(authority.folder / "ca.pem"))
    assert "Verification: OK" in openssl(tmp_path, *words, "-data", "note.txt")
    (tmp_path / "other.txt").write_text(point.note.replace("\n1\n", "\n2\n"))
    with pytest.raises(AssertionError, match="mismatch"):
        openssl(tmp_path, *words, "-data", "other.txt")
    assert tasks.stamp_checkpoints() == 0
    assert authority.asked == 1


def test_only_the_newest_checkpoint_of_a_ledger_needs_one(
    authority: Authority, cora: PhoneNumber, south: Dealership
) -> None:
    checkpoints.publish(cora.dealership)
    make_contact(cora.dealership, number="+17175550143", name="Next Person")
    newest = checkpoints.publish(cora.dealership)
    make_contact(south, number="+14165550143", name="Third Person")
    checkpoints.publish(south)
    assert tasks.stamp_checkpoints() == 2
    assert newest is not None
    assert not CheckpointTimestamp.objects.filter(checkpoint__size__lt=newest.size).exclude(
        checkpoint__dealership=south
    )


@pytest.mark.parametrize("spoil", ["away", "nonsense", "endless", "replay"])
def test_an_answer_that_is_no_stamp_is_not_kept_and_asked_for_again(
    authority: Authority, cora: PhoneNumber, spoil: str
) -> None:
    checkpoints.publish(cora.dealership)
    assert tasks.stamp_checkpoints() == 1
    make_contact(cora.dealership, number="+17175550143", name="Next Person")
    point = checkpoints.publish(cora.dealership)
    assert point is not None
    authority.spoil = spoil
    assert tasks.stamp_checkpoints() == 0
    with pytest.raises(timestamps.NotStamped):
        timestamps.stamp(point)
    assert not CheckpointTimestamp.objects.filter(checkpoint=point).exists()
    authority.spoil = ""
    assert tasks.stamp_checkpoints() == 1


def test_without_an_authority_nobody_is_asked(cora: PhoneNumber) -> None:
    checkpoints.publish(cora.dealership)
    assert tasks.stamp_checkpoints() == 0
    assert CheckpointTimestamp.objects.count() == 0


def test_a_stamp_cannot_be_changed(authority: Authority, cora: PhoneNumber) -> None:
    checkpoints.publish(cora.dealership)
    tasks.stamp_checkpoints()
    rows = CheckpointTimestamp.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(authority="http://forged.example")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_the_stamp_goes_along_with_the_mail(
    authority: Authority, smtp: MailServer, cora: PhoneNumber
) -> None:
    cora.dealership.checkpoint_addresses = "witness@counsel.example"
    cora.dealership.save()
    checkpoints.publish(cora.dealership)
    tasks.stamp_checkpoints()
    assert tasks.mail_checkpoints() == 1
    note, stamp = smtp.mails[0].iter_attachments()
    assert note.get_filename() == "checkpoint-1.txt"
    assert stamp.get_filename() == "checkpoint-1.tsr"
    kept = CheckpointTimestamp.objects.get(checkpoint=Checkpoint.objects.get())
    assert stamp.get_content() == bytes(kept.response)
