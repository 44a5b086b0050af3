"""Rows that are written without their models are what the models read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from palermo.protection.directory.actions import rows
from palermo.protection.directory.models import FinderEntry, Organization, Service, ServiceAtLocation, Word
from palermo.protection.directory.queries.needs import needs
from tests.protection.directory.samples import key, service, taken

pytestmark = pytest.mark.django_db
SAID = ("latitude", "longitude", "provinces", "confirmed_on", "marks", "schedules", "zone", "stands_in")


def test_every_kind_of_value_is_read_back_as_it_was_written() -> None:
    taken(*needs(), kind="taxonomy_term")
    taken(service())
    one, visit, term = Service.objects.get(), ServiceAtLocation.objects.get(), UUID(str(needs()[0]["id"]))
    somewhere = (
        46.1,
        -64.8,
        "NB NS",
        date(2026, 11, 1),
        " speaks:fr ",
        [{"freq": "WEEKLY", "é": None}],
        "America/Moncton",
        "NB",
    )
    nowhere: tuple[object, ...] = (None, None, "", None, "", [], "", "")
    given = [(term, one.pk, visit.pk, *somewhere), (term, one.pk, None, *nowhere)]
    rows.write(FinderEntry, ("term", "service", "visit", *SAID), given)
    placed, anywhere = FinderEntry.objects.order_by("pk")
    assert tuple(getattr(placed, name) for name in SAID) == somewhere
    assert (placed.term_id, placed.service, placed.visit) == (term, one, visit)
    assert tuple(getattr(anywhere, name) for name in SAID) == nowhere
    assert anywhere.visit is None


def test_a_row_that_is_there_is_written_over_in_what_is_named() -> None:
    taken(service())
    before = Organization.objects.get()
    since = datetime(2026, 11, 1, 12, 30, 15, 123456, tzinfo=UTC)
    other = UUID(key("other"))
    both = [
        (before.pk, {"id": str(before.pk), "name": "Ours"}, since),
        (other, {"id": str(other), "name": "Theirs"}, since),
    ]
    rows.write(Organization, ("id", "document", "changed_at"), both, over=True)
    assert {one.pk: (one.document["name"], one.changed_at) for one in Organization.objects.all()} == {
        before.pk: ("Ours", since), other: ("Theirs", since)
    }  # fmt: skip
    assert Service.objects.get().organization_id == before.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.write(Organization, ("id", "document", "changed_at"), both)


def test_no_rows_are_no_mistake_and_a_value_too_many_is_one() -> None:
    rows.write(Word, ("text",), [])
    for wrong in ([("one", 1)], [()]):
        with pytest.raises(ValueError, match="zip"):
            rows.write(Word, ("text",), wrong)
    with pytest.raises(TypeError):
        rows.write(Service, ("service_at_locations",), [(1,)])
    assert not Word.objects.filter(text="one").exists()


def test_more_rows_than_one_statement_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "AT_ONCE", 4)
    texts = [f"word{number}" for number in range(9)]
    rows.write(Word, ("text",), ((text,) for text in texts))
    assert list(Word.objects.order_by("pk").values_list("text", flat=True)) == texts
    keys = list(Word.objects.order_by("pk").values_list("pk", flat=True))
    rows.write(Word, ("id", "text"), ((key, f"{text}s") for key, text in zip(keys, texts, strict=True)), over=True)
    assert list(Word.objects.order_by("pk").values_list("pk", "text")) == [
        (key, f"{text}s") for key, text in zip(keys, texts, strict=True)
    ]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans by its indexes alone")
def test_the_planner_knows_what_was_written() -> None:
    def known() -> float:
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Word._meta.db_table])
            return float(cursor.fetchone()[0])

    rows.write(Word, ("text",), [(f"word{number}",) for number in range(300)])
    assert known() < 300
    rows.tell_the_planner("directory")
    assert known() == 300


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no such thing")
@pytest.mark.django_db(transaction=True)
def test_what_was_written_is_counted_without_its_rows() -> None:
    rows.write(Word, ("text",), [(f"word{number}",) for number in range(3_000)])
    rows.tell_the_planner("directory")
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpages, relallvisible FROM pg_class WHERE relname = %s", [Word._meta.db_table])
        pages, without = cursor.fetchone()
    assert pages == without > 1
