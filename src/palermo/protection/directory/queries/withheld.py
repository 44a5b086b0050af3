"""Which services lost a text that told where a confidential place is, and what it was about."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from palermo.people.policies import Viewer
from palermo.protection.directory.models import Service, ServiceAtLocation, Withheld
from palermo.protection.directory.policies import may_keep


def lost_something() -> Q:
    """Services of which something was taken out, of their organization or program, or of where they are given."""
    lost = Withheld.objects.order_by().values("record")
    visits = ServiceAtLocation.objects.filter(Q(pk__in=lost) | Q(location__in=lost)).order_by().values("service")
    return Q(pk__in=lost) | Q(organization__in=lost) | Q(program__in=lost) | Q(pk__in=visits)


def withheld(viewer: Viewer, one: Service, visits: Iterable[ServiceAtLocation]) -> list[Withheld]:
    """What was taken out of a service and of what stands around it, for who can write it anew."""
    if not may_keep(viewer):
        return []
    around = {key for visit in visits for key in (visit.pk, visit.location_id)}
    around |= {key for key in (one.organization_id, one.program_id) if key}
    return list(Withheld.objects.filter(record__in={one.pk, *around}))
