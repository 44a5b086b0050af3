"""The whole report in the reader's language, put together from the register and what people wrote."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from palermo.foundation.bilingual import choose, reader_language, semicolon, shown
from palermo.plan.register.models import Plan
from palermo.plan.register.queries.overview import Overview, overview
from palermo.plan.register.queries.plan_at import plan_at
from palermo.plan.register.vocabulary import P, Status
from palermo.plan.report.build.accounts import account_rows, accounts_part
from palermo.plan.report.build.changes import changes_part
from palermo.plan.report.build.chart import PREVIEWED, chart_rows, chart_table, reader_tag
from palermo.plan.report.build.figures import FIGURES, figures_part
from palermo.plan.report.build.narrative import narrative_blocks
from palermo.plan.report.build.origins import STATUSES, counted_sentence, how_counted
from palermo.plan.report.build.source import ChartSource
from palermo.plan.report.build.sources import Place, places_of
from palermo.plan.report.build.year_figures import year_figures_part
from palermo.plan.report.formats.document import ACCOUNTS, ACTION_CHART, Part, ReportDocument, StatusMeaning, paragraph
from palermo.plan.report.formats.labels import labels_for
from palermo.plan.report.frozen import with_rows
from palermo.plan.report.models import Narrative, NarrativePart
from palermo.plan.report.queries import narratives

STATUS_MEANINGS = {
    Status.NOT_STARTED: gettext_lazy("Nothing has been done yet."),
    Status.IN_PROGRESS: gettext_lazy("Something has been done, and it is to come to an end."),
    Status.ONGOING: gettext_lazy("It is done again and again and has no end by design."),
    Status.COMPLETE: gettext_lazy("All of it has been done."),
    Status.NO_LONGER_PURSUED: gettext_lazy("It was given up."),
    Status.NOT_STATED: gettext_lazy("The source says nothing of how far it is."),
    Status.NOT_REPORTED: gettext_lazy("A report was due and did not come."),
}

_PS = set(P.values)
_BEFORE = (NarrativePart.FOREWORD, NarrativePart.INTRODUCTION, NarrativePart.ACHIEVEMENTS)
_AFTER = (NarrativePart.WAY_FORWARD, NarrativePart.CONCLUSION)


def parts_to_write(plan: Plan, written: Container[str] = ()) -> list[NarrativePart]:
    """The parts that people write for this plan: a part for each P that the plan has, or somebody wrote about."""
    used = set(plan.deliverables.order_by().values_list("p", flat=True).distinct())
    return [part for part in NarrativePart if part not in _PS or part in used or part in written]


def draft_document(source: ChartSource) -> ReportDocument:
    """The report as it would be published now, with the first rows of its long tables."""
    language = reader_language()
    rows = tuple(row[language] for _one, row in islice(chart_rows(source, [language]), PREVIEWED))
    said = tuple(row[language] for _one, row in islice(account_rows(source, [language]), PREVIEWED))
    return with_rows(report_document(source), {ACTION_CHART: rows, ACCOUNTS: said})


def report_document(source: ChartSource, correction_en: str = "", correction_fr: str = "") -> ReportDocument:
    """The report in the reader's language, without the rows of its long tables."""
    at = plan_at(source.viewer, source.plan.code, source.period.code)
    if at is None:
        raise LookupError(source.plan.code)
    counted = overview(source.viewer, at)
    name = source.plan.owner.named_on(source.period.ends_on)
    return ReportDocument(
        language=reader_tag(),
        title=_("Annual report on progress"),
        plan_title=shown(source.plan, "title").text,
        period_label=source.period.label,
        publisher=name.full().text if name else "",
        labels=labels_for(reader_tag()),
        parts=_with_how_counted(source, tuple(_parts(source, counted))),
        corrects=choose(correction_en, correction_fr).text,
        statuses=tuple(
            StatusMeaning(status.value, str(status.label), str(STATUS_MEANINGS[status])) for status in Status
        ),
        keywords=(_("human trafficking"), _("action plan"), source.period.label),
    )


def _parts(source: ChartSource, counted: Overview) -> Iterator[Part]:
    written = narratives(source.viewer, source.period)
    places = places_of(source.viewer, source.period) if source.said else {}
    for part in _BEFORE:
        yield from _narrative(part, written.get(part.value), places)
    for p in P.values:
        if p in counted.by_p:
            yield _of_p(source, NarrativePart(p), counted, written.get(p), places)
        else:
            yield from _narrative(NarrativePart(p), written.get(p), places)
    yield changes_part(source, counted)
    yield figures_part(source, counted)
    if of_the_year := year_figures_part(source):
        yield of_the_year
    for part in _AFTER:
        yield from _narrative(part, written.get(part.value), places)
    yield Part("action-chart-part", _("Action chart"), (paragraph(_how_to_read(source)), chart_table(source)))
    if source.said:
        yield accounts_part(source, source.said)
    yield from _narrative(NarrativePart.RESOURCES, written.get(NarrativePart.RESOURCES.value), places)


def _with_how_counted(source: ChartSource, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts, and right behind the figures what each of them means."""
    place = next(at for at, part in enumerate(parts, 1) if part.key == FIGURES)
    return (*parts[:place], how_counted(source, parts), *parts[place:])


def _narrative(part: NarrativePart, written: Narrative | None, places: Mapping[int, Place]) -> Iterator[Part]:
    blocks = narrative_blocks(written, str(part.label), places)
    if blocks:
        yield Part(part.value.replace("_", "-"), str(part.label), blocks)


def _of_p(
    source: ChartSource,
    part: NarrativePart,
    counted: Overview,
    written: Narrative | None,
    places: Mapping[int, Place],
) -> Part:
    """A P with one line of numbers, even where nobody wrote a word about it."""
    counts = counted.by_p[part.value]
    said = f"{semicolon()} ".join(
        _("%(status)s: %(count)s") % {"status": status.label, "count": counts[status.value]}
        for status in Status
        if counts[status.value]
    )
    total = ngettext("%(count)s deliverable.", "%(count)s deliverables.", counts.total()) % {"count": counts.total()}
    blocks = narrative_blocks(written, str(part.label), places)
    return Part(part.value, str(part.label), (counted_sentence(source, f"{total} {said}.", STATUSES), *blocks))


def _how_to_read(source: ChartSource) -> str:
    said = [_("Every deliverable of the plan, in its order.")]
    if source.has_later_dates:
        said.append(_("Due dates are given twice: as first set, and as they stand."))
    said.append(_("Where a source printed other words for a status, files keep them in a column of their own."))
    return " ".join(said)
