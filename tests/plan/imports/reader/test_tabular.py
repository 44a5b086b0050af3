"""CSV in whatever dialect, with headings in either language, wherever the heading row stands."""

from __future__ import annotations

from datetime import date

import pytest

from palermo.plan.imports.reader.headers import heading_of, mapping_fields
from palermo.plan.imports.reader.reading import Doubt, SourceKind, UnreadableError
from palermo.plan.imports.reader.table_cells import read_amount
from palermo.plan.imports.reader.tabular import TableReading, read_table


def read(text: str, mapping: dict[str, str] | None = None, encoding: str = "utf-8") -> TableReading:
    return read_table(text.encode(encoding), kind=SourceKind.CSV, mapping=mapping)


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_reads_each_delimiter_and_encoding(mark: str, encoding: str) -> None:
    lines = ["Mesure;Échéance;État;Responsable", "Former les agents frontaliers;août 2014;Terminé;GRC"]
    reading = read("\n".join(lines).replace(";", mark), encoding=encoding)
    row = reading.rows[0]
    assert (row.text, row.due_on, row.status, row.leads) == (
        "Former les agents frontaliers",
        date(2014, 8, 31),
        "complete",
        ["GRC"],
    )
    assert reading.language == "fr"
    assert reading.found_plan


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("DELIVERABLES", "text"),
        ("Action(s)", "text"),
        ("Produits livrables", "text"),
        ("Libellé", "text"),
        ("text (french)", "text_fr"),
        ("Texte (français)", "text_fr"),
        ("Echeance revisee", "revised_due"),
        ("Revised due date:", "revised_due"),
        ("Start  Date", "start"),
        ("Date de début", "start"),
        ("Date limite", "due"),
        ("ETAT D'AVANCEMENT", "status"),
        ("État d’avancement", "status"),
        ("Lead(s)", "leads"),
        ("Organisme responsable", "leads"),
        ("Partenaires", "supporting"),
        ("Progress to date", "note"),
        ("Nouveau?", "is_new"),
        ("Montant", "amount"),
        ("Exercice financier", "fiscal_year"),
        ("Task number", "section_code"),
        ("Titre de la section", "section"),
        ("Pilier", "section"),
        ("Section fr", "section_fr"),
        ("Lead-in", "lead_in"),
        ("4 Ps", "p"),
        ("N°", "code"),
    ],
)
def test_knows_headings_in_both_languages(heading: str, field: str) -> None:
    found = heading_of(heading)
    assert found is not None
    assert found.field == field
    assert found.field in mapping_fields()


def test_finds_a_heading_row_below_others_and_keeps_the_title() -> None:
    reading = read("Plan of Northport\n;;\nPrinted in May;;\nAction;Status;Lead\nTeach;Ongoing;PS\n")
    assert reading.title == "Plan of Northport"
    assert [row.text for row in reading.rows] == ["Teach"]


def test_a_quoted_cell_may_go_over_lines_and_rows_know_theirs() -> None:
    reading = read('Action;Progress\n"Teach\nfar; and ""wide""";One\nTell;Two\n')
    assert [(row.text, row.lines) for row in reading.rows] == [
        ('Teach\nfar; and "wide"', (2, 3)),
        ("Tell", (4, 4)),
    ]


def test_reads_every_field() -> None:
    reading = read(
        "Section code;Section title;Section fr;P;Code;Lead-in;Text (English);Text (French);Start;Due date;"
        "Revised due date;Status;Leads;Supporting;New;Progress;Amount;Budget year\n"
        "1.2;Teach;Former;Prevention;1.2-a;To all:;Train staff;Former le personnel;2012/13;March 2015;2016-03-31;"
        "In progress;RCMP, PS;CBSA;NEW;Begun;$500,000;2013-14\n"
    )
    row, section = reading.rows[0], reading.sections[0]
    assert (section.code, section.title, section.title_fr, section.p) == ("1.2", "Teach", "Former", "prevention")
    assert (row.section, row.row, row.code, row.p) == (section.key, 1, "1.2-a", "prevention")
    assert (row.text, row.text_fr, row.lead_in) == ("Train staff", "Former le personnel", "To all:")
    assert (row.printed_start, row.start_on) == ("2012/13", date(2012, 4, 1))
    assert (row.printed_due, row.due_on) == ("March 2015", date(2015, 3, 31))
    assert (row.printed_revised_due, row.revised_due_on) == ("2016-03-31", date(2016, 3, 31))
    assert (row.printed_status, row.status) == ("In progress", "in_progress")
    assert (row.leads, row.supporting, row.printed_leads) == (["RCMP", "PS"], ["CBSA"], "RCMP, PS")
    assert (row.is_new, row.note, row.amount, row.fiscal_year) == (True, "Begun", "500000.00", "2013-2014")
    assert row.doubts == []
    assert reading.unknown_headers == []


def test_french_texts_alone_are_the_text() -> None:
    reading = read("Section fr;Texte (français);État\nFormer;Former le personnel;En cours\n")
    assert (reading.language, reading.rows[0].text, reading.rows[0].text_fr) == ("fr", "Former le personnel", "")
    assert reading.sections[0].title == "Former"


def test_what_is_not_said_stays_empty() -> None:
    row = read("Action;Start;Due date;Status;Lead\nTeach;;;;\n").rows[0]
    assert (row.start_on, row.due_on, row.status, row.printed_status, row.leads) == (
        None, None, "not_stated", "", [],
    )  # fmt: skip
    assert row.doubts == []


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("Due date", "soon enough", "date_unreadable"),
        ("Due date", "03/04/2015", "date_order_guessed"),
        ("Status", "zigzag", "status_unknown_word"),
        ("New", "perhaps", "new_unreadable"),
        ("P", "Plenty", "p_unknown"),
        ("Amount", "a lot", "amount_unreadable"),
        ("Budget year", "2013-2019", "fiscal_year_unreadable"),
        ("Start", "#REF!", "cell_error"),
    ],
)
def test_an_unreadable_cell_is_a_doubt_that_names_it(column: str, value: str, code: str) -> None:
    row = read(f"Action;{column}\nTeach;2015\nTell;{value}\n").rows[1]
    assert Doubt(code, f"B3: {value}") in row.doubts


def test_sections_nest_from_wide_to_narrow_and_carry_down() -> None:
    reading = read(
        "Status;Objective;Pillar;Activity\n"
        "Ongoing;Reach schools;Pillar 1: Prevention;Teach\n"
        "Complete;;;Tell\n"
        "Ongoing;Shelter;Pillar 2: Protection;Build\n"
    )
    titles = {section.key: section.title for section in reading.sections}
    parents = [(section.title, titles.get(section.parent or ""), section.p) for section in reading.sections]
    assert parents == [
        ("Prevention", None, "prevention"),
        ("Reach schools", "Prevention", "prevention"),
        ("Protection", None, "protection"),
        ("Shelter", "Protection", "protection"),
    ]
    assert [(titles[row.section or ""], row.row, row.text) for row in reading.rows] == [
        ("Reach schools", 1, "Teach"),
        ("Reach schools", 2, "Tell"),
        ("Shelter", 1, "Build"),
    ]
    assert [doubt.code for doubt in reading.rows[1].doubts] == ["section_guessed"]


def test_a_lone_cell_across_the_table_is_a_heading_and_repeated_headings_are_passed_over() -> None:
    reading = read("No;Action;Status\nPillar 1: Prevention;;\n1;Teach;Ongoing\nNo;Action;Status\n2;Tell;Complete\n")
    assert [section.title for section in reading.sections] == ["Prevention"]
    assert [(row.code, row.text, row.section) for row in reading.rows] == [
        ("1", "Teach", reading.sections[0].key),
        ("2", "Tell", reading.sections[0].key),
    ]


def test_a_code_with_two_titles_keeps_the_first_with_a_doubt() -> None:
    reading = read("Section code;Section title;Text\n1;Teach;One\n1;Tell;Two\n")
    assert [section.title for section in reading.sections] == ["Teach"]
    assert reading.rows[1].doubts == [Doubt("section_title_differs", "B3: Tell")]


def test_unknown_headings_wait_for_a_person_who_maps_them() -> None:
    text = "Action;Stattus;Zuständig;Zebra;Nothing\nTeach;Ongoing;RCMP;a;\nTell;Complete;CBSA;b;\n"
    unknown = {one.header: one for one in read(text).unknown_headers}
    assert {name: one.guess for name, one in unknown.items()} == {
        "Stattus": "status",
        "Zuständig": "leads",
        "Zebra": "",
    }
    assert unknown["Zebra"].samples == ("a", "b")
    mapped = read(text, {"Stattus": "status", "Zuständig": "leads", "Zebra": "ignore", "Nothing": "note"})
    assert mapped.unknown_headers == []
    assert [(row.status, row.leads) for row in mapped.rows] == [("ongoing", ["RCMP"]), ("complete", ["CBSA"])]
    assert mapped.rows[0].cells["Zebra"] == "a"
    assert mapped.headers["Zebra"] == "ignore"


def test_a_mapping_goes_before_what_is_known() -> None:
    reading = read("Action;Comment;Status\nshort;The long text;Ongoing\n", {"Comment": "text", "Action": "code"})
    assert (reading.rows[0].code, reading.rows[0].text) == ("short", "The long text")


def test_a_table_without_a_known_heading_is_refused_but_can_be_mapped() -> None:
    text = "Foo;Bar\nTeach all;Ongoing\nTell all;Complete\nGo on;Ongoing\n"
    reading = read(text)
    assert (reading.refusal_code, reading.rows) == ("no_known_header", [])
    assert "Text (English)" in reading.refusal
    assert "Texte (français)" in reading.refusal
    assert [(one.header, one.guess) for one in reading.unknown_headers] == [("Foo", ""), ("Bar", "status")]
    mapped = read(text, {"Foo": "text", "Bar": "status"})
    assert mapped.found_plan
    assert [(row.text, row.status) for row in mapped.rows] == [
        ("Teach all", "ongoing"),
        ("Tell all", "complete"),
        ("Go on", "ongoing"),
    ]


def test_a_table_without_a_text_or_without_rows_is_refused() -> None:
    assert read("Status;Lead;What we mean\nOngoing;PS;Teach\n").refusal_code == "no_text_column"
    assert read("Action;Status\n").refusal_code == "no_rows"


def test_a_second_column_of_one_kind_is_shown_but_not_read() -> None:
    reading = read("Action;Status;Status\nTeach;Ongoing;Complete\n")
    assert reading.rows[0].status == "ongoing"
    assert reading.rows[0].cells["Status (2)"] == "Complete"
    assert reading.doubts == [Doubt("column_repeated", "Status (2)")]


def test_a_mapping_to_no_field_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no such field"):
        read("Action;Status\nTeach;Ongoing\n", {"Action": "colour"})


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("csv_open_quote", 'Action;Status\n"Teach;Ongoing\n'),
        ("csv_no_columns", "Teach\nTell\n"),
        ("too_many_rows", "Action;Status\n" + "Teach;Ongoing\n" * 20_001),
        ("too_many_columns", "Action;Status\n" + "x;" * 300),
    ],
)
def test_broken_or_boundless_text_is_refused(code: str, text: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("500000", "500000.00"),
        ("$1,234.5", "1234.50"),
        ("500 000,00 $", "500000.00"),
        ("1\u202f234,56\u00a0$", "1234.56"),
        ("1.234", "1234.00"),
        ("CAD 12", "12.00"),
        ("1,2,3", ""),
        ("two", ""),
        ("-5", ""),
        ("", ""),
    ],
)
def test_amounts_in_both_languages(printed: str, amount: str) -> None:
    assert read_amount(printed) == amount
