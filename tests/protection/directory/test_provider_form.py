"""What the form of a service says to the people who give it, and to nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.protection.directory.keeping import address, kept, linked, page, signed_in, somebody, words

pytestmark = pytest.mark.django_db


def test_who_cannot_change_an_address_is_told_whom_to_tell(client: Client) -> None:
    one = kept()
    _link, token = linked()
    told = "Website Such as https://example.org If the address is wrong, tell whoever gave you this link. Who may come"
    assert told in words(client.get(address("provider_service_change", token, one.pk)))
    french = words(client.get(f"/fr/provider/{token}/{one.pk}/"))
    assert "Si l’adresse n’est pas juste, dites-le à la personne qui vous a remis ce lien." in french


def test_coordinators_are_not_sent_to_themselves() -> None:
    one = kept()
    assert "gave you this link" not in page(signed_in(somebody()), "directory_service_change", one.pk)
