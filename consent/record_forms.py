"""Shapes of what admins post about policies and trainings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from accounts.access import ADMINS
from accounts.clock import now
from accounts.models import Dealership, User
from consent.forms import PaperField
from consent.models import HouseRecord


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class RecordForm(forms.Form):
    """A policy or a training, with its paper."""

    dealership = forms.ModelChoiceField(
        label=_("Dealership"),
        queryset=Dealership.objects.none(),
        empty_label=None,
        to_field_name="public_id",
    )
    sort = forms.ChoiceField(label=_("What is it?"), choices=HouseRecord.Sort.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    begins_on = _day(_("Day: in force since, or held on"))
    people = forms.ModelMultipleChoiceField(
        label=_("Who took part, or answers for it"),
        queryset=User.objects.none(),
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    paper = PaperField(label=_("The paper (PDF or photo)"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Dealership.objects.visible_to(user, roles=frozenset(r.value for r in ADMINS))
        for name, rows in (
            ("dealership", mine),
            (
                "people",
                User.objects.filter(memberships__dealership__in=mine, memberships__is_active=True)
                .order_by("name")
                .distinct(),
            ),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse a training that is still to come; a policy may begin later."""
        data = self.cleaned_data
        begins_on = data.get("begins_on")
        is_training = data.get("sort") == HouseRecord.Sort.TRAINING
        if is_training and isinstance(begins_on, date) and begins_on > now().date():
            self.add_error("begins_on", _("This day has not come."))
        return data


class EndForm(forms.Form):
    """The day from which a policy no longer holds."""

    ends_on = _day(_("Ends on"))
