"""One person's data destroyed on every floor in one transaction; ledger, proofs and stop stay."""

from __future__ import annotations

import logging
from datetime import date

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.clock import now
from accounts.models import User
from archive.models import Export, Review, Transcript, TranscriptDelivery, TranscriptFile
from consent import erasing as consent_erasing
from consent import ledger, revocation, rules, searches, suppressions
from consent.erasing import ListUnderWay
from consent.kinds import Status
from consent.models import Contact, ErasureReason, PhoneNumber
from messaging import erasing as messaging_erasing
from messaging import wake
from messaging.erasing import ERASED, OnItsWay

logger = logging.getLogger(__name__)
__all__ = [
    "ListUnderWay",
    "OnHold",
    "OnItsWay",
    "erase",
    "held",
    "set_hold",
    "sweep_files",
    "wanted_until",
]


class OnHold(Exception):
    """A legal hold wants the records kept."""


def held(contact: Contact) -> dict[str, int]:
    """Count what is held of a person, for whoever is about to destroy it."""
    consent, texts = consent_erasing.held(contact), messaging_erasing.held(contact)
    return {
        "entries": consent.entries,
        "evidence": consent.evidence,
        "documents": consent.documents,
        "leads": consent.leads,
        "messages": texts.messages,
        "attachments": texts.attachments,
        "transcripts": Transcript.objects.filter(conversation__contact=contact).count(),
        "exports": _exports(contact).exclude(file="").count(),
    }


def wanted_until(contact: Contact) -> date | None:
    """Return until when US law wants the proof of a person's consent kept, None when that is past.

    Law: RULE-US-04.
    """
    last = messaging_erasing.held(contact).last_message_at
    until = last and rules.add_months(last.date(), 12 * rules.RECORD_YEARS)
    return until if until and until > now().date() else None


def set_hold(contact: Contact, *, is_on_hold: bool, acting_user: User) -> None:
    """Put a customer's records on legal hold, or release them; the history says who."""
    with transaction.atomic():
        row = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
        row.is_on_hold = is_on_hold
        row._change_reason = "legal hold" if is_on_hold else "legal hold released"
        row._history_user = acting_user
        row.save(update_fields=["is_on_hold"])


def erase(contact: Contact, *, reason: ErasureReason, acting_user: User) -> bool:
    """Destroy what is held of a person at their dealership; False when that is done already.

    Killed at any line, it has happened wholly or not at all; files that are left behind are found
    by the sweep. Raises OnHold, OnItsWay, ListUnderWay.

    Law: RULE-US-04.
    """
    if contact.is_on_hold:
        raise OnHold
    with transaction.atomic():
        consent_erasing.bar_lists(contact.dealership)  # before anything is touched
    if not contact.erased_at:
        phones = _phones(contact)
        for phone in phones:
            _settle_doubt(phone, acting_user)
            _take_waiting_stop(phone, acting_user)
        with transaction.atomic():
            consent_erasing.bar_lists(contact.dealership)  # held while the files are rewritten
            for phone in phones:
                consent_erasing.blank_import_rows(contact.dealership, phone.number_e164)
        searches.forget(contact.dealership)
    with transaction.atomic():
        is_done = _erase(contact, reason=reason, acting_user=acting_user)
        wake.worker("archive.tasks.sweep_erased_files", queue="bulk")
    logger.info("erased contact=%s", contact.public_id)
    return is_done


def _phones(contact: Contact) -> list[PhoneNumber]:
    rows = PhoneNumber.objects.filter(contact=contact).order_by("subject")
    return list(rows.select_related("contact", "dealership__group"))


def _settle_doubt(phone: PhoneNumber, acting_user: User) -> None:
    """Make a possible opt-out a stop, with all that goes with one: its words are about to go."""
    if ledger.current_state(phone).status is Status.PAUSED:
        revocation.resolve_pause(phone, opted_out=True, reason="erased", acting_user=acting_user)


def _take_waiting_stop(phone: PhoneNumber, acting_user: User) -> None:
    """Take in the person's stop from a list that nobody imported yet: its row is about to go."""
    found = consent_erasing.waiting_stop(phone.dealership, phone.number_e164)
    if found is not None:
        revocation.revoke(
            phone,
            how="import",
            words="",
            acting_user=acting_user,
            reason="erased",
            evidence={"list": str(found.public_id)},
        )


def _erase(contact: Contact, *, reason: ErasureReason, acting_user: User) -> bool:
    phones = _phones(contact)
    group_id = contact.dealership.group_id
    for phone in phones:
        suppressions.lock(group_id=group_id, subject=phone.subject)
    consent_erasing.bar_lists(contact.dealership)
    row = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if row.erased_at:
        return False
    if row.is_on_hold:
        raise OnHold
    list(PhoneNumber.objects.select_for_update(of=("self",)).filter(contact=row).order_by("pk"))
    moment = now()
    subjects = [phone.subject for phone in phones]
    messaging_erasing.clear_texts(phones)
    _clear_archive(row)
    consent_erasing.clear_rows(row, phones, reason=reason, acting_user=acting_user, at=moment)
    for phone, subject in zip(phones, subjects, strict=True):  # the ledger's head comes last
        consent_erasing.append_entry(
            row.dealership, subject, reason=reason, acting_user=acting_user, at=moment
        )
        consent_erasing.destroy_evidence(phone, subject)
        TranscriptFile.objects.filter(transcript__conversation__phone=phone).delete()
    _take_back_exports(row)
    return True


def _exports(contact: Contact) -> QuerySet[Export]:
    return Export.objects.filter(dealership=contact.dealership)


def _clear_archive(contact: Contact) -> None:
    """Empty reviews, and stop mails."""
    reviews = Review.objects.filter(transcript__conversation__contact=contact)
    reviews.filter(score=None).delete()
    reviews.update(comment="")
    TranscriptDelivery.objects.filter(
        transcript__conversation__contact=contact, status=TranscriptDelivery.Status.PENDING
    ).update(status=TranscriptDelivery.Status.FAILED, error_code=ERASED)


def _take_back_exports(contact: Contact) -> None:
    """Take back the exports: each holds the whole dealership.

    Last, under the ledger's head, which an export locks when it begins and when it is complete: one
    that is claimed after this reads what is left.
    """
    found = _exports(contact)
    found.filter(status=Export.Status.RUNNING).update(status=Export.Status.QUEUED, claim_token=None)
    found.filter(status=Export.Status.COMPLETE).update(status=Export.Status.FAILED, failure=ERASED)


def sweep_files() -> int:
    """Delete the files that erasures left to be deleted; return how many."""
    done = messaging_erasing.sweep_files()
    for export in Export.objects.filter(~Q(file=""), failure=ERASED)[:1000]:
        default_storage.delete(export.file.name or "")
        Export.objects.filter(pk=export.pk).update(file="")
        done += 1
    return done
