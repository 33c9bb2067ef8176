"""No sequence of events, clocks and sends breaks a promise: two dealerships of one group.

The world below does what the portal does around the decision, and keeps its own plain memory of
what was said, against which every permitted text is judged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from consent import rules
from consent.decision import STAFF_PURPOSES, Facts, Outcome, Purpose, Traffic, decide
from consent.kinds import Basis, Kind, Status
from consent.levels import Level
from consent.projection import SAID_BY_NEW, Entry, State, effective, fold

START = datetime(2026, 11, 23, 15, tzinfo=UTC)
HERE, THERE = "here", "there"
NUMBERS = {"US": "+17175550142", "CA": "+14165550142"}
ANY_PURPOSE = st.sampled_from([*sorted(STAFF_PURPOSES), Purpose.PERMISSION_REQUEST])
BASES = {
    Kind.LEAD_RECEIVED: (Basis.WEB_FORM, Basis.LEAD_PROVIDER),
    Kind.INQUIRED: (Basis.PHONE_UP, Basis.WALK_IN),
    Kind.PURCHASED: (Basis.EXISTING_CUSTOMER,),
    Kind.IMPORTED: (Basis.IMPORT,),
    Kind.REFERRED: (Basis.REFERRAL,),
}


@dataclass
class House:
    """One dealership: its entries, and what the customer really said there."""

    entries: list[Entry] = field(default_factory=list)
    state: State = field(default_factory=State)
    agreed: Level = Level.NONE
    is_stopped: bool = False
    is_doubtful: bool = False
    asked: Level | None = None
    waiting: tuple[int, Level] | None = None
    has_acted: bool = False
    has_dealt: bool = False
    no_on: str | None = None
    no_level: Level = Level.NONE
    exchange_at: datetime | None = None
    last_basis: Basis | None = None
    heard_at: datetime | None = None
    last_offers: list[datetime] = field(default_factory=list)
    implied_until: datetime | None = None
    is_proven: bool = False
    stopped_on: str = ""
    bought_on: list[date] = field(default_factory=list)
    inquired_on: list[date] = field(default_factory=list)


class World:
    """The group, the clock, and every event that the test may choose."""

    def __init__(self, country: str) -> None:
        self.country, self.now, self.suppressed = country, START, False
        self.houses = {HERE: House(), THERE: House()}

    def append(self, house: House, kind: Kind, **terms: Any) -> None:
        said = {**SAID_BY_NEW.get(kind, {}), **terms}
        entry = Entry(len(house.entries), kind, self.now, said)
        house.entries.append(entry)
        house.state = fold([entry], house.state)

    def facts(self, house: House, purpose: Purpose, **more: Any) -> Facts:
        recent = [at for at in house.last_offers if at > self.now - timedelta(hours=24)]
        return Facts(
            now=self.now,
            purpose=purpose,
            number=NUMBERS[self.country],
            state=house.state,
            is_suppressed=self.suppressed,
            country=self.country,
            traffic=Traffic(
                last_inbound_at=house.heard_at,
                last_said_at=house.heard_at,
                solicitations_24h=len(recent),
            ),
            **more,
        )

    # --- what happens ---------------------------------------------------------------------------

    def basis(self, house: House, kind: Kind, which: int, days: int) -> None:
        basis = BASES[kind][which % len(BASES[kind])]
        day = (self.now - timedelta(days=days)).date().isoformat()
        terms: dict[str, Any] = {
            "basis": basis.value,
            "on": day,
            "names_dealer": which > 1,
            "moment": "said",
            "repeats": which == 5,
        }
        after_no = house.no_on is None or day > house.no_on
        after_stop = day > house.stopped_on
        is_new = which < 5 and after_no
        house.has_acted = house.has_acted or (is_new and after_stop)
        if which < 5 and after_stop:
            inquires = kind is Kind.INQUIRED or basis is Basis.WEB_FORM or which > 1
            if kind is Kind.PURCHASED:
                house.bought_on.append(date.fromisoformat(day))
            elif kind in {Kind.INQUIRED, Kind.LEAD_RECEIVED} and inquires:
                house.inquired_on.append(date.fromisoformat(day))
        house.has_dealt = house.has_dealt or kind is not Kind.IMPORTED
        if kind in {Kind.PURCHASED, Kind.INQUIRED}:
            until = self.now + timedelta(days=60 * (which // 2) + 1)
            terms["implied_until"] = until.isoformat()
            if self.country == "CA" and is_new and after_stop and not house.is_stopped:
                house.implied_until = max(house.implied_until or until, until)
        self.append(house, kind, **terms)
        house.last_basis = house.last_basis if which == 5 else basis

    def lists(self, house: House, kind: Kind, which: int, days: int) -> None:
        day = (self.now - timedelta(days=days)).date().isoformat()
        answer = ("yes", "no", "no_data")[which % 3]
        self.append(house, kind, list_date=day, answer=answer, on=day)
        if kind is Kind.RND_CHECKED and answer == "yes" and not house.is_stopped:
            self.lose(house)
            house.is_stopped, house.is_doubtful, house.implied_until = True, False, None
            self.end_dealings(house)

    def end_dealings(self, house: House) -> None:
        """What was bought or asked for until now is no ground any more, whenever it is typed."""
        house.stopped_on = max(house.stopped_on, self.now.date().isoformat())
        house.bought_on.clear()
        house.inquired_on.clear()

    def ask(self, house: House, level: Level) -> None:
        """Write the question down; it leaves by `leave`, at once or when its hour has come."""
        facts = self.facts(house, Purpose.PERMISSION_REQUEST, request_level=level)
        if decide(facts).outcome is not Outcome.DENY:
            assert house.has_acted, "asked again without a new act"
            is_bare = house.last_basis is Basis.IMPORT and not house.has_dealt
            assert house.is_proven or not is_bare, "asked on a bare import"
            if self.country == "US" and house.state.dnc == "listed":
                invited = self.is_in_exchange(house) or house.agreed is not Level.NONE
                assert invited or self.is_related(house), "asked a listed stranger"
            house.has_acted = False
            house.waiting, house.asked = (len(house.entries), level), None
            self.append(house, Kind.OPT_IN_REQUESTED, level=level.value)

    def leave(self, house: House) -> None:
        """Ask the gate once more for a question that waits: it goes, waits on, or never went."""
        if house.waiting is None:
            return
        index, level = house.waiting
        outcome = self.judge_question(house)
        if outcome is Outcome.DENY:
            house.waiting, house.has_acted = None, True
            self.append(house, Kind.OPT_IN_REQUEST_FAILED, request_index=index)
        elif outcome is Outcome.ALLOW:
            house.waiting, house.asked = None, level

    def hear(self, house: House, kind: Kind) -> None:
        house.heard_at = self.now
        if kind is Kind.OPT_IN_CONFIRMED:
            is_open = house.state.requested_at is not None and house.asked is not None
            if not is_open or house.is_stopped or house.is_doubtful or house.asked is None:
                return
            level = house.asked
            house.agreed = max(house.agreed, level, key=lambda each: each.rank)
            house.is_proven, house.asked = True, None
            if level.rank >= house.no_level.rank:
                house.no_on, house.no_level = None, Level.NONE
            # Who said yes may be asked for more, unless they refused just that.
            house.has_acted = house.has_acted or house.no_level is Level.NONE
            self.append(house, kind, level=level.value)
        elif kind is Kind.RESTORED_BY_CUSTOMER:
            if not (house.is_stopped or house.is_doubtful):
                return
            self.suppressed = False
            house.is_stopped = house.is_doubtful = False
            house.agreed = min(house.agreed, Level.INFORMATIONAL, key=lambda each: each.rank)
            house.is_proven, house.exchange_at, house.has_acted = True, self.now, True
            self.append(house, kind)
        elif house.is_stopped:
            return
        elif kind is Kind.DECLINED:
            if house.agreed is Level.NONE:
                house.implied_until = house.exchange_at = None
            house.no_on = self.now.date().isoformat()
            refused = Level(house.state.request_level or "none")
            house.no_level = max(house.no_level, refused, key=lambda each: each.rank)
            self.append(house, kind, ends_implied=True)
        elif not house.is_doubtful:
            house.is_proven = house.is_proven or kind is Kind.CUSTOMER_TEXTED_FIRST
            house.exchange_at, house.has_acted = self.now, True
            self.append(house, kind)

    def lose(self, house: House) -> None:
        """Somebody else has the number: nothing that was said before is theirs."""
        house.agreed, house.is_proven = Level.NONE, False
        house.no_on, house.no_level, house.exchange_at = None, Level.NONE, None

    def stop(self, house: House, kind: Kind) -> None:
        """A stop told at one house reaches its sister too."""
        self.suppressed = True
        is_said = not house.is_stopped or kind is not Kind.CARRIER_BLOCKED
        for each in self.houses.values():
            ends_more = each.state.purchased_on or each.state.inquired_on
            if is_said or not each.is_stopped:
                self.end_dealings(each)
            if not each.is_stopped:
                self.append(each, kind if each is house else Kind.REVOKED)
            elif each is house and kind is not Kind.CARRIER_BLOCKED:
                self.append(each, kind, repeats=True)  # told again, in words
            elif is_said and ends_more:
                self.append(each, Kind.REVOKED, repeats=True)
            each.is_stopped, each.is_doubtful, each.implied_until = True, False, None
            each.exchange_at, each.has_dealt = None, False
            each.agreed = min(each.agreed, Level.INFORMATIONAL, key=lambda held: held.rank)
            if kind is Kind.WRONG_NUMBER and each is house:
                self.lose(each)

    def doubt(self, house: House, *, lifted: bool) -> None:
        if not house.is_stopped and house.is_doubtful is lifted:
            self.append(house, Kind.PAUSE_LIFTED if lifted else Kind.POSSIBLE_OPT_OUT)
            house.is_doubtful = not lifted

    # --- what must hold -------------------------------------------------------------------------

    def heard_lately(self, house: House) -> bool:
        return house.heard_at is not None and self.now - house.heard_at < timedelta(days=7)

    def is_in_exchange(self, house: House) -> bool:
        at = house.exchange_at
        return at is not None and self.now - at < timedelta(days=7)

    def is_related(self, house: House) -> bool:
        today = self.now.date()
        ends = [rules.add_months(day, rules.EBR_PURCHASE_MONTHS) for day in house.bought_on]
        ends += [rules.add_months(day, rules.EBR_INQUIRY_MONTHS) for day in house.inquired_on]
        return any(today < end for end in ends)

    def nothing_bars(self, house: House) -> None:
        assert not house.is_stopped, "a text after a stop"
        assert not self.suppressed, "a text after a stop in the group"
        assert not house.is_doubtful, "a text while a manager has to decide"

    def has_implied(self, house: House) -> bool:
        return house.implied_until is not None and self.now < house.implied_until

    def send(self, house: House, purpose: Purpose) -> None:
        if self.judge(house, purpose) is Outcome.ALLOW and purpose is Purpose.PROMOTIONAL:
            house.last_offers.append(self.now)

    def judge_all(self) -> None:
        """Whatever were sent now would be right."""
        for house in self.houses.values():
            assert house.state == fold(house.entries), "the ledger does not rebuild the state"
            self.judge_question(house)
            for purpose in sorted(STAFF_PURPOSES):
                self.judge(house, purpose)

    def judge_question(self, house: House) -> Outcome | None:
        if house.waiting is None:
            return None
        index, level = house.waiting
        purpose = Purpose.PERMISSION_REQUEST
        verdict = decide(self.facts(house, purpose, request_level=level, request_index=index))
        if verdict.outcome is Outcome.ALLOW:
            self.nothing_bars(house)
            self.hours_hold(house, purpose, verdict.local_times)
            if self.country == "CA":
                inquired = house.last_basis in {Basis.WEB_FORM, Basis.REFERRAL}
                assert self.has_implied(house) or self.heard_lately(house) or inquired
        return verdict.outcome

    def judge(self, house: House, purpose: Purpose) -> Outcome:
        verdict = decide(self.facts(house, purpose))
        if verdict.outcome is not Outcome.ALLOW:
            assert verdict.reasons
            return verdict.outcome
        self.nothing_bars(house)
        if purpose is Purpose.PROMOTIONAL:
            assert house.agreed is Level.PROMOTIONAL, "an offer nobody agreed to"
            recent = [at for at in house.last_offers if at > self.now - timedelta(hours=24)]
            assert len(recent) < 3, "a fourth offer in a day"
        if purpose is Purpose.INFORMATIONAL:
            implied = self.has_implied(house) and house.is_proven
            assert house.agreed.rank >= Level.INFORMATIONAL.rank or implied
        if purpose is Purpose.CONVERSATIONAL:
            assert house.is_proven, "a text to a handset that never answered"
            has_level = house.agreed is not Level.NONE or self.has_implied(house)
            assert has_level or self.is_in_exchange(house), "a text after the exchange lapsed"
        self.hours_hold(house, purpose, verdict.local_times)
        return verdict.outcome

    def hours_hold(
        self, house: House, purpose: Purpose, local_times: tuple[tuple[str, str], ...]
    ) -> None:
        minutes = timedelta(minutes=60)
        answers = house.heard_at is not None and self.now - house.heard_at <= minutes
        if purpose is not Purpose.PROMOTIONAL and answers:
            return
        for _, text in local_times:
            local = datetime.fromisoformat(text)
            assert (12 if local.weekday() == 6 else 9) <= local.hour < 20, "outside the hours"


STEP = st.tuples(
    st.sampled_from(
        ["basis", "basis", "lists", "ask", "leave", "yes", "agree", "agree", "hear", "hear", "no",
         "start", "stop", "doubt", "lift", "jump", "jump", "send", "offers", "late", "noes"]
    ),
    st.sampled_from([HERE, HERE, THERE]),
    st.integers(0, 5),
    st.integers(0, 900),
    ANY_PURPOSE,
)  # fmt: skip
#: The chosen day or step backwards is clock skew; the ledger's own order does not mind.
JUMPS = (
    timedelta(minutes=20), timedelta(hours=3), timedelta(hours=14), timedelta(days=2),
    timedelta(days=4), timedelta(days=8), timedelta(days=95), timedelta(minutes=-5),
    timedelta(days=560),
)  # fmt: skip


def typed_late(world: World, house: House, which: int, days: int) -> None:
    """Stop, deal, perhaps stop again, come back, and type what was dealt: then ask."""
    kind = (Kind.PURCHASED, Kind.INQUIRED, Kind.LEAD_RECEIVED)[days % 3]
    world.append(house, Kind.DNC_LISTED, list_date=world.now.date().isoformat())
    world.stop(house, Kind.REVOKED)
    world.now += timedelta(days=2)
    if which % 2:
        world.basis(house, kind, which - 1, 0)
        world.now += timedelta(days=2)
        world.stop(house, Kind.REVOKED)
    world.now += timedelta(days=2)
    world.hear(house, Kind.RESTORED_BY_CUSTOMER)
    world.now += timedelta(days=2)
    if which < 5:
        world.basis(house, kind, which, days % 12)
    world.now += timedelta(days=8)
    world.judge_all()
    world.ask(house, Level.INFORMATIONAL)
    world.leave(house)


def two_noes(world: World, house: House) -> None:
    """No to offers, no to service texts, yes to those: and offers once more."""
    for level, answer in (
        (Level.PROMOTIONAL, Kind.DECLINED),
        (Level.INFORMATIONAL, Kind.DECLINED),
        (Level.INFORMATIONAL, Kind.OPT_IN_CONFIRMED),
        (Level.PROMOTIONAL, Kind.OPT_IN_CONFIRMED),
    ):
        world.ask(house, level)
        world.leave(house)
        world.hear(house, answer)
        if answer is Kind.DECLINED:
            world.hear(house, Kind.CUSTOMER_TEXTED_FIRST)


def play(world: World, step: tuple[str, str, int, int, Purpose]) -> None:
    """Let one thing happen."""
    deed, where, which, days, purpose = step
    house = world.houses[where]
    match deed:
        case "basis":
            world.basis(house, list(BASES)[days % len(BASES)], which, days)
        case "lists":
            kinds = (Kind.DNC_LISTED, Kind.DNC_CLEARED, Kind.RND_CHECKED)
            world.lists(house, kinds[days % 3], which, days % 60)
        case "ask":
            world.ask(house, Level.PROMOTIONAL if which > 2 else Level.INFORMATIONAL)
        case "leave":
            world.leave(house)
        case "yes":
            world.hear(house, Kind.OPT_IN_CONFIRMED)
        case "agree":
            world.ask(house, Level.PROMOTIONAL if which > 1 else Level.INFORMATIONAL)
            world.leave(house)
            world.hear(house, Kind.OPT_IN_CONFIRMED)
        case "no":
            world.hear(house, Kind.DECLINED)
        case "offers":
            for _ in range(4):
                world.send(house, Purpose.PROMOTIONAL)
        case "hear":
            first = house.state.status is not Status.CUSTOMER_INITIATED
            again = Kind.CUSTOMER_TEXTED_FIRST if first else Kind.CUSTOMER_TEXTED_AGAIN
            world.hear(house, again)
        case "start":
            world.hear(house, Kind.RESTORED_BY_CUSTOMER)
        case "stop":
            stops = (Kind.REVOKED, Kind.WRONG_NUMBER, Kind.CARRIER_BLOCKED)
            world.stop(house, stops[which % 3])
        case "doubt" | "lift":
            world.doubt(house, lifted=deed == "lift")
        case "late":
            typed_late(world, house, which, days)
        case "noes":
            two_noes(world, house)
        case "jump":
            world.now += JUMPS[days % len(JUMPS)]
        case _:
            world.send(house, purpose)


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(["US", "CA"]), st.lists(STEP, min_size=10, max_size=40))
def test_no_sequence_reaches_a_text_or_a_question_that_was_not_permitted(
    country: str, steps: list[tuple[str, str, int, int, Purpose]]
) -> None:
    """After each step every purpose is tried at every house, and each question that waits."""
    world = World(country)
    for step in steps:
        play(world, step)
        world.judge_all()
    for house in world.houses.values():
        at = world.now
        once = effective(house.state, at=at, country=country)
        assert effective(once, at=at, country=country) == once


@given(st.lists(STEP, max_size=25), st.integers(0, 25))
def test_the_state_of_a_past_moment_is_that_of_the_entries_of_then(
    steps: list[tuple[str, str, int, int, Purpose]], cut: int
) -> None:
    world = World("US")
    then = 0
    state = State()
    for number, step in enumerate(steps):
        if number == cut:
            then, state = len(world.houses[HERE].entries), world.houses[HERE].state
        play(world, step)
    assert fold(world.houses[HERE].entries[:then]) == state
