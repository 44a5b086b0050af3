"""Promises whose date moved, promises to survivors, and what organizations said of each."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from palermo.audit.models import AuditEvent
from palermo.people.queries import command_line
from palermo.plan.planfile import dump, load
from palermo.plan.register.actions.edit_deliverable import StatusWord, correct_status, mark_for_survivors
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import (
    Account,
    Deliverable,
    DueDate,
    Evidence,
    Lineage,
    Money,
    ReportingPeriod,
    StatusRecord,
)
from palermo.plan.register.policies import PeriodLockedError
from palermo.plan.register.queries.moved import moved
from palermo.plan.register.queries.plan_file import plan_file
from palermo.plan.register.queries.plans import all_periods
from tests.factories import (
    DeliverableFactory,
    DueDateFactory,
    OrganisationFactory,
    PeriodFactory,
    StatusFactory,
    UserFactory,
    coordinator_of,
)

pytestmark = pytest.mark.django_db


def told(name: str, *args: object) -> str:
    answer = Client().get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ([], None),
        ([date(2014, 3, 31)], None),
        ([date(2014, 3, 31), date(2014, 3, 31)], None),
        ([date(2014, 3, 31), date(2015, 3, 31)], (1, 365)),
        ([date(2014, 3, 31), date(2015, 3, 31), date(2014, 3, 30)], (2, -1)),
    ],
)
def test_how_often_and_how_far_a_date_moved(days: list[date], wanted: tuple[int, int] | None) -> None:
    one = DeliverableFactory.create()
    dates = [DueDateFactory.create(deliverable=one, due_on=day, revision=n) for n, day in enumerate(days)]
    found = moved(dates)
    assert (found and (found.times, found.days)) == wanted


def test_the_public_reads_what_moved_and_why() -> None:
    one = DeliverableFactory.create()
    assert "No date of this plan moved" in told("plan_moved", one.plan.code)
    DueDateFactory.create(deliverable=one, due_on=date(2014, 3, 31))
    DueDateFactory.create(deliverable=one, due_on=date(2015, 3, 31), revision=1, reason_en="The course began late.")
    listed = told("plan_moved", one.plan.code)
    assert "2014-03-31" in listed
    assert "The course began late." in listed
    assert "and is now 365 days later than the first one" in told("deliverable", one.plan.code, one.code)


@pytest.mark.parametrize(
    ("days", "english", "french"),
    [
        ([date(2014, 3, 31), date(2014, 4, 1)], "is now 1 day later than", "maintenant 1 jour plus tard que"),
        ([date(2014, 3, 31), date(2014, 3, 1)], "is now 30 days earlier than", "maintenant 30 jours plus tôt que"),
        (
            [date(2014, 3, 31), date(2015, 3, 31), date(2014, 3, 31)],
            "moved 2 times and is the first one again.",
            "a changé 2 fois et est revenue à la première.",
        ),
    ],
)
def test_a_date_that_came_earlier_or_back_is_said_so(days: list[date], english: str, french: str) -> None:
    one = DeliverableFactory.create()
    for n, day in enumerate(days):
        DueDateFactory.create(deliverable=one, due_on=day, revision=n)
    for language, words in (("en", english), ("fr", french)):
        with override(language):
            assert words in " ".join(told("deliverable", one.plan.code, one.code).split())


def test_promises_to_survivors_have_a_list_of_their_own() -> None:
    one, other = DeliverableFactory.create(code="KEPT-1"), None
    other = DeliverableFactory.create(plan=one.plan, code="OTHER-2")
    with pytest.raises(PermissionDenied):
        mark_for_survivors(deliverable=one, is_commitment=True, by=UserFactory.create())
    by = coordinator_of(one.plan.owner)
    mark_for_survivors(deliverable=one, is_commitment=True, by=by)
    mark_for_survivors(deliverable=one, is_commitment=True, by=by)
    assert AuditEvent.objects.filter(act="deliverable.mark_for_survivors").count() == 1
    listed = told("plan_survivors", one.plan.code)
    assert "KEPT-1" in listed
    assert other.code not in listed
    assert "Promise to survivors" in told("deliverable", one.plan.code, one.code)


def test_the_mark_travels_with_the_plan_file() -> None:
    one = DeliverableFactory.create(is_survivor_commitment=True, plan__levels=())
    file = load(dump(plan_file(command_line(), one.plan)))
    Deliverable.objects.update(is_survivor_commitment=False)
    load_plan(file=file, by=command_line())
    assert Deliverable.objects.get().is_survivor_commitment is True


def test_what_each_organization_said_stands_on_the_page() -> None:
    one = DeliverableFactory.create()
    period = PeriodFactory.create(plan=one.plan)
    said = {"narrative_en": "Forty officers were trained.", "reason_fr": "Le cours a commencé tard."}
    silent, speaking = OrganisationFactory.create(), OrganisationFactory.create()
    figures = [{"label_en": "People trained", "label_fr": "", "value": "40.0000", "unit_en": "", "unit_fr": ""}]
    common = {"deliverable": one, "period": period, "return_number": 7}
    Account.objects.create(**common, organisation=speaking, status="in_progress", figures=figures, **said)
    Account.objects.create(**common, organisation=silent, status="not_reported")
    page = told("deliverable", one.plan.code, one.code)
    assert "Forty officers were trained." in page
    assert '<span lang="fr">Le cours a commencé tard.</span>' in page
    assert "People trained: 40" in page
    assert f"Ministry {silent.code}" in page


def test_a_status_from_returns_says_where_it_comes_from() -> None:
    one = DeliverableFactory.create()
    period = PeriodFactory.create(plan=one.plan, gathering="closed")
    StatusFactory.create(deliverable=one, period=period, document=None, place="")
    StatusFactory.create(deliverable=one, period=period, kind="assessed", document=None, place="")
    page = told("deliverable", one.plan.code, one.code)
    assert '<a href="#accounts">Returns of the organizations</a>' in page
    assert "The independent assessor" in page


class TestLocks:
    @pytest.mark.parametrize("gathering", ["open", "closed"])
    def test_a_period_kept_by_returns_is_not_corrected_by_hand(self, gathering: str) -> None:
        one = DeliverableFactory.create()
        period = PeriodFactory.create(plan=one.plan, gathering=gathering)
        word = StatusWord(period, "claimed", "complete", "It is done.")
        with pytest.raises(PeriodLockedError):
            correct_status(deliverable=one, word=word, seen=0, by=coordinator_of(one.plan.owner))
        assert not StatusRecord.objects.exists()

    @pytest.mark.parametrize("gathering", ["open", "closed"])
    def test_nor_by_a_document(self, gathering: str) -> None:
        one = DeliverableFactory.create(plan__levels=())
        period = PeriodFactory.create(plan=one.plan)
        StatusFactory.create(deliverable=one, period=period, value="complete")
        file = load(dump(plan_file(command_line(), one.plan)))
        ReportingPeriod.objects.update(gathering=gathering)
        load_plan(file=file, by=command_line())
        StatusRecord.objects.update(value="in_progress")
        with pytest.raises(PeriodLockedError):
            load_plan(file=file, by=command_line())
        assert StatusRecord.objects.get().value == "in_progress"

    def test_an_older_file_undoes_nothing_that_came_from_returns(self) -> None:
        one = DeliverableFactory.create(plan__levels=())
        period = PeriodFactory.create(plan=one.plan)
        DueDateFactory.create(deliverable=one, due_on=date(2014, 3, 31))
        Money.objects.create(deliverable=one, kind="earmarked", amount=9, fiscal_year="2013-2014")
        file = load(dump(plan_file(command_line(), one.plan)))
        ReportingPeriod.objects.update(gathering="closed")
        DueDateFactory.create(deliverable=one, due_on=date(2015, 3, 31), revision=1, reason_en="It began late.")
        Money.objects.create(deliverable=one, kind="spent", amount=7, fiscal_year=period.code)
        Evidence.objects.create(deliverable=one, period=period, title_en="Outline")
        before = dump(plan_file(command_line(), one.plan))
        load_plan(file=file, by=command_line())
        assert dump(plan_file(command_line(), one.plan)) == before

    def test_an_older_file_keeps_later_dates_and_links_of_other_plans(self) -> None:
        one = DeliverableFactory.create(plan__levels=())
        DueDateFactory.create(deliverable=one, due_on=date(2014, 3, 31))
        file = load(dump(plan_file(command_line(), one.plan)))
        later = DeliverableFactory.create()
        Lineage.objects.create(
            before=one, after=later, after_plan=later.plan.code, after_code=later.code, kind="renamed", note_en="Same."
        )
        DueDate.objects.update(due_on=date(2014, 5, 31))
        DueDateFactory.create(deliverable=one, due_on=date(2015, 3, 31), revision=1, reason_en="It began late.")
        load_plan(file=file, by=command_line())
        assert list(DueDate.objects.values_list("due_on", "reason_en")) == [
            (date(2014, 3, 31), ""),
            (date(2015, 3, 31), "It began late."),
        ]
        assert Lineage.objects.get().after == later

    def test_a_file_moves_no_days_of_a_gathered_period(self) -> None:
        one = DeliverableFactory.create(plan__levels=())
        PeriodFactory.create(plan=one.plan)
        file = load(dump(plan_file(command_line(), one.plan)))
        ReportingPeriod.objects.update(gathering="closed", ends_on=date(2014, 4, 30))
        with pytest.raises(PeriodLockedError):
            load_plan(file=file, by=command_line())

    def test_what_is_gathered_for_the_first_time_is_not_public(self) -> None:
        one = DeliverableFactory.create()
        period = PeriodFactory.create(plan=one.plan, gathering="open")
        assert not all_periods(command_line()).exists()
        StatusFactory.create(deliverable=one, period=period)
        assert all_periods(command_line()).get() == period
