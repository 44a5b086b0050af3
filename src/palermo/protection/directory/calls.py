"""Whom anybody can call at any hour, as every page for people in need shows it first (`directory/now.html`)."""

from __future__ import annotations

from palermo.protection.directory.cards import text_of
from palermo.protection.directory.queries import needs


def calls_shown(said: str = "") -> list[dict[str, object]]:
    """The numbers to call, in the reader's language; with those that also fit words that somebody just said."""
    return [
        {
            "dialled": one["dialled"],
            "texted": one.get("texted", ""),
            "number": one["number"],
            "is_urgent": one["is_urgent"],
            "name": text_of(one, "name"),
            "meaning": text_of(one, "description"),
        }
        for one in needs.calls(said)
    ]
