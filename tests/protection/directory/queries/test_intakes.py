"""What is counted of the sources that entries come from."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from palermo.people.models import Role
from palermo.protection.directory.models import Fate, PutAside, Service, Source
from palermo.protection.directory.queries.intakes import sources
from tests.protection.directory.keeping import somebody

pytestmark = pytest.mark.django_db


def source(name: str, kept: int = 0, missing: int = 0, waiting: int = 0, decided: int = 0) -> Source:
    """A source with services that it keeps, some of them missing, and entries that wait or do not any more."""
    made = Source.objects.create(name=name)
    since = [date(2026, 1, 1)] * missing + [None] * (kept - missing)
    Service.objects.bulk_create(
        Service(id=uuid4(), document={"name": name}, status="active", source=made, missing_since=one) for one in since
    )
    fates = [Fate.OPEN] * waiting + [Fate.DISCARDED] * decided
    PutAside.objects.bulk_create(
        PutAside(source=made, kind="service", key=str(number), number=1, sealed=b"", digest="", fate=fate)
        for number, fate in enumerate(fates)
    )
    return made


def test_what_a_source_keeps_and_what_waits_is_each_counted_once() -> None:
    source("Many", kept=5, missing=2, waiting=3, decided=4)
    source("None")
    source("Services", kept=2)
    source("Waiting", waiting=1)
    Service.objects.create(id=uuid4(), document={"name": "x"}, status="active")
    found = [(one.name, one.kept, one.missing, one.waiting) for one in sources(somebody())]  # type: ignore[attr-defined]
    assert found == [("Many", 5, 2, 3), ("None", 0, 0, 0), ("Services", 2, 0, 0), ("Waiting", 0, 0, 1)]


def test_no_row_of_what_is_kept_is_joined_to_what_waits() -> None:
    # Of 10,000 services and 1,000 entries that wait, 10,000,000 rows would be made.
    assert "JOIN" not in str(sources(somebody()).query)


def test_only_who_keeps_the_directory_sees_sources() -> None:
    source("Many", kept=1)
    assert not sources(AnonymousUser())
    assert not sources(somebody(Role.WORKER))
