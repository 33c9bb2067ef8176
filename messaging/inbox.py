"""Reads of the inbox: the list by keyset, the thread with its consent events, the composer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.clock import now
from accounts.models import Dealership, User
from consent import gate, ledger, phones
from consent.decision import Action, Outcome, Purpose, Verdict
from consent.kinds import Kind
from consent.levels import Level, allows
from consent.models import ConsentEvent
from consent.presentation import ENTRY_WORDS, Pill, pill_of
from messaging import failures
from messaging.models import Conversation, ConversationQuerySet, Message
from messaging.traffic import traffic_for

PAGE = 25
THREAD = 40
VIEWS = ("owed", "mine", "unassigned", "all", "closed")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    conversation: Conversation
    pill: Pill
    name: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of conversations, and the key with which the next one begins ("" at the end)."""

    view: str
    query: str
    rows: list[Row]
    after: str
    owed_count: int


def list_page(user: User, *, view: str, query: str, after: str) -> ListPage:
    """Return one page of the list; the number of queries does not depend on how many rows."""
    view = view if view in VIEWS else "all"
    ids = list(Dealership.objects.visible_to(user).values_list("pk", flat=True))
    mine = Conversation.objects.filter(dealership_id__in=ids)
    owed_count = mine.filter(status="open", owed_since__isnull=False)[:100].count()
    found = _filtered(mine, view, user, query)
    key = "owed_since" if view == "owed" else "last_message_at"
    found = _after(found, key, after).select_related(
        "contact", "phone__state", "assigned_to", "dealership"
    )
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    next_key = f"{getattr(last, key).timestamp():.6f}_{last.pk}" if last else ""
    moment = now()
    return ListPage(view, query, [_row(item, moment) for item in rows[:PAGE]], next_key, owed_count)


def _filtered(
    mine: ConversationQuerySet, view: str, user: User, query: str
) -> ConversationQuerySet:
    found = mine.filter(status="closed" if view == "closed" else "open")
    if view == "mine":
        found = found.filter(assigned_to=user)
    elif view == "unassigned":
        found = found.filter(assigned_to=None)
    if query:
        digits = "".join(c for c in query if c.isdigit())
        match = Q(contact__name__icontains=query)
        if len(digits) >= 4:
            match |= Q(phone__number_e164__contains=digits)
        found = mine.filter(match)
    if view == "owed":
        return found.filter(owed_since__isnull=False).order_by("owed_since", "pk")
    return found.order_by("-last_message_at", "-pk")


def _after(found: ConversationQuerySet, key: str, after: str) -> ConversationQuerySet:
    """Continue behind a row: by its key, never by counting rows."""
    stamp, _, pk = after.partition("_")
    try:
        moment, last = datetime.fromtimestamp(float(stamp), UTC), int(pk)
    except (ValueError, OverflowError):
        return found
    if key == "owed_since":
        return found.filter(Q(owed_since__gt=moment) | Q(owed_since=moment, pk__gt=last))
    return found.filter(Q(last_message_at__lt=moment) | Q(last_message_at=moment, pk__lt=last))


def _row(conversation: Conversation, moment: datetime) -> Row:
    state = ledger.state_of(getattr(conversation.phone, "state", None))
    name = conversation.contact.name or phones.pretty(conversation.phone.number_e164)
    return Row(conversation, pill_of(state, at=moment), name)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the thread: a text (`message`) or a consent event (`entry` in words)."""

    at: datetime
    message: Message | None = None
    failure: str = ""
    entry: str = ""
    starts_day: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """The newest texts of a conversation, oldest first, with the consent events among them."""

    items: list[Item]
    earlier: int | None


def thread(conversation: Conversation, *, before: int | None = None) -> Thread:
    """Return a page of the thread by keyset; three queries whatever its length."""
    found = Message.objects.filter(conversation=conversation).order_by("-pk")
    if before:
        found = found.filter(pk__lt=before)
    newest = list(
        found.select_related("author", "decision").prefetch_related("attachments")[: THREAD + 1]
    )
    earlier = newest[THREAD - 1].pk if len(newest) > THREAD else None
    shown = newest[:THREAD]
    since = shown[-1].created_at if earlier and shown else None
    until = shown[0].created_at if before and shown else None
    entries = ledger.entries_of(conversation.phone).exclude(kind=Kind.CUSTOMER_TEXTED_AGAIN)
    if since:
        entries = entries.filter(received_at__gte=since)
    if until:
        entries = entries.filter(received_at__lte=until)
    items = [
        Item(m.created_at, message=m, failure=failures.describe(m.failure) or _refusal(m))
        for m in shown
    ]
    items += [_of_entry(entry) for entry in entries.order_by("-index")[:THREAD]]
    items.sort(key=lambda item: (item.at, item.message is None))
    return Thread(_with_days(items, ZoneInfo(conversation.dealership.timezone)), earlier)


def _refusal(message: Message) -> str:
    if message.status != Message.Status.REFUSED or message.decision is None:
        return ""
    reasons = message.decision.reasons
    return str(reasons[0]["text"]) if reasons else ""


def _of_entry(entry: ConsentEvent) -> Item:
    return Item(entry.received_at, entry=ENTRY_WORDS[Kind(entry.kind)])


def _with_days(items: list[Item], zone: ZoneInfo) -> list[Item]:
    shown: list[Item] = []
    day = None
    for item in items:
        today = item.at.astimezone(zone).date()
        shown.append(replace(item, starts_day=today != day))
        day = today
    return shown


@dataclass(frozen=True, slots=True)
class Composer:
    """Whether staff may write now, why, and the one legal next act."""

    verdict: Verdict
    is_open: bool
    is_deferred: bool
    reason: str
    can_ask: bool
    can_ask_for_offers: bool
    needs_decision: bool
    purposes: list[str]
    local_times: list[tuple[str, str]]


def composer(conversation: Conversation) -> Composer:
    """Return the composer of a conversation, from the gate itself."""
    verdict = gate.may_text(
        conversation.phone,
        purpose=Purpose.CONVERSATIONAL,
        traffic=traffic_for(conversation, at=now()),
        our_number=conversation.number.number_e164,
    )
    action = verdict.next.action if verdict.next else None
    informational = allows(verdict.level, Level.INFORMATIONAL)
    offers = allows(verdict.level, Level.PROMOTIONAL)
    return Composer(
        verdict=verdict,
        is_open=verdict.outcome is not Outcome.DENY,
        is_deferred=verdict.outcome is Outcome.DEFER,
        reason=verdict.reasons[0].text,
        can_ask=action is Action.ASK_PERMISSION,
        can_ask_for_offers=informational and not offers,
        needs_decision=action is Action.RESOLVE_PAUSE,
        purposes=["conversational"]
        + (["informational"] if informational else [])
        + (["promotional"] if offers else []),
        local_times=[
            (zone.rpartition("/")[2].replace("_", " "), time[11:16])
            for zone, time in verdict.local_times
        ],
    )


def row_of(conversation: Conversation) -> Row:
    """Return the list's line of one conversation."""
    return _row(conversation, now())
