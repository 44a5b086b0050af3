"""Releases of measures and of series: the same tables as a naive sum, and what makes no table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from palermo.figures import measures
from palermo.figures.measures import CountedCell, Measure, MeasureDimension, MeasureSpan
from palermo.figures.releases.actions.changing import NotPossibleError
from palermo.figures.releases.actions.preparing import About, begin_release, choose_tables
from palermo.figures.releases.actions.protecting import protect
from palermo.figures.releases.models import Release
from palermo.figures.releases.vocabulary import Source, State
from palermo.people.policies import Viewer
from tests.figures.releases.making import ABOUT, Team, team, wanted
from tests.figures.releases.test_way import cells
from tests.figures.series.factories import SeriesFactory, entered, row

pytestmark = pytest.mark.django_db
TRUE = {("a", "x"): 10, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 7}


def counts(_viewer: Viewer, _span: MeasureSpan) -> Iterable[CountedCell]:
    yield CountedCell({}, 67)
    for (one, other), value in TRUE.items():
        yield CountedCell({"one": one, "other": other}, value)


@pytest.fixture
def measure() -> Iterator[Measure]:
    dimensions = tuple(
        MeasureDimension(name, name, lambda codes=codes: [(code, code) for code in codes])  # type: ignore[misc]
        for name, codes in (("one", "ab"), ("other", "xy"))
    )
    yield measures.register(Measure("of_tests", "Title", "Definition", "permit", counts, "Tests", dimensions))
    measures.unregister("of_tests")


def protected(who: Team, source: Source, code: str, *tables: tuple[str, ...], about: About = ABOUT) -> Release:
    release = begin_release(
        population=who.population, rule_set=who.rules, source=source, source_code=code, about=about, by=who.analyst
    )
    asked = [wanted(*names) for names in tables]
    release = choose_tables(release=release, version=release.version, tables=asked, by=who.analyst)
    return protect(release=release, version=release.version, by=who.analyst)


def test_a_measure(measure: Measure) -> None:
    release = protected(team(), Source.MEASURE, "of_tests", ("one", "other"))
    assert release.state == State.PROTECTED
    shown = cells(release.tables.get())
    assert {key: shown[key] for key in TRUE} == TRUE
    assert (shown["_T", "_T"], shown["a", "_T"], shown["_T", "y"]) == (67, 30, 27)


def test_a_measure_is_summed_over_what_a_table_does_not_want(measure: Measure) -> None:
    release = protected(team(), Source.MEASURE, "of_tests", ("other",))
    values = release.tables.get().parts.get().values
    assert values == [67, 40, 27]


def test_a_total_that_differs_from_its_parts(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TRUE, ("b", "y"), 8)
    assert protected(team(), Source.MEASURE, "of_tests", ("one",)).problems == [[0, 0, "does_not_add_up"]]


def of_a_series(who: Team, **values: int | None) -> Release:
    series = SeriesFactory.create(owner=who.owner, cut={"sex": ("F", "M")})
    rows = [row(value, 2012) if name == "total" else row(value, 2012, sex=name) for name, value in values.items()]
    entered(series, *rows)
    year = About("Permits", "", "", "", "permit", date(2012, 4, 1), date(2013, 3, 31))
    return protected(who, Source.SERIES, series.code, ("sex",), about=year)


def test_a_series() -> None:
    release = of_a_series(team(), total=57, F=40, M=17)
    assert release.tables.get().parts.get().values == [57, 40, 17]


def test_a_series_of_somebody_else() -> None:
    who, code = team(), SeriesFactory.create().code
    with pytest.raises(NotPossibleError, match="not_yours"):
        protected(who, Source.SERIES, code, ("sex",))
