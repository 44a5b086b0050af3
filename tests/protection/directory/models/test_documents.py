"""Columns of JSON, read and written the quick way."""

from __future__ import annotations

import json

import pytest

from palermo.protection.directory.models import Service
from palermo.protection.directory.models.documents import Reader
from tests.protection.directory.samples import service, taken


@pytest.mark.django_db
def test_one_value_of_a_document_can_be_asked_for() -> None:
    taken(service("Écoute", minimum_age=16, takes_children=True))
    asked = Service.objects.values_list("document__name", "document__minimum_age", "document__takes_children")
    assert list(asked) == [("Écoute", 16, True)]
    assert list(Service.objects.values_list("document__name", flat=True)) == ["Écoute"]
    assert list(Service.objects.values_list("document__nothing", flat=True)) == [None]


@pytest.mark.parametrize("text", ["Écoute", "", "{", "1e400", '"\\ud800"'])
def test_what_is_no_json_is_refused_as_django_knows_it(text: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        json.loads(text, cls=Reader)
