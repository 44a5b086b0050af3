"""What the headings and cells of the spreadsheets of local associations are taken for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.protection.directory.hsds.lists import (
    one,
    small,
    table,
)


@pytest.mark.parametrize(
    ("heading", "text", "code", "told"),
    [
        ("Notes", "call Ann", "heading_unknown", "call Ann"),
        ("Needs", "a unicorn", "need_unknown", "a unicorn"),
        ("Needs", "A safe plase tonight", "need_guessed", "A safe plase tonight"),
        ("Telephone", "858-1234", "telephone_unsure", "858-1234"),
        ("Telephone", "ask Ann", "telephone_unsure", "ask Ann"),
        ("E-mail", "ann at example", "email_wrong", "ann"),
        ("Website", "javascript:alert(1)", "website_wrong", "javascript:alert(1)"),
        ("Province", "Bavaria", "province_unknown", "Bavaria"),
        ("Postal code", "12345", "postal_code_wrong", "12345"),
        ("Confidential", "maybe", "confidential_unclear", "maybe"),
        ("Street", "Confidential", "confidential_by_address", "Confidential"),
        ("Languages", "Klingon", "language_unknown", "Klingon"),
        ("Hours", "by appointment", "hours_only_words", "by appointment"),
        ("Last confirmed", "03/04/2026", "day_unclear", "03/04/2026"),
        ("Status", "who knows", "status_unknown", "who knows"),
        ("Service (French)", "oui", "not_a_text", "oui"),
        ("Service", "Bed and breakfast", "more_than_one", "Bed and breakfast"),
    ],
)
def test_what_is_not_understood_is_doubted(tmp_path: Path, heading: str, text: str, code: str, told: str) -> None:
    _found, doubted = small(tmp_path, heading, text)
    assert (code, heading, told) in doubted


def test_what_is_doubted_is_kept_where_it_can_be(tmp_path: Path) -> None:
    assert small(tmp_path, "Telephone", "858-1234")[0]["phones"][0]["number"] == "858-1234"
    assert small(tmp_path, "Languages", "Klingon")[0]["languages"][0]["name"] == "Klingon"
    assert small(tmp_path, "Hours", "by appointment")[0]["schedules"][0]["description"] == "by appointment"
    assert small(tmp_path, "Needs", "A safe plase tonight")[0]["attributes"]
    address = small(tmp_path, "Postal code", "12345")[0]["service_at_locations"][0]["location"]["addresses"][0]
    assert address["postal_code"] == "12345"
    assert small(tmp_path, "Status", "who knows")[0]["status"] == "inactive"


@pytest.mark.parametrize("text", ["maybe", "yes", "x", "oui", "see Ann"])
def test_a_place_is_confidential_unless_it_is_clearly_not(tmp_path: Path, text: str) -> None:
    assert small(tmp_path, "Confidential", text)[0]["service_at_locations"][0]["location"]["is_confidential"] is True
    assert "service_at_locations" not in small(tmp_path, "Confidential", "no")[0]
    found = small(tmp_path, "Adresse", "Adresse confidentielle")[0]
    assert found["service_at_locations"][0]["location"]["is_confidential"] is True


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("Fax: 506-858-1234", [("506-858-1234", "fax", "")]),
        ("506-858-1234 / ATS 506-858-4321", [("506-858-1234", "", ""), ("506-858-4321", "textphone", "")]),
        ("Crisis line: 506-858-1234", [("506-858-1234", "", "Crisis line")]),
        ("1-800-FLOWERS or 911", [("1-800-FLOWERS", "", ""), ("911", "", "")]),
        ("506-858-1234 ext. 007", [("506-858-1234 ext. 007", "", "")]),
        ("506-858-1234 \n\n506-858-4321", [("506-858-1234", "", ""), ("506-858-4321", "", "")]),
        ("9-8-8; 2-1-1", [("9-8-8", "", ""), ("2-1-1", "", "")]),
        ("8-1-1 (24/7)", [("8-1-1", "", "24/7")]),
        ("1 800 263-2525 (24h)", [("1 800 263-2525", "", "24h")]),
        ("506 853 0100 24h", [("506 853 0100", "", "24h")]),
        ("Crisis line (24/7): 506-858-1234", [("506-858-1234", "", "Crisis line, 24/7")]),
        (
            "506-858-1234, 24 h/24, 7 j/7 / fax 506-858-4321",
            [("506-858-1234", "", "24 h/24, 7 j/7"), ("506-858-4321", "fax", "")],
        ),
    ],
)
def test_telephones_are_told_apart(tmp_path: Path, text: str, phones: list[tuple[str, str, str]]) -> None:
    found, doubted = small(tmp_path, "Phone", text)
    assert doubted == []
    assert [(one["number"], one.get("type", ""), one.get("description", "")) for one in found["phones"]] == phones


def test_words_for_day_and_night_are_no_number_of_their_own(tmp_path: Path) -> None:
    found, doubted = small(tmp_path, "Phone", "24/7; 506-858-1234")
    assert [one["number"] for one in found["phones"]] == ["506-858-1234"]
    assert doubted == [("telephone_unsure", "Phone", "24/7")]
    assert small(tmp_path, "Phone", "506-858-1234 ext. 12 (24/7)")[0]["phones"][0]["extension"] == 12


@pytest.mark.parametrize("text", ["N/A", "n/a", "none", "aucun", "Aucune", "s.o.", "S/O", "—", "-"])
@pytest.mark.parametrize("heading", ["Telephone", "Fax", "E-mail", "Website"])
def test_a_cell_that_says_that_there_is_none_is_empty(tmp_path: Path, heading: str, text: str) -> None:
    found, doubted = small(tmp_path, heading, text)
    assert doubted == []
    assert not {"phones", "email", "url"} & set(found)


def test_a_huge_cell_is_doubted_in_no_time_and_becomes_no_part_of_an_entry(tmp_path: Path) -> None:
    start = time.process_time()
    blanks, digits = "1" + " " * 5_000 + "x", "1-" * 2_500
    assert small(tmp_path, "Telephone", blanks)[0]["phones"][0]["number"] == "1 x"
    found, doubted = small(tmp_path, "Telephone", digits)
    assert "phones" not in found
    assert doubted == [("telephone_unsure", "Telephone", digits)]
    hours = "Mon-Fri" + " " * 20_000 + "9:00-17:00"
    assert small(tmp_path, "Hours", hours)[0]["schedules"][0]["byday"] == "MO,TU,WE,TH,FR"
    found, doubted = small(tmp_path, "Hours", "Mon-Fri 9:00-17:00, " * 60)
    assert "byday" not in found["schedules"][0]
    assert [code for code, _heading, _text in doubted] == ["hours_only_words"]
    page = "https://" + "a." * 16_000 + "@"
    assert small(tmp_path, "Website", page)[1] == [("website_wrong", "Website", page)]
    assert small(tmp_path, "Languages", "French" + " " * 30_000 + "x")[0]["languages"][0]["name"] == "French x"
    assert time.process_time() - start < 3


def test_an_address_for_letters_is_not_taken_for_the_place(tmp_path: Path) -> None:
    found, doubted = small(tmp_path, "Adresse postale", "C.P. 12, Moncton")
    assert "service_at_locations" not in found
    assert doubted == [("heading_unknown", "Adresse postale", "C.P. 12, Moncton")]


def test_a_province_may_be_written_with_a_sign_for_and(tmp_path: Path) -> None:
    found, doubted = small(tmp_path, "Province", "Newfoundland & Labrador")
    assert doubted == []
    assert found["service_at_locations"][0]["location"]["province"] == "NL"


def test_a_column_for_fax_holds_fax_numbers(tmp_path: Path) -> None:
    assert small(tmp_path, "Télécopieur", "506-858-1234")[0]["phones"][0]["type"] == "fax"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-3-1", "2026-03-01"), ("2026/03/01", "2026-03-01"), ("2026-03-01 10:00", "2026-03-01"),
        ("25/03/2026", "2026-03-25"), ("03/25/2026", "2026-03-25"), ("3-3-2026", "2026-03-03"),
        ("March 2026", "2026-03-01"), ("2026-03", "2026-03-01"), ("12 déc. 2025", "2025-12-12"),
        ("Sept. 5, 2025", "2025-09-05"), ("31 février 2026", ""), ("2026-02-31", ""), ("last week", ""),
        ("0000-01-01", ""), ("March or May 2026", ""),
    ],
)  # fmt: skip
def test_days_are_read_in_many_ways(tmp_path: Path, text: str, day: str) -> None:
    assert small(tmp_path, "Last verified", text)[0].get("assured_date", "") == day


@pytest.mark.parametrize(
    ("headings", "known"),
    [
        (["NOM DE L'ORGANISME", "Programe", "Courriel "], {"organization", "name", "email"}),
        (["Agency / Agence", "Service name", "E-mail / Courriel"], {"organization", "name", "email"}),
        (["Agency", "Name", "Email address"], {"organization", "name", "email"}),
        (["Name", "Program", "Mail"], {"organization", "name", "email"}),
        (["Agence", "Ressource", "Adresse courriel"], {"organization", "name", "email"}),
    ],
)
def test_headings_are_known_however_they_are_written(tmp_path: Path, headings: list[str], known: set[str]) -> None:
    found, doubted = one(table(tmp_path, headings, ["House", "Bed", "a@example.ca"]))
    assert doubted == []
    assert known <= set(found)


def test_both_languages_may_have_a_column_of_their_own(tmp_path: Path) -> None:
    for heads in (
        ["Organization", "Service EN", "Service FR"], ["Organization", "Service", "En français : service"],
        ["Organization", "Service", "French service"], ["Organisme", "Service (anglais)", "Service"],
        ["Organization", "Service name", "Nom du service"], ["Organization", "service_en", "service_fr"],
    ):  # fmt: skip
        found, doubted = one(table(tmp_path, heads, ["House", "Bed", "Lit"]))
        assert (found["name"], found["name_fr"], doubted) == ("Bed", "Lit", [])
