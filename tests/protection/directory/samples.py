"""Entries of the standard to try things with, and the standard's own where they are on this machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from palermo.people.queries import command_line
from palermo.protection.directory.actions.take_in import Taken, take_in
from palermo.protection.directory.hsds.json_values import Document


def key(name: str) -> str:
    """The same id for the same name, every time."""
    return str(uuid5(NAMESPACE_URL, name))


def service(name: str = "Someone to talk to", **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    """A service of an organization, at one place with an address."""
    return {
        "id": key(name),
        "name": name,
        "status": "active",
        "organization": {"id": key("house"), "name": "House of Lindens", "description": "A house."},
        "service_at_locations": [{"id": key(f"{name} at home"), "location": place()}],
        **said,
    }


def place(name: str = "home", **said: object) -> Document:
    """A place with an address."""
    address = {
        "id": key(f"address of {name}"), "address_1": "12 Rue de l’Église", "city": "Moncton", "state_province": "NB",
        "postal_code": "E1C 4Z3", "country": "CA", "address_type": "physical",
    }  # fmt: skip
    found: dict[str, Any] = {"id": key(name), "location_type": "physical", "name": name, "addresses": [address]}
    return {**found, **said}


def taken(*documents: Document, kind: str = "service") -> Taken:
    """Take entries in from the command line."""
    return take_in(by=command_line(), kind=kind, documents=documents)


def example(shared: Path, name: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """One of the standard's own examples."""
    return json.loads((shared / "standards" / "hsds-3.1" / "examples" / f"{name}.json").read_text(encoding="utf-8"))
