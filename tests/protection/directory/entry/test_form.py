"""The form of a service: only what somebody changed becomes a change, and nobody loses what another wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils.translation import override

from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.entry.values import patch_of, values_of
from palermo.protection.directory.entry.week import KEYS
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.profile import patched
from palermo.protection.directory.hsds.schema import Problem
from tests.protection.directory.forms import FAX, MONTHLY, PHONE, changed, document, is_new, patch, sent
from tests.protection.directory.samples import key

# -- What is sent back unchanged changes nothing ---------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        document(),
        document(schedules=[MONTHLY]),
        document(schedules=[]),
        document(name="Un lit", name_fr="Un lit"),
        document(name="x" * 400, description="y" * 30_000, minimum_age=-1, url="ftp://example.org", email="odd"),
        document(phones=[{"id": key(str(number)), "number": f"506-555-{number:04}"} for number in range(9)]),
        {"id": key("bare"), "name": "Bare", "status": "defunct"},
    ],
)
def test_what_nobody_changed_changes_nothing_however_it_is_written(before: Document) -> None:
    for language in ("en", "fr"):
        with override(language):
            form = changed(before)
            assert form.errors == {}
            assert form.patch() == {}


def test_saving_twice_changes_nothing_the_second_time() -> None:
    before = document()
    said = {"name_en": "A bed", "hours_MO": "9-17", "phone_0_number": "1-800-555-0199", "languages": ["fr", "cr"]}
    after = patched(before, patch(before, **said))
    assert patch(after, **said) == {}


# -- Texts -----------------------------------------------------------------------------------------


def test_only_the_text_that_was_changed_is_changed() -> None:
    assert patch(document(), description_en="Two rooms.") == {"description": "Two rooms."}
    assert patch(document(), name_fr="Un lit à soi") == {"name_fr": "Un lit à soi"}
    assert patch(document(), description_en="") == {"description": None}


def test_what_exists_in_french_only_stands_in_both() -> None:
    before = document(name="Un lit", name_fr="Un lit")
    assert EntryForm(before)["name_en"].value() == ""
    assert patch(before, name_fr="Un toit") == {"name": "Un toit", "name_fr": "Un toit"}
    assert patch(before, name_en="A bed") == {"name": "A bed"}
    assert patch(document(), name_en="") == {"name": "Un lit sûr"}
    assert patch(document(), description_fr="Une chambre.") == {"description_fr": "Une chambre."}


def test_a_service_has_a_name() -> None:
    assert "name_en" in changed(document(), name_en=" ", name_fr="").errors


def test_what_is_written_anew_is_held_to_the_rules() -> None:
    wrongs = {
        "name_en": "x" * 301,
        "fees_description_fr": "x" * 20_001,
        "email": "nobody",
        "url": "not a page",
        "minimum_age": "young",
        "maximum_age": "nan",
        "phone_0_number": "ring us",
        "hours_TU": "in the morning",
        "hours_note_en": "x" * 301,
        "status": "closed",
        "languages": ["tlh"],
    }
    for name, wrong in wrongs.items():
        assert name in changed(document(), **{name: wrong}).errors, name
    assert "minimum_age" in changed(document(), minimum_age="18").errors


def test_addresses_and_ages_are_understood_as_people_write_them() -> None:
    assert patch(document(), url="help.example.org/bed") == {"url": "https://help.example.org/bed"}
    assert patch(document(), maximum_age="20,5") == {"maximum_age": 20.5}
    assert patch(document(), minimum_age="", maximum_age="30") == {"minimum_age": None, "maximum_age": 30}
    assert patch(document(), url="", email="") == {"url": None, "email": None}


# -- Who may come ----------------------------------------------------------------------------------


def test_yes_no_and_not_said() -> None:
    assert patch(document(), takes_children="no") == {"takes_children": False}
    assert patch(document(), indigenous_led="") == {"indigenous_led": None}
    assert patch(document(), survivor_led="yes", status="temporarily closed") == {
        "survivor_led": True,
        "status": "temporarily closed",
    }


def test_genders_and_languages_that_stay_stay_themselves() -> None:
    assert patch(document(), genders=["women"]) == {"genders": ["women"]}
    assert patch(document(), genders=[]) == {"genders": None}
    french, klingon = document()["languages"]
    (*kept, new) = patch(document(), languages=["cr", "fr"])["languages"]
    assert kept == [french, klingon]
    assert is_new(new.pop("id"))
    assert new == {"code": "cr", "name": "Cree", "name_fr": "cri"}
    assert patch(document(), languages=[]) == {"languages": [klingon]}


# -- Telephones ------------------------------------------------------------------------------------


def test_a_number_is_corrected_and_the_others_stay_themselves() -> None:
    found = patch(document(), phone_0_number="506-555-0177")["phones"]
    assert found == [
        {
            "id": key("phone"), "number": "506-555-0177", "type": "voice", "e164": "+15065550177",
            "description": "Day", "description_fr": "Jour",
        },
        FAX,
    ]  # fmt: skip
    assert EntryForm(document())["phone_0_number"].value() == "506-555-0100 #7"
    assert patch(document(), phone_1_fr="Télécopieur")["phones"] == [
        PHONE,
        {**FAX, "description": "Télécopieur", "description_fr": "Télécopieur"},
    ]


def test_numbers_come_and_go() -> None:
    gone = patch(document(), phone_0_number="", phone_0_en="", phone_0_fr="")
    assert gone == {"phones": [FAX]}
    *kept, new = patch(document(), phone_2_number="1 833 900-1010 ext. 12", phone_2_en="Night")["phones"]
    assert kept == [PHONE, FAX]
    assert is_new(new.pop("id"))
    assert new == {"number": "1 833 900-1010", "extension": 12, "e164": "+18339001010", "description": "Night"}
    empty = {f"phone_{row}_{part}": "" for row in (0, 1) for part in ("number", "en", "fr")}
    assert patch(document(), **empty) == {"phones": None}


def test_there_is_room_for_three_numbers_and_for_one_more_than_there_are() -> None:
    assert [EntryForm(document(phones=[PHONE] * count)).rows for count in (0, 2, 3, 5)] == [3, 3, 4, 6]


def test_words_without_a_number_are_asked_about_in_their_own_row() -> None:
    form = changed(document(), phone_0_number="", phone_0_en="", phone_0_fr="", phone_1_number="", phone_1_en="Fax")
    assert list(form.errors) == ["phone_1_number"]


def test_a_number_that_was_taken_away_meanwhile_comes_back_by_itself_alone() -> None:
    before, after = document(), document(phones=[FAX])
    form = changed(before, after, email="new@example.org")
    assert form.patch() == {"email": "new@example.org"}


# -- Two people at once ----------------------------------------------------------------------------


def test_two_people_who_change_different_fields_keep_both() -> None:
    form = changed(document(), document(email="night@example.org", phones=[FAX]), fees_description_en="Free")
    assert form.patch() == {"fees_description": "Free"}


def test_two_languages_of_one_text_are_two_fields() -> None:
    after = document(description_fr="Une chambre.")
    assert changed(document(), after, description_en="Two rooms.").patch() == {"description": "Two rooms."}


def test_where_both_wrote_the_same_nothing_is_left_to_do() -> None:
    assert changed(document(), document(email="x@example.org"), email="x@example.org").patch() == {}


def test_where_both_changed_the_same_the_form_comes_back_with_both() -> None:
    before, after = document(), document(description="Their words.", email="theirs@example.org")
    form = changed(before, after, description_en="My words.", url="https://mine.example.org")
    assert form.patch() is None
    assert list(form.errors) == ["description_en"]
    assert form["description_en"].value() == "My words."
    assert form["url"].value() == "https://mine.example.org"
    ((label, (theirs,)),) = form.stands_now
    assert (label, theirs.text) == ("What it offers, in English", "Their words.")
    again = EntryForm(after, sent(form))
    assert again.is_valid()
    assert again.patch() == {"description": "My words.", "url": "https://mine.example.org"}


def test_languages_that_were_ticked_are_not_lost_with_it() -> None:
    before, after = document(), document(languages=[])
    form = changed(before, after, languages=["cr", "es", "fr"])
    assert form.patch() is None
    assert form["languages"].value() == ["cr", "es", "fr"]


def test_telephones_and_hours_that_both_changed_are_shown() -> None:
    after = document(phones=[FAX], schedules=[MONTHLY])
    form = changed(document(), after, phone_0_number="506-555-0177", hours_SU="9-17")
    assert form.patch() is None
    assert {label: [line.text for line in lines] for label, lines in form.stands_now} == {
        "Telephones": ["506-555-0101"],
        "Hours": ["Hours that follow other rules than those of a week: 1"],
    }
    assert set(form.errors) == {"phone_0_number", "hours_MO"}
    again = EntryForm(after, sent(form))
    assert not again.is_valid()
    assert "replace_hours" in again.errors
    last = EntryForm(after, sent(form, replace_hours=True))
    assert last.is_valid()
    found: Any = last.patch()
    assert found["phones"][0]["number"] == "506-555-0177"
    assert "SU" in ",".join(one["byday"] for one in found["schedules"])


@pytest.mark.parametrize("seen", ["", "{", "[]", "7", '{"name_en": "x"}', "[" * 100_000])
def test_a_form_that_forgot_what_was_seen_is_held_against_what_stands_there(seen: str) -> None:
    assert patch(document(), seen=seen, email="") == {"email": None}


def test_hours_of_a_wrong_size_are_not_believed() -> None:
    seen = json.dumps({**values_of(document()), "hours": ["9-17"] * (len(KEYS) + 1)})
    assert patch(document(), seen=seen, email="") == {"email": None}


# -- What cannot be told ---------------------------------------------------------------------------


def test_what_is_refused_is_told_where_it_was_written() -> None:
    form = changed(document())
    form.refuse(
        [
            Problem(("description_fr",), "confidential", ""),
            Problem(("phones", 0, "description"), "confidential", ""),
            Problem(("alert",), "confidential", ""),
        ]
    )
    assert list(form.errors) == ["description_fr", "phone_0_number", "__all__"]
    assert form.errors["description_fr"] == ["This tells where a confidential place is."]
    assert form.errors["__all__"] == ["alert: This tells where a confidential place is."]


def test_a_value_that_is_none_is_taken_away_and_the_rest_of_the_document_stays() -> None:
    before = document()
    result = {**values_of(before), "email": ""}
    assert patched(before, patch_of(before, result)) == {name: one for name, one in before.items() if name != "email"}
