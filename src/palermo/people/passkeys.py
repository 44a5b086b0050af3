"""The library's forms of passkeys, where ours differ: their words, and that a wrong one is told to the trail."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import extract_user_from_response
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

LONGEST_NAME = 60
NAME = gettext_lazy("A name by which you know it again")
WRONG = "incorrect_code"


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey. By itself it also signs in without a password, where the device can do that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's signature
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=NAME, max_length=LONGEST_NAME, required=False)
        self.fields["passwordless"] = forms.BooleanField(
            label=gettext_lazy("Let me sign in with it alone, without a password"),
            help_text=gettext_lazy(
                "For a device that asks for a fingerprint, your face or a PIN. "
                "Take the mark away for a simple security key."
            ),
            initial=True,
            required=False,
        )
        self.order_fields(["name", "passwordless", "credential"])

    def clean(self) -> dict[str, Any]:
        """What the browser made; what is no passkey at all is refused as a wrong one is."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except (KeyError, AttributeError) as error:
            raise get_adapter().validation_error(WRONG) from error
        return cleaned


class RenamePasskey(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's signature
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=NAME, max_length=LONGEST_NAME)


class _Told:
    """Tells whoever listens that a passkey was wrong; of codes the library does so itself."""

    cleaned_data: dict[str, Any]
    user: Any
    reauthenticated: bool

    def clean_credential(self) -> Authenticator:
        """The passkey that was shown, or a refusal."""
        shown = self.cleaned_data["credential"]
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (KeyError, AttributeError) as error:
            # No answer that a browser gives: there is nobody to tell it of.
            raise get_adapter().validation_error(WRONG) from error
        except ValidationError as error:
            # One attempt too many is no further failure, so that nobody fills the trail.
            if error.code == WRONG:
                self._tell(shown)
            raise

    def _tell(self, shown: object) -> None:
        user = self.user or _claimed_by(shown)
        found = user and Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).first()
        if found:
            authentication_failed.send(
                sender=Authenticator,
                request=context.request,
                user=user,
                authenticator=found,
                reauthentication=self.reauthenticated,
            )


def _claimed_by(shown: object) -> object:
    """Whose passkey it says it is, where somebody signs in with it alone."""
    try:
        return extract_user_from_response(shown)
    except (ValidationError, AttributeError):
        return None


class ProvePasskey(_Told, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step after a password."""


class SignInWithPasskey(_Told, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of a password."""


class ProvePasskeyAgain(_Told, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey before something that only its owner may change."""
