"""Pure: the words that the law wants after a text: who sends it, and how to stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from consent import phones, rules
from consent.decision import Purpose


@dataclass(frozen=True, slots=True)
class Seller:
    """The dealership as the customer reads it."""

    name: str
    street: str
    city: str
    region: str
    care_phone: str


_STOP = {
    "en": "Reply STOP to opt out.",
    "fr": "Répondez ARRET pour vous désabonner.",
    "es": "Responda STOP para cancelar.",
}


def build_identification(
    *,
    purpose: Purpose,
    seller: Seller,
    person: str,
    country: str,
    language: str,
    last_outbound_at: datetime | None,
    last_inbound_at: datetime | None,
    at: datetime,
) -> str:
    """Return what must follow the body, "" when nothing must.

    An answer to the customer's own text needs nothing (SOR/2013-221 s.3(b)); a first text, or an
    offer after 30 days of silence, names person, dealership and telephone; in Canada every
    commercial text also carries the address and the way out.

    Law: RULE-US-12, RULE-CA-04.
    """
    answered = last_inbound_at is not None and at - last_inbound_at <= timedelta(
        days=rules.CUSTOMER_INITIATED_DAYS
    )
    if purpose is Purpose.CONVERSATIONAL and answered:
        return ""
    stop = _STOP.get(language, _STOP["en"])
    phone = phones.pretty(seller.care_phone)
    if country == "CA":
        return (
            f"{person}, {seller.name}, {seller.street}, {seller.city} {seller.region}, {phone}. "
            f"{stop}"
        )
    silent = last_outbound_at is None or at - last_outbound_at > timedelta(days=rules.SILENCE_DAYS)
    if silent or purpose is Purpose.PROMOTIONAL:
        return f"{person}, {seller.name}, {phone}. {stop}"
    return ""
