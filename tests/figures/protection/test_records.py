"""Records read as codes: from every kind of file the same, and every problem by its row."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from palermo.figures.protection import record_files
from palermo.figures.protection.fields import LARGEST_AMOUNT, Amount, texts
from palermo.figures.protection.record_files import RecordsError
from palermo.figures.protection.records import Column, Problem, ProblemKind, Reading, Records, read
from palermo.figures.protection.sealed import SealedReader, SealedWriter, new_key
from palermo.figures.protection.shapes import Dimension, ShapeError

from .record_samples import COLUMNS, PLACE, SEX, YEAR, csv_file, decoded, parquet_file

HEADER = "sex,year,Province of exploitation\n"
TEXT = HEADER + "F,2021,BC\n,2022,\nM,2023,QC\n"
MEANT = [("F", "2021", "BC"), ("X", "2022", "?"), ("M", "2023", "QC")]


def _read(text: str | bytes, columns: tuple[Column, ...] = COLUMNS, amount: Amount | None = None) -> Reading:
    return read(io.BytesIO(text.encode() if isinstance(text, str) else text), columns, amount=amount)


def _records(reading: Reading) -> Records:
    assert reading.records is not None, reading.counts
    return reading.records


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "\ufeff" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.rstrip("\n"),
        TEXT + "\n\n",
        TEXT.replace(",", ";"),
        TEXT.replace(",", "\t"),
        TEXT.replace("F", '"F"').replace("M,", " M ,"),
        "name," + TEXT.replace("\n", "\nnobody,").removesuffix("nobody,"),
        'sex,year,"Province of exploitation"\n' + TEXT.removeprefix(HEADER),
    ],
    ids=[
        "plain",
        "mark",
        "crlf",
        "no end",
        "blank lines",
        "semicolon",
        "tab",
        "quoted",
        "more columns",
        "quoted names",
    ],
)
def test_reads_csv_in_every_dress(text: str) -> None:
    reading = _read(text)
    assert decoded(_records(reading)) == MEANT
    assert (reading.rows, reading.problems) == (3, ())


def test_a_code_takes_one_byte_or_two() -> None:
    many = Column(Dimension.flat("many", [str(at) for at in range(300)]))
    found = _records(read(csv_file([["299", "F"], ["7", "M"]], [many, SEX]), [many, SEX]))
    assert [codes.dtype for codes in found.codes] == [np.uint16, np.uint8]
    assert found.codes[0].tolist() == [299, 7]
    assert len(found) == 2


def test_a_blank_line_is_a_record_where_there_is_one_column() -> None:
    assert decoded(_records(_read("sex\nF\n\nM\n", (SEX,)))) == [("F",), ("X",), ("M",)]


def test_problems_are_told_by_row_and_column() -> None:
    text = HEADER + "F,2021,BC\nQ,2021,BC\nF,,BC\nF,2021\nF,2022,West\nF,2021,BC,QC\nF,1999,BC\n"
    reading = _read(text)
    assert reading.records is None
    assert reading.rows == 7
    assert reading.problems == (
        Problem(3, "sex", ProblemKind.UNKNOWN),
        Problem(4, "year", ProblemKind.EMPTY),
        Problem(5, "", ProblemKind.FIELDS),
        Problem(6, PLACE.name, ProblemKind.SUM),
        Problem(7, "", ProblemKind.FIELDS),
        Problem(8, "year", ProblemKind.UNKNOWN),
    )
    assert reading.counts["year", ProblemKind.UNKNOWN] == 1
    assert reading.counts["", ProblemKind.FIELDS] == 2


def test_rows_are_numbered_over_many_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_files, "BLOCK_BYTES", 64)
    rows = [f"{'?' if at % 50 == 7 else 'F'},2021,BC" + (",more" if at % 30 == 4 else "") for at in range(400)]
    reading = _read(HEADER + "\n".join(rows))
    ragged = {at + 2 for at in range(400) if at % 30 == 4}
    unknown = {at + 2 for at in range(400) if at % 50 == 7} - ragged
    assert {problem.row for problem in reading.problems if problem.column == ""} == ragged
    assert {problem.row for problem in reading.problems if problem.column == "sex"} == unknown
    assert reading.rows == 400


def test_blank_lines_are_not_counted_as_rows() -> None:
    reading = _read("sex,year\nF,2021\n\n\nQ,2021\nF,2021\n\nF\n\nQ,2021\n", (SEX, YEAR))
    assert [(problem.row, problem.column) for problem in reading.problems] == [(3, "sex"), (5, ""), (6, "sex")]


def test_few_of_many_problems_are_told_and_all_are_counted() -> None:
    reading = _read(HEADER + "F,2021,BC\n" * 10 + "Q,2021,BC\n" * 5_000 + "F,2021\n" * 20)
    assert reading.counts == {("sex", ProblemKind.UNKNOWN): 5_000, ("", ProblemKind.FIELDS): 20}
    assert [problem.row for problem in reading.problems] == list(range(12, 1_012))


def test_bytes_that_are_no_text_are_told_by_row() -> None:
    text = TEXT.encode() + b"F,2021,Qu\xe9bec\n" + b"F\0,2021,QC\n"
    assert _read(text).problems == (
        Problem(5, PLACE.name, ProblemKind.NOT_UTF8),
        Problem(6, "sex", ProblemKind.UNKNOWN),
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"sex,year", "no_records"),
        (HEADER.encode(), "no_records"),
        (HEADER.encode() + b"\n\n", "no_records"),
        (b"sex,sex\nF,M\n", "same_names"),
        (b"sex,year,\nF,2021,\n", "nameless_column"),
        (b"\n,sex\nF,2021,\n", "header"),
        (",".join(map(str, range(1_001))).encode() + b"\n1\n", "too_many_columns"),
        (b"sex,ann\xe9e\nF,2021\n", "not_utf8"),
        (TEXT.encode("utf-16"), "not_utf8"),
        (TEXT.encode("utf-16-le"), "not_utf8"),
        (b"sex,year\nF,2021\n", "missing_column"),
        (b"PK\3\4" + b"sheet", "spreadsheet"),
        (b'"sex' + b"x" * 200_000 + b"\n", "header"),
        (b"x" * (1 << 20), "header"),
        (TEXT.encode() + b'F,"2021' + b"\nF,2021,BC" * 600_000, "long_row"),
        (TEXT.encode() + b"F,2021," + b"x" * (5 << 20), "long_row"),
        (TEXT.encode() + b'F,2021,"BC\n' + b"F,2021,BC\n" * 3, "open_quote"),
        (TEXT.encode() + b"F\n" * 10_001, "ragged"),
        (b"PAR1" + b"broken" * 10, "broken"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(content: bytes, code: str) -> None:
    with pytest.raises(RecordsError) as caught:
        _read(content)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    assert "2021" not in str(caught.value)


def test_more_rows_than_allowed_are_refused() -> None:
    with pytest.raises(RecordsError, match="more than 2 rows"):
        read(io.BytesIO(TEXT.encode()), COLUMNS, most_rows=2)
    assert read(io.BytesIO(TEXT.encode()), COLUMNS, most_rows=3).rows == 3


def test_amounts_are_whole_numbers_of_the_smallest_unit() -> None:
    text = 'sex,dollars\nF,12.5\nM,0\nF,3\nM,7.25\nF,"8,75"\n'
    found = _records(_read(text, (SEX,), Amount("dollars", decimals=2)))
    assert found.amounts is not None
    assert found.amounts.tolist() == [1250, 0, 300, 725, 875]


@pytest.mark.parametrize("field", ["-1", "1.234", "1e3", "", "twelve", "1 000", str(LARGEST_AMOUNT), "٣", "NaN"])
def test_what_is_no_amount_is_told_by_row(field: str) -> None:
    reading = _read(f"sex,dollars\nF,1\nM,{field}\n", (SEX,), Amount("dollars", decimals=2))
    assert reading.problems == (Problem(3, "dollars", ProblemKind.NUMBER),)
    assert reading.records is None


def test_a_sum_that_nothing_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RecordsError, match="more than can be held"):
        _read("sex,n\n" + f"F,{LARGEST_AMOUNT - 1}\n" * 470_000, (SEX,), Amount("n"))


def test_parquet_is_read_whatever_its_columns_are_made_of() -> None:
    texts = ["a", None, "b", "a"]
    kinds = {
        "text": pa.array(texts),
        "large": pa.array(texts, pa.large_string()),
        "bytes": pa.array([b"a", None, b"b", b"a"]),
        "dictionary": pa.array(texts).dictionary_encode(),
        "whole": pa.array([1, None, 2, 1], pa.int8()),
        "dictionary of whole": pa.array([1, None, 2, 1]).dictionary_encode(),
        "with point": pa.array([1.0, None, float("nan"), 1.5]),
        "decimal": pa.array([Decimal("1.00"), None, Decimal("2.50"), Decimal("100.00")]),
        "day": pa.array([date(2021, 4, 1), None, date(2022, 4, 1), date(2021, 4, 1)]),
        "yes": pa.array([True, None, False, True]),
        "nothing": pa.nulls(4),
    }
    codes = {
        **dict.fromkeys(("text", "large", "bytes", "dictionary"), ("a", "b")),
        **dict.fromkeys(("whole", "dictionary of whole"), ("1", "2")),
        "with point": ("1", "1.5"),
        "decimal": ("1", "2.5", "100"),
        "day": ("2021-04-01", "2022-04-01"),
        "yes": ("true", "false"),
        "nothing": (),
    }
    columns = [Column(Dimension.flat(name, [*known, "?"]), "?") for name, known in codes.items()]
    found = decoded(_records(read(parquet_file(pa.table(kinds), row_group_size=3), columns)))
    assert found == [
        ("a", "a", "a", "a", "1", "1", "1", "1", "2021-04-01", "true", "?"),
        ("?",) * 11,
        ("b", "b", "b", "b", "2", "2", "?", "2.5", "2022-04-01", "false", "?"),
        ("a", "a", "a", "a", "1", "1", "1.5", "100", "2021-04-01", "true", "?"),
    ]


def test_of_a_large_dictionary_only_what_a_batch_has_is_looked_at() -> None:
    fields = pa.DictionaryArray.from_arrays(
        pa.array([900, None, 3, 900], pa.int32()), [f"v{at}" for at in range(1_000)]
    )
    places, values = texts(fields)
    assert [values[place] for place in places.tolist()] == [b"v900", b"", b"v3", b"v900"]
    assert len(values) == 3


@pytest.mark.parametrize("kind", [pa.string(), pa.binary(), pa.large_string()])
def test_of_large_values_only_the_beginning_is_looked_at(kind: pa.DataType) -> None:
    assert texts(pa.array(["a", "b" * (5 << 20), None], kind))[1] == [b"a", b"b" * 1_000, b""]


def test_parquet_and_csv_give_the_same_records_and_problems() -> None:
    rows = [["F", "2021", "BC"], ["M", "2022", "QC"], ["F", "1999", "AB"]] * 3
    table = pa.table({column.name: [row[at] for row in rows] for at, column in enumerate(COLUMNS)})
    good = table.slice(0, 2)
    assert decoded(_records(read(parquet_file(good), COLUMNS))) == decoded(_records(read(csv_file(rows[:2]), COLUMNS)))
    problems = read(parquet_file(table, row_group_size=2), COLUMNS).problems
    assert [problem.row for problem in problems] == [3, 6, 9]
    assert [problem.row for problem in read(csv_file(rows), COLUMNS).problems] == [4, 7, 10]


@pytest.mark.parametrize("kind", [pa.list_(pa.string()), pa.struct([("a", pa.string())]), pa.timestamp("ns")])
def test_columns_of_more_than_one_value_are_refused(kind: pa.DataType) -> None:
    file = parquet_file(pa.table({"sex": pa.nulls(2, kind), "year": ["2021", "2022"]}))
    with pytest.raises(RecordsError, match="“sex” holds something other"):
        read(file, [SEX])
    assert decoded(_records(read(file, [YEAR]))) == [("2021",), ("2022",)]


def test_a_row_group_that_would_burst_memory_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    file = parquet_file(pa.table({"sex": ["F"] * 10_000, "year": [str(at) for at in range(10_000)]}))
    monkeypatch.setattr(record_files, "GROUP_BYTES", 20_000)
    assert len(_records(read(file, [SEX]))) == 10_000
    with pytest.raises(RecordsError, match="smaller row groups"):
        read(file, [SEX, YEAR])
    monkeypatch.setattr(record_files, "MOST_GROUPS", 3)
    with pytest.raises(RecordsError, match="more than 3 row groups"):
        read(parquet_file(pa.table({"sex": ["F"] * 8}), row_group_size=2), [SEX])


def test_a_broken_parquet_file_is_refused_wherever_it_breaks() -> None:
    whole = parquet_file(pa.table({"sex": ["F", "M"] * 500, "year": ["2021"] * 1_000})).getvalue()
    rng = np.random.default_rng(4)
    for _attempt in range(150):
        broken = bytearray(whole[: rng.integers(5, len(whole))] if rng.random() < 0.3 else whole)
        for place in rng.integers(4, len(broken), 3):
            broken[place] ^= 1 << int(rng.integers(8))
        with suppress(RecordsError):
            assert read(io.BytesIO(broken), [SEX, YEAR], most_rows=10_000).rows <= 10_000


def test_reads_from_a_sealed_file() -> None:
    file, key = io.BytesIO(), new_key()
    with SealedWriter(file, key) as writer:
        writer.write((TEXT * 1).encode() + b"F,2021,AB\n" * 20_000)
    reader = SealedReader(file, key)
    assert len(_records(read(reader, COLUMNS))) == 20_003
    assert not reader.closed


def test_a_description_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ShapeError, match="empty field"):
        Column(Dimension.flat("sex", ["F", "M"]), missing="X")
    with pytest.raises(ShapeError, match="at most"):
        Column(Dimension.flat("many", [str(at) for at in range(70_000)]))
    with pytest.raises(ShapeError, match="one code for each record"):
        Records((SEX, YEAR), (np.zeros(2, np.uint8), np.zeros(3, np.uint8)))
    with pytest.raises(ShapeError, match="no dimension"):
        _records(_read(TEXT)).of("age")
