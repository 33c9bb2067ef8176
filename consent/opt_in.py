"""The double opt-in and the customer's own texts, as ledger entries, under the number's lock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.clock import now
from accounts.models import User
from consent import ledger, suppressions
from consent.kinds import Kind, Status
from consent.ledger import Json
from consent.levels import Level
from consent.models import ConsentEvent, ConsentState, Disclosure, PhoneNumber
from consent.projection import State, effective


def request(
    phone: PhoneNumber,
    *,
    level: Level,
    disclosure: Disclosure,
    text: str,
    acting_user: User | None,
) -> ConsentEvent:
    """Append that permission is being asked, bound to the version and words that will be shown.

    The caller asked the gate first. Law: RULE-US-01, RULE-CT-02.
    """
    return ledger.append(
        Kind.OPT_IN_REQUESTED,
        dealership=phone.dealership,
        phone=phone,
        acting_user=acting_user,
        terms={
            "level": level.value,
            "disclosure": str(disclosure.public_id),
            "disclosure_version": disclosure.version,
            "disclosure_sha256": disclosure.sha256,
        },
        evidence={"text": text, "number": phone.number_e164, "seller": phone.dealership.name},
    )


def request_failed(phone: PhoneNumber, *, request_index: int, reason: str) -> ConsentEvent:
    """Append that the permission text could not be sent, so that the basis is not spent."""
    return ledger.append(
        Kind.OPT_IN_REQUEST_FAILED,
        dealership=phone.dealership,
        phone=phone,
        acting_user=None,
        terms={"request_index": request_index, "reason": reason},
    )


def confirm(
    phone: PhoneNumber,
    *,
    question: ConsentEvent,
    words: str,
    received_at: datetime,
    evidence: dict[str, Json],
) -> ConsentEvent:
    """Append the YES, with its words, bound to the question it answers.

    Law: RULE-US-01, RULE-CT-01.
    """
    asked = ledger.terms_of(question)
    return ledger.append(
        Kind.OPT_IN_CONFIRMED,
        dealership=phone.dealership,
        phone=phone,
        acting_user=None,
        received_at=received_at,
        terms={
            "level": str(asked["level"]),
            "request_index": question.index,
            "disclosure_sha256": str(asked["disclosure_sha256"]),
        },
        evidence={"words": words, "number": phone.number_e164, **evidence},
    )


def decline(
    phone: PhoneNumber,
    *,
    question: ConsentEvent,
    words: str,
    received_at: datetime,
    evidence: dict[str, Json],
) -> ConsentEvent:
    """Append a clear no to the permission question."""
    return ledger.append(
        Kind.DECLINED,
        dealership=phone.dealership,
        phone=phone,
        acting_user=None,
        received_at=received_at,
        terms={"request_index": question.index, "ends_implied": True},
        evidence={"words": words, "number": phone.number_e164, **evidence},
    )


def customer_texted(
    phone: PhoneNumber,
    *,
    words: str,
    received_at: datetime,
    evidence: dict[str, Json],
    known: State | None = None,
) -> ConsentEvent | None:
    """Append that the customer texted: the exchange may be answered for seven days.

    Nothing is appended where an opt-in holds, where sending is stopped or paused. `known`: the
    state, if the caller read it under the number's lock.

    Law: RULE-CT-01.
    """
    state = effective(known or ledger.current_state(phone), at=received_at, country=phone.country)
    if state.is_stopped or state.status in {Status.PAUSED, Status.CONFIRMED}:
        return None
    again = state.status is Status.CUSTOMER_INITIATED
    return ledger.append(
        Kind.CUSTOMER_TEXTED_AGAIN if again else Kind.CUSTOMER_TEXTED_FIRST,
        dealership=phone.dealership,
        phone=phone,
        acting_user=None,
        received_at=received_at,
        evidence={"words": words, "number": phone.number_e164, **evidence},
    )


def end_exchange(phone: PhoneNumber, *, acting_user: User | None) -> ConsentEvent | None:
    """Append that a conversation ended: what rested on the exchange alone ends with it."""
    state = ledger.current_state(phone)
    if state.status is not Status.CUSTOMER_INITIATED:
        return None
    return ledger.append(
        Kind.EXCHANGE_ENDED, dealership=phone.dealership, phone=phone, acting_user=acting_user
    )


def expire(state_pk: int) -> int:
    """Append the end of one request or exchange if it lapsed; returns 1 if it did."""
    with transaction.atomic():
        row = ConsentState.objects.select_related("phone__dealership", "phone__contact").get(
            pk=state_pk
        )
        phone = row.phone
        suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)
        row = ConsentState.objects.get(pk=state_pk)
        lapses = row.status in {Status.REQUESTED, Status.CUSTOMER_INITIATED}
        if not lapses or row.expires_at is None or row.expires_at > now():
            return 0
        ledger.append(Kind.EXPIRED, dealership=phone.dealership, phone=phone, acting_user=None)
    return 1
