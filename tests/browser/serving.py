"""The site as it is really run: its own processes, its own folder of data, static files under their final names."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 60.0
"""Seconds that a server may take to answer."""


@dataclass(frozen=True)
class House:
    """A folder of data and the settings under which it is served."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a process that works here: nothing of ours but what is said."""
        base = {"PATH": os.environ["PATH"], "PALERMO_DATA": str(self.data), "PALERMO_SECOND_FACTOR": "no"}
        return base | self.settings

    def run(self, *words: str) -> str:
        """Run Python with these words and return what it printed.

        Raises:
            AssertionError: it failed; with what it said.
        """
        done = subprocess.run(
            [sys.executable, *words], env=self.environ, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def copied(self, data: Path) -> House:
        """The same house in another folder; nothing that is done to the one reaches the other."""
        shutil.copytree(self.data, data, symlinks=True)
        return House(data, self.settings)

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve it, and yield its address."""
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        web = [sys.executable, "-m", "gunicorn", "palermo.config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
        web += ["--threads", "4", "--log-level", "warning", "--no-control-socket"]
        said = self.data / f"server-{port}.txt"
        with said.open("w") as log, subprocess.Popen(web, env=self.environ, cwd=ROOT, stdout=log, stderr=log) as server:
            try:
                _wait_for(address, server, said)
                yield address
            finally:
                # At once: nobody waits for an answer any more.
                server.send_signal(signal.SIGQUIT)


def _wait_for(address: str, server: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/health", timeout=2).close()  # noqa: S310 - an address of ours
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server does not answer: {said.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
