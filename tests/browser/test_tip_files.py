"""Files at the desk in a real browser: pictures can be saved without what they say besides, and the rest as it is."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visits
from tests.browser.serving import House
from tests.browser.test_tip_desk import to_the_tip, with_passphrase
from tests.browser.test_tip_pictures import SECRET, jpeg, png
from tests.browser.test_tips import seen

TELL = """
import sys
from pathlib import Path
import django
django.setup()
from palermo.prosecution.tips.actions.sealing_here import seal_and_keep
from palermo.prosecution.tips.envelopes.bundle import File, Told
from palermo.prosecution.tips.models import Desk
files = [File(path.name, "", path.read_bytes()) for path in map(Path, sys.argv[1:])]
seal_and_keep(desk=Desk.objects.get(), language="en", told=Told({"what": "Look."}, files), wants_box=False)
"""


def saved(link: Locator) -> tuple[str, bytes]:
    """Under what name a link saves something, and what that is."""
    with link.page.expect_download() as waiting:
        link.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_pictures_are_saved_without_metadata_where_they_can_be_read(
    visit: Visits, desk_house: House, desk_site: str, tmp_path: Path
) -> None:
    whole, drawing = jpeg(), png()
    files = {"IMG_20261130.jpg": whole, "map.png": drawing, "cut.jpg": whole[:400], "note.txt": b"Friday"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    window = visit(at=desk_site)
    with_passphrase(window)
    desk_house.run("-c", TELL, *(str(tmp_path / name) for name in files))
    page = to_the_tip(window)
    lines = page.locator("[data-files] li")
    expect(lines).to_have_count(4)
    kept = [saved(one.get_by_role("link").first) for one in lines.all()]
    assert kept == list(files.items())

    bare = [one.get_by_role("link", name="Save without metadata") for one in lines.all()]
    assert [one.count() for one in bare] == [1, 1, 0, 0]
    for link, name, before in zip(bare[:2], ("picture-1.jpg", "picture-2.png"), (whole, drawing), strict=True):
        called, content = saved(link)
        assert (called, SECRET in before, SECRET in content) == (name, True, False)
        assert b"2026:11:30" not in content
        first, second = (Image.open(io.BytesIO(one)).convert("RGB").tobytes() for one in (before, content))
        assert first == second
    unread = [one.locator("[data-unread]").is_visible() for one in lines.all()]
    assert unread == [False, False, True, False]
    expect(page.locator("[data-pictures]")).to_be_visible()
    assert seen(page) == []


def test_without_pictures_nothing_is_said_of_metadata(
    visit: Visits, desk_house: House, desk_site: str, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_bytes(b"Friday")
    window = visit(at=desk_site)
    with_passphrase(window)
    desk_house.run("-c", TELL, str(tmp_path / "note.txt"))
    page = to_the_tip(window)
    expect(page.locator("[data-files] li")).to_have_count(1)
    expect(page.locator("[data-pictures]")).to_be_hidden()
    expect(page.get_by_role("link", name="Save without metadata")).to_have_count(0)
