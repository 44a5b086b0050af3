"""The map of Canada and how it was made."""

from __future__ import annotations

import importlib.util
import math
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

from palermo.foundation.jurisdictions import jurisdictions
from palermo.site import maps
from palermo.site.maps import MapValue, canada, regions

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make_map.py"
spec = importlib.util.spec_from_file_location("make_map", SCRIPT)
assert spec is not None
assert spec.loader is not None
make_map = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make_map)

VALUES = [
    MapValue("CA-AB", "A plan with statuses", 3, "/en/plans/ab/"),
    MapValue("CA-ON", "A plan", 2),
]


def drawn(values: list[MapValue]) -> str:
    """The figure as a page shows it."""
    return Template("{% load components %}{% canada_map values caption='Plans by place' %}").render(
        Context({"values": values})
    )


def test_the_map_has_every_province_and_territory_once() -> None:
    codes = [outline.code for outline in canada().outlines]
    assert len(codes) == 13
    assert set(codes) == {place.code for place in jurisdictions().values() if place.kind in ("province", "territory")}


@pytest.mark.parametrize("outline", canada().outlines, ids=lambda outline: str(outline.code))
def test_an_outline_lies_on_the_sheet(outline: maps.Outline) -> None:
    assert re.fullmatch(r"(M\d+ \d+l[-\d ]+z)+", outline.path)
    for ring in outline.path.split("z")[:-1]:
        start, _, steps = ring[1:].partition("l")
        x, y = (int(part) for part in start.split())
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        assert len(numbers) % 2 == 0
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + down
            assert 0 <= x <= canada().width
            assert 0 <= y <= canada().height


def test_places_lie_as_on_any_map() -> None:
    at = {outline.letters: outline for outline in canada().outlines}
    assert at["BC"].label_x < at["AB"].label_x < at["SK"].label_x < at["ON"].label_x < at["NS"].label_x
    assert at["NU"].label_y < at["MB"].label_y


def test_the_map_is_small() -> None:
    assert (Path(maps.__file__).parent / "data" / "canada.json").stat().st_size < 40_000


def test_a_region_with_an_address_is_a_link_that_says_what_it_is() -> None:
    text = drawn(VALUES)
    assert '<a href="/en/plans/ab/" class="level-3" aria-label="Alberta: A plan with statuses">' in text
    assert text.count("<path ") == 13
    assert "style=" not in text


def test_the_table_behind_the_map_says_everything() -> None:
    text = drawn(VALUES)
    assert '<th scope="row"><a href="/en/plans/ab/">Alberta</a></th><td>A plan with statuses</td>' in text
    assert '<th scope="row">Ontario</th><td>A plan</td>' in text
    assert text.count("<td>Nothing is recorded</td>") == 11


def test_places_have_their_names_in_the_language_of_the_reader() -> None:
    with override("fr"):
        assert "Île-du-Prince-Édouard" in [region.name for region in regions([])]


def test_the_projection_is_true_along_its_parallels() -> None:
    for latitude in (49, 77):
        x, _ = make_map.lambert(math.degrees(make_map.MIDDLE) + 0.001, latitude)
        assert x == pytest.approx(math.radians(0.001) * math.cos(math.radians(latitude)), rel=1e-6)


def test_the_projection_keeps_angles() -> None:
    here, east, north = (make_map.lambert(-110, 60), make_map.lambert(-109.9999, 60), make_map.lambert(-110, 60.0001))
    across = (east[0] - here[0], east[1] - here[1])
    along = (north[0] - here[0], north[1] - here[1])
    assert across[0] * along[0] + across[1] * along[1] == pytest.approx(0, abs=1e-15)
    assert math.hypot(*across) == pytest.approx(math.hypot(*along) * math.cos(math.radians(60)), rel=1e-4)


def test_simplifying_drops_the_least_telling_points_and_keeps_the_ends() -> None:
    line = [(0.0, 0.0), (1.0, 0.1), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    assert make_map.simplified(line, 1.0) == [(0.0, 0.0), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    assert make_map.simplified(line, 0.0) == line


def test_a_border_is_one_line_for_both_neighbours() -> None:
    arcs = {0: [(0.0, 0.0), (1.0, 1.0)], 1: [(1.0, 1.0), (2.0, 0.0), (0.0, 0.0)]}
    assert make_map.joined([0, 1], arcs) == [(0.0, 0.0), (1.0, 1.0), (2.0, 0.0)]
    assert make_map.joined([~1, ~0], arcs) == [(0.0, 0.0), (2.0, 0.0), (1.0, 1.0)]
