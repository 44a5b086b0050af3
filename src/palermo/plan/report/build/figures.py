"""The figures of a report: counted from the register, each with the table behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from palermo.foundation.bilingual import reader_language
from palermo.foundation.money import written_number
from palermo.plan.register.concerns import Concern
from palermo.plan.register.queries.changes import statuses_by_period
from palermo.plan.register.queries.overview import Overview
from palermo.plan.register.vocabulary import P, Status
from palermo.plan.report.build.origins import CONCERNS, STATUSES, counted_by, counted_sentence
from palermo.plan.report.build.source import ChartSource
from palermo.plan.report.formats.document import (
    Block,
    Cell,
    Column,
    Figure,
    Note,
    Origin,
    Part,
    Row,
    Table,
    text,
)
from palermo.site.charts import StatusCount, status_by_p_chart, status_over_periods_chart

FIGURES = "figures"
"""The key of the part."""

CONCERN_MEANINGS = {
    Concern.LATE: gettext_lazy("The newest due date has passed, and it is neither complete nor given up."),
    Concern.FIRST_DATE_PASSED: gettext_lazy("The first due date has passed; a later one was set."),
    Concern.ONGOING_WITHOUT_END: gettext_lazy("It is said to be ongoing and has no due date, so it can never be late."),
    Concern.NO_DUE_DATE: gettext_lazy("Nobody said by when it should be done."),
    Concern.NO_EVIDENCE: gettext_lazy("Something is said to have been done, and nothing in the register shows it."),
    Concern.NOT_REPORTED: gettext_lazy("The organization that leads did not report."),
    Concern.NOT_STATED: gettext_lazy("The document says nothing of how far it is."),
    Concern.NEW: gettext_lazy("It was added to the plan in this period."),
}


def figures_part(source: ChartSource, counted: Overview) -> Part:
    """Statuses by P, over the periods, and what a reader should be told plainly."""
    intro = ngettext(
        "The plan has %(count)s deliverable.",
        "The plan has %(count)s deliverables.",
        counted.total,
    ) % {"count": written_number(counted.total)}
    blocks: list[Block] = [counted_sentence(source, intro, STATUSES), _by_p(source, counted)]
    if len(source.shown_periods) > 1:
        blocks.append(_over_periods(source, counted))
    blocks += [
        _concerns(source, counted),
        Note(text(_("A deliverable may be counted in several lines of this table."))),
    ]
    return Part(FIGURES, _("Figures"), tuple(blocks))


def _by_p(source: ChartSource, counted: Overview) -> Figure:
    names = {p.value: str(p.label) for p in P} | {"": _("No P given")}
    groups = [(names[p], counts) for p, counts in counted.by_p.items()]
    chart = status_by_p_chart(_status_counts(groups), reader_language())
    table = _status_table("status-by-p", chart.caption, _("P"), groups, counted_by(source, STATUSES))
    return Figure("figure-status-by-p", chart.svg, chart.alt, chart.caption, table)


def _over_periods(source: ChartSource, counted: Overview) -> Figure:
    shown = {period.pk for period in source.shown_periods}
    by_period = statuses_by_period(source.viewer, counted.at, counted.total)
    groups = [(period.label, counts) for period, counts in by_period.items() if period.pk in shown]
    chart = status_over_periods_chart(_status_counts(groups), reader_language())
    origin = counted_by(source, STATUSES, every_period=True)
    table = _status_table("status-by-period", chart.caption, _("Period"), groups, origin)
    return Figure("figure-status-by-period", chart.svg, chart.alt, chart.caption, table)


def _status_counts(groups: Sequence[tuple[str, Counter[str]]]) -> list[StatusCount]:
    return [
        StatusCount(group, status.value, str(status.label), counts[status.value])
        for group, counts in groups
        for status in Status
        if counts[status.value]
    ]


def _status_table(
    key: str, caption: str, head: str, groups: Sequence[tuple[str, Counter[str]]], origin: Origin
) -> Table:
    """Groups by status with their totals; statuses that nothing has are left out."""
    used = [status for status in Status if any(counts[status.value] for _group, counts in groups)]
    rows: list[Row] = [(group, *(counts[status.value] for status in used), counts.total()) for group, counts in groups]
    return Table(
        key=key,
        caption=caption,
        columns=(
            Column("group", head, role="row_header", width=2),
            *(Column(status.value.replace("_", "-"), str(status.label), kind="number") for status in used),
            Column("total", _("Total"), kind="number"),
        ),
        rows=tuple(rows),
        origin=origin,
    )


def _concerns(source: ChartSource, counted: Overview) -> Table:
    rows: list[Row] = [
        (Cell(str(concern.label), code=concern.value), count, str(CONCERN_MEANINGS[concern]))
        for concern, count in counted.by_concern.items()
    ]
    return Table(
        key="plainly",
        caption=_("What should be known of the plan"),
        columns=(
            Column("concern", _("What"), role="row_header", width=2),
            Column("count", _("Deliverables"), kind="number", width=1.4),
            Column("meaning", _("What it means"), width=4),
        ),
        rows=tuple(rows),
        origin=counted_by(source, CONCERNS),
    )
