"""Installations that tests copy: made once for all processes of a run, and for its parts where they name a folder."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MODELS = "PALERMO_TEST_MODELS"
"""The variable that names a folder for models of installations, such as `scripts/test` makes for all its parts."""


@contextmanager
def made_once(data: Path) -> Iterator[Path | None]:
    """Let one of several processes fill a folder: yields where to, or nothing where it is there already.

    The others wait. What breaks off leaves no folder, so that the next one tries for itself.
    """
    unfinished = data.with_suffix(".part")
    with data.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if data.exists():
            yield None
            return
        shutil.rmtree(unfinished, ignore_errors=True)
        yield unfinished
        unfinished.rename(data)


def bare(models: Path) -> Path:
    """The data of an installation on SQLite that is set up and holds nothing, to be copied."""
    with made_once(models / "bare") as folder:
        if folder:
            environ = {"PATH": os.environ["PATH"], "PALERMO_DATA": str(folder)}
            migrate = [sys.executable, "-m", "palermo.cli", "migrate"]
            subprocess.run(migrate, env=environ, check=True, capture_output=True)
    return models / "bare"
