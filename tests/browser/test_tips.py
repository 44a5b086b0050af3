"""What is told in a real browser is found nowhere in the clear, and the desk reads it; with scripts and without."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.recording import Line, listened_to
from tests.browser.serving import House
from tests.browser.test_accessibility import judged
from tests.browser.visiting import LANGUAGES, Visit, findings, too_wide

CANARY = "canary-of-the-quay-8265"
ANSWER = "canary-of-the-answer-5519"
QUESTION = "Which day was it?"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg=="
)


class Read(TypedDict):
    """What a member reads of one message: the texts, and the name and size of each file."""

    texts: dict[str, str]
    files: list[tuple[str, int]]


@dataclass
class Desk:
    """A house with a desk in it, and the line to it; the private key of its member lies elsewhere."""

    house: House
    key: Path
    line: Line

    def read(self) -> list[Read]:
        """What the member opens."""
        told: list[Read] = json.loads(self._run("read"))
        return told

    def ask(self, words: str) -> None:
        """Ask everybody who has a box."""
        self._run("ask", words)

    def _run(self, what: str, *words: str) -> str:
        return self.house.run("-m", "tests.browser.tips_world", what, str(self.key), *words)


@pytest.fixture(scope="module")
def desk(bare_house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    base = tmp_path_factory.mktemp("desk")
    (base / "temporary").mkdir()
    settings = {"DJANGO_SETTINGS_MODULE": "palermo.config.settings", "TMPDIR": str(base / "temporary")}
    house = House(bare_house.copied(base / "data").data, settings)
    key = tmp_path_factory.mktemp("member") / "key.der"
    house.run("-m", "tests.browser.tips_world", "desk", str(key))
    with house.served() as address, listened_to(address) as line:
        yield Desk(house, key, line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_told_is_read_by_the_desk_and_by_nobody_else(
    browser: Browser, desk: Desk, language: str, javascript: bool, tmp_path: Path
) -> None:
    desk.line.sent.clear()
    before = len(desk.read())
    picture = tmp_path / "gate.png"
    # So large that Django would write it to a file, if it were let.
    comment = b"Comment\0" + CANARY.encode() + bytes(3_000_000)
    picture.write_bytes(PIXEL[:33] + chunk(b"tEXt", comment) + PIXEL[33:])
    with Visit(browser, desk.line.address, javascript=javascript, width=360, language=language) as visit:
        visit.go("/tell/")
        wrong = judged(visit) if javascript else []
        receipt = _tell(visit.page, picture, javascript=javascript)
        wrong += seen(visit.page) if javascript else []
        desk.ask(QUESTION)
        visit.go("/tell/box/")
        wrong += judged(visit) if javascript else []
        visit.page.locator("#receipt").fill(receipt)
        visit.page.locator("form[data-box] button").click()
        expect(visit.page.locator("main")).to_contain_text(QUESTION)
        wrong += seen(visit.page) if javascript else []
        visit.page.locator("#answer").fill(ANSWER)
        visit.page.locator("button:visible").last.click()
        expect(visit.page.locator("main [role=status]:visible").first).to_be_visible()
        assert (wrong, visit.complaints, visit.context.cookies()) == ([], [], [])
    told = desk.read()[before:]
    file = ["picture-1.png", len(PIXEL)] if javascript else ["gate.png", picture.stat().st_size]
    assert [one["files"] for one in told] == [[file], []]  # type: ignore[comparison-overlap] # JSON has no tuples
    assert [one["texts"] for one in told] == [{"what": CANARY, "where": "Halifax"}, {"answer": ANSWER}]
    words = [CANARY, ANSWER, QUESTION, receipt]
    assert found_in(words, b"".join(desk.line.sent)) == ([] if javascript else [CANARY, ANSWER, receipt])
    assert found_on_disk(words, desk) == []


def test_a_page_that_is_loaded_anew_sends_nothing_twice(browser: Browser, desk: Desk) -> None:
    before = len(desk.read())
    with Visit(browser, desk.line.address, javascript=False) as visit:
        visit.go("/tell/")
        visit.page.locator("#what").fill("Once is enough.")
        visit.page.locator("#contact-box").check()
        visit.page.locator("[data-send]").click()
        receipt = visit.page.locator("[data-receipt]").inner_text()
        visit.page.reload()
        expect(visit.page.locator("main")).to_contain_text("was not sent a second time")
        assert receipt not in visit.page.content()
    assert len(desk.read()) == before + 1


def seen(page: Page) -> list[str]:
    """What is wrong with a page on which a script has moved on."""
    return [*findings(page), *too_wide(page)]


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG; nobody here reads its sum."""
    return len(content).to_bytes(4, "big") + name + content + bytes(4)


def _tell(page: Page, picture: Path, *, javascript: bool) -> str:
    """Fill in the form, and return the receipt."""
    forward = page.locator("[data-next]")
    for name, words in (("what", CANARY), ("where", "Halifax")):
        while javascript and not page.locator(f"#{name}").is_visible():
            forward.click()
        page.locator(f"#{name}").fill(words)
    while javascript and not page.locator("#files").is_visible():
        forward.click()
    page.locator("#files").set_input_files(picture)
    while javascript and forward.is_visible():
        forward.click()
    page.locator("#contact-box").check()
    page.locator("[data-send]").click()
    expect(page.locator("[data-receipt]")).to_be_visible()
    return page.locator("[data-receipt]").inner_text()


def found_in(words: list[str], content: bytes) -> list[str]:
    """Which words stand somewhere, also as they are written in addresses, in base64 and for Windows."""
    return [word for word in words if any(one in content for one in _spellings(word))]


def _spellings(word: str) -> Iterator[bytes]:
    yield word.encode()
    yield word.replace(" ", "+").encode()
    yield word.replace(" ", "%20").encode()
    yield word.encode("utf-16-le")
    for shift in range(3):
        # Whatever stands before it, the middle of it is written in one of three ways.
        yield base64.b64encode(bytes(shift) + word.encode())[4 * bool(shift) + 4 : -8]


def found_on_disk(words: list[str], desk: Desk) -> list[tuple[str, list[str]]]:
    """The files of the house, its temporary folder and a backup of it that hold one of these words."""
    backup = desk.house.data.parent / f"backup-{len(list(desk.house.data.parent.iterdir()))}"
    desk.house.run("-m", "palermo.cli", "backup", str(backup))
    files = [path for path in desk.house.data.parent.rglob("*") if path.is_file()]
    assert any(path.name.startswith("palermo.sqlite3") for path in files)
    assert any(path.name.startswith("server-") for path in files)
    found = ((str(path), found_in(words, path.read_bytes())) for path in files)
    return [one for one in found if one[1]]


def test_a_word_is_found_however_it_is_written() -> None:
    for content in (CANARY.encode(), base64.b64encode(b"ab" + CANARY.encode() + b"cd"), CANARY.encode("utf-16-le")):
        assert found_in([CANARY], b"..." + content + b"...") == [CANARY]
    assert found_in([CANARY], b"canary-of-the-quay") == []
