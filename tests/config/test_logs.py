"""The log of production holds no personal data, whatever an error's message says."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

from palermo.config.logs import WhereNotWhat


def formatted(error: Exception) -> str:
    told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("a", logging.ERROR, __file__, 1, "It broke.", (), told)
    return WhereNotWhat("{message}", style="{").format(record)


def broken() -> Exception:
    try:
        try:
            int("ada@example.ca")
        except ValueError as error:
            raise KeyError("613 555 0101") from error
    except KeyError as error:
        return error
    raise AssertionError("nothing broke")


def test_an_error_is_told_by_kind_and_place_alone() -> None:
    told = formatted(broken())
    assert told.startswith("It broke.\nbuiltins.ValueError\n")
    assert "builtins.KeyError" in told
    assert "in broken" in told
    # The line of code is quoted; the message, which would repeat the value, is not.
    assert "invalid literal" not in told
    assert told.count("613 555 0101") == told.count("raise KeyError")


def test_production_uses_it_and_a_laptop_does_not(tmp_path: Path) -> None:
    asked = "from palermo.config import settings; print(settings.LOGGING['formatters']['line']['class'])"
    production = {"PALERMO_SECRET_KEY": "k" * 50, "DATABASE_URL": "postgres://db/palermo"}
    told = [
        subprocess.run(
            [sys.executable, "-c", asked],
            env={"PATH": os.environ["PATH"], "PALERMO_DATA": str(tmp_path), "PALERMO_MODE": mode, **production},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for mode in ("production", "laptop")
    ]
    assert told == ["palermo.config.logs.WhereNotWhat", "logging.Formatter"]
