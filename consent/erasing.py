"""What consent holds of one person, destroyed for good: the ledger's entries and the stop stay."""

from __future__ import annotations

import io
import json
import logging
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from unicodedata import decimal, normalize

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Max, Min, Q

from accounts.models import Dealership, IdempotentAnswer, User
from consent import ledger
from consent.columns import ListSort, rows_of
from consent.kinds import Kind
from consent.models import (
    ConsentEvent,
    ConsentState,
    Contact,
    Decision,
    Document,
    ErasureReason,
    Evidence,
    Lead,
    ListImport,
    PhoneNumber,
)

logger = logging.getLogger(__name__)
_NATIONAL_DIGITS = 10
#: What a byte becomes that is no text in its encoding: where it can be, what gives it back.
_UNREAD = {"utf-8": "surrogateescape", "cp1252": "surrogateescape", "utf-16": "replace"}
_PERSONAL = (
    *("name", "street", "city", "region", "postal_code", "country", "vehicle", "stock_number"),
)


@dataclass(frozen=True, slots=True)
class Held:
    """How much consent holds of a person."""

    entries: int
    evidence: int
    documents: int
    leads: int


def held(contact: Contact) -> Held:
    """Count what an erasure would destroy, and the entries that it would leave."""
    subjects = list(contact.phones.values_list("subject", flat=True))
    entries = ConsentEvent.objects.filter(dealership=contact.dealership, subject__in=subjects)
    return Held(
        entries=entries.count(),
        evidence=entries.filter(evidence__isnull=False).count(),
        documents=Document.objects.filter(phone__contact=contact).count(),
        leads=Lead.objects.filter(phone__contact=contact).count(),
    )


class ListUnderWay(Exception):
    """A list is being read that may hold the person: it would write them anew."""


def bar_lists(dealership: Dealership) -> None:
    """Keep every list of the dealership from being begun until the transaction ends.

    Raises ListUnderWay if a worker has one, or will.
    """
    lists = ListImport.objects.select_for_update().filter(dealership=dealership).order_by("pk")
    if any(each.is_under_way for each in lists.only("status")):
        raise ListUnderWay


def waiting_stop(dealership: Dealership, number_e164: str) -> ListImport | None:
    """Return a list of stops that has a row with this number and was not taken in yet."""
    lists = ListImport.objects.filter(
        dealership=dealership, sort=ListSort.OPT_OUTS, is_done=False
    ).exclude(file="")
    return next((each for each in lists if _without(*_uploaded(each), number_e164)), None)


def blank_import_rows(dealership: Dealership, number_e164: str) -> int:
    """Blank the rows with this number in the lists that came in, and in their reports.

    Run before the erasing transaction, under `bar_lists`: a file cannot be rolled back, and doing
    it twice changes nothing, but two at once would undo each other. The list's hash stays in the
    ledger, as its entries say it. Returns how many files.
    """
    lists = ListImport.objects.filter(dealership=dealership)
    return sum(
        _blank_rows(name, delimiter, encoding, number_e164)
        for found in lists
        for name, delimiter, encoding in (_uploaded(found), (found.report.name or "", ",", "utf-8"))
    )


def _uploaded(found: ListImport) -> tuple[str, str, str]:
    return found.file.name or "", found.delimiter, found.encoding.removesuffix("-sig")


def _without(name: str, delimiter: str, encoding: str, number_e164: str) -> str | None:
    """Return a stored list with the number's rows blanked; None if it has none, or is gone."""
    if not name or not default_storage.exists(name):
        return None
    digits = number_e164[-_NATIONAL_DIGITS:]
    # A byte that is no text comes back as it was.
    text = Path(default_storage.path(name)).read_bytes().decode(encoding, _UNREAD[encoding])
    kept, is_found = [], False
    for row in rows_of(io.StringIO(text, newline=""), delimiter, blank=True):
        told = "".join(row.taken)
        # In one cell: the digits of two side by side may be anybody's.
        cells = row.taken if row.cells is None else row.cells
        has_it = any(digits in _digits_of(cell) for cell in cells)
        is_found = is_found or has_it
        kept.append("\n" * len(row.taken) if has_it else told)
    return "".join(kept) if is_found else None


def _digits_of(cell: str) -> str:
    """Return a cell's digits as ASCII, whatever script they are in: phones.parse reads them too."""
    return "".join(str(decimal(sign)) for sign in normalize("NFKC", cell) if sign.isdecimal())


def _blank_rows(name: str, delimiter: str, encoding: str, number_e164: str) -> bool:
    text = _without(name, delimiter, encoding, number_e164)
    if text is None:
        return False
    path = Path(default_storage.path(name))
    fresh = path.with_name(f"{path.name}.erasing")
    fresh.write_bytes(text.encode(encoding, _UNREAD[encoding]))
    shutil.copymode(path, fresh)
    fresh.replace(path)  # killed before it, the list is as it was
    return True


def clear_rows(
    contact: Contact,
    phones: list[PhoneNumber],
    *,
    reason: ErasureReason,
    acting_user: User,
    at: datetime,
) -> None:
    """Make contact and numbers a tombstone, and destroy what stands beside the ledger.

    A number's row keeps its key alone: it is cut off from the ledger's subject, so that the number
    is a new customer's when it comes again, whom the ledger's entries still stop.
    """
    for phone in phones:
        _clear_decisions(contact.dealership, phone.subject)
        _clear_answers(contact, phone)
        ConsentState.objects.filter(phone=phone).delete()
        ConsentState.history.filter(phone_id=phone.pk).delete()
        Lead.objects.filter(phone=phone).delete()
        PhoneNumber.history.filter(id=phone.pk).delete()
        phone.number_e164 = f"erased{phone.pk}"
        phone.subject = secrets.token_hex(32)
        phone.line_type = PhoneNumber.LineType.INVALID
        phone._change_reason = "erased"
        phone.save()
    Contact.history.filter(id=contact.pk).delete()
    for field in _PERSONAL:
        setattr(contact, field, "")
    contact.language = "en"
    contact.erased_at, contact.erased_by, contact.erasure_reason = at, acting_user, reason
    contact._change_reason, contact._history_user = "erased", acting_user
    contact.save()


def _clear_decisions(dealership: Dealership, subject: str) -> None:
    """Take the sentences out of the gate's answers; codes, rules and times say what counted."""
    found = Decision.objects.filter(dealership=dealership, subject=subject)
    changed = []
    for decision in found.iterator(1000):
        decision.reasons = [{**reason, "text": ""} for reason in decision.reasons]
        if decision.next_action:
            decision.next_action = {**decision.next_action, "text": ""}
        changed.append(decision)
    Decision.objects.bulk_update(changed, ["reasons", "next_action"], batch_size=500)


def _clear_answers(contact: Contact, phone: PhoneNumber) -> None:
    """Empty what the API answered about the person in the last day; the act stays done."""
    words = {phone.number_e164, str(contact.public_id), *([contact.name] if contact.name else [])}
    named = Q()
    for word in words:
        named |= Q(answer__contains=word) | Q(answer__contains=json.dumps(word)[1:-1])
    names = {contact.name, *Contact.history.filter(id=contact.pk).values_list("name", flat=True)}
    for first in {name.split(" ", 1)[0] for name in names if name}:  # a refusal calls them by it
        staff = Q(user__memberships__dealership=contact.dealership_id) | Q(
            user__group_admins__group=contact.dealership.group_id
        )
        named |= Q(answer__contains=json.dumps(first)[1:-1], status_code__gte=400) & staff
    IdempotentAnswer.objects.filter(named).exclude(answer="").update(answer="{}")


def append_entry(
    dealership: Dealership, subject: str, *, reason: ErasureReason, acting_user: User, at: datetime
) -> ConsentEvent:
    """Append the entry that lets evidence go: it names whose, from which index to which, and why.

    From here to the end of the transaction the database accepts its destruction.
    """
    entries = ConsentEvent.objects.filter(dealership=dealership, subject=subject)
    span = entries.aggregate(first=Min("index"), last=Max("index"))
    entry = ledger.append(
        Kind.ERASED,
        dealership=dealership,
        subject=subject,
        acting_user=acting_user,
        received_at=at,
        terms={
            "reason": str(reason),
            "first": span["first"],
            "last": span["last"],
            "count": entries.filter(evidence__isnull=False).count(),
        },
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('dealertext.erasing', %s, true)", [str(entry.pk)])
    return entry


def destroy_evidence(phone: PhoneNumber, subject: str) -> None:
    """Destroy words, papers and recordings of one number; its erasing entry is appended."""
    Evidence.objects.filter(
        entry__dealership_id=phone.dealership_id, entry__subject=subject
    ).delete()
    Document.objects.filter(phone=phone).delete()
