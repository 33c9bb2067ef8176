"""What is read of a text before its words: quotations, reactions, marks, spelling out."""

from __future__ import annotations

import pytest

from consent.readers.replies_text import read

SPELT = frozenset({"stop", "yes"})


@pytest.mark.parametrize(
    ("body", "words", "reaction", "quoted"),
    [
        ("yes", "yes", False, False),
        # lines that a phone or a mail program repeats
        ("> may we text you?\nyes", "| yes", False, True),
        ("yes\n> STOP to end", "yes |", False, True),
        ("sure\nFrom: Keystone Toyota\nreply STOP to end", "sure |", False, True),
        ("oui\nLe 3 mai 2026 Keystone a écrit :\nSTOP", "oui |", False, True),
        ("meet at 5:30 > maybe", "meet at 0 maybe", False, False),
        ("one thing: call", "one thing | call", False, False),
        # reactions
        ("Liked “See you at 5”", "", True, True),
        ("Liked “See you at 5", "", True, True),
        ("Liked “See you at 5” stop", "stop", False, True),
        ("Liked “See you at 5”stop", "stop", False, True),
        ("Liked “” stop", "stop", False, True),
        ("Liked an image", "", True, True),
        (
            "Liked an image that you sent me today yes",
            "Liked an image that you sent me today yes",
            False,
            False,
        ),
        # quotations of more than three words are another's
        ("he said “are you coming with us” and no", "he said | and no", False, True),
        ("he said “are you coming” and no", "he said | are you coming | and no", False, False),
        ("“are you coming with” no", "| no", False, True),
        ("“please stop texting me now”", "please stop texting me now", False, True),
        ("a 15” wheel", "a 0 | wheel", False, False),
    ],
)
def test_what_a_text_repeats_of_another_is_told_from_its_own_words(
    body: str, words: str, reaction: bool, quoted: bool
) -> None:
    found = read(body, spelt=SPELT)
    assert (" ".join(found.words), found.reaction, found.quoted) == (words, reaction, quoted)


@pytest.mark.parametrize(
    ("body", "words", "instructed"),
    [
        ("Text STOP to end, please", "Text STOP to end , please", False),  # 24: their own
        ("Text STOP to end, please!", "| , please |", True),
        ("Reply unsubscribe to opt out of this", "| of this", True),
        ("Reply 'unsubscribe' to opt out of this", "| of this", True),
        ("STOP to end is what it says here", "STOP to end is what it says here", False),
        ("I drive to work and to the shop again", "I drive to work and to the shop again", False),
        ("Please reply YES and we text you", "Please |", True),
        ("please reply with a number today", "please reply with a number today", False),
    ],
)
def test_words_about_words_to_reply_with_command_nothing(
    body: str, words: str, instructed: bool
) -> None:
    found = read(body, spelt=SPELT)
    assert (" ".join(found.words), found.instructed) == (words, instructed)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("stop_texting", "stop texting"),
        ("see https://example.com/a?b=1 ok", "see @ ok"),
        ("ask me at a.b@example.com, please", "ask me at @ , please"),
        ("$250 or 1,200.50", "0 or 0"),
        ("# 5", "# 0"),
        ("really? yes! (no) a;b", "really ? yes | | no | a | b"),
        ("a -- b - c", "a | b | c"),
        ("👍 ok 🚗", "👍 ok"),
        ("S.T.O.P now", "STOP now"),
        ("s t o p", "stop"),
        ("s\tt\to\tp", "stop"),
        ("y-e-s", "yes"),
        ("h.e.l.l.o", "h | e | l | l | o"),
        ("don\u2019t", "don't"),
        ("¿cómo está?", "como esta ?"),
    ],
)
def test_words_and_marks(body: str, words: str) -> None:
    assert " ".join(read(body, spelt=SPELT).words) == words


def test_pictographs_are_kept_apart() -> None:
    assert read("👍🏽 ok 🚗 → 5", spelt=SPELT).emoji == "👍🚗→"
    assert read("ok + 5 ©", spelt=SPELT).emoji == ""


def test_the_letters_of_what_may_be_a_keyword() -> None:
    assert read("S-T-O-P!", spelt=SPELT).letters == "stop"
    assert read("opt out", spelt=SPELT).letters == "optout"
    assert read(("a" * 20 + " ") * 9, spelt=SPELT).letters == "a" * 60
