"""The gate: gathers what is known of a number, asks decide(), and stores the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from accounts.clock import now
from accounts.models import Dealership
from consent import hours, past, suppressions
from consent.decision import Facts, Outcome, Purpose, Reason, Traffic, Verdict, decide
from consent.kinds import STOPPED, Status
from consent.ledger import state_as_of, state_of
from consent.levels import Level
from consent.models import (
    ConsentState,
    Contact,
    DealershipRules,
    Decision,
    LedgerHead,
    PhoneNumber,
    Suppression,
)
from consent.packs import Span
from consent.projection import relationship
from consent.tightening import reply_minutes_of, tighter_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a number stands as it counts (a stop of the group included), and the gate's answer."""

    status: Status
    level: Level
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Past:
    """How a number stood at an instant: its standing, and the hours where the customer may be.

    `spans`: each zone weighed with its hours on its local day.
    """

    at: datetime
    standing: Standing
    window: hours.Window
    spans: tuple[tuple[str, Span], ...]


def may_text(
    phone: PhoneNumber,
    *,
    purpose: Purpose,
    traffic: Traffic | None = None,
    at: datetime | None = None,
    our_number: str = "",
    request_level: Level = Level.INFORMATIONAL,
    request_index: int | None = None,
) -> Verdict:
    """Say whether a text of this purpose may go to the number now; writes nothing.

    One query. `traffic` is what messaging knows of the number. Raises nothing: doubt is a DENY.
    """
    facts, _size = _facts(
        phone,
        purpose=purpose,
        traffic=traffic or Traffic(),
        at=at or now(),
        our_number=our_number,
        request_level=request_level,
        request_index=request_index,
    )
    return decide(facts)


def may_text_each(
    keys: list[int], *, purpose: Purpose, our_numbers: dict[int, str]
) -> dict[int, Standing]:
    """Say for many numbers (their pks) at once whether a text may go now; one query, no writes.

    `our_numbers`: the dealership's number that a customer would text, by the dealership's pk.
    """
    moment = now()
    return {
        known.pk: _standing(
            _facts_of(
                known,
                purpose=purpose,
                traffic=Traffic(),
                at=moment,
                our_number=our_numbers.get(known.dealership_id, ""),
            )
        )
        for known in _known(keys)
    }


def stood_at(
    phone: PhoneNumber,
    moment: datetime,
    *,
    purpose: Purpose,
    our_number: str = "",
    traffic: Traffic | None = None,
) -> Past:
    """Say how a number stood at a past instant (aware), and what the gate answered then.

    Rebuilt from the ledger's entries recorded by then, the rules in force and the histories of the
    records (promise I8); an instant still to come is now. `traffic`: what messaging knew; if not
    given, what the ledger and the decisions of then tell of the customer's last text.
    """
    known, present = _known([phone.pk])[0], now()
    at = min(moment, present)
    if at < present:
        past.rewind(known, at)
    facts = _facts_of(
        known, purpose=purpose, traffic=traffic or Traffic(), at=at, our_number=our_number
    )
    if at < present:
        state = state_as_of(phone, at)
        told = traffic or past.traffic_then(known, state, at)
        facts = replace(facts, state=state, traffic=told)
    return Past(
        at=at,
        standing=_standing(facts),
        window=hours.weigh(
            facts.number,
            region=facts.region,
            postal_code=facts.postal_code,
            country=facts.country,
            at=at,
            tighter=facts.tighter,
        ),
        spans=hours.day_hours(
            facts.number,
            region=facts.region,
            postal_code=facts.postal_code,
            country=facts.country,
            at=at,
            tighter=facts.tighter,
        ),
    )


def _standing(facts: Facts) -> Standing:
    verdict = decide(facts)
    if facts.is_suppressed and verdict.status not in STOPPED:
        return Standing(Status.REVOKED, Level.NONE, verdict)
    return Standing(verdict.status, verdict.level, verdict)


def ask(
    phone: PhoneNumber,
    *,
    purpose: Purpose,
    traffic: Traffic | None = None,
    at: datetime | None = None,
    our_number: str = "",
    request_level: Level = Level.INFORMATIONAL,
    request_index: int | None = None,
    words: Reason | None = None,
) -> Decision:
    """Ask the gate and store its answer: for every attempt to send, allowed or not (promise I1).

    `words`: what the words of the text say about its purpose (consent.answers).
    """
    facts, ledger_size = _facts(
        phone,
        purpose=purpose,
        traffic=traffic or Traffic(),
        at=at or now(),
        our_number=our_number,
        request_level=request_level,
        request_index=request_index,
    )
    facts = replace(facts, words=words)
    return _store(phone, facts, decide(facts), ledger_size)


def _facts(
    phone: PhoneNumber,
    *,
    purpose: Purpose,
    traffic: Traffic,
    at: datetime,
    our_number: str,
    request_level: Level,
    request_index: int | None,
) -> tuple[Facts, int]:
    known = _known([phone.pk])[0]
    return (
        _facts_of(
            known,
            purpose=purpose,
            traffic=traffic,
            at=at,
            our_number=our_number,
            request_level=request_level,
            request_index=request_index,
        ),
        known.ledger_size or 0,
    )


def _known(keys: list[int]) -> list[Any]:
    """Return the numbers with all that the decision looks at; one query."""
    return list(
        PhoneNumber.objects.filter(pk__in=keys)
        .select_related("contact", "dealership__own_rules", "dealership__group", "state")
        .annotate(
            ledger_size=Subquery(
                LedgerHead.objects.filter(pk=OuterRef("dealership_id")).values("size")
            ),
            suppression=Subquery(
                Suppression.objects.filter(
                    group=OuterRef("dealership__group"), subject=OuterRef("subject")
                ).values(
                    row=JSONObject(
                        is_active="is_active", narrowed_to="narrowed_to", source="source"
                    )
                )
            ),
        )
    )


def _facts_of(
    known: Any,
    *,
    purpose: Purpose,
    traffic: Traffic,
    at: datetime,
    our_number: str,
    request_level: Level = Level.INFORMATIONAL,
    request_index: int | None = None,
) -> Facts:
    contact: Contact = known.contact
    dealership: Dealership = known.dealership
    row: ConsentState | None = getattr(known, "state", None)
    own: DealershipRules | None = getattr(dealership, "own_rules", None)
    suppressed_by = _suppressed_by(known, dealership, at)
    return Facts(
        now=at,
        purpose=Purpose(purpose),
        number=known.number_e164,
        state=state_of(row),
        is_suppressed=suppressed_by is not None,
        suppressed_by=suppressed_by or "",
        country=known.country,
        region=contact.region,
        postal_code=contact.postal_code,
        seller_is_active=dealership.is_active,
        is_textable_line=known.line_type
        not in {PhoneNumber.LineType.LANDLINE, PhoneNumber.LineType.INVALID},
        request_level=request_level,
        request_index=request_index,
        customer=contact.name.split(" ", 1)[0] or "the customer",
        our_number=our_number,
        traffic=traffic,
        verify_days=own.verify_days if own else None,
        reply_minutes=reply_minutes_of(own),
        tighter=tighter_of(own),
    )


def _suppressed_by(known: Any, dealership: Dealership, at: datetime) -> str | None:
    """Return what made the stop that counts here at this instant, None when none does."""
    row = known.suppression
    if row is None or not suppressions.is_barred(
        is_active=row["is_active"],
        narrowed_to=row["narrowed_to"],
        dealership_pk=dealership.pk,
        is_narrowed=suppressions.is_narrowed(dealership.group),
        at=at,
    ):
        return None
    return str(row["source"])


def _store(phone: PhoneNumber, facts: Facts, verdict: Verdict, ledger_size: int) -> Decision:
    ebr_basis, ebr_expires_on = relationship(facts.state)
    return Decision.objects.create(
        dealership_id=phone.dealership_id,
        subject=phone.subject,
        purpose=facts.purpose.value,
        outcome=verdict.outcome.value,
        reasons=[
            {"code": reason.code, "text": reason.text, "rule": reason.rule}
            for reason in verdict.reasons
        ],
        rules=list(verdict.rules),
        rule_pack=verdict.rule_pack,
        local_times=[{"zone": zone, "time": time} for zone, time in verdict.local_times],
        not_before=verdict.not_before,
        next_action=(
            {"action": verdict.next.action.value, "text": verdict.next.text}
            if verdict.next
            else None
        ),
        facts={
            "status": verdict.status.value,
            "level": verdict.level.value,
            "country": facts.country,
            "region": facts.region,
            "rows": list(verdict.rows),
            "place_from": list(verdict.sources),
            "own_rules": _own_rules(facts),
            "suppressed": facts.is_suppressed,
            "ebr_basis": ebr_basis,
            "ebr_expires_on": _iso(ebr_expires_on),
            "dnc": facts.state.dnc,
            "dnc_list_on": _iso(facts.state.dnc_list_on),
            "rnd": facts.state.rnd,
            "rnd_on": _iso(facts.state.rnd_on),
            "verified_at": _iso(facts.state.verified_at),
            "implied_until": _iso(facts.state.implied_until),
            "last_inbound_at": _iso(facts.traffic.last_inbound_at),
            "last_said_at": _iso(facts.traffic.last_said_at),
            "solicitations_24h": facts.traffic.solicitations_24h,
        },
        ledger_size=ledger_size,
        decided_at=facts.now,
    )


def _own_rules(facts: Facts) -> dict[str, object]:
    """Return what the dealership asked of itself at that moment, as plain data."""
    asked = facts.tighter
    return {
        "opens_at": asked.opens.isoformat() if asked.opens else None,
        "closes_at": asked.closes.isoformat() if asked.closes else None,
        "no_sundays": asked.no_sundays,
        "cap": asked.cap,
        "reply_minutes": facts.reply_minutes,
        "verify_days": facts.verify_days,
    }


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def is_allowed(decision: Decision) -> bool:
    """Say whether a stored decision lets the text go at that moment."""
    return decision.outcome == Outcome.ALLOW.value
