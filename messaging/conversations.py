"""Conversations: whose they are, whether they are open, who is owed an answer."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Coalesce, Greatest

from accounts.clock import now
from accounts.models import CarrierNumber, User
from consent import opt_in, suppressions
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


def note_text(conversation: Conversation, message: Message, *, owed: bool = False) -> None:
    """Bring the list's copy up to date with a text that was just stored; opens the conversation."""
    moment = message.created_at
    changes: dict[str, Any] = {
        "last_text": message.body[:160],
        "last_direction": message.direction,
        # Never back: a text that came late was said before others that are here.
        "last_message_at": Greatest(F("last_message_at"), Value(moment)),
        "updated_at": Greatest(F("updated_at"), Value(moment)),
    }
    if message.direction == Message.Direction.INBOUND:
        changes["last_inbound_at"] = Greatest(F("last_inbound_at"), Value(moment))
    if owed:
        # Kept in SQL: a colleague may answer in the same instant.
        changes["owed_since"] = Coalesce(F("owed_since"), Value(moment))
    if conversation.status == Conversation.Status.CLOSED:
        changes |= {
            "status": Conversation.Status.OPEN,
            "opened_at": moment,
            "closed_at": None,
            "closed_by": None,
        }
        conversation.status = Conversation.Status.OPEN
    Conversation.objects.filter(pk=conversation.pk).update(**changes)
    wake.screens(conversation.dealership_id, "conversation", conversation.public_id)


def set_owed(conversation: Conversation) -> None:
    """Recompute since when the customer waits, from the texts themselves."""
    texts = Message.objects.filter(conversation=conversation)
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
