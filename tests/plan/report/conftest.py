"""A plan with two periods to report on."""

from __future__ import annotations

from importlib.resources import files

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.plan import planfile
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import Plan, ReportingPeriod
from palermo.plan.register.queries.plans import latest_period
from palermo.plan.report.actions.narrative import load_narratives
from palermo.plan.report.actions.publish import publish_edition
from palermo.plan.report.models import Edition
from tests.factories import DeliverableFactory, MembershipFactory, ResponsibilityFactory, StatusFactory

from .year import Year, closed_year


def sample(name: str) -> Plan:
    """A sample plan with its narratives, loaded into the register."""
    file = planfile.load(files("palermo.plan.samples").joinpath(f"{name}.json").read_bytes())
    loaded = load_plan(file=file, by=command_line())
    load_narratives(by=command_line(), plan=loaded.plan, narratives=file.narratives)
    return loaded.plan


@pytest.fixture
def city(db: None) -> Plan:
    """The invented city's plan: one level, four periods with statuses, everything that a report can show."""
    return sample("example-city-2021")


@pytest.fixture
def country(db: None) -> Plan:
    """The federal plan: four pillars, three levels."""
    return sample("ca-2012")


@pytest.fixture
def coordinator(city: Plan) -> User:
    """Somebody who coordinates the city's plan."""
    return MembershipFactory.create(organisation=city.owner).user


@pytest.fixture
def elsewhere(db: None) -> User:
    """Somebody who coordinates the plans of another organisation."""
    return MembershipFactory.create().user


def newest(plan: Plan) -> ReportingPeriod:
    """The newest period of which anything is known."""
    period = latest_period(command_line(), plan)
    assert period is not None
    return period


@pytest.fixture
def edition(city: Plan) -> Edition:
    """The city's newest report, published, its files not made yet."""
    return publish_edition(by=command_line(), period=newest(city))


def grow_fourfold(plan: Plan) -> None:
    """Three more deliverables beside each of a plan's own, every one with a lead and a status in the newest period."""
    period, count = newest(plan), plan.deliverables.count()
    for place in range(3 * count):
        more = DeliverableFactory.create(plan=plan, position=1_000 + place, p="prevention")
        ResponsibilityFactory.create(deliverable=more)
        StatusFactory.create(deliverable=more, period=period)


def queries_of(client: Client, address: str) -> int:
    """How many queries a page takes while nothing is kept from before."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.fixture
def year(db: None) -> Year:
    """A year that was gathered by returns and closed."""
    return closed_year()
