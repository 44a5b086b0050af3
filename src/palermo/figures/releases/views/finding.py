"""What every page for work begins with: the release that it is about, and how acts are answered."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from palermo.figures.protection.record_files import RecordsError
from palermo.figures.releases.actions.changing import ChangedMeanwhileError, NotPossibleError
from palermo.figures.releases.budget import OverBudgetError
from palermo.figures.releases.keeping import GoneError
from palermo.figures.releases.models import Release, ReleaseTable
from palermo.figures.releases.queries.releases import release_to_see, tables_of
from palermo.figures.releases.words import not_possible, not_read
from palermo.people.guards import signed_in


def found(request: HttpRequest, number: int) -> Release:
    """The release, for somebody who prepares releases of its organisation."""
    release = release_to_see(signed_in(request), number)
    if release is None:
        raise Http404
    return release


def found_table(request: HttpRequest, release: Release, position: int) -> ReleaseTable:
    """One of its tables."""
    for table in tables_of(request.user, release):
        if table.position == position:
            return table
    raise Http404


def seen(request: HttpRequest) -> int:
    """The version that a form was made from; -1 where it carries none, which is always too old."""
    given = request.POST.get("seen", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def tried(request: HttpRequest, act: Callable[[], object], done: str = "") -> bool:
    """Do an act and say what came of it. False where it was refused; why is told on the next page."""
    why = refusal(act)
    if why:
        messages.warning(request, why)
        return False
    if done:
        messages.success(request, done)
    return True


def refusal(act: Callable[[], object]) -> str:
    """Do an act; why it was refused in the reader's words, or nothing."""
    try:
        act()
    except ChangedMeanwhileError:
        return _("Somebody else changed this release in the meantime. Nothing of yours was saved: look at it again.")
    except NotPossibleError as error:
        return not_possible(error.code)
    except OverBudgetError:
        return not_possible("over_budget")
    except RecordsError as error:
        return not_read(error.code)
    except GoneError:
        return not_possible("no_records")
    return ""


def back(release: Release) -> HttpResponseBase:
    """To the page of the release."""
    return redirect("release_work", release.pk)
