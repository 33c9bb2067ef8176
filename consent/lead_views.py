"""Where leads come from, and what each source risks: for managers."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import MANAGERS, dealerships_as, role_somewhere
from accounts.http import StaffRequest
from accounts.models import Role
from consent import chosen, sources


@role_somewhere(Role.MANAGER)
@require_GET
def lead_sources(request: StaffRequest) -> HttpResponse:
    """List the sources of leads with how their customers answered, in pages."""
    managed = dealerships_as(request.user, MANAGERS)
    shown = {place.pk for place in chosen.dealerships_shown(request)}
    places = [place for place in managed if place.pk in shown] or managed
    page = Paginator(sources.sources_of(places), sources.PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": sources.lines_of(list(page.object_list), places),
        "query": "",
    }
    return render(request, "consent/sources.html", context)
