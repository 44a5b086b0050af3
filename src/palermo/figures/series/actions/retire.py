"""Giving a series up, with the reason, and taking that back."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from palermo.audit.actions import record
from palermo.figures.series.actions.refusing import Fault, refuse
from palermo.figures.series.models import Series
from palermo.figures.series.policies import may_change
from palermo.people.models import User


@transaction.atomic
def retire_series(
    *, series: Series, on: date, because_en: str = "", because_fr: str = "", successor: Series | None = None, by: User
) -> Series:
    """Say that a series is given up: it takes no numbers of later days. What it has stays. `bring_back` undoes this.

    Raises:
        PermissionDenied: `by` may not change this series.
        RefusedError: no reason is given, or the successor is itself or leads back to it.
    """
    one = _locked(series, by)
    faults: list[Fault] = []
    if not (because_en or because_fr):
        faults.append(("because_en", _("Say in one language at least why it is given up.")))
    if successor is not None and _leads_to(successor, one):
        faults.append(("successor", _("A series is never followed by itself, nor by one that it follows.")))
    refuse(faults)
    one.retired_on, one.retired_because_en, one.retired_because_fr = on, because_en, because_fr
    one.successor = successor
    _save(one)
    told = {"on": on.isoformat(), "because": because_en or because_fr, "successor": successor.code if successor else ""}
    record(by=by, act="series.retire", about=one, series=one.code, **told)
    return one


@transaction.atomic
def bring_back(*, series: Series, by: User) -> Series:
    """Undo `retire_series`.

    Raises:
        PermissionDenied: `by` may not change this series.
    """
    one = _locked(series, by)
    before = {"on": str(one.retired_on or ""), "because": one.retired_because_en or one.retired_because_fr}
    one.retired_on, one.retired_because_en, one.retired_because_fr, one.successor = None, "", "", None
    _save(one)
    record(by=by, act="series.bring_back", about=one, series=one.code, before=before)
    return one


def _locked(series: Series, by: User) -> Series:
    one = Series.objects.select_for_update().get(pk=series.pk)
    if not may_change(by, one):
        raise PermissionDenied
    return one


def _save(one: Series) -> None:
    one.version += 1
    one.save(update_fields=["retired_on", "retired_because_en", "retired_because_fr", "successor", "version"])


def _leads_to(successor: Series, series: Series) -> bool:
    """Whether following successors from one comes to another."""
    seen: set[int] = set()
    at: int | None = successor.pk
    while at is not None and at not in seen:
        if at == series.pk:
            return True
        seen.add(at)
        at = Series.objects.values_list("successor", flat=True).get(pk=at)
    return False
