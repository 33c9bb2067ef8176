"""Pure: phrase patterns over words, compiled to expressions over one character a word.

A message becomes a short string in which every known word is one private character, so a pattern
such as "stop|quit @softener* @texting" is a plain expression without nested repetition: matching is
linear in the number of words. The pattern language, items separated by blanks:

    word  a|b|@class    one word of the set; suffix "?" makes it optional, "*" repeats it 0..6 times
    ~3  ~3!a|@b         up to three words within the clause; none of them of the set
    ^  $  ^^  $$        start and end of a clause, of the message; a set may hold $ too: a|b|$
    !a|@b  <!a|@b       not followed by, not preceded by (the latter first in the pattern)
    !$                  not at the end of a clause
    {dont}              "do not", "never": a command, not said of somebody
    ??                  a question mark
    _                   any word

The classes @name (a given name), @proper (that, or an unknown word with a capital), @new (a word
that no pattern knows) and 0 (a number) are built in. A comma may stand between any two items.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NAME, PROPER, UNKNOWN, NUMBER = "N", "P", "x", "0"
END, QUESTION, COMMA = "|", "?", ","
_ANY = "[^|?,]"
_BUILT_IN = {"@name": NAME, "@proper": NAME + PROPER, "@new": UNKNOWN + PROPER, "0": NUMBER}
_AT_START = {"^": r"(?:\A|(?<=[|?,]))", "^^": r"\A"}
_AT_END = {"$": r"(?=[|?,]|\Z)", "$$": r"[|?,]*\Z"}
#: What a prohibition begins with; "you do not text" and "why did you not" are none.
_COMMANDS = (
    "<!@subject do not ever|please|just|fucking|even|you|dare?",
    "<!@subject|@aux_do never|not ever|please|again?",
)
_FIRST_CODE = 0xE000


@dataclass(slots=True)
class Vocabulary:
    """Gives each word its character. `classes`: name without "@" to its words."""

    classes: Mapping[str, Iterable[str]]
    codes: dict[str, str] = field(default_factory=dict)

    def code(self, word: str) -> str:
        """Return the character of `word`, which becomes known."""
        found = self.codes.get(word)
        if found is None:
            found = self.codes[word] = chr(_FIRST_CODE + len(self.codes))
        return found

    def charset(self, expression: str) -> str:
        """Return the characters of an alternation of words and classes."""
        characters = ""
        for part in expression.split("|"):
            if part in _BUILT_IN:
                characters += _BUILT_IN[part]
            elif part.startswith("@"):
                characters += "".join(self.code(word) for word in self.classes[part[1:]])
            else:
                characters += self.code(part)
        return "".join(dict.fromkeys(characters))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns by the characters that they may begin with, the longest first.

    `letters`: every character that they name and may hold; `begin`: finds a place where one may begin. A
    text is long and few of its words begin a pattern: looking there alone costs a fraction of
    looking everywhere. What begins with a character is compiled when a text first holds it.
    """

    letters: frozenset[str]
    begin: re.Pattern[str]
    beginning: Mapping[str, tuple[str, ...]]
    _together: dict[str, re.Pattern[str]] = field(default_factory=dict)
    _apart: dict[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)

    def at(self, encoded: str, start: int) -> re.Match[str] | None:
        """Return the phrase that stands at `start`."""
        pattern = self._of(encoded[start])
        return pattern.match(encoded, start) if pattern else None

    def found(self, encoded: str, start: int = 0) -> bool:
        """Say whether one of the patterns occurs in `encoded` from `start` on."""
        together = self._together
        for place in self.begin.finditer(encoded, start):
            pattern = together.get(place.group()) or self._of(place.group())
            if pattern is not None and pattern.match(encoded, place.start()):
                return True
        return False

    def _of(self, first: str) -> re.Pattern[str] | None:
        """Return the patterns that begin with a character, None where none does."""
        if first not in self._together and first in self.beginning:
            self._together[first] = re.compile("|".join(self.beginning[first]))
        return self._together.get(first)

    def ends(self, encoded: str, start: int) -> set[int]:
        """Return where the phrases that stand at `start` end; empty where none does."""
        first = encoded[start]
        tried = self._apart.get(first)
        if tried is None:
            tried = tuple(map(re.compile, self.beginning.get(first, ())))
            self._apart[first] = tried
        matches = (pattern.match(encoded, start) for pattern in tried)
        return {match.end() for match in matches if match is not None}

    def blotted(self, encoded: str, blot: str = UNKNOWN) -> str:
        """Return `encoded` with every word of an occurrence replaced by `blot`."""
        made = ""
        kept = position = 0
        while place := self.begin.search(encoded, position):
            match = self.at(encoded, place.start())
            position = place.end()
            if match is not None:
                made += encoded[kept : match.start()] + blot * len(match.group())
                kept = position = match.end()
        return made + encoded[kept:]


def build(vocabulary: Vocabulary, *texts: str) -> Phrases:
    """Compile patterns, one a line; "--" begins a comment. The longest are tried first."""
    lines = [line.split("--")[0].strip() for text in texts for line in text.splitlines()]
    lines = [
        line.replace("{dont}", command)
        for line in lines
        for command in _COMMANDS[: 1 + ("{" in line)]
    ]
    patterns = sorted(filter(None, lines), key=lambda line: -len(line.split()))
    compiled = [_compile(vocabulary, pattern) for pattern in patterns]
    beginning: dict[str, tuple[str, ...]] = {}
    for expression, begins, _ in compiled:
        for character in begins:
            beginning[character] = (*beginning.get(character, ()), expression)
    return Phrases(
        letters=frozenset(filter(_is_code, "".join(held for _, _, held in compiled))),
        begin=re.compile(f"[{''.join(beginning)}]"),
        beginning=beginning,
    )


def _is_code(character: str) -> bool:
    return character == NAME or ord(character) >= _FIRST_CODE


def _compile(vocabulary: Vocabulary, pattern: str) -> tuple[str, frozenset[str], str]:
    """Return the expression of one pattern, the characters it can begin with, and those it names.

    What must not stand somewhere is not named.
    """
    made = ""
    begins = ""
    held = ""
    open_start = True  # nothing obligatory yet
    for item in pattern.split():
        comma = "" if made in ("", _AT_START["^"], _AT_START["^^"]) else ",?"
        if item in _AT_START:
            made += _AT_START[item]
        elif item in _AT_END:
            made += _AT_END[item]
        elif item == "??":
            made += r"\?"
        elif item == "_":
            made += comma + _ANY
        elif item == "!$":
            made += f"(?=,?{_ANY})"
        elif item.startswith("~"):
            count, _, barred = item[1:].partition("!")
            kind = f"[^|?,{vocabulary.charset(barred)}]" if barred else _ANY
            made += f"(?:,?{kind}){{0,{count}}}"
        elif item.startswith("<!"):
            made += f"(?<![{vocabulary.charset(item[2:])}])"
        elif item.startswith("!"):
            words = [word for word in item[1:].split("|") if word != "$"]
            made += f"(?!,?[{vocabulary.charset('|'.join(words))}])"
            made += f"(?!{_AT_END['$']})" if "$" in item else ""
        else:
            repeat = item[-1] if item[-1] in "?*" else ""
            words = [word for word in item.rstrip("?*").split("|") if word != "$"]
            characters = vocabulary.charset("|".join(words))
            held += characters
            if open_start:
                begins += characters
                open_start = bool(repeat)
            if repeat:
                made += f"(?:{comma}[{characters}]){'?' if repeat == '?' else '{0,6}'}"
            elif len(words) < item.count("|") + 1:
                made += f"(?:{comma}[{characters}]|{_AT_END['$']})"
            else:
                made += f"{comma}[{characters}]"
    if open_start:
        raise ValueError(f"pattern without an obligatory word: {pattern}")
    return made, frozenset(begins), held
