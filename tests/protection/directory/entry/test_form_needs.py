"""The needs in the form of a service: those that it says itself, and nothing else that it is described by."""

from __future__ import annotations

from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.entry.words import said_in_words
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.queries.needs import need
from tests.protection.directory.forms import changed, document, is_new, patch
from tests.protection.directory.samples import key


def term(code: str) -> str:
    """The id of a need."""
    return str((need(code) or {})["id"])


BED = {"id": key("bed"), "taxonomy_term_id": term("safe-place").upper(), "label": "As the source has it"}
KIND = {"id": key("kind"), "taxonomy_term_id": key("term of a feed")}
BARE = {"id": key("bare"), "value": "blue"}


def test_only_needs_that_a_service_says_itself_are_ticked() -> None:
    assert EntryForm(document(attributes=[KIND, BED, BARE]))["needs"].value() == [term("safe-place")]
    assert EntryForm(document())["needs"].value() == []


def test_a_change_of_needs_keeps_all_that_is_no_need() -> None:
    before = document(attributes=[KIND, BED, BARE])
    *kept, new = patch(before, needs=[term("safe-place"), term("talk")])["attributes"]
    assert kept == [KIND, BED, BARE]
    assert is_new(new.pop("id"))
    assert new == {"link_entity": "service", "taxonomy_term_id": term("talk")}
    assert patch(before, needs=[]) == {"attributes": [KIND, BARE]}
    assert patch(document(attributes=[BED]), needs=[]) == {"attributes": None}


def test_a_service_that_was_described_by_nothing_comes_to_answer_a_need() -> None:
    (new,) = patch(document(), needs=[term("lawyer")])["attributes"]
    assert new["taxonomy_term_id"] == term("lawyer")


def test_what_is_no_need_cannot_be_ticked() -> None:
    assert "needs" in changed(document(), needs=[key("term of a feed")]).errors


def test_needs_that_two_people_changed_are_shown_to_the_second() -> None:
    form = changed(document(attributes=[BED]), document(), needs=[term("safe-place"), term("talk")])
    assert form.patch() is None
    assert form["needs"].value() == [term("safe-place"), term("talk")]
    assert form.stands_now == [("Needs that it answers", [])]
    form = changed(document(attributes=[BED]), document(attributes=[BED, KIND]), needs=[])
    assert form.patch() == {"attributes": [KIND]}


def test_needs_that_cannot_be_told_are_named_beside_the_boxes() -> None:
    form = changed(document())
    form.refuse([Problem(("attributes",), "missing", term("talk"))])
    assert list(form.errors) == ["needs"]


def test_a_change_of_needs_is_told_by_their_names() -> None:
    assert [one.text for one in said_in_words("attributes", [KIND, BED])] == ["A safe place tonight"]
    assert said_in_words("attributes", [KIND]) == []
