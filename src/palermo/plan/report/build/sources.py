"""How a text refers to the returns that it was taken from, and where the site shows their accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from palermo.people.policies import Viewer
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.report.formats.document import Run
from palermo.plan.report.formats.markdown_marks import Sources, numbers_in
from palermo.plan.report.queries import account_places


@dataclass(frozen=True, slots=True)
class Place:
    """Where the account that was taken from a return stands."""

    plan_code: str
    deliverable_code: str
    account: int

    @property
    def path(self) -> str:
        """Its address on the site, for readers of the language that is in use."""
        return account_path(self.plan_code, self.deliverable_code, self.account)


def places_of(viewer: Viewer, period: ReportingPeriod) -> dict[int, Place]:
    """Where the account of each return of a period stands. One query."""
    return {
        number: Place(period.plan.code, code, key) for number, (code, key) in account_places(viewer, period).items()
    }


def sources_in(text: str, places: Mapping[int, Place], language: str = "") -> Sources:
    """What to print for each return that a text names. `language` is a tag where the text is in another language."""
    found = sorted(numbers_in(text) & places.keys())
    return {number: reference(number, places[number].path, language) for number in found}


def reference(number: int, path: str, language: str = "") -> Run:
    """How a report refers to a return inside a text: its number, and the way to the account."""
    return Run(_("[Return %(number)s]") % {"number": number}, link=path, language=language, source=number)


def account_path(plan_code: str, deliverable_code: str, account: int) -> str:
    """Where the site shows an account, for readers of the language that is in use."""
    return f"{reverse('deliverable', args=[plan_code, deliverable_code])}#account-{account}"
