"""Pure: the words of the ledger: kinds of entries, statuses of a number, bases of a contact."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an entry says happened. An unregistered kind cannot be appended.

    Terms that the state is made from, beside the frame (days are "YYYY-MM-DD"):

    * the bases: `basis`; `on`, the day of the purchase, lease or service visit (without it none
      counts) or of the inquiry (else the day received); `implied_until`, an instant, where Canada's
      law gives one; `names_dealer`, true where the consent that came with a lead names this seller;
      `moment`, whether the evidence says when: "said", "unsaid", "unread" (which opens no window);
      `repeats`, true where the same was recorded before; `unbacked`, true where it lacks what makes
      it a ground in Canada;
    * DNC_LISTED, DNC_CLEARED: the number is, or is not, on the Do Not Call registry; `list_date`,
      the day of the list (needed), `list`, its name;
    * RND_CHECKED: `answer` of the Reassigned Numbers Database, "yes" (reassigned), "no" or
      "no_data"; `consent_on`, the day asked about; `on`, the day of the query (else received);
    * ERASED: `first` and `last`, the indices between which the evidence of this subject's entries
      was destroyed, `count`, of how many; `reason`, one of models.ErasureReason;
    * DECLINED: `ends_implied`, true since a no ends what was implied;
    * REVOKED: `repeats`, true where the number was stopped already; this, WRONG_NUMBER,
      CARRIER_BLOCKED and RND_CHECKED: `ends_basis`, true since what ends a consent ends its basis;
    * POSSIBLE_OPT_OUT, PAUSE_LIFTED, REVOKED: `how` is "group" where another dealership was told;
    * OPT_IN_CONFIRMED: `level`; `is_written` is false where no written disclosure was answered.
    """

    # how the dealership got the number
    LEAD_RECEIVED = "LEAD_RECEIVED"
    INQUIRED = "INQUIRED"
    PURCHASED = "PURCHASED"
    DOCUMENT_SIGNED = "DOCUMENT_SIGNED"
    VERBAL_CONSENT_RECORDED = "VERBAL_CONSENT_RECORDED"
    REFERRED = "REFERRED"
    IMPORTED = "IMPORTED"
    CERTIFICATE_CHECKED = "CERTIFICATE_CHECKED"
    # what lists say of the number
    DNC_LISTED = "DNC_LISTED"
    DNC_CLEARED = "DNC_CLEARED"
    RND_CHECKED = "RND_CHECKED"
    # the double opt-in
    OPT_IN_REQUESTED = "OPT_IN_REQUESTED"
    OPT_IN_REQUEST_FAILED = "OPT_IN_REQUEST_FAILED"
    OPT_IN_CONFIRMED = "OPT_IN_CONFIRMED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    # the customer's own texts
    CUSTOMER_TEXTED_FIRST = "CUSTOMER_TEXTED_FIRST"
    CUSTOMER_TEXTED_AGAIN = "CUSTOMER_TEXTED_AGAIN"
    EXCHANGE_ENDED = "EXCHANGE_ENDED"
    # stops
    REVOKED = "REVOKED"
    WRONG_NUMBER = "WRONG_NUMBER"
    CARRIER_BLOCKED = "CARRIER_BLOCKED"
    POSSIBLE_OPT_OUT = "POSSIBLE_OPT_OUT"
    PAUSE_LIFTED = "PAUSE_LIFTED"
    RESTORED_BY_CUSTOMER = "RESTORED_BY_CUSTOMER"
    # the records themselves
    TRANSCRIPT_SEALED = "TRANSCRIPT_SEALED"
    ARCHIVE_EXPORTED = "ARCHIVE_EXPORTED"
    POLICY_RECORDED = "POLICY_RECORDED"
    TRAINING_RECORDED = "TRAINING_RECORDED"
    ERASED = "ERASED"


class Status(StrEnum):
    """Where a number stands at one dealership."""

    UNKNOWN = "unknown"
    REQUESTED = "requested"
    CUSTOMER_INITIATED = "customer_initiated"
    IMPLIED = "implied"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    PAUSED = "paused"
    REVOKED = "revoked"
    WRONG_NUMBER = "wrong_number"


class Basis(StrEnum):
    """How a dealership came by a number."""

    WEB_FORM = "web_form"
    PHONE_UP = "phone_up"
    WALK_IN = "walk_in"
    SIGNED_DOCUMENT = "signed_document"
    EMAIL = "email"
    LEAD_PROVIDER = "lead_provider"
    EXISTING_CUSTOMER = "existing_customer"
    REFERRAL = "referral"
    KEYWORD = "keyword"
    IMPORT = "import"


#: The entry that records each basis.
KIND_OF_BASIS: dict[Basis, Kind] = {
    Basis.WEB_FORM: Kind.LEAD_RECEIVED,
    Basis.LEAD_PROVIDER: Kind.LEAD_RECEIVED,
    Basis.PHONE_UP: Kind.INQUIRED,
    Basis.WALK_IN: Kind.INQUIRED,
    Basis.EMAIL: Kind.INQUIRED,
    Basis.KEYWORD: Kind.INQUIRED,
    Basis.SIGNED_DOCUMENT: Kind.DOCUMENT_SIGNED,
    Basis.EXISTING_CUSTOMER: Kind.PURCHASED,
    Basis.REFERRAL: Kind.REFERRED,
    Basis.IMPORT: Kind.IMPORTED,
}
#: What customers do of themselves: in Canada a ground for six months (CASL s.10(10)(e)).
INQUIRIES = frozenset({Basis.WEB_FORM, Basis.PHONE_UP, Basis.WALK_IN, Basis.EMAIL, Basis.KEYWORD})
BASIS_KINDS = frozenset(KIND_OF_BASIS.values()) | {Kind.VERBAL_CONSENT_RECORDED}
#: What lists say of a number: knowledge about it, no act of the customer; a stop does not end it.
LIST_KINDS = frozenset({Kind.DNC_LISTED, Kind.DNC_CLEARED, Kind.RND_CHECKED})
#: What stops a number.
STOP_KINDS = frozenset({Kind.REVOKED, Kind.WRONG_NUMBER, Kind.CARRIER_BLOCKED})
STOPPED = frozenset({Status.REVOKED, Status.WRONG_NUMBER})
