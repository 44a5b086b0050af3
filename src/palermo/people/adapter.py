"""How sign-in differs from the library's: nobody makes an account for themselves, and it leads where one may go."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from palermo.people.models import User
from palermo.people.policies import holding


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation or on the command line."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The work of whoever has some; the home page for others, to whom that page is not open."""
        works_here = isinstance(request.user, User) and holding(request.user).exists()
        return reverse(settings.LOGIN_REDIRECT_URL if works_here else "home")
