"""Pure: which level of consent a text's own words need. No model to download, no network.

Two readers are put together. The phrases (consent.readers.wording_words, read by consent.readers.wording_signs) know
what a price, an offer, a rate, a notice or an answer looks like. The weights (readers/wording_weights.tsv,
fitted to consent/readers/corpora/wording.tsv) know every other word a little, and what the phrases found
besides. A text with a plain promotion in it stays promotional unless the weights are sure of the
contrary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from consent.levels import Level
from consent.readers.weights import load
from consent.readers.wording_signs import (
    FIGURES,
    Folded,
    Hit,
    Signs,
    features,
    fold,
    read,
    tokens,
    without_idioms,
)

#: The levels in the order of the weights.
LEVELS = (Level.PROMOTIONAL, Level.INFORMATIONAL, Level.CONVERSATIONAL)
#: A text is promotional from this chance on: an offer passed too low is worse than a false alarm.
PROMOTIONAL_FROM = 0.25
#: The same where a plain promotion was found in it.
PLAINLY_PROMOTIONAL_FROM = 0.1
#: The same in a few words with no phrase of ours in them: the weights know little of "first" or
#: "this should go out", and answer with the share of offers in their corpus.
PROMOTIONAL_IN_FEW_WORDS_FROM = 0.4
_FEW_WORDS = 8
#: The same where the only figures are those that the words say were asked for.
PROMOTIONAL_WHEN_ASKED_FROM = 0.7
#: The same of a sentence beside a notice or talk, and beside an answer where no phrase knows it.
PROMOTIONAL_IN_A_SENTENCE_FROM = 0.6
PROMOTIONAL_IN_AN_ANSWER_FROM = 0.9
_SENTENCE_WORDS = 6
_SENTENCE_END = re.compile(r"(?<=[.!?;]) | - ")
#: Shorter words stand in every text: they tell nobody why.
_TELLING = 5
#: Written by `manage.py train_readers`.
WEIGHTS_FILE = Path(__file__).parent / "readers/wording_weights.tsv"
_WEIGHTS = load(WEIGHTS_FILE)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something in the words: a code for programs, a sentence for people, where it stands.

    `span`: start and end, counted in the body's characters.
    """

    code: str
    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wording:
    """The lowest level whose words these are, and why.

    `reasons` holds what raised the level, and the flags of FLAGS, which do not raise it.
    """

    level: Level
    reasons: tuple[Sign, ...]


_TEXTS = {
    "promotional_phrasing": "reads like an offer",
    "informational_phrasing": "reads like a notice",
    "price": "names or touches on a price",
    "rate": "speaks of a rate or of financing terms",
    "payment": "speaks of payments or of money down",
    "credit": "promises credit",
    "discount": "makes an offer",
    "sale": "announces a sale",
    "free": "gives something away",
    "giveaway": "promises a gift, a prize or a reward",
    "urgency": "presses for time",
    "event": "invites to an event",
    "trade_in": "asks for the customer's car",
    "upgrade": "urges a new purchase",
    "inventory": "advertises what is in stock",
    "push": "asks for a go-ahead",
    "finance": "touches on financing",
    "better": "says that something is better now",
    "upsell": "mentions things sold beside the vehicle",
    "quote": "mentions prices",
    "cta": "calls to act",
    "hype": "praises",
    "trade": "touches on a trade",
    "stock": "touches on what is in stock",
    "season": "plays on the season",
    "deal": "touches on an offer",
    "service": "touches on service work",
    "now": "points at the present",
    "reach": "reaches out to the customer",
    "status": "reports on something of the customer's",
    "recall": "is a recall notice",
    "appointment": "is about an appointment",
    "ready": "says that something is ready",
    "arrived": "says that something has arrived or is on its way",
    "service_status": "reports on work in the shop",
    "payment_notice": "is about a payment",
    "due": "says that something is due",
    "hours": "is about opening hours",
    "program": "is about the texting itself",
    "survey": "asks for a review",
    "greeting": "is a greeting to all customers",
    "approval": "reports a decision of a bank or an insurer",
    "documents": "is about documents",
    "shouting": "shouts: carriers filter capitals and rows of exclamation marks",
    "public_shortener": "has a link of a public shortener: carriers block them",
    "shaft": "speaks of sex, hate, alcohol, firearms or tobacco: carriers bar it",
    "no_identification": "does not say who is texting",
    "unfilled_blank": "has a blank that was not filled in",
}
#: Reasons that do not raise the level.
FLAGS = frozenset({"shouting", "public_shortener", "shaft", "unfilled_blank", "no_identification"})

_SHORTENERS = (
    "bit.ly|bitly.com|tinyurl.com|t.co|goo.gl|ow.ly|is.gd|v.gd|buff.ly|rebrand.ly|cutt.ly|shorturl.at|rb.gy|tiny.cc|t.ly"
    "|bl.ink|lnkd.in|snip.ly|short.io|soo.gd|s.id|adf.ly|shorte.st|trib.al|fb.me|dlvr.it|j.mp|x.co|goo.su|shorturl.asia|tinylink.net|clck.ru|qrco.de|shorturl.com|tny.im|u.to"
)  # fmt: skip
_SHORTENER = re.compile(
    r"(?<![\w.@-])(?:https?://)?(?:www\.)?(?:" + re.escape(_SHORTENERS).replace(r"\|", "|") + r")(?![\w-]|\.\w)(?:/\S*)?"
)  # fmt: skip
_SHAFT = re.compile(
    r"\b(?:beers?|wines?|vodka|whisk(?:e)?y|tequila|rum|liquor|booze|cocktails?|margaritas?|mimosas?|champagne|brewery|keg|alcohol|"
    r"guns?|firearms?|ammo|ammunition|rifles?|pistols?|shotguns?|handguns?|ar-15|"
    r"cigars?|cigarettes?|vap(?:e|es|ing)|tobacco|hookah|nicotine|cannabis|marijuana|weed|cbd|"
    r"sex|sexy|porn|xxx|nudes?|strippers?|strip club|"
    r"bieres?|alcool|spiritueux|armes? a feu|fusils?|munitions|tabac|vapoteuse|cannabis|sexe|"
    r"cervezas?|licor|armas?(?: de fuego)?|pistolas?|rifles?|tabaco|cigarros?|cigarrillos?|marihuana|sexo)\b"
)
_BLANK = re.compile(
    r"\{\{?[^{}\n]{0,60}\}\}?|\[\[?[A-Za-z][A-Za-z0-9_' .-]{1,40}\]?\]|<[A-Za-z][A-Za-z_ ]{1,30}>|<<[^<>\n]{1,40}>>"
    r"|_{3,}|%[A-Za-z_]{3,30}%|\$\[?(?:AMOUNT|PRICE|X{2,})\]?|\bX{3,}\b|(?i:^(?:hi|hello|hey|dear|hola|bonjour) ,)"
)
#: A person or a business that names itself: "it's Rick at Valley Ford", "Metro Kia: …", "soy Ana de …".
_IDENTIFIED = re.compile(
    r"(?:\b(?i:this is|it's|its|it is|i'm|i am|my name is|c'est|ici|je suis|mon nom est|soy|le habla"
    r"|habla|mi nombre es|de parte de|from|at|with|chez|de|en) (?:(?i:the) )?(?=[A-ZÀ-Þ]))"
    r"|^\W*(?:[A-ZÀ-Þ][\w'&.-]* ){1,4}?(?:[A-ZÀ-Þ][\w'&.-]*)? ?[:,-] |[-–—] ?[A-ZÀ-Þ][\w' ]+$"
)
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{4,}\b")
_SHOUTED_LETTERS = 16
_SHOUTED_SHARE = 0.7


def check(body: str) -> Wording:
    """Say which level of consent these words need, whatever the sender calls them.

    A price, a payment or a rate is an offer, unless the words say that somebody asked for it. Never
    returns Level.NONE.

    Law: RULE-US-03.
    """
    folded = fold(body)
    signs = read(folded.text)
    level = _level(folded.text, signs) if folded.text.strip() else Level.CONVERSATIONAL
    raised = _because(level, folded, signs)
    if level is not Level.PROMOTIONAL:
        offers = _offers_in_sentences(body, folded, signs)
        level, raised = (Level.PROMOTIONAL, offers) if offers else (level, raised)
    flags = _flags(body, folded, is_promotional=level is Level.PROMOTIONAL)
    return Wording(level, (*raised, *flags))


def _because(level: Level, folded: Folded, signs: Signs) -> tuple[Sign, ...]:
    return tuple(
        Sign(hit.code, f"It {_TEXTS[hit.code]}.", folded.original(hit.span))
        for hit in _why(level, folded, signs)
    )


def _offers_in_sentences(body: str, whole: Folded, signs: Signs) -> tuple[Sign, ...]:
    """Return the offer of a sentence that stands beside a notice or an answer, else ().

    Read with those a sentence drowns among their words; by itself it tells what it is. Figures in an
    answer were asked for, what a recall repairs for nothing is no gift, and a sentence of a few words
    without a sign of an offer may be anything.
    """
    is_answer = signs.is_answer or signs.is_asked_for or signs.quoted
    allowed = FIGURES if is_answer else frozenset()
    if any(hit.code == "recall" for hit in signs.notices):
        allowed = allowed | {"free"}
    for sentence in _sentences(body, whole):
        found = read(sentence.text)
        if found.quoted or found.is_answer or found.is_asked_for:
            continue
        has_sign = bool(found.hints) or not {hit.code for hit in found.strong} <= allowed
        if not has_sign and len(sentence.text.split()) < _SENTENCE_WORDS:
            continue
        is_plain = has_sign or not allowed
        needed = PROMOTIONAL_IN_A_SENTENCE_FROM if is_plain else PROMOTIONAL_IN_AN_ANSWER_FROM
        chances = _WEIGHTS.chances(features(sentence.text, found))
        if chances and chances[0] >= needed:
            return _because(Level.PROMOTIONAL, sentence, found)
    return ()


def _sentences(body: str, whole: Folded) -> list[Folded]:
    """Return the sentences of a text, if it has several: each ends with a mark or with its line."""
    text, places = whole.text, whole.places
    ends = {match.end() for match in _SENTENCE_END.finditer(text)}
    blanks = [place for place, char in enumerate(text[:-1]) if char == " "]
    ends |= {at + 1 for at in blanks if "\n" in body[places[at] : places[at + 1]]}
    if not ends:
        return []
    cuts = [0, *sorted(ends), len(text)]
    return [
        Folded(text[start:end], places[start:end]) for start, end in pairwise(cuts) if start < end
    ]


def features_of(body: str) -> set[str]:
    """Return what the weights know of a text."""
    folded = fold(body).text
    return features(folded, read(folded))


def _level(folded: str, signs: Signs) -> Level:
    """Return the level that phrases and weights together speak for."""
    chances = _WEIGHTS.chances(features(folded, signs))
    if not chances:
        return Level.PROMOTIONAL if signs.strong else Level.CONVERSATIONAL
    promotional, informational, talk = chances
    needed = PLAINLY_PROMOTIONAL_FROM if signs.strong else PROMOTIONAL_FROM
    if signs.quoted:
        needed = PROMOTIONAL_WHEN_ASKED_FROM
    elif not (signs.strong or signs.hints) and len(folded.split()) <= _FEW_WORDS:
        needed = PROMOTIONAL_IN_FEW_WORDS_FROM
    if promotional >= needed:
        return Level.PROMOTIONAL
    return Level.INFORMATIONAL if informational > talk else Level.CONVERSATIONAL


def _why(level: Level, folded: Folded, signs: Signs) -> tuple[Hit, ...]:
    """Return what stands for the level: the phrases, else the word that weighs most."""
    match level:
        case Level.PROMOTIONAL:
            found = signs.strong or signs.hints
        case Level.INFORMATIONAL:
            found = signs.notices
        case _:
            return ()
    if found:
        return found
    column = LEVELS.index(level)
    known = _WEIGHTS.by_feature
    words = tokens(folded.text)
    telling = [word for word in words if len(word[0]) >= _TELLING] or words
    weighed = [(known.get(name, (0, 0, 0))[column], span) for name, span in telling]
    return (Hit(f"{level.value}_phrasing", max(weighed)[1]),) if weighed else ()


def _flags(body: str, folded: Folded, *, is_promotional: bool) -> Iterator[Sign]:
    text = without_idioms(folded.text)
    letters = [char for char in body if char.isalpha() and char.upper() != char.lower()]
    capitals = sum(char.isupper() for char in letters)
    shouted = _CAPITALS.search(body)
    bangs = re.search(r"[!?¡]{3,}", body)
    if shouted and len(letters) >= _SHOUTED_LETTERS and capitals >= _SHOUTED_SHARE * len(letters):
        yield _flag("shouting", shouted.span())
    elif bangs:
        yield _flag("shouting", bangs.span())
    for code, pattern in (("public_shortener", _SHORTENER), ("shaft", _SHAFT)):
        match = pattern.search(text)
        if match:
            yield _flag(code, folded.original(match.span()))
    blank = _BLANK.search(body)
    if blank:
        yield _flag("unfilled_blank", blank.span())
    if is_promotional and not _IDENTIFIED.search(body):
        yield _flag("no_identification", (0, len(body)))


def _flag(code: str, span: tuple[int, int]) -> Sign:
    return Sign(code, f"It {_TEXTS[code]}.", span)
