"""Pages of reminders: the coordinator's and everybody's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from palermo.people.queries import command_line
from palermo.plan.reminders.actions.send import send_reminders
from palermo.plan.reminders.models import Digest
from palermo.plan.reminders.queries.rows import rows
from tests.factories import coordinator_of
from tests.plan.returns.factories import CycleFactory, ReturnFactory, focal_point_of

pytestmark = pytest.mark.django_db


def test_preview_sending_and_what_was_sent(client: Client) -> None:
    one = ReturnFactory.create(cycle=CycleFactory.create(due_on=date.today() + timedelta(days=3)))
    writer, coordinator = focal_point_of(one.organisation), coordinator_of(one.cycle.period.plan.owner)
    stranger = coordinator_of(one.organisation)
    client.force_login(coordinator)
    assert writer.name in client.get(reverse("reminders_ahead")).content.decode()
    send_reminders(by=coordinator)
    assert Digest.objects.get().sent_at
    assert writer.name in client.get(reverse("reminders_sent")).content.decode()
    assert writer.name not in client.get(reverse("reminders_ahead")).content.decode()
    client.force_login(stranger)
    assert writer.name not in client.get(reverse("reminders_sent")).content.decode()
    client.force_login(writer)
    assert client.get(reverse("reminders_sent")).status_code == 403
    assert "1 return" in client.get(reverse("reminders")).content.decode()


def test_what_failed_is_told_in_a_sentence(client: Client) -> None:
    one = ReturnFactory.create(cycle=CycleFactory.create(due_on=date.today()))
    focal_point_of(one.organisation)
    send_reminders(by=command_line())
    Digest.objects.update(sent_at=None, last_error="SMTPRecipientsRefused")
    client.force_login(coordinator_of(one.cycle.period.plan.owner))
    assert "refuses the address" in client.get(reverse("reminders_sent")).content.decode()


def test_the_preview_asks_as_much_for_many_people(client: Client) -> None:
    cycle = CycleFactory.create(due_on=date.today())
    client.force_login(coordinator_of(cycle.period.plan.owner))

    def asked(people: int) -> int:
        for _ in range(people):
            focal_point_of(ReturnFactory.create(cycle=cycle).organisation)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("reminders_ahead")).context["ahead"].count >= people
        return len(queries)

    assert asked(2) == asked(9)


def test_as_many_queries_for_many_returns(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cycle = CycleFactory.create(due_on=date.today())
    for _ in range(4):
        one = ReturnFactory.create(cycle=cycle)
        focal_point_of(one.organisation)
    with django_assert_num_queries(5):
        rows(date.today())
