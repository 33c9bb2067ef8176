"""Conversations: whose they are, whether they are open, who is owed an answer."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from accounts import prepared
from accounts.clock import now
from accounts.models import CarrierNumber, User
from accounts.prepared import Statement
from consent import opt_in, suppressions
from consent.kinds import STOPPED, Status
from consent.models import PhoneNumber
from messaging import wake
from messaging.models import Conversation, Message


class NoNumber(Exception):
    """The dealership has no number to text from."""


def conversation_for(phone: PhoneNumber, *, number: CarrierNumber | None = None) -> Conversation:
    """Return the conversation with a customer's number: the latest one, else a new one.

    `number`: the dealership's number the customer texted. Raises NoNumber.
    """
    if number is None:
        latest = Conversation.objects.filter(phone=phone, number__is_active=True).first()
        if latest is not None:
            return latest
        number = (
            CarrierNumber.objects.filter(dealership=phone.dealership_id, is_active=True)
            .order_by("pk")
            .first()
        )
        if number is None:
            raise NoNumber
    conversation, _ = Conversation.objects.get_or_create(
        number=number,
        phone=phone,
        defaults={"dealership_id": phone.dealership_id, "contact_id": phone.contact_id},
    )
    return conversation


#: Brings the list's copy up to date with a text, and opens the conversation; WHERE is to follow.
#: The parameters are the message's columns, and `owed`. In SQL, because a colleague may answer in
#: the same instant, and never back in time: what came late was said before others that are here.
NOTE_TEXT = """
    UPDATE messaging_conversation SET
        last_text = left(%(body)s, 160),
        last_direction = %(direction)s::varchar,
        last_message_at = greatest(last_message_at, %(created_at)s),
        updated_at = greatest(updated_at, %(created_at)s),
        last_inbound_at = CASE WHEN %(direction)s::varchar = 'inbound'
            THEN greatest(last_inbound_at, %(created_at)s) ELSE last_inbound_at END,
        owed_since = CASE WHEN %(owed)s
            THEN coalesce(owed_since, %(created_at)s) ELSE owed_since END,
        opened_at = CASE WHEN status = 'closed' THEN %(created_at)s ELSE opened_at END,
        status = 'open', closed_at = NULL, closed_by_id = NULL
"""
_NOTE_TEXT = Statement("note_text", f"{NOTE_TEXT} WHERE id = %(conversation_id)s")


def note_text(conversation: Conversation, message: Message, *, owed: bool = False) -> None:
    """Bring the list's copy up to date with a text that was just stored; opens the conversation."""
    with connection.cursor() as cursor:
        prepared.execute(
            cursor,
            {
                "body": message.body,
                "direction": message.direction,
                "created_at": message.created_at,
                "owed": owed,
                "conversation_id": conversation.pk,
            },
            _NOTE_TEXT,
        )
    text_noted(conversation)


def text_noted(conversation: Conversation) -> None:
    """Tell the object and the screens what NOTE_TEXT wrote."""
    conversation.status = Conversation.Status.OPEN
    wake.screens(conversation.dealership_id, "conversation", conversation.public_id)


#: Nobody may be answered here, so nobody waits.
_ENDED = STOPPED | {Status.DECLINED}


def set_owed(conversation: Conversation) -> None:
    """Recompute since when the customer waits, from the texts themselves.

    Whoever said stop, or no to being texted, waits for nothing.
    """
    texts = Message.objects.filter(conversation=conversation).exclude(
        conversation__phone__state__status__in=_ENDED
    )
    answered_pk = texts.filter(
        direction=Message.Direction.OUTBOUND,
        author__isnull=False,
        status__in=Message.OUT | Message.PENDING,
    ).aggregate(last=Max("pk"))["last"]
    waiting = texts.filter(
        direction=Message.Direction.INBOUND, pk__gt=answered_pk or 0, classification__owed=True
    ).order_by("pk")
    first = waiting.values_list("created_at", flat=True).first()
    changed = Conversation.objects.filter(pk=conversation.pk).exclude(owed_since=first)
    if first is not None:
        changed = changed | Conversation.objects.filter(pk=conversation.pk, owed_since=None)
    changed.update(owed_since=first, updated_at=now())
    wake.screens(conversation.dealership_id, "conversation", conversation.public_id)


def assign(conversation: Conversation, *, to: User | None, acting_user: User) -> None:
    """Give a conversation to a member of the dealership, or to nobody.

    Raises ValueError when `to` does not work there.
    """
    if (
        to is not None
        and not type(conversation.dealership)
        .objects.visible_to(to)
        .filter(pk=conversation.dealership_id)
        .exists()
    ):
        raise ValueError("not a member of this dealership")
    Conversation.objects.filter(pk=conversation.pk).update(assigned_to=to, updated_at=now())
    wake.screens(conversation.dealership_id, "conversation", conversation.public_id)


def claim_if_unassigned(conversation: Conversation, *, acting_user: User) -> bool:
    """Take a conversation that nobody has; False when somebody was faster."""
    taken = Conversation.objects.filter(pk=conversation.pk, assigned_to=None).update(
        assigned_to=acting_user, updated_at=now()
    )
    if taken:
        wake.screens(conversation.dealership_id, "conversation", conversation.public_id)
    return bool(taken)


def close(conversation: Conversation, *, acting_user: User | None) -> bool:
    """End a conversation: scheduled texts are canceled, texts in their undo hold still go out.

    Returns False when it was closed already. The archive seals it once nothing is pending.
    """
    moment = now()
    with transaction.atomic():
        # The number first, as everywhere: else a text that arrives now and this could deadlock.
        phone = PhoneNumber.objects.select_related("dealership").get(pk=conversation.phone_id)
        suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)
        closed = Conversation.objects.filter(
            pk=conversation.pk, status=Conversation.Status.OPEN
        ).update(
            status=Conversation.Status.CLOSED,
            closed_at=moment,
            closed_by=acting_user,
            owed_since=None,
            updated_at=moment,
        )
        if not closed:
            return False
        held = Message.objects.filter(conversation=conversation, status=Message.Status.HELD)
        held.update(status=Message.Status.CANCELED)
        finish_close(conversation)
        wake.screens(conversation.dealership_id, "conversation", conversation.public_id)
        wake.worker("archive.tasks.seal_conversation", conversation.pk, queue="bulk")
    return True


def finish_close(conversation: Conversation) -> None:
    """End the exchange of a closed conversation once none of its texts is on the way."""
    with transaction.atomic():
        phone = PhoneNumber.objects.select_related("dealership", "contact").get(
            pk=conversation.phone_id
        )
        suppressions.lock(group_id=phone.dealership.group_id, subject=phone.subject)
        others = Conversation.objects.filter(phone=phone)
        if others.filter(status=Conversation.Status.OPEN).exists():
            return
        on_the_way = Message.PENDING | {Message.Status.SENDING}
        if Message.objects.filter(conversation__phone=phone, status__in=on_the_way).exists():
            return
        closed_by = others.order_by("-closed_at").values_list("closed_by", flat=True).first()
        opt_in.end_exchange(
            phone, acting_user=User.objects.filter(pk=closed_by).first() if closed_by else None
        )
