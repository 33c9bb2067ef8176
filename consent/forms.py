"""Shapes of what staff post about a customer; what it permits is the ledger's business."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from accounts.clock import now
from accounts.models import DealerGroup, Dealership, User
from consent import bases, phones, places, uploads
from consent.kinds import Basis
from consent.ledger import Json
from consent.models import Contact
from consent.presentation import BASIS_WORDS, HOW_WORDS, StrOrPromise
from consent.revocation import CHANNELS
from consent.uploads import Sort

_MOMENT = "datetime-local"
_UNKNOWN = ("", _("Not known"))


class UploadField(forms.FileField):
    """A file that is checked by its bytes; cleaned to them, None without a file."""

    sort = Sort.PAPER
    accept = "application/pdf,image/jpeg,image/png"

    def __init__(self, *, label: Any, capture: bool = False) -> None:
        attrs = {"accept": self.accept, **({"capture": "environment"} if capture else {})}
        super().__init__(label=label, required=False, widget=forms.FileInput(attrs=attrs))

    @override
    def clean(self, data: Any, initial: object = None) -> bytes | None:
        """Return the bytes, or say why the file is not taken."""
        found = super().clean(data, initial)
        if found is None:
            return None
        if found.size > uploads.largest(self.sort):
            raise forms.ValidationError(str(REFUSED_WORDS[uploads.Reason.TOO_LARGE]))
        content: bytes = found.read()
        try:
            uploads.check(content, self.sort)
        except uploads.Refused as error:
            raise forms.ValidationError(str(REFUSED_WORDS[error.reason])) from None
        return content


class PaperField(UploadField):
    """A PDF or a photo."""


class PhotoField(UploadField):
    """A photo, taken now where the device has a camera."""

    accept = "image/*"


class RecordingField(UploadField):
    """A recording of what was said."""

    sort = Sort.RECORDING
    accept = "audio/*,.wav,.mp3,.m4a,.ogg,.flac"


#: Why a file is not taken, for people.
REFUSED_WORDS: dict[uploads.Reason, StrOrPromise] = {
    uploads.Reason.EMPTY: _("The file is empty."),
    uploads.Reason.TOO_LARGE: _("The file is too large."),
    uploads.Reason.UNKNOWN_TYPE: _("This kind of file is not taken."),
    uploads.Reason.DAMAGED: _("The file cannot be read. It may be damaged."),
    uploads.Reason.LOCKED: _("The file is locked with a password. Save it without one."),
    uploads.Reason.ACTIVE: _("The file holds a script or another file. Print it to PDF again."),
}


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
        case bases.Shape.FILE:
            return PaperField(label=label)
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
                if key == "file":
                    photo = PhotoField(label=_("Or take a photo of it"), capture=True)
                    photo.widget.attrs["data-for"] = " ".join(users)
                    self.fields["evidence_photo"] = photo

    @property
    def evidence_fields(self) -> list[forms.BoundField]:
        """The fields of which the template shows those that the chosen basis uses."""
        return [self[name] for name in self.fields if name.startswith("evidence_")]

    @property
    def paper(self) -> bytes | None:
        """The file that was chosen, or the photo taken, for a basis that wants one."""
        if "file" not in bases.WANTED[self.cleaned_data["basis"]].keys:
            return None
        return self.cleaned_data.get("evidence_file") or self.cleaned_data.get("evidence_photo")

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
            elif value and key != "file":
                found[key] = str(value)
        return found | {"taken_by": taken_by.name}


class VerbalForm(forms.Form):
    """A consent by word of mouth. Times are of the current zone."""

    basis = forms.ChoiceField(
        label=_("Where did they say it?"),
        choices=[
            (Basis.PHONE_UP.value, _("On the telephone")),
            (Basis.WALK_IN.value, _("In the showroom")),
        ],
        widget=forms.RadioSelect,
    )
    said_at = forms.DateTimeField(
        label=_("When?"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": _MOMENT}, format="%Y-%m-%dT%H:%M"),
    )
    script = forms.CharField(
        label=_("Words that you read to them"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    words = forms.CharField(
        label=_("What they answered"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    recording = RecordingField(label=_("Recording, whole and unedited"))
    verified_by = forms.CharField(
        label=_("Or: independent third party who confirms it"), required=False, max_length=200
    )
    verification = forms.CharField(label=_("Their reference"), required=False, max_length=200)

    def clean_said_at(self) -> datetime:
        """Return when it was said; it has been."""
        said_at: datetime = self.cleaned_data["said_at"]
        if said_at > now():
            raise forms.ValidationError(_("This time has not come."))
        return said_at

    def evidence(self, *, taken_by: User) -> dict[str, Json]:
        """Return what was filled in, by value; times in ISO 8601."""
        data = self.cleaned_data
        when = "called_at" if data["basis"] == Basis.PHONE_UP else "met_at"
        told = {key: data[key] for key in ("script", "words", "verified_by", "verification")}
        return {
            when: data["said_at"].isoformat(),
            "taken_by": taken_by.name,
            **{key: value for key, value in told.items() if value},
        }


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
    language = forms.ChoiceField(
        label=_("Language"), choices=Contact._meta.get_field("language").flatchoices, required=False
    )
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
    """A stop that came outside texting: how is enough. `received_at` is of the current zone."""

    how = forms.ChoiceField(
        label=_("How did they tell us?"), choices=_CHANNELS, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What did they say? (may stay empty)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
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
        self.fields["number"].label = _("Their number")
        self.fields["number"].widget.attrs["autofocus"] = True
        field = self.fields["dealership"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Dealership.objects.visible_to(user).select_related("group")
        field.to_field_name = "public_id"


class ScopeForm(forms.Form):
    """How far a stop reaches in a group, and why it is changed."""

    scope = forms.ChoiceField(
        label=_("A stop reaches"),
        choices=DealerGroup.OptOutScope.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Your reason"),
        max_length=100,
        error_messages={"required": _("Say why: it stands in the history.")},
    )


class ResolveForm(forms.Form):
    """A manager's decision on a possible opt-out; `seen`: see doubts.Doubts.last_index."""

    opted_out = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    reason = forms.CharField(
        label=_("Your reason"),
        max_length=500,
        error_messages={"required": _("Say why: a reason is needed either way.")},
    )
    seen = forms.IntegerField()


COUNTRIES = [("", "-"), ("US", "US"), ("CA", "CA")]


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's is not generic
    """What is known of a customer."""

    country = forms.ChoiceField(choices=COUNTRIES, required=False)

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

    @override
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = self.instance.country
        if known not in {"", "US", "CA"}:  # as a lead said it: it is not lost by a look at the form
            field = self.fields["country"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*COUNTRIES, (known, known)]

    def clean_region(self) -> str:
        """Return the state or province as its code: one that cannot be read would tell no hours."""
        text = str(self.cleaned_data["region"]).strip()
        region = places.region_of_text(text)
        if text and not region:
            raise forms.ValidationError(
                _("There is no state or province “%(text)s”."), params={"text": text}
            )
        return region
