"""Tables against a count by hand: one record after the other, up every code that it belongs to."""

from __future__ import annotations

import io
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.figures.protection import counting
from palermo.figures.protection.counting import add_up, count
from palermo.figures.protection.fields import Amount
from palermo.figures.protection.records import Records, read
from palermo.figures.protection.shapes import NO_PARENT, Dimension, ShapeError, Table

from .record_samples import COLUMNS, decoded, records_of

field_rows = st.lists(
    st.tuples(
        st.sampled_from(["F", "M", ""]),
        st.sampled_from(["2021", "2022", "2023"]),
        st.sampled_from(["BC", "AB", "QC", ""]),
    ),
    min_size=1,
    max_size=25,
)


def _upward(dimension: Dimension, code: str) -> list[int]:
    """A code and all that it rolls up to."""
    places, place = [], dimension.codes.index(code)
    while place != NO_PARENT:
        places.append(place)
        place = dimension.parents[place]
    return places


def _by_hand(records: Records, names: tuple[str, ...]) -> dict[tuple[int, ...], list[int]]:
    """The amounts of every cell, largest first."""
    found: dict[tuple[int, ...], list[int]] = {}
    at = [[column.dimension.name for column in records.columns].index(name) for name in names]
    amounts = [1] * len(records) if records.amounts is None else records.amounts.tolist()
    for codes, amount in zip(decoded(records), amounts, strict=True):
        for cell in product(*(_upward(records.columns[place].dimension, codes[place]) for place in at)):
            found.setdefault(cell, []).append(amount)
    return {cell: sorted(amounts, reverse=True) for cell, amounts in found.items()}


def _cells(table: Table) -> dict[tuple[int, ...], int]:
    return {cell: int(value) for cell, value in np.ndenumerate(table.values) if value}


@settings(max_examples=25, deadline=None)
@given(field_rows, st.sampled_from([("sex",), ("place", "sex"), ("year", "place"), ("sex", "year", "place")]))
def test_counts_as_by_hand(rows: list[tuple[str, ...]], names: tuple[str, ...]) -> None:
    records = records_of(rows)
    table = count(records, names, "made")
    assert _cells(table) == {cell: len(amounts) for cell, amounts in _by_hand(records, names).items()}
    assert table.name == "made"
    assert [dimension.name for dimension in table.dimensions] == list(names)


def _with_amounts(rows: list[tuple[str, ...]], amounts: list[int]) -> Records:
    lines = [",".join((*row, str(amount))) for row, amount in zip(rows, amounts, strict=False)]
    header = ",".join([*(column.name for column in COLUMNS), "dollars"])
    found = read(io.BytesIO("\n".join([header, *lines]).encode()), COLUMNS, amount=Amount("dollars")).records
    assert found is not None
    return found


@pytest.mark.parametrize("chunk", [4, 1 << 20])
@settings(max_examples=15, deadline=None)
@given(field_rows, st.lists(st.integers(0, 20), min_size=25, max_size=25), st.integers(1, 3))
def test_sums_as_by_hand(chunk: int, rows: list[tuple[str, ...]], amounts: list[int], largest: int) -> None:
    records = _with_amounts(rows, amounts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "CHUNK", chunk)
        table = add_up(records, ("sex", "place"), largest=largest)
    assert table.contributors is not None
    assert table.largest is not None
    by_hand = _by_hand(records, ("sex", "place"))
    for cell in np.ndindex(table.shape):
        gave = by_hand.get(cell, [])
        assert table.values[cell] == sum(gave)
        assert table.contributors[cell] == len(gave)
        assert table.largest[cell].tolist() == (gave + [0] * largest)[:largest]


def test_sums_are_exact_where_floating_point_is_not() -> None:
    table = add_up(_with_amounts([("F", "2021", "BC")] * 3, [9_007_199_254_740_993 // 1_000, 1, 1]), ("sex",))
    assert table.values.max() == 9_007_199_254_740_993 // 1_000 + 2
    with pytest.raises(ShapeError, match="no amounts"):
        add_up(records_of([("F", "2021", "BC")]), ("sex",))


def test_counts_by_coarser_codes_and_in_another_order() -> None:
    records = records_of([("F", "2021", "BC"), ("F", "2021", "AB"), ("M", "2021", "QC"), ("M", "2021", "")])
    regions = Dimension.flat("place", ["East", "?", "West"])
    assert count(records, [regions]).values.tolist() == [4, 1, 1, 2]
    assert count(records, ["year", regions]).values[0].tolist() == [4, 1, 1, 2]


@pytest.mark.parametrize(
    ("codes", "says"),
    [(["East", "West"], "twice or not at all"), (["East", "?", "West", "BC"], "twice"), (["East", "North"], "none")],
)
def test_codes_that_do_not_split_the_records_are_refused(codes: list[str], says: str) -> None:
    with pytest.raises(ShapeError, match=says):
        count(records_of([("F", "2021", "BC")]), [Dimension.flat("place", codes)])


def test_a_table_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    records = records_of([("F", "2021", "BC")])
    monkeypatch.setattr(counting, "MOST_CELLS", 30)
    assert count(records, ["sex", "place"]).shape == (4, 7)
    with pytest.raises(ShapeError, match="too large"):
        count(records, ["sex", "year", "place"])
    with pytest.raises(ShapeError, match="no dimension"):
        count(records, ["age"])
