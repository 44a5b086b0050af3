"""Lists and terms mean what the source that said them first says, and what is built in means what it does here."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from palermo.protection.directory.actions.aside import problems_of
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import PutAside, Service, Taxonomy, TaxonomyTerm
from palermo.protection.directory.queries.needs import needs
from palermo.protection.directory.queries.service_types import service_types
from palermo.protection.directory.sealing import opened
from tests.protection.directory.helping import MONCTON, ask
from tests.protection.directory.samples import key, place, service, taken
from tests.protection.directory.together import NEEDS, SOCIETY, pulled

pytestmark = pytest.mark.django_db
LIST: Document = {"id": key("list"), "name": "Kinds", "description": "Kinds of service."}
TERM: Document = {
    "id": key("term"), "name": "Transition houses", "description": "A house.", "code": "T", "taxonomy_detail": LIST,
}  # fmt: skip


def described(name: str, term: Document, **said: object) -> Document:
    """A service that a term describes."""
    attributes = [{"id": key(f"{name} is"), "link_id": key(name), "taxonomy_term": term}]
    there = [{"id": key(f"{name} there"), "location": place(f"place of {name}", **MONCTON)}]
    found: Document = service(name, attributes=attributes, service_at_locations=there, **said)
    return found


def reasons() -> list[tuple[str, str]]:
    """Why entries wait: the rule, and who keeps what they change."""
    found = [problem for one in PutAside.objects.all() for problem in problems_of(opened(one.pk, bytes(one.sealed)))]
    return [(one.rule, one.wanted) for one in found]


def named(term: object) -> str:
    return str(TaxonomyTerm.objects.get(pk=str(term)).document["name"])


def test_no_feed_renames_the_term_of_another(tmp_path: Path, client: Client) -> None:
    taken(*needs(), *service_types(), kind="taxonomy_term")
    house = next(one for one in service_types() if one["code"] == "emergency-shelter")
    term = {**TERM, "name": house["name"]}
    pulled(tmp_path, "A", described("One", term))
    assert "<h3>One" in ask(client, need="safe-place", place="Moncton")
    pulled(tmp_path, "B", described("Two", {**TERM, "name": "Bakeries"}, organization=SOCIETY))
    assert not PutAside.objects.exists()
    assert named(TERM["id"]) == house["name"]
    shown = ask(client, need="safe-place", place="Moncton")
    assert "<h3>One" in shown
    assert "<h3>Two" in shown
    pulled(tmp_path, "A", described("One", {**TERM, "name": "Bakeries"}))
    assert "<h3>One" not in ask(client, need="safe-place", place="Moncton")


def test_feeds_that_name_a_term_each_in_its_way_change_nothing_by_it(tmp_path: Path) -> None:
    feeds = (("A", described("One", TERM)), ("B", described("Two", {**TERM, "name": "Houses"}, organization=SOCIETY)))
    for source, said in feeds:
        pulled(tmp_path, source, said)
    before = dict(Service.objects.values_list("pk", "changed_at"))
    for source, said in feeds:
        pulled(tmp_path, source, said)
    assert dict(Service.objects.values_list("pk", "changed_at")) == before


@pytest.mark.parametrize("kind", ["taxonomy_term", "taxonomy"])
def test_an_entry_of_what_another_source_keeps_waits_unless_it_says_the_same(tmp_path: Path, kind: str) -> None:
    pulled(tmp_path, "A", TERM, kind="taxonomy_term")
    said = TERM if kind == "taxonomy_term" else LIST
    pulled(tmp_path, "B", said, kind=kind)
    assert not PutAside.objects.exists()
    pulled(tmp_path, "B", {**said, "name": "Renamed"}, kind=kind)
    assert reasons() == [("source", "A")]
    pulled(tmp_path, "A", {**said, "name": "Renamed"}, kind=kind)
    assert "Renamed" in {named(TERM["id"]), Taxonomy.objects.get().document["name"]}


def test_a_term_of_nobody_is_kept_by_whoever_tells_of_it_first(tmp_path: Path) -> None:
    taken(TERM, kind="taxonomy_term")
    pulled(tmp_path, "A", described("One", {**TERM, "name": "Houses"}))
    pulled(tmp_path, "B", described("Two", {**TERM, "name": "Bakeries"}, organization=SOCIETY))
    assert named(TERM["id"]) == "Houses"
    assert {str(TaxonomyTerm.objects.get().source), str(Taxonomy.objects.get().source)} == {"A"}


@pytest.mark.parametrize("is_loaded_first", [True, False])
def test_what_is_built_in_keeps_its_name(tmp_path: Path, is_loaded_first: bool) -> None:
    renamed = {**NEEDS["safe-place"], "name": "Foo", "taxonomy_detail": {**LIST, "id": list_of_needs()}}
    if not is_loaded_first:
        pulled(tmp_path, "A", described("One", renamed))
    taken(*needs(), *service_types(), kind="taxonomy_term")
    pulled(tmp_path, "A", described("One", renamed))
    assert named(renamed["id"]) == NEEDS["safe-place"]["name"]
    assert Taxonomy.objects.get(pk=list_of_needs()).document["name"] != LIST["name"]
    assert not PutAside.objects.exists()
    pulled(tmp_path, "A", NEEDS["safe-place"], renamed, kind="taxonomy_term")
    assert reasons() == [("same_id", renamed["id"])]
    pulled(tmp_path, "A", renamed, kind="taxonomy_term")
    assert reasons()[-1:] == [("term_kept_here", "")]


def list_of_needs() -> str:
    """The id of the list of needs."""
    detail = NEEDS["safe-place"]["taxonomy_detail"]
    return str(detail["id"]) if isinstance(detail, dict) else ""
