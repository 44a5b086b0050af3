"""People and organisations as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, accounts, memberships."""

    name = "palermo.people"

    def ready(self) -> None:
        """Listen to the library of sign-in."""
        from palermo.people import traces  # noqa: F401 - it listens by being there
