"""Writing observations down, as entering, revising and taking in do it. Checks nothing and records nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from palermo.figures.series.models import Code, Observation, ObservationCode, Series, SeriesDimension
from palermo.people.models import User

if TYPE_CHECKING:
    from palermo.figures.series.actions.enter import NewObservation
    from palermo.figures.series.actions.revise import Revision

Dimensions = dict[str, tuple[SeriesDimension, dict[str, Code]]]
"""By code: each dimension of a series, and its codes."""


def dimensions_of(series: Series) -> Dimensions:
    """What the values of a series may be cut by. Two queries."""
    read = series.dimensions.select_related("code_list").prefetch_related("code_list__codes")
    return {one.code: (one, {code.code: code for code in one.code_list.codes.all()}) for one in read}


def write_new(
    series: Series, rows: Sequence[NewObservation], dimensions: Dimensions, *, by: User, organisation: int
) -> list[Observation]:
    """Keep new values, in the order of the rows, with the codes of each. Two inserts, however many."""
    now = timezone.now()
    made = Observation.objects.bulk_create(
        Observation(
            series=series,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            key=row.key,
            value=row.value,
            mark=row.mark,
            footnote_en=row.footnote_en,
            footnote_fr=row.footnote_fr,
            document=row.document,
            page=row.page,
            known_on=row.day_known,
            entered_by=by,
            entered_for_id=organisation,
            entered_at=now,
        )
        for row in rows
    )
    ObservationCode.objects.bulk_create(
        code for one, row in zip(made, rows, strict=True) for code in codes_for(one, row.codes, dimensions)
    )
    return made


def codes_for(one: Observation, codes: Mapping[str, str], dimensions: Dimensions) -> list[ObservationCode]:
    """The rows that hold what stands in the key of an observation, not yet saved."""
    return [
        ObservationCode(observation=one, dimension=dimensions[name][0], code=dimensions[name][1][code])
        for name, code in codes.items()
    ]


def write_revisions(pairs: Sequence[tuple[Observation, Revision]], *, by: User, organisation: int) -> list[Observation]:
    """Keep what is to stand in place of some values, in their order. Three queries, however many."""
    now = timezone.now()
    made = Observation.objects.bulk_create(
        Observation(
            series_id=earlier.series_id,
            starts_on=earlier.starts_on,
            ends_on=earlier.ends_on,
            key=earlier.key,
            revises=earlier,
            entered_by=by,
            entered_for_id=organisation,
            entered_at=now,
            **{**to.values(), "known_on": to.day_known},
        )
        for earlier, to in pairs
    )
    newer = {one.revises_id: one for one in made}
    kept = ObservationCode.objects.filter(observation__in=list(newer)).order_by("observation", "dimension")
    ObservationCode.objects.bulk_create(
        ObservationCode(observation=newer[each.observation_id], dimension_id=each.dimension_id, code_id=each.code_id)
        for each in kept
    )
    return made
