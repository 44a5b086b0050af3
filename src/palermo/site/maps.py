"""The map of Canada: thirteen outlines made once by `scripts/make_map.py`, and what a page says of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from palermo.foundation.jurisdictions import jurisdiction

_FILE = Path(__file__).parent / "data" / "canada.json"
SMALL = {"CA-NB", "CA-NS", "CA-PE"}
"""Too small for its letters at the width of a phone."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A province or territory as SVG path data, and where its letters stand."""

    code: str
    path: str
    label_x: int
    label_y: int

    @property
    def letters(self) -> str:
        """The letters that the mail uses."""
        return self.code.removeprefix("CA-")

    @property
    def is_small(self) -> bool:
        """Whether the letters need a wide screen."""
        return self.code in SMALL


@dataclass(frozen=True, slots=True)
class CanadaMap:
    """The outlines and the size of the paper they are drawn on."""

    width: int
    height: int
    outlines: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class MapValue:
    """What a page says of one place: in words, as a level from 1 (least) to 3 (most), and where it leads."""

    code: str
    words: str
    level: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A place of the map with what is said of it; None where nothing is said."""

    outline: Outline
    name: str
    value: MapValue | None


@cache
def canada() -> CanadaMap:
    """The map, read once."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    outlines = (Outline(code, part["path"], *part["label"]) for code, part in data["regions"].items())
    return CanadaMap(data["width"], data["height"], tuple(outlines))


def regions(values: Sequence[MapValue]) -> list[Region]:
    """Every province and territory, in the order of the map, with its value where there is one."""
    by_code = {value.code: value for value in values}
    return [
        Region(outline, jurisdiction(outline.code).name.text, by_code.get(outline.code))
        for outline in canada().outlines
    ]
