"""The public page on which customers sign up; and the card that staff print for them."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import StaffRequest, client_ip
from accounts.limits import is_spent, neighbourhood_of
from accounts.models import CarrierNumber, Dealership
from consent import disclosures, phones
from consent.public_views import HOUR, answer_publicly, language_of
from messaging import card, joining
from messaging.forms import JoinForm
from messaging.join_words import JOIN

logger = logging.getLogger(__name__)
DAY = 24 * HOUR
TRIES_PER_ADDRESS_AND_HOUR = 10
TRIES_PER_NUMBER_AND_DAY = 3
TRIES_PER_DEALERSHIP_AND_DAY = 300


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a dealership's sign-up page; POST records the sign-up and asks the number for its YES.

    The answer is the same for known, unknown, stopped and over-used numbers, and for robots.
    """
    dealership = get_object_or_404(
        Dealership.objects.select_related("group").filter(is_active=True, has_join_page=True),
        public_id=public_id,
    )
    language = language_of(request)
    words = JOIN[language]
    if request.method != "POST":
        template = "messaging/joined.html" if request.GET.get("done") else "messaging/join.html"
        form = JoinForm(words=words, dealership=dealership)
        return _page(request, dealership, language, form, template=template)
    ip = client_ip(request)
    if is_spent("join-ip", neighbourhood_of(ip), most=TRIES_PER_ADDRESS_AND_HOUR, seconds=HOUR):
        return _wait(request, dealership, language, "wait")
    form = JoinForm(request.POST, words=words, dealership=dealership)
    if not form.is_valid():
        return _page(request, dealership, language, form, status=422)
    if not _take(request, dealership, form, ip):
        return _wait(request, dealership, language, "full")
    return HttpResponseRedirect(f"{request.path}?l={language}&done=1")


def _wait(request: HttpRequest, dealership: Dealership, language: str, why: str) -> HttpResponse:
    """Say that nothing was taken in and what to do instead; `why`: "wait" or "full"."""
    words = JOIN[language]
    context = {
        "language": language,
        "words": words,
        "dealership": dealership,
        "title": words[why],
        "text": words[f"{why}_text"],
        "care_phone": phones.pretty(dealership.care_phone),
    }
    return answer_publicly(request, "messaging/join_wait.html", context, status=429)


def _take(request: HttpRequest, dealership: Dealership, form: JoinForm, ip: str) -> bool:
    """Take a sign-up in; False where the dealership's day is full, which the visitor is told.

    What a robot or one number tries too often is dropped without a word: it would tell strangers
    whose number it is.
    """
    number, shown = form.cleaned_data["number"], form.cleaned_data["shown"]
    used_up = is_spent("join-number", number, most=TRIES_PER_NUMBER_AND_DAY, seconds=DAY)
    place = str(dealership.pk)
    if is_spent("join-place", place, most=TRIES_PER_DEALERSHIP_AND_DAY, seconds=DAY):
        logger.error("sign-up turned away, the day is full dealership=%s", dealership.pk)
        joining.turn_away(dealership)
        return False
    if form.is_robot or used_up:
        logger.warning("sign-up dropped dealership=%s", dealership.pk)
        return True
    sign_up = joining.SignUp(
        name=form.cleaned_data["name"],
        number_e164=number,
        language=next(iter(shown.values())).language,
        ticked=form.ticked,
        shown=shown,
        url=f"{settings.SITE_URL}{request.path}",
        ip=ip,
        user_agent=request.headers.get("User-Agent", ""),
    )
    joining.by_form(dealership, sign_up)
    return True


def _page(
    request: HttpRequest,
    dealership: Dealership,
    language: str,
    form: JoinForm,
    *,
    template: str = "messaging/join.html",
    status: int = 200,
) -> HttpResponse:
    shown = joining.boxes_of(dealership, language=language)
    # A box stands beside the words that were read when it was ticked, or it is empty (RULE-US-02).
    is_read = form.is_bound and form.cleaned_data.get("shown") == shown
    ticked = form.ticked if is_read else frozenset()
    context: dict[str, Any] = {
        "language": language,
        "words": JOIN[language],
        "dealership": dealership,
        "care_phone": phones.pretty(dealership.care_phone),
        "form": form,
        "shown": JoinForm.seal(shown, dealership),
        "boxes": [
            {
                "name": level.value,
                "words": disclosures.render(wording, dealership, person=""),
                "ticked": level in ticked,
            }
            for level, wording in shown.items()
        ],
    }
    return answer_publicly(request, template, context, status=status, referrer="same-origin")


# --- the card to print ---------------------------------------------------------------------------


@login_required
@require_GET
def card_file(request: StaffRequest, number_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out the text-me card as a picture or as a page to print; it names no customer."""
    number = get_object_or_404(
        CarrierNumber.objects.filter(
            dealership__in=Dealership.objects.visible_to(request.user), is_active=True
        ).select_related("dealership"),
        public_id=number_id,
    )
    link = card.texting_link(number.number_e164, words=number.dealership.join_keyword)
    if form == "png":
        content, kind = card.qr_png(link), "image/png"
    else:
        content, kind = card.build_pdf(_printed(number), link=link), "application/pdf"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="text-me-card.{form}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _printed(number: CarrierNumber) -> card.Printed:
    place = number.dealership
    return card.Printed(
        seller=place.name,
        address=f"{place.street}, {place.city} {place.region}",
        number=phones.pretty(number.number_e164),
        keyword=place.join_keyword,
        care_phone=phones.pretty(place.care_phone),
        privacy=place.privacy_url,
        page=f"{settings.SITE_URL}{reverse('messaging:join', args=[place.public_id])}"
        if place.has_join_page
        else "",
        languages=("en", "fr") if place.country == "CA" else ("en", "es"),
    )
