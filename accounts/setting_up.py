"""Set up a seller with its numbers and its staff in one transaction; again and again the same."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import numbers
from accounts.models import (
    ApiToken,
    CarrierNumber,
    DealerGroup,
    Dealership,
    Membership,
    Role,
    User,
)

_WHY = "create_dealership"


class BadSetUp(ValueError):
    """What was asked for cannot be set up; the message names the option and the trouble."""


@dataclass(frozen=True, slots=True)
class Seller:
    """One legal seller, as the customer reads it."""

    name: str
    street: str
    city: str
    region: str
    country: str
    timezone: str
    care_phone: str
    postal_code: str = ""
    crm_addresses: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A number to text from: segments a second, the words the carrier answers itself."""

    number_e164: str
    segments_per_second: Decimal
    carrier_answers: tuple[str, ...]
    messaging_service_sid: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff; the password counts only when the person is new."""

    email: str
    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class SetUp:
    """What stands after a set-up; a token is None where the person had one already."""

    group: DealerGroup
    dealership: Dealership
    numbers: tuple[str, ...]
    staff: tuple[tuple[Person, str | None], ...]


def set_up(
    group_name: str,
    *,
    seller: Seller,
    lines: list[Line],
    staff: list[Person],
    new_tokens: bool = False,
) -> SetUp:
    """Create or bring up to date a dealership, its numbers and its staff.

    Nobody and no number is taken away; a password that exists is kept. Raises BadSetUp, and then
    nothing was stored.
    """
    with transaction.atomic():
        group, _ = DealerGroup.objects.get_or_create(name=group_name)
        dealership = _dealership(group, seller)
        return SetUp(
            group,
            dealership,
            tuple(_line(dealership, line) for line in lines),
            tuple((person, _person(dealership, person, new_tokens)) for person in staff),
        )


def _check(row: DealerGroup | Dealership | User) -> None:
    try:
        row.full_clean(exclude=["password"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, problems = next(iter(error.message_dict.items()))
        raise BadSetUp(f"{field.replace('_', '-')}: {problems[0]}") from None


def _dealership(group: DealerGroup, seller: Seller) -> Dealership:
    _check(group)
    values = dataclasses.asdict(seller)
    if not values["crm_addresses"]:
        del values["crm_addresses"]  # keep what the settings page says
    row = Dealership.objects.filter(group=group, name=seller.name).first()
    is_new = row is None
    row = row or Dealership(group=group)
    changed = [key for key, value in values.items() if getattr(row, key) != value]
    for key in changed:
        setattr(row, key, values[key])
    _check(row)
    row._change_reason = _WHY
    if is_new:
        row.save()
    elif changed:
        row.save(update_fields=changed)
    return row


def _line(dealership: Dealership, line: Line) -> str:
    taken = CarrierNumber.objects.filter(number_e164=line.number_e164).first()
    if taken and taken.dealership_id != dealership.pk:
        raise BadSetUp(f"number {line.number_e164}: belongs to another dealership")
    CarrierNumber.objects.update_or_create(
        number_e164=line.number_e164,
        defaults={
            "dealership": dealership,
            "segments_per_second": line.segments_per_second,
            "carrier_answers": list(line.carrier_answers),
            "messaging_service_sid": line.messaging_service_sid,
            "kind": kind_of(line.number_e164, line.messaging_service_sid),
        },
    )
    return line.number_e164


def kind_of(number_e164: str, messaging_service_sid: str) -> CarrierNumber.Kind:
    """Return what kind of line a number is."""
    if messaging_service_sid:
        return CarrierNumber.Kind.MESSAGING_SERVICE
    if numbers.is_toll_free(number_e164):
        return CarrierNumber.Kind.TOLL_FREE
    return CarrierNumber.Kind.LONG_CODE


def _person(dealership: Dealership, person: Person, new_tokens: bool) -> str | None:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        _check(User(email=person.email, name=person.name))
        user = User.objects.create_user(person.email, person.password, name=person.name)
    membership, is_new = Membership.objects.get_or_create(
        user=user, dealership=dealership, defaults={"role": person.role}
    )
    if not is_new and (membership.role != person.role or not membership.is_active):
        membership.role, membership.is_active = person.role, True
        membership._change_reason = _WHY
        membership.save(update_fields=["role", "is_active"])
    had_token = ApiToken.objects.filter(user=user).exists()  # a revoked one stays revoked
    return ApiToken.issue(user) if new_tokens or not had_token else None
