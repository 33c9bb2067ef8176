"""Pure: the carrier's error codes in plain words, and what each means for the number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """One way in which a text fails. `code` is ours, `text` what staff read."""

    code: str
    text: str


# Twilio error pages as read on 2026-11-23 (law §4.6).
BY_CARRIER_CODE: dict[str, Failure] = {
    "21211": Failure("invalid_number", "This is not a working phone number."),
    "21408": Failure("region_off", "Texting to this country is not switched on at the carrier."),
    "21610": Failure("carrier_blocked", "The carrier blocks texts to this number."),
    "21612": Failure("unreachable_route", "This number cannot be reached from our number."),
    "21614": Failure("landline", "This number cannot receive texts: it is not a mobile."),
    "21611": Failure("carrier_busy", "The carrier's queue is full."),
    "21617": Failure("too_long", "The text is too long."),
    "21623": Failure("too_many_files", "More files than the carrier takes."),
    "30001": Failure("carrier_busy", "The carrier's queue is full."),
    "30003": Failure("handset_off", "The phone is off or out of reach."),
    "30004": Failure("blocked", "The carrier or the handset blocks our texts."),
    "30005": Failure("unknown_handset", "The number is not in service."),
    "30006": Failure("landline", "A landline, or a carrier that takes no texts."),
    "30007": Failure("filtered", "The carrier filtered this text as unwanted. Do not resend it."),
    "30008": Failure("carrier_error", "The carrier could not say why it failed."),
    "30034": Failure("unregistered", "Our number is not registered for texting (10DLC)."),
    "30035": Failure("unregistered", "Our number is not registered for texting (10DLC)."),
    "30610": Failure("carrier_quiet_hours", "The carrier holds texts at this hour."),
    "30640": Failure("known_litigator", "The carrier blocks this number as a known litigator."),
}
OTHER = Failure("carrier_refused", "The carrier refused this text.")
TEXTS: dict[str, str] = {f.code: f.text for f in (*BY_CARRIER_CODE.values(), OTHER)} | {
    "no_connection": "The carrier could not be reached.",
    "not_known": "The carrier did not answer: it is not known whether the text went out.",
}
#: The number itself cannot be texted.
LANDLINE_CODES = frozenset({"21614", "30006"})
INVALID_CODES = frozenset({"21211", "30005"})
#: The carrier says that the recipient stopped; not always the customer's own STOP (law §4.6).
BLOCKED_CODES = frozenset({"21610"})


def of_carrier(code: str) -> Failure:
    """Return the failure that a carrier's error code stands for."""
    return BY_CARRIER_CODE.get(code, OTHER)


def describe(code: str) -> str:
    """Return the plain words for one of our failure codes, "" for none."""
    return TEXTS.get(code, "")
