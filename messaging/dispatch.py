"""The one door out: pace, claim, gate, fence, carrier, settle. Nothing else calls a transport."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from accounts.clock import now
from accounts.encryption import decrypt
from accounts.models import CarrierNumber, Dealership
from consent import gate, ledger, own_page, suppressions
from consent.answers import offer_in
from consent.decision import Outcome, Purpose
from consent.kinds import Status
from consent.levels import Level
from consent.models import Decision, Suppression
from messaging import conversations, delivery, wake
from messaging.models import Conversation, Message
from messaging.traffic import traffic_for
from messaging.transports.base import (
    Accepted,
    Account,
    NotSent,
    Outgoing,
    Rejected,
    Transport,
    Uncertain,
)
from messaging.transports.twilio import TwilioTransport

logger = logging.getLogger(__name__)
S = Message.Status
#: A claim older than this when the call would start is released and gated again (design §8).
CLAIM_SECONDS = 2.0
CLAIM_TRIES = 3
#: After this a worker that claimed and began no call is taken for dead: queued again.
STALE_CLAIM_SECONDS = 30
MAX_ATTEMPTS = 20
STOPPED = (Status.REVOKED, Status.WRONG_NUMBER, Status.PAUSED)
BACKOFF_SECONDS = (2, 5, 15, 60, 300)


@dataclass(frozen=True, slots=True)
class Claim:
    """One message that this worker alone may hand to the carrier, until the fence says no."""

    message: Message
    token: uuid.UUID


def send(message_pk: int, *, transport: Transport | None = None) -> str:
    """Send one due message through the gate; returns the status it has in the end.

    May run twice, at once, or be killed at any line: at most one call reaches the carrier
    (promise I4), and none after a revocation committed before the claim (promise I2).
    """
    transport = transport or TwilioTransport()
    for _ in range(CLAIM_TRIES):
        message = (
            Message.objects.filter(pk=message_pk, status__in=Message.PENDING)
            .select_related("conversation__number")
            .first()
        )
        if message is None or message.not_before is None or message.not_before > now():
            break
        free_at = take_turn(message.conversation.number, segments=message.segments)
        if free_at is not None:
            _put_off(message, free_at)
            break
        claim = claim_message(message_pk)
        if claim is None:
            break
        if not begin_call(claim):
            continue
        _call(claim, transport)
        break
    return str(Message.objects.values_list("status", flat=True).get(pk=message_pk))


def take_turn(number: CarrierNumber, *, segments: int) -> datetime | None:
    """Take the pacing token of a carrier number: None when it was free, else when to come back.

    A conditional UPDATE: one row, one round trip, no memory outside the database.
    """
    moment = now()
    busy_for = timedelta(seconds=segments / float(number.segments_per_second))
    taken = CarrierNumber.objects.filter(pk=number.pk, next_send_at__lte=moment).update(
        next_send_at=moment + busy_for
    )
    if taken:
        return None
    return CarrierNumber.objects.values_list("next_send_at", flat=True).get(pk=number.pk)


def _put_off(message: Message, until: datetime) -> None:
    with transaction.atomic():
        Message.objects.filter(pk=message.pk, status__in=Message.PENDING).update(not_before=until)
        wake.sender(message.pk, urgent=not message.author_id, not_before=until)


def claim_message(message_pk: int) -> Claim | None:
    """Lock the number, ask the gate, mark the message SENDING, REFUSED or HELD: one transaction.

    A revocation locks the same row first, so the database orders the two.
    """
    with transaction.atomic():
        message = Message.objects.select_related(
            "conversation__phone__contact", "dealership", "conversation__number"
        ).get(pk=message_pk)
        phone = message.conversation.phone
        suppressions.lock(group_id=message.dealership.group_id, subject=phone.subject)
        message = _locked(message_pk)
        moment = now()
        if message.status not in Message.PENDING or not _is_due(message, moment):
            return None
        decision = gate.ask(
            message.conversation.phone,
            words=offer_in(message.body) if message.purpose == Purpose.PROMOTIONAL else None,
            **_question(message, moment),
        )
        message.decision = decision
        if decision.outcome == Outcome.DENY:
            _refuse(message, decision)
            return None
        if decision.outcome == Outcome.DEFER:
            message.status = S.HELD
            message.not_before = decision.not_before
            message.save(update_fields=["decision", "status", "not_before"])
            wake.screens(message.dealership_id, "message", message.public_id)
            return None
        message.status = S.SENDING
        message.claim_token = uuid.uuid4()
        message.claimed_at = moment
        message.call_started_at = None
        message.save(
            update_fields=["decision", "status", "claim_token", "claimed_at", "call_started_at"]
        )
        return Claim(message, message.claim_token)


def _locked(message_pk: int) -> Message:
    return (
        Message.objects.select_for_update(of=("self",))
        .select_related(
            "conversation__phone__contact",
            "conversation__number",
            "dealership",
            "caused_by",
            "in_reply_to",
        )
        .get(pk=message_pk)
    )


def _question(message: Message, moment: datetime) -> dict[str, Any]:
    """Return what the gate is asked of a text that waits."""
    purpose = Purpose(message.purpose)
    asks = message.caused_by if purpose is Purpose.PERMISSION_REQUEST else None
    return {
        "purpose": purpose,
        "traffic": traffic_for(message.conversation, at=moment, message=message),
        "at": moment,
        "our_number": message.conversation.number.number_e164,
        "request_level": Level(str(ledger.terms_of(asks)["level"])) if asks else Level.NONE,
        "request_index": asks.index if asks else None,
    }


def _refuse(message: Message, decision: Decision) -> None:
    """Keep that the gate said no, with its decision; a question that never left is not spent."""
    message.decision = decision
    message.status = S.REFUSED
    message.failure = str(decision.reasons[0]["code"])
    message.save(update_fields=["decision", "status", "failure"])
    delivery.question_unsent(message)
    conversations.set_owed(message.conversation)
    wake.screens(message.dealership_id, "message", message.public_id)


def _is_due(message: Message, moment: datetime) -> bool:
    return message.not_before is not None and message.not_before <= moment


def begin_call(claim: Claim) -> bool:
    """Pass the fence: mark that the call begins, if the claim is still ours and fresh.

    False releases the claim: the gate is asked again. A worker that slept too long finds here that
    its message was given to another.
    """
    held = Message.objects.filter(
        pk=claim.message.pk, status=S.SENDING, claim_token=claim.token, call_started_at=None
    )
    moment = now()
    fresh = held.filter(claimed_at__gt=moment - timedelta(seconds=CLAIM_SECONDS))
    if fresh.update(call_started_at=moment):
        claim.message.call_started_at = moment
        return True
    held.update(status=S.QUEUED, claim_token=None, claimed_at=None)
    return False


def account_of(dealership: Dealership) -> Account:
    """Return the carrier account of a dealership: its own, else the environment's."""
    if dealership.carrier_account_sid:
        return Account(dealership.carrier_account_sid, decrypt(dealership.carrier_auth_token))
    return Account(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN)


def _call(claim: Claim, transport: Transport) -> None:
    message = claim.message
    outgoing = Outgoing(
        to=message.conversation.phone.number_e164,
        from_number=message.conversation.number.number_e164,
        messaging_service_sid=message.conversation.number.messaging_service_sid,
        body=own_page.with_link(message.full_text, message.conversation.phone),
        status_callback=f"{settings.SITE_URL}/webhooks/twilio/status/?m={message.public_id}",
    )
    try:
        accepted = transport.send(outgoing, account=account_of(message.dealership))
    except NotSent:
        _not_sent(claim)
    except Rejected as error:
        _settle(claim, rejected=error.code)
    except Uncertain:
        _unknown(claim)
    else:
        _settle(claim, accepted=accepted)


def _settle(claim: Claim, *, accepted: Accepted | None = None, rejected: str = "") -> None:
    with transaction.atomic():
        message = claim.message
        phone = message.conversation.phone
        suppressions.lock(group_id=message.dealership.group_id, subject=phone.subject)
        current = (
            Message.objects.select_for_update(of=("self",))
            .select_related("conversation__phone__dealership", "caused_by", "author")
            .get(pk=message.pk)
        )
        if current.claim_token != claim.token or current.status not in {S.SENDING, S.UNKNOWN}:
            return  # a callback or reconciliation was faster
        if accepted is None:
            delivery.became_failed(current, carrier_code=rejected)
            return
        try:
            with transaction.atomic():
                delivery.became_sent(current, sid=accepted.sid, carrier_status=accepted.status)
        except IntegrityError:
            logger.error("sid is taken message=%s", current.pk)
            Message.objects.filter(pk=current.pk).update(status=S.UNKNOWN, failure="not_known")


def _not_sent(claim: Claim) -> None:
    """Queue again what the carrier cannot have accepted, later each time; give up in the end."""
    message = claim.message
    attempts = message.attempts + 1
    held = Message.objects.filter(pk=message.pk, status=S.SENDING, claim_token=claim.token)
    with transaction.atomic():
        if attempts >= MAX_ATTEMPTS:
            held.update(status=S.FAILED, failure="no_connection", attempts=attempts)
            conversations.set_owed(message.conversation)
        else:
            delay = BACKOFF_SECONDS[min(attempts, len(BACKOFF_SECONDS)) - 1]
            again_at = now() + timedelta(seconds=delay)
            held.update(
                status=S.QUEUED,
                claim_token=None,
                claimed_at=None,
                call_started_at=None,
                attempts=attempts,
                not_before=again_at,
            )
            wake.sender(message.pk, urgent=not message.author_id, not_before=again_at)
        wake.screens(message.dealership_id, "message", message.public_id)


def _unknown(claim: Claim) -> None:
    with transaction.atomic():
        Message.objects.filter(
            pk=claim.message.pk, status=S.SENDING, claim_token=claim.token
        ).update(status=S.UNKNOWN, failure="not_known")
        wake.screens(claim.message.dealership_id, "message", claim.message.public_id)
        wake.worker("messaging.tasks.reconcile", queue="default")


def release_stale_claims() -> int:
    """Settle what dead workers left: queued again before the fence, UNKNOWN after it."""
    moment = now()
    stale = Message.objects.filter(
        status=S.SENDING, claimed_at__lt=moment - timedelta(seconds=STALE_CLAIM_SECONDS)
    )
    released = stale.filter(call_started_at=None).update(
        status=S.QUEUED, claim_token=None, claimed_at=None
    )
    limit = timedelta(seconds=settings.TWILIO_TIMEOUT_SECONDS + STALE_CLAIM_SECONDS)
    lost = stale.filter(call_started_at__lt=moment - limit)
    for pk, dealership_id, public_id in lost.values_list("pk", "dealership_id", "public_id"):
        if lost.filter(pk=pk).update(status=S.UNKNOWN, failure="not_known"):
            wake.screens(dealership_id, "message", public_id)
            released += 1
    return released


def refuse_stopped(*, limit: int) -> int:
    """Refuse what waits for numbers that stopped, where the broker lost the wake-up.

    The gate would refuse it at its hour; staff see it now. Returns how many were refused.
    """
    subject = OuterRef("conversation__phone__subject")
    barred = Suppression.objects.filter(
        group=OuterRef("dealership__group"), subject=subject, is_active=True
    )  # a stop of one dealership is in its state; one that grew to the group is made active
    waiting = (
        Message.objects.filter(status__in=Message.PENDING)
        .exclude(purpose=Purpose.STOP_CONFIRMATION)
        .filter(Q(conversation__phone__state__status__in=STOPPED) | Exists(barred))
        .order_by("dealership__group_id", "conversation__phone__subject")
        .values_list("dealership__group_id", "conversation__phone__subject")
        .distinct()
    )
    return sum(
        refuse_pending(group_id=group_id, subject=subject) for group_id, subject in waiting[:limit]
    )


def refuse_pending(*, group_id: int, subject: str) -> int:
    """Ask the gate now for every waiting text to a number that was just stopped.

    So that staff see the refusal at once, not when the scheduled hour comes; and nobody is shown as
    waiting for an answer that may not be given.
    """
    for conversation in Conversation.objects.filter(
        dealership__group=group_id, phone__subject=subject, owed_since__isnull=False
    ):
        conversations.set_owed(conversation)
    waiting = Message.objects.filter(
        status__in=Message.PENDING,
        dealership__group=group_id,
        conversation__phone__subject=subject,
    ).exclude(purpose=Purpose.STOP_CONFIRMATION)
    refused = 0
    for pk in waiting.values_list("pk", flat=True):
        with transaction.atomic():
            suppressions.lock(group_id=group_id, subject=subject)
            message = _locked(pk)
            if message.status not in Message.PENDING:
                continue
            phone, asked = message.conversation.phone, _question(message, now())
            if gate.may_text(phone, **asked).outcome is Outcome.DENY:
                _refuse(message, gate.ask(phone, **asked))
                refused += 1
    return refused
