"""The weights of a reader: what they make of features, and the file in which they lie."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from consent import replies
from consent.readers import weights
from consent.readers.weights import SHARPNESS, Weights, load, save, softmax

TWO = Weights("abc", {"stop": (-120, 120), "car": (80, -80), "the": (0, 0)})


def test_chances_add_up_to_one_and_follow_the_weights() -> None:
    for scores in ([0.0, 0.0], [1.0, -2.0, 3.5], [1000.0, 0.0], [-1000.0, 0.0]):
        assert sum(softmax(scores)) == pytest.approx(1)
    assert softmax([0.0, 0.0]) == [0.5, 0.5]
    assert softmax([math.log(3), 0.0]) == pytest.approx([0.75, 0.25])


def test_a_text_is_as_likely_as_its_features_say() -> None:
    weighed = SHARPNESS * 1.2
    assert TWO.chances({"stop"}) == pytest.approx(softmax([-weighed, weighed]))
    # more features make it no surer: their sum counts by the root of their number
    both = SHARPNESS * (1.2 - 0.8) / math.sqrt(2)
    assert TWO.chances({"stop", "car"}) == pytest.approx(softmax([-both, both]))
    assert TWO.chances({"stop", "unheard"}) == TWO.chances({"stop"})
    assert TWO.chances({"stop", "the"}) != TWO.chances({"stop"})


def test_of_nothing_known_nothing_is_said() -> None:
    assert TWO.chances({"unheard"}) == []
    assert TWO.chances(set()) == []


def test_the_file_keeps_what_was_fitted(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    odd = Weights("digest", {"é >~ x": (1, -2, 3), "/_st": (0, 7, -7), "stop": (5, 5, 5)})
    save(odd, path)
    assert load(path) == odd
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# fitted to digest"
    assert lines[1:] == sorted(lines[1:])
    assert path.read_text(encoding="utf-8").endswith("\n")


def test_a_text_has_words_neighbours_pieces_senses_and_a_length() -> None:
    found = replies.features_of("Please stop texting me")
    assert {"stop", "^ please", "me $", "please _ texting", "/stop", "/_sto", "#1"} <= found
    assert {"@soft>@stop", "@stop>@msgs>@me", "@soft~@msgs", "@soft~~@me", "@stop texting"} <= found
    assert {"stop @msgs", "^>@soft", "@me>$"} <= found
    assert replies.features_of("stop") >= {"#0", "^>@stop>$"}
    assert "#5" in replies.features_of("a car and a truck " * 30)


def test_of_a_long_text_both_ends_are_weighed() -> None:
    long = "stop " + "a car is a car and " * 30 + "unsubscribe"
    assert {"stop", "unsubscribe"} <= replies.features_of(long)
    middle = "a car is a car and " * 12 + "zebra " + "a car is a car and " * 12
    assert "/zebr" not in replies.features_of(middle)
    assert weights.load(replies.WEIGHTS_FILE).fitted_to
