"""A fresh house for each size that is measured: a process, a folder and a database of its own."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable


def in_a_fresh_house(run: Callable[[int], None], size: int) -> None:
    """Run a measurement where nothing was kept of another one. `BENCH_DATABASE_URL` names another database.

    Raises:
        SystemExit: the measurement failed.
    """
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        with tempfile.TemporaryDirectory(prefix="palermo-bench-") as folder:
            os.environ["PALERMO_DATA"] = folder
            os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "")
            os.environ["PALERMO_SECOND_FACTOR"] = "no"
            os.environ["DJANGO_SETTINGS_MODULE"] = "palermo.config.settings"
            _prepare()
            run(size)
            sys.stdout.flush()
        os._exit(0)
    _, state = os.waitpid(child, 0)
    if state:
        sys.exit(1)


def _prepare() -> None:
    import django

    django.setup()
    logging.disable()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
