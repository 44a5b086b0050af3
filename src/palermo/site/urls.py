"""Addresses of the site itself."""

from django.urls import path

from palermo.site import api_guide, views

urlpatterns = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("api/", api_guide.api_guide, name="api_guide"),
]
"""Pages: they carry their language in front."""

without_language = [path("health", views.health, name="health")]
"""What machines ask."""
