"""What a file says as a whole: where services are not given any more, and what it does not say any more."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from palermo.people.models import Role
from palermo.people.queries import command_line
from palermo.protection.directory.actions import intake as intakes
from palermo.protection.directory.actions import whole_files
from palermo.protection.directory.actions.changes import confirm
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.models import (
    FinderEntry,
    Intake,
    Location,
    PutAside,
    Service,
    ServiceAtLocation,
    Source,
)
from palermo.protection.directory.queries import entries
from palermo.protection.directory.queries.needs import needs
from palermo.protection.directory.sealing import seal
from tests.factories import MembershipFactory
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db


def file(folder: Path, *documents: Document, kind: str = "service", name: str = "feed.ndjson") -> Intake:
    path = folder / name
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    source, _ = Source.objects.get_or_create(name="Ours")
    return take_in_file(by=command_line(), path=path, kind=kind, source=source)


def without_places(name: str, **said: object) -> Document:
    found: Document = service(name, **said)
    return {each: value for each, value in found.items() if each != "service_at_locations"}


def visit(name: str, where: str) -> Document:
    return {"id": key(f"{name} {where}"), "location": place(where)}


def whole(name: str) -> Document:
    found = entries.entry(AnonymousUser(), "service", Service.objects.get(document__name=name).pk)
    assert found is not None
    return found


def places_of(name: str) -> list[str]:
    said = ServiceAtLocation.objects.filter(service__document__name=name)
    return sorted(said.values_list("location__document__name", flat=True))


def missing() -> set[str]:
    return {str(one) for one in Service.objects.filter(missing_since__isnull=False)}


def test_a_place_that_its_source_does_not_tell_of_any_more_is_gone(tmp_path: Path) -> None:
    file(tmp_path, service("A", service_at_locations=[visit("A", "old"), visit("A", "stays")]), service("B"))
    before = Service.objects.get(document__name="A").changed_at
    file(tmp_path, service("A", service_at_locations=[visit("A", "new"), visit("A", "stays")]), service("B"))
    assert (places_of("A"), places_of("B")) == (["new", "stays"], ["home"])
    assert Service.objects.get(document__name="A").changed_at > before
    file(tmp_path, without_places("A"), service("B"))
    assert (places_of("A"), places_of("B")) == ([], ["home"])


def test_a_file_that_tells_of_no_places_says_nothing_of_them(tmp_path: Path) -> None:
    file(tmp_path, service("A"), service("B"))
    file(tmp_path, without_places("A"), without_places("B"))
    assert (places_of("A"), places_of("B")) == (["home"], ["home"])


def test_what_waits_loses_no_place(tmp_path: Path) -> None:
    file(tmp_path, service("A"), service("B"))
    file(tmp_path, {**without_places("A"), "status": "shut"}, service("B"))
    assert places_of("A") == ["home"]
    house: Document = {"id": key("house"), "name": "House", "description": "A house."}
    wrong = {**house, "services": [{"id": key("A"), "name": "A", "status": "shut"}, service("B")]}
    file(tmp_path, wrong, kind="organization")
    assert places_of("A") == ["home"]


def test_places_of_a_file_of_tables_go_with_their_row(tmp_path: Path) -> None:
    import zipfile

    def tables(*visits: str) -> None:
        path = tmp_path / "tables.zip"
        rows = "".join(f"{key(one)},{key('A')},{key(one + ' place')}\n" for one in visits)
        places = "".join(f"{key(one + ' place')},physical,{one}\n" for one in visits)
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("organization.csv", f"id,name,description\n{key('house')},House,A house.\n")
            package.writestr("service.csv", f"id,organization_id,name,status\n{key('A')},{key('house')},A,active\n")
            package.writestr("location.csv", f"id,location_type,name\n{places}")
            package.writestr("service_at_location.csv", f"id,service_id,location_id\n{rows}")
        source, _ = Source.objects.get_or_create(name="Ours")
        take_in_file(by=command_line(), path=path, kind="service", source=source)

    tables("old", "stays")
    assert places_of("A") == ["old", "stays"]
    tables("stays", "new")
    assert places_of("A") == ["new", "stays"]


def test_what_somebody_confirmed_since_is_not_missing(tmp_path: Path) -> None:
    taken(*needs(), kind="taxonomy_term")
    talk = {"id": key("talk"), "taxonomy_term": next(one for one in needs() if one["code"] == "talk")}
    file(tmp_path, service("A", attributes=[talk], assured_date="2026-01-05"), service("B"))
    file(tmp_path, service("B"))
    gone = Service.objects.get(document__name="A")
    assert gone.is_missing
    assert set(FinderEntry.objects.values_list("confirmed_on", flat=True)) == {None}
    confirm(by=MembershipFactory.create(role=Role.COORDINATOR).user, service=gone)
    file(tmp_path, service("B", description="New"))
    assert not Service.objects.get(document__name="A").is_missing
    assert set(FinderEntry.objects.values_list("confirmed_on", flat=True)) == {timezone.localdate()}


def test_a_file_of_services_at_places_misses_no_service(tmp_path: Path) -> None:
    file(tmp_path, service("A"), service("B"))
    within: Document = {"id": key("A"), "name": "A", "status": "active"}
    file(tmp_path, {"id": key("A at home"), "service": within, "location": place()}, kind="service_at_location")
    assert missing() == set()
    assert (places_of("A"), places_of("B")) == (["home"], ["home"])


def test_a_file_that_stopped_begins_anew_after_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intakes, "BATCH", 1)
    first = [service("A"), service("B"), service("C")]

    def stop(intake: Intake) -> None:
        if intake.done == 2:
            raise KeyboardInterrupt

    path = tmp_path / "first.ndjson"
    path.write_text("".join(json.dumps(one) + "\n" for one in first), encoding="utf-8")
    source = Source.objects.create(name="Ours")
    with pytest.raises(KeyboardInterrupt):
        take_in_file(by=command_line(), path=path, kind="service", source=source, told=stop)
    file(tmp_path, service("C"), service("D"), name="second.ndjson")
    assert missing() == {"A", "B"}
    made = take_in_file(by=command_line(), path=path, kind="service", source=source)
    assert missing() == {"D"}
    assert (made.done, Intake.objects.filter(finished_at__isnull=True).count()) == (3, 1)


def test_what_is_not_said_any_more_within_an_organization_is_gone(tmp_path: Path) -> None:
    house: Document = {"id": key("house"), "name": "House", "description": "A house."}
    phones = [{"id": key("phone"), "number": "506-555-0100"}]
    hours = [{"id": key("hours"), "freq": "WEEKLY"}]
    kept: Document = {"id": key("A"), "name": "A", "status": "active", "schedules": hours}
    file(
        tmp_path, {**house, "services": [{**kept, "phones": phones, "alert": "Closed for a fire"}]}, kind="organization"
    )
    file(tmp_path, {**house, "services": [kept]}, kind="organization")
    assert {"phones", "alert"}.isdisjoint(whole("A"))
    file(tmp_path, {**house, "services": [{**kept, "phones": phones}]}, kind="organization")
    named = {name: kept[name] for name in ("id", "name", "status")}
    file(tmp_path, {**house, "services": [named]}, kind="organization")
    assert "phones" in whole("A")


def test_what_is_not_said_any_more_of_the_place_of_a_service_is_gone(tmp_path: Path) -> None:
    def at(*names: str, **said: Json) -> list[Document]:
        where = {**place(), **said}
        return [service(one, service_at_locations=[{"id": key(f"{one} at home"), "location": where}]) for one in names]

    file(tmp_path, *at("A", alternate_name="By the river"))
    file(tmp_path, *at("A"))
    assert "alternate_name" not in Location.objects.get().document
    file(tmp_path, *at("A", "B", alternate_name="By the river"))
    file(tmp_path, *at("B"))
    assert "alternate_name" in Location.objects.get().document


def test_a_confidential_place_only_gains(tmp_path: Path) -> None:
    def at(where: Document) -> Document:
        visits = [{"id": key("A at home"), "location": where}]
        return {**service("A"), "service_at_locations": visits}

    languages = [{"id": key("french"), "name": "French", "code": "fr"}]
    file(tmp_path, at(place(is_confidential=True, area="Southeast", languages=languages)))
    bare: Document = {"id": key("home"), "location_type": "physical", "is_confidential": True, "languages": languages}
    file(tmp_path, at(bare))
    place_kept = Location.objects.get()
    assert place_kept.document["area"] == "Southeast"
    assert place_kept.sealed.sealed


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes any number of values at once")
def test_however_many_entries_wait_a_place_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_files, "BATCH", 50)
    file(tmp_path, service("A", service_at_locations=[visit("A", f"place {number}") for number in range(151)]))
    source = Source.objects.get()
    waiting = [PutAside(source=source, kind="organization", key=str(uuid4()), number=1) for _ in range(151)]
    for one in waiting:
        one.sealed = seal(one.pk, {"document": {}, "problems": []})
    PutAside.objects.bulk_create(waiting, batch_size=20)
    limit = connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 150)
    try:
        file(tmp_path, service("A", service_at_locations=[visit("A", "place 7")]))
    finally:
        connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, limit)
    assert places_of("A") == ["place 7"]
