"""Addresses of the tracker."""

from django.urls import path

from palermo.plan.tracker import views

urlpatterns = [
    path("plans/<slug:code>/tracker/", views.plan_tracker, name="plan_tracker"),
    path("plans/<slug:code>/tracker.csv", views.tracker_csv, name="plan_tracker_csv"),
    path("plans/<slug:code>/tracker.xlsx", views.tracker_xlsx, name="plan_tracker_xlsx"),
]
