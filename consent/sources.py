"""Reads of where leads come from: how each source's customers answered, and what it risks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from accounts.models import Dealership
from consent.kinds import Status
from consent.lead_risk import (
    OLD_DAYS,
    VERY_OLD_DAYS,
    Certificate,
    LeadFacts,
    Risk,
    Source,
    risk_of,
    risk_of_source,
)
from consent.models import Lead, PhoneNumber
from consent.presentation import Pill, certificate_pill

PAGE = 25
MOST = 20
#: What became of a number counts for a source only where it came after the lead.
_SINCE = Q(phone__state__changed_at__gte=F("received_at"))
_WRONG = _SINCE & Q(phone__state__status=Status.WRONG_NUMBER)
_STOPPED = _SINCE & Q(phone__state__status=Status.REVOKED)
_ASKED = _WRONG | Q(phone__state__asked_index__gt=F("entry__index"))
_SAID_YES = ~Q(phone__state__confirmed_level="") & Q(
    phone__state__possession_proven_at__gte=F("received_at")
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of leads as the report shows it."""

    provider: str
    source: Source
    yes_share: int
    risk: Risk


def sources_of(places: Iterable[Dealership]) -> QuerySet[Lead, Any]:
    """Return the sources of these dealerships, those with most leads first, with their counts."""
    return (
        Lead.objects.filter(dealership__in=list(places))
        .order_by()
        .values("provider")
        .annotate(
            leads=Count("pk"),
            asked=Count("phone", filter=_ASKED, distinct=True),
            said_yes=Count("phone", filter=_SAID_YES, distinct=True),
            wrong_numbers=Count("phone", filter=_WRONG, distinct=True),
            opt_outs=Count("phone", filter=_STOPPED, distinct=True),
        )
        .order_by("-leads", "provider")
    )


def lines_of(rows: list[dict[str, object]], places: Iterable[Dealership]) -> list[SourceLine]:
    """Return the report's lines for some of the sources; one query for all of them."""
    names = [str(row["provider"]) for row in rows]
    facts = _facts_by_source(places, names)
    lines = []
    for row in rows:
        source = _source(row)
        lines.append(
            SourceLine(
                provider=str(row["provider"]),
                source=source,
                yes_share=source.share(source.said_yes),
                risk=risk_of_source(source, leads=facts[str(row["provider"])]),
            )
        )
    return lines


def _source(row: dict[str, object]) -> Source:
    keys = ("leads", "asked", "said_yes", "wrong_numbers", "opt_outs")
    return Source(**{key: int(str(row[key])) for key in keys})


def _facts_by_source(
    places: Iterable[Dealership], names: list[str]
) -> dict[str, list[tuple[LeadFacts, int]]]:
    """Return how many leads have which facts: as many rows as there are different facts."""
    rows = (
        Lead.objects.filter(dealership__in=list(places), provider__in=names)
        .order_by()
        .annotate(
            age=Case(
                When(submitted_at=None, then=Value(None)),
                When(received_at__lt=F("submitted_at") + _days(OLD_DAYS + 1), then=Value(0)),
                When(
                    received_at__lt=F("submitted_at") + _days(VERY_OLD_DAYS + 1),
                    then=Value(OLD_DAYS + 1),
                ),
                default=Value(VERY_OLD_DAYS + 1),
                output_field=IntegerField(null=True),
            )
        )
        .values_list(
            "provider",
            "has_consent_text",
            "names_dealer",
            "certificate",
            "age",
            "had_opted_out",
        )
        .annotate(count=Count("pk"))
    )
    found: defaultdict[str, list[tuple[LeadFacts, int]]] = defaultdict(list)
    for provider, has_text, named, certificate, age, stopped, count in rows:
        facts = LeadFacts(has_text, named, Certificate(certificate), age, stopped)
        found[provider].append((facts, count))
    return found


def _days(count: int) -> Value:
    return Value(timedelta(days=count))


def facts_of(lead: Lead, source: Source) -> LeadFacts:
    """Return the facts of one lead."""
    age = None if lead.submitted_at is None else (lead.received_at - lead.submitted_at).days
    return LeadFacts(
        has_consent_text=lead.has_consent_text,
        names_dealer=lead.names_dealer,
        certificate=Certificate(lead.certificate),
        age_days=age,
        had_opted_out=lead.had_opted_out,
        source=source,
    )


def risk_of_leads(leads: list[Lead]) -> dict[int, Risk]:
    """Return the risk of each lead of one dealership, by its pk; one query."""
    if not leads:
        return {}
    rows = sources_of([leads[0].dealership]).filter(provider__in={x.provider for x in leads})
    known = {str(row["provider"]): _source(row) for row in rows}
    return {lead.pk: risk_of(facts_of(lead, known.get(lead.provider, Source()))) for lead in leads}


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One lead as the customer's page shows it."""

    provider: str
    received_at: datetime
    index: int
    certificate: Pill
    risk: Risk


def leads_of(phone: PhoneNumber) -> list[LeadLine]:
    """Return a number's latest leads, newest first: two queries, one where there is none."""
    found = list(Lead.objects.filter(phone=phone).select_related("dealership", "entry")[:MOST])
    risks = risk_of_leads(found)
    return [
        LeadLine(
            provider=lead.provider,
            received_at=lead.received_at,
            index=lead.entry.index,
            certificate=certificate_pill(Certificate(lead.certificate)),
            risk=risks[lead.pk],
        )
        for lead in found
    ]
