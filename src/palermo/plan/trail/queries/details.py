"""The details of an act in plain words, without what the reader may not see yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from palermo.foundation.bilingual import colon
from palermo.foundation.days import long_date
from palermo.people.models import Organisation
from palermo.plan.register.models import Deliverable, ReportingPeriod
from palermo.plan.register.vocabulary import Gathering, LineageKind, Status, StatusKind
from palermo.plan.returns.vocabulary import State
from palermo.plan.trail.policies import Reader
from palermo.plan.trail.words import ACTS, DETAILS

_KINDS = {**dict(StatusKind.choices), **dict(LineageKind.choices)}
_WORDS = {**dict(State.choices), **dict(Status.choices)}
_FINGERPRINT = 12
"""So many signs of a fingerprint tell two files apart for people."""


@dataclass(frozen=True, slots=True)
class Names:
    """What codes in the details stand for."""

    periods: Mapping[str, ReportingPeriod]
    organisations: Mapping[str, Organisation]
    reader: Reader

    @classmethod
    def of(cls, one: Deliverable, reader: Reader, organisations: Mapping[str, Organisation]) -> Names:
        """The periods of the plan by code; one query."""
        periods = {period.code: period for period in ReportingPeriod.objects.filter(plan=one.plan_id)}
        return cls(periods, organisations, reader)

    def act(self, code: str) -> str:
        """What was done. An act that has no words yet is shown by its code rather than not at all."""
        return str(ACTS.get(code, code))

    def is_open(self, period: str) -> bool:
        """Whether a period is still being gathered."""
        return period in self.periods and self.periods[period].gathering == Gathering.OPEN


def seen_details(act: str, details: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """The details that have a meaning here, as codes. What an assessor found is theirs until the period is closed."""
    hidden = act == "assessment.give" and not names.reader.is_assessor and names.is_open(details.get("period", ""))
    return {key: details[key] for key in DETAILS if key in details and not (hidden and key == "status")}


def details_in_words(act: str, details: Mapping[str, Any], names: Names) -> Iterator[str]:
    """Each detail as a few words; what changed as one, from before to after."""
    for key, value in details.items():
        if key in {"before", "after"} or value is None:
            continue
        yield f"{DETAILS[key]}{colon()} {_value(key, value, names)}"
    if "after" in details:
        before, after = (_known(details.get(name)) for name in ("before", "after"))
        yield f"{before} → {after}" if before else after


def _value(key: str, value: Any, names: Names) -> str:  # noqa: ANN401 - a detail can be anything that JSON holds
    if key == "period":
        return names.periods[value].label if value in names.periods else str(value)
    if key == "organisation":
        known = names.organisations.get(value)
        name = known.named_on() if known else None
        return name.full().text if name else str(value)
    if key == "kind":
        return str(_KINDS.get(value, value))
    if key == "sha256":
        return str(value)[:_FINGERPRINT]
    return _known(value)


def _known(value: Any) -> str:  # noqa: ANN401 - as above
    """A state, a status, a day, yes or no, or what it says itself."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(_known, value))
    if str(value) in _WORDS:
        return str(_WORDS[str(value)])
    try:
        return long_date(date.fromisoformat(value))
    except (TypeError, ValueError):
        return str(value)
