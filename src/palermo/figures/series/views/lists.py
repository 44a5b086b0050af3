"""Code lists and sums that must hold, for those who keep them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.figures.series.actions import RefusedError, declare_sum, drop_sum, keep_code_list
from palermo.figures.series.forms_fields import put_faults
from palermo.figures.series.forms_lists import CodeListForm, SumForm
from palermo.figures.series.policies import DEFINING, may_keep_list
from palermo.figures.series.queries.desk import code_lists as all_lists
from palermo.figures.series.queries.desk import sums_to_keep
from palermo.people.guards import for_roles, signed_in


@for_roles(*DEFINING)
@require_http_methods(["GET", "HEAD", "POST"])
def code_lists(request: HttpRequest) -> HttpResponse:
    """Every list of codes, and a form for a new one."""
    by = signed_in(request)
    form = CodeListForm(request.POST or None)
    taken = {one.code for one in all_lists(by)}
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["code"] in taken:
            form.add_error("code", _("Another list has this code."))
        elif _kept(request, form):
            return redirect("code_lists")
    return render(request, "series/code_lists.html", {"lists": all_lists(by), "form": form})


@for_roles(*DEFINING)
@require_http_methods(["GET", "HEAD", "POST"])
def code_list(request: HttpRequest, list_code: str) -> HttpResponse:
    """Change a list of codes."""
    one = all_lists(signed_in(request)).filter(code=list_code).first()
    if one is None:
        raise Http404
    if not may_keep_list(request.user, one):
        raise PermissionDenied
    form = CodeListForm.of(one)
    if request.method == "POST":
        form = CodeListForm({**request.POST.dict(), "code": one.code})
        if form.is_valid() and _kept(request, form):
            return redirect("code_lists")
    return render(request, "series/code_list.html", {"one": one, "form": form})


@for_roles(*DEFINING)
@require_http_methods(["GET", "HEAD", "POST"])
def work_sums(request: HttpRequest) -> HttpResponse:
    """The sums that must hold, and a form for a new one."""
    by = signed_in(request)
    do, _colon, key = request.POST.get("do", "").partition(":")
    form = SumForm(request.POST if do == "declare" else None)
    if request.method == "POST" and do == "drop":
        found = sums_to_keep(by).filter(code=key.replace("\x00", "")).first()
        if found is None:
            raise Http404
        drop_sum(declared=found, by=by)
        messages.success(request, _("This sum is demanded no more."))
        return redirect("work_sums")
    if request.method == "POST" and form.is_valid():
        try:
            declare_sum(by=by, **form.said())
        except RefusedError as refusal:
            put_faults(form, refusal.faults)
        else:
            messages.success(request, _("Saved. The pages of the series say where it does not hold."))
            return redirect("work_sums")
    return render(request, "series/sums.html", {"sums": sums_to_keep(by), "form": form})


def _kept(request: HttpRequest, form: CodeListForm) -> bool:
    try:
        keep_code_list(by=signed_in(request), **form.cleaned_data)
    except RefusedError as refusal:
        put_faults(form, refusal.faults)
        return False
    messages.success(request, _("Saved."))
    return True
