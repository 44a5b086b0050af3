"""Addresses of indicators."""

from django.urls import path

from palermo.plan.indicators.views import desk

urlpatterns = [
    path(
        "plans/<slug:code>/deliverables/<str:deliverable_code>/indicators/",
        desk.deliverable_indicators,
        name="deliverable_indicators",
    ),
    path(
        "plans/<slug:code>/sections/<str:section_code>/indicators/",
        desk.section_indicators,
        name="section_indicators",
    ),
]
