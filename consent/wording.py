"""Pure: which level of consent a text's own words need. Rules only: no model, no network.

Some words are a promotion alone: a price, a rate, an offer, haste, an invitation. Others are only
what a sale is about (a topic: financing, a trade, stock) or how a seller speaks of it (a stance:
"better", "want me to", "book now"): a topic with enough stance beside it is a promotion too, unless
it stands in an answer or in a question about the customer's own affairs. What has no promotion in
it is a notice when it says what notices say, and else a turn in a conversation.

The words themselves are in consent.wording_words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consent import wording_words as words
from consent.levels import Level

#: Points of stance that make a topic a promotion; more where the text is plainly a notice.
STANCE = 2
STANCE_IN_NOTICE = 4
#: Topics that are a promotion with any stance at all.
MANY_TOPICS = 3


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


@dataclass(frozen=True, slots=True)
class _Hit:
    code: str
    span: tuple[int, int]
    points: int = 0


_TEXTS = {
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
    "unfilled_blank": "has a blank that was not filled in",
}
#: Reasons that do not raise the level.
FLAGS = frozenset({"shouting", "public_shortener", "shaft", "unfilled_blank"})


def _compiled(phrases: Iterable[str], *, at_start: bool = False) -> re.Pattern[str]:
    """Return one pattern for phrases, at word borders, with their abbreviations written out."""
    pattern = "|".join(phrases)
    for _ in range(2):  # an abbreviation may hold another
        for name, meaning in words.SHORT.items():
            pattern = pattern.replace(f"<{name}>", meaning)
    return re.compile(rf"(?:{pattern})(?!\w)" if at_start else rf"(?<!\w)(?:{pattern})(?!\w)")


_STRONG = {code: _compiled(phrases) for code, phrases in words.STRONG.items()}
_TOPICS = {code: _compiled(phrases) for code, phrases in words.TOPICS.items()}
_STANCES = {code: (n, _compiled(phrases)) for code, (n, phrases) in words.STANCES.items()}
_NOTICES = {code: _compiled(phrases) for code, phrases in words.NOTICES.items()}
_IDIOMS = _compiled(words.IDIOMS)
_MEASURES = _compiled(words.MEASURES)
_TRANSACTION = _compiled(words.TRANSACTION)
_NO_TRANSACTION = _compiled(words.NO_TRANSACTION)
_RECALL = _compiled(words.RECALL)
_ASKED_FOR = _compiled(words.ASKED_FOR)
_GREETING = r"^\W*(?:(?:hi|hey|hello|ok|okay|oh|ha|haha|hola|bonjour|salut|allo|ah)[ ,!.]+(?:\w+ ?[,!.] )?)?"
_ANSWER = re.compile(_GREETING + _compiled(words.ANSWERS, at_start=True).pattern)
_QUESTION = re.compile(
    r"(?:(?<=[.!?,] )|^)\W*(?:(?:hi|hey|hello|ok|okay|great|thanks|and|also|so|hola|bonjour)[\w ]{0,20}[,!]? ?)?"
    + _compiled(words.QUESTIONS, at_start=True).pattern
    + r"[^.!?]*\?"
)
_PERCENT = re.compile(r"\d[\d,.]* ?(?:%|percent\b|pct\b|pour cent\b|por ciento\b)")
_START = r"(?:^\W*|(?<=[.!:;,-] ))(?:(?:hi|hey|hello|hola|bonjour|dear|estimad[oa])\b[\w .]{0,20}[,!:]? ?)?"
_STATUS = re.compile(
    _START
    + rf"(?:(?:{'|'.join(words.STATUS_OPENINGS)})(?!\w)"
    + rf"|(?:the |el |la |le )?{words.SHORT['your']} (?!(?:{words.NOT_STATUS})\b)(?:[\w'&./-]+ ){{1,5}}?(?:{words.STATUS_VERBS})(?!\w)"
    + rf"|we (?:just |have |'ve )?(?:got|received|sent|mailed|moved|closed|finished|completed|ordered|shipped|found|started|submitted|processed) (?:[\w'&./-]+ ){{0,3}}?(?:your|ur) (?!(?:{words.NOT_STATUS})\b)\w+)"
    + r"(?![^.!?]*\?)"
)
#: Notices that even a yes does not turn into an answer.
_FORMAL = frozenset({"program", "hours", "survey", "greeting", "recall"})

_SHORTENERS = (
    "bit.ly|bitly.com|tinyurl.com|t.co|goo.gl|ow.ly|is.gd|v.gd|buff.ly|rebrand.ly|cutt.ly|shorturl.at|rb.gy|tiny.cc|t.ly"
    "|bl.ink|lnkd.in|snip.ly|short.io|soo.gd|s.id|adf.ly|shorte.st|trib.al|fb.me|dlvr.it|clck.ru|qrco.de|shorturl.com|tny.im|u.to"
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
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{4,}\b")
_SHOUTED_LETTERS = 16
_SHOUTED_SHARE = 0.7


def check(body: str) -> Wording:
    """Say which level of consent these words need, whatever the sender calls them.

    A text that quotes a price, an offer or a term needs the promotional level even in answer to a
    question: the words alone are weighed. Never returns Level.NONE.

    Law: RULE-US-03.
    """
    folded, places = _fold(body)
    text = _IDIOMS.sub(lambda match: "_" * len(match.group()), folded)
    notices = _notices(text)
    promotion = _promotion(text, is_notice=bool(notices))
    if promotion:
        level, found = Level.PROMOTIONAL, promotion
    elif notices and not _is_answer(text, notices):
        level, found = Level.INFORMATIONAL, notices
    else:
        level, found = Level.CONVERSATIONAL, []
    signs = [Sign(hit.code, f"It {_TEXTS[hit.code]}.", _span(places, hit.span)) for hit in found]
    return Wording(level, (*signs, *_flags(body, text, places)))


_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_SIGNS = str.maketrans("’‘ʼ`´“”„«»–—‑−", "'''''\"\"\"\"\"----")


def _fold(body: str) -> tuple[str, list[int]]:
    """Return the text plain (no accents, lower case, one space), and where each character stood."""
    chars: list[str] = []
    places: list[int] = []
    for place, original in enumerate(body):
        if _INVISIBLE.match(original):
            continue
        for char in unicodedata.normalize("NFKD", original).casefold().translate(_SIGNS):
            if unicodedata.combining(char):
                continue
            plain = " " if char.isspace() else char
            if plain == " " and (not chars or chars[-1] == " "):
                continue
            chars.append(plain)
            places.append(place)
    return "".join(chars), places


def _span(places: list[int], span: tuple[int, int]) -> tuple[int, int]:
    return places[span[0]], places[span[1] - 1] + 1


def _notices(text: str) -> list[_Hit]:
    questions = _questions(text)
    found = [(code, pattern.search(text)) for code, pattern in _NOTICES.items()]
    hits = [
        _Hit(code, match.span())
        for code, match in found
        if match and not _is_within(match.span(), questions)
    ]
    status = _STATUS.search(text)
    return hits or ([_Hit("status", status.span())] if status else [])


def _promotion(text: str, *, is_notice: bool) -> list[_Hit]:
    """Return what makes the text a promotion, [] when nothing does."""
    strong = _strong(text)
    if strong:
        return strong
    if _ANSWER.match(text) or _ASKED_FOR.search(text):
        return []
    questions = _questions(text)
    topics = [
        _Hit(code, span)
        for code, pattern in _TOPICS.items()
        if (span := _first_outside(pattern, text, questions))
    ]
    stances = [
        _Hit(code, span, points)
        for code, (points, pattern) in _STANCES.items()
        if (span := _first_outside(pattern, text, questions))
    ]
    stance = sum(hit.points for hit in stances)
    needed = STANCE_IN_NOTICE if is_notice else STANCE
    if topics and (stance >= needed or (len(topics) >= MANY_TOPICS and stance and not is_notice)):
        return [*topics, *stances]
    return []


def _strong(text: str) -> list[_Hit]:
    """Return what is a promotion alone."""
    is_recall = bool(_RECALL.search(text))
    is_business = bool(_TRANSACTION.search(text)) and not _NO_TRANSACTION.search(text)
    hits = []
    for code, pattern in _STRONG.items():
        if (code == "free" and is_recall) or (code == "price" and is_business):
            continue
        match = pattern.search(text)
        if match:
            hits.append(_Hit(code, match.span()))
    rate = _rate(text)
    if rate and all(hit.code != "rate" for hit in hits):
        hits.append(rate)
    return hits


def _rate(text: str) -> _Hit | None:
    """Return the first percentage that does not measure something (a battery, a certainty)."""
    for match in _PERCENT.finditer(text):
        is_certainty = match.group().startswith("100")
        around = text[max(0, match.start() - 40) : match.end() + 25]
        if not is_certainty and not _MEASURES.search(around):
            return _Hit("rate", match.span())
    return None


def _questions(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUESTION.finditer(text)]


def _is_within(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _first_outside(
    pattern: re.Pattern[str], text: str, questions: list[tuple[int, int]]
) -> tuple[int, int] | None:
    for match in pattern.finditer(text):
        if not _is_within(match.span(), questions):
            return match.span()
    return None


def _is_answer(text: str, notices: list[_Hit]) -> bool:
    return bool(_ANSWER.match(text)) and not any(hit.code in _FORMAL for hit in notices)


def _flags(body: str, text: str, places: list[int]) -> Iterator[Sign]:
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
            yield _flag(code, _span(places, match.span()))
    blank = _BLANK.search(body)
    if blank:
        yield _flag("unfilled_blank", blank.span())


def _flag(code: str, span: tuple[int, int]) -> Sign:
    return Sign(code, f"It {_TEXTS[code]}.", span)
