"""Fills the house in which figures are entered and published: one organisation, two analysts, one series, and rules."""

from __future__ import annotations

import django

FIRST, SECOND, SERIES = "first-analyst@example.org", "second-analyst@example.org", "harbour-permits"
PLACES = (("NORTH", "North quay", 41), ("SOUTH", "South quay", 23), ("ISLE", "Isle", 3), ("LIGHT", "Lighthouse", 12))
"""Code, words, and how many records come from there; the Isle is too small."""


def records() -> bytes:
    """A record a line: where, and a sex; nobody exists."""
    lines = ["where,sex"]
    for code, _words, number in PLACES:
        lines += [f"{code},{'M' if at % 3 == 0 else 'F'}" for at in range(number)]
    return "\n".join(lines).encode() + b"\n"


def fill() -> None:
    """Make all of it in an empty house."""
    from palermo.people.actions import create_account, create_organisation, give_role
    from palermo.people.models import Role
    from palermo.people.queries import command_line
    from tests.browser.people import PASSWORD
    from tests.figures.series.factories import SeriesFactory

    by = command_line()
    owner = create_organisation(code="harbour-office", name_en="Harbour Office", name_fr="Bureau du port", by=by)
    for email, name in ((FIRST, "Dominique First"), (SECOND, "Sacha Second")):
        user = create_account(email=email, name=name, password=PASSWORD, by=by)
        give_role(user=user, organisation=owner, role=Role.ANALYST, by=by)
    SeriesFactory.create(code=SERIES, title_en="Harbour permits", title_fr="Permis du port", owner=owner)


if __name__ == "__main__":
    django.setup()
    fill()
