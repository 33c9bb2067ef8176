"""`manage.py score_replies FILE.tsv`: how well the classifier of replies does on labelled texts."""

from __future__ import annotations

from typing_extensions import override

from consent.management.scoring import ScoreCommand
from consent.replies import ReplyKind, classify


class Command(ScoreCommand):
    help = (
        "Read text<TAB>class lines; print recall, precision and every miss of each class. "
        f"Classes: {', '.join(ReplyKind)}. Exit 1 when the file cannot be read."
    )
    kinds = tuple(ReplyKind)

    @override
    def read(self, text: str) -> str:
        """Return the class of one text."""
        return classify(text).kind
