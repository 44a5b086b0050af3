"""Addresses of the report room."""

from django.urls import path

from palermo.plan.report.views import desk, downloads, editions, filling

_EDITION = "plans/<slug:plan_code>/reports/<slug:period_code>/<int:number>/"
_DESK = "work/reports/<slug:plan_code>/<slug:period_code>/"

urlpatterns = [
    path("downloads/", downloads.downloads, name="downloads"),
    path("plans/<slug:code>/plan.json", downloads.plan_json, name="plan_json"),
    path("reports/", editions.reports, name="reports"),
    path(_EDITION, editions.edition, name="edition"),
    path(f"{_EDITION}chart/", editions.edition_chart, name="edition_chart"),
    path(f"{_EDITION}accounts/", editions.edition_accounts, name="edition_accounts"),
    path(f"{_EDITION}files/<str:name>", editions.edition_file, name="edition_file"),
    path("work/reports/", desk.report_desk, name="report_desk"),
    path(_DESK, desk.report_period, name="report_period"),
    path(f"{_DESK}preview/", desk.report_preview, name="report_preview"),
    path(f"{_DESK}publish/", desk.report_publish, name="report_publish"),
    path(f"{_DESK}files/<int:number>/again/", desk.make_files_again, name="make_files_again"),
    path(f"{_DESK}fill/", filling.report_fill, name="report_fill"),
    path(f"{_DESK}fill/undo/", filling.report_fill_undo, name="report_fill_undo"),
    path(f"{_DESK}sources/", filling.report_sources, name="report_sources"),
    path(f"{_DESK}write/<slug:part>/", desk.narrative_edit, name="narrative_edit"),
]
