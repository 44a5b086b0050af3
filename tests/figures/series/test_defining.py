"""Series are defined, changed and given up by who keeps them, and nothing loses its meaning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.figures.series.actions import (
    BreakWords,
    ChangedMeanwhileError,
    CodeWords,
    DimensionWords,
    DocumentWords,
    RefusedError,
    SeriesWords,
    add_document,
    bring_back,
    change_series,
    declare_sum,
    define_series,
    drop_sum,
    keep_code_list,
    retire_series,
)
from palermo.figures.series.models import Code, CodeList, Series, Sum
from palermo.figures.series.vocabulary import Counted
from palermo.people.models import Organisation, Role, User
from palermo.people.queries import command_line
from tests.factories import MembershipFactory, OrganisationFactory, coordinator_of
from tests.figures.series.factories import SeriesFactory, entered, row
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def by(owner: Organisation) -> User:
    return coordinator_of(owner)


@pytest.fixture
def words(owner: Organisation) -> SeriesWords:
    said = "Calls to the line."
    return SeriesWords("calls", owner, owner, owner, Counted.CALL, title_en="Calls", definition_en=said)


@pytest.fixture
def sexes(by: User) -> CodeList:
    codes = [CodeWords("F", "Women", "Femmes"), CodeWords("M", "Men", "Hommes"), CodeWords("F-18", "Girls", "", "F")]
    return keep_code_list(code="sex", title_en="Sex", codes=codes, by=by)


def test_a_series_is_defined_with_its_dimensions_and_breaks(words: SeriesWords, sexes: CodeList, by: User) -> None:
    cut, broken = DimensionWords("sex", sexes, "Sex", adds_up=True), BreakWords(date(2012, 6, 28), "A new law.")
    made = define_series(words=words, dimensions=[cut], breaks=[broken], by=by)
    assert [(one.code, one.code_list, one.adds_up) for one in made.dimensions.all()] == [("sex", sexes, True)]
    assert [one.on for one in made.breaks.all()] == [date(2012, 6, 28)]
    act = AuditEvent.objects.get(act="series.define")
    assert act.details["after"]["dimensions"] == ["sex: sex (adds up)"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "Calls to us"}, "code"),
        ({"title_en": ""}, "title_en"),
        ({"definition_en": ""}, "definition_en"),
        ({"counts": Counted.DOLLAR}, "currency"),
        ({"counts": Counted.DOLLAR, "currency": "cad"}, "currency"),
        ({"currency": "CAD"}, "currency"),
        ({"measure": "no_such"}, "measure"),
    ],
)
def test_a_definition_that_says_too_little(words: SeriesWords, by: User, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        define_series(words=replace(words, **wrong), by=by)
    assert [name for name, _words in refusal.value.faults] == [field]
    assert not Series.objects.exists()


@pytest.mark.parametrize("code", ["value", "se x", "-sex", "sex-label"])
def test_a_dimension_that_no_file_could_hold(words: SeriesWords, sexes: CodeList, by: User, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        define_series(words=words, dimensions=[DimensionWords(code, sexes, "Sex")], by=by)
    assert [name for name, _words in refusal.value.faults] == ["dimensions"]


def test_a_change_tells_before_and_after_and_older_ones_are_conflicts(words: SeriesWords, by: User) -> None:
    made = define_series(words=words, by=by)
    change_series(series=made, version=1, words=replace(words, title_en="Calls and messages"), by=by)
    act = AuditEvent.objects.get(act="series.change")
    assert (act.details["before"], act.details["after"]) == ({"title_en": "Calls"}, {"title_en": "Calls and messages"})
    with pytest.raises(ChangedMeanwhileError):
        change_series(series=made, version=1, words=words, by=by)
    assert Series.objects.get().title_en == "Calls and messages"


def test_numbers_that_stand_keep_their_meaning(words: SeriesWords, sexes: CodeList, by: User) -> None:
    cut = DimensionWords("sex", sexes, "Sex")
    made = define_series(words=words, dimensions=[cut], by=by)
    entered(made, row(3, sex="F"))
    for changed, dimensions, field in (
        (replace(words, counts=Counted.TIP), [cut], "counts"),
        (words, [], "dimensions"),
    ):
        with pytest.raises(RefusedError) as refusal:
            change_series(series=made, version=1, words=changed, dimensions=dimensions, by=by)
        assert [name for name, _words in refusal.value.faults] == [field]
    named = replace(cut, label_en="Sex or gender")
    change_series(series=made, version=1, words=words, dimensions=[named], by=by)
    assert [str(code) for code in made.observations.get().codes.all()] == ["sex=F"]


def test_only_its_own_people_define_change_and_retire(words: SeriesWords, owner: Organisation, by: User) -> None:
    made = define_series(words=words, by=by)
    focal = MembershipFactory.create(organisation=owner, role=Role.FOCAL_POINT).user
    for stranger in (focal, coordinator_of(OrganisationFactory.create())):
        with pytest.raises(PermissionDenied):
            define_series(words=replace(words, code="other"), by=stranger)
        with pytest.raises(PermissionDenied):
            change_series(series=made, version=1, words=words, by=stranger)
        with pytest.raises(PermissionDenied):
            retire_series(series=made, on=date(2014, 1, 1), because_en="No.", by=stranger)
        with pytest.raises(PermissionDenied):
            bring_back(series=made, by=stranger)
        with pytest.raises(PermissionDenied):
            declare_sum(code="a", title_en="A", total=(made, ""), parts=[(made, "sex=F")], by=stranger)


def test_giving_up_and_taking_that_back(words: SeriesWords, by: User) -> None:
    made, next_one = define_series(words=words, by=by), define_series(words=replace(words, code="messages"), by=by)
    with pytest.raises(RefusedError):
        retire_series(series=made, on=date(2014, 1, 1), by=by)
    retire_series(series=made, on=date(2014, 1, 1), because_en="Replaced.", successor=next_one, by=by)
    with pytest.raises(RefusedError):
        retire_series(series=next_one, on=date(2014, 1, 1), because_en="Back.", successor=made, by=by)
    with pytest.raises(RefusedError):
        retire_series(series=next_one, on=date(2014, 1, 1), because_en="Back.", successor=next_one, by=by)
    bring_back(series=made, by=by)
    made.refresh_from_db()
    assert (made.retired_on, made.successor, made.version) == (None, None, 3)


def test_a_code_list_keeps_what_numbers_use(words: SeriesWords, sexes: CodeList, by: User) -> None:
    assert [(code.code, code.parent and code.parent.code) for code in sexes.codes.all()] == [
        ("F", None),
        ("M", None),
        ("F-18", "F"),
    ]
    made = define_series(words=words, dimensions=[DimensionWords("sex", sexes, "Sex")], by=by)
    entered(made, row(3, sex="F"))
    with pytest.raises(RefusedError) as refusal:
        keep_code_list(code="sex", title_en="Sex", codes=[CodeWords("M", "Men")], by=by)
    assert "“F”" in refusal.value.faults[0][1]
    keep_code_list(code="sex", title_en="Sex", codes=[CodeWords("X", "Other"), CodeWords("F", "Women, girls")], by=by)
    assert [code.code for code in sexes.codes.all()] == ["X", "F"]
    with pytest.raises(PermissionDenied):
        keep_code_list(
            code="sex", title_en="X", codes=[CodeWords("F", "F")], by=coordinator_of(OrganisationFactory.create())
        )


@pytest.mark.parametrize(
    "codes",
    [
        [],
        [CodeWords("F", "Women"), CodeWords("F", "Women")],
        [CodeWords("_T", "All")],
        [CodeWords("=F", "Women")],
        [CodeWords("F")],
        [CodeWords("F", "Women", parent="X")],
        [CodeWords("A", "A", parent="B"), CodeWords("B", "B", parent="A")],
    ],
)
def test_a_code_list_that_could_not_be_used(by: User, codes: list[CodeWords]) -> None:
    with pytest.raises(RefusedError):
        keep_code_list(code="sex", title_en="Sex", codes=codes, by=by)
    assert not Code.objects.exists()


def test_a_document_is_added_once(by: User) -> None:
    add_document(words=DocumentWords("report", "Report", address="https://example.org/"), by=by)
    for wrong in (
        DocumentWords("report", "Report"),
        DocumentWords("other"),
        DocumentWords("third", "Report", address="http://example.org/"),
    ):
        with pytest.raises(RefusedError):
            add_document(words=wrong, by=by)
    with pytest.raises(PermissionDenied):
        add_document(words=DocumentWords("more", "More"), by=MembershipFactory.create(role=Role.READER).user)


def test_a_sum_adds_numbers_of_one_unit(words: SeriesWords, by: User) -> None:
    one, other = (define_series(words=replace(words, code=code), by=by) for code in ("one", "other"))
    tips = define_series(words=replace(words, code="tips", counts=Counted.TIP), by=by)
    for parts in ([], [(tips, "")], [(one, "")], [(other, "sex=F")]):
        with pytest.raises(RefusedError):
            declare_sum(code="all", title_en="All", total=(one, ""), parts=parts, by=by)
    declared = declare_sum(code="all", title_en="All", total=(one, ""), parts=[(other, "")], by=by)
    drop_sum(declared=declared, by=by)
    assert not Sum.objects.exists()
    assert AuditEvent.objects.get(act="series.drop_sum").details["before"] == ["= one", "+ other"]


def test_defining_and_changing_leave_all_or_nothing(words: SeriesWords, sexes: CodeList, by: User) -> None:
    cut = [DimensionWords("sex", sexes, "Sex")]

    def state() -> tuple[object, ...]:
        return tuple(Series.objects.values_list("version", "dimensions")), AuditEvent.objects.count()

    assert_all_or_nothing(lambda: define_series(words=words, dimensions=cut, by=by), state)
    made = Series.objects.get()
    assert_all_or_nothing(lambda: change_series(series=made, version=1, words=words, dimensions=[], by=by), state)


def test_the_command_line_may_define_for_anybody(words: SeriesWords) -> None:
    assert define_series(words=words, by=command_line()).keeper == words.keeper


def test_a_retired_series_takes_no_later_numbers() -> None:
    made = SeriesFactory.create()
    retire_series(series=made, on=date(2012, 6, 1), because_en="No more.", by=command_line())
    assert entered(made, row(3, 2012))
    with pytest.raises(Exception, match="given up"):
        entered(made, row(3, 2013))
