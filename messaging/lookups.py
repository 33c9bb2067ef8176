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
    nothing stays unknown, and the first text tells (errors 21614 and 30006); so does one whose
    worker was killed while it asked.
    """
    if not settings.TWILIO_LOOKUP:
        return "off"
    phone = lines.claim_look_up(phone_pk, at=now())
    if phone is None:
        return str(PhoneNumber.objects.values_list("line_type", flat=True).get(pk=phone_pk))
    try:
        found = TwilioTransport().line_of(phone.number_e164, account=account_of(phone.dealership))
    except (NotSent, Uncertain):
        lines.release_look_up(phone)
        return "later"  # the sweep asks again
    except Rejected as error:  # e.g. 60601: Canadian numbers without special approval
        logger.info("line not told phone=%s code=%s", phone.public_id, error.code)
        return LineType.UNKNOWN.value
    line_type = TYPES.get(found.type, LineType.UNKNOWN) if found.is_valid else LineType.INVALID
    if line_type is not LineType.UNKNOWN:
        lines.note_look_up(phone, line_type)
    return line_type.value


def waiting(*, limit: int) -> list[int]:
    """Return the numbers of which the carrier is still to be asked."""
    return lines.not_looked_up(limit=limit) if settings.TWILIO_LOOKUP else []
