"""`manage.py simulator`: the carrier simulator with the portal's own settings as defaults."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from messaging.simulator.program import OptionError, add_arguments, read_options, run


class Command(BaseCommand):
    """Runs the simulator until it is told to stop."""

    help = "Runs a carrier on loopback that speaks Twilio's API, with a customer's phone."
    requires_system_checks = []

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the options of the program."""
        add_arguments(parser)

    @override
    def handle(self, *_args: Any, **options: Any) -> None:
        """Refuse outside development, then serve."""
        # A carrier that anybody can pull the strings of must not stand beside real customers.
        if not settings.DEBUG and os.environ.get("SIMULATOR") != "1":
            raise CommandError("the simulator is for development: set DEBUG=1 or SIMULATOR=1")
        try:
            run(
                read_options(
                    options,
                    account_sid=settings.TWILIO_ACCOUNT_SID,
                    auth_token=settings.TWILIO_AUTH_TOKEN,
                    webhook_base=settings.SITE_URL,
                    time_offset_seconds=settings.TIME_OFFSET_SECONDS,
                )
            )
        except OptionError as error:
            raise CommandError(str(error)) from None
