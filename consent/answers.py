"""Pure: for what purpose a text really goes, by its words and by what the customer asked.

Whoever sends a text says what it is for; the words decide. An offer nobody asked for needs the
promotional level under any name. What answers the customer's own question does not: CTIA calls
that traffic conversational (law section 2.4), SOR/2013-221 s.3(b) takes it out of CASL s.6. So a
price may be told to whoever asked about a vehicle, terms to whoever asked about money, and every
offer to whoever asked for offers. docs/adr/0006-what-an-answer-may-say.md tells why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from consent.facts import Purpose, Reason
from consent.levels import Level
from consent.readers.wording_signs import fold
from consent.readers.wording_words import MODELS
from consent.replies import ReplyKind, classify
from consent.wording import FLAGS, Sign, Wording, check


class Asked(IntEnum):
    """What the customer's own recent texts ask for; each includes those before it."""

    NOTHING = 0
    SOMETHING = 1
    VEHICLES = 2
    MONEY = 3
    OFFERS = 4


#: Reasons of consent.wording that an answer may carry, by what was asked.
_TALK = frozenset({"now", "reach", "service"})
_STOCK = _TALK | (
    {"price", "quote", "stock", "inventory", "trade", "finance", "better", "cta", "push"}
    | {"upsell", "deal", "promotional_phrasing"}
)
_TERMS = _STOCK | {"rate", "payment", "credit", "discount", "trade_in"}
_ANSWERS = {
    Asked.NOTHING: frozenset[str](),
    Asked.SOMETHING: _TALK,
    Asked.VEHICLES: _STOCK,
    Asked.MONEY: _TERMS,
}

#: Readings of a reply that somebody has to answer.
_REQUESTS = frozenset({"question", "conversation", "conditional"})
_QUOTED = 3
_MONEY = re.compile(
    r"\b(?:how much|price\w*|pricing|cost\w*|payments?|monthly|per month|a month"
    r"|financ\w+|interest"
    r"|rates?|apr|(?<!my )(?<!remaining )leas(?:e|es|ing)|down|trad(?:e|ing)\w*|worth"
    r"|quote|numbers|otd|out the door|total"
    r"|fees?|taxes|msrp|budget|afford|cheap\w*|expensive|credit(?! cards?\b)|loan"
    r"|sell you|buy my|asking"
    r"|sell my (?:car|truck|suv|van|vehicle|old|current|trade|ride|(?:19|20)\d\d)"
    r"|want(?:ing)? for|combien|prix|cout\w*|paiements?|mensuel\w*|mensualites?|financement|taux"
    r"|location|comptant|echang\w+|valeur|vaut|soumission|frais|pret"
    r"|cuant\w+|precios?|cuesta\w*|costo|vale|pagos?|mensual\w*|enganche|financ\w+|interes(?:es)?"
    r"|tasa|cambio|cotizaci\w+|credito|prestamo|barat\w+)\b|\$"
)
#: Work in the shop: whoever asks what it costs has asked for no vehicle.
_SHOP = re.compile(
    r"\b(?:oil|brakes?|tires?|wipers?|battery|alignment|inspection|tune\W?up"
    r"|diagnos\w+|labor|repairs?"
    r"|fix\w*|rotation|detail\w*|key|part|parts|service|huile|freins?|pneus?|batterie"
    r"|reparation\w*"
    r"|piece|pieces|aceite|frenos?|llantas?|bateria|reparacion\w*|arreglar|servicio|llave)\b"
)
#: What the dealership sells; not what the customer has ("my truck").
_VEHICLES = re.compile(
    r"(?<!my )(?<!our )(?<!mon )(?<!ma )(?<!mi )\b(?:"
    + "|".join(sorted(MODELS))
    + r"|cars?|trucks?|suvs?|vans?|minivans?|vehicles?|sedans?|hybrids?|evs?|pickups?|inventory"
    r"|available|still (?:there|have|got|around)|in stock|on the lot|looking for"
    r"|interested in|trims?"
    r"|colou?rs?|test drive|mileage|awd|4x4|the (?:\w+ )?ones?|any (?:\w+ )?left"
    r"|do you (?:have|carry|sell)"
    r"|autos?|chars?|voitures?|camions?|vehicules?|vus|disponibles?|encore la"
    r"|en stock|essai|essayer"
    r"|carros?|camionetas?|trocas?|vehiculos?|todavia (?:tiene|esta|hay)|prueba de manejo)\b"
)
_OFFERS = re.compile(
    r"\b(?:deals?|specials?|offers?|discounts?|rebates?|incentives?|promos?|promotions?|coupons?"
    r"|sales?(?! (?:person|people|man|men|rep\w*|dep\w*|guys?|lady|team|staff|manager"
    r"|office|floor|tax))|best you|lowest|better price"
    r"|do better|work with me|knock|come down|lower|negotia\w+"
    r"|(?:what|how) (?:can|could|would) you do"
    r"|rabais|aubaines?|soldes?|offres?|speciaux|meilleur\w*|baiss\w+|negoci\w+"
    r"|ofertas?|descuentos?|rebajas?|promoci\w+|especial(?:es)?|mejor precio|menos|bajar\w*)\b"
)


def asked_in(texts: Iterable[str]) -> Asked:
    """Return the most that the customer's texts ask for; a yes, a stop or thanks ask nothing."""
    most = Asked.NOTHING
    for text in texts:
        reply = classify(text)
        if reply.kind is not ReplyKind.NONE or reply.reason not in _REQUESTS:
            continue
        folded = fold(text).text
        asked = Asked.SOMETHING
        if _VEHICLES.search(folded):
            asked = Asked.VEHICLES
        if _MONEY.search(folded):
            asked = Asked.VEHICLES if _SHOP.search(folded) else Asked.MONEY
        if _OFFERS.search(folded):
            asked = Asked.OFFERS
        most = max(most, asked)
    return most


@dataclass(frozen=True, slots=True)
class Weighed:
    """The purpose a text goes for, and why the words speak for an offer (None when they do not)."""

    purpose: Purpose
    reason: Reason | None = None


def weigh(body: str, wording: Wording, *, declared: Purpose, asked: Asked) -> Weighed:
    """Return the purpose that `body` goes for, of those that people choose.

    `wording`: consent.wording.check(body). Words are never taken for less than `declared`. A notice
    needs no more than an answer where an answer may go, so words raise to an offer alone.

    Law: RULE-US-03, RULE-US-17.
    """
    if wording.level is not Level.PROMOTIONAL:
        return Weighed(declared)
    signs = _signs_of(wording)
    answers = asked is Asked.OFFERS or {sign.code for sign in signs} <= _ANSWERS[asked]
    if answers and declared is not Purpose.PROMOTIONAL:
        text = f"Answers what the customer asked: {_quoted(body, signs)}."
        return Weighed(declared, Reason("answers_question", text, "RULE-US-03"))
    return Weighed(Purpose.PROMOTIONAL, _offer(body, signs))


def offer_in(body: str) -> Reason | None:
    """Return why words are an offer, None when they are none."""
    wording = check(body)
    return _offer(body, _signs_of(wording)) if wording.level is Level.PROMOTIONAL else None


def _signs_of(wording: Wording) -> list[Sign]:
    return [sign for sign in wording.reasons if sign.code not in FLAGS]


def _offer(body: str, signs: list[Sign]) -> Reason:
    text = f"These words are an offer: {_quoted(body, signs)}."
    return Reason("words_are_an_offer", text, "RULE-US-03")


def _quoted(body: str, signs: list[Sign]) -> str:
    """Return the first words that speak for an offer, each with what it does."""
    return ", ".join(
        f"“{body[slice(*sign.span)]}” {sign.text.removeprefix('It ').rstrip('.')}"
        for sign in signs[:_QUOTED]
    )
