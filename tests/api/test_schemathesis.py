"""The API holds what its own description says, whatever it is asked."""

from __future__ import annotations

from importlib.resources import files

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case

from palermo.config.wsgi import application
from palermo.people.queries import command_line
from palermo.plan import planfile
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.queries.plans import latest_period
from palermo.plan.report.actions.publish import publish_edition

schema = schemathesis.pytest.from_fixture("described")


@pytest.fixture
def described(transactional_db: None) -> schemathesis.BaseSchema:
    """The API with a plan and an edition in it."""
    file = planfile.load(files("palermo.plan.samples").joinpath("example-city-2021.json").read_bytes())
    plan = load_plan(file=file, by=command_line()).plan
    period = latest_period(command_line(), plan)
    assert period is not None
    publish_edition(by=command_line(), period=period)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Case) -> None:
    case.call_and_validate(headers={"Host": "localhost"})
