"""Pure: how well a reader of texts does on texts whose class people gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass


class BadRow(ValueError):
    """A line that is no `text<TAB>class`; `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text."""

    line: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A text that was read as another class than people gave it."""

    row: Row
    read_as: str


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome: how many of each class, given and read, and every miss in the file's order."""

    given: Counter[str]
    read: Counter[str]
    misses: tuple[Miss, ...]

    @property
    def right(self) -> float:
        """The share of texts read as people did."""
        return 1 - len(self.misses) / self.given.total()

    def hits(self, kind: str) -> int:
        """Return how many texts of a class were read as that class."""
        return self.given[kind] - sum(miss.row.kind == kind for miss in self.misses)

    def recall(self, kind: str) -> float:
        """Return the share of the texts of a class that were found; 1 when there are none."""
        return self.hits(kind) / self.given[kind] if self.given[kind] else 1.0

    def precision(self, kind: str) -> float:
        """Return the share of the texts read as a class that are of it; 1 when there are none."""
        return self.hits(kind) / self.read[kind] if self.read[kind] else 1.0

    def false_share(self, kind: str) -> float:
        """Return the share of the texts of other classes that were read as this one."""
        others = self.given.total() - self.given[kind]
        return (self.read[kind] - self.hits(kind)) / others if others else 0.0


def rows_of(lines: Iterable[str], *, kinds: Collection[str]) -> Iterator[Row]:
    """Read `text<TAB>class` lines; further columns are ignored.

    Blank lines, lines without a tab that begin with "#" and a first line "text<TAB>class" are
    skipped. Raises BadRow.
    """
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r\n").removeprefix("\ufeff")
        if not line.strip() or ("\t" not in line and line.startswith("#")):
            continue
        text, tab, rest = line.partition("\t")
        kind = rest.split("\t", 1)[0].strip()
        if number == 1 and (text, kind) in {("text", "class"), ("text", "level")}:
            continue
        if not tab:
            raise BadRow(number, "no tab between text and class")
        if not text.strip():
            raise BadRow(number, "no text before the tab")
        if kind not in kinds:
            raise BadRow(number, f"class {kind!r} is none of {', '.join(kinds)}")
        yield Row(number, text, kind)


def score(rows: Iterable[Row], read: Callable[[str], str]) -> Score:
    """Return how the reader does on the rows."""
    given: Counter[str] = Counter()
    found: Counter[str] = Counter()
    misses = []
    for row in rows:
        kind = read(row.text)
        given[row.kind] += 1
        found[kind] += 1
        if kind != row.kind:
            misses.append(Miss(row, kind))
    return Score(given, found, tuple(misses))


def report(result: Score, *, kinds: Collection[str]) -> Iterator[str]:
    """Return the lines that tell people the outcome, each miss under its class."""
    yield f"{result.given.total()} texts, {result.right:.1%} right"
    yield f"{'class':16}{'texts':>7}{'recall':>9}{'precision':>11}{'false':>8}"
    for kind in kinds:
        yield (
            f"{kind:16}{result.given[kind]:7}{result.recall(kind):9.1%}"
            f"{result.precision(kind):11.1%}{result.false_share(kind):8.1%}"
        )
    for kind in kinds:
        for miss in result.misses:
            if miss.row.kind == kind:
                yield f"{kind} read as {miss.read_as}, line {miss.row.line}: {miss.row.text}"
