"""Pure: fits the weights of a reader of texts to labelled texts.

Multinomial logistic regression by AdaGrad over the whole corpus; nothing in it is random, so that
the same corpus gives the same weights. `manage.py train_readers` runs it.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from consent import replies, scoring, wording
from consent.readers.weights import SHARPNESS, Weights, softmax
from consent.replies import ReplyKind

CORPORA = Path(__file__).parent / "readers/corpora"
EPOCHS = 120
RATE = 0.3
DECAY = 2e-4
#: A feature of a single text tells nothing of others.
SEEN_IN = 2
#: What moves no class by this many hundredths is left out.
LEFT_OUT = 6

#: A text's features, sorted, and the place of its class.
Example = tuple[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Reader:
    """A trained reader: its corpus, the file of its weights, how it sees a text and its class."""

    corpus: Path
    weights: Path
    kinds: Sequence[str]
    features: Callable[[str], Collection[str]]
    target: Callable[[str], int]
    classes: int

    def examples(self) -> list[Example]:
        """Return the corpus as the training sees it."""
        with self.corpus.open(encoding="utf-8") as lines:
            rows = list(scoring.rows_of(lines, kinds=self.kinds))
        return [(tuple(sorted(self.features(row.text))), self.target(row.kind)) for row in rows]


#: The places of the classes that the weights of replies tell; everything else has the first.
_REPLIES = {ReplyKind.OPT_OUT: 1, ReplyKind.OPT_IN: 2, ReplyKind.DECLINE: 3}
READERS = {
    "wording": Reader(
        CORPORA / "wording.tsv",
        wording.WEIGHTS_FILE,
        wording.LEVELS,
        wording.features_of,
        [level.value for level in wording.LEVELS].index,
        len(wording.LEVELS),
    ),
    "replies": Reader(
        CORPORA / "replies.tsv",
        replies.WEIGHTS_FILE,
        tuple(ReplyKind),
        replies.features_of,
        lambda kind: _REPLIES.get(ReplyKind(kind), 0),
        len(_REPLIES) + 1,
    ),
}


def digest(examples: Iterable[Example]) -> str:
    """Return the SHA-256 of what weights are fitted to: texts as features, and classes."""
    return hashlib.sha256(repr(list(examples)).encode()).hexdigest()


def fit(examples: Sequence[Example], *, classes: int) -> Weights:
    """Return the weights that tell the classes of the examples best."""
    seen = Counter(name for names, _ in examples for name in names)
    known = {name: i for i, name in enumerate(sorted(n for n in seen if seen[n] >= SEEN_IN))}
    documents = [
        ([known[name] for name in names if name in known], target) for names, target in examples
    ]
    weights = [[0.0] * classes for _ in known]
    history = [[1e-6] * classes for _ in known]
    for _ in range(EPOCHS):
        for i, slopes in enumerate(_slopes(documents, weights, classes)):
            row, past = weights[i], history[i]
            for k in range(classes):
                change = slopes[k] + DECAY * row[k]
                past[k] += change * change
                row[k] -= RATE * change / math.sqrt(past[k])
    found = {}
    for name, i in known.items():
        middle = sum(weights[i]) / classes
        rounded = tuple(round(100 * (weight - middle)) for weight in weights[i])
        if max(map(abs, rounded)) >= LEFT_OUT:
            found[name] = rounded
    return Weights(digest(examples), found)


def _slopes(
    documents: list[tuple[list[int], int]], weights: list[list[float]], classes: int
) -> list[list[float]]:
    """Return the gradient of the loss, for each feature and class."""
    slopes = [[0.0] * classes for _ in weights]
    for document, target in documents:
        scale = SHARPNESS / math.sqrt(len(document) or 1)
        chances = softmax([scale * sum(weights[i][k] for i in document) for k in range(classes)])
        for k in range(classes):
            step = (chances[k] - (k == target)) * scale / len(documents)
            for i in document:
                slopes[i][k] += step
    return slopes
