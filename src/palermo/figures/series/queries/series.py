"""Reads of series."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from palermo.figures.series.models import Series, SeriesDimension
from palermo.figures.series.policies import visible
from palermo.people.models import Organisation
from palermo.people.policies import Viewer

WITH_NAMES = ("source__names", "owner__names", "keeper__names")


def series_list(
    viewer: Viewer,
    *,
    counts: str = "",
    source: str = "",
    effect: str = "",
    words: str = "",
    retired: bool | None = None,
) -> QuerySet[Series]:
    """The series that the viewer may see, by code, with the names of their organisations.

    Args:
        viewer: who asks.
        counts: a value of `Counted`; empty for all.
        source: the code of the organisation whose records they come from; empty for all.
        effect: a value of `Effect`; empty for all.
        words: what must stand in the code, the title or the definition; every word, in either language.
        retired: True for those that were given up, False for the others, None for all.
    """
    found = visible(viewer, Series.objects.select_related("source", "owner", "keeper", "successor"))
    for name, wanted in (("counts", counts), ("source__code", source), ("effect", effect)):
        if wanted:
            found = found.filter(**{name: wanted})
    if retired is not None:
        found = found.filter(retired_on__isnull=not retired)
    for word in words.split()[:12]:
        found = found.filter(_has(word))
    return found.prefetch_related(*WITH_NAMES).order_by("code")


def one_series(viewer: Viewer, code: str) -> Series | None:
    """One series with its dimensions and their codes, its breaks and names; None where the viewer may see none."""
    dimensions = SeriesDimension.objects.select_related("code_list").prefetch_related("code_list__codes__parent")
    found = visible(viewer, Series.objects.select_related("source", "owner", "keeper", "successor"))
    read = found.prefetch_related(*WITH_NAMES, "breaks", "predecessors", Prefetch("dimensions", dimensions))
    return read.filter(code=code).first()


def _has(word: str) -> Q:
    fields = ("code", "title_en", "title_fr", "definition_en", "definition_fr")
    either = Q()
    for field in fields:
        either |= Q(**{f"{field}__icontains": word})
    return either


def sources(viewer: Viewer) -> QuerySet[Organisation]:
    """The organisations whose records some series that the viewer may see come from, with their names."""
    seen = visible(viewer, Series.objects.all())
    return Organisation.objects.filter(series_from__in=seen).distinct().prefetch_related("names").order_by("code")
