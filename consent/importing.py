"""Lists that come in as CSV: the earlier system's opt-outs and consents, DNC and RND results.

A worker reads the file row by row, each row in a transaction of its own: bad rows are named with
their line, good rows go in. The same file twice adds nothing. What a list says of a number that is
no customer's yet stands in the ledger too, and binds whoever adds the number later.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import logging
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from time import monotonic
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F

from accounts.cells import safe_cell
from accounts.clock import now
from accounts.models import Dealership, User
from consent import columns, contacts, ledger, phones, places, revocation, suppressions, waking
from consent.columns import BadRow, ListSort, Read, Row, rows_of
from consent.kinds import Kind
from consent.ledger import Json, Term
from consent.models import ConsentEvent, ListImport, PhoneNumber
from consent.subjects import subject_of

logger = logging.getLogger(__name__)
MAX_BYTES = 200_000_000
MAX_COLUMNS = 100
MAX_ATTEMPTS = 5
PREVIEW_ROWS = 5
#: A worker tells that it lives at least this often; silent for longer, its list is taken again.
HEARTBEAT_SECONDS = 1.0
SILENT_SECONDS = 120
REPORT_COLUMNS = ("line", "number", "outcome", "note")
#: What became of a row.
ADDED, KNOWN, BAD, NO_STOP = "added", "known", "bad", "no_stop"


class BadList(ValueError):
    """A file that is no list; the text says why."""


class ClaimLost(Exception):
    """Another worker took this list over."""


# --- taking a file in ----------------------------------------------------------------------------


def take_in(
    dealership: Dealership,
    *,
    sort: ListSort,
    file: IO[bytes],
    list_on: date | None,
    source: str,
    acting_user: User,
) -> ListImport:
    """Keep a file, byte for byte, with what its first line says; nothing is imported yet.

    `list_on`: the day of the list, needed for DNC and RND. Raises BadList.
    """
    digest, size_bytes, encoding = _looked_through(file)
    header, delimiter, rows = _shape(file, encoding)
    found = ListImport(
        dealership=dealership,
        sort=sort,
        list_on=list_on,
        source=source,
        sha256=digest,
        size_bytes=size_bytes,
        encoding=encoding,
        delimiter=delimiter,
        header=header,
        rows=rows,
        mapping=columns.guess(sort, header),
        requested_by=acting_user,
    )
    file.seek(0)
    found.file.save(f"{found.public_id}.csv", File(file), save=False)
    found.save()
    return found


def _looked_through(file: IO[bytes]) -> tuple[str, int, str]:
    """Return hash, size and encoding, reading the file once in pieces."""
    digest, size_bytes = hashlib.sha256(), 0
    is_utf8, tail = True, b""
    file.seek(0)
    is_utf16 = file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    file.seek(0)
    while piece := file.read(1 << 20):
        size_bytes += len(piece)
        if size_bytes > MAX_BYTES:
            raise BadList("The file is too large.")
        digest.update(piece)
        if is_utf8:
            is_utf8, tail = _is_utf8(tail + piece)
    if not size_bytes:
        raise BadList("The file is empty.")
    encoding = "utf-16" if is_utf16 else "utf-8-sig" if is_utf8 and not tail else "cp1252"
    return digest.hexdigest(), size_bytes, encoding


def _is_utf8(piece: bytes) -> tuple[bool, bytes]:
    """Say whether a piece is UTF-8 so far, and return the bytes of a character that is cut off."""
    try:
        piece.decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(piece) - error.start < 4:
            return True, piece[error.start :]
        return False, b""
    return True, b""


def _shape(file: IO[bytes], encoding: str) -> tuple[list[str], str, int]:
    """Return the header, what separates its cells, and how many rows follow."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        first = text.readline(100_000)
        if "\x00" in first or not first.strip():
            raise BadList("This is not a CSV file.")
        delimiter = max(",;\t|", key=first.count)
        text.seek(0)
        rows = rows_of(text, delimiter)
        names = next(rows, None)
        if names is None or names.cells is None:
            raise BadList("This is not a CSV file.")
        header = [cell.strip() for cell in names.cells]
        if len(header) > MAX_COLUMNS:
            raise BadList("The file has too many columns.")
        if any(phones.found_in(name) for name in header):
            raise BadList(
                "The first line holds a phone number: put a line with the columns' names above it."
            )
        return header, delimiter, sum(1 for _ in rows)
    finally:
        text.detach()


def preview(found: ListImport) -> list[list[str]]:
    """Return the first rows of the file."""
    with _opened(found) as text:
        rows = islice(rows_of(text, found.delimiter), 1, 1 + PREVIEW_ROWS)
        return [[cell[:60] for cell in row.cells or []] for row in rows]


def _opened(found: ListImport) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        default_storage.open(found.file.name or "", "rb"),
        encoding=found.encoding,
        errors="replace",
        newline="",
    )


# --- asking for the work -------------------------------------------------------------------------


def start(found: ListImport, *, mapping: dict[str, int], is_dry_run: bool) -> bool:
    """Ask a worker to read the list; False while one does already.

    Raises BadList when a column is missing without which the list says nothing.
    """
    if lacks := columns.lacking(ListSort(found.sort), mapping):
        raise BadList(f"Say which column holds: {', '.join(c.label for c in lacks)}.")
    taken = (
        ListImport.objects.filter(pk=found.pk)
        .exclude(status__in=[ListImport.Status.QUEUED, ListImport.Status.RUNNING])
        .update(
            status=ListImport.Status.QUEUED,
            mapping=mapping,
            is_dry_run=is_dry_run,
            counts={},
            done=0,
            attempts=0,
            failure="",
            finished_at=None,
        )
    )
    waking.worker("consent.tasks.run_import", found.pk, queue="bulk")
    return bool(taken)


def unfinished_ids(*, limit: int) -> list[int]:
    """Return the lists that wait for a worker, or lost theirs."""
    silent = now() - timedelta(seconds=SILENT_SECONDS)
    return list(
        ListImport.objects.abandoned(silent).order_by("pk").values_list("pk", flat=True)[:limit]
    )


# --- the work ------------------------------------------------------------------------------------


def run(import_pk: int) -> str:
    """Read one list if it waits; returns its status, "busy" when another worker has it.

    Killed at any line, it is begun again by the sweep: what is in already is not added again.
    """
    found = _claim(import_pk)
    if found is None:
        return "busy"
    if found.attempts > MAX_ATTEMPTS:
        return _end(found, ListImport.Status.FAILED, failure="gave_up")
    try:
        with tempfile.TemporaryFile() as target:
            counts = _work_through(found, target)
            target.seek(0)
            _keep_report(found, target, counts)
    except ClaimLost:
        return "busy"
    except Exception as error:
        logger.exception("import failed import=%s error=%s", found.pk, type(error).__name__)
        is_last = found.attempts >= MAX_ATTEMPTS
        status = ListImport.Status.FAILED if is_last else ListImport.Status.QUEUED
        return _end(found, status, failure=type(error).__name__[:60])
    return ListImport.Status.COMPLETE.value


def _claim(import_pk: int) -> ListImport | None:
    moment, token = now(), uuid.uuid4()
    silent = moment - timedelta(seconds=SILENT_SECONDS)
    taken = (
        ListImport.objects.abandoned(silent)
        .filter(pk=import_pk)
        .update(
            status=ListImport.Status.RUNNING,
            claim_token=token,
            heard_at=moment,
            done=0,
            attempts=F("attempts") + 1,
        )
    )
    if not taken:
        return None
    rows = ListImport.objects.select_related("dealership__group", "requested_by")
    return rows.get(pk=import_pk, claim_token=token)


def _end(found: ListImport, status: ListImport.Status, *, failure: str) -> str:
    is_over = status == ListImport.Status.FAILED
    ListImport.objects.filter(pk=found.pk, claim_token=found.claim_token).update(
        status=status, failure=failure, finished_at=now() if is_over else None
    )
    return status.value


def _work_through(found: ListImport, target: IO[bytes]) -> Counter[str]:
    """Take each row in, and write what became of it; returns how many of each outcome."""
    counts: Counter[str] = Counter()
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    report = csv.writer(text)
    report.writerow(REPORT_COLUMNS)
    told_at, done = monotonic(), 0
    tried: dict[tuple[str, ...], int] = {}
    with _opened(found) as source:
        for row in islice(rows_of(source, found.delimiter), 1, None):
            for line, cells, remark in _readings(found, row):
                number, outcome, note = _take_row(found, line, cells, tried)
                counts[outcome] += 1
                note = " ".join(filter(None, (note, remark)))
                report.writerow([line, safe_cell(number), outcome, safe_cell(note)])
            done += 1
            if monotonic() - told_at >= HEARTBEAT_SECONDS:
                told_at = monotonic()
                _tell(found, done, counts)
    _tell(found, done, counts)
    text.flush()
    text.detach()
    return counts


def _readings(found: ListImport, row: Read) -> Iterator[tuple[int, list[str] | None, str]]:
    """Yield line, cells and remark of a row; in a list of stops, of each line that it swallowed.

    A quotation mark that nobody closed takes all lines up to the next one for one cell.
    """
    yield row.line, row.cells, ""
    is_swallowing = row.cells is None or len(row.taken) > 1
    if found.sort != ListSort.OPT_OUTS or not is_swallowing:
        return
    where = found.mapping["number"]
    for i, text in enumerate(row.taken):
        alone = next(rows_of(io.StringIO(text), found.delimiter), None)
        cells = alone.cells if alone is not None else None
        is_read = i == 0 and row.cells is not None
        if is_read or cells is None or where >= len(cells) or not phones.found_in(cells[where]):
            continue
        line = row.line - len(row.taken) + 1 + i
        yield line, cells, "Read by itself: a quotation mark is not closed here or above."


def _tell(found: ListImport, done: int, counts: Counter[str]) -> None:
    """Write how far it is. Raises ClaimLost."""
    mine = ListImport.objects.filter(pk=found.pk, claim_token=found.claim_token)
    if not mine.update(done=done, counts=dict(counts), heard_at=now()):
        raise ClaimLost


def _keep_report(found: ListImport, target: IO[bytes], counts: Counter[str]) -> None:
    name = f"imports/{found.public_id}-{found.claim_token}.csv"
    stored = default_storage.save(name, File(target))
    mine = ListImport.objects.filter(pk=found.pk, claim_token=found.claim_token)
    if not mine.update(
        status=ListImport.Status.COMPLETE,
        counts=dict(counts),
        report=stored,
        is_done=F("is_done") if found.is_dry_run else True,
        finished_at=now(),
        heard_at=now(),
    ):
        default_storage.delete(stored)
        raise ClaimLost


def _take_row(
    found: ListImport, line: int, cells: Sequence[str] | None, tried: dict[tuple[str, ...], int]
) -> tuple[str, str, str]:
    """Take one row in, or say why not: (number, outcome, note).

    A dry run is taken back, and finds no trace of the rows before it: `tried` has the first line
    of each.
    """
    if cells is None:
        return "", BAD, "The row cannot be read."
    sort, place = ListSort(found.sort), found.dealership
    try:
        row = columns.read(
            sort,
            found.mapping,
            cells,
            country=place.country,
            zone=place.timezone,
            now=now(),
        )
    except BadRow as error:
        where = found.mapping.get("number", -1)
        return cells[where][:40] if 0 <= where < len(cells) else "", BAD, str(error)
    with transaction.atomic():
        outcome, note = _TAKERS[sort](found, row, line, cells)
        for number in row.others:
            other, _note = _TAKERS[sort](found, replace(row, number_e164=number), line, cells)
            outcome, note = (ADDED, "") if ADDED in {outcome, other} else (outcome, note)
        if outcome == KNOWN and found.attempts > 1 and _is_ours(found, row, line):
            outcome, note = ADDED, ""  # by the worker that was lost
        if found.is_dry_run:
            transaction.set_rollback(True)
            if (
                outcome == ADDED
                and (first := tried.setdefault(_same(sort, row, cells), line)) < line
            ):
                outcome, note = KNOWN, f"The same as line {first}."
    numbers = " ".join((row.number_e164, *row.others))
    return numbers, outcome, " ".join(filter(None, (note, row.note)))


def _same(sort: ListSort, row: Row, cells: Sequence[str]) -> tuple[str, ...]:
    """Return what a row has in common with those that would add nothing after it."""
    if sort is ListSort.CONSENTS:
        return (_digest(cells),)
    told = {ListSort.DNC: ("status",), ListSort.RND: ("answer", "consent_on")}.get(sort, ())
    return (row.number_e164, *(row.told[key] for key in told))


def _is_ours(found: ListImport, row: Row, line: int) -> bool:
    """Say whether this very line of this import stands in the ledger."""
    return ConsentEvent.objects.filter(
        dealership=found.dealership,
        subject=subject_of(row.number_e164),
        evidence__data__import=str(found.public_id),
        evidence__data__line=line,
    ).exists()


def _phone_of(found: ListImport, number_e164: str) -> PhoneNumber | None:
    return (
        PhoneNumber.objects.select_related("contact", "dealership__group")
        .filter(dealership=found.dealership, number_e164=number_e164)
        .first()
    )


def _take_opt_out(found: ListImport, row: Row, line: int, cells: Sequence[str]) -> tuple[str, str]:
    """Stop the number, whether anybody knows it or not. Law: RULE-US-07, RULE-US-10."""
    if columns.says_no(row):
        return NO_STOP, "The file says that they did not opt out."
    subject = subject_of(row.number_e164)
    held = suppressions.lock(group_id=found.dealership.group_id, subject=subject)
    is_barred = suppressions.bars(held, found.dealership, at=now())
    # A stop from before the customer's START at a sister says nothing new.
    is_old = bool(row.moment and held.lifted_at and row.moment <= held.lifted_at)
    if (is_barred or is_old) and ledger.state_of_subject(found.dealership, subject).is_stopped:
        return KNOWN, "Was stopped already."
    revocation.revoke_number(
        found.dealership,
        number_e164=row.number_e164,
        how="import",
        words=row.told.get("words", ""),
        acting_user=found.requested_by,
        received_at=row.moment,
        evidence=_evidence(found, line, cells),
    )
    return ADDED, ""


def _take_consent(found: ListImport, row: Row, line: int, cells: Sequence[str]) -> tuple[str, str]:
    """Record what the row shows, and no more: a bare row is no ground to ask (RULE-CT-01)."""
    basis = columns.reach(row)
    digest = _digest(cells)
    phone = _phone_of(found, row.number_e164)
    if phone is not None and _holds(phone, digest):
        return KNOWN, "Is on record already."
    exported_on = found.list_on or found.created_at.date()
    evidence: dict[str, Json] = {
        "source": found.source,
        "exported_at": exported_on.isoformat(),
        **columns.evidence_of(row, basis),
        **_evidence(found, line, cells),
    }
    terms: dict[str, Term] = {"import": str(found.public_id), "row_hash": digest}
    if phone is None:
        phone = contacts.add_contact(
            dealership=found.dealership,
            name=row.told.get("name", "")[:120],
            number_e164=row.number_e164,
            basis=basis,
            evidence=evidence,
            acting_user=found.requested_by,
            received_at=row.moment,
            terms=terms,
            paper=None,
            **_details(row),
        )
    else:
        contacts.record_basis(
            phone,
            basis=basis,
            evidence=evidence,
            acting_user=found.requested_by,
            received_at=row.moment,
            terms=terms,
        )
    remarks = [f"Recorded as: {basis.value}.", *_unread(row)]
    if ledger.current_state(phone).is_stopped:
        remarks.append("It stays stopped.")
    return ADDED, " ".join(remarks)


def _details(row: Row) -> dict[str, str]:
    details = {
        "region": _region(row),
        "postal_code": row.told.get("postal_code", "")[:12],
    }
    return {key: value for key, value in details.items() if value}


def _region(row: Row) -> str:
    """Return the state or province as its code, also of military post; "" where it is unread."""
    told = row.told.get("region", "").strip()
    return places.region_of_text(told) or (told.upper() if places.is_military(told, "") else "")


def _unread(row: Row) -> list[str]:
    told = row.told.get("region", "").strip()
    if not told or _region(row):
        return []
    return [f"There is no state or province “{told[:40]}”: the hours go by the area code."]


def _holds(phone: PhoneNumber, digest: str) -> bool:
    """Say whether this very row is in the number's ledger."""
    return any(
        ledger.terms_of(entry).get("row_hash") == digest for entry in ledger.entries_of(phone)
    )


def _take_dnc(found: ListImport, row: Row, line: int, cells: Sequence[str]) -> tuple[str, str]:
    """Enter what the registry says of a number. Law: RULE-US-13."""
    is_listed = row.told["status"] == "listed"
    return _take_listed(
        found,
        row,
        Kind.DNC_LISTED if is_listed else Kind.DNC_CLEARED,
        terms={"list_date": str(found.list_on), "list": found.source},
        evidence=_evidence(found, line, cells),
    )


def _take_rnd(found: ListImport, row: Row, line: int, cells: Sequence[str]) -> tuple[str, str]:
    """Enter an answer of the Reassigned Numbers Database. Law: RULE-US-14."""
    return _take_listed(
        found,
        row,
        Kind.RND_CHECKED,
        terms={
            "answer": row.told["answer"],
            "consent_on": row.told["consent_on"],
            "on": str(found.list_on),
        },
        evidence=_evidence(found, line, cells),
    )


def _take_listed(
    found: ListImport, row: Row, kind: Kind, *, terms: dict[str, Term], evidence: dict[str, Json]
) -> tuple[str, str]:
    place, subject = found.dealership, subject_of(row.number_e164)
    # Whoever adds the number at this moment waits here, and then finds the entry.
    suppressions.lock(group_id=place.group_id, subject=subject)
    for entry in ConsentEvent.objects.filter(dealership=place, subject=subject, kind=kind):
        if terms.items() <= ledger.terms_of(entry).items():
            return KNOWN, "Is on record already."
    phone = _phone_of(found, row.number_e164)
    ledger.append(
        kind,
        dealership=place,
        phone=phone,
        subject=subject,
        acting_user=found.requested_by,
        terms={**terms, "import": str(found.public_id), "file_sha256": found.sha256},
        evidence=evidence,
    )
    return ADDED, "" if phone else "No customer has this number yet: it counts when one does."


def _evidence(found: ListImport, line: int, cells: Sequence[str]) -> dict[str, Json]:
    """Return the row by value, with the file and the line it came from."""
    return {
        "row": {name or str(i): cell for i, (name, cell) in enumerate(_paired(found, cells))},
        "file_sha256": found.sha256,
        "import": str(found.public_id),
        "line": line,
    }


def _paired(found: ListImport, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for i, cell in enumerate(cells[:MAX_COLUMNS]):
        yield (found.header[i] if i < len(found.header) else ""), cell


def _digest(cells: Sequence[str]) -> str:
    """Return a keyed hash of a row: the entry keeps it when the row's words are erased."""
    return subject_of(json.dumps(list(cells)))


_TAKERS = {
    ListSort.OPT_OUTS: _take_opt_out,
    ListSort.CONSENTS: _take_consent,
    ListSort.DNC: _take_dnc,
    ListSort.RND: _take_rnd,
}
