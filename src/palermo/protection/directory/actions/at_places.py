"""Which places a change of a service may correct."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from palermo.protection.directory.hsds.at_places import CORRECTED, OWN
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Service, ServiceAtLocation
from palermo.protection.directory.models.service import standing_under


def only_its_own(service: Service, patch: Document) -> bool:
    """Whether a patch has no place but those of the service say nothing of their own, and nothing else of places."""
    places = patch.get(CORRECTED, {})
    if not isinstance(places, Mapping):
        return False
    for said in places.values():
        if not isinstance(said, Mapping) or any(name not in OWN or one != [] for name, one in said.items()):
            return False
    theirs = ServiceAtLocation.objects.filter(standing_under([service.pk]) | Q(service=service)) if places else ()
    return places.keys() <= {str(one.pk) for one in theirs}
