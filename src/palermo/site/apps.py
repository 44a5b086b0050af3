"""The page frame as a Django app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Templates, static files and tags that every page uses."""

    name = "palermo.site"
