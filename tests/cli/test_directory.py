"""`palermo directory take-in` takes the entries of a file in and says what is wrong with each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from palermo import cli
from palermo.protection.directory.models import Service, TaxonomyTerm
from palermo.protection.directory.queries.needs import needs
from palermo.protection.directory.queries.service_types import service_types
from tests.protection.directory.samples import example, key, service

pytestmark = pytest.mark.django_db


def test_the_standards_own_service_is_taken_in(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "service.json"
    file.write_text(json.dumps(example(shared, "service_full")), encoding="utf-8")
    assert cli.main(["directory", "take-in", str(file)]) == 0
    assert "service: 1\n" in capsys.readouterr().out
    assert Service.objects.get().document["name"] == "Community Counselling"


def test_each_mistake_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "services.ndjson"
    wrong = service("b", status="open", phones=[{"id": "1"}], email="nobody", organization_id=3)
    file.write_text("\n".join(json.dumps(one) for one in (service("a"), wrong)), encoding="utf-8")
    assert cli.main(["directory", "take-in", "--all-or-nothing", str(file)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert set(told) == {
        "entry 2: organization_id: This must be of the type “string”.",
        "entry 2: email: This is not a right “email”.",
        "entry 2: status: This must be one of these: active, inactive, defunct, temporarily closed.",
        "entry 2: phones.1.id: This is not a right “uuid”.",
        "entry 2: phones.1: “number” is missing.",
        "1 entry is wrong. Nothing was taken in.",
    }
    assert not Service.objects.exists()


def test_the_needs_are_loaded_once_and_services_are_found_by_them(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["directory", "needs"]) == cli.main(["directory", "needs"]) == 0
    said = dict(line.split("  ", 1)[::-1] for line in capsys.readouterr().out.splitlines())
    assert TaxonomyTerm.objects.count() == len(said) == len(needs()) + len(service_types())
    attributes = [{"id": key("said"), "taxonomy_term_id": said["A lawyer"]}]
    file = tmp_path / "services.ndjson"
    file.write_text(json.dumps(service("Law house", attributes=attributes)), encoding="utf-8")
    assert cli.main(["directory", "take-in", str(file)]) == 0
    assert "Law house" in client.post("/en/find-help/", {"need": "lawyer", "anywhere": "1"}).content.decode()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["directory", "take-in", str(tmp_path / "nothing.json")]) == 4
    assert "nothing.json" in capsys.readouterr().err
    (tmp_path / "broken.ndjson").write_text(json.dumps(service()) + "\n{", encoding="utf-8")
    assert cli.main(["directory", "take-in", str(tmp_path / "broken.ndjson")]) == 4
    assert "line 2" in capsys.readouterr().err
    assert not Service.objects.exists()


def test_what_is_wrong_waits_and_the_rest_comes_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "services.ndjson"
    wrong = {**service("b"), "status": "open"}
    file.write_text("\n".join(json.dumps(one) for one in (service("a"), wrong)), encoding="utf-8")
    assert cli.main(["directory", "take-in", str(file), "--source", "House"]) == 1
    told = capsys.readouterr()
    assert "2 of 2, put aside: 1" in told.err
    assert "service: 1\n" in told.out
    assert Service.objects.get().source is not None


def test_what_a_sheet_says_that_nobody_understands_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("Service,Telephone,Shoe size\nA bed,506-555-0100,38\n", encoding="utf-8")
    assert cli.main(["directory", "take-in", str(file)]) == 0
    assert "The heading “Shoe size” is not known; what stands under it was left out. (1)" in capsys.readouterr().out
    assert str(Service.objects.get()) == "A bed"
