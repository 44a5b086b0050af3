"""The coordinator's pages of a plan's past and future."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from palermo.foundation.pagination import page_of
from palermo.people.guards import coordinators, signed_in
from palermo.plan.register.models import Deliverable, Lineage, Plan
from palermo.plan.register.queries.plan_at import plan_at
from palermo.plan.register.queries.plans import plans_to_change
from palermo.plan.succession.actions import link as acts
from palermo.plan.succession.actions.begin import CodeTakenError, TooEarlyError, begin_successor
from palermo.plan.succession.forms import BeginForm, LinkForm
from palermo.plan.succession.queries.lineage import Candidate, followers, links, plans_earlier, to_carry
from palermo.plan.succession.queries.suggestions import dismissals, plan_before, suggestions

MOST_SUGGESTED = 25
MOST_DISMISSED = 50


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def succession(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Where the promises of a plan come from: suggestions to decide, links to make and to undo."""
    viewer, plan = signed_in(request), _own(request, plan_code)
    before = plan_before(viewer, plan)
    form = LinkForm(plan, plans_earlier(viewer, plan), before=before.code if before else "")
    if request.method == "POST":
        do, _colon, which = request.POST.get("do", "").partition(":")
        if do == "link":
            form = LinkForm(plan, plans_earlier(viewer, plan), request.POST)
            done = form.is_valid() and _link(request, form)
        else:
            done = _DO.get(do, _unknown)(request, plan, which)
        if done:
            return redirect("succession", plan_code)
    page = page_of(links(viewer, plan), request.GET.get("page"))
    found = suggestions(viewer, plan, MOST_SUGGESTED)
    context = {
        "plan": plan,
        "before": before,
        "followers": followers(viewer, plan),
        "page": page,
        "suggestions": found.shown,
        "suggested": found.total,
        "dismissed": dismissals(viewer, plan)[:MOST_DISMISSED],
        "form": form,
    }
    return render(request, "succession/succession.html", context)


def _link(request: HttpRequest, form: LinkForm) -> bool:
    values = form.cleaned_data
    try:
        acts.link_by_hand(before=values["earlier"], after=values["later"], why=form.why(), by=signed_in(request))
    except acts.NotEarlierError:
        form.add_error(
            "earlier",
            _("This promise is not earlier: its plan did not begin before, or it goes back to the other one itself."),
        )
        return False
    except acts.AlreadyLinkedError:
        form.add_error("earlier", _("The two are linked already; the link stands in the list."))
        return False
    messages.success(request, _("Linked. The public pages show it now."))
    return True


def _confirm(request: HttpRequest, plan: Plan, which: str) -> bool:
    before, after = _pair(request, plan, which)
    try:
        acts.confirm(before=before, after=after, by=signed_in(request))
    except (acts.AlreadyLinkedError, acts.NotEarlierError):
        messages.info(request, _("Somebody else changed it meanwhile. This is how it stands."))
    else:
        messages.success(request, _("Linked. The public pages show it now."))
    return True


def _dismiss(request: HttpRequest, plan: Plan, which: str) -> bool:
    before, after = _pair(request, plan, which)
    acts.dismiss(before=before, after=after, by=signed_in(request))
    messages.success(request, _("It is not suggested again."))
    return True


def _unlink(request: HttpRequest, plan: Plan, which: str) -> bool:
    lineage = Lineage.objects.filter(pk=_number(which), after__plan=plan).first()
    try:
        if lineage is None:
            raise acts.GoneError
        acts.unlink(lineage=lineage, by=signed_in(request))
    except acts.GoneError:
        messages.info(request, _("Somebody else changed it meanwhile. This is how it stands."))
    else:
        messages.success(request, _("The link is undone. The history of both keeps that it stood."))
    return True


def _suggest_again(request: HttpRequest, plan: Plan, which: str) -> bool:
    dismissal = dismissals(signed_in(request), plan).filter(pk=_number(which)).first()
    try:
        if dismissal is None:
            raise acts.GoneError
        acts.suggest_again(dismissal=dismissal, by=signed_in(request))
    except acts.GoneError:
        messages.info(request, _("Somebody else changed it meanwhile. This is how it stands."))
    else:
        messages.success(request, _("It may be suggested again."))
    return True


def _unknown(_request: HttpRequest, _plan: Plan, _which: str) -> bool:
    raise Http404


_DO = {"confirm": _confirm, "dismiss": _dismiss, "unlink": _unlink, "suggest_again": _suggest_again}


def _pair(request: HttpRequest, plan: Plan, which: str) -> tuple[Deliverable, Deliverable]:
    """`earlier-later`, by key: one of the plan before and one of the plan itself."""
    one, _dash, other = which.partition("-")
    earlier = plan_before(signed_in(request), plan)
    found = Deliverable.objects.select_related("plan__owner")
    before = found.filter(pk=_number(one), plan=earlier).first() if earlier else None
    after = found.filter(pk=_number(other), plan=plan).first()
    if before is None or after is None:
        raise Http404
    return before, after


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def succession_begin(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Begin the plan that follows: what it is called, and what is carried forward."""
    viewer, plan = signed_in(request), _own(request, plan_code)
    at = plan_at(viewer, plan.code)
    if at is None:
        raise Http404
    rows = to_carry(viewer, at)
    form, ticked = BeginForm(plan), {row.one.pk for row in rows if row.is_open}
    if request.method == "POST":
        form, ticked = BeginForm(plan, request.POST), _ticked(request, rows)
        made = _begun(request, plan, form, ticked) if form.is_valid() else None
        if made:
            told = ngettext(
                "%(count)s promise was carried forward.", "%(count)s promises were carried forward.", len(ticked)
            )
            then = _("Give each its due date in the new plan; the first one stays beside it.")
            messages.success(request, f"{told % {'count': len(ticked)}} {then}")
            return redirect("plan", made.code)
    marked = [(row, row.one.pk in ticked) for row in rows]
    context = {"at": at, "plan": plan, "form": form, "rows": marked, "open": sum(row.is_open for row in rows)}
    return render(request, "succession/begin.html", context)


def _begun(request: HttpRequest, plan: Plan, form: BeginForm, ticked: set[int]) -> Plan | None:
    try:
        return begin_successor(plan=plan, head=form.head(), carry=ticked, by=signed_in(request))
    except CodeTakenError:
        form.add_error("code", _("Another plan has this code. Choose one that is free."))
    except TooEarlyError:
        form.add_error("starts_on", _("It must begin after the plan that it follows."))
    return None


def _ticked(request: HttpRequest, rows: list[Candidate]) -> set[int]:
    """What was ticked. Something that the list does not offer is no mistake of a person."""
    ticked = {_number(each) for each in request.POST.getlist("carry")}
    if not ticked <= {row.one.pk for row in rows}:
        raise Http404
    return ticked


def _own(request: HttpRequest, plan_code: str) -> Plan:
    plan = plans_to_change(signed_in(request)).filter(code=plan_code).first()
    if plan is None:
        raise Http404
    return plan
