"""For whom a service is, and in which languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from palermo.protection.directory.hsds import fitting
from palermo.protection.directory.hsds.confidential import plain
from palermo.protection.directory.hsds.fitting import Wish, language_code, languages, marks_of
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.schema import problems
from tests.protection.directory.samples import key


def fits(wish: Wish, **said: Json) -> bool:
    marks = set(marks_of(said))
    return set(wish.wanted) <= marks and not marks & set(wish.unwanted)


@pytest.mark.parametrize(
    "written", ["Tagalog", "tagalog", "tl", "TGL", "Filipino", "fil", "philippin"]
)  # fmt: skip
def test_a_language_is_known_by_code_and_by_name(written: str) -> None:
    assert language_code(written) == "tl"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("fr-CA", "fr"), ("fr_CA", "fr"), ("EN-ca", "en"), ("zh-Hans", "zh"), ("zh-Hans-CN", "zh"),
        ("ikt-x-inuvialu", "ikt-x-inuvialu"), ("Oji-Cree", "ojs"), ("Innu-aimun", "moe"), ("xx-CA", ""),
        ("Mandarin Chinese", "zh"), ("Chinese (Cantonese)", "yue"), ("English and French", ""),
    ],
)  # fmt: skip
def test_a_language_is_known_with_its_region_or_script(written: str, code: str) -> None:
    assert language_code(written) == code


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("English and French", ["en", "fr"]), ("anglais et français", ["en", "fr"]), ("English, French", ["en", "fr"]),
        ("Spanish/French", ["es", "fr"]), ("Chinese (Mandarin)", ["zh"]), ("Chinese (Cantonese)", ["yue"]),
        ("English or French", ["en", "fr"]), ("Anglais ou français", ["en", "fr"]), ("English + French", ["en", "fr"]),
        ("English | French", ["en", "fr"]), ("Bilingue", ["en", "fr"]), ("bilingual, Spanish", ["en", "es", "fr"]),
        ("Stoney (Nakoda)", ["sto"]), ("French (on request)", ["fr"]), ("Klingon and Vulcan", []),
    ],
)  # fmt: skip
def test_several_languages_in_the_name_of_one_are_all_spoken(written: str, codes: list[str]) -> None:
    assert marks_of({"languages": [{"name": written}]}) == [f"speaks:{code}" for code in codes]


def test_each_way_to_write_a_language_means_one() -> None:
    assert language_code("langue des signes quebecoise") == language_code("LSQ") == "fcs"
    assert language_code("Klingon") == language_code("") == ""
    assert len({one["code"] for one in languages()}) == len(languages())
    for one in languages():
        assert language_code(one["name"]) == language_code(one["name_fr"]) == one["code"]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("bla", ["Blackfoot", "pied-noir", "Siksika"]),
        ("atj", ["Atikamekw", "Nehiromowin"]),
        ("ojs", ["Oji-Cree", "oji-cri", "Anishininiimowin"]),
        ("ikt", ["Inuinnaqtun"]),
        ("ikt-x-inuvialu", ["Inuvialuktun"]),
        ("dgr", ["Tłı̨chǫ", "Tłįchǫ", "Tlicho", "Dogrib"]),
        ("scs", ["North Slavey", "esclave du Nord"]),
        ("xsl", ["South Slavey", "esclave du Sud", "Dene Zhatıé"]),
        ("gwi", ["Gwich’in", "Gwich'in", "gwichin"]),
        ("moh", ["Mohawk", "Kanien'kéha"]),
        ("dak", ["Dakota"]),
        ("sto", ["Stoney (Nakoda)", "Stoney", "Nakoda"]),
        ("am", ["Amharic", "amharique"]),
        ("sw", ["Swahili", "Kiswahili", "swa"]),
        ("ps", ["Pashto", "pachto", "pus"]),
        ("den", ["Dene", "Chipewyan"]),
    ],
)
def test_languages_of_peoples_and_of_newcomers_can_be_asked_for(code: str, names: list[str]) -> None:
    assert {language_code(name) for name in names} == {code}
    assert code in {one["code"] for one in languages()}


def test_each_official_language_and_each_of_the_most_spoken_ones_is_known() -> None:
    # Official Languages Acts of the Northwest Territories and of Nunavut.
    official = ["en", "fr", "cr", "den", "dgr", "gwi", "ikt", "ikt-x-inuvialu", "iu", "scs", "xsl"]
    spoken = [
        "ar", "bn", "de", "el", "es", "fa", "gu", "hi", "hr", "hu", "hy", "it", "ja", "ko", "ml", "nl", "pa", "pl",
        "pt", "ro", "ru", "sr", "ta", "te", "tl", "tr", "uk", "ur", "vi", "yue", "zh",
    ]  # fmt: skip
    assert {*official, *spoken} <= {one["code"] for one in languages()}


def test_no_way_to_write_a_language_means_two() -> None:
    known = json.loads(Path(fitting.__file__).parents[1].joinpath("data/languages.json").read_text(encoding="utf-8"))
    ways = [{plain(name) for name in (one["code"], one["name"], one["name_fr"], *one["others"])} for one in known]
    assert len(set[str]().union(*ways)) == sum(len(each) for each in ways)


def test_every_language_can_stand_in_an_entry() -> None:
    for one in languages():
        assert not problems("language", {"id": key(one["code"]), **one})


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
        (Wish(any_status=True), {"any_immigration_status": True}, True),
        (Wish(any_status=True), {"any_immigration_status": False}, False),
        (Wish(any_status=True), {}, False),
        (Wish(), {"genders": ["women"], "minimum_age": 18, "takes_children": False}, True),
    ],
)
def test_only_what_is_said_keeps_somebody_out(wish: Wish, said: dict[str, Json], fit: bool) -> None:
    assert fits(wish, **said) is fit


@pytest.mark.parametrize("junk", ["women", 7, {"a": 1}, [3, None, {"name": 4}]])
def test_what_makes_no_sense_keeps_nobody_out(junk: Json) -> None:
    assert marks_of({"genders": junk if not isinstance(junk, list) else None, "languages": junk}) == []
