"""That something was taken out is said until it is said anew, or its source says it no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from palermo.people.models import User
from palermo.protection.directory.actions.changes import change
from palermo.protection.directory.models import PutAside, Service, Withheld
from tests.protection.directory.actions.test_intake import pulled
from tests.protection.directory.actions.test_withholding import TELLS, shelter
from tests.protection.directory.actions.test_withholding import without_place as without
from tests.protection.directory.keeping import somebody
from tests.protection.directory.samples import key

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return somebody()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where files come from; of one service the description has just been taken out."""
    pulled(tmp_path, [without("Theirs", description=TELLS)], source="Other")
    pulled(tmp_path, [shelter("A bed.")])
    pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    assert missing() == ["description"]
    return tmp_path


def missing() -> list[str]:
    return [one.field for one in Withheld.objects.filter(record=key("Theirs"))]


def again(folder: Path, **said: Any) -> None:  # noqa: ANN401 - whatever a service says
    pulled(folder, [without("Theirs", **said)], source="Other")


def test_a_source_that_says_it_no_more_has_nothing_missing(folder: Path) -> None:
    again(folder)
    assert missing() == []


def test_while_a_source_still_says_it_its_entry_waits_and_it_is_missing(folder: Path) -> None:
    again(folder, description=TELLS)
    assert PutAside.objects.count() == 1
    assert missing() == ["description"]


def test_what_another_source_says_changes_nothing(folder: Path) -> None:
    pulled(folder, [without("Theirs")], source="Third")
    assert missing() == ["description"]
    pulled(folder, [shelter("Two beds.", is_hidden=True)])
    assert missing() == ["description"]


def test_a_person_says_it_anew_by_a_change_of_that_alone(folder: Path, by: User) -> None:
    theirs = Service.objects.get(pk=key("Theirs"))
    change(by=by, service=theirs, patch={"alternate_name": "The house"})
    assert missing() == ["description"]
    change(by=by, service=theirs, patch={"description": "We are here."})
    assert missing() == []


def test_what_is_taken_out_while_its_own_file_comes_in_is_noted(tmp_path: Path) -> None:
    """The file hides the place with its second entry, and the first one, which came in before, tells it."""
    pulled(tmp_path, [without("Theirs", description=TELLS), shelter("A bed.")])
    entries = [without("Theirs", description="Here."), shelter("A bed.", is_hidden=True)]
    pulled(tmp_path, [without("Beside", description=TELLS)], source="Other")
    pulled(tmp_path, entries)
    assert missing() == []
    assert [one.record for one in Withheld.objects.all()] == [Service.objects.get(document__name="Beside").pk]
