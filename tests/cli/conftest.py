"""A run of the program as a person starts it: a process, a folder of data, nothing else of ours around it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

Run: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]


def run_palermo(data: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a folder of data."""
    return subprocess.run(
        [sys.executable, "-m", "palermo.cli", *words],
        env={"PATH": os.environ["PATH"], "PALERMO_DATA": str(data), **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def palermo(tmp_path: Path) -> Run:
    """`palermo("audit", "verify", PORT="8123")`: words, and variables of the environment."""
    return partial(run_palermo, tmp_path / "data")
