"""Plans as PDF: ruled and borderless tables, pages, merged cells, French, and what is refused."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from palermo.plan.imports.reader.pdf import read_pdf
from palermo.plan.imports.reader.reading import SourceKind, UnreadableError
from tests.plan.imports.reader.typeset import pdf, plan, table

SCANNED = "#rect(width: 100%, height: 80%, fill: gray)"


@pytest.mark.parametrize("stroke", ["0.5pt", "none"], ids=["ruled", "borderless"])
def test_tables_are_read_with_their_sections(stroke: str) -> None:
    reading = read_pdf(pdf(plan(stroke)))
    assert reading.kind == SourceKind.PDF
    assert [(section.code, section.p) for section in reading.sections] == [("1", "prevention"), ("2", "protection")]
    assert [(row.section, row.code, row.status, row.leads, row.supporting) for row in reading.rows] == [
        ("1", "1.1", "ongoing", ["NIS", "NPF"], []),
        ("1", "1.2", "complete", ["Ministry of Information"], []),
        ("1", "1.3", "not_started", ["NAPTIP"], ["IOM"]),
        ("2", "2.1", "in_progress", ["Ministry of Women"], []),
    ]
    assert [row.due_on for row in reading.rows] == [
        date(2022, 3, 31), date(2022, 12, 31), date(2023, 6, 30), date(2024, 12, 31),
    ]  # fmt: skip
    assert reading.rows[1].text == "Broadcast a drama on recruitment fraud in five languages"
    assert reading.rows[0].note == "Six courses."
    assert {row.page for row in reading.rows} == {1}


def test_a_table_over_many_pages_with_a_repeated_heading_is_one() -> None:
    rows = [
        (f"{place // 10 + 1}.{place % 10 + 1}", "Deliver a further module of the course for inspectors",
         "NIS, NPF" if place % 2 else "Ministry of Labour", str(2015 + place % 8),
         "Completed" if place % 3 else "In progress", "")
        for place in range(60)
    ]  # fmt: skip
    footer = "#set page(footer: context [Progress #h(1fr) #counter(page).display()])\n"
    reading = read_pdf(pdf(f"#set text(size: 10pt)\n{footer}= Progress report on the action plan\n{table(rows)}"))
    assert [row.code for row in reading.rows] == [row[0] for row in rows]
    assert [row.status == "complete" for row in reading.rows] == [row[4] == "Completed" for row in rows]
    assert [row.leads for row in reading.rows] == [row[2].split(", ") for row in rows]
    pages = [row.page for row in reading.rows]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert set(pages) == {1, 2, 3}


def test_merged_cells_hold_for_every_row_that_they_span() -> None:
    source = """#set text(size: 9pt, lang: "fr")
= Plan d'action contre la traite des personnes : bilan 2022-2023
#table(columns: (1fr, 2fr, 1fr, 1fr, 1fr),
table.header([Orientation], [Mesure], [Ministère responsable], [Échéance], [État d'avancement]),
table.cell(rowspan: 2)[Orientation 1 : Prévenir],
[Mesure 1. Publier un guide pour les écoles], table.cell(rowspan: 2)[MEQ], [mars 2023], [Terminée],
[Mesure 2. Former les infirmières], [2023-2024], [En cours],
[Orientation 2 : Protéger], [Mesure 3. Ouvrir une ligne d'écoute], [MJQ], [], [Non amorcée])
"""
    reading = read_pdf(pdf(source))
    assert (reading.language, reading.period) == ("fr", "2022-2023")
    assert [section.p for section in reading.sections] == ["prevention", "protection"]
    first, second = reading.sections
    assert [(row.section, row.code, row.leads, row.status, row.due_on) for row in reading.rows] == [
        (first.key, "1", ["MEQ"], "complete", date(2023, 3, 31)),
        (first.key, "2", ["MEQ"], "in_progress", date(2024, 3, 31)),
        (second.key, "3", ["MJQ"], "not_started", None),
    ]


def test_a_list_without_a_table_is_read_from_its_lines() -> None:
    source = (
        "= Harbour County action plan\n== Prevention\n+ Teach online safety in every school (completed)\n"
        "+ Brief ferry companies (in progress)\n== Protection\n+ Fund an outreach van (not started)\n"
    )
    reading = read_pdf(pdf(source))
    assert [row.status for row in reading.rows] == ["complete", "in_progress", "not_started"]
    assert [section.p for section in reading.sections] == ["prevention", "protection"]
    assert {row.page for row in reading.rows} == {1}


def test_a_table_of_figures_is_no_plan() -> None:
    figures = "#table(columns: 3, [Year], [Cases], [Charges], [2019], [44], [71], [2020], [51], [80])"
    reading = read_pdf(pdf(f"= Key figures\nThe police keep these records from year to year.\n{figures}"))
    assert not reading.found_plan
    assert reading.refusal


def encrypted() -> bytes:
    """A plan behind a password."""
    made = BytesIO()
    with pikepdf.open(BytesIO(pdf(plan()))) as document:
        document.save(made, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return made.getvalue()


@pytest.mark.parametrize("kind", ["encrypted", "damaged", "cut", "scanned"])
def test_what_cannot_be_read_gets_a_clear_error(kind: str) -> None:
    whole = pdf(plan())
    data = {
        "encrypted": encrypted(),
        "damaged": b"not a PDF at all",
        "cut": whole[: len(whole) // 3],
        "scanned": pdf(SCANNED),
    }[kind]
    with pytest.raises(UnreadableError) as refused:
        read_pdf(data)
    assert refused.value.code == ("damaged" if kind == "cut" else kind)
    assert refused.value.message.endswith(".")
