"""A plan with two periods to report on."""

from __future__ import annotations

from importlib.resources import files

import pytest

from palermo.people.queries import command_line
from palermo.plan import planfile
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import Plan
from palermo.plan.report.actions.narrative import load_narratives


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
