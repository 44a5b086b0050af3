"""Deliverables of a plan file: their own columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from palermo.foundation.search import search_key
from palermo.plan import planfile_models as files
from palermo.plan.register.models import Deliverable, Plan, ReportingPeriod, Section

BATCH = 500
_COLUMNS = (
    "section_id",
    "position",
    "code_is_printed",
    "row",
    "lead_in_en",
    "lead_in_fr",
    "text_en",
    "text_fr",
    "own_p",
    "p",
    "printed_start",
    "start_on",
    "added_in_id",
    "printed_added",
    "is_survivor_commitment",
)


def load_deliverables(
    plan: Plan,
    wanted: Sequence[files.Deliverable],
    sections: Mapping[str, Section],
    periods: Mapping[str, ReportingPeriod],
) -> tuple[dict[str, Deliverable], int, set[str]]:
    """Add and change deliverables; returns all of the file by code, how many were added, and which changed."""
    known = {one.code: one for one in plan.deliverables.all()}
    added: list[Deliverable] = []
    changed: list[Deliverable] = []
    for position, each in enumerate(wanted, start=1):
        made = _made(plan, each, position, sections, periods)
        before = known.get(each.code)
        if before is None:
            added.append(made)
        elif any(getattr(before, column) != getattr(made, column) for column in _COLUMNS):
            made.pk, made.version = before.pk, before.version + 1
            changed.append(made)
    Deliverable.objects.bulk_create(added, batch_size=BATCH)
    # Rows that conflict with themselves are written ten times as fast as by `bulk_update`.
    columns = [*_COLUMNS, "search_en", "search_fr", "version"]
    Deliverable.objects.bulk_create(
        changed,
        BATCH,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=[column.removesuffix("_id") for column in columns],
    )
    codes = {each.code for each in wanted}
    found = {one.code: one for one in plan.deliverables.all() if one.code in codes}
    return found, len(added), {one.code for one in changed}


def _made(
    plan: Plan,
    each: files.Deliverable,
    position: int,
    sections: Mapping[str, Section],
    periods: Mapping[str, ReportingPeriod],
) -> Deliverable:
    section = sections[each.section] if each.section else None
    one = Deliverable(
        plan=plan,
        section=section,
        position=position,
        code=each.code,
        code_is_printed=each.code_is_printed,
        row=each.row,
        lead_in_en=each.lead_in.en,
        lead_in_fr=each.lead_in.fr,
        text_en=each.text.en,
        text_fr=each.text.fr,
        own_p=each.p or "",
        p=each.p or _nearest_p(section),
        printed_start=each.start.printed,
        start_on=each.start.on,
        added_in=periods[each.added_in] if each.added_in else None,
        printed_added=each.added_printed,
        is_survivor_commitment=each.for_survivors,
    )
    one.search_en = search_key("en", one.code, one.lead_in_en, one.text_en)
    one.search_fr = search_key("fr", one.code, one.lead_in_fr, one.text_fr)
    return one


def _nearest_p(section: Section | None) -> str:
    while section is not None:
        if section.p:
            return section.p
        section = section.parent
    return ""
