"""What we say of the standard against its own schemas and examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Shelf, apart
from palermo.protection.directory.hsds.profile import FRENCH, patches
from palermo.protection.directory.hsds.schema import problems, schema_of
from palermo.protection.directory.hsds.shape import ENTITIES

WHOLE = {
    "service_full": "service",
    "organization_full": "organization",
    "service_at_location_full": "service_at_location",
    "location": "location",
    "taxonomy": "taxonomy",
    "taxonomy_term": "taxonomy_term",
}
"""The standard's examples of whole entries, and of what kind they are."""
LISTED = {
    "service_list": ("service", "organization", "program"),
    "organization_list": ("organization",),
    "service_at_location_list": ("service_at_location", "location", "service"),
    "taxonomy_list": ("taxonomy",),
    "taxonomy_term_list": ("taxonomy_term", "taxonomy_detail"),
}
"""Its examples of lists: of what kind the items are, and what each has beside it."""


@pytest.fixture
def standard(shared: Path) -> Path:
    return shared / "standards" / "hsds-3.1"


def test_every_property_is_that_of_the_standard(standard: Path) -> None:
    kinds = {path.stem: _read(path) for path in standard.glob("*.json") if "openapi" not in path.stem}
    assert set(kinds) == set(ENTITIES)
    for kind, theirs in kinds.items():
        ours = _plain(schema_of(kind, with_profile=False))["$defs"][kind]
        assert set(ours["required"]) == set(theirs["required"])
        assert {name: _short(said) for name, said in ours["properties"].items()} == {
            name: _short(said) for name, said in theirs["properties"].items()
        }
        assert ENTITIES[kind].table == theirs["path"].removesuffix(".csv")


@pytest.mark.parametrize("name", WHOLE)
def test_examples_are_found_right_and_come_out_the_same(standard: Path, name: str) -> None:
    example = _read(standard / "examples" / f"{name}.json")
    assert problems(WHOLE[name], example) == []
    assert Shelf(apart(WHOLE[name], example)).whole(WHOLE[name], example["id"]) == example


@pytest.mark.parametrize("name", LISTED)
def test_examples_of_lists_come_out_the_same(standard: Path, name: str) -> None:
    kind, *beside = LISTED[name]
    example = _read(standard / "examples" / f"{name}.json")
    items = example["contents"]
    assert items
    assert [Shelf(apart(kind, item)).flat(kind, item["id"], *beside) for item in items] == items


@pytest.mark.parametrize("kind", ["service", "organization", "service_at_location"])
@pytest.mark.parametrize(
    "broken",
    [{"id": "1"}, {"phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e"}]}, {"contacts": "Ann"}, {"metadata": 3}],
)
def test_what_another_checker_finds_wrong_is_found_wrong(standard: Path, kind: str, broken: dict[str, object]) -> None:
    """The standard's own schemas in the hands of a library that we do not use otherwise, formats included."""
    example = {**_read(standard / "examples" / f"{kind}_full.json"), **broken}
    found = [tuple(error.absolute_path) for error in _theirs(standard, kind).iter_errors(example)]
    assert found
    assert [each.path for each in problems(kind, example)] == found


def test_the_profile_only_adds(standard: Path) -> None:
    """Whoever knows the standard alone can read what the profile allows: no property of theirs is another one."""
    for kind, patch in patches().items():
        added = set(_plain(patch)["properties"])
        assert not added & set(_read(standard / f"{kind}.json")["properties"])
        assert {name.removesuffix(FRENCH) for name in added if name.endswith(FRENCH)} <= {
            *ENTITIES[kind].values,
            *added,
        }


def _theirs(standard: Path, kind: str) -> jsonschema.Draft202012Validator:
    files = {path.name: Resource.from_contents(_read(path), DRAFT202012) for path in standard.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(files.items())
    return jsonschema.Draft202012Validator(
        {"$ref": f"{kind}.json"},
        registry=registry,
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )


def _read(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    return json.loads(path.read_text(encoding="utf-8"))


def _plain(document: Document) -> Any:  # noqa: ANN401 - to look into it without asking what each value is
    return document


def _short(said: dict[str, Any]) -> tuple[object, ...]:
    """What a property must be: the kind of its parts, or type, format and choices."""
    items = said.get("items", {})
    reference = said.get("$ref") or items.get("$ref")
    if reference:
        return ("items" in said, reference.removesuffix(".json").removeprefix("#/$defs/"))
    return said["type"], said.get("format"), said.get("enum")
