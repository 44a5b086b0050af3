"""What the database itself refuses of series and numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from palermo.figures.series.models import Code, CodeList, Observation, ObservationCode, Series, Sum
from tests.factories import UserFactory
from tests.figures.series.factories import SeriesFactory, SourceDocumentFactory, entered, row

pytestmark = pytest.mark.django_db


def observed(series: Series, **fields: object) -> Observation:
    given = {"starts_on": date(2012, 4, 1), "ends_on": date(2013, 3, 31), "value": Decimal(5), **fields}
    given.setdefault("known_on", date(2013, 6, 1))
    return Observation.objects.create(series=series, entered_by=UserFactory.create(), entered_for=series.owner, **given)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_en": "", "title_fr": ""},
        {"definition_en": "", "definition_fr": ""},
        {"counts": "rumours"},
        {"frequency": "X"},
        {"effect": "hope"},
        {"currency": "CAD"},
        {"counts": "dollar"},
        {"retired_on": date(2014, 1, 1)},
        {"retired_because_en": "Because."},
    ],
)
def test_a_series_that_says_too_little_or_contradicts_itself(wrong: dict[str, object]) -> None:
    series = SeriesFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Series.objects.filter(pk=series.pk).update(**wrong)


def test_only_a_retired_series_is_followed_and_never_by_itself() -> None:
    series, other = SeriesFactory.create(), SeriesFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Series.objects.filter(pk=series.pk).update(successor=other)
    given_up = {"retired_on": date(2014, 1, 1), "retired_because_en": "Replaced."}
    with pytest.raises(IntegrityError), transaction.atomic():
        Series.objects.filter(pk=series.pk).update(successor=series.pk, **given_up)
    assert Series.objects.filter(pk=series.pk).update(successor=other, **given_up) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": None},
        {"mark": "suppressed"},
        {"mark": "guess"},
        {"value": Decimal(-1)},
        {"ends_on": date(2012, 3, 31)},
    ],
)
def test_a_value_that_contradicts_itself(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        observed(SeriesFactory.create(), **wrong)


def test_a_value_stands_once_a_document_and_once_without_any() -> None:
    series, document = SeriesFactory.create(), SourceDocumentFactory.create()
    for given in ({}, {"document": document}, {"key": "sex=F"}):
        first = observed(series, **given)
        with pytest.raises(IntegrityError), transaction.atomic():
            observed(series, **given)
    observed(series, **given, revises=first, reason_en="Recounted.")
    assert Observation.objects.count() == 4


def test_a_revision_has_a_reason_and_what_it_revises_is_revised_once() -> None:
    series = SeriesFactory.create()
    first = observed(series)
    with pytest.raises(IntegrityError), transaction.atomic():
        observed(series, revises=first)
    observed(series, revises=first, reason_fr="Recompté.")
    with pytest.raises(IntegrityError), transaction.atomic():
        observed(series, revises=first, reason_en="Again.")


def test_values_and_their_codes_are_never_changed_nor_deleted() -> None:
    series = SeriesFactory.create(cut={"sex": ("F", "M")})
    entered(series, row(3, sex="F"))
    for model, changed in ((Observation, {"value": 9}), (ObservationCode, {"code": Code.objects.last()})):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**changed)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete(model.objects.db)


@pytest.mark.parametrize("code", ["", "_T", "a;b", "a=b"])
def test_a_code_that_would_break_a_key(code: str) -> None:
    listed = CodeList.objects.create(code="sex", title_en="Sex")
    with pytest.raises(IntegrityError), transaction.atomic():
        Code.objects.create(code_list=listed, code=code, label_en="Word")


def test_a_sum_makes_one_total() -> None:
    series = SeriesFactory.create()
    declared = Sum.objects.create(code="people", title_en="People")
    declared.terms.create(series=series, is_total=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        declared.terms.create(series=series, key="sex=F", is_total=True)
