"""Entries from tabular packages: the standard's own example, and rows of every form."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.packages import UnreadableTableError
from palermo.protection.directory.hsds.parting import KEPT, Record, Shelf, apart
from palermo.protection.directory.hsds.reading import UnreadableError
from palermo.protection.directory.hsds.schema import problems
from palermo.protection.directory.hsds.shape import ENTITIES
from tests.protection.directory.hsds.tables import ORGANIZATION, SERVICE, entries, key, packed, put, read

TABLES = {
    "phones": "phones", "contacts": "contacts", "languages": "languages", "schedules": "schedules",
    "addresses": "addresses", "accessibility": "accessibility", "service_areas": "service_areas",
    "cost_options": "cost_options", "required_documents": "required_documents", "funding": "funding",
    "additional_urls": "url", "additional_websites": "url", "capacities": "service_capacity",
    "organization_identifiers": "organization_identifiers", "attributes": "attributes", "metadata": "metadata",
    "locations": "locations", "programs": "programs", "services": "services",
    "service_at_locations": "service_at_location", "organization": "organizations", "program": "programs",
    "location": "locations", "unit": "units", "taxonomy_term": "taxonomy_terms", "taxonomy_detail": "taxonomies",
}  # fmt: skip
"""What the table of each property that holds entries is called."""


def example(shared: Path, name: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """One of the standard's own examples."""
    return json.loads((shared / "standards" / "hsds-3.1" / "examples" / f"{name}.json").read_text(encoding="utf-8"))


class Naive:
    """Writes nested entries as tables: a row for each time that an entry stands somewhere."""

    def __init__(self) -> None:
        self.tables: dict[str, list[dict[str, Any]]] = {}

    def put(self, table: str, entry: Mapping[str, Any], kind: str, **links: str) -> None:
        """Write an entry and all those within it."""
        row: dict[str, Any] = dict(links)
        for name, said in entry.items():
            if isinstance(said, list):
                for part in said:
                    self.put(TABLES[name], part, _single(name), **self.link(name, kind, entry["id"]))
            elif isinstance(said, dict):
                row[{"taxonomy_detail": "taxonomy_id"}.get(name, f"{name}_id")] = said["id"]
                self.put(TABLES[name], said, name)
            else:
                row[name] = said
        self.tables.setdefault(table, []).append(row)

    def link(self, name: str, kind: str, owner: str) -> dict[str, str]:
        """What says in a row where its entry stands."""
        return {{"attributes": "link_id", "metadata": "resource_id"}.get(name, f"{kind}_id"): owner}

    def write(self, folder: Path) -> None:
        """Write the tables; what is kept as a record of its own has one row, however often it stands somewhere."""
        alone = {"organizations", "programs", "locations", "services", "service_at_location", "taxonomy_terms"}
        for table, rows in self.tables.items():
            if table in alone | {"taxonomies", "units"}:
                together: dict[str, dict[str, Any]] = {}
                for row in rows:
                    together.setdefault(row["id"], {}).update(row)
                rows = list(together.values())
            names = list(dict.fromkeys(name for row in rows for name in row))
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, names)
                writer.writeheader()
                writer.writerows(rows)


def _single(name: str) -> str:
    return {"addresses": "address", "capacities": "service_capacity"}.get(name, name.removesuffix("s"))


@pytest.mark.parametrize(("name", "kind"), [("service_full", "service"), ("organization_full", "organization")])
@pytest.mark.parametrize("form", [lambda folder: folder, packed])
def test_what_was_nested_is_nested_again(
    shared: Path, tmp_path: Path, name: str, kind: str, form: Callable[[Path], Path]
) -> None:
    nested = example(shared, name)
    folder = tmp_path / "package"
    folder.mkdir()
    naive = Naive()
    naive.put(f"{kind}s", nested, kind)
    naive.write(folder)
    found = entries(form(folder))
    assert [KEPT.index(each) for each, _document in found] == sorted(KEPT.index(each) for each, _document in found)
    assert [(each, problems(each, document)) for each, document in found if problems(each, document)] == []
    assert Shelf(_records(found)).whole(kind, nested["id"]) == nested


def _records(found: list[tuple[str, Document]]) -> list[Record]:
    return [record for kind, document in found for record in apart(kind, document)]


def test_the_standards_own_example_is_read(shared: Path, tmp_path: Path) -> None:
    said = example(shared, "tabular")
    for name, rows in said.items():
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    found, loose = read(tmp_path)
    assert [kind for kind, document in found if problems(kind, document)] == []
    assert {kind: sum(kind == each for each, _document in found) for kind in KEPT} == dict.fromkeys(KEPT, 1)
    # What it says to be described or to have changed is nowhere in it.
    assert [(each.code, each.file, each.line) for each in loose] == [
        ("describes_tables", "meta_table_descriptions.csv", 0),
        ("unknown_owner", "attributes.csv", 2),
        ("unknown_owner", "metadata.csv", 2),
    ]
    service = dict(found)["service"]
    phone: Any = service["phones"]
    assert phone[0]["number"] == '"+44 1234 234567"'
    assert phone[0]["languages"][0]["code"] == "ur"
    assert service["minimum_age"] == 12


def test_values_are_what_the_shape_and_the_profile_say(tmp_path: Path) -> None:
    put(
        tmp_path,
        organizations=ORGANIZATION,
        services=f"id,name,name_fr,status,genders,takes_children,minimum_age,internal\n"
        f'{key("talk")},Talk,Parler,Active,"women; trans",oui,16.5,x y\n{key("b")},B,,active ,"women,men",0,many,\n',
        locations=f"id,location_type,is_confidential,latitude,name\n{key('home')},physical,TRUE,-45.25,  \n",
        service_areas=f"id,service_id,provinces\n{key('area')},{key('talk').upper()},NB;NS\n",
    )
    found = dict(reversed(entries(tmp_path)))
    assert found["service"] == {
        "id": key("talk"), "name": "Talk", "name_fr": "Parler", "status": "Active", "genders": ["women", "trans"],
        "takes_children": True, "minimum_age": 16.5, "internal": "x y",
        "service_areas": [{"id": key("area"), "provinces": ["NB", "NS"]}],
    }  # fmt: skip
    assert found["location"] == {
        "id": key("home"), "location_type": "physical", "is_confidential": True, "latitude": -45.25
    }  # fmt: skip
    other = entries(tmp_path)[-1][1]
    assert (other["status"], other["takes_children"], other["minimum_age"]) == ("active", False, "many")
    assert [each.path for each in problems("service", other)] == [("minimum_age",)]


def test_rows_that_belong_to_nothing_are_told(tmp_path: Path) -> None:
    put(
        tmp_path,
        organizations=ORGANIZATION + f"{key('house')},House of Lindens,A house.\n",
        phones=f"id,number,service_id,organization_id\n1,506,{key('talk')},\n2,507,,\n3,508,{key('talk')},{key('house')}\n"
        f"3,509,,{key('house')}\n",
        cats="id,name\n1,Tom\n",
        attributes=f"id,link_id,link_entity\n1,{key('house')},organizations\n2,{key('house')},service\n3,2,phone\n4,9,attribute\n",
    )
    found, loose = read(tmp_path)
    assert [document["name"] for _kind, document in found] == ["House of Lindens"]
    organization: Any = found[0][1]
    assert [phone["id"] for phone in organization["phones"]] == ["3"]
    assert [one["id"] for one in organization["attributes"]] == ["1", "2"]
    assert sorted((each.code, each.file, each.line, each.said) for each in loose) == [
        ("no_owner", "phones.csv", 3, "2"),
        ("same_id", "phones.csv", 5, "3"),
        ("unknown_file", "cats.csv", 0, ""),
        ("unknown_owner", "attributes.csv", 5, "9"),
        ("unknown_owner", "phones.csv", 2, key("talk")),
    ]


def test_entries_of_which_two_rows_say_different_things_are_refused(tmp_path: Path) -> None:
    places = f"id,location_type,is_confidential\n{key('home')},physical,\n{key('home')},physical,true\n"
    with pytest.raises(UnreadableTableError) as caught:
        read(put(tmp_path, locations=places))
    assert (caught.value.file, caught.value.line) == ("locations.csv", 3)


def test_a_row_with_a_cell_too_many_waits_unless_what_matters_would_go_with_it(tmp_path: Path) -> None:
    phones = f"id,number,service_id\n1,506,{key('talk')},,\n2,507,{key('talk')},Ann, at noon\n3,508,{key('talk')}\n"
    put(tmp_path, organizations=ORGANIZATION, services=SERVICE, phones=phones)
    found, loose = read(tmp_path)
    service: Any = found[1][1]
    assert [phone["id"] for phone in service["phones"]] == ["1", "3"]
    assert [(each.code, each.file, each.line) for each in loose] == [("too_many_cells", "phones.csv", 3)]
    for name, text in {
        "services": SERVICE.replace("Someone", "Someone, anyone"), "addresses": "id,address_1\n1,12 A St, back\n"
    }.items():  # fmt: skip
        with pytest.raises(UnreadableTableError) as caught:
            read(put(tmp_path, **{name: text}))
        assert (caught.value.file, caught.value.line) == (f"{name}.csv", 2)
        put(tmp_path, services=SERVICE)


def test_a_row_stands_everywhere_that_it_belongs_to(tmp_path: Path) -> None:
    both = f"id,number,service_id,organization_id\n1,506,{key('talk')},{key('house')}\n"
    put(tmp_path, organizations=ORGANIZATION, services=SERVICE, phones=both)
    (_organization, house), (_service, talk) = entries(tmp_path)
    assert house["phones"] == talk["phones"] == [{"id": "1", "number": "506"}]
    assert house["phones"] is not talk["phones"]
    assert talk["organization_id"] == key("house")


def test_rows_that_would_stand_in_endlessly_many_entries_are_refused(tmp_path: Path) -> None:
    """Rows of one id that name a service each, and languages that all belong to that id."""
    services = "".join(f"{number},S,active\n" for number in range(300))
    phones = "".join(f"1,506,{number}\n" for number in range(300))
    languages = "".join(f"l{number},1\n" for number in range(3_000))
    put(tmp_path, services=f"id,name,status\n{services}", phones=f"id,number,service_id\n{phones}")
    put(tmp_path, languages=f"id,phone_id\n{languages}")
    with pytest.raises(UnreadableError):
        read(tmp_path)


CELLS = st.text(max_size=20) | st.sampled_from([key("talk"), key("house"), "1", "true", "1e99", "service", '"', "\0"])


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from([*ENTITIES, "services", "datapackage"]),
        st.lists(st.lists(CELLS, max_size=6), max_size=6),
        max_size=4,
    ),
    st.sampled_from(["utf-8", "utf-16", "latin-1"]),
)
def test_junk_is_read_or_refused(tables: dict[str, list[list[str]]], encoding: str) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        for kind, rows in tables.items():
            text = io.StringIO()
            heads = ["id", *(f"{one}_id" for one in ("service", "link", "resource", "phone")), "name"]
            csv.writer(text).writerows([heads, *rows])
            put(folder, **{kind: text.getvalue().encode(encoding, "replace")})
        for kind, document in read(folder)[0]:
            # Whatever is wrong with it, it can be told: an entry, with the id by which it is known.
            assert "id" in document or problems(kind, document)
    except UnreadableError:
        pass
    finally:
        shutil.rmtree(folder)
