"""`palermo up`: served on this machine alone, nothing done twice, and gone without a trace when told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from palermo.commands.up import ENDED_WITHIN
from palermo.foundation.bilingual import LANGUAGES
from palermo.plan.report.formats.registry import FORMATS
from tests.cli.conftest import Run

pytestmark = pytest.mark.slow
STOPPED_WITHIN = 2 * ENDED_WITHIN + 10
"""Seconds: the server and the worker each have their time to end before they are killed."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`palermo up` until it prints that it can be stopped."""
    environ = {"PATH": os.environ["PATH"], "PALERMO_DATA": str(folder), "PORT": str(port)}
    up = [sys.executable, "-m", "palermo.cli", "up"]
    with subprocess.Popen(up, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen[str]) -> str:
    """What it prints until it serves."""
    assert process.stdout is not None
    words = ""
    while "Ctrl-C stops it" not in words:
        line = process.stdout.readline()
        assert line, f"it ended: {words}"
        words += line
    return words


def page(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        assert answer.status == 200
        return str(answer.read().decode())


def test_twice(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port) as process:
        words = told(process)
        assert f"http://127.0.0.1:{port}/" in words
        assert (tmp_path / "sign-in.txt").read_text().splitlines()[1] in words
        assert 'lang="fr"' in page(port, "/fr/")
        assert page(port, "/health") == "ok"
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOPPED_WITHIN) == 0
    reports = [Path(line.strip()) for line in words.splitlines() if "/reports/" in line]
    assert len(reports) == len(FORMATS) * len(LANGUAGES)
    assert all(path.stat().st_size > 1000 for path in reports)
    with pytest.raises(urllib.error.URLError):
        page(port, "/health")

    with serving(tmp_path, port) as process:
        assert "·" not in told(process), "something was done again"
        process.send_signal(signal.SIGINT)
        assert process.wait(STOPPED_WITHIN) == 0


def test_a_taken_port_is_told_at_once(palermo: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        done = palermo("up", PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} cannot be used")


def test_production_is_served_otherwise(palermo: Run) -> None:
    production = {"PALERMO_MODE": "production", "PALERMO_SECRET_KEY": "k" * 50, "DATABASE_URL": "postgres://db/palermo"}
    done = palermo("up", **production)
    assert done.returncode == 2
    assert "docs/operators.md" in done.stderr
