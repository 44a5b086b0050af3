"""What changed since the period before: statuses, new deliverables, due dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from palermo.foundation.bilingual import choose, shown
from palermo.foundation.money import written_number
from palermo.plan.register.models import Deliverable
from palermo.plan.register.queries.changes import moved, revised_due_dates
from palermo.plan.register.queries.deliverables import deliverables
from palermo.plan.register.queries.overview import Overview
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.vocabulary import Status
from palermo.plan.report.build.chart import in_cell
from palermo.plan.report.build.origins import DATES, counted_by
from palermo.plan.report.build.source import ChartSource
from palermo.plan.report.formats.document import Block, Cell, Column, Heading, Part, Row, Table, paragraph, text

MOST_LISTED = 100
"""Beyond this many, a list says only how many there are: the action chart shows each of them."""


def changes_part(source: ChartSource, counted: Overview) -> Part:
    """Statuses that moved, what was added, and due dates that were put off."""
    blocks: list[Block] = [*_moved(source, counted.at), *_added(source), *_put_off(source)]
    return Part("changes", _("What changed"), tuple(blocks))


def _listed(heading: str, nothing: str, table: Table, count: int, rows: Callable[[], Iterable[Row]]) -> list[Block]:
    """A heading, and under it the table with its rows, or a sentence where there are none or too many."""
    if not count:
        return [Heading(2, text(heading)), paragraph(nothing)]
    if count > MOST_LISTED:
        too_many = _("There are %(count)s of them. The action chart shows each.") % {"count": written_number(count)}
        return [Heading(2, text(heading)), paragraph(too_many)]
    return [Heading(2, text(heading)), replace(table, rows=tuple(rows()))]


def _moved(source: ChartSource, at: PlanAt) -> list[Block]:
    heading = _("Statuses")
    before = at.before
    if before is None:
        nothing = _("No status of an earlier period is known, so nothing can be compared.")
        return [Heading(2, text(heading)), paragraph(nothing)]
    found = moved(source.viewer, at, before)
    columns = (
        *_what_columns(source),
        Column("before", before.label, kind="status"),
        Column("now", source.period.label, kind="status"),
    )
    return _listed(
        heading,
        _("No deliverable has another status than in the period before."),
        Table("moved", _("Deliverables with another status than before"), columns, ()),
        found.count(),
        lambda: ((*_what(one), _word(one.before), _word(one.status)) for one in found),
    )


def _added(source: ChartSource) -> list[Block]:
    found = deliverables(source.viewer, source.plan, source.period).filter(added_in=source.period)
    return _listed(
        _("Added to the plan"),
        _("Nothing is marked as added in this period."),
        Table("added", _("Deliverables added in this period"), _what_columns(source), ()),
        found.count(),
        lambda: map(_what, found),
    )


def _put_off(source: ChartSource) -> list[Block]:
    found = revised_due_dates(source.viewer, source.period)
    columns = (
        *_what_columns(source),
        Column("due", _("New due date"), kind="date"),
        Column("reason", _("Reason"), width=3),
    )
    return _listed(
        _("Due dates"),
        _("No due date is known to have been changed in this period."),
        Table("put-off", _("Due dates changed in this period"), columns, (), origin=counted_by(source, DATES)),
        found.count(),
        lambda: ((*_what(due.deliverable), due.due_on, in_cell(shown(due, "reason"))) for due in found),
    )


def _word(value: str) -> Cell:
    return Cell(str(Status(value).label), code=value)


def _what_columns(source: ChartSource) -> tuple[Column, ...]:
    name = shown(source.plan, "deliverable_name").text
    return (Column("code", _("Code"), role="row_header"), Column("text", name, width=4))


def _what(one: Deliverable) -> Row:
    return (one.code, in_cell(choose(one.text_en, one.text_fr)))
