"""A dealership's written policies and trainings of staff: the only writer of HouseRecord."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import Dealership, User
from consent import documents, ledger
from consent.kinds import Kind
from consent.ledger import Term
from consent.models import HouseRecord
from consent.uploads import Sort

_KINDS = {
    HouseRecord.Sort.POLICY: Kind.POLICY_RECORDED,
    HouseRecord.Sort.TRAINING: Kind.TRAINING_RECORDED,
}


def keep(
    dealership: Dealership,
    *,
    sort: HouseRecord.Sort,
    title: str,
    begins_on: date,
    acting_user: User,
    people: Iterable[User] = (),
    note: str = "",
    paper: bytes | None = None,
) -> HouseRecord:
    """Keep a policy or a training with its day, its people and its paper, and enter it.

    Raises uploads.Refused for a paper that is none. Law: 47 CFR 64.1200(d)(1)-(2); law §5.2(12).
    """
    with transaction.atomic():
        document = (
            documents.store(paper, sort=Sort.PAPER, dealership=dealership, acting_user=acting_user)
            if paper is not None
            else None
        )
        taught = list(people)
        terms: dict[str, Term] = {"begins_on": begins_on.isoformat()}
        if document is not None:
            terms |= documents.terms_of(document)
        entry = ledger.append(
            _KINDS[sort],
            dealership=dealership,
            acting_user=acting_user,
            terms=terms,
            evidence={"title": title, "note": note, "people": [p.name for p in taught]},
        )
        record = HouseRecord.objects.create(
            dealership=dealership,
            sort=sort,
            title=title,
            begins_on=begins_on,
            note=note,
            document=document,
            entry=entry,
            recorded_by=acting_user,
        )
        record.people.set(taught)
    return record


def end(record: HouseRecord, *, ends_on: date, acting_user: User) -> None:
    """Say from which day on a policy no longer holds, and enter it.

    Raises ValueError for a training, for one that ended, and for a day before it began.
    """
    with transaction.atomic():
        mine = HouseRecord.objects.select_for_update().get(pk=record.pk)
        is_policy = mine.sort == HouseRecord.Sort.POLICY
        if not is_policy or mine.ends_on is not None or ends_on < mine.begins_on:
            raise ValueError("this cannot end on that day")
        mine.ends_on = ends_on
        mine.save(update_fields=["ends_on"])
        ledger.append(
            Kind.POLICY_RECORDED,
            dealership=mine.dealership,
            acting_user=acting_user,
            terms={"ends_on": ends_on.isoformat(), "record_index": mine.entry.index},
            evidence={"title": mine.title},
        )
