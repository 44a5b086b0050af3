"""What a request asks for, made safe to look up."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest

from palermo.figures.series.models import Series
from palermo.figures.series.queries import one_series

LONGEST = 200


def asked(request: HttpRequest, name: str) -> str:
    """A value of the query, without blanks around it and without what no database can hold."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]


def asked_day(request: HttpRequest, name: str) -> date | None:
    """A day of the query, written 2014-06-01; None where there is none or it is none."""
    try:
        return date.fromisoformat(asked(request, name))
    except ValueError:
        return None


def series_or_404(request: HttpRequest, code: str) -> Series:
    """The series of an address, if the reader may see it."""
    found = one_series(request.user, code)
    if found is None:
        raise Http404
    return found
