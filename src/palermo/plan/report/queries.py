"""Every read of the report room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from palermo.people.policies import Viewer
from palermo.plan import planfile_models as files
from palermo.plan.planfile_values import Bilingual
from palermo.plan.register.models import Account, Plan, ReportingPeriod, StatusRecord
from palermo.plan.register.policies import may_change_plan
from palermo.plan.report.models import (
    Edition,
    EditionAccount,
    EditionFile,
    EditionRow,
    FilledPart,
    Filling,
    Narrative,
    NarrativePart,
)

_ORDER = {part: place for place, part in enumerate(NarrativePart.values)}


def editions(viewer: Viewer) -> QuerySet[Edition]:
    """Every published report, the newest first, with its files; without its content, which may be long."""
    return (
        Edition.objects.select_related("plan", "period", "corrects")
        .defer("content_en", "content_fr")
        .prefetch_related(Prefetch("files", EditionFile.objects.order_by("language", "format")), "corrected_by")
        .order_by("-period__starts_on", "plan__code", "-number")
    )


def edition(viewer: Viewer, plan_code: str, period_code: str, number: int) -> Edition | None:
    """One edition with its content, or None where there is none."""
    periods = ReportingPeriod.objects.filter(plan__code=plan_code)
    period = next((each for each in periods if each.code == period_code), None)
    return editions(viewer).defer(None).filter(period=period, number=number).first() if period else None


def edition_rows(viewer: Viewer, edition: Edition) -> QuerySet[EditionRow]:
    """The rows of an edition's chart, in order."""
    return EditionRow.objects.filter(edition=edition).order_by("position")


@dataclass(frozen=True, slots=True)
class ReportState:
    """How far the report on one period is."""

    plan: Plan
    period: ReportingPeriod
    written: int
    """Parts with a text in at least one language."""
    newest: int | None
    """The number of the newest edition."""


def report_states(viewer: Viewer, of_plans: Sequence[Plan]) -> list[ReportState]:
    """Every period of some plans that can be reported on, the newest first. Two queries."""
    known = StatusRecord.objects.filter(period=OuterRef("pk"))
    found = (
        ReportingPeriod.objects.filter(Exists(known), plan__in=of_plans)
        .annotate(written=Count("narratives", filter=~Q(narratives__text_en="", narratives__text_fr="")))
        .order_by("plan__code", "-starts_on")
    )
    published = Edition.objects.filter(plan__in=of_plans).order_by("number").values_list("period_id", "number")
    newest = dict(published)
    by_key = {plan.pk: plan for plan in of_plans}
    return [ReportState(by_key[one.plan_id], one, one.written, newest.get(one.pk)) for one in found]


def accounts(viewer: Viewer, period: ReportingPeriod) -> QuerySet[Account]:
    """What organisations say of a period as it was last closed, in the order of the plan. It is public."""
    found = Account.objects.filter(period=period, is_current=True).select_related("deliverable")
    found = found.defer("deliverable__search_en", "deliverable__search_fr")
    return found.order_by("deliverable__position", "organisation__code")


def account_places(viewer: Viewer, period: ReportingPeriod) -> dict[int, tuple[str, int]]:
    """The code of the deliverable and the key of the account of each return of a period, by the return's number."""
    found = Account.objects.filter(period=period).order_by("is_current", "pk")
    columns = ("return_number", "deliverable__code", "pk")
    return {number: (code, key) for number, code, key in found.values_list(*columns)}


def edition_accounts(viewer: Viewer, edition: Edition) -> QuerySet[EditionAccount]:
    """What organisations say in an edition, in order."""
    return EditionAccount.objects.filter(edition=edition).order_by("position")


def narratives(viewer: Viewer, period: ReportingPeriod) -> dict[str, Narrative]:
    """What was written for a period, by part, in the order of the report."""
    found = Narrative.objects.filter(period=period).select_related("written_by")
    return {each.part: each for each in sorted(found, key=lambda each: _ORDER[each.part])}


def fillings(viewer: Viewer, period: ReportingPeriod) -> QuerySet[Filling]:
    """The acts that filled the report on a period and were not undone, the newest first."""
    found = Filling.objects.filter(period=period, undone_at__isnull=True).select_related("by")
    return found.prefetch_related("parts").order_by("-pk")


def last_filled(viewer: Viewer, period: ReportingPeriod) -> dict[str, FilledPart]:
    """What was last filled into each part of the report on a period, unless that was undone."""
    found = FilledPart.objects.filter(filling__period=period, filling__undone_at__isnull=True)
    return {each.part: each for each in found.order_by("pk")}


def narratives_for_file(viewer: Viewer, plan: Plan) -> list[files.Narrative]:
    """Everything written for a plan, as its plan file holds it, for whoever may change the plan: it may be a draft.

    What of it is public stands in the editions.
    """
    if not may_change_plan(viewer, plan):
        return []
    found = Narrative.objects.filter(plan=plan).select_related("period")
    in_order = sorted(found, key=lambda each: (each.period.starts_on, _ORDER[each.part]))
    return [
        files.Narrative.model_validate(
            {"period": each.period.code, "part": each.part, "text": Bilingual(en=each.text_en, fr=each.text_fr)}
        )
        for each in in_order
    ]
