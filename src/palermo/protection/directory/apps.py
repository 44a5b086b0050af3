"""The room of the directory of services."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Services for people who were trafficked, by the field's own exchange standard."""

    name = "palermo.protection.directory"
    label = "directory"
