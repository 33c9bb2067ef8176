"""Pure: may this text go to this number now? The one decision of the product (promise I1).

No Django, no I/O, no clock: whatever is known stands in Facts. The answer names its reasons, the
legal rules that it applied and, where the time is wrong, the first instant at which it is right.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from consent import hours, packs, phones, rules
from consent.facts import (
    PERMISSION_QUESTIONS,
    STAFF_PURPOSES,
    Action,
    Facts,
    Next,
    Outcome,
    Purpose,
    Reason,
    Traffic,
    Verdict,
    allow,
    capital,
    deny,
    union,
)
from consent.grounds import ground_missing, is_unverified, unrelated, warned
from consent.kinds import Status
from consent.levels import Level, allows
from consent.projection import State, effective

__all__ = [
    "PERMISSION_QUESTIONS",
    "STAFF_PURPOSES",
    "Action",
    "Facts",
    "Next",
    "Outcome",
    "Purpose",
    "Reason",
    "Traffic",
    "Verdict",
    "decide",
]
_COUNTRIES = frozenset({"US", "CA"})
_SOLICITING = STAFF_PURPOSES | {Purpose.PERMISSION_REQUEST}


def decide(facts: Facts) -> Verdict:
    """Say whether one text may go to one number now.

    Returns ALLOW, DENY with at least one Reason, or DEFER with `not_before` (aware, UTC): the
    hours are wrong in at least one zone the number may be in. Raises nothing: what is not known
    is a DENY.

    Law: RULE-US-03, RULE-US-08, RULE-US-11, RULE-US-13, RULE-US-14, RULE-US-15, RULE-US-16,
    RULE-US-17, RULE-US-18, RULE-US-19, RULE-CT-01, RULE-CT-02, RULE-CA-01, RULE-CA-04,
    RULE-CA-05 (docs/legal.md).
    """
    state, verdict = _ruled(facts)
    also = phones.country_of(facts.number)
    if also and also != facts.country:
        # The address is in the other country: both laws may hold, and both must allow.
        state_there, there = _ruled(replace(facts, country=also))
        if verdict.outcome is not Outcome.ALLOW:
            verdict = _next_of_both(verdict, there)
        else:
            if there.outcome is not Outcome.ALLOW:
                state, verdict = state_there, there
            verdict = replace(verdict, rules=union(verdict.rules, there.rules))
    changes: dict[str, Any] = {"status": state.status, "level": state.level}
    if verdict.outcome is Outcome.ALLOW:
        changes |= _in_hours(facts, verdict)
    else:
        changes["rule_pack"] = packs.era(packs.era_of(facts.now)).version
    if facts.words is not None and allows(state.level, Level.CONVERSATIONAL):
        changes["reasons"] = (*changes.get("reasons", verdict.reasons), facts.words)
        changes["rules"] = union(changes.get("rules", verdict.rules), (facts.words.rule,))
    return replace(verdict, **changes)


def _next_of_both(verdict: Verdict, there: Verdict) -> Verdict:
    """Offer no question that the other country's law refuses."""
    asks = verdict.next is not None and verdict.next.action is Action.ASK_PERMISSION
    asks_there = there.next is not None and there.next.action is Action.ASK_PERMISSION
    if asks and not asks_there and there.outcome is not Outcome.ALLOW:
        return replace(verdict, next=there.next)
    return verdict


def _ruled(facts: Facts) -> tuple[State, Verdict]:
    """Return the state, and what the law of the one country that the facts name says of it."""
    state = effective(facts.state, at=facts.now, country=facts.country)
    return state, _barred(facts) or _by_purpose(facts, state)


def _call(facts: Facts) -> Next:
    return Next(Action.CALL, f"Call {facts.customer}, if calling is permitted.")


def _only_customer(facts: Facts) -> Next:
    to = f" to {phones.pretty(facts.our_number)}" if facts.our_number else ""
    return Next(
        Action.LET_CUSTOMER_TEXT, f"Only {facts.customer} can undo it, by texting START{to}."
    )


def _barred(facts: Facts) -> Verdict | None:
    """What bars every text whatever its purpose; None when nothing does."""
    if not facts.seller_is_active:
        return deny("seller_inactive", "This dealership is switched off.", "", None)
    is_known = facts.country in _COUNTRIES or (
        not facts.country and phones.is_toll_free(facts.number)
    )
    if not is_known:
        return deny(
            "country_unsupported",
            "Only numbers of the United States and Canada can be texted.",
            "RULE-CA-05",
            None,
        )
    if not facts.is_textable_line:
        return deny(
            "not_textable",
            "The carrier says that this number cannot receive texts.",
            "",
            Next(Action.CORRECT_NUMBER, "Correct the number, or call."),
        )
    if (
        phones.is_toll_free(facts.number)
        and not hours.tells_place(facts.region, facts.postal_code)
        and facts.purpose in _SOLICITING
    ):
        return deny(
            "location_unknown",
            "A toll-free number tells nothing of where its owner is: add the address first.",
            "RULE-US-16",
            Next(Action.ADD_ADDRESS, "Add the customer's address."),
        )
    return None


def _by_purpose(facts: Facts, state: State) -> Verdict:
    if facts.purpose is Purpose.STOP_CONFIRMATION:
        return _stop_confirmation(facts)
    if facts.purpose is Purpose.HELP_REPLY:
        return _help_reply(facts)
    stopped = _stopped(facts, state)
    if stopped is not None:
        return stopped
    if facts.purpose is Purpose.PERMISSION_REQUEST:
        return _permission_request(facts, state)
    if facts.purpose is Purpose.CLARIFICATION:
        if state.status is Status.REQUESTED or state.requested_at is not None:
            return allow("clarifies", "Repeats the open question once.", "RULE-CT-02")
        return deny("nothing_asked", "There is no open question to repeat.", "RULE-CT-02", None)
    if facts.purpose is Purpose.CONFIRMATION:
        if state.status is Status.CONFIRMED:
            return allow("confirms", "Confirms the opt-in.", "RULE-US-19")
        return deny("not_confirmed", "There is no opt-in to confirm.", "RULE-CT-01", None)
    return _staff_text(facts, state)


def _stopped(facts: Facts, state: State) -> Verdict | None:
    if state.status is Status.WRONG_NUMBER:
        reassigned = state.rnd == "yes"
        return deny(
            "reassigned" if reassigned else "wrong_number",
            "The Reassigned Numbers Database says that this number has changed hands."
            if reassigned
            else f"Whoever has this number says it is not {facts.customer}'s.",
            "RULE-US-14",
            Next(Action.CORRECT_NUMBER, "Correct the number."),
        )
    if facts.is_suppressed or state.status is Status.REVOKED:
        # 21610 is not always the customer's own STOP (law §4.6).
        by_carrier = facts.suppressed_by.startswith("carrier:")
        return deny(
            "revoked",
            "The carrier blocks texts to this number."
            if by_carrier
            else f"{capital(facts.customer)} told us to stop texting.",
            "RULE-US-11",
            _only_customer(facts),
        )
    if state.status is Status.PAUSED:
        return deny(
            "possible_opt_out",
            f"{capital(facts.customer)} may have asked us to stop. Sending is off until a manager "
            "decides.",
            "RULE-US-06",
            Next(Action.RESOLVE_PAUSE, "A manager reads the words and decides, with a reason."),
        )
    return None


def _stop_confirmation(facts: Facts) -> Verdict:
    """The single confirmation after a revocation: within five minutes, once, never later."""
    traffic = facts.traffic
    if traffic.answers != "opt_out" or traffic.answered_at is None:
        return deny("no_stop", "There is no stop to confirm.", "RULE-US-08", None)
    if traffic.stop_confirmations:
        return deny("already_confirmed", "The stop was confirmed already.", "RULE-US-08", None)
    limit = timedelta(minutes=rules.STOP_CONFIRMATION_MINUTES)
    if facts.now - traffic.answered_at > limit:
        return deny(
            "too_late", "More than five minutes have passed since the stop.", "RULE-US-08", None
        )
    return allow("confirms_stop", "The one confirmation of a stop.", "RULE-US-08", "RULE-US-19")


def _help_reply(facts: Facts) -> Verdict:
    """An answer to the customer's own HELP, whatever their subscription (law §2.2)."""
    traffic = facts.traffic
    if traffic.answers != "help" or traffic.answered_at is None:
        return deny("no_help", "Nobody asked for help.", "RULE-US-19", None)
    if facts.now - traffic.answered_at > timedelta(minutes=rules.HELP_REPLY_MINUTES):
        return deny("too_late", "The request for help is too old to answer.", "RULE-US-19", None)
    return allow("helps", "Answers the customer's HELP.", "RULE-US-19")


def _permission_request(facts: Facts, state: State) -> Verdict:
    if facts.request_index is not None:
        if facts.request_index == state.asked_index and state.requested_at is not None:
            # What it rests on may have lapsed while it waited for its hour.
            if (lapsed := ground_missing(facts, state)) is not None:
                return lapsed
            return allow("asks", "Asks for permission, once for this basis.", "RULE-CT-02")
        return deny("superseded", "The question is no longer open.", "RULE-CT-02", None)
    if state.status is Status.CONFIRMED and allows(state.level, facts.request_level):
        return deny("already_confirmed", "Permission is already given.", "RULE-CT-01", None)
    if not state.basis and state.possession_proven_at is None:
        return deny(
            "no_basis",
            "Nobody has recorded how the dealership got this number.",
            "RULE-CT-01",
            Next(Action.RECORD_BASIS, "Record how you got the number."),
        )
    asks_for_more = state.status is Status.CONFIRMED and facts.request_level.value not in {
        state.request_level,
        state.declined_level,
    }
    if not state.has_unused_basis and not asks_for_more:
        waiting = state.status is Status.REQUESTED
        return deny(
            "already_asked",
            f"{capital(facts.customer)} was asked already"
            + (" and has not answered." if waiting else "."),
            "RULE-CT-02",
            Next(Action.WAIT, "Wait for the answer, or call instead.")
            if waiting
            else Next(
                Action.RECORD_BASIS,
                "Ask again only after a new act of the customer: record it, or let them text you.",
            ),
        )
    if (missing := ground_missing(facts, state) or _declined_lately(facts, state)) is not None:
        return missing
    grounds = ("RULE-CA-04",) if facts.country == "CA" else ("RULE-US-13",)
    return allow("may_ask", "One permission request for this basis.", "RULE-CT-02", *grounds)


def _declined_lately(facts: Facts, state: State) -> Verdict | None:
    """Refuse to ask again so soon after a no where a state forbids it, but for a new inquiry.

    A no to offers counts beside a yes to service texts, and no mere text of the customer ends it.
    """
    said_at = state.declined_at
    if said_at is None and state.status is Status.DECLINED:  # an entry of before it was kept
        said_at = state.changed_at
    if said_at is None:
        return None
    window = hours.weigh(
        facts.number,
        region=facts.region,
        postal_code=facts.postal_code,
        country=facts.country,
        at=facts.now,
    )
    said_on = said_at.date()
    acted = [day for day in (state.purchased_on, state.inquired_on) if day and day > said_on]
    if acted or facts.now.date() >= rules.add_months(said_on, window.months_after_no):
        return None
    verdict = deny(
        "declined_lately",
        f"Where {facts.customer} may live, nobody who said no is asked again within "
        f"{window.months_after_no} months, unless they buy or inquire.",
        "RULE-CT-02",
        Next(Action.RECORD_BASIS, "Record what they bought or asked for since, or wait."),
    )
    return replace(verdict, **_place_of(window))


def _place_of(window: hours.Window) -> dict[str, Any]:
    """Return what a verdict says of the place that was weighed."""
    return {
        "local_times": window.local_times,
        "rule_pack": window.pack,
        "rows": window.rows,
        "sources": window.sources,
    }


def _staff_text(facts: Facts, state: State) -> Verdict:
    needed = Level(facts.purpose.value)
    is_offer = needed is Level.PROMOTIONAL
    barrier = unrelated(facts, state) if is_offer else None
    if not allows(state.level, needed):
        verdict = _level_missing(facts, state)
        if barrier is None:
            return verdict
        return replace(
            verdict,
            reasons=(*verdict.reasons, *barrier.reasons),
            rules=union(verdict.rules, barrier.rules),
        )
    if barrier is not None:
        return barrier
    if is_unverified(facts, state):
        return deny(
            "not_verified",
            f"{capital(facts.customer)} has not texted from this number for longer than this "
            "dealership allows: it may have changed hands.",
            "RULE-US-14",
            Next(Action.LET_CUSTOMER_TEXT, "Let them text you, or check the number again."),
        )
    applied = ("RULE-US-13",) if is_offer else ()
    held = _HELD_TEXT.get(state.status, "Permitted.")
    return warned(facts, state, allow(f"level_{state.level.value}", held, "RULE-US-03", *applied))


_HELD_TEXT = {
    Status.CONFIRMED: "The customer said yes to these texts.",
    Status.CUSTOMER_INITIATED: "The customer texted first and is being answered.",
    Status.IMPLIED: "An implied consent is live and possession of the handset is proven.",
}


def _level_missing(facts: Facts, state: State) -> Verdict:
    who = facts.customer
    ask = Next(Action.ASK_PERMISSION, f"Ask {who} for permission.")
    may_ask = _permission_request(
        replace(facts, purpose=Purpose.PERMISSION_REQUEST, request_index=None), state
    )
    match state.status:
        case Status.REQUESTED:
            return deny(
                "awaiting_answer",
                f"{capital(who)} was asked and has not answered YES.",
                "RULE-CT-01",
                Next(Action.WAIT, "Wait for YES, or call instead."),
            )
        case Status.DECLINED:
            return deny("declined", f"{capital(who)} said no.", "RULE-CT-01", _call(facts))
        case Status.CONFIRMED:
            return deny(
                "level_too_low",
                f"{capital(who)} agreed to answers and service texts, not to offers.",
                "RULE-US-03",
                Next(Action.ASK_FOR_OFFERS, f"Ask {who} for permission to send offers too."),
            )
        case Status.CUSTOMER_INITIATED | Status.IMPLIED:
            return deny(
                "level_too_low",
                f"{capital(who)} may be answered, but has not agreed to other texts.",
                "RULE-US-03",
                ask if may_ask.outcome is Outcome.ALLOW else may_ask.next,
            )
        case Status.EXPIRED:
            code, text = "expired", f"The permission asked of {who} has lapsed without a YES."
        case _:
            code, text = "no_permission", f"Nobody has asked {who} for permission yet."
    return deny(code, text, "RULE-CT-01", ask if may_ask.outcome is Outcome.ALLOW else may_ask.next)


def _in_hours(facts: Facts, verdict: Verdict) -> dict[str, Any]:
    """Return what place and time change: where and when it is, a cap, a text put off."""
    is_offer = facts.purpose is Purpose.PROMOTIONAL
    asks_for_offers = (
        facts.purpose is Purpose.PERMISSION_REQUEST and facts.request_level is Level.PROMOTIONAL
    )
    window = hours.weigh(
        facts.number,
        region=facts.region,
        postal_code=facts.postal_code,
        country=facts.country,
        at=facts.now,
        tighter=facts.tighter,
        is_offer=is_offer or asks_for_offers,
    )
    found = _place_of(window)
    if facts.purpose not in _SOLICITING:
        return found | {"rules": union(verdict.rules, ("RULE-US-19",))}
    if is_offer and facts.traffic.solicitations_24h >= window.cap:
        return found | _capped(window.cap)
    applied = (*verdict.rules, "RULE-US-17") if is_offer else verdict.rules
    if window.open:
        return found | {"rules": union(applied, window.rules)}
    if not is_offer and _is_reply(facts):
        text = f"Answers a text received within {facts.reply_minutes} minutes."
        return found | {
            "reasons": (*verdict.reasons, Reason("direct_reply", text, "RULE-US-18")),
            "rules": union(verdict.rules, ("RULE-US-18",)),
        }
    text = "It is outside the permitted hours where the customer may be."
    return found | {
        "outcome": Outcome.DEFER,
        "not_before": window.opens_at,
        "reasons": (Reason("quiet_hours", text, "RULE-US-15"),),
        "rules": union(applied, window.rules),
        "next": Next(Action.SCHEDULE, "It goes out when the hours begin."),
    }


def _capped(cap: int) -> dict[str, Any]:
    text = f"{cap} offers went to this number in the last 24 hours."
    return {
        "outcome": Outcome.DENY,
        "reasons": (Reason("cap_reached", text, "RULE-US-17"),),
        "rules": ("RULE-US-17",),
        "next": Next(Action.WAIT, "Wait until tomorrow."),
    }


def _is_reply(facts: Facts) -> bool:
    last = facts.traffic.last_said_at
    return last is not None and facts.now - last <= timedelta(minutes=facts.reply_minutes)
