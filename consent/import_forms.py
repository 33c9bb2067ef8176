"""Shapes of what admins post about a list that is imported."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from accounts.access import ADMINS
from accounts.clock import now
from accounts.models import Dealership, User
from consent import columns
from consent.columns import ListSort
from consent.models import ListImport

SORT_WORDS = {
    ListSort.OPT_OUTS: _("Opt-outs of the earlier system"),
    ListSort.CONSENTS: _("Consents of the earlier system"),
    ListSort.DNC: _("Do Not Call registry results"),
    ListSort.RND: _("Reassigned Numbers Database results"),
}
_DATED = frozenset({ListSort.DNC, ListSort.RND})


class UploadListForm(forms.Form):
    """A CSV file and what it is."""

    dealership = forms.ModelChoiceField(
        label=_("Dealership"),
        queryset=Dealership.objects.none(),
        empty_label=None,
        to_field_name="public_id",
    )
    sort = forms.ChoiceField(
        label=_("What is it?"), choices=[(s.value, words) for s, words in SORT_WORDS.items()]
    )
    source = forms.CharField(
        label=_("Where does it come from?"),
        max_length=120,
        help_text=_("The earlier system, the registry, the service that checked the numbers."),
    )
    list_on = forms.DateField(
        label=_("Day of the list"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The day on which it was exported or checked."),
    )
    file = forms.FileField(
        label=_("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dealership"]
        assert isinstance(field, forms.ModelChoiceField)
        roles = frozenset(role.value for role in ADMINS)
        field.queryset = Dealership.objects.visible_to(user, roles=roles)

    @override
    def clean(self) -> dict[str, Any]:
        """Want the day of a list whose answers age; refuse a day that has not come."""
        data = self.cleaned_data
        day = data.get("list_on")
        if day is None and data.get("sort") in {s.value for s in _DATED}:
            self.add_error("list_on", _("Say of which day it is: what it says ages."))
        if day is not None and day > now().date():
            self.add_error("list_on", _("This day has not come."))
        return data


class MappingForm(forms.Form):
    """Which column of the file holds what."""

    def __init__(self, *args: Any, found: ListImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nowhere = ("", gettext("Not in the file"))
        places = [
            (str(i), name or gettext("Column %(n)s") % {"n": i + 1})
            for i, name in enumerate(found.header)
        ]
        for column in columns.COLUMNS[ListSort(found.sort)]:
            self.fields[f"column_{column.key}"] = forms.ChoiceField(
                label=gettext(column.label),
                required=column.is_needed,
                choices=[nowhere, *places],
                initial=str(found.mapping.get(column.key, "")),
                error_messages={"required": gettext("The list says nothing without it.")},
            )

    def mapping(self) -> dict[str, int]:
        """Return the place of each column that the file has."""
        return {
            name.removeprefix("column_"): int(place)
            for name, place in self.cleaned_data.items()
            if place
        }
