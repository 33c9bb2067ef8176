"""`manage.py create_dealership`: set up a seller, its numbers and its staff without the pages."""

from __future__ import annotations

import json
import sys
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from typing_extensions import override

from accounts import numbers
from accounts.dealerships import REGIONS
from accounts.models import Role
from accounts.setting_up import BadSetUp, Line, Person, Seller, set_up

_MAX_RATE = 1000
_STAFF_PARTS = 4


def read_line(text: str) -> Line:
    """Read `+1…[,mps=N][,carrier_answers=stop+help][,service=MG…]`. Raises CommandError."""
    number, *options = (part.strip() for part in text.split(","))
    if not numbers.is_number(number):
        raise CommandError(f"--number {number}: must be +1 and ten digits")
    # Twilio answers STOP and HELP by itself; a stand-in answers only what it is told to answer.
    answers: tuple[str, ...] = () if settings.TWILIO_API_BASE_URL else ("stop", "help")
    rate, service = Decimal(1), ""
    for option in options:
        key, _, value = option.partition("=")
        if key == "mps":
            rate = _rate(number, value)
        elif key == "carrier_answers":
            answers = _answers(number, value)
        elif key == "service":
            if not numbers.is_service_sid(value):
                raise CommandError(f"--number {number}: service must be MG and 32 hex digits")
            service = value
        else:
            raise CommandError(f"--number {number}: there is no option {key!r}")
    return Line(number, rate, answers, service)


def _rate(number: str, text: str) -> Decimal:
    try:
        rate = Decimal(text)
        is_sane = Decimal("0.01") <= rate <= _MAX_RATE  # comparing a NaN raises
    except InvalidOperation:
        raise CommandError(f"--number {number}: mps must be a number") from None
    if not is_sane:
        raise CommandError(f"--number {number}: mps must be between 0.01 and {_MAX_RATE}")
    return rate


def _answers(number: str, text: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word for word in text.split("+") if word not in {"", "none"}))
    for word in words:
        if word not in numbers.WORD_GROUPS:
            raise CommandError(f"--number {number}: there is no word group {word!r}")
    return words


def read_person(text: str) -> Person:
    """Read `email:Full Name:role:password`; the password may hold colons. Raises CommandError."""
    parts = text.split(":", _STAFF_PARTS - 1)
    if len(parts) != _STAFF_PARTS:
        raise CommandError("--staff: must be email:Full Name:role:password")
    email, name, role = (part.strip() for part in parts[:3])
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"--staff {email}: is not an e-mail address") from None
    if not name:
        raise CommandError(f"--staff {email}: the name is empty")
    if role not in Role.values:
        raise CommandError(f"--staff {email}: the role must be one of {', '.join(Role.values)}")
    if not parts[3]:
        raise CommandError(f"--staff {email}: the password is empty")
    return Person(email.lower(), name, Role(role), parts[3])


class Command(BaseCommand):
    help = "Create or update a dealership, its numbers and its staff; prints one JSON object."
    requires_system_checks = ()

    @override
    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # One clear line and exit 1 for every kind of bad input, not argparse's usage and exit 2.
        parser.error = self._refuse  # type: ignore[method-assign]  # argparse offers no other way
        return parser

    def _refuse(self, message: str) -> NoReturn:
        if not getattr(self, "_called_from_command_line", False):
            raise CommandError(message)
        self.stderr.write(f"CommandError: {message}")
        sys.exit(1)

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        for name in ("group", "name", "street", "city", "region", "timezone", "care-phone"):
            parser.add_argument(f"--{name}", required=True)
        parser.add_argument("--postal-code", default="")
        parser.add_argument("--country", required=True, choices=["US", "CA"])
        parser.add_argument("--number", action="append", default=[])
        parser.add_argument("--staff", action="append", default=[])
        parser.add_argument("--crm-address", action="append", default=[])
        parser.add_argument("--new-tokens", action="store_true")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = set_up(
                options["group"].strip(),
                seller=_seller(options),
                lines=[read_line(text) for text in options["number"]],
                staff=[read_person(text) for text in options["staff"]],
                new_tokens=options["new_tokens"],
            )
        except BadSetUp as error:
            raise CommandError(f"--{error}") from None
        answer = {
            "group": str(done.group.public_id),
            "dealership": str(done.dealership.public_id),
            "numbers": list(done.numbers),
            "staff": [
                {"email": person.email, "role": person.role.value, "token": token}
                for person, token in done.staff
            ],
        }
        self.stdout.write(json.dumps(answer))


def _seller(options: dict[str, Any]) -> Seller:
    if options["timezone"] not in available_timezones():
        raise CommandError(f"--timezone {options['timezone']}: there is no such zone")
    if not numbers.is_number(options["care_phone"]):
        raise CommandError(f"--care-phone {options['care_phone']}: must be +1 and ten digits")
    region = options["region"].strip().upper()
    if region not in REGIONS:
        raise CommandError(f"--region {options['region']}: must be two letters, such as PA or ON")
    return Seller(
        name=options["name"].strip(),
        street=options["street"].strip(),
        city=options["city"].strip(),
        region=region,
        country=options["country"],
        timezone=options["timezone"],
        care_phone=options["care_phone"],
        postal_code=options["postal_code"].strip(),
        crm_addresses="\n".join(options["crm_address"]),
    )
