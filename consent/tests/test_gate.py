"""The gate asks the database as often for a long history as for a short one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.clock import now
from accounts.models import Dealership
from conftest import make_contact
from consent import gate, ledger
from consent.decision import Purpose
from consent.kinds import Kind
from consent.models import PhoneNumber


@pytest.mark.parametrize("entries", [1, 20])
def test_one_question_is_one_query_whatever_the_history(
    north: Dealership, django_assert_num_queries: Any, entries: int
) -> None:
    phone = make_contact(north)
    for day in range(entries):
        ledger.append(
            Kind.CUSTOMER_TEXTED_AGAIN,
            dealership=north,
            phone=phone,
            acting_user=None,
            received_at=now() - timedelta(days=entries - day),
        )
    with django_assert_num_queries(1):
        gate.may_text(phone, purpose=Purpose.CONVERSATIONAL)


@pytest.mark.parametrize("numbers", [1, 20])
def test_many_numbers_are_one_query(
    north: Dealership, django_assert_num_queries: Any, numbers: int
) -> None:
    for n in range(numbers):
        make_contact(north, number=f"+1717555{n:04d}")
    keys = list(PhoneNumber.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        standings = gate.may_text_each(keys, purpose=Purpose.CONVERSATIONAL, our_numbers={})
    assert len(standings) == numbers
