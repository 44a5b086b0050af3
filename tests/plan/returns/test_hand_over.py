"""Handing over: everything open goes to the successor, or nothing does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.audit.models import AuditEvent
from palermo.people.models import Membership, Role
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.returns.actions.hand_over import NotAWriterError, hand_over_returns
from palermo.plan.returns.models import Return, Step
from tests.factories import OrganisationFactory, UserFactory
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import CycleFactory, ReturnFactory, focal_point_of, holding_role
from tests.raising import assert_all_or_nothing

MAY = {"focal_point", "alternate", "clearing_officer", "coordinator"}


@pytest.fixture
def held(desk: Desk) -> Desk:
    """The focal point holds the return of the desk."""
    desk.put(holder=desk["focal_point"])
    return desk


def hand_over(desk: Desk, by: str = "coordinator", to: str = "alternate") -> int:
    return hand_over_returns(
        leaver=desk["focal_point"], organisation=desk.organisation, successor=desk[to], by=desk[by]
    )


def sent(desk: Desk, who: str, **fields: int) -> Client:
    client = Client()
    client.force_login(desk[who])
    data = {"organisation": desk.organisation.pk, "leaver": desk["focal_point"].pk, **fields}
    client.post(reverse("hand_over"), data)
    return client


@pytest.mark.parametrize("state", ["draft", "submitted", "cleared", "accepted", "returned"])
def test_everything_of_open_periods_goes_over_and_its_words_stay(held: Desk, state: str) -> None:
    was = held.put(state=state, status="complete", was_cleared=True, narrative_en="Forty trained.")
    assert hand_over(held) == 1
    one = held.fresh()
    assert (one.holder, one.state, one.narrative_en, one.version) == (
        held["alternate"],
        state,
        "Forty trained.",
        was.version,
    )
    step = Step.objects.get()
    assert (step.act, step.before, step.after, step.by) == ("hand_over", state, state, held["coordinator"])


def test_what_is_not_theirs_or_not_open_stays(held: Desk) -> None:
    other = focal_point_of(held.organisation)
    theirs = ReturnFactory.create(cycle=held.cycle, organisation=held.organisation, holder=other)
    elsewhere = ReturnFactory.create(
        cycle=held.cycle, organisation=OrganisationFactory.create(), holder=held["focal_point"]
    )
    closed = ReturnFactory.create(
        cycle=CycleFactory.create(plan=held.plan, first_year=2010),
        organisation=held.organisation,
        holder=held["focal_point"],
    )
    ReportingPeriod.objects.filter(pk=closed.cycle.period_id).update(gathering="closed")
    assert hand_over(held) == 1
    stayed = dict(Return.objects.exclude(pk=held.one.pk).values_list("pk", "holder"))
    assert stayed == {
        theirs.pk: other.pk,
        elsewhere.pk: held["focal_point"].pk,
        closed.pk: held["focal_point"].pk,
    }


def test_who_may_hand_over(held: Desk) -> None:
    for who in held.people:
        held.put(holder=held["focal_point"])
        if who in MAY:
            assert hand_over(held, by=who) == 1, who
        else:
            with pytest.raises(PermissionDenied):
                hand_over(held, by=who)
            assert held.fresh().holder == held["focal_point"], who


def test_the_successor_writes_for_the_organisation(held: Desk) -> None:
    for who in set(held.people) - {"focal_point", "alternate"}:
        with pytest.raises(NotAWriterError):
            hand_over(held, to=who)
    Membership.objects.filter(user=held["alternate"]).update(to_date=date.today() - timedelta(days=1))
    with pytest.raises(NotAWriterError):
        hand_over(held)
    assert held.fresh().holder == held["focal_point"]


def test_all_or_nothing_with_one_event(held: Desk) -> None:
    ReturnFactory.create_batch(2, cycle=held.cycle, organisation=held.organisation, holder=held["focal_point"])

    def stored() -> object:
        return list(Return.objects.order_by("pk").values()), Step.objects.count(), AuditEvent.objects.count()

    assert_all_or_nothing(lambda: hand_over(held), stored)
    event = AuditEvent.objects.get()
    assert (event.act, event.details["returns"]) == ("returns.hand_over", 3)
    assert held["focal_point"].name not in str(event.details)


def test_the_page_proposes_the_alternate_and_does_it(held: Desk) -> None:
    colleague = focal_point_of(held.organisation)
    client = sent(held, "coordinator", successor=held["alternate"].pk)
    assert held.fresh().holder == held["alternate"]
    shown = client.get(reverse("hand_over")).content.decode()
    assert held["alternate"].name in shown
    Return.objects.update(holder=colleague)
    shown = client.get(reverse("hand_over")).content.decode()
    assert shown.index(held["alternate"].name) < shown.index(held["focal_point"].name)


def test_the_page_refuses_who_does_not_write_for_the_organisation(held: Desk) -> None:
    client = sent(held, "coordinator", successor=UserFactory.create().pk)
    assert "Choose who takes over" in client.get(reverse("hand_over")).content.decode()
    assert held.fresh().holder == held["focal_point"]


def test_the_page_shows_nothing_of_other_organisations(held: Desk) -> None:
    client = sent(held, "other_focal_point", successor=held["alternate"].pk)
    shown = client.get(reverse("hand_over")).content.decode()
    assert held["focal_point"].name not in shown
    assert "Nobody holds an open return" in shown
    assert held.fresh().holder == held["focal_point"]


def test_the_page_asks_the_same_number_of_questions_whatever_is_held(held: Desk) -> None:
    client = Client()
    client.force_login(held["coordinator"])

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("hand_over")).status_code == 200
        return len(asked)

    before = questions()
    for _ in range(3):
        organisation = OrganisationFactory.create()
        holding_role(organisation, Role.ALTERNATE)
        ReturnFactory.create(cycle=held.cycle, organisation=organisation, holder=focal_point_of(organisation))
    assert questions() == before


@pytest.mark.parametrize("who", ["focal_point", "alternate", "clearing_officer", "coordinator", "reader", "assessor"])
def test_my_work_leads_there_whoever_may(held: Desk, who: str) -> None:
    client = Client()
    client.force_login(held[who])
    shown = client.get(reverse("work")).content.decode()
    assert (f'href="{reverse("hand_over")}"' in shown) == (who in MAY)
    assert f'href="{reverse("work_calendar")}"' in shown
    assert client.get(reverse("hand_over")).status_code == (200 if who in MAY else 403)
