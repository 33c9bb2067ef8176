"""What reading a text costs: `python -m bench.words`, each as a ratio to one json.dumps."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from consent.replies import ReplyKind, classify
from consent.scoring import rows_of
from consent.wording import LEVELS, check

CONSENT = Path(__file__).resolve().parents[1] / "consent"
#: The reference: a document of a thousand numbers.
DOCUMENT = list(range(1000))
ROUNDS = 5


def cost(work: Callable[[str], object], texts: list[str]) -> tuple[float, float]:
    """Return milliseconds of processor time: a text in the median round, and the slowest one."""
    rounds = []
    slowest = 0.0
    for _ in range(ROUNDS):
        began = time.process_time()
        for text in texts:
            work(text)
        rounds.append((time.process_time() - began) / len(texts))
    for text in texts:
        began = time.process_time()
        work(text)
        slowest = max(slowest, time.process_time() - began)
    return statistics.median(rounds) * 1000, slowest * 1000


def texts_of(name: str, kinds: tuple[str, ...]) -> list[str]:
    with (CONSENT / "readers/corpora" / name).open(encoding="utf-8") as lines:
        return [row.text for row in rows_of(lines, kinds=kinds)]


def main() -> None:
    reference, _ = cost(lambda _: json.dumps(DOCUMENT), [""] * 500)
    print(f"one json.dumps of {len(DOCUMENT)} numbers: {reference:.3f} ms")
    for name, work, texts in (
        ("reply read", classify, texts_of("replies.tsv", tuple(ReplyKind))),
        ("wording checked", check, texts_of("wording.tsv", LEVELS)),
        ("reply of 1,600 characters", classify, ["please stop texting me about it, ok? " * 43]),
    ):
        each, slowest = cost(work, texts)
        ratio = f"{each / reference:.2f} x the reference"
        print(f"{name}: {each:.3f} ms ({ratio}), slowest {slowest:.2f} ms, {len(texts)} texts")


if __name__ == "__main__":
    main()
