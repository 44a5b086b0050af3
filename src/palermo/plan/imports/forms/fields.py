"""Fields that several forms of the imports room have."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.foundation.bilingual import shown
from palermo.people.models import Organisation
from palermo.plan.imports.comparing import read_period
from palermo.plan.register.models import Plan

CODE = RegexValidator(
    r"^[^\s/?#%\\]+$", gettext_lazy("Use no blanks, slashes, question marks, number signs or percent signs.")
)


class DayField(forms.DateField):
    """A day, in the browser's own picker where it has one; typed as 2013-04-01 elsewhere."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LongText(forms.CharField):
    """A text of several lines in a language, or in none that is known."""

    widget = forms.Textarea(attrs={"rows": 3})


class PeriodField(forms.CharField):
    """A fiscal year such as 2013–2014, or a calendar year; its value is the code of the period."""

    def clean(self, value: object) -> str:
        """The code, "" for nothing."""
        text = str(super().clean(value))
        period = read_period(text)
        if text and period is None:
            raise forms.ValidationError(_("Write the period as 2013–2014, or as one year."))
        return period.code if period else ""


class CodedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of organisations or plans, shown by their names."""

    def label_from_instance(self, obj: Organisation | Plan) -> str:
        """The name in the reader's language."""
        if isinstance(obj, Organisation):
            name = obj.named_on()
            return name.full().text if name else obj.code
        return f"{shown(obj, 'title').text} ({obj.code})"
