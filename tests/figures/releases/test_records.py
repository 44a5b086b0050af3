"""Records: encrypted from the first byte on, told of by row and column alone, and gone for certain once erased."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.figures.protection.record_files import RecordsError
from palermo.figures.protection.sealed import SealError
from palermo.figures.releases import keeping
from palermo.figures.releases.actions.changing import NotPossibleError
from palermo.figures.releases.actions.deciding import correct
from palermo.figures.releases.actions.records import erase_due, erase_records, headings, look_into, upload_records
from palermo.figures.releases.described import CodeLine, NotDescribedError, read_lines
from palermo.figures.releases.keeping import GoneError, Kept
from palermo.figures.releases.models import RecordColumn, RecordFile, Release
from palermo.figures.releases.vocabulary import State, Work
from palermo.figures.releases.words import troubles
from palermo.people.queries import command_line
from tests.figures.releases.making import (
    CANARY,
    SEX,
    Team,
    begun,
    csv,
    described,
    protected,
    published,
    sealed,
    submitted,
    team,
    uploaded,
)

pytestmark = pytest.mark.django_db
Captured = Callable[..., object]


def on_disk(folder: Path) -> bytes:
    """Every byte of every file."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def upload(who: Team, release: Release, kept: Kept, days: int = 30) -> RecordFile:
    day = timezone.localdate() + timedelta(days=days)
    return upload_records(release=release, version=release.version, kept=kept, erase_on=day, by=who.analyst)


def test_nothing_lies_in_clear_and_nothing_is_left_after_approval(
    data: Path, django_capture_on_commit_callbacks: Captured
) -> None:
    who = team()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        release = submitted(who)
        assert release.records
        code = release.records.code
        with keeping.opened(code) as file:
            assert CANARY.encode() in file.read()
        assert CANARY.encode() not in on_disk(data)
        assert keeping.is_kept(code)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        release = published(who)
    assert release.records
    assert not keeping.is_kept(release.records.code)
    release.records.refresh_from_db()
    assert release.records.erased_because == "approved"
    assert [path.stem for path in data.rglob("*") if path.is_file() and path.stem == release.records.code.hex] == []
    with pytest.raises(GoneError), keeping.opened(release.records.code):
        pass


def test_a_destroyed_key_is_enough(data: Path) -> None:
    kept = sealed(csv())
    copy = (data / "files" / "records" / f"{kept.code.hex}.sealed").read_bytes()
    keeping.destroy(kept.code)
    (data / "files" / "records" / f"{kept.code.hex}.sealed").write_bytes(copy)
    with pytest.raises(GoneError), keeping.opened(kept.code):
        pass


def test_a_key_is_of_no_use_without_the_secret_of_the_site(settings: object) -> None:
    kept = sealed(csv())
    settings.SECRET_KEY = "another " * 8  # type: ignore[attr-defined]
    with pytest.raises(SealError), keeping.opened(kept.code):
        pass


def test_records_are_erased_on_their_day_and_left_overs_are_swept(
    data: Path, django_capture_on_commit_callbacks: Captured
) -> None:
    who = team()
    due, later = uploaded(who), uploaded(who)
    RecordFile.objects.filter(releases=due).update(erase_on=timezone.localdate())
    forgotten, fresh = sealed(csv()), sealed(csv())
    for path in (keeping._key_path(forgotten.code), keeping._file_path(forgotten.code)):
        os.utime(path, (1, 1))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert erase_due(by=command_line()) == 1
    assert due.records
    assert later.records
    kept = [keeping.is_kept(code) for code in (due.records.code, forgotten.code, later.records.code, fresh.code)]
    assert kept == [False, False, True, True]


def test_records_kept_for_some_days_after_approval() -> None:
    release = published(team(), keep_days=3)
    assert release.records
    release.records.refresh_from_db()
    assert release.records.erased_at is None
    assert release.records.erase_on == timezone.localdate() + timedelta(days=3)


def test_erasing_by_hand_and_by_whom() -> None:
    who, stranger = team(), team()
    release = uploaded(who)
    with pytest.raises(PermissionDenied):
        erase_records(release=release, by=stranger.analyst)
    erase_records(release=release, by=who.second)
    erase_records(release=release, by=who.second)
    assert AuditEvent.objects.filter(act="records.erase").count() == 1
    assert headings(Release.objects.get(pk=release.pk)) == ()


def test_another_file_takes_the_place_of_the_first_and_keeps_what_was_said() -> None:
    who = team()
    release = described(who)
    first = release.records
    upload(who, release, sealed(csv({("F", "BC"): 9})))
    release.refresh_from_db()
    assert first
    first.refresh_from_db()
    assert first.erased_because == "replaced"
    said = RecordColumn.objects.filter(file=release.records).order_by("position").values_list("code", flat=True)
    assert list(said) == ["", "sex", "place"]
    release.refresh_from_db()
    upload(who, release, sealed(b"sex,place\nF,BC\n"))
    release.refresh_from_db()
    assert list(RecordColumn.objects.filter(file=release.records).values_list("code", flat=True)) == ["", ""]


def test_a_correction_takes_over_what_was_said_of_the_columns() -> None:
    who = team()
    made = correct(release=published(who), correction_en="Wrong.", correction_fr="", by=who.analyst)
    upload(who, made, sealed(csv()))
    assert RecordColumn.objects.filter(file=Release.objects.get(pk=made.pk).records, code="place").exists()
    assert made.tables.count() == 1


def test_reading_is_in_the_trail() -> None:
    who = team()
    release = described(who)
    columns = look_into(release=release, by=who.analyst)
    assert columns[1].values == ("F", "M")
    event = AuditEvent.objects.order_by("-number")[0]
    assert (event.act, event.by_id, event.about_kind) == ("records.read", who.analyst.pk, "releases.recordfile")
    with pytest.raises(PermissionDenied):
        look_into(release=release, by=team().analyst)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04stuff", "spreadsheet"),
        (b"sex,sex\nF,M\n", "same_names"),
        ("sexe,é\n".encode("utf-16"), "not_utf8"),
        (b"PAR1 broken", "broken"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing(data: Path, content: bytes, code: str) -> None:
    who = team()
    release = begun(who)
    with pytest.raises(RecordsError) as refused:
        upload(who, release, sealed(content))
    assert refused.value.code == code
    assert not RecordFile.objects.exists()
    assert [path for path in data.rglob("*") if path.is_file()] == []


def test_a_day_too_far_away_is_refused() -> None:
    who = team()
    with pytest.raises(NotPossibleError, match="erase_day"):
        upload(who, begun(who), sealed(csv()), days=181)


def test_mistakes_are_told_by_row_and_column_and_nothing_is_stored() -> None:
    who = team()
    secret = "Secretive"
    content = csv({("F", "BC"): 2}) + f"{CANARY},{secret},BC\n{CANARY},,W\n{CANARY},F\n".encode()
    release = protected(who, content)
    assert (release.state, release.work) == (State.DRAFT, Work.FAILED)
    assert release.problems == [[4, 2, "unknown"], [5, 3, "sum"], [5, 2, "empty"], [6, 0, "fields"]]
    assert not release.attacks.exists()
    told = str([each.words for each in troubles(release.problems)])
    assert secret not in told + str(release.problems)
    assert len(troubles([(9, 0, "more")])) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [("F", "bad_line"), ("F; a; b; c; d", "bad_line")],
)
def test_lines_that_are_no_codes(text: str, code: str) -> None:
    with pytest.raises(NotDescribedError, match=code):
        read_lines(text)


def test_lines_of_codes() -> None:
    assert read_lines("F; women; femmes\n\nBC ; B. C. ;C.-B.;W") == (SEX[0], CodeLine("BC", "B. C.", "C.-B.", "W"))
