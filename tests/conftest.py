"""What every test may use, and the database that tests run on."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import hypothesis
import pytest

from palermo.commands.migrate import compile_catalogues
from tests.houses import MODELS, bare

if TYPE_CHECKING:
    import pytest_django
    from django.core.management.color import Style
    from django.db.backends.sqlite3.operations import DatabaseOperations

DATA = Path(tempfile.mkdtemp(prefix="palermo-tests-"))
(DATA / "static").mkdir()
os.environ["PALERMO_DATA"] = str(DATA)
os.environ["PALERMO_MODE"] = "laptop"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["PALERMO_SECOND_FACTOR"] = "no"
# Named here and not in pyproject.toml, where it would be read before the lines above; and not left behind, or the
# processes of xdist would read it before these lines and share one folder.
os.environ["DJANGO_SETTINGS_MODULE"] = "palermo.config.settings"
# French pages are tested with the catalogue of today; what is compiled of it is not kept with the code.
compile_catalogues()
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]

# What is tested is not the speed of the machine: on a busy one, an example that takes 50 ms can take a second.
hypothesis.settings.register_profile("unhurried", hypothesis.settings.default, deadline=None)
hypothesis.settings.load_profile("unhurried")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only` runs what a further kind of database could make fail."""
    parser.addoption("--database-only", action="store_true", help="only the tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, where asked, what never touches a database."""
    if not config.getoption("--database-only"):
        return
    using = [item for item in items if _uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _uses_database(item)])
    items[:] = using


def pytest_collection_finish() -> None:
    """Take the collecting of garbage into our own hands.

    Modules, models and tests stay to the end and are many: looking through them again and again took a seventh of the
    time of a typical test.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


@pytest.fixture(scope="session")
def tests_done() -> Iterator[int]:
    """How many tests this process has run, each time that it is asked."""
    return count(1)


@pytest.fixture(autouse=True)
def garbage_collected(tests_done: Iterator[int]) -> Iterator[None]:
    """Collect what lies around after every fiftieth test, so that memory stays bounded.

    What is still there then stays to the end as well, and is not looked through again.
    """
    yield
    if next(tests_done) % 50 == 0:
        gc.collect()
        gc.freeze()


def _uses_database(item: pytest.Item) -> bool:
    fixtures: Iterable[str] = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(fixtures))


def pytest_unconfigure() -> None:
    """Remove what the tests wrote."""
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, one for all processes of this run, of installations that are made once and then copied."""
    if named := os.environ.get(MODELS):
        return Path(named)
    base = tmp_path_factory.getbasetemp()
    # Each process of xdist has a folder of its own within that of the run.
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def bare_data(models: Path) -> Path:
    """The data of an installation that is set up and holds nothing, to be copied."""
    return bare(models)


def _on_sqlite() -> bool:
    from django.conf import settings

    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, request: pytest.FixtureRequest) -> None:
    """Put SQLite's test database in a file, a copy of one that is migrated.

    Each thread then has a connection of its own and waits for the others, as in use; connections to a database in
    memory share its one connection, and with it each other's transactions. Migrating takes longer than copying.
    """
    from django.conf import settings

    if _on_sqlite():
        shutil.copy(request.getfixturevalue("bare_data") / "palermo.sqlite3", DATA / "test.sqlite3")
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(DATA / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """Keep what is in SQLite's file and migrate it further, if there is anything to migrate."""
    return django_db_keepdb or _on_sqlite()


@pytest.fixture(scope="session", autouse=True)
def flush_past_triggers() -> Iterator[None]:
    """Let SQLite empty its tables after a test with transactions of its own.

    It has no TRUNCATE, so that Django deletes row by row, and append-only tables refuse that. Their triggers are taken
    away and put back around it, in the same transaction.
    """
    from django.db.backends.sqlite3.base import DatabaseWrapper

    plain = DatabaseWrapper.ops_class.sql_flush

    def sql_flush(self: DatabaseOperations, style: Style, tables: Sequence[str], **options: Any) -> list[str]:  # noqa: ANN401
        with self.connection.cursor() as cursor:
            triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        return [*drop, *plain(self, style, tables, **options), *(sql for _name, sql in triggers)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseWrapper.ops_class, "sql_flush", sql_flush)
        yield


@pytest.fixture(scope="module")
def database_of_module(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """A transaction around all tests of a module, for what they read and do not make themselves.

    Each test has its own transaction within it, so that whatever it writes is gone for the next one. Not for modules
    with a test that commits (`transaction=True`) or that reads the database from another process.
    """
    from django.db import transaction
    from django.utils.translation import activate

    activate("en")
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> Iterator[None]:
    """Serve static files from where they lie, since tests collect none."""
    from django.conf import settings
    from django.test import override_settings

    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": storage}):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords once instead of a million times; what is tested is not the hash."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published source documents and standards; tests that need it skip where it is not there."""
    here = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("PALERMO_SHARED", here.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip("the published source documents are not on this machine (PALERMO_SHARED)")
    return folder


@pytest.fixture(autouse=True)
def english() -> None:
    """Begin in English: a page made in French leaves its language behind in the thread."""
    from django.utils.translation import activate

    activate("en")
