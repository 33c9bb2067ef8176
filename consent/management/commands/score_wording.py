"""`manage.py score_wording FILE.tsv`: how well the wording check does on labelled texts."""

from __future__ import annotations

from typing_extensions import override

from consent.levels import Level
from consent.management.scoring import ScoreCommand
from consent.wording import check


class Command(ScoreCommand):
    help = (
        "Read text<TAB>level lines; print recall, precision and every miss of each level. "
        "Levels: promotional, informational, conversational. Exit 1 when the file cannot be read."
    )
    kinds = (Level.PROMOTIONAL, Level.INFORMATIONAL, Level.CONVERSATIONAL)

    @override
    def read(self, text: str) -> str:
        """Return the level of one text."""
        return check(text).level
