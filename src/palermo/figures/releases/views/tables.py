"""Tables of a release: which are wanted, what they look like protected, and what is lost in them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.figures.releases import policies
from palermo.figures.releases.actions.preparing import Wanted, choose_tables
from palermo.figures.releases.forms.preparing import TableForm
from palermo.figures.releases.models import Release, ReleaseTable
from palermo.figures.releases.policies import PREPARERS
from palermo.figures.releases.queries.cells import grid, losses
from palermo.figures.releases.queries.releases import last_attack, synthetic_of, tables_of
from palermo.figures.releases.sources import dimensions_of, numbers_of
from palermo.figures.releases.views.desk import GET_OR_POST
from palermo.figures.releases.views.finding import found, found_table, refusal, seen, tried
from palermo.figures.releases.views.public import file_of
from palermo.people.guards import for_roles, signed_in


@for_roles(*PREPARERS)
@require_http_methods(GET_OR_POST)
def release_tables(request: HttpRequest, number: int) -> HttpResponseBase:
    """The tables that are wanted; add one, or take one out."""
    by, release = signed_in(request), found(request, number)
    tables, dimensions, numbers = tables_of(by, release), dimensions_of(release), numbers_of(release)
    form = TableForm(dimensions, numbers, release.version)
    do, _colon, which = request.POST.get("do", "").partition(":")
    if request.method == "POST" and do == "remove":
        left = [_wanted(table) for table in tables if str(table.position) != which]
        tried(request, lambda: choose_tables(release=release, version=seen(request), tables=left, by=by))
        return redirect("release_tables", release.pk)
    if request.method == "POST":
        form = TableForm(dimensions, numbers, release.version, request.POST)
        if form.is_valid() and _added(request, release, tables, form):
            return redirect("release_tables", release.pk)
    labels = {said.code: said for said in dimensions}
    listed = [(table, [labels[code] for code in table.wanted if code in labels]) for table in tables]
    context = {"release": release, "tables": listed, "dimensions": dimensions, "form": form}
    return render(request, "releases/tables.html", context | {"may_change": policies.may_change(by, release)})


def _added(request: HttpRequest, release: Release, tables: list[ReleaseTable], form: TableForm) -> bool:
    more = [*(_wanted(table) for table in tables), form.wanted()]
    why = refusal(
        lambda: choose_tables(release=release, version=form.cleaned_data["seen"], tables=more, by=signed_in(request))
    )
    if why:
        form.add_error(None, why)
    return not why


def _wanted(table: ReleaseTable) -> Wanted:
    return Wanted(table.title_en, table.title_fr, tuple(table.wanted), table.sums)


@for_roles(*PREPARERS)
def release_table(request: HttpRequest, number: int, position: int) -> HttpResponse:
    """A protected table as it would be published, and which of its cells are hidden why."""
    release = found(request, number)
    table = found_table(request, release, position)
    shown = grid(request.user, table, request.GET.get("page"), with_marks=True) if table.cells else None
    return render(request, "releases/table.html", {"release": release, "table": table, "grid": shown})


@for_roles(*PREPARERS)
def release_synthetic(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """The synthetic records of a release as a file, for who decides about it."""
    release = found(request, number)
    records = synthetic_of(request.user, release)
    if records is None:
        raise Http404(_("Nothing is protected yet."))
    return file_of(records, f"synthetic-{release.pk}.csv")


@for_roles(*PREPARERS)
def release_losses(request: HttpRequest, number: int) -> HttpResponse:
    """What is lost and where, in every table and for each of its codes; and what the attack found."""
    release = found(request, number)
    tables = [table for table in tables_of(request.user, release) if table.cells]
    if not tables:
        raise Http404(_("Nothing is protected yet."))
    context = {
        "release": release,
        "told": [(table, losses(table)) for table in tables],
        "attack": last_attack(request.user, release),
    }
    return render(request, "releases/losses.html", context)
