"""The words customers read: every wording of a dealership, its versions, and a new one."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import dealership_as
from accounts.http import StaffRequest
from accounts.models import Dealership, Role
from consent import disclosures
from consent.disclosures import Variant
from consent.levels import Level
from consent.models import Contact, Disclosure

_UNPROCESSABLE = 422
LANGUAGES = dict(Contact._meta.get_field("language").flatchoices)
LEVELS = {
    Level.INFORMATIONAL: gettext_lazy("answers and service"),
    Level.PROMOTIONAL: gettext_lazy("offers too"),
}


class WordingForm(forms.Form):
    """New words, and the version they change; `disclosures.check_wording` says what they need."""

    body = forms.CharField(
        label=gettext_lazy("Your words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, "aria-describedby": "blanks"}),
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def _name_of(variant: Variant) -> str:
    parts = [str(variant.purpose.label)]
    if variant.level:
        parts.append(str(LEVELS[variant.level]))
    if variant.country:
        parts.append(_("Canada"))
    return ", ".join(parts)


def _slug_of(variant: Variant) -> str:
    parts = [variant.purpose.value, variant.level.value if variant.level else "", variant.country]
    return ".".join([*filter(None, parts), variant.language])


def _variant_of(slug: str) -> Variant:
    found = next((each for each in disclosures.variants() if _slug_of(each) == slug), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def wordings(request: StaffRequest, dealership_id: uuid.UUID) -> HttpResponse:
    """List every wording that customers of this dealership may read, and whose words it has."""
    dealership = dealership_as(request.user, dealership_id, Role.ADMIN)
    own = disclosures.own_in_force(dealership)
    rows: dict[str, dict[str, Any]] = {}
    for variant in disclosures.variants():
        row = rows.setdefault(_name_of(variant), {"name": _name_of(variant), "cells": []})
        version = own.get(variant)
        language = LANGUAGES[variant.language]
        row["cells"].append({"slug": _slug_of(variant), "language": language, "version": version})
    context = {"dealership": dealership, "rows": rows.values()}
    return render(request, "consent/wordings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def wording(request: StaffRequest, dealership_id: uuid.UUID, slug: str) -> HttpResponse:
    """Show one wording as a customer reads it, with its versions; POST publishes another."""
    dealership = dealership_as(request.user, dealership_id, Role.ADMIN)
    variant = _variant_of(slug)
    if request.method != "POST":
        return _wording(request, dealership, variant)
    form = WordingForm(request.POST)
    if form.is_valid() and _is_published(request, dealership, variant, form):
        messages.success(request, _("Published. Customers read it from the next text on."))
        return redirect("consent:wording", dealership.public_id, slug)
    return _wording(request, dealership, variant, form=form)


def _is_published(
    request: StaffRequest, dealership: Dealership, variant: Variant, form: WordingForm
) -> bool:
    body = form.cleaned_data["body"].replace("\r\n", "\n").strip()
    after = form.cleaned_data["after"]
    try:
        if "house" in request.POST:
            disclosures.return_to_house(dealership, variant, after=after, acting_user=request.user)
        else:
            disclosures.publish(
                dealership, variant, body=body, after=after, acting_user=request.user
            )
    except disclosures.BadWording as error:
        for fault in str(error).splitlines():
            form.add_error("body", fault)
    except disclosures.ChangedMeanwhile:
        form.add_error(
            None, _("Somebody else changed this wording meanwhile: see the newest version below.")
        )
    return not form.errors


def _wording(
    request: StaffRequest,
    dealership: Dealership,
    variant: Variant,
    *,
    form: WordingForm | None = None,
) -> HttpResponse:
    in_force = disclosures.current(dealership, variant)
    versions = list(disclosures.own_versions(dealership, variant).select_related("created_by")[:50])
    after = versions[0].version if versions else 0
    context = {
        "dealership": dealership,
        "name": _name_of(variant),
        "language": LANGUAGES[variant.language],
        "slug": _slug_of(variant),
        "is_own": in_force.dealership_id is not None,
        "in_force": in_force,
        "text": disclosures.render(in_force, dealership, person=request.user.name),
        "versions": [_shown(each, dealership, request.user.name) for each in versions],
        "form": form or WordingForm(initial={"body": in_force.body, "after": after}),
        "blanks": sorted(f"{{{name}}}" for name in disclosures.FIELDS),
    }
    status = _UNPROCESSABLE if form is not None else None
    return render(request, "consent/wording.html", context, status=status)


def _shown(version: Disclosure, dealership: Dealership, person: str) -> dict[str, Any]:
    text = disclosures.render(version, dealership, person=person)
    return {"version": version, "text": text}
