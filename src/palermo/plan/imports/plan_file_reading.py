"""A plan file seen as what a reader hands over, so that it is shown as any other document is."""

from __future__ import annotations

from palermo.plan.imports.reader.reading import Reading, ReadRow, ReadSection, SourceKind
from palermo.plan.planfile_models import Deliverable, Organisation, PlanFile, Section
from palermo.plan.planfile_values import Bilingual


def reading_of(file: PlanFile) -> Reading:
    """The plan as of its newest period with a status. It holds no doubts: nothing in it had to be interpreted."""
    period = _newest_period(file)
    names = {each.code: _called(each) for each in file.organisations}
    return Reading(
        kind=SourceKind.JSON,
        title=_either(file.plan.title),
        language="en" if file.plan.title.en else "fr",
        period=period,
        sections=[_section(each, file) for each in file.sections],
        rows=[_row(each, period, names) for each in file.deliverables],
    )


def _newest_period(file: PlanFile) -> str:
    told = {status.period for each in file.deliverables for status in each.statuses}
    known = [period for period in file.periods if period.code in told]
    return max(known, key=lambda period: period.starts_on).code if known else ""


def _section(section: Section, file: PlanFile) -> ReadSection:
    parents = {each.code: each.parent for each in file.sections}
    level, above = 1, section.parent
    while above:
        level, above = level + 1, parents[above]
    return ReadSection(
        key=section.code,
        code=section.code,
        title=_either(section.title),
        title_fr=section.title.fr,
        text=_either(section.text),
        parent=section.parent,
        level=level,
        p=section.p,
    )


def _row(one: Deliverable, period: str, names: dict[str, str]) -> ReadRow:
    status = next((each for each in one.statuses if each.period == period and each.kind == "claimed"), None)
    first, last = (one.due[0], one.due[-1]) if one.due else (None, None)
    leads = [each for each in one.responsibilities if each.kind == "lead" and each.to_on is None]
    return ReadRow(
        section=one.section,
        row=one.row,
        code=one.code if one.code_is_printed else "",
        text=_either(one.text),
        text_fr=one.text.fr,
        lead_in=_either(one.lead_in),
        lead_in_fr=one.lead_in.fr,
        p=one.p or "",
        printed_start=one.start.printed,
        start_on=one.start.on,
        printed_due=first.printed if first else "",
        due_on=first.on if first else None,
        printed_revised_due=last.printed if last and last is not first else "",
        revised_due_on=last.on if last and last is not first else None,
        status=status.value if status else "not_stated",
        printed_status=status.printed if status else "",
        printed_leads=", ".join(each.printed for each in leads if each.printed),
        leads=[names[each.organisation] for each in leads],
        supporting=[names[each.organisation] for each in one.responsibilities if each.kind == "support"],
        is_new=bool(one.added_printed),
        note=_either(status.note) if status else "",
    )


def _called(organisation: Organisation) -> str:
    newest = organisation.names[-1]
    return _either(newest.acronym) or _either(newest.name)


def _either(text: Bilingual) -> str:
    return text.en or text.fr
