"""Pure: read a customer's text as a stop, a yes, a no, a call for help, or conversation.

No network, linear in the length of the text. A message is folded to plain words (replies_text),
misspelt key words are corrected (replies_spelling), ordinary uses of the stop words are blotted out,
and phrase patterns in three languages (replies_en, _fr, _es) are looked for. A stop is searched
anywhere in the message; a yes is believed only when every word of the message belongs to it, or
when it gives leave to be texted outright and nothing in it takes that back. What the phrases find
no stop in is weighed (readers/replies_weights.tsv, fitted to consent/readers/corpora/replies.tsv):
the weights can make it a stop, a doubtful one or a no, never a yes (docs/adr/0009).

Law: RULE-US-05, RULE-US-06, RULE-CT-03, RULE-CT-04, RULE-CA-03, RULE-TW-03.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from consent import rules
from consent.readers import replies_en, replies_es, replies_fr
from consent.readers.replies_grammar import (
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
from consent.readers.replies_spelling import LEET, REPEATED, Speller, spellings, unmasked
from consent.readers.replies_text import (
    LONGEST_KEYWORD,
    NO_EMOJI,
    STOP_EMOJI,
    YES_EMOJI,
    Plain,
    read,
)
from consent.readers.replies_words import (
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
    SENSES,
    SPELLABLE,
    START_KEYWORDS,
    STOP_KEYWORDS,
)
from consent.readers.weights import load


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

    - opt_out: keyword, phrase, wrong_number, legal_threat, hostile, emoji, likely (by weights)
    - opt_in: restart_keyword (START, UNSTOP: alone these lift a revocation), affirmative, emoji
    - decline: negative, emoji, likely (by weights)
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
#: From this chance on a text that no phrase reads as a stop may be one, and waits for a manager.
DOUBT_FROM = 0.4
#: From this chance on it is one.
STOP_FROM = 0.7
#: The same where phrases explain its words: an ordinary use, a question who texts, a doubt already.
STOP_FROM_EXPLAINED = 0.9
#: From this chance on a text that the phrases find nothing in is a no.
NO_FROM = 0.45
#: The same where it begins with one.
NO_LED_FROM = 0.3
#: Below this chance the weights overrule a yes of known words in an order that no phrase knows.
YES_TO_TEXTING_FROM = 0.6
#: The same for leave to be texted, or assent, among words that the phrases do not know.
YES_AMONG_FROM = 0.2
#: From this chance of a stop on they are no yes.
YES_DOUBTED_FROM = 0.2
#: Written by `manage.py train_readers`.
WEIGHTS_FILE = Path(__file__).parent / "readers/replies_weights.tsv"
_WEIGHTS = load(WEIGHTS_FILE)
#: Readings that the weights may find a no in.
_OPEN = frozenset({"conversation", "unclear"})
_SETTLED = frozenset({ReplyKind.OPT_OUT, ReplyKind.OPT_IN})
#: So many words of each end of a text are weighed.
_WEIGHED = 40
_GRAM, _LENGTH_STEP, _LENGTH_STEPS = 4, 3, 5
#: Pictographs that soften a yes and take nothing back.
_FRIENDLY = frozenset(
    "💅👋🥳🤩😇🌹🌸🌺🌞☀💐💛🖤🤍🤎💜💖💕🫡🫶🤠😎💪🥰😘😊🙂😀😃😄😁☺🎉🙏❤💯👏🤗😉✨💙💚🧡🙌🤝✌🤙"
)

_vocabulary = Vocabulary(CLASSES)


def _all(*names: str) -> Phrases:
    texts = (
        getattr(module, name, "") for module, name in itertools.product(_LANGUAGES.values(), names)
    )
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
#: What is in none of these needs no second look.
_ANY_ALARM = _all("LEGAL", "WRONG_NUMBER", "HOSTILE", "PHRASE", "DOUBT")
_IDENTITY = _each("IDENTITY")
_ANY_IDENTITY = _all("IDENTITY")
_NO_HEAD = _all("NO_HEAD")
_GONE = _all("GONE")
_NO_FILL = _all("NO_FILL")
_NO_STRONG = _all("NO_STRONG")
_NO_END = _all("NO_END")
_CONTRAST = _all("CONTRAST")
_YES_HEAD = _all("YES_HEAD")
_YES_FILL = _all("YES_FILL")
_NOT_YES = _all("NOT_YES")
_GRANT = _all("GRANT")
_TAKES_BACK = _all("TAKES_BACK")
_DOUBT = _all("DOUBT")
_UNCLEAR_FILL = _all("UNCLEAR_FILL")
_NO_HARM = _all("NO_HARM")
_ASIDE = _all("ASIDE")
_SHORT = (_YES_HEAD, _YES_FILL, _NO_HEAD, _NO_FILL)
_AUTO_REPLY = _all("AUTO_REPLY")
_QUESTION = _all("QUESTION_WORDS")
_CONDITION = build(_vocabulary, "@condition")
_UNLESS = build(_vocabulary, "if|unless|until|when|sauf|quand|cuando|hasta|salvo")
_STOP_CODES = frozenset(_vocabulary.charset("@stop"))
_YES_CODES = frozenset(_vocabulary.charset("@yesish"))
_TEXTING_CODES = frozenset(
    _vocabulary.charset("@text_noun|texto|textos|texte|textez|mensaje|mensajes")
)
#: A yes in a known order may hold these; among words in any order they hedge.
_HEDGES = frozenset(
    _vocabulary.charset(
        "@condition|@when|first|call|calls|calling|email|emails|phone|work|already|away|enough|"
        "problem|problems|prob|issue|issues|trouble|troubles|bother|mind|worry|worries|stress|"
        "objection|objections|hard|deaf|mute|speaking|permanently|anymore|nonsense|crap|shit|"
        "probleme|problemes|souci|soucis|derange|gene|genez|mille|route|volant|reunion|"
        "problema|inconveniente|molesta|incomoda|importa|bronca|pedo|falla|trabajo|mismo|why|"
        "embete|importune|aucun|aucunement|sans|pourquoi|was|were|looking|school|hearing|life|god|dios|dieu|"
        "llamada|llamadas|llamar|telefono|appel|appels|telephone|appeler|correo|courriel"
    )
)
_YES_LETTERS = (_YES_HEAD.letters | _YES_FILL.letters | frozenset(END + COMMA)) - _HEDGES
_NO_CODES = frozenset(_vocabulary.charset("@no|not|never|👎"))
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
_NAMED = {code: word for word, code in _KNOWN.items()} | {
    NAME: "<name>",
    PROPER: "<proper>",
    UNKNOWN: "<new>",
    NUMBER: "<number>",
}
_SENSES = {
    code: f"@{sense}"
    for sense, classes in reversed(SENSES.items())
    for name in classes.split()
    for code in _vocabulary.charset(f"@{name}")
}
#: Words without a sense, and marks, as the weights see them.
_UNSENSED = {code: code for code in (END, COMMA, QUESTION, NAME, PROPER, UNKNOWN, NUMBER)}
#: A clause of names alone.
_SIGNATURE = re.compile(rf"(?:^|[|,])[{NAME}{PROPER}]{{1,3}}(?=[|,]|$)")
_STOP_SIGN = _KNOWN["🛑"]
_ENDS = END + COMMA + QUESTION
_MARKS = _ENDS + "".join(_KNOWN[face] for face in "🛑👍👎")
_SPELLER = Speller(SPELLABLE, never=REAL_WORDS)
_SPELT_OUT = frozenset({*STOP_KEYWORDS, *HELP_KEYWORDS, *START_KEYWORDS, "yes"})
_COLLAPSED = {REPEATED.sub(r"\1", word): canonical for word, canonical in STOP_KEYWORDS.items()}
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
    return _weighed(_read(plain, encoded, carrier_word), plain, encoded)


def has_meaning(word: str) -> bool:
    """Say whether a word alone is read as a stop, a yes, a no, a call for help or a doubt."""
    reply = classify(word)
    return reply.kind is not ReplyKind.NONE or reply.possible_opt_out


def _weighed(reply: Reply, plain: Plain, encoded: str) -> Reply:
    """Return the reading with what the weights add: a stop, a doubt, a no, or nothing."""
    if reply.kind in _SETTLED or reply.reason == "auto_reply":
        return reply
    _, stop, _, no = _chances(plain, encoded)
    if stop < DOUBT_FROM:
        needed = NO_LED_FROM if _leads_with_no(encoded) else NO_FROM
        if no >= needed and _is_open(reply, encoded):
            return replace(reply, kind=ReplyKind.DECLINE, reason="likely")
        return reply
    explained = reply.kind is ReplyKind.HELP or reply.possible_opt_out
    explained = explained or _has_ordinary_use(encoded)
    if stop >= (STOP_FROM_EXPLAINED if explained else STOP_FROM):
        return Reply(ReplyKind.OPT_OUT, False, "likely", reply.language)
    return replace(reply, possible_opt_out=True)


def _leads_with_no(encoded: str) -> bool:
    """Say whether a no stands by itself at the beginning."""
    return encoded[0] in _NO_CODES and encoded[1:2] in (END, COMMA)


def _is_open(reply: Reply, encoded: str) -> bool:
    """Say whether the phrases left it open whether a message is a no."""
    return (
        reply.reason in _OPEN
        and not reply.possible_opt_out
        and QUESTION not in encoded
        and not _NO_HARM.found(encoded)
    )


def _chances(plain: Plain, encoded: str) -> list[float]:
    """Return how likely a text is something else, a stop, a yes, a no."""
    return _WEIGHTS.chances(set(_features(plain, encoded))) or [1.0, 0.0, 0.0, 0.0]


def _has_ordinary_use(encoded: str) -> bool:
    return any(phrases.found(encoded) for phrases in _ORDINARY.values())


def features_of(body: str) -> set[str]:
    """Return what the weights know of a text."""
    plain = read(body, spelt=_SPELT_OUT)
    return set(_features(plain, _encode(plain.words)))


def _features(plain: Plain, encoded: str) -> Iterator[str]:
    """Yield words, pairs, pairs with a gap, pieces of words, senses in their order, the length.

    Of a long text the two ends, where people say what they want: phrases are looked for in all.
    """
    length = len(encoded)
    words = plain.words
    if length > 2 * _WEIGHED:
        encoded = encoded[:_WEIGHED] + encoded[-_WEIGHED:]
        words = words[:_WEIGHED] + words[-_WEIGHED:]
    names = ["^", *(_NAMED.get(code, code) for code in encoded), "$"]
    senses = ["^", *(_SENSES.get(code) or _UNSENSED.get(code, "@") for code in encoded), "$"]
    yield from names
    yield from map(">".join, zip(senses, senses[1:], senses[2:], strict=False))
    for ones, others, gap, mark in (
        (names, names, 1, " "),
        (names, names, 2, " _ "),
        (senses, senses, 1, ">"),
        (senses, senses, 2, "~"),
        (senses, senses, 3, "~~"),
        (senses, names, 1, " "),
        (names, senses, 1, " "),
    ):
        yield from (f"{one}{mark}{other}" for one, other in zip(ones, others[gap:], strict=False))
    for word in words:
        if word not in (END, COMMA, QUESTION):
            yield from _pieces(word)
    yield f"#{min(length // _LENGTH_STEP, _LENGTH_STEPS)}"


@lru_cache(maxsize=8192)
def _pieces(word: str) -> tuple[str, ...]:
    padded = f"_{word.casefold()}_"
    return tuple("/" + padded[i : i + _GRAM] for i in range(len(padded) - _GRAM + 1))


def _keyword(plain: Plain, carrier_word: str) -> Reply | None:
    """Return the reading of a message that is nothing but a keyword, however it is spelt."""
    letters = plain.letters
    if not 1 < len(letters) <= LONGEST_KEYWORD or "0" in plain.words:
        return None
    canonical = STOP_KEYWORDS.get(letters, "")
    kind, reason = ReplyKind.OPT_OUT, "keyword"
    if not canonical and letters in START_KEYWORDS:
        canonical, kind, reason = START_KEYWORDS[letters], ReplyKind.OPT_IN, "restart_keyword"
        # It lifts a revocation: asked, quoted or crossed out it does not.
        if plain.quoted or QUESTION in plain.words or {*plain.emoji} & (NO_EMOJI | STOP_EMOJI):
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
    plainer = word.translate(LEET)
    exact = STOP_KEYWORDS.get(plainer) or _COLLAPSED.get(REPEATED.sub(r"\1", plainer))
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


def _read(plain: Plain, encoded: str, carrier_word: str) -> Reply:
    """Read a message that has words, one character each in `encoded`."""
    language = _language(encoded)
    order = sorted(_LANGUAGES, key=lambda name: name != (language or "en"))
    doubtful = False
    if _ANY_ALARM.found(encoded):
        quiet = encoded
        for name in order:
            quiet = _ORDINARY[name].blotted(quiet)
        for reason, name in itertools.product(_STOPS, order):
            if _STOPS[reason][name].found(quiet):
                return Reply(ReplyKind.OPT_OUT, False, reason, language or name)
        doubtful = _DOUBT.found(quiet)
    if _STOP_SIGN in encoded:
        if _consists_of(encoded.replace(_STOP_SIGN, ""), _SHORT, _SHORT):
            return Reply(ReplyKind.OPT_OUT, False, "emoji", language)
        doubtful = True
    if _AUTO_REPLY.found(encoded) and encoded[0] not in _YES_CODES:
        return Reply(ReplyKind.NONE, doubtful, "auto_reply", language)
    if _ANY_IDENTITY.found(encoded):
        name = next(name for name in order if _IDENTITY[name].found(encoded))
        return Reply(ReplyKind.HELP, doubtful, "identity_question", language or name)
    if _is_plea(encoded):
        return Reply(ReplyKind.HELP, doubtful, "keyword", language)
    if _declines(encoded):
        return Reply(ReplyKind.DECLINE, doubtful, "negative", language)
    if _accepts(plain, encoded):
        keyword = "YES" if plain.letters == "yes" else ""
        return Reply(ReplyKind.OPT_IN, doubtful, "affirmative", language, keyword, carrier_word)
    return Reply(ReplyKind.NONE, doubtful, _why_none(encoded), language)


# --- yes and no -----------------------------------------------------------------------------------
def _consists_of(encoded: str, heads: tuple[Phrases, ...], fills: tuple[Phrases, ...]) -> bool:
    """Say whether the message is phrases of the sets from end to end, one of the heads at least.

    Every way to divide it is tried; each position is looked at twice at most.
    """
    waiting = [(0, False)]
    seen = set(waiting)
    while waiting:
        position, has_head = waiting.pop()
        if position == len(encoded):
            if has_head:
                return True
            continue
        if encoded[position] in (END, COMMA, QUESTION):
            reached = {(position + 1, has_head)}
        else:
            reached = {(end, True) for head in heads for end in head.ends(encoded, position)}
            reached |= {(end, has_head) for fill in fills for end in fill.ends(encoded, position)}
        waiting += reached - seen
        seen |= reached
    return False


def _declines(encoded: str) -> bool:
    """Say whether the message is a clear no to the question, and nothing else of substance."""
    if QUESTION in encoded:
        return False
    if _NO_END.found(encoded) and not _UNLESS.found(encoded):
        return True
    half_yes = encoded[0] in _YES_CODES and _KNOWN["but"] in encoded
    if not half_yes and _consists_of(encoded, (_GONE, _NO_HEAD), (_NO_FILL, _YES_FILL)):
        return True
    strong = _NO_STRONG.at(encoded, 0)
    begins = strong.end() if strong else 1 if _leads_with_no(encoded) and encoded[1] == END else 0
    return bool(begins) and not _CONTRAST.found(encoded, begins)


def _accepts(plain: Plain, encoded: str) -> bool:
    """Say whether every word of the message belongs to a clear, unconditional yes."""
    if plain.quoted or plain.instructed or QUESTION in encoded:
        return False
    if _NOT_YES.found(encoded):
        return False
    if any(face not in _FRIENDLY and face not in YES_EMOJI for face in plain.emoji):
        return False
    if not _NO_CODES.isdisjoint(_NO_HARM.blotted(encoded)):
        return False
    if _consists_of(encoded, (_YES_HEAD,), (_YES_FILL,)):
        return True
    return _grants(plain, encoded) or _is_likely_yes(plain, encoded)


def _grants(plain: Plain, encoded: str) -> bool:
    """Say whether a message gives leave to be texted outright, and takes nothing of it back.

    Or assents in a phrase of its own, and speaks of nothing else that a yes may answer. Other words
    may stand beside the phrase, so the weights have to agree.
    """
    harmful = _NO_HARM.blotted(encoded)
    if _TAKES_BACK.found(harmful):
        return False
    if not _GRANT.found(encoded) and (_is_aside(harmful) or not _assents(encoded)):
        return False
    _, stop, yes, _ = _chances(plain, encoded)
    return stop < YES_DOUBTED_FROM and yes >= YES_AMONG_FROM


def _assents(encoded: str) -> bool:
    """Say whether a message holds a phrase of assent, and speaks of texts or of nothing else.

    "Y" is a yes where it begins: further on it is Spanish for "and".
    """
    if not _YES_HEAD.found(encoded[0] + encoded[1:].replace(_KNOWN["y"], UNKNOWN)):
        return False
    beside = _SIGNATURE.sub(END, _NO_HARM.blotted(encoded, END))
    beside = beside.replace(NAME, END).replace(PROPER, END, 1)
    return not _TEXTING_CODES.isdisjoint(encoded) or _YES_LETTERS.issuperset(beside)


def _is_aside(encoded: str) -> bool:
    """Say whether a message speaks of what a yes may answer beside the question, or of a no."""
    return any(phrases.found(encoded) for phrases in (_ASIDE, _GONE, _NO_HEAD))


def _is_likely_yes(plain: Plain, encoded: str) -> bool:
    """Say whether a message speaks of texting in words of a yes alone, and the weights agree."""
    return (
        _YES_LETTERS.issuperset(encoded)
        and not _TEXTING_CODES.isdisjoint(encoded)
        and _chances(plain, encoded)[2] >= YES_TO_TEXTING_FROM
    )


def _is_plea(encoded: str) -> bool:
    words = encoded.strip(_ENDS)
    return len(words) in _PLEA.ends(words, 0)


_PLEA = build(
    _vocabulary,
    """
    please? help|aide|ayuda|info me? @polite*
    help|info|ayuda|aide help|info|ayuda|aide
    @i need help
    """,
)


def _why_none(encoded: str) -> str:
    """Return why a message neither accepts nor refuses: does it hold something to answer?"""
    if _consists_of(encoded, (_UNCLEAR_FILL, *_SHORT), ()):
        return "unclear"
    if QUESTION in encoded:
        return "question"
    if encoded[0] in _YES_CODES and _CONDITION.found(encoded):
        return "conditional"
    if _QUESTION.at(encoded, 0):
        return "question"
    return "conversation"


# --- words to characters --------------------------------------------------------------------------
def _encode(words: tuple[str, ...]) -> str:
    """Return one character a word; marks keep their own."""
    mixed = any(word[0].islower() for word in words)
    made: list[str] = []
    for word in words:
        if word.islower():
            made.append(_codes(word))
        elif word in (END, COMMA, QUESTION):
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
        lower = unmasked(lower)
    stem = lower[:-2] if lower.endswith("me") else lower[:-3] if lower.endswith("nos") else ""
    if stem in ENCLITIC:
        return _codes_of(stem) + _codes_of(lower[len(stem) :])
    for spelling in spellings(lower):
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


def _language(encoded: str) -> str:
    """Return the language that most words belong to, "" for none or a draw without words."""
    counts = {
        name: sum(map(codes.__contains__, encoded)) for name, codes in _LANGUAGE_CODES.items()
    }
    best = max(counts.values())
    if not best:
        return ""
    leading = [name for name, count in counts.items() if count == best]
    return leading[0] if len(leading) == 1 else ""
