"""The pattern language of the reader of replies, on a small vocabulary of its own."""

from __future__ import annotations

import pytest

from consent.readers.replies_grammar import UNKNOWN, Phrases, Vocabulary, build


def _made(*patterns: str) -> tuple[Vocabulary, Phrases]:
    vocabulary = Vocabulary({"stop": ("stop", "quit"), "msgs": ("texts", "messages")})
    for word in ("please", "the", "car", "now", "and"):
        vocabulary.code(word)
    return vocabulary, build(vocabulary, "\n".join(patterns))


def _said(vocabulary: Vocabulary, text: str) -> str:
    return "".join(
        word if word in {"|", ",", "?", "N", "P", "0"} else vocabulary.codes.get(word, UNKNOWN)
        for word in text.split()
    )


@pytest.mark.parametrize(
    ("pattern", "holds", "fails"),
    [
        ("stop the car", "and stop the car now", "stop car"),
        ("@stop @msgs", "quit messages", "car messages"),
        ("stop the? car", "stop car", "stop now car"),
        ("stop the* car", "stop the the the car", "stop the and car"),
        ("stop ~1 car", "stop zebra car", "stop zebra zebra car"),
        ("stop ~2!the car", "stop and now car", "stop the car"),
        ("^ stop", "please | stop", "please stop"),
        ("^^ stop", "stop now", "please | stop"),
        ("stop $", "stop | now", "stop now"),
        ("stop $$", "stop | ?", "stop | now"),
        ("stop car|$", "please stop", "stop now"),
        ("stop !car", "stop now", "stop car"),
        ("stop !$ !car", "stop now", "stop | now"),
        ("<!the stop", "please stop", "the stop"),
        ("stop ??", "stop ?", "stop |"),
        ("stop _ now", "stop zebra now", "stop | now"),
        ("stop @name", "stop N", "stop P"),
        ("stop @proper", "stop P", "stop zebra"),
        ("stop @new", "stop zebra", "stop the"),
        ("stop 0", "stop 0", "stop N"),
        ("stop car", "stop , car", "stop | car"),
        ("stop car -- not a word of it", "stop car", "stop"),
    ],
)
def test_what_a_pattern_finds(pattern: str, holds: str, fails: str) -> None:
    vocabulary, phrases = _made(pattern)
    assert phrases.found(_said(vocabulary, holds))
    assert not phrases.found(_said(vocabulary, fails))


def test_a_pattern_without_an_obligatory_word_is_none() -> None:
    with pytest.raises(ValueError, match="without an obligatory word"):
        _made("the? car*")


def test_the_longest_phrase_stands_first_and_every_end_is_told() -> None:
    vocabulary, phrases = _made("stop", "stop the car", "stop the", "quit")
    text = _said(vocabulary, "please stop the car now")
    found = phrases.at(text, 1)
    assert found is not None
    assert (found.start(), found.end()) == (1, 4)
    assert phrases.ends(text, 1) == {2, 3, 4}
    # asked again it says the same
    again = phrases.at(text, 1)
    assert again is not None
    assert again.end() == 4
    assert phrases.ends(text, 1) == {2, 3, 4}
    assert phrases.at(text, 0) is None
    assert phrases.ends(text, 0) == set()
    assert phrases.at(text, 2) is None


def test_it_is_looked_for_from_a_place_on() -> None:
    vocabulary, phrases = _made("stop")
    text = _said(vocabulary, "stop the car")
    assert phrases.found(text)
    assert not phrases.found(text, 1)
    assert not phrases.found("")


def test_every_occurrence_is_blotted_out_and_nothing_else() -> None:
    vocabulary, phrases = _made("stop the", "car")
    text = _said(vocabulary, "please stop the car | stop now stop the")
    assert phrases.blotted(text) == _said(vocabulary, "please z z z | stop now z z")
    assert phrases.blotted(_said(vocabulary, "please now")) == _said(vocabulary, "please now")
    assert phrases.blotted("") == ""


def test_the_letters_are_those_that_a_phrase_may_hold() -> None:
    vocabulary, phrases = _made("stop the? N|@name", "^ car")
    for word in ("stop", "the", "car"):
        assert vocabulary.codes[word] in phrases.letters
    assert "N" in phrases.letters
    assert vocabulary.codes["please"] not in phrases.letters
    assert "|" not in phrases.letters
