"""The form by which a spreadsheet comes back."""

from __future__ import annotations

from typing import cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from palermo.plan.returns.spreadsheet.grid import MAX_FILE_BYTES
from palermo.plan.returns.spreadsheet.problems import Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(forms.Form):
    """The filled-in file. What is in it is looked at by the reader, not by its name."""

    file = forms.FileField(
        label=gettext_lazy("The spreadsheet, filled in"),
        help_text=gettext_lazy("The file that you downloaded here, saved as Excel (.xlsx)."),
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": f".xlsx,{XLSX}"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, unless it is too large to be read at all."""
        file = cast("UploadedFile[bytes]", self.cleaned_data["file"])
        if (file.size or 0) > MAX_FILE_BYTES:
            problem = Problem("too_large", about={"limit": str(MAX_FILE_BYTES // 1_000_000)})
            raise forms.ValidationError(problem.sentence)
        return file
