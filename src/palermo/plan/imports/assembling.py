"""Puts a proposal together as one plan file: the plan as it is, with what is kept of the rows laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, cast

from palermo.plan.imports.comparing import deliverable_from, outline_of, period_of
from palermo.plan.imports.models import Change, ProposalRow
from palermo.plan.imports.values import Frame, FrameOrganisation
from palermo.plan.planfile_models import (
    DatedName,
    Deliverable,
    Document,
    Level,
    Organisation,
    Period,
    PlanFile,
    PlanHead,
    Section,
    Status,
)
from palermo.plan.planfile_values import Bilingual

P = Literal["prevention", "protection", "prosecution", "partnership", "empowerment"]


def assembled(
    frame: Frame,
    rows: Iterable[ProposalRow],
    plan: PlanFile | None,
    owner: str,
    registered: Mapping[str, Organisation],
) -> PlanFile:
    """Return the whole plan as it would be after a confirmation. It is not checked yet.

    Args:
        frame: what stands around the rows.
        rows: those that are kept.
        plan: the plan as it is, None where there is none yet.
        owner: the code of the organisation that owns the plan.
        registered: every organisation of the register by its code.
    """
    period = period_of(frame, outline_of(plan))
    sections = _sections(frame, plan)
    deliverables = _deliverables(rows, plan, [one.code for one in sections])
    if period and plan:
        deliverables = _not_reported(deliverables, frame, period)
    return PlanFile.model_construct(
        format="palermo-plan/1",
        plan=_head(frame, plan, owner),
        organisations=_organisations(frame, deliverables, plan, owner, registered),
        documents=_documents(frame, deliverables, plan),
        periods=_periods(period, plan),
        sections=tuple(sections),
        deliverables=tuple(deliverables),
        narratives=(),
    )


def _head(frame: Frame, plan: PlanFile | None, owner: str) -> PlanHead:
    said = {
        "title": Bilingual(en=frame.title_en, fr=frame.title_fr),
        "jurisdiction": frame.jurisdiction,
        "starts_on": frame.starts_on,
        "ends_on": frame.ends_on,
        "levels": tuple(
            Level(name=Bilingual(en=one.name_en, fr=one.name_fr), plural=Bilingual(en=one.plural_en, fr=one.plural_fr))
            for one in frame.levels
        ),
    }
    if plan:
        return plan.plan.model_copy(update=said)
    return PlanHead.model_validate({"code": frame.code, "owner": owner, **said})


def _sections(frame: Frame, plan: PlanFile | None) -> list[Section]:
    """Those of the plan, then each new one after the last of its siblings."""
    found = list(plan.sections) if plan else []
    codes = {one.key: one.code for one in frame.sections}
    for one in frame.sections:
        said = {
            "title": Bilingual(en=one.title_en, fr=one.title_fr),
            "text": Bilingual(en=one.text_en, fr=one.text_fr),
            "p": cast(P, one.p) if one.p else None,
        }
        place = next((at for at, held in enumerate(found) if held.code == one.code), None)
        if place is not None:
            found[place] = found[place].model_copy(update=said)
            continue
        section = {"code": one.code, "parent": codes.get(one.parent or ""), **said}
        found.insert(_after_siblings(found, codes.get(one.parent or "")), Section.model_validate(section))
    return found


def _after_siblings(found: Sequence[Section], parent: str | None) -> int:
    """The place after the section above and everything that is below that."""
    if parent is None:
        return len(found)
    within = {parent}
    last = len(found)
    for at, one in enumerate(found):
        if one.code == parent or one.parent in within:
            within.add(one.code)
            last = at + 1
    return last


def _deliverables(rows: Iterable[ProposalRow], plan: PlanFile | None, sections: list[str]) -> list[Deliverable]:
    """Those of the plan, changed where rows say so, and new ones at the end of their sections."""
    found = {one.code: one for one in plan.deliverables} if plan else {}
    for row in rows:
        after = deliverable_from(row.after)
        if after is not None and row.change != Change.SAME:
            found[after.code] = after
    order = {code: at for at, code in enumerate(sections)}
    return sorted(found.values(), key=lambda one: order.get(one.section or "", -1))


def _not_reported(deliverables: list[Deliverable], frame: Frame, period: Period) -> list[Deliverable]:
    """Record `not reported` where the person said so and nothing is claimed for the period."""
    marked = set(frame.not_reported)
    status = Status(period=period.code, kind="claimed", value="not_reported", document=frame.document.code or None)
    return [
        one.model_copy(update={"statuses": (*one.statuses, status)})
        if one.code in marked and not any(its.period == period.code and its.kind == "claimed" for its in one.statuses)
        else one
        for one in deliverables
    ]


def _periods(period: Period | None, plan: PlanFile | None) -> tuple[Period, ...]:
    held = plan.periods if plan else ()
    return held if period is None or period in held else (*held, period)


def _documents(frame: Frame, deliverables: Iterable[Deliverable], plan: PlanFile | None) -> tuple[Document, ...]:
    """The source document stands in the plan once a status points to it."""
    held = plan.documents if plan else ()
    said = frame.document
    used = any(status.document == said.code for one in deliverables for status in one.statuses)
    if not used or any(one.code == said.code for one in held):
        return held
    document = Document(
        code=said.code,
        title=Bilingual(en=said.title_en, fr=said.title_fr),
        publisher=Bilingual(en=said.publisher_en, fr=said.publisher_fr),
        published_on=said.published_on,
        url=said.url,
    )
    return (*held, document)


def _organisations(
    frame: Frame,
    deliverables: Iterable[Deliverable],
    plan: PlanFile | None,
    owner: str,
    registered: Mapping[str, Organisation],
) -> tuple[Organisation, ...]:
    """The owner, whoever does something, and those of which they are units."""
    known = {one.code: one for one in plan.organisations} if plan else {}
    new: dict[str, FrameOrganisation] = {}
    for one in frame.organisations:
        if one.code not in registered:
            new.setdefault(one.code, one)
    wanted = [owner, *(its.organisation for one in deliverables for its in one.responsibilities)]
    found: dict[str, Organisation] = dict(known)
    while wanted:
        code = wanted.pop()
        if code in found:
            continue
        found[code] = registered[code] if code in registered else _new(new[code])
        parent = found[code].parent
        wanted += [parent] if parent else []
    return tuple(found.values())


def _new(one: FrameOrganisation) -> Organisation:
    name = DatedName(
        name=Bilingual(en=one.name_en, fr=one.name_fr), acronym=Bilingual(en=one.acronym_en, fr=one.acronym_fr)
    )
    return Organisation(code=one.code, parent=one.parent or None, names=(name,))
