"""One row of the tracker, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import override

from palermo.foundation.bilingual import LANGUAGES, Language, Shown, choose
from palermo.foundation.days import long_date
from palermo.people.models import Organisation
from palermo.plan.register.models import Account, DueDate, Evidence, Section, StatusRecord
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.vocabulary import OPEN, Status
from palermo.plan.tracker.columns import ASKED_WHY, CHOICES, COLUMNS, ON_TIME_OR_NOT, OTHER

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable

Texts = Mapping[Language, str]
Link = Callable[[Evidence, Language], str]
"""The whole address of a piece of evidence for readers of a language; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an organisation said of a deliverable, or what the register read of it."""

    status: Status
    progress: Texts
    reason: Texts

    @classmethod
    def by_account(cls, account: Account) -> Said:
        """What it said in its return."""
        return cls(Status(account.status), _both(account, "narrative"), _both(account, "reason"))

    @classmethod
    def by_register(cls, status: str, claims: Sequence[StatusRecord], revised: Sequence[DueDate]) -> Said:
        """What documents say. A reason is only what was given for moving the date within the period."""
        nothing: Texts = {"en": "", "fr": ""}
        progress = _both(claims[-1], "note") if claims else nothing
        return cls(Status(status), progress, _both(revised[-1], "reason") if revised else nothing)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all rows of one deliverable say alike."""

    at: PlanAt
    one: KnownDeliverable
    top: Section | None
    section: Section | None
    evidence: Sequence[Evidence]
    link: Link
    day: date
    """When it is judged."""

    @property
    def is_on_time(self) -> bool:
        """Whether it has a due date that is still to come."""
        return self.one.due_on is not None and self.one.due_on >= self.day

    def is_late(self, status: Status) -> bool:
        """Whether its due date had passed for whoever says this of it."""
        return self.one.due_on is not None and self.one.due_on < self.day and status in OPEN


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, and the key of its deliverable."""

    deliverable: int
    cells: Mapping[str, str]
    missing: tuple[str, ...]

    @property
    def lacks_reason(self) -> bool:
        """Whether it is behind and nobody says why."""
        return "challenges" in self.missing

    @property
    def lead(self) -> Shown:
        """The organization, as the reader sees it."""
        return choose(self.cells["lead_en"], self.cells["lead_fr"])

    @property
    def reason(self) -> Shown:
        """The reason, as the reader sees it."""
        return choose(self.cells["challenges_other_en"], self.cells["challenges_other_fr"])

    @property
    def choice(self) -> str:
        """The status in the words of the tracker's choices; empty where none fits."""
        return str(CHOICES.get(self.cells["status"], ""))


def row_of(shared: Shared, organisation: Organisation | None, said: Said) -> Row:
    """The row of a deliverable and one organisation that leads it."""
    choice = ON_TIME_OR_NOT[said.status][0 if shared.is_on_time else 1]
    given_up = said.status == Status.NO_LONGER_PURSUED
    is_late = shared.is_late(said.status)
    asked_why = choice in ASKED_WHY or is_late or given_up
    cells = {
        **_of_deliverable(shared),
        **_of_organisation(organisation, shared.day),
        **_pair("progress", said.progress),
        **_pair("evidence", {language: _evidence(shared, language) for language in LANGUAGES}),
        **_pair("challenges_other", said.reason),
        **_pair("status", _words_of(said.status)),
        "status": choice,
        "challenges": OTHER if any(said.reason.values()) else "",
        "status_code": said.status.value,
        "late": _truth(is_late),
        "reason_required": _truth(asked_why),
    }
    missing = tuple(_missing(cells, asked_why=asked_why))
    return Row(shared.one.pk, {name: {**cells, "missing": " ".join(missing)}[name] for name in COLUMNS}, missing)


def _missing(cells: Mapping[str, str], *, asked_why: bool) -> Iterator[str]:
    """What the tracker would refuse: an empty column that must not be, or one language without the other."""
    if not cells["status"]:
        yield "status"
    yield from (name for name in ("progress_en", "progress_fr") if not cells[name])
    if asked_why and not cells["challenges"]:
        yield "challenges"
    for pair in (("evidence_en", "evidence_fr"), ("challenges_other_en", "challenges_other_fr")):
        if any(cells[name] for name in pair):
            yield from (name for name in pair if not cells[name])


def _of_deliverable(shared: Shared) -> dict[str, str]:
    one, at = shared.one, shared.at
    due = one.due_on
    return {
        "reporting_period": at.period.ends_on.strftime("%Y-%m") if at.period else "",
        "commitments": shared.top.code if shared.top else "",
        "milestones": shared.section.code if shared.section else "",
        "indicators": one.code,
        "indicator_en": f"{one.lead_in_en} {one.text_en}".strip(),
        "indicator_fr": f"{one.lead_in_fr} {one.text_fr}".strip(),
        "indicator_deadline_en": long_date(due, "en-CA") if due else "",
        "indicator_deadline_fr": long_date(due, "fr-CA") if due else "",
        "plan": at.plan.code,
        **_titles("commitment", shared.top),
        **_titles("milestone", shared.section),
        "due_first": one.first_due_on.isoformat() if one.first_due_on else "",
        "due_now": due.isoformat() if due else "",
        "assessed_status": one.assessed_status or "",
    }


def _of_organisation(organisation: Organisation | None, day: date) -> dict[str, str]:
    name = organisation.named_on(day) if organisation else None
    code = organisation.code if organisation else ""
    english, french = (name.name_en, name.name_fr) if name else (code, code)
    return {
        "indicator_lead_dept": code,
        "owner_org": code,
        "owner_org_title": " | ".join(each for each in dict.fromkeys((english, french)) if each),
        "lead_en": english,
        "lead_fr": french,
    }


def _evidence(shared: Shared, language: Language) -> str:
    """One line a piece: its title in the language and its address; what has no title there is left out."""
    lines = ((getattr(each, f"title_{language}"), shared.link(each, language)) for each in shared.evidence)
    return "\n".join(f"{title} {address}".strip() for title, address in lines if title)


def _words_of(status: Status) -> Texts:
    found: dict[Language, str] = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(status.label)
    return found


def _both(thing: object, field: str) -> Texts:
    return {language: getattr(thing, f"{field}_{language}").strip() for language in LANGUAGES}


def _titles(name: str, section: Section | None) -> dict[str, str]:
    return _pair(name, _both(section, "title") if section else {"en": "", "fr": ""})


def _pair(name: str, texts: Texts) -> dict[str, str]:
    return {f"{name}_{language}": texts[language] for language in LANGUAGES}


def _truth(value: bool) -> str:
    return "yes" if value else "no"
