"""Pure: how risky a lead, or a source of leads, is: points from named facts, each explained.

A house scale, not a legal one: 0 is a lead whose consent is shown, names this dealer and is
certified; 100 is one that nobody should touch. It never opens a box and never closes one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consent.bases import gettext_noop


class Certificate(StrEnum):
    """What is known of a lead's certificate."""

    NONE = "none"  # the lead brought none
    PENDING = "pending"  # a worker will ask the vendor
    UNVERIFIED = "unverified"  # there is no account, or the vendor did not answer
    VERIFIED = "verified"  # the vendor has it, and it is this customer's
    MISMATCH = "mismatch"  # the vendor says that it is not this customer's
    REFUSED = "refused"  # the vendor does not know it
    MALFORMED = "malformed"  # written as no vendor writes its certificates: nobody was asked


@dataclass(frozen=True, slots=True)
class Source:
    """How the leads of one source went so far."""

    leads: int = 0
    asked: int = 0
    said_yes: int = 0
    wrong_numbers: int = 0
    opt_outs: int = 0

    def share(self, count: int) -> int:
        """Return a count in percent of those asked."""
        return round(100 * count / self.asked) if self.asked else 0


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """All that the score looks at.

    `names_dealer`: None where there are no words to read. `age_days`: from the customer's act to
    its arrival here, None where the lead does not say. `had_opted_out`: whether this number had
    told the dealership or its group to stop before the lead came.
    """

    has_consent_text: bool
    names_dealer: bool | None
    certificate: Certificate
    age_days: int | None
    had_opted_out: bool
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Point:
    """What one fact adds, and why."""

    code: str
    points: int
    text: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A score from 0 to 100 with the points that make it."""

    score: int
    points: tuple[Point, ...]

    @property
    def grade(self) -> str:
        """Return "low", "medium" or "high"."""
        return "low" if self.score < MEDIUM else "medium" if self.score < HIGH else "high"


MEDIUM, HIGH = 25, 55
#: A source is judged by what its customers did once so many of them were asked.
ENOUGH_ASKED = 20
OLD_DAYS, VERY_OLD_DAYS = 30, 90
_CERTIFICATE = {
    Certificate.NONE: (15, gettext_noop("It brought no certificate.")),
    Certificate.PENDING: (10, gettext_noop("Its certificate is not checked yet.")),
    Certificate.UNVERIFIED: (10, gettext_noop("Nobody has verified its certificate.")),
    Certificate.MISMATCH: (40, gettext_noop("Its certificate is of another customer.")),
    Certificate.REFUSED: (30, gettext_noop("The vendor does not stand by its certificate.")),
    Certificate.MALFORMED: (
        30,
        gettext_noop("Its certificate is malformed: neither TrustedForm nor LeadiD writes it so."),
    ),
}


def risk_of(facts: LeadFacts) -> Risk:
    """Return the risk of one lead."""
    points = [*_of_consent(facts), *_of_certificate(facts), *_of_time(facts)]
    if facts.had_opted_out:
        text = gettext_noop("This number had told you to stop before the lead came.")
        points.append(Point("had_opted_out", 40, text))
    points += _of_source(facts.source)
    return _risk(points)


def _risk(points: Iterable[Point]) -> Risk:
    found = tuple(sorted(points, key=lambda point: -point.points))
    return Risk(min(100, sum(point.points for point in found)), found)


def _of_consent(facts: LeadFacts) -> list[Point]:
    if not facts.has_consent_text:
        text = gettext_noop("Nobody can show the words that the customer agreed to.")
        return [Point("no_consent_text", 25, text)]
    if not facts.names_dealer:
        text = gettext_noop("The words that the customer agreed to do not name this dealership.")
        return [Point("names_others", 25, text)]
    return []


def _of_certificate(facts: LeadFacts) -> list[Point]:
    if facts.certificate not in _CERTIFICATE:
        return []
    points, text = _CERTIFICATE[facts.certificate]
    return [Point(f"certificate_{facts.certificate.value}", points, text)]


def _of_time(facts: LeadFacts) -> list[Point]:
    if facts.age_days is None:
        return [Point("age_unknown", 5, gettext_noop("It does not say when the customer asked."))]
    if facts.age_days > VERY_OLD_DAYS:
        return [Point("very_old", 20, gettext_noop("It was more than 90 days old when it came."))]
    if facts.age_days > OLD_DAYS:
        return [Point("old", 10, gettext_noop("It was more than 30 days old when it came."))]
    return []


def _of_source(source: Source) -> list[Point]:
    """Judge by what this source's customers did, once enough of them were asked."""
    if source.asked < ENOUGH_ASKED:
        return []
    points = []
    if source.share(source.wrong_numbers) >= 5:
        text = gettext_noop("Of this source's numbers 5 % or more belong to somebody else.")
        points.append(Point("wrong_numbers", 15, text))
    if source.share(source.said_yes) < 20:
        text = gettext_noop("Fewer than 20 % of this source's customers say YES.")
        points.append(Point("few_yes", 10, text))
    if source.share(source.opt_outs) >= 10:
        text = gettext_noop("Of this source's customers 10 % or more tell you to stop.")
        points.append(Point("many_stops", 15, text))
    return points


def risk_of_source(source: Source, *, leads: Iterable[tuple[LeadFacts, int]]) -> Risk:
    """Return the risk of a source: each fact's points, weighed by the share of leads that have it.

    `leads`: the facts that occur, with how many leads have them; their own `source` is not read.
    """
    totals: dict[str, tuple[int, str]] = {}
    count = 0
    for facts, how_many in leads:
        count += how_many
        for point in (*_of_consent(facts), *_of_certificate(facts), *_of_time(facts)):
            so_far, _text = totals.get(point.code, (0, ""))
            totals[point.code] = (so_far + point.points * how_many, point.text)
        if facts.had_opted_out:
            so_far, _text = totals.get("had_opted_out", (0, ""))
            text = gettext_noop("This number had told you to stop before the lead came.")
            totals["had_opted_out"] = (so_far + 40 * how_many, text)
    spread = [
        Point(code, points, text)
        for code, (total, text) in totals.items()
        if (points := round(total / max(count, 1)))
    ]
    return _risk([*spread, *_of_source(source)])
