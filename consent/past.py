"""What was on record of a number at a past instant, for the gate to be asked again (promise I8).

Addresses, line types, sellers, scopes and own rules come from their histories; what stood in the
lock of the number from the ledgers of the group. A record without history is taken as it is now.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from consent import ledger, rules, suppressions
from consent.decision import Traffic
from consent.kinds import STOP_KINDS, Kind
from consent.models import ConsentEvent, DealershipRules, Decision, PhoneNumber
from consent.projection import State
from consent.tightening import FIELDS


def rewind(known: Any, moment: datetime) -> None:
    """Set a row of the gate's one query back to what it was at an instant (aware); not stored."""
    dealership = known.dealership
    _rewind(known, moment, ("line_type",))
    _rewind(known.contact, moment, ("name", "country", "region", "postal_code"))
    _rewind(dealership, moment, ("is_active",))
    _rewind(dealership.group, moment, ("opt_out_scope",))
    own = getattr(dealership, "own_rules", None)
    if own is not None:
        blank = DealershipRules()
        _rewind(own, moment, FIELDS, before={name: getattr(blank, name) for name in FIELDS})
    known.suppression = _lock_then(known, moment)


def _rewind(
    row: Any, moment: datetime, names: Collection[str], *, before: dict[str, Any] | None = None
) -> None:
    """Set fields back to the version of then; `before`: what they were before the first version."""
    versions = row.history.filter(history_date__lte=moment)
    then = versions.order_by("-history_date", "-history_id").values(*names).first()
    for name, value in (then or before or {}).items():
        setattr(row, name, value)


def _lock_then(known: PhoneNumber, moment: datetime) -> dict[str, Any]:
    """Return what the number's lock said at an instant: each stop and START of the group in turn.

    The entries say what consent.suppressions did: a stop with its scope, a START of one seller.
    """
    group = known.dealership.group
    entries = ConsentEvent.objects.filter(
        dealership__group=group,
        subject=known.subject,
        recorded_at__lte=moment,
        kind__in=(*STOP_KINDS, Kind.RESTORED_BY_CUSTOMER),
    ).order_by("recorded_at", "pk")
    is_active, places, source = False, set[int](), ""
    for entry in entries:
        if entry.kind == Kind.RESTORED_BY_CUSTOMER:
            is_narrowed = suppressions.was_narrowed(group, at=entry.recorded_at)
            reaches = rules.reaches_group(is_narrowed=is_narrowed, at=entry.recorded_at)
            if is_active or entry.dealership_id in places or (places and reaches):
                places = set() if reaches else places - {entry.dealership_id}
                is_active = False
            continue
        terms = ledger.terms_of(entry)
        if "source" in terms:  # the copy for a new contact of a stop that stands elsewhere
            continue
        if not source or terms.get("how") != "group":
            source = f"{terms.get('how', '')}:{terms.get('reason') or entry.kind.lower()}"
        if terms.get("scope") == "dealership":
            places |= {entry.dealership_id}
        else:
            is_active, places = True, set()
    return {"is_active": is_active, "narrowed_to": sorted(places), "source": source}


def traffic_then(known: PhoneNumber, state: State, moment: datetime) -> Traffic:
    """Return when the customer was last known to have texted: by the ledger, or by a decision."""
    decision = (
        Decision.objects.filter(
            subject=known.subject, dealership_id=known.dealership_id, decided_at__lte=moment
        )
        .order_by("-decided_at", "-pk")
        .first()
    )
    facts = decision.facts if decision else {}
    heard = facts.get("last_inbound_at")
    said = facts.get("last_said_at", heard)  # an older decision tells the one
    return Traffic(
        last_inbound_at=_latest(heard, state.verified_at),
        last_said_at=_latest(said, state.verified_at),
    )


def _latest(told: str | None, sign: datetime | None) -> datetime | None:
    moments = [moment for moment in (parse_datetime(told or ""), sign) if moment is not None]
    return max(moments, default=None)
