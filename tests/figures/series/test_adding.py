"""Numbers are added only where a sum means something, and sums that must hold are checked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palermo.figures.series.actions import NewObservation, declare_sum
from palermo.figures.series.models import Code, Series
from palermo.figures.series.queries import NotAddedError, added, one_series, parts_of, sums_of
from palermo.foundation.periods import Period, fiscal_year
from palermo.people.queries import command_line
from tests.factories import UserFactory
from tests.figures.series.factories import SeriesFactory, SourceDocumentFactory, entered, row

pytestmark = pytest.mark.django_db
YEAR = fiscal_year(2012)


def of_days(first: date, last: date, value: int) -> NewObservation:
    return NewObservation(first, last, Decimal(value), known_on=date(2014, 1, 1))


@pytest.fixture
def two() -> list[Series]:
    found = [SeriesFactory.create(), SeriesFactory.create()]
    entered(found[0], row(3))
    return found


def refused(series: list[Series], span: Period = YEAR) -> str:
    with pytest.raises(NotAddedError) as refusal:
        added(command_line(), series, span)
    return str(refusal.value)


def test_numbers_of_one_unit_are_added_with_the_weakest_mark(two: list[Series]) -> None:
    entered(two[1], row(4, mark="approximate"))
    total = added(command_line(), two, YEAR)
    assert (int(total.total), str(total.mark), len(total.parts)) == (7, "approximate", 2)


def test_pieces_that_cover_every_day_once_are_added(two: list[Series]) -> None:
    entered(two[1], of_days(date(2012, 4, 1), date(2012, 9, 30), 4), of_days(date(2012, 10, 1), date(2013, 3, 31), 5))
    assert added(command_line(), two, YEAR).total == 12
    entered(two[1], row(10))
    assert added(command_line(), two, YEAR).total == 13, "the whole year stands for itself"


def test_pieces_that_overlap_or_leave_days_out(two: list[Series]) -> None:
    entered(two[1], of_days(date(2012, 4, 1), date(2012, 9, 30), 4))
    assert "no number for all of 2012–2013" in refused(two)
    entered(two[1], of_days(date(2012, 9, 30), date(2013, 3, 31), 5))
    assert "overlap" in refused(two)


@pytest.mark.parametrize(
    ("unlike", "words"),
    [
        ({"counts": "person"}, "“permit” and"),
        ({"counts": "dollar", "currency": "CAD"}, "“amount of money, CAD”"),
    ],
)
def test_unlike_units(two: list[Series], unlike: dict[str, str], words: str) -> None:
    other = SeriesFactory.create(**unlike)
    entered(other, row(4))
    assert words in refused([two[0], other])


def test_two_currencies_and_shares() -> None:
    money = [SeriesFactory.create(counts="dollar", currency=code) for code in ("CAD", "USD")]
    assert "two currencies are not added" in refused(money)
    assert "share of something else" in refused([SeriesFactory.create(counts="percent") for _ in range(2)])
    assert "in words of their own" in refused([SeriesFactory.create(counts="other") for _ in range(2)])


def test_across_a_break_but_not_from_one(two: list[Series]) -> None:
    entered(two[1], row(4))
    two[1].breaks.create(on=date(2012, 4, 1), what_en="A new form.")
    assert added(command_line(), two, YEAR).total == 7
    two[1].breaks.create(on=date(2012, 6, 28), what_en="A new law.")
    assert "means something else from June 28, 2012" in refused(two)


def test_what_is_suppressed_or_in_dispute(two: list[Series]) -> None:
    entered(two[1], row(None, mark="suppressed", document=SourceDocumentFactory.create()))
    assert "is suppressed" in refused(two)
    entered(two[1], row(4, document=SourceDocumentFactory.create()))
    assert "disagree" in refused(two)


def test_a_series_is_added_once_and_only_if_it_may_be_seen(two: list[Series]) -> None:
    assert "at least two" in refused(two[:1])
    assert "each once" in refused([two[0], two[0]])
    hidden = SeriesFactory.create(is_public=False)
    with pytest.raises(NotAddedError):
        added(UserFactory.create(), [two[0], hidden], YEAR)


def test_declared_sums_are_checked_by_span_and_document() -> None:
    people, men, women = (SeriesFactory.create(counts="person") for _ in range(3))
    declare_sum(
        code="people", title_en="Men and women", total=(people, ""), parts=[(men, ""), (women, "")], by=command_line()
    )
    report = SourceDocumentFactory.create()
    entered(people, row(10), row(12, document=report), row(9, 2013), row(5, 2014))
    entered(men, row(4), row(4, document=report), row(4, 2013), row(None, 2014, mark="suppressed"))
    entered(women, row(6), row(6, document=report), row(3, 2014))
    checks = sums_of(command_line(), women)
    assert [(check.total.document, int(check.made), int(check.off_by), check.holds) for check in checks] == [
        (None, 10, 0, True),
        (report, 10, -2, False),
    ]
    assert sums_of(UserFactory.create(), women)
    Series.objects.filter(pk=men.pk).update(is_public=False)
    assert sums_of(UserFactory.create(), women) == []


def test_codes_that_make_the_total_are_checked_at_every_level() -> None:
    made = SeriesFactory.create(cut={"place": ("west", "east", "ab", "bc")})
    west = Code.objects.get(code="west")
    Code.objects.filter(code__in=["ab", "bc"]).update(parent=west)
    entered(made, row(10), row(7, place="west"), row(2, place="east"), row(3, place="ab"), row(4, place="bc"))
    entered(made, row(5, 2013), row(2, 2013, place="ab"), row(3, 2013, place="bc"))
    entered(made, row(5, 2014), row(2, 2014, place="east"), row(None, 2014, place="west", mark="suppressed"))
    series = one_series(command_line(), made.code)
    assert series is not None
    told = [
        (check.starts_on.year, check.total.key, int(check.made), int(check.off_by), check.missing)
        for check in parts_of(command_line(), series)
    ]
    assert told == [(2012, "", 9, -1, 0), (2012, "place=west", 7, 0, 0), (2013, "", 5, 0, 1)]


def test_two_dimensions_are_checked_within_each_other() -> None:
    made = SeriesFactory.create(cut={"sex": ("F", "M"), "age": ("old", "young")})
    by_both = [row(n, sex=sex, age=age) for n, (sex, age) in enumerate((s, a) for s in "FM" for a in ("old", "young"))]
    entered(made, row(6), row(1, sex="F"), row(9, sex="M"), *by_both)
    wrong = [check for check in parts_of(command_line(), made) if not check.holds]
    assert sorted((check.total.key, int(check.made)) for check in wrong) == [("", 10), ("sex=M", 5)]
