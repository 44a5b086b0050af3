"""Addresses of the register."""

from django.urls import path

from palermo.plan.register.views import deliverables, edit, home, organisations, periods, plans, promises, search

_PLAN = "plans/<slug:code>/"
_DELIVERABLE = f"{_PLAN}deliverables/<str:deliverable_code>/"
_ORGANISATION = "organisations/<slug:code>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("work/", home.work, name="work"),
    path("plans/", plans.plans, name="plans"),
    path(_PLAN, plans.plan, name="plan"),
    path(f"{_PLAN}deliverables/", deliverables.plan_deliverables, name="plan_deliverables"),
    path(f"{_PLAN}deliverables.csv", deliverables.plan_csv, name="plan_csv"),
    path(f"{_PLAN}periods/", periods.plan_periods, name="plan_periods"),
    path(f"{_PLAN}moved/", promises.plan_moved, name="plan_moved"),
    path(f"{_PLAN}promised-before/", promises.plan_promised, name="plan_promised"),
    path(f"{_PLAN}survivors/", promises.plan_survivors, name="plan_survivors"),
    path(f"{_PLAN}sections/<str:section_code>/", plans.section, name="section"),
    path(_DELIVERABLE, deliverables.deliverable, name="deliverable"),
    path(f"{_DELIVERABLE}edit/", edit.deliverable_edit, name="deliverable_edit"),
    path("organisations/", organisations.organisations, name="organisations"),
    path(_ORGANISATION, organisations.organisation, name="organisation"),
    path(f"{_ORGANISATION}rename/", edit.organisation_rename, name="organisation_rename"),
    path("compare/", plans.compare, name="compare"),
    path("search/", search.search, name="search"),
    path("methods/", search.methods, name="methods"),
]
