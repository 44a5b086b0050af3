"""`palermo report`: the published report as files, made once, and nothing published that should not be."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from palermo import cli
from palermo.commands import report
from palermo.plan.report.actions import files as actions
from palermo.plan.report.formats.registry import FORMATS
from palermo.plan.report.models import Edition
from tests.plan.report.conftest import sample

PLAN, PERIOD = "example-city-2021", "2024-2025"


@pytest.fixture(autouse=True)
def folder(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A plan, two quick formats instead of six, and no files from before."""
    sample(PLAN)
    monkeypatch.setattr(actions, "FORMATS", [each for each in FORMATS if each.key in ("csv", "json")])
    yield report.reports_folder() / f"{PLAN}-{PERIOD}-1"
    shutil.rmtree(report.reports_folder(), ignore_errors=True)


def told(capsys: pytest.CaptureFixture[str]) -> list[Path]:
    return [Path(line) for line in capsys.readouterr().out.splitlines()]


def test_it_publishes_and_prints_the_path_of_every_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["report", PLAN]) == 0
    names = [f"{PLAN}-{PERIOD}-1-{end}" for end in ("en.csv", "en.json", "fr.csv", "fr.json")]
    assert told(capsys) == [folder / name for name in names]
    assert all(path.stat().st_size > 1000 for path in folder.iterdir())
    assert Edition.objects.get().state == "ready"


def test_a_second_time_it_does_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["report", PLAN, PERIOD]) == 0
    first = told(capsys)
    before = [path.stat().st_mtime_ns for path in first]
    assert cli.main(["report", PLAN, PERIOD]) == 0
    assert told(capsys) == first
    assert [path.stat().st_mtime_ns for path in first] == before
    assert Edition.objects.count() == 1


def test_again_replaces_copies_that_somebody_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["report", PLAN, "--language", "fr"]) == 0
    csv, json = told(capsys)
    before = csv.read_bytes()
    csv.write_text("spoilt")
    assert cli.main(["report", PLAN, "--language", "fr", "--again"]) == 0
    assert csv.read_bytes() == before
    assert told(capsys) == [csv, json]


def test_a_correction_is_a_further_edition(folder: Path) -> None:
    assert cli.main(["report", PLAN, "--correction", "A date."]) == 2
    assert not Edition.objects.exists()
    assert cli.main(["report", PLAN]) == 0
    assert cli.main(["report", PLAN, "--correction", "Une date.", "--language", "fr"]) == 0
    second = Edition.objects.get(number=2)
    assert (second.correction_en, second.correction_fr) == ("", "Une date.")
    assert (folder.parent / f"{PLAN}-{PERIOD}-2" / f"{PLAN}-{PERIOD}-2-fr.csv").exists()


def test_in_production_it_publishes_only_if_told_to(settings: Settings, folder: Path) -> None:
    settings.PRODUCTION = True
    assert cli.main(["report", PLAN]) == 1
    assert not Edition.objects.exists()
    assert cli.main(["report", PLAN, "--publish"]) == 0
    assert cli.main(["report", PLAN]) == 0
    assert cli.main(["report", PLAN, "--correction", "A date."]) == 1
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["none"], 2, "There is no plan with the code “none”."),
        ([PLAN, "1999-2000"], 2, "has no period “1999-2000”. It has: 2021-2022"),
        ([PLAN, "2025-2026"], 1, "No status is known of 2025–2026"),
    ],
)
def test_what_is_not_there_is_refused_in_words(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["report", *words]) == code
    assert said in capsys.readouterr().err
