"""Pages for when something goes wrong. None of these tests may use the database, so a page that asks it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from palermo.site import views
from palermo.site.context import EXIT_ADDRESS

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


@pytest.fixture
def visitor() -> Client:
    """A browser that sees the page of the fault, not the fault itself."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def told(response: Answer, status: int) -> str:
    """The page, after checking what all of them have."""
    text = response.content.decode()
    assert response.status_code == status
    assert f'href="{EXIT_ADDRESS}"' in text
    assert 'class="button" href="/en/"' in text
    assert text.count("<h1>") == 1
    return text


def test_a_page_that_is_not_there(visitor: Client) -> None:
    text = told(visitor.get("/en/nowhere/"), 404)
    assert "We could not find this page" in text
    assert 'href="/fr/nowhere/"' in text


def test_a_page_that_is_closed(visitor: Client) -> None:
    assert "not open to you" in told(visitor.get("/en/closed/"), 403)


def test_a_form_without_proof(visitor: Client) -> None:
    text = told(visitor.post("/en/form/", {"title": "my words"}), 403)
    assert "Nothing was saved" in text
    assert "my words" not in text


def test_a_fault_of_ours(visitor: Client) -> None:
    text = told(visitor.get("/broken", headers={"accept-language": "en"}), 500)
    assert "Something went wrong on our side" in text
    assert "a fault" not in text
    assert "site-search" not in text


def test_a_request_that_cannot_be_read(visitor: Client) -> None:
    assert "could not understand" in told(visitor.get("/en/", headers={"host": "elsewhere.example"}), 400)


def test_an_address_without_a_language_is_answered_in_both(visitor: Client) -> None:
    text = told(visitor.get("/broken", headers={"accept-language": "en"}), 500)
    assert '<div lang="fr">' in text
    assert 'class="button" href="/fr/"' in text


def test_an_address_with_a_language_is_answered_in_that(visitor: Client) -> None:
    assert '<div lang="fr">' not in told(visitor.get("/en/nowhere/"), 404)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_fault_says_its_language(language: str) -> None:
    with override(language):
        response = views.server_error(RequestFactory().get(f"/{language}/x/"))
    assert f'<html lang="{language}">' in response.content.decode()
