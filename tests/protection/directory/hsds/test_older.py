"""Entries of HSDS 3.0 are entries of 3.1 as they are.

The standard's change log calls all changes of 3.1 to the schemas backwards compatible and lists only what was added
(openreferral/specification, docs/hsds/changelog.md); names, formats, choices and what is required are those of 3.0
(its schema/compiled/tabular.json before and after).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from palermo.protection.directory.hsds.parting import Shelf, apart
from palermo.protection.directory.hsds.schema import problems
from palermo.protection.directory.hsds.shape import ENTITIES, parts_of

ADDED = {
    "organization": {"additional_websites"},
    "service": {"additional_urls", "capacities"},
    "service_at_location": {"service_areas"},
    "attribute": {"label"},
}
"""What 3.1 added to kinds of entry that 3.0 had."""


def as_before(kind: str, entry: dict[str, Any]) -> dict[str, Any]:
    """An entry without what 3.0 did not have."""
    found = {name: said for name, said in entry.items() if name not in ADDED.get(kind, set())}
    for name, parts in parts_of(kind).items():
        if name in found and parts.many:
            found[name] = [as_before(parts.entity, one) for one in found[name]]
        elif name in found:
            found[name] = as_before(parts.entity, found[name])
    return found


def test_nothing_that_was_added_is_required() -> None:
    for kind, names in ADDED.items():
        assert names <= {*ENTITIES[kind].values, *ENTITIES[kind].parts}
        assert not names & set(ENTITIES[kind].required)


@pytest.mark.parametrize("kind", ["service", "organization", "service_at_location"])
def test_entries_of_before_are_right_and_come_out_the_same(shared: Path, kind: str) -> None:
    path = shared / "standards" / "hsds-3.1" / "examples" / f"{kind}_full.json"
    entry = as_before(kind, json.loads(path.read_text(encoding="utf-8")))
    assert "additional_" not in json.dumps(entry)
    assert problems(kind, entry) == []
    assert Shelf(apart(kind, entry)).whole(kind, entry["id"]) == entry
