"""What must hold between the parts of a plan file: codes that exist, no circles, dates in order.

Each check yields sentences that begin with the path of the value, such as `deliverables[3].section`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import TypeVar

from palermo.foundation.periods import Period as Span
from palermo.plan.planfile_models import Deliverable, Organisation, PlanFile

Key = TypeVar("Key", bound=Hashable)


def problems(file: PlanFile) -> Iterator[str]:
    """Yield every contradiction within the file, in the order of the file."""
    yield from _plan(file)
    yield from _organisations(file)
    yield from _documents(file)
    yield from _periods(file)
    yield from _sections(file)
    yield from _deliverables(file)
    yield from _narratives(file)


def _plan(file: PlanFile) -> Iterator[str]:
    plan = file.plan
    if plan.title.is_empty:
        yield "plan.title: has no words in either language"
    if _is_before(plan.ends_on, plan.starts_on):
        yield f"plan.ends_on: {plan.ends_on} is before plan.starts_on"
    if plan.owner not in {one.code for one in file.organisations}:
        yield f"plan.owner: no organisation has the code {plan.owner!r}"
    if plan.predecessor == plan.code:
        yield "plan.predecessor: a plan cannot come before itself"


def _organisations(file: PlanFile) -> Iterator[str]:
    wrong = _wrong_parents({one.code: one.parent for one in file.organisations}, "organisation")
    yield from _duplicates("organisations", [one.code for one in file.organisations])
    for place, one in enumerate(file.organisations):
        path = f"organisations[{place}]"
        if one.code in wrong:
            yield f"{path}.parent: {wrong[one.code]}"
        yield from _names(path, one)


def _names(path: str, organisation: Organisation) -> Iterator[str]:
    for place, name in enumerate(organisation.names):
        if name.name.is_empty:
            yield f"{path}.names[{place}].name: has no words in either language"
        if _is_before(name.to_on, name.from_on):
            yield f"{path}.names[{place}].to: {name.to_on} is before its from"
    in_order = sorted(organisation.names, key=lambda name: name.from_on or date.min)
    for earlier, later in pairwise(in_order):
        if earlier.to_on is None or later.from_on is None or later.from_on < earlier.to_on:
            yield f"{path}.names: two names hold on the same day, from {later.from_on or 'the beginning'}"


def _documents(file: PlanFile) -> Iterator[str]:
    yield from _duplicates("documents", [document.code for document in file.documents])
    for place, document in enumerate(file.documents):
        if document.title.is_empty:
            yield f"documents[{place}].title: has no words in either language"


def _periods(file: PlanFile) -> Iterator[str]:
    yield from _duplicates("periods", [period.code for period in file.periods])
    for place, period in enumerate(file.periods):
        if period.ends_on < period.starts_on:
            yield f"periods[{place}].ends_on: {period.ends_on} is before its starts_on"
            continue
        code = Span(period.starts_on, period.ends_on).code
        if period.code != code:
            yield f"periods[{place}].code: is {period.code!r} where its days make {code!r}"


def _sections(file: PlanFile) -> Iterator[str]:
    parents = {section.code: section.parent for section in file.sections}
    depths = _depths(parents)
    wrong = _wrong_parents(parents, "section")
    yield from _duplicates("sections", [section.code for section in file.sections])
    for place, section in enumerate(file.sections):
        path = f"sections[{place}]"
        if section.code in wrong:
            yield f"{path}.parent: {wrong[section.code]}"
        if section.title.is_empty:
            yield f"{path}.title: has no words in either language"
        if depths[section.code] > len(file.plan.levels):
            yield f"{path}: is at level {depths[section.code]}, and plan.levels names {len(file.plan.levels)}"


def _deliverables(file: PlanFile) -> Iterator[str]:
    known = _Known(file)
    yield from _duplicates("deliverables", [one.code for one in file.deliverables])
    for place, one in enumerate(file.deliverables):
        path = f"deliverables[{place}]"
        if one.text.is_empty:
            yield f"{path}.text: has no words in either language"
        yield from known.missing(f"{path}.section", one.section, "section")
        yield from known.missing(f"{path}.added_in", one.added_in, "period")
        yield from _due(path, one)
        yield from _responsibilities(path, one, known)
        yield from _money(path, one)
        yield from _statuses(path, one, known)
        yield from _evidence(path, one, known)
        for at, (plan, code) in _repeated((its.plan, its.code) for its in one.lineage):
            yield f"{path}.lineage[{at}]: {code!r} of {plan!r} is already in the list"


class _Known:
    """The codes that deliverables may point to, by what they are."""

    def __init__(self, file: PlanFile) -> None:
        self.codes = {
            "section": {one.code for one in file.sections},
            "period": {one.code for one in file.periods},
            "organisation": {one.code for one in file.organisations},
            "document": {one.code for one in file.documents},
        }

    def missing(self, path: str, code: str | None, what: str) -> Iterator[str]:
        if code is not None and code not in self.codes[what]:
            yield f"{path}: no {what} has the code {code!r}"


def _due(path: str, one: Deliverable) -> Iterator[str]:
    latest: date | None = None
    for place, due in enumerate(one.due):
        if _is_before(due.set_on, latest):
            yield f"{path}.due[{place}].set_on: {due.set_on} is before the one above it; they go in order"
        latest = due.set_on or latest


def _responsibilities(path: str, one: Deliverable, known: _Known) -> Iterator[str]:
    for place, its in enumerate(one.responsibilities):
        yield from known.missing(f"{path}.responsibilities[{place}].organisation", its.organisation, "organisation")
        if _is_before(its.to_on, its.from_on):
            yield f"{path}.responsibilities[{place}].to: {its.to_on} is before its from"
    who = ((its.organisation, its.kind, its.from_on) for its in one.responsibilities)
    for place, (organisation, kind, _) in _repeated(who):
        yield f"{path}.responsibilities[{place}]: {kind} {organisation!r} is already in the list"


def _money(path: str, one: Deliverable) -> Iterator[str]:
    for place, money in enumerate(one.money):
        year = money.fiscal_year
        if year is not None and int(year[5:]) != int(year[:4]) + 1:
            yield f"{path}.money[{place}].fiscal_year: {year} is not one year after the other"
        if money.kind == "none" and money.amount is not None:
            yield f"{path}.money[{place}].amount: is {money.amount} where kind says none"


def _statuses(path: str, one: Deliverable, known: _Known) -> Iterator[str]:
    for place, status in enumerate(one.statuses):
        yield from known.missing(f"{path}.statuses[{place}].period", status.period, "period")
        yield from known.missing(f"{path}.statuses[{place}].document", status.document, "document")
    for place, (period, kind) in _repeated((status.period, status.kind) for status in one.statuses):
        yield f"{path}.statuses[{place}]: is a second {kind} status for {period}"


def _evidence(path: str, one: Deliverable, known: _Known) -> Iterator[str]:
    for place, evidence in enumerate(one.evidence):
        yield from known.missing(f"{path}.evidence[{place}].period", evidence.period, "period")
        if evidence.title.is_empty:
            yield f"{path}.evidence[{place}].title: has no words in either language"


def _narratives(file: PlanFile) -> Iterator[str]:
    periods = {period.code for period in file.periods}
    for place, (period, part) in _repeated((one.period, one.part) for one in file.narratives):
        yield f"narratives[{place}]: is a second {part} for {period}"
    for place, narrative in enumerate(file.narratives):
        if narrative.period not in periods:
            yield f"narratives[{place}].period: no period has the code {narrative.period!r}"


def _duplicates(path: str, codes: Iterable[str]) -> Iterator[str]:
    for place, code in _repeated(codes):
        yield f"{path}[{place}]: the code {code!r} stands in the list before"


def _repeated(keys: Iterable[Key]) -> Iterator[tuple[int, Key]]:
    """Yield each key that came before, with its place."""
    seen: set[Key] = set()
    for place, key in enumerate(keys):
        if key in seen:
            yield place, key
        seen.add(key)


def _wrong_parents(parents: Mapping[str, str | None], what: str) -> dict[str, str]:
    """Return what is wrong with the parent of each code that has something wrong."""
    circles = _in_circles(parents)
    wrong = {}
    for code, parent in parents.items():
        if parent is not None and parent not in parents:
            wrong[code] = f"no {what} has the code {parent!r}"
        elif code in circles:
            wrong[code] = f"{code!r} is above itself, in a circle"
    return wrong


def _in_circles(parents: Mapping[str, str | None]) -> set[str]:
    circles: set[str] = set()
    done: set[str] = set()
    for code in parents:
        walked: dict[str, None] = {}
        at: str | None = code
        while at is not None and at not in walked and at not in done:
            walked[at] = None
            at = parents.get(at)
        if at in walked:
            path = list(walked)
            circles.update(path[path.index(at) :])
        done.update(walked)
    return circles


def _depths(parents: Mapping[str, str | None]) -> dict[str, int]:
    """Return the level of each code, counted from 1. A circle, which is reported apart, is cut where met."""
    depths: dict[str, int] = {}
    for code in parents:
        walked: dict[str, None] = {}
        at: str | None = code
        while at is not None and at in parents and at not in depths and at not in walked:
            walked[at] = None
            at = parents[at]
        depth = depths.get(at, 0) if at is not None else 0
        for link in reversed(walked):
            depth += 1
            depths[link] = depth
    return depths


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other
