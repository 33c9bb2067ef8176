"""Lists that come in on day one and later: opt-outs, consents, DNC and RND results."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from accounts.clock import now
from accounts.models import Dealership, Role, User
from conftest import CORA_NUMBER, make_contact, make_dealership, make_user
from consent import checking, gate, importing, ledger, revocation, suppressions
from consent.columns import BadRow, ListSort, guess, moment_of, read
from consent.decision import Purpose
from consent.kinds import Basis, Kind, Status
from consent.models import ConsentEvent, Contact, ListImport, PhoneNumber
from consent.subjects import subject_of

SignedIn = Callable[[User], Client]
DAY = date(2026, 11, 20)
STRANGER = "+17175550177"


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, settings: Any) -> None:
    """Keep stored files in a folder of this test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media")},
        },
    }


def bring_in(
    place: Dealership,
    sort: ListSort,
    text: str | bytes,
    *,
    by: User,
    is_dry_run: bool = False,
    mapping: dict[str, int] | None = None,
) -> ListImport:
    raw = text.encode() if isinstance(text, str) else text
    found = importing.take_in(
        place, sort=sort, file=io.BytesIO(raw), list_on=DAY, source="OldTexter", acting_user=by
    )
    importing.start(found, mapping=mapping or found.mapping, is_dry_run=is_dry_run)
    assert importing.run(found.pk) == "complete"
    found.refresh_from_db()
    return found


def report_of(found: ListImport) -> list[list[str]]:
    with found.report.open("rb") as file:
        text = file.read().decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()]


OPT_OUTS = f"""Phone,Opted out,Message
{CORA_NUMBER},2026-10-01,STOP please
(717) 555-0177,10/02/2026 3:15 pm,"quit, now"
12345,2026-10-03,STOP
717-555-0178,long ago,STOP
"""


def test_an_opt_out_holds_at_once_also_for_who_is_no_customer(
    north: Dealership, cora: PhoneNumber, ada: User
) -> None:
    found = bring_in(north, ListSort.OPT_OUTS, OPT_OUTS, by=ada)
    assert found.counts == {"added": 3, "bad": 1}
    assert ledger.current_state(cora).status is Status.REVOKED
    for number in (CORA_NUMBER, STRANGER, "+17175550178"):
        assert suppressions.is_active(group=north.group, subject=subject_of(number)), number
    entry = ConsentEvent.objects.get(subject=subject_of(STRANGER))
    assert entry.kind == Kind.REVOKED
    assert entry.received_at == datetime(2026, 10, 2, 19, 15, tzinfo=UTC)
    assert entry.evidence.data["words"] == "quit, now"
    assert entry.evidence.data["row"]["Phone"] == "(717) 555-0177"
    assert entry.evidence.data["file_sha256"] == found.sha256
    later = make_contact(north, number=STRANGER)
    assert ledger.current_state(later).status is Status.REVOKED
    assert checking.fsck().damages == ()


@pytest.mark.parametrize(
    "cell",
    [
        "7175550142.0",
        "7.175550142E9",
        "'7175550142",
        '="7175550142"',
        "717-555-0142 x12",
        "(717) 555-0142 (cell)",
        "+17175550142@txt.example.net",
        "7175550142 DO NOT TEXT!",
        "717-555-0177 / 717-555-0142",
        "home 717 555 0142, work +44 20 7946 0958",
    ],
)
def test_an_opt_out_counts_however_untidily_its_number_is_written(
    north: Dealership, cora: PhoneNumber, ada: User, cell: str
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["Phone", "Opted out"], [cell, "2026-10-01"]])
    found = bring_in(north, ListSort.OPT_OUTS, text.getvalue(), by=ada)
    assert found.counts == {"added": 1}
    assert ledger.current_state(cora).status is Status.REVOKED
    line = report_of(found)[1]
    assert (CORA_NUMBER in line[1], STRANGER in line[1]) == (True, "0177" in cell)
    is_stopped = suppressions.is_active(group=north.group, subject=subject_of(STRANGER))
    assert is_stopped is ("0177" in cell)
    again = bring_in(north, ListSort.OPT_OUTS, text.getvalue(), by=ada)
    assert again.counts == {"known": 1}


@pytest.mark.parametrize(
    "cell", ["71755501427175550199", "call me", "+44 20 7946 0958", "555-0142"]
)
def test_what_holds_no_number_of_ours_stops_nobody(north: Dealership, ada: User, cell: str) -> None:
    found = bring_in(north, ListSort.OPT_OUTS, f"Phone,Opted out\n{cell},2026-10-01\n", by=ada)
    assert found.counts == {"bad": 1}


@pytest.mark.parametrize("junk", ['"stop it', '"' + "x" * 200_000, 'say "stop" "now', '"a\nb'])
def test_a_quotation_mark_that_nobody_closed_swallows_no_stop(
    north: Dealership, cora: PhoneNumber, ada: User, junk: str
) -> None:
    text = f'Phone,Message\n717-555-0171,{junk}\n{CORA_NUMBER},stop\n717-555-0172,"stop"\n'
    for is_dry_run in (True, False):
        found = bring_in(north, ListSort.OPT_OUTS, text, by=ada, is_dry_run=is_dry_run)
        assert found.counts["added"] == 3 - ("x" in junk), report_of(found)
    assert ledger.current_state(cora).status is Status.REVOKED
    assert suppressions.is_active(group=north.group, subject=subject_of("+17175550172"))


def test_a_character_that_no_database_holds_spoils_no_list(north: Dealership, ada: User) -> None:
    opt_outs = "Phone,Message\n717-555-0171,st\x00op\n717-555-0172,stop\n"
    assert bring_in(north, ListSort.OPT_OUTS, opt_outs, by=ada).counts == {"added": 2}
    consents = "Phone,Name,State,Basis\n717-555-0173,Co\x00ra,P\x00A,im\x00port\n"
    assert bring_in(north, ListSort.CONSENTS, consents, by=ada).counts == {"added": 1}


def test_a_list_without_a_header_loses_no_first_row(north: Dealership, ada: User) -> None:
    with pytest.raises(importing.BadList, match="The first line holds a phone number"):
        bring_in(north, ListSort.OPT_OUTS, "717-555-0171\n717-555-0172\n", by=ada)


def test_a_consent_needs_its_number_written_plainly(north: Dealership, ada: User) -> None:
    text = "Phone,Name\n717-555-0142 / 717-555-0177,Cora\n"
    assert bring_in(north, ListSort.CONSENTS, text, by=ada).counts == {"bad": 1}


def test_who_did_not_opt_out_is_not_stopped_and_whatever_else_is_said_stops(
    north: Dealership, cora: PhoneNumber, ada: User
) -> None:
    rows = ["Phone,Opted Out,Date", f"{CORA_NUMBER},no,2026-10-01", "717-555-0171,False,"]
    rows += ["717-555-0172,YES,2026-10-02", "717-555-0173,,", "717-555-0174,perhaps,"]
    found = bring_in(north, ListSort.OPT_OUTS, "\n".join(rows), by=ada)
    assert found.counts == {"no_stop": 2, "added": 3}
    assert [row[2] for row in report_of(found)[1:3]] == ["no_stop", "no_stop"]
    assert not ledger.current_state(cora).is_stopped
    assert ConsentEvent.objects.get(subject=subject_of("+17175550172")).received_at.date() == date(
        2026, 10, 2
    )
    for number in ("+17175550172", "+17175550173", "+17175550174"):
        assert suppressions.is_active(group=north.group, subject=subject_of(number)), number


def test_a_bad_row_is_named_with_its_line_and_spoils_no_other(north: Dealership, ada: User) -> None:
    found = bring_in(north, ListSort.OPT_OUTS, OPT_OUTS, by=ada)
    lines = report_of(found)
    assert lines[0] == ["line", "number", "outcome", "note"]
    assert [(row[0], row[2]) for row in lines[1:]] == [
        ("2", "added"),
        ("3", "added"),
        ("4", "bad"),
        ("5", "added"),
    ]
    assert lines[3][1] == "12345"
    assert lines[3][3]
    assert "not readable" in lines[4][3]  # and yet it holds


def test_the_same_file_twice_adds_nothing(north: Dealership, cora: PhoneNumber, ada: User) -> None:
    consents = f"""number,name,consent date,disclosure,url,basis
{CORA_NUMBER},Cora,2026-01-05,{north.name} may text me,https://a.example/f,web form
717-555-0179,Dora,2026-01-05,,,
"""
    dnc = f"number,listed\n{CORA_NUMBER},yes\n"
    rnd = f"number,answer,consent date\n{CORA_NUMBER},no,2026-01-05\n"
    lists = (
        (ListSort.CONSENTS, consents, 2),
        (ListSort.DNC, dnc, 1),
        (ListSort.RND, rnd, 1),
        (ListSort.OPT_OUTS, OPT_OUTS, 3),
    )
    for sort, text, added in lists:
        assert bring_in(north, sort, text, by=ada).counts["added"] == added, sort
    entries, people = ConsentEvent.objects.count(), Contact.objects.count()
    for sort, text, added in lists:
        again = bring_in(north, sort, text, by=ada)
        assert again.counts.get("known") == added, sort
        assert "added" not in again.counts
    assert (ConsentEvent.objects.count(), Contact.objects.count()) == (entries, people)


def test_a_dry_run_says_what_would_be_and_keeps_nothing(
    north: Dealership, cora: PhoneNumber, ada: User
) -> None:
    before = ConsentEvent.objects.count()
    found = bring_in(north, ListSort.OPT_OUTS, OPT_OUTS, by=ada, is_dry_run=True)
    assert found.counts == {"added": 3, "bad": 1}
    assert ConsentEvent.objects.count() == before
    assert not suppressions.is_active(group=north.group, subject=subject_of(STRANGER))
    assert ledger.current_state(cora).status is not Status.REVOKED
    assert not found.is_done


def test_a_consent_reaches_as_far_as_its_evidence(north: Dealership, ada: User) -> None:
    words = f"I agree that {north.name} may text me."
    text = f"""Phone,Customer,Method,Consent date,Disclosure,Page
717-555-0181,Bare Bob,,,,
717-555-0182,Claims Clara,web form,,,
717-555-0183,Shown Sam,web form,2026-01-05,"{words}",https://a.example/f
717-555-0184,Late Lou,web form,2099-01-05,"{words}",https://a.example/f
"""
    found = bring_in(north, ListSort.CONSENTS, text, by=ada)
    assert found.counts == {"added": 4}
    stands = {
        phone.contact.name: (
            ledger.current_state(phone),
            gate.may_text(phone, purpose=Purpose.PERMISSION_REQUEST),
        )
        for phone in PhoneNumber.objects.select_related("contact", "dealership")
    }
    for name in ("Bare Bob", "Claims Clara", "Late Lou"):
        state, verdict = stands[name]
        assert state.basis == Basis.IMPORT
        assert (verdict.outcome, verdict.reasons[0].code) == ("deny", "no_ground"), name
    state, verdict = stands["Shown Sam"]
    assert (state.basis, state.level, state.status) == (Basis.WEB_FORM, "none", Status.UNKNOWN)
    assert verdict.outcome in {"allow", "defer"}
    phone = PhoneNumber.objects.get(contact__name="Shown Sam")
    entry = ledger.entries_of(phone).reverse()[0]
    assert entry.received_at == datetime(2026, 1, 5, 5, tzinfo=UTC)
    assert ledger.terms_of(entry)["names_dealer"] is True
    assert entry.evidence.data["disclosure"] == words


def test_a_state_is_read_as_a_code_or_in_full_and_an_unread_one_is_named(
    north: Dealership, ada: User
) -> None:
    """RULE-US-16: where a customer lives tells when they may be texted."""
    text = """Phone,State
717-555-0181,Alabama
717-555-0182,al
717-555-0183,Québec
717-555-0184,AE
717-555-0185,Elsewhere
"""
    found = bring_in(north, ListSort.CONSENTS, text, by=ada)
    assert found.counts == {"added": 5}
    regions = PhoneNumber.objects.order_by("number_e164").values_list("contact__region", flat=True)
    assert list(regions) == ["AL", "AL", "QC", "AE", ""]
    told = [row[-1] for row in report_of(found)]
    assert [("no state or province" in each) for each in told[1:]] == [False] * 4 + [True]


def test_a_consent_opens_no_stop(north: Dealership, cora: PhoneNumber, ada: User) -> None:
    bring_in(north, ListSort.OPT_OUTS, f"number\n{CORA_NUMBER}\n", by=ada)
    found = bring_in(north, ListSort.CONSENTS, f"number,name\n{CORA_NUMBER},Cora\n", by=ada)
    assert ledger.current_state(cora).status is Status.REVOKED
    assert "stays stopped" in report_of(found)[1][3]


def test_dnc_and_rnd_results_are_entered_with_their_day(
    north: Dealership, cora: PhoneNumber, ada: User
) -> None:
    text = f"number,status\n{CORA_NUMBER},listed\n{STRANGER},listed\n717-555-0188,perhaps\n"
    found = bring_in(north, ListSort.DNC, text, by=ada)
    assert found.counts == {"added": 2, "bad": 1}
    state = ledger.current_state(cora)
    assert (state.dnc, state.dnc_list_on) == ("listed", DAY)
    bring_in(north, ListSort.DNC, f"number,status\n{CORA_NUMBER},no\n", by=ada)
    assert ledger.current_state(cora).dnc == "listed"  # of one day the one that forbids counts
    text = f"number,result,consent date\n{CORA_NUMBER},No Data,2026-01-05\n{CORA_NUMBER},no,\n"
    found = bring_in(north, ListSort.RND, text, by=ada)
    assert found.counts == {"added": 1, "bad": 1}
    assert ledger.current_state(cora).rnd == "no_data"
    entry = ledger.entries_of(cora).filter(kind=Kind.RND_CHECKED).get()
    assert ledger.terms_of(entry)["file_sha256"] == found.sha256


@pytest.mark.parametrize(
    ("sort", "text", "code"),
    [
        (ListSort.DNC, f"number,status\n{STRANGER},listed\n", "dnc_listed"),
        (ListSort.RND, f"number,answer,consent date\n{STRANGER},yes,2026-01-05\n", "reassigned"),
    ],
)
def test_what_a_list_says_of_a_stranger_counts_when_the_number_becomes_a_customers(
    north: Dealership, ada: User, sort: ListSort, text: str, code: str
) -> None:
    found = bring_in(north, sort, text, by=ada)
    assert found.counts == {"added": 1}
    assert "yet" in report_of(found)[1][3]
    assert bring_in(north, sort, text, by=ada).counts == {"known": 1}
    later = make_contact(north, number=STRANGER, basis=Basis.REFERRAL)
    asked = gate.ask(later, purpose=Purpose.PERMISSION_REQUEST)
    assert [reason["code"] for reason in asked.reasons] == [code]
    assert checking.fsck().damages == ()


def test_a_dry_run_tells_a_row_that_comes_twice(
    north: Dealership, cora: PhoneNumber, ada: User
) -> None:
    stops = f"number,words\n{STRANGER},STOP\n{CORA_NUMBER},STOP\n{STRANGER},again\n"
    consents = f"number,name\n{STRANGER},Dora\n{STRANGER},Dora\n{STRANGER},Dora Dee\n"
    dnc = f"number,listed,seen\n{STRANGER},yes,a\n{STRANGER},yes,b\n{STRANGER},no,c\n"
    for sort, text, counts in (
        (ListSort.DNC, dnc, {"added": 2, "known": 1}),
        (ListSort.OPT_OUTS, stops, {"added": 2, "known": 1}),
        (ListSort.CONSENTS, consents, {"added": 2, "known": 1}),
    ):
        tried = bring_in(north, sort, text, by=ada, is_dry_run=True)
        assert tried.counts == counts, sort
        assert [row[3] for row in report_of(tried) if row[2] == "known"] == ["The same as line 2."]
        assert bring_in(north, sort, text, by=ada).counts == counts, sort


def test_a_second_worker_reports_what_the_lost_one_took_in(
    north: Dealership, cora: PhoneNumber, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    consents = f"number,name\n{CORA_NUMBER},Cora\n{STRANGER},Dora\n"
    dnc = f"number,listed\n{CORA_NUMBER},yes\n{STRANGER},yes\n"
    stops = f"number,words\n{CORA_NUMBER},STOP\n{STRANGER},STOP\n{STRANGER},STOP\n"
    for sort, text in (
        (ListSort.CONSENTS, consents),
        (ListSort.DNC, dnc),
        (ListSort.OPT_OUTS, stops),
    ):
        found = importing.take_in(
            north,
            sort=sort,
            file=io.BytesIO(text.encode()),
            list_on=DAY,
            source="x",
            acting_user=ada,
        )
        importing.start(found, mapping=found.mapping, is_dry_run=False)

        def lose(*args: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(importing, "_keep_report", lose)
            with pytest.raises(KeyboardInterrupt):
                importing.run(found.pk)
        long_ago = now() - timedelta(seconds=importing.SILENT_SECONDS + 1)
        ListImport.objects.filter(pk=found.pk).update(heard_at=long_ago)
        assert importing.run(found.pk) == "complete"
        found.refresh_from_db()
        doubled = {"known": 1} if sort is ListSort.OPT_OUTS else {}
        assert found.counts == {"added": 2, **doubled}, sort


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        ("number;words\n717-555-0142;arrêt\n".encode("cp1252"), 1),
        ("\ufeffnumber\twords\n717-555-0142\tarrêt\n".encode(), 1),
        ("number\twords\r\n717-555-0142\tarrêt\r\n".encode("utf-16"), 1),
        (b'number,words\n717-555-0142,"two\nlines"\n\n,\n', 1),
    ],
)
def test_files_of_every_office_are_read(
    north: Dealership, cora: PhoneNumber, ada: User, raw: bytes, rows: int
) -> None:
    found = bring_in(north, ListSort.OPT_OUTS, raw, by=ada)
    assert (found.rows, found.counts) == (rows, {"added": 1})
    words = ledger.entries_of(cora).reverse()[0].evidence.data["words"]
    assert words in {"arrêt", "two\nlines"}


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"PK\x03\x04\x00\x00zip", b"," * 200 + b"\n"])
def test_what_is_no_list_is_refused(north: Dealership, ada: User, raw: bytes) -> None:
    with pytest.raises(importing.BadList):
        bring_in(north, ListSort.OPT_OUTS, raw, by=ada)


def test_a_spreadsheet_runs_nothing_of_the_report(north: Dealership, ada: User) -> None:
    evil = 'number,words\n"=HYPERLINK(""http://evil"")",x\n'
    found = bring_in(north, ListSort.OPT_OUTS, evil, by=ada)
    with found.report.open("rb") as file:
        text = file.read().decode("utf-8-sig")
    assert "\"'=HYPERLINK" in text


def test_a_list_whose_worker_died_is_taken_again(north: Dealership, ada: User) -> None:
    raw = io.BytesIO(OPT_OUTS.encode())
    found = importing.take_in(
        north, sort=ListSort.OPT_OUTS, file=raw, list_on=None, source="x", acting_user=ada
    )
    importing.start(found, mapping=found.mapping, is_dry_run=False)
    assert importing.unfinished_ids(limit=9) == [found.pk]
    ListImport.objects.filter(pk=found.pk).update(status="running", heard_at=now())
    assert importing.run(found.pk) == "busy"
    assert importing.unfinished_ids(limit=9) == []
    long_ago = now() - timedelta(seconds=importing.SILENT_SECONDS + 1)
    ListImport.objects.filter(pk=found.pk).update(heard_at=long_ago)
    assert importing.unfinished_ids(limit=9) == [found.pk]
    assert importing.run(found.pk) == "complete"


@pytest.mark.parametrize(
    ("said", "country", "moment"),
    [
        ("2026-10-02", "US", datetime(2026, 10, 2, 4, tzinfo=UTC)),
        ("2026-10-02T10:00:00Z", "CA", datetime(2026, 10, 2, 10, tzinfo=UTC)),
        ("10/2/2026", "US", datetime(2026, 10, 2, 4, tzinfo=UTC)),
        ("10/2/2026 12:05 am", "US", datetime(2026, 10, 2, 4, 5, tzinfo=UTC)),
        ("10/2/2026", "CA", None),  # October or February? nobody can tell
        ("13/2/2026", "US", None),
        ("yesterday", "US", None),
    ],
)
def test_a_day_is_read_only_beyond_doubt(said: str, country: str, moment: datetime | None) -> None:
    assert moment_of(said, country=country, zone="America/New_York") == moment


def test_columns_are_guessed_from_usual_headers() -> None:
    header = ["First Name", "Mobile Phone", "Opt-Out Date", "Message Body"]
    assert guess(ListSort.OPT_OUTS, header) == {"number": 1, "opted_out_at": 2, "words": 3}
    header = ["Phone", "Opted Out", "Date", "Attempts"]
    assert guess(ListSort.OPT_OUTS, header) == {"number": 0, "opted_out_at": 2, "is_out": 1}
    # What the registry says of a number is not what the customer said.
    header = ["Phone", "Opted Out At", "National DNC"]
    assert guess(ListSort.OPT_OUTS, header) == {"number": 0, "opted_out_at": 1}
    with pytest.raises(BadRow):
        read(ListSort.DNC, {"number": 0}, ["no"], country="US", zone="UTC", now=now())


def test_a_stop_of_who_was_reassigned_here_reaches_the_sister(
    north: Dealership, south: Dealership, cora: PhoneNumber, ada: User
) -> None:
    """RULE-US-07: the list's word stops the group, though this dealership texts no more anyway."""
    elsewhere = make_contact(south)
    terms: dict[str, str | int | bool | None] = {"answer": "yes", "on": "2026-11-01"}
    ledger.append(Kind.RND_CHECKED, dealership=north, phone=cora, acting_user=ada, terms=terms)
    assert ledger.current_state(cora).status is Status.WRONG_NUMBER
    found = bring_in(north, ListSort.OPT_OUTS, f"Phone\n{CORA_NUMBER}\n", by=ada)
    assert found.counts == {"added": 1}
    assert ledger.current_state(elsewhere).status is Status.REVOKED


# --- the pages -----------------------------------------------------------------------------------


def upload(client: Client, place: Dealership, raw: bytes = OPT_OUTS.encode(), **fields: Any) -> Any:
    return client.post(
        "/imports/",
        {
            "dealership": str(place.public_id),
            "sort": "opt_outs",
            "source": "OldTexter",
            "file": SimpleUploadedFile("a.csv", raw, "text/csv"),
            **fields,
        },
    )


def test_an_admin_uploads_tries_and_imports(
    signed_in: SignedIn, ada: User, north: Dealership, cora: PhoneNumber
) -> None:
    client = signed_in(ada)
    assert "No lists yet" in client.get("/imports/").content.decode()
    answer = upload(client, north)
    found = ListImport.objects.get()
    url = f"/imports/{found.public_id}/"
    assert (answer.status_code, answer["Location"]) == (302, url)
    page = client.get(url).content.decode()
    assert "STOP please" in page
    assert "Dry run" not in page.split("Which column")[0]
    columns = {"column_number": "0", "column_opted_out_at": "1", "column_words": "2"}
    answer = client.post(url, {**columns, "column_number": "", "do": "import"})
    assert answer.status_code == 422
    assert "The list says nothing without it." in answer.content.decode()
    for do in ("try", "import"):
        assert client.post(url, {**columns, "do": do}).status_code == 302
        assert "hx-trigger" in client.get(url).content.decode()
        assert importing.run(found.pk) == "complete"
        part = client.get(f"{url}progress/", headers={"HX-Request": "true"}).content.decode()
        assert ("Dry run" in part) is (do == "try")
        assert "hx-trigger" not in part
        assert (ledger.current_state(cora).status is Status.REVOKED) is (do == "import")
    answer = client.get(f"{url}report/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"line,number,outcome,note" in answer.getvalue()


def test_a_dated_list_needs_its_day(signed_in: SignedIn, ada: User, north: Dealership) -> None:
    client = signed_in(ada)
    answer = upload(client, north, b"number\n717-555-0142\n", sort="dnc")
    assert answer.status_code == 422
    assert "what it says ages" in answer.content.decode()
    answer = upload(client, north, b"number\n717-555-0142\n", sort="dnc", list_on="2099-01-01")
    assert answer.status_code == 422
    assert upload(client, north, b"").status_code == 422
    assert ListImport.objects.count() == 0


def test_lists_are_for_admins_of_the_dealership_alone(
    signed_in: SignedIn, sal: User, mona: User, stan: User, ada: User, north: Dealership
) -> None:
    found = bring_in(north, ListSort.OPT_OUTS, OPT_OUTS, by=ada)
    boss = make_user("boss@rival.example", "Bo", make_rival(), Role.ADMIN)
    for tail in ("", "progress/", "report/"):
        url = f"/imports/{found.public_id}/{tail}"
        assert signed_in(boss).get(url).status_code == 404, tail
        assert signed_in(stan).get(url).status_code == 404, tail
        assert signed_in(sal).get(url).status_code == 403, tail
        assert signed_in(mona).get(url).status_code == 403, tail
    assert signed_in(sal).get("/imports/").status_code == 403
    assert str(found.public_id) not in signed_in(boss).get("/imports/").content.decode()
    assert upload(signed_in(boss), north).status_code == 422


def make_rival() -> Dealership:
    group = type(Dealership.objects.first().group).objects.create(name="R2")  # type: ignore[union-attr]
    return make_dealership(group, "Second Rival", "+12155550199")


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_of_lists_asks_the_same_number_of_questions(
    signed_in: SignedIn,
    ada: User,
    north: Dealership,
    count: int,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for _ in range(count):
        importing.take_in(
            north,
            sort=ListSort.DNC,
            file=io.BytesIO(b"number\n1\n"),
            list_on=DAY,
            source="x",
            acting_user=ada,
        )
    client = signed_in(ada)
    client.get("/imports/")
    with django_assert_num_queries(11):
        assert client.get("/imports/").status_code == 200


# --- the command ---------------------------------------------------------------------------------


def test_the_command_imports_and_reports(
    north: Dealership, ada: User, sal: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = tmp_path / "o.csv", tmp_path / "report.csv"
    path.write_text(OPT_OUTS)
    told = ["--dealership", north.name, "--sort", "opt_outs", "--source", "Old", "--by"]
    call_command("import_list", str(path), *told, ada.email, "--report", str(report))
    answer = json.loads(capsys.readouterr().out)
    assert (answer["status"], answer["counts"]) == ("complete", {"added": 3, "bad": 1})
    assert report.read_text(encoding="utf-8-sig").startswith("line,number,outcome,note")
    with pytest.raises(CommandError, match="administers no such"):
        call_command("import_list", str(path), *told, sal.email)
    with pytest.raises(CommandError, match="unknown column"):
        call_command("import_list", str(path), *told, ada.email, "--map", "number=Fon")
    dnc = ["--dealership", north.name, "--sort", "dnc", "--source", "Old", "--by", ada.email]
    with pytest.raises(CommandError, match="list-date"):
        call_command("import_list", str(path), *dnc)


def test_a_contact_added_by_hand_keeps_its_history(
    north: Dealership, cora: PhoneNumber, ada: User
) -> None:
    """A consent list adds evidence to whom we know; it renames nobody."""
    bring_in(north, ListSort.CONSENTS, f"number,name\n{CORA_NUMBER},Somebody Else\n", by=ada)
    cora.contact.refresh_from_db()
    assert cora.contact.name == "Cora Miller"
    assert PhoneNumber.objects.filter(dealership=north).count() == 1


def test_the_same_list_again_undoes_no_start_of_a_sister(
    cora: PhoneNumber, south: Dealership, ada: User
) -> None:
    sister = make_contact(south)
    stops = f"phone,opted out at\n{CORA_NUMBER},2024-03-01\n"
    bring_in(cora.dealership, ListSort.OPT_OUTS, stops, by=ada)
    assert ledger.current_state(sister).status is Status.REVOKED
    with transaction.atomic():
        row = suppressions.lock(group_id=south.group_id, subject=sister.subject)
        ledger.lock_heads(south.group_id)
        revocation.restore(sister, words="START", received_at=now(), evidence={}, suppression=row)
    again = bring_in(cora.dealership, ListSort.OPT_OUTS, stops, by=ada)
    assert "Was stopped already." in report_of(again)[1]
    states = [ledger.current_state(phone).status for phone in (cora, sister)]
    assert states == [Status.REVOKED, Status.CUSTOMER_INITIATED]
    # A stop from after the START is a new one.
    newer = f"phone,opted out at\n{CORA_NUMBER},{(now() + timedelta(days=1)).date()}\n"
    with time_machine.travel(now() + timedelta(days=3)):
        bring_in(cora.dealership, ListSort.OPT_OUTS, newer, by=ada)
    assert ledger.current_state(sister).status is Status.REVOKED
