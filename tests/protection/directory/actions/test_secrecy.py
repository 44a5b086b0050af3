"""What must not be told while a long file comes in: known at once, opened once, and never out of date."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from palermo.protection.directory import sealing
from palermo.protection.directory.actions import secrecy
from palermo.protection.directory.actions.secrecy import Sealed, Secrecy
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Record
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db


def hidden(number: int, street: str = "") -> dict[str, Any]:
    address = {
        "id": key(f"a{number}"), "address_1": street or f"{number} Quiet Lane", "city": "Moncton", "postal_code": "",
        "state_province": "NB", "country": "CA", "address_type": "physical",
    }  # fmt: skip
    return {**place(f"home {number}"), "addresses": [address], "is_confidential": True}


def tells(watch: Secrecy, words: str) -> bool:
    return bool(list(watch.told([Record("service", {"id": key("x"), "name": words})])))


def test_each_sealed_place_is_opened_once_and_again_when_it_is_sealed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    taken(service(service_at_locations=[{"id": key("v"), "location": hidden(1)}]))
    opened: list[UUID] = []

    def counted(key: UUID, sealed: bytes) -> Document:
        opened.append(key)
        return sealing.opened(key, sealed)

    monkeypatch.setattr(secrecy, "opened", counted)
    sealed = Sealed()
    assert tells(Secrecy(sealed=sealed), "Come to 1 quiet lane")
    assert tells(Secrecy(sealed=sealed), "Come to 1 quiet lane")
    assert len(opened) == 1
    taken(service(service_at_locations=[{"id": key("v"), "location": hidden(1, "5 Other Street")}]))
    opened.clear()
    watch = Secrecy(sealed=sealed)
    assert len(opened) == 1
    assert tells(watch, "At 5 Other St., 5 other street")
    assert not tells(watch, "Come to 1 quiet lane")


def test_however_many_places_become_secret_each_is_looked_for_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Across the number at which those looked for beside the others are put together with them."""
    monkeypatch.setattr(secrecy, "MOST_FRESH", 4)
    taken(hidden(99), kind="location")
    watch = Secrecy()
    for number in range(100, 112):
        assert not tells(watch, f"{number} Quiet Lane")
        watch.keep_hidden([Record("location", hidden(number))])
        assert all(tells(watch, f"{each} quiet-lane") for each in range(99, number + 1))
    # What was hidden before can be opened; what the same file calls hidden and open stays hidden.
    for number in (99, 103):
        watch.keep_hidden([Record("location", {**hidden(number), "is_confidential": False})])
    assert [number for number in range(99, 112) if not tells(watch, f"{number} Quiet Lane")] == [99]
    assert watch.opened == {UUID(key("home 99"))}
