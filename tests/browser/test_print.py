"""What comes out of a printer: the content, without what only a screen can use."""

from __future__ import annotations

import io

import pdfplumber
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visiting import LANGUAGES

ONLY_FOR_SCREENS = (".exit", ".skip", ".under-band", ".language", ".crumbs", ".buttons")
CONTENT = "main :is(p, dd, dt, td, th, li, h1, h2, h3):visible"
SHOWN = {
    "/plans/ca-2012/deliverables/1.11-01/": ("1.11-01", "{status}", "2012"),
    "/plans/ca-2012/reports/2013-2014/1/": ("107", "66", "{status}"),
    "/plans/ca-2012/reports/2013-2014/1/chart/": ("1.11-01", "1.11-02a", "{status}"),
}
ONGOING = {"en": "Ongoing", "fr": "Continu"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", SHOWN)
def test_print_shows_what_matters(visit: Visits, path: str, language: str) -> None:
    window = visit(language=language)
    page = window.page
    window.go(path)
    kept = page.locator(f"{CONTENT}:not(.buttons, .pages *)").count()
    page.emulate_media(media="print")
    for selector in ONLY_FOR_SCREENS:
        for one in page.locator(selector).all():
            expect(one).to_be_hidden()
    shown = page.locator(CONTENT).count()
    assert 0 < shown == kept
    with pdfplumber.open(io.BytesIO(page.pdf(format="Letter"))) as pdf:
        text = " ".join(each.extract_text() or "" for each in pdf.pages)
        widest = max(word["x1"] for each in pdf.pages for word in each.extract_words())
    for words in SHOWN[path]:
        assert words.format(status=ONGOING[language]) in text
    assert widest <= 612, "something is cut off at the right edge of a letter page"
