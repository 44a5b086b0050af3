"""Releases at the desk and in public."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from palermo.figures.releases.models import AttackRun, Population, Release, ReleaseTable, RuleSet, SyntheticRecords
from palermo.figures.releases.policies import organisations_to_prepare_for
from palermo.figures.releases.vocabulary import State
from palermo.people.models import OrganisationName
from palermo.people.policies import Viewer

IDENTIFIER = re.compile(r"PAL-(\d{4})-(\d{4,})")


def releases_to_prepare(viewer: Viewer) -> QuerySet[Release]:
    """Every release of the organisations that the viewer prepares for, the newest first."""
    own = organisations_to_prepare_for(viewer).order_by().values("pk")
    return _whole(Release.objects.filter(owner__in=own))


def release_to_see(viewer: Viewer, number: int) -> Release | None:
    """One of them."""
    return releases_to_prepare(viewer).filter(pk=number).first()


def published_releases(viewer: Viewer) -> QuerySet[Release]:
    """Every published release, the newest first. Everybody reads them."""
    return _whole(Release.objects.filter(state=State.PUBLISHED)).order_by("-year", "-number")


def published_release(viewer: Viewer, identifier: str) -> Release | None:
    """The release of an identifier such as `PAL-2026-0007`."""
    found = IDENTIFIER.fullmatch(identifier)
    if not found:
        return None
    return published_releases(viewer).filter(year=int(found[1]), number=int(found[2])).first()


def _whole(found: QuerySet[Release]) -> QuerySet[Release]:
    names = Prefetch("owner__names", OrganisationName.objects.all())
    related = ("owner", "population", "rule_set", "records", "corrects", "prepared_by", "submitted_by", "decided_by")
    return found.select_related(*related).prefetch_related(names)


def tables_of(viewer: Viewer, release: Release) -> list[ReleaseTable]:
    """The tables of a release that the viewer has, in order."""
    tables = list(ReleaseTable.objects.filter(release=release).order_by("position"))
    for table in tables:
        table.release = release
    return tables


def last_attack(viewer: Viewer, release: Release) -> AttackRun | None:
    """The newest attack on a release that the viewer has."""
    return AttackRun.objects.filter(release=release).order_by("-pk").first()


def synthetic_of(viewer: Viewer, release: Release) -> SyntheticRecords | None:
    """The synthetic records of a release that the viewer has, without the file."""
    return SyntheticRecords.objects.filter(release=release).defer("content").first()


def corrected_by(viewer: Viewer, release: Release) -> Release | None:
    """The published release that corrects this one."""
    return Release.objects.filter(corrects=release, state=State.PUBLISHED).first()


def newest_rules(viewer: Viewer) -> QuerySet[RuleSet]:
    """The newest version of every rule set, by code."""
    newest = RuleSet.objects.filter(code=OuterRef("code")).order_by("-version").values("pk")[:1]
    return RuleSet.objects.filter(pk=Subquery(newest)).select_related("owner").order_by("code")


def versions_of(viewer: Viewer, code: str) -> list[RuleSet]:
    """Every version of a rule set, the newest first."""
    found = RuleSet.objects.filter(code=code).select_related("owner", "made_by").order_by("-version")
    return list(found.prefetch_related("owner__names"))


def populations_to_prepare(viewer: Viewer) -> QuerySet[Population]:
    """The populations of the organisations that the viewer prepares for, by code."""
    own = organisations_to_prepare_for(viewer).order_by().values("pk")
    return Population.objects.filter(owner__in=own).select_related("owner").order_by("code")


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk of somebody who prepares releases."""

    to_decide: Sequence[Release]
    """Submitted by others, so that the viewer can decide about them."""
    open: Sequence[Release]
    rest: Sequence[Release]


def desk(viewer: Viewer) -> Desk:
    """Everything on it, in two queries."""
    found = list(releases_to_prepare(viewer).prefetch_related("hands")[:200])
    mine = {release.pk for release in found if viewer.pk in {hand.pk for hand in release.hands.all()}}
    waiting = [release for release in found if release.state == State.SUBMITTED and release.pk not in mine]
    begun = [release for release in found if release.state in (State.DRAFT, State.PROTECTED)]
    told = {release.pk for release in (*waiting, *begun)}
    return Desk(waiting, begun, [release for release in found if release.pk not in told])
