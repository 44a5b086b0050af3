"""Making the files of an edition: again after a failure, and by two workers at once."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.plan.report.actions import files as actions
from palermo.plan.report.actions.ask_for_files import ask_for_files
from palermo.plan.report.actions.files import make_files
from palermo.plan.report.actions.publish import publish_edition
from palermo.plan.report.formats.document import ReportDocument
from palermo.plan.report.formats.registry import FORMATS, Format
from palermo.plan.report.formats.target import Target
from palermo.plan.report.jobs import build_files
from palermo.plan.report.models import Edition, EditionFile
from palermo.plan.report.queries import editions

from ..conftest import newest, sample
from ..year import Year

CSV = next(each for each in FORMATS if each.key == "csv")
JSON = next(each for each in FORMATS if each.key == "json")


def stored() -> set[Path]:
    return set((Path(settings.MEDIA_ROOT) / "editions").glob("*"))


def failing(document: ReportDocument, target: Target) -> None:
    raise OSError("the disk is full")


def test_publishing_leaves_the_files_to_the_worker(edition: Edition) -> None:
    waiting = DBTaskResult.objects.get()
    assert edition.state == "building"
    assert (waiting.task_path, waiting.args_kwargs["kwargs"]) == (
        "palermo.plan.report.jobs.build_files",
        {"edition_pk": edition.pk, "by_pk": command_line().pk},
    )
    build_files.call(edition_pk=edition.pk, by_pk=command_line().pk)
    assert Edition.objects.get(pk=edition.pk).state == "ready"


def test_a_failure_shows_keeps_the_rest_and_can_be_tried_again(
    edition: Edition, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Format(JSON.key, JSON.label, JSON.extension, JSON.media_type, failing)
    monkeypatch.setattr(actions, "FORMATS", (CSV, broken))
    with pytest.raises(OSError, match="the disk is full"):
        make_files(by=command_line(), edition=edition)
    edition = Edition.objects.get(pk=edition.pk)
    assert (edition.state, [kept.format for kept in edition.files.all()]) == ("failed", ["csv"])

    ask_for_files(by=coordinator, edition=edition)
    assert Edition.objects.get(pk=edition.pk).state == "building"
    assert DBTaskResult.objects.count() == 2
    monkeypatch.setattr(actions, "FORMATS", (CSV, JSON))
    made = make_files(by=coordinator, edition=edition)
    assert (made.state, made.files.count()) == ("ready", 4)


def test_an_edition_read_with_its_files_becomes_ready(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "FORMATS", (CSV,))
    read = editions(command_line()).get(pk=edition.pk)
    assert make_files(by=command_line(), edition=read).state == "ready"


def test_links_of_the_site_are_whole_in_files(year: Year, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://plan.example/"]
    monkeypatch.setattr(actions, "FORMATS", (next(each for each in FORMATS if each.key == "html"),))
    made = make_files(by=command_line(), edition=publish_edition(by=year.coordinator, period=year.period))
    with made.files.get(language="fr").file.open("rb") as stream:
        french = stream.read().decode()
    path = f"/fr/plans/lantern/deliverables/T1/#account-{year.account('T1').pk}"
    assert f'<a href="https://plan.example{path}">Compte rendu {year.number("T1")} (' in french
    assert 'href="/' not in french


def test_strangers_may_not_ask_for_files(edition: Edition, elsewhere: User) -> None:
    with pytest.raises(PermissionDenied):
        ask_for_files(by=elsewhere, edition=edition)
    assert DBTaskResult.objects.count() == 1


def test_a_file_that_another_worker_made_meanwhile_stays(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored()

    def overtaken(document: ReportDocument, target: Target) -> None:
        assert isinstance(target, Path)
        language = document.language[:2]
        EditionFile.objects.create(
            edition=edition, format="csv", language=language, file="theirs", size=1, sha256="0" * 64
        )
        CSV.render(document, target)

    monkeypatch.setattr(actions, "FORMATS", (Format("csv", "CSV", "csv", "text/csv", overtaken),))
    assert make_files(by=command_line(), edition=edition).state == "ready"
    assert set(edition.files.values_list("file", flat=True)) == {"theirs"}
    assert stored() == before


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_each_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = publish_edition(by=command_line(), period=newest(sample("example-city-2021")))
    monkeypatch.setattr(actions, "FORMATS", (CSV, JSON))
    before, ready = stored(), Barrier(2)

    def work() -> None:
        ready.wait()
        make_files(by=command_line(), edition=Edition.objects.get(pk=edition.pk))
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Edition.objects.get(pk=edition.pk).state == "ready"
    assert edition.files.count() == 4
    assert {Path(kept.file.path) for kept in edition.files.all()} == stored() - before


def test_making_files_is_told_once(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "FORMATS", (CSV,))
    make_files(by=command_line(), edition=edition)
    make_files(by=command_line(), edition=edition)
    told = AuditEvent.objects.filter(act="edition.files")
    assert [event.details for event in told] == [{"state": "ready", "files": 2}]
