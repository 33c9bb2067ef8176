"""Pure: on what a question or an offer may rest: relationships, lists, a verified handset."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from consent import rules
from consent.facts import Action, Facts, Next, Reason, Verdict, deny, union
from consent.kinds import INQUIRIES, Basis, Status
from consent.projection import State, dnc_status, ends_soon, relationship

#: In Canada a text that asks for permission is itself commercial (CASL s.1(3)): it needs a ground.
#: A purchase is one only while its two years last, an import or a bought lead never.
GROUNDS_IN_CANADA = frozenset(
    {
        Basis.WEB_FORM,
        Basis.PHONE_UP,
        Basis.WALK_IN,
        Basis.EMAIL,
        Basis.KEYWORD,
        Basis.SIGNED_DOCUMENT,
        Basis.REFERRAL,
    }
)


def ground_missing(facts: Facts, state: State) -> Verdict | None:
    """Refuse an ask that rests on nothing; None where there is a ground.

    Whoever texted or said yes has invited the question. In Canada the question is commercial
    itself; in the United States a bought number carries no consent of ours, and a number on the Do
    Not Call registry needs a relationship.
    """
    first = Next(Action.LET_CUSTOMER_TEXT, "Let the customer text you first.")
    if facts.country == "CA" and not _has_ground_in_canada(facts, state):
        return deny(
            "no_ground_in_canada",
            "In Canada a text that asks for permission needs a live business relationship, an "
            "inquiry or a referral.",
            "RULE-CA-04",
            first,
        )
    invited = state.status in {Status.CUSTOMER_INITIATED, Status.CONFIRMED, Status.IMPLIED}
    if facts.country == "CA" or invited or _is_related(facts, state):
        return None
    if state.basis == Basis.IMPORT and state.possession_proven_at is None:
        return deny(
            "no_ground",
            "An imported number alone is no ground to ask: nothing shows that the customer gave it "
            "to this dealership.",
            "RULE-CT-01",
            first,
        )
    if state.basis == Basis.LEAD_PROVIDER and not state.names_dealer:
        return deny(
            "lead_not_for_us",
            "The consent that came with this lead does not name this dealership, and consent "
            "cannot be handed on.",
            "RULE-CT-01",
            first,
        )
    if state.dnc == "listed":
        return deny(
            "dnc_listed",
            "The number is on the Do Not Call registry, and no purchase or inquiry is recent "
            "enough to ask.",
            "RULE-US-13",
            first,
        )
    return None


def _is_related(facts: Facts, state: State) -> bool:
    """Say whether an established business relationship is live at the moment (RULE-US-13)."""
    _, until = relationship(state)
    return until is not None and facts.now.astimezone(UTC).date() < until


def _has_ground_in_canada(facts: Facts, state: State) -> bool:
    if state.possession_proven_at is not None and state.status is Status.CUSTOMER_INITIATED:
        return True
    if state.implied_until is not None:
        return facts.now < state.implied_until
    if state.basis in INQUIRIES and state.inquired_on is not None:
        # Recorded before it was known that the customer is in Canada.
        ends_on = rules.add_months(state.inquired_on, rules.CASL_INQUIRY_MONTHS)
        return facts.now.astimezone(UTC).date() < ends_on
    return state.basis in GROUNDS_IN_CANADA and not state.is_unbacked


def unrelated(facts: Facts, state: State) -> Verdict | None:
    """Refuse an offer that neither a written consent, a relationship nor the registry permits."""
    if facts.country == "CA" or state.is_written or _is_related(facts, state):
        return None
    status = dnc_status(state, on=facts.now.astimezone(UTC).date())
    if status == "not_listed":
        return None
    text = (
        "The number is on the Do Not Call registry"
        if status == "listed"
        else "It is not known whether the number is on the Do Not Call registry"
    )
    return deny(
        f"dnc_{status}",
        f"{text}, there is no written consent to offers, and no purchase or inquiry is recent "
        "enough.",
        "RULE-US-13",
        Next(Action.ASK_FOR_OFFERS, f"Ask {facts.customer} for permission to send offers."),
    )


def is_unverified(facts: Facts, state: State) -> bool:
    """Say whether the handset has been silent for longer than the dealership allows.

    An answer "no" of the Reassigned Numbers Database counts as a sign of life on its day.
    """
    if facts.verify_days is None:
        return False
    signs = [moment for moment in (state.verified_at, facts.traffic.last_inbound_at) if moment]
    days = [moment.astimezone(UTC).date() for moment in signs]
    if state.rnd == "no" and state.rnd_on is not None:
        days.append(state.rnd_on)
    oldest = facts.now.astimezone(UTC).date() - timedelta(days=facts.verify_days)
    return max(days, default=oldest) <= oldest


def warned(facts: Facts, state: State, verdict: Verdict) -> Verdict:
    """Add that an implied consent is about to end, so that a YES is asked for in time."""
    days = ends_soon(state, at=facts.now) if state.status is Status.IMPLIED else None
    if days is None:
        return verdict
    text = f"The implied consent ends in {days} days: ask for a YES before."
    return replace(
        verdict,
        reasons=(*verdict.reasons, Reason("implied_ends_soon", text, "RULE-CA-01")),
        rules=union(verdict.rules, ("RULE-CA-01",)),
    )
