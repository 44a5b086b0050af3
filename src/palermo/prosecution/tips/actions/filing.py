"""A tip is filed: what it may be about and how urgent it is, in codes and without a word of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.foundation.jurisdictions import jurisdictions
from palermo.people.models import User
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError
from palermo.prosecution.tips.models import Form, State, Tip, Urgency
from palermo.prosecution.tips.queries.desks import at_work


class UnknownCodeError(ValueError):
    """There is nothing with this code to file it under."""


@dataclass(frozen=True)
class Filed:
    """Under what a tip is filed; empty where nobody knows yet."""

    urgency: str = ""
    form: str = ""
    place: str = ""


@transaction.atomic
def file_tip(*, by: User, tip: Tip, filed: Filed, version: int) -> Tip:
    """File a tip, or file it otherwise.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ClosedError: it is closed or erased.
        ChangedError: something happened to it meanwhile.
        UnknownCodeError: there is no such urgency, form or place.
    """
    locked = held(by, tip, version)
    if locked.state not in (State.NEW, State.OPEN):
        raise ClosedError
    known = (filed.urgency in ("", *Urgency.values), filed.form in ("", *Form.values), filed.place in places())
    if not all(known):
        raise UnknownCodeError
    locked.urgency, locked.form, locked.place = filed.urgency, filed.form, filed.place
    locked.version = version + 1
    locked.save(update_fields=["urgency", "form", "place", "version"])
    record(by=by, act="tips.filed", about=locked, desk=locked.desk.code)
    return locked


def places() -> list[str]:
    """The codes of where a tip may be about, and the empty one of nowhere that is known."""
    return ["", *(one.code for one in jurisdictions().values() if one.kind in ("province", "territory"))]


def held(by: User, tip: Tip, version: int) -> Tip:
    """A tip that nobody else changes until this is done.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ChangedError: something happened to it meanwhile.
    """
    locked = Tip.objects.select_for_update(of=("self",)).select_related("desk").get(pk=tip.pk)
    if not at_work(locked.desk).filter(user=by).exists():
        raise PermissionDenied
    if locked.version != version:
        raise ChangedError
    return locked
