"""`manage.py check_carrier [--fix]`: do the carrier's numbers lead to our webhooks?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from typing_extensions import override

from messaging import carrier_check


class Command(BaseCommand):
    help = (
        "Ask the carrier where each number and Messaging Service leads, and how it is registered."
        " Ends with 1 if texts are lost that way."
    )

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="set what is wrong at the carrier")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        findings = carrier_check.check(fix=options["fix"])
        for item in findings:
            mark = "PROBLEM" if item.is_problem else "fixed" if item.is_fixed else "ok"
            self.stdout.write(f"{mark:<8}{item.about}: {item.words}")
        problems = sum(item.is_problem for item in findings)
        fixed = sum(item.is_fixed for item in findings)
        advice = "" if options["fix"] or not problems else "; --fix sets what can be set"
        self.stdout.write(f"{problems} problems, {fixed} fixed{advice}")
        if problems:
            sys.exit(1)
