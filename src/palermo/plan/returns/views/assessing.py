"""The assessor's pages: claimed beside assessed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.foundation.pagination import page_of
from palermo.people.guards import for_roles, signed_in
from palermo.people.models import Role
from palermo.plan.returns.actions.assess import AssessedMeanwhileError, NotIndependentError, assess
from palermo.plan.returns.forms_cycles import AssessForm
from palermo.plan.returns.models import Cycle
from palermo.plan.returns.queries.assessing import assessed, cycles_to_assess, deliverables_to_assess


@for_roles(Role.ASSESSOR)
def assessments(request: HttpRequest) -> HttpResponse:
    """The gathered periods of the plans that the viewer assesses."""
    return render(request, "returns/assessments.html", {"cycles": cycles_to_assess(signed_in(request))})


@for_roles(Role.ASSESSOR)
def assessment_list(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """The deliverables of a period, claimed beside assessed."""
    viewer, one = signed_in(request), _own_cycle(request, plan_code, period_code)
    only_open = request.GET.get("show") == "open"
    page = page_of(deliverables_to_assess(viewer, one, only_open=only_open), request.GET.get("page"))
    context = {"cycle": one, "plan": one.period.plan, "page": page, "only_open": only_open}
    context["rows"] = assessed(viewer, one, page.items)
    return render(request, "returns/assessment_list.html", context)


@for_roles(Role.ASSESSOR)
@require_http_methods(["GET", "HEAD", "POST"])
def assess_one(request: HttpRequest, plan_code: str, period_code: str, deliverable_code: str) -> HttpResponse:
    """What was claimed of one deliverable, and what the assessor found."""
    viewer, one = signed_in(request), _own_cycle(request, plan_code, period_code)
    deliverable = deliverables_to_assess(viewer, one, only_open=False).filter(code=deliverable_code).first()
    if deliverable is None:
        raise Http404
    row = assessed(viewer, one, [deliverable])[0]
    current = row.current
    form = AssessForm(request.POST or None, initial=_initial(row.current))
    if request.method == "POST" and form.is_valid():
        try:
            assess(cycle=one, deliverable=deliverable, **form.cleaned_data, by=viewer)
        except NotIndependentError:
            form.add_error(None, _("You write or clear for an organization that answers for this. Somebody else must."))
        except AssessedMeanwhileError:
            form = AssessForm({**request.POST.dict(), "seen": str(current.pk if current else 0)})
            messages.warning(request, _("Somebody else assessed it meanwhile. Both stand below; save what is right."))
        else:
            messages.success(request, _("Saved. It stands beside what was claimed."))
            return redirect("assessment_list", plan_code, period_code)
    context = {"cycle": one, "plan": one.period.plan, "row": row, "form": form}
    return render(request, "returns/assess.html", context)


def _initial(current: object) -> dict[str, object]:
    known = {name: getattr(current, name, "") for name in ("status", "note_en", "note_fr")}
    return {**known, "seen": getattr(current, "pk", 0)}


def _own_cycle(request: HttpRequest, plan_code: str, period_code: str) -> Cycle:
    found = cycles_to_assess(signed_in(request)).filter(period__plan__code=plan_code)
    one = next((cycle for cycle in found if cycle.period.code == period_code), None)
    if one is None:
        raise Http404
    return one
