"""Pure: what stands in a text's words: prices, topics, notices, answers, and the bare words."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from consent.readers import wording_words as words

#: Points of stance that make a topic a promotion; more where the text is plainly a notice.
STANCE = 2
STANCE_IN_NOTICE = 4
#: Topics that are a promotion with any stance at all.
MANY_TOPICS = 3
#: What a figure is: named unasked it is an offer, named when asked for it is an answer.
FIGURES = frozenset({"price", "rate", "payment"})


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its code and where it stands in the folded text."""

    code: str
    span: tuple[int, int]
    points: int = 0


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made plain, and where each of its characters stood in the original."""

    text: str
    places: tuple[int, ...]

    def original(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return a span of the plain text as a span of the original."""
        return self.places[span[0]], self.places[span[1] - 1] + 1


@dataclass(frozen=True, slots=True)
class Signs:
    """What was found in one text.

    `strong`: a promotion alone, as a rule. `quoted`: figures that only answer. `hints`: topics and
    stances that together make one, () when they do not. `topics` and `stances`: all of them.
    `notices`: what notices say.
    """

    strong: tuple[Hit, ...]
    quoted: tuple[Hit, ...]
    hints: tuple[Hit, ...]
    topics: tuple[Hit, ...]
    stances: tuple[Hit, ...]
    notices: tuple[Hit, ...]
    is_answer: bool
    is_asked_for: bool
    has_question: bool


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
_ASKED = _compiled(words.ASKED)
_ELLIPSIS = re.compile(r"^\W*" + _compiled(words.ELLIPSIS, at_start=True).pattern)
_GREETINGS = "hi|hey|hello|ok|okay|oh|ha|haha|hola|bonjour|salut|allo|ah"
_ANSWER = re.compile(
    rf"^\W*(?:(?:{_GREETINGS})[ ,!.]+(?:\w+ ?[,!.] )?)?"
    + _compiled(words.ANSWERS, at_start=True).pattern
)
_QUESTION = re.compile(
    r"(?:(?<=[.!?,] )|^)\W*"
    r"(?:(?:hi|hey|hello|ok|okay|great|thanks|and|also|so|hola|bonjour)[\w ]{0,20}[,!]? ?)?"
    + _compiled(words.QUESTIONS, at_start=True).pattern
    + r"[^.!?]*\?"
)
_NOT_STATUS = rf"(?!(?:{'|'.join(words.NOT_STATUS)})\b)"
_STATUS = re.compile(
    r"(?:^\W*|(?<=[.!:;,-] ))"
    r"(?:(?:hi|hey|hello|hola|bonjour|dear|estimad[oa])\b[\w .]{0,20}[,!:]? ?)?"
    rf"(?:(?:{'|'.join(words.STATUS_OPENINGS)})(?!\w)"
    rf"|(?:the |el |la |le )?{words.SHORT['your']} {_NOT_STATUS}(?:[\w'&./-]+ ){{1,5}}?"
    rf"(?:{'|'.join(words.STATUS_VERBS)})(?!\w)"
    r"|we (?:just |have |'ve )?(?:got|received|sent|mailed|moved|closed|finished|completed|ordered"
    r"|shipped|found|started|submitted|processed) (?:[\w'&./-]+ ){0,3}?(?:your|ur) "
    rf"{_NOT_STATUS}\w+)"
    r"(?![^.!?]*\?)"
)
_PERCENT = re.compile(r"\d[\d,.]* ?(?:%|percent\b|pct\b|pour cent\b|por ciento\b)")
_FIGURE_BEFORE = re.compile(r"(?<![\w.,])(?:\$ ?)?\d[\d,.]*k? ?%? ?\Z")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_SIGNS = str.maketrans("’‘ʼ`´“”„«»–—‑−", "'''''\"\"\"\"\"----")  # noqa: RUF001


def fold(body: str) -> Folded:
    """Return the text without accents, in lower case, with straight quotes and single spaces."""
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
    return Folded("".join(chars), tuple(places))


def without_idioms(text: str) -> str:
    """Return folded text with what only looks like a promotion painted over, of equal length."""
    return _IDIOMS.sub(lambda match: "_" * len(match.group()), text)


def read(folded: str) -> Signs:
    """Return what stands in a folded text."""
    text = without_idioms(folded)
    questions = [match.span() for match in _QUESTION.finditer(text)]
    is_answer, is_asked_for = bool(_ANSWER.match(text)), bool(_ASKED_FOR.search(text))
    notices = _notices(text, questions)
    topics = _outside_questions({c: (0, p) for c, p in _TOPICS.items()}, text, questions)
    stances = _outside_questions(_STANCES, text, questions)
    hints = () if is_answer or is_asked_for else _hints(topics, stances, bool(notices))
    strong = _strong(text)
    is_quote = _is_quote(text, {hit.code for hit in strong}, is_answer=is_answer, stances=stances)
    return Signs(
        strong=() if is_quote else strong,
        quoted=strong if is_quote else (),
        hints=hints,
        topics=topics,
        stances=stances,
        notices=notices,
        is_answer=is_answer,
        is_asked_for=is_asked_for,
        has_question=bool(questions),
    )


def _is_quote(text: str, codes: set[str], *, is_answer: bool, stances: tuple[Hit, ...]) -> bool:
    """Say whether the figures of a text are those that somebody asked for, and nothing else is."""
    if not codes or not codes <= FIGURES or any(hit.points > 1 for hit in stances):
        return False
    return bool(_ASKED.search(text)) or (
        "rate" not in codes and (is_answer or bool(_ELLIPSIS.match(text)))
    )


def _outside_questions(
    patterns: dict[str, tuple[int, re.Pattern[str]]], text: str, questions: list[tuple[int, int]]
) -> tuple[Hit, ...]:
    """Return the first hit of each pattern that is not in a question to the customer."""
    hits = []
    for code, (points, pattern) in patterns.items():
        for match in pattern.finditer(text):
            if not _is_within(match.span(), questions):
                hits.append(Hit(code, match.span(), points))
                break
    return tuple(hits)


def _is_within(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _hints(topics: tuple[Hit, ...], stances: tuple[Hit, ...], is_notice: bool) -> tuple[Hit, ...]:
    stance = sum(hit.points for hit in stances)
    needed = STANCE_IN_NOTICE if is_notice else STANCE
    if topics and (stance >= needed or (len(topics) >= MANY_TOPICS and stance and not is_notice)):
        return (*topics, *stances)
    return ()


def _notices(text: str, questions: list[tuple[int, int]]) -> tuple[Hit, ...]:
    hits = []
    for code, pattern in _NOTICES.items():
        match = pattern.search(text)
        if match and not _is_within(match.span(), questions):
            hits.append(Hit(code, match.span()))
    if hits:
        return tuple(hits)
    status = _STATUS.search(text)
    return (Hit("status", status.span()),) if status else ()


def _strong(text: str) -> tuple[Hit, ...]:
    """Return what is a promotion alone, without what a recall gives and what a bill names."""
    is_recall = bool(_RECALL.search(text))
    is_business = bool(_TRANSACTION.search(text)) and not _NO_TRANSACTION.search(text)
    hits = []
    for code, pattern in _STRONG.items():
        if (code == "free" and is_recall) or (code == "price" and is_business):
            continue
        match = pattern.search(text)
        if match:
            start, end = match.span()
            figure = _FIGURE_BEFORE.search(text, 0, start)
            hits.append(Hit(code, (figure.start() if figure else start, end)))
    rate = _rate(text)
    if rate and all(hit.code != "rate" for hit in hits):
        hits.append(rate)
    return tuple(hits)


def _rate(text: str) -> Hit | None:
    """Return the first percentage that does not measure something (a battery, a certainty)."""
    for match in _PERCENT.finditer(text):
        is_certainty = match.group().startswith("100")
        around = text[max(0, match.start() - 40) : match.end() + 25]
        if not is_certainty and not _MEASURES.search(around):
            return Hit("rate", match.span())
    return None


# --- the bare words, for the weights --------------------------------------------------------------

_TOKEN = re.compile(
    r"(?P<url>https?://\S+|\b[\w-]+\.(?:com|ca|org|net|example)\b\S*)"
    r"|(?P<phone>\(?\d{3}\)?[- .]\d{3}[- .]\d{4})"
    r"|(?P<percent>\d[\d.,]* ?%)"
    r"|(?P<money>\$ ?\d[\d.,]*k?|\d[\d ,.]*\$)"
    r"|(?P<time>\b\d{1,2}(?::\d\d)? ?(?:am|pm|a\.m|p\.m|h\b(?: ?\d\d)?)|\b\d{1,2}:\d\d)"
    r"|(?P<date>\b\d{1,2}/\d{1,2}(?:/\d+)?)"
    r"|(?P<number>\d[\d.,]*)"
    r"|(?P<word>[a-z][a-z0-9']*(?:-[a-z0-9]+)*)"
    r"|(?P<sign>[?!])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_GRAM = 4
_LENGTH_STEP, _LENGTH_STEPS = 6, 6
_DIGITS_COUNTED = 5


def tokens(folded: str) -> list[tuple[str, tuple[int, int]]]:
    """Return the words of a folded text, each with its span; numbers and names by their class."""
    found = []
    for match in _TOKEN.finditer(folded):
        kind, value = match.lastgroup or "", match.group()
        if kind == "word":
            if value in words.MODELS:
                value = "<model>"
            elif value in words.DAYS:
                value = "<day>"
        elif kind == "number":
            digits = re.sub(r"\D", "", value)
            is_year = bool(_YEAR.fullmatch(digits))
            value = "<year>" if is_year else f"<{min(len(digits), _DIGITS_COUNTED)} digits>"
        elif kind != "sign":
            value = f"<{kind}>"
        found.append((value, match.span()))
    return found


def features(folded: str, signs: Signs) -> set[str]:
    """Return what the weights know of a text: words, pairs, pieces of words, signs, length."""
    names = [name for name, _ in tokens(folded)]
    framed = ["^", *names, "$"]
    found = set(names)
    found.update(f"{one} {other}" for one, other in itertools.pairwise(framed))
    for name in names:
        if name[0] != "<" and len(name) >= _GRAM:
            padded = f"_{name}_"
            found.update("/" + padded[i : i + _GRAM] for i in range(len(padded) - _GRAM + 1))
    found.add(f"#length {min(len(names) // _LENGTH_STEP, _LENGTH_STEPS)}")
    found.update(f"#strong {hit.code}" for hit in signs.strong)
    found.update(f"#quoted {hit.code}" for hit in signs.quoted)
    found.update(f"#topic {hit.code}" for hit in signs.topics)
    found.update(f"#stance {hit.code}" for hit in signs.stances)
    found.update(f"#notice {hit.code}" for hit in signs.notices)
    whole = {
        "#strong": bool(signs.strong),
        "#quoted": bool(signs.quoted),
        "#hints": bool(signs.hints),
        "#notice": bool(signs.notices),
        "#answer": signs.is_answer,
        "#asked for": signs.is_asked_for,
        "#question": signs.has_question,
        "#ends asking": folded.rstrip().endswith("?"),
    }
    found.update(name for name, holds in whole.items() if holds)
    return found
