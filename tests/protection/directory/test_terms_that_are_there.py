"""The terms of what was there before those of places and programs were kept: its migration, there and back."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection

from palermo.protection.directory.models import OwnTerm
from tests.protection.directory.samples import key, place, service, taken
from tests.protection.directory.test_api import described

pytestmark = pytest.mark.django_db
BEFORE = ["organization", "service_at_location"]
KINDS = sorted(["location", "program", *BEFORE])
terms = import_module("palermo.protection.directory.migrations.0024_terms_of_places_and_programs")


def kinds() -> list[str]:
    return sorted(OwnTerm.objects.values_list("kind", flat=True))


def filled(visit: str) -> None:
    """A service of which all that is around it is described by the same term."""
    told: Any = {"attributes": [described("A doctor")]}
    house: Any = {"id": key("house"), "name": "House", "description": "", **told}
    house["programs"] = [{"id": key("program"), "name": "P", "description": "", **told}]
    taken(service(organization=house, service_at_locations=[{"id": key(visit), "location": place(**told), **told}]))


def test_terms_are_kept_with_their_kinds_and_those_of_before_come_back() -> None:
    filled("visit")
    OwnTerm.objects.filter(kind__in=["location", "program"]).delete()
    OwnTerm.objects.update(kind="")
    terms.describe(apps, connection.schema_editor())
    assert kinds() == KINDS
    assert set(OwnTerm.objects.values_list("record", flat=True)) == {
        *map(UUID, (key("visit"), key("house"), key("program"), key("home")))
    }
    terms.forget(apps, connection.schema_editor())
    assert kinds() == BEFORE


def test_where_two_have_one_id_it_is_kept_once_as_before() -> None:
    filled("house")
    assert kinds() == KINDS
    terms.forget(apps, connection.schema_editor())
    assert kinds() == ["organization"]
