"""Fills the house that it runs in and prints the pages to visit, as JSON."""

from __future__ import annotations

import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    from tests.browser import directory_world
    from tests.browser.filling import fill
    from tests.browser.places import all_places

    fill()
    directory_world.fill()
    json.dump(all_places(), sys.stdout)
