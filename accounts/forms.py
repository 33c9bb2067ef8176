"""Shapes of what admins type: staff, details, numbers, the carrier account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from accounts import numbers
from accounts.dealerships import EDITABLE, REGIONS
from accounts.meanings import has_meaning
from accounts.models import CarrierNumber, Dealership, Role

_WORD_GROUPS = [("stop", _("STOP words")), ("help", _("HELP words"))]


class MemberForm(forms.Form):
    """A new member of staff."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """What customers read of a dealership, and how it works."""

    care_phone = forms.CharField(
        label=_("Care phone"),
        max_length=20,
        help_text=_("Texts name it for help; calls to the texting numbers go there."),
    )
    privacy_url = forms.URLField(
        label=_("Privacy policy"), required=False, max_length=200, assume_scheme="https"
    )
    terms_url = forms.URLField(
        label=_("Terms"), required=False, max_length=200, assume_scheme="https"
    )

    class Meta:
        model = Dealership
        fields = EDITABLE
        labels = {"idle_close_hours": _("Hours until a silent conversation is closed")}
        widgets = {
            "crm_addresses": forms.Textarea(attrs={"rows": 3}),
            "checkpoint_addresses": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_join_keyword(self) -> str:
        """Return the keyword, unless customers may mean a stop, a yes or something else by it."""
        keyword = str(self.cleaned_data["join_keyword"])
        if keyword and has_meaning(keyword):
            raise ValidationError(
                _("Customers may mean something else by this word: choose another, such as JOIN.")
            )
        return keyword

    def clean_region(self) -> str:
        """Return the two letters in capitals."""
        region = str(self.cleaned_data["region"]).upper()
        if region not in REGIONS:
            raise ValidationError(_("Two letters of a state or province, such as PA or ON."))
        return region

    def clean_timezone(self) -> str:
        """Return the zone if there is one of this name."""
        zone = str(self.cleaned_data["timezone"])
        if zone not in available_timezones():
            raise ValidationError(_("There is no such time zone; one is America/New_York."))
        return zone

    def clean_care_phone(self) -> str:
        """Return the number in E.164."""
        try:
            return numbers.as_number(str(self.cleaned_data["care_phone"]))
        except ValueError:
            raise ValidationError(_("Ten digits, such as 717-555-0100.")) from None

    def clean_crm_addresses(self) -> str:
        """Return the addresses, one a line."""
        return self._addresses("crm_addresses")

    def clean_checkpoint_addresses(self) -> str:
        """Return the addresses, one a line."""
        return self._addresses("checkpoint_addresses")

    def _addresses(self, field: str) -> str:
        lines = str(self.cleaned_data[field]).replace(",", "\n").splitlines()
        addresses = [line.strip() for line in lines if line.strip()]
        for address in addresses:
            validate_email(address)
        return "\n".join(addresses)

    def clean_idle_close_hours(self) -> int:
        """Return the hours, between one and a year."""
        hours = int(self.cleaned_data["idle_close_hours"])
        if not 1 <= hours <= 8760:
            raise ValidationError(_("Between 1 and 8760 hours."))
        return hours


class NumberForm(forms.Form):
    """How fast a number may text, and what its carrier answers."""

    segments_per_second = forms.DecimalField(
        label=_("Segments a second"),
        initial=1,
        min_value=Decimal("0.01"),
        max_value=Decimal(1000),
        decimal_places=2,
        help_text=_("As the carrier registered it: 1 for a long code unless you know better."),
    )
    carrier_answers = forms.MultipleChoiceField(
        label=_("The carrier itself answers"),
        choices=_WORD_GROUPS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("So that no customer is answered twice."),
    )
    messaging_service_sid = forms.CharField(
        label=_("Messaging Service"), max_length=64, required=False, help_text="MG…"
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def clean_messaging_service_sid(self) -> str:
        """Return the SID, or nothing."""
        sid = str(self.cleaned_data["messaging_service_sid"]).strip()
        if sid and not numbers.is_service_sid(sid):
            raise ValidationError(_("MG and 32 letters or digits."))
        return sid

    @classmethod
    def of(cls, number: CarrierNumber, data: Any = None) -> NumberForm:
        """Return the form of a number that is there."""
        return cls(
            data,
            prefix=str(number.public_id),
            initial={
                "segments_per_second": number.segments_per_second,
                "carrier_answers": number.carrier_answers,
                "messaging_service_sid": number.messaging_service_sid,
                "is_active": number.is_active,
            },
        )


class NewNumberForm(NumberForm):
    """A number that the dealership has at the carrier."""

    number_e164 = forms.CharField(label=_("Number"), max_length=20)
    field_order = ["number_e164"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_active"]

    def clean_number_e164(self) -> str:
        """Return the number in E.164."""
        try:
            return numbers.as_number(str(self.cleaned_data["number_e164"]))
        except ValueError:
            raise ValidationError(_("Ten digits, such as 717-555-0100.")) from None


class CarrierAccountForm(forms.Form):
    """A dealership's own account at the carrier. Tokens go in and never come out."""

    sid = forms.CharField(
        label=_("Account SID"),
        max_length=64,
        required=False,
        help_text=_("Leave it empty to text through the portal's account."),
    )
    token = forms.CharField(
        label=_("Auth token"),
        max_length=128,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Leave it empty to keep the one that is stored."),
    )
    next_token = forms.CharField(
        label=_("Next auth token"),
        max_length=128,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Both are accepted while you rotate them."),
    )

    def __init__(self, *args: Any, has_token: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_token = has_token

    @override
    def clean(self) -> dict[str, Any]:
        """An account needs its token."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("sid") and not given.get("token") and not self.has_token:
            self.add_error("token", _("An account needs its auth token."))
        return given
