"""A customer's text: stored exactly once, read, and acted on, all in one transaction (I2, I3)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from accounts import prepared
from accounts.clock import now
from accounts.models import CarrierNumber
from accounts.prepared import Statement
from accounts.rows import Row
from consent import (
    carrying,
    contacts,
    doubts,
    ledger,
    lines,
    opt_in,
    revocation,
    rules,
    suppressions,
)
from consent.decision import PERMISSION_QUESTIONS, Purpose
from consent.kinds import Kind, Status
from consent.ledger import Json
from consent.models import ConsentEvent, PhoneNumber, Suppression
from consent.projection import State, effective
from consent.replies import Reply, ReplyKind, classify
from consent.subjects import subject_of
from messaging import arrivals, conversations, dispatch, joining, ordinary, segments, wake
from messaging.arrivals import Met
from messaging.models import Attachment, Conversation, Message
from messaging.outbound import answer_automatically
from messaging.traffic import GESTURES, last_text_sent

logger = logging.getLogger(__name__)
MAX_MEDIA = 10
#: Two machines that answer each other must fall silent.
HELP_REPLIES_PER_DAY = 5
_IGNORED = frozenset({*GESTURES, "empty"})
#: Replies that neither accept nor refuse, and hold nothing to answer: one clarification.
_UNCLEAR = frozenset({"unclear", "conditional"})


@dataclass(frozen=True, slots=True)
class Arrival:
    """One inbound text as the carrier gave it; `sid` is the carrier's own id.

    `account_sid`: the carrier account that vouches for it, None where our own list was asked.
    `sent_at`: when the customer sent it (aware), for what no webhook brought; None: just now.
    """

    sid: str
    to: str
    from_number: str
    body: str
    opt_out_type: str = ""
    media: tuple[tuple[str, str], ...] = ()  # (url, content type)
    account_sid: str | None = None
    sent_at: datetime | None = None


def arrival_of(params: Mapping[str, str]) -> Arrival:
    """Read the carrier's form parameters (Twilio's names); unknown ones are left in the receipt."""
    count = params.get("NumMedia", "0")
    total = min(int(count), MAX_MEDIA) if count.isdigit() else 0
    media = tuple(
        (params.get(f"MediaUrl{n}", ""), params.get(f"MediaContentType{n}", ""))
        for n in range(total)
        if params.get(f"MediaUrl{n}")
    )
    return Arrival(
        sid=params.get("MessageSid") or params.get("SmsMessageSid") or params.get("SmsSid") or "",
        to=params.get("To", ""),
        from_number=params.get("From", ""),
        # PostgreSQL has no NUL in text; nothing a person typed is lost.
        body=params.get("Body", "").replace("\x00", ""),
        opt_out_type=params.get("OptOutType", "").upper(),
        media=media,
        account_sid=params.get("AccountSid", ""),
    )


class WrongAccount(Exception):
    """Another carrier account than the number's own signed this text: it proves nothing."""


def receive(arrival: Arrival, *, params: Mapping[str, str]) -> bool:
    """Store and act on one inbound text; False when it was stored before or is nobody's.

    When this returns, contact, conversation, message and any stop are committed; workers and
    screens are woken after the commit, and found by the sweeps if that fails. Raises WrongAccount,
    storing nothing: one dealership's token must not forge another one's YES.

    Law: RULE-US-05, RULE-TW-01, RULE-TW-02.
    """
    moment = arrival.sent_at or now()
    reply = classify(arrival.body)
    raw = {key: value.replace("\x00", "") for key, value in params.items()}
    if _asks_nothing(arrival, reply) and ordinary.store(
        sid=arrival.sid,
        to=arrival.to,
        from_number=arrival.from_number,
        account_sid=arrival.account_sid or "",
        body=arrival.body,
        classification=_classification(arrival, reply),
        params=raw,
        received_at=moment,
    ):
        return True
    with transaction.atomic():
        is_textable = _is_textable(arrival.from_number)
        met = arrivals.meet(
            sid=arrival.sid,
            to=arrival.to,
            from_number=arrival.from_number,
            is_textable=is_textable,
            params=raw,
            received_at=moment,
        )
        if not met.is_new:
            return False
        if met.number is None or not is_textable:
            logger.warning("no dealership for receipt sid=%s", arrival.sid)
            return False
        if arrival.account_sid not in {None, met.number.dealership.account_sid}:
            raise WrongAccount
        _act(arrival, met, met.number, reply, moment)
    return True


def _asks_nothing(arrival: Arrival, reply: Reply) -> bool:
    """Whether the words alone ask nothing of the portal; what is known of the number may yet."""
    return (
        reply.kind is ReplyKind.NONE
        and not reply.possible_opt_out
        and not arrival.opt_out_type
        and not arrival.media
        and arrival.account_sid is not None
    )


def _is_textable(number: str) -> bool:
    return number.startswith("+") and number[1:].isdigit() and len(number) <= 16


def _act(arrival: Arrival, met: Met, number: CarrierNumber, reply: Reply, moment: datetime) -> None:
    phone, row = met.phone, met.suppression
    if phone is None or row is None:
        phone, row = _phone_of_stranger(arrival, number)
    lines.heard_from(phone)
    conversation = met.conversation or conversations.conversation_for(phone, number=number)
    joins = _may_join(reply) and joining.is_keyword(arrival.body, number.dealership.join_keyword)
    message = _store_message(arrival, conversation, reply, moment, joins=joins)
    _read(arrival, number, phone, message, reply, row, moment)
    wake.screens(number.dealership_id, "message", message.public_id)


def _may_join(reply: Reply) -> bool:
    """Say whether a text may be the dealership's keyword: a printed "AGREE" is nobody's yes."""
    if reply.kind is ReplyKind.OPT_IN:
        return reply.reason == "affirmative" and reply.keyword != "YES"
    return reply.kind is ReplyKind.NONE


def _phone_of_stranger(arrival: Arrival, number: CarrierNumber) -> tuple[PhoneNumber, Suppression]:
    """Lock a number of which there was no row to lock, or no contact here, and make what lacks."""
    dealership = number.dealership
    subject = subject_of(arrival.from_number)
    row = suppressions.lock(group_id=dealership.group_id, subject=subject)
    # Read again: another text of the same stranger may have been waited for.
    phone = (
        PhoneNumber.objects.select_related("contact", "state")
        .filter(dealership=dealership, number_e164=arrival.from_number)
        .first()
    )
    if phone is None:
        phone = contacts.contact_of_stranger(
            dealership=dealership, number_e164=arrival.from_number, subject=subject
        )
        carrying.carry(phone, row)
    phone.dealership = dealership  # read once, with the number
    return phone, row


_MESSAGE = Row(Message)
#: The text and the conversation's copy of it: one round trip.
_STORE_TEXT = Statement(
    "store_text",
    f"""
    WITH message AS ({_MESSAGE.insertion()} RETURNING id)
    {conversations.NOTE_TEXT} WHERE id = %(conversation_id)s
    RETURNING (SELECT id FROM message)
    """,  # noqa: S608 - the names of our own models
)


def _store_message(
    arrival: Arrival,
    conversation: Conversation,
    reply: Reply,
    moment: datetime,
    *,
    joins: bool,
) -> Message:
    classification = _classification(arrival, reply, joins=joins)
    message = Message(
        dealership_id=conversation.dealership_id,
        conversation=conversation,
        direction=Message.Direction.INBOUND,
        status=Message.Status.RECEIVED,
        body=arrival.body,
        segments=segments.count(arrival.body).segments,
        carrier_sid=arrival.sid,
        created_at=moment,
        classification=classification,
    )
    written = {**_MESSAGE.values(message), "owed": classification["owed"]}
    with connection.cursor() as cursor:
        prepared.execute(cursor, written, _STORE_TEXT)
        message.pk = cursor.fetchone()[0]
    message._state.adding = False
    conversations.text_noted(conversation)
    for position, (url, content_type) in enumerate(arrival.media):
        attachment = Attachment.objects.create(
            message=message,
            position=position,
            source_url=url[:500],
            content_type=content_type[:100],
        )
        wake.worker("messaging.tasks.fetch_media", attachment.pk, queue="default")
    return message


def _classification(
    arrival: Arrival, reply: Reply, *, joins: bool = False
) -> dict[str, str | bool]:
    return {
        "kind": reply.kind.value,
        "reason": reply.reason,
        "language": reply.language,
        "possible_opt_out": reply.possible_opt_out,
        "owed": not joins and _wants_an_answer(reply, has_media=bool(arrival.media)),
        **({"joins": True} if joins else {}),
    }


def _wants_an_answer(reply: Reply, *, has_media: bool) -> bool:
    if has_media:
        return True
    if reply.kind is ReplyKind.HELP:
        return not reply.keyword
    if reply.kind is ReplyKind.NONE:
        return reply.reason not in _IGNORED
    return reply.kind is ReplyKind.DECLINE or (
        reply.kind is ReplyKind.OPT_IN and reply.reason != "restart_keyword"
    )


def _read(
    arrival: Arrival,
    number: CarrierNumber,
    phone: PhoneNumber,
    message: Message,
    reply: Reply,
    row: Suppression,
    moment: datetime,
) -> None:
    """Draw what the words mean for consent. The number's lock is held; stops come first."""
    evidence: dict[str, Json] = {"sid": arrival.sid, "to": arrival.to}
    if reply.kind is ReplyKind.OPT_OUT or arrival.opt_out_type == "STOP":
        _stop(arrival, number, phone, message, reply, row, moment, evidence)
        return
    # Read under the number's lock, and nothing was appended since: the row is the truth.
    state = effective(
        ledger.state_of(getattr(phone, "state", None)), at=moment, country=phone.country
    )
    stopped = suppressions.bars(row, number.dealership, at=moment) or state.is_stopped
    # The carrier takes YES for START; only START and UNSTOP lift a stop (design §5).
    by_carrier = arrival.opt_out_type == "START" and reply.reason != "affirmative"
    restarts = reply.reason == "restart_keyword" or by_carrier
    if (
        restarts
        and (stopped or state.status is Status.PAUSED)
        and not _is_older(moment, row.suppressed_at, state.changed_at, doubts.last_said_at(phone))
    ):
        ledger.lock_heads(row.group_id)  # what follows writes into several
        # What waited when they said stop stays unsent, whichever comes first, this or the worker.
        dispatch.refuse_pending(group_id=row.group_id, subject=row.subject)
        revocation.restore(
            phone, words=arrival.body, received_at=moment, evidence=evidence, suppression=row
        )
        return
    if reply.kind is ReplyKind.HELP:
        _help(number, phone, message, reply, moment)
    if reply.possible_opt_out and stopped:
        # Nothing is open here; a sister that the customer came back to may be.
        revocation.pause(phone, words=arrival.body, received_at=moment, evidence=evidence)
    elif reply.possible_opt_out:
        question = _open_question(message.conversation, phone, state, moment)
        revocation.pause(phone, words=arrival.body, received_at=moment, evidence=evidence)
        if question is not None and reply.kind is ReplyKind.DECLINE:
            _answer(arrival, phone, message, reply, question, moment, evidence)
        return
    if stopped or reply.kind is ReplyKind.HELP:
        return  # YES does not lift a stop, and a new question does not either
    if reply.kind is ReplyKind.NONE and reply.reason in _IGNORED and not arrival.media:
        return
    if _is_older(moment, state.declined_at):
        return  # found late: their no came after it
    if message.classification and message.classification.get("joins"):
        joining.by_keyword(
            phone, number=number, words=arrival.body, state=state, at=moment, evidence=evidence
        )
        return
    question = _open_question(message.conversation, phone, state, moment)
    if question is not None and _answer(arrival, phone, message, reply, question, moment, evidence):
        return
    opt_in.customer_texted(
        phone, words=arrival.body, received_at=moment, evidence=evidence, known=state
    )


def _is_older(moment: datetime, *said: datetime | None) -> bool:
    """Say whether a text that was found late was said before one of these: it undoes none."""
    return any(at is not None and moment <= at for at in said)


def _stop(
    arrival: Arrival,
    number: CarrierNumber,
    phone: PhoneNumber,
    message: Message,
    reply: Reply,
    row: Suppression,
    moment: datetime,
    evidence: dict[str, Json],
) -> None:
    carrier_answers = "stop" in number.carrier_answers and (
        bool(reply.carrier_word) or arrival.opt_out_type == "STOP"
    )
    entry = revocation.revoke(
        phone,
        how="text",
        words=arrival.body,
        acting_user=None,
        received_at=moment,
        reason=reply.reason if reply.kind is ReplyKind.OPT_OUT else "carrier_keyword",
        evidence=evidence,
        kind=Kind.WRONG_NUMBER if reply.reason == "wrong_number" else Kind.REVOKED,
        confirmation_by="carrier" if carrier_answers else "portal",
        suppression=row,
    )
    wake.worker(
        "messaging.tasks.refuse_pending", number.dealership.group_id, phone.pk, queue="urgent"
    )
    if entry is None:
        return  # stopped before: the one confirmation was given then
    if not carrier_answers:  # RULE-TW-03
        answer_automatically(message, Purpose.STOP_CONFIRMATION, caused_by=entry)


def _help(
    number: CarrierNumber,
    phone: PhoneNumber,
    message: Message,
    reply: Reply,
    moment: datetime,
) -> None:
    """Answer HELP and "who is this?" whatever the subscription, where the carrier does not."""
    if "help" in number.carrier_answers and reply.carrier_word:
        return
    recent = Message.objects.filter(
        conversation__phone=phone,
        purpose=Purpose.HELP_REPLY,
        created_at__gt=moment - timedelta(days=1),
    ).count()
    if recent < HELP_REPLIES_PER_DAY:
        answer_automatically(message, Purpose.HELP_REPLY)


def _open_question(
    conversation: Conversation, phone: PhoneNumber, state: State, moment: datetime
) -> tuple[ConsentEvent, Message] | None:
    """Return the permission question that a reply now would answer, with the text that asked it.

    Only while the question, or its clarification, is the last text we sent (design §5).
    """
    if state.requested_at is None or state.asked_index is None:
        return None
    if moment >= state.requested_at + timedelta(days=rules.PERMISSION_EXPIRY_DAYS):
        return None
    last = last_text_sent(conversation)
    if last is None or Purpose(last.purpose) not in PERMISSION_QUESTIONS:
        return None
    if last.claimed_at is None or moment < last.claimed_at:
        return None  # said before it was asked, and found late
    question = ConsentEvent.objects.filter(
        dealership=phone.dealership, index=state.asked_index, subject=phone.subject
    ).first()
    if question is None:
        return None
    asked_by_it = last.caused_by_id == question.pk
    return (question, last) if asked_by_it else None


def _answer(
    arrival: Arrival,
    phone: PhoneNumber,
    message: Message,
    reply: Reply,
    question: tuple[ConsentEvent, Message],
    moment: datetime,
    evidence: dict[str, Json],
) -> bool:
    """Act on a reply to the permission question; False when it is conversation after all."""
    asked, last = question
    bound: dict[str, Json] = {
        **evidence,
        "question_sid": last.carrier_sid or "",
        "question": last.full_text,
    }
    if reply.kind is ReplyKind.OPT_IN:
        entry = opt_in.confirm(
            phone, question=asked, words=arrival.body, received_at=moment, evidence=bound
        )
        answer_automatically(message, Purpose.CONFIRMATION, caused_by=entry)
        return True
    if reply.kind is ReplyKind.DECLINE:
        opt_in.decline(
            phone, question=asked, words=arrival.body, received_at=moment, evidence=bound
        )
        conversations.set_owed(message.conversation)
        return True
    if reply.reason in _UNCLEAR and not arrival.media:
        if last.purpose == Purpose.PERMISSION_REQUEST:
            answer_automatically(message, Purpose.CLARIFICATION, caused_by=asked)
        return True
    return False
