"""Forms of the register, each for one action."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.plan.register.actions.edit_deliverable import Due, StatusWord, Texts
from palermo.plan.register.actions.rename_organisation import NewName
from palermo.plan.register.models import Deliverable, ReportingPeriod
from palermo.plan.register.vocabulary import Status, StatusKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Label


def _long(label: Label, rows: int = 4) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}))


def _day(label: Label) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class TextForm(forms.Form):
    """The words of a deliverable, with the version that they were made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    lead_in_en = _long(gettext_lazy("Words before it in the row, in English"), 2)
    lead_in_fr = _long(gettext_lazy("Words before it in the row, in French"), 2)
    text_en = _long(gettext_lazy("Text in English"))
    text_fr = _long(gettext_lazy("Text in French"))

    @classmethod
    def of(cls, one: Deliverable) -> TextForm:
        """The form with the words that are there."""
        names = ("version", "lead_in_en", "lead_in_fr", "text_en", "text_fr")
        return cls(initial={name: getattr(one, name) for name in names}, prefix="text")

    def clean(self) -> None:
        """One language at least must have a text."""
        super().clean()
        if not (self.cleaned_data.get("text_en") or self.cleaned_data.get("text_fr")):
            self.add_error("text_en", ValidationError(_("Write the text in one language at least.")))

    def texts(self) -> Texts:
        """What was written."""
        values = self.cleaned_data
        return Texts(values["lead_in_en"], values["lead_in_fr"], values["text_en"], values["text_fr"])


class DueDateForm(forms.Form):
    """A due date with its reason, and how many dates there were when the page was made."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**15)
    due_on = _day(gettext_lazy("Due date"))
    reason_en = _long(gettext_lazy("Reason, in English"), 2)
    reason_fr = _long(gettext_lazy("Reason, in French"), 2)

    def clean(self) -> None:
        """A date that replaces another one needs a reason."""
        super().clean()
        values = self.cleaned_data
        if values.get("seen") and not (values.get("reason_en") or values.get("reason_fr")):
            self.add_error("reason_en", ValidationError(_("Say in one language at least why the date changes.")))

    def due(self) -> Due:
        """What was written."""
        values = self.cleaned_data
        return Due(values["due_on"], values["reason_en"], values["reason_fr"])


class StatusForm(forms.Form):
    """A status for a period, and the newest record that there was when the page was made."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)
    period = forms.ChoiceField(label=gettext_lazy("Period"))
    kind = forms.ChoiceField(label=gettext_lazy("Whose word it is"), choices=StatusKind.choices)
    value = forms.ChoiceField(label=gettext_lazy("Status"), choices=Status.choices)
    note_en = _long(gettext_lazy("Why it is corrected, in English"), 2)
    note_fr = _long(gettext_lazy("Why it is corrected, in French"), 2)

    def __init__(
        self,
        periods: Sequence[ReportingPeriod],
        data: Mapping[str, str] | None = None,
        *,
        initial: MutableMapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, prefix="status")
        self.periods = {period.code: period for period in periods}
        field = self.fields["period"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(period.code, period.label) for period in reversed(periods)]

    def clean(self) -> None:
        """A correction says why."""
        super().clean()
        if not (self.cleaned_data.get("note_en") or self.cleaned_data.get("note_fr")):
            self.add_error("note_en", ValidationError(_("Say in one language at least why it is corrected.")))

    def word(self) -> StatusWord:
        """What was chosen and written."""
        values = self.cleaned_data
        period = self.periods[values["period"]]
        return StatusWord(period, values["kind"], values["value"], values["note_en"], values["note_fr"])


class NameForm(forms.Form):
    """Another name of an organisation, from a day on."""

    name_en = forms.CharField(label=gettext_lazy("Name in English"), required=False, max_length=200)
    name_fr = forms.CharField(label=gettext_lazy("Name in French"), required=False, max_length=200)
    acronym_en = forms.CharField(label=gettext_lazy("Acronym in English"), required=False, max_length=60)
    acronym_fr = forms.CharField(label=gettext_lazy("Acronym in French"), required=False, max_length=60)
    from_date = _day(gettext_lazy("First day of this name"))

    def clean(self) -> None:
        """One language at least must have a name."""
        super().clean()
        if not (self.cleaned_data.get("name_en") or self.cleaned_data.get("name_fr")):
            self.add_error("name_en", ValidationError(_("Write the name in one language at least.")))

    def name(self) -> NewName:
        """What was written."""
        values = self.cleaned_data
        return NewName(
            values["name_en"], values["name_fr"], values["acronym_en"], values["acronym_fr"], values["from_date"]
        )
