"""`manage.py reconcile`: settle UNKNOWN texts and take in inbound ones that never reached us."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from messaging.reconcile import reconcile


class Command(BaseCommand):
    help = (
        "Ask the carrier about texts whose fate is unknown, and for texts that we never received."
    )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        report = reconcile()
        self.stdout.write(
            f"settled {report.settled}, left unknown {report.left_unknown}, "
            f"inbound found {report.found_inbound}, not reachable {report.unreachable}"
        )
        if report.left_unknown:
            self.stdout.write(
                "Texts left unknown have no match at the carrier, or several. Nothing is sent "
                "again by itself: a person decides in the conversation."
            )
