"""What a phone on a slow line has to fetch before a page can be used the first time."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visits
from tests.browser.places import EVERYBODY
from tests.browser.visiting import LANGUAGES, Place

AT_MOST = 50_000
"""Bytes of HTML and CSS, packed as they travel."""
SCRIPTS_AT_MOST = 3_000
SEALING_AT_MOST = 14_000
"""Bytes of the scripts by which what is told is sealed: they come after the page, which works without them."""
NOT_FEDERAL = ("example-", "ministry-of-length")
WEIGHTS = """() => {
    const weigh = (entries) => entries.reduce((sum, entry) => sum + entry.encodedBodySize, 0);
    const fetched = performance.getEntriesByType("resource");
    return {
        page: weigh(performance.getEntriesByType("navigation")),
        styles: weigh(fetched.filter((entry) => entry.name.endsWith(".css"))),
        scripts: weigh(fetched.filter((entry) => entry.name.endsWith(".js"))),
    };
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_is_small_at_first_use(visit: Visits, places: list[Place], language: str) -> None:
    window = visit(language=language)
    weights: dict[str, dict[str, int]] = {}
    for place in places:
        if place.who == EVERYBODY and not any(word in place.path for word in NOT_FEDERAL):
            window.go(place.path)
            weights[place.path] = window.page.evaluate(WEIGHTS)
    assert all(min(weight.values()) > 100 for weight in weights.values()), "something was not weighed"
    heavy = {path: weight for path, weight in weights.items() if weight["page"] + weight["styles"] > AT_MOST}
    assert heavy == {}
    sealing = {path for path in weights if path.startswith("/tell/") and "/protected/" not in path}
    assert len(sealing) == 4
    assert max(weight["scripts"] for path, weight in weights.items() if path not in sealing) <= SCRIPTS_AT_MOST
    assert max(weights[path]["scripts"] for path in sealing) <= SEALING_AT_MOST
