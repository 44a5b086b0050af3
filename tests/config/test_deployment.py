"""What `palermo check --deploy` finds: nothing in production settings, and each thing that is left open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PRODUCTION = {
    "PALERMO_MODE": "production",
    "PALERMO_SECRET_KEY": "".join(chr(33 + number) for number in range(80)),
    "PALERMO_HOSTS": "plan.example.ca",
    "PALERMO_ORIGINS": "https://plan.example.ca",
    "PALERMO_BEHIND_PROXY": "yes",
    "PALERMO_MAIL_URL": "submission://palermo:secret@mail.example.ca:587",
    "DATABASE_URL": "postgres://palermo:secret@db.example.ca/palermo",
}


def check(folder: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """`palermo check --deploy` in a process of its own, with nothing of ours in its environment."""
    environ = {"PATH": os.environ["PATH"], "PALERMO_DATA": str(folder), **PRODUCTION, **changed}
    return subprocess.run(
        [sys.executable, "-m", "palermo.cli", "check", "--deploy"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_are_clean(tmp_path: Path) -> None:
    done = check(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"PALERMO_SECOND_FACTOR": "no"}, "palermo.W002"),
        ({"PALERMO_HOSTS": ""}, "palermo.W003"),
        ({"PALERMO_HOSTS": "*"}, "palermo.W004"),
        ({"DATABASE_URL": "sqlite:////tmp/palermo.sqlite3"}, "palermo.W005"),
        ({"PALERMO_MAIL_URL": ""}, "palermo.W006"),
        ({"PALERMO_MODE": "laptop"}, "palermo.W001"),
    ],
)
def test_what_is_left_open_is_told(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    done = check(tmp_path, **changed)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_wrong_use_and_no_traceback(tmp_path: Path) -> None:
    done = check(tmp_path, DATABASE_URL="mysql://palermo:secret@db/palermo")
    assert done.returncode == 2
    assert done.stderr.startswith("DATABASE_URL ")
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr
