"""Work of the report room that takes longer than a page may."""

from __future__ import annotations

from palermo.foundation.jobs import task
from palermo.people.models import User
from palermo.plan.report.actions.files import make_files
from palermo.plan.report.models import Edition


@task()
def build_files(edition_pk: int, by_pk: int) -> None:
    """Make the files of an edition. Run again, it makes those that are missing."""
    make_files(by=User.objects.get(pk=by_pk), edition=Edition.objects.get(pk=edition_pk))
