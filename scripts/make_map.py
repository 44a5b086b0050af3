#!/usr/bin/env python3
"""Makes the map of Canada, once: `make_map.py TOPOJSON > src/palermo/site/data/canada.json`.

The argument is a TopoJSON file with Natural Earth's admin-1 units at 1:50 million (public domain), a layer named
`subunits` whose geometries have the postal code as `id` and `gu` "CAN"; `docs/decisions/the-map.md` says where ours
came from. Neighbours share their border as one arc, so that a border stays one line however coarse it becomes.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

# Lambert's conformal conic projection with the parallels of Statistics Canada's maps.
SOUTH, NORTH, MIDDLE = math.radians(49), math.radians(77), math.radians(-91.866667)
WIDTH = 600
"""Width of the map in its own units."""
DETAIL = 1.6
"""Points whose triangle with their neighbours is smaller than this many square units are left out."""
SMALLEST_ISLAND = 8.0
"""Islands smaller than this many square units are left out, but never the largest part of a province."""
MOVED = {"PE": (5, -12), "NS": (14, 4)}
"""Letters that would cover each other, and how far they are moved."""


def lambert(longitude: float, latitude: float) -> Point:
    """A point of the earth, in degrees, on a plane whose unit is the earth's radius; y grows southwards."""

    def stretch(angle: float) -> float:
        return math.tan(math.pi / 4 + angle / 2)

    cone = math.log(math.cos(SOUTH) / math.cos(NORTH)) / math.log(stretch(NORTH) / stretch(SOUTH))
    scale = math.cos(SOUTH) * stretch(SOUTH) ** cone / cone
    radius = scale / stretch(math.radians(latitude)) ** cone
    turn = cone * (math.radians(longitude) - MIDDLE)
    return radius * math.sin(turn), radius * math.cos(turn)


def triangle(a: Point, b: Point, c: Point) -> float:
    """The area of a triangle."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def ring_area(ring: list[Point]) -> float:
    """The area inside a closed ring."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def simplified(line: list[Point], smallest: float) -> list[Point]:
    """The line without its least telling points, after Visvalingam and Whyatt (1993); its ends stay."""
    before = list(range(-1, len(line) - 1))
    after = list(range(1, len(line) + 1))

    def entry(at: int) -> tuple[float, int]:
        return triangle(line[before[at]], line[at], line[after[at]]), at

    heap = [entry(at) for at in range(1, len(line) - 1)]
    heapq.heapify(heap)
    kept = set(range(len(line)))
    while heap and heap[0][0] < smallest:
        area, at = heapq.heappop(heap)
        if at not in kept or area != entry(at)[0]:
            continue
        kept.remove(at)
        after[before[at]], before[after[at]] = after[at], before[at]
        for neighbour in (before[at], after[at]):
            if 0 < neighbour < len(line) - 1:
                heapq.heappush(heap, entry(neighbour))
    return [line[at] for at in sorted(kept)]


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a quantised TopoJSON, projected."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append(lambert(x * scale_x + left, y * scale_y + bottom))
        arcs.append(arc)
    return arcs


def outer_rings(geometry: dict[str, Any]) -> list[list[int]]:
    """The outlines of a geometry as numbers of arcs; a negative number means backwards, from ~0."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [polygon[0] for polygon in polygons]


def joined(ring: list[int], arcs: dict[int, list[Point]]) -> list[Point]:
    """The points of a ring, without the last that repeats the first."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return points[:-1]


def written(rings: list[list[Point]]) -> str:
    """SVG path data in whole units, each ring from its first point by steps."""
    path = ""
    for ring in rings:
        whole = [(round(x), round(y)) for x, y in ring]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole)]
        moves = " ".join(f"{x} {y}" for x, y in steps if (x, y) != (0, 0))
        path += f"M{whole[0][0]} {whole[0][1]}l{moves}z"
    return path.replace(" -", "-")


def main(source: Path) -> None:
    """Prints the map as JSON: its size, and path and label point of each province and territory."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    units = [unit for unit in topology["objects"]["subunits"]["geometries"] if unit["properties"]["gu"] == "CAN"]
    every_arc = decoded(topology)
    used = {n if n >= 0 else ~n for unit in units for ring in outer_rings(unit) for n in ring}
    points = [point for number in used for point in every_arc[number]]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    grow = (WIDTH - 4) / (max(x for x, _ in points) - left)

    def placed(point: Point) -> Point:
        return (point[0] - left) * grow + 2, (point[1] - top) * grow + 2

    arcs = {number: simplified([placed(point) for point in every_arc[number]], DETAIL) for number in used}
    regions = {}
    for unit in sorted(units, key=lambda unit: str(unit["id"])):
        rings = sorted((joined(ring, arcs) for ring in outer_rings(unit)), key=ring_area, reverse=True)
        kept = rings[:1] + [ring for ring in rings[1:] if ring_area(ring) >= SMALLEST_ISLAND]
        x, y = placed(lambert(*unit["properties"]["ct"]))
        right, down = MOVED.get(unit["id"], (0, 0))
        regions[f"CA-{unit['id']}"] = {"path": written(kept), "label": [round(x) + right, round(y) + down]}
    height = max(placed(point)[1] for point in points) + 2
    out = {"width": WIDTH, "height": math.ceil(height), "regions": regions}
    json.dump(out, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"Usage: {Path(sys.argv[0]).name} TOPOJSON")
    main(Path(sys.argv[1]))
