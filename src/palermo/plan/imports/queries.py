"""Every read of proposals. The viewer comes first: a proposal is nobody else's business until it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform

from palermo.people.models import Organisation, User
from palermo.people.policies import Viewer, coordinating, is_command_line
from palermo.people.queries import organisations
from palermo.plan.imports.models import Change, Proposal, ProposalRow
from palermo.plan.imports.naming import KnownOrganisation
from palermo.plan.register.models import Deliverable, Plan

Shown = Literal["all", "doubts", "changes", "dropped"]


def proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """The proposals for plans that the viewer coordinates, the newest first; `row_count` says how long each is."""
    found = Proposal.objects.select_related("plan", "plan__owner", "owner", "made_by", "decided_by").defer("frame")
    return _visible(viewer, found).annotate(row_count=Count("rows")).order_by("-made_at", "-pk")


def proposal(viewer: Viewer, number: int) -> Proposal | None:
    """One proposal, None where there is none that the viewer may see."""
    found = Proposal.objects.select_related("plan", "plan__owner", "owner", "made_by", "decided_by")
    return _visible(viewer, found).filter(pk=number).first()


def _visible(viewer: Viewer, found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    if is_command_line(viewer):
        return found
    if not isinstance(viewer, User):
        return found.none()
    mine = coordinating(viewer).values("organisation")
    return found.filter(
        Q(plan__owner__in=mine) | Q(plan__isnull=True, owner__in=mine) | Q(plan__isnull=True, owner__isnull=True)
    )


def rows(viewer: Viewer, of: Proposal, show: Shown = "all") -> QuerySet[ProposalRow]:
    """The rows of a proposal in the order of the document."""
    found = ProposalRow.objects.filter(proposal=of).order_by("position")
    if show == "doubts":
        return found.filter(doubt_count__gt=0, is_checked=False, keep=True)
    if show == "changes":
        return found.exclude(change=Change.SAME).filter(keep=True)
    if show == "dropped":
        return found.filter(keep=False)
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """What a proposal holds, in numbers. All but `rows` and `dropped` count what is kept."""

    rows: int
    dropped: int
    new: int
    changed: int
    same: int
    doubts: int
    doubts_checked: int
    statuses: dict[str, int]


def counts(viewer: Viewer, of: Proposal) -> Counts:
    """The numbers of a proposal, in two queries."""
    found = ProposalRow.objects.filter(proposal=of)
    kept = Q(keep=True)
    sums = found.aggregate(
        rows=Count("pk"),
        dropped=Count("pk", filter=Q(keep=False)),
        new=Count("pk", filter=kept & Q(change=Change.NEW)),
        changed=Count("pk", filter=kept & Q(change=Change.CHANGED)),
        same=Count("pk", filter=kept & Q(change=Change.SAME)),
        doubts=Sum("doubt_count", filter=kept, default=0),
        doubts_checked=Sum("doubt_count", filter=kept & Q(is_checked=True), default=0),
    )
    by_status = (
        found.filter(kept)
        .annotate(status=KeyTextTransform("status", "values"))
        .values_list("status")
        .annotate(number=Count("pk"))
        .order_by("status")
    )
    return Counts(**sums, statuses=dict(by_status))


def left_out(viewer: Viewer, of: Proposal) -> QuerySet[Deliverable]:
    """The deliverables of the plan that the document does not have, in the order of the plan."""
    if of.plan is None:
        return Deliverable.objects.none()
    matched = ProposalRow.objects.filter(proposal=of).exclude(change=Change.NEW).values("code")
    return Deliverable.objects.filter(plan=of.plan).exclude(code__in=matched).order_by("position")


def owners(viewer: Viewer) -> QuerySet[Organisation]:
    """The organisations for which the viewer may make a plan."""
    found = organisations(viewer)
    if is_command_line(viewer):
        return found
    if not isinstance(viewer, User):
        return found.none()
    return found.filter(pk__in=coordinating(viewer).values("organisation"))


def plans_to_change(viewer: Viewer) -> QuerySet[Plan]:
    """The plans that the viewer may change."""
    return Plan.objects.filter(owner__in=owners(viewer).values("pk")).select_related("owner")


def known_organisations(viewer: Viewer) -> list[KnownOrganisation]:
    """Every organisation with all that it is or was called, for finding who a printed name means."""
    return [
        KnownOrganisation(
            code=one.code,
            parent=one.parent.code if one.parent else "",
            names=frozenset(
                text
                for name in one.names.all()
                for text in (name.name_en, name.name_fr, name.acronym_en, name.acronym_fr)
                if text
            ),
        )
        for one in organisations(viewer)
    ]
