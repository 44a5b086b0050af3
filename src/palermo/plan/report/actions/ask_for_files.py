"""Having the files of an edition made by the worker, in the transaction that makes them wanted."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.register import policies
from palermo.plan.report.jobs import build_files
from palermo.plan.report.models import Edition
from palermo.plan.report.models.edition import EditionState


@transaction.atomic
def ask_for_files(*, by: User, edition: Edition) -> None:
    """Try again to make the files that an edition lacks.

    Raises:
        PermissionDenied: `by` may not change this plan.
    """
    if not policies.may_change_plan(by, edition.plan):
        raise PermissionDenied
    edition.state = EditionState.BUILDING
    edition.save(update_fields=["state"])
    record(by=by, act="edition.ask_for_files", about=edition)
    build_files.enqueue(edition_pk=edition.pk, by_pk=by.pk)
