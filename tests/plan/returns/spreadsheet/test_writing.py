"""What goes out: what is locked, what is offered, and that nothing becomes a formula."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils.translation import override

from palermo.plan.returns.spreadsheet.columns import COLUMNS, COPY, HELP, SHEET, WRITTEN, status_of, status_words
from tests.factories import DueDateFactory, PeriodFactory, StatusFactory
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import CycleFactory, QuestionFactory, ReturnFactory
from tests.plan.returns.spreadsheet.handling import at, download, opened

OURS = {"status", "narrative_en", "narrative_fr", "reason_en", "reason_fr", "proof_en", "proof_fr", "new_due_on"}
OURS |= {"spent", "currency"}


def test_one_row_says_all_that_is_known(desk: Desk) -> None:
    DueDateFactory.create(deliverable=desk.one.deliverable, due_on=date(2014, 3, 31))
    DueDateFactory.create(deliverable=desk.one.deliverable, due_on=date(2015, 3, 31), revision=1)
    earlier = CycleFactory.create(period=PeriodFactory.create(plan=desk.plan, first_year=2012))
    ReturnFactory.create(
        cycle=earlier,
        deliverable=desk.one.deliverable,
        organisation=desk.organisation,
        status="ongoing",
        narrative_en="Last year’s words.",
    )
    QuestionFactory.create(of=desk.put(state="returned", status="complete", spent=Decimal("1250.50")))
    sheet = opened(download(desk))[SHEET]
    shown = {column.name: sheet.cell(2, place).value for place, column in enumerate(COLUMNS, start=1)}
    code = desk.one.deliverable.code
    assert shown["code"] == code
    assert shown["promise"] == f"Train officers, part {code}\nFormer les agents, partie {code}"
    assert (shown["first_due"], shown["due"]) == (datetime(2014, 3, 31), datetime(2015, 3, 31))
    assert (shown["last_status"], shown["last_narrative"]) == ("Ongoing / Continu", "Last year’s words.")
    assert (shown["state"], shown["status"]) == (
        "Returned with questions / Retourné avec des questions",
        "Complete / Achevé",
    )
    assert shown["questions"] == "? How many people took part?"
    assert (shown["spent"], shown["currency"]) == (1250.5, "CAD")
    assert (shown["number"], shown["version"]) == (desk.one.pk, 1)


def test_where_it_made_no_return_the_register_speaks(desk: Desk) -> None:
    period = PeriodFactory.create(plan=desk.plan, first_year=2012)
    StatusFactory.create(deliverable=desk.one.deliverable, period=period, value="complete", note_fr="Imprimé.")
    sheet = opened(download(desk))[SHEET]
    assert sheet[at("last_status")].value == "Complete / Achevé"
    assert sheet[at("last_narrative")].value == "Imprimé."


def test_only_what_people_write_is_unlocked_and_only_while_it_is_with_them(desk: Desk) -> None:
    ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation, state="submitted", status="complete")
    sheet = opened(download(desk))[SHEET]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    unlocked = {column.name for column in COLUMNS if not sheet[at(column.name)].protection.locked}
    assert unlocked == OURS == set(WRITTEN)
    assert all(sheet[at(column.name, 3)].protection.locked for column in COLUMNS)
    hidden = [one for one in sheet.column_dimensions.values() if one.hidden]
    assert [(one.min, one.max) for one in hidden] == [(20, 21)]
    assert [str(sheet.cell(1, place).value).split("\n")[0] for place in (20, 21)] == ["Return number", "Version"]


def test_lists_dates_and_numbers_are_offered_where_people_write(desk: Desk) -> None:
    ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation, state="cleared", status="complete")
    ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation)
    rules = opened(download(desk))[SHEET].data_validations.dataValidation
    kinds = {(str(rule.sqref), rule.type) for rule in rules}
    for name, kind in (("status", "list"), ("new_due_on", "date"), ("spent", "decimal"), ("currency", "textLength")):
        assert {(at(name, 2), kind), (at(name, 4), kind)} <= kinds
        assert (at(name, 3), kind) not in kinds
    [offered] = {rule.formula1 for rule in rules if rule.type == "list"}
    assert "In progress / En cours" in offered
    assert len(offered) <= 257  # 255 and the quotation marks: what the format allows


def test_the_first_sheet_tells_in_both_languages_and_the_copy_is_out_of_sight(desk: Desk) -> None:
    book = opened(download(desk))
    assert book.sheetnames == [HELP, SHEET, COPY]
    assert book[COPY].sheet_state == "veryHidden"
    told = {cell.value for row in book[HELP].iter_rows() for cell in row}
    assert {"What to do", "Que faire", "Cleared returns are due on May 31, 2014."} <= told
    assert f"Ministry {desk.organisation.code}" in told
    assert f"Ministry {desk.organisation.code} (fr)" in told


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "<r>a</r>", "http://example.org", "=HYPERLINK(1)"]
)
def test_no_text_becomes_a_formula_or_a_link(desk: Desk, text: str) -> None:
    desk.put(narrative_en=text)
    data = download(desk)
    cell = opened(data)[SHEET][at("narrative_en")]
    assert (cell.value.strip(), cell.data_type) == (text.strip(), "s")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = "".join(archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name)
    assert "<f>" not in sheets
    assert "<hyperlink" not in sheets


def test_a_status_is_read_whatever_language_it_was_chosen_in() -> None:
    for language in ("en", "fr"):
        with override(language):
            words = status_words()
            assert words["no_longer_pursued"] == "No longer pursued / Abandonné"
            for said in ("Complete / Achevé", "complete", "Achevé", "ACHEVÉ", " complete  /  achevé "):
                assert status_of(said) == "complete"
    assert status_of("Not reported") is None
    assert status_of("Finished") is None


def test_texts_too_long_for_a_cell_are_cut_where_no_sign_is_torn(desk: Desk) -> None:
    desk.put(narrative_en="𝒫" * 20_000)
    told = opened(download(desk))[SHEET][at("narrative_en")].value
    assert told == "𝒫" * 16_383 + "…"
