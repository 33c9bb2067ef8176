"""Customers who sign themselves up: on the public page, or by texting the dealership's keyword.

Neither is consent: both are how the number came, and the ground for the one permission question.
"""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from accounts.clock import now
from accounts.models import CarrierNumber, Dealership
from consent import bases, contacts, disclosures, ledger, opt_in, suppressions
from consent.disclosures import Variant
from consent.kinds import Basis, Kind, Status
from consent.ledger import Json, Term
from consent.levels import Level, allows
from consent.models import ConsentEvent, Disclosure, PhoneNumber
from consent.projection import State
from messaging import conversations
from messaging.models import TurnedAway
from messaging.outbound import ask_who_signed_up

logger = logging.getLogger(__name__)
LEVELS = (Level.INFORMATIONAL, Level.PROMOTIONAL)
#: Two machines that text each other the keyword must fall silent.
KEYWORD_AGAIN_HOURS = 24
#: Anybody may type a number into the page: it is asked once in so many days.
SIGN_UP_AGAIN_DAYS = 30


def is_keyword(body: str, keyword: str) -> bool:
    """Say whether a text is the keyword alone; letter case, spaces and punctuation do not count."""
    return bool(keyword) and letters_of(body) == letters_of(keyword)


def letters_of(text: str) -> str:
    """Return what counts when a text is compared with the keyword, in lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def by_keyword(
    phone: PhoneNumber,
    *,
    number: CarrierNumber,
    words: str,
    state: State,
    at: datetime,
    evidence: dict[str, Json],
) -> None:
    """Take the keyword that a customer texted: their exchange, the basis, and the one question.

    The caller holds the number's lock and knows that nothing stops it. A YES is still needed: the
    keyword was texted before the disclosure was read.

    Law: RULE-CT-01, RULE-CT-02.
    """
    opt_in.customer_texted(phone, words=words, received_at=at, evidence=evidence, known=state)
    lately = at - timedelta(hours=KEYWORD_AGAIN_HOURS)
    if state.requested_at is not None and state.requested_at > lately:
        return
    contacts.record_basis(
        phone,
        basis=Basis.KEYWORD,
        evidence={**evidence, "words": words, "received_at": at.isoformat()},
        acting_user=None,
        received_at=at,
    )
    ask_who_signed_up(phone, level=Level.INFORMATIONAL, number=number)


# --- the public page -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody sent from the public page, and the wordings that it showed, by level."""

    name: str
    number_e164: str
    language: str
    ticked: frozenset[Level]
    shown: dict[Level, Disclosure]
    url: str
    ip: str
    user_agent: str


def boxes_of(dealership: Dealership, *, language: str) -> dict[Level, Disclosure]:
    """Return the wording of each box that the page shows, in force now."""
    purpose = Disclosure.Purpose.WEB_FORM
    return {
        level: disclosures.current(dealership, Variant(purpose, language, level))
        for level in LEVELS
    }


def by_form(dealership: Dealership, sign_up: SignUp) -> None:
    """Record a sign-up with all that shows it, and ask the number for its YES.

    Asks a number once in SIGN_UP_AGAIN_DAYS in the whole group, and not again after its no: whoever
    types strangers' numbers must not make us text them again and again. Tells the caller nothing
    of whether the number was known, stopped or asked.

    Law: RULE-US-01, RULE-US-02, RULE-CT-01, RULE-CT-02.
    """
    moment = now()
    phone = _recorded(dealership, sign_up, moment)
    level = max(sign_up.ticked, key=lambda each: each.rank)
    try:
        with transaction.atomic():
            suppressions.lock(group_id=dealership.group_id, subject=phone.subject)
            if not _asked_lately(phone, level, moment):
                ask_who_signed_up(phone, level=level, language=sign_up.language)
    except conversations.NoNumber:
        logger.warning("sign-up without a number to text from dealership=%s", dealership.pk)


def _recorded(dealership: Dealership, sign_up: SignUp, moment: datetime) -> PhoneNumber:
    evidence = _evidence(dealership, sign_up, moment)
    terms: dict[str, Term] = {"moment": contacts.ANYBODY}
    try:
        return contacts.add_contact(
            dealership=dealership,
            name=sign_up.name,
            number_e164=sign_up.number_e164,
            basis=Basis.WEB_FORM,
            evidence=evidence,
            acting_user=None,
            received_at=moment,
            language=sign_up.language,
            terms=terms,
        )
    except contacts.NumberTaken as error:
        known = error.phone
    with transaction.atomic():
        contacts.record_basis(
            known,
            basis=Basis.WEB_FORM,
            evidence=evidence,
            acting_user=None,
            received_at=moment,
            terms=terms,
        )
    return known


def _evidence(dealership: Dealership, sign_up: SignUp, moment: datetime) -> dict[str, Json]:
    """Return the wording as it was rendered, its versions, the boxes, time, address and agent."""
    boxes: list[Json] = []
    agreed: list[str] = []
    for level, wording in sign_up.shown.items():
        words = disclosures.render(wording, dealership, person="")
        is_ticked = level in sign_up.ticked
        if is_ticked:
            agreed.append(words)
        boxes.append(
            {
                "level": level.value,
                "ticked": is_ticked,
                "ticked_beforehand": False,
                "words": words,
                "words_sha256": bases.sha256_of(words),
                "disclosure": str(wording.public_id),
                "version": wording.version,
                "version_sha256": wording.sha256,
            }
        )
    return {
        "url": sign_up.url,
        "disclosure": "\n".join(agreed),
        "submitted_at": moment.isoformat(),
        "ip": sign_up.ip,
        "user_agent": sign_up.user_agent[:300],
        "act": "box_ticked",
        "boxes": boxes,
        "language": sign_up.language,
        "name_given": sign_up.name,
    }


def _asked_lately(phone: PhoneNumber, level: Level, moment: datetime) -> bool:
    """Say whether the number was asked lately; who said yes may be asked for more."""
    asked = ConsentEvent.objects.filter(
        dealership__group=phone.dealership.group_id,
        subject=phone.subject,
        kind=Kind.OPT_IN_REQUESTED,
        recorded_at__gt=moment - timedelta(days=SIGN_UP_AGAIN_DAYS),
    )
    if ledger.current_state(phone).status is not Status.CONFIRMED:
        return asked.exists()
    levels = {Level(str(ledger.terms_of(entry)["level"])) for entry in asked}
    return any(allows(each, level) for each in levels)


def turn_away(dealership: Dealership) -> None:
    """Count a sign-up that was not taken because too many came that day: managers see it."""
    today = now().astimezone(ZoneInfo(dealership.timezone)).date()
    row, _ = TurnedAway.objects.get_or_create(dealership=dealership, on=today)
    TurnedAway.objects.filter(pk=row.pk).update(count=F("count") + 1)
