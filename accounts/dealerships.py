"""What a dealership is called, where it answers, and what it texts from: written by its admins."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import holidays
from django.db import transaction

from accounts.encryption import encrypt
from accounts.models import CarrierNumber, DealerGroup, Dealership, User
from accounts.setting_up import kind_of

#: What the settings page may change; name and country are the legal seller's, an operator's task.
EDITABLE = (
    "street",
    "city",
    "region",
    "postal_code",
    "timezone",
    "care_phone",
    "privacy_url",
    "terms_url",
    "crm_addresses",
    "checkpoint_addresses",
    "idle_close_hours",
    "has_join_page",
    "join_keyword",
)

#: Where a dealership can be; customers read it under each question.
REGIONS = frozenset(
    code
    for country, codes in holidays.list_supported_countries(include_aliases=False).items()
    if country in {"US", "CA"}
    for code in codes
)


class NumberInUse(Exception):
    """The number is already one that somebody texts from."""


def update_details(
    dealership: Dealership, *, values: Mapping[str, object], acting_user: User
) -> list[str]:
    """Store what an admin changed; returns the names of the fields that changed."""
    stored = Dealership.objects.get(pk=dealership.pk)
    changed = [key for key in EDITABLE if key in values and getattr(stored, key) != values[key]]
    for key in changed:
        setattr(stored, key, values[key])
    if changed:
        _save(stored, changed, reason="settings", acting_user=acting_user)
    return changed


def set_carrier_account(
    dealership: Dealership, *, sid: str, token: str, next_token: str, acting_user: User
) -> None:
    """Let a dealership text through its own carrier account; an empty SID ends that.

    The tokens are stored encrypted; an empty one leaves what is stored. `next_token` is the one
    that the carrier signs with after the next rotation.
    """
    dealership.carrier_account_sid = sid
    if not sid:
        dealership.carrier_auth_token = dealership.carrier_next_auth_token = ""
    if sid and token:
        dealership.carrier_auth_token = encrypt(token)
    if sid and next_token:
        dealership.carrier_next_auth_token = encrypt(next_token)
    fields = ["carrier_account_sid", "carrier_auth_token", "carrier_next_auth_token"]
    _save(dealership, fields, reason="carrier account", acting_user=acting_user)


def add_number(
    dealership: Dealership,
    *,
    number_e164: str,
    segments_per_second: Decimal,
    carrier_answers: list[str],
    messaging_service_sid: str = "",
) -> CarrierNumber:
    """Store a number to text from. Raises NumberInUse."""
    with transaction.atomic():
        number, is_new = CarrierNumber.objects.get_or_create(
            number_e164=number_e164,
            defaults={
                "dealership": dealership,
                "segments_per_second": segments_per_second,
                "carrier_answers": carrier_answers,
                "messaging_service_sid": messaging_service_sid,
                "kind": kind_of(number_e164, messaging_service_sid),
            },
        )
    if not is_new:
        raise NumberInUse
    return number


def update_number(
    number: CarrierNumber,
    *,
    segments_per_second: Decimal,
    carrier_answers: list[str],
    messaging_service_sid: str,
    is_active: bool,
) -> None:
    """Store how fast a number may text, what its carrier answers, and whether it is used."""
    number.segments_per_second = segments_per_second
    number.carrier_answers = carrier_answers
    number.messaging_service_sid = messaging_service_sid
    number.kind = kind_of(number.number_e164, messaging_service_sid)
    number.is_active = is_active
    # `next_send_at` is messaging's: it is not written back.
    number.save(
        update_fields=[
            "segments_per_second",
            "carrier_answers",
            "messaging_service_sid",
            "kind",
            "is_active",
        ]
    )


def _save(dealership: Dealership, fields: list[str], *, reason: str, acting_user: User) -> None:
    dealership._change_reason = reason
    dealership._history_user = acting_user
    dealership.save(update_fields=fields)


def set_opt_out_scope(group: DealerGroup, *, scope: str, reason: str, acting_user: User) -> bool:
    """Say how far a stop reaches in a group; who, when and why stand in its history.

    Narrowing counts for stops from now on; widening for all, at once. False when nothing changed.
    """
    with transaction.atomic():
        group = DealerGroup.objects.select_for_update().get(pk=group.pk)
        if group.opt_out_scope == scope:
            return False
        group.opt_out_scope = DealerGroup.OptOutScope(scope).value
        group._change_reason = reason[:100]
        group._history_user = acting_user
        group.save(update_fields=["opt_out_scope"])
    return True
