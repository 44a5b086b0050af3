"""Addresses of what the system counts itself."""

from django.urls import path

from palermo.figures.series.views import measures

urlpatterns = [
    path("figures/measures/", measures.measures, name="measures"),
    path("figures/measures/<slug:measure_code>/", measures.measure, name="measure"),
    path("figures/measures/<slug:measure_code>.<str:extension>", measures.measure_file, name="measure_file"),
]
