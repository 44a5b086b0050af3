"""A file with services, and whose they are."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from palermo.protection.directory.hsds.files import JSON, SHEETS

LARGEST = 10 << 20
"""Bytes of a file that is taken in while somebody waits; a larger one is for the command line."""
ENDINGS = sorted(JSON | SHEETS | {".zip"})


class IntakeForm(forms.Form):
    """What is taken in."""

    source = forms.CharField(
        label=_("Whose services are these?"),
        max_length=100,
        help_text=_("Such as the name of the association that keeps the list. Write it the same way each time."),
    )
    file = forms.FileField(
        label=_("The file"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_(
            "A plain spreadsheet (.xlsx, .csv), or the exchange standard HSDS (.json, .ndjson, .zip). At most 10 MB."
        ),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """A file that can be read here."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if Path(str(file.name)).suffix.lower() not in ENDINGS:
            raise forms.ValidationError(_("Files of this kind cannot be read. Save it as .xlsx or .csv."))
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("This file is larger than 10 MB. Ask whoever runs this site to take it in."))
        return file
