"""Customers: list, new, and the page of one with the timeline of what they agreed to."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ADMINS, MANAGERS, role_at
from accounts.clock import now
from accounts.http import StaffRequest
from consent import (
    bases,
    chosen,
    contacts,
    correction,
    disclosures,
    doubts,
    gate,
    leads,
    ledger,
    phones,
    searches,
    sources,
    timeline,
)
from consent.decision import Action, Purpose, Verdict
from consent.forms import (
    DetailsForm,
    NewContactForm,
    NumberForm,
)
from consent.kinds import Status
from consent.levels import Level
from consent.models import Contact, PhoneNumber
from consent.presentation import (
    LEVEL_WORDS,
    STATUS_WORDS,
    clock,
    lists_of,
    pill_of,
    span_words,
)
from consent.projection import State
from consent.rules import RULES
from consent.windows import windows_of

PAGE = 25
MIN_DIGITS = 3
#: The filters of the list: their statuses as the state table has them.
FILTERS: dict[str, tuple[Status, ...]] = {
    "open": (Status.CONFIRMED, Status.CUSTOMER_INITIATED, Status.IMPLIED),
    "asked": (Status.REQUESTED,),
    "none": (Status.UNKNOWN, Status.EXPIRED),
    "doubtful": (Status.PAUSED,),
    "stopped": (Status.REVOKED, Status.WRONG_NUMBER, Status.DECLINED),
}


def is_fragment(request: StaffRequest) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request


def answer(
    request: StaffRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page or a fragment that caches keep apart."""
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def next_or(request: StaffRequest, fallback: str) -> HttpResponseRedirect:
    """Go where the form came from, if that is a page of ours."""
    url = request.POST.get("next", "") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}):
        url = fallback
    return HttpResponseRedirect(url)


def page_of(contact: Contact) -> str:
    return reverse("consent:contact", args=[contact.public_id])


def phone_for(request: StaffRequest, public_id: uuid.UUID) -> PhoneNumber:
    """Return a customer's latest number; for a stranger there is no such customer."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user), public_id=public_id)
    return (
        PhoneNumber.objects.filter(contact=contact)
        .select_related("contact", "dealership__group", "state")
        .latest("pk")
    )


# --- the list ------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def contact_list(request: StaffRequest) -> HttpResponse:
    """List the customers, filtered by state, in pages by keyset; POST takes words to find."""
    if request.method == "POST":
        state = request.POST.get("state", "")
        return searches.answer_post(
            request, "consent:contacts", state=state if state in FILTERS else ""
        )
    places = chosen.dealerships_shown(request)
    query = searches.words_of(request)
    state = request.GET.get("state", "")
    found = PhoneNumber.objects.filter(dealership__in=places, contact__erased_at=None)
    found = found.select_related("contact", "state")
    found = _behind(_filtered(found, query, state), request.GET.get("before", ""))
    rows = list(found.order_by("-pk")[: PAGE + 1])
    by_pk = {place.pk: place.name for place in places}
    context = {
        "rows": [_row(phone, by_pk) for phone in rows[:PAGE]],
        "before": str(rows[PAGE - 1].public_id) if len(rows) > PAGE else "",
        "query": query,
        "found": request.GET.get("found", ""),
        "state": state if state in FILTERS else "",
        "is_first": not request.GET.get("before"),
    }
    fragment = is_fragment(request)
    return answer(request, "consent/_people.html" if fragment else "consent/list.html", context)


def _filtered(found: QuerySet[PhoneNumber], query: str, state: str) -> QuerySet[PhoneNumber]:
    digits = "".join(char for char in query if char.isdigit())
    if len(digits) >= MIN_DIGITS and not any(char.isalpha() for char in query):
        found = found.filter(number_e164__contains=digits)
    else:
        for word in query.split()[:4]:
            found = found.filter(contact__name__icontains=word)
    if state in FILTERS:
        found = found.filter(state__status__in=FILTERS[state])
    if state in {"open", "asked"}:
        found = found.filter(Q(state__expires_at=None) | Q(state__expires_at__gt=now()))
    return found


def _behind(found: QuerySet[PhoneNumber], before: str) -> QuerySet[PhoneNumber]:
    try:
        mark = PhoneNumber.objects.filter(public_id=uuid.UUID(before)).order_by()
    except ValueError:
        return found
    return found.filter(pk__lt=mark.values("pk")[:1])


def _row(phone: PhoneNumber, places: Mapping[int, str]) -> dict[str, Any]:
    state = ledger.state_of(getattr(phone, "state", None))
    return {
        "contact": phone.contact,
        "number": phones.pretty(phone.number_e164),
        "pill": pill_of(state, at=now(), country=phone.country),
        "place": places[phone.dealership_id] if len(places) > 1 else "",
    }


@login_required
@require_POST
def choose_dealership(request: StaffRequest) -> HttpResponse:
    """Look at one dealership, or at all of them, until another is chosen."""
    if not chosen.choose(request, request.POST.get("dealership", "")):
        messages.error(request, _("You do not work there."))
    return next_or(request, reverse("home"))


# --- a new one -----------------------------------------------------------------------------------


@login_required
def contact_new(request: StaffRequest) -> HttpResponse:
    """Add a customer with the basis on which their number was got."""
    places = chosen.dealerships_shown(request)
    form = NewContactForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        initial=_prefilled(request, places),
    )
    taken = None
    with timezone.override(places[0].timezone if places else None):
        valid = request.method == "POST" and form.is_valid()
    if valid:
        try:
            contact = _add(request, form)
            messages.success(request, _("Added. Nothing was sent."))
            return redirect("consent:contact", public_id=contact.public_id)
        except Contact.DoesNotExist:
            raise Http404 from None  # erased while somebody typed
        except contacts.NumberTaken as error:
            taken = error.phone.contact
            form.add_error("number", _("This number is a customer already."))
    context = {"form": form, "taken": taken}
    return answer(request, "consent/new.html", context, status=422 if form.errors else 200)


def _prefilled(request: StaffRequest, places: list[Any]) -> dict[str, Any]:
    query = searches.words_of(request)
    is_number = sum(char.isdigit() for char in query) >= MIN_DIGITS
    return {
        "number" if is_number else "name": query,
        "dealership": places[0].public_id if places else None,
    }


def _add(request: StaffRequest, form: NewContactForm) -> Contact:
    given = form.cleaned_data
    phone = leads.add_contact(
        dealership=given["dealership"],
        name=given["name"],
        number_e164=given["number"],
        basis=given["basis"],
        evidence=form.evidence(taken_by=request.user),
        acting_user=request.user,
        received_at=None,
        paper=form.paper,
        terms=None,
        **form.details(),
    )
    return phone.contact


# --- one customer --------------------------------------------------------------------------------


@login_required
def contact_page(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show one customer: state, reason, next act, timeline; POST saves the details."""
    try:
        phone = phone_for(request, public_id)
    except Http404:
        return _tombstone(request, public_id)
    form = DetailsForm(request.POST or None, instance=phone.contact)
    if request.method == "POST" and form.is_valid():
        contact = form.save(commit=False)
        contact._change_reason = "edited"
        with transaction.atomic():
            kept = Contact.objects.select_for_update(no_key=True).filter(erased_at=None)
            if not kept.filter(pk=contact.pk).exists():
                return _tombstone(request, public_id)  # erased while somebody typed
            if form.changed_data:
                contact.save(update_fields=[*form.changed_data])
        messages.success(request, _("Saved."))
        return next_or(request, page_of(contact))
    context = {**_about(request, phone), "form": form}
    with timezone.override(phone.dealership.timezone):
        return answer(request, "consent/contact.html", context, status=422 if form.errors else 200)


def _tombstone(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what is left of an erased customer: that it was done, by whom, and why."""
    found = Contact.objects.erased_for(request.user).select_related("dealership", "erased_by")
    contact = get_object_or_404(found, public_id=public_id)
    with timezone.override(contact.dealership.timezone):
        return answer(request, "consent/erased.html", {"contact": contact})


def _about(request: StaffRequest, phone: PhoneNumber) -> dict[str, Any]:
    state = ledger.state_of(getattr(phone, "state", None))
    verdict = gate.may_text(phone, purpose=Purpose.CONVERSATIONAL)
    lines = timeline.lines_of(phone)
    others = PhoneNumber.objects.filter(contact=phone.contact).exclude(pk=phone.pk)
    return {
        "contact": phone.contact,
        "phone": phone,
        "number": phones.pretty(phone.number_e164),
        "others": [phones.pretty(other.number_e164) for other in others],
        "pill": pill_of(state, at=now(), country=phone.country),
        "verdict": verdict,
        "question": _question(request, phone, verdict),
        "lines": lines,
        "leads": sources.leads_of(phone),
        "has_basis": any(line.strength for line in lines),
        "changes": timeline.changes_of(phone.contact),
        "may_decide": role_at(request.user, phone.dealership) in MANAGERS,
        "may_erase": role_at(request.user, phone.dealership) in ADMINS,
        "doubtful": doubts.of(phone) if state.status is Status.PAUSED else None,
        **_dealings(phone, state),
        **_as_of(request, phone),
    }


def _dealings(phone: PhoneNumber, state: State) -> dict[str, Any]:
    """Return the windows that the customer's dealings opened, and what lists say."""
    country = phone.country
    moment = now()
    return {
        "windows": windows_of(state, country=country, at=moment, zone=phone.dealership.timezone),
        "lists": lists_of(state, country=country, on=moment.astimezone(UTC).date()),
    }


def _question(request: StaffRequest, phone: PhoneNumber, verdict: Verdict) -> str:
    """Return the exact permission text where asking is the next act, else ""."""
    if verdict.next is None or verdict.next.action is not Action.ASK_PERMISSION:
        return ""
    wording = disclosures.question_for(phone, level=Level.INFORMATIONAL)
    return disclosures.render(wording, phone.dealership, person=request.user.name)


def _as_of(request: StaffRequest, phone: PhoneNumber) -> dict[str, Any]:
    """Return how the number stood at the moment asked about, and why (promise I8)."""
    asked = request.GET.get("as_of", "")
    moment = _moment(asked, phone)
    if moment is None:
        return {"as_of": asked, "then": None}
    past = gate.stood_at(phone, moment, purpose=Purpose.CONVERSATIONAL)
    verdict = past.standing.verdict
    return {
        "as_of": asked,
        "then": {
            "at": past.at,
            "status": STATUS_WORDS[past.standing.status],
            "level": LEVEL_WORDS[past.standing.level],
            "verdict": verdict,
            "is_open": past.window.open,
            "hours": [
                (zone, clock(past.at.astimezone(ZoneInfo(zone))), span_words(span))
                for zone, span in past.spans
            ],
            "rules": [RULES[each] for each in verdict.rules if each in RULES],
            "entries": ledger.entries_of(phone, as_of=past.at).count(),
        },
    }


def _moment(text: str, phone: PhoneNumber) -> datetime | None:
    """Read a moment; without a zone it is meant in the dealership's. None before anybody texted."""
    try:
        moment = parse_datetime(text)
        if moment is not None and moment.year < bases.YEARS.start:
            return None
        if moment is not None and timezone.is_naive(moment):
            moment = moment.replace(tzinfo=ZoneInfo(phone.dealership.timezone))
        return moment.astimezone(UTC) if moment else None
    except (ValueError, OverflowError):
        return None


# --- what is recorded of one ---------------------------------------------------------------------


def short_form(
    request: StaffRequest,
    name: str,
    phone: PhoneNumber,
    form: object,
    **more: object,
) -> HttpResponse:
    """Show one of the short forms: in a dialog for htmx, else as its page."""
    context = {
        "form": form,
        "contact": phone.contact,
        "number": phones.pretty(phone.number_e164),
        "next": request.POST.get("next", "") or request.GET.get("next", ""),
        **more,
    }
    template = f"consent/_{name}.html" if is_fragment(request) else f"consent/{name}.html"
    return answer(request, template, context, status=422 if request.method == "POST" else 200)


@login_required
def number(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Give a customer another number; no permission goes with it."""
    phone = phone_for(request, public_id)
    form = NumberForm(request.POST or None)
    taken = None
    with timezone.override(phone.dealership.timezone):
        valid = request.method == "POST" and form.is_valid()
    if valid:
        try:
            correction.correct_number(
                phone.contact,
                number_e164=form.cleaned_data["number"],
                basis=form.cleaned_data["basis"],
                evidence=form.evidence(taken_by=request.user),
                acting_user=request.user,
            )
            messages.success(request, _("Corrected. The new number has no permission yet."))
            return redirect("consent:contact", public_id=public_id)
        except contacts.NumberTaken as error:
            taken = error.phone.contact
            form.add_error("number", _("This number is a customer already."))
    return short_form(request, "number", phone, form, taken=taken)
