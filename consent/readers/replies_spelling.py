"""Pure: bounded correction of misspelt words against a small vocabulary.

A candidate is found through the words that remain when letters are deleted on both sides, then
confirmed by the optimal string alignment distance: a deletion, an insertion, another letter, or two
neighbours swapped count one each. Work depends on the length of the token alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 16
LEET = str.maketrans("01345$@!", "oieassai")
REPEATED = re.compile(r"(.)\1+")
THRICE = re.compile(r"(.)\1{2,}")


def distance(left: str, right: str) -> int:
    """Return the optimal string alignment distance of two short words."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _allowed(word: str) -> int:
    """Return how many slips are forgiven in a word of this length."""
    return 1 if len(word) < 8 else 2


def _deletions(word: str, count: int) -> set[str]:
    found = {word}
    for _ in range(count):
        found |= {left[:i] + left[i + 1 :] for left in found for i in range(len(left))}
    return found


class Speller:
    """Finds the one word of a vocabulary that a token may be a misspelling of."""

    def __init__(self, words: Iterable[str], *, never: frozenset[str]) -> None:
        """`words`: of four letters and more; `never`: tokens that are words of their own."""
        self._never = never
        self._by_rest: dict[str, list[str]] = {}
        for word in sorted(words):
            for rest in _deletions(word, _allowed(word)):
                self._by_rest.setdefault(rest, []).append(word)

    def correct(self, token: str) -> str:
        """Return the word that `token` is closest to, or "" when there is none near enough."""
        if not 3 <= len(token) <= _LONGEST or token in self._never or not token.isalpha():
            return ""
        near = {
            word
            for rest in _deletions(token, _allowed(token))
            for word in self._by_rest.get(rest, ())
        }
        apart = {word: distance(token, word) for word in near}
        # Two slips at once are believed only where the word still begins as it should.
        meant = [
            (slips, word)
            for word, slips in apart.items()
            if slips <= _allowed(word) and (slips < 2 or token[0] == word[0])
        ]
        return min(meant, default=(0, ""))[1]


def spellings(word: str) -> tuple[str, ...]:
    """Return `word` and its plainer forms: letters drawn out, or written as digits."""
    forms = [word]
    if REPEATED.search(word):
        forms += [THRICE.sub(r"\1\1", word), THRICE.sub(r"\1", word)]
        forms.append(REPEATED.sub(r"\1", word) if THRICE.search(word) else word)
    if not word.isalpha():
        forms += [word.translate(LEET), "".join(filter(str.isalpha, word))]
    return tuple(dict.fromkeys(filter(None, forms)))


def unmasked(word: str) -> str:
    """Return a word that was masked with asterisks, as far as it can be told."""
    letters = word.replace("*", "")
    for masked in ("fuck", "fucking", "shit", "asshole", "bitch"):
        if (
            word[0] == masked[0]
            and abs(len(word) - len(masked)) < 2
            and set(letters) <= set(masked)
        ):
            return masked
    return letters or word
