"""What every test may use."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

os.environ["PALERMO_DATA"] = tempfile.mkdtemp(prefix="palermo-tests-")
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["PALERMO_SECOND_FACTOR"] = "no"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published source documents and standards; tests that need it skip where it is not there."""
    here = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("PALERMO_SHARED", here.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip("the published source documents are not on this machine (PALERMO_SHARED)")
    return folder
