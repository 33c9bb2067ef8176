"""The page of a dealership's policies and trainings, for its admins."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import require_role, role_somewhere
from accounts.http import StaffRequest
from accounts.models import Role
from consent import records
from consent.models import Document, HouseRecord
from consent.record_forms import EndForm, RecordForm

PAGE = 20


@role_somewhere(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def records_page(request: StaffRequest) -> HttpResponse:
    """List the records, newest first; POST keeps one."""
    form = RecordForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        records.keep(
            given["dealership"],
            sort=HouseRecord.Sort(given["sort"]),
            title=given["title"],
            begins_on=given["begins_on"],
            people=given["people"],
            note=given["note"],
            paper=given["paper"],
            acting_user=request.user,
        )
        messages.success(request, _("Kept, and written into the ledger."))
        return redirect("consent:records")
    rows = HouseRecord.objects.administered_by(request.user)
    rows = rows.select_related("dealership", "recorded_by", "entry")
    without_bytes = Prefetch("document", Document.objects.defer("content"))
    page = Paginator(rows.prefetch_related("people", without_bytes), PAGE).get_page(
        request.GET.get("page")
    )
    context = {"form": form, "page": page, "query": ""}
    return render(request, "consent/records.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say from which day on a policy no longer holds."""
    rows = HouseRecord.objects.visible_to(request.user).select_related("dealership", "entry")
    record = get_object_or_404(rows, public_id=public_id)
    require_role(request.user, record.dealership, Role.ADMIN)
    form = EndForm(request.POST)
    try:
        if not form.is_valid():
            raise ValueError
        records.end(record, ends_on=form.cleaned_data["ends_on"], acting_user=request.user)
        messages.success(request, _("Recorded: it held until then."))
    except ValueError:
        messages.error(request, _("It cannot end on that day."))
    return redirect("consent:records")
