"""Transcripts, exports and reports. Strangers meet 404, a missing role 403."""

from __future__ import annotations

import uuid
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import ADMINS, MANAGERS, dealerships_as, require_role
from accounts.http import StaffRequest
from accounts.models import Dealership, Role
from archive import crm, downloads, exports, outbox, reports, reviewing, sealing, shelf, stops
from archive.formats.json import read_json
from archive.forms import ExportForm, FilterForm, NameForm, ReviewForm
from archive.models import Export, Transcript, TranscriptDelivery, TranscriptFile
from consent import searches
from messaging import wake

STOPS_A_PAGE = 50


def _check_somewhere(request: StaffRequest, roles: frozenset[Role]) -> list[Dealership]:
    """Return where this person holds one of the roles; 403 when nowhere."""
    found = dealerships_as(request.user, roles)
    if not found:
        raise PermissionDenied
    return found


def _transcript_for(request: StaffRequest, public_id: uuid.UUID) -> Transcript:
    rows = Transcript.objects.visible_to(request.user).select_related(
        "dealership", "conversation__contact"
    )
    transcript = get_object_or_404(rows, public_id=public_id)
    require_role(request.user, transcript.dealership, Role.MANAGER)
    return transcript


def _wanted_name(request: StaffRequest) -> str:
    return searches.name_of(request) if request.GET.get("named") else ""


# --- transcripts ---------------------------------------------------------------------------------


def _look_for(request: StaffRequest) -> HttpResponse:
    """Keep the name in the session and go to the list with the same filters."""
    form = NameForm(request.POST)
    name = form.cleaned_data["name"].strip() if form.is_valid() else ""
    searches.keep_name(request, name)
    kept = {k: str(v) for k, v in request.GET.items() if k not in {"named", "page"} and v}
    query = urlencode({**kept, **({"named": "1"} if name else {})})
    return redirect(f"{reverse('archive:transcripts')}{'?' if query else ''}{query}")


@login_required
@require_http_methods(["GET", "POST"])
def transcript_list(request: StaffRequest) -> HttpResponse:
    """List sealed conversations; POST takes a customer's name to look for, out of the URL."""
    _check_somewhere(request, MANAGERS)
    if request.method == "POST":
        return _look_for(request)
    form = FilterForm(request.GET, user=request.user)
    name = _wanted_name(request)
    found = shelf.found_for(request.user, form.filters(name=name))
    page = Paginator(shelf.for_list(found), shelf.PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "name_form": NameForm(initial={"name": name}),
        "page": page,
        "query": asked.urlencode(),
        "name": name,
        "has_mail": outbox.is_on(),
    }
    return render(request, "archive/transcripts.html", context)


def _page_of(request: StaffRequest, transcript: Transcript, form: ReviewForm) -> HttpResponse:
    sealed = transcript.files.filter(format=TranscriptFile.Format.JSON).first()
    if sealed is None:
        return render(request, "archive/erased.html", {"transcript": transcript}, status=410)
    raw = bytes(sealed.content)
    document = read_json(raw)
    filters = FilterForm(request.GET, user=request.user).filters(name=_wanted_name(request))
    older, newer = shelf.neighbours(shelf.found_for(request.user, filters), transcript)
    context = {
        "transcript": transcript,
        "document": document,
        "items": shelf.items_of(document),
        "zone": document.zone,
        "report": sealing.verify(transcript) if request.GET.get("verify") else None,
        "reviews": transcript.reviews.select_related("author"),
        "deliveries": transcript.deliveries.all(),
        "form": form,
        "older": older,
        "newer": newer,
        "query": request.GET.urlencode(),
    }
    status = 422 if form.errors else 200
    return render(request, "archive/transcript.html", context, status=status)


@login_required
@require_GET
def transcript_page(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show one sealed conversation as it was sealed; ?verify=1 checks it now."""
    return _page_of(request, _transcript_for(request, public_id), ReviewForm())


@login_required
@require_POST
def transcript_review(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keep a comment or a score, and go on to the next one if asked."""
    transcript = _transcript_for(request, public_id)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page_of(request, transcript, form)
    reviewing.add_review(
        transcript,
        comment=form.cleaned_data["comment"],
        score=form.cleaned_data["score"],
        acting_user=request.user,
    )
    messages.success(request, _("Your review is kept."))
    older = ""
    if request.POST.get("then") == "next":
        filters = FilterForm(request.GET, user=request.user).filters(name=_wanted_name(request))
        older, _newer = shelf.neighbours(shelf.found_for(request.user, filters), transcript)
    target = reverse("archive:transcript", args=[older or transcript.public_id])
    query = request.GET.urlencode()
    return redirect(f"{target}?{query}" if query else target)


@login_required
@require_GET
def transcript_file(request: StaffRequest, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out one form of a transcript."""
    return downloads.transcript_file(_transcript_for(request, public_id), form)


@login_required
@require_POST
def delivery_again(request: StaffRequest, public_id: uuid.UUID, delivery_pk: int) -> HttpResponse:
    """Start the attempts of a failed mail to the CRM over."""
    transcript = _transcript_for(request, public_id)
    delivery = get_object_or_404(TranscriptDelivery, transcript=transcript, pk=delivery_pk)
    crm.send_again(delivery)
    wake.worker("archive.tasks.deliver", delivery.pk, queue="bulk")
    return redirect("archive:transcript", public_id=public_id)


@login_required
@require_GET
def mail(request: StaffRequest) -> HttpResponse:
    """Show the mails that a development portal wrote to its folder, to admins."""
    if not outbox.is_on():
        raise Http404
    _check_somewhere(request, ADMINS)
    return render(request, "archive/mail.html", {"mails": outbox.mails_for(request.user)})


# --- exports -------------------------------------------------------------------------------------


def _export_for(request: StaffRequest, public_id: uuid.UUID) -> Export:
    rows = Export.objects.visible_to(request.user).select_related("dealership", "requested_by")
    export = get_object_or_404(rows, public_id=public_id)
    require_role(request.user, export.dealership, Role.ADMIN)
    return export


@login_required
@require_http_methods(["GET", "POST"])
def export_list(request: StaffRequest) -> HttpResponse:
    """List the exports; POST asks for one."""
    _check_somewhere(request, ADMINS)
    form = ExportForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        exports.request_export(
            given["dealership"],
            acting_user=request.user,
            from_on=given["from_on"],
            to_on=given["to_on"],
        )
        messages.success(request, _("The export is being built."))
        return redirect("archive:exports")
    found = Export.objects.administered_by(request.user).select_related(
        "dealership", "requested_by"
    )
    page = Paginator(found, shelf.PAGE).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    context = {"form": form, "page": page, "query": ""}
    return render(request, "archive/exports.html", context, status=status)


@login_required
@require_GET
def export_row(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Return one export's row, for htmx to poll while it is built."""
    export = _export_for(request, public_id)
    if not request.htmx:
        return redirect("archive:exports")
    return render(request, "archive/_export.html", {"export": export})


@login_required
@require_GET
def export_file(request: StaffRequest, public_id: uuid.UUID) -> FileResponse:
    """Hand out the ZIP of a complete export."""
    export = _export_for(request, public_id)
    if export.status != Export.Status.COMPLETE:
        raise Http404
    return downloads.export_file(export)


# --- reports -------------------------------------------------------------------------------------


def _scope(request: StaffRequest) -> reports.Scope:
    days = request.GET.get("days", "")
    managed = _check_somewhere(request, MANAGERS)
    chosen = request.GET.get("dealership", "")
    picked = [d for d in managed if str(d.public_id) == chosen] if chosen else managed
    if not picked:
        raise Http404
    return reports.scope_of(picked, days=int(days) if days.isdigit() and len(days) < 4 else 30)


@login_required
@require_GET
def report_page(request: StaffRequest) -> HttpResponse:
    """Show the managers' numbers; each links to the rows behind it."""
    scope = _scope(request)
    context = {
        "scope": scope,
        "numbers": reports.build_dashboard(scope),
        "spans": reports.SPANS,
        "dealerships": dealerships_as(request.user, MANAGERS),
        "chosen": request.GET.get("dealership", ""),
    }
    return render(request, "archive/reports.html", context)


def _rows(request: StaffRequest, slug: str, scope: reports.Scope) -> list[reports.Row]:
    asked = request.GET
    if slug == "after-stop":
        return reports.after_stop_rows(scope)
    if slug == "answers":
        return reports.answer_rows(scope, person=_id_or_empty(asked.get("person", "")))
    if slug == "permission":
        person, basis = asked.get("person"), asked.get("basis")
        return reports.permission_rows(scope, person=person, basis=basis)
    if slug == "texts":
        try:
            on = date.fromisoformat(asked["on"]) if asked.get("on") else None
        except ValueError:
            raise Http404 from None
        return reports.text_rows(scope, outcome=asked.get("outcome", ""), on=on)
    raise Http404


def _id_or_empty(text: str) -> str:
    try:
        return str(uuid.UUID(text)) if text else ""
    except ValueError:
        raise Http404 from None


@login_required
@require_GET
def report_evidence(request: StaffRequest, slug: str) -> HttpResponse:
    """Show the rows behind one number."""
    scope = _scope(request)
    context = {
        "rows": _rows(request, slug, scope),
        "scope": scope,
        "slug": slug,
        "most": reports.MOST_ROWS,
    }
    return render(request, "archive/evidence.html", context)


@login_required
@require_GET
def stop_list(request: StaffRequest) -> HttpResponse | StreamingHttpResponse:
    """Show each stop with its clock; ?format=csv hands it out for a spreadsheet."""
    scope = _scope(request)
    if request.GET.get("format") == "csv":
        return downloads.csv_file("stops", stops.csv_lines(scope))
    page = Paginator(stops.entries_in(scope), STOPS_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "scope": scope,
        "page": page,
        "stops": stops.stops_of(page),
        "spans": reports.SPANS,
        "dealerships": dealerships_as(request.user, MANAGERS),
        "chosen": request.GET.get("dealership", ""),
        "query": asked.urlencode(),
    }
    return render(request, "archive/stops.html", context)
