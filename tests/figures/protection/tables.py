"""Tables to protect that hypothesis makes: one to three dimensions, with and without hierarchies, alone and linked."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from palermo.figures.protection.shapes import Dimension, Table, with_totals

Draw = st.DrawFn
SMALL = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5, 7, 9, 12, 30, 200])


@st.composite
def dimensions(draw: Draw, name: str) -> Dimension:
    """Two to four codes under a total, or regions with two or three provinces each."""
    if draw(st.booleans()):
        return Dimension.flat(name, [f"{name}{number}" for number in range(draw(st.integers(2, 4)))])
    parents: dict[str, str | None] = {"_T": None}
    for region in range(draw(st.integers(1, 2)) + 1):
        parents[f"{name}{region}"] = "_T"
        for province in range(draw(st.sampled_from([0, 2, 3]))):
            parents[f"{name}{region}{province}"] = f"{name}{region}"
    return Dimension.nested(name, parents)


@st.composite
def tables(draw: Draw) -> Table:
    """One table of small and large counts, many of them zero."""
    used = [draw(dimensions(name)) for name in "abc"[: draw(st.integers(1, 3))]]
    return _filled(draw, used)


@st.composite
def linked(draw: Draw) -> list[Table]:
    """Two tables over the same records that share one dimension."""
    whole = _filled(draw, [draw(dimensions(name)) for name in "abc"])
    a, b, c = whole.dimensions
    return [
        Table("one", (a, b), np.ascontiguousarray(np.take(whole.values, c.total, axis=2))),
        Table("two", (b, c), np.ascontiguousarray(np.take(whole.values, a.total, axis=0))),
    ]


def _filled(draw: Draw, used: list[Dimension]) -> Table:
    shape = tuple(len(dimension.leaves) for dimension in used)
    size = int(np.prod(shape))
    values = draw(st.lists(SMALL, min_size=size, max_size=size))
    return with_totals("table", used, np.array(values, dtype=np.int64).reshape(shape))
