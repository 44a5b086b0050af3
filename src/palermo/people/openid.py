"""Signing in by an OpenID Connect provider: sending somebody there, and what comes back with them.

The library finds the provider's addresses, keeps the state, proves the code (PKCE) and checks the signature. What it
leaves out is added here: a nonce, the provider's name for itself, and that an answer of its belongs to the same person.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from requests import RequestException

from palermo.foundation.bilingual import Language, reader_language

PROVIDER = "provider"
"""How the library calls the one provider in its settings, sessions and addresses."""

Claims = dict[str, object]


class Refusal(StrEnum):
    """Why nobody was signed in."""

    FAILED = "failed"
    """The answer is none that this sign-in asked for, is no longer good, or cannot be trusted."""
    TURNED_BACK = "turned back"
    """The person gave up at the provider."""
    UNVERIFIED = "unverified"
    """The provider does not say that the address is the person's."""
    UNKNOWN = "unknown"
    """There is no account with that address."""


class NotVouchedError(Exception):
    """The provider has vouched for nobody. Its words are kept out: they may hold personal data."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Began:
    """What was kept of a sign-in when it began, in the session of whoever began it."""

    language: Language
    next: str | None
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the provider says of a person."""

    email: str
    is_verified: bool


def begin(request: HttpRequest) -> str:
    """Where to send somebody who wants to sign in by the provider.

    Raises:
        NotVouchedError: the provider does not answer.
    """
    nonce = secrets.token_urlsafe(24)
    kept = {"nonce": nonce, "language": reader_language()}
    try:
        provider = get_adapter(request).get_provider(request, provider=PROVIDER)
        answer = provider.redirect(
            request, "login", next_url=get_next_redirect_url(request), auth_params={"nonce": nonce}, **kept
        )
        return str(answer.headers["Location"])
    except (RequestException, KeyError, SocialApp.DoesNotExist) as error:
        raise NotVouchedError(Refusal.FAILED) from error


def began(request: HttpRequest) -> Began | None:
    """The sign-in that an answer belongs to, taken out of the session: it serves once, for ten minutes."""
    state = statekit.unstash_state(request, provider_id=PROVIDER, state_id=request.GET.get("state", ""))
    if not state:
        return None
    return Began(state["language"], state.get("next"), state["nonce"], state["pkce_code_verifier"])


def vouched(request: HttpRequest, sign_in: Began) -> Vouched:
    """Whom the provider vouches for.

    Raises:
        NotVouchedError: for nobody.
    """
    if request.GET.get("error") == "access_denied":
        raise NotVouchedError(Refusal.TURNED_BACK)
    try:
        claims = _claims(request, sign_in)
    except (RequestException, OAuth2Error, LookupError, TypeError, ValueError, AttributeError) as error:
        # Whatever a provider sends that is not what the standard says ends here, and not in a page of errors.
        raise NotVouchedError(Refusal.FAILED) from error
    return Vouched(str(claims.get("email") or ""), claims.get("email_verified") in (True, "true"))


def _claims(request: HttpRequest, sign_in: Began) -> Claims:
    """What the signed token says, and where it says no address, what the provider says of the same person."""
    adapter = OpenIDConnectOAuth2Adapter(request, PROVIDER)
    app, config = adapter.get_provider().app, adapter.openid_config
    if str(config["issuer"]).rstrip("/") != settings.OPENID_ISSUER.rstrip("/"):
        raise ValueError
    client = adapter.get_client(request, app)
    tokens = adapter.get_access_token_data(request, app, client, pkce_code_verifier=sign_in.verifier)
    claims: Claims = jwtkit.verify_and_decode(
        credential=tokens["id_token"],
        keys_url=config["jwks_uri"],
        issuer=config["issuer"],
        audience=app.client_id,
        lookup_kid=jwtkit.lookup_kid_jwk,
    )
    _is_for_this_sign_in(claims, sign_in, app.client_id)
    if "email" not in claims:
        return _asked(config["userinfo_endpoint"], tokens["access_token"], claims)
    return claims


def _is_for_this_sign_in(claims: Claims, sign_in: Began, client: str) -> None:
    """A token ends, was made for this very sign-in, and for no other site."""
    if not claims.get("exp") or claims.get("azp", client) != client:
        raise ValueError
    if not constant_time_compare(str(claims.get("nonce", "")), sign_in.nonce):
        raise ValueError


def _asked(address: str, token: str, claims: Claims) -> Claims:
    """What the provider says of the person whom the token names, where it is asked."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, headers={"Authorization": f"Bearer {token}"})
        answer.raise_for_status()
    said: Claims = answer.json()
    if said["sub"] != claims["sub"]:
        raise ValueError
    return said
