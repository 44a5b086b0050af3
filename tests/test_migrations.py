"""The database of the release before is brought to today's without losing or refusing what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

RELEASE_BEFORE = {"people": "0001_initial", "register": "0001_initial", "report": "0002_append_only"}
"""Where each app stood that has changed since. Apps that are new have no entry."""

NEW_APPS = ("returns", "recommendations", "reminders")


@pytest.fixture
def before() -> Iterator[Apps]:
    """The models of the release before, on a database as it was then."""
    executor = MigrationExecutor(connection)
    targets: list[tuple[str, str | None]] = [*RELEASE_BEFORE.items(), *((app, None) for app in NEW_APPS)]
    state = executor.migrate(targets)
    yield state.apps
    to_today()


def to_today() -> Apps:
    """Bring the database to the newest migrations, and return their models."""
    executor = MigrationExecutor(connection)
    return executor.migrate(executor.loader.graph.leaf_nodes()).apps


def test_what_the_release_before_held_is_still_there(before: Apps) -> None:
    people = {name: before.get_model("people", name) for name in ("User", "Organisation", "Membership")}
    register: dict[str, Any] = {
        name: before.get_model("register", name)
        for name in ("Plan", "ReportingPeriod", "Deliverable", "StatusRecord", "Money", "Evidence")
    }
    user = people["User"].objects.create(email="someone@example.org", name="Someone", password="!")
    owner = people["Organisation"].objects.create(code="owner")
    people["Membership"].objects.create(user=user, organisation=owner, role="coordinator", from_date=date(2020, 1, 1))
    plan = register["Plan"].objects.create(code="a-plan", title_en="A plan", jurisdiction="CA", owner=owner)
    days = {"starts_on": date(2013, 4, 1), "ends_on": date(2014, 3, 31)}
    period = register["ReportingPeriod"].objects.create(plan=plan, **days)
    one = register["Deliverable"].objects.create(plan=plan, position=1, code="1", row=1, text_en="Train")
    register["StatusRecord"].objects.create(deliverable=one, period=period, value="ongoing", recorded_by=user)
    register["Money"].objects.create(deliverable=one, kind="earmarked", amount=10)
    register["Evidence"].objects.create(deliverable=one, period=period, title_en="An outline")

    today = to_today()

    assert today.get_model("people", "User").objects.get().mail_rhythm == "when_due"
    assert today.get_model("people", "Membership").objects.get().role == "coordinator"
    assert today.get_model("register", "ReportingPeriod").objects.get().gathering == "none"
    assert today.get_model("register", "Deliverable").objects.get().is_survivor_commitment is False
    assert today.get_model("register", "StatusRecord").objects.get().value == "ongoing"
    assert today.get_model("register", "Money").objects.get().amount == 10
    assert today.get_model("register", "Evidence").objects.get().file_code is None


def test_a_program_of_the_release_before_goes_on_writing_while_the_new_one_starts(before: Apps) -> None:
    """New columns that must not be empty have a default in the database itself."""
    owner = before.get_model("people", "Organisation").objects.create(code="owner")
    plan = before.get_model("register", "Plan").objects.create(
        code="a-plan", title_en="A plan", jurisdiction="CA", owner=owner
    )
    today = to_today()
    old_user, old_deliverable = before.get_model("people", "User"), before.get_model("register", "Deliverable")
    old_user.objects.create(email="late@example.org", name="Late", password="!")
    old_deliverable.objects.create(plan=plan, position=1, code="1", row=1, text_en="Train")
    assert today.get_model("people", "User").objects.get(email="late@example.org").mail_rhythm == "when_due"
    assert today.get_model("register", "Deliverable").objects.get().is_survivor_commitment is False
