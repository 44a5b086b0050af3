"""Every page, wide in English and narrow in French, is judged by axe-core, and in both by rules of our own."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.browser.conftest import Visits
from tests.browser.people import PASSWORD
from tests.browser.places import COORDINATORS, EVERYBODY, READERS, TWO_STEP_PEOPLE
from tests.browser.visiting import LANGUAGES, Place, Visit, findings, too_wide
from tests.test_every_url import addresses

NO_PAGES = {
    "health": "a word for machines",
    **dict.fromkeys(("tips_file", "tips_link", "tips_end", "tips_acknowledge"), "takes a form and leads on"),
    **dict.fromkeys(("tell_sealed", "tell_box_sealed", "tell_box_answer", "tell_words"), "for scripts"),
    "hsds_profile": "for programs",
    "hsds_profile_patch": "for programs",
    "hsds_profile_without_slash": "for programs",
    "returns_clear": "takes a form and leads on",
    "role_end": "takes a form and leads on",
    "invitation_withdraw": "takes a form and leads on",
    "reminders_send": "takes a form and leads on",
    **dict.fromkeys(
        (f"release_{act}" for act in ("protect", "submit", "decide", "correct", "erase")), "takes a form and leads on"
    ),
    **dict.fromkeys(
        ("directory_aside_discard", "directory_compare", "directory_decide", "directory_referral_address"),
        "takes a form and leads on, or shows the page that it stands on",
    ),
    **dict.fromkeys(("directory_referral_withdraw", "directory_referral_outcome"), "takes a form and leads on"),
    **dict.fromkeys(
        (f"tips_{act}" for act in ("call_sealed", "messages", "back", "half", "lock")), "for the scripts of the desk"
    ),
    **dict.fromkeys(
        (f"tips_key_{act}" for act in ("make", "lock", "access", "confirm")), "for the scripts of the desk"
    ),
    "tips_key_retire": "takes a form and leads on",
    "release_file": "a file",
    "release_made_up": "a file",
    "release_synthetic": "a file",
    "evidence_read": "a file",
    "returns_sheet_file": "a file",
    "evidence_file": "a file",
    "measure_file": "a file",
    "plan_calendar": "a file",
    "work_calendar": "a file",
    "cycle_public": "nothing is closed in the sample",
    "plan_csv": "a file",
    "series_file": "a file",
    "series_template_csv": "a file",
    "series_template_xlsx": "a file",
    "plan_tracker_csv": "a file",
    "plan_tracker_xlsx": "a file",
    "deliverable_history_csv": "a file",
    "deliverable_history_json": "a file",
    "plan_json": "a file",
    "edition_file": "a file",
    "import_template": "a file",
    "mfa_download_recovery_codes": "a file",
    "import_rows": "takes a form and leads on",
    "import_compare": "takes a form and leads on",
    "import_accept_organisations": "takes a form and leads on",
    "make_files_again": "takes a form and leads on",
    "report_fill_undo": "takes a form and leads on",
    "account_set_password": "leads on: every account has a password",
    "account_confirm_login_code": "leads on: no codes are sent",
    "account_confirm_email": "needs a key that no mail holds here",
    "account_reset_password_from_key": "needs a key that only a mail holds",
    "mfa_authenticate": "a step of signing in: the journey judges it",
    "mfa_view_recovery_codes": "comes after setting up: the journey judges it",
    "provider_begin": "takes a form and leads on; only by a setting",
    "openid_connect_callback": "leads on; only by a setting",
    "mfa_login_webauthn": "takes a form and leads on",
    "mfa_edit_webauthn": "needs a passkey: the tests of passkeys judge it",
    "mfa_remove_webauthn": "needs a passkey: the tests of passkeys judge it",
    "mfa_reauthenticate_webauthn": "needs a passkey: the tests of passkeys judge it",
}
"""Addresses that are no page to open, each with what it is."""

ONE_TASK = (
    {"/account/password/reset/", "/account/password/reset/done/"},
    {"/account/reauthenticate/", "/account/second-factor/reauthenticate/"},
)
"""Two pages of one task each: the library that makes them calls both after the task."""


def test_every_address_is_visited(places: list[Place]) -> None:
    known = {address.name for address in addresses() if not address.name.startswith(("api:", "hsds:"))}
    assert known - {place.name for place in places} == set(NO_PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", [EVERYBODY, COORDINATORS, TWO_STEP_PEOPLE])
def test_every_page(visit: Visits, places: list[Place], who: str, language: str) -> None:
    window = visit(who, language=language)
    if who != EVERYBODY:
        window.prove_oneself_again(PASSWORD)
    titles: dict[str, list[str]] = defaultdict(list)
    wrong = []
    for place in places:
        if place.who == who:
            status = window.go(place.path)
            titles[window.page.title()].append(place.path.split("?")[0])
            wrong += [f"{place.path}: {each}" for each in [*_answered(status), *judged(window)]]
    shared = {title: set(paths) for title, paths in titles.items() if len(set(paths)) > 1}
    wrong += [f"one title for {paths}: {title}" for title, paths in shared.items() if paths not in ONE_TASK]
    assert not wrong, "\n".join(wrong)


def _answered(status: int) -> list[str]:
    return [] if status == 200 else [f"answers {status}"]


def judged(window: Visit) -> list[str]:
    """What is wrong with the page in the window, at 1280 and at 320 pixels.

    Both languages have the same structure, and each width one layout: axe-core judges the wide page in English and the
    narrow one, where words are longest for their room, in French. Whether anything sticks out is asked in both. Colours
    are the same at both widths.
    """
    page = window.page
    window.resize(1280)
    wrong = [f"{each} (1280)" for each in findings(page)] if window.language == "en" else []
    if page.locator("h1").count() != 1:
        wrong.append(f"{page.locator('h1').count()} headings of the first level")
    if page.locator("html").get_attribute("lang") != window.language:
        wrong.append("its language is not said")
    wrong += [] if _skips(window) else ["the first Tab and Enter do not lead to the content"]
    window.resize(320)
    narrow = [*(findings(page, contrast=False) if window.language == "fr" else []), *too_wide(page)]
    return wrong + [f"{each} (320)" for each in narrow]


def _skips(window: Visit) -> bool:
    page = window.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    shown = page.evaluate(
        "document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0"
    )
    page.keyboard.press("Enter")
    return bool(shown and page.evaluate("document.activeElement.id === 'main' && location.hash === '#main'"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_empty_site(visit: Visits, empty_site: str, language: str) -> None:
    window = visit(at=empty_site, language=language)
    wrong = []
    for path in ("/", "/plans/", "/organisations/", "/compare/", "/search/?q=training", "/downloads/", "/reports/"):
        wrong += [f"{path}: {each}" for each in [*_answered(window.go(path)), *judged(window)]]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_for_when_something_goes_wrong(visit: Visits, broken_site: str, language: str) -> None:
    window = visit(language=language)
    assert window.go("/no-such-page/") == 404
    assert judged(window) == []
    window.go("/account/login/")
    window.context.clear_cookies()
    with window.page.expect_navigation() as sent:
        window.page.locator("input[name=login]").fill("nobody@example.org")
        window.page.locator("input[name=password]").fill("nothing")
        window.page.locator("main form button").first.click()
    assert sent.value.status == 403
    assert judged(window) == []
    broken = visit(at=broken_site, language=language)
    assert broken.go("/") == 500
    assert judged(broken) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_open_to_its_visitor(visit: Visits, language: str) -> None:
    window = visit(READERS, language=language)
    assert window.go("/work/") == 403
    assert judged(window) == []
