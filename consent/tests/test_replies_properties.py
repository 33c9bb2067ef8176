"""What holds for every text whatever it says: readings, and no stop that turns into a yes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent import rules
from consent.readers import replies_text
from consent.replies import ReplyKind, classify
from consent.scoring import Row, rows_of

HERE = Path(__file__).parent
KINDS = tuple(ReplyKind)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return list(rows_of(lines, kinds=KINDS))


ALL = [
    *_rows(HERE.parent / "readers/corpora/replies.tsv"),
    *_rows(HERE / "replies_register.tsv"),
    *(row for path in sorted((HERE / "holdouts").glob("replies_*.tsv")) for row in _rows(path)),
]
STOPS = sorted({row.text for row in ALL if row.kind == ReplyKind.OPT_OUT})
YESES = sorted({row.text for row in ALL if row.kind == ReplyKind.OPT_IN})
WORDS = sorted({word for row in ALL for word in row.text.split()})
KEYWORDS = sorted({*rules.STOP_WORDS, *rules.HELP_WORDS, *rules.START_WORDS})

#: Texts made of the customers' own words, so that the grammar is reached and not only refused.
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
texts = st.one_of(st.text(max_size=200), sentences)
invisible = st.text(alphabet="\u200b\u200d\u2060\ufe0e\ufe0f\u00ad\u200f", max_size=3)
blanks = st.text(alphabet=" \t\n\u00a0\u3000", max_size=4)


@given(texts)
def test_any_text_has_a_reading(text: str) -> None:
    reply = classify(text)
    assert reply.kind in ReplyKind
    assert not (reply.possible_opt_out and reply.kind is ReplyKind.OPT_OUT)


@given(st.sampled_from(KEYWORDS), st.data())
def test_a_keyword_stays_one_however_it_is_typed(word: str, data: st.DataObject) -> None:
    upper = data.draw(st.lists(st.booleans(), min_size=len(word), max_size=len(word)))
    cased = [char.upper() if is_upper else char for char, is_upper in zip(word, upper, strict=True)]
    typed = "".join(data.draw(invisible) + char for char in cased)
    typed = data.draw(blanks) + typed + data.draw(invisible) + data.draw(blanks)
    assert classify(typed).kind is classify(word).kind
    assert classify(typed).reason == classify(word).reason


@given(st.sampled_from(STOPS), texts, texts)
def test_words_around_a_stop_never_make_it_a_yes(stop: str, before: str, after: str) -> None:
    for text in (f"{before} {stop}", f"{stop} {after}", f"{before}. {stop}. {after}"):
        assert classify(text).kind is not ReplyKind.OPT_IN


@pytest.mark.parametrize("stop", ["stop texting me", "remove me from your list", "STOP", "ARRET"])
@given(before=texts, after=texts)
def test_words_around_a_plain_stop_never_make_it_a_yes(stop: str, before: str, after: str) -> None:
    for text in (f"{before} {stop}", f"{stop} {after}", f"{before}\n{stop}\n{after}"):
        assert classify(text).kind is not ReplyKind.OPT_IN


def _taken_for_a_yes(texts: list[str]) -> list[str]:
    return [text for text in texts if classify(text).kind is ReplyKind.OPT_IN]


@pytest.mark.parametrize("no", ["No", "no,", "nope", "Non", "No gracias,", "not", "don't", "👎"])
def test_a_no_before_a_yes_is_no_yes(no: str) -> None:
    # "no problem", "pas de problème" are a yes of their own.
    harmless = ("problem", "prob", "worries")
    yeses = [yes for yes in YESES if not any(word in yes.casefold() for word in harmless)]
    assert _taken_for_a_yes([f"{no} {yes}" for yes in yeses]) == []


@pytest.mark.parametrize("limit", ["but not today", "only if you call first", "unless it is spam"])
def test_a_limit_after_a_yes_is_no_yes(limit: str) -> None:
    assert _taken_for_a_yes([f"{yes.rstrip('.!')} {limit}" for yes in YESES]) == []


def test_a_yes_with_a_question_mark_is_no_yes() -> None:
    assert _taken_for_a_yes([f"{yes.rstrip('.!')}?" for yes in YESES]) == []


_OURS = (
    "Reply",
    "text",
    "or",
    "STOP",
    "unsubscribe",
    "opt out",
    '"YES"',
    "to",
    "for",
    "end",
    "the",
    "car",
)


@given(st.lists(st.sampled_from(_OURS), max_size=9).map(" ".join))
def test_no_instruction_is_missed_because_it_was_not_looked_for(text: str) -> None:
    text = f"Thanks for writing to us. {text} end agree"
    told = replies_text._INSTRUCTION.search(text) or replies_text._OUR_QUESTION.search(text)
    assert replies_text.read(text, spelt=frozenset()).instructed is bool(told)
