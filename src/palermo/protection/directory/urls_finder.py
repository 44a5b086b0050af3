"""Where the finder is."""

from django.urls import path

from palermo.protection.directory.views import finder

urlpatterns = [path("find-help/", finder.find_help, name="find_help")]
