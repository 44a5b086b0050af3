"""Addresses of returns: returns as a spreadsheet, out and back."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
