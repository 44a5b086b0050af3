"""A period that the tracker tells of."""

from __future__ import annotations

import pytest

from palermo.plan.register.models import ReportingPeriod
from tests.factories import PeriodFactory


@pytest.fixture
def period(db: None) -> ReportingPeriod:
    """2013–2014 of a plan, closed."""
    return PeriodFactory.create(gathering="closed")
