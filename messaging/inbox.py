"""Reads of the inbox: the list by keyset, the thread with its consent events, the composer."""

from __future__ import annotations

import json
import uuid
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import Dealership, User
from consent import doubts, gate, hours, ledger, phones
from consent.decision import Action, Outcome, Purpose, Verdict
from consent.doubts import Doubts
from consent.kinds import Kind, Status
from consent.levels import Level, allows
from consent.models import ConsentEvent, Contact
from consent.presentation import (
    ENTRY_WORDS,
    Pill,
    clock,
    moment_words,
    pill_of,
    shape_of,
    tone_of,
    waited,
)
from consent.projection import State, effective
from messaging import failures
from messaging.models import Conversation, ConversationQuerySet, Message
from messaging.traffic import traffic_for

PAGE = 16
THREAD = 40
HISTORY = 6
COUNT_TO = 100
FOUND = 200
LATE_MINUTES = 60
MIN_DIGITS = 3
IMPLIED_WARNING_DAYS = 30
VIEWS = ("owed", "mine", "unassigned", "all", "closed")
QUIET_KINDS = (Kind.CUSTOMER_TEXTED_AGAIN, Kind.ARCHIVE_EXPORTED)
_FAR = 10**17  # beyond any instant in microseconds, so that newer keys sort first


# --- the list ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, ready to print. `key` sorts it: owed first, longest wait on top."""

    id: str
    key: str
    name: str
    text: str
    pill: Pill
    is_closed: bool
    owed_since: str
    wait: str
    is_late: bool
    when: str
    who: str
    place: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the inbox; `count` is "" where nobody counts, "99+" where it is many."""

    name: str
    label: str
    count: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of conversations, and the key behind which the next one begins ("" at the end)."""

    view: str
    query: str
    tabs: list[Tab]
    rows: list[Row]
    after: str
    is_first: bool
    is_new: bool = False


def list_page(
    places: Sequence[Dealership], user: User, *, view: str, query: str = "", after: str = ""
) -> ListPage:
    """Return one page of the list over these dealerships: four queries whatever its length."""
    view = view if view in VIEWS else "all"
    mine = Conversation.objects.filter(dealership__in=[place.pk for place in places])
    found = _searched(mine, places, query) if query else _filtered(mine, view, user)
    rows = _owed_then_rest(found, after, is_owed_only=view == "owed" and not query)
    page = rows_of(rows[:PAGE], places)
    counts = _counts(mine, user)
    return ListPage(
        view=view,
        query=query,
        tabs=_tabs(view, counts),
        rows=page,
        after=f"{page[-1].key}.{page[-1].id}" if len(rows) > PAGE else "",
        is_first=not after,
        is_new=not page and not query and not any(counts.values()) and not mine.exists(),
    )


def rows_like(
    places: Sequence[Dealership],
    user: User,
    *,
    view: str,
    conversation: UUID | None = None,
    contact: UUID | None = None,
) -> ListPage:
    """Return the list's lines of one conversation or one customer, where the view shows them."""
    mine = Conversation.objects.filter(dealership__in=[place.pk for place in places])
    found = _filtered(mine, view, user)
    if view == "owed":
        found = found.filter(owed_since__isnull=False)
    if conversation:
        found = found.filter(public_id=conversation)
    if contact:
        found = found.filter(contact__public_id=contact)
    rows = rows_of(
        found.select_related("contact", "phone__contact", "phone__state", "assigned_to")[:PAGE],
        places,
    )
    return ListPage(view, "", _tabs(view, _counts(mine, user)), rows, "", is_first=False)


def _filtered(mine: ConversationQuerySet, view: str, user: User) -> ConversationQuerySet:
    if view == "closed":
        return mine.filter(status=Conversation.Status.CLOSED)
    found = mine.open()
    if view == "mine":
        return found.filter(assigned_to=user)
    if view == "unassigned":
        return found.filter(assigned_to=None)
    return found


def _searched(
    mine: ConversationQuerySet, places: Sequence[Dealership], query: str
) -> ConversationQuerySet:
    """Return what a part of a number finds; else those of a name, or whose texts have the words.

    Each kind of find is cut at its newest FOUND, so that a word of every text costs no more than a
    rare one.
    """
    digits = "".join(char for char in query if char.isdigit())
    is_number = len(digits) >= MIN_DIGITS and not any(char.isalpha() for char in query)
    if is_number:
        return mine.filter(phone__number_e164__contains=digits)
    here = [place.pk for place in places]
    named = Contact.objects.filter(dealership__in=here)
    for word in query.split()[:4]:
        named = named.filter(name__icontains=word)
    texts = (
        Message.objects.filter(dealership__in=here)
        .annotate(words=SearchVector("body", config="simple"))
        .filter(words=SearchQuery(query, config="simple"))
    )
    contacts = list(named.order_by("-pk").values_list("pk", flat=True)[:FOUND])
    talks = list(texts.order_by("-pk").values_list("conversation", flat=True)[:FOUND])
    return mine.filter(Q(contact__in=contacts) | Q(pk__in=talks))


def _owed_then_rest(
    found: ConversationQuerySet, after: str, *, is_owed_only: bool
) -> list[Conversation]:
    """Return up to PAGE + 1 conversations behind a key: two keyset queries, never an OFFSET."""
    found = found.select_related("contact", "phone__contact", "phone__state", "assigned_to")
    phase, moment, last = _cursor(after)
    owed = found.filter(owed_since__isnull=False).order_by("owed_since", "pk")
    rest = found.filter(owed_since__isnull=True).order_by("-last_message_at", "-pk")
    if phase == "0":
        owed = owed.filter(Q(owed_since__gt=moment) | Q(owed_since=moment, pk__gt=last))
    elif phase == "1":
        owed = owed.none()
        rest = rest.filter(Q(last_message_at__lt=moment) | Q(last_message_at=moment, pk__lt=last))
    rows = list(owed[: PAGE + 1])
    if is_owed_only:
        return rows
    return (rows + list(rest[: max(1, PAGE + 1 - len(rows))]))[: PAGE + 1]


def _cursor(after: str) -> tuple[str, datetime, Subquery]:
    """Read a key: the phase ("0" owed, "1" the rest, "" none), its instant, the row's pk."""
    key, _dot, public_id = after.partition(".")
    try:
        micros = int(key[1:])
        if key[:1] == "1":
            micros = _FAR - micros
        moment = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=micros)
        rows = Conversation.objects.filter(public_id=UUID(public_id)).order_by()
        return key[:1], moment, Subquery(rows.values("pk")[:1])
    except (ValueError, OverflowError):
        return "", now(), Subquery(Conversation.objects.none().values("pk"))


def _key_of(conversation: Conversation) -> str:
    if conversation.owed_since:
        return f"0{_micros(conversation.owed_since):017d}"
    return f"1{_FAR - _micros(conversation.last_message_at):017d}"


def _micros(moment: datetime) -> int:
    return (moment - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)


def _counts(mine: ConversationQuerySet, user: User) -> Mapping[str, int]:
    """Count what waits, up to COUNT_TO of each: one query that reads few rows."""
    found = mine.open().order_by()
    parts = {
        "owed": found.filter(owed_since__isnull=False),
        "mine": found.filter(assigned_to=user),
        "unassigned": found.filter(assigned_to=None),
    }
    first, *others = (
        part.annotate(view=Value(name)).values_list("view")[:COUNT_TO]
        for name, part in parts.items()
    )
    counts = dict.fromkeys(parts, 0)
    for (name,) in first.union(*others, all=True):
        counts[name] += 1
    return counts


def _tabs(view: str, counts: Mapping[str, int]) -> list[Tab]:
    labels = {
        "owed": _("Owed"),
        "mine": _("Mine"),
        "unassigned": _("Unassigned"),
        "all": _("All"),
        "closed": _("Closed"),
    }
    return [Tab(name, labels[name], _shown(counts.get(name, 0)), name == view) for name in VIEWS]


def _shown(count: int) -> str:
    return f"{COUNT_TO - 1}+" if count >= COUNT_TO else str(count or "")


def rows_of(conversations: Iterable[Conversation], places: Sequence[Dealership]) -> list[Row]:
    """Return the lines of these conversations, whose contact, state and assignee are loaded."""
    by_pk = {place.pk: place for place in places}
    moment = now()
    return [_row(item, by_pk, moment) for item in conversations]


def _row(item: Conversation, places: Mapping[int, Dealership], moment: datetime) -> Row:
    place = places[item.dealership_id]
    zone = ZoneInfo(place.timezone)
    state = ledger.state_of(getattr(item.phone, "state", None))
    owed = item.owed_since
    text = item.last_text[:90]
    local = item.last_message_at.astimezone(zone)
    return Row(
        id=str(item.public_id),
        key=_key_of(item),
        name=name_of(item),
        text=_("You: %(text)s") % {"text": text} if item.last_direction == "outbound" else text,
        pill=pill_of(state, at=moment, country=item.phone.country),
        is_closed=item.status == Conversation.Status.CLOSED,
        owed_since=owed.isoformat(timespec="seconds") if owed else "",
        wait=waited(owed, at=moment) if owed else "",
        is_late=owed is not None and moment - owed >= timedelta(minutes=LATE_MINUTES),
        when=moment_words(local, today=moment.astimezone(zone)),
        who=item.assigned_to.first_name if item.assigned_to else "",
        place=place.name if len(places) > 1 else "",
    )


def name_of(conversation: Conversation) -> str:
    """Return the customer's name, else the number as people write it."""
    return conversation.contact.name or phones.pretty(conversation.phone.number_e164)


# --- the thread ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the thread: a text (`message`, its `state` in words) or a consent event.

    `day` is set where a new day begins; `at` is local to the dealership.
    """

    id: str
    at: datetime
    message: Message | None = None
    state: str = ""
    is_bad: bool = False
    entry: str = ""
    tone: str = ""
    shape: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """Texts with the consent events among them, oldest first; `earlier`: where to read on."""

    items: list[Item]
    earlier: str


def thread(
    conversation: Conversation, *, before: UUID | None = None, after: UUID | None = None
) -> Thread:
    """Return the newest page of the thread, the page before a text, or what came after one.

    Four queries at most, whatever its length.
    """
    found = Message.objects.filter(conversation=conversation).order_by("-pk")
    asked = before or after
    mark = found.filter(public_id=asked).first() if asked else None
    if mark is not None:
        found = found.filter(pk__lt=mark.pk) if before else found.filter(pk__gt=mark.pk)
    loaded = found.select_related("author", "decision").prefetch_related("attachments")
    newest = list(loaded[: THREAD + 1])
    shown = newest[:THREAD]
    has_earlier = len(newest) > THREAD and not after
    zone = ZoneInfo(conversation.dealership.timezone)
    entries = ledger.entries_of(conversation.phone).exclude(kind__in=QUIET_KINDS)
    if after and mark is not None:
        entries = entries.filter(received_at__gte=mark.created_at)
    elif has_earlier:
        entries = entries.filter(received_at__gte=shown[-1].created_at)
    if before and mark is not None:
        entries = entries.filter(received_at__lt=mark.created_at)
    items = [item_of(message, zone) for message in shown]
    items += [_item_of_entry(entry, zone) for entry in entries.order_by("-index")[:THREAD]]
    items.sort(key=lambda item: (item.at, item.message is None))
    return Thread(
        items=_with_days(items, now().astimezone(zone), first=not after),
        earlier=str(shown[-1].public_id) if has_earlier else "",
    )


def item_of(message: Message, zone: ZoneInfo) -> Item:
    """Return the thread's line of one text."""
    state, is_bad = _state_of(message, zone)
    return Item(
        id=f"m-{message.public_id}",
        at=message.created_at.astimezone(zone),
        message=message,
        state=state,
        is_bad=is_bad,
    )


def _state_of(message: Message, zone: ZoneInfo) -> tuple[str, bool]:
    """Return what became of one of our texts, in plain words, and whether it went wrong."""
    if message.direction == Message.Direction.INBOUND:
        return "", False
    why = failures.describe(message.failure)
    code = f" ({message.carrier_error})" if message.carrier_error else ""
    match message.status:
        case Message.Status.QUEUED | Message.Status.SENDING:
            return _("Sending"), False
        case Message.Status.HELD:
            return _goes_out(message, zone), False
        case Message.Status.REFUSED:
            reasons = message.decision.reasons if message.decision else []
            because = " ".join(str(reason["text"]) for reason in reasons) or why
            return _("Not sent. %(why)s") % {"why": because}, True
        case Message.Status.UNDELIVERED:
            return _("Not delivered. %(why)s") % {"why": f"{why}{code}"}, True
        case Message.Status.FAILED:
            return _("Not sent. %(why)s") % {"why": f"{why}{code}"}, True
        case Message.Status.UNKNOWN:
            return _("It is not known whether this went out: the carrier is being asked."), True
        case Message.Status.CANCELED:
            return _("Taken back, nothing was sent"), False
    return str(message.get_status_display()), False


def _goes_out(message: Message, zone: ZoneInfo) -> str:
    if message.not_before is None:
        return _("Waiting")
    when = moment_words(message.not_before.astimezone(zone), today=now().astimezone(zone))
    return _("Goes out %(when)s") % {"when": when}


def _item_of_entry(entry: ConsentEvent, zone: ZoneInfo) -> Item:
    kind = Kind(entry.kind)
    return Item(
        id=f"e-{entry.index}",
        at=entry.received_at.astimezone(zone),
        entry=ENTRY_WORDS[kind],
        tone=tone_of(kind),
        shape=shape_of(kind),
    )


def history(conversation: Conversation) -> list[Item]:
    """Return the latest consent entries of the customer's number, newest first: one query."""
    zone = ZoneInfo(conversation.dealership.timezone)
    entries = ledger.entries_of(conversation.phone).order_by("-index")[:HISTORY]
    return [_item_of_entry(entry, zone) for entry in entries]


def _with_days(items: list[Item], today: datetime, *, first: bool) -> list[Item]:
    shown: list[Item] = []
    day = None if first else today.date()
    for item in items:
        words = _day_words(item.at, today) if item.at.date() != day else ""
        shown.append(replace(item, day=words))
        day = item.at.date()
    return shown


def _day_words(local: datetime, today: datetime) -> str:
    days = (today.date() - local.date()).days
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    return f"{local:%A}, {local.day} {local:%B}" + (f" {local.year}" if days > 300 else "")


# --- the composer --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    """The one lawful next act: `opens_dialog` where it is a form shown over the page."""

    label: str
    url: str
    icon: str
    opens_dialog: bool = False


@dataclass(frozen=True, slots=True)
class Composer:
    """Whether staff may write now, why, and the one lawful next act.

    `signature` changes when the composer looks different, so that a live update does not replace
    one in which somebody types. `press` names the one press of Send that it will see.
    """

    is_open: bool
    reason: str
    detail: str
    tone: str
    act: Act | None
    is_decision: bool
    doubts: Doubts | None
    is_deferred: bool
    opens: str
    purposes: list[tuple[str, str]]
    hint: str
    more: Act | None
    signature: str = field(default="")
    press: uuid.UUID = field(default_factory=uuid.uuid4)


def composer(conversation: Conversation, state: State) -> Composer:
    """Return the composer of a conversation, from the gate itself: three or four queries."""
    moment = now()
    verdict = gate.may_text(
        conversation.phone,
        purpose=Purpose.CONVERSATIONAL,
        traffic=traffic_for(conversation, at=moment),
        our_number=conversation.number.number_e164,
    )
    state = effective(state, at=moment, country=conversation.phone.country)
    make = _locked if verdict.outcome is Outcome.DENY else _unlocked
    made = make(conversation, verdict, state, moment)
    waits = made.doubts.last_index if made.doubts else -1
    told = [made.reason, made.detail, made.opens, made.purposes, made.hint, waits]
    signature = json.dumps(told)
    return replace(made, signature=f"{zlib.crc32(signature.encode()):x}")


def _locked(
    conversation: Conversation, verdict: Verdict, state: State, moment: datetime
) -> Composer:
    action = verdict.next.action if verdict.next else None
    code = verdict.reasons[0].code
    is_decision = action is Action.RESOLVE_PAUSE
    tones = {"revoked": "red", "wrong_number": "red", "awaiting_answer": "amber"}
    return Composer(
        is_open=False,
        reason=verdict.reasons[0].text,
        detail=" ".join(
            filter(None, [_since(conversation, state, moment), getattr(verdict.next, "text", "")])
        ),
        tone="alarm" if is_decision else tones.get(code, ""),
        act=_act(conversation, action, code),
        is_decision=is_decision,
        doubts=doubts.of(conversation.phone) if is_decision else None,
        is_deferred=False,
        opens="",
        purposes=[],
        hint="",
        more=_card(conversation) if action is Action.ASK_PERMISSION else None,
    )


def _since(conversation: Conversation, state: State, moment: datetime) -> str:
    """Return when the customer was asked, or said no or stop, in the dealership's own time."""
    words, at = {
        Status.REQUESTED: (_("Asked %(when)s."), state.requested_at),
        Status.DECLINED: (_("That was %(when)s."), state.changed_at),
        Status.REVOKED: (_("That was %(when)s."), state.changed_at),
    }.get(state.status, ("", None))
    if at is None:
        return ""
    zone = ZoneInfo(conversation.dealership.timezone)
    return words % {"when": moment_words(at.astimezone(zone), today=moment.astimezone(zone))}


def _act(conversation: Conversation, action: Action | None, code: str) -> Act | None:
    who = conversation.contact.name.split(" ", 1)[0]
    contact = conversation.contact.public_id
    call = Act(
        _("Call %(name)s") % {"name": who} if who else _("Call"),
        f"tel:{conversation.phone.number_e164}",
        "phone",
    )
    match action:
        case Action.ASK_PERMISSION:
            url = reverse("messaging:ask", args=[conversation.public_id])
            return Act(_("Ask permission"), url, "send", opens_dialog=True)
        case Action.LET_CUSTOMER_TEXT if code != "revoked":
            return _card(conversation)
        case Action.RECORD_BASIS:
            url = reverse("consent:basis", args=[contact])
            return Act(_("Record how you got the number"), url, "file-text", opens_dialog=True)
        case Action.CORRECT_NUMBER:
            url = reverse("consent:number", args=[contact])
            return Act(_("Correct the number"), url, "pencil", opens_dialog=True)
        case Action.ADD_ADDRESS:
            return Act(_("Add the address"), _place(contact, "details"), "pencil")
        case Action.RESOLVE_PAUSE | None:
            return None
    return call


def _place(contact: UUID, part: str) -> str:
    return f"{reverse('consent:contact', args=[contact])}#{part}"


def _card(conversation: Conversation) -> Act:
    url = f"{reverse('messaging:card')}?number={conversation.number.public_id}"
    return Act(_("Let them text you"), url, "qr-code", opens_dialog=True)


def _unlocked(
    conversation: Conversation, verdict: Verdict, state: State, moment: datetime
) -> Composer:
    is_deferred = verdict.outcome is Outcome.DEFER
    purposes = [(Purpose.CONVERSATIONAL.value, _("Answer"))]
    if allows(verdict.level, Level.INFORMATIONAL):
        purposes.append((Purpose.INFORMATIONAL.value, _("Service")))
    if allows(verdict.level, Level.PROMOTIONAL):
        purposes.append((Purpose.PROMOTIONAL.value, _("Offer")))
    hint, more = _hint(conversation, state, moment)
    return Composer(
        is_open=True,
        reason=verdict.reasons[0].text,
        detail="",
        tone="",
        act=None,
        is_decision=False,
        doubts=None,
        is_deferred=is_deferred,
        opens=_opens(conversation, verdict, moment) if is_deferred else "",
        purposes=purposes,
        hint=hint,
        more=more,
    )


def _opens(conversation: Conversation, verdict: Verdict, moment: datetime) -> str:
    """Return when a deferred text goes out, in the dealership's own time."""
    zone = ZoneInfo(conversation.dealership.timezone)
    opens_at = (verdict.not_before or moment).astimezone(zone)
    return moment_words(opens_at, today=moment.astimezone(zone))


def _hint(conversation: Conversation, state: State, moment: datetime) -> tuple[str, Act | None]:
    """Return what a permission does not reach, and the act that widens it."""
    url = reverse("messaging:ask", args=[conversation.public_id])
    if state.status is Status.CUSTOMER_INITIATED and state.requested_at is None:
        return _("Your first answer is followed by the permission question."), None
    if state.status is Status.CUSTOMER_INITIATED:
        return _("Answers only, until YES comes."), None
    if state.status is Status.IMPLIED and state.expires_at:
        days = (state.expires_at - moment).days
        if days <= IMPLIED_WARNING_DAYS:
            ask = Act(_("Get an express yes"), url, "send", opens_dialog=True)
            return _("The implied consent ends in %(days)s days.") % {"days": days}, ask
    if state.status is Status.CONFIRMED and state.level is Level.INFORMATIONAL:
        asked = state.request_level == Level.PROMOTIONAL.value
        ask = Act(_("Ask for offers too"), f"{url}?level=promotional", "send", opens_dialog=True)
        return "", None if asked else ask
    return "", None


# --- where the customer is -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TheirTime:
    """The customer's local time in words, and whether the hours forbid a text there now."""

    text: str
    is_quiet: bool


def their_time(conversation: Conversation) -> TheirTime:
    """Return what time it is for the customer; "7:40 pm to 8:40 pm" where that cannot be told."""
    contact = conversation.contact
    window = hours.weigh(
        conversation.phone.number_e164,
        region=contact.region,
        postal_code=contact.postal_code,
        country=conversation.phone.country,
        at=now(),
    )
    times = sorted(
        datetime.fromisoformat(time).replace(tzinfo=None) for _zone, time in window.local_times
    )
    if not times:
        return TheirTime("", is_quiet=not window.open)
    first, last = clock(times[0]), clock(times[-1])
    text = first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    return TheirTime(text, is_quiet=not window.open)
