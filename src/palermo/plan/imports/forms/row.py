"""The form for one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from palermo.plan.imports.cleaning import clean
from palermo.plan.imports.forms.fields import CODE, DayField, LongText, PeriodField
from palermo.plan.imports.values import RowValues
from palermo.plan.register.vocabulary import P, Status


class RowForm(forms.Form):
    """Everything that one row was read as."""

    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    lead_in_en = LongText(label=gettext_lazy("Introducing words in English"), required=False, max_length=5_000)
    lead_in_fr = LongText(label=gettext_lazy("Introducing words in French"), required=False, max_length=5_000)
    text_en = LongText(label=gettext_lazy("Text in English"), required=False, max_length=20_000)
    text_fr = LongText(label=gettext_lazy("Text in French"), required=False, max_length=20_000)
    code = forms.CharField(
        label=gettext_lazy("Printed code"),
        required=False,
        max_length=60,
        validators=[CODE],
        help_text=gettext_lazy("Leave it empty where the document prints none."),
    )
    p = forms.ChoiceField(
        label=gettext_lazy("P"), required=False, choices=[("", gettext_lazy("That of its section")), *P.choices]
    )
    printed_start = forms.CharField(label=gettext_lazy("Start as printed"), required=False, max_length=120)
    start_on = DayField(label=gettext_lazy("First day that this means"), required=False)
    printed_due = forms.CharField(label=gettext_lazy("Due date as printed"), required=False, max_length=120)
    due_on = DayField(label=gettext_lazy("Due on"), required=False)
    printed_revised_due = forms.CharField(
        label=gettext_lazy("Revised due date as printed"), required=False, max_length=120
    )
    revised_due_on = DayField(label=gettext_lazy("Revised due on"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Status.choices)
    printed_status = forms.CharField(label=gettext_lazy("Status as printed"), required=False, max_length=200)
    note_en = LongText(label=gettext_lazy("Progress in English"), required=False, max_length=20_000)
    note_fr = LongText(label=gettext_lazy("Progress in French"), required=False, max_length=20_000)
    leads = LongText(
        label=gettext_lazy("Who leads"),
        required=False,
        max_length=5_000,
        help_text=gettext_lazy("One organization a line, as the document prints it."),
    )
    supporting = LongText(
        label=gettext_lazy("Who supports"),
        required=False,
        max_length=5_000,
        help_text=gettext_lazy("One organization a line, as the document prints it."),
    )
    is_new = forms.BooleanField(label=gettext_lazy("Marked as new in this document"), required=False)
    amount = forms.DecimalField(
        label=gettext_lazy("Dollars earmarked"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    fiscal_year = PeriodField(label=gettext_lazy("Fiscal year of the amount"), required=False, max_length=9)
    matched = forms.CharField(
        label=gettext_lazy("Deliverable of the plan that this is"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Its code. Leave it empty where the plan does not have it yet."),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, object] | None = None,
        sections: Iterable[tuple[str, str]],
        known: Sequence[str] | None,
    ) -> None:
        """`known` are the codes that a match may have; None where there is no plan to match with."""
        super().__init__(data, initial=initial)
        self.known = known
        cast(forms.ChoiceField, self.fields["section"]).choices = [("", pgettext("section", "None")), *sections]
        if known is None:
            del self.fields["matched"]

    def clean_matched(self) -> str:
        """A code that the plan has and that no other row has taken."""
        code = str(self.cleaned_data["matched"])
        if code and code not in (self.known or ()):
            raise forms.ValidationError(_("The plan has no free deliverable with this code."))
        return code

    def clean_fiscal_year(self) -> str:
        """A fiscal year, since money is told by fiscal years."""
        year = str(self.cleaned_data["fiscal_year"])
        if year and len(year) != len("2013-2014"):
            raise forms.ValidationError(_("Write the fiscal year as 2013–2014."))
        return year

    def values(self, before: RowValues, match: str) -> RowValues:
        """The values as the person left them.

        Args:
            before: the values that stood there; what the form does not ask stays.
            match: the code that the row was matched with, "" for none: only another one is the person's word.
        """
        said = {name: value for name, value in self.cleaned_data.items() if name in RowValues.model_fields}
        amount = cast("Decimal | None", said["amount"])
        said |= {
            "amount": "" if amount is None else f"{amount:.2f}",
            "leads": names_in(str(said["leads"])),
            "supporting": names_in(str(said["supporting"])),
        }
        if said.get("matched", match) == match:
            said["matched"] = before.matched
        return RowValues.model_validate({**before.model_dump(), **_cleaned(said)})


def names_in(text: str) -> list[str]:
    """The organisations of a text that has one a line, each once."""
    return list(dict.fromkeys(clean(line, 200) for line in text.splitlines() if line.strip()))


def _cleaned(said: dict[str, object]) -> dict[str, object]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in said.items()}
