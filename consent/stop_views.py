"""Stops that people record or decide on: by customer, by number alone, and the doubtful ones."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.access import require_role, role_somewhere
from accounts.clock import now
from accounts.dealerships import set_opt_out_scope
from accounts.http import StaffRequest
from accounts.models import DealerGroup, Dealership, GroupAdmin, Role
from consent import chosen, clocks, doubtful, doubts, phones, revocation, rules
from consent.forms import ResolveForm, RevokeForm, ScopeForm, StopForm
from consent.models import PhoneNumber
from consent.views import answer, is_fragment, next_or, page_of, phone_for, short_form

PAGE = 20
SHOWN_CHANGES = 30
REREAD = gettext_lazy("They wrote again since: read it first, then decide.")
NOTHING_WAITS = gettext_lazy("Nothing waits for a decision here.")


@login_required
def revoke(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Record a stop that came in person, by call or by e-mail; it holds at once."""
    phone = phone_for(request, public_id)
    form = RevokeForm(request.POST or None)
    with timezone.override(phone.dealership.timezone):
        valid = request.method == "POST" and form.is_valid()
    if not valid:
        return short_form(request, "revoke", phone, form)
    said_at = form.cleaned_data["received_at"] or now()
    revocation.revoke(
        phone,
        how=form.cleaned_data["how"],
        words=form.cleaned_data["words"],
        acting_user=request.user,
        received_at=said_at,
    )
    _say_recorded(request, phone.dealership, said_at, phone=phone)
    return next_or(request, page_of(phone.contact))


def _say_recorded(
    request: StaffRequest,
    dealership: Dealership,
    said_at: datetime,
    *,
    phone: PhoneNumber | None,
    number: str = "",
) -> None:
    country = revocation.country_of(phone, number=number, dealership=dealership)
    last = clocks.honour_by(said_at, timezone=dealership.timezone, country=country)
    messages.success(
        request,
        _("Recorded and in force: no text goes to this number. The law gave until %(day)s.")
        % {"day": date_format(last, "j M Y")},
    )


@login_required
def stop(request: StaffRequest) -> HttpResponse:
    """Record a stop by the number alone, whether or not it is a customer's."""
    places = chosen.dealerships_shown(request)
    first = places[0] if places else None
    initial = {
        "dealership": first.public_id if first else None,
        "number": request.GET.get("number", ""),
    }
    form = StopForm(request.POST or None, user=request.user, initial=initial)
    with timezone.override(first.timezone if first else None):
        valid = request.method == "POST" and form.is_valid()
    if not valid:
        status = 422 if request.method == "POST" else 200
        template = "consent/_stop.html" if is_fragment(request) else "consent/stop.html"
        return answer(request, template, {"form": form}, status=status)
    return _record(request, form)


def _record(request: StaffRequest, form: StopForm) -> HttpResponseRedirect:
    given = form.cleaned_data
    said_at = given["received_at"] or now()
    phone = revocation.revoke_number(
        given["dealership"],
        number_e164=given["number"],
        how=given["how"],
        words=given["words"],
        acting_user=request.user,
        received_at=said_at,
    )
    _say_recorded(request, given["dealership"], said_at, phone=phone, number=given["number"])
    if phone is not None:
        return HttpResponseRedirect(page_of(phone.contact))
    number = phones.pretty(given["number"])
    messages.info(
        request,
        _("%(number)s is no customer of ours; it is barred all the same.") % {"number": number},
    )
    return redirect("consent:stop")


# --- possible opt-outs ---------------------------------------------------------------------------


@role_somewhere(Role.MANAGER)
@require_GET
def doubtful_list(request: StaffRequest) -> HttpResponse:
    """Show the texts that may have been a stop; sending to their numbers is off until decided."""
    page = Paginator(doubtful.waiting_for(request.user), PAGE).get_page(request.GET.get("page"))
    groups = DealerGroup.objects.filter(admins__user=request.user)
    context = {"page": page, "doubts": doubtful.doubts_of(page), "query": "", "groups": groups}
    fragment = is_fragment(request)
    return answer(request, "consent/_doubts.html" if fragment else "consent/doubtful.html", context)


@role_somewhere(Role.MANAGER)
@require_GET
def doubtful_badge(request: StaffRequest) -> HttpResponse:
    """Return how many wait: the badge in the menu."""
    return answer(request, "consent/_doubtful_badge.html", {})


@login_required
@require_POST
def resolve(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let a manager decide on a possible opt-out, with a reason."""
    phone = phone_for(request, public_id)
    require_role(request.user, phone.dealership, Role.MANAGER)
    form = ResolveForm(request.POST)
    if not form.is_valid():
        return _decide_again(request, phone, str(form.errors.get("reason", [REREAD])[0]))
    try:
        revocation.resolve_pause(
            phone,
            opted_out=form.cleaned_data["opted_out"] == "yes",
            reason=form.cleaned_data["reason"],
            acting_user=request.user,
            seen=form.cleaned_data["seen"],
        )
        messages.success(request, _("Decided, and written into the ledger."))
    except revocation.Unread:
        return _decide_again(request, phone, str(REREAD))
    except revocation.NotPaused:
        messages.error(request, NOTHING_WAITS)
    return next_or(request, page_of(phone.contact))


def _decide_again(request: StaffRequest, phone: PhoneNumber, problem: str) -> HttpResponse:
    """Show what waits now beside what was typed: nothing is decided and nothing lost."""
    waiting = doubts.of(phone)
    if waiting.last_index < 0:
        messages.error(request, NOTHING_WAITS)
        return next_or(request, page_of(phone.contact))
    context = {
        "contact": phone.contact,
        "number": phones.pretty(phone.number_e164),
        "doubtful": waiting,
        "problem": problem,
        "reason": request.POST.get("reason", ""),
        "next": request.POST.get("next", ""),
    }
    return answer(request, "consent/decide.html", context, status=422)


# --- how far a stop reaches, and what the carrier blocks -----------------------------------------


@login_required
def scope(request: StaffRequest, group_id: uuid.UUID) -> HttpResponse:
    """Show how far a stop reaches in a group, with its history; its admins may change it."""
    group = get_object_or_404(
        DealerGroup.objects.filter(
            dealerships__in=Dealership.objects.visible_to(request.user)
        ).distinct(),
        public_id=group_id,
    )
    if not GroupAdmin.objects.filter(user=request.user, group=group).exists():
        raise PermissionDenied
    form = ScopeForm(request.POST or None, initial={"scope": group.opt_out_scope})
    if request.method == "POST" and form.is_valid():
        if set_opt_out_scope(group, acting_user=request.user, **form.cleaned_data):
            messages.success(request, _("Changed. The history has your name and reason."))
        return redirect("consent:scope", group_id=group_id)
    context = {
        "group": group,
        "form": form,
        "counts_until": rules.REVOKE_ALL_ON,
        "is_over": rules.reaches_group(is_narrowed=True, at=now()),
        "changes": group.history.select_related("history_user")[:SHOWN_CHANGES],
    }
    return answer(request, "consent/scope.html", context, status=422 if form.errors else 200)


@role_somewhere(Role.ADMIN)
@require_GET
def carrier_blocks(request: StaffRequest) -> HttpResponse:
    """List the numbers that the carrier blocks although no stop of ours is known."""
    found = doubtful.carrier_blocks_for(request.user)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "blocks": doubtful.blocks_of(page), "query": ""}
    return answer(request, "consent/carrier_blocks.html", context)
