"""Every mistake is said with its cell, nothing is guessed, and no file takes more than its share of memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.figures.exchange import reading_rows
from palermo.figures.exchange.problems import CODES, OF_A_CELL, Place, Problem, RefusedError
from palermo.figures.exchange.reading import MAX_PROBLEMS, read_figures
from palermo.foundation.workbooks import MAX_FILE_BYTES
from tests.figures.exchange.shapes import GOOD, HEAD, PERMITS, read, sheet, text

MORE = (*HEAD, "unit", "series", "document", "page", "known_on")


def changed(**fields: str) -> tuple[str, ...]:
    """A good row with some fields changed."""
    good = dict(zip(MORE, (*GOOD, "", "", "", "", ""), strict=True))
    return tuple({**good, **fields}.values())


CASES: list[tuple[str, dict[str, str]]] = [
    ("number", {"value": "about 12"}),
    ("number", {"value": "1 25"}),
    ("number", {"value": "1,250,000"}),
    ("number", {"value": "1e9"}),
    ("number", {"value": "²"}),
    ("ambiguous_number", {"value": "1,250"}),
    ("fraction", {"value": "12,5"}),
    ("negative", {"value": "-3"}),
    ("too_large_number", {"value": "1" * 17}),
    ("too_fine", {"value": "1.00001"}),
    ("no_value", {"value": ""}),
    ("value_with_mark", {"mark": "suppressed"}),
    ("value_with_mark", {"mark": "Non disponible"}),
    ("mark", {"mark": "sure"}),
    ("no_code", {"sex": ""}),
    ("unknown_code", {"sex": "Femme"}),
    ("unknown_code", {"area": "CA-XX"}),
    ("date", {"starts_on": "1 April 2013"}),
    ("date", {"starts_on": "2013-02-30"}),
    ("date", {"ends_on": "04/03/2014"}),
    ("date", {"ends_on": ""}),
    ("date", {"starts_on": "0201-04-01"}),
    ("date", {"known_on": "soon"}),
    ("bad_span", {"ends_on": "2013-03-31"}),
    ("other_unit", {"unit": "case"}),
    ("other_series", {"series": "permits-refused"}),
    ("unknown_document", {"document": "doc-aa"}),
    ("too_long", {"page": "9" * 41}),
]


@pytest.mark.parametrize(("code", "fields"), CASES)
def test_a_mistake_is_told_with_its_place(code: str, fields: dict[str, str]) -> None:
    name = next(iter({"ends_on": ""} if code == "bad_span" else fields))
    name = "value" if code == "value_with_mark" else name
    [problem] = read(text(changed(), changed(**fields), head=MORE)).problems
    assert (problem.code, problem.place.line, problem.place.column, problem.place.cell) == (code, 3, name, "")
    letter = "ABCDEFGHIJK"[MORE.index(name)]
    [problem] = read(sheet(changed(), changed(**fields), head=MORE)).problems
    assert (problem.code, problem.place.cell) == (code, f"{letter}3")


def test_a_row_with_a_mistake_is_no_figure_and_others_are() -> None:
    reading = read(text(changed(), changed(sex="M", value="x"), changed(sex="_T"), head=MORE))
    assert [one.line for one in reading.figures] == [2, 4]
    assert [one.code for one in reading.problems] == ["number"]


def test_the_nearest_known_is_offered() -> None:
    [code] = read(text(changed(area="Quebecc"), head=MORE)).problems
    assert code.about["nearest"] == "CA-QC"
    [document] = read(text(changed(document="doc-bb"), head=MORE)).problems
    assert document.about["nearest"] == "doc-b"
    assert refused(text(GOOD, head=("starts_on", "ends_on", "sex", "area", "valeurs", "mark"))) == [
        Problem("unknown_column", Place(1, "valeurs"), {"written": "valeurs", "nearest": "value"}),
        Problem("missing_column", about={"name": "value"}),
    ]


def refused(data: bytes) -> list[Problem]:
    with pytest.raises(RefusedError) as error:
        read(data)
    assert {problem.code for problem in error.value.problems} <= CODES
    return list(error.value.problems)


def code(data: bytes) -> str:
    [problem] = refused(data)
    return problem.code


def test_a_figure_twice_names_the_first_line() -> None:
    reading = read(text(changed(), changed(value="13"), changed(document="doc-a"), head=MORE))
    assert [(one.code, one.place.line, one.about["line"]) for one in reading.problems] == [("twice", 3, "2")]
    assert [one.document for one in reading.figures] == ["", "doc-a"]


def test_signed_figures_and_fractions_pass_where_the_series_has_them() -> None:
    money = replace(PERMITS, is_whole=False, is_signed=True)
    assert not read(text(changed(value="-3.5"), head=MORE), money).problems


def test_formulas_broken_cells_and_strays_are_told() -> None:
    data = sheet((*GOOD[:4], "=1+1", "final"), (*GOOD[:4], "#REF!", "final", None, "note to self"))
    assert [(one.code, one.place.cell) for one in read(data).problems] == [
        ("formula", "E2"),
        ("stray", "H3"),
        ("broken", "E3"),
    ]
    assert [one.code for one in read(text((*GOOD, "more"))).problems] == ["stray"]


def test_sdmx_that_asks_for_what_cannot_be_done_is_refused() -> None:
    head = "STRUCTURE,STRUCTURE_ID,ACTION,SEX,AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT\n"
    rows = [
        "dataflow,X:PERMITS_ISSUED(1.0),D,F,_T,2013,1,A,PERMIT,0",
        "dataflow,X:PERMITS_ISSUED(1.0),I,F,_T,2014,1,A,PERMIT,3",
        "dataflow,X:CHARGES(1.0),I,F,_T,2015,1,A,PERMIT,0",
        "dataflow,X:PERMITS_ISSUED(1.0),I,F,_T,2016,1,A,CASE,0",
        "dataflow,X:PERMITS_ISSUED(1.0),I,F,_T,2016-W60,1,A,PERMIT,0",
        "dataflow,X:PERMITS_ISSUED(1.0),I,F,_T,2017,1,F,PERMIT,0",
        "dataflow,X:PERMITS_ISSUED(1.0),I,F,_T,2018,1,Q,PERMIT,0",
    ]
    problems = read((head + "\n".join(rows)).encode()).problems
    assert [(one.code, one.place.line, one.place.column) for one in problems] == [
        ("action", 2, "ACTION"),
        ("multiplied", 3, "UNIT_MULT"),
        ("other_series", 4, "STRUCTURE_ID"),
        ("other_unit", 5, "UNIT_MEASURE"),
        ("period", 6, "TIME_PERIOD"),
        ("mark", 7, "OBS_STATUS"),
        ("value_with_mark", 8, "OBS_VALUE"),
    ]
    missing = refused(b"DATAFLOW,SEX,TIME_PERIOD\nX:PERMITS_ISSUED(1.0),F,2013\n")
    assert [one.about["name"] for one in missing] == ["AREA", "OBS_VALUE"]


def test_files_of_other_kinds_are_told_apart() -> None:
    assert code(b"") == "empty"
    assert code(b"\n\n") == "empty"
    assert code(text()) == "no_rows"
    assert code(b"%PDF-1.7 ...") == "no_text"
    assert code(text(*[GOOD] * 99, (*GOOD[:4], "1\x00", ""))) == "no_text"
    assert code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") == "locked"
    assert code(b"PK\x03\x04broken") == "damaged"
    assert code(sheet(GOOD)[:-100]) == "damaged"
    assert code(text(GOOD) + b'"open,') == "damaged"
    assert code(b"\xff\xfea") == "damaged"
    assert code(b"x" * (MAX_FILE_BYTES + 1)) == "too_large"
    assert code(text(GOOD, head=(*HEAD[:5], "value"))) == "column_twice"


def test_a_sheet_that_would_unpack_without_end_is_not_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet(GOOD))) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b"<c/>" * 2_000_001 if name.endswith("sheet1.xml") else old.read(name))
    assert code(target.getvalue()) == "bomb"


def test_ten_million_rows_are_refused_in_little_memory() -> None:
    """Such a file is a stream that never ends, as far as reading may tell."""
    line = (",".join(GOOD) + "\n").encode()

    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1, /) -> bytes:
            assert 0 < size <= MAX_FILE_BYTES + 1
            self.taken += size
            return (line * (size // len(line) + 1))[:size]

    source = Endless()
    tracemalloc.start()
    with pytest.raises(RefusedError) as error:
        read_figures(source, PERMITS)  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.code for one in error.value.problems] == ["too_large"]
    assert source.taken <= MAX_FILE_BYTES + 1
    assert peak < 4 * MAX_FILE_BYTES


def test_rows_are_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_rows, "MAX_ROWS", 40)
    rows = [(f"{year}-01-01", f"{year}-12-31", *GOOD[2:]) for year in range(1900, 1941)]
    assert len(read(text(*rows[:40])).figures) == len(read(sheet(*rows[:40])).figures) == 40
    for data in (text(*rows), sheet(*rows)):
        [problem] = refused(data)
        assert (problem.code, problem.about["limit"]) == ("too_many_rows", "40")


def test_after_many_mistakes_the_rest_is_not_looked_for() -> None:
    problems = read(text(*[GOOD] * 300)).problems
    assert [one.code for one in problems] == [*["twice"] * MAX_PROBLEMS, "more"]


def test_lines_may_end_as_on_old_computers() -> None:
    assert len(read(text(GOOD).replace(b"\r\n", b"\r")).figures) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=60), st.integers(0, 400))
def test_damage_anywhere_is_read_or_refused(noise: bytes, place: int) -> None:
    data = text(GOOD, changed(sex="M")[:6])
    with suppress(RefusedError):
        reading = read(data[:place] + noise + data[place + len(noise) :])
        assert {one.code for one in reading.problems} <= CODES


def test_every_code_of_a_cell_is_reached_by_these_tests() -> None:
    elsewhere = {"formula", "broken", "stray", "twice", "action", "multiplied", "period"}
    assert {name for name, _fields in CASES} | elsewhere == OF_A_CELL
