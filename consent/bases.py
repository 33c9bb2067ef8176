"""Pure: what each way of getting a number should be recorded with, and how strong that makes it.

One table, read by the forms, the API, the ledger and the timeline. Nothing in it is ever a reason
to refuse a record: what is missing weakens the evidence and is named.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from consent.kinds import Basis


def gettext_noop(message: str) -> str:
    """Mark words for translation; whoever shows them translates them."""
    return message


#: What is dated otherwise is no date.
YEARS = range(1970, 2200)


class Shape(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    WORDS = "words"
    MOMENT = "moment"
    DAY = "day"
    CHOICE = "choice"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that evidence may hold.

    `law`: what asks for it. `is_asked`: whether people are asked; the rest is sent by programs.
    `other_names`: keys, in lower case, under which other programs send it. `choices`: values with
    their words; those `against` the dealership are evidence too, of the contrary. `noun`: what
    the field is called where it is not asked for, if the label is a question.
    """

    key: str
    label: str
    shape: Shape
    law: str
    is_asked: bool = True
    other_names: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    against: tuple[str, ...] = ()
    noun: str = ""


class Deal(StrEnum):
    """What a customer did with the dealership: each opens windows of its own (law §1.7, §3.2)."""

    PURCHASE = "purchase"
    LEASE = "lease"
    SERVICE = "service"
    INQUIRY = "inquiry"


_YES_NO = (("yes", gettext_noop("Yes")), ("no", gettext_noop("No")))
_S = Shape
_TABLE = (
    # when
    Field(
        "submitted_at",
        gettext_noop("When they sent it"),
        _S.MOMENT,
        "CTIA 5.1.2; 310.5(a)(8)",
        other_names=("timestamp", "requestdate", "created_at"),
    ),
    Field("called_at", gettext_noop("When they called"), _S.MOMENT, "CTIA 5.1.2; CRTC 2012-548"),
    Field("met_at", gettext_noop("When they were here"), _S.MOMENT, "CTIA 5.1.2; CRTC 2012-548"),
    Field("signed_at", gettext_noop("When they signed"), _S.MOMENT, "310.5(a)(8); CRTC 2012-548"),
    Field("received_at", gettext_noop("When it came"), _S.MOMENT, "CTIA 5.1.2; CRTC 2012-548"),
    Field("referred_at", gettext_noop("When they were named to us"), _S.MOMENT, "SOR/2013-221 s.4"),
    Field("exported_at", gettext_noop("When the list was exported"), _S.MOMENT, "law §3.7"),
    Field(
        "obtained_on",
        gettext_noop("Day on which the consent was given"),
        _S.DAY,
        "310.5(a)(8)",
        other_names=("consented_on", "consent_date"),
    ),
    Field(
        "purchased_on",
        gettext_noop("Day of it"),
        _S.DAY,
        "RULE-US-13; RULE-CA-01",
        other_names=("happened_on", "sold_on", "visited_on"),
    ),
    # who
    Field(
        "taken_by",
        gettext_noop("Who of us took it down"),
        _S.TEXT,
        "CTIA 5.1.2; law §5.2(5)",
        is_asked=False,
    ),
    Field(
        "signed_by",
        gettext_noop("Name under which they signed"),
        _S.TEXT,
        "64.1200(f)(9)",
        other_names=("signature", "signer"),
    ),
    Field("referrer", gettext_noop("Full name of who referred them"), _S.TEXT, "SOR/2013-221 s.4"),
    Field(
        "knows_both",
        gettext_noop("How the referrer knows them, and us"),
        _S.TEXT,
        "SOR/2013-221 s.4",
    ),
    Field(
        "sender",
        gettext_noop("Address the e-mail came from"),
        _S.TEXT,
        "CTIA 5.1.2",
        other_names=("from", "from_address", "email"),
    ),
    Field("provider", gettext_noop("Lead provider"), _S.TEXT, "CTIA 5.1; law §2.5"),
    Field(
        "verified_by",
        gettext_noop("Independent third party who confirms it"),
        _S.TEXT,
        "CRTC 2012-548",
    ),
    Field(
        "verification",
        gettext_noop("Their reference for it"),
        _S.TEXT,
        "CRTC 2012-548",
        other_names=("verification_id",),
    ),
    # how and where
    Field(
        "script",
        gettext_noop("Words that were read to them"),
        _S.WORDS,
        "RULE-US-01; 310.5(a)(8)",
    ),
    Field(
        "proof",
        gettext_noop("Recording, or a third party's confirmation"),
        _S.FILE,
        "CRTC 2012-548; law §3.7",
        other_names=("recording",),
    ),
    Field(
        "words",
        gettext_noop("What they said about texting"),
        _S.WORDS,
        "CRTC 2012-548; law §5.2(5)",
        other_names=("text", "body"),
    ),
    Field("place", gettext_noop("Where that was"), _S.TEXT, "law §5.2(5)"),
    Field(
        "url",
        gettext_noop("Page with the form"),
        _S.TEXT,
        "310.5(a)(8); law §5.2(5)",
        other_names=("page", "page_url", "source_url"),
    ),
    Field(
        "ip",
        gettext_noop("IP address"),
        _S.TEXT,
        "CTIA 5.1.2",
        is_asked=False,
        other_names=("ip_address", "client_ip"),
    ),
    Field(
        "user_agent",
        gettext_noop("Browser"),
        _S.TEXT,
        "law §5.2(5)",
        is_asked=False,
        other_names=("browser", "agent"),
    ),
    Field("document", gettext_noop("Document and its number"), _S.TEXT, "law §5.2(5); law §3.7"),
    Field(
        "file",
        gettext_noop("Photo or PDF of it"),
        _S.FILE,
        "law §5.2(5)",
        other_names=("scan",),
    ),
    Field("message_id", gettext_noop("Message-ID of the e-mail"), _S.TEXT, "law §3.7"),
    Field(
        "consent_text",
        gettext_noop("Consent words of the provider"),
        _S.WORDS,
        "CTIA 5.1; 310.5(a)(8)",
        other_names=("tcpa_disclosure", "consent_language", "disclosure"),
    ),
    Field(
        "certificate",
        gettext_noop("Certificate (TrustedForm link or LeadiD)"),
        _S.TEXT,
        "RULE-PF-01",
        other_names=(
            "trustedform",
            "trustedform_url",
            "trustedform_cert_url",
            "xxtrustedformcerturl",
            "leadid",
            "leadid_token",
            "lead_id_token",
            "jornaya_leadid",
            "universal_leadid",
        ),
    ),
    Field(
        "deal",
        gettext_noop("What was it?"),
        _S.CHOICE,
        "RULE-US-13; CASL s.10(10)",
        choices=(
            (Deal.PURCHASE, gettext_noop("Purchase")),
            (Deal.LEASE, gettext_noop("Lease")),
            (Deal.SERVICE, gettext_noop("Service visit")),
        ),
        noun=gettext_noop("What it was"),
    ),
    Field(
        "reference",
        gettext_noop("Deal or repair order number"),
        _S.TEXT,
        "law §3.7",
        other_names=("deal_number", "ro_number"),
    ),
    Field(
        "card",
        gettext_noop("Which keyword or card"),
        _S.TEXT,
        "CTIA 5.1.2",
        other_names=("keyword",),
    ),
    Field("source", gettext_noop("Where the list comes from"), _S.TEXT, "CTIA 5.1; law §2.5"),
    # what was shown, and what they did: 64.1200(f)(9), SOR/2012-36 s.4, 16 CFR 310.5(a)(8)
    Field(
        "disclosure",
        gettext_noop("Words they were shown"),
        _S.WORDS,
        "RULE-US-01; SOR/2012-36 s.4",
        other_names=("disclosure_text", "tcpa_text", "optin_text"),
    ),
    Field(
        "act",
        gettext_noop("What they did to agree"),
        _S.CHOICE,
        "RULE-US-02; law §5.2(3)",
        choices=(
            ("box_ticked", gettext_noop("Ticked a box that was empty")),
            ("box_preset", gettext_noop("Left a box that was ticked already")),
            ("signed", gettext_noop("Signed")),
            ("said_yes", gettext_noop("Said yes")),
            ("wrote", gettext_noop("Wrote it")),
            ("none", gettext_noop("Only left the number")),
        ),
        other_names=("box", "checkbox", "box_state"),
        against=("box_preset", "none"),
        noun=gettext_noop("Their act of agreeing"),
    ),
    Field(
        "names_seller",
        gettext_noop("Do those words name this dealership?"),
        _S.CHOICE,
        "64.1200(f)(9); SOR/2012-36 s.4",
        choices=_YES_NO,
        against=("no",),
        other_names=("seller_named",),
        noun=gettext_noop("This dealership's name in the words"),
    ),
    Field(
        "states_number",
        gettext_noop("Does this number stand on it?"),
        _S.CHOICE,
        "64.1200(f)(9)",
        choices=_YES_NO,
        against=("no",),
        noun=gettext_noop("This number on it"),
    ),
    Field(
        "not_a_condition",
        gettext_noop("Does it say: not a condition of purchase?"),
        _S.CHOICE,
        "64.1200(f)(9)(i)(B)",
        choices=_YES_NO,
        against=("no",),
        noun=gettext_noop("“Not a condition of purchase”"),
    ),
    Field(
        "can_withdraw",
        gettext_noop("Does it say that they can withdraw?"),
        _S.CHOICE,
        "SOR/2012-36 s.4(c)",
        choices=_YES_NO,
        against=("no",),
        noun=gettext_noop("That they can withdraw"),
    ),
)
FIELDS: dict[str, Field] = {field.key: field for field in _TABLE}


@dataclass(frozen=True, slots=True)
class Want:
    """What one basis should come with: without `core` it shows next to nothing.

    `more` completes it.
    """

    core: tuple[str, ...]
    more: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return all of it, the core first."""
        return self.core + self.more


WANTED: dict[Basis, Want] = {
    Basis.WEB_FORM: Want(
        ("url", "disclosure", "submitted_at"), ("ip", "user_agent", "act", "names_seller")
    ),
    Basis.PHONE_UP: Want(("called_at", "words"), ("taken_by",)),
    Basis.WALK_IN: Want(("met_at", "words"), ("taken_by", "place")),
    Basis.SIGNED_DOCUMENT: Want(
        ("document", "signed_at", "disclosure", "file"),
        ("signed_by", "names_seller", "states_number", "not_a_condition", "can_withdraw"),
    ),
    Basis.EMAIL: Want(("received_at", "words"), ("sender", "message_id")),
    Basis.LEAD_PROVIDER: Want(
        ("provider", "consent_text", "submitted_at"), ("certificate", "url", "names_seller")
    ),
    Basis.EXISTING_CUSTOMER: Want(("purchased_on",), ("deal", "reference")),
    Basis.REFERRAL: Want(("referrer",), ("referred_at", "knows_both")),
    Basis.KEYWORD: Want(("words", "received_at"), ("card", "disclosure")),
    Basis.IMPORT: Want(("source", "exported_at"), ("obtained_on", "consent_text", "document")),
}


#: A consent by word of mouth, whether on the telephone or in the showroom (law §3.7). Without
#: `proof` it stays unproven.
VERBAL = Want(("script", "words", "proof"), ("taken_by",))


def wanted(basis: Basis, *, is_verbal: bool = False) -> Want:
    """Return what a basis should come with; a spoken consent wants its own things and the time."""
    if not is_verbal:
        return WANTED[basis]
    when = "called_at" if basis is Basis.PHONE_UP else "met_at"
    return Want(VERBAL.core, (*VERBAL.more, when))


class Strength(StrEnum):
    """How much the evidence of one basis shows."""

    STRONG = "strong"  # nothing is missing
    PARTIAL = "partial"  # the core is there
    WEAK = "weak"  # the core is not


def value_of(key: str, evidence: Mapping[str, object]) -> object:
    """Return what the evidence has for a field, under any of the field's names; None for nothing.

    Empty text, lists and objects are nothing.
    """
    names = (key, *FIELDS[key].other_names)
    folded = {name.casefold(): value for name, value in evidence.items()}
    for name in names:
        value = folded.get(name)
        if value not in (None, "", [], {}):
            return value
    return None


def missing(want: Want, evidence: Mapping[str, object]) -> list[str]:
    """Return the keys that the evidence should have and does not."""
    return [key for key in want.keys if value_of(key, evidence) is None]


def flaws(want: Want, evidence: Mapping[str, object]) -> list[str]:
    """Return the keys whose value speaks against the dealership: a box ticked beforehand, say."""
    return [
        key
        for key in want.keys
        if str(value_of(key, evidence) or "").casefold() in FIELDS[key].against
    ]


def strength(want: Want, lacks: Collection[str], flawed: Collection[str] = ()) -> Strength:
    """Say how strong evidence is that lacks, or has against it, these keys."""
    if set(want.core) & set(lacks):
        return Strength.WEAK
    return Strength.PARTIAL if lacks or flawed else Strength.STRONG


def used_by(key: str) -> list[Basis]:
    """Return the bases for which people are asked for this field."""
    return [b for b, want in WANTED.items() if key in want.keys and FIELDS[key].is_asked]


def names(seller: str, words: str) -> bool:
    """Say whether a wording names the seller; letter case, accents and spacing do not matter.

    Whole words: "Elm Auto" is not named by "Anselm Auto Group".
    """
    named = "".join(_words(seller))
    told = _words(words)
    starts = range(len(told))
    return bool(named) and any(named in _runs(told[start:], len(named)) for start in starts)


def _runs(words: list[str], longest: int) -> Iterator[str]:
    """Yield the first words without the spaces between, from one word on, up to a length."""
    joined = ""
    for word in words:
        joined += word
        if len(joined) > longest:
            return
        yield joined


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.findall(r"[^\W_]+", letters)


def sha256_of(words: str) -> str:
    """Return the hex SHA-256 of a wording as it was shown, in UTF-8."""
    return hashlib.sha256(words.encode()).hexdigest()


def moment_of(said: object, *, zone: str) -> datetime | None:
    """Return the aware moment that ISO 8601 text tells, of `zone` where it names none.

    None for what is unreadable, and for a year in which nobody texted: programs write the year 1
    for "no date".
    """
    try:
        moment = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    if moment.year not in YEARS:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def day_of(value: object) -> date | None:
    """Return the day that an ISO 8601 text begins with, None where there is none."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
