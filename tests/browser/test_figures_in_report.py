"""Figures in a browser: a number in the published annual report is followed back to where it comes from."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visiting import LANGUAGES

REPORT = "/plans/ca-2012/reports/2013-2014/2/"
TITLE = {"en": "2013–2014 Annual Report on Progress", "fr": "Rapport annuel sur le progrès 2013–2014"}
MARK = {"en": "provisional", "fr": "provisoire"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_of_the_annual_report_leads_back_to_its_page(visit: Visits, language: str) -> None:
    window = visit(javascript=False, language=language)
    page = window.page
    window.go(REPORT)
    row = page.locator("table tr", has_text=MARK[language]).filter(has=page.get_by_role("link", name="14", exact=True))
    expect(row).to_have_count(1)
    expect(row).to_contain_text(TITLE[language])
    row.get_by_role("link", name="14", exact=True).click()
    page.wait_for_url("**/figures/numbers/*/")
    main = page.locator("main")
    for words in (TITLE[language], MARK[language], "2013", "9"):
        expect(main).to_contain_text(words)
    expect(main.locator("a[href^='https://publicsafety.gc.ca/']")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_of_the_annual_report_leads_to_what_counted_it(visit: Visits, language: str) -> None:
    window = visit(javascript=False, language=language)
    page = window.page
    window.go(REPORT)
    total = page.locator("#report-part-figures ~ details tbody tr td:last-child").all_text_contents()
    page.locator("#report-part-figures ~ .report-origin a").first.click()
    page.wait_for_url("**/figures/measures/deliverables/?plan=ca-2012&period=2013-2014")
    rows = page.locator("main tbody tr")
    counted = [each.split("\t")[-5:][0] for each in rows.all_inner_texts()]
    assert counted[0] == "107"
    assert set(counted[1:]) <= set(total)
