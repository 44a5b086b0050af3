"""What tables can be made of: the dimensions that a release has, and its tables counted."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from palermo.figures import measures
from palermo.figures.releases import measured
from palermo.figures.releases.counted import Counted
from palermo.figures.releases.described import DimensionSaid, dimension_of
from palermo.figures.releases.keeping import secret_of
from palermo.figures.releases.models import RecordColumn, Release, ReleaseTable
from palermo.figures.releases.record_tables import Watch, count_made_up, count_records
from palermo.figures.releases.vocabulary import Method, Source, Use
from palermo.figures.series.models import Series
from palermo.figures.series.policies import worked_on
from palermo.foundation.bilingual import shown
from palermo.people.policies import Viewer


def choices_of_sources(viewer: Viewer) -> list[tuple[str, str]]:
    """What a release can be made of, as `records`, `measure:code` or `series:code`, each with its words."""
    counted = [
        (f"{Source.MEASURE}:{one.code}", _("Measure: %(title)s") % {"title": one.title})
        for one in measures.registered()
    ]
    entered = [
        (f"{Source.SERIES}:{one.code}", _("Series: %(title)s") % {"title": shown(one, "title")})
        for one in worked_on(viewer, Series.objects.order_by("code"))
    ]
    return [(Source.RECORDS, _("A file of records that you upload")), *counted, *entered]


def may_be_made_of(viewer: Viewer, source: Source, code: str) -> bool:
    """Whether the viewer can make a release of this."""
    if source == Source.RECORDS:
        return code == ""
    return f"{source}:{code}" in {value for value, _words in choices_of_sources(viewer)}


def dimensions_of(release: Release) -> list[DimensionSaid]:
    """The dimensions by which tables of a release can be laid out, in order."""
    if release.source == Source.MEASURE:
        span = measures.MeasureSpan(release.covers_from, release.covers_to)
        return measured.dimensions_of_measure(release.source_code, span)
    if release.source == Source.SERIES:
        return measured.dimensions_of_series(release.source_code)
    if release.records is None:
        return []
    used = RecordColumn.objects.filter(file=release.records, use=Use.DIMENSION).order_by("position")
    return [dimension_of(column) for column in used]


def numbers_of(release: Release) -> list[RecordColumn]:
    """The columns that tables can sum."""
    if release.records is None:
        return []
    return list(RecordColumn.objects.filter(file=release.records, use=Use.NUMBER).order_by("position"))


def count_tables(viewer: Viewer, release: Release, wanted: Sequence[ReleaseTable], watch: Watch) -> Counted:
    """Count every table that is wanted, as the viewer may count.

    Raises:
        RecordsError: the file of records cannot be read at all.
        GoneError: the records were erased.
        ShapeError: a table would be too large, or records cannot be made up of so much.
        BudgetError: a table sums something, and records are to be made up.
    """
    method = release.rule_set.method
    if release.source != Source.RECORDS and method in (Method.ROUND_BY_RECORD, Method.SYNTHETIC):
        return Counted(problems=((0, 0, "needs_records"),))
    if release.source != Source.RECORDS:
        return measured.count_cells(viewer, release, wanted, dimensions_of(release))
    if release.records is None:
        return Counted(problems=((0, 0, "no_records_yet"),))
    if method == Method.SYNTHETIC:
        return count_made_up(release.records, wanted, watch, release.rule_set.rules())
    secret = secret_of(release.population.code) if method == Method.ROUND_BY_RECORD else None
    return count_records(release.records, wanted, watch, secret)
