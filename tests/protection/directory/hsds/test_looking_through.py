"""What is looked for in every entry by quick ways is what slow and plain ones find."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as some

from palermo.protection.directory.hsds.confidential import Pieces, given_away, holds_a_mark, marked_elsewhere, plain
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.schema import Problem, problems

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
    letters = [letter for letter in apart if not unicodedata.combining(letter)]
    assert plain(text) == "".join(letter for letter in letters if re.fullmatch(r"[^\W_]", letter))


@given(ENTRIES)
def test_a_mark_is_found_wherever_it_stands(said: dict[str, Json]) -> None:
    values = {path: one for path, one in every(said) if path and _value(said, path) is one}
    marks = {path for path, one in values.items() if path[-1] == "is_confidential" and one not in (None, False)}
    assert holds_a_mark(said) == bool(marks)
    assert set(marked_elsewhere("service", said)) == marks
    assert set(marked_elsewhere("location", said)) == marks - {("is_confidential",)}


def _value(said: Json, path: tuple[str | int, ...]) -> Json:
    for step in path:
        if isinstance(said, dict):
            said = said[str(step)]
        elif isinstance(said, list):
            said = said[int(step)]
    return said


@given(ENTRIES, some.sets(some.text("aez1", min_size=1, max_size=3), max_size=4))
def test_what_tells_a_place_is_found_in_every_text_and_in_no_id(said: dict[str, Json], pieces: set[str]) -> None:
    expected = {
        path
        for path, one in every(said)
        if isinstance(one, str)
        and path
        and _value(said, path) is one
        and not any(isinstance(step, str) and (step == "id" or step.endswith("_id")) for step in path)
        and any(piece in plain(one) for piece in pieces)
    }
    assert set(given_away(said, Pieces(pieces))) == expected
