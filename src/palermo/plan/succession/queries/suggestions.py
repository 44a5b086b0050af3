"""Which deliverables of a plan read like one of the plan before, and are linked with none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from palermo.foundation.bilingual import LANGUAGES, Language
from palermo.people.policies import Viewer
from palermo.plan.imports.matching import Entry, match
from palermo.plan.register.models import Deliverable, Lineage, Plan
from palermo.plan.register.queries.kept import kept
from palermo.plan.register.queries.plans import plans
from palermo.plan.succession.models import Dismissal


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two deliverables whose words are alike; `score` is the likeness out of 100."""

    before: Deliverable
    after: Deliverable
    score: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The most alike ones, and how many there are in all."""

    shown: tuple[Suggestion, ...]
    total: int


def plan_before(viewer: Viewer, plan: Plan) -> Plan | None:
    """The plan that this one follows: the one that it names, else the newest earlier one of the same owner."""
    named = plans(viewer).filter(code=plan.predecessor_code).first() if plan.predecessor_code else None
    if named or plan.starts_on is None:
        return named
    earlier = plans(viewer).filter(owner=plan.owner_id, starts_on__lt=plan.starts_on)
    return earlier.order_by("-starts_on", "code").first()


def suggestions(viewer: Viewer, plan: Plan, most: int) -> Suggestions:
    """What reads like a promise of the plan before, the most alike first; without what was dismissed."""
    before = plan_before(viewer, plan)
    if before is None:
        return Suggestions((), 0)
    pairs = kept(f"succession {before.pk}/{plan.pk}", lambda: _pairs(before, plan))
    shown = pairs[:most]
    keys = {key for one, other, _score in shown for key in (one, other)}
    found = Deliverable.objects.select_related("plan").in_bulk(keys)
    told = (Suggestion(found[one], found[other], round(score)) for one, other, score in shown)
    return Suggestions(tuple(told), len(pairs))


def dismissals(viewer: Viewer, plan: Plan) -> QuerySet[Dismissal]:
    """What was said not to be the same promise."""
    found = Dismissal.objects.filter(after__plan=plan).select_related("before__plan", "after__plan")
    return found.order_by("after__position", "before__position")


def _pairs(before: Plan, plan: Plan) -> list[tuple[int, int, float]]:
    """Earlier and later by key, with their likeness, the most alike first."""
    linked = Exists(Lineage.objects.filter(after=OuterRef("pk")))
    later = list(Deliverable.objects.filter(~linked, plan=plan).order_by("position"))
    earlier = list(Deliverable.objects.filter(plan=before).order_by("position"))
    dismissed = set(Dismissal.objects.filter(after__plan=plan).values_list("before", "after"))
    best: dict[int, tuple[int, float]] = {}
    for language in LANGUAGES:
        for found in match(_entries(later, language), _entries(earlier, language)).values():
            key, other = int(found.row), int(found.deliverable)
            if (other, key) not in dismissed and found.score > best.get(key, (0, 0.0))[1]:
                best[key] = (other, found.score)
    pairs = [(other, key, score) for key, (other, score) in best.items()]
    return sorted(pairs, key=lambda pair: -pair[2])


def _entries(deliverables: Sequence[Deliverable], language: Language) -> list[Entry]:
    """The words in one language. Codes and sections are left out: another plan gives its own."""
    return [
        Entry(
            key=str(one.pk),
            section="",
            code="",
            place="",
            lead_in=getattr(one, f"lead_in_{language}"),
            text=getattr(one, f"text_{language}"),
        )
        for one in deliverables
        if getattr(one, f"text_{language}")
    ]
