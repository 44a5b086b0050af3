"""Prints the path of the browser that tests drive; ends with 1 where there is none."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """An installed Chromium or Chrome, or else the one that Playwright fetched for itself."""
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    if installed:
        return installed
    with sync_playwright() as playwright:
        fetched = playwright.chromium.executable_path
    return fetched if Path(fetched).exists() else None


if __name__ == "__main__":
    found = find_browser()
    sys.stdout.write(f"{found}\n" if found else "")
    sys.exit(found is None)
