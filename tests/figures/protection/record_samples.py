"""Small made-up files of records, and columns described for them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.parquet

from palermo.figures.protection.records import Column, Records, read
from palermo.figures.protection.shapes import Dimension

SEX = Column(Dimension.flat("sex", ["F", "M", "X"]), missing="X")
YEAR = Column(Dimension.flat("year", ["2021", "2022", "2023"]))
PLACE = Column(
    Dimension.nested(
        "place", {"CA": None, "West": "CA", "BC": "West", "AB": "West", "East": "CA", "QC": "East", "?": "CA"}
    ),
    missing="?",
    header="Province of exploitation",
)
COLUMNS = (SEX, YEAR, PLACE)


def csv_file(rows: Iterable[Sequence[str]], columns: Sequence[Column] = COLUMNS) -> io.BytesIO:
    lines = [[column.name for column in columns], *rows]
    return io.BytesIO("".join(",".join(line) + "\n" for line in lines).encode())


def parquet_file(table: pa.Table, row_group_size: int | None = None) -> io.BytesIO:
    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file, row_group_size=row_group_size)
    return file


def records_of(rows: Iterable[Sequence[str]], columns: Sequence[Column] = COLUMNS) -> Records:
    found = read(csv_file(rows, columns), columns).records
    assert found is not None
    return found


def decoded(records: Records) -> list[tuple[str, ...]]:
    """Records as the codes that they stand for."""
    texts = [
        [column.leaf_codes[code] for code in codes.tolist()]
        for column, codes in zip(records.columns, records.codes, strict=True)
    ]
    return list(zip(*texts, strict=True))
