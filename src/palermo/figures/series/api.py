"""The API of series and their numbers: read-only, public."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema
from ninja.errors import HttpError

from palermo.figures.series.keys import codes_of
from palermo.figures.series.models import Observation, Series, SeriesDimension
from palermo.figures.series.queries import observations, one_series, series_list
from palermo.figures.series.schemas import (
    BreakOut,
    CodeOut,
    DimensionOut,
    ObservationOut,
    SeriesOut,
    SeriesWithDimensions,
)
from palermo.foundation.api import Code, InvalidRequest, Listed, PagingQuery, Problem, both, listed

router = Router(tags=["figures"])
SeriesCode = Annotated[Code, Path(description=_("The code of a series."))]
_FOUND_OR_NOT = {404: Problem, 422: InvalidRequest}


class SeriesFilter(Schema):
    """Which series are wanted."""

    counts: Code | None = Field(None, description=_("What is counted, such as permit."))
    source: Code | None = Field(None, description=_("The code of the organization whose records they come from."))
    effect: Literal["output", "outcome"] | None = Field(None, description=_("What was done, or what changed."))
    retired: bool | None = Field(None, description=_("Only those that were given up, or only the others."))


class ObservationFilter(Schema):
    """As of which day the numbers are wanted."""

    known_on: date | None = Field(None, description=_("As known on this day; without it as known today."))


@router.get("/series", response={200: Listed[SeriesOut], 422: InvalidRequest}, summary=_("Every series"))
def list_series(
    request: HttpRequest, wanted: Annotated[SeriesFilter, Query()], paging: PagingQuery
) -> Listed[SeriesOut]:
    """The series that are public, by code."""
    found = series_list(
        request.user,
        counts=wanted.counts or "",
        source=wanted.source or "",
        effect=wanted.effect or "",
        retired=wanted.retired,
    )
    return listed(found, paging, _series_out)


@router.get("/series/{series}", response={200: SeriesWithDimensions, **_FOUND_OR_NOT}, summary=_("One series"))
def get_series(request: HttpRequest, series: SeriesCode) -> SeriesWithDimensions:
    """A series with what its numbers may be cut by, and its breaks."""
    one = _series(request, series)
    return SeriesWithDimensions(
        **_series_out(one).model_dump(),
        dimensions=[_dimension_out(each) for each in one.dimensions.all()],
        breaks=[BreakOut(on=each.on, what=both(each, "what")) for each in one.breaks.all()],
    )


@router.get(
    "/series/{series}/observations",
    response={200: Listed[ObservationOut], **_FOUND_OR_NOT},
    summary=_("Its numbers"),
)
def list_observations(
    request: HttpRequest, series: SeriesCode, wanted: Annotated[ObservationFilter, Query()], paging: PagingQuery
) -> Listed[ObservationOut]:
    """The numbers of a series by days and codes, each as last revised; what different documents say is all there."""
    one = _series(request, series)
    return listed(observations(request.user, one, as_known_on=wanted.known_on), paging, _observation_out)


def _series(request: HttpRequest, code: str) -> Series:
    found = one_series(request.user, code)
    if found is None:
        raise HttpError(404, "There is no public series with this code.")
    return found


def _series_out(one: Series) -> SeriesOut:
    plain = ("code", "counts", "currency", "frequency", "effect", "retired_on")
    texts = ("title", "definition", "population", "method", "retired_because")
    return SeriesOut(
        **{name: getattr(one, name) for name in plain},
        **{name: cast("Any", both(one, name)) for name in texts},
        source=one.source.code,
        owner=one.owner.code,
        successor=one.successor.code if one.successor and one.successor.is_public else None,
    )


def _dimension_out(one: SeriesDimension) -> DimensionOut:
    codes = [
        CodeOut(code=code.code, label=both(code, "label"), part_of=code.parent.code if code.parent else None)
        for code in one.code_list.codes.all()
    ]
    listed_in = one.code_list.code
    return DimensionOut(code=one.code, label=both(one, "label"), code_list=listed_in, adds_up=one.adds_up, codes=codes)


def _observation_out(one: Observation) -> ObservationOut:
    names = ("starts_on", "ends_on", "value", "mark", "page", "known_on")
    return ObservationOut(
        **{name: getattr(one, name) for name in names},
        number=one.pk,
        codes=codes_of(one.key),
        footnote=both(one, "footnote"),
        document=one.document.code if one.document else None,
        revises=one.revises_id,
    )
