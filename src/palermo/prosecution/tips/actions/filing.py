"""A tip is filed: what it may be about and how urgent it is, in codes and without a word of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.foundation.jurisdictions import jurisdictions
from palermo.people.models import User
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError
from palermo.prosecution.tips.models import Act, Element, Form, Means, State, Tip, TipElement, Urgency
from palermo.prosecution.tips.queries.desks import at_work

FARTHEST = timedelta(days=731)
"""How far ahead a day may lie by which somebody looks again: two years, with a leap day. Beyond it is a slip."""


class UnknownCodeError(ValueError):
    """There is nothing with this code to file it under."""


class DayError(ValueError):
    """The day by which somebody is to look again is past, or too far away."""


@dataclass(frozen=True)
class Filed:
    """Under what a tip is filed; empty where nobody knows yet."""

    urgency: str = ""
    form: str = ""
    place: str = ""
    due_on: date | None = None
    """By when somebody has to look at it again; None goes by its urgency."""
    acts: Collection[str] = ()
    means: Collection[str] = ()


@transaction.atomic
def file_tip(*, by: User, tip: Tip, filed: Filed, version: int) -> Tip:
    """File a tip, or file it otherwise.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ClosedError: it is closed or erased.
        ChangedError: something happened to it meanwhile.
        UnknownCodeError: there is no such urgency, form, place, act or means.
        DayError: the day is past or too far away.
    """
    locked = held(by, tip, version)
    if locked.state not in (State.NEW, State.OPEN):
        raise ClosedError
    _check(filed, locked)
    locked.urgency, locked.form, locked.place = filed.urgency, filed.form, filed.place
    locked.due_on, locked.version = filed.due_on, version + 1
    locked.save(update_fields=["urgency", "form", "place", "due_on", "version"])
    chosen = {(Element.ACT, code) for code in filed.acts} | {(Element.MEANS, code) for code in filed.means}
    locked.elements.all().delete()
    TipElement.objects.bulk_create(TipElement(tip=locked, element=one, code=code) for one, code in sorted(chosen))
    record(by=by, act="tips.filed", about=locked, desk=locked.desk.code)
    return locked


def _check(filed: Filed, tip: Tip) -> None:
    """Refuse what stands in no list, and a new day that cannot be meant. One that stood already may be past."""
    known = (
        filed.urgency in ("", *Urgency.values),
        filed.form in ("", *Form.values),
        filed.place in places(),
        set(filed.acts) <= set(Act.values),
        set(filed.means) <= set(Means.values),
    )
    if not all(known):
        raise UnknownCodeError
    today = timezone.localdate()
    if filed.due_on and filed.due_on != tip.due_on and not today <= filed.due_on <= today + FARTHEST:
        raise DayError


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
