"""Pure: the numbers and words that come from law or from a carrier, and the register of rules.

Each constant names its rule, its source and the day on which the source was read. The readings are
engineering readings, often stricter than the law, and no legal advice.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

#: Version of this rule set; stored with every decision.
RULE_PACK = "2026.11.3"
#: The day on which the sources below were last read.
READ_ON = date(2026, 11, 23)

# --- hours --------------------------------------------------------------------------------------
# RULE-US-15: the house window, inside the federal 8:00-21:00 of 47 CFR 64.1200(c)(1) and inside
# most state windows; local time of whoever is texted; the closing minute itself is closed. Read
# 2026-11-23.
DEFAULT_OPENS = time(9)
DEFAULT_CLOSES = time(20)
DEFAULT_SUNDAY_OPENS = time(12)
DEFAULT_SUNDAY_CLOSES = time(20)
# 47 CFR 64.1200(c)(1), read 2026-11-23.
FEDERAL_OPENS = time(8)
FEDERAL_CLOSES = time(21)
# RULE-US-18: a direct reply is exempt from hours and cap; Oregon HB 3865, read 2026-11-23.
REPLY_EXEMPTION_MINUTES = 60

# --- how often ----------------------------------------------------------------------------------
# RULE-US-17: Fla. Stat. 501.616(6), Maryland Stop the Spam Calls Act, Oklahoma OTSA: 3 in any 24
# hours, the same subject; applied nationwide to every solicitation. Read 2026-11-23.
SOLICITATIONS_PER_24H = 3
SOLICITATIONS_WINDOW_HOURS = 24
# RULE-US-12: who is texting is said again after this silence; 47 CFR 64.1200(d)(4), read
# 2026-11-23.
SILENCE_DAYS = 30

# --- stops --------------------------------------------------------------------------------------
# RULE-US-08: one confirmation, presumed consented within 5 minutes; 47 CFR 64.1200(a)(12), read
# 2026-11-23.
STOP_CONFIRMATION_MINUTES = 5
STOP_CONFIRMATIONS = 1
# An answer to HELP is owed whatever the subscription (law 2.2); one that comes an hour late answers
# nobody. House limit.
HELP_REPLY_MINUTES = 60
# Longest time to honour a revocation, in business days: 47 CFR 64.1200(a)(10) and (d)(3), CASL
# s.11(3); read 2026-11-23. The portal honours it at once (RULE-US-06).
REVOCATION_BUSINESS_DAYS = 10
# RULE-US-04: Virginia SB 1339 (2026-01-01) honours a STOP for ten years; read 2026-11-23.
SUPPRESSION_YEARS = 10
# RULE-US-04: 16 CFR 310.5, 47 CFR 64.1200(d)(6): five years after the last message; read
# 2026-11-23.
RECORD_YEARS = 5
# FCC "revoke-all": one stop reaches every unrelated matter and business unit from this day on; DA
# 26-12 (6 Jan 2026), read 2026-11-23. A group may narrow the reach of a stop until then.
REVOKE_ALL_ON = date(2027, 1, 31)


def reaches_group(*, is_narrowed: bool, at: datetime) -> bool:
    """Say whether a stop reaches the whole group at an instant (aware).

    From REVOKE_ALL_ON a narrowed scope no longer counts, for the stops from before that day too.
    The day begins at midnight UTC, which is earlier than anywhere in America: never too late.

    Law: RULE-US-09; 47 CFR 64.1200(a)(10), DA 26-12.
    """
    return not is_narrowed or at >= datetime.combine(REVOKE_ALL_ON, time.min, tzinfo=UTC)


# --- consent ------------------------------------------------------------------------------------
# RULE-CT-02: a permission request that is not answered lapses. House limit on CTIA Messaging
# Principles 5.1.2.1, read 2026-11-23.
PERMISSION_EXPIRY_DAYS = 7
# An exchange that the customer began is conversational until it is closed, or this long after their
# last text (design 5; CTIA: implied consent ends with the exchange). Read 2026-11-23.
CUSTOMER_INITIATED_DAYS = 7
# RULE-US-13: 47 CFR 64.1200(f)(5), calendar months, read 2026-11-23.
EBR_PURCHASE_MONTHS = 18
EBR_INQUIRY_MONTHS = 3
# RULE-CA-01: CASL s.10(10)(a), (d) and (e), calendar months, read 2026-11-23.
CASL_PURCHASE_MONTHS = 24
CASL_INQUIRY_MONTHS = 6
# The portal says that an implied consent ends when so many days are left. House choice.
CASL_WARNING_DAYS = 30
# CASL ss.6(3), 11(2): contact details and unsubscribe address stay valid; read 2026-11-23.
CASL_CONTACT_VALID_DAYS = 60
# 47 CFR 64.1200(c)(2)(i): registry data are no older; read 2026-11-23.
DNC_DATA_DAYS = 31
# RULE-US-14: queries about a consent given before this day say nothing; read 2026-11-23.
RND_USEFUL_FROM = date(2021, 1, 27)

# --- words --------------------------------------------------------------------------------------
# 47 CFR 64.1200(a)(10): these alone "definitively" revoke; read 2026-11-23.
FCC_STOP_WORDS = frozenset({"stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"})
# CTIA Messaging Principles 5.1.3 and Short Code Monitoring Handbook 1.8; read 2026-11-23.
CTIA_STOP_WORDS = frozenset({"stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit"})
# Other lists: AWS required keywords, Spoke's triggers, Canadian short codes (RULE-CA-03); read
# 2026-11-23.
OTHER_STOP_WORDS = frozenset(
    {"revoke", "optout", "opt out", "opt-out", "remove", "arret", "td", "stop2quit", "unsub"}
)
STOP_WORDS = FCC_STOP_WORDS | CTIA_STOP_WORDS | OTHER_STOP_WORDS
HELP_WORDS = frozenset({"help", "info", "aide", "ayuda"})
# Only these lift a stop (design 6): YES answers the permission question and nothing else.
START_WORDS = frozenset({"start", "unstop"})
# What Twilio answers and blocks by itself on long codes, single words only, any letter case: its
# page on advanced opt-out (TW-DOC), read 2026-11-23. RULE-TW-03: to these the portal adds nothing.
TWILIO_STOP_WORDS = frozenset(
    {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
)
TWILIO_START_WORDS = frozenset({"START", "YES", "UNSTOP"})
# Toll-free numbers are reopened by these alone: the carrier ignores YES there; read 2026-11-23.
TWILIO_TOLL_FREE_START_WORDS = frozenset({"START", "UNSTOP"})
TWILIO_HELP_WORDS = frozenset({"HELP", "INFO"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the register.

    `citation` is where it comes from, `effective_on` since when it binds (None: no single day or a
    house rule), `reading` what the portal makes of it.
    """

    id: str
    title: str
    citation: str
    effective_on: date | None
    reading: str


_REGISTER = (
    Rule(
        "RULE-US-01",
        "Keep the disclosure with the consent",
        "47 CFR 64.1200(f)(9); 16 CFR 310.5(a)(8)",
        None,
        "Every consent stores the disclosure word for word, its version and hash, the number, the "
        "seller's name and the act: box, reply or signature.",
    ),
    Rule(
        "RULE-US-02",
        "No pre-checked box, nothing bundled",
        "47 CFR 64.1200(f)(9)(i)(B), (f)(3)",
        None,
        "A consent box is never checked beforehand and never part of the terms of a sale.",
    ),
    Rule(
        "RULE-US-03",
        "A text needs consent of its own level",
        "47 CFR 64.1200(a)(1)-(3), (f)(9); CTIA Messaging Principles 5.1",
        None,
        "A text goes out only at or below the level held: conversational, informational, "
        "promotional (written).",
    ),
    Rule(
        "RULE-US-04",
        "Keep the records, keep the stops longer",
        "16 CFR 310.5; 47 CFR 64.1200(d)(6); Virginia SB 1339; 28 USC 1658",
        date(2026, 1, 1),
        "Consents, disclosures, messages and checks are kept 5 years after the last message, "
        "suppressions at least 10 years, even when the customer is erased.",
    ),
    Rule(
        "RULE-US-05",
        "Read every reply for a stop first",
        "47 CFR 64.1200(a)(10)",
        date(2025, 4, 11),
        "The classifier sees every text before anything else; a per-se word revokes with no human "
        "in the loop.",
    ),
    Rule(
        "RULE-US-06",
        "A stop in any reasonable words binds at once",
        "47 CFR 64.1200(a)(10)",
        date(2025, 4, 11),
        "Free words that mean stop suppress immediately; what was merely doubtful pauses sending, "
        "in the whole group as a stop would, and only a manager releases it, with a logged reason.",
    ),
    Rule(
        "RULE-US-07",
        "A stop reaches the whole seller",
        "47 CFR 64.1200(a)(10), (d)",
        date(2025, 4, 11),
        "A suppression belongs to the legal entity and the number, not to a salesperson, a "
        "sending number or a conversation.",
    ),
    Rule(
        "RULE-US-08",
        "One confirmation of a stop, in five minutes",
        "47 CFR 64.1200(a)(12)",
        date(2024, 4, 4),
        "At most one confirming text, from a fixed template without marketing, only if the carrier "
        "sent none, only within 5 minutes of the stop.",
    ),
    Rule(
        "RULE-US-09",
        "A stop means all texts",
        "47 CFR 64.1200(a)(12)",
        date(2024, 4, 4),
        "Without further clarification a stop covers everything; a question about categories may "
        "stand only in the one confirmation.",
    ),
    Rule(
        "RULE-US-10",
        "A stop may come by any way",
        "47 CFR 64.1200(a)(10)-(11)",
        date(2025, 4, 11),
        "A stop told in person, by phone or by mail is recorded with who, when and how, and has "
        "the same effect.",
    ),
    Rule(
        "RULE-US-11",
        "Nobody texts a stopped number",
        "47 CFR 64.1200(a)(10), (d)",
        date(2025, 4, 11),
        "Sending to a suppressed number is impossible, for admins too; only a fresh act of the "
        "customer lifts it.",
    ),
    Rule(
        "RULE-US-12",
        "Say who is texting",
        "47 CFR 64.1200(d)(4); Oregon HB 3865",
        None,
        "The first text of a thread, and a promotional one after 30 days of silence, names the "
        "salesperson, the dealership and a number to call.",
    ),
    Rule(
        "RULE-US-13",
        "An established business relationship ends",
        "47 CFR 64.1200(f)(5), (c)(2)",
        None,
        "18 calendar months from the last purchase, 3 from the last inquiry; after that, without "
        "written consent, no offer to a number on the Do Not Call registry or of unknown status.",
    ),
    Rule(
        "RULE-US-14",
        "Numbers change hands",
        "47 CFR 64.1200(m); CTIA Messaging Principles 5.1.5",
        date(2021, 11, 1),
        "The day of the last verified contact is kept; a wrong-number reply suppresses, unlinks "
        "the customer and ends the old consent.",
    ),
    Rule(
        "RULE-US-15",
        "Permitted hours",
        "47 CFR 64.1200(c)(1); state statutes, see consent.packs",
        None,
        "9:00-20:00 Monday to Saturday, 12:00-20:00 on Sunday, and whatever a state makes "
        "stricter; the table is data with sources and dates of review.",
    ),
    Rule(
        "RULE-US-16",
        "Hours follow the customer",
        "47 CFR 64.1200(c)(1)",
        None,
        "The place is the address, else the area code; where they disagree both windows must be "
        "open; the place and the local time are stored with the decision.",
    ),
    Rule(
        "RULE-US-17",
        "Three solicitations in 24 hours",
        "Fla. Stat. 501.616(6); Maryland Stop the Spam Calls Act; Oklahoma OTSA; Oregon HB 3865",
        date(2022, 11, 1),
        "No more than 3 solicitations to a number in any 24 hours, everywhere.",
    ),
    Rule(
        "RULE-US-18",
        "A direct reply may go at any hour",
        "Oregon HB 3865; 47 CFR 64.1200(f)(15)(i)",
        None,
        "An answer to a text received within 60 minutes is exempt from hours and cap, and logged "
        "as such; a tapback or an automatic reply is no such text.",
    ),
    Rule(
        "RULE-US-19",
        "Confirmations are not delayed",
        "47 CFR 64.1200(a)(12); CTIA Messaging Principles 5.1",
        None,
        "Confirmations of an opt-in or a stop, and answers to HELP, ignore the hours.",
    ),
    Rule(
        "RULE-CT-01",
        "A number is not a permission",
        "CTIA Short Code Monitoring Handbook 1.8; CTIA Messaging Principles 5.1.2",
        date(2021, 1, 1),
        "Web forms, spoken, paper and imported consents wait for the customer's own YES; a "
        "customer who texts first has proven possession and consented to the conversation only.",
    ),
    Rule(
        "RULE-CT-02",
        "Ask once",
        "CTIA Messaging Principles 5.1.2.1",
        None,
        "One permission request per basis; no reminder without a new act of the customer; it "
        "lapses after 7 days.",
    ),
    Rule(
        "RULE-CT-03",
        "Letter case and punctuation do not matter",
        "CTIA Messaging Principles 5.1.3",
        None,
        "A reply is normalised before it is compared with a keyword, and compared once more with "
        "everything but letters removed.",
    ),
    Rule(
        "RULE-CT-04",
        "Our own words are not the customer's",
        "CTIA Messaging Principles 5.1.3",
        None,
        "Quotations of our text (tapbacks) are removed before a reply is classified.",
    ),
    Rule(
        "RULE-CA-01",
        "Implied consent runs out",
        "CASL s.10(10)",
        date(2014, 7, 1),
        "24 months from a purchase, lease, service or contract, 6 months from an inquiry; computed "
        "at the moment of sending.",
    ),
    Rule(
        "RULE-CA-02",
        "Keep the proof",
        "CASL ss.13, 23, 33",
        date(2014, 7, 1),
        "Evidence of consent is kept for the relationship and 3 years at least; the ten years of "
        "RULE-US-04 are used for all.",
    ),
    Rule(
        "RULE-CA-03",
        "French words count",
        "Canadian Common Short Code guidelines 3.9",
        None,
        "STOP, ARRET, HELP, AIDE and INFO are answered in the language of the word, whatever the "
        "subscription.",
    ),
    Rule(
        "RULE-CA-04",
        "Asking permission needs a ground",
        "CASL s.1(3), s.10(1); SOR/2012-36 s.4; SOR/2013-221 ss.3-4",
        date(2014, 7, 1),
        "To a Canadian number a permission text goes only on a live relationship, an inquiry or a "
        "referral, and with the sender's particulars.",
    ),
    Rule(
        "RULE-CA-05",
        "+1 does not tell the country",
        "CASL s.12(1)",
        date(2014, 7, 1),
        "The country is the address's, else the area code's; where the two differ, both laws must "
        "permit the text.",
    ),
    Rule(
        "RULE-TW-01",
        "Store the webhook first",
        "Twilio, connection overrides",
        None,
        "The raw request is stored before it is worked on, once per SID; what the carrier has and "
        "the portal has not is found by asking the carrier.",
    ),
    Rule(
        "RULE-TW-02",
        "The carrier's word for a stop counts",
        "Twilio, advanced opt-out",
        None,
        "A stop is a stop by its body or by OptOutType.",
    ),
    Rule(
        "RULE-TW-03",
        "Do not answer a stop twice",
        "Twilio, advanced opt-out; 47 CFR 64.1200(a)(12)",
        None,
        "If the carrier answers the word itself the portal sends nothing; for any other stop it "
        "sends its own single confirmation.",
    ),
    Rule(
        "RULE-TW-04",
        "YES may be heard by the carrier too",
        "Twilio, advanced opt-out",
        None,
        "A YES from a number that the carrier blocks may bring the carrier's own reply.",
    ),
    Rule(
        "RULE-TW-05",
        "The carrier's list is a backstop",
        "Twilio, error 21610",
        None,
        "The portal's suppressions are the record, the carrier's block list only adds to them.",
    ),
    Rule(
        "RULE-TW-06",
        "Scheduling is ours",
        "Twilio, message scheduling",
        None,
        "Texts wait in the portal and pass every check again when they fall due.",
    ),
    Rule(
        "RULE-PF-01",
        "A certificate is not possession",
        "CTIA Short Code Monitoring Handbook 1.8",
        None,
        "Certificate tokens and results are stored as evidence; the customer's own reply is still "
        "required.",
    ),
    Rule(
        "RULE-PF-02",
        "The CRM learns the consent too",
        "ADF/XML 1.0",
        None,
        "CRM deliveries carry consent status, level and time, and never offer a stopped number as "
        "the preferred contact.",
    ),
)

#: Every rule by its id.
RULES: dict[str, Rule] = {rule.id: rule for rule in _REGISTER}


def add_months(day: date, months: int) -> date:
    """Return the same day that many calendar months later, or the last day of a shorter month.

    Law: RULE-US-13, RULE-CA-01.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(
        year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1])
    )
