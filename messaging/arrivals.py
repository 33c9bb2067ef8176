"""What a customer's text meets: the number's lock, its own receipt, and all that is known.

One round trip; the caller has begun the transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from accounts import prepared
from accounts.models import CarrierNumber, Dealership
from accounts.prepared import Statement
from accounts.rows import Row
from consent.models import ConsentState, Contact, PhoneNumber, Suppression
from consent.subjects import subject_of
from messaging.models import Conversation

_SUPPRESSION, _NUMBER, _SELLER = Row(Suppression), Row(CarrierNumber), Row(Dealership)
_PHONE, _CONTACT, _STATE = Row(PhoneNumber), Row(Contact), Row(ConsentState)
_TALK = Row(Conversation)
_STATE_OF_PHONE = PhoneNumber._meta.get_field("state")
#: Waits for whoever holds the number (a stop, a claim).
LOCK_NUMBER = Statement(
    "lock_number",
    f"""
    SELECT {_SUPPRESSION.columns("suppression")}
    FROM consent_suppression suppression
    JOIN accounts_dealership seller ON seller.group_id = suppression.group_id
    JOIN accounts_carriernumber number ON number.dealership_id = seller.id
    WHERE number.number_e164 = %(to)s AND suppression.subject = %(subject)s
    FOR UPDATE OF suppression
    """,  # noqa: S608 - the names of our own models
)
#: Sees what they committed, because each statement of a transaction reads afresh.
_MEET = Statement(
    "meet_text",
    f"""
    WITH receipt AS (
        INSERT INTO messaging_webhookreceipt (kind, sid, status, params, routed, received_at)
        SELECT 'inbound', %(sid)s, '', %(params)s, %(is_textable)s AND EXISTS (
            SELECT FROM accounts_carriernumber WHERE number_e164 = %(to)s
        ), %(received_at)s
        ON CONFLICT (sid, kind, status) DO NOTHING
        RETURNING id
    )
    SELECT EXISTS (SELECT FROM receipt), {_NUMBER.columns("number")}, {_SELLER.columns("seller")},
        {_PHONE.columns("phone")}, {_CONTACT.columns("contact")}, {_STATE.columns("state")},
        {_TALK.columns("talk")}
    FROM (SELECT) AS always
    LEFT JOIN accounts_carriernumber number ON number.number_e164 = %(to)s
    LEFT JOIN accounts_dealership seller ON seller.id = number.dealership_id
    LEFT JOIN consent_phonenumber phone
        ON phone.dealership_id = seller.id AND phone.number_e164 = %(from)s
    LEFT JOIN consent_contact contact ON contact.id = phone.contact_id
    LEFT JOIN consent_consentstate state ON state.phone_id = phone.id
    LEFT JOIN messaging_conversation talk
        ON talk.number_id = number.id AND talk.phone_id = phone.id
    """,  # noqa: S608 - the names of our own models
)


@dataclass(frozen=True, slots=True)
class Met:
    """What was there. `is_new`: the receipt was not; nothing else is to be done when it was.

    `number` comes with its dealership, `phone` with dealership, contact and state. `suppression` is
    locked; None: nobody has heard of the number, and nothing is locked.
    """

    is_new: bool
    suppression: Suppression | None
    number: CarrierNumber | None
    phone: PhoneNumber | None
    conversation: Conversation | None


def meet(
    *,
    sid: str,
    to: str,
    from_number: str,
    is_textable: bool,
    params: Mapping[str, str],
    received_at: datetime,
) -> Met:
    """Lock the number, store the raw request once, and read what is known of both numbers.

    A twin of the request, also in another process, waits at the lock or at the receipt and is then
    told that it is not new.
    """
    with connection.cursor() as cursor:
        prepared.execute(
            cursor,
            {
                "sid": sid,
                "to": to,
                "from": from_number,
                "subject": subject_of(from_number),
                "is_textable": is_textable,
                "params": json.dumps(params),
                "received_at": received_at,
            },
            LOCK_NUMBER,
            _MEET,
        )
        locked = cursor.fetchone()
        cursor.nextset()
        known = iter(cursor.fetchone())
    is_new = next(known)
    number, seller = _NUMBER.read(known), _SELLER.read(known)
    phone, contact, state = _PHONE.read(known), _CONTACT.read(known), _STATE.read(known)
    conversation = _TALK.read(known)
    if number and seller:
        number.dealership = seller
    if phone and contact and seller:
        phone.dealership, phone.contact = seller, contact
        _STATE_OF_PHONE.set_cached_value(phone, state)
    suppression = _SUPPRESSION.read(iter(locked)) if locked else None
    return Met(is_new, suppression, number, phone, conversation)
