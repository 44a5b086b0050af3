"""Many keys in one value ask for the same as one value for each."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from palermo.foundation.keys import among
from palermo.protection.directory.models import Organization, Service, Word

pytestmark = pytest.mark.django_db
KEYS = [UUID(int=number * 2**100 + number) for number in range(1, 7)]


@pytest.fixture(autouse=True)
def _records() -> None:
    for number, key in enumerate(KEYS):
        Organization.objects.create(pk=key, document={})
        Service.objects.create(pk=key, document={}, status="active", organization_id=KEYS[number // 2])


@pytest.mark.parametrize("some", [[], KEYS[:1], KEYS[2:5], [UUID(int=5)], [*KEYS, *KEYS]])
def test_it_finds_the_same_by_keys_and_by_links(some: list[UUID]) -> None:
    for way in ("pk__in", "organization__in", "organization__services__in"):
        wanted, plain = Q(**{way: among(some)}), Q(**{way: some})
        for one, other in ((wanted, plain), (~wanted, ~plain)):
            found, known = Service.objects.filter(one), Service.objects.filter(other)
            assert list(found.order_by("pk")) == list(known.order_by("pk"))


def test_what_is_asked_can_be_changed_and_deleted() -> None:
    assert Service.objects.filter(pk__in=among(KEYS[:2])).update(status="defunct") == 2
    assert set(Service.objects.filter(status="defunct").values_list("pk", flat=True)) == set(KEYS[:2])
    assert Service.objects.filter(pk__in=among(KEYS[1:3])).delete()[0] == 2
    assert set(Service.objects.values_list("pk", flat=True)) == {KEYS[0], *KEYS[3:]}


def test_any_number_of_keys_are_one_value_and_none_are_no_question() -> None:
    many = (UUID(int=number) for number in range(300_000))
    with CaptureQueriesContext(connection) as queries:
        assert Service.objects.filter(pk__in=among([*many, KEYS[0]])).count() == 1
        assert not Service.objects.filter(pk__in=among([])).exists()
    assert len(queries) == 1


def test_numbers_are_keys_too() -> None:
    word, other = Word.objects.create(text="one"), Word.objects.create(text="other")
    assert list(Word.objects.filter(pk__in=among([word.pk, word.pk]))) == [word]
    assert list(Word.objects.exclude(pk__in=among([word.pk]))) == [other]
    assert not Word.objects.filter(pk__in=among(list[int]())).exists()
