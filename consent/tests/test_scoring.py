"""The quality report: rows, figures, commands, and the floors on texts kept from the builders."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from consent import scoring
from consent.levels import Level
from consent.replies import ReplyKind, classify
from consent.scoring import BadRow, Row, Score, rows_of, score
from consent.wording import check

HERE = Path(__file__).parent
HOLDOUTS = HERE / "holdouts"
REPLIES = sorted(path.name for path in HOLDOUTS.glob("replies_*.tsv"))
WORDINGS = sorted(path.name for path in HOLDOUTS.glob("wording_*.tsv"))
LEVELS = (Level.PROMOTIONAL, Level.INFORMATIONAL, Level.CONVERSATIONAL)


def _read(path: Path, kinds: tuple[str, ...]) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return list(rows_of(lines, kinds=kinds))


def test_rows_skip_comments_blanks_and_a_heading() -> None:
    lines = ["text\tclass\n", "# a note\n", "\n", "Stop\topt_out\textra\n", "#1\tnone\n"]
    assert list(rows_of(lines, kinds=("opt_out", "none"))) == [
        Row(4, "Stop", "opt_out"),
        Row(5, "#1", "none"),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Stop opt_out", "line 2: no tab between text and class"),
        ("\topt_out", "line 2: no text before the tab"),
        ("Stop\tstop", "line 2: class 'stop' is none of opt_out, none"),
        ("Stop\t", "line 2: class '' is none of opt_out, none"),
    ],
)
def test_a_bad_row_is_named(line: str, problem: str) -> None:
    with pytest.raises(BadRow, match="^" + problem.replace("(", r"\(") + "$"):
        list(rows_of(["Hello\tnone", line], kinds=("opt_out", "none")))


def test_figures() -> None:
    rows = [Row(1, "a", "x"), Row(2, "b", "x"), Row(3, "x", "y"), Row(4, "y", "y")]
    told = score(rows, {"a": "x", "b": "y", "x": "y", "y": "y"}.__getitem__)
    assert (told.right, told.recall("x"), told.precision("x")) == (0.75, 0.5, 1.0)
    assert (told.recall("y"), told.precision("y"), told.false_share("y")) == (1.0, 2 / 3, 0.5)
    assert (told.recall("z"), told.precision("z"), told.false_share("z")) == (1.0, 1.0, 0.0)
    assert "x read as y, line 2: b" in scoring.report(told, kinds=("x", "y"))


def test_the_commands_print_figures_and_misses(tmp_path: Path) -> None:
    file = tmp_path / "replies.tsv"
    file.write_text("Stop\topt_out\nYes\tdecline\n")
    out = StringIO()
    call_command("score_replies", file, stdout=out)
    assert "2 texts, 50.0% right" in out.getvalue()
    assert "decline read as opt_in, line 2: Yes" in out.getvalue()
    file.write_text("It is $5,000 off this weekend only\tpromotional\n")
    call_command("score_wording", file, stdout=out)
    assert "1 texts, 100.0% right" in out.getvalue()


@pytest.mark.parametrize("command", ["score_replies", "score_wording"])
def test_the_commands_name_what_they_cannot_read(command: str, tmp_path: Path) -> None:
    file = tmp_path / "rows.tsv"
    for content, problem in ((b"Stop\n", "line 1: no tab"), (b"\xff\n", "utf-8"), (b"", "no labe")):
        file.write_bytes(content)
        with pytest.raises(CommandError, match=problem):
            call_command(command, file)
    with pytest.raises(CommandError, match="No such file"):
        call_command(command, tmp_path / "missing.tsv")


# --- floors: the issue's, not what was reached ---------------------------------------------------


def _replies(path: Path) -> Score:
    return score(_read(path, tuple(ReplyKind)), lambda text: classify(text).kind)


def test_no_reply_of_the_register_is_missed() -> None:
    assert _replies(HERE / "replies_register.tsv").misses == ()


@pytest.mark.parametrize("name", [*REPLIES, "../../readers/corpora/replies.tsv"])
def test_replies_hold_their_floors(name: str) -> None:
    told = _replies(HOLDOUTS / name)
    assert told.recall("opt_out") >= 0.95
    assert told.false_share("opt_out") <= 0.02
    for kind in ("opt_in", "help", "decline"):
        assert told.recall(kind) >= 0.90, kind
    assert told.precision("opt_in") == 1  # not one wrong yes


@pytest.mark.parametrize("name", WORDINGS)
def test_wordings_hold_their_floors(name: str) -> None:
    told = score(_read(HOLDOUTS / name, LEVELS), lambda text: check(text).level)
    assert told.right >= 0.95
    assert told.recall("promotional") >= 0.98
