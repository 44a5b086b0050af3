"""What the page of a series shows: its totals over time, one dimension over time, every number, what disagrees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from palermo.figures.series.models import Break, Observation, Series, SeriesDimension, SourceDocument
from palermo.figures.series.policies import visible
from palermo.figures.series.queries.numbers import observations
from palermo.people.policies import Viewer

SPANS = 20
"""How many spans a table shows at most, the newest of them; the files have all."""


@dataclass(frozen=True, slots=True)
class SpanRow:
    """The numbers of one span, in columns: the total first, then each code of a dimension, where one is shown."""

    starts_on: date
    ends_on: date
    cells: tuple[tuple[Observation, ...], ...]
    """For each column, what each document says; nothing where none says anything."""
    breaks: tuple[Break, ...] = ()
    """What changed since the span before: shown above the row."""


@dataclass(frozen=True, slots=True)
class Side:
    """What different documents say of one span and key, where they do not say the same."""

    starts_on: date
    ends_on: date
    key: str
    numbers: tuple[Observation, ...]


def over_time(
    viewer: Viewer, series: Series, dimension: SeriesDimension | None = None, *, as_known_on: date | None = None
) -> list[SpanRow]:
    """The newest spans, oldest first, with the total and the codes of a dimension. Two queries at most."""
    found = observations(viewer, series, as_known_on=as_known_on)
    found = found.filter(_of(dimension))
    spans = list(found.order_by("-starts_on", "-ends_on").values_list("starts_on", "ends_on").distinct()[:SPANS])[::-1]
    if not spans:
        return []
    cells: dict[tuple[date, date], dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for one in found.filter(starts_on__gte=spans[0][0]):
        cells[one.starts_on, one.ends_on][one.key].append(one)
    keys = ["", *_keys(dimension)]
    rows, breaks, before = [], list(series.breaks.all()), None
    for span in spans:
        changed = tuple(each for each in breaks if before is not None and before < each.on <= span[1])
        rows.append(SpanRow(*span, tuple(tuple(cells[span][key]) for key in keys), changed))
        before = span[1]
    return rows


def disagreements(viewer: Viewer, series: Series) -> list[Side]:
    """Where documents say different things of the same days and codes, the newest first. Two queries."""
    found = observations(viewer, series)
    several = (
        found.order_by()
        .values("starts_on", "ends_on", "key")
        .annotate(several=Count("pk"), values_given=Count("value", distinct=True), given=Count("value"))
    )
    apart = several.filter(Q(values_given__gt=1) | Q(values_given=1, given__lt=F("several")), several__gt=1)
    places = list(apart.order_by("-starts_on", "-ends_on", "key")[:SPANS])
    if not places:
        return []
    wanted = Q()
    for each in places:
        wanted |= Q(starts_on=each["starts_on"], ends_on=each["ends_on"], key=each["key"])
    groups: dict[tuple[date, date, str], list[Observation]] = defaultdict(list)
    for one in found.filter(wanted):
        groups[one.starts_on, one.ends_on, one.key].append(one)
    return [
        Side(
            each["starts_on"],
            each["ends_on"],
            each["key"],
            tuple(groups[each["starts_on"], each["ends_on"], each["key"]]),
        )
        for each in places
    ]


def revisions(viewer: Viewer, series: Series) -> QuerySet[Observation]:
    """What was revised, the newest first, each with what it revises."""
    found = Observation.objects.filter(series=series, revises__isnull=False)
    seen = found.filter(series__in=visible(viewer, Series.objects.filter(pk=series.pk)))
    return seen.select_related("revises", "document").order_by("-known_on", "-pk")


def documents_of(viewer: Viewer, series: Series) -> QuerySet[SourceDocument]:
    """The documents that the numbers of a series stand in."""
    used = observations(viewer, series).order_by().values("document")
    found = SourceDocument.objects.filter(pk__in=used).select_related("publisher")
    return found.prefetch_related("publisher__names").order_by("published_on", "code")


def _of(dimension: SeriesDimension | None) -> Q:
    """The totals, and the numbers that are cut by this dimension and no other."""
    if dimension is None:
        return Q(key="")
    return Q(key="") | (Q(key__startswith=f"{dimension.code}=") & ~Q(key__contains=";"))


def _keys(dimension: SeriesDimension | None) -> list[str]:
    return [f"{dimension.code}={code.code}" for code in dimension.code_list.codes.all()] if dimension else []
