"""Forms of the report room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.plan.report.models.narrative import LONGEST_TEXT


class _TextField(forms.CharField):
    """A long text. Browsers end lines with two signs; one is kept, or a text would change by being sent back."""

    def to_python(self, value: object) -> str:
        """The text with one sign at the end of each line."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class NarrativeForm(forms.Form):
    """One part of a report in both languages."""

    text_en = _TextField(label=_("Text in English"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea)
    text_fr = _TextField(label=_("Text in French"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PublishForm(forms.Form):
    """The last word before a report is frozen."""

    correction_en = forms.CharField(
        label=_("What this edition corrects, in English"), required=False, max_length=2_000, widget=forms.Textarea
    )
    correction_fr = forms.CharField(
        label=_("What this edition corrects, in French"), required=False, max_length=2_000, widget=forms.Textarea
    )
    understood = forms.BooleanField(
        label=_("I have read the preview in both languages. I know that a published edition cannot be changed.")
    )
