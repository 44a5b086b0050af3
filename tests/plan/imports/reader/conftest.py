"""Here reading itself is tested: every file goes to a child of its own."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def answers_kept() -> None:
    """Nothing is kept."""
