"""Pages without an account: for customers themselves, in their language, telling nobody else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.clock import now
from accounts.http import client_ip
from accounts.limits import is_spent, neighbourhood_of
from consent import gate, ledger, own_page, phones
from consent.decision import Purpose
from consent.kinds import STOPPED, Status
from consent.models import PhoneNumber
from consent.own_page_words import LANGUAGES, OWN_PAGE
from consent.projection import effective

HOUR = 3600
BAD_LINKS_PER_HOUR = 30
LOOKS_PER_HOUR = 300


def language_of(request: HttpRequest, fallback: str = "") -> str:
    """Return the language to show: the one asked for, else the customer's, else the browser's."""
    for code in (request.GET.get("l", ""), fallback, translation.get_language() or ""):
        if code in LANGUAGES:
            return code
    return "en"


def answer_publicly(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    referrer: str = "no-referrer",
) -> HttpResponse:
    """Render a page that no search engine lists, no cache keeps and no other site hears of.

    `referrer`: the Referrer-Policy; a page whose form brings a CSRF token needs "same-origin",
    for without a referrer browsers send a null Origin too.
    """
    with translation.override(context["language"]):
        everything = {**context, "languages": LANGUAGES, "referrer": referrer}
        response = render(request, template, everything, status=status)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = referrer
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


# The token is the key: a browser without cookies must be able to stop too.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """Show a customer what they agreed to; POST stops all texts. A GET never stops anything.

    A stop with a good link is never turned away for its rate, nor is its button.
    """
    phone = own_page.phone_of(token)
    if phone is None:
        return _gone(request)
    ip = client_ip(request)
    if request.method == "POST":
        language = language_of(request, _language(phone))
        agent = request.headers.get("User-Agent", "")
        own_page.stop(phone, words=OWN_PAGE[language]["stop"], ip=ip, user_agent=agent)
        return HttpResponseRedirect(f"{request.path}?l={language}")
    is_busy = is_spent("own-page", neighbourhood_of(ip), most=LOOKS_PER_HOUR, seconds=HOUR)
    return _own(request, phone, is_brief=is_busy)


def _language(phone: PhoneNumber) -> str:
    return str(phone.contact.language)


def _gone(request: HttpRequest, *, status: int = 404) -> HttpResponse:
    language = language_of(request)
    near = neighbourhood_of(client_ip(request))
    if is_spent("bad-link", near, most=BAD_LINKS_PER_HOUR, seconds=HOUR):
        status = 429
    context = {"language": language, "words": OWN_PAGE[language], "is_many": status == 429}
    return answer_publicly(request, "consent/own_gone.html", context, status=status)


def _own(request: HttpRequest, phone: PhoneNumber, *, is_brief: bool) -> HttpResponse:
    """Show the page; `is_brief`: without the history, but never without the stop."""
    language = language_of(request, _language(phone))
    verdict = gate.may_text(phone, purpose=Purpose.CONVERSATIONAL)
    status = effective(ledger.current_state(phone), at=now(), country=phone.country).status
    is_stopped = status in STOPPED or any(r.code == "revoked" for r in verdict.reasons)
    words = OWN_PAGE[language]
    opened = status in {Status.CONFIRMED, Status.CUSTOMER_INITIATED, Status.IMPLIED}
    closed = {Status.DECLINED: "no", Status.REQUESTED: "waiting"}.get(status, "off")
    state = words["off" if is_stopped else "on" if opened else closed]
    context = {
        "language": language,
        "words": words,
        "dealership": phone.dealership,
        "care_phone": phones.pretty(phone.dealership.care_phone),
        "number": own_page.hint_of(phone),
        "state": state,
        "is_stopped": is_stopped,
        "lines": [] if is_brief else own_page.lines_of(phone, language=language),
        "is_brief": is_brief,
    }
    with timezone.override(phone.dealership.timezone):
        return answer_publicly(request, "consent/own.html", context)
