"""Clients of the two vendors of lead certificates: ActiveProspect TrustedForm, Jornaya LeadiD.

Only the vendor's own host is ever called, whatever a lead says, and no redirect is followed.
Law: RULE-PF-01 (law §5.1; the vendors' pages were read on 2026-11-25).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import certifi
import urllib3
from django.conf import settings

from consent.lead_risk import Certificate

TRUSTEDFORM = "https://cert.trustedform.com"
LEADID = "https://api.leadid.com"
_CERT_URL = re.compile(r"https://cert\.trustedform\.com/([A-Za-z0-9._~-]{1,255})")
_LEADID_TOKEN = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
TIMEOUT = urllib3.Timeout(connect=5, read=15)
MAX_ANSWER_BYTES = 200_000
#: Answers about our account or our request, not about the certificate.
_OURS = frozenset({401, 402, 403, 405, 406, 408})
#: LeadiD's "default value" of data integrity: nothing was compared.
_NOT_COMPARED = "3"
_INSIGHTS = ("age_seconds", "created_at", "expires_at", "page_url", "bot_detected", "is_masked")


class TryLater(Exception):
    """The vendor did not answer, or not now."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a vendor is asked about: the customer as the lead has them, and who asks."""

    number_e164: str
    email: str
    seller: str
    provider: str
    reference: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a vendor said: `result` in our words, `said` in theirs."""

    vendor: str
    result: Certificate
    said: dict[str, Any]


def vendor_of(token: str) -> str:
    """Return "trustedform", "leadid", or "" for what is no certificate of either."""
    if _CERT_URL.fullmatch(token):
        return "trustedform"
    return "leadid" if _LEADID_TOKEN.fullmatch(token) else ""


def has_account(vendor: str) -> bool:
    """Say whether this portal may ask a vendor."""
    if vendor == "trustedform":
        return bool(settings.TRUSTEDFORM_API_KEY)
    return vendor == "leadid" and bool(settings.LEADID_ACCOUNT and settings.LEADID_KEY)


def check(token: str, asked: Asked) -> Answer:
    """Ask the vendor of a certificate to keep it and to match it. Raises TryLater."""
    if vendor_of(token) == "trustedform":
        return _trustedform(token, asked)
    return _leadid(token, asked)


def _trustedform(url: str, asked: Asked) -> Answer:
    """Match, retain and verify with one POST to the certificate's own address (API v4.0)."""
    match = _CERT_URL.fullmatch(url)
    assert match is not None
    lead = {"phone": asked.number_e164.removeprefix("+1")}
    if asked.email:
        lead["email"] = asked.email
    status, said = _post(
        f"{settings.TRUSTEDFORM_BASE_URL or TRUSTEDFORM}/{match.group(1)}",
        body=json.dumps(
            {
                "match_lead": lead,
                "retain": {"reference": asked.reference, "vendor": asked.provider},
                "verify": {"advertiser_name": asked.seller},
                "insights": {"properties": list(_INSIGHTS)},
            }
        ).encode(),
        headers={
            **urllib3.make_headers(basic_auth=f"API:{settings.TRUSTEDFORM_API_KEY}"),
            "Content-Type": "application/json",
            "Api-Version": "4.0",
        },
    )
    if status in _OURS:
        raise TryLater
    if status >= 400:
        return Answer("trustedform", Certificate.REFUSED, said)
    matched = _at(said, "match_lead", "result", "success")
    # One of the two is enough for the vendor's "success"; ours is about the number.
    if matched is False or _at(said, "match_lead", "result", "phone_match") is False:
        return Answer("trustedform", Certificate.MISMATCH, said)
    if matched is not True or said.get("outcome") != "success":
        return Answer("trustedform", Certificate.REFUSED, said)
    kept = isinstance(said.get("retain"), dict)
    return Answer("trustedform", Certificate.VERIFIED if kept else Certificate.UNVERIFIED, said)


def _leadid(token: str, asked: Asked) -> Answer:
    """Ask SingleQuery by POST, so that nothing personal stands in an address."""
    data = [("phone1", asked.number_e164.removeprefix("+1")), ("email", asked.email)]
    status, said = _post(
        f"{settings.LEADID_BASE_URL or LEADID}/SingleQuery",
        body=urlencode(
            {
                "lac": settings.LEADID_ACCOUNT,
                "lak": settings.LEADID_KEY,
                "lpc": asked.provider[:60],
                "id": token,
                "data": "|".join(f"{label};{value}" for label, value in data if value),
                "format": "json",
            }
        ).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    if status in _OURS:
        raise TryLater
    if status >= 400 or not _is_yes(_found(said, "authentic")):
        return Answer("leadid", Certificate.REFUSED, said)
    integrity = _found(said, "dataintegrity")
    if integrity is None or str(integrity) == _NOT_COMPARED:
        return Answer("leadid", Certificate.UNVERIFIED, said)  # it exists; whose it is, is not said
    matches = _is_yes(integrity)
    return Answer("leadid", Certificate.VERIFIED if matches else Certificate.MISMATCH, said)


def _post(url: str, *, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Return status and JSON object of an answer. Raises TryLater where there is none.

    A redirect is taken for no answer: whoever it leads to is not the vendor.
    """
    with urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs=certifi.where()) as pool:
        try:
            answer = pool.request(
                "POST",
                url,
                body=body,
                headers={**headers, "Accept": "application/json"},
                redirect=False,
                retries=False,
                timeout=TIMEOUT,
                preload_content=False,
            )
            raw = answer.read(MAX_ANSWER_BYTES + 1)
        except urllib3.exceptions.HTTPError as error:
            raise TryLater from error
        answer.close()
    if 300 <= answer.status < 400 or answer.status == 429 or answer.status >= 500:
        raise TryLater
    if len(raw) > MAX_ANSWER_BYTES:
        raise TryLater
    try:
        said = json.loads(raw or b"{}")
    except ValueError:
        said = {}
    return answer.status, said if isinstance(said, dict) else {}


def _at(said: Any, *keys: str) -> Any:
    for key in keys:
        said = said.get(key) if isinstance(said, dict) else None
    return said


def _found(said: Any, key: str) -> Any:
    """Return the first value under a key, at any depth; case and separators do not matter."""
    waiting = [said]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, dict):
            for name, value in thing.items():
                if re.sub(r"[^a-z]", "", str(name).casefold()) == key:
                    return value
            waiting.extend(thing.values())
        elif isinstance(thing, list):
            waiting.extend(thing)
    return None


def _is_yes(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_is_yes(inner) for inner in value.values())
    return str(value).casefold() in {"1", "true", "yes", "authentic", "pass", "green", "match"}
