"""`palermo sample` where people work: only into an empty house, and only where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from palermo import cli
from palermo.commands import sample
from palermo.plan.register.models import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_sign_in_file() -> Iterator[None]:
    sample.sign_in_file().unlink(missing_ok=True)
    yield
    sample.sign_in_file().unlink(missing_ok=True)


def test_production_is_refused_unless_it_is_empty_and_asked_for(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PRODUCTION = True
    assert cli.main(["sample"]) == 2
    assert not Plan.objects.exists()
    assert cli.main(["sample", "--into-production"]) == 0
    assert cli.main(["sample", "--into-production"]) == 1
    assert "in use" in capsys.readouterr().err
