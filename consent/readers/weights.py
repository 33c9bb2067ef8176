"""Pure: the weights of a reader of texts, as a file that lies beside the code.

The file is written by `manage.py train_readers`: do not edit it, train.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

_DIGEST = "# fitted to "
#: A long text has more features than a short one, and is no surer for it.
SHARPNESS = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """Feature → its weight for each class, in hundredths.

    `fitted_to`: the digest of the labelled texts (consent.training.digest).
    """

    fitted_to: str
    by_feature: dict[str, tuple[int, ...]]

    def chances(self, features: Collection[str]) -> list[float]:
        """Return how likely each class is for a text; [] where none of its features is known."""
        known = [self.by_feature[name] for name in features if name in self.by_feature]
        if not known:
            return []
        scale = SHARPNESS / (100 * math.sqrt(len(known)))
        return softmax([scale * sum(column) for column in zip(*known, strict=True)])


def softmax(scores: list[float]) -> list[float]:
    """Return chances that add up to one."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def load(path: Path) -> Weights:
    """Return the weights of a file."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    found = {}
    for line in lines:
        name, *columns = line.split("\t")
        found[name] = tuple(map(int, columns))
    return Weights(first.removeprefix(_DIGEST), found)


def save(weights: Weights, path: Path) -> None:
    """Write the file."""
    rows = sorted(weights.by_feature.items())
    lines = ["\t".join((name, *map(str, columns))) for name, columns in rows]
    first = _DIGEST + weights.fitted_to
    path.write_bytes("".join(f"{line}\n" for line in (first, *lines)).encode())
