"""What messaging holds of one person, destroyed for good: that a text was sent, and when, stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage
from django.db.models import Max, Q

from accounts.models import CarrierNumber
from consent.models import Contact, PhoneNumber
from messaging.models import Attachment, Conversation, Message, WebhookReceipt

#: Why an attachment has no file any more; one with a file waits for the sweep.
ERASED = "erased"


class OnItsWay(Exception):
    """A text to this person is being handed to the carrier at this moment."""


@dataclass(frozen=True, slots=True)
class Held:
    """How much messaging holds of a person."""

    messages: int
    attachments: int
    last_message_at: datetime | None


def held(contact: Contact) -> Held:
    """Count what an erasure would destroy."""
    texts = Message.objects.filter(conversation__contact=contact)
    return Held(
        messages=texts.count(),
        last_message_at=texts.aggregate(last=Max("created_at"))["last"],
        attachments=Attachment.objects.filter(message__conversation__contact=contact).count(),
    )


def clear_texts(phones: list[PhoneNumber]) -> None:
    """Empty the texts, pictures and webhooks of these numbers; what waits is canceled.

    The caller holds the suppressions' locks, so that no text is claimed meanwhile. The carrier's
    ids, states and moments stay. Files go in `sweep_files`. Raises OnItsWay.
    """
    conversations = Conversation.objects.filter(phone__in=phones)
    list(conversations.select_for_update().order_by("pk"))
    texts = Message.objects.filter(conversation__phone__in=phones)
    if texts.filter(status=Message.Status.SENDING).exists():
        raise OnItsWay
    _clear_receipts(phones)
    texts.filter(status__in=Message.PENDING).update(status=Message.Status.CANCELED)
    texts.update(body="", appended="", classification=None)
    Attachment.objects.filter(message__in=texts).update(
        status=Attachment.Status.REFUSED, reason=ERASED, source_url="", sha256=""
    )
    conversations.update(
        last_text="",
        owed_since=None,
        assigned_to=None,
        status=Conversation.Status.CLOSED,
        closed_at=None,  # nothing is left to seal
    )


def _clear_receipts(phones: list[PhoneNumber]) -> None:
    for phone in phones:
        ours = list(
            CarrierNumber.objects.filter(dealership_id=phone.dealership_id).values_list(
                "number_e164", flat=True
            )
        )
        number = phone.number_e164
        sids = Message.objects.filter(conversation__phone=phone).values("carrier_sid")
        WebhookReceipt.objects.filter(
            Q(sid__in=sids)
            | Q(params__From=number, params__To__in=ours)
            | Q(params__To=number, params__From__in=ours)
        ).update(params={})


def sweep_files() -> int:
    """Delete the files of erased attachments; return how many. May run twice, or be killed."""
    done = 0
    waiting = Attachment.objects.filter(reason=ERASED).exclude(file="")
    for attachment in waiting.order_by("pk")[:1000]:
        default_storage.delete(attachment.file.name or "")
        Attachment.objects.filter(pk=attachment.pk).update(file="")
        done += 1
    return done
