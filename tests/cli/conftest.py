"""A run of the program as a person starts it: a process, a folder of data, nothing else of ours around it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

Run: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def palermo(tmp_path: Path) -> Run:
    """`palermo("audit", "verify", PORT="8123")`: words, and variables of the environment."""

    def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "palermo.cli", *words],
            env={"PATH": os.environ["PATH"], "PALERMO_DATA": str(tmp_path / "data"), **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run
