"""Addresses of returns: returns as a spreadsheet, out and back."""

from django.urls import URLPattern, path

from palermo.plan.returns.views import spreadsheet

_DESK = "work/returns/<slug:organisation_code>/<slug:plan_code>/<slug:period_code>/"

urlpatterns: list[URLPattern] = [
    path(_DESK, spreadsheet.sheet, name="returns_sheet"),
    path(f"{_DESK}returns.xlsx", spreadsheet.sheet_file, name="returns_sheet_file"),
    path(f"{_DESK}preview/", spreadsheet.preview, name="returns_sheet_preview"),
]
