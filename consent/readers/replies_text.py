"""Pure: read a text message as plain words: fold its letters, drop what it quotes, split it.

Everything is linear in the length of the text: folding is one table, and no expression here repeats
a repetition. Law: RULE-CT-03 (normalisation), RULE-CT-04 (quoted text of our own messages).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: Emoji that alone answer a yes/no question, and those that tell someone to stop.
YES_EMOJI = frozenset("👍👌✅✔☑🆗")
NO_EMOJI = frozenset("👎🙅❌✖")
STOP_EMOJI = frozenset("🛑⛔🚫🖕")


def _folding() -> dict[int, str | None]:
    """Return the table that drops what cannot be seen and folds look-alikes to ASCII."""
    table: dict[int, str | None] = {}
    # Combining marks left by NFKD, variation selectors, tags, joiners, fillers, directions.
    for first, last in (
        (0x0300, 0x036F),
        (0x1AB0, 0x1AFF),
        (0x1DC0, 0x1DFF),
        (0x20D0, 0x20FF),
        (0xFE00, 0xFE0F),
        (0xFE20, 0xFE2F),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x1F3FB, 0x1F3FF),
        (0xE0000, 0xE01EF),
    ):
        table.update(dict.fromkeys(range(first, last + 1)))
    table.update(dict.fromkeys((0x00AD, 0x061C, 0x3164, 0xFEFF, 0xFFA0)))
    table[0x2800] = " "  # the blank braille cell
    for letters, plain in (
        ("‘’‚‛ʼʹ`´′＇ꞌ", "'"),
        ("“”„‟«»″‹›〝〞", '"'),
        ("‐‑‒–—―−", "-"),
        ("¿", " "),
        ("¡", " "),
        # Cyrillic and Greek letters drawn like Latin ones
        ("аАΑα", "a"),
        ("ВβΒ", "b"),
        ("сСϲ", "c"),
        ("ԁ", "d"),
        ("еЕΕєЄ", "e"),
        ("НΗ", "h"),
        ("іІΙιı", "i"),
        ("јЈ", "j"),
        ("кКΚκ", "k"),
        ("ӏ", "l"),
        ("мМΜ", "m"),
        ("пΝ", "n"),
        ("оОΟοσ", "o"),
        ("рРΡρ", "p"),
        ("ԛ", "q"),
        ("ѕЅ", "s"),
        ("тТΤτ", "t"),
        ("υ", "u"),
        ("ԝѡ", "w"),
        ("хХΧχ", "x"),
        ("уУΥү", "y"),
        ("Ζ", "z"),
        # Latin letters that NFKD leaves alone
        ("ᴀ", "a"),
        ("ʙ", "b"),
        ("ᴄ", "c"),
        ("ᴅ", "d"),
        ("ᴇ", "e"),
        ("ꜰ", "f"),
        ("ɢ", "g"),
        ("ʜ", "h"),
        ("ɪ", "i"),
        ("ᴊ", "j"),
        ("ᴋ", "k"),
        ("ʟ", "l"),
        ("ᴍ", "m"),
        ("ɴ", "n"),
        ("ᴏøØ", "o"),
        ("ᴘ", "p"),
        ("ʀ", "r"),
        ("ꜱ", "s"),
        ("ᴛ", "t"),
        ("ᴜ", "u"),
        ("ᴠ", "v"),
        ("ᴡ", "w"),
        ("ʏ", "y"),
        ("ᴢ", "z"),
        ("łŁ", "l"),
        ("œŒ", "oe"),
        ("æÆ", "ae"),
    ):
        table.update(dict.fromkeys(map(ord, letters), plain))
    for first in (0x1F150, 0x1F170):  # negative circled and negative squared letters
        table.update({first + n: chr(65 + n) for n in range(26)})
    for n in range(26):  # regional indicators, which draw flags in pairs
        table[0x1F1E6 + n] = f" {chr(65 + n)} "
    table[0x1F17F] = "P"
    return table


_FOLDING = _folding()

# What phones write when somebody reacts to a text, in the three languages, before the quotation.
_REACTION = re.compile(
    r"""\s*(?:
      (?:liked|loved|disliked|emphasi[sz]ed|questioned|laughed\ at|
         removed\ (?:a|an)\ [a-z]+(?:\ [a-z]+)?\ from)
      | reacted\ (?:with\ )?\W{1,12}\ (?:to|from)
      | [^\w\s"']{1,12}\s{0,4}(?:to|a)\s
      | (?:(?:n'|n)?\ ?a\ (?:pas\ )?
          (?:aime|adore|ri\ de|mis\ en\ evidence|mis\ l'accent\ sur|deteste|souligne|accentue|
             remis\ en\ question|interroge|pose\ une\ question\ sur|
             (?:reagi|repondu)\ (?:(?:avec|par)\ )?\W{1,12}\ (?:a|au)|
             (?:retire|supprime)\ (?:un|une|le|la)\ [a-z' ]{1,30}\ (?:de|du|a)))
      | j'aime | j'adore
      | (?:(?:a\ [a-z]{1,20}\ )?(?:no\ )?le\ (?:gusto|encanto|dio\ [a-z ]{1,20}\ a)
          | se\ rio\ (?:de|con) | enfatizo | cuestiono | destaco | pregunto\ (?:por|sobre)
          | puso\ (?:enfasis|un\ signo\ de\ [a-z]{1,15})\ en | exclamo\ (?:por|sobre)
          | (?:reacciono|respondio)\ (?:con\ )?\W{1,12}\ a
          | (?:quito|elimino)\ [a-z ]{1,30}\ (?:de|a))
    )\s*:?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_REACTED_THING = re.compile(
    r"(?:an?|the|your|une?|la|le|un|una|el)\s+(?:image|photo|picture|video|attachment|audio|voice|"
    r"message|gif|sticker|link|location|contact|fichier|piece|imagen|foto|mensaje|archivo)\b"
    r"[^.!?\n]{0,20}\s*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"([^"]*)"')
# From here on a mail program repeats the message that was answered.
_REPEATED = re.compile(
    r"^(?:-{2,}\s*(?:original|forwarded|message d'origine|mensaje original)|from:\s|de:\s|"
    r"on\s[^\n]{4,80}\swrote:|le\s[^\n]{4,80}\sa ecrit\s?:|el\s[^\n]{4,80}\sescribio:)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_LINE = re.compile(r"^[ \t]*>[^\n]*$", re.MULTILINE)
# Words of ours (or of another robot) about the words to reply with: they command nothing.
_COMMANDS = (
    r"(?:stopall|stop|end|quit|cancel|unsubscribe|optout|opt\ out|arret|alto|baja|help|info|aide|"
    r"ayuda|start|unstop|yes|oui|si)[\"']?"
)
_INSTRUCTION = re.compile(
    rf"""(?:(?:reply|respond|text|txt|send|answer|type|repondez|repondre|envoyez|textez|
            responda|responde|envie|conteste|mande)
          (?:\ (?:with|back|par|con|a))? | [,.;]\s?(?:or|ou|o|and|et|y)?)
        \s{{0,2}}["']?{_COMMANDS}
        \s(?:to|pour|para|for)\s
        (?:(?:de\ l'|vous\ |se\ |darse\ de\ )?
          (?:opt[\ -]?(?:out|in)|end|cancel|unsubscribe|quit|stop|help|info|more|agree|confirm|start|
             subscribe|continue|join|receive|accept|desabonner|desinscrire|arreter|annuler|accepter|
             confirmer|aide|cancelar|salir|terminar|detener|baja|aceptar|confirmar|ayuda|parar)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Without a command word before one of these there is no instruction to look for.
_PURPOSE = re.compile(r"\s(?:to|pour|para|for)\s", re.IGNORECASE)
_COMMAND = re.compile(rf"{_COMMANDS}\Z", re.IGNORECASE)
_OUR_QUESTION = re.compile(
    r"(?:reply|repondez|responda)\s(?:with\s)?[\"']?(?:yes|oui|si)\b[^.\n]{0,60}", re.IGNORECASE
)
_SPELT_OUT = re.compile(r"(?<![^\W_])(?:[^\W\d_][\W_]{1,3}){2,40}[^\W\d_](?![^\W_])")
#: Letters in a message that may be nothing but a keyword, however it is spelt.
LONGEST_KEYWORD = 40
_LETTERS = re.compile(r"[^\W\d_]+")

_TOKEN = re.compile(
    r"""(?P<link>https?://\S{1,200}|www\.\S{1,200}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64})
      | (?P<roger>10-4(?![\w-]))
      | (?P<wholly>100\ ?%)
      | (?P<number>\$?\d[\d,.:/]*(?:st|nd|rd|th|k|am|pm|h|hrs?|mi|km|usd|cad)?(?![^\W_]))
      | (?P<word>[^\W_$*@]+(?:['*@$][^\W_$*@]*)*|\$[^\W\d_]\w*)
      | (?P<stop>[?!.;:\n\r()"\[\]|~]|\s-+\s|--)
      | (?P<comma>,)
      | (?P<hash>\#)
      | (?P<face>[👍👌✅✔☑🆗👎🙅❌✖🛑⛔🚫🖕])
    """,
    re.VERBOSE,
)
_SIGNS_BEYOND = re.compile("[^\0-\u2000]")
#: What stands for a token whose letters do not count.
_SIGNS = {"comma": ",", "number": "0", "link": "@", "roger": "roger", "wholly": "absolutely"}
#: "text STOP to end", and nothing more, is the customer's own.
_SHORTEST_INSTRUCTION = 24
_LONGEST_COMMAND = 12


@dataclass(frozen=True, slots=True)
class Plain:
    """A text message read: `words` are tokens as written but folded to ASCII where possible.

    Marks among the words: "," a comma, "?" a question mark, "|" any other end of a clause, "#" the
    sign itself, "0" a number, "@" an address, an emoji of the three sets above itself. `reaction`:
    the message only reacts to another. `quoted`: a quotation was taken out or was all there is.
    `emoji`: every pictograph in it. `letters`: casefolded, with everything but letters removed; of
    a text that is longer than any keyword its first words.
    """

    words: tuple[str, ...]
    letters: str
    emoji: str
    reaction: bool
    quoted: bool
    instructed: bool


def fold(text: str) -> str:
    """Return `text` without accents, invisible characters and look-alikes; case is kept."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKD", text).translate(_FOLDING)


def read(body: str, *, spelt: frozenset[str]) -> Plain:
    """Read one message. `spelt`: the words that count even when spelt out, as in S.T.O.P.

    Linear in the length of `body`; raises nothing.
    """
    text, reaction, quoted = _without_quotes(fold(body))
    text, instructed = _without_instructions(text)
    letters = _first_letters(text)
    text = _SPELT_OUT.sub(lambda found: _joined(found.group(), spelt), text)
    words = tuple(
        found.group() if found.lastgroup == "word" else _mark(found)
        for found in _TOKEN.finditer(text.replace("_", " "))
    )
    emoji = "".join(filter(_is_pictograph, _SIGNS_BEYOND.findall(text)))
    return Plain(words, letters, emoji, reaction, quoted, instructed)


def _without_instructions(text: str) -> tuple[str, bool]:
    """Take out what only says which words to reply with; say whether there was any."""
    if len(text) <= _SHORTEST_INSTRUCTION:
        return text, False
    shorter = text
    if any(
        _COMMAND.search(text, purpose.start() - _LONGEST_COMMAND, purpose.start())
        for purpose in _PURPOSE.finditer(text)
    ):
        shorter = _INSTRUCTION.sub(" | ", text)
    shorter = _OUR_QUESTION.sub(" | ", shorter)
    return shorter, shorter != text


def _mark(found: re.Match[str]) -> str:
    """Return a token that is no word as `Plain.words` has it."""
    token = found.group()
    if found.lastgroup == "stop":
        return "?" if token == "?" else "|"
    return _SIGNS.get(found.lastgroup or "", token)


def _first_letters(text: str) -> str:
    made = ""
    for run in _LETTERS.finditer(text):
        made += run.group()
        if len(made) > LONGEST_KEYWORD:
            break
    return made.casefold()


def _is_pictograph(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sm")


def _joined(spelling: str, spelt: frozenset[str]) -> str:
    word = "".join(_LETTERS.findall(spelling))
    return f" {word} " if word.casefold() in spelt else spelling


def _without_quotes(text: str) -> tuple[str, bool, bool]:
    """Take out what the message repeats of another; say whether it was a reaction, or quoted."""
    quoted = False
    if ">" in text or ":" in text:
        shorter = _QUOTED_LINE.sub("", text)
        repeated = _REPEATED.search(shorter)
        if repeated is not None:
            shorter = shorter[: repeated.start()]
        quoted = len(shorter) < len(text)
        text = shorter
    found = _REACTION.match(text)
    if found is not None:
        rest = text[found.end() :]
        if rest.startswith('"'):
            end = rest.rfind('"')
            tail = rest[end + 1 :] if end > 0 else ""
            return tail, not _LETTERS.search(tail), True
        if _REACTED_THING.match(rest):
            return "", True, True
    if text.count('"') < 2:
        return text, False, quoted
    # A word or two in quotation marks is stressed, not quoted.
    shorter = _QUOTED.sub(lambda q: " | " if q.group(1).count(" ") > 2 else q.group(), text)
    if shorter == text:
        return text, False, quoted
    if _LETTERS.search(shorter):
        return shorter, False, True
    return text.replace('"', " "), False, True
