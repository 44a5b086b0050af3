"""Where the finder is."""

from django.urls import path

from palermo.protection.directory import views_finder

urlpatterns = [path("find-help/", views_finder.find_help, name="find_help")]
