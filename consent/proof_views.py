"""How the dealership got a number, and what proves it: bases, spoken consents, documents."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import StaffRequest
from consent import contacts, leads
from consent.forms import BasisForm, VerbalForm
from consent.kinds import Basis
from consent.models import Document
from consent.views import next_or, page_of, phone_for, short_form

#: Whatever a reader makes of the file, it runs nothing and loads nothing.
_CSP = "default-src 'none'; sandbox"


@login_required
@require_http_methods(["GET", "POST"])
def basis(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Record a further basis for a known customer, with the paper if there is one."""
    phone = phone_for(request, public_id)
    form = BasisForm(
        request.POST or None, request.FILES or None, initial={"basis": request.GET.get("basis")}
    )
    with timezone.override(phone.dealership.timezone):
        valid = request.method == "POST" and form.is_valid()
    if not valid:
        return short_form(request, "basis", phone, form)
    leads.record_basis(
        phone,
        basis=form.cleaned_data["basis"],
        evidence=form.evidence(taken_by=request.user),
        acting_user=request.user,
        paper=form.paper,
    )
    messages.success(request, _("Recorded."))
    return next_or(request, page_of(phone.contact))


@login_required
@require_http_methods(["GET", "POST"])
def verbal(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Record a consent by word of mouth, with its recording if there is one."""
    phone = phone_for(request, public_id)
    form = VerbalForm(request.POST or None, request.FILES or None)
    with timezone.override(phone.dealership.timezone):
        valid = request.method == "POST" and form.is_valid()
    if not valid:
        return short_form(request, "verbal", phone, form)
    entry = contacts.record_verbal(
        phone,
        basis=Basis(form.cleaned_data["basis"]),
        evidence=form.evidence(taken_by=request.user),
        acting_user=request.user,
        recording=form.cleaned_data["recording"],
    )
    if contacts.is_proven(entry):
        messages.success(request, _("Recorded, with its proof."))
    else:
        messages.warning(request, _("Recorded, but nothing proves it yet."))
    return next_or(request, page_of(phone.contact))


@login_required
@require_GET
def document(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Hand out a paper or a recording, as an attachment that no browser opens as a page."""
    found = get_object_or_404(Document.objects.visible_to(request.user), public_id=public_id)
    return HttpResponse(
        bytes(found.content),
        content_type=found.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{found.filename}"',
            "Content-Security-Policy": _CSP,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
