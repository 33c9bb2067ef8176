"""Shapes of what staff post about a contact."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Dealership, User
from consent import phones
from consent.kinds import Basis
from consent.models import Contact
from consent.revocation import CHANNELS

BASIS_LABELS = [
    (Basis.WEB_FORM.value, _("Web form")),
    (Basis.PHONE_UP.value, _("They called us")),
    (Basis.WALK_IN.value, _("Walk-in")),
    (Basis.SIGNED_DOCUMENT.value, _("Signed document")),
    (Basis.EMAIL.value, _("E-mail")),
    (Basis.LEAD_PROVIDER.value, _("Lead provider")),
    (Basis.EXISTING_CUSTOMER.value, _("Existing customer")),
    (Basis.REFERRAL.value, _("Referral")),
    (Basis.KEYWORD.value, _("Keyword or QR")),
]


class BasisForm(forms.Form):
    """How the dealership got the number."""

    basis = forms.ChoiceField(label=_("How did you get the number?"), choices=BASIS_LABELS)
    details = forms.CharField(
        label=_("What shows it (page, words, who took it, document)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewContactForm(BasisForm):
    """A new customer."""

    dealership = forms.ModelChoiceField(label=_("Dealership"), queryset=Dealership.objects.none())
    name = forms.CharField(label=_("Name"), max_length=120)
    number = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    vehicle = forms.CharField(label=_("Vehicle of interest"), max_length=120, required=False)
    field_order = ["dealership", "name", "number", "vehicle", "basis", "details"]

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        field = self.fields["dealership"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Dealership.objects.visible_to(user)
        field.to_field_name = "public_id"
        field.initial = field.queryset.first()

    def clean_number(self) -> str:
        """Return the number as E.164, or say what is wrong with it."""
        try:
            return phones.parse(self.cleaned_data["number"])
        except phones.BadNumber as error:
            raise forms.ValidationError(error.detail) from None


class RevokeForm(forms.Form):
    """A stop that came outside texting."""

    how = forms.ChoiceField(
        label=_("How did they say it?"),
        choices=[(channel, channel.replace("_", " ")) for channel in CHANNELS],
    )
    words = forms.CharField(
        label=_("What did they say?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ResolveForm(forms.Form):
    """A manager's decision on a possible opt-out."""

    opted_out = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    reason = forms.CharField(label=_("Why?"), max_length=500)


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]  # no subscript at run time
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
