"""A real browser on the real site: it reaches nothing but this machine, and says what pages complain of.

The site runs once for all of these tests, in processes and with a database of its own; tests only add to it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from scripts.find_browser import find_browser
from tests.browser.people import COORDINATOR, PASSWORD, READER, SECRET, TWO_STEPS, one_time_code
from tests.browser.places import COORDINATORS, EVERYBODY, READERS, TWO_STEP_PEOPLE
from tests.browser.serving import House
from tests.browser.visiting import Place, Visit
from tests.houses import made_once

HERE = Path(__file__).parent
FLAGS = (
    # No word to anybody else: neither updates nor names to be looked up.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    # Small machines give little shared memory.
    "--disable-dev-shm-usage",
)

Visits: TypeAlias = Callable[..., Visit]
"""`visit(who=…, javascript=…, width=…, site=…)`: a window of its own; see the fixture."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser.

    The year comes first: it needs nothing of what another process meanwhile makes for all.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
    items.sort(key=lambda item: item.path != HERE / "test_year.py")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Playwright keeps an event loop in our thread, in which Django would refuse to use its database."""
    program = find_browser()
    if program is None:
        pytest.fail("there is no Chromium: run `scripts/setup test`")
    # Chromium's sandbox cannot be made by root, as whom containers run.
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield playwright.chromium.launch(executable_path=program, args=flags)


# -- The site --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def bare_house(bare_data: Path) -> House:
    """A house that is set up and holds nothing, to be copied."""
    return House(bare_data)


@pytest.fixture(scope="session")
def empty_site(bare_house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site without any plan."""
    with bare_house.copied(tmp_path_factory.mktemp("sites") / "empty").served() as address:
        yield address


@pytest.fixture(scope="session")
def broken_site(bare_house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose database is gone."""
    broken = bare_house.copied(tmp_path_factory.mktemp("sites") / "broken")
    (broken.data / "palermo.sqlite3").unlink()
    with broken.served() as address:
        yield address


@pytest.fixture(scope="session")
def made(bare_house: House, models: Path) -> Callable[[str], House]:
    """Makes the house of a world, a module beside this one, once for all processes; to be copied.

    What the world printed is `said.txt` in its folder.
    """

    def making(world: str) -> House:
        settings = {"DJANGO_SETTINGS_MODULE": "palermo.config.settings"}
        with made_once(models / world) as folder:
            if folder:
                new = House(bare_house.copied(folder).data, settings)
                (folder / "said.txt").write_text(new.run("-m", f"tests.browser.{world}"))
        return House(models / world, settings)

    return making


@pytest.fixture(scope="session")
def house(made: Callable[[str], House], tmp_path_factory: pytest.TempPathFactory) -> House:
    """The house with everything in it, this process's own."""
    return made("world").copied(tmp_path_factory.mktemp("sites") / "full")


@pytest.fixture(scope="session")
def places(house: House) -> list[Place]:
    """Every page in every state, as `places.py` lists them."""
    return [Place(**each) for each in json.loads((house.data / "said.txt").read_text())]


@pytest.fixture(scope="session")
def site(house: House) -> Iterator[str]:
    """The address of the site."""
    with house.served() as address:
        yield address


@pytest.fixture(scope="session")
def strict_site(house: House) -> Iterator[str]:
    """The address of the same site where a second factor is demanded."""
    with House(house.data, {"PALERMO_SECOND_FACTOR": "yes"}).served() as address:
        yield address


@pytest.fixture
def desk_house(made: Callable[[str], House], tmp_path: Path) -> House:
    """A house with a desk for tips and two members, who have no key yet."""
    return made("tip_desk_world").copied(tmp_path / "desk")


@pytest.fixture
def desk_site(desk_house: House) -> Iterator[str]:
    """Its address under a name: no passkey belongs to a number."""
    with desk_house.served() as address:
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture
def way_house(made: Callable[[str], House], tmp_path: Path) -> House:
    """A house with two desks for tips, of two members each."""
    return made("tip_way_world").copied(tmp_path / "way")


@pytest.fixture
def way_site(way_house: House) -> Iterator[str]:
    """Its address."""
    with way_house.served() as address:
        yield address


# -- Windows ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def signed_in(browser: Browser, site: str) -> dict[str, StorageState | None]:
    """Cookies of who has signed in through the page, by who that is in `places.py`."""
    states: dict[str, StorageState | None] = {EVERYBODY: None}
    for who, email in ((COORDINATORS, COORDINATOR), (READERS, READER), (TWO_STEP_PEOPLE, TWO_STEPS)):
        with Visit(browser, site) as visit:
            visit.sign_in(email, PASSWORD)
            if who == TWO_STEP_PEOPLE:
                visit.page.locator("input[name=code]").fill(one_time_code(SECRET))
                visit.page.locator("main form button").first.click()
            visit.page.wait_for_url("**/en/" if who == READERS else "**/work/")
            states[who] = visit.context.storage_state()
    return states


@pytest.fixture
def visit(browser: Browser, site: str, signed_in: dict[str, StorageState | None]) -> Iterator[Visits]:
    """Opens windows. At the end the test fails if any page in them complained; see `Visit`."""
    opened: list[Visit] = []

    def opening(
        who: str = EVERYBODY, *, javascript: bool = True, width: int = 1280, at: str = site, language: str = "en"
    ) -> Visit:
        opened.append(Visit(browser, at, signed_in[who], javascript=javascript, width=width, language=language))
        return opened[-1]

    yield opening
    for each in opened:
        each.close()
    assert [complaint for each in opened for complaint in each.complaints] == []
