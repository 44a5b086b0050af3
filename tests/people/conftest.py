"""A provider that people may sign in by."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.people.by_provider import use
from tests.people.provider import Provider


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with Provider().served() as served:
        use(settings, served.address)
        yield served
