"""Forms that define series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.figures import measures
from palermo.figures.series.actions import BreakWords, DimensionWords, SeriesWords
from palermo.figures.series.forms_fields import OrganisationField, TitledField, area, day, line
from palermo.figures.series.models import Break, CodeList, Series, SeriesDimension
from palermo.figures.series.queries.desk import code_lists, keepers
from palermo.figures.series.vocabulary import Counted, Effect, Frequency
from palermo.people.models import Organisation, User
from palermo.people.queries import organisations

DIMENSIONS = 6
BREAKS = 4
"""How many rows the form has for each."""


class SeriesForm(forms.Form):
    """What a series means."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, initial=0)
    """The version that the form was made from; 0 for a new one."""
    code = line(gettext_lazy("Code"), 60, required=True, hint=gettext_lazy("In its address, for ever: permits-issued."))
    title_en = line(gettext_lazy("Title, in English"))
    title_fr = line(gettext_lazy("Title, in French"))
    definition_en = area(gettext_lazy("What it means, in English"), 3)
    definition_fr = area(gettext_lazy("What it means, in French"), 3)
    counts = forms.ChoiceField(label=gettext_lazy("What is counted"), choices=Counted.choices)
    currency = line(
        gettext_lazy("Currency, of an amount of money"), 3, hint=gettext_lazy("Three letters, such as CAD.")
    )
    population_en = area(gettext_lazy("Among whom or what, in English"))
    population_fr = area(gettext_lazy("Among whom or what, in French"))
    frequency = forms.ChoiceField(label=gettext_lazy("How often"), choices=Frequency.choices)
    effect = forms.ChoiceField(label=gettext_lazy("What it tells"), choices=Effect.choices)
    source = OrganisationField(label=gettext_lazy("Whose records"), queryset=Organisation.objects.none())
    owner = OrganisationField(label=gettext_lazy("Who enters and answers for it"), queryset=Organisation.objects.none())
    keeper = OrganisationField(label=gettext_lazy("In whose name it is defined"), queryset=Organisation.objects.none())
    method_en = area(gettext_lazy("How it is counted, in English"), 3)
    method_fr = area(gettext_lazy("How it is counted, in French"), 3)
    measure = forms.ChoiceField(label=gettext_lazy("Counted by the system"), required=False)
    is_public = forms.BooleanField(label=gettext_lazy("Everybody may read it"), required=False)

    def __init__(self, viewer: User, data: Mapping[str, str] | None = None, series: Series | None = None) -> None:
        super().__init__(data, initial=self._said(series) if series else None)
        for name in ("source", "owner"):
            self._choose(name, list_of(viewer))
        mine = keepers(viewer)
        self._choose("keeper", Organisation.objects.filter(pk__in=[*mine.values_list("pk", flat=True), *_kept(series)]))
        measure = self.fields["measure"]
        if isinstance(measure, forms.ChoiceField):
            counted = [(one.code, one.title) for one in measures.registered()]
            measure.choices = [("", gettext_lazy("No, people enter it")), *counted]
        if series:
            self.fields["code"].disabled = True

    def words(self) -> SeriesWords:
        """What was written."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        chosen = {"counts": Counted(said["counts"]), "frequency": Frequency(said["frequency"])}
        return SeriesWords(**{**said, **chosen, "effect": Effect(said["effect"])})

    def _choose(self, name: str, found: Any) -> None:  # noqa: ANN401 - a QuerySet with names read
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = found.prefetch_related("names").order_by("code")

    @staticmethod
    def _said(series: Series) -> dict[str, object]:
        names = [name for name in SeriesForm.base_fields if name not in {"seen", "source", "owner", "keeper"}]
        said = {name: getattr(series, name) for name in names}
        codes = {name: getattr(series, name).code for name in ("source", "owner", "keeper")}
        return {**said, **codes, "seen": series.version}


class DimensionForm(forms.Form):
    """Something that the numbers are cut by; a row without a code is left out."""

    use_required_attribute = False
    code = line(gettext_lazy("Code"), 40)
    label_en = line(gettext_lazy("In English"), 120)
    label_fr = line(gettext_lazy("In French"), 120)
    code_list = TitledField(
        label=gettext_lazy("List of codes"), queryset=CodeList.objects.order_by("code"), required=False
    )
    adds_up = forms.BooleanField(label=gettext_lazy("Its codes make the total"), required=False)

    def clean(self) -> dict[str, Any]:
        """A dimension that is named has a list of codes."""
        said = super().clean() or {}
        if said.get("code") and not said.get("code_list"):
            self.add_error("code_list", ValidationError(_("Choose a list of codes.")))
        if not said.get("code") and (said.get("label_en") or said.get("label_fr") or said.get("code_list")):
            self.add_error("code", ValidationError(_("Give it a code, such as sex.")))
        return said

    def words(self) -> DimensionWords | None:
        """What was written; None where nothing was."""
        return DimensionWords(**self.cleaned_data) if self.cleaned_data.get("code") else None


class BreakForm(forms.Form):
    """A day from which the numbers mean something else; a row without a day is left out."""

    use_required_attribute = False
    on = day(gettext_lazy("From"))
    what_en = line(gettext_lazy("What changes, in English"), 1000)
    what_fr = line(gettext_lazy("What changes, in French"), 1000)

    def clean(self) -> dict[str, Any]:
        """What is said has a day."""
        said = super().clean() or {}
        if not said.get("on") and "on" not in self.errors and (said.get("what_en") or said.get("what_fr")):
            self.add_error("on", ValidationError(_("Give the day.")))
        return said

    def words(self) -> BreakWords | None:
        """What was written; None where nothing was."""
        return BreakWords(**self.cleaned_data) if self.cleaned_data.get("on") else None


class DefinitionForms:
    """The form of a series with its rows of dimensions and breaks."""

    def __init__(self, viewer: User, data: Mapping[str, str] | None = None, series: Series | None = None) -> None:
        self.main = SeriesForm(viewer, data, series)
        dimensions: Sequence[SeriesDimension | None] = list(series.dimensions.all()) if series else []
        breaks: Sequence[Break | None] = list(series.breaks.all()) if series else []
        cut = [*dimensions, *[None] * max(DIMENSIONS - len(dimensions), 1)]
        broken = [*breaks, *[None] * max(BREAKS - len(breaks), 1)]
        self.dimensions = [
            DimensionForm(data, prefix=f"d{at}", initial=_of_dimension(one)) for at, one in enumerate(cut)
        ]
        self.breaks = [BreakForm(data, prefix=f"b{at}", initial=_of_break(one)) for at, one in enumerate(broken)]
        self.lists = code_lists(viewer)

    def is_valid(self) -> bool:
        """Whether every form is."""
        valid = [form.is_valid() for form in (self.main, *self.dimensions, *self.breaks)]
        return all(valid)

    def cut_by(self) -> list[DimensionWords]:
        """The dimensions that were written."""
        return [words for form in self.dimensions if (words := form.words())]

    def broken_at(self) -> list[BreakWords]:
        """The breaks that were written."""
        return [words for form in self.breaks if (words := form.words())]


class RetireForm(forms.Form):
    """Why a series is given up, and what takes its place."""

    on = day(gettext_lazy("Given up on"), required=True)
    because_en = area(gettext_lazy("Why, in English"))
    because_fr = area(gettext_lazy("Why, in French"))
    successor = TitledField(
        label=gettext_lazy("What takes its place"), queryset=Series.objects.order_by("code"), required=False
    )

    def __init__(self, series: Series, data: Mapping[str, str] | None = None, today: date | None = None) -> None:
        super().__init__(data, initial={"on": today})
        successor = self.fields["successor"]
        if isinstance(successor, forms.ModelChoiceField):
            successor.queryset = Series.objects.exclude(pk=series.pk).order_by("code")


def list_of(viewer: User) -> Any:  # noqa: ANN401 - a QuerySet of organisations
    """The organisations to choose from."""
    return organisations(viewer)


def _kept(series: Series | None) -> list[int]:
    return [series.keeper_id] if series else []


def _of_dimension(one: SeriesDimension | None) -> dict[str, object] | None:
    if one is None:
        return None
    names = ("code", "label_en", "label_fr", "adds_up")
    return {**{name: getattr(one, name) for name in names}, "code_list": one.code_list.code}


def _of_break(one: Break | None) -> dict[str, object] | None:
    return {"on": one.on, "what_en": one.what_en, "what_fr": one.what_fr} if one else None
