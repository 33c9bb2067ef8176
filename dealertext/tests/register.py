"""The register of rules: where each is enforced, how it is switched off, which test notices.

`make legal` writes docs/legal.md. test_register.py runs each rule's tests
once as they are and once with the rule switched off, and wants the second run to fail.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from types import SimpleNamespace
from typing import Any

import pytest

from archive.formats import adf
from consent import (
    carrying,
    decision,
    gate,
    grounds,
    hours,
    ledger,
    opt_in,
    packs,
    phones,
    projection,
    replies,
    revocation,
    rules,
    suppressions,
)
from consent.bases import FIELDS
from consent.kinds import BASIS_KINDS, Status
from consent.levels import Level
from consent.projection import State
from consent.readers import replies_text
from consent.readers.replies_words import STOP_KEYWORDS
from messaging import arrivals, dispatch, failures, inbound

Patch = pytest.MonkeyPatch
DECISION = "consent/tests/test_decision.py::test_row"
HOLD = "dealertext/tests/test_rules_hold.py::"
REPLIES = "consent/tests/test_replies.py::"


@dataclass(frozen=True)
class Enforced:
    """Where a rule is enforced, the switch that turns exactly it off, and the test that notices."""

    where: str
    test: str
    switch_off: Callable[[Patch], None]


@dataclass(frozen=True)
class InTheDatabase:
    """A rule that the database itself enforces: the statement that turns it off."""

    where: str
    test: str
    statement: str


@dataclass(frozen=True)
class NotApplicable:
    """Why there is nothing to enforce."""

    reason: str


def constant(name: str, value: object) -> Callable[[Patch], None]:
    """Set a number of consent.rules so that its rule never bites."""
    return lambda patch: patch.setattr(rules, name, value)


def always(place: object, name: str, value: object) -> Callable[[Patch], None]:
    """Let a function return one value whatever it is asked."""
    return lambda patch: patch.setattr(place, name, lambda *_args, **_more: value)


def _without_disclosure(patch: Patch) -> None:
    append = ledger.append

    def stripped(*args: Any, terms: dict[str, Any] | None = None, **more: Any) -> Any:
        kept = {k: v for k, v in (terms or {}).items() if not k.startswith("disclosure")}
        return append(*args, terms=kept, **{**more, "evidence": {"number": "+1"}})

    patch.setattr(
        opt_in, "ledger", SimpleNamespace(append=stripped, terms_of=_terms_with_a_disclosure)
    )


def _terms_with_a_disclosure(entry: Any) -> dict[str, Any]:
    return {"level": "informational", "disclosure_sha256": ""}


def _box_may_be_preset(patch: Patch) -> None:
    patch.setitem(FIELDS, "act", replace(FIELDS["act"], against=()))


def _stops_allow_service_texts(patch: Patch) -> None:
    stopped = decision._stopped

    def only_offers(facts: Any, state: State) -> Any:
        if facts.purpose is decision.Purpose.INFORMATIONAL:
            return None
        return stopped(facts, state)

    patch.setattr(decision, "_stopped", only_offers)
    patch.setattr(decision, "allows", lambda _held, _needed: True)


def _only_by_text(patch: Patch) -> None:
    stop = revocation._stop

    def deaf(row: Any, here: Any, *, terms: Any, **more: Any) -> Any:
        return stop(row, here, terms=terms, **more) if terms["how"] == "text" else None

    patch.setattr(revocation, "_stop", deaf)


def _open_at_any_hour(patch: Patch) -> None:
    anytime: packs.Week = ((time.min, time.max),) * 7
    patch.setattr(packs, "era", lambda _n: packs.Era(rules.RULE_PACK, anytime, {}))


def _confirmations_wait(patch: Patch) -> None:
    patch.setattr(decision, "_SOLICITING", frozenset(decision.Purpose))


def _a_number_is_a_permission(patch: Patch) -> None:
    effective = projection.effective

    def opened(state: State, **more: Any) -> State:
        found = effective(state, **more)
        if found.basis and found.status is Status.UNKNOWN:
            return replace(found, status=Status.CONFIRMED, level=Level.INFORMATIONAL)
        return found

    patch.setattr(decision, "effective", opened)


def _a_certificate_is_a_yes(patch: Patch) -> None:
    after = projection._after

    def opened(state: State, entry: projection.Entry) -> State:
        found = after(state, entry)
        if entry.kind in BASIS_KINDS and entry.text("basis") == "lead_provider":
            return replace(found, status=Status.CONFIRMED, level=Level.INFORMATIONAL)
        return found

    patch.setattr(projection, "_after", opened)


def _letters_as_typed(patch: Patch) -> None:
    read = replies_text.read

    def only_capitals(body: str, **more: Any) -> Any:
        return read("" if body != body.upper() else body, **more)

    patch.setattr(replies, "read", only_capitals)


def _quotes_are_words(patch: Patch) -> None:
    patch.setattr(replies_text, "_without_quotes", lambda text: (text, False, False))
    for ours in ("_INSTRUCTION", "_OUR_QUESTION"):
        patch.setattr(replies_text, ours, re.compile(r"(?!)"))


def _no_french(patch: Patch) -> None:
    for word in [w for w in STOP_KEYWORDS if w.startswith("arret")]:
        patch.delitem(STOP_KEYWORDS, word)
    patch.setattr(replies, "_misspelt", lambda _word: "")
    patch.setattr(replies, "_COLLAPSED", {})


def _no_keywords(patch: Patch) -> None:
    classify = replies.classify
    patch.setattr(
        inbound,
        "classify",
        lambda body: classify("hello" if body.isupper() and " " not in body else body),
    )


def _no_free_words(patch: Patch) -> None:
    classify = replies.classify

    def literal(body: str) -> Any:
        reply = classify(body)
        heard = reply.kind is replies.ReplyKind.OPT_OUT and not reply.keyword
        return replace(reply, kind=replies.ReplyKind.NONE) if heard else reply

    patch.setattr(inbound, "classify", literal)


def _carrier_says_nothing(patch: Patch) -> None:
    arrival_of = inbound.arrival_of
    for place in list(sys.modules.values()):
        if getattr(place, "arrival_of", None) is arrival_of:
            patch.setattr(
                place, "arrival_of", lambda params: replace(arrival_of(params), opt_out_type="")
            )


def _carrier_word_unknown(patch: Patch) -> None:
    classify = replies.classify
    patch.setattr(inbound, "classify", lambda body: replace(classify(body), carrier_word=""))


def _only_here(patch: Patch) -> None:
    reached = revocation._reached
    patch.setattr(revocation, "_reached", lambda here, **_more: reached(here, everywhere=False))
    patch.setattr(suppressions, "suppress", lambda *_args, **_more: None)


def _every_receipt_is_new(patch: Patch) -> None:
    meet = arrivals.meet
    patch.setattr(arrivals, "meet", lambda **more: replace(meet(**more), is_new=True))


def _gate_is_asked_once(patch: Patch) -> None:
    asked = gate.ask

    def yes(*args: Any, **more: Any) -> Any:
        decision_row = asked(*args, **more)
        decision_row.outcome = decision.Outcome.ALLOW.value
        return decision_row

    patch.setattr(dispatch, "gate", SimpleNamespace(ask=yes, is_allowed=gate.is_allowed))


def _number_always_given(patch: Patch) -> None:
    put = adf._put

    def given(parent: Any, tag: str, text: str, **attributes: str) -> None:
        put(parent, tag, text, **attributes)
        if tag == "name":
            put(parent, "phone", "+17175550142", type="cellphone")

    patch.setattr(adf, "_put", given)


REGISTER: dict[str, Enforced | InTheDatabase | NotApplicable] = {
    "RULE-US-01": Enforced(
        "`consent/opt_in.py`, `consent/disclosures.py`, `consent/contacts.py`",
        HOLD + "test_a_consent_keeps_words_version_hash_number_seller_and_act",
        _without_disclosure,
    ),
    "RULE-US-02": Enforced(
        "`consent/bases.py`: a box ticked beforehand speaks against the consent",
        HOLD + "test_a_box_that_was_ticked_beforehand_speaks_against_the_consent",
        _box_may_be_preset,
    ),
    "RULE-US-03": Enforced(
        "`consent/decision.py`, `consent/levels.py`", DECISION, always(decision, "allows", True)
    ),
    "RULE-US-04": Enforced(
        "`consent/suppressions.py`, `consent/subjects.py`: nothing deletes a suppression",
        HOLD + "test_a_stop_holds_ten_years_later_for_a_contact_of_then",
        lambda patch: (
            patch.setattr(suppressions, "suppress", lambda *_args, **_more: None),
            patch.setattr(carrying, "carry", lambda *_args: None),
        )[0],
    ),
    "RULE-US-05": Enforced(
        "`messaging/inbound.py`, `consent/replies.py`",
        HOLD + "test_a_stop_is_read_before_the_open_question",
        _no_keywords,
    ),
    "RULE-US-06": Enforced(
        "`consent/replies.py`, `messaging/inbound.py`, `consent/decision.py`",
        HOLD + "test_free_words_that_mean_stop_bind_at_once",
        _no_free_words,
    ),
    "RULE-US-07": Enforced(
        "`consent/revocation.py`, `consent/suppressions.py`",
        HOLD + "test_a_stop_reaches_every_dealership_of_the_seller",
        _only_here,
    ),
    "RULE-US-08": Enforced(
        "`consent/decision.py`", DECISION, constant("STOP_CONFIRMATION_MINUTES", 10**6)
    ),
    "RULE-US-09": Enforced(
        "`consent/decision.py`, `consent/revocation.py`",
        HOLD + "test_a_stop_by_any_way_bars_every_text",
        _stops_allow_service_texts,
    ),
    "RULE-US-10": Enforced(
        "`consent/revocation.py`, `consent/stop_views.py`, `consent/clocks.py`",
        HOLD + "test_a_stop_by_any_way_bars_every_text",
        _only_by_text,
    ),
    "RULE-US-11": Enforced(
        "`consent/decision.py`, `consent/suppressions.py`, `messaging/dispatch.py`",
        DECISION,
        always(decision, "_stopped", None),
    ),
    "RULE-US-12": Enforced(
        "`messaging/identification.py`",
        "messaging/tests/test_identification.py"
        "::test_who_is_texting_is_said_first_and_after_thirty_days",
        constant("SILENCE_DAYS", 10**6),
    ),
    "RULE-US-13": Enforced(
        "`consent/projection.py`, `consent/grounds.py`",
        DECISION,
        always(grounds, "_is_related", True),
    ),
    "RULE-US-14": Enforced(
        "`consent/projection.py`, `consent/grounds.py`, `consent/decision.py`",
        "consent/tests/test_projection.py"
        "::test_a_reassigned_number_keeps_nothing_of_the_old_consent",
        lambda patch: patch.setattr(projection, "_reassignment", lambda state, _entry: state),
    ),
    "RULE-US-15": Enforced(
        "`consent/packs.py`, `consent/hours.py`, `consent/decision.py`",
        "consent/tests/test_hours.py::test_hours_open_and_close_to_the_second",
        _open_at_any_hour,
    ),
    "RULE-US-16": Enforced(
        "`consent/hours.py`, `consent/places.py`, `consent/phones.py`",
        "consent/tests/test_hours.py::test_address_and_area_code_are_weighed_together",
        always(hours, "_address", {}),
    ),
    "RULE-US-17": Enforced(
        "`consent/packs.py`, `consent/decision.py`, `messaging/traffic.py`",
        DECISION,
        constant("SOLICITATIONS_PER_24H", 10**6),
    ),
    "RULE-US-18": Enforced("`consent/decision.py`", DECISION, always(decision, "_is_reply", False)),
    "RULE-US-19": Enforced("`consent/decision.py`", DECISION, _confirmations_wait),
    "RULE-CT-01": Enforced(
        "`consent/projection.py`, `consent/decision.py`", DECISION, _a_number_is_a_permission
    ),
    "RULE-CT-02": Enforced(
        "`consent/projection.py`, `consent/decision.py`, `messaging/outbound.py`",
        DECISION,
        lambda patch: patch.setattr(State, "has_unused_basis", property(lambda _state: True)),
    ),
    "RULE-CT-03": Enforced(
        "`consent/readers/replies_text.py`",
        REPLIES + "test_stop_keywords_in_every_spelling",
        _letters_as_typed,
    ),
    "RULE-CT-04": Enforced(
        "`consent/readers/replies_text.py`", REPLIES + "test_register_table", _quotes_are_words
    ),
    "RULE-CA-01": Enforced(
        "`consent/contacts.py`, `consent/projection.py`, `consent/grounds.py`",
        "dealertext/tests/test_new_acts.py::test_question_whose_ground_lapsed_overnight_stays_here",
        always(decision, "ground_missing", None),
    ),
    "RULE-CA-02": InTheDatabase(
        "a trigger refuses to change evidence, and to delete it but to an erasure",
        HOLD + "test_evidence_is_not_thrown_away",
        "SET LOCAL session_replication_role = replica",
    ),
    "RULE-CA-03": Enforced(
        "`consent/replies.py`, `consent/readers/replies_fr.py`, `consent/disclosures.py`",
        REPLIES + "test_stop_keywords_in_every_spelling",
        _no_french,
    ),
    "RULE-CA-04": Enforced(
        "`consent/grounds.py`, `consent/disclosures.py`, `messaging/outbound.py`",
        DECISION,
        always(grounds, "_has_ground_in_canada", True),
    ),
    "RULE-CA-05": Enforced(
        "`consent/gate.py`, `consent/phones.py`",
        HOLD + "test_the_country_is_the_addresss_else_the_area_codes",
        always(phones, "country_of", "US"),
    ),
    "RULE-TW-01": Enforced(
        "`messaging/arrivals.py`, `messaging/ordinary.py`, `messaging/reconcile.py`",
        HOLD + "test_one_webhook_twice_is_one_text_and_one_receipt",
        _every_receipt_is_new,
    ),
    "RULE-TW-02": Enforced(
        "`messaging/inbound.py`",
        HOLD + "test_the_carriers_word_for_a_stop_counts",
        _carrier_says_nothing,
    ),
    "RULE-TW-03": Enforced(
        "`messaging/inbound.py`",
        HOLD + "test_where_the_carrier_answered_the_stop_the_portal_adds_nothing",
        _carrier_word_unknown,
    ),
    "RULE-TW-04": NotApplicable(
        "A fact about the carrier, no duty: its own reply to YES changes nothing here. A stop of "
        "ours is lifted by START and UNSTOP alone, whatever the carrier answers (RULE-US-11)."
    ),
    "RULE-TW-05": Enforced(
        "`messaging/delivery.py`, `consent/suppressions.py`",
        HOLD + "test_the_carriers_block_is_a_stop_of_its_own_source",
        lambda patch: patch.setattr(failures, "BLOCKED_CODES", frozenset()),
    ),
    "RULE-TW-06": Enforced(
        "`messaging/dispatch.py`",
        HOLD + "test_what_waits_is_asked_again_when_it_falls_due",
        _gate_is_asked_once,
    ),
    "RULE-PF-01": Enforced(
        "`consent/contacts.py`, `consent/projection.py`",
        HOLD + "test_a_certificate_opens_nothing",
        _a_certificate_is_a_yes,
    ),
    "RULE-PF-02": Enforced(
        "`archive/formats/adf.py`",
        HOLD + "test_a_crm_learns_the_permission_and_never_gets_a_stopped_number",
        _number_always_given,
    ),
}


def forget() -> None:
    """Empty what was worked out from rules that a switch has changed."""
    for cached in (hours._place, hours._openings, packs.era, replies.classify):
        if hasattr(cached, "cache_clear"):
            cached.cache_clear()


def build_page() -> str:
    """Return docs/legal.md."""
    about = (
        "Each rule of the product: what it rests on, how it is read, where it is enforced and "
        "which test holds it. `dealertext/tests/test_register.py` switches each rule off in turn "
        "and wants the test named here to fail. Engineering reading, not legal advice; sources "
        f"were read on {rules.READ_ON.isoformat()}. Hours, holidays and caps by state stand with "
        "their sources in `consent/packs.py` and on the page Hours and rules. `make legal` writes "
        "this page."
    )
    lines = [
        "# The legal register",
        "",
        about,
        "",
        "| rule | citation | our reading | where | test |",
        "|---|---|---|---|---|",
    ]
    for key, rule in rules.RULES.items():
        row = REGISTER[key]
        if isinstance(row, NotApplicable):
            where, test = f"not applicable: {row.reason}", "-"
        else:
            where, test = row.where, f"`{row.test}`"
        lines.append(f"| {key} | {rule.citation} | {rule.reading} | {where} | {test} |")
    return "\n".join(lines) + "\n"
