"""`palermo figures` takes a file in as the page does, and says so in words or JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from palermo import cli
from palermo.audit.models import AuditEvent
from palermo.figures.series.models import FiguresUpload, Observation, Series
from tests.figures.series.factories import SeriesFactory, entered, row
from tests.figures.series.handling import csv_of, line

pytestmark = pytest.mark.django_db


@pytest.fixture
def series() -> Series:
    return SeriesFactory.create(code="permits", cut={"sex": ("F", "M")})


def test_a_file_is_taken_in_or_only_looked_at(
    series: Series, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entered(series, row(10))
    file = tmp_path / "figures.csv"
    file.write_bytes(csv_of(line("12"), line("4", sex="F")))
    words = ["figures", "take-in", str(file), "--series", "permits", "--json"]
    assert cli.main([*words, "--dry-run"]) == 0
    told = {"added": 1, "revised": 1, "unchanged": 0, "wrong": []}
    assert json.loads(capsys.readouterr().out) == {"taken_in": False, **told}
    assert cli.main(words) == 2
    assert "Say why" in capsys.readouterr().err
    assert Observation.objects.count() == 1
    assert cli.main([*words, "--reason-en", "Counted anew."]) == 0
    assert json.loads(capsys.readouterr().out) == {"taken_in": True, **told}
    assert Observation.objects.count() == 3
    assert not FiguresUpload.objects.exists()
    assert AuditEvent.objects.filter(act="series.take_in").count() == 1
    assert cli.main(words) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 2


def test_mistakes_and_unreadable_files_are_told(
    series: Series, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.csv"
    file.write_bytes(csv_of(line("many")))
    words = ["figures", "take-in", str(file), "--series"]
    assert cli.main([*words, "permits"]) == 1
    assert "Line 2, column “value”: “many” is no number." in capsys.readouterr().out
    file.write_bytes(b"%PDF-1.7")
    assert cli.main([*words, "permits"]) == 4
    assert cli.main([*words, "charges"]) == 2
    assert cli.main(["figures", "take-in", str(tmp_path / "none.csv"), "--series", "permits"]) == 4
    assert not Observation.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "sdmx-csv"])
def test_what_is_exported_comes_back_unchanged(
    series: Series, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entered(series, row(10), row(4, sex="F"), row(None, sex="M", mark="suppressed"))
    file = tmp_path / "figures"
    assert cli.main(["figures", "export", "permits", "--format", form, "--language", "fr", "--to", str(file)]) == 0
    if form == "json":
        assert [one["value"] for one in json.loads(file.read_text())["cells"]] == [10, 4, None]
        return
    assert cli.main(["figures", "take-in", str(file), "--series", "permits"]) == 0
    assert "0 to add, 0 to revise, 3 unchanged" in capsys.readouterr().out
