"""The customer's own page: a signed link to it, what it shows, and the stop that it takes."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing

from consent import bases, ledger, revocation, rules
from consent.kinds import BASIS_KINDS, Kind
from consent.models import ConsentEvent, PhoneNumber
from consent.own_page_words import TITLES, Title

#: CASL s.11(2): a way to unsubscribe stays valid for 60 days after the message that names it.
LINK_DAYS = rules.CASL_CONTACT_VALID_DAYS
MAX_ENTRIES = 1000
SAMPLE = "https://…"
_LINK = re.compile(r"(/my/)[^\s/]+/")
_SIGNER = signing.TimestampSigner(salt="consent.own_page", sep=".")
_TITLE_OF: dict[Kind, Title] = {
    **dict.fromkeys(BASIS_KINDS, Title.GOT_NUMBER),
    Kind.OPT_IN_REQUESTED: Title.ASKED,
    Kind.OPT_IN_CONFIRMED: Title.SAID_YES,
    Kind.DECLINED: Title.SAID_NO,
    Kind.CUSTOMER_TEXTED_FIRST: Title.TEXTED_FIRST,
    Kind.POSSIBLE_OPT_OUT: Title.PAUSED,
    Kind.REVOKED: Title.STOPPED,
    Kind.WRONG_NUMBER: Title.WRONG_NUMBER,
    Kind.CARRIER_BLOCKED: Title.BLOCKED,
    Kind.RESTORED_BY_CUSTOMER: Title.RESTORED,
}
#: Of one kind so many are shown: who types a number into a form often hides no yes.
MAX_OF_A_KIND = 10
#: How a stop came that the customer wrote or pressed; else staff wrote down what was said.
_BY_CUSTOMER = frozenset({"text", "customer_page"})


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, in the customer's language: what they read, what they wrote."""

    at: datetime
    title: str
    shown: str
    said: str


def link_of(phone: PhoneNumber) -> str:
    """Return the address of a customer's page; it names nobody and ends after LINK_DAYS."""
    raw = base64.urlsafe_b64encode(phone.public_id.bytes).rstrip(b"=").decode()
    return f"{settings.SITE_URL}/my/{_SIGNER.sign(raw)}/"


def hidden_link() -> str:
    """Return what stands for the address in what staff and programs read: the key is not theirs."""
    return f"{settings.SITE_URL}/my/…/"


def with_link(text: str, phone: PhoneNumber) -> str:
    """Return a text as the customer gets it."""
    return text.replace(hidden_link(), link_of(phone))


def without_link(text: str) -> str:
    """Return a text as it is kept, whatever address the customer got."""
    return _LINK.sub(r"\1…/", text)


def phone_of(token: str) -> PhoneNumber | None:
    """Return whose page a token opens; None for one that is forged, broken or too old."""
    try:
        raw = _SIGNER.unsign(token, max_age=timedelta(days=LINK_DAYS))
        public_id = uuid.UUID(bytes=base64.urlsafe_b64decode(raw + "=="))
    except (signing.BadSignature, binascii.Error, ValueError):
        return None
    return (
        PhoneNumber.objects.select_related("contact", "dealership__group", "state")
        .filter(public_id=public_id, contact__erased_at=None)
        .first()
    )


def lines_of(phone: PhoneNumber, *, language: str) -> list[Line]:
    """Return what the customer agreed to, when and in which words, newest first: one query.

    Nothing from before the number changed hands: who holds it now is somebody else.
    """
    wanted = [*_TITLE_OF, Kind.RND_CHECKED]
    entries = ledger.entries_of(phone).filter(kind__in=wanted).select_related("evidence")
    lines: list[Line] = []
    shown: Counter[Title] = Counter()
    for entry in entries.order_by("-index")[:MAX_ENTRIES]:
        kind = Kind(entry.kind)
        if kind is Kind.RND_CHECKED:
            if ledger.terms_of(entry)["answer"] == "yes":
                break
            continue
        shown[_TITLE_OF[kind]] += 1
        if shown[_TITLE_OF[kind]] <= MAX_OF_A_KIND:
            lines.append(_line(entry, language))
        if kind is Kind.WRONG_NUMBER:
            break
    return lines


def _line(entry: ConsentEvent, language: str) -> Line:
    evidence = getattr(entry, "evidence", None)
    data: dict[str, Any] = evidence.data if evidence else {}
    kind = Kind(entry.kind)
    return Line(
        at=entry.received_at,
        title=TITLES[_TITLE_OF[kind]][language],
        shown=_shown(kind, data),
        said=_said(kind, data, str(ledger.terms_of(entry).get("how") or "text")),
    )


def _shown(kind: Kind, data: dict[str, Any]) -> str:
    """Return the words that the customer read."""
    if kind not in BASIS_KINDS:
        return str(data.get("question") or data.get("text") or "")
    keys = ("disclosure", "consent_text", "script")
    words = data.get("disclosure_words") or [bases.value_of(key, data) for key in keys]
    return str(words if isinstance(words, str) else next(filter(None, words), ""))


def _said(kind: Kind, data: dict[str, Any], how: str) -> str:
    """Return the customer's own words; what staff wrote down is theirs."""
    if kind in BASIS_KINDS or how not in _BY_CUSTOMER:
        return ""
    return str(data.get("words") or "")


def hint_of(phone: PhoneNumber) -> str:
    """Return the last two digits: enough for its owner to know it, too little for others."""
    return f"••••••••{phone.number_e164[-2:]}"


def stop(phone: PhoneNumber, *, words: str, ip: str, user_agent: str) -> ConsentEvent | None:
    """Take the stop that the customer pressed; None when the number was stopped already.

    `words`: what stood on the button.

    Law: RULE-US-05, RULE-US-09 (a website for opt-outs revokes per se); CASL s.11.
    """
    return revocation.revoke(
        phone,
        how="customer_page",
        words=words,
        acting_user=None,
        reaches_group=True,  # as the page says, however a group narrows what is told to one of it
        evidence={"ip": ip, "user_agent": user_agent[:300]},
    )
