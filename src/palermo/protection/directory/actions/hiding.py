"""A coordinator hides where a place is, whoever keeps it: who runs a shelter may call before any file says so."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.actions.waiting import Waiting
from palermo.protection.directory.actions.withholding import hide
from palermo.protection.directory.hsds import confidential
from palermo.protection.directory.hsds.confidential import Pieces
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Record
from palermo.protection.directory.hsds.points import Points
from palermo.protection.directory.models import Location
from palermo.protection.directory.policies import may_keep


class TellingAreaError(ValueError):
    """The area that everybody may know tells where a confidential place is. Nothing was hidden."""


@transaction.atomic
def hide_address(*, by: User, place: UUID, area: str | None = None, area_fr: str | None = None) -> bool:
    """Hide where a place is. No source shows it again, its own neither, also where that hides it by now.

    Args:
        by: who does so.
        place: the key of the place.
        area: what everybody may know of where it is, in English; None where what is known of it stays, as it always
            does of a place that is hidden already.
        area_fr: the same in French.

    Returns:
        Whether a source could have shown it until now.

    Raises:
        PermissionDenied: this is not for them to do, or the place is gone.
        TellingAreaError: the area tells its address, or that of another confidential place.
        SealedError: the site's secret is not the one under which places were sealed.
    """
    if not may_keep(by):
        raise PermissionDenied
    one_at_a_time()
    found = Location.objects.filter(pk=place).first()
    if found is None:
        raise PermissionDenied
    if found.is_confidential:
        return _keep_hidden(by, found)
    secrecy = Secrecy(waiting=Waiting().places(), may_open_all=True)
    areas = {name: words for name, words in (("area", area), ("area_fr", area_fr)) if words is not None}
    said: Document = {name: words for name, words in areas.items() if words}
    if _tells(found.document, said) or secrecy.given_away(said):
        raise TellingAreaError
    # Whatever is not said of a place stays as it was kept.
    Location.objects.filter(pk=place).update(document=_without(found.document, areas))
    lost = hide(secrecy, [Record("location", {"id": str(place), "is_confidential": True, **said})])
    Location.objects.filter(pk=place).update(hidden_here=True, hidden_with=None)
    record(by=by, act="directory.hide_place", about=found, **({"withheld": lost} if lost else {}))
    return True


def _keep_hidden(by: User, place: Location) -> bool:
    """Keep a place hidden whatever its source says later. Whether that is new."""
    if place.hidden_here:
        return False
    Location.objects.filter(pk=place.pk).update(hidden_here=True, hidden_with=None)
    record(by=by, act="directory.hide_place", about=place)
    return True


def _without(said: Document, names: Collection[str]) -> Document:
    return {name: one for name, one in said.items() if name not in names}


def _tells(place: Document, area: Document) -> bool:
    """Whether an area tells where an open place is."""
    pieces, points = Pieces(confidential.telling(place)), Points([confidential.point_of(place)])
    return bool(confidential.given_away(area, pieces, points=points))
