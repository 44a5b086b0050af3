"""What every act on a release begins and ends with."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from palermo.audit.actions import Json, record
from palermo.figures.releases import policies
from palermo.figures.releases.models import HiddenMarks, Release, ReleaseTable, SyntheticRecords, TablePart
from palermo.figures.releases.vocabulary import State, Work
from palermo.people.models import User


class ChangedMeanwhileError(Exception):
    """Somebody changed the release after the page was opened. Nothing was written."""


class NotPossibleError(Exception):
    """The act is not possible as things stand. `code` is stable; pages say it in the reader's language."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def locked(release: Release, version: int | None = None) -> Release:
    """The release as it stands, held until the act is done.

    Raises:
        ChangedMeanwhileError: it has another version than the one given.
    """
    found = Release.objects.select_for_update(of=("self",)).select_related("rule_set", "records", "population", "owner")
    one = found.get(pk=release.pk)
    if version is not None and one.version != version:
        raise ChangedMeanwhileError
    return one


def to_change(release: Release, by: User, version: int | None = None) -> Release:
    """The same, for an act that changes what will be published.

    Raises:
        PermissionDenied: `by` may not change it, or it is not being prepared any more.
    """
    one = locked(release, version)
    if not policies.may_change(by, one):
        raise PermissionDenied
    return one


def changed(one: Release, *, by: User, act: str, **details: Json) -> Release:
    """Put a release back to the beginning, since what it says changed: nothing that was protected stays."""
    one.state, one.work, one.problems = State.DRAFT, Work.NONE, []
    one.protected_from = one.attacked_from = one.content_sha256 = ""
    one.attack_succeeded = one.gap = None
    forget_cells(one)
    return stepped(one, by=by, act=act, **details)


def stepped(one: Release, *, by: User, act: str, **details: Json) -> Release:
    """Save a release after an act, and tell the trail."""
    one.version += 1
    one.save()
    if one.state in (State.DRAFT, State.PROTECTED):
        one.hands.add(by)
    record(by=by, act=act, about=one, version=one.version, **details)
    return one


def forget_comparison(*releases: int) -> None:
    """Delete how alike the synthetic records of these releases are to the real ones, which is known without noise."""
    SyntheticRecords.objects.filter(release__in=releases, is_published=False).update(quality={})


def forget_cells(one: Release) -> None:
    """Delete what was protected, so that it can be done anew."""
    TablePart.objects.filter(table__release=one).delete()
    HiddenMarks.objects.filter(table__release=one).delete()
    SyntheticRecords.objects.filter(release=one).delete()
    ReleaseTable.objects.filter(release=one).update(cells=0, too_small=0, besides=0, layout=[], lost=[])
