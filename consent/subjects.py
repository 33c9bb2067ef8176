"""The keyed hash by which ledger and suppressions know a number after everything else is erased."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def subject_of(number_e164: str) -> str:
    """Return the 64 hex digits that stand for a number: HMAC-SHA-256 under SUPPRESSION_HASH_KEY.

    The key is never rotated: a suppression must be found again ten years later (RULE-US-04).
    """
    key = bytes.fromhex(settings.SUPPRESSION_HASH_KEY)
    return hmac.new(key, number_e164.encode(), hashlib.sha256).hexdigest()
