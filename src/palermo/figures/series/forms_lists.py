"""Forms of code lists and of sums that must hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.figures.series.actions import CodeWords
from palermo.figures.series.forms_fields import line
from palermo.figures.series.models import CodeList, Series

_COLUMNS = 4


class CodeListForm(forms.Form):
    """A list of codes, one a line."""

    code = line(gettext_lazy("Code of the list"), 60, required=True)
    title_en = line(gettext_lazy("Title, in English"), 200)
    title_fr = line(gettext_lazy("Title, in French"), 200)
    origin = line(gettext_lazy("Where the codes come from, if from a standard"))
    codes = forms.CharField(
        label=gettext_lazy("Codes, one a line"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("code | English | French | the code that it is a part of, if any"),
    )

    @classmethod
    def of(cls, one: CodeList) -> CodeListForm:
        """The form with what stands."""
        lines = [
            " | ".join(
                part for part in (code.code, code.label_en, code.label_fr, code.parent.code if code.parent else "")
            )
            for code in one.codes.select_related("parent")
        ]
        said = {name: getattr(one, name) for name in ("code", "title_en", "title_fr", "origin")}
        form = cls(initial={**said, "codes": "\n".join(text.rstrip(" |") for text in lines)})
        form.fields["code"].disabled = True
        return form

    def clean_codes(self) -> list[CodeWords]:
        """The codes that were written."""
        found = []
        for at, text in enumerate(self.cleaned_data["codes"].splitlines(), start=1):
            parts = [part.strip() for part in text.split("|")]
            if not any(parts):
                continue
            if len(parts) > _COLUMNS or any(len(part) > 200 for part in parts) or len(parts[0]) > 60:
                raise ValidationError(_("Line %(line)s is too long or has too many parts.") % {"line": at})
            found.append(CodeWords(*parts))
        return found


class SumForm(forms.Form):
    """A sum that must hold."""

    code = line(gettext_lazy("Code of the sum"), 60, required=True)
    title_en = line(gettext_lazy("Title, in English"))
    title_fr = line(gettext_lazy("Title, in French"))
    total = line(
        gettext_lazy("What it makes"),
        600,
        required=True,
        hint=gettext_lazy(
            "The code of a series; for one part of it, then the codes, such as permits sex=F;province=CA-AB."
        ),
    )
    parts = forms.CharField(
        label=gettext_lazy("What is added, one a line"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Written like what it makes."),
    )

    def clean_total(self) -> tuple[Series, str]:
        """The series and key of the total."""
        return _term(self.cleaned_data["total"])

    def clean_parts(self) -> list[tuple[Series, str]]:
        """The series and key of each part."""
        return [_term(text) for text in self.cleaned_data["parts"].splitlines() if text.strip()]

    def said(self) -> dict[str, Any]:
        """What was written."""
        return dict(self.cleaned_data)


def _term(text: str) -> tuple[Series, str]:
    code, _blank, key = text.strip().partition(" ")
    series = Series.objects.filter(code=code.replace("\x00", "")).first()
    if series is None:
        raise ValidationError(_("There is no series with the code “%(code)s”.") % {"code": code})
    return series, key.strip()
