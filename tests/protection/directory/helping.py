"""Services that answer needs, to look for."""

from __future__ import annotations

from django.test import Client

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.queries.needs import needs
from tests.protection.directory.samples import key, place, service, taken

ADDRESS = "/en/find-help/"
MONCTON: Document = {"latitude": 46.095, "longitude": -64.796}
TORONTO: Document = {"latitude": 43.70, "longitude": -79.40}


def helping(name: str, *codes: str, at: Document | None = None, **said: object) -> None:
    """A service that answers some needs, at a point or by telephone."""
    terms = {str(one["code"]): one for one in needs()}
    attributes = [{"id": key(f"{name} {code}"), "taxonomy_term": terms[code]} for code in codes]
    where: list[object] = []
    if at is not None:
        where = [{"id": key(f"{name} at home"), "location": place(f"place of {name}", **at)}]
    phones = [{"id": key(f"{name} phone"), "number": "506-555-0100", "extension": 7}]
    taken(service(name, attributes=attributes, phones=phones, service_at_locations=where, **said))


def ask(client: Client, address: str = ADDRESS, **said: str) -> str:
    """The page that a search leads to."""
    answer = client.post(address, said)
    assert answer.status_code == 200
    return answer.content.decode()
