"""The numbers of series that a return is asked for, each with its last value beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _

from palermo.figures.series.actions.checking import value_problems
from palermo.figures.series.vocabulary import Mark
from palermo.figures.series.words import number_words, span_words
from palermo.foundation.bilingual import shown
from palermo.plan.returns.actions.numbers import SeriesNumber
from palermo.plan.returns.models import NUMBER_MARKS
from palermo.plan.returns.queries.numbers import Asked


class NumbersForm(forms.Form):
    """Two fields for each series: the number, and how sure it is. All may be left empty."""

    def __init__(self, asked: Sequence[Asked], data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.asked = asked
        for each in asked:
            title, figure = shown(each.series, "title").text, each.figure
            self.fields[f"number_{each.series.pk}"] = forms.DecimalField(
                label=title,
                required=False,
                max_digits=20,
                decimal_places=4,
                initial=figure.value.normalize() if figure else None,
                help_text=_beside(each, typed_anew=data is not None),
                widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal", "min": "0"}),
            )
            self.fields[f"mark_{each.series.pk}"] = forms.ChoiceField(
                label=_("How sure it is: %(title)s") % {"title": title},
                required=False,
                choices=[(mark.value, mark.label) for mark in NUMBER_MARKS],
                initial=figure.mark if figure else Mark.PROVISIONAL,
            )

    def clean(self) -> None:
        """Each number must be one that its series can hold."""
        super().clean()
        for each in self.asked:
            name = f"number_{each.series.pk}"
            value = self.cleaned_data.get(name)
            for _field, words in value_problems(each.series, value, Mark.PROVISIONAL) if value is not None else ():
                self.add_error(name, words)

    def numbers(self) -> list[SeriesNumber]:
        """What was written of each series."""
        said = self.cleaned_data
        return [
            SeriesNumber(
                each.series,
                said.get(f"number_{each.series.pk}"),
                said.get(f"mark_{each.series.pk}") or Mark.PROVISIONAL,
            )
            for each in self.asked
        ]


def _beside(each: Asked, *, typed_anew: bool) -> str:
    """The last value of the series and, where something was typed, what the return says so far."""
    said = []
    if each.last:
        words = number_words(each.last, each.series), span_words(each.last.starts_on, each.last.ends_on)
        said.append(_("Last value: %(number)s, %(span)s.") % {"number": words[0], "span": words[1]})
    else:
        said.append(_("There is no value yet."))
    if typed_anew and each.figure:
        saved = f"{each.figure.value.normalize():f}"
        said.append(_("Saved so far: %(number)s.") % {"number": saved})
    return " ".join(said)
