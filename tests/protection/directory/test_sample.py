"""The sample's directory: workers can try how a secret address is given, and nobody else sees it."""

from __future__ import annotations

import pytest

from palermo.commands.sample_directory import load_sample_directory
from palermo.protection.directory.models import FinderEntry, Location, SealedPlace
from palermo.protection.directory.places_said import whole_address
from palermo.protection.directory.sealing import opened

pytestmark = pytest.mark.django_db


def test_one_confidential_place_of_the_sample_has_an_address_and_it_is_sealed() -> None:
    load_sample_directory()
    said = [whole_address({**opened(one.pk, bytes(one.sealed))}) for one in SealedPlace.objects.all()]
    assert [one for one in said if one] == ["7 Invented Lane, Vancouver, BC, V0X 0X0"]
    assert len(said) > 1
    assert "Invented Lane" not in str(list(Location.objects.values_list("document", flat=True)))


def test_every_confidential_place_of_the_sample_is_known_to_be_near_somewhere() -> None:
    load_sample_directory()
    found = FinderEntry.objects.filter(visit__location__is_confidential=True)
    assert found.exists()
    # Whether the city or the province is meant, “Near Québec” does not say.
    areas = set(found.filter(area_latitude=None).values_list("visit__location__document__area", flat=True))
    assert areas == {"Near Québec"}
    near = found.filter(visit__location__document__area="Near Toronto").values_list("area_latitude", flat=True)
    assert {round(one or 0) for one in near} == {44}
