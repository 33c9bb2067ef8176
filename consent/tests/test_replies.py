"""What replies mean: the register's table, keywords in every spelling, and never a false yes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent import rules
from consent.replies import ReplyKind, classify

TABLE = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "replies_register.tsv").read_text().splitlines()
]


@pytest.mark.parametrize(("text", "kind"), TABLE)
def test_register_table(text: str, kind: str) -> None:
    assert classify(text).kind == kind


@pytest.mark.parametrize("word", sorted(rules.STOP_WORDS))
@pytest.mark.parametrize(
    "spelling", ["{}", "{}.", "  {}!!! ", "“{}”", "{} {}", "\u200b{}\ufe0f", "🙄 {} 🙄"]
)
def test_stop_keywords_in_every_spelling(word: str, spelling: str) -> None:
    for cased in (word.lower(), word.upper(), word.title()):
        assert classify(spelling.format(cased, cased)).kind is ReplyKind.OPT_OUT


@pytest.mark.parametrize("word", ["stop", "cancel", "quit", "revoke"])
def test_spaced_and_dotted_keywords(word: str) -> None:
    assert classify(" ".join(word)).kind is ReplyKind.OPT_OUT
    assert classify(".".join(word.upper())).kind is ReplyKind.OPT_OUT


@pytest.mark.parametrize(
    "text", ["yes", "yes!", "Yep, go ahead", "Sí", "Sí, está bien", "oui", "ok"]
)
def test_a_clear_yes(text: str) -> None:
    reply = classify(text)
    assert (reply.kind, reply.reason) == (ReplyKind.OPT_IN, "affirmative")


@pytest.mark.parametrize(
    "text",
    [
        "yes?",
        "yes or no?",
        "yes but not today",
        "Yes I got the quote, thanks",
        "yes, when can I come in?",
        "yes if the price is right",
        "ok but don't text me at work",
        'Liked "may I text you? Reply YES"',
        "> Reply YES or NO",
    ],
)
def test_never_a_false_yes(text: str) -> None:
    assert classify(text).kind is not ReplyKind.OPT_IN


def test_start_is_told_from_yes() -> None:
    for text in ("START", "unstop", "Start!"):
        assert classify(text).reason == "restart_keyword"


def test_only_a_bare_word_was_answered_by_the_carrier() -> None:
    assert classify(" stop ").carrier_word == "STOP"
    assert classify("STOP PLEASE").carrier_word == ""
    assert classify("OPT OUT").carrier_word == ""


@given(st.text(max_size=400))
def test_any_text_has_a_reading(text: str) -> None:
    classify(text)


@given(st.sampled_from([text for text, kind in TABLE if kind in {"none", "opt_in"}]))
def test_a_stop_after_anything_is_a_stop(text: str) -> None:
    assert classify(f"{text}. Stop texting me").kind is ReplyKind.OPT_OUT
