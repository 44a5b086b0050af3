"""The registry of measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from palermo.figures import measures
from palermo.figures.measures import CountedCell, Measure, MeasureDimension, MeasureError, MeasureSpan
from palermo.people.policies import Viewer

SPAN = MeasureSpan(date(2013, 4, 1), date(2014, 3, 31))


def _count(viewer: Viewer, span: MeasureSpan) -> list[CountedCell]:
    return [CountedCell({}, span.ends_on.year), CountedCell({"sex": "F"}, 1)]


@pytest.fixture
def measure() -> Iterator[Measure]:
    sex = MeasureDimension("sex", "Sex", lambda: (("F", "Women"), ("M", "Men")))
    yield measures.register(
        Measure("zz_permits", "Permits", "Permits issued", "permit", _count, "Our records", dimensions=(sex,))
    )
    measures.unregister("zz_permits")


def test_a_measure_is_found_by_its_code_and_counts(measure: Measure) -> None:
    found = measures.one("zz_permits")
    assert found in measures.registered()
    assert [cell.value for cell in found.count(AnonymousUser(), SPAN)] == [2014, 1]
    assert list(found.dimensions[0].codes()) == [("F", "Women"), ("M", "Men")]


def test_two_measures_never_share_a_code(measure: Measure) -> None:
    with pytest.raises(MeasureError, match="zz_permits"):
        measures.register(measure)


def test_a_measure_that_is_not_there() -> None:
    with pytest.raises(MeasureError, match="no_such"):
        measures.one("no_such")


def test_a_dimension_of_times_has_the_codes_of_a_span() -> None:
    """Others have the same codes whenever they are asked."""
    years = MeasureDimension(
        "year",
        "Year",
        lambda: [("2013", "2013"), ("2014", "2014"), ("2015", "2015")],
        within=lambda span: [(f"{year}", f"{year}") for year in range(span.starts_on.year, span.ends_on.year + 1)],
    )
    sex = MeasureDimension("sex", "Sex", lambda: [("F", "Women"), ("M", "Men")])
    assert [code for code, _words in years.codes_of(SPAN)] == ["2013", "2014"]
    assert [code for code, _words in sex.codes_of(SPAN)] == ["F", "M"]
