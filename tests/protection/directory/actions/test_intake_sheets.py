"""Plain spreadsheets on their way into the directory: the area of a secret place, and kinds of service."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from palermo.people.queries import command_line
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.hsds.fitting import Wish
from palermo.protection.directory.models import FinderEntry, Intake, Location, PutAside, Service, Source
from palermo.protection.directory.queries.finder import found
from palermo.protection.directory.queries.needs import need, needs
from palermo.protection.directory.words import remark
from tests.protection.directory.hsds.lists import table
from tests.protection.directory.keeping import page, signed_in, somebody
from tests.protection.directory.samples import taken

pytestmark = pytest.mark.django_db
HEADS = ["Organization", "Service", "Type of service", "Confidential", "Street", "City", "Province", "Area", "Secteur"]


def came_in(folder: Path, *rows: list[str]) -> Intake:
    """A sheet with these rows, taken in."""
    taken(*needs(), kind="taxonomy_term")
    source = Source.objects.create(name="House of Lindens")
    return take_in_file(by=command_line(), path=table(folder, HEADS, *rows), kind="service", source=source)


def bed(area: str, secteur: str = "", street: str = "12 Main Street") -> list[str]:
    """A row of a shelter whose address is secret."""
    return ["House", "A bed", "Emergency shelter", "yes", street, "Hamilton", "ON", area, secteur]


def test_everybody_sees_the_area_of_a_secret_place_from_a_sheet(tmp_path: Path) -> None:
    assert came_in(tmp_path, bed("Hamilton and area", "Région de Hamilton")).remarks == {}
    location = Location.objects.get()
    assert location.is_confidential
    assert location.document["area"] == "Hamilton and area"
    assert "Main" not in str(location.document)
    wanted = need("safe-place") or {}
    (card,) = found(AnonymousUser(), wanted, None, Wish()).anywhere
    assert (card.area.text, card.address) == ("Hamilton and area", "")
    with override("fr"):
        (card,) = found(AnonymousUser(), wanted, None, Wish()).anywhere
        assert card.area.text == "Région de Hamilton"


def test_the_area_of_an_open_place_is_not_lost(tmp_path: Path) -> None:
    came_in(tmp_path, ["House", "Meals", "Food Banks", "no", "7 Oak Street", "Hamilton", "ON", "North End", ""])
    one = Service.objects.get()
    assert "7 Oak Street, Hamilton, ON North End" in page(signed_in(somebody()), "directory_service", one.pk)


@pytest.mark.parametrize(("area", "secteur"), [("Near 12 Main Street", ""), ("Hamilton", "Au 12, Main street")])
def test_an_area_that_holds_the_address_waits_for_a_person(tmp_path: Path, area: str, secteur: str) -> None:
    came_in(tmp_path, bed(area, secteur))
    assert PutAside.objects.count() == 1
    assert not Service.objects.exists()
    assert not Location.objects.exists()


def test_who_took_in_a_secret_place_without_an_area_is_told(tmp_path: Path) -> None:
    (code,) = came_in(tmp_path, bed("")).remarks
    assert remark(code) == "A confidential place says no area; nobody will know whether it is near."
    with override("fr"):
        told = remark(code)
    assert told == "Un lieu confidentiel ne dit aucun secteur\u00a0: personne ne saura s’il est proche."


def test_a_service_whose_kind_is_named_as_people_name_it_is_found(tmp_path: Path) -> None:
    rows = [
        ["House", "Des lits", "Hébergement d'urgence", "", "", "", "", "", ""],
        ["House", "Une ligne", "CALACS", "", "", "", "", "", ""],
    ]
    assert came_in(tmp_path, *rows).remarks == {}
    known = {str(entry.service): set[str]() for entry in FinderEntry.objects.select_related("service")}
    for entry in FinderEntry.objects.select_related("service", "term"):
        known[str(entry.service)].add(str(entry.term.document["code"]))
    assert known == {"Des lits": {"safe-place"}, "Une ligne": {"doctor", "talk"}}
