"""Shapes of what staff post in the inbox; what may be sent is the gate's business."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django import forms
from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from accounts.models import Dealership
from consent import bases, disclosures, phones
from consent.decision import Purpose
from consent.levels import Level
from consent.models import Disclosure
from messaging.joining import LEVELS
from messaging.outbound import MAX_CHARACTERS


class ComposeForm(forms.Form):
    """One text. `send_at` is read in the zone that is current; `press` names the press of Send."""

    body = forms.CharField(
        strip=False,
        max_length=MAX_CHARACTERS,
        error_messages={
            "required": _("Write something first."),
            "max_length": _("At most %(limit_value)d characters; this has %(show_value)d."),
        },
    )
    purpose = forms.ChoiceField(
        choices=[
            (Purpose.CONVERSATIONAL.value, _("Answer")),
            (Purpose.INFORMATIONAL.value, _("Service")),
            (Purpose.PROMOTIONAL.value, _("Offer")),
        ],
        required=False,
    )
    send_at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        error_messages={"invalid": _("Write the time like 2026-11-24T09:30.")},
    )

    press = forms.UUIDField(required=False)

    def clean_purpose(self) -> Purpose:
        """Return the purpose; an answer unless something else was chosen."""
        return Purpose(self.cleaned_data["purpose"] or Purpose.CONVERSATIONAL.value)

    def problem(self) -> str:
        """Return the first thing that is wrong, "" when nothing is."""
        return next((str(words) for found in self.errors.values() for words in found), "")


class AskForm(forms.Form):
    """Which permission to ask for."""

    level = forms.ChoiceField(
        choices=[(Level.INFORMATIONAL.value, ""), (Level.PROMOTIONAL.value, "")],
        required=False,
    )

    def clean_level(self) -> Level:
        """Return the level; service texts unless offers are asked for."""
        return Level(self.cleaned_data["level"] or Level.INFORMATIONAL.value)


class JoinForm(forms.Form):
    """What somebody sends from the public page; `words` are the page's, in their language."""

    OPEN_FOR = timedelta(days=1)
    _SALT = "messaging.join"

    name = forms.CharField(max_length=120)
    number = forms.CharField(max_length=40)
    informational = forms.BooleanField(required=False)
    promotional = forms.BooleanField(required=False)
    #: People do not see this field, and browsers know no such thing; a robot fills it in.
    leave_empty = forms.CharField(required=False)
    shown = forms.CharField()

    def __init__(
        self, *args: object, words: Mapping[str, str], dealership: Dealership, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.words, self.dealership = words, dealership
        self.fields["name"].error_messages["required"] = words["no_name"]
        self.fields["number"].error_messages["required"] = words["bad_number"]
        self.fields["shown"].error_messages["required"] = words["again"]

    @classmethod
    def seal(cls, shown: Mapping[Level, Disclosure], dealership: Dealership) -> str:
        """Return the signed list of the words that the page shows: what was read is recorded."""
        return signing.dumps(
            {
                level.value: [str(wording.public_id), cls._hash_of(wording, dealership)]
                for level, wording in shown.items()
            },
            salt=cls._salt_of(dealership),
        )

    @classmethod
    def _salt_of(cls, dealership: Dealership) -> str:
        return f"{cls._SALT}.{dealership.public_id}"

    @staticmethod
    def _hash_of(wording: Disclosure, dealership: Dealership) -> str:
        return bases.sha256_of(disclosures.render(wording, dealership, person=""))

    def clean_number(self) -> str:
        """Return the number as E.164."""
        try:
            return phones.parse(self.cleaned_data["number"])
        except phones.BadNumber:
            raise forms.ValidationError(self.words["bad_number"]) from None

    def clean_shown(self) -> dict[Level, Disclosure]:
        """Return the wordings that were shown, by level.

        What reads otherwise by now, or is another dealership's, has to be read again.
        """
        again = forms.ValidationError(self.words["again"])
        try:
            sealed = signing.loads(
                self.cleaned_data["shown"],
                salt=self._salt_of(self.dealership),
                max_age=self.OPEN_FOR,
            )
        except signing.BadSignature:
            raise again from None
        known = {
            str(wording.public_id): wording
            for wording in Disclosure.objects.filter(
                Q(dealership=self.dealership) | Q(dealership=None),
                purpose=Disclosure.Purpose.WEB_FORM,
                public_id__in=[public_id for public_id, _ in sealed.values()],
            )
        }
        shown = {Level(level): known.get(public_id) for level, (public_id, _) in sealed.items()}
        found = {level: wording for level, wording in shown.items() if wording is not None}
        hashes = {level.value: self._hash_of(found[level], self.dealership) for level in found}
        if hashes != {level: sha256 for level, (_, sha256) in sealed.items()}:
            raise again
        return found

    @override
    def clean(self) -> None:
        """Want one box at least: leaving a number alone agrees to nothing (RULE-US-02)."""
        if not self.ticked:
            self.add_error("informational", self.words["tick"])

    @property
    def ticked(self) -> frozenset[Level]:
        """The levels whose boxes were ticked."""
        return frozenset(level for level in LEVELS if self.data.get(level.value))

    @property
    def is_robot(self) -> bool:
        """Whether the field that nobody sees was filled in."""
        return bool(self.cleaned_data.get("leave_empty"))
