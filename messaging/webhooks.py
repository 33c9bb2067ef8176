"""The carrier's webhooks: signature first, then one transaction, then 2xx. Never rate-limited."""

from __future__ import annotations

import uuid
from functools import lru_cache
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from prometheus_client import Counter
from twilio.request_validator import RequestValidator

from accounts.clock import now
from accounts.encryption import decrypt
from accounts.models import CarrierNumber, Dealership
from messaging import delivery, inbound

FORGED = Counter("dealertext_forged_webhooks_total", "Webhooks with a bad signature", ["kind"])
_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
_XML = "text/xml; charset=utf-8"
#: Twilio's have 34 characters.
_LONGEST_SID = 64


@lru_cache(maxsize=512)
def _validator(token: str) -> RequestValidator:
    return RequestValidator(token)


def _tokens_of(account_sid: str) -> list[str]:
    """Return the auth tokens that may sign for an account: a dealership's own, or ours."""
    if account_sid == settings.TWILIO_ACCOUNT_SID:
        return [settings.TWILIO_AUTH_TOKEN]
    rows = Dealership.objects.filter(carrier_account_sid=account_sid).exclude(
        carrier_account_sid=""
    )
    sealed = [
        token
        for pair in rows.values_list("carrier_auth_token", "carrier_next_auth_token")
        for token in pair
        if token
    ]
    return [decrypt(token) for token in sealed]


def is_signed(request: HttpRequest) -> bool:
    """Whether the carrier signed this request for our public URL (law §4.2).

    The URL is built from SITE_URL, never from a header that a stranger can set.
    """
    signature = request.headers.get("X-Twilio-Signature", "")
    if not signature:
        return False
    url = f"{settings.SITE_URL}{request.get_full_path()}"
    return any(
        _validator(token).validate(url, request.POST, signature)
        for token in _tokens_of(request.POST.get("AccountSid", ""))
    )


def _forged(kind: str) -> HttpResponse:
    FORGED.labels(kind).inc()
    return HttpResponse(status=403)


@csrf_exempt
@require_POST
def inbound_text(request: HttpRequest) -> HttpResponse:
    """Take one customer's text: 200 and TwiML.

    403 for a bad signature or one of another's account, 400 without a SID that can be kept.
    """
    if not is_signed(request):
        return _forged("inbound")
    params = request.POST.dict()
    arrival = inbound.arrival_of(params)
    if not 0 < len(arrival.sid) <= _LONGEST_SID:
        return HttpResponse("MessageSid is missing or too long", status=400)
    try:
        inbound.receive(arrival, params=params)
    except inbound.WrongAccount:
        return _forged("inbound")
    return HttpResponse(_TWIML, content_type=_XML)


@csrf_exempt
@require_POST
def status_callback(request: HttpRequest) -> HttpResponse:
    """Take one status callback; an unknown SID is a 2xx, so that the carrier does not repeat it."""
    if not is_signed(request):
        return _forged("status")
    sid = request.POST.get("MessageSid") or request.POST.get("SmsSid") or ""
    status = (request.POST.get("MessageStatus") or request.POST.get("SmsStatus") or "").lower()
    if not sid or not status:
        return HttpResponse("MessageSid or MessageStatus is missing", status=400)
    delivery.record_status(
        sid=sid[:_LONGEST_SID],
        status=status[:24],
        error_code=request.POST.get("ErrorCode", "")[:12],
        hinted=_uuid_of(request.GET.get("m", "")),
        account_sid=request.POST.get("AccountSid", ""),
        received_at=now(),
    )
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def voice(request: HttpRequest) -> HttpResponse:
    """Connect a call to the texting number with the dealership's care phone."""
    if not is_signed(request):
        return _forged("voice")
    number = (
        CarrierNumber.objects.select_related("dealership")
        .filter(number_e164=request.POST.get("To", ""))
        .first()
    )
    if number is None:
        return HttpResponse(_TWIML, content_type=_XML)
    dial = f"<Response><Dial>{escape(number.dealership.care_phone)}</Dial></Response>"
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>{dial}', content_type=_XML)


def _uuid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
