"""Entries that were put aside: one field for each value that is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from palermo.people.models import Role, User
from palermo.people.queries import command_line
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.schema import Problem, problems
from palermo.protection.directory.mending import mended, wounds, written_at
from palermo.protection.directory.models import Fate, Location, PutAside, Service, Source
from palermo.protection.directory.sealing import opened
from palermo.protection.directory.words import sentence
from tests.factories import MembershipFactory, UserFactory
from tests.protection.directory.actions.test_intake import broken, pulled
from tests.protection.directory.keeping import whole
from tests.protection.directory.samples import key, place, service, taken

STATUS = 'at-["status"]'
LIST, FILES = "/en/work/services/aside/", "/en/work/services/files/"


@pytest.fixture
def coordinator() -> User:
    found: User = MembershipFactory.create(role=Role.COORDINATOR).user
    return found


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.mark.django_db
def test_each_wrong_value_has_one_field() -> None:
    document: Document = {
        "id": key("a"), "name": "A", "status": "open", "minimum_age": "old", "phones": [{"id": key("p")}],
    }  # fmt: skip
    found = wounds(document, problems("service", document), Secrecy())
    assert {(one.label, one.value) for one in found} == {
        ("status", "open"), ("minimum_age", "old"), ("phones › 1 › number", "")
    }  # fmt: skip
    said = {one.name: {"status": "active", "minimum_age": "16"}.get(one.label, "506-555-0100") for one in found}
    after = mended(document, found, said)
    assert problems("service", after) == []
    assert after["status"] == "active"
    assert after["phones"] == [{"id": key("p"), "number": "506-555-0100"}]
    assert document["status"] == "open"


@pytest.mark.django_db
def test_what_is_emptied_is_gone() -> None:
    document: Document = {"id": key("a"), "name": "A", "status": "active", "email": "nobody"}
    found = wounds(document, problems("service", document), Secrecy())
    assert mended(document, found, {found[0].name: " "}) == {"id": key("a"), "name": "A", "status": "active"}
    assert mended(document, found, {}) == document


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
PATHS = st.lists(st.text(max_size=3) | st.integers(0, 3), max_size=4).map(tuple)


@pytest.mark.django_db
@given(document=st.dictionaries(st.text(max_size=3), JSON, max_size=3), path=PATHS, written=st.text(max_size=5))
def test_whatever_is_wrong_with_whatever_nothing_else_changes(
    document: Document, path: tuple[str | int, ...], written: str
) -> None:
    found = wounds(document, [Problem(path, "enum", "x"), Problem(path, "required", "name")], Secrecy())
    after = mended(document, found, {one.name: written for one in found})
    before = json.dumps(document, sort_keys=True)
    touched = {one.path[0] for one in found if one.is_editable}
    for name, said in document.items():
        if name not in touched:
            assert after[name] == said
    assert json.dumps(document, sort_keys=True) == before


@pytest.mark.django_db
def test_a_coordinator_mends_an_entry_and_it_comes_in(desk: Client, tmp_path: Path) -> None:
    pulled(tmp_path, [broken()])
    aside = PutAside.objects.get()
    page = desk.get(LIST).content.decode()
    assert "Broken" in page
    assert "must be one of these" in page
    address = f"{LIST}{aside.pk}/"
    page = desk.get(address).content.decode()
    assert f'name="{escape(STATUS)}" value="closed"' in page
    again = desk.post(address, {STATUS: "shut"}).content.decode()
    assert "Something is still wrong" in again
    assert 'value="shut"' in again
    assert not Service.objects.exists()
    assert desk.post(address, {STATUS: "active"}).status_code == 302
    assert Service.objects.get().document["status"] == "active"
    assert desk.get(address).status_code == 404
    assert "Nothing waits" in desk.get(LIST).content.decode()


@pytest.mark.django_db
def test_an_entry_is_left_out(desk: Client, tmp_path: Path) -> None:
    pulled(tmp_path, [broken()])
    aside = PutAside.objects.get()
    assert desk.get(f"{LIST}{aside.pk}/discard/").status_code == 405
    assert desk.post(f"{LIST}{aside.pk}/discard/").status_code == 302
    aside.refresh_from_db()
    assert aside.fate == Fate.DISCARDED
    assert desk.post(f"{LIST}{uuid4()}/discard/").status_code == 404


@pytest.mark.django_db
def test_a_file_comes_in_through_the_page(desk: Client, tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    path.write_text(
        "Service,Telephone,Shoe size,Confidential\nA bed,506-555-0100,38,no\nOther,506-555-0101,,maybe\n",
        encoding="utf-8",
    )
    with path.open("rb") as file:
        answer = desk.post(FILES, {"source": "House of Lindens", "file": file}, follow=True)
    page = answer.content.decode()
    assert "2 entries were looked at. 1 of them was put aside." in page
    assert "Shoe size" in page
    assert "not stand in its files any more" not in page
    assert str(Service.objects.get()) == "A bed"
    assert "House of Lindens" in desk.get(FILES).content.decode()


@pytest.mark.django_db
def test_who_takes_in_what_may_be_secret_reads_that_it_comes_in_so(desk: Client, tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    path.write_text("Service,Telephone,Street,Confidential\nA bed,506-555-0100,12 Elm Street,maybe\n", encoding="utf-8")
    with path.open("rb") as file:
        desk.post(FILES, {"source": "House of Lindens", "file": file})
    aside = PutAside.objects.get()
    page = desk.get(f"{LIST}{aside.pk}/").content.decode()
    assert "Taken in here, it is confidential" in page
    assert "and change it then" not in page
    desk.post(f"{LIST}{aside.pk}/")
    assert [one.is_confidential for one in Location.objects.all()] == [True]


@pytest.mark.django_db
def test_a_file_says_what_it_does_not_tell_of_any_more(desk: Client, tmp_path: Path) -> None:
    pulled(tmp_path, [service("One"), service("Two"), service("Three")])
    last = pulled(tmp_path, [service("Two")])
    page = desk.get(f"{FILES}{last.pk}/").content.decode()
    assert "2 services of “Feed” do not stand in its files any more." in page
    link = re.search(r'href="([^"]*show=missing)"', page)
    assert link is not None
    gone = desk.get(link[1]).content.decode()
    assert ("One" in gone, "Two" in gone, "Three" in gone) == (True, False, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.doc", "x", "Files of this kind cannot be read"),
        ("a.json", "nonsense", "it is not JSON"),
        ("a.csv", "one,two\n1,2\n", "no headings"),
        ("a.zip", "x", "line 1"),
        ("a.ndjson", "", "submitted file is empty"),
    ],
)
def test_a_file_that_makes_no_sense_is_told_in_a_sentence(
    desk: Client, tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with (tmp_path / name).open("rb") as file:
        page = desk.post(FILES, {"source": "House", "file": file}).content.decode()
    assert sentence in page
    assert not Service.objects.exists()


@pytest.mark.django_db
def test_what_is_kept_and_would_tell_a_secret_is_taken_out_and_the_page_says_so(desk: Client, tmp_path: Path) -> None:
    pulled(tmp_path, [service("Telling", description="At 12 Rue de l’Église", service_at_locations=[])])
    hidden = service("Hidden", service_at_locations=[{"id": key("v"), "location": place(is_confidential=True)}])
    (tmp_path / "b.json").write_text(json.dumps(hidden), encoding="utf-8")
    with (tmp_path / "b.json").open("rb") as file:
        page = desk.post(FILES, {"source": "Feed", "file": file}, follow=True).content.decode()
    assert "Something was taken out of what was kept" in page
    page += desk.get(f"/en/work/services/{key('Telling')}/").content.decode()
    assert "Something was taken out here" in page
    assert "glise" not in page


@pytest.mark.django_db
def test_only_coordinators_open_these_pages(client: Client, tmp_path: Path) -> None:
    pulled(tmp_path, [broken()])
    one = f"{LIST}{PutAside.objects.get().pk}/"
    for address in (LIST, FILES, one, "/en/work/services/alike/"):
        assert client.get(address).status_code == 302
    for role in [None, *(set(Role) - {Role.COORDINATOR})]:
        user = MembershipFactory.create(role=role).user if role else UserFactory.create()
        client.force_login(user)
        for address in (LIST, FILES, one, "/en/work/services/alike/"):
            assert client.get(address).status_code == 403


@pytest.mark.django_db
def test_whoever_mends_does_not_learn_where_a_confidential_place_is(desk: Client, tmp_path: Path) -> None:
    hidden = place(is_confidential=True, latitude="north")
    wrong = broken(service_at_locations=[{"id": key("v"), "location": hidden}])
    telling = service("Telling", description="At 12 Rue de l’Église", service_at_locations=[])
    pulled(
        tmp_path,
        [
            wrong,
            telling,
            service("Other", service_at_locations=[{"id": key("w"), "location": place("o", is_confidential=True)}]),
        ],
    )
    assert PutAside.objects.count() == 2
    for one in PutAside.objects.all():
        page = desk.get(f"{LIST}{one.pk}/").content.decode()
        assert "glise" not in page
        assert "north" not in page
        assert "E1C" not in page
    assert "glise" not in desk.get(LIST).content.decode()
    first = PutAside.objects.get(key=key("Broken"))
    names = {found.label: found.name for found in wounds(wrong, problems("service", wrong), Secrecy())}
    said = {names["status"]: "active", names["service_at_locations › 1 › location › latitude"]: "46.1"}
    assert desk.post(f"{LIST}{first.pk}/", said).status_code == 302
    sealed = Location.objects.get(pk=str(hidden["id"])).sealed
    assert opened(sealed.pk, bytes(sealed.sealed))["latitude"] == 46.1


@pytest.mark.django_db
def test_whoever_mends_does_not_learn_it_from_an_entry_that_knows_of_no_secret(desk: Client, tmp_path: Path) -> None:
    """Its feed knows no mark, or says the address in another place; and it is wrong for another reason."""
    taken(place(is_confidential=True, latitude=46.0912, longitude=-64.7699), kind="location")
    point: dict[str, Any] = {"latitude": 46.0912, "longitude": -64.7699}
    elsewhere: Document = {"id": key("elsewhere"), "location_type": "physical", **point}
    said: list[dict[str, object]] = [
        {"service_at_locations": [{"id": key("v"), "location": place(**point)}]},
        {"service_at_locations": [{"id": key("w"), "location": elsewhere}]},
        {"hints": ["Come to 12 Rue de l’Église"], "service_at_locations": []},
        {"service_at_locations": [], "alternate_name": "12 Rue de l’Église"},
    ]
    wrong = [broken(f"Wrong {number}", **each) for number, each in enumerate(said)]
    pulled(tmp_path, [*wrong, {**broken("Wrong"), "name": "12 Rue de l’Église"}])
    pages = [desk.get(LIST), *(desk.get(f"{LIST}{one.pk}/") for one in PutAside.objects.all())]
    assert len(pages) == 6
    for page in pages:
        for piece in ("glise", "E1C", "46.09", "64.76"):
            assert piece not in whole(page)


@pytest.mark.django_db
def test_what_is_hidden_and_left_empty_stays() -> None:
    wrong = broken(description="At 12 Rue de l’Église")
    found = wounds(
        wrong, [Problem(("description",), "confidential", "service"), Problem(("status",), "enum", "")], Secrecy()
    )
    assert [(one.value, one.is_hidden) for one in found] == [("", True), ("closed", False)]
    after = mended(wrong, found, {one.name: "" for one in found})
    assert after["description"] == wrong["description"]
    assert "status" not in after


@pytest.mark.django_db
def test_a_row_in_doubt_is_named_by_its_line_and_set_right_once_it_is_in(desk: Client, tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    path.write_text("Service,Telephone\nMeals,506-555-0100\nAdvice,ask at the door\n", encoding="utf-8")
    source, _ = Source.objects.get_or_create(name="Ours")
    take_in_file(by=command_line(), path=path, kind="service", source=source)
    assert "row 3, “Telephone”: “ask at the door” is no telephone number" in desk.get(LIST).content.decode()
    aside = PutAside.objects.get()
    assert "Take it in as it stands below" in desk.get(f"{LIST}{aside.pk}/").content.decode()
    answer = desk.post(f"{LIST}{aside.pk}/")
    advice = Service.objects.get(document__name="Advice")
    assert answer.headers["Location"] == f"/en/work/services/{advice.pk}/"
    assert "Advice" in desk.get(answer.headers["Location"]).content.decode()


def test_a_line_of_a_table_is_named_by_its_file() -> None:
    assert sentence(Problem(("phones.csv", 7), "no_owner", "x")).startswith("phones.csv, line 7: ")
    assert sentence(Problem(("extra.csv", 0), "missing_file", "")).startswith("extra.csv: ")


@pytest.mark.django_db
def test_what_cannot_be_written_is_shown_all_the_same(desk: Client, tmp_path: Path) -> None:
    wrong = {**service(), "id": "\ud800", "name": "Half \ud800"}
    pulled(tmp_path, [wrong])
    aside = PutAside.objects.get()
    assert "Half ?" in desk.get(LIST).content.decode()
    assert "Half ?" in desk.get(f"{LIST}{aside.pk}/").content.decode()
    said = {'at-["id"]': key("A"), 'at-["name"]': "Half"}
    assert desk.post(f"{LIST}{aside.pk}/", said).status_code == 302
    assert str(Service.objects.get(pk=key("A"))) == "Half"


@pytest.mark.django_db
def test_an_entry_without_a_name_is_called_by_what_stands_for_its_id(desk: Client, tmp_path: Path) -> None:
    wrong, placed = {**broken(), "id": "12-b"}, broken()
    del wrong["name"], placed["name"], placed["id"]
    pulled(tmp_path, [wrong, placed])
    shown = desk.get(LIST).content.decode()
    assert ">12-b</a>" in shown
    assert ">#2</a>" in shown
    assert "Mend an entry: 12-b" in desk.get(f"{LIST}{PutAside.objects.get(number=1).pk}/").content.decode()


@pytest.mark.django_db
def test_whoever_mends_is_told_that_another_source_keeps_an_entry(desk: Client, tmp_path: Path) -> None:
    pulled(tmp_path, [service("One", description="Ours")])
    pulled(tmp_path, [service("One", description="Theirs")], source="Elsewhere")
    shown = desk.post(f"{LIST}{PutAside.objects.get().pk}/").content.decode()
    assert "“Feed” keeps this entry" in shown
    assert Service.objects.get().document["description"] == "Ours"


def test_a_forged_field_that_is_nested_without_end_is_none() -> None:
    assert written_at(["at-" + "[" * 9_999, 'at-["status"]']) == [("status",)]


@pytest.mark.django_db
def test_what_was_written_stays_when_something_else_turns_out_to_be_wrong(desk: Client, tmp_path: Path) -> None:
    """The entry tells a secret, which is looked for only once it is as the standard has it."""
    taken(place(is_confidential=True, area="Southeast"), kind="location")
    pulled(tmp_path, [broken(description="We are at 12 Rue de l’Église", service_at_locations=[])])
    address = f"{LIST}{PutAside.objects.get().pk}/"
    forged = dict.fromkeys(["at-nonsense", 'at-[["a"]]', 'at-["service_at_locations", 0]', 'at-["phones", -1]'], "x")
    page = desk.post(address, {STATUS: "active", **forged}).content.decode()
    fields = re.findall(r'<input id="at-\d+" name="([^"]+)" value="([^"]*)"', page)
    assert fields == [(escape('at-["description"]'), ""), (escape(STATUS), "active")]
    assert "glise" not in page
    assert desk.post(address, {STATUS: "active", 'at-["description"]': "Call first."}).status_code == 302
    assert Service.objects.get().document["description"] == "Call first."
