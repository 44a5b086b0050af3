"""Addresses of people: roles, invitations, one's own preferences; and pages of sign-in that we wrap."""

from allauth.account.views import login
from allauth.mfa.totp.views import deactivate_totp
from allauth.mfa.webauthn.views import add_webauthn, remove_webauthn
from django.db import transaction
from django.urls import path

from palermo.people import sign_in, views
from palermo.people.openid import PROVIDER
from palermo.people.second_factor import keeps_the_last

_OF = "work/people/<slug:organisation_code>/"
_STEP = "account/second-factor/"

urlpatterns = [
    path("work/people/", views.people, name="people"),
    path(_OF, views.people_of, name="people_of"),
    path(f"{_OF}end/", views.role_end, name="role_end"),
    path(f"{_OF}withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("work/preferences/", views.preferences, name="preferences"),
    # The library would let whoever is signed in change it at once.
    path("account/email/", views.address, name="account_email"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("account/provider/", sign_in.provider_begin, name="provider_begin"),
    # The library's own, found here before its addresses are.
    path(f"{_STEP}totp/deactivate/", keeps_the_last(deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{_STEP}webauthn/keys/<int:pk>/remove/", keeps_the_last(remove_webauthn), name="mfa_remove_webauthn"),
    path("account/login/", sign_in.may_lead_to_provider(login), name="account_login"),
    # A passkey and its trace are written together.
    path(f"{_STEP}webauthn/add/", transaction.atomic(add_webauthn), name="mfa_add_webauthn"),
]

without_language = [
    # One address for both languages, since each must be written down at the provider. The library asks for this name.
    path("account/provider/back/", sign_in.provider_back, {"provider_id": PROVIDER}, name="openid_connect_callback"),
]
