"""Shapes of what managers and admins send."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from accounts.access import ADMINS, MANAGERS
from accounts.models import Dealership, User
from archive.shelf import Filters
from consent.models import ErasureReason

_DAY = forms.DateInput(attrs={"type": "date"})


def _dealerships(user: User, roles: frozenset[Any]) -> Any:
    return Dealership.objects.visible_to(user, roles=frozenset(role.value for role in roles))


class FilterForm(forms.Form):
    """Which transcripts to show; nothing of it is personal, so it may stand in the URL."""

    dealership = forms.ModelChoiceField(
        label=_("Dealership"),
        queryset=Dealership.objects.none(),
        required=False,
        to_field_name="public_id",
    )
    salesperson = forms.ModelChoiceField(
        label=_("Salesperson"),
        queryset=User.objects.none(),
        required=False,
        to_field_name="public_id",
    )
    since = forms.DateField(label=_("From"), required=False, widget=_DAY)
    until = forms.DateField(label=_("To"), required=False, widget=_DAY)
    unreviewed = forms.BooleanField(label=_("Only unreviewed"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managed = _dealerships(user, MANAGERS)
        places, people = self.fields["dealership"], self.fields["salesperson"]
        assert isinstance(places, forms.ModelChoiceField)
        assert isinstance(people, forms.ModelChoiceField)
        places.queryset = managed
        people.queryset = User.objects.filter(memberships__dealership__in=managed).distinct()

    def filters(self, *, name: str) -> Filters:
        """Return what to show; a field that makes no sense is left out."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Filters(
            dealership=given.get("dealership"),
            salesperson=given.get("salesperson"),
            since=given.get("since"),
            until=given.get("until"),
            unreviewed=bool(given.get("unreviewed")),
            name=name,
        )


class NameForm(forms.Form):
    """A customer's name to look for; kept in the session, never in a URL (promise I7)."""

    name = forms.CharField(label=_("Customer's name"), max_length=60, required=False)


class ReviewForm(forms.Form):
    """What a manager says of a transcript."""

    score = forms.TypedChoiceField(
        label=_("Score"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "—"), *((n, str(n)) for n in range(1, 6))],
    )
    comment = forms.CharField(
        label=_("Comment"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("comment") or "").strip() and given.get("score") is None:
            raise forms.ValidationError(_("Give a score or write a comment."))
        return given


class ExportForm(forms.Form):
    """Which dealership, which days; both days are included."""

    dealership = forms.ModelChoiceField(
        label=_("Dealership"), queryset=Dealership.objects.none(), to_field_name="public_id"
    )
    from_on = forms.DateField(label=_("From (empty: the beginning)"), required=False, widget=_DAY)
    to_on = forms.DateField(label=_("To (empty: today)"), required=False, widget=_DAY)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dealership"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = _dealerships(user, ADMINS)
        first = field.queryset.first()
        field.initial = first.public_id if first else None

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first: date | None = given.get("from_on")
        last: date | None = given.get("to_on")
        if first and last and first > last:
            raise forms.ValidationError(_("The first day is after the last one."))
        return given


class EraseForm(forms.Form):
    """Why a person's data is erased, and the word that says it is meant."""

    reason = forms.ChoiceField(label=_("Why?"), choices=[("", "—"), *ErasureReason.choices])
    word = forms.CharField(
        label=_("Type ERASE to confirm"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_word(self) -> str:
        """Accept nothing but the word."""
        word = str(self.cleaned_data["word"]).strip()
        if word != "ERASE":
            raise forms.ValidationError(_("Type the word ERASE, in capitals."))
        return word
