"""The words that a carrier answers itself, before and beside the portal.

Words and matching as law page 4.5 states them: one word alone, in any case. "Stop please" is not
a keyword. Toll-free numbers are handled by the network: only STOP stops, and YES lifts nothing.
"""

from __future__ import annotations

from typing import Literal

Keyword = Literal["stop", "help", "start"]

STOP_WORDS = frozenset(
    {"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"}
)
START_WORDS = frozenset({"START", "YES", "UNSTOP"})
HELP_WORDS = frozenset({"HELP", "INFO"})
TOLL_FREE_AREA_CODES = frozenset({"800", "833", "844", "855", "866", "877", "888"})

_LONG_CODE_ANSWERS: dict[Keyword, str] = {
    "stop": "You have been unsubscribed and will get no more messages from this number. "
    "Reply START to resubscribe.",
    "start": "You have been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data rates may apply.",
    "help": "Reply STOP to unsubscribe. Msg&Data rates may apply.",
}
_TOLL_FREE_ANSWERS: dict[Keyword, str] = {
    "stop": 'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this '
    'number. Text back "unstop" to receive messages again.',
    "start": 'NETWORK MSG: You have replied "unstop" and will begin receiving messages again from '
    "this number.",
    "help": "Reply STOP to unsubscribe. Msg&Data rates may apply.",
}


def is_toll_free(number: str) -> bool:
    """Say whether an E.164 number of the US and Canada is toll-free."""
    return number.startswith("+1") and number[2:5] in TOLL_FREE_AREA_CODES


def keyword(body: str, *, number: str) -> Keyword | None:
    """Return the keyword that a carrier sees in a text sent to its `number`, or None."""
    word = body.strip().upper()
    if is_toll_free(number):
        if word == "STOP":
            return "stop"
        if word in {"START", "UNSTOP"}:
            return "start"
        return "help" if word in HELP_WORDS else None
    if word in STOP_WORDS:
        return "stop"
    if word in START_WORDS:
        return "start"
    return "help" if word in HELP_WORDS else None


def answer(word: Keyword, *, number: str) -> str:
    """Return the text with which the carrier of `number` answers a keyword."""
    return (_TOLL_FREE_ANSWERS if is_toll_free(number) else _LONG_CODE_ANSWERS)[word]
