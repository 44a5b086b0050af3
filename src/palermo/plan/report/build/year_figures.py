"""The figures of the year: what sources outside the plan give, each number with its mark and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palermo.figures.series.models import Observation
from palermo.figures.series.vocabulary import MARK_MEANINGS, Mark
from palermo.figures.series.words import CodeLabels, place_words, span_words, unit_words, value_words
from palermo.foundation.bilingual import choose, colon, shown
from palermo.foundation.money import written_number
from palermo.plan.report.build.chart import in_cell
from palermo.plan.report.build.observed import Observed
from palermo.plan.report.build.source import ChartSource
from palermo.plan.report.formats.document import (
    Block,
    Cell,
    CellContent,
    Column,
    Definition,
    DefinitionList,
    Heading,
    Origin,
    Part,
    Row,
    Run,
    Runs,
    Table,
    paragraph,
    text,
)

YEAR_FIGURES = "year-figures"
"""The key of the part and of its table."""


def year_figures_part(source: ChartSource) -> Part | None:
    """Every number of the period in the reader's language, and what each series means; None where there is none."""
    if not source.observed:
        return None
    intro = _(
        "Numbers that sources give of this period. Each leads to where it comes from: the document and the page. Where "
        "two documents disagree, both stand here, and nothing is added up between them."
    )
    blocks: list[Block] = [paragraph(intro), _table(source)]
    blocks += [Heading(2, text(_("What these numbers mean"))), _meanings(source)]
    blocks += [Heading(2, text(_("What the marks mean"))), _marks(source)]
    return Part(YEAR_FIGURES, _("Figures of the year"), tuple(blocks))


def _table(source: ChartSource) -> Table:
    rows = tuple(row for each in source.observed for row in _Rows(each, CodeLabels.of(each.series)).rows())
    notes = tuple(filter(None, map(_left_out, source.observed)))
    words = _("Given by the sources that stand beside the numbers, each with its own mark. The numbers are links.")
    origin = Origin(kind="series", words=words, link=reverse("figures"), link_words=_("Every series and what it means"))
    return Table(YEAR_FIGURES, _("Figures of the year"), _columns(), rows, notes, origin=origin)


def _columns() -> tuple[Column, ...]:
    return (
        Column("series", _("Series"), role="group"),
        Column("of", _("Of whom or what"), role="row_header", width=2.4),
        Column("days", _("Days"), width=1.4),
        Column("number", _("Number"), kind="number", width=1.4),
        Column("mark", _("Mark"), width=1.3),
        Column("source", _("Source"), width=3.4),
        Column("note", _("Note"), width=2.6),
        Column("series-code", _("Code of the series"), role="data"),
        Column("unit", _("What is counted"), role="data"),
        Column("key", _("Codes"), role="data"),
        Column("starts-on", _("First day"), kind="date", role="data"),
        Column("ends-on", _("Last day"), kind="date", role="data"),
        Column("document", _("Code of the document"), role="data"),
        Column("page", _("Page"), role="data"),
        Column("known-on", _("Known since"), kind="date", role="data"),
        Column("serves", _("What it shows in the plan"), role="data"),
        Column("address", _("Where it comes from"), kind="address", role="data"),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes the rows of one series."""

    observed: Observed
    labels: CodeLabels

    def rows(self) -> Iterator[Row]:
        series, unit = self.observed.series, unit_words(self.observed.series)
        disagreeing = self.observed.disagreeing
        title = shown(series, "title")
        for one in self.observed.numbers:
            address = reverse("number", args=[one.pk])
            yield (
                _("%(series)s (%(unit)s)") % {"series": title.text, "unit": unit},
                self.labels.key(one.key),
                span_words(one.starts_on, one.ends_on),
                self.number(one, address),
                Cell(str(Mark(one.mark).label), code=one.mark),
                _source(one),
                _note(one, is_disputed=one.pk in disagreeing),
                series.code,
                unit,
                one.key,
                one.starts_on,
                one.ends_on,
                one.document.code if one.document else "",
                one.page,
                one.known_on,
                ", ".join(self.observed.places),
                address,
            )

    def number(self, one: Observation, address: str) -> Cell:
        """The number, which leads to where it comes from; its mark in place of one that is not shown."""
        words = value_words(one.value, self.observed.series) if one.value is not None else str(Mark(one.mark).label)
        value = one.value.normalize() if one.value is not None else None
        if value is not None and value == value.to_integral_value():
            value = value.quantize(1)
        return Cell(value, runs=(Run(words, link=address),))


def _source(one: Observation) -> CellContent:
    """The document with its page; without one, that none is named."""
    if one.document is None:
        return _("No document is named.")
    title = in_cell(shown(one.document, "title"))
    words = str(title.value if isinstance(title, Cell) else title)
    place = f"{words}, {place_words(one)}" if one.page else words
    return Cell(place, language=title.language) if isinstance(title, Cell) else place


def _note(one: Observation, *, is_disputed: bool) -> CellContent:
    footnote = choose(one.footnote_en, one.footnote_fr)
    said = _("Another document gives another number for the same.") if is_disputed else ""
    if footnote.is_other and said:
        return f"{footnote.text} {said}"
    return in_cell(footnote) if not said else f"{footnote.text} {said}".strip()


def _meanings(source: ChartSource) -> DefinitionList:
    return DefinitionList(tuple(_meaning(each, source.period.ends_on) for each in source.observed))


def _meaning(each: Observed, day: date) -> Definition:
    """What a series means, and whose records it comes from, under the name of the day."""
    series = each.series
    name = series.source.named_on(day)
    who = name.full().text if name else series.source.code
    said = f"{shown(series, 'definition').text} {_('Whose records')}{colon()} {who}."
    link = Run(_("All numbers of this series"), link=reverse("series", args=[series.code]))
    meaning: Runs = (Run(f"{said} "), link)
    return Definition(text(shown(series, "title").text), meaning)


def _left_out(each: Observed) -> str:
    if not each.left_out:
        return ""
    told = {"series": shown(each.series, "title").text, "count": written_number(each.left_out)}
    return (
        ngettext(
            "%(series)s: %(count)s further number stands on the page of the series.",
            "%(series)s: %(count)s further numbers stand on the page of the series.",
            each.left_out,
        )
        % told
    )


def _marks(source: ChartSource) -> DefinitionList:
    used = {one.mark for each in source.observed for one in each.numbers}
    return DefinitionList(
        tuple(Definition(text(str(mark.label)), text(str(MARK_MEANINGS[mark]))) for mark in Mark if mark in used)
    )
