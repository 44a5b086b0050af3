"""What was there before entries had a keeper: its migration finds one where there is but one."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Location, Organization, Service, Source, Taxonomy, TaxonomyTerm
from tests.protection.directory.samples import key, place, service, taken
from tests.protection.directory.together import NEEDS

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


def test_so_are_lists_and_terms_that_are_not_built_in() -> None:
    def described(name: str, *terms: str) -> Any:  # noqa: ANN401 - a whole entry
        said = {"need": NEEDS["safe-place"], **{term: own[term] for term in terms}}
        attributes = [{"id": key(f"{name} {term}"), "taxonomy_term": one} for term, one in said.items()]
        return service(name, attributes=attributes)

    own: dict[str, Document] = {
        name: {"id": key(name), **words, "taxonomy_detail": {"id": key(f"list {name}"), **words}}
        for name in ("own", "both")
        for words in [{"name": name, "description": name}]
    }
    taken(described("A", "own", "both"), described("B", "both"))
    for name in ("A", "B"):
        Service.objects.filter(document__name=name).update(source=Source.objects.create(name=f"Source of {name}"))
    fill = import_module("palermo.protection.directory.migrations.0019_keepers_of_terms_that_are_there").fill
    fill(apps, connection.schema_editor())
    for model in (TaxonomyTerm, Taxonomy):
        found = dict(model._default_manager.values_list("document__name", "source__name"))
        assert (found.pop("own"), found.pop("both")) == ("Source of A", None)
        assert set(found.values()) == {None}
