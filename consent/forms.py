"""Shapes of what staff post about a customer; what it permits is the ledger's business."""

from __future__ import annotations

from datetime import date, datetime

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from accounts.models import Dealership, User
from consent import phones
from consent.contacts import EXPECTED_EVIDENCE
from consent.kinds import Basis
from consent.ledger import Json
from consent.models import Contact
from consent.presentation import BASIS_WORDS
from consent.revocation import CHANNELS

_MOMENT, _DAY, _TEXT, _WORDS = "datetime-local", "date", "text", "words"
#: The evidence that people can give, with its label and widget. What a web form or a provider sends
#: by itself (IP address, browser) comes through the API.
EVIDENCE_FIELDS: dict[str, tuple[object, str]] = {
    "url": (_("Page with the form"), _TEXT),
    "provider": (_("Lead provider"), _TEXT),
    "document": (_("Document and its number"), _TEXT),
    "referrer": (_("Who referred them"), _TEXT),
    "source": (_("Where the list comes from"), _TEXT),
    "submitted_at": (_("When they sent it"), _MOMENT),
    "called_at": (_("When they called"), _MOMENT),
    "met_at": (_("When they were here"), _MOMENT),
    "signed_at": (_("When they signed"), _MOMENT),
    "received_at": (_("When it came"), _MOMENT),
    "exported_at": (_("When it was exported"), _MOMENT),
    "purchased_on": (_("Day of the purchase or lease"), _DAY),
    "words": (_("What they said about texting"), _WORDS),
    "disclosure": (_("Words they were shown"), _WORDS),
    "consent_text": (_("Consent words of the provider"), _WORDS),
    "certificate": (_("Certificate (link or id)"), _TEXT),
}
_MOMENTS = ("submitted_at", "called_at", "met_at", "signed_at", "received_at")


def _field(name: object, kind: str) -> forms.Field:
    if kind == _MOMENT:
        widget = forms.DateTimeInput(attrs={"type": _MOMENT}, format="%Y-%m-%dT%H:%M")
        return forms.DateTimeField(
            label=str(name), required=False, widget=widget, input_formats=["%Y-%m-%dT%H:%M"]
        )
    if kind == _DAY:
        return forms.DateField(
            label=str(name), required=False, widget=forms.DateInput(attrs={"type": _DAY})
        )
    words = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=str(name),
        required=False,
        max_length=2000,
        widget=words if kind == _WORDS else forms.TextInput(attrs={"autocomplete": "off"}),
    )


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
        for key, (name, kind) in EVIDENCE_FIELDS.items():
            field = _field(name, kind)
            used_by = [basis.value for basis, keys in EXPECTED_EVIDENCE.items() if key in keys]
            field.widget.attrs["data-for"] = " ".join(used_by)
            self.fields[f"evidence_{key}"] = field

    @property
    def evidence_fields(self) -> list[forms.BoundField]:
        """The fields of which the template shows those that the chosen basis uses."""
        return [self[f"evidence_{key}"] for key in EVIDENCE_FIELDS]

    def clean_basis(self) -> Basis:
        """Return the basis."""
        return Basis(self.cleaned_data["basis"])

    def evidence(self, *, taken_by: User) -> dict[str, Json]:
        """Return what was filled in for the chosen basis, by value; times in ISO 8601."""
        keys = EXPECTED_EVIDENCE[self.cleaned_data["basis"]]
        found: dict[str, Json] = {}
        for key in keys:
            value = self.cleaned_data.get(f"evidence_{key}")
            if isinstance(value, datetime | date):
                found[key] = value.isoformat()
            elif value:
                found[key] = str(value)
        return found | {"taken_by": taken_by.name}

    def moment(self, *, now: datetime) -> datetime | None:
        """Return when it happened, if that was said and lies in the past."""
        keys = EXPECTED_EVIDENCE[self.cleaned_data["basis"]]
        said = [self.cleaned_data.get(f"evidence_{key}") for key in _MOMENTS if key in keys]
        return next((m for m in said if isinstance(m, datetime) and m <= now), None)


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


CHANNEL_WORDS = {
    "in_person": _("In person"),
    "phone_call": _("On the phone"),
    "voicemail": _("Voicemail"),
    "email": _("E-mail"),
    "letter": _("Letter"),
    "web": _("Web form or chat"),
    "other": _("Another way"),
}


class RevokeForm(forms.Form):
    """A stop that came outside texting. `received_at` is of the current zone."""

    how = forms.ChoiceField(
        label=_("How did they tell us?"),
        choices=[(channel, CHANNEL_WORDS.get(channel, channel)) for channel in CHANNELS],
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
