"""How a mail that must arrive is tried again: waits, leases and what a mail server's no means."""

from __future__ import annotations

import smtplib
from datetime import timedelta

#: How long to wait after each failed attempt; the last one is followed by nothing.
RETRY_MINUTES = (1, 5, 15, 60, 240, 720, 1440)
#: While one worker tries, no other one does; longer than the mail server's timeout.
LEASE = timedelta(minutes=5)
#: What sending can raise. ValueError: an address or a header that is none.
FAILURES = (OSError, smtplib.SMTPException, ValueError)
_PERMANENT = 500


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts."""
    return timedelta(minutes=RETRY_MINUTES[min(attempts, len(RETRY_MINUTES)) - 1])


def is_final(error: Exception, *, attempts: int) -> bool:
    """Say whether trying again is of no use."""
    return _is_permanent(error) or attempts > len(RETRY_MINUTES)


def code_of(error: Exception) -> str:
    """Return the kind of a failure and the server's code; its own words hold the address."""
    code = _reply_code(error)
    name = type(error).__name__
    return f"{name} {code}"[:40] if code else name[:40]


def _reply_code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return min(codes, default=0)
    return 0


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, ValueError):
        return True
    # A wrong password (535) is repaired by the operator: only what concerns the mail is final.
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    return _reply_code(error) >= _PERMANENT
