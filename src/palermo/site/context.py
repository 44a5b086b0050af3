"""What the frame around every page needs to know of the request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject

from palermo.foundation.bilingual import LANGUAGES, Language, other, reader_language
from palermo.people.models import User
from palermo.people.policies import holding
from palermo.people.second_factor import must_set_up

EXIT_ADDRESS = "https://www.canada.ca/"
"""Where quick exit leads: a page that everybody has a reason to read and that says nothing of the reader."""

SECTIONS = {
    "figures_added": "figures",
    "series": "figures",
    "releases": "figures",
    "release": "figures",
    "number": "figures",
    "work_figures": "work",
    "work_sums": "work",
    "series_define": "work",
    "series_edit": "work",
    "series_enter": "work",
    "series_retire": "work",
    "number_revise": "work",
    "code_lists": "work",
    "code_list": "work",
    "section": "plans",
    "deliverable": "plans",
    "plan": "plans",
    "plan_deliverables": "plans",
    "plan_periods": "plans",
    "plan_tracker": "plans",
    "plan_promised": "plans",
    "deliverable_edit": "plans",
    "deliverable_history": "plans",
    "measures": "methods",
    "measure": "methods",
    "organisation_rename": "organisations",
    "organisation": "organisations",
    "returns": "work",
    "returns_sheet": "work",
    "returns_sheet_preview": "work",
    "return": "work",
    "return_history": "work",
    "cycles": "work",
    "cycle_change": "work",
    "cycle": "work",
    "cycle_open": "work",
    "cycle_close": "work",
    "cycle_reopen": "work",
    "cycle_rules": "work",
    "cycle_accept": "work",
    "assessments": "work",
    "assess": "work",
    "assessment_list": "work",
    "hand_over": "work",
    "people": "work",
    "reminders": "work",
    "reminders_ahead": "work",
    "reminders_sent": "work",
    "recommendation_desk": "work",
    "recommendation_add": "work",
    "recommendation_edit": "work",
    "people_of": "work",
    "preferences": "work",
    "return_evidence_add": "work",
    "evidence_one": "work",
    **dict.fromkeys(
        (
            *("release_desk", "release_begin", "release_work", "release_change", "release_records", "release_columns"),
            *("release_column", "release_tables", "release_table", "release_losses"),
            *("rule_sets", "rule_set", "rule_set_add", "population", "population_add"),
        ),
        "work",
    ),
    **dict.fromkeys(("tell_in", "tell_box", "tell_box_in", "tell_protected", "tell_protected_in"), "tell"),
    **dict.fromkeys(("tips", "tips_one", "tips_keys"), "work"),
    "succession": "work",
    "succession_begin": "work",
}
"""Pages that lie under another item of the main navigation, by the names of their addresses."""


@dataclass(frozen=True)
class Frame:
    """The frame of one page. Asking for `works_here` of somebody signed in costs queries; all else is free."""

    request: HttpRequest
    language: Language

    @property
    def site_name(self) -> str:
        """The name of this installation."""
        return str(settings.SITE_NAME)

    @property
    def exit_address(self) -> str:
        """Where quick exit leads."""
        return EXIT_ADDRESS

    @property
    def language_known(self) -> bool:
        """Whether the address itself says the language, so that it was not merely guessed."""
        return _prefix(self.request.path) is not None

    @property
    def other_language(self) -> Language:
        """The language that the reader can switch to."""
        return other(self.language)

    @property
    def other_name(self) -> str:
        """That language in its own words."""
        return dict(settings.LANGUAGES)[self.other_language]

    @cached_property
    def other_address(self) -> str:
        """The same page, with the same query, in the other language."""
        return address_in(self.request.get_full_path(), self.other_language)

    @property
    def current(self) -> str:
        """The item of the main navigation that this page lies under; empty where it lies under none."""
        match = self.request.resolver_match
        name = (match.url_name or "") if match else ""
        # All pages by which the directory of services is kept are for those who work here.
        return "work" if name.startswith("directory_") else SECTIONS.get(name, name)

    @cached_property
    def user(self) -> User | None:
        """Whoever is signed in."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def works_here(self) -> bool:
        """Whether the reader has any role today."""
        return self.user is not None and holding(self.user).exists()

    @property
    def provider_name(self) -> str:
        """What people call the provider by which they may sign in; empty where there is none."""
        return settings.OPENID_NAMES[self.language] if settings.OPENID_ISSUER else ""

    @cached_property
    def must_set_up(self) -> bool:
        """Whether the reader has a role and must set up a second factor before it opens anything."""
        return must_set_up(self.request)


def _prefix(path: str) -> Language | None:
    first = path.lstrip("/").split("/", 1)[0]
    return next((language for language in LANGUAGES if language == first), None)


def address_in(address: str, language: Language) -> str:
    """A local address in another language, query kept. One that has no language leads to the home page."""
    translated = translate_url(address, language)
    if translated != address:
        return translated
    written = _prefix(address.split("?", 1)[0])
    return f"/{language}/" if written is None else address.replace(f"/{written}", f"/{language}", 1)


def page_frame(request: HttpRequest) -> dict[str, object]:
    """Context processor: `frame` in every template."""
    return {"frame": SimpleLazyObject(lambda: Frame(request, reader_language()))}
