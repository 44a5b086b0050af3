"""What a person is shown of a file before it is read."""

from __future__ import annotations

import io

import pyarrow as pa
import pytest

from palermo.figures.protection.description import Description, FoundColumn, describe
from palermo.figures.protection.record_files import RecordsError

from .record_samples import parquet_file


def test_tells_names_values_and_empty_fields() -> None:
    text = b"\xef\xbb\xbfsex;note\nM;\nF;a, b\n F ;\nF;caf\xe9\nF\n"
    assert describe(io.BytesIO(text)) == Description(
        5,
        1,
        (
            FoundColumn("sex", ("F", "M"), False, 0),
            FoundColumn("note", ("a, b", "caf\N{REPLACEMENT CHARACTER}"), False, 2),
        ),
    )


def test_stops_gathering_where_values_are_too_many_or_too_long() -> None:
    lines = "".join(f"person {at:04},{'x' * 300}\n" for at in range(2_000))
    found = describe(io.BytesIO(f"name,long\n{lines}".encode()), most_values=10)
    assert found.rows == 2_000
    assert found.columns[0].has_more
    assert len(found.columns[0].values) == 10
    assert found.columns[1].values == ("x" * 200,)


def test_exactly_as_many_values_as_are_shown_are_all() -> None:
    found = describe(parquet_file(pa.table({"n": [1, 2, 3, 2, None]}), row_group_size=2), most_values=3)
    assert found.columns == (FoundColumn("n", ("1", "2", "3"), False, 1),)


def test_leaves_columns_alone_that_hold_more_than_a_value() -> None:
    table = pa.table({"list": [["a"], []], "sex": ["F", "M"]})
    assert describe(parquet_file(table)).columns == (
        FoundColumn("list", (), False, 0, is_plain=False),
        FoundColumn("sex", ("F", "M"), False, 0),
    )


def test_refuses_what_is_too_long() -> None:
    with pytest.raises(RecordsError, match="more than 2 rows"):
        describe(io.BytesIO(b"sex\nF\nF\nM\n"), most_rows=2)
