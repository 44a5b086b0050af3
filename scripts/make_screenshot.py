"""Makes the picture of the README from a running site: scripts/make_screenshot.py http://127.0.0.1:8000/ OUT.png."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

WIDTH, HEIGHT, COLOURS = 1280, 1100, 128


def main(address: str, out: Path) -> None:
    """Take the English home page as a reader on a desk sees it, with few colours so that the file stays small."""
    browser_path = subprocess.run(
        [sys.executable, "scripts/find_browser.py"], check=True, capture_output=True, text=True
    ).stdout.strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(f"{address.rstrip('/')}/en/")
        picture = page.screenshot()
        browser.close()
    Image.open(io.BytesIO(picture)).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS).save(
        out, optimize=True
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]))
