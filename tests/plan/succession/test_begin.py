"""Beginning the plan that follows: all or nothing, and no promise in it looks new."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.plan.register.models import (
    Deliverable,
    DueDate,
    Lineage,
    Plan,
    PlanLevel,
    ReportingPeriod,
    Responsibility,
    Section,
)
from palermo.plan.succession.actions.begin import CodeTakenError, Head, TooEarlyError, begin_successor
from tests.factories import (
    DeliverableFactory,
    DueDateFactory,
    OrganisationFactory,
    PeriodFactory,
    PlanFactory,
    ResponsibilityFactory,
    SectionFactory,
    StatusFactory,
    UserFactory,
    coordinator_of,
)
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db
HEAD = Head("next", "The next plan", "Le plan suivant", date(2016, 4, 1), date(2020, 3, 31))
FORM = {
    "code": "next",
    "title_en": "The next plan",
    "title_fr": "Le plan suivant",
    "starts_on": "2016-04-01",
    "ends_on": "2020-03-31",
}


@pytest.fixture
def plan() -> Plan:
    """A plan with two levels, and a late, a complete and a given-up deliverable."""
    plan = PlanFactory.create(code="now", levels=("Pillar", "Task"))
    period = PeriodFactory.create(plan=plan)
    top = SectionFactory.create(plan=plan, code="1", position=1)
    task = SectionFactory.create(plan=plan, code="1.1", position=2, parent=top, level=plan.levels.get(depth=2))
    for code, status in (("late", "in_progress"), ("done", "complete"), ("dropped", "no_longer_pursued")):
        one = DeliverableFactory.create(section=task, code=code, is_survivor_commitment=code == "late")
        StatusFactory.create(deliverable=one, period=period, value=status)
        DueDateFactory.create(deliverable=one, due_on=date(2013, 3, 31))
    late = plan.deliverables.get(code="late")
    lead, past = OrganisationFactory.create(code="lead"), OrganisationFactory.create(code="past")
    ResponsibilityFactory.create(deliverable=late, organisation=past, to_date=date(2013, 1, 1))
    ResponsibilityFactory.create(deliverable=late, organisation=lead, from_date=date(2013, 1, 2))
    return plan


@pytest.fixture
def coordinator(plan: Plan) -> User:
    return coordinator_of(plan.owner)


def key(plan: Plan, code: str) -> int:
    return plan.deliverables.get(code=code).pk


def everything() -> object:
    models = (Plan, PlanLevel, Section, Deliverable, Responsibility, Lineage, DueDate, AuditEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_what_is_carried_forward_goes_back_to_what_it_was(plan: Plan, coordinator: User) -> None:
    made = begin_successor(plan=plan, head=HEAD, carry=[key(plan, "late")], by=coordinator)
    assert (made.code, made.predecessor_code, made.owner, made.starts_on) == ("next", "now", plan.owner, HEAD.starts_on)
    assert [level.name_en for level in made.levels.order_by("depth")] == ["Pillar", "Task"]
    sections = [
        (one.code, one.parent and one.parent.code, one.level.depth) for one in made.sections.order_by("position")
    ]
    assert sections == [("1", None, 1), ("1.1", "1", 2)]
    one = made.deliverables.get()
    assert (one.code, one.section and one.section.plan, one.is_survivor_commitment) == ("late", made, True)
    assert one.text_en == plan.deliverables.get(code="late").text_en
    assert not one.code_is_printed
    assert not one.due_dates.exists()
    assert [(its.organisation.code, its.from_date) for its in one.responsibilities.all()] == [("lead", HEAD.starts_on)]
    line = Lineage.objects.get()
    assert (line.before.plan, line.after, line.kind) == (plan, one, "carried_forward")


def test_it_is_one_act_that_both_plans_tell_of(plan: Plan, coordinator: User) -> None:
    begin_successor(plan=plan, head=HEAD, carry=[key(plan, "late")], by=coordinator)
    event = AuditEvent.objects.get()
    told = {
        "plan": "next",
        "successor": "next",
        "earlier_plan": "now",
        "carried": 1,
        "left": 2,
        "also": [{"plan": "now"}],
    }
    assert (event.act, event.details) == ("plan.succeed", told)
    client = Client()
    client.force_login(coordinator)
    for code in ("now", "next"):
        page = client.get(reverse("deliverable_history", args=[code, "late"])).content.decode()
        assert "A plan that follows was begun" in page


def test_it_is_all_or_nothing(plan: Plan, coordinator: User) -> None:
    keys = [key(plan, code) for code in ("late", "done")]
    assert_all_or_nothing(lambda: begin_successor(plan=plan, head=HEAD, carry=keys, by=coordinator), everything)


def test_what_a_document_foretold_is_kept_as_it_was_said(plan: Plan, coordinator: User) -> None:
    late = plan.deliverables.get(code="late")
    said = {"after_plan": "next", "kind": "renamed", "note_en": "As announced."}
    Lineage.objects.create(before=late, after_code="late", **said)
    made = begin_successor(plan=plan, head=HEAD, carry=[late.pk], by=coordinator)
    line = Lineage.objects.get()
    assert (line.after, line.kind, line.note_en) == (made.deliverables.get(), "renamed", "As announced.")


def test_only_its_coordinator_begins_it(plan: Plan) -> None:
    for by in (UserFactory.create(), coordinator_of(OrganisationFactory.create())):
        with pytest.raises(PermissionDenied):
            begin_successor(plan=plan, head=HEAD, carry=[], by=by)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code": "now"}, CodeTakenError),
        ({"starts_on": date(2012, 6, 6)}, TooEarlyError),
        ({"ends_on": date(2016, 3, 31)}, TooEarlyError),
        ({"title_en": "", "title_fr": ""}, ValueError),
    ],
)
def test_a_head_that_cannot_be_is_refused(
    plan: Plan, coordinator: User, change: dict[str, Any], error: type[Exception]
) -> None:
    said = {name: getattr(HEAD, name) for name in ("code", "title_en", "title_fr", "starts_on", "ends_on")}
    with pytest.raises(error):
        begin_successor(plan=plan, head=Head(**{**said, **change}), carry=[], by=coordinator)
    assert Plan.objects.count() == 1


def test_deliverables_of_another_plan_are_not_carried_forward(plan: Plan, coordinator: User) -> None:
    with pytest.raises(ValueError, match="Only deliverables of the plan"):
        begin_successor(plan=plan, head=HEAD, carry=[DeliverableFactory.create().pk], by=coordinator)


def at_desk(coordinator: User) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def test_the_page_ticks_what_is_open(plan: Plan, coordinator: User) -> None:
    page = at_desk(coordinator).get(reverse("succession_begin", args=["now"])).content.decode()
    ticked = {code for code in ("late", "done", "dropped") if f'value="{key(plan, code)}" checked' in page}
    assert ticked == {"late"}
    assert "March 31, 2013" in page


def test_the_page_does_it_and_leads_to_the_new_plan(plan: Plan, coordinator: User) -> None:
    sent = {**FORM, "carry": [str(key(plan, "late")), str(key(plan, "done"))]}
    response = at_desk(coordinator).post(reverse("succession_begin", args=["now"]), sent, follow=True)
    assert response.redirect_chain == [(reverse("plan", args=["next"]), 302)]
    page = response.content.decode()
    assert "2 promises were carried forward." in page
    assert "2 of 2 were promised in an earlier plan already" in page
    one = Client().get(reverse("deliverable", args=["next", "late"])).content.decode()
    assert "No due date" in one
    assert "March 31, 2013" in one


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("code", "now", "Another plan has this code."),
        ("code", "two words", "Enter a valid"),
        ("title_fr", "", "This field is required."),
        ("starts_on", "2012-01-01", "It must begin after the plan that it follows."),
        ("ends_on", "2015-01-01", "It must end after it begins."),
    ],
)
def test_the_page_says_what_is_wrong_and_loses_nothing(
    plan: Plan, coordinator: User, field: str, value: str, said: str
) -> None:
    sent = {**FORM, field: value, "carry": [str(key(plan, "done"))]}
    page = at_desk(coordinator).post(reverse("succession_begin", args=["now"]), sent).content.decode()
    assert said in page
    assert "The next plan" in page
    assert f'value="{key(plan, "done")}" checked' in page
    assert f'value="{key(plan, "late")}" checked' not in page
    assert Plan.objects.count() == 1


def test_something_that_was_not_offered_is_refused(plan: Plan, coordinator: User) -> None:
    sent = {**FORM, "carry": [str(DeliverableFactory.create().pk)]}
    assert at_desk(coordinator).post(reverse("succession_begin", args=["now"]), sent).status_code == 404


def test_an_empty_plan_can_be_followed(coordinator: User, plan: Plan) -> None:
    plan.deliverables.all().delete()
    ReportingPeriod.objects.all().delete()
    at_desk(coordinator).post(reverse("succession_begin", args=["now"]), FORM)
    assert Plan.objects.get(code="next").sections.count() == 2


def test_the_number_of_queries_does_not_grow(plan: Plan, coordinator: User) -> None:
    client = at_desk(coordinator)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("succession_begin", args=["now"]))
        return len(asked)

    earlier = PlanFactory.create(starts_on=date(2008, 1, 1))

    def more(number: int) -> None:
        for _ in range(number):
            after = DeliverableFactory.create(plan=plan)
            before = DeliverableFactory.create(plan=earlier)
            Lineage.objects.create(before=before, after=after, after_plan="now", after_code=after.code, kind="renamed")

    more(1)
    before = count()
    more(40)
    assert count() == before
