"""Shapes of what staff post in the inbox; what may be sent is the gate's business."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from consent.decision import Purpose
from consent.levels import Level


class ComposeForm(forms.Form):
    """One text."""

    body = forms.CharField(strip=False, max_length=1600, widget=forms.Textarea)
    purpose = forms.ChoiceField(
        choices=[
            (Purpose.CONVERSATIONAL.value, _("Answer")),
            (Purpose.INFORMATIONAL.value, _("Service information")),
            (Purpose.PROMOTIONAL.value, _("Offer")),
        ],
        initial=Purpose.CONVERSATIONAL.value,
        required=False,
    )
    send_at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_purpose(self) -> Purpose:
        """Return the purpose; an answer unless something else was chosen."""
        return Purpose(self.cleaned_data["purpose"] or Purpose.CONVERSATIONAL.value)


class AskForm(forms.Form):
    """Which permission to ask for."""

    level = forms.ChoiceField(
        choices=[(Level.INFORMATIONAL.value, ""), (Level.PROMOTIONAL.value, "")],
        required=False,
    )

    def clean_level(self) -> Level:
        """Return the level; service texts unless offers are asked for."""
        return Level(self.cleaned_data["level"] or Level.INFORMATIONAL.value)
