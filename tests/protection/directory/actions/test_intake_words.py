"""Words that come beside entries: what sources, files and columns are called is kept only as far as it can be."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from palermo import cli
from palermo.audit.models import AuditEvent
from palermo.people.queries import command_line
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.sources import BadAddressError, BadNameError, keep_source, source_called
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Intake, Service, Source
from tests.protection.directory.keeping import signed_in, somebody
from tests.protection.directory.samples import place, service, taken

pytestmark = pytest.mark.django_db
TELLING = "List of 12 Rue de l’Église"
SHEET = "Organization,Service,City,Province,{heading}\nHouse,Meals,Dieppe,NB,yes\n"


@pytest.fixture
def hidden() -> Document:
    """A place that nobody may find."""
    found = place(is_confidential=True, area="Southeast")
    taken(found, kind="location")
    return found


def test_no_source_is_called_by_the_address_of_a_hidden_place(hidden: Document) -> None:
    with pytest.raises(BadNameError, match="tells where a confidential place is"):
        source_called(by=command_line(), name=TELLING)
    with pytest.raises(BadNameError, match="tells where a confidential place is"):
        keep_source(by=command_line(), name=TELLING, address="https://a.example", kind="service")
    assert not Source.objects.exists()
    assert "glise" not in json.dumps([one.details for one in AuditEvent.objects.all()], ensure_ascii=False)


def test_who_takes_in_a_list_of_that_name_is_told_beside_the_name(hidden: Document) -> None:
    file = SimpleUploadedFile("ours.csv", SHEET.format(heading="Notes").encode())
    client = signed_in(somebody())
    answer = client.post(reverse("directory_intakes"), {"source": TELLING, "file": file})
    assert answer.context["form"].errors == {
        "source": ["This name tells where a confidential place is. Choose another one."]
    }
    assert not Service.objects.exists()


def test_a_name_that_was_there_before_its_place_was_hidden_goes_on(hidden: Document) -> None:
    known = Source.objects.create(name=TELLING)
    assert source_called(by=command_line(), name=TELLING) == known


def test_a_file_and_a_heading_that_tell_a_hidden_place_are_kept_without_it(hidden: Document, tmp_path: Path) -> None:
    path = tmp_path / "Shelter 12 Rue de l’Église.csv"
    path.write_text(SHEET.format(heading="Near 12 rue de l'Eglise?,Shoe size").replace("yes", "yes,38"), "utf-8")
    made = take_in_file(by=command_line(), path=path, kind="service", source=Source.objects.create(name="House"))
    assert made.file_name == "…"
    assert made.remarks == {"heading_unknown …": 1, "heading_unknown Shoe size": 1}


def test_a_file_that_hides_the_place_by_which_it_is_called_is_kept_without_it(tmp_path: Path) -> None:
    path = tmp_path / "12 Rue de l’Église.ndjson"
    visit = {"id": place("v")["id"], "location": place(is_confidential=True, area="Southeast")}
    path.write_text(json.dumps(service(service_at_locations=[visit])) + "\n", encoding="utf-8")
    made = take_in_file(by=command_line(), path=path, kind="service", source=Source.objects.create(name="House"))
    assert made.file_name == "…"


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\0b", "a\udcff"])
def test_a_source_without_a_name_that_can_be_kept_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadNameError):
        source_called(by=command_line(), name=name)
    assert cli.main(["directory", "source", name, "https://a.example"]) == 2
    assert cli.main(["directory", "take-in", "x.ndjson", "--source", name]) == 2
    assert capsys.readouterr().err.count("The name of a source has 1 to 100 characters that can be written.") == 2
    assert not Source.objects.exists()


@pytest.mark.parametrize("path", ["a" * 600, "\0", "\udcff"])
def test_an_address_that_cannot_be_kept_is_refused(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    address = f"https://a.example/{path}"
    with pytest.raises(BadAddressError):
        keep_source(by=command_line(), name="House", address=address, kind="service")
    assert cli.main(["directory", "source", "House", address]) == 2
    assert "An address has 1 to 500 characters that can be written." in capsys.readouterr().err
    assert not Source.objects.exists()


def test_the_name_of_a_file_may_be_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.ndjson"))
    path.write_text(json.dumps(service()) + "\n", encoding="utf-8")
    take_in_file(by=command_line(), path=path, kind="service", source=Source.objects.create(name="House"))
    assert Intake.objects.get().file_name == "caf?.ndjson"
