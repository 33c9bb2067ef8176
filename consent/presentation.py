"""How consent looks to people: a word, a shape and a tone for a state; entries in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.dateformat import format as format_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consent.bases import Strength
from consent.kinds import Basis, Kind, Status
from consent.lead_risk import Certificate
from consent.levels import Level
from consent.packs import Span
from consent.projection import State, dnc_status, effective

#: Words that are put into the reader's language when they are shown.
StrOrPromise = str | Promise

SAME_YEAR_DAYS = 300


@dataclass(frozen=True, slots=True)
class Pill:
    """What a list shows of a number: `shape` and `tone` name classes of the style sheet."""

    shape: str
    text: str
    tone: str


def pill_of(state: State, *, at: datetime, country: str, first_name: str = "") -> Pill:
    """Return how a state looks at an instant (aware); `first_name` of the customer, if known."""
    now = effective(state, at=at, country=country)
    match now.status:
        case Status.REQUESTED:
            return Pill("half", _("Asked, waiting"), "amber")
        case Status.CUSTOMER_INITIATED if first_name:
            return Pill("quarter", _("Answering %(name)s") % {"name": first_name}, "blue")
        case Status.CUSTOMER_INITIATED:
            return Pill("quarter", _("Answering"), "blue")
        case Status.IMPLIED:
            return Pill("quarter", _("Until %(day)s") % {"day": _day(now.expires_at, at)}, "blue")
        case Status.CONFIRMED if now.level is Level.PROMOTIONAL:
            return Pill("dot", _("Yes: all texts"), "green")
        case Status.CONFIRMED:
            return Pill("dot", _("Yes: answers & service"), "blue")
        case Status.DECLINED:
            return Pill("square", _("Said no, %(day)s") % {"day": _day(now.changed_at, at)}, "grey")
        case Status.PAUSED:
            return Pill("warn", _("May have said stop"), "alarm")
        case Status.REVOKED:
            return Pill("square", _("Stopped %(day)s") % {"day": _day(now.changed_at, at)}, "red")
        case Status.WRONG_NUMBER if first_name:
            return Pill("square", _("Not %(name)s's number") % {"name": first_name}, "red")
        case Status.WRONG_NUMBER:
            return Pill("square", _("Not their number"), "red")
        case Status.EXPIRED:
            return Pill("ring", _("Permission lapsed"), "grey")
        case _:
            return Pill("ring", _("No permission yet"), "grey")


def _day(moment: datetime | None, at: datetime) -> str:
    """Return "3 May", with the year where it would be in doubt."""
    if moment is None:
        return ""
    far = abs(at - moment) > timedelta(days=SAME_YEAR_DAYS)
    return format_date(moment, "j M Y" if far else "j M")


def clock(local: datetime) -> str:
    """Return a local time as people here write it: "8:40 pm"."""
    return f"{local.hour % 12 or 12}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'}"


def span_words(span: Span) -> str:
    """Return the hours of one day as people write them."""
    if span is None:
        return _("none")
    if span == (time.min, time.max):
        return _("any hour")
    today = date.min
    opens, closes = (clock(datetime.combine(today, edge)) for edge in span)
    return f"{opens} - {closes}"


def moment_words(local: datetime, *, today: datetime) -> str:
    """Return a local moment in few words: a time today, a weekday this week, else a day."""
    days = abs((today.date() - local.date()).days)
    if days == 0:
        return clock(local)
    if days < 7:
        return format_date(local, "D ") + clock(local)
    return format_date(local, "j M Y" if days > SAME_YEAR_DAYS else "j M")


def waited(since: datetime, *, at: datetime) -> str:
    """Return how long somebody waits: "12 min", "1 h 5 min", "2 days"; app.js says the same."""
    minutes = max(0, int((at - since).total_seconds() // 60))
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    if minutes < 24 * 60:
        return _("%(h)s h %(m)s min") % {"h": minutes // 60, "m": minutes % 60}
    days = minutes // (24 * 60)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


BASIS_WORDS: dict[Basis, StrOrPromise] = {
    Basis.WEB_FORM: gettext_lazy("Web form"),
    Basis.PHONE_UP: gettext_lazy("They called us"),
    Basis.WALK_IN: gettext_lazy("Walk-in"),
    Basis.SIGNED_DOCUMENT: gettext_lazy("Signed document"),
    Basis.EMAIL: gettext_lazy("E-mail from them"),
    Basis.LEAD_PROVIDER: gettext_lazy("Lead provider"),
    Basis.EXISTING_CUSTOMER: gettext_lazy("Bought, leased or had service"),
    Basis.REFERRAL: gettext_lazy("Referral"),
    Basis.KEYWORD: gettext_lazy("Keyword or QR card"),
    Basis.IMPORT: gettext_lazy("Imported list"),
}

_STRENGTH_PILLS: dict[Strength, tuple[str, StrOrPromise, str]] = {
    Strength.STRONG: ("dot", gettext_lazy("Complete"), "green"),
    Strength.PARTIAL: ("half", gettext_lazy("Has gaps"), "amber"),
    Strength.WEAK: ("ring", gettext_lazy("Weak"), "red"),
}


def strength_pill(strength: Strength) -> Pill:
    """Return how the strength of a basis looks."""
    shape, words, tone = _STRENGTH_PILLS[strength]
    return Pill(shape, str(words), tone)


HOW_WORDS: dict[str, StrOrPromise] = {
    "text": gettext_lazy("By text"),
    "in_person": gettext_lazy("In person"),
    "phone_call": gettext_lazy("On the phone"),
    "voicemail": gettext_lazy("Voicemail"),
    "email": gettext_lazy("E-mail"),
    "letter": gettext_lazy("Letter"),
    "web": gettext_lazy("Web form or chat"),
    "other": gettext_lazy("Another way"),
    "customer_page": gettext_lazy("On their own page"),
    "carrier": gettext_lazy("Carrier or platform, not the customer"),
    "import": gettext_lazy("On the list of an earlier system"),
    "group": gettext_lazy("Told another dealership of the group"),
}


def how_words(how: str) -> str:
    """Return in plain words how a stop reached us; what is not known is shown as it stands."""
    return str(HOW_WORDS.get(how, how))


_CERTIFICATE_PILLS: dict[Certificate, tuple[str, StrOrPromise, str]] = {
    Certificate.NONE: ("ring", gettext_lazy("none"), "grey"),
    Certificate.PENDING: ("half", gettext_lazy("being checked"), "blue"),
    Certificate.UNVERIFIED: ("ring", gettext_lazy("unverified"), "amber"),
    Certificate.VERIFIED: ("dot", gettext_lazy("kept, and matches"), "green"),
    Certificate.MISMATCH: ("square", gettext_lazy("of another customer"), "red"),
    Certificate.REFUSED: ("square", gettext_lazy("not confirmed by its vendor"), "red"),
    Certificate.MALFORMED: ("square", gettext_lazy("malformed"), "red"),
}


def certificate_pill(certificate: Certificate) -> Pill:
    """Return how the standing of a lead's certificate looks."""
    shape, words, tone = _CERTIFICATE_PILLS[certificate]
    return Pill(shape, str(words), tone)


@dataclass(frozen=True, slots=True)
class ListSays:
    """What a list of others says of a number, as of a day."""

    name: str
    pill: Pill
    on: date | None


def lists_of(state: State, *, country: str, on: date) -> list[ListSays]:
    """Return what the Do Not Call registry and the Reassigned Numbers Database say (US alone)."""
    if country == "CA":
        return []
    dnc = {
        "listed": Pill("square", _("Listed"), "red"),
        "not_listed": Pill("dot", _("Not listed"), "green"),
    }.get(dnc_status(state, on=on), Pill("ring", _("Not known"), "grey"))
    found = [ListSays(_("Do Not Call registry"), dnc, state.dnc_list_on)]
    if state.rnd:
        answer = {
            "yes": Pill("square", _("Has another owner"), "red"),
            "no": Pill("dot", _("Same owner"), "green"),
        }.get(state.rnd, Pill("ring", _("No data"), "grey"))
        found.append(ListSays(_("Reassigned Numbers Database"), answer, state.rnd_on))
    return found


STATUS_WORDS: dict[Status, StrOrPromise] = {
    Status.UNKNOWN: gettext_lazy("no permission"),
    Status.REQUESTED: gettext_lazy("asked, waiting for an answer"),
    Status.CUSTOMER_INITIATED: gettext_lazy("being answered: the customer texted first"),
    Status.IMPLIED: gettext_lazy("implied consent"),
    Status.CONFIRMED: gettext_lazy("opted in"),
    Status.DECLINED: gettext_lazy("said no"),
    Status.EXPIRED: gettext_lazy("lapsed"),
    Status.PAUSED: gettext_lazy("paused: may have said stop"),
    Status.REVOKED: gettext_lazy("stopped"),
    Status.WRONG_NUMBER: gettext_lazy("not their number"),
}

LEVEL_WORDS: dict[Level, StrOrPromise] = {
    Level.NONE: gettext_lazy("no texts"),
    Level.CONVERSATIONAL: gettext_lazy("answers"),
    Level.INFORMATIONAL: gettext_lazy("answers and service texts"),
    Level.PROMOTIONAL: gettext_lazy("all texts, offers too"),
}

#: Plain English, as transcripts and exports print them too.
ENTRY_WORDS: dict[Kind, str] = {
    Kind.LEAD_RECEIVED: "Lead received",
    Kind.INQUIRED: "The customer inquired",
    Kind.PURCHASED: "The customer bought",
    Kind.DOCUMENT_SIGNED: "Document signed",
    Kind.VERBAL_CONSENT_RECORDED: "Verbal consent recorded",
    Kind.REFERRED: "Referred by somebody",
    Kind.IMPORTED: "Imported",
    Kind.CERTIFICATE_CHECKED: "Certificate of the lead checked",
    Kind.DNC_LISTED: "On the Do Not Call registry",
    Kind.DNC_CLEARED: "Not on the Do Not Call registry",
    Kind.RND_CHECKED: "Reassigned Numbers Database asked",
    Kind.OPT_IN_REQUESTED: "Permission asked",
    Kind.OPT_IN_REQUEST_FAILED: "The permission text could not be sent",
    Kind.OPT_IN_CONFIRMED: "YES received",
    Kind.DECLINED: "NO received",
    Kind.EXPIRED: "Lapsed without an answer",
    Kind.CUSTOMER_TEXTED_FIRST: "The customer texted first",
    Kind.CUSTOMER_TEXTED_AGAIN: "The customer texted again",
    Kind.EXCHANGE_ENDED: "The exchange ended",
    Kind.REVOKED: "Told us to stop",
    Kind.WRONG_NUMBER: "Wrong number",
    Kind.CARRIER_BLOCKED: "Blocked by the carrier",
    Kind.POSSIBLE_OPT_OUT: "May have said stop",
    Kind.PAUSE_LIFTED: "A manager decided: no stop",
    Kind.RESTORED_BY_CUSTOMER: "The customer texted START",
    Kind.TRANSCRIPT_SEALED: "Transcript sealed",
    Kind.ARCHIVE_EXPORTED: "Archive exported",
    Kind.POLICY_RECORDED: "Policy recorded",
    Kind.TRAINING_RECORDED: "Training recorded",
    Kind.ERASED: "Personal data erased",
}

_GREEN = frozenset({Kind.OPT_IN_CONFIRMED, Kind.RESTORED_BY_CUSTOMER, Kind.PAUSE_LIFTED})
_RED = frozenset({Kind.REVOKED, Kind.WRONG_NUMBER, Kind.CARRIER_BLOCKED, Kind.DECLINED})
_AMBER = frozenset(
    {Kind.OPT_IN_REQUESTED, Kind.POSSIBLE_OPT_OUT, Kind.OPT_IN_REQUEST_FAILED, Kind.DNC_LISTED}
)
_BLUE = frozenset({Kind.CUSTOMER_TEXTED_FIRST, Kind.CUSTOMER_TEXTED_AGAIN})


def tone_of(kind: Kind) -> str:
    """Return the tone in which an entry is shown."""
    for tone, kinds in (("green", _GREEN), ("red", _RED), ("amber", _AMBER), ("blue", _BLUE)):
        if kind in kinds:
            return tone
    return "grey"


def shape_of(kind: Kind) -> str:
    """Return the shape that goes with an entry, so that its tone is never alone."""
    return {"green": "dot", "red": "square", "amber": "half", "blue": "quarter"}.get(
        tone_of(kind), "ring"
    )
