"""The pages on which admins bring in lists: upload, columns, dry run, import, report."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import require_role, role_somewhere
from accounts.http import StaffRequest
from accounts.models import Role
from consent import importing
from consent.columns import ListSort
from consent.import_forms import SORT_WORDS, MappingForm, UploadListForm
from consent.models import ListImport

PAGE = 20
#: What became of rows, in the order in which it is told.
OUTCOMES = (
    (importing.ADDED, gettext_noop("taken in")),
    (importing.KNOWN, gettext_noop("on record already")),
    (importing.NO_STOP, gettext_noop("no opt-outs, as the file says")),
    ("nobody", gettext_noop("of nobody here")),  # in older reports alone
    (importing.BAD, gettext_noop("not readable")),
)


def _import_for(request: StaffRequest, public_id: uuid.UUID) -> ListImport:
    rows = ListImport.objects.visible_to(request.user).select_related("dealership", "requested_by")
    found = get_object_or_404(rows, public_id=public_id)
    require_role(request.user, found.dealership, Role.ADMIN)
    return found


@role_somewhere(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def import_list(request: StaffRequest) -> HttpResponse:
    """List what was imported; POST takes a file and goes on to its columns."""
    form = UploadListForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            found = importing.take_in(
                given["dealership"],
                sort=ListSort(given["sort"]),
                file=given["file"],
                list_on=given["list_on"],
                source=given["source"],
                acting_user=request.user,
            )
            return redirect("consent:import", public_id=found.public_id)
        except importing.BadList as error:
            form.add_error("file", _(str(error)))
    rows = ListImport.objects.administered_by(request.user).select_related("dealership")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for each in page.object_list:
        each.words = SORT_WORDS[ListSort(each.sort)]  # type: ignore[attr-defined]  # for the page
    context = {"form": form, "page": page, "query": ""}
    return render(request, "consent/imports.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def import_page(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show one list with its columns and result; POST starts a dry run or the import."""
    found = _import_for(request, public_id)
    form = MappingForm(request.POST or None, found=found)
    if request.method == "POST" and form.is_valid():
        is_dry_run = request.POST.get("do") != "import"
        if importing.start(found, mapping=form.mapping(), is_dry_run=is_dry_run):
            messages.success(request, _("The list is being read."))
        return redirect("consent:import", public_id=public_id)
    context = {**_result(found), "form": form, "preview": importing.preview(found)}
    return render(request, "consent/import.html", context, status=422 if form.errors else 200)


def _result(found: ListImport) -> dict[str, object]:
    return {
        "found": found,
        "words": SORT_WORDS[ListSort(found.sort)],
        "outcomes": [
            (code, _(words), found.counts[code]) for code, words in OUTCOMES if code in found.counts
        ],
    }


@login_required
@require_GET
def progress(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Return how far a list is, for htmx to poll."""
    found = _import_for(request, public_id)
    if not request.htmx:
        return redirect("consent:import", public_id=public_id)
    return render(request, "consent/_import_result.html", _result(found))


@login_required
@require_GET
def report(request: StaffRequest, public_id: uuid.UUID) -> FileResponse:
    """Hand out what became of each row, as CSV that a spreadsheet opens safely."""
    found = _import_for(request, public_id)
    if not found.report:
        raise Http404
    return FileResponse(
        default_storage.open(found.report.name or "", "rb"),
        as_attachment=True,
        filename=f"import-{found.public_id}.csv",
        content_type="text/csv; charset=utf-8",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )
