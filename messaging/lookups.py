"""Asking the carrier what kind of line a new number is, before anybody texts it (optional)."""

from __future__ import annotations

import logging

from django.conf import settings

from accounts.clock import now
from consent import lines
from consent.lines import LineType
from consent.models import PhoneNumber
from messaging.dispatch import account_of
from messaging.transports.base import NotSent, Rejected, Uncertain
from messaging.transports.twilio import TwilioTransport

logger = logging.getLogger(__name__)
#: Twilio's line types (Lookup v2, read 2026-11-26); others say nothing about texting.
TYPES = {
    "mobile": LineType.MOBILE,
    "personal": LineType.MOBILE,
    "fixedVoip": LineType.VOIP,
    "nonFixedVoip": LineType.VOIP,
    "landline": LineType.LANDLINE,
    "pager": LineType.LANDLINE,
    "voicemail": LineType.LANDLINE,
}


def look_up(phone_pk: int) -> str:
    """Ask the carrier about a number once; returns its line type, "off" or "later".

    Only where TWILIO_LOOKUP says so: each question is charged. A number of which the carrier says
    nothing stays unknown, and the first text tells (errors 21614 and 30006).
    """
    if not settings.TWILIO_LOOKUP:
        return "off"
    phone = (
        PhoneNumber.objects.select_related("dealership", "contact")
        .filter(pk=phone_pk, looked_up_at=None, line_type=LineType.UNKNOWN)
        .filter(contact__erased_at=None)
        .first()
    )
    if phone is None:
        return str(PhoneNumber.objects.values_list("line_type", flat=True).get(pk=phone_pk))
    try:
        found = TwilioTransport().line_of(phone.number_e164, account=account_of(phone.dealership))
        line_type = LineType.INVALID if not found.is_valid else TYPES.get(found.type)
    except (NotSent, Uncertain):
        return "later"  # the sweep asks again
    except Rejected as error:  # e.g. 60601: Canadian numbers without special approval
        logger.info("line not told phone=%s code=%s", phone.public_id, error.code)
        line_type = None
    lines.note_look_up(phone, line_type or LineType.UNKNOWN, at=now())
    return str(line_type or LineType.UNKNOWN)


def waiting(*, limit: int) -> list[int]:
    """Return the numbers of which the carrier is still to be asked."""
    return lines.not_looked_up(limit=limit) if settings.TWILIO_LOOKUP else []
