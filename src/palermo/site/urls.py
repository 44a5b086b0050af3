"""Addresses of the site itself."""

from django.urls import path

from palermo.site import views

urlpatterns = [path("accessibility/", views.accessibility, name="accessibility")]
"""Pages: they carry their language in front."""

without_language = [path("health", views.health, name="health")]
"""What machines ask."""
