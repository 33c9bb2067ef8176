"""An ordinary text of a customer who said yes: the common case, in one statement.

Nothing follows from such a text but that it is stored and that somebody owes an answer. All else
(a stop, a doubt, an open question, an exchange to renew, a stranger, media, the dealership's
keyword, another account) is left to `messaging.inbound`, which reads and decides; this statement
then has written nothing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import connection

from accounts import prepared
from accounts.prepared import Statement
from accounts.rows import Row
from consent.subjects import subject_of
from messaging import conversations, joining, segments, wake
from messaging.arrivals import LOCK_NUMBER
from messaging.models import Message

_MESSAGE = Row(Message)
#: Runs after LOCK_NUMBER, so no stop, claim or close of this number is under way. The state must
#: say yes with no question open, and not be stopped in the group: what `inbound._read` would leave
#: alone too. A twin of the request finds the receipt and stores nothing.
_STORE = Statement(
    "store_ordinary_text",
    f"""
    WITH known AS (
        SELECT number.dealership_id, talk.id AS conversation_id
        FROM accounts_carriernumber number
        JOIN accounts_dealership seller ON seller.id = number.dealership_id
        JOIN consent_suppression suppression
            ON suppression.group_id = seller.group_id AND suppression.subject = %(subject)s
        JOIN consent_phonenumber phone
            ON phone.dealership_id = seller.id AND phone.number_e164 = %(from)s
        JOIN consent_consentstate state ON state.phone_id = phone.id
        JOIN messaging_conversation talk
            ON talk.number_id = number.id AND talk.phone_id = phone.id
        WHERE number.number_e164 = %(to)s
            AND %(account_sid)s = coalesce(nullif(seller.carrier_account_sid, ''), %(our_account)s)
            AND lower(seller.join_keyword) <> %(letters)s
            AND NOT suppression.is_active
            AND state.status = 'confirmed' AND state.requested_at IS NULL
            AND phone.line_type NOT IN ('landline', 'invalid')
    ),
    receipt AS (
        INSERT INTO messaging_webhookreceipt (kind, sid, status, params, routed, received_at)
        SELECT 'inbound', %(carrier_sid)s, '', %(params)s, true, %(created_at)s FROM known
        ON CONFLICT (sid, kind, status) DO NOTHING
        RETURNING id
    ),
    message AS (
        {_MESSAGE.selection(
            "known, receipt",
            dealership_id="known.dealership_id", conversation_id="known.conversation_id",
            public_id="%(public_id)s", direction="'inbound'", status="'received'",
            body="%(body)s", segments="%(segments)s", carrier_sid="%(carrier_sid)s",
            created_at="%(created_at)s", classification="%(classification)s",
        )}
        RETURNING id, conversation_id
    )
    {conversations.NOTE_TEXT} WHERE id = (SELECT conversation_id FROM message)
    RETURNING dealership_id, public_id
    """,  # noqa: S608 - the names of our own models
)  # fmt: skip


def store(
    *,
    sid: str,
    to: str,
    from_number: str,
    account_sid: str,
    body: str,
    classification: Mapping[str, object],
    params: Mapping[str, str],
    received_at: datetime,
) -> bool:
    """Store one text if it is an ordinary one, and wake the screens; False: nothing was written.

    One round trip and, outside a transaction, one transaction. The caller has read the words and
    knows that they ask for nothing of the portal. A text that was stored before is not ordinary.
    """
    public_id = uuid.uuid4()
    with connection.cursor() as cursor:
        prepared.execute(
            cursor,
            {
                "to": to,
                "from": from_number,
                "subject": subject_of(from_number),
                "account_sid": account_sid,
                "our_account": settings.TWILIO_ACCOUNT_SID,
                "params": json.dumps(params),
                "public_id": public_id,
                "direction": Message.Direction.INBOUND.value,
                "body": body,
                "letters": joining.letters_of(body),
                "segments": segments.count(body).segments,
                "carrier_sid": sid,
                "created_at": received_at,
                "classification": json.dumps(classification),
                "owed": classification["owed"],
            },
            LOCK_NUMBER,
            _STORE,
        )
        cursor.nextset()
        stored = cursor.fetchone()
    if stored is None:
        return False
    dealership_id, conversation = stored
    wake.screens_of_text(dealership_id, ("conversation", conversation), ("message", public_id))
    return True
