"""`manage.py fsck`: derive every hash and state of the ledgers again; name the first bad entry."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from consent import ledger


class Command(BaseCommand):
    help = "Check the consent ledgers: exit 0 and counts, or exit 1 naming the first bad entry."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        report = ledger.fsck()
        for damage in report.damages:
            self.stdout.write(f"ledger {damage.dealership} entry {damage.index}: {damage.problem}")
        self.stdout.write(
            f"{report.ledgers} ledgers, {report.entries} entries, {report.states} states checked"
        )
        if report.damages:
            sys.exit(1)
