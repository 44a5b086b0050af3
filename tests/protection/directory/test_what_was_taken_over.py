"""What was taken over once for all, before it followed its source."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from palermo.people.models import User
from palermo.protection.directory.actions.merging import part
from palermo.protection.directory.models import Change, Likeness, State
from tests.protection.directory.helping import MONCTON, helping
from tests.protection.directory.keeping import somebody
from tests.protection.directory.samples import key
from tests.protection.directory.together import one

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def coordinator() -> User:
    return somebody()


@pytest.fixture
def before(coordinator: User) -> Iterator[Apps]:
    """The models as they were, with two services that are there."""
    helping("Ours", "talk", at=MONCTON)
    helping("Theirs", "safe-place", at=MONCTON, email="b@b.example")
    yield MigrationExecutor(connection).migrate([("directory", "0013_keepers_of_what_is_there")]).apps
    call_command("migrate", interactive=False, verbosity=0)


def test_a_merger_of_before_follows_both_sources(before: Apps, coordinator: User) -> None:
    def model(name: str) -> type:
        return before.get_model("directory", name)

    ours = model("Service").objects.get(pk=key("Ours"))  # type: ignore[attr-defined]
    given = dict(ours.document)
    taken = model("Change").objects.create(  # type: ignore[attr-defined]
        id=UUID(key("taken")), service=ours, number=1, patch={"email": "old@b.example"}, state="applied",
        by_id=coordinator.pk,
    )  # fmt: skip
    model("Given").objects.create(service=ours, document=given)  # type: ignore[attr-defined]
    model("Service").objects.filter(pk=ours.pk).update(document={**given, "email": "old@b.example"})  # type: ignore[attr-defined]
    model("Service").objects.filter(pk=key("Theirs")).update(merged_into=ours)  # type: ignore[attr-defined]
    first, second = sorted((UUID(key("Ours")), UUID(key("Theirs"))))
    model("Likeness").objects.create(  # type: ignore[attr-defined]
        first_id=first, second_id=second, probability=0.9, reasons=[], verdict="merged", taken_over=taken,
        decided_by_id=coordinator.pk, decided_at=timezone.now(),
    )  # fmt: skip
    call_command("migrate", interactive=False, verbosity=0)
    assert one("Ours").document["email"] == "b@b.example"
    assert Change.objects.get().state == State.UNDONE
    helping("Theirs", "safe-place", at=MONCTON, email="c@b.example")
    assert one("Ours").document["email"] == "c@b.example"
    part(by=coordinator, pair=Likeness.objects.get())
    assert one("Ours").document == given
