"""A ZIP written as a stream, with the SHA-256 of every file in it: the frame of an export."""

from __future__ import annotations

import csv
import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO

from accounts.cells import safe_cell

CHUNK = 1 << 16


class Package:
    """Writes one ZIP; memory does not grow with what goes into the files.

    The list of files is kept on disk, in the order in which they were written.
    """

    def __init__(self, target: IO[bytes], *, at: datetime) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._at = at.astimezone(UTC).timetuple()[:6]
        self._listed = tempfile.TemporaryFile()  # noqa: SIM115 - close() closes it
        self._list_hash = hashlib.sha256()
        self.files = 0

    @contextmanager
    def member(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """Open one file of the ZIP; yields what writes to it."""
        digest, size = hashlib.sha256(), 0
        with self._open(name) as file:

            def write(data: bytes) -> None:
                nonlocal size
                digest.update(data)
                size += len(data)
                file.write(data)

            yield write
        item = {"name": name, "sha256": digest.hexdigest(), "bytes": size}
        self._listed.write(json.dumps(item).encode() + b"\n")
        self._list_hash.update(f"{item['sha256']}  {name}\n".encode())
        self.files += 1

    def _open(self, name: str) -> IO[bytes]:
        info = zipfile.ZipInfo(name, self._at)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        return self._zip.open(info, "w", force_zip64=True)

    def put(self, name: str, content: bytes) -> None:
        """Write one whole file."""
        with self.member(name) as write:
            write(content)

    def put_file(self, name: str, content: IO[bytes]) -> None:
        """Copy one file in pieces."""
        with self.member(name) as write:
            while chunk := content.read(CHUNK):
                write(chunk)

    def put_table(self, name: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
        """Write a CSV file whose cells no spreadsheet takes for formulas."""
        with self.member(name) as write:
            table = csv.writer(_Text(write))
            table.writerow(head)
            for row in rows:
                table.writerow([safe_cell(value) for value in row])

    def put_objects(self, name: str, objects: Iterable[dict[str, object]]) -> None:
        """Write a file with one JSON object in each line."""
        with self.member(name) as write:
            for item in objects:
                write(json.dumps(item, ensure_ascii=False).encode() + b"\n")

    def finish(
        self, manifest: dict[str, object], *, sign: Callable[[str, int], str]
    ) -> tuple[str, int]:
        """Write manifest.json and the note that signs it; return its SHA-256 and size in bytes.

        `sign` takes the manifest's SHA-256 and the number of files, and returns the note.
        """
        digest, size = hashlib.sha256(), 0
        with self._open("manifest.json") as file:
            for part in self._manifest_parts(manifest):
                digest.update(part)
                size += len(part)
                file.write(part)
        with self._open("manifest-note.txt") as file:
            file.write(sign(digest.hexdigest(), self.files).encode())
        self._zip.close()
        return digest.hexdigest(), size

    def _manifest_parts(self, manifest: dict[str, object]) -> Iterator[bytes]:
        """Yield the manifest in pieces: its list of files may be long."""
        head = {**manifest, "list_sha256": self._list_hash.hexdigest()}
        yield json.dumps(head, ensure_ascii=False, indent=1).encode().removesuffix(b"\n}")
        yield b',\n "files": ['
        self._listed.seek(0)
        for number, line in enumerate(self._listed):
            yield (b",\n  " if number else b"\n  ") + line.rstrip(b"\n")
        yield b"\n ]\n}\n"

    def close(self) -> None:
        """Let go of the temporary files."""
        self._listed.close()
        self._zip.close()


class _Text:
    """The little of a text file that a csv.writer needs."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write

    def write(self, text: str) -> None:
        self._write(text.encode())
