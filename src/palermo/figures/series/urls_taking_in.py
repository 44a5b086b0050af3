"""Addresses of taking figures in from files."""

from django.urls import path

from palermo.figures.series.views import taking_in

FILE = "work/figures/series/<slug:series_code>/file/"

urlpatterns = [
    path(FILE, taking_in.file, name="series_take_in"),
    path(f"{FILE}template.csv", taking_in.csv_template, name="series_template_csv"),
    path(f"{FILE}template.xlsx", taking_in.xlsx_template, name="series_template_xlsx"),
    path(f"{FILE}preview/", taking_in.preview, name="series_take_in_preview"),
]
