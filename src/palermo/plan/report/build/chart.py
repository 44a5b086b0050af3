"""The action chart: every deliverable with who answers for it, until when, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.foundation.bilingual import LANGUAGES, Language, Shown, choose, reader_language, shown
from palermo.people.policies import Viewer
from palermo.plan.register.models import (
    Deliverable,
    DueDate,
    Plan,
    PlanLevel,
    ReportingPeriod,
    Responsibility,
    Section,
    StatusRecord,
)
from palermo.plan.register.queries.deliverables import deliverables
from palermo.plan.register.queries.plans import periods, sections
from palermo.plan.register.vocabulary import Part, Status, StatusKind
from palermo.plan.report.formats.document import ACTION_CHART, Cell, CellContent, Column, Row, Table

PREVIEWED = 50
"""Rows of the chart that a preview shows."""
PERIODS_SHOWN = 5
"""A chart shows the period of the report and up to four before it."""
TAGS: dict[Language, str] = {"en": "en-CA", "fr": "fr-CA"}
_CHUNK = 500

Known = Mapping[tuple[int, int, str], tuple[str, str]]
"""Value and printed words by deliverable, period and kind of status."""


@dataclass(frozen=True, slots=True)
class ChartSource:
    """What the rows of a chart are made from, read once for both languages."""

    viewer: Viewer
    plan: Plan
    period: ReportingPeriod
    shown_periods: tuple[ReportingPeriod, ...]
    levels: tuple[PlanLevel, ...]
    paths: Mapping[int, tuple[Section, ...]]
    """The sections above a deliverable, outermost first, by the key of its own section."""
    known: Known
    has_assessed: bool
    has_due_dates: bool
    has_later_dates: bool
    """Whether any due date was ever replaced by a later one."""
    has_support: bool
    """Columns that nothing would stand in are left out."""


def chart_source(viewer: Viewer, period: ReportingPeriod) -> ChartSource:
    """Read everything but the deliverables themselves, which are streamed."""
    plan = period.plan
    earlier = [one for one in periods(viewer, plan) if one.has_statuses and one.starts_on < period.starts_on]
    shown_periods = (*earlier[1 - PERIODS_SHOWN :], period)
    records = StatusRecord.objects.filter(period__in=shown_periods, is_current=True)
    known = {
        (deliverable, of, kind): (value, printed)
        for deliverable, of, kind, value, printed in records.values_list(
            "deliverable_id", "period_id", "kind", "value", "printed"
        )
    }
    revisions = DueDate.objects.filter(deliverable__plan=plan).aggregate(newest=Max("revision"))["newest"]
    return ChartSource(
        viewer=viewer,
        plan=plan,
        period=period,
        shown_periods=shown_periods,
        levels=tuple(plan.levels.order_by("depth")),
        paths=_paths(list(sections(viewer, plan))),
        known=known,
        has_assessed=any(of == period.pk and kind == StatusKind.ASSESSED for _one, of, kind in known),
        has_due_dates=revisions is not None,
        has_later_dates=bool(revisions),
        has_support=Responsibility.objects.filter(deliverable__plan=plan, kind=Part.SUPPORT).exists(),
    )


def _paths(found: Sequence[Section]) -> dict[int, tuple[Section, ...]]:
    by_key = {section.pk: section for section in found}
    paths: dict[int, tuple[Section, ...]] = {}

    def path(section: Section) -> tuple[Section, ...]:
        if section.pk not in paths:
            above = path(by_key[section.parent_id]) if section.parent_id else ()
            paths[section.pk] = (*above, section)
        return paths[section.pk]

    for section in found:
        path(section)
    return paths


def chart_table(source: ChartSource, rows: tuple[Row, ...] | None = None) -> Table:
    """The chart in the reader's language, without rows unless some are given."""
    return Table(
        key=ACTION_CHART,
        caption=_("Action chart"),
        columns=tuple(_columns(source)),
        rows=rows or (),
        wide=True,
    )


def _columns(source: ChartSource) -> Iterator[Column]:
    for level in source.levels:
        yield Column(f"level-{level.depth}", shown(level, "name").text, role="group")
    yield Column("code", _("Code"), role="row_header", width=1.1)
    yield Column("text", shown(source.plan, "deliverable_name").text, width=5)
    yield Column("start", _("Start"), width=1.2)
    if source.has_due_dates:
        first = _("First due date") if source.has_later_dates else _("Due date")
        yield Column("first-due", first, kind="date", width=1.5, with_printed=True)
    if source.has_later_dates:
        yield Column("due", _("Due date now"), kind="date", width=1.5)
    yield Column("lead", _("Lead"), width=1.8)
    if source.has_support:
        yield Column("support", _("Support"), width=1.6)
    for period in source.shown_periods:
        label = _("Status %(period)s") % {"period": period.label}
        yield Column(f"status-{period.code}", label, kind="status", width=1.5, with_printed=True)
    if source.has_assessed:
        yield Column("assessed", _("Assessed status"), kind="status", width=1.5)


def chart_rows(source: ChartSource, languages: Sequence[Language]) -> Iterator[tuple[Deliverable, dict[Language, Row]]]:
    """Each deliverable with its row in each language; read in pieces, so that a long plan is never held whole."""
    words = {language: _StatusWords(language) for language in languages}
    found = deliverables(source.viewer, source.plan, source.period).prefetch_related("due_dates")
    for one in found.iterator(chunk_size=_CHUNK):
        yield one, {language: _row(source, one, language, words[language]) for language in languages}


class _StatusWords:
    """The words for statuses in one language, looked up once."""

    def __init__(self, language: Language) -> None:
        self.labels = _status_labels(language)
        self.usual = {(value, label.casefold()) for each in LANGUAGES for value, label in _status_labels(each).items()}

    def cell(self, value: str, printed: str = "") -> Cell:
        """A status; the printed words only where they say something else in both languages."""
        is_usual = (value, printed.casefold()) in self.usual
        return Cell(self.labels[value], printed="" if is_usual else printed, code=value)


def _status_labels(language: Language) -> dict[str, str]:
    with override(language):
        return {status.value: str(status.label) for status in Status}


def _row(source: ChartSource, one: Deliverable, language: Language, words: _StatusWords) -> Row:
    path = source.paths[one.section_id] if one.section_id else ()
    cells = _group_cells(path, len(source.levels), language)
    cells += [one.code, _text(one, language), one.printed_start or (str(one.start_on) if one.start_on else "")]
    if source.has_due_dates:
        cells += _due_dates(source, list(one.due_dates.all()))
    cells.append(_names(source, one, Part.LEAD, language))
    if source.has_support:
        cells.append(_names(source, one, Part.SUPPORT, language))
    for period in source.shown_periods:
        none = (Status.NOT_STATED.value, "")
        cells.append(words.cell(*source.known.get((one.pk, period.pk, StatusKind.CLAIMED), none)))
    if source.has_assessed:
        cells.append(_assessed(source, one, words))
    return tuple(cells)


def _due_dates(source: ChartSource, dates: Sequence[DueDate]) -> list[CellContent]:
    """The first date and, where the plan has later ones, the newest."""
    first = Cell(dates[0].due_on, printed=dates[0].printed) if dates else None
    newest = dates[-1].due_on if dates else None
    return [first, newest] if source.has_later_dates else [first]


def _assessed(source: ChartSource, one: Deliverable, words: _StatusWords) -> CellContent:
    found = source.known.get((one.pk, source.period.pk, StatusKind.ASSESSED))
    return words.cell(*found) if found else None


def _group_cells(path: Sequence[Section], depth: int, language: Language) -> list[CellContent]:
    cells: list[CellContent] = []
    for section in path:
        title = shown(section, "title", language)
        cells.append(in_cell(Shown(f"{section.code} {title.text}", title.language, title.is_other)))
    return cells + [""] * (depth - len(cells))


def _text(one: Deliverable, language: Language) -> CellContent:
    lead_in = choose(one.lead_in_en, one.lead_in_fr, language)
    words = choose(one.text_en, one.text_fr, language)
    if not lead_in.text or lead_in.language != words.language:
        return in_cell(words)
    return in_cell(Shown(f"{lead_in.text} {words.text}", words.language, words.is_other))


def _names(source: ChartSource, one: Deliverable, kind: Part, language: Language) -> str:
    """Acronyms as they were at the end of the period, of those who had the part then."""
    day = source.period.ends_on
    held = [
        its
        for its in one.responsibilities.all()
        if its.kind == kind
        and (its.from_date is None or its.from_date <= day)
        and (its.to_date is None or day <= its.to_date)
    ]
    names = [its.organisation.named_on(day) for its in held]
    return ", ".join(name.short(language).text for name in names if name)


def in_cell(text: Shown) -> CellContent:
    """A chosen text as a cell, marked where it is in the other language."""
    return Cell(text.text, language=TAGS[text.language]) if text.is_other else text.text


def reader_tag() -> str:
    """The BCP 47 tag of the reader's language."""
    return TAGS[reader_language()]
