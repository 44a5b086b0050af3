"""What was there before entries had a keeper: its migration finds one where there is but one."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from palermo.protection.directory.models import Location, Organization, Service, Source
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db


def test_what_one_source_gives_alone_is_kept_by_it() -> None:
    second = {"id": key("second"), "name": "Second house", "description": "A house.", "locations": [place("garden")]}
    far = [{"id": key("C there"), "location": place("far")}]
    taken(service("A"), service("B"), service("C", organization=second, service_at_locations=far), service("D"))
    ours, theirs = Source.objects.create(name="Ours"), Source.objects.create(name="Theirs")
    for name, source in (("A", ours), ("B", theirs), ("C", ours)):
        Service.objects.filter(document__name=name).update(source=source)
    fill = import_module("palermo.protection.directory.migrations.0013_keepers_of_what_is_there").fill
    fill(apps, connection.schema_editor())
    assert dict(Organization.objects.values_list("document__name", "source__name")) == {
        "House of Lindens": None,
        "Second house": "Ours",
    }
    assert dict(Location.objects.values_list("document__name", "source__name")) == {
        "home": None,
        "far": "Ours",
        "garden": "Ours",
    }
