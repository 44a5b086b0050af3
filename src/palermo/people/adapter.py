"""How sign-in differs from the library's: nobody makes an account for themselves, and it leads where one may go."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from palermo.people.models import User
from palermo.people.policies import holding, may_remove_factor
from palermo.people.second_factor import proven_by_provider

SECOND_STEP = "allauth.mfa.stages.AuthenticateStage"


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation or on the command line."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The work of whoever has some; the home page for others, to whom that page is not open."""
        works_here = isinstance(request.user, User) and holding(request.user).exists()
        return reverse(settings.LOGIN_REDIRECT_URL if works_here else "home")

    def get_login_stages(self) -> list[str]:
        """The library's steps of signing in, with our own second one."""
        stages: list[str] = super().get_login_stages()
        own = f"{SecondStep.__module__}.{SecondStep.__qualname__}"
        return [own if stage == SECOND_STEP else stage for stage in stages]

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        """Ways to prove oneself again, a passkey by its name."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        words = {"mfa_reauthenticate:webauthn": gettext("Use a passkey")}
        return [{**one, "description": words.get(one["id"], one["description"])} for one in methods]


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """The second step, which a provider may have asked for already."""

    def handle(self) -> tuple[object, bool]:
        """Go on where there is nothing more to ask."""
        if proven_by_provider(self.request, self.login.user):
            return None, True
        answer: tuple[object, bool] = super().handle()
        return answer


class OwnFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their names, and that the last one stays where a role needs it."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs two-step sign-in. Set up another second step first, then take this one away."
        ),
        "incorrect_code": gettext_lazy("That code or passkey was not right. Try again."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody whose role needs one."""
        return may_remove_factor(authenticator.user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a passkey is called where its owner gives it no name."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number} if number > 1 else gettext("My passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whose passkeys these are. The browser binds them to the host's name, and shows this site's."""
        return {**super().get_public_key_credential_rp_entity(), "name": str(settings.SITE_NAME)}
