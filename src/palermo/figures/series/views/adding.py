"""Adding series together, or hearing why not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from palermo.figures.series.queries import NotAddedError, added, series_list
from palermo.figures.series.views.reading import asked_day
from palermo.foundation.periods import Period
from palermo.people.guards import public

MOST = 20
"""How many series are added at once."""


@public
def figures_added(request: HttpRequest) -> HttpResponse:
    """The sum of some series over some days, with what went into it; or the reason why they are not added."""
    codes = [code.replace("\x00", "")[:80] for code in request.GET.getlist("series")[:MOST]]
    first, last = asked_day(request, "from"), asked_day(request, "to")
    context: dict[str, object] = {"codes": codes, "first": first, "last": last, "all": series_list(request.user)}
    if codes:
        try:
            if first is None or last is None or last < first:
                raise NotAddedError(_("Give the first and the last day."))
            chosen = list(series_list(request.user).filter(code__in=codes))
            context["sum"] = added(request.user, chosen, Period(first, last))
            context["unit"] = chosen[0]
        except NotAddedError as refusal:
            context["refusal"] = str(refusal)
    return render(request, "series/added.html", context)
