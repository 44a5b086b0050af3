"""Provinces by the names that people write."""

from __future__ import annotations

import pytest
from pypostalcode import PostalCodeDatabase

from palermo.protection.directory.hsds.confidential import plain
from palermo.protection.directory.hsds.profile import PROVINCES
from palermo.protection.directory.hsds.provinces import BY_NAME, province_of


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("ON", "ON"), ("on", "ON"), ("Ontario", "ON"), ("Ont.", "ON"), ("QUÉBEC", "QC"), ("Que", "QC"), ("N.-É.", "NS"),
        ("Î.-P.-É.", "PE"), ("Île-du-Prince-Édouard", "PE"), ("Newfoundland & Labrador", "NL"), ("T. N.-O.", "NT"),
        ("Colombie-Britannique", "BC"), (" Sask. ", "SK"), ("Territoire du Yukon", "YT"),
        ("", ""), ("Toronto", ""), ("NY", ""), ("Canada", ""), ("ON QC", ""),
    ],
)  # fmt: skip
def test_a_province_is_known_however_it_is_written(written: str, short: str) -> None:
    assert province_of(written) == short


def test_every_province_is_known_and_nothing_else() -> None:
    assert set(BY_NAME.values()) == set(PROVINCES)
    assert all(plain(name) == name for name in BY_NAME)
    rows = PostalCodeDatabase().conn_manager.query("SELECT DISTINCT province FROM PostalCodes")
    assert {province_of(name) for (name,) in rows} == set(PROVINCES)
