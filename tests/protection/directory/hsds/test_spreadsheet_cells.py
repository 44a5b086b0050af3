"""What the headings and cells of the spreadsheets of local associations are taken for."""

from __future__ import annotations

import json
import time
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from palermo.protection.directory.queries.needs import need, needs
from palermo.protection.directory.queries.service_types import needs_answered
from tests.protection.directory.hsds.lists import one, read, small, table


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
        ("Street", "12 Quiet Lane (do not publish)", "confidential_by_address", "12 Quiet Lane (do not publish)"),
        ("Street", "12 Quiet Lane – SECRET", "confidential_by_address", "12 Quiet Lane – SECRET"),
        ("Address", "undisclosed", "confidential_by_address", "undisclosed"),
        ("Adresse", "12, rue Calme (ne pas divulguer)", "confidential_by_address", "12, rue Calme (ne pas divulguer)"),
        ("Ville", "Adresse cachée", "confidential_by_address", "Adresse cachée"),
        ("Publish address?", "no", "confidential_unclear", "no"),
        ("Do not publish address", "yes", "confidential_unclear", "yes"),
        ("Adresse à ne pas publier", "x", "confidential_unclear", "x"),
        ("Is the address confidential?", "perhaps", "confidential_unclear", "perhaps"),
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


# -- Where a confidential place is, as nearly as may be said ---------------------------------------


def test_the_area_of_a_confidential_place_stands_in_both_languages(tmp_path: Path) -> None:
    heads = ["Organization", "Service", "Confidential", "Street", "City", "Province", "Area", "Secteur"]
    house = ["House", "Bed", "yes", "12 Main Street", "Hamilton", "ON", "Hamilton and area", "Région de Hamilton"]
    found, doubted = one(table(tmp_path, heads, house))
    location = found["service_at_locations"][0]["location"]
    assert (location["area"], location["area_fr"]) == ("Hamilton and area", "Région de Hamilton")
    assert doubted == []


def test_a_confidential_place_without_an_area_is_remarked_on(tmp_path: Path) -> None:
    heads = ["Organization", "Service", "Confidential", "City", "Area"]
    for said, doubted in (("yes", [("area_missing", "", "")]), ("no", []), ("", [])):
        assert one(table(tmp_path, heads, ["House", "Bed", said, "Hamilton", ""]))[1] == doubted
    assert one(table(tmp_path, heads, ["House", "Bed", "yes", "Hamilton", "Hamilton and area"]))[1] == []


@pytest.mark.parametrize("heading", ["Area", "General area", "Region", "Secteur", "Région", "Quartier"])
def test_an_area_has_many_headings(tmp_path: Path, heading: str) -> None:
    found, doubted = small(tmp_path, heading, "Niagara")
    assert doubted == []
    assert found["service_at_locations"][0]["location"]["area"] == "Niagara"


@pytest.mark.parametrize("heading", ["Service areas", "Service area", "Area served", "Secteur desservi", "Area code"])
def test_where_a_service_is_offered_is_not_taken_for_the_area_of_its_place(tmp_path: Path, heading: str) -> None:
    found, doubted = small(tmp_path, heading, "Niagara")
    assert "service_at_locations" not in found
    assert doubted == [("heading_unknown", heading, "Niagara")]


@pytest.mark.parametrize(("heading", "name"), [("Province / Region", "state_province"), ("Ville / Région", "city")])
def test_what_stands_on_an_envelope_stays_what_it_is_beside_an_area(tmp_path: Path, heading: str, name: str) -> None:
    found, doubted = small(tmp_path, heading, "ON")
    location = found["service_at_locations"][0]["location"]
    assert (location["addresses"][0][name], doubted) == ("ON", [])
    assert "area" not in location


# -- Kinds of service ------------------------------------------------------------------------------


def kinds() -> list[dict[str, Any]]:
    """The kinds of service, as they are kept."""
    data = files("palermo.protection.directory").joinpath("data/service_types.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(data)["types"]
    return found


def test_every_name_of_a_kind_of_service_is_understood_as_in_a_feed(tmp_path: Path) -> None:
    names = [name for kind in kinds() for name in (kind["name"], kind["name_fr"], *kind["others"])]
    rows = [["House", f"Service {number}", name] for number, name in enumerate(names)]
    found = read(table(tmp_path, ["Organization", "Service", "Type of service"], *rows))
    assert len(names) > 100
    for name, row in zip(names, found, strict=True):
        document: Any = row.document
        told = {UUID(one["taxonomy_term_id"]) for one in document["attributes"]}
        assert told == needs_answered(UUID(int=0), {"name": name}), name
        assert row.doubts == (), name


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Emergency shelter", ["safe-place"]),
        ("HÉBERGEMENT D'URGENCE", ["safe-place"]),
        ("Sexual assault centre", ["doctor", "talk"]),
        ("Women’s Shelters; Legal Services, Food Banks", ["safe-place", "lawyer"]),
        ("Immigration/Naturalization Legal Services; CALACS", ["immigration", "lawyer", "doctor", "talk"]),
        ("Detox / Crisis line | A lawyer", ["doctor", "talk", "lawyer"]),
    ],
)
def test_several_kinds_and_needs_stand_in_one_cell(tmp_path: Path, text: str, codes: list[str]) -> None:
    found, doubted = small(tmp_path, "Type of service", text)
    keys = {one["id"]: one["code"] for one in needs()}
    assert [keys[one["taxonomy_term_id"]] for one in found["attributes"]] == codes
    assert doubted == []


def test_a_kind_that_is_nearly_written_right_is_guessed_and_the_rest_of_the_cell_is_told(tmp_path: Path) -> None:
    found, doubted = small(tmp_path, "Type", "Emergancy shelter; a unicorn")
    assert [one["taxonomy_term_id"] for one in found["attributes"]] == [(need("safe-place") or {})["id"]]
    assert doubted == [("need_guessed", "Type", "Emergancy shelter"), ("need_unknown", "Type", "a unicorn")]


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
