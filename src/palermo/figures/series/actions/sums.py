"""Declaring sums that must hold."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from palermo.audit.actions import record
from palermo.figures.series.actions.refusing import Fault, code_faults, refuse
from palermo.figures.series.keys import codes_of, key_of
from palermo.figures.series.models import Series, Sum, SumTerm
from palermo.figures.series.policies import may_change
from palermo.people.models import User

Term = tuple[Series, str]
"""A series, and the key of one of its values."""


@transaction.atomic
def declare_sum(
    *, code: str, title_en: str = "", title_fr: str = "", total: Term, parts: Sequence[Term], by: User
) -> Sum:
    """Say that some values must add up to another, for each span and document that has them all.

    Raises:
        PermissionDenied: `by` may not change every series in it.
        RefusedError: unlike things are added, a term is given twice or is cut by what its series is not.
    """
    terms = [total, *parts]
    if not all(may_change(by, series) for series, _key in terms):
        raise PermissionDenied
    faults = [*code_faults(code), *_faults(total, parts)]
    if not (title_en or title_fr):
        faults.append(("title_en", _("Write it in one language at least.")))
    if Sum.objects.filter(code=code).exists():
        faults.append(("code", _("Another sum has this code.")))
    refuse(faults)
    made = Sum.objects.create(code=code, title_en=title_en, title_fr=title_fr)
    SumTerm.objects.bulk_create(
        SumTerm(sum=made, series=series, key=key_of(codes_of(key)), is_total=at == 0)
        for at, (series, key) in enumerate(terms)
    )
    record(by=by, act="series.declare_sum", about=made, sum=code, terms=_told(made))
    return made


@transaction.atomic
def drop_sum(*, declared: Sum, by: User) -> None:
    """Demand a sum no more. The trail keeps what it was.

    Raises:
        PermissionDenied: `by` may not change every series in it.
    """
    terms = list(declared.terms.select_related("series"))
    if not all(may_change(by, term.series) for term in terms):
        raise PermissionDenied
    record(by=by, act="series.drop_sum", about=declared, sum=declared.code, before=_told(declared))
    declared.delete()


def _told(declared: Sum) -> list[str]:
    read = declared.terms.select_related("series").order_by("-is_total", "pk")
    return [f"{'= ' if term.is_total else '+ '}{term.series.code} {term.key}".strip() for term in read]


def _faults(total: Term, parts: Sequence[Term]) -> list[Fault]:
    terms = [total, *parts]
    faults: list[Fault] = []
    if len(parts) < 1:
        faults.append(("parts", _("Name what is added.")))
    if len({(series.pk, key_of(codes_of(key))) for series, key in terms}) != len(terms):
        faults.append(("parts", _("A term is given twice.")))
    if len({(series.counts, series.currency) for series, _key in terms}) > 1:
        faults.append(("parts", _("Only numbers of one unit add up: these count different things.")))
    for series, key in terms:
        codes = {one.code: set(one.code_list.codes.values_list("code", flat=True)) for one in series.dimensions.all()}
        for name, value in codes_of(key).items():
            if value not in codes.get(name, set()):
                told = {"series": series.code, "key": f"{name}={value}"}
                faults.append(("parts", _("The series %(series)s has no “%(key)s”.") % told))
    return faults
