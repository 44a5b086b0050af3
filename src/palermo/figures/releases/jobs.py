"""Work of releases that takes longer than a page may."""

from __future__ import annotations

from palermo.figures.releases.actions.protecting import make_protected
from palermo.figures.releases.models import Release
from palermo.foundation.jobs import task
from palermo.people.models import User


@task()
def protect_release(release_pk: int, version: int, by_pk: int) -> None:
    """Protect and attack the tables of a release, as they were asked for in this version."""
    make_protected(release=Release.objects.get(pk=release_pk), version=version, by=User.objects.get(pk=by_pk))
