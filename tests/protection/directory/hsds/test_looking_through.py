"""What is looked for in every entry by quick ways is what slow and plain ones find."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some

from palermo.protection.directory.hsds.confidential import (
    Pieces,
    given_away,
    holds_a_mark,
    is_marked,
    marked_elsewhere,
    plain,
    telling,
    tells_nothing,
)
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.plain import without_accents
from palermo.protection.directory.hsds.points import Points
from palermo.protection.directory.hsds.schema import Problem, problems
from tests.protection.directory.hsds.test_pieces import by_pattern

TEXTS = some.text(some.sampled_from("aé1 Z-_\x00\ud800\U0001f600\\u"), max_size=8)
NAMES = some.sampled_from(["id", "is_confidential", "owner_id", "name", "x"]) | TEXTS
LARGE = some.sampled_from([10**299, 10**308, 10**309, 10**4000, -(10**299), -(10**308), -(10**309)])
JSON = some.recursive(
    some.none() | some.booleans() | some.floats() | some.integers() | LARGE | TEXTS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)
ENTRIES = some.dictionaries(NAMES, JSON, max_size=4)


def every(said: Json, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Json]]:
    """Each value with its place, the names of members as values too."""
    yield path, said
    if isinstance(said, dict):
        for name, one in said.items():
            yield path, name
            yield from every(one, (*path, name))
    elif isinstance(said, list):
        for place, one in enumerate(said):
            yield from every(one, (*path, place))


def cannot_be_written(said: Json) -> bool:
    if isinstance(said, str):
        return any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in said)
    # What is no number is not less than any.
    return isinstance(said, int | float) and not abs(said) <= sys.float_info.max


@given(ENTRIES)
def test_what_no_database_keeps_is_found_wherever_it_stands(said: dict[str, Json]) -> None:
    found = [one for one in problems("service", said) if one.rule == "unwritable"]
    assert found == [Problem(path, "unwritable", "") for path, one in every(said) if cannot_be_written(one)]


@given(TEXTS | some.text())
def test_a_plain_text_holds_letters_and_digits_alone(text: str) -> None:
    apart = unicodedata.normalize("NFKD", text.casefold())
    spelled = {"œ": "oe", "æ": "ae", "ø": "o", "ı": "i", "ł": "l", "đ": "d"}
    letters = [part for each in apart if not unicodedata.combining(each) for part in spelled.get(each, each)]
    assert plain(text) == "".join(letter for letter in letters if re.fullmatch(r"[^\W_]", letter))


@given(ENTRIES)
def test_a_mark_is_found_wherever_it_stands(said: dict[str, Json]) -> None:
    values = {path: one for path, one in every(said) if path and _value(said, path) is one}
    marks = {path for path, one in values.items() if path[-1] == "is_confidential" and one not in (None, False)}
    assert holds_a_mark(said) == bool(marks)
    assert set(marked_elsewhere("service", said)) == marks
    assert set(marked_elsewhere("location", said)) == marks - {("is_confidential",)}


@pytest.mark.parametrize("name", ["confidential", "isConfidential", "IsConfidential", "Confidential", "isconfidential"])
@pytest.mark.parametrize(
    ("value", "is_mark"),
    [
        *((said, True) for said in (True, "Yes", " true", 1, "oui")),
        *((said, False) for said in (False, "no", None, "All calls are confidential.")),
    ],
)
def test_a_mark_under_another_name_counts_where_it_is_a_clear_yes(name: str, value: Json, is_mark: bool) -> None:
    said: dict[str, Json] = {"name": "Shelter", "service_at_locations": [{"location": {"id": "x", name: value}}]}
    assert holds_a_mark(said) is is_mark
    found = list(marked_elsewhere("service", said))
    assert found == ([("service_at_locations", 0, "location", name)] if is_mark else [])
    assert list(marked_elsewhere("location", {"id": "x", name: value})) == ([(name,)] if is_mark else [])


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ({"id": "x", "confidential": True}, True),
        ({"location_type": "physical", "phones": [{"confidential": "yes"}]}, True),
        ({"addresses": [{"is_confidential": True}]}, True),
        ({"addresses": [{"is_confidential": False}]}, False),
        ({"latitude": 46.1, "longitude": -64.8}, False),
        ({"name": "Shelter", "service_at_locations": [{"location": {"confidential": True}}]}, False),
    ],
)
def test_a_place_is_marked_where_a_part_of_it_is(said: dict[str, Json], is_so: bool) -> None:
    assert is_marked(said) is is_so


def _value(said: Json, path: tuple[str | int, ...]) -> Json:
    for step in path:
        if isinstance(said, dict):
            said = said[str(step)]
        elif isinstance(said, list):
            said = said[int(step)]
    return said


@given(ENTRIES, some.sets(some.text("aez1", min_size=1, max_size=3), max_size=4))
def test_what_tells_a_place_is_found_in_every_text_and_every_name(said: dict[str, Json], pieces: set[str]) -> None:
    """A name is told of by where the object stands that has it; what stands under it is hidden with it."""

    def tells(text: str) -> bool:
        return any(by_pattern(piece, without_accents(text)) for piece in pieces)

    expected = set()
    for path, one in every(said):
        named = [place for place, step in enumerate(path) if isinstance(step, str) and tells(step)]
        if named:
            expected.add(path[: named[0]])
        elif isinstance(one, str) and path and _value(said, path) is one and tells(one):
            expected.add(path)
    assert set(given_away(said, Pieces(pieces))) == expected


@given(
    ENTRIES | some.lists(ENTRIES, max_size=3).map(lambda entries: {"within": entries}),
    some.sets(some.text("aez1", min_size=1, max_size=3), max_size=4),
    some.sets(some.sampled_from([(1.125, -61.5), (46.09505, -64.796)])),
)
def test_the_quick_look_at_a_whole_entry_misses_nothing_of_what_stands_in_it(
    said: dict[str, Json], pieces: set[str], at: set[tuple[float, float]]
) -> None:
    points = Points(at)
    parts = [one for _path, one in every(said) if isinstance(one, dict)]
    told = any(given_away(one, Pieces(pieces), points=points) or holds_a_mark(one) for one in parts)
    assert not (told and tells_nothing(said, Pieces(pieces), points=points))


def test_the_quick_look_sees_that_an_ordinary_entry_tells_nothing() -> None:
    said: dict[str, Json] = {"id": "x", "name": "A bed", "places": [{"latitude": 46.1234, "longitude": -64.9876}]}
    assert tells_nothing(said, Pieces(["12quietlane"]), points=Points([(46.09505, -64.796)]))
    assert not tells_nothing(said, Pieces(["abed"]))
    assert not tells_nothing(said, points=Points([(46.12345, -64.9876)]))
    assert not tells_nothing({"place": {"is_confidential": True}})


def test_an_id_tells_nothing_and_what_is_none_may() -> None:
    pieces = Pieces(["e1c4b3"])
    assert given_away({"owner_id": "12345678-e1c4-b300-0000-000000000000"}, pieces) == []
    assert given_away({"owner_id": "At E1C 4B3", "id": "e1c4b3"}, pieces) == [("owner_id",), ("id",)]


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("12 rue du Sacré-Cœur", "Venez au 12, rue du Sacré-Coeur"),
        ("12 rue du Sacré-Coeur", "Venez au 12, RUE DU SACRÉ-CŒUR"),
        ("12 Quiet Lane", "https://maps.example/?q=12%20Quiet%20Lane"),
        ("12 Quiet Lane", "https://maps.example/?q=12%2520Quiet%2520Lane"),
        ("12 Quiet Lane", "Come to 12&nbsp;Quiet Lane & ring"),
        ("12 Quiet Lane", "Come to 12 <b>Quiet</b> Lane"),
        ("12 Quiet Lane", 'Come to <a href="x">12</a> Quiet Lane'),
        ("12 Quiet Lane", "Come to 12 &lt;b&gt;Quiet&lt;/b&gt; Lane"),
        ("12 Quiet Lane", "Come to\n12 Quıet\u200bLane"),
        ("12 Quiet Lane, Unit 4", "Come to 12 Quiet Lane"),
        ("4-12 Quiet Lane", "Come to 12 Quiet Lane"),
    ],
)
def test_an_address_is_found_however_it_is_written(address: str, text: str) -> None:
    pieces = Pieces(telling({"addresses": [{"address_1": address}]}))
    assert given_away({"name": "A bed", "notes": [{"text": text}]}, pieces) == [("notes", 0, "text")]
    assert given_away({"name": "A bed", "notes": [{text: {"deep": "x"}}]}, pieces) == [("notes", 0)]
    assert given_away({text: None}, pieces) == [()]
    assert given_away({"notes": "Come to 13 Quiet <b>Lane</b> & ring 12%"}, pieces) == []


def test_signs_and_tags_join_nothing_that_stands_in_two_texts() -> None:
    pieces = Pieces(["12quietlane"])
    assert given_away({"a": "At 12 <", "b": "> Quiet Lane"}, pieces) == []
    assert given_away({"a": "At 12", "b": "Quiet Lane"}, pieces) == []


def test_a_point_is_found_in_texts_and_among_numbers() -> None:
    points = Points([(46.09505, -64.796)])
    link = "https://maps.example/@46.09505,-64.796,17z"
    assert given_away({"url": link}, points=points) == [("url",)]
    assert given_away({"map": {"lat": 46.09505, "lng": -64.796}}, points=points) == [("map",)]
    assert given_away({"shape": {"coordinates": [-64.796, 46.09505]}}, points=points) == [("shape", "coordinates")]
    own: dict[str, Json] = {"latitude": 46.09505, "longitude": -64.796}
    assert given_away({**own, "url": link}, points=points, is_place=True) == [("url",)]
    assert given_away(own, points=points, is_place=True) == []


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"map": {"lat": "46.09505", "lng": "-64.796"}}, ("map",)),
        ({"map": {"lat": {"v": 46.09505}, "lng": {"v": -64.796}}, "other": [45.5, 12.25]}, ("map",)),
        ({"map": {"lat": 46.09505, "zoom": 12.5, "lng": -64.796}}, ("map",)),
        ({"map": {"46.09505": -64.796}}, ("map",)),
        ({"notes": [{"text": "46,09505 ; -64,7960"}]}, ("notes", 0, "text")),
        ({"lat": "46.09505", "more": {"lng": -64.796}}, ()),
        (
            {
                "metadata": [
                    {"field_name": "latitude", "previous_value": "46.09505", "last_action_date": "2026-01-01"},
                    {"field_name": "longitude", "previous_value": "-64.796", "last_action_date": "2026-01-01"},
                ]
            },
            ("metadata",),
        ),
    ],
)
def test_a_point_is_found_in_two_texts_or_objects_and_told_where_both_are(
    said: dict[str, Json], path: tuple[str | int, ...]
) -> None:
    assert given_away(said, points=Points([(46.09505, -64.796)])) == [path]
    assert given_away(said, points=Points([(46.0957, -64.796)])) == []


def test_a_place_tells_its_house_in_all_that_is_sealed_of_it_and_in_nothing_that_is_shown() -> None:
    house = "At 12 Quiet Lane, E1C 4Z3"
    for said in (
        {"name": house}, {"transportation": house}, {"addresses": [{"attention": house}]}, {"url": "x/?q=12+Quiet+Ln"}
    ):  # fmt: skip
        assert plain(next(iter(telling(said)))).startswith(("12quiet", "e1c4z3")), said
    assert telling({"area": house, "accessibility": [{"description": house}], "is_confidential": True}) == frozenset()
    assert telling({"id": "12345678-e1c4-b300-0000-000000000000", "name": "24 hour safe place"}) == frozenset()


def test_only_in_its_own_postal_address_may_a_place_share_a_postal_code() -> None:
    pieces = Pieces(["e1c4z3", "12quietlane"])
    address: dict[str, Json] = {"postal_code": "E1C 4Z3", "canadian_postal_code": "E1C 4Z3"}
    assert given_away({"addresses": [address]}, pieces, is_place=True) == []
    assert len(given_away({"addresses": [address]}, pieces)) == 2
    assert given_away({"addresses": [{"city": "E1C 4Z3"}]}, pieces, is_place=True) == [("addresses", 0, "city")]
    written = {"addresses": [{"postal_code": "E1C 4Z3, at 12 Quiet Lane"}]}
    assert given_away(written, pieces, is_place=True) == [("addresses", 0, "postal_code")]
    assert given_away({"description": "Near E1C 4Z3"}, pieces, is_place=True) == [("description",)]
