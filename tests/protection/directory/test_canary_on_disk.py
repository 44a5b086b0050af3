"""No file of a house tells in the clear where hidden shelters are, neither its database nor what lies beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.browser.serving import House
from tests.protection.directory.canary import found_in

pytestmark = pytest.mark.slow


def test_no_file_tells_where_a_shelter_is(bare_data: Path, tmp_path: Path) -> None:
    """Looked through while the database is open, with its log beside it, and again once all of it is written.

    One of them was in the open before, so that its address had been written.
    """
    house = House(bare_data, {"DJANGO_SETTINGS_MODULE": "palermo.config.settings"}).copied(tmp_path / "house")
    told = json.loads(house.run("-m", "tests.protection.directory.canary_house"))
    assert {"palermo.sqlite3", "palermo.sqlite3-wal"} <= set(told["names"])
    assert (told["wrong"], told["is_there"]) == ([], True)
    after = [path for path in house.data.rglob("*") if path.is_file()]
    assert [each for path in after for each in found_in(path.name, path.read_bytes())] == []
