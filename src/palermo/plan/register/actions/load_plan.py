"""Making the register say what a plan file says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import Organisation, User
from palermo.plan.planfile import dump
from palermo.plan.planfile_models import PlanFile, PlanHead
from palermo.plan.register import policies
from palermo.plan.register.actions.load_deliverables import load_deliverables
from palermo.plan.register.actions.load_organisations import load_organisations
from palermo.plan.register.actions.load_progress import link_lineage, load_progress
from palermo.plan.register.models import Plan, PlanLevel, ReportingPeriod, Section, SourceDocument


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading a file."""

    plan: Plan
    is_new: bool
    added: int
    """Deliverables that the plan did not have."""
    changed: int
    """Deliverables that it had and that now read otherwise."""
    statuses: int
    """Statuses recorded; one that already stood so is not recorded again."""


@transaction.atomic
def load_plan(*, file: PlanFile, by: User) -> Loaded:
    """Add what the file has and the register lacks, and change what differs. Nothing is deleted.

    A status that differs from the current one is a further record; the earlier one stays.

    Raises:
        PermissionDenied: `by` may not change this plan, or not make one for its owner.
    """
    organisations = load_organisations(file.organisations)
    owner = organisations[file.plan.owner]
    plan, is_new = _plan(file.plan, owner, by)
    _levels(plan, file.plan)
    periods = _periods(plan, file)
    documents = _documents(plan, file)
    sections = _sections(plan, file)
    deliverables, added, changed = load_deliverables(plan, file.deliverables, sections, periods)
    statuses, touched = load_progress(file.deliverables, deliverables, organisations, periods, documents, by)
    link_lineage(plan)
    loaded = Loaded(plan, is_new, added, len(changed | touched), statuses)
    record(
        by=by,
        act="plan.load",
        about=plan,
        plan=plan.code,
        sha256=hashlib.sha256(dump(file)).hexdigest(),
        added=loaded.added,
        changed=loaded.changed,
        statuses=loaded.statuses,
    )
    return loaded


def _plan(head: PlanHead, owner: Organisation, by: User) -> tuple[Plan, bool]:
    plan = Plan.objects.select_for_update().filter(code=head.code).first()
    if not (policies.may_change_plan(by, plan) if plan else policies.may_make_plan(by, owner)):
        raise PermissionDenied
    is_new = plan is None
    plan = plan or Plan(code=head.code, version=0)
    plan.title_en, plan.title_fr = head.title.en, head.title.fr
    plan.summary_en, plan.summary_fr = head.summary.en, head.summary.fr
    plan.jurisdiction, plan.owner = head.jurisdiction, owner
    plan.starts_on, plan.ends_on = head.starts_on, head.ends_on
    plan.deliverable_name_en, plan.deliverable_name_fr = head.deliverable_name.en, head.deliverable_name.fr
    plan.deliverable_plural_en = head.deliverable_plural.en
    plan.deliverable_plural_fr = head.deliverable_plural.fr
    plan.predecessor_code = head.predecessor or ""
    plan.is_invented = head.is_invented
    plan.version += 1
    plan.save()
    return plan, is_new


def _levels(plan: Plan, head: PlanHead) -> None:
    for depth, level in enumerate(head.levels, start=1):
        PlanLevel.objects.update_or_create(
            plan=plan,
            depth=depth,
            defaults={
                "name_en": level.name.en,
                "name_fr": level.name.fr,
                "plural_en": level.plural.en,
                "plural_fr": level.plural.fr,
            },
        )


def _periods(plan: Plan, file: PlanFile) -> dict[str, ReportingPeriod]:
    for period in file.periods:
        ReportingPeriod.objects.update_or_create(
            plan=plan, starts_on=period.starts_on, defaults={"ends_on": period.ends_on}
        )
    return {period.code: period for period in plan.periods.all()}


def _documents(plan: Plan, file: PlanFile) -> dict[str, SourceDocument]:
    for document in file.documents:
        SourceDocument.objects.update_or_create(
            plan=plan,
            code=document.code,
            defaults={
                "title_en": document.title.en,
                "title_fr": document.title.fr,
                "publisher_en": document.publisher.en,
                "publisher_fr": document.publisher.fr,
                "published_on": document.published_on,
                "url": document.url,
            },
        )
    return {document.code: document for document in SourceDocument.objects.filter(plan=plan)}


def _sections(plan: Plan, file: PlanFile) -> dict[str, Section]:
    """Sections by code; a parent always comes before its children, whatever the order in the file."""
    levels = {level.depth: level for level in plan.levels.all()}
    known = {section.code: section for section in plan.sections.select_related("level")}
    waiting = list(enumerate(file.sections, start=1))
    while waiting:
        ready = [(at, each) for at, each in waiting if each.parent is None or each.parent in known]
        done = {each.code for _, each in ready}
        for position, each in ready:
            parent = known[each.parent] if each.parent else None
            section = known.get(each.code) or Section(plan=plan, code=each.code)
            section.parent, section.position = parent, position
            section.level = levels[parent.level.depth + 1 if parent else 1]
            section.title_en, section.title_fr = each.title.en, each.title.fr
            section.text_en, section.text_fr = each.text.en, each.text.fr
            section.p = each.p or ""
            section.save()
            known[each.code] = section
        waiting = [(at, each) for at, each in waiting if each.code not in done]
    return known
