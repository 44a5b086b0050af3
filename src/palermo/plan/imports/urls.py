"""Addresses of the imports room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
