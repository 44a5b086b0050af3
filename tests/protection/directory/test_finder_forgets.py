"""What somebody searches for stays nowhere in memory once the answer is given."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from django.test import Client

from palermo.foundation.search import stems
from palermo.protection.directory import asking
from palermo.protection.directory.hsds.fitting import languages
from tests.protection.directory.helping import ask, helping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """What was made at the start is listed, too."""
    gc.unfreeze()
    yield
    gc.freeze()


def remembered(part: str) -> bool:
    """Whether anything that lasts holds a text with this part in it."""
    gc.collect()
    for holder in gc.get_objects():
        for text in _within(holder):
            if part in text:
                return True
    return False


def _within(holder: object) -> Iterator[str]:
    """The texts in a thing and in what Python does not list by itself, such as a tuple of texts."""
    for one in gc.get_referents(holder):
        # The type alone is asked for: lazy values would be worked out.
        if issubclass(type(one), str):
            yield one
        elif not gc.is_tracked(one):
            yield from _within(one)


def test_words_of_a_search_are_forgotten(client: Client) -> None:
    helping("Law house", "lawyer")
    # Made at runtime, so that no constant of this file holds them.
    canary, other = "".join(["zyxqu", "vvyx"]), "".join(["zyxqw", "ouvyx"])
    said = f"{canary}ing"
    ask(client, say=f"help me {said}")
    ask(client, need="lawyer", place=said, language=said, gender=said)
    ask(client, need="lawyer", place=f"{said}, Moncton", meant=said)
    ask(client, need="lawyer", anywhere="1", card=said)
    client.get("/api/hsds/services", {"search": said})
    assert not remembered(canary)
    # What is remembered would be seen.
    stems(f"{other}ing", "en")
    assert remembered(other)


def test_only_a_language_that_can_be_chosen_is_wished_for() -> None:
    for code in (one["code"] for one in languages()):
        assert asking.wish_of({"language": code}).language == code
    for said in ("q" * 2_000_000, "French", "fr-CA", "", "xx"):
        assert asking.wish_of({"language": said}).language == ""
