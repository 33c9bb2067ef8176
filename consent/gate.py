"""The gate: gathers what is known of a number, asks decide(), and stores the answer."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery

from accounts.clock import now
from accounts.models import Dealership
from consent import phones
from consent.decision import Facts, Outcome, Purpose, Traffic, Verdict, decide
from consent.ledger import state_of
from consent.levels import Level
from consent.models import ConsentState, Contact, Decision, LedgerHead, PhoneNumber, Suppression


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


def ask(
    phone: PhoneNumber,
    *,
    purpose: Purpose,
    traffic: Traffic | None = None,
    at: datetime | None = None,
    our_number: str = "",
    request_level: Level = Level.INFORMATIONAL,
    request_index: int | None = None,
) -> Decision:
    """Ask the gate and store its answer: for every attempt to send, allowed or not (promise I1)."""
    facts, ledger_size = _facts(
        phone,
        purpose=purpose,
        traffic=traffic or Traffic(),
        at=at or now(),
        our_number=our_number,
        request_level=request_level,
        request_index=request_index,
    )
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
    known = (
        PhoneNumber.objects.filter(pk=phone.pk)
        .select_related("contact", "dealership", "state")
        .annotate(
            ledger_size=Subquery(
                LedgerHead.objects.filter(pk=OuterRef("dealership_id")).values("size")
            ),
            is_suppressed=Exists(
                Suppression.objects.filter(
                    group=OuterRef("dealership__group"), subject=OuterRef("subject"), is_active=True
                )
            ),
        )
        .get()
    )
    contact: Contact = known.contact
    dealership: Dealership = known.dealership
    row: ConsentState | None = getattr(known, "state", None)
    facts = Facts(
        now=at,
        purpose=Purpose(purpose),
        number=known.number_e164,
        state=state_of(row),
        is_suppressed=known.is_suppressed,
        # RULE-CA-05: the address tells the country if there is one, else the area code.
        country=contact.country or phones.country_of(known.number_e164),
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
    )
    return facts, known.ledger_size or 0


def _store(phone: PhoneNumber, facts: Facts, verdict: Verdict, ledger_size: int) -> Decision:
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
            "suppressed": facts.is_suppressed,
            "last_inbound_at": _stamp(facts.traffic.last_inbound_at),
            "solicitations_24h": facts.traffic.solicitations_24h,
        },
        ledger_size=ledger_size,
        decided_at=facts.now,
    )


def _stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def is_allowed(decision: Decision) -> bool:
    """Say whether a stored decision lets the text go at that moment."""
    return decision.outcome == Outcome.ALLOW.value
