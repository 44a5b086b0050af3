"""The library's pages of sign-in that we show, in French: no text of the library is left in English on them."""

from __future__ import annotations

from pathlib import Path

import allauth
import polib
import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.locale.conftest import Words
from tests.people.signing import PASSWORD, add_passkey, browser, give_password, person, post, signed_in, with_app
from tests.people.soft_key import SoftKey

pytestmark = pytest.mark.django_db
LIBRARY = Path(allauth.__file__).parent / "locale" / "fr" / "LC_MESSAGES" / "django.po"
SAME = {"Code", "Code:"}
"""What reads the same in both languages."""
PAGES = (
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "account_reauthenticate",
    "account_change_password",
)


def words(client: Client, name: str, *parts: object) -> list[str]:
    with override("fr"):
        path = reverse(name, args=parts)
    answer = client.get(path)
    assert answer.status_code == 200, name
    read = Words()
    read.feed(answer.content.decode())
    return [" ".join(text.split()) for text in read.texts]


def english() -> set[str]:
    """Every English text of the library."""
    entries = polib.pofile(str(LIBRARY))
    found = {" ".join(text.split()) for entry in entries for text in (entry.msgid, entry.msgid_plural)}
    return found - SAME - {""}


def test_nothing_of_the_library_is_left_in_english() -> None:
    user, known = person(), english()
    client = signed_in(user)
    add_passkey(client, SoftKey())
    key = Authenticator.objects.get(user=user, type="webauthn").pk
    shown = {text: name for name in PAGES for text in words(client, name)}
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        shown |= dict.fromkeys(words(client, name, key), name)
    with_app(user)
    shown |= dict.fromkeys(words(client, "mfa_deactivate_totp"), "mfa_deactivate_totp")
    stranger = browser()
    shown |= dict.fromkeys(words(stranger, "account_login"), "account_login")
    give_password(stranger, user, PASSWORD)
    shown |= dict.fromkeys(words(stranger, "mfa_authenticate"), "mfa_authenticate")
    assert {page: text for text, page in shown.items() if text in known} == {}


def test_wrong_answers_are_told_in_french() -> None:
    key, client = SoftKey(), browser()
    user = person()
    add_passkey(signed_in(user), key)
    with override("fr"):
        sign_in, step = reverse("account_login"), reverse("mfa_authenticate")
    post(client, sign_in, login=user.email, password=PASSWORD)
    assert "ne convient pas" in post(client, step, credential="7").content.decode()
    assert "ne convient pas" in post(client, step, code="000000").content.decode()
