"""The desk of releases: what lies on it, beginning one, and how far one is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palermo.figures.releases import policies
from palermo.figures.releases.actions import deciding, preparing, protecting
from palermo.figures.releases.budget import spends, spent
from palermo.figures.releases.forms.preparing import CorrectForm, RejectForm, ReleaseForm
from palermo.figures.releases.models import Release
from palermo.figures.releases.policies import PREPARERS
from palermo.figures.releases.queries.releases import (
    corrected_by,
    desk,
    last_attack,
    newest_rules,
    populations_to_prepare,
    synthetic_of,
    tables_of,
)
from palermo.figures.releases.sources import choices_of_sources
from palermo.figures.releases.standing import is_stale
from palermo.figures.releases.statements import protection_words
from palermo.figures.releases.views.finding import back, found, refusal, seen, tried
from palermo.figures.releases.vocabulary import State, Work
from palermo.figures.releases.words import troubles
from palermo.foundation.bilingual import reader_language
from palermo.people.guards import for_roles, signed_in

GET_OR_POST = ["GET", "HEAD", "POST"]


@for_roles(*PREPARERS)
def release_desk(request: HttpRequest) -> HttpResponse:
    """Everything that is being prepared, waits, or was decided in the organisations of the viewer."""
    viewer = signed_in(request)
    context = {"desk": desk(viewer), "populations": populations_to_prepare(viewer)}
    return render(request, "releases/desk.html", context)


@for_roles(*PREPARERS)
@require_http_methods(GET_OR_POST)
def release_begin(request: HttpRequest) -> HttpResponseBase:
    """Begin a release."""
    by = signed_in(request)
    populations, rules = list(populations_to_prepare(by)), list(newest_rules(by))
    form = ReleaseForm(populations, rules, choices_of_sources(by), request.POST or None)
    if request.method == "POST" and form.is_valid():
        source, code = form.source()
        made = preparing.begin_release(
            population=form.populations[form.cleaned_data["population"]],
            rule_set=form.rules_chosen(),
            source=source,
            source_code=code,
            about=form.about(),
            by=by,
        )
        messages.success(request, _("Saved. Now bring what it is made of."))
        return back(made)
    context = {"form": form, "populations": populations, "rules": rules}
    return render(request, "releases/begin.html", context)


@for_roles(*PREPARERS)
@require_http_methods(GET_OR_POST)
def release_change(request: HttpRequest, number: int) -> HttpResponseBase:
    """Change what a release is, or its rules."""
    by, release = signed_in(request), found(request, number)
    if not policies.may_change(by, release):
        messages.info(request, _("This release is not being prepared any more."))
        return back(release)
    rules = list(newest_rules(by))
    if release.rule_set not in rules:
        rules.insert(0, release.rule_set)
    form = ReleaseForm([release.population], rules, [], request.POST or None, release)
    if request.method == "POST" and form.is_valid():
        why = refusal(
            lambda: preparing.change_release(
                release=release,
                version=form.cleaned_data["seen"],
                rule_set=form.rules_chosen(),
                about=form.about(),
                by=by,
            )
        )
        if not why:
            messages.success(request, _("Saved. The tables must be protected anew."))
            return back(release)
        form.add_error(None, why)
    return render(request, "releases/change.html", {"form": form, "release": release})


@for_roles(*PREPARERS)
def release_work(request: HttpRequest, number: int) -> HttpResponse:
    """How far a release is, and what can be done now."""
    return shown(request, found(request, number))


def shown(
    request: HttpRequest, release: Release, reject: RejectForm | None = None, correct: CorrectForm | None = None
) -> HttpResponse:
    """The page of a release."""
    viewer = signed_in(request)
    tables = tables_of(viewer, release)
    context = {
        "release": release,
        "tables": tables,
        "attack": last_attack(viewer, release),
        "protection": protection_words(release.rule_set.rules(), reader_language()),
        "stale": release.state in (State.PROTECTED, State.SUBMITTED) and is_stale(release),
        "working": release.work in (Work.WAITING, Work.COUNTING, Work.PROTECTING, Work.ATTACKING),
        "troubles": troubles(release.problems),
        "may_change": policies.may_change(viewer, release),
        "may_decide": policies.may_decide(viewer, release),
        "corrected_by": corrected_by(viewer, release),
        "synthetic": synthetic_of(viewer, release),
        "spent": spent(release.population) if spends(release) else None,
        "reject": reject or RejectForm(initial={"seen": release.version}, prefix=None),
        "correct": correct or CorrectForm(),
    }
    return render(request, "releases/work.html", context)


@for_roles(*PREPARERS)
@require_POST
def release_protect(request: HttpRequest, number: int) -> HttpResponseBase:
    """Protect the tables and attack the result."""
    by, release = signed_in(request), found(request, number)
    tried(request, lambda: protecting.protect(release=release, version=seen(request), by=by))
    return back(release)


@for_roles(*PREPARERS)
@require_POST
def release_submit(request: HttpRequest, number: int) -> HttpResponseBase:
    """Hand it to a second person, or take it back."""
    by, release, version = signed_in(request), found(request, number), seen(request)
    if request.POST.get("do") == "take_back":
        tried(request, lambda: deciding.take_back(release=release, version=version, by=by), _("You have it back."))
    else:
        done = _("Submitted. Somebody else of your organization approves or rejects it.")
        tried(request, lambda: deciding.submit(release=release, version=version, by=by), done)
    return back(release)


@for_roles(*PREPARERS)
@require_POST
def release_decide(request: HttpRequest, number: int) -> HttpResponseBase:
    """Approve or reject it."""
    by, release, version = signed_in(request), found(request, number), seen(request)
    if request.POST.get("do") == "reject":
        form = RejectForm(request.POST)
        if not form.is_valid():
            return shown(request, release, reject=form)
        reason = form.cleaned_data["reason"]
        tried(
            request,
            lambda: deciding.reject(release=release, version=version, reason=reason, by=by),
            _("Rejected. Whoever prepared it reads why."),
        )
        return back(release)
    done = _("Approved and published. From now on nothing in it changes.")
    tried(request, lambda: deciding.approve(release=release, version=version, by=by), done)
    return back(release)


@for_roles(*PREPARERS)
@require_POST
def release_correct(request: HttpRequest, number: int) -> HttpResponseBase:
    """Begin a release that corrects this one."""
    by, release = signed_in(request), found(request, number)
    form = CorrectForm(request.POST)
    if not form.is_valid():
        return shown(request, release, correct=form)
    made: list[Release] = []
    said = form.cleaned_data
    if tried(
        request,
        lambda: made.append(deciding.correct(release=release, **said, by=by)),
        _("A correction was begun. What is published stays, and points to the correction once that is published."),
    ):
        return redirect("release_work", made[0].pk)
    return back(release)
