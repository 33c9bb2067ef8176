"""`manage.py create_dealership`: set up a seller, its numbers and its staff without the pages."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from typing_extensions import override

from accounts.models import (
    ApiToken,
    CarrierNumber,
    DealerGroup,
    Dealership,
    Membership,
    Role,
    User,
)

_E164 = re.compile(r"^\+1[2-9]\d{2}[2-9]\d{6}$")
_TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
_GROUPS = {"stop", "help"}


@dataclass(frozen=True, slots=True)
class Number:
    """One --number option, read."""

    number_e164: str
    rate: Decimal
    answers: list[str]
    service: str


def read_number(text: str) -> Number:
    """Read `+1…[,mps=N][,carrier_answers=stop+help][,service=MG…]`. Raises CommandError."""
    number, *options = text.split(",")
    if not _E164.match(number):
        raise CommandError(f"--number {number}: must be +1 and ten digits")
    # Twilio answers STOP and HELP itself unless told otherwise; another carrier is asked to say so.
    answers = [] if settings.TWILIO_API_BASE_URL else ["help", "stop"]
    rate, service = Decimal(1), ""
    for option in options:
        key, _, value = option.partition("=")
        if key == "mps":
            try:
                rate = Decimal(value)
            except InvalidOperation:
                raise CommandError(f"--number {number}: mps must be a number") from None
            if not 0 < rate <= 1000:
                raise CommandError(f"--number {number}: mps must be between 0 and 1000")
        elif key == "carrier_answers":
            answers = sorted({word for word in value.split("+") if word and word != "none"})
            if unknown := set(answers) - _GROUPS:
                raise CommandError(f"--number {number}: unknown word group {sorted(unknown)[0]}")
        elif key == "service":
            if not re.fullmatch(r"MG[0-9a-fA-F]{32}", value):
                raise CommandError(f"--number {number}: service must be MG and 32 hex digits")
            service = value
        else:
            raise CommandError(f"--number {number}: unknown option {key}")
    return Number(number, rate, answers, service)


class Command(BaseCommand):
    help = "Create or update a dealership, its numbers and its staff; prints one JSON object."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
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
        if options["timezone"] not in available_timezones():
            raise CommandError(f"--timezone {options['timezone']}: there is no such zone")
        ZoneInfo(options["timezone"])
        if not _E164.match(options["care_phone"]):
            raise CommandError("--care-phone: must be +1 and ten digits")
        numbers = [read_number(text) for text in options["number"]]
        staff = [self._read_staff(text) for text in options["staff"]]
        with transaction.atomic():
            answer = self._store(options, numbers, staff)
        self.stdout.write(json.dumps(answer))

    def _read_staff(self, text: str) -> tuple[str, str, Role, str]:
        parts = text.split(":", 3)
        if len(parts) != 4:
            raise CommandError("--staff: must be email:Full Name:role:password")
        email, name, role, password = (part.strip() for part in parts)
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"--staff {email}: is not an e-mail address") from None
        if role not in Role.values:
            raise CommandError(f"--staff {email}: the role must be one of {', '.join(Role.values)}")
        if not password:
            raise CommandError(f"--staff {email}: the password is empty")
        return email.lower(), name, Role(role), password

    def _store(
        self,
        options: dict[str, Any],
        numbers: list[Number],
        staff: list[tuple[str, str, Role, str]],
    ) -> dict[str, Any]:
        group, _ = DealerGroup.objects.get_or_create(name=options["group"])
        fields = ("street", "city", "region", "country", "timezone", "care_phone", "postal_code")
        values = {field: options[field] for field in fields}
        if options["crm_address"]:
            values["crm_addresses"] = "\n".join(options["crm_address"])
        dealership = Dealership.objects.filter(group=group, name=options["name"]).first()
        if dealership is None:
            dealership = Dealership.objects.create(group=group, name=options["name"], **values)
        elif any(getattr(dealership, key) != value for key, value in values.items()):
            for key, value in values.items():
                setattr(dealership, key, value)
            dealership._change_reason = "create_dealership"
            dealership.save(update_fields=list(values))
        return {
            "group": str(group.public_id),
            "dealership": str(dealership.public_id),
            "numbers": [self._number(dealership, number) for number in numbers],
            "staff": [
                self._staff(dealership, *person, new_tokens=options["new_tokens"])
                for person in staff
            ],
        }

    def _number(self, dealership: Dealership, number: Number) -> str:
        taken = CarrierNumber.objects.filter(number_e164=number.number_e164).first()
        if taken and taken.dealership_id != dealership.pk:
            raise CommandError(f"--number {number.number_e164}: belongs to another dealership")
        kind = CarrierNumber.Kind.LONG_CODE
        if number.service:
            kind = CarrierNumber.Kind.MESSAGING_SERVICE
        elif number.number_e164[2:5] in _TOLL_FREE:
            kind = CarrierNumber.Kind.TOLL_FREE
        CarrierNumber.objects.update_or_create(
            number_e164=number.number_e164,
            defaults={
                "dealership": dealership,
                "segments_per_second": number.rate,
                "carrier_answers": number.answers,
                "messaging_service_sid": number.service,
                "kind": kind,
            },
        )
        return number.number_e164

    def _staff(
        self,
        dealership: Dealership,
        email: str,
        name: str,
        role: Role,
        password: str,
        *,
        new_tokens: bool,
    ) -> dict[str, str | None]:
        user = User.objects.filter(email=email).first()
        is_new = user is None
        if user is None:
            user = User.objects.create_user(email, password, name=name)
        membership, made = Membership.objects.get_or_create(
            user=user, dealership=dealership, defaults={"role": role}
        )
        if not made and (membership.role != role or not membership.is_active):
            membership.role, membership.is_active = role, True
            membership._change_reason = "create_dealership"
            membership.save(update_fields=["role", "is_active"])
        token = ApiToken.issue(user) if is_new or new_tokens else None
        return {"email": email, "role": role.value, "token": token}
