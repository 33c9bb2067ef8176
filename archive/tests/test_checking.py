"""What the whole check finds in transcripts and exports that the ledger alone does not show."""

from __future__ import annotations

from pathlib import Path

import pytest

from accounts.models import Dealership, User
from archive import checking
from archive.models import Export, Transcript
from archive.tasks import check_ledger
from archive.tests.conftest import built
from consent import checking as ledgers
from consent.models import PhoneNumber
from consent.tests.test_checking import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(transcript: Transcript, ada: User, north: Dealership, shelf: Path) -> Export:
    return built(north, ada)


def test_a_whole_archive_has_no_damage_and_is_counted_as_its_ledgers(export: Export) -> None:
    assert checking.fsck() == ledgers.fsck()
    assert checking.fsck().damages == ()
    assert checking.fsck().entries > 2


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE archive_transcriptfile SET content = 'x' WHERE format = 'pdf'", "The PDF file"),
        ("DELETE FROM archive_transcriptfile WHERE format = 'text'", "The TEXT file"),
        ("DELETE FROM archive_transcriptfile", "The JSON file"),
        (
            "UPDATE archive_transcript SET ledger_index = 0",
            "The ledger has the seal",
        ),
        ("UPDATE archive_transcript SET ledger_index = 9999", "The ledger has the seal"),
        ("UPDATE archive_transcript SET note = 'x'", "note is signed"),
        ("UPDATE archive_export SET sha256 = repeat('0', 64)", "says another hash"),
        ("UPDATE archive_export SET ledger_index = 9999", "its entry is missing"),
    ],
)
def test_what_cites_an_entry_is_checked_against_it(
    export: Export, north: Dealership, statement: str, said: str
) -> None:
    as_owner(statement)
    assert ledgers.fsck().damages == ()
    (damage,) = checking.fsck().damages
    assert damage.dealership == str(north.public_id)
    assert said in damage.problem


def test_a_ledger_that_is_damaged_itself_is_named_by_its_own_first_entry(
    export: Export, cora: PhoneNumber
) -> None:
    as_owner("UPDATE archive_transcript SET note = 'x'")
    as_owner("UPDATE consent_consentevent SET kind = 'REVOKED' WHERE index = 1")
    (damage,) = checking.fsck().damages
    assert (damage.index, damage.problem) == (1, "its column kind does not match its body")


def test_the_nightly_check_logs_numbers_alone(
    transcript: Transcript, caplog: pytest.LogCaptureFixture, cora: PhoneNumber
) -> None:
    as_owner("UPDATE archive_transcript SET note = 'x'")
    assert check_ledger() == 1
    assert f"entry={transcript.ledger_index}" in caplog.text
    assert cora.number_e164 not in caplog.text
