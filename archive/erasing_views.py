"""A customer's data erased for good by admins, and the legal hold of managers that forbids it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import require_role
from accounts.http import StaffRequest
from accounts.models import Role
from archive import erasing
from archive.forms import EraseForm
from consent.models import Contact, ErasureReason


def _contact_for(request: StaffRequest, public_id: uuid.UUID, role: Role) -> Contact:
    rows = Contact.objects.visible_to(request.user).select_related("dealership__group")
    contact = get_object_or_404(rows, public_id=public_id)
    require_role(request.user, contact.dealership, role)
    return contact


@login_required
@require_http_methods(["GET", "POST"])
def erase(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what would be destroyed and what stays; POST does it, with a reason and a typed word."""
    contact = _contact_for(request, public_id, Role.ADMIN)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = ErasureReason(form.cleaned_data["reason"])
        try:
            erasing.erase(contact, reason=reason, acting_user=request.user)
            return redirect("consent:contact", public_id=public_id)
        except erasing.OnHold:
            form.add_error(None, _("A legal hold forbids it."))
        except erasing.OnItsWay:
            form.add_error(None, _("A text is just going out. Try again in a minute."))
        except erasing.ListUnderWay:
            form.add_error(None, _("A list is being imported here. Try again when it is through."))
    context = {"contact": contact, "form": form, "held": erasing.held(contact)}
    context["wanted_until"] = erasing.wanted_until(contact)
    return render(request, "archive/erase.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def hold(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Put a customer's records on legal hold, or release them."""
    contact = _contact_for(request, public_id, Role.MANAGER)
    is_on_hold = request.POST.get("hold") == "on"
    erasing.set_hold(contact, is_on_hold=is_on_hold, acting_user=request.user)
    messages.success(request, _("Saved. The history has your name."))
    return redirect("consent:contact", public_id=public_id)
