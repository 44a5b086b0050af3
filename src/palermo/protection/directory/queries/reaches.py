"""Which services at places reach somebody at a postal code."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.db.models.lookups import LessThanOrEqual

from palermo.protection.directory.hsds.globe import chord, spot_of
from palermo.protection.directory.hsds.places import Place
from palermo.protection.directory.models import Reach, ServiceAtLocation


def within(area: Place, metres: float | None) -> QuerySet[Reach]:
    """What serves the province of an area, or says none, and is within so many metres of its middle; None for any."""
    return Reach.objects.filter(_serving(area, metres))


def reaching(
    visits: QuerySet[ServiceAtLocation], area: Place, metres: float | None, *, alone: bool
) -> QuerySet[ServiceAtLocation]:
    """Those of some services at places, in the order of their keys, that reach an area (`within`).

    Args:
        visits: in that order already.
        area: from where.
        metres: how far; None for any distance.
        alone: whether nothing else is asked of them.
    """
    if alone and metres is not None:
        # The few that are near are found first. Beside others that are found, SQLite would try each with each.
        return visits.filter(pk__in=within(area, metres).values("visit"))
    return visits.filter(_serving(area, metres, "reach__")).order_by("reach__visit_id")


def _serving(area: Place, metres: float | None, path: str = "") -> Q:
    found = Q(**{f"{path}provinces": ""}) | Q(**{f"{path}provinces__contains": area.province})
    return found if metres is None else found & _near(area, metres, path)


def _near(area: Place, metres: float, path: str) -> Q:
    """Within a distance along the surface; a box around it spares measuring all of Canada."""
    spot, reach = spot_of(area.point), chord(metres)
    box = {f"{path}{name}__range": (at - reach, at + reach) for name, at in spot._asdict().items()}
    x, y, z = (F(f"{path}{name}") - at for name, at in spot._asdict().items())
    return Q(LessThanOrEqual(x * x + y * y + z * z, reach * reach), **box)
