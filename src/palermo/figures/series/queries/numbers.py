"""Reads of observations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from palermo.figures.series.models import Observation, Series
from palermo.figures.series.policies import sees_all, visible
from palermo.people.policies import Viewer


@dataclass(frozen=True, slots=True)
class Number:
    """One value with where it comes from."""

    observation: Observation
    line: tuple[Observation, ...]
    """What it was first and each revision, oldest first; the value itself is one of them."""
    beside: tuple[Observation, ...]
    """What other documents say of the same days and codes, as known today."""

    @property
    def newest(self) -> Observation:
        """What stands today."""
        return self.line[-1]

    @property
    def is_current(self) -> bool:
        """Whether nothing has revised it."""
        return self.newest.pk == self.observation.pk


def observations(viewer: Viewer, series: Series, *, as_known_on: date | None = None) -> QuerySet[Observation]:
    """The values of a series, each as last revised, by days, codes and document.

    With `as_known_on`, what was known on that day: values that came later are left out, and of revised ones stands what
    stood then. Nothing where the viewer may not see the series.
    """
    found = Observation.objects.filter(series=series)
    if not (series.is_public or sees_all(viewer)):
        return found.none()
    if as_known_on is None:
        found = found.filter(revised_by__isnull=True)
    else:
        later = Observation.objects.filter(revises=OuterRef("pk"), known_on__lte=as_known_on)
        found = found.filter(~Exists(later), known_on__lte=as_known_on)
    return found.select_related("document", "series").order_by("starts_on", "ends_on", "key", "document__code", "pk")


def number(viewer: Viewer, pk: int) -> Number | None:
    """One value with its revisions and what other documents say; None where the viewer may not see it."""
    read = Observation.objects.select_related("document__publisher", "series", "entered_by", "entered_for")
    read = read.prefetch_related("entered_for__names", "document__publisher__names")
    it = read.filter(pk=pk, series__in=visible(viewer, Series.objects.all())).first()
    if it is None:
        return None
    same = list(read.filter(series=it.series_id, key=it.key, starts_on=it.starts_on, ends_on=it.ends_on).order_by("pk"))
    line = _line(it, same)
    its = {each.pk for each in line}
    revised = {each.revises_id for each in same}
    beside = tuple(each for each in same if each.pk not in its and each.pk not in revised)
    return Number(it, line, beside)


def latest(viewer: Viewer, codes: Iterable[str]) -> dict[str, Observation]:
    """The newest total of each of some series, by the series' code; those without one are left out.

    Where two documents give the same days, the one that was known last stands. One query, however many.
    """
    wanted = visible(viewer, Series.objects.filter(code__in=list(codes)))
    found = Observation.objects.filter(series__in=wanted, key="", revised_by__isnull=True)
    read = found.select_related("series", "document").order_by("series", "ends_on", F("starts_on").desc(), "known_on")
    return {each.series.code: each for each in read}


def _line(it: Observation, same: list[Observation]) -> tuple[Observation, ...]:
    by_key = {each.pk: each for each in same}
    next_of = {each.revises_id: each for each in same if each.revises_id}
    first = by_key[it.pk]
    while first.revises_id:
        first = by_key[first.revises_id]
    line = [first]
    while line[-1].pk in next_of:
        line.append(next_of[line[-1].pk])
    return tuple(line)
