"""The form that links a series to a deliverable or a section."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.figures.series.models import Series
from palermo.people.policies import Viewer
from palermo.plan.indicators.queries import linkable

LONGEST_NOTE = 2000


class LinkForm(forms.Form):
    """Which series shows it, and what that says."""

    code = forms.SlugField(
        label=gettext_lazy("Code of the series"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "known-series", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Begin to type: series that are known are offered. Their codes stand on the page of figures."
        ),
    )
    note_en = forms.CharField(
        label=gettext_lazy("What it shows and does not show, in English"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note_fr = forms.CharField(
        label=gettext_lazy("What it shows and does not show, in French"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, viewer: Viewer, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, prefix="link")
        self.viewer = viewer

    def clean_code(self) -> Series:
        """The series of that code."""
        found = linkable(self.viewer).filter(code=self.cleaned_data["code"]).first()
        if found is None:
            raise ValidationError(_("There is no series with this code."))
        return found
