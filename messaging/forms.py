"""Shapes of what staff post in the inbox; what may be sent is the gate's business."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from consent.decision import Purpose
from consent.levels import Level
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
