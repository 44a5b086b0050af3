"""`palermo up`: Palermo on a laptop, set up, with the sample, served on this machine alone."""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

from palermo import commands
from palermo.commands import migrate, report, sample

HOST = "127.0.0.1"
READY_WITHIN = 30.0
"""Seconds that the server may take to answer."""
ENDED_WITHIN = 10.0
"""Seconds that a child may take to end before it is killed."""


def add_to(names: commands.Names) -> None:
    """`palermo up`."""
    up = names.add_parser(
        "up",
        help="set everything up, load the sample and serve the site on this machine",
        description="Prepares database, translations and static files, loads the sample, makes its annual report, then "
        "serves the site and does its jobs until Ctrl-C. PORT moves it from port 8000.",
    )
    up.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prepare what is not prepared yet, then serve until a signal ends it."""
    migrate.compile_catalogues()
    commands.start_django()
    from django.conf import settings

    from palermo.config import environment

    if settings.PRODUCTION:
        raise commands.RefusedError(
            "`palermo up` is for a laptop. In production run gunicorn and `palermo worker`, as docs/operators.md says.",
            commands.WRONG_USE,
        )
    port = int(str(environment.read()["PORT"]))
    _refuse_taken(port)
    with commands.told_of_the_database():
        _prepare()
    for wanted in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, _stop)
    return _serve(port)


def _say(words: str) -> None:
    print(f"· {words}", flush=True)


def _prepare() -> None:
    from django.db import connections

    if migrate.database_is_behind():
        _say("Preparing the database")
        migrate.migrate_database(quietly=True)
    if migrate.static_files_are_behind():
        _say("Collecting static files")
        migrate.collect_static_files()
    for told in sample.load_sample():
        _say(told)
    if not report.sample_report_files():
        _say("Making the annual report of the sample in every format")
        report.make_sample_report()
    connections.close_all()


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise commands.RefusedError(
                f"Port {port} cannot be used: {error.strerror}. Choose another one: PORT={port + 1} make up"
            ) from error


def _serve(port: int) -> int:
    """Run server and worker; each in a session of its own, so that Ctrl-C reaches them through us, once."""
    web = [sys.executable, "-m", "gunicorn", "palermo.config.wsgi:application", "--bind", f"{HOST}:{port}"]
    web += ["--preload", "--workers", "2", "--threads", "4", "--log-level", "warning", "--no-control-socket"]
    work = [sys.executable, "-m", "palermo.cli", "worker"]
    children: list[subprocess.Popen[bytes]] = []
    try:
        children += [subprocess.Popen(web, start_new_session=True)]  # noqa: S603 - our own words
        _wait_for(port, children[0])
        children += [subprocess.Popen(work, start_new_session=True)]  # noqa: S603
        _tell(port)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        print("The server or the worker ended by itself, so all of it ends.", file=sys.stderr)
        return commands.FAILED
    except KeyboardInterrupt:
        print("\n· Stopped.", flush=True)
        return commands.DONE
    finally:
        _end(children)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait_for(port: int, web: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers.

    Raises:
        RefusedError: it ended, or does not answer in time.
    """
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and web.poll() is None:
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/health", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise commands.RefusedError("The server did not start; what it says above tells why.")


def _tell(port: int) -> None:
    print(f"\nPalermo is at http://{HOST}:{port}/", flush=True)
    print(f"Sign in at http://{HOST}:{port}/en/account/login/ with")
    for line in sample.sign_in_file().read_text().splitlines():
        print(f"    {line}")
    print("The annual report:")
    for path in report.sample_report_files():
        print(f"    {path}")
    print("Ctrl-C stops it.", flush=True)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(ENDED_WITHIN)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
