"""Signed papers, policies and trainings leave with the archive, under their hashes."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import date

from archive.exports import build, request_export
from conftest import photo
from consent import documents, records
from consent.models import HouseRecord
from consent.uploads import Sort


def test_documents_and_policies_are_packed(north, other, cora, ada, sal, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    paper = photo()
    kept = documents.store(paper, sort=Sort.PAPER, dealership=north, phone=cora, acting_user=sal)
    theirs = documents.store(photo("red"), sort=Sort.PAPER, dealership=other, acting_user=None)
    record = records.keep(
        north,
        sort=HouseRecord.Sort.POLICY,
        title="Do Not Call policy",
        begins_on=date(2026, 1, 1),
        people=[sal],
        paper=photo("blue"),
        acting_user=ada,
    )
    export = request_export(north, acting_user=ada)
    assert build(export.pk) == "complete"
    export.refresh_from_db()
    assert (export.counts["documents"], export.counts["house_records"]) == (2, 1)
    with export.file.open("rb") as content, zipfile.ZipFile(content) as package:
        assert package.read(f"documents/{kept.filename}") == paper
        assert f"documents/{theirs.filename}" not in package.namelist()
        rows = _table(package, "documents.csv")
        assert {row["sha256"] for row in rows} >= {hashlib.sha256(paper).hexdigest()}
        assert {row["contact"] for row in rows} == {str(cora.contact.public_id), ""}
        (policy,) = _table(package, "policies_and_training.csv")
    assert (policy["title"], policy["people"]) == ("Do Not Call policy", sal.name)
    assert record.document is not None
    assert policy["document"] == str(record.document.public_id)


def _table(package: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package.read(name).decode("utf-8-sig"))))
