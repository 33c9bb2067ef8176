"""Pure: read a customer's text as a stop, a yes, a no, a call for help, or conversation.

Rules only: no model, no network, linear in the length of the text. A message is folded to plain
words (replies_text), misspelt key words are corrected (replies_spelling), ordinary uses of the stop
words are blotted out, and phrase patterns in three languages (replies_en, _fr, _es) are looked for.
A stop is searched anywhere in the message; a yes is believed only when every word of the message
belongs to it.

Law: RULE-US-05, RULE-US-06, RULE-CT-03, RULE-CT-04, RULE-CA-03, RULE-TW-03.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from consent import replies_en, replies_es, replies_fr, rules
from consent.replies_grammar import (
    COMMA,
    END,
    NAME,
    NUMBER,
    PROPER,
    QUESTION,
    UNKNOWN,
    Phrases,
    Vocabulary,
    build,
)
from consent.replies_spelling import Speller
from consent.replies_text import NO_EMOJI, STOP_EMOJI, YES_EMOJI, Plain, read
from consent.replies_words import (
    AMBIGUOUS_NAMES,
    CLASSES,
    ELIDED,
    ENCLITIC,
    EXPANSIONS,
    HELP_KEYWORDS,
    KEYWORD_LANGUAGE,
    LANGUAGE_WORDS,
    NAMES,
    NOT_MISSPELT,
    REAL_WORDS,
    SPELLABLE,
    START_KEYWORDS,
    STOP_KEYWORDS,
)


class ReplyKind(StrEnum):
    """What a reply does to consent."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    DECLINE = "decline"
    HELP = "help"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reply:
    """How one inbound text was read.

    `possible_opt_out`: doubtful words of stopping; never set on an opt_out. `reason`:

    - opt_out: keyword, phrase, wrong_number, legal_threat, hostile, emoji
    - opt_in: restart_keyword (START, UNSTOP: alone these lift a revocation), affirmative, emoji
    - decline: negative, emoji
    - help: keyword, identity_question
    - none: question, conversation (somebody has to answer); conditional, unclear (no answer to a
      yes/no question); tapback, auto_reply, empty (ignored)

    `language`: en, fr, es, or "" where the words belong to none. `keyword`: the canonical keyword
    that is the whole message, in capitals, else "". `carrier_word`: the word in capitals when the
    body, trimmed, is exactly one that Twilio answers itself, else "".
    """

    kind: ReplyKind
    possible_opt_out: bool
    reason: str
    language: str
    keyword: str = ""
    carrier_word: str = ""


_LANGUAGES = {"en": replies_en, "fr": replies_fr, "es": replies_es}
_CARRIER_WORDS = rules.TWILIO_STOP_WORDS | rules.TWILIO_START_WORDS | rules.TWILIO_HELP_WORDS
_LONGEST_WORD = 30
_LEET = str.maketrans("01345$@!", "oieassai")
_REPEATED = re.compile(r"(.)\1+")
_THRICE = re.compile(r"(.)\1{2,}")
#: Pictographs that soften a yes and take nothing back.
_FRIENDLY = frozenset("😊🙂😀😃😄😁☺🎉🙏❤💯👏🤗😉✨💙💚🧡🙌🤝✌")

_vocabulary = Vocabulary(CLASSES)


def _all(name: str) -> Phrases:
    texts = [getattr(module, name) for module in _LANGUAGES.values() if hasattr(module, name)]
    return build(_vocabulary, *texts)


def _each(name: str) -> dict[str, Phrases]:
    return {
        language: build(_vocabulary, getattr(module, name))
        for language, module in _LANGUAGES.items()
    }


_ORDINARY = _each("ORDINARY")
#: In the order in which they are looked for: the gravest reason is the one that is recorded.
_STOPS = {
    "legal_threat": _each("LEGAL"),
    "wrong_number": _each("WRONG_NUMBER"),
    "hostile": _each("HOSTILE"),
    "phrase": _each("PHRASE"),
}
_IDENTITY = _each("IDENTITY")
_NO_HEAD = _all("NO_HEAD")
_GONE = _all("GONE")
_NO_FILL = _all("NO_FILL")
_NO_STRONG = _all("NO_STRONG")
_CONTRAST = _all("CONTRAST")
_YES_HEAD = _all("YES_HEAD")
_YES_FILL = _all("YES_FILL")
_DOUBT = _all("DOUBT")
_UNCLEAR_FILL = _all("UNCLEAR_FILL")
_AUTO_REPLY = _all("AUTO_REPLY")
_QUESTION = _all("QUESTION_WORDS")
_CONDITION = build(_vocabulary, "@condition")
_STOP_CODES = frozenset(_vocabulary.charset("@stop"))
_YES_CODES = frozenset(_vocabulary.charset("@yesish"))
for _shape in ("🛑", "👍", "👎", "#", "STOP"):
    _vocabulary.code(_shape)
for _words in LANGUAGE_WORDS.values():
    for _word in sorted(_words):
        _vocabulary.code(_word)
_KNOWN = _vocabulary.codes
_LANGUAGE_CODES = {
    language: frozenset(_KNOWN[word] for word in words)
    for language, words in LANGUAGE_WORDS.items()
}
_MARKS = END + COMMA + QUESTION + "".join(_KNOWN[face] for face in "🛑👍👎")
_SPELLER = Speller(SPELLABLE, never=REAL_WORDS)
_SPELT_OUT = frozenset({*STOP_KEYWORDS, *HELP_KEYWORDS, *START_KEYWORDS, "yes"})
_COLLAPSED = {_REPEATED.sub(r"\1", word): canonical for word, canonical in STOP_KEYWORDS.items()}
_KEYWORD_SPELLER = Speller(
    {word for word in (*STOP_KEYWORDS, *HELP_KEYWORDS) if len(word) > 3 and word.isascii()}
    - {"alto", "baja", "arrete", "aide"},
    never=NOT_MISSPELT,
)


def classify(body: str) -> Reply:
    """Say what one inbound text means for consent.

    The context is that the number has been, or may be, asked whether it may be texted. Returns the
    first that holds of opt_out, help, decline, opt_in, none. Raises nothing, whatever the text.

    Law: RULE-US-05, RULE-US-06, RULE-CT-03, RULE-CT-04, RULE-CA-03, RULE-TW-03.
    """
    bare = body.strip().upper()
    carrier_word = bare if bare in _CARRIER_WORDS else ""
    plain = read(body, spelt=_SPELT_OUT)
    if plain.reaction:
        return Reply(ReplyKind.NONE, possible_opt_out=False, reason="tapback", language="")
    found = _keyword(plain, carrier_word)
    if found is not None:
        return found
    encoded = _encode(plain.words)
    if not encoded.strip(_MARKS):
        return _wordless(plain)
    return _read(plain, encoded)


def _keyword(plain: Plain, carrier_word: str) -> Reply | None:
    """Return the reading of a message that is nothing but a keyword, however it is spelt."""
    letters = plain.letters
    if not 1 < len(letters) <= 40 or "0" in plain.words:
        return None
    canonical = STOP_KEYWORDS.get(letters, "")
    kind, reason = ReplyKind.OPT_OUT, "keyword"
    if not canonical and letters in START_KEYWORDS:
        canonical, kind, reason = START_KEYWORDS[letters], ReplyKind.OPT_IN, "restart_keyword"
        if plain.quoted:
            return None
    elif not canonical and letters in HELP_KEYWORDS:
        canonical, kind = HELP_KEYWORDS[letters], ReplyKind.HELP
    elif not canonical:
        words = {word.casefold() for word in plain.words if word not in "|,?"}
        words.discard("")
        single = words.pop() if len(words) == 1 else ""
        if not single:
            return None
        canonical = _misspelt(single)
        if canonical in HELP_KEYWORDS.values():
            kind = ReplyKind.HELP
    if not canonical:
        return None
    language = KEYWORD_LANGUAGE.get(canonical, "en")
    return Reply(kind, False, reason, language, canonical, carrier_word)


def _misspelt(word: str) -> str:
    """Return the keyword that a one-word message means, or ""."""
    if word in NOT_MISSPELT:
        return ""
    bare = "".join(filter(str.isalpha, word))
    exact = STOP_KEYWORDS.get(word) or HELP_KEYWORDS.get(word) or STOP_KEYWORDS.get(bare)
    if exact:
        return exact
    if word in EXPANSIONS or word in NAMES:
        return ""
    plainer = word.translate(_LEET)
    exact = STOP_KEYWORDS.get(plainer) or _COLLAPSED.get(_REPEATED.sub(r"\1", plainer))
    if exact or plainer in _KNOWN:
        return exact or ""
    near = _KEYWORD_SPELLER.correct(plainer)
    return STOP_KEYWORDS.get(near) or HELP_KEYWORDS.get(near) or ""


def _wordless(plain: Plain) -> Reply:
    """Read a message of emoji or marks alone."""
    shown = set(plain.emoji)
    if shown & STOP_EMOJI:
        return Reply(ReplyKind.OPT_OUT, False, "emoji", "")
    if QUESTION in plain.words or not shown:
        reason = "unclear" if QUESTION in plain.words or shown else "empty"
        return Reply(ReplyKind.NONE, False, reason, "")
    if shown & NO_EMOJI and not shown & YES_EMOJI:
        return Reply(ReplyKind.DECLINE, False, "emoji", "")
    if shown & YES_EMOJI and shown <= YES_EMOJI | _FRIENDLY and not plain.quoted:
        return Reply(ReplyKind.OPT_IN, False, "emoji", "")
    return Reply(ReplyKind.NONE, False, "unclear", "")


def _read(plain: Plain, encoded: str) -> Reply:
    """Read a message that has words, one character each in `encoded`."""
    letters = frozenset(encoded)
    language = _language(encoded)
    order = sorted(_LANGUAGES, key=lambda name: name != (language or "en"))
    quiet = encoded
    for name in order:
        quiet = _ORDINARY[name].blotted(quiet)
    audible = frozenset(quiet)
    for reason, by_language in _STOPS.items():
        for name in order:
            if by_language[name].found(quiet, audible):
                return Reply(ReplyKind.OPT_OUT, False, reason, language or name)
    small = not _leftover(encoded, (_YES_HEAD, _YES_FILL, _NO_HEAD, _NO_FILL))
    if small and set(plain.emoji) & STOP_EMOJI:
        return Reply(ReplyKind.OPT_OUT, False, "emoji", language)
    doubtful = _DOUBT.found(quiet, audible)
    if _AUTO_REPLY.found(encoded, letters):
        return Reply(ReplyKind.NONE, doubtful, "auto_reply", language)
    for name in order:
        if _IDENTITY[name].found(encoded, letters):
            return Reply(ReplyKind.HELP, doubtful, "identity_question", language or name)
    if _is_plea(encoded):
        return Reply(ReplyKind.HELP, doubtful, "keyword", language)
    if _declines(encoded):
        return Reply(ReplyKind.DECLINE, doubtful, "negative", language)
    if _accepts(plain, encoded):
        keyword = "YES" if plain.letters == "yes" else ""
        carrier = "YES" if keyword and plain.words[0].upper() == "YES" else ""
        return Reply(ReplyKind.OPT_IN, doubtful, "affirmative", language, keyword, carrier)
    return Reply(ReplyKind.NONE, doubtful, _why_none(encoded, letters), language)


# --- yes and no -----------------------------------------------------------------------------------
def _leftover(encoded: str, sets: tuple[Phrases, ...]) -> bool:
    """Say whether something in the message is no phrase of any of the sets."""
    return _walk(encoded, sets) is None


def _walk(encoded: str, sets: tuple[Phrases, ...]) -> set[int] | None:
    """Read the message as phrases of the sets from its start, the first set first.

    Returns which sets were met, None when a word fits none of them.
    """
    met: set[int] = set()
    position = 0
    while position < len(encoded):
        if encoded[position] in (END, COMMA, QUESTION):
            position += 1
            continue
        for index, phrases in enumerate(sets):
            end = phrases.end(encoded, position)
            if end > position:
                met.add(index)
                position = end
                break
        else:
            return None
    return met


def _declines(encoded: str) -> bool:
    """Say whether the message is a clear no to the question, and nothing else of substance."""
    if QUESTION in encoded:
        return False
    met = _walk(encoded, (_GONE, _NO_HEAD, _NO_FILL, _YES_FILL))
    if met is not None and met & {0, 1}:
        return True
    strong = _NO_STRONG.expression.match(encoded)
    return strong is not None and not _CONTRAST.expression.search(encoded, strong.end())


def _accepts(plain: Plain, encoded: str) -> bool:
    """Say whether every word of the message belongs to a clear, unconditional yes."""
    if plain.quoted or plain.instructed or QUESTION in encoded:
        return False
    if any(face not in _FRIENDLY and face not in YES_EMOJI for face in plain.emoji):
        return False
    met = _walk(encoded, (_YES_HEAD, _YES_FILL))
    return met is not None and 0 in met


def _is_plea(encoded: str) -> bool:
    return bool(_PLEA.expression.fullmatch(encoded.strip("|,?")))


_PLEA = build(
    _vocabulary,
    """
    please? help|aide|ayuda|info me? @polite*
    help|info|ayuda|aide help|info|ayuda|aide
    @i need help
    """,
)


def _why_none(encoded: str, letters: frozenset[str]) -> str:
    """Return why a message neither accepts nor refuses: does it hold something to answer?"""
    short = not _leftover(encoded, (_YES_HEAD, _YES_FILL, _NO_HEAD, _UNCLEAR_FILL))
    if short:
        return "unclear"
    if QUESTION in encoded:
        return "question"
    if encoded[0] in _YES_CODES and _CONDITION.found(encoded, letters):
        return "conditional"
    if _QUESTION.expression.match(encoded):
        return "question"
    return "conversation"


# --- words to characters --------------------------------------------------------------------------
def _encode(words: tuple[str, ...]) -> str:
    """Return one character a word; marks keep their own."""
    mixed = any(word[0].islower() for word in words)
    made: list[str] = []
    for word in words:
        if word in (END, COMMA, QUESTION):
            made.append(word)
        elif word == "STOP" and mixed:
            made.append(_KNOWN["STOP"])
        elif (
            mixed
            and word[0].isupper()
            and made
            and made[-1] not in (END, QUESTION)
            and word.casefold() in AMBIGUOUS_NAMES
        ):
            made.append(NAME)
        else:
            made.append(_codes(word))
    return "".join(made).strip("|,")


@lru_cache(maxsize=8192)
def _codes(word: str) -> str:
    """Return the characters of one token: its own, those of the words it stands for, or unknown."""
    if word == "0":
        return NUMBER
    if word == "@" or len(word) > _LONGEST_WORD:
        return UNKNOWN
    if word in YES_EMOJI:
        return _KNOWN["👍"]
    if word in NO_EMOJI:
        return _KNOWN["👎"]
    if word in STOP_EMOJI:
        return _KNOWN["🛑"]
    lower = word.casefold()
    head, mark, tail = lower.partition("'")
    if mark and head in ELIDED and len(tail) > 1:
        return _codes_of(head + "'") + _codes(tail)
    lower = lower.replace("'", "")
    if "*" in lower:
        lower = _unmasked(lower)
    stem = lower[:-2] if lower.endswith("me") else lower[:-3] if lower.endswith("nos") else ""
    if stem in ENCLITIC:
        return _codes_of(stem) + _codes_of(lower[len(stem) :])
    for spelling in _spellings(lower):
        if spelling in EXPANSIONS:
            return "".join(_codes_of(part) for part in EXPANSIONS[spelling])
        if spelling in _KNOWN:
            return _KNOWN[spelling]
    if lower in NAMES or (lower.endswith("s") and lower[:-1] in NAMES):
        return UNKNOWN if lower in AMBIGUOUS_NAMES else NAME
    corrected = _SPELLER.correct(lower)
    if corrected:
        return _codes_of(corrected)
    return PROPER if word[0].isupper() and word[1:].islower() else UNKNOWN


def _codes_of(word: str) -> str:
    return _KNOWN.get(word, UNKNOWN)


def _spellings(word: str) -> tuple[str, ...]:
    """Return `word` and its plainer forms: letters drawn out, or written as digits."""
    forms = [word]
    if _REPEATED.search(word):
        forms += [_THRICE.sub(r"\1\1", word), _THRICE.sub(r"\1", word)]
        forms.append(_REPEATED.sub(r"\1", word) if _THRICE.search(word) else word)
    if not word.isalpha():
        forms += [word.translate(_LEET), "".join(filter(str.isalpha, word))]
    return tuple(dict.fromkeys(filter(None, forms)))


def _unmasked(word: str) -> str:
    """Return a word that was masked with asterisks, as far as it can be told."""
    letters = word.replace("*", "")
    for masked in ("fuck", "fucking", "shit", "asshole", "bitch"):
        if (
            word[0] == masked[0]
            and abs(len(word) - len(masked)) < 2
            and set(letters) <= set(masked)
        ):
            return masked
    return letters or word


def _language(encoded: str) -> str:
    """Return the language that most words belong to, "" for none or a draw without words."""
    counts = {
        name: sum(character in codes for character in encoded)
        for name, codes in _LANGUAGE_CODES.items()
    }
    best = max(counts.values())
    if not best:
        return ""
    leading = [name for name, count in counts.items() if count == best]
    return leading[0] if len(leading) == 1 else ""
