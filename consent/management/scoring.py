"""What the commands that score a reader of texts have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from consent import scoring


class ScoreCommand(BaseCommand):
    """Scores `read` on a file of labelled texts; CommandError (exit 1) names a bad line."""

    kinds: tuple[str, ...]
    requires_system_checks = ()

    def read(self, text: str) -> str:
        """Return the class of one text."""
        raise NotImplementedError

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="UTF-8, one text<TAB>class a line")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
            rows = list(scoring.rows_of(lines, kinds=self.kinds))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path}: {error}") from None
        except scoring.BadRow as error:
            raise CommandError(f"{path}, {error}") from None
        if not rows:
            raise CommandError(f"{path}: no labelled text in it")
        for line in scoring.report(scoring.score(rows, self.read), kinds=self.kinds):
            self.stdout.write(line)
