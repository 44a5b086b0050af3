"""A fresh house for each measurement: a folder and a database of its own."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


def in_a_fresh_house(run: Callable[[int], None], size: int) -> None:
    """Run a measurement in a process of its own, where nothing was kept of another one.

    Raises:
        SystemExit: the measurement failed.
    """
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        with a_house():
            _prepare()
            run(size)
            sys.stdout.flush()
        os._exit(0)
    _, state = os.waitpid(child, 0)
    if state:
        sys.exit(1)


@contextmanager
def a_house() -> Iterator[None]:
    """An empty folder and database that the environment names, gone in the end.

    The database is a file in that folder. Where `BENCH_DATABASE_URL` names one of PostgreSQL, an empty one is made
    beside it, since a server keeps what a measurement before has left and its keys are gone with its folder.
    """
    with tempfile.TemporaryDirectory(prefix="palermo-bench-") as folder, _database() as address:
        os.environ |= {"PALERMO_DATA": folder, "DATABASE_URL": address}
        os.environ |= {"PALERMO_SECOND_FACTOR": "no", "DJANGO_SETTINGS_MODULE": "palermo.config.settings"}
        yield


@contextmanager
def _database() -> Iterator[str]:
    given = os.environ.get("BENCH_DATABASE_URL", "")
    if not given:
        yield ""
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = Identifier(own := f"palermo_bench_{os.getpid()}")
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(name))
        try:
            yield urlsplit(given)._replace(path=f"/{own}").geturl()
        finally:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _prepare() -> None:
    import django

    django.setup()
    logging.disable()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
