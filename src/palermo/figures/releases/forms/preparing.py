"""Forms of preparing a release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from palermo.figures.releases.actions.preparing import About, Wanted
from palermo.figures.releases.actions.records import LONGEST_KEPT, Said
from palermo.figures.releases.described import DimensionSaid, NotDescribedError, dimension_of, read_lines, write_lines
from palermo.figures.releases.forms.rules import DAY, one_language
from palermo.figures.releases.models import Population, RecordColumn, Release, RuleSet
from palermo.figures.releases.vocabulary import Source, Use
from palermo.figures.releases.words import not_described
from palermo.figures.series.vocabulary import Counted
from palermo.foundation.bilingual import shown

AT_MOST = 4
"""Dimensions of a table that the form has room for."""
RECORDS = "records"


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SeenForm(forms.Form):
    """Carries the version of the release that a page was made from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class ReleaseForm(SeenForm):
    """What a release is, and the rules that it is protected by."""

    population = forms.ChoiceField(label=gettext_lazy("Who or what is counted (population)"))
    made_of = forms.ChoiceField(label=gettext_lazy("What it is made of"))
    rule_set = forms.ChoiceField(label=gettext_lazy("Rules"))
    title_en = forms.CharField(label=gettext_lazy("Title, in English"), required=False, max_length=300)
    title_fr = forms.CharField(label=gettext_lazy("Title, in French"), required=False, max_length=300)
    about_en = forms.CharField(
        label=gettext_lazy("What is counted, and how, in English"), required=False, widget=_area(3), max_length=5000
    )
    about_fr = forms.CharField(
        label=gettext_lazy("What is counted, and how, in French"), required=False, widget=_area(3), max_length=5000
    )
    counts = forms.ChoiceField(label=gettext_lazy("One of the number is a"), choices=Counted.choices)
    covers_from = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    covers_to = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))

    def __init__(
        self,
        populations: Sequence[Population],
        rules: Sequence[RuleSet],
        made_of: Sequence[tuple[str, str]],
        data: object = None,
        release: Release | None = None,
    ) -> None:
        super().__init__(data, initial=_as_it_is(release) if release else {"seen": 0})  # type: ignore[arg-type]
        self.populations = {one.code: one for one in populations}
        self.rules = {str(one.pk): one for one in rules}
        offered: dict[str, list[tuple[str, str]]] = {
            "population": [(code, shown(one, "title").text) for code, one in self.populations.items()],
            "rule_set": [(pk, f"{shown(one, 'title')} ({one.code} {one.version})") for pk, one in self.rules.items()],
            "made_of": list(made_of),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        if release:
            del self.fields["population"], self.fields["made_of"]

    def clean(self) -> dict[str, object]:
        """A title in one language at least; days in order."""
        values = super().clean() or {}
        one_language(self, "title")
        first, last = values.get("covers_from"), values.get("covers_to")
        if first and last and last < first:
            self.add_error("covers_to", ValidationError(_("The last day is before the first one.")))
        return values

    def about(self) -> About:
        """What it is."""
        names = ("title_en", "title_fr", "about_en", "about_fr", "counts", "covers_from", "covers_to")
        return About(**{name: self.cleaned_data[name] for name in names})

    def source(self) -> tuple[Source, str]:
        """What it is made of: the kind, and the code of the measure or series."""
        kind, _colon, code = self.cleaned_data["made_of"].partition(":")
        return Source(kind), code

    def rules_chosen(self) -> RuleSet:
        """The rules."""
        return self.rules[self.cleaned_data["rule_set"]]


def _as_it_is(release: Release) -> dict[str, object]:
    names = ("title_en", "title_fr", "about_en", "about_fr", "counts", "covers_from", "covers_to")
    return {name: getattr(release, name) for name in names} | {"seen": release.version, "rule_set": release.rule_set_id}


class UploadForm(SeenForm):
    """A file of records, and when it is erased."""

    file = forms.FileField(
        label=gettext_lazy("File of records"),
        help_text=gettext_lazy("CSV in UTF-8, or Parquet: one record a row, and names of columns in the first row."),
    )
    keep_days = forms.IntegerField(
        label=gettext_lazy("Days to keep the records after approval"),
        min_value=0,
        max_value=90,
        initial=0,
        help_text=gettext_lazy("0: they are erased in the act of approval."),
    )
    erase_on = forms.DateField(
        label=gettext_lazy("Erase them on this day at the latest"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=gettext_lazy("Whatever comes of the release; at most 180 days from today."),
    )

    def __init__(self, data: object = None, files: object = None, seen: int = 0) -> None:
        initial = {"seen": seen, "erase_on": timezone.localdate() + timedelta(days=60)}
        super().__init__(data, files, initial=initial)  # type: ignore[arg-type]

    def clean_erase_on(self) -> object:
        """A day from today on, and not too far away."""
        day, today = self.cleaned_data["erase_on"], timezone.localdate()
        if not today <= day <= today + LONGEST_KEPT:
            raise ValidationError(_("Give a day from today on, at most 180 days away."))
        return day


class ColumnForm(SeenForm):
    """What a column is for."""

    use = forms.ChoiceField(label=gettext_lazy("What it is for"), choices=Use.choices, widget=forms.RadioSelect)
    code = forms.CharField(
        label=gettext_lazy("Its name in tables and files"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Letters, digits and _ only, such as age_group."),
    )
    label_en = forms.CharField(label=gettext_lazy("In words, in English"), required=False, max_length=200)
    label_fr = forms.CharField(label=gettext_lazy("In words, in French"), required=False, max_length=200)
    codes = forms.CharField(
        label=gettext_lazy("Codes, one a line"),
        required=False,
        widget=_area(10),
        max_length=300_000,
        help_text=gettext_lazy(
            "code; English; French; the code that it is a part of. Leave the last out where it is a part of the total "
            "alone. Example: AB; Alberta; Alberta; WEST"
        ),
    )
    missing = forms.CharField(
        label=gettext_lazy("Code that an empty field stands for"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Leave it empty if no field may be empty."),
    )

    def __init__(self, column: RecordColumn, seen: int, data: object = None, found: Sequence[str] = ()) -> None:
        lines = dimension_of(column).codes
        super().__init__(
            data,  # type: ignore[arg-type]
            initial={
                "seen": seen,
                "use": column.use,
                "code": column.code,
                "label_en": column.label_en,
                "label_fr": column.label_fr,
                "codes": write_lines(lines) or "\n".join(f"{value}; {value}; {value}" for value in found),
                "missing": column.missing,
            },
        )

    def clean(self) -> dict[str, object]:
        """Codes as lines; the rest is for the action to judge."""
        values = super().clean() or {}
        try:
            self.lines = read_lines(values.get("codes") or "") if values.get("use") == Use.DIMENSION else ()
        except NotDescribedError as error:
            self.add_error("codes", ValidationError(not_described(error)))
        return values

    def said(self) -> Said:
        """What was said."""
        given = self.cleaned_data
        return Said(
            Use(given["use"]), given["code"], given["label_en"], given["label_fr"], self.lines, given["missing"]
        )


class TableForm(SeenForm):
    """One more table."""

    title_en = forms.CharField(label=gettext_lazy("Title, in English"), required=False, max_length=300)
    title_fr = forms.CharField(label=gettext_lazy("Title, in French"), required=False, max_length=300)
    sums = forms.ChoiceField(label=gettext_lazy("What it counts"), required=False)

    def __init__(
        self, dimensions: Sequence[DimensionSaid], numbers: Sequence[RecordColumn], seen: int, data: object = None
    ) -> None:
        super().__init__(data, initial={"seen": seen})  # type: ignore[arg-type]
        choices = [(said.code, shown(said, "label").text) for said in dimensions]
        words = [
            gettext_lazy("By"), gettext_lazy("and by"), gettext_lazy("and also by"), gettext_lazy("and lastly by")
        ]  # fmt: skip
        for at in range(min(AT_MOST, max(1, len(choices)))):
            nothing = ("", pgettext_lazy("dimension", "nothing more") if at else gettext_lazy("Choose one"))
            self.fields[f"by_{at + 1}"] = forms.ChoiceField(
                label=words[at], choices=[nothing, *choices], required=at == 0
            )
        field = self.fields["sums"]
        if isinstance(field, forms.ChoiceField):
            summed = [(column.code, shown(column, "label").text) for column in numbers]
            field.choices = [("", gettext_lazy("how many records there are")), *summed]
        if not numbers:
            del self.fields["sums"]
        self.labels = {said.code: said for said in dimensions}

    def wanted(self) -> Wanted:
        """The table. One without a title is called after what it is laid out by."""
        given = self.cleaned_data
        codes = tuple(given[name] for name in sorted(given) if name.startswith("by_") and given[name])
        english = " and ".join((self.labels[code].label_en or self.labels[code].label_fr).lower() for code in codes)
        french = " et ".join((self.labels[code].label_fr or self.labels[code].label_en).lower() for code in codes)
        title_en, title_fr = given["title_en"], given["title_fr"]
        if not (title_en or title_fr):
            title_en, title_fr = f"By {english}", f"Par {french}"
        return Wanted(title_en, title_fr, codes, given.get("sums", ""))


class RejectForm(SeenForm):
    """Why a release is rejected."""

    reason = forms.CharField(label=gettext_lazy("Why"), widget=_area(3), max_length=2000)


class CorrectForm(forms.Form):
    """What a correction corrects."""

    correction_en = forms.CharField(
        label=gettext_lazy("What is corrected, in English"), required=False, widget=_area(3), max_length=2000
    )
    correction_fr = forms.CharField(
        label=gettext_lazy("What is corrected, in French"), required=False, widget=_area(3), max_length=2000
    )

    def clean(self) -> dict[str, object]:
        """In one language at least."""
        values = super().clean() or {}
        one_language(self, "correction")
        return values
