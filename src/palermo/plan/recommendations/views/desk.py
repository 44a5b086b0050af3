"""Keeping the register of recommendations, for coordinators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.people.guards import coordinators, signed_in
from palermo.plan.recommendations.actions import keep
from palermo.plan.recommendations.forms import LinkForm, RecommendationForm
from palermo.plan.recommendations.models import Recommendation
from palermo.plan.recommendations.queries import answers_of, deliverables_that_may_answer, recommendation
from palermo.plan.recommendations.queries import recommendations as all_recommendations
from palermo.plan.register.policies import may_change_plan
from palermo.plan.register.queries.plans import plans_to_change


@coordinators
def recommendation_desk(request: HttpRequest) -> HttpResponse:
    """The recommendations to the plans that the viewer coordinates."""
    own = plans_to_change(signed_in(request))
    found = all_recommendations(request.user).filter(plan__in=own)
    return render(request, "recommendations/desk.html", {"plans": own, "found": found})


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_add(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Add a recommendation to a plan."""
    plan = plans_to_change(signed_in(request)).filter(code=plan_code).first()
    if plan is None:
        raise Http404
    form = RecommendationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = keep.add_recommendation(plan=plan, words=form.words(), by=signed_in(request))
        messages.success(request, _("Saved. Say now what answers it."))
        return redirect("recommendation_edit", made.pk)
    return render(request, "recommendations/edit.html", {"form": form, "plan": plan})


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a recommendation, say what answers it, or that something answers it no more."""
    by, one = signed_in(request), _own(request, number)
    form = RecommendationForm(instance=Recommendation.objects.get(pk=one.pk), initial={"seen": one.version})
    link = LinkForm(deliverables_that_may_answer(by, one))
    conflict = False
    if request.method == "POST":
        do = request.POST.get("do", "").partition(":")
        if do[0] == "save":
            form = RecommendationForm(request.POST, instance=Recommendation.objects.get(pk=one.pk))
            conflict = form.is_valid() and not _saved(request, one, form)
        elif do[0] == "link":
            link = LinkForm(deliverables_that_may_answer(by, one), request.POST)
            if link.is_valid():
                _linked(request, one, link)
        elif do[0] in {"unlink", "link_again"}:
            _turned(request, one, *do[::2])
        else:
            raise Http404
        if not (form.errors or link.errors or conflict):
            return redirect("recommendation_edit", number)
    one = _own(request, number)
    if conflict:
        form = RecommendationForm({**request.POST.dict(), "seen": str(one.version)})
    context = {"one": one, "plan": one.plan, "form": form, "link": link, "conflict": conflict}
    context["differing"] = form.differing(one) if conflict else ()
    return render(request, "recommendations/edit.html", {**context, "answers": answers_of(by, one)})


def _saved(request: HttpRequest, one: Recommendation, form: RecommendationForm) -> bool:
    try:
        keep.change_recommendation(
            recommendation=one, version=form.cleaned_data["seen"], words=form.words(), by=signed_in(request)
        )
    except keep.ChangedMeanwhileError:
        return False
    messages.success(request, _("Saved."))
    return True


def _linked(request: HttpRequest, one: Recommendation, form: LinkForm) -> None:
    said = form.cleaned_data
    deliverable = form.deliverables[said["deliverable"]]
    try:
        keep.link(
            recommendation=one,
            deliverable=deliverable,
            note_en=said["note_en"],
            note_fr=said["note_fr"],
            by=signed_in(request),
        )
    except keep.AlreadyLinkedError:
        messages.info(request, _("It answers this recommendation already."))
    else:
        messages.success(request, _("Saved."))


def _turned(request: HttpRequest, one: Recommendation, do: str, key: str) -> None:
    """End a link, or undo that."""
    answer = one.answers.model.objects.filter(recommendation=one, pk=int(key) if key.isdecimal() else 0).first()
    if answer is None:
        raise Http404
    try:
        {"unlink": keep.unlink, "link_again": keep.link_again}[do](answer=answer, by=signed_in(request))
    except keep.NotLinkedError:
        messages.info(request, _("Somebody else changed it meanwhile. This is how it stands."))


def _own(request: HttpRequest, number: int) -> Recommendation:
    one = recommendation(request.user, number)
    if one is None:
        raise Http404
    if not may_change_plan(request.user, one.plan):
        raise PermissionDenied
    return one
