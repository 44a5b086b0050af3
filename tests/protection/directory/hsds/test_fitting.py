"""For whom a service is, and in which languages."""

from __future__ import annotations

import pytest

from palermo.protection.directory.hsds.fitting import Wish, language_code, languages, marks_of
from palermo.protection.directory.hsds.json_values import Json


def fits(wish: Wish, **said: Json) -> bool:
    marks = set(marks_of(said))
    return set(wish.wanted) <= marks and not marks & set(wish.unwanted)


@pytest.mark.parametrize(
    "written", ["Tagalog", "tagalog", "tl", "TGL", "Filipino", "fil", "philippin"]
)  # fmt: skip
def test_a_language_is_known_by_code_and_by_name(written: str) -> None:
    assert language_code(written) == "tl"


def test_each_way_to_write_a_language_means_one() -> None:
    assert language_code("langue des signes quebecoise") == language_code("LSQ") == "fcs"
    assert language_code("Klingon") == language_code("") == ""
    assert len({one["code"] for one in languages()}) == len(languages())
    for one in languages():
        assert language_code(one["name"]) == language_code(one["name_fr"]) == one["code"]


def test_a_language_has_to_be_named_by_the_service_or_its_place() -> None:
    spanish: list[Json] = [{"name": "espagnol"}]
    assert fits(Wish(language="es"), languages=spanish)
    assert fits(Wish(language="es"), languages=[{"name": "Castellano", "code": "spa"}])
    assert not fits(Wish(language="fr"), languages=spanish)
    assert not fits(Wish(language="es"))
    assert "speaks:es" in marks_of({}, {"languages": spanish})


@pytest.mark.parametrize(
    ("wish", "said", "fit"),
    [
        (Wish(gender="men"), {"genders": ["women"]}, False),
        (Wish(gender="women"), {"genders": ["women"]}, True),
        (Wish(gender="trans"), {"genders": ["women", "trans"]}, True),
        (Wish(gender="men"), {"genders": []}, True),
        (Wish(gender="men"), {}, True),
        (Wish(is_minor=True), {"minimum_age": 18}, False),
        (Wish(is_minor=True), {"minimum_age": 16}, True),
        (Wish(is_minor=True), {}, True),
        (Wish(has_children=True), {"takes_children": False}, False),
        (Wish(has_children=True), {"takes_children": True}, True),
        (Wish(has_children=True), {}, True),
        (Wish(indigenous_led=True), {"indigenous_led": True}, True),
        (Wish(indigenous_led=True), {}, False),
        (Wish(), {"genders": ["women"], "minimum_age": 18, "takes_children": False}, True),
    ],
)
def test_only_what_is_said_keeps_somebody_out(wish: Wish, said: dict[str, Json], fit: bool) -> None:
    assert fits(wish, **said) is fit


@pytest.mark.parametrize("junk", ["women", 7, {"a": 1}, [3, None, {"name": 4}]])
def test_what_makes_no_sense_keeps_nobody_out(junk: Json) -> None:
    assert marks_of({"genders": junk if not isinstance(junk, list) else None, "languages": junk}) == []
