"""The action chart: every deliverable with who answers for it, until when, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.foundation.bilingual import LANGUAGES, Language, Shown, choose, reader_language, shown
from palermo.plan.register.models import Deliverable, Section
from palermo.plan.register.vocabulary import Part, Status, StatusKind
from palermo.plan.report.build.source import ChartSource
from palermo.plan.report.formats.document import ACTION_CHART, Cell, CellContent, Column, Row, Table

PREVIEWED = 50
"""Rows of the chart that a preview shows."""
TAGS: dict[Language, str] = {"en": "en-CA", "fr": "fr-CA"}
SAFE = "!$&'()*+,;=/~:@"
"""What may stand unquoted in an address."""
_CHUNK = 500


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
    if source.due:
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
    if source.said:
        yield Column("return_number", _("Return number"), role="data")
    yield Column("address", _("Where it comes from"), kind="address", role="data")


def chart_rows(source: ChartSource, languages: Sequence[Language]) -> Iterator[tuple[Deliverable, dict[Language, Row]]]:
    """Each deliverable with its row in each language; read in pieces, so that a long plan is never held whole."""
    words = {language: _StatusWords(source.plan.code, language) for language in languages}
    found = source.plan.deliverables.order_by("position").defer("search_en", "search_fr")
    for one in found.iterator(chunk_size=_CHUNK):
        yield one, {language: _row(source, one, language, words[language]) for language in languages}


class _StatusWords:
    """The words for statuses in one language, looked up once."""

    def __init__(self, plan: str, language: Language) -> None:
        with override(language):
            self.addresses = reverse("plan_deliverables", args=[plan])
        self.labels = _status_labels(language)
        self.usual = {(value, label.casefold()) for each in LANGUAGES for value, label in _status_labels(each).items()}

    def cell(self, value: str, printed: str = "") -> Cell:
        """A status; the printed words only where they say something else in both languages."""
        is_usual = (value, printed.casefold()) in self.usual
        return Cell(self.labels[value], printed="" if is_usual else printed, code=value)

    def address(self, code: str) -> str:
        """The page of a deliverable, which says where every status of it was read. Put together as `reverse` does."""
        return f"{self.addresses}{quote(code, safe=SAFE)}/"


def _status_labels(language: Language) -> dict[str, str]:
    with override(language):
        return {status.value: str(status.label) for status in Status}


def _row(source: ChartSource, one: Deliverable, language: Language, words: _StatusWords) -> Row:
    path = source.paths[one.section_id] if one.section_id else ()
    cells = group_cells(path, len(source.levels), language)
    cells += [one.code, text_of(one, language), one.printed_start or (str(one.start_on) if one.start_on else "")]
    if source.due:
        cells += _due_dates(source, source.due.get(one.pk, ()))
    cells.append(_names(source, one, Part.LEAD, language))
    if source.has_support:
        cells.append(_names(source, one, Part.SUPPORT, language))
    for period in source.shown_periods:
        none = (Status.NOT_STATED.value, "")
        cells.append(words.cell(*source.known.get((one.pk, period.pk, StatusKind.CLAIMED), none)))
    if source.has_assessed:
        cells.append(_assessed(source, one, words))
    if source.said:
        cells.append(", ".join(map(str, source.said.numbers.get(one.pk, ()))))
    cells.append(words.address(one.code))
    return tuple(cells)


def _due_dates(source: ChartSource, dates: Sequence[tuple[date, str]]) -> list[CellContent]:
    """The first date and, where the plan has later ones, the newest."""
    first = Cell(dates[0][0], printed=dates[0][1]) if dates else None
    newest = dates[-1][0] if dates else None
    return [first, newest] if source.has_later_dates else [first]


def _assessed(source: ChartSource, one: Deliverable, words: _StatusWords) -> CellContent:
    found = source.known.get((one.pk, source.period.pk, StatusKind.ASSESSED))
    return words.cell(*found) if found else None


def group_cells(path: Sequence[Section], depth: int, language: Language) -> list[CellContent]:
    """The titles of the sections above something, as cells of the group columns."""
    cells: list[CellContent] = []
    for section in path:
        title = shown(section, "title", language)
        cells.append(in_cell(Shown(f"{section.code} {title.text}", title.language, title.is_other)))
    return cells + [""] * (depth - len(cells))


def text_of(one: Deliverable, language: Language) -> str | Cell:
    """The words of a deliverable with those that open its row, where both are in one language."""
    lead_in = choose(one.lead_in_en, one.lead_in_fr, language)
    words = choose(one.text_en, one.text_fr, language)
    if not lead_in.text or lead_in.language != words.language:
        return in_cell(words)
    return in_cell(Shown(f"{lead_in.text} {words.text}", words.language, words.is_other))


def _names(source: ChartSource, one: Deliverable, kind: Part, language: Language) -> str:
    """Acronyms as they were at the end of the period, of those who had the part then."""
    names = [source.names[organisation] for organisation in source.held.get((one.pk, kind), ())]
    return ", ".join(name.short(language).text for name in names if name)


def in_cell(text: Shown) -> str | Cell:
    """A chosen text as a cell, marked where it is in the other language."""
    return Cell(text.text, language=TAGS[text.language]) if text.is_other else text.text


def reader_tag() -> str:
    """The BCP 47 tag of the reader's language."""
    return TAGS[reader_language()]
