"""Addresses of the history of a deliverable."""

from django.urls import path

from palermo.plan.trail import views

_HISTORY = "work/plans/<slug:plan_code>/deliverables/<str:deliverable_code>/history"

urlpatterns = [
    path(f"{_HISTORY}/", views.history, name="deliverable_history"),
    path(f"{_HISTORY}.csv", views.history_csv, name="deliverable_history_csv"),
    path(f"{_HISTORY}.json", views.history_json, name="deliverable_history_json"),
]
