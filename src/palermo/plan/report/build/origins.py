"""Where the numbers of a report come from: the measures that counted them, told in the words of the day."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from palermo.figures import measures
from palermo.figures.measures import Measure
from palermo.figures.series.vocabulary import Mark
from palermo.plan.report.build.source import ChartSource
from palermo.plan.report.formats.document import (
    Block,
    Definition,
    DefinitionList,
    Figure,
    Origin,
    Paragraph,
    Part,
    Run,
    Table,
    paragraph,
    text,
)

STATUSES, CONCERNS, RETURNS, DATES = "deliverables", "deliverables_by_concern", "returns_accepted", "due_dates_changed"
"""The measures that a report takes its counts from."""


def counted_by(source: ChartSource, code: str, *, every_period: bool = False) -> Origin:
    """The origin of numbers that a measure counted for this plan and period, or for every period of the plan."""
    measure = measures.one(code)
    told = {"title": measure.title, "source": measure.source, "mark": Mark.FINAL.label}
    return Origin(
        kind="measure",
        words=_("Counted by this site under “%(title)s”. %(source)s Mark: %(mark)s.") % told,
        link=measure_path(source, code, every_period=every_period),
        link_words=link_words(),
        code=code,
        mark=Mark.FINAL.value,
    )


def link_words() -> str:
    """What leads from numbers to where they come from."""
    return _("Where do these numbers come from?")


def measure_path(source: ChartSource, code: str, *, every_period: bool = False) -> str:
    """The page of a measure with what it counts of this plan, for readers of the language that is in use."""
    asked = {"plan": source.plan.code} | ({} if every_period else {"period": source.period.code})
    return f"{reverse('measure', args=[code])}?{urlencode(asked)}"


def counted_sentence(source: ChartSource, words: str, code: str) -> Paragraph:
    """A sentence with numbers in it, and the way to where they come from."""
    return Paragraph((Run(f"{words} "), Run(link_words(), link=measure_path(source, code))))


def said_in_returns() -> Origin:
    """The origin of numbers that organisations gave in their returns."""
    words = _(
        "Figures and sums of money are those that the organization gave in the return that is named beside them, and "
        "that was accepted. Nobody counted them again. Mark: as stated by the organization."
    )
    return Origin(kind="returns", words=words)


def how_counted(source: ChartSource, parts: Iterable[Part]) -> Part:
    """What the measures that a report used meant when it was made."""
    intro = _(
        "Numbers that this site counted itself, and what each of them meant on the day of this edition. Their pages "
        "show the numbers of today, which may differ if something was corrected since."
    )
    items = []
    for code in dict.fromkeys(origin.code for origin in _origins(parts) if origin.kind == "measure"):
        measure = measures.one(code)
        link = Run(link_words(), link=measure_path(source, code))
        items.append(Definition(text(str(measure.title)), (Run(f"{_meaning(measure)} "), link)))
    return Part("how-counted", _("How this was counted"), (paragraph(intro), DefinitionList(tuple(items))))


def _meaning(measure: Measure) -> str:
    return f"{measure.definition} {measure.source}"


def _origins(parts: Iterable[Part]) -> Iterable[Origin]:
    for part in parts:
        for table in filter(None, map(_table_in, part.blocks)):
            if table.origin:
                yield table.origin


def _table_in(block: Block) -> Table | None:
    if isinstance(block, Figure):
        return block.table
    return block if isinstance(block, Table) else None
