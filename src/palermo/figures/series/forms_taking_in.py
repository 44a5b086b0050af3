"""The forms by which figures come in from a file."""

from __future__ import annotations

from typing import cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from palermo.figures.exchange.cube import CubeText
from palermo.figures.exchange.problems import Problem
from palermo.figures.series.taking_in_words import sentence
from palermo.foundation.workbooks import MAX_FILE_BYTES

LONGEST_REASON = 2_000


class FileForm(forms.Form):
    """A file of figures. What is in it is looked at by the reader, not by its name."""

    file = forms.FileField(
        label=gettext_lazy("The file with the figures"),
        help_text=gettext_lazy("Excel (.xlsx), CSV or SDMX-CSV, of at most 10 MB."),
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, unless it is too large to be read at all."""
        file = cast("UploadedFile[bytes]", self.cleaned_data["file"])
        if (file.size or 0) > MAX_FILE_BYTES:
            raise forms.ValidationError(sentence(Problem("too_large", about={"limit": f"{MAX_FILE_BYTES // 10**6}"})))
        return file


class ReasonForm(forms.Form):
    """Why figures are revised, where the file itself does not say."""

    reason_en = forms.CharField(
        label=gettext_lazy("Why they are revised, in English"), required=False, max_length=LONGEST_REASON
    )
    reason_fr = forms.CharField(
        label=gettext_lazy("Why they are revised, in French"), required=False, max_length=LONGEST_REASON
    )

    @property
    def reason(self) -> CubeText:
        """What was given, in one language at least, or nothing."""
        if not self.is_valid():
            return CubeText()
        return CubeText(self.cleaned_data["reason_en"], self.cleaned_data["reason_fr"])
