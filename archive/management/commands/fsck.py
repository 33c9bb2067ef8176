"""`manage.py fsck`: derive ledgers, states and seals again; name the first bad entry of each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from archive import checking


class Command(BaseCommand):
    help = "Check the ledgers and what cites them: exit 0 and counts, or 1 and the first bad entry."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint",
            action="append",
            default=[],
            metavar="FILE",
            help="a checkpoint kept outside, as it was mailed: the ledgers must begin with it",
        )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            notes = [Path(name).read_text(encoding="utf-8") for name in options["checkpoint"]]
            report = checking.fsck(notes=notes)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for damage in report.damages:
            self.stdout.write(f"ledger {damage.dealership} entry {damage.index}: {damage.problem}")
        self.stdout.write(
            f"{report.ledgers} ledgers, {report.entries} entries, {report.states} states checked"
        )
        if report.damages:
            sys.exit(1)
