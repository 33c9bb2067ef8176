"""The rules people can look up: the table with its sources, a number's hours, one's own."""

from __future__ import annotations

import uuid
from datetime import date, time
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from typing_extensions import override

from accounts.access import ADMINS, dealership_as, dealerships_as
from accounts.clock import now
from accounts.http import StaffRequest
from accounts.models import Dealership, Role
from consent import chosen, hours, packs, phones, places, rules, tightening
from consent.models import DealershipRules
from consent.packs import Row
from consent.presentation import clock, span_words
from consent.timeline import Change

_UNPROCESSABLE = 422
MAX_CHANGES = 20
AGREEMENT = {
    "H": gettext_lazy("sources agree"),
    "M": gettext_lazy("most sources agree"),
    "M-H": gettext_lazy("nearly all sources agree"),
    "L": gettext_lazy("few or unclear sources"),
    "U": gettext_lazy("unsettled"),
}
HOLIDAYS = {
    "": gettext_lazy("open"),
    "federal": gettext_lazy("closed: federal"),
    "state": gettext_lazy("closed: federal and the state's"),
}


class PlaceForm(forms.Form):
    """A number, and what is known of its owner's address. Posted: a number stands in no address."""

    number = forms.CharField(
        label=gettext_lazy("Phone number"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    state = forms.CharField(
        label=gettext_lazy("State or province, if known"), max_length=40, required=False
    )
    postal_code = forms.CharField(
        label=gettext_lazy("ZIP or postal code, if known"), max_length=12, required=False
    )

    def clean_number(self) -> str:
        """Return the number in E.164."""
        try:
            return phones.parse(self.cleaned_data["number"])
        except phones.BadNumber as error:
            raise ValidationError(error.detail) from error

    def clean_state(self) -> str:
        """Return the code of the state or province."""
        text = self.cleaned_data["state"]
        region = places.region_of_text(text)
        if text and not region:
            raise ValidationError(_("There is no such state or province; one is PA."))
        return region

    def clean_postal_code(self) -> str:
        """Return the ZIP or postal code; one that tells no place would seem to be heard."""
        code = str(self.cleaned_data["postal_code"])
        is_known = places.place_of_postal_code(code)[1] or places.is_military("", code)
        if code and not is_known:
            raise ValidationError(_("There is no such ZIP or Canadian postal code."))
        return code


class OwnRulesForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """What a dealership asks of its own texts; `tightening` says what is too loose."""

    class Meta:
        model = DealershipRules
        fields = tightening.FIELDS
        widgets = {
            "opens_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "closes_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {
            "opens_at": gettext_lazy("The customer's local time. Empty: as the law says."),
            "closes_at": gettext_lazy("The customer's local time. Empty: as the law says."),
            "cap": gettext_lazy("The law: 3. Empty: as the law says."),
            "reply_minutes": gettext_lazy("Answers go out at any hour so long. Empty: 60."),
            "verify_days": gettext_lazy(
                "Counted from the customer's last text or a clean reassigned-number check. Empty: "
                "no limit."
            ),
        }

    @override
    def clean(self) -> dict[str, Any]:
        """Name the values that are looser than the law."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            tightening.check_tighter(cleaned)
        except tightening.Looser as error:
            for field, text in error.errors.items():
                self.add_error(field, text)
        return cleaned


@login_required
@require_http_methods(["GET", "POST"])
def rules_page(request: StaffRequest) -> HttpResponse:
    """Show the rule pack of a day with its sources; POST says what holds for one number now."""
    form = PlaceForm(request.POST if request.method == "POST" else None)
    day = _day(request.GET.get("on", ""))
    pack = packs.pack_in_use(day)
    era = packs.rows_in_force(day)
    context = {
        "form": form,
        "answer": _answer(request, form) if form.is_bound and form.is_valid() else None,
        "on": day,
        "pack": pack,
        "house": _week_words(pack.house),
        "rows": [_row(row) for row in era.rows.values()],
        "cap": rules.SOLICITATIONS_PER_24H,
        "own": dealerships_as(request.user, ADMINS),
    }
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "consent/rules.html", context, status=status)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return now().date()


def _row(row: Row) -> dict[str, Any]:
    return {
        "row": row,
        "name": {"US": _("United States"), "CA": _("Canada")}.get(
            row.id, places.name_of(row.state)
        ),
        "week": _week_words(row.week),
        "holidays": HOLIDAYS[row.holidays],
        "agreement": AGREEMENT[row.agreement],
        "zones": list(row.also_in),
    }


def _week_words(week: packs.Week) -> list[tuple[str, str]]:
    """Return the hours in words, days that are alike together."""
    weekday, saturday, sunday = week[0], week[5], week[6]
    if weekday == saturday == sunday:
        return [(_("Every day"), span_words(weekday))]
    if weekday == saturday:
        return [(_("Mon-Sat"), span_words(weekday)), (_("Sun"), span_words(sunday))]
    return [
        (_("Mon-Fri"), span_words(weekday)),
        (_("Sat"), span_words(saturday)),
        (_("Sun"), span_words(sunday)),
    ]


def _answer(request: StaffRequest, form: PlaceForm) -> dict[str, Any]:
    """Say what holds for one number, with the own rules of the one dealership looked at."""
    shown = chosen.dealerships_shown(request)
    own = DealershipRules.objects.filter(dealership__in=shown).first() if len(shown) == 1 else None
    given = form.cleaned_data
    where = {"region": given["state"], "postal_code": given["postal_code"]}
    tighter, moment = tightening.tighter_of(own), now()
    window = hours.weigh(given["number"], **where, at=moment, tighter=tighter)
    today = hours.day_hours(given["number"], **where, at=moment, tighter=tighter)
    return {
        "number": phones.pretty(given["number"]),
        "window": window,
        "lines": [
            {
                "zone": zone,
                "hours": span_words(span),
                "now": clock(moment.astimezone(ZoneInfo(zone))),
                "opens": window.opens_at.astimezone(ZoneInfo(zone)),
            }
            for zone, span in today
        ],
        "own": own is not None and tighter != hours.NOT_TIGHTER,
    }


@login_required
@require_http_methods(["GET", "POST"])
def own_rules(request: StaffRequest, dealership_id: uuid.UUID) -> HttpResponse:
    """Show and store what a dealership asks of its own texts beyond the law."""
    dealership = dealership_as(request.user, dealership_id, Role.ADMIN)
    row = DealershipRules.objects.filter(dealership=dealership).first()
    data = request.POST if request.method == "POST" else None
    form = OwnRulesForm(data, instance=row)
    if data is not None and form.is_valid():
        tightening.tighten(dealership, values=form.cleaned_data, acting_user=request.user)
        messages.success(request, _("Saved. It holds from the next text on."))
        return redirect("consent:own_rules", dealership.public_id)
    context = {"dealership": dealership, "form": form, "changes": _changes(dealership)}
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "consent/own_rules.html", context, status=status)


def _changes(dealership: Dealership) -> list[Change]:
    """Return who changed the dealership's own rules, newest first: one query."""
    versions = list(
        DealershipRules.history.filter(dealership=dealership).select_related("history_user")[
            : MAX_CHANGES + 1
        ]
    )
    first = DealershipRules.history.model(dealership=dealership)
    pairs = [*pairwise(versions), *([(versions[-1], first)] if versions else [])]
    labels = {key: field.label for key, field in OwnRulesForm().fields.items()}
    changes = []
    for newer, older in pairs[:MAX_CHANGES]:
        fields = [
            (str(label), _plain(getattr(older, key)), _plain(getattr(newer, key)))
            for key, label in labels.items()
            if getattr(older, key) != getattr(newer, key)
        ]
        who = newer.history_user.name if newer.history_user else _("the portal")
        if fields:
            changes.append(Change(newer.history_date, who, fields))
    return changes


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "-" if value is None else str(value)
