"""Linking series to what they show, for coordinators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.people.guards import coordinators, signed_in
from palermo.plan.indicators.actions.link import AlreadyLinkedError, NotLinkedError, link_series, unlink_series
from palermo.plan.indicators.forms import LinkForm
from palermo.plan.indicators.models import Indicator
from palermo.plan.indicators.queries import indicators_of, suggestions
from palermo.plan.register.models import Deliverable, Section
from palermo.plan.register.policies import may_change_plan
from palermo.plan.register.views.reading import code_or_404


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def deliverable_indicators(request: HttpRequest, code: str, deliverable_code: str) -> HttpResponse:
    """The series that show how a deliverable does: link one, or take one away."""
    found = Deliverable.objects.select_related("plan__owner")
    return _desk(request, found.filter(plan__code=code, code=code_or_404(deliverable_code)).first())


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def section_indicators(request: HttpRequest, code: str, section_code: str) -> HttpResponse:
    """The series that show what a section is for: link one, or take one away."""
    found = Section.objects.select_related("plan__owner")
    return _desk(request, found.filter(plan__code=code, code=code_or_404(section_code)).first())


def _desk(request: HttpRequest, one: Deliverable | Section | None) -> HttpResponse:
    if one is None:
        raise Http404
    if not may_change_plan(request.user, one.plan):
        raise PermissionDenied
    form = LinkForm(request.user)
    if request.method == "POST":
        do, _colon, key = request.POST.get("do", "").partition(":")
        if do == "link":
            form = LinkForm(request.user, request.POST.dict())
            if form.is_valid():
                _link(request, one, form)
        elif do == "unlink":
            _unlink(request, one, key)
        else:
            raise Http404
        if not form.errors:
            return redirect(request.path)
    context = {"one": one, "plan": one.plan, "form": form, "is_section": isinstance(one, Section)}
    found = {"indicators": indicators_of(request.user, one), "suggestions": suggestions(request.user)}
    return render(request, "indicators/desk.html", {**context, **found})


def _link(request: HttpRequest, one: Deliverable | Section, form: LinkForm) -> None:
    said = form.cleaned_data
    notes = {"note_en": said["note_en"], "note_fr": said["note_fr"]}
    try:
        link_series(series=said["code"], to=one, by=signed_in(request), **notes)
    except AlreadyLinkedError:
        messages.info(request, _("This series shows it already."))
    else:
        messages.success(request, _("Saved."))


def _unlink(request: HttpRequest, one: Deliverable | Section, key: str) -> None:
    those = Indicator.objects.filter(pk__in=[each.indicator.pk for each in indicators_of(request.user, one)])
    indicator = those.filter(pk=int(key) if key.isdecimal() and len(key) < 19 else 0).first()
    try:
        if indicator is None:
            raise NotLinkedError
        unlink_series(indicator=indicator, by=signed_in(request))
    except NotLinkedError:
        messages.info(request, _("Somebody else took it away meanwhile. This is how it stands."))
    else:
        messages.success(request, _("It is not shown there any more. Link the series again to undo this."))
