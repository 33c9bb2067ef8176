"""`manage.py train_readers`: fit the weights of the readers of texts to their corpora."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from typing_extensions import override

from consent import training
from consent.readers import weights

FOLDS = 5


class Command(BaseCommand):
    help = (
        "Fit the weights of the wording check and of the reader of replies to "
        "consent/readers/corpora and write them (about a minute). --cross only shows how well the "
        "weights tell unseen texts."
    )
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cross", action="store_true", help="cross-validate, write nothing")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        for name, reader in training.READERS.items():
            examples = reader.examples()
            if options["cross"]:
                right = sum(_right(examples, part, reader.classes) for part in range(FOLDS))
                self.stdout.write(f"{name}: {right / len(examples):.1%} of {len(examples)} right")
                continue
            fitted = training.fit(examples, classes=reader.classes)
            weights.save(fitted, reader.weights)
            self.stdout.write(
                f"{name}: {len(fitted.by_feature)} weights, fitted to {len(examples)} texts"
            )


def _right(examples: list[training.Example], part: int, classes: int) -> int:
    """Return how many texts of one part are told by weights fitted to the others."""
    others = [example for i, example in enumerate(examples) if i % FOLDS != part]
    fitted = training.fit(others, classes=classes)
    right = 0
    for features, target in examples[part::FOLDS]:
        chances = fitted.chances(features)
        right += bool(chances) and chances.index(max(chances)) == target
    return right
