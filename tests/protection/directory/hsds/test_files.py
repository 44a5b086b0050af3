"""What arrives of a file: its entries, and what in it is none."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest

from palermo.protection.directory.hsds.files import Arrived, arrived
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import ROW
from palermo.protection.directory.hsds.schema import Problem
from tests.protection.directory.hsds.tables import ORGANIZATION, key, put
from tests.protection.directory.samples import service


def of(folder: Path, *lines: Document | str, name: str = "services.ndjson") -> list[Arrived]:
    texts = [one if isinstance(one, str) else json.dumps(one) for one in lines]
    (folder / name).write_text("".join(f"{one}\n" for one in texts), encoding="utf-8")
    return list(arrived(folder / name, "service", "house"))


def test_broken_lines_come_after_the_entries_with_their_own_numbers(tmp_path: Path) -> None:
    found = of(tmp_path, service("One"), "nonsense", "", service("Two"), "4")
    assert [(one.number, one.kind, one.wrong) for one in found] == [
        (1, "service", ()), (3, "service", ()), (2, ROW, (Problem((2,), "not_json", ""),)),
        (4, ROW, (Problem((5,), "no_entry", ""),)),
    ]  # fmt: skip
    assert "nonsense" not in str(found)
    again = of(tmp_path, service("One"), "nonsense!", "", service("Two"), "4")
    assert [one == other for one, other in zip(found, again, strict=True)] == [True, True, False, True]


def test_the_second_entry_of_an_id_waits_with_what_it_says(tmp_path: Path) -> None:
    first, second = of(tmp_path, service("One"), service("One"), service("One", description="New"))
    assert (first.document, first.wrong) == (service("One"), ())
    assert (second.number, second.kind, second.document) == (3, "service", service("One", description="New"))
    assert second.wrong == (Problem(("id",), "same_id", str(service("One")["id"])),)


@pytest.mark.parametrize("name", ["services.ndjson", "services.json"])
def test_what_is_nested_too_deeply_is_left_out_of_its_entry(tmp_path: Path, name: str) -> None:
    deep = json.dumps(service("One", x=0)).replace('"x": 0', f'"x": {"[" * 900}{"]" * 900}')
    (found,) = of(tmp_path, deep, name=name)
    assert (found.document, found.wrong) == (service("One"), (Problem(("x",), "too_deep", "50"),))


def test_a_table_that_describes_the_others_is_left_out_with_a_remark(tmp_path: Path) -> None:
    described = f"id,name,language,character_set\n{key('a')},services,en,UTF-8\n{key('b')},phones,en,UTF-8\n"
    metadata = (
        "id,resource_id,resource_type,last_action_date,last_action_type,field_name,previous_value,replacement_value,"
        f"updated_by\n{key('c')},{key('a')},meta_table_description,2026-01-01,update,name,x,y,Ann\n"
    )
    put(tmp_path, organizations=ORGANIZATION, meta_table_descriptions=described, metadata=metadata)
    house, about = arrived(tmp_path, "service", "house")
    assert house.kind == "organization"
    assert (about.kind, about.document, about.wrong) == (ROW, {}, ())
    assert about.remarks == (("describes_tables", "meta_table_descriptions.csv"),)


@pytest.mark.parametrize(("kind", "is_known"), [("service", True), ("location", True), ("organization", False)])
def test_of_a_broken_line_it_is_known_which_entries_it_tells_of(tmp_path: Path, kind: str, is_known: bool) -> None:
    """Not of an organization: its services may be lost with the rest of the line."""
    path = tmp_path / "entries.ndjson"
    path.write_text(f"{json.dumps(service('One'))}\n{json.dumps(service('Two'))[:-5]}\n{{}}}}\n", encoding="utf-8")
    _whole, cut, unknown = arrived(path, kind, "house")
    assert cut.ids == ((UUID(service("Two")["id"]),) if is_known else None)
    assert unknown.ids is None
