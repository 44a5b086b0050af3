"""Rule sets and populations."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.figures.releases import policies
from palermo.figures.releases.actions import rules
from palermo.figures.releases.budget import spent
from palermo.figures.releases.forms.rules import NewRuleSetForm, PopulationForm, RuleSetForm
from palermo.figures.releases.models import BudgetEntry, RuleSet
from palermo.figures.releases.policies import PREPARERS, organisations_to_prepare_for
from palermo.figures.releases.queries.releases import newest_rules, populations_to_prepare, versions_of
from palermo.figures.releases.statements import protection_words
from palermo.figures.releases.views.desk import GET_OR_POST
from palermo.foundation.bilingual import reader_language
from palermo.people.guards import for_roles, signed_in


@for_roles(*PREPARERS)
def rule_sets(request: HttpRequest) -> HttpResponse:
    """The newest version of every rule set."""
    return render(request, "releases/rule_sets.html", {"found": newest_rules(request.user)})


@for_roles(*PREPARERS)
@require_http_methods(GET_OR_POST)
def rule_set_add(request: HttpRequest) -> HttpResponseBase:
    """Write down the first version of a rule set."""
    by = signed_in(request)
    owners = {one.code: one for one in organisations_to_prepare_for(by)}
    form = NewRuleSetForm(list(owners.values()), request.POST or None)
    if request.method == "POST" and form.is_valid():
        code, owner = form.cleaned_data["code"], owners[form.cleaned_data["owner"]]
        try:
            rules.create_rule_set(code=code, owner=owner, decided=form.decided(), by=by)
        except rules.CodeTakenError:
            form.add_error("code", _("There is one of this code already."))
        else:
            messages.success(request, _("Saved. A version never changes: another decision is another version."))
            return redirect("rule_set", code)
    return render(request, "releases/rule_set_add.html", {"form": form})


@for_roles(*PREPARERS)
@require_http_methods(GET_OR_POST)
def rule_set(request: HttpRequest, rule_code: str) -> HttpResponseBase:
    """Every version of a rule set; and for its own organisation, a form for another."""
    by, versions = signed_in(request), versions_of(request.user, rule_code)
    if not versions:
        raise Http404
    newest = versions[0]
    may_change = policies.may_prepare_for(by, newest.owner_id)
    if request.method == "POST" and not may_change:
        raise Http404
    # Bound to a copy: what is typed must not show in the list of what stands.
    form = RuleSetForm(request.POST or None, instance=RuleSet.objects.get(pk=newest.pk))
    if request.method == "POST" and form.is_valid():
        seen = next((one for one in versions if str(one.version) == request.POST.get("seen")), versions[-1])
        try:
            rules.new_version(of=seen, decided=form.decided(), by=by)
        except rules.NewerVersionError:
            form.add_error(None, _("Somebody decided another version in the meantime. Nothing of yours was saved."))
        else:
            messages.success(request, _("Saved. Releases that use an earlier version stay as they are."))
            return redirect("rule_set", rule_code)
    told = [(one, protection_words(one.rules(), reader_language())) for one in versions]
    context = {"newest": newest, "told": told, "form": form if may_change else None}
    return render(request, "releases/rule_set.html", context)


@for_roles(*PREPARERS)
@require_http_methods(GET_OR_POST)
def population_add(request: HttpRequest) -> HttpResponseBase:
    """Name a population."""
    by = signed_in(request)
    owners = {one.code: one for one in organisations_to_prepare_for(by)}
    form = PopulationForm(list(owners.values()), request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        owner = owners[said.pop("owner")]
        try:
            rules.name_population(owner=owner, **said, by=by)
        except rules.CodeTakenError:
            form.add_error("code", _("There is one of this code already."))
        else:
            messages.success(request, _("Saved."))
            return redirect("population", said["code"])
    return render(request, "releases/population_add.html", {"form": form})


@for_roles(*PREPARERS)
def population(request: HttpRequest, population_code: str) -> HttpResponse:
    """One population: what was published of it, and the ledger of its budget."""
    one = populations_to_prepare(request.user).filter(code=population_code).first()
    if one is None:
        raise Http404
    entries = BudgetEntry.objects.filter(population=one).select_related("release").order_by("at", "pk")
    releases = one.releases.order_by("-made_at", "-pk")[:100]
    context = {"one": one, "entries": entries, "spent": spent(one), "releases": releases}
    return render(request, "releases/population.html", context)
