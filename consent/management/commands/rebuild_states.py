"""`manage.py rebuild_states`: write the ledger's states over the copies that differ from them.

Run once after an upgrade that reads more from the entries than the one before (docs/operations.md).
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from accounts.models import Dealership
from consent import ledger


class Command(BaseCommand):
    help = "Write the states that the ledgers say over the copies that differ."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        count = sum(map(ledger.rebuild_stale, Dealership.objects.order_by("pk")))
        self.stdout.write(f"{count} states rebuilt")
