"""Misspelt words: how far apart two are, what is forgiven, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.readers.replies_spelling import Speller, distance, spellings, unmasked

words = st.text(alphabet="abcde", max_size=7)


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ("", "", 0),
        ("", "stop", 4),
        ("stop", "", 4),
        ("stop", "stop", 0),
        ("stp", "stop", 1),
        ("sstop", "stop", 1),
        ("step", "stop", 1),
        ("sotp", "stop", 1),
        ("tsop", "stop", 1),
        ("stpo", "stop", 1),
        ("tspo", "stop", 2),
        ("ca", "abc", 3),  # optimal string alignment: no letter is moved twice
        ("ab", "ba", 1),
        ("aab", "aba", 1),
        ("unsubcribe", "unsubscribe", 1),
        ("unsubscirbed", "unsubscribe", 2),
        ("kitten", "sitting", 3),
        ("aaa", "a", 2),
    ],
)
def test_a_slip_counts_one(left: str, right: str, apart: int) -> None:
    assert distance(left, right) == apart
    assert distance(right, left) == apart


def _plainly(left: str, right: str) -> int:
    """Return the same by its definition, without a table."""
    if not left or not right:
        return len(left) + len(right)
    costs = [
        _plainly(left[:-1], right) + 1,
        _plainly(left, right[:-1]) + 1,
        _plainly(left[:-1], right[:-1]) + (left[-1] != right[-1]),
    ]
    if left[-2:] == right[-2:][::-1] and len(left) > 1 and len(right) > 1:
        costs.append(_plainly(left[:-2], right[:-2]) + 1)
    return min(costs)


@given(st.text(alphabet="abc", max_size=5), st.text(alphabet="abc", max_size=5))
def test_the_distance_is_what_its_definition_says(left: str, right: str) -> None:
    assert distance(left, right) == _plainly(left, right)


SPELLER = Speller(
    {"stop", "quit", "cancel", "remove", "unsubscribe", "messages"},
    never=frozenset({"step", "suit"}),
)


@pytest.mark.parametrize(
    ("token", "meant"),
    [
        ("stop", "stop"),
        ("stp", "stop"),
        ("sotp", "stop"),
        ("atop", "stop"),  # the first letter may be wrong, if nothing else is
        ("sttop", "stop"),
        ("step", ""),  # a word of its own
        ("suit", ""),
        ("sp", ""),
        ("so", ""),
        ("qit", "quit"),
        ("qot", ""),
        ("tspo", ""),  # two slips in a short word
        ("qxut", ""),
        ("cancle", "cancel"),
        ("cancl", "cancel"),
        ("cnacle", ""),
        ("mesages", "messages"),
        ("mesage", "messages"),
        ("nesage", ""),  # two slips, and it does not begin as the word does
        ("messagesss", "messages"),
        ("messagessss", ""),
        ("unsubcribe", "unsubscribe"),
        ("unsubscirbed", "unsubscribe"),
        ("unsuscrib", "unsubscribe"),
        ("insuscribe", ""),
        ("unsxubyscibe", ""),  # three
        ("unsubscribeeeeeee", ""),
        ("stop5", ""),
        ("s.top", ""),
        ("", ""),
    ],
)
def test_what_a_token_is_taken_for(token: str, meant: str) -> None:
    assert SPELLER.correct(token) == meant


def test_the_nearest_word_is_meant_and_of_two_the_first() -> None:
    speller = Speller({"messages", "massages", "message"}, never=frozenset())
    assert speller.correct("mesages") == "messages"
    assert speller.correct("messagee") == "message"
    assert Speller({"quit", "quip"}, never=frozenset()).correct("quix") == "quip"
    longest = "abcdefghijklmnop"
    assert Speller({longest}, never=frozenset()).correct(longest) == longest


@given(words, st.sets(words.filter(lambda word: len(word) > 3), max_size=5))
def test_no_word_that_is_too_far_is_meant(token: str, vocabulary: set[str]) -> None:
    meant = Speller(vocabulary, never=frozenset()).correct(token)
    assert meant == "" or (meant in vocabulary and distance(token, meant) <= 1)
    if len(token) >= 3:
        assert bool(meant) == any(distance(token, word) <= 1 for word in vocabulary)


@pytest.mark.parametrize(
    ("masked", "word"),
    [
        ("f**k", "fuck"),
        ("f*ck", "fuck"),
        ("f***", "fuck"),
        ("fu*king", "fucking"),
        ("f***ing", "fucking"),
        ("sh*t", "shit"),
        ("s**t", "shit"),
        ("a**hole", "asshole"),
        ("b*tch", "bitch"),
        ("b****", "bitch"),
        ("c*r", "cr"),
        ("f*uck", "fuck"),
        ("f*", "f"),
        ("fr*e", "fre"),
        ("t*ck", "tck"),
        ("s**************t", "st"),
        ("***", "***"),
    ],
)
def test_a_masked_word_is_told_as_far_as_it_can_be(masked: str, word: str) -> None:
    assert unmasked(masked) == word


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("stop", ("stop",)),
        ("off", ("off",)),
        ("stooooop", ("stooooop", "stoop", "stop")),
        ("aabbb", ("aabbb", "aabb", "aab", "ab")),
        ("st0p", ("st0p", "stop", "stp")),
        ("s-t", ("s-t", "st")),
        ("coool5", ("coool5", "cool5", "col5", "coools", "coool")),
    ],
)
def test_plainer_forms_of_a_word(word: str, forms: tuple[str, ...]) -> None:
    assert spellings(word) == forms
