"""Shapes of what staff post about a customer; what it permits is the ledger's business."""

from __future__ import annotations

from datetime import date, datetime

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from accounts.clock import now
from accounts.models import Dealership, User
from consent import bases, phones
from consent.kinds import Basis
from consent.ledger import Json
from consent.models import Contact
from consent.presentation import BASIS_WORDS, HOW_WORDS
from consent.revocation import CHANNELS

_MOMENT = "datetime-local"
_UNKNOWN = ("", _("Not known"))


def _field(asked: bases.Field) -> forms.Field:
    label = gettext(asked.label)
    match asked.shape:
        case bases.Shape.MOMENT:
            widget = forms.DateTimeInput(attrs={"type": _MOMENT}, format="%Y-%m-%dT%H:%M")
            return forms.DateTimeField(
                label=label, required=False, widget=widget, input_formats=["%Y-%m-%dT%H:%M"]
            )
        case bases.Shape.DAY:
            day = forms.DateInput(attrs={"type": "date"})
            return forms.DateField(label=label, required=False, widget=day)
        case bases.Shape.CHOICE:
            choices = [_UNKNOWN, *((value, gettext(words)) for value, words in asked.choices)]
            return forms.ChoiceField(label=label, required=False, choices=choices)
        case bases.Shape.WORDS:
            words = forms.Textarea(attrs={"rows": 2})
            return forms.CharField(label=label, required=False, max_length=5000, widget=words)
        case bases.Shape.TEXT:
            text = forms.TextInput(attrs={"autocomplete": "off"})
            return forms.CharField(label=label, required=False, max_length=500, widget=text)


class BasisForm(forms.Form):
    """How the dealership got the number, with what shows it. Times are of the current zone."""

    basis = forms.ChoiceField(
        label=_("How did you get the number?"),
        choices=[(basis.value, words) for basis, words in BASIS_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you got the number.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        for key, asked in bases.FIELDS.items():
            if users := bases.used_by(key):
                field = _field(asked)
                field.widget.attrs["data-for"] = " ".join(users)
                self.fields[f"evidence_{key}"] = field

    @property
    def evidence_fields(self) -> list[forms.BoundField]:
        """The fields of which the template shows those that the chosen basis uses."""
        return [self[name] for name in self.fields if name.startswith("evidence_")]

    def clean_basis(self) -> Basis:
        """Return the basis."""
        return Basis(self.cleaned_data["basis"])

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse days and times that have not come."""
        for name, value in list(self.cleaned_data.items()):
            is_late = value > now() if isinstance(value, datetime) else False
            if isinstance(value, date) and not isinstance(value, datetime):
                is_late = value > timezone.localdate(now())
            if is_late:
                self.add_error(name, _("This time has not come."))
        return self.cleaned_data

    def evidence(self, *, taken_by: User) -> dict[str, Json]:
        """Return what was filled in for the chosen basis, by value; times in ISO 8601."""
        found: dict[str, Json] = {}
        for key in bases.WANTED[self.cleaned_data["basis"]].keys:
            value = self.cleaned_data.get(f"evidence_{key}")
            if isinstance(value, datetime | date):
                found[key] = value.isoformat()
            elif value:
                found[key] = str(value)
        return found | {"taken_by": taken_by.name}


class NumberField(forms.CharField):
    """A telephone number as people type it; cleaned to E.164."""

    def __init__(self) -> None:
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "off"}
        super().__init__(
            label=_("Mobile number"), max_length=40, widget=forms.TextInput(attrs=attrs)
        )

    @override
    def clean(self, value: object) -> str:
        """Return the number as E.164, or say what is wrong with it."""
        try:
            return phones.parse(super().clean(value))
        except phones.BadNumber as error:
            raise forms.ValidationError(error.detail) from None


class NewContactForm(BasisForm):
    """A new customer."""

    dealership = forms.ModelChoiceField(
        label=_("Dealership"), queryset=Dealership.objects.none(), empty_label=None
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    number = NumberField()
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)
    vehicle = forms.CharField(label=_("Vehicle of interest"), max_length=120, required=False)
    stock_number = forms.CharField(label=_("Stock number"), max_length=40, required=False)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dealership"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Dealership.objects.visible_to(user)
        field.to_field_name = "public_id"

    def details(self) -> dict[str, str]:
        """Return what else is known of the customer."""
        data = self.cleaned_data
        return {
            "language": data["language"] or "en",
            "vehicle": data["vehicle"],
            "stock_number": data["stock_number"],
        }


class NumberForm(BasisForm):
    """Another number of a known customer."""

    number = NumberField()


_CHANNELS = [(channel, HOW_WORDS[channel]) for channel in CHANNELS]


class RevokeForm(forms.Form):
    """A stop that came outside texting. `received_at` is of the current zone."""

    how = forms.ChoiceField(
        label=_("How did they tell us?"),
        choices=_CHANNELS,
    )
    words = forms.CharField(
        label=_("What did they say?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write down what they said.")},
    )
    received_at = forms.DateTimeField(
        label=_("When? (empty: just now)"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_received_at(self) -> datetime | None:
        """Return when it was said; nobody says stop in the future."""
        said_at: datetime | None = self.cleaned_data["received_at"]
        if said_at and said_at > now():
            raise forms.ValidationError(_("This time has not come yet."))
        return said_at


class StopForm(RevokeForm):
    """A stop for a number that need not be a customer's."""

    number = NumberField()
    dealership = forms.ModelChoiceField(
        label=_("Which dealership was told?"), queryset=Dealership.objects.none(), empty_label=None
    )
    field_order = ["number", "how", "words", "received_at", "dealership"]

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.fields["how"].widget = forms.RadioSelect(choices=_CHANNELS)
        self.fields["number"].label = _("Their number")
        self.fields["number"].widget.attrs["autofocus"] = True
        field = self.fields["dealership"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Dealership.objects.visible_to(user).select_related("group")
        field.to_field_name = "public_id"


class ResolveForm(forms.Form):
    """A manager's decision on a possible opt-out."""

    opted_out = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    reason = forms.CharField(label=_("Your reason"), max_length=500)


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's is not generic
    """What is known of a customer."""

    class Meta:
        model = Contact
        fields = [
            "name",
            "language",
            "vehicle",
            "stock_number",
            "street",
            "city",
            "region",
            "postal_code",
            "country",
        ]
        labels = {"postal_code": _("ZIP or postal code")}
        widgets = {"country": forms.Select(choices=[("", "-"), ("US", "US"), ("CA", "CA")])}

    def clean_region(self) -> str:
        """Return the state or province in capitals."""
        return str(self.cleaned_data["region"]).strip().upper()
