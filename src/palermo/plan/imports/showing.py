"""What a row would change, field by field, in the words of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.foundation.bilingual import choose, reader_language
from palermo.foundation.days import long_date
from palermo.foundation.money import written_amount
from palermo.plan.imports.comparing import deliverable_from
from palermo.plan.imports.doubts import in_words
from palermo.plan.imports.models import Change, ProposalRow
from palermo.plan.imports.values import Frame, FrameSection, RowValues
from palermo.plan.planfile_models import Deliverable, Due, Money, Responsibility, Status
from palermo.plan.register.vocabulary import P
from palermo.plan.register.vocabulary import Status as StatusChoice

Names = Mapping[str, str]
"""What organisations are called, by code."""


_SHOWN_WHOLE = 3
"""Of a longer list, such as statuses of many periods, only the lines that differ are shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, as lines of text, and the language that both are in, "" for that of the page."""

    label: str
    before: list[str]
    after: list[str]
    language: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with everything that its page shows."""

    row: ProposalRow
    values: RowValues
    section: FrameSection | None
    differences: list[Difference]
    doubts: list[tuple[str, str]]
    """Each in words, with the printed words that it is about."""

    @property
    def lead_in(self) -> str:
        """The introducing words in the reader's language, else in the other."""
        return choose(self.values.lead_in_en, self.values.lead_in_fr).text

    @property
    def text(self) -> str:
        """The text in the reader's language, else in the other."""
        return choose(self.values.text_en, self.values.text_fr).text

    @property
    def language(self) -> str:
        """The language of the text where it is not that of the page."""
        chosen = choose(self.values.text_en, self.values.text_fr)
        return chosen.language if chosen.is_other else ""

    @property
    def status_label(self) -> str:
        """The status in words."""
        return status_label(self.values.status)


def shown(row: ProposalRow, frame: Frame, sections: Mapping[str, FrameSection], names: Names) -> ShownRow:
    """A row as its page shows it."""
    return ShownRow(
        row=row,
        values=RowValues.model_validate(row.values),
        section=sections.get(row.section),
        differences=differences(row, names) if row.change == Change.CHANGED else [],
        doubts=[(in_words(one["code"]), one["detail"]) for one in row.doubts],
    )


def differences(row: ProposalRow, names: Names) -> list[Difference]:
    """The fields in which the deliverable would differ from what the plan says."""
    before, after = deliverable_from(row.before), deliverable_from(row.after)
    if before is None or after is None:
        return []
    found = []
    for label, language, lines in _FIELDS:
        old, new = lines(before, names), lines(after, names)
        if old != new:
            is_long = len(old) > _SHOWN_WHOLE
            found.append(
                Difference(
                    str(label),
                    [line for line in old if line not in new] if is_long else old,
                    [line for line in new if line not in old] if is_long else new,
                    language,
                )
            )
    return found


def status_label(value: str) -> str:
    """A status in words."""
    return str(StatusChoice(value).label) if value in StatusChoice.values else value


def _one(text: str | None) -> list[str]:
    return [text] if text else []


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _start(one: Deliverable, _names: Names) -> list[str]:
    return _one(" · ".join(filter(None, (one.start.printed, _day(one.start.on)))))


def _due(due: Due) -> str:
    return " · ".join(filter(None, (_day(due.on), due.printed)))


def _responsible(its: Responsibility, names: Names) -> str:
    name = names.get(its.organisation, its.organisation)
    if its.from_on and its.to_on:
        return _("%(name)s, from %(first)s to %(last)s") % {
            "name": name,
            "first": _day(its.from_on),
            "last": _day(its.to_on),
        }
    if its.from_on:
        return _("%(name)s, from %(first)s") % {"name": name, "first": _day(its.from_on)}
    if its.to_on:
        return _("%(name)s, to %(last)s") % {"name": name, "last": _day(its.to_on)}
    return name


def _of_kind(kind: str) -> Callable[[Deliverable, Names], list[str]]:
    return lambda one, names: [_responsible(its, names) for its in one.responsibilities if its.kind == kind]


def _money(money: Money) -> str:
    amount = written_amount(money.amount, money.currency) if money.amount is not None else ""
    return " · ".join(filter(None, (amount, money.fiscal_year)))


def _status(status: Status) -> str:
    period = status.period.replace("-", "–")
    parts = (period, status_label(status.value), status.printed, choose(status.note.en, status.note.fr).text)
    return " · ".join(filter(None, parts))


def _p(one: Deliverable, _names: Names) -> list[str]:
    return [str(P(one.p).label)] if one.p else []


_FIELDS: tuple[tuple[str | Promise, str, Callable[[Deliverable, Names], list[str]]], ...] = (
    (gettext_lazy("Section"), "", lambda one, _names: _one(one.section)),
    (gettext_lazy("P"), "", _p),
    (gettext_lazy("Introducing words in English"), "en", lambda one, _names: _one(one.lead_in.en)),
    (gettext_lazy("Introducing words in French"), "fr", lambda one, _names: _one(one.lead_in.fr)),
    (gettext_lazy("Text in English"), "en", lambda one, _names: _one(one.text.en)),
    (gettext_lazy("Text in French"), "fr", lambda one, _names: _one(one.text.fr)),
    (gettext_lazy("Start"), "", _start),
    (gettext_lazy("Due"), "", lambda one, _names: [_due(due) for due in one.due]),
    (gettext_lazy("Added in"), "", lambda one, _names: _one(one.added_in)),
    (gettext_lazy("Lead"), "", _of_kind("lead")),
    (gettext_lazy("Support"), "", _of_kind("support")),
    (gettext_lazy("Money"), "", lambda one, _names: [_money(money) for money in one.money]),
    (gettext_lazy("Status"), "", lambda one, _names: [_status(status) for status in one.statuses]),
    (
        gettext_lazy("Evidence"),
        "",
        lambda one, _names: [choose(its.title.en, its.title.fr).text for its in one.evidence],
    ),
    (gettext_lazy("Lineage"), "", lambda one, _names: [f"{its.plan} {its.code}" for its in one.lineage]),
)


def names_of(frame: Frame, registered: Mapping[str, str]) -> dict[str, str]:
    """What organisations are called in the reader's language: those of the register, and those that are new."""
    new = {one.code: choose(one.name_en, one.name_fr, reader_language()).text for one in frame.organisations}
    return {**new, **registered}
