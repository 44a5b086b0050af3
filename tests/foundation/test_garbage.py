"""Long work looks for garbage rarely, and the rest of the process is left as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from palermo.foundation.garbage import collect_rarely


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    """As any process does; the run of the tests itself collects when it says so."""
    before = gc.get_threshold()
    gc.enable()
    yield
    gc.disable()
    gc.set_threshold(*before)


def test_what_is_loaded_is_not_looked_through_and_what_comes_is_only_when_it_is_much() -> None:
    collect_rarely()
    assert gc.get_freeze_count() > 0
    runs = gc.get_stats()[0]["collections"]
    kept = [[number] for number in range(20_000)]
    assert gc.get_stats()[0]["collections"] == runs
    kept += [[number] for number in range(200_000)]
    assert gc.get_stats()[0]["collections"] > runs
    assert len(kept) == 220_000
