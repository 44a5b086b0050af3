"""Addresses of returns: what the coordinator and the assessor do."""

from django.urls import URLPattern, path

from palermo.plan.returns.views import assessing, calendar, cycles, hand_over

_CYCLE = "work/cycles/<slug:plan_code>/<slug:period_code>/"
_ASSESSED = "work/assessments/<slug:plan_code>/<slug:period_code>/"

urlpatterns: list[URLPattern] = [
    path("work/cycles/", cycles.cycles, name="cycles"),
    path("work/open/<slug:plan_code>/", cycles.cycle_open, name="cycle_open"),
    path("work/rules/<slug:plan_code>/", cycles.cycle_rules, name="cycle_rules"),
    path(_CYCLE, cycles.cycle, name="cycle"),
    path(f"{_CYCLE}accept/", cycles.cycle_accept, name="cycle_accept"),
    path(f"{_CYCLE}change/", cycles.cycle_change, name="cycle_change"),
    path(f"{_CYCLE}close/", cycles.cycle_close, name="cycle_close"),
    path(f"{_CYCLE}reopen/", cycles.cycle_reopen, name="cycle_reopen"),
    path("plans/<slug:plan_code>/periods/<slug:period_code>/", cycles.cycle_public, name="cycle_public"),
    path("plans/<slug:code>/calendar.ics", calendar.plan_calendar, name="plan_calendar"),
    path("work/calendar.ics", calendar.work_calendar, name="work_calendar"),
    path("work/hand-over/", hand_over.hand_over, name="hand_over"),
    path("work/assessments/", assessing.assessments, name="assessments"),
    path(_ASSESSED, assessing.assessment_list, name="assessment_list"),
    path(f"{_ASSESSED}<str:deliverable_code>/", assessing.assess_one, name="assess"),
]
