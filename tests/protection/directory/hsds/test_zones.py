"""By which clock a place goes: that of its own province, also beside a border."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from palermo.protection.directory.hsds.places import Point, _rows, found, zone_at

SUMMER, WINTER = datetime(2026, 7, 1), datetime(2026, 1, 15)
NOUVELLE, NATASHQUAN, RESOLUTE = Point(48.131, -66.317), Point(50.185, -61.815), Point(74.697, -94.829)


def hours_behind(zone: str) -> tuple[float, float]:
    """How far its clocks are behind UTC in winter and in summer."""
    there = ZoneInfo(zone)
    winter, summer = ((moment.replace(tzinfo=there).utcoffset() or timedelta()) for moment in (WINTER, SUMMER))
    return -winter / timedelta(hours=1), -summer / timedelta(hours=1)


@pytest.mark.parametrize(
    ("place", "behind"),
    [
        # Legal Time Act of Quebec (CQLR, c. T-5.1): Listuguj goes with New Brunswick and its neighbours do not; east of
        # the Minganie it is Atlantic standard time all year.
        ("Listuguj, QC", (4, 3)),
        ("Pointe-à-la-Croix, QC", (5, 4)),
        ("Matapédia, QC", (5, 4)),
        ("Nouvelle, QC", (5, 4)),
        ("Natashquan, QC", (5, 4)),
        ("Blanc-Sablon, QC", (4, 4)),
        ("Chevery, QC", (4, 4)),
        ("Îles-de-la-Madeleine, QC", (4, 3)),
        ("Forteau, NL", (3.5, 2.5)),
        ("Cartwright, NL", (4, 3)),
        ("Campbellton, NB", (4, 3)),
        # Two communities of Ontario beside Atikokan keep Eastern standard time all year.
        ("Pickle Lake, ON", (5, 5)),
        ("Mishkeegogamang, ON", (5, 5)),
        ("Sandy Lake, ON", (6, 5)),
        ("Big Trout Lake, ON", (6, 5)),
        ("Eabametoong, ON", (5, 4)),
        ("Kashechewan, ON", (5, 4)),
        # Around Lloydminster and beside Flin Flon, Saskatchewan goes with its neighbours.
        ("Cumberland House, SK", (6, 6)),
        ("Creighton, SK", (6, 5)),
        ("Denare Beach, SK", (6, 5)),
        ("Lloydminster, SK", (7, 6)),
        ("Maidstone, SK", (7, 6)),
        ("La Loche, SK", (6, 6)),
        ("Uranium City, SK", (6, 6)),
        ("Resolute, NU", (6, 5)),
        ("Arctic Bay, NU", (5, 4)),
        ("Grise Fiord, NU", (5, 4)),
        ("Coral Harbour, NU", (5, 5)),
        ("Kugaaruk, NU", (7, 6)),
        ("Whale Cove, NU", (6, 5)),
        ("Ulukhaktok, NT", (7, 6)),
    ],
)
def test_places_have_the_clock_of_their_province(place: str, behind: tuple[float, float]) -> None:
    there = found(place)[0]
    assert hours_behind(zone_at(there.point, there.province)) == behind


def test_every_place_of_the_gazetteer_keeps_the_clock_that_it_has_there() -> None:
    for row in _rows():
        point = Point(float(row["latitude"]), float(row["longitude"]))
        assert hours_behind(zone_at(point, row["province"])) == hours_behind(row["zone"]), row["name"]


def test_where_nobody_knows_the_province_the_nearest_place_of_all_says_the_zone() -> None:
    assert zone_at(NOUVELLE) == "America/Moncton"
    assert zone_at(NOUVELLE, "QC") == "America/Toronto"
    assert hours_behind(zone_at(RESOLUTE)) == hours_behind(zone_at(RESOLUTE, "NU")) == (6, 5)
    assert hours_behind(zone_at(NATASHQUAN)) == (5, 4)
