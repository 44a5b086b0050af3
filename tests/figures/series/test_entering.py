"""Numbers are entered all or none, revised with a reason, and never written over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.figures.series.actions import (
    EntryRefusedError,
    NewObservation,
    RevisedMeanwhileError,
    Revision,
    enter_observations,
    revise_observation,
)
from palermo.figures.series.models import Observation, Series
from palermo.figures.series.queries import latest, number, observations
from palermo.people.models import Role, User
from palermo.people.queries import command_line
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.figures.series.factories import SeriesFactory, SourceDocumentFactory, entered, row
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db
TO = Revision(Decimal(12), "final", reason_en="Late files were counted.", known_on=date(2014, 6, 1))


@pytest.fixture
def series() -> Series:
    return SeriesFactory.create(cut={"sex": ("F", "M"), "province": ("CA-AB", "CA-ON")})


@pytest.fixture
def by(series: Series) -> User:
    return MembershipFactory.create(organisation=series.owner, role=Role.FOCAL_POINT).user


def test_numbers_are_kept_with_their_key_codes_and_act(series: Series, by: User) -> None:
    document = SourceDocumentFactory.create()
    given = row(3, sex="F", province="CA-AB", document=document, known_on=None)
    made = enter_observations(series=series, rows=[row(10), given], by=by)
    assert [one.key for one in made] == ["", "province=CA-AB;sex=F"]
    kept = Observation.objects.get(pk=made[1].pk)
    assert sorted(str(one) for one in kept.codes.all()) == ["province=CA-AB", "sex=F"]
    assert (kept.known_on, kept.entered_for, kept.entered_by) == (date(2013, 6, 1), series.owner, by)
    act = AuditEvent.objects.get(act="series.enter")
    assert act.details == {"series": series.code, "added": 2, "spans": ["2012-04-01/2013-03-31"]}


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        (row(-1), "value", "below zero"),
        (row("1.5"), "value", "whole numbers"),
        (row("NaN"), "value", "not a number"),
        (row("1e17"), "value", "not a number"),
        (row(None), "value", "mark it as suppressed"),
        (row(1, mark="suppressed"), "value", "cannot be given"),
        (row(1, mark="guess"), "mark", "guess"),
        (row(1, sex="X"), "sex", "not in the list"),
        (row(1, age="old"), "age", "not cut by"),
        (replace(row(1), ends_on=date(2012, 3, 1)), "ends_on", "before the first"),
        (row(1, known_on=timezone.localdate() + timedelta(days=1)), "known_on", "still to come"),
        (replace(row(1), page="9" * 41), "page", "40 characters"),
    ],
)
def test_what_is_wrong_is_said_by_row_and_nothing_is_kept(
    series: Series, by: User, wrong: NewObservation, field: str, words: str
) -> None:
    with pytest.raises(EntryRefusedError) as refusal:
        enter_observations(series=series, rows=[row(1, 2010), wrong], by=by)
    assert [(each.row, each.field) for each in refusal.value.problems] == [(2, field)]
    assert words in refusal.value.problems[0].words
    assert not Observation.objects.exists()


def test_what_stands_is_not_entered_again_nor_twice_at_once(series: Series, by: User) -> None:
    entered(series, row(10))
    with pytest.raises(EntryRefusedError) as refusal:
        enter_observations(series=series, rows=[row(11), row(1, 2013), row(2, 2013)], by=by)
    assert [each.row for each in refusal.value.problems] == [1, 3]


def test_another_document_may_disagree_and_both_stand(series: Series, by: User) -> None:
    one, other = SourceDocumentFactory.create(), SourceDocumentFactory.create()
    first, second = entered(series, row(10, document=one), row(12, document=other))
    assert [each.value for each in observations(by, series)] == [10, 12]
    told = number(by, first.pk)
    assert told is not None
    assert told.beside == (second,)


def test_a_revision_leaves_what_was_known_on_a_day(series: Series, by: User) -> None:
    first = entered(series, row(10))[0]
    second = revise_observation(observation=first, to=TO, by=by)
    third = revise_observation(observation=second, to=replace(TO, value=Decimal(11), known_on=date(2015, 1, 1)), by=by)
    assert list(observations(by, series)) == [third]
    known = {day: [one.value for one in observations(by, series, as_known_on=day)] for day in _DAYS}
    assert known == dict(zip(_DAYS, [[], [10], [10], [12], [12], [11]], strict=True))
    told = number(by, second.pk)
    assert told is not None
    assert (told.line, told.is_current, told.newest) == ((first, second, third), False, third)
    assert told.beside == ()


_DAYS = [
    date(2013, 5, 31),
    date(2013, 6, 1),
    date(2014, 5, 31),
    date(2014, 6, 1),
    date(2014, 12, 31),
    date(2015, 1, 1),
]


def test_a_revision_keeps_the_codes_and_is_told(series: Series, by: User) -> None:
    first = entered(series, row(None, mark="not_available", sex="F"))[0]
    made = revise_observation(observation=first, to=TO, by=by)
    assert [str(code) for code in made.codes.all()] == ["sex=F"]
    act = AuditEvent.objects.get(act="series.revise")
    assert (act.details["before"], act.details["after"]) == ("not_available", "12 final")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(TO, reason_en=""), "reason_en"),
        (replace(TO, known_on=date(2013, 5, 31)), "known_on"),
        (replace(TO, known_on=date(2999, 1, 1)), "known_on"),
        (replace(TO, value=None), "value"),
    ],
)
def test_a_revision_that_says_too_little(series: Series, by: User, wrong: Revision, field: str) -> None:
    first = entered(series, row(10))[0]
    with pytest.raises(EntryRefusedError) as refusal:
        revise_observation(observation=first, to=wrong, by=by)
    assert [each.field for each in refusal.value.problems] == [field]
    assert Observation.objects.count() == 1


def test_whoever_comes_second_is_shown_what_stands(series: Series, by: User) -> None:
    first = entered(series, row(10))[0]
    second = revise_observation(observation=first, to=TO, by=by)
    third = revise_observation(observation=second, to=TO, by=by)
    with pytest.raises(RevisedMeanwhileError) as refusal:
        revise_observation(observation=first, to=TO, by=by)
    assert refusal.value.current == third


def test_strangers_enter_and_revise_nothing(series: Series) -> None:
    first = entered(series, row(10))[0]
    elsewhere = MembershipFactory.create(organisation=OrganisationFactory.create(), role=Role.COORDINATOR).user
    reader = MembershipFactory.create(organisation=series.owner, role=Role.READER).user
    for stranger in (elsewhere, reader, UserFactory.create()):
        with pytest.raises(PermissionDenied):
            enter_observations(series=series, rows=[row(1, 2013)], by=stranger)
        with pytest.raises(PermissionDenied):
            revise_observation(observation=first, to=TO, by=stranger)


def test_who_keeps_a_series_enters_for_their_own_organization() -> None:
    keeper = OrganisationFactory.create()
    series = SeriesFactory.create(keeper=keeper)
    by = MembershipFactory.create(organisation=keeper, role=Role.COORDINATOR).user
    assert enter_observations(series=series, rows=[row(1)], by=by)[0].entered_for == keeper


def test_entering_and_revising_leave_all_or_nothing(series: Series, by: User) -> None:
    def state() -> tuple[int, int]:
        return Observation.objects.count(), AuditEvent.objects.count()

    assert_all_or_nothing(lambda: enter_observations(series=series, rows=[row(1, sex="F")], by=by), state)
    first = Observation.objects.get()
    assert_all_or_nothing(lambda: revise_observation(observation=first, to=TO, by=by), state)


def test_what_is_not_public_shows_to_staff_alone(by: User) -> None:
    series = SeriesFactory.create(is_public=False)
    made = entered(series, row(10))[0]
    outsider = UserFactory.create()
    assert not observations(outsider, series)
    assert number(outsider, made.pk) is None
    assert latest(outsider, [series.code]) == {}
    assert list(observations(by, series)) == [made]
    assert latest(by, [series.code]) == {series.code: made}


def test_the_latest_is_the_newest_total_that_was_known_last(series: Series, by: User) -> None:
    one, other = SourceDocumentFactory.create(), SourceDocumentFactory.create()
    entered(series, row(1, 2011), row(2, document=one), row(9, 2013, sex="F"))
    newest = entered(series, row(3, document=other, known_on=date(2014, 1, 1)))[0]
    assert latest(command_line(), [series.code]) == {series.code: newest}
