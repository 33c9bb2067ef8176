"""Customers: list, new, and the page of one with the timeline of what they agreed to."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import require_role
from accounts.clock import now
from accounts.http import StaffRequest
from accounts.models import Role
from consent import contacts, gate, ledger, phones, revocation
from consent.decision import Purpose
from consent.forms import BasisForm, DetailsForm, NewContactForm, ResolveForm, RevokeForm
from consent.kinds import Basis, Kind
from consent.models import ConsentEvent, Contact, PhoneNumber
from consent.presentation import ENTRY_WORDS, pill_of
from consent.projection import effective

PAGE = 25


@login_required
@require_GET
def contact_list(request: StaffRequest) -> HttpResponse:
    """List the customers, searched by name or number, in pages."""
    query = request.GET.get("q", "").strip()[:60]
    found = PhoneNumber.objects.filter(
        contact__in=Contact.objects.visible_to(request.user)
    ).select_related("contact__dealership", "state")
    if query:
        digits = "".join(c for c in query if c.isdigit())
        match = Q(contact__name__icontains=query)
        if digits:
            match |= Q(number_e164__contains=digits)
        found = found.filter(match)
    page = Paginator(found.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "phone": phone,
            "number": phones.pretty(phone.number_e164),
            "pill": pill_of(ledger.state_of(getattr(phone, "state", None)), at=now()),
        }
        for phone in page
    ]
    return render(request, "consent/list.html", {"page": page, "rows": rows, "query": query})


@login_required
def contact_new(request: StaffRequest) -> HttpResponse:
    """Add a customer with the basis on which their number was got."""
    form = NewContactForm(request.POST or None, user=request.user)
    taken = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            phone = contacts.add_contact(
                dealership=given["dealership"],
                name=given["name"],
                number_e164=given["number"],
                basis=Basis(given["basis"]),
                evidence={"details": given["details"], "taken_by": request.user.name},
                acting_user=request.user,
                vehicle=given["vehicle"],
            )
            return redirect("consent:contact", public_id=phone.contact.public_id)
        except contacts.NumberTaken as error:
            taken = error.phone.contact
            form.add_error("number", _("This number is a customer already."))
    status = 422 if request.method == "POST" else 200
    return render(request, "consent/new.html", {"form": form, "taken": taken}, status=status)


def _phone_for(request: StaffRequest, public_id: uuid.UUID) -> PhoneNumber:
    contact = get_object_or_404(Contact.objects.visible_to(request.user), public_id=public_id)
    return (
        PhoneNumber.objects.filter(contact=contact)
        .select_related("contact", "dealership__group", "state")
        .latest("pk")
    )


@login_required
def contact_page(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show one customer: state, reason, next act, timeline; POST saves the details."""
    phone = _phone_for(request, public_id)
    form = DetailsForm(request.POST or None, instance=phone.contact)
    if request.method == "POST" and form.is_valid():
        contact = form.save(commit=False)
        contact._change_reason = "edited"
        contact.save(update_fields=[*form.changed_data]) if form.changed_data else None
        messages.success(request, _("Saved."))
        return redirect("consent:contact", public_id=public_id)
    return render(
        request,
        "consent/contact.html",
        {**_about(phone, request.GET.get("as_of", "")), "form": form},
        status=422 if form.errors else 200,
    )


def _about(phone: PhoneNumber, as_of: str) -> dict[str, Any]:
    moment = parse_datetime(as_of) if as_of else None
    if moment and is_naive(moment):
        moment = make_aware(moment)
    state = ledger.state_of(getattr(phone, "state", None))
    entries = ledger.entries_of(phone).select_related("evidence").order_by("-index")[:100]
    return {
        "contact": phone.contact,
        "phone": phone,
        "number": phones.pretty(phone.number_e164),
        "pill": pill_of(state, at=now()),
        "verdict": gate.may_text(phone, purpose=Purpose.CONVERSATIONAL),
        "timeline": [_line(entry) for entry in entries],
        "revoke_form": RevokeForm(),
        "basis_form": BasisForm(),
        "resolve_form": ResolveForm(),
        "as_of": as_of,
        "then": effective(ledger.state_as_of(phone, moment), at=moment) if moment else None,
    }


def _line(entry: ConsentEvent) -> dict[str, Any]:
    evidence = getattr(entry, "evidence", None)
    return {
        "entry": entry,
        "words": ENTRY_WORDS[Kind(entry.kind)],
        "terms": {k: v for k, v in ledger.terms_of(entry).items() if v not in ("", None)},
        "evidence": json.dumps(evidence.data, ensure_ascii=False, indent=1) if evidence else "",
    }


@login_required
@require_POST
def basis(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Record a further basis for a known customer."""
    phone = _phone_for(request, public_id)
    form = BasisForm(request.POST)
    if form.is_valid():
        contacts.record_basis(
            phone,
            basis=Basis(form.cleaned_data["basis"]),
            evidence={"details": form.cleaned_data["details"], "taken_by": request.user.name},
            acting_user=request.user,
        )
        messages.success(request, _("Recorded."))
    return redirect("consent:contact", public_id=public_id)


@login_required
@require_POST
def revoke(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Record a stop that came in person, by call or by e-mail; it holds at once."""
    phone = _phone_for(request, public_id)
    form = RevokeForm(request.POST)
    if form.is_valid():
        revocation.revoke(
            phone,
            how=form.cleaned_data["how"],
            words=form.cleaned_data["words"],
            acting_user=request.user,
        )
        messages.success(request, _("Recorded. No text goes to this number any more."))
    else:
        messages.error(request, _("Say how they told us and what they said."))
    return redirect("consent:contact", public_id=public_id)


@login_required
@require_POST
def resolve(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let a manager decide on a possible opt-out, with a reason."""
    phone = _phone_for(request, public_id)
    require_role(request.user, phone.dealership, Role.MANAGER)
    form = ResolveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why."))
        return redirect("consent:contact", public_id=public_id)
    try:
        revocation.resolve_pause(
            phone,
            opted_out=form.cleaned_data["opted_out"] == "yes",
            reason=form.cleaned_data["reason"],
            acting_user=request.user,
        )
        messages.success(request, _("Decided."))
    except revocation.NotPaused:
        messages.error(request, _("Nothing waits for a decision here."))
    return redirect("consent:contact", public_id=public_id)
