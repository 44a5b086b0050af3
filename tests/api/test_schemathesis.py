"""The API holds what its own description says, whatever it is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import negative_data_rejection

from palermo.config.api import api
from palermo.config.wsgi import application
from palermo.people.queries import command_line
from palermo.plan import planfile
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.queries.plans import latest_period
from palermo.plan.report.actions.publish import publish_edition
from tests.figures.series.factories import SeriesFactory, entered, row

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEADERS = {"Host": "localhost", "Accept-Encoding": "identity"}
PLAN, PERIOD, DELIVERABLE, ORGANISATION = "example-city-2021", "2024-2025", "1", "city-of-sampleton"
SERIES = "permits"
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
schema.app = application


@pytest.fixture(autouse=True)
def _known_plan(db: None) -> None:
    """A plan and an edition, so that something is found."""
    file = planfile.load(files("palermo.plan.samples").joinpath("example-city-2021.json").read_bytes())
    plan = load_plan(file=file, by=command_line()).plan
    period = latest_period(command_line(), plan)
    assert period is not None
    publish_edition(by=command_line(), period=period)
    entered(SeriesFactory.create(code=SERIES, cut={"sex": ("F", "M")}), row(5), row(3, sex="F"))


@pytest.fixture(autouse=True)
def _one_transaction() -> Iterator[None]:
    """Requests keep the connection of the test, as those of Django's own test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Case[Any]) -> None:
    case.call_and_validate(headers=HEADERS)


@schema.include(path_regex="{").parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_so_is_every_answer_about_what_is_there(case: Case[Any]) -> None:
    code = DELIVERABLE if "deliverables" in case.path else ORGANISATION
    there = {"plan": PLAN, "period": PERIOD, "number": 1, "code": code, "series": SERIES}
    case.path_parameters = {name: there[name] for name in case.path_parameters or {}}
    # The path was put right, so that a request made to be refused may now be a good one.
    answer = case.call_and_validate(headers=HEADERS, excluded_checks=[negative_data_rejection])
    assert answer.status_code != 404 or "period" in (case.query or {})
