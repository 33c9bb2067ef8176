"""Numbers for managers, each with the rows behind it; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, F, Func, Sum
from django.db.models.functions import Cast

from accounts.clock import now
from accounts.models import Dealership, User
from consent.decision import Purpose
from consent.kinds import BASIS_KINDS, Kind
from messaging.models import Conversation, Message, TurnedAway

SPANS = (7, 30, 90)
LONG_WAIT_SECONDS = 3600
#: Rows that one evidence page shows at most.
MOST_ROWS = 200
_STOPS = [Kind.REVOKED.value, Kind.WRONG_NUMBER.value, Kind.CARRIER_BLOCKED.value]
_OUT = sorted(status.value for status in Message.OUT)
_SAID = sorted(status.value for status in Message.OUT | Message.PENDING)
#: What may lawfully follow a stop (promise I2).
_ANSWERS_TO_STOP = [Purpose.STOP_CONFIRMATION.value, Purpose.HELP_REPLY.value]
_BASES = sorted(kind.value for kind in BASIS_KINDS)
OUTCOMES: dict[str, list[str]] = {
    "received": [Message.Status.RECEIVED.value],
    "sent": _OUT,
    "refused": [Message.Status.REFUSED.value],
    "failed": [Message.Status.FAILED.value, Message.Status.UNDELIVERED.value],
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is about: dealerships by key, texts and entries since a moment (aware)."""

    dealership_pks: tuple[int, ...]
    since: datetime
    days: int


@dataclass(frozen=True, slots=True)
class Rate:
    """How often an asked permission became a yes; `key` finds the rows again."""

    key: str
    name: str
    asked: int
    yes: int
    no: int

    @property
    def percent(self) -> int:
        """The share of yes among the asked, rounded down."""
        return self.yes * 100 // self.asked if self.asked else 0


@dataclass(frozen=True, slots=True)
class Day:
    """The texts of one day in the dealership's zone."""

    on: date
    received: int
    sent: int
    refused: int
    failed: int


@dataclass(frozen=True, slots=True)
class Waits:
    """How long customers waited for an answer of a person; `key` is the person's id, "" for all."""

    key: str
    name: str
    answers: int
    median_seconds: float
    p90_seconds: float
    long_waits: int

    @property
    def median(self) -> str:
        """The median in words."""
        return spell(self.median_seconds)

    @property
    def p90(self) -> str:
        """What nine in ten did not wait longer than."""
        return spell(self.p90_seconds)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The page for managers."""

    after_stop: int
    owed: int
    longest_owed: str
    opt_outs: int
    opt_out_median: str
    opt_out_longest: str
    all_waits: Waits | None
    waits: tuple[Waits, ...]
    by_person: tuple[Rate, ...]
    by_basis: tuple[Rate, ...]
    days: tuple[Day, ...]
    most_in_a_day: int
    turned_away: int


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of evidence: when (`zone`: the dealership's), whose conversation, what happened."""

    at: datetime
    zone: str
    conversation: str
    customer: str
    what: str
    note: str


def scope_of(dealerships: Iterable[Dealership], *, days: int) -> Scope:
    """Return the scope of the last `days` days at these dealerships."""
    span = days if days in SPANS else SPANS[1]
    return Scope(tuple(d.pk for d in dealerships), now() - timedelta(days=span), span)


def spell(seconds: float) -> str:
    """Return a length of time as people say it: "45 s", "4 min", "3 h 20 min", "2 days"."""
    whole = int(max(seconds, 0))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min"
    if whole < 86_400:
        minutes = whole % 3600 // 60
        return f"{whole // 3600} h" + (f" {minutes} min" if minutes else "")
    days = whole // 86_400
    return f"{days} day{'s' if days > 1 else ''}"


def build_dashboard(scope: Scope) -> Dashboard:
    """Return all numbers of the managers' page."""
    moment = now()
    owed = Conversation.objects.filter(dealership_id__in=scope.dealership_pks).owed()
    longest = owed.first()
    opt_outs, median, slowest = _opt_out_times(scope)
    waits = _waits(scope)
    requests = _requests(scope)
    days = _days(scope)
    return Dashboard(
        after_stop=len(_after_stop_ids(scope)),
        owed=owed.count(),
        longest_owed=spell((moment - longest.owed_since).total_seconds())
        if longest and longest.owed_since
        else "",
        opt_outs=opt_outs,
        opt_out_median=spell(median),
        opt_out_longest=spell(slowest),
        all_waits=next((w for w in waits if not w.key), None),
        waits=tuple(w for w in waits if w.key),
        by_person=_rates(requests, by="actor"),
        by_basis=_rates(requests, by="basis"),
        days=days,
        most_in_a_day=max((d.sent + d.refused + d.failed + d.received for d in days), default=0),
        turned_away=_turned_away(scope),
    )


# --- the questions -------------------------------------------------------------------------------


def _ask(sql: str, params: Sequence[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _after_stop_ids(scope: Scope) -> list[int]:
    """Return the texts that were claimed while the ledger said stop: there must be none (I2)."""
    rows = _ask(
        """
        SELECT DISTINCT m.id
          FROM consent_consentevent e
          JOIN consent_phonenumber p ON p.dealership_id = e.dealership_id AND p.subject = e.subject
          JOIN messaging_conversation c ON c.phone_id = p.id
          JOIN messaging_message m ON m.conversation_id = c.id
         WHERE e.dealership_id = ANY(%s) AND e.kind = ANY(%s)
           AND m.direction = 'outbound' AND m.status = ANY(%s)
           AND m.claimed_at > e.recorded_at AND m.claimed_at >= %s
           AND NOT m.purpose = ANY(%s)
           AND NOT EXISTS (
                 SELECT 1 FROM consent_consentevent r
                  WHERE r.dealership_id = e.dealership_id AND r.subject = e.subject
                    AND r.index > e.index AND r.kind = %s AND r.recorded_at <= m.claimed_at)
        """,
        [
            list(scope.dealership_pks),
            _STOPS,
            _OUT,
            scope.since,
            _ANSWERS_TO_STOP,
            Kind.RESTORED_BY_CUSTOMER.value,
        ],
    )
    return [int(row["id"]) for row in rows]


def _turned_away(scope: Scope) -> int:
    """Return how many sign-ups the public page did not take, the day's number being used up."""
    rows = TurnedAway.objects.filter(
        dealership_id__in=scope.dealership_pks, on__gte=scope.since.date()
    )
    return int(rows.aggregate(all=Sum("count"))["all"] or 0)


def _opt_out_times(scope: Scope) -> tuple[int, float, float]:
    """Return how many stops there were, and the median and longest seconds until they held."""
    (row,) = _ask(
        """
        SELECT count(*) AS stops,
               coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY took), 0) AS median,
               coalesce(max(took), 0) AS longest
          FROM (SELECT extract(epoch FROM recorded_at - received_at)::float8 AS took
                  FROM consent_consentevent
                 WHERE dealership_id = ANY(%s) AND kind = ANY(%s) AND recorded_at >= %s
                   AND coalesce(body::jsonb ->> 'how', '') <> 'group') stops
        """,
        [list(scope.dealership_pks), _STOPS, scope.since],
    )
    return int(row["stops"]), float(row["median"]), float(row["longest"])


_TURNS = """
    WITH said AS (
      SELECT m.id, m.conversation_id, m.created_at, m.author_id,
             m.direction = 'outbound' AS is_ours,
             m.classification ->> 'owed' = 'true' AS owed
        FROM messaging_message m
       WHERE m.dealership_id = ANY(%s) AND m.created_at >= %s
         AND (m.direction = 'inbound' OR (m.author_id IS NOT NULL AND m.status = ANY(%s)))
    ), numbered AS (
      SELECT *, coalesce(sum(is_ours::int) OVER (
                  PARTITION BY conversation_id ORDER BY id
                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS turn
        FROM said
    ), turns AS (
      SELECT min(created_at) FILTER (WHERE NOT is_ours AND owed) AS asked_at,
             min(created_at) FILTER (WHERE is_ours) AS answered_at,
             min(author_id) FILTER (WHERE is_ours) AS author_id,
             min(id) FILTER (WHERE is_ours) AS answer_id
        FROM numbered
       GROUP BY conversation_id, turn
    ), answers AS (
      SELECT author_id, answer_id,
             greatest(extract(epoch FROM answered_at - asked_at), 0)::float8 AS waited
        FROM turns
       WHERE asked_at IS NOT NULL AND answered_at IS NOT NULL
    )
"""


def _turns_params(scope: Scope) -> list[Any]:
    return [list(scope.dealership_pks), scope.since, _SAID]


def _waits(scope: Scope) -> list[Waits]:
    """Return the waits for everybody together (key "") and for each person who answered."""
    rows = _ask(
        _TURNS  # noqa: S608 - both halves are constants
        + """
        SELECT u.public_id::text AS person, u.name, w.*
          FROM (SELECT author_id, count(*) AS answers,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY waited) AS median,
                       percentile_cont(0.9) WITHIN GROUP (ORDER BY waited) AS p90,
                       count(*) FILTER (WHERE waited > %s) AS long_waits
                  FROM answers GROUP BY GROUPING SETS ((author_id), ())) w
          LEFT JOIN accounts_user u ON u.id = w.author_id
         WHERE w.answers > 0
         ORDER BY u.name NULLS FIRST
        """,
        [*_turns_params(scope), LONG_WAIT_SECONDS],
    )
    return [
        Waits(
            key=row["person"] or "",
            name=row["name"] or "",
            answers=row["answers"],
            median_seconds=row["median"],
            p90_seconds=row["p90"],
            long_waits=row["long_waits"],
        )
        for row in rows
    ]


def _requests(scope: Scope) -> list[dict[str, Any]]:
    """Return every permission asked: who asked, on which basis, what the answer was, if any."""
    return _ask(
        """
        SELECT r.dealership_id, r.index, r.subject, r.received_at,
               coalesce(r.body::jsonb ->> 'actor', '') AS actor,
               coalesce(u.name, '') AS name,
               coalesce(b.basis, '') AS basis,
               coalesce(a.kind, '') AS answer
          FROM consent_consentevent r
          LEFT JOIN accounts_user u ON u.public_id::text = r.body::jsonb ->> 'actor'
          LEFT JOIN LATERAL (
                 SELECT b.body::jsonb ->> 'basis' AS basis FROM consent_consentevent b
                  WHERE b.dealership_id = r.dealership_id AND b.subject = r.subject
                    AND b.index < r.index AND b.kind = ANY(%s)
                  ORDER BY b.index DESC LIMIT 1) b ON true
          LEFT JOIN LATERAL (
                 SELECT a.kind FROM consent_consentevent a
                  WHERE a.dealership_id = r.dealership_id AND a.subject = r.subject
                    AND a.index > r.index AND a.kind = ANY(%s)
                    AND (a.body::jsonb ->> 'request_index')::bigint = r.index
                  ORDER BY a.index LIMIT 1) a ON true
         WHERE r.dealership_id = ANY(%s) AND r.kind = %s AND r.recorded_at >= %s
         ORDER BY r.received_at DESC
        """,
        [
            _BASES,
            [Kind.OPT_IN_CONFIRMED.value, Kind.DECLINED.value],
            list(scope.dealership_pks),
            Kind.OPT_IN_REQUESTED.value,
            scope.since,
        ],
    )


def _rates(requests: list[dict[str, Any]], *, by: str) -> tuple[Rate, ...]:
    names: dict[str, str] = {}
    asked: dict[str, list[str]] = {}
    for request in requests:
        key = request[by]
        if by == "actor":
            names[key] = request["name"] or "Automatic, after the customer texted first"
        else:
            names[key] = key.replace("_", " ").capitalize() or "The customer texted first"
        asked.setdefault(key, []).append(request["answer"])
    return tuple(
        Rate(
            key=key,
            name=names[key],
            asked=len(answers),
            yes=answers.count(Kind.OPT_IN_CONFIRMED.value),
            no=answers.count(Kind.DECLINED.value),
        )
        for key, answers in sorted(asked.items(), key=lambda item: names[item[0]])
    )


def _days(scope: Scope) -> tuple[Day, ...]:
    rows = _ask(
        """
        SELECT (m.created_at AT TIME ZONE d.timezone)::date AS "on",
               count(*) FILTER (WHERE m.status = ANY(%s)) AS received,
               count(*) FILTER (WHERE m.status = ANY(%s)) AS sent,
               count(*) FILTER (WHERE m.status = ANY(%s)) AS refused,
               count(*) FILTER (WHERE m.status = ANY(%s)) AS failed
          FROM messaging_message m JOIN accounts_dealership d ON d.id = m.dealership_id
         WHERE m.dealership_id = ANY(%s) AND m.created_at >= %s
         GROUP BY 1 ORDER BY 1 DESC
        """,
        [*OUTCOMES.values(), list(scope.dealership_pks), scope.since],
    )
    return tuple(Day(**row) for row in rows)


# --- the evidence --------------------------------------------------------------------------------


def after_stop_rows(scope: Scope) -> list[Row]:
    """Return the texts that went out after a stop."""
    found = Message.objects.filter(pk__in=_after_stop_ids(scope)).order_by("-pk")
    return _message_rows(found, MOST_ROWS)


def text_rows(scope: Scope, *, outcome: str, on: date | None) -> list[Row]:
    """Return the texts of one outcome, on one day of the dealership's zone or in the whole span."""
    found = Message.objects.filter(
        dealership_id__in=scope.dealership_pks,
        created_at__gte=scope.since,
        status__in=OUTCOMES.get(outcome, []),
    ).order_by("-pk")
    if on is not None:
        local = Func(
            F("dealership__timezone"),
            F("created_at"),
            function="timezone",
            output_field=DateTimeField(),
        )
        found = found.annotate(local_day=Cast(local, DateField())).filter(local_day=on)
    return _message_rows(found, MOST_ROWS)


def answer_rows(scope: Scope, *, person: str) -> list[Row]:
    """Return the answers of one person, or of all, the longest wait first."""
    user = User.objects.filter(public_id=person).first() if person else None
    waits = _ask(
        _TURNS  # noqa: S608 - both halves are constants
        + """
        SELECT answer_id, waited FROM answers
         WHERE (%s::bigint IS NULL OR author_id = %s::bigint)
         ORDER BY waited DESC LIMIT %s
        """,
        [*_turns_params(scope), user and user.pk, user and user.pk, MOST_ROWS],
    )
    waited = {row["answer_id"]: row["waited"] for row in waits}
    rows = _messages_by_pk(waited)
    return [
        _row_of(rows[pk], note=f"after {spell(seconds)}")
        for pk, seconds in waited.items()
        if pk in rows
    ]


def permission_rows(scope: Scope, *, person: str | None, basis: str | None) -> list[Row]:
    """Return the permissions asked by one person ("" is the portal itself) or on one basis."""
    found = [
        request
        for request in _requests(scope)
        if (person is None or request["actor"] == person)
        and (basis is None or request["basis"] == basis)
    ][:MOST_ROWS]
    conversations = (
        Conversation.objects.filter(
            dealership_id__in=scope.dealership_pks,
            phone__subject__in={request["subject"] for request in found},
        )
        .select_related("contact", "phone")
        .order_by("pk")
    )
    known = {(c.dealership_id, c.phone.subject): c for c in conversations}
    answers = {Kind.OPT_IN_CONFIRMED.value: "Said yes", Kind.DECLINED.value: "Said no"}
    places = Dealership.objects.filter(pk__in=scope.dealership_pks)
    zones = dict(places.values_list("pk", "timezone"))
    rows = []
    for request in found:
        conversation = known.get((request["dealership_id"], request["subject"]))
        rows.append(
            Row(
                at=request["received_at"],
                zone=zones[request["dealership_id"]],
                conversation=str(conversation.public_id) if conversation else "",
                customer=conversation.contact.name if conversation else "",
                what=answers.get(request["answer"], "No answer"),
                note=f"ledger entry {request['index']}",
            )
        )
    return rows


def _messages_by_pk(pks: Iterable[int]) -> dict[int, Message]:
    found = Message.objects.filter(pk__in=list(pks))
    return {
        m.pk: m
        for m in found.select_related("conversation__contact", "dealership", "author", "decision")
    }


def _message_rows(messages: Any, most: int) -> list[Row]:
    found = messages.select_related("conversation__contact", "dealership", "author", "decision")
    return [_row_of(message) for message in found[:most]]


def _row_of(message: Message, *, note: str = "") -> Row:
    reasons = message.decision.reasons if message.decision else []
    refused = message.status == Message.Status.REFUSED
    why = str(reasons[0].get("text", "")) if refused and reasons else ""
    return Row(
        at=message.created_at,
        zone=message.dealership.timezone,
        conversation=str(message.conversation.public_id),
        customer=message.conversation.contact.name,
        what=message.full_text,
        note=note or why or message.get_status_display(),
    )
