"""Addresses of a plan's past and future."""

from django.urls import path

from palermo.plan.succession import views

urlpatterns = [
    path("work/plans/<slug:plan_code>/succession/", views.succession, name="succession"),
    path("work/plans/<slug:plan_code>/succession/begin/", views.succession_begin, name="succession_begin"),
]
