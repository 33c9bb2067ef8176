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
from consent import phones
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
    #: People do not see this field; what fills it in is a robot.
    company = forms.CharField(required=False)
    shown = forms.CharField()

    def __init__(self, *args: object, words: Mapping[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.words = words
        self.fields["name"].error_messages["required"] = words["no_name"]
        self.fields["number"].error_messages["required"] = words["bad_number"]
        self.fields["shown"].error_messages["required"] = words["again"]

    @classmethod
    def seal(cls, shown: Mapping[Level, Disclosure]) -> str:
        """Return the signed list of the versions that the page shows: what was read is recorded."""
        versions = {level.value: str(wording.public_id) for level, wording in shown.items()}
        return signing.dumps(versions, salt=cls._SALT)

    def clean_number(self) -> str:
        """Return the number as E.164."""
        try:
            return phones.parse(self.cleaned_data["number"])
        except phones.BadNumber:
            raise forms.ValidationError(self.words["bad_number"]) from None

    def clean_shown(self) -> dict[Level, str]:
        """Return the public ids of the wordings that were shown, by level."""
        try:
            versions = signing.loads(
                self.cleaned_data["shown"], salt=self._SALT, max_age=self.OPEN_FOR
            )
        except signing.BadSignature:
            raise forms.ValidationError(self.words["again"]) from None
        return {Level(level): str(version) for level, version in versions.items()}

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
        return bool(self.cleaned_data.get("company"))

    def shown_to(self, dealership: Dealership) -> dict[Level, Disclosure]:
        """Return the versions that the page showed, if they are wordings of this dealership."""
        known = {
            str(wording.public_id): wording
            for wording in Disclosure.objects.filter(
                Q(dealership=dealership) | Q(dealership=None),
                purpose=Disclosure.Purpose.WEB_FORM,
                public_id__in=self.cleaned_data["shown"].values(),
            )
        }
        return {level: known[public_id] for level, public_id in self.cleaned_data["shown"].items()}
