"""Everything that makes an outgoing text: compose, ask permission, automatic answers, undo."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.clock import now
from accounts.models import CarrierNumber, User
from consent import contacts, disclosures, gate, opt_in, own_page, suppressions
from consent.answers import Asked, Weighed, weigh
from consent.decision import STAFF_PURPOSES, Outcome, Purpose
from consent.levels import Level
from consent.models import ConsentEvent, Decision, Disclosure, PhoneNumber
from consent.wording import check
from messaging import conversations, segments, wake
from messaging.identification import Seller, build_identification
from messaging.models import Conversation, Message
from messaging.traffic import asked_lately, traffic_for

MAX_CHARACTERS = 1600  # Twilio error 21617
MAX_DAYS_AHEAD = 35
DISCLOSURE_OF: dict[Purpose, Disclosure.Purpose] = {
    Purpose.PERMISSION_REQUEST: Disclosure.Purpose.PERMISSION_REQUEST,
    Purpose.CLARIFICATION: Disclosure.Purpose.CLARIFICATION,
    Purpose.CONFIRMATION: Disclosure.Purpose.CONFIRMATION,
    Purpose.STOP_CONFIRMATION: Disclosure.Purpose.STOP_CONFIRMATION,
    Purpose.HELP_REPLY: Disclosure.Purpose.HELP_REPLY,
}


class BadText(ValueError):
    """A text or a time that cannot be sent. `code` for programs, `detail` for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class NotAllowed(Exception):
    """The gate said no; `decision` is the stored answer, `message` the stored attempt if any."""

    def __init__(self, decision: Decision, message: Message | None = None) -> None:
        super().__init__("not allowed")
        self.decision = decision
        self.message = message


def compose(
    conversation: Conversation,
    *,
    body: str,
    purpose: Purpose,
    acting_user: User,
    send_at: datetime | None = None,
    press: uuid.UUID | None = None,
) -> Message:
    """Store one text of a member of staff and wake a worker for it.

    Returns the row: QUEUED for the undo hold, HELD until `send_at` (aware) or until the hours
    begin, or REFUSED with its decision; words that are an offer go as one, whatever `purpose` says
    (consent.answers). The gate is asked again at the moment of sending.
    `press` names one press of a button: the same words posted again under it (a double click, an
    answer that was lost on the way) are the same row. Raises BadText for an empty or too long
    text, or a time that cannot be.
    """
    if press is None:
        return _compose(conversation, body, Purpose(purpose), acting_user, send_at, None)
    try:
        return _compose(conversation, body, Purpose(purpose), acting_user, send_at, press)
    except IntegrityError:
        first = Message.objects.get(author=acting_user, press=press)
    if (first.conversation_id, first.body) == (conversation.pk, body):
        return first
    return _compose(conversation, body, Purpose(purpose), acting_user, send_at, None)


def _compose(
    conversation: Conversation,
    body: str,
    purpose: Purpose,
    acting_user: User,
    send_at: datetime | None,
    press: uuid.UUID | None,
) -> Message:
    if purpose not in STAFF_PURPOSES:
        raise BadText("bad_purpose", "People send conversational, informational or promotional.")
    moment = now()
    check_text(body)
    check_time(send_at, at=moment)
    with transaction.atomic():
        # The contact is locked: an erasure comes before these words or finds them.
        conversation = (
            Conversation.objects.select_related("phone__contact", "dealership", "number")
            .select_for_update(of=("phone__contact",), no_key=True)
            .get(pk=conversation.pk)
        )
        if conversation.phone.contact.erased_at:
            raise BadText("erased", "This customer's data was erased: nothing is kept of them.")
        weighed = weigh_words(conversation, body, declared=purpose, at=send_at or moment)
        purpose = weighed.purpose
        appended = _identification(conversation, purpose, acting_user, moment)
        check_text(f"{body}\n{appended}" if appended else body)
        decision = gate.ask(
            conversation.phone,
            purpose=purpose,
            traffic=traffic_for(conversation, at=moment),
            at=moment,
            our_number=conversation.number.number_e164,
            words=weighed.reason,
        )
        message = Message(
            dealership_id=conversation.dealership_id,
            conversation=conversation,
            direction=Message.Direction.OUTBOUND,
            purpose=purpose.value,
            author=acting_user,
            press=press,
            body=body,
            appended=appended,
            decision=decision,
            created_at=moment,
            scheduled=send_at is not None,
        )
        message.segments = segments.count(message.full_text).segments
        if decision.outcome == Outcome.DENY:
            message.status = Message.Status.REFUSED
            message.failure = str(decision.reasons[0]["code"])
            message.save()
            wake.screens(conversation.dealership_id, "message", message.public_id)
            return message
        earliest = moment + timedelta(seconds=settings.UNDO_SECONDS)
        message.not_before = max(filter(None, [earliest, send_at, decision.not_before]))
        message.status = (
            Message.Status.HELD
            if send_at or decision.outcome == Outcome.DEFER
            else Message.Status.QUEUED
        )
        message.save()
        conversations.note_text(conversation, message)
        conversations.claim_if_unassigned(conversation, acting_user=acting_user)
        conversations.set_owed(conversation)
        wake.screens(conversation.dealership_id, "message", message.public_id)
        wake.sender(message.pk, urgent=False, not_before=message.not_before)
    return message


def weigh_words(
    conversation: Conversation, body: str, *, declared: Purpose, at: datetime
) -> Weighed:
    """Return the purpose that words go for, whatever their sender calls it. One query at most.

    Law: RULE-US-03.
    """
    wording = check(body)
    is_lower = wording.level is Level.PROMOTIONAL and declared is not Purpose.PROMOTIONAL
    asked = asked_lately(conversation, at=at) if is_lower else Asked.NOTHING
    return weigh(body, wording, declared=declared, asked=asked)


def check_text(body: str) -> None:
    """Raise BadText when the carrier could not take these words."""
    if not body.strip():
        raise BadText("empty", "Write something first.")
    if "\x00" in body:
        raise BadText("bad_character", "The text holds a character that cannot be sent.")
    if len(body) > MAX_CHARACTERS:
        raise BadText("too_long", f"At most {MAX_CHARACTERS} characters; this has {len(body)}.")


def check_time(send_at: datetime | None, *, at: datetime) -> None:
    """Raise BadText for a time without a zone, in the past, or more than 35 days ahead."""
    if send_at is None:
        return
    if send_at.tzinfo is None:
        raise BadText("bad_time", "Say the time with its zone.")
    if send_at <= at:
        raise BadText("bad_time", "This time has passed.")
    if send_at > at + timedelta(days=MAX_DAYS_AHEAD):
        raise BadText("bad_time", f"At most {MAX_DAYS_AHEAD} days ahead.")


def _identification(
    conversation: Conversation, purpose: Purpose, person: User, moment: datetime
) -> str:
    dealership, contact = conversation.dealership, conversation.phone.contact
    return build_identification(
        purpose=purpose,
        seller=Seller(
            dealership.name,
            dealership.street,
            dealership.city,
            dealership.region,
            dealership.care_phone,
        ),
        person=person.first_name,
        country=conversation.phone.country,
        language=contact.language,
        last_outbound_at=conversation.last_outbound_at,
        last_inbound_at=conversation.last_inbound_at,
        at=moment,
    )


def cancel(message: Message, *, acting_user: User) -> bool:
    """Take back a text that no worker has claimed; False when it is too late."""
    with transaction.atomic():
        canceled = Message.objects.filter(
            pk=message.pk, status__in=Message.PENDING, author__isnull=False
        ).update(status=Message.Status.CANCELED)
        if canceled:
            conversations.set_owed(message.conversation)
            wake.screens(message.dealership_id, "message", message.public_id)
    return bool(canceled)


# --- the permission question ------------------------------------------------------------------


def permission_text(
    phone: PhoneNumber, *, level: Level, person: str, language: str = ""
) -> tuple[Disclosure, str]:
    """Return the wording in force for this customer, and its words filled in.

    Where Canada's law holds and the number came by a referral, who referred them is named.
    """
    disclosure = disclosures.question_for(phone, level=level, language=language)
    text = disclosures.render(disclosure, phone.dealership, person=person)
    referrer = contacts.referrer_of(phone) if disclosure.country == "CA" else ""
    if referrer:
        text = f"{text} {disclosures.referral_sentence(disclosure.language, referrer)}"
    return disclosure, text


def preview_permission(phone: PhoneNumber, *, level: Level, acting_user: User) -> str:
    """Return exactly what the customer would read if this person asked now."""
    return permission_text(phone, level=level, person=acting_user.name)[1]


def ask_permission(
    phone: PhoneNumber,
    *,
    acting_user: User,
    level: Level = Level.INFORMATIONAL,
    number: CarrierNumber | None = None,
) -> Message:
    """Ask a customer for permission: one ledger entry and one text, bound to each other.

    Raises NotAllowed with the stored decision when the law or the state forbids asking.

    Law: RULE-CT-02, RULE-CA-04.
    """
    if level not in {Level.INFORMATIONAL, Level.PROMOTIONAL}:
        raise BadText("bad_level", "Ask for informational or promotional texts.")
    message, decision = _ask(phone, person=acting_user, level=level, number=number)
    if message is None:
        raise NotAllowed(decision)
    return message


#: Who asks where no member of staff does: the customer signed up by themselves.
_NOBODY = {"en": "the online team", "fr": "l'équipe en ligne", "es": "el equipo en línea"}


def ask_who_signed_up(
    phone: PhoneNumber,
    *,
    level: Level,
    number: CarrierNumber | None = None,
    language: str = "",
) -> Message | None:
    """Ask a customer who signed up by themselves; None where the gate forbids asking.

    `language`: in which they signed up, "" for that of the contact. Their YES from the handset is
    still what opts them in. Law: RULE-CT-01, RULE-CT-02.
    """
    return _ask(phone, person=None, level=level, number=number, language=language)[0]


def _ask(
    phone: PhoneNumber,
    *,
    person: User | None,
    level: Level,
    number: CarrierNumber | None,
    language: str = "",
) -> tuple[Message | None, Decision]:
    with transaction.atomic():
        phone = PhoneNumber.objects.select_related("contact", "dealership").get(pk=phone.pk)
        suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)
        conversation = conversations.conversation_for(phone, number=number)
        moment = now()
        decision = gate.ask(
            phone,
            purpose=Purpose.PERMISSION_REQUEST,
            traffic=traffic_for(conversation, at=moment),
            at=moment,
            our_number=conversation.number.number_e164,
            request_level=level,
        )
        if decision.outcome == Outcome.DENY:
            return None, decision
        language = language or phone.contact.language
        name = person.name if person else _NOBODY[language]
        disclosure, text = permission_text(phone, level=level, person=name, language=language)
        entry = opt_in.request(
            phone, level=level, disclosure=disclosure, text=text, acting_user=person
        )
        message = _store_automatic(
            conversation,
            Purpose.PERMISSION_REQUEST,
            text=text,
            caused_by=entry,
            not_before=decision.not_before or moment,
        )
        return message, decision


def ask_after_first_answer(answer: Message) -> Message | None:
    """Send the permission question as a text of its own once staff answered who texted first.

    Called in the transaction in which the answer became SENT, under the number's lock.
    """
    if answer.author is None or answer.purpose != Purpose.CONVERSATIONAL:
        return None
    conversation = Conversation.objects.select_related("phone__state", "number").get(
        pk=answer.conversation_id
    )
    state = getattr(conversation.phone, "state", None)
    if state is None or state.status != "customer_initiated" or state.requested_at is not None:
        return None
    message, _ = _ask(
        conversation.phone,
        person=answer.author,
        level=Level.INFORMATIONAL,
        number=conversation.number,
    )
    return message


# --- the portal's own answers -----------------------------------------------------------------


def answer_automatically(
    inbound: Message, purpose: Purpose, *, caused_by: ConsentEvent | None = None
) -> Message | None:
    """Queue the portal's one answer of a kind to one text; None when it is queued already."""
    conversation = inbound.conversation
    phone = conversation.phone
    language = (inbound.classification or {}).get("language") or phone.contact.language
    disclosure = disclosures.current(
        phone.dealership, disclosures.Variant(DISCLOSURE_OF[purpose], str(language))
    )
    # The customer's own address is put in as the text leaves (dispatch).
    page = own_page.hidden_link() if purpose is Purpose.HELP_REPLY else ""
    text = disclosures.render(disclosure, phone.dealership, person="", page=page)
    try:
        with transaction.atomic():
            return _store_automatic(
                conversation,
                purpose,
                text=text,
                caused_by=caused_by,
                in_reply_to=inbound,
                not_before=now(),
            )
    except IntegrityError:
        return None


def _store_automatic(
    conversation: Conversation,
    purpose: Purpose,
    *,
    text: str,
    not_before: datetime,
    caused_by: ConsentEvent | None = None,
    in_reply_to: Message | None = None,
) -> Message:
    moment = now()
    message = Message.objects.create(
        dealership_id=conversation.dealership_id,
        conversation=conversation,
        direction=Message.Direction.OUTBOUND,
        purpose=purpose.value,
        status=Message.Status.HELD if not_before > moment else Message.Status.QUEUED,
        body=text,
        segments=segments.count(own_page.with_link(text, conversation.phone)).segments,
        caused_by=caused_by,
        in_reply_to=in_reply_to,
        created_at=moment,
        not_before=not_before,
    )
    conversations.note_text(conversation, message)
    wake.screens(conversation.dealership_id, "message", message.public_id)
    wake.sender(message.pk, urgent=True, not_before=not_before)
    return message


def send_again(message: Message, *, acting_user: User) -> Message:
    """Let a person send an UNKNOWN or FAILED text again, as a new row through the same door."""
    if message.status not in {Message.Status.UNKNOWN, Message.Status.FAILED}:
        raise BadText("not_failed", "Only a text that failed can be sent again.")
    return compose(
        message.conversation,
        body=message.body,
        purpose=Purpose(message.purpose),
        acting_user=acting_user,
    )
