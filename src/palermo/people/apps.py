"""People and organisations as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, accounts, memberships."""

    name = "palermo.people"
