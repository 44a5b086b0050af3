"""Any text that can be typed goes out and comes back as it was, also through another office program."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.plan.returns.actions.drafting import Content
from palermo.plan.returns.actions.spreadsheet import take_in_spreadsheet
from palermo.plan.returns.forms import ReturnForm
from palermo.plan.returns.queries.spreadsheet_preview import sheet_preview
from palermo.plan.returns.spreadsheet.columns import COLUMNS, COPY, WRITTEN, Value
from palermo.plan.returns.spreadsheet.instructions import About
from palermo.plan.returns.spreadsheet.reading import read_returns
from palermo.plan.returns.spreadsheet.writing import SheetRow, write_returns
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ReturnFactory
from tests.plan.returns.spreadsheet.handling import download, upload, write

ABOUT = About("Justice", "Justice", "Plan", "Plan", "2013–2014", date(2014, 5, 31), date(2014, 4, 1))
HARD = (
    "=1+1",
    "+1",
    "-1",
    "@a",
    "'=1",
    "<r>a</r>",
    "_x0041_",
    "_x000D_ and x005F_",
    "a\r\nb\rc\n\nd",
    "&amp;<b>",
    "“é”𝒫\tz",
)


def sheet(*rows: dict[str, Value]) -> bytes:
    target = BytesIO()
    empty: dict[str, Value] = dict.fromkeys((column.name for column in COLUMNS), "")
    named: list[dict[str, Value]] = [
        {"number": number, "version": 1, "currency": "CAD"} for number in range(1, len(rows) + 1)
    ]
    made = [SheetRow({**empty, **first, **row}, is_open=True) for first, row in zip(named, rows, strict=True)]
    write_returns(target, ABOUT, made)
    return target.getvalue()


def typed(text: str) -> str | None:
    """The text as the form of a return keeps it, or None where it refuses it."""
    form = ReturnForm({"version": "1", "status": "", "currency": "CAD", "narrative_en": text})
    return str(form.cleaned_data["narrative_en"]) if form.is_valid() else None


@given(st.text(max_size=200))
def test_any_text_that_can_be_typed_goes_out_and_is_not_a_change(text: str) -> None:
    kept = typed(text)
    if kept is None:
        assert any(ord(sign) < 32 or 0xD800 <= ord(sign) <= 0xDFFF or ord(sign) >= 0xFFFE for sign in text)
    else:
        [row] = read_returns(sheet({"narrative_en": kept, "promise": kept})).rows
        assert row.said == {}


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs")), max_size=200))
def test_any_text_that_is_written_in_the_file_comes_back_sign_for_sign(text: str) -> None:
    kept = typed(text)
    # The library that reads swallows these five signs, by which spreadsheets write others.
    if kept and "x005F_" not in kept:
        [row] = read_returns(without_copy(sheet({"narrative_en": kept}))).rows
        assert row.said["narrative_en"].file == kept


def without_copy(data: bytes) -> bytes:
    """The file with its hidden copy called something else, so that every cell speaks."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w") as made:
        for name in old.namelist():
            made.writestr(name, old.read(name).replace(COPY.encode(), b"Other"))
    return target.getvalue()


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x0b", "\x0c", "\x1f", "\ufffe", "\uffff"])
def test_what_no_file_can_hold_is_refused_where_it_is_typed(sign: str) -> None:
    assert typed(f"Forty{sign}officers") is None


def test_words_of_old_that_no_file_can_hold_go_out_without_it_and_stay(desk: Desk) -> None:
    desk.put(narrative_en="Forty\x0bofficers", reason_en="a\r\nb")
    [row] = read_returns(download(desk)).rows
    assert row.said == {}


EVERY_FIELD = Content(
    status="ongoing",
    narrative_en="=Forty officers.\n\nAnd ten more.",
    narrative_fr="Quarante agents «\N{NO-BREAK SPACE}formés\N{NO-BREAK SPACE}».",
    reason_en="+It has no end.",
    reason_fr="-Sans fin.",
    proof_en="@Fewer go unseen.",
    proof_fr="Moins passent inaperçues.",
    new_due_on=date(2016, 3, 31),
    spent=Decimal("1250.50"),
    currency="EUR",
)


def test_every_field_that_was_changed_arrives_and_the_other_return_stays(desk: Desk) -> None:
    other = ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation, narrative_en="a\r\nb")
    cells = {name: getattr(EVERY_FIELD, name) for name in WRITTEN} | {"status": "Ongoing / Continu"}
    kept = upload(desk, write(download(desk), **cells))
    seen = sheet_preview(desk["focal_point"], kept).fingerprint
    assert take_in_spreadsheet(upload=kept, seen=seen, choices={}, by=desk["focal_point"]) == 1
    assert Content.of(desk.fresh()) == EVERY_FIELD
    other.refresh_from_db()
    assert (other.narrative_en, other.version) == ("a\r\nb", 1)


@pytest.mark.slow
def test_another_office_program_changes_nothing_by_opening_and_saving(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice (soffice) is not on this machine")
    assert office is not None, "CI must have LibreOffice"
    (tmp_path / "in").mkdir()
    full: dict[str, Value] = {
        "status": "Ongoing / Continu",
        "new_due_on": date(2016, 3, 31),
        "first_due": date(1890, 1, 1),
        "spent": Decimal("1250.50"),
    }
    rows = [{**full, "narrative_en": text, "promise": text} for text in HARD]
    path = tmp_path / "in" / "returns.xlsx"
    path.write_bytes(sheet(*rows))
    profile = (tmp_path / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=240)
    data = (tmp_path / "returns.xlsx").read_bytes()
    reading = read_returns(data)
    assert reading.problems == ()
    assert [row.said for row in reading.rows] == [{}] * len(HARD)
    changed = read_returns(write(data, 3, narrative_en="Forty.", spent=7))
    assert {name: said.file for name, said in changed.rows[1].said.items()} == {
        "narrative_en": "Forty.",
        "spent": "7.00",
    }
