"""What the form of a service says to the people who give it, and to nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from palermo.protection.directory.entry.form import EntryForm
from tests.protection.directory.forms import sent
from tests.protection.directory.keeping import address, kept, linked, page, signed_in, somebody, words
from tests.protection.directory.samples import key

pytestmark = pytest.mark.django_db


def test_who_cannot_change_an_address_is_told_whom_to_tell(client: Client) -> None:
    one = kept()
    _link, token = linked()
    told = "Website Such as https://example.org If the address is wrong, tell whoever gave you this link. Who may come"
    assert told in words(client.get(address("provider_service_change", token, one.pk)))
    french = words(client.get(f"/fr/provider/{token}/{one.pk}/"))
    assert "Si l’adresse n’est pas juste, dites-le à la personne qui vous a remis ce lien." in french


def test_what_is_wrong_with_one_of_several_telephones_says_with_which(client: Client) -> None:
    one = kept(phones=[{"id": key("p"), "number": "506-555-0100"}])
    _link, token = linked()
    data = sent(EntryForm(one.document), phone_1_number="at the door")
    path = address("provider_service_change", token, one.pk)
    assert "Telephone number 2: This is no telephone number." in words(client.post(path, dict(data.lists())))


def test_coordinators_are_not_sent_to_themselves() -> None:
    one = kept()
    assert "gave you this link" not in page(signed_in(somebody()), "directory_service_change", one.pk)
