"""Asking the carrier: what became of UNKNOWN texts, and which inbound ones never reached us."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.clock import now
from accounts.models import CarrierNumber
from consent import own_page, suppressions
from messaging import delivery, inbound
from messaging.dispatch import account_of, release_stale_claims
from messaging.models import Message, WebhookReceipt
from messaging.transports.base import Listed, NotSent, Rejected, Transport, Uncertain
from messaging.transports.twilio import TwilioTransport

logger = logging.getLogger(__name__)
#: The carrier's clock and ours may differ by so much.
SKEW = timedelta(minutes=2)
#: A call that began later than this ago may still be answered: it is not judged yet.
SETTLING_SECONDS = 5
LOOK_BACK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Report:
    """What one reconciliation did; the counts are of messages."""

    settled: int = 0
    left_unknown: int = 0
    found_inbound: int = 0
    unreachable: int = 0


def reconcile(*, transport: Transport | None = None) -> Report:
    """Settle UNKNOWN texts and take in inbound ones that no webhook brought. Sends nothing."""
    transport = transport or TwilioTransport()
    release_stale_claims()
    settled, left, unreachable = settle_unknown(transport)
    found, failed = find_missed_inbound(transport)
    return Report(settled, left, found, unreachable + failed)


def settle_unknown(transport: Transport) -> tuple[int, int, int]:
    """Give each UNKNOWN text the one match that the carrier holds; (settled, left, unreachable).

    No candidate yet, or several, leaves it UNKNOWN: only a person may send it again (design §8).
    """
    settled = left = unreachable = 0
    unknown = Message.objects.filter(
        status=Message.Status.UNKNOWN,
        carrier_sid=None,
        call_started_at__lt=now() - timedelta(seconds=SETTLING_SECONDS),
    ).select_related("conversation__phone__dealership", "conversation__number", "dealership")
    for message in unknown.order_by("pk")[:500]:
        try:
            candidates = _candidates(message, transport)
        except (NotSent, Rejected, Uncertain, OSError) as error:
            logger.warning("carrier not asked message=%s %s", message.pk, type(error).__name__)
            unreachable += 1
            continue
        if len(candidates) == 1 and _settle(message, candidates[0]):
            settled += 1
        else:
            logger.info("left unknown message=%s candidates=%s", message.pk, len(candidates))
            left += 1
    return settled, left, unreachable


def _candidates(message: Message, transport: Transport) -> list[Listed]:
    started = message.call_started_at or message.created_at
    # With a shifted clock (development) the carrier's may be shifted too, or not.
    offset = timedelta(seconds=settings.TIME_OFFSET_SECONDS)
    earliest, latest = sorted((started, started - offset))
    number = message.conversation.number
    same_sender = {number.number_e164} | ({""} if number.messaging_service_sid else set())
    # A carrier may overlook a filter of the question: what it lists is matched again here.
    to = message.conversation.phone.number_e164
    listed = transport.sent_to(
        to=to,
        since=earliest - SKEW,
        account=account_of(message.dealership),
    )
    matches = [
        item
        for item in listed
        if item.direction != "inbound"
        and item.to == to
        and own_page.without_link(item.body) == own_page.without_link(message.full_text)
        and (number.messaging_service_sid or item.from_number in same_sender)
        and (item.sent_at is None or item.sent_at <= latest + SKEW)
    ]
    taken = set(
        Message.objects.filter(carrier_sid__in=[item.sid for item in matches]).values_list(
            "carrier_sid", flat=True
        )
    )
    return [item for item in matches if item.sid not in taken]


def _settle(message: Message, found: Listed) -> bool:
    twins = Message.objects.filter(
        status=Message.Status.UNKNOWN,
        conversation__phone=message.conversation.phone_id,
        body=message.body,
        appended=message.appended,
    ).exclude(pk=message.pk)
    if twins.exists():
        return False  # which of the two the carrier holds cannot be told
    with transaction.atomic():
        phone = message.conversation.phone
        suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)
        current = (
            Message.objects.select_for_update(of=("self",))
            .select_related("conversation__phone__dealership", "caused_by", "author")
            .get(pk=message.pk)
        )
        if current.status != Message.Status.UNKNOWN or current.carrier_sid is not None:
            return True
        delivery.became_sent(current, sid=found.sid, carrier_status="")
    delivery.record_status(
        sid=found.sid,
        status=found.status,
        error_code=found.error_code,
        hinted=None,
        received_at=now(),
    )
    return True


def find_missed_inbound(transport: Transport, *, since: datetime | None = None) -> tuple[int, int]:
    """Take in what our numbers received and no webhook brought, a lost STOP above all (I2).

    Returns (taken in, numbers whose list, and texts that, could not be read).
    """
    found = failed = 0
    offset = timedelta(seconds=settings.TIME_OFFSET_SECONDS)
    began = since or min(now(), now() - offset) - LOOK_BACK
    for number in CarrierNumber.objects.filter(is_active=True).select_related("dealership"):
        try:
            listed = list(
                transport.received_by(
                    number=number.number_e164, since=began, account=account_of(number.dealership)
                )
            )
        except (NotSent, Rejected, Uncertain, OSError) as error:
            logger.warning("carrier not asked number=%s %s", number.pk, type(error).__name__)
            failed += 1
            continue
        known = set(
            WebhookReceipt.objects.filter(
                kind="inbound", sid__in=[item.sid for item in listed]
            ).values_list("sid", flat=True)
        )
        # The oldest first: a STOP and a later START must be read in their order.
        for item in sorted(listed, key=_when):
            if item.sid in known:
                continue
            try:
                found += _take_in(item)
            except Exception:  # one text that cannot be stored must not hide the STOP after it
                logger.exception("not taken in sid=%s", item.sid)
                failed += 1
    return found, failed


def _when(item: Listed) -> datetime:
    return item.sent_at or now()


def _our_time(sent_at: datetime | None) -> datetime | None:
    """Return the carrier's time on the portal's clock, which development may have shifted."""
    if sent_at is None:
        return None
    shifted = sent_at + timedelta(seconds=settings.TIME_OFFSET_SECONDS)
    moment = now()
    return max((at for at in (sent_at, shifted) if at <= moment), default=moment)


def _take_in(item: Listed) -> bool:
    arrival = inbound.Arrival(
        sid=item.sid,
        to=item.to,
        from_number=item.from_number,
        body=item.body.replace("\x00", ""),
        sent_at=_our_time(item.sent_at),
    )
    params = {
        "MessageSid": item.sid,
        "To": item.to,
        "From": item.from_number,
        "Body": item.body,
        "Source": "reconcile",
        "DateSent": item.sent_at.isoformat() if item.sent_at else "",
    }
    return inbound.receive(arrival, params=params)
