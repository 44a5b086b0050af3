"""Rows of a file that cannot be read: nothing is gone that they may tell of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from palermo.audit.models import AuditEvent
from palermo.people.queries import command_line
from palermo.protection.directory.actions.aside import discard
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Fate, Intake, PutAside, Service, ServiceAtLocation, Source
from tests.protection.directory.actions.test_aside import organization
from tests.protection.directory.actions.test_intake import broken
from tests.protection.directory.keeping import somebody
from tests.protection.directory.samples import place, service

pytestmark = pytest.mark.django_db
NONSENSE = "{nonsense}"


def told(folder: Path, *lines: Document | str, kind: str = "service") -> Intake:
    """A file with these lines, taken in."""
    path = folder / "feed.ndjson"
    texts = [one if isinstance(one, str) else json.dumps(one) for one in lines]
    path.write_text("".join(f"{one}\n" for one in texts), encoding="utf-8")
    source, _ = Source.objects.get_or_create(name="Feed")
    return take_in_file(by=command_line(), path=path, kind=kind, source=source)


def missing() -> set[str]:
    return {str(one) for one in Service.objects.filter(missing_since__isnull=False)}


def visits() -> int:
    return ServiceAtLocation.objects.count()


def test_a_service_on_a_broken_line_is_told_of(tmp_path: Path) -> None:
    told(tmp_path, service("A"), service("B"), service("C"))
    made = told(tmp_path, service("A"), json.dumps(service("B"))[:-5])
    assert missing() == {"C"}
    assert set(Service.objects.exclude(document__name="C").values_list("seen_in", flat=True)) == {made.pk}
    assert visits() == 3


def test_an_entry_that_waits_goes_on_waiting_while_its_line_is_broken(tmp_path: Path) -> None:
    told(tmp_path, broken("A"), broken("B"), service("C"))
    told(tmp_path, json.dumps(broken("A"))[:-5], service("C"))
    fates = {one.key: one.fate for one in PutAside.objects.filter(kind="service")}
    assert fates == {str(broken("A")["id"]): Fate.OPEN, str(broken("B")["id"]): Fate.GONE}


def test_nothing_is_gone_while_a_line_waits_of_which_nobody_knows_what_it_tells_of(tmp_path: Path) -> None:
    told(tmp_path, service("A"), service("B"), broken("C"))
    told(tmp_path, {**service("A"), "service_at_locations": []}, NONSENSE, broken("D"))
    assert (missing(), visits()) == (set(), 2)
    assert PutAside.objects.filter(kind="service", fate=Fate.OPEN).count() == 2
    said = AuditEvent.objects.filter(act="directory.finish").order_by("-number")[0].details
    assert (said["missing"], said["unreadable"]) == (0, 1)
    discard(by=somebody(), aside=PutAside.objects.get(kind="row"))
    told(tmp_path, service("A"), NONSENSE, broken("D"))
    assert (missing(), visits()) == ({"B"}, 1 + 1)
    assert PutAside.objects.filter(kind="service", fate=Fate.OPEN).count() == 1


def test_a_line_that_waited_waits_no_longer_once_it_is_gone(tmp_path: Path) -> None:
    told(tmp_path, service("A"), NONSENSE)
    told(tmp_path, service("A"), NONSENSE + " again")
    assert sorted(PutAside.objects.values_list("fate", flat=True)) == [Fate.GONE, Fate.OPEN]


def test_of_a_broken_organization_nobody_knows_which_services_it_tells_of(tmp_path: Path) -> None:
    told(tmp_path, organization(service("A"), service("B")), kind="organization")
    other: Document = {"id": "0d81a5df-3a41-4bdb-b5e9-5a65d8612340", "name": "Other", "description": "Another."}
    within = {name: said for name, said in service("C").items() if name != "organization"}
    told(tmp_path, {**other, "services": [within]}, json.dumps(organization(service("A")))[:-5], kind="organization")
    assert missing() == set()
    told(tmp_path, {**other, "services": [within]}, organization(service("A")), kind="organization")
    assert missing() == {"B"}


def test_nothing_is_gone_while_a_row_of_a_sheet_waits_that_has_no_name(tmp_path: Path) -> None:
    source = Source.objects.create(name="Sheet")

    def rows(*said: str) -> None:
        path = tmp_path / "ours.csv"
        path.write_text("\n".join(("Organization,Service,City,Phone", *said)), encoding="utf-8")
        take_in_file(by=command_line(), path=path, kind="service", source=source)

    first, second = "House,A bed,Moncton,506-555-0100", "House,Meals,Moncton,506-555-0101"
    rows(first, second)
    rows(first, ",,Moncton,506-555-0101")
    assert missing() == set()
    rows(first)
    assert missing() == {"Meals"}


def test_a_place_that_waits_goes_on_being_hidden_while_its_line_is_broken(tmp_path: Path) -> None:
    wrong, far = {**place(is_confidential=True), "location_type": "house"}, place("far", addresses=[])
    for line in (wrong, json.dumps(wrong)[:-20], NONSENSE):
        told(tmp_path, line, far, kind="location")
        assert PutAside.objects.get(kind="location").fate == Fate.OPEN
    told(tmp_path, far, kind="location")
    assert PutAside.objects.get(kind="location").fate == Fate.GONE
